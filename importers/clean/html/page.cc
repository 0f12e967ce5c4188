#include "importers/clean/html/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/clean/html/body.h"

namespace entente::importers::html {
namespace {

constexpr std::uint32_t kBodyLettersMin = 40;
constexpr std::size_t kLeavesAroundTitle = 6;
constexpr std::uint32_t kDateLineLettersMax = 90;
constexpr std::size_t kMapBytesMax = 65535;

Error no_release(const std::string& name, const std::string& why) {
  return {ErrorCode::invalid_argument,
          fmt::format("{}: the page holds no release: {}; open one of the releases and save that page", name, why), ""};
}

// <title> without the site's name: the longest piece between its separators, the first among equals.
std::string without_site_name(std::string_view head_title) {
  std::string_view best;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= head_title.size();) {
    std::size_t width = at == head_title.size() ? 1 : 0;
    for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "|"})
      if (width == 0 && head_title.substr(at, separator.size()) == separator) width = separator.size();
    if (width == 0) {
      ++at;
      continue;
    }
    if (at - begin > best.size()) best = head_title.substr(begin, at - begin);
    at += width;
    begin = at;
  }
  return std::string(best);
}

// What <title> says last, beside the title: the site's name.
std::string site_name(std::string_view head_title, const std::string& title) {
  if (title.empty() || !head_title.starts_with(title)) return {};
  std::string_view rest = head_title.substr(title.size());
  for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " » ", " · "})
    if (const auto at = rest.rfind(separator); at != std::string_view::npos) rest = rest.substr(at + separator.size());
  return rest.size() == head_title.size() - title.size() ? std::string() : std::string(rest);
}

class PageCleaner {
 public:
  PageCleaner(ReadDocument document, const Boilerplate& boilerplate, Notes& notes)
      : document_(std::move(document)),
        boilerplate_(boilerplate),
        notes_(notes),
        tree_(parse(document_.text)),
        metadata_(metadata_of(tree_)),
        flow_(flow_of(tree_)) {}

  Result<CleanText> run() {
    if (tree_.cut)
      notes_.push_back(
          {"clean", fmt::format("the page has more than {} elements; what comes after them was not read", kNodesMax),
           std::nullopt});
    language_ = document_.language.empty() ? metadata_.language : document_.language;
    title_ = find_title(flow_, metadata_, boilerplate_);
    const auto judgements = judge(tree_, flow_, title_);
    body_ = find_body(tree_, flow_, judgements, title_, boilerplate_);
    if (body_.letters < kBodyLettersMin && metadata_.article.size() > kBodyLettersMin) {
      write_article();
      return std::move(clean_);
    }
    if (const auto error = refuse(judgements)) return *error;
    write();
    return std::move(clean_);
  }

 private:
  std::optional<Error> refuse(const std::vector<Judgement>& judgements) const {
    const auto cards = static_cast<std::size_t>(std::count(judgements.begin(), judgements.end(), Judgement::card));
    const bool lists = cards >= 3 && (body_.letters < kBodyLettersMin || (title_ && lists_before_prose(judgements)));
    if (lists) return no_release(document_.name, fmt::format("it leads to others ({} links in lists)", cards));
    if (body_.letters == 0 && tree_.cut)
      return no_release(document_.name, fmt::format("no running text stands among its first {} elements", kNodesMax));
    if (body_.letters == 0) return no_release(document_.name, "there is no running text in it");
    return std::nullopt;
  }

  // Right under the title stands a list of other pages, and the prose that follows is shorter than the list.
  bool lists_before_prose(const std::vector<Judgement>& judgements) const {
    std::uint32_t listed = 0;
    std::size_t i = *title_;
    for (; i < flow_.leaves.size(); ++i) {
      if (judgements[i] == Judgement::card) listed += flow_.leaves[i].letters;
      if (judgements[i] == Judgement::text && is_prose(flow_.leaves[i])) break;
    }
    return listed > 0 && body_.letters < listed * 2;
  }

  // What a script would have put into the page, paragraph by paragraph. The way back leads to the whole script: inside it
  // the text is written in another way.
  void write_article() {
    title_.reset();
    body_ = {};
    write();
    const std::size_t script = std::min<std::size_t>(metadata_.article_end - metadata_.article_begin, kMapBytesMax);
    const auto put_piece = [&](std::string_view text, std::size_t from_bytes) {
      for (; !text.empty(); text.remove_prefix(std::min(text.size(), kMapBytesMax)))
        clean_.to_document.append(std::min(text.size(), kMapBytesMax), metadata_.article_begin, from_bytes);
    };
    const auto put_block = [&](std::string_view text, BlockKind kind) {
      if (text.empty()) return;
      if (!clean_.text.empty()) {
        clean_.text += "\n\n";
        put_piece("\n\n", 0);
      }
      Block block;
      block.kind = kind;
      block.level = kind == BlockKind::heading ? 1 : 0;
      block.span.begin = static_cast<std::uint32_t>(clean_.text.size());
      clean_.text += text;
      put_piece(text, script);
      block.span.end = static_cast<std::uint32_t>(clean_.text.size());
      clean_.blocks.push_back(block);
    };
    put_block(clean_.title, BlockKind::heading);
    std::string_view rest = metadata_.article;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      put_block(collapse_blanks(rest.substr(0, end)), BlockKind::paragraph);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }

  // "https://example.org/news/17": the address that a printed page ends with.
  static bool is_address(std::string_view text) {
    const bool starts = text.starts_with("http://") || text.starts_with("https://") || text.starts_with("www.");
    return starts && text.find_first_of(" \t\n") == std::string_view::npos;
  }

  void write() {
    clean_.title = title_ ? std::string(flow_.text_of(flow_.leaves[*title_])) : title_of_metadata();
    clean_.title = collapse_blanks(clean_.title);
    clean_.language = language_;
    clean_.url = document_.url.empty() ? metadata_.url : document_.url;
    clean_.publisher = document_.publisher.empty() ? metadata_.publisher : document_.publisher;
    if (clean_.publisher.empty()) clean_.publisher = site_name(metadata_.head_title, clean_.title);
    clean_.published = published();
    if (!document_.title.empty()) clean_.title = document_.title;
    if (title_) put(flow_.leaves[*title_], true);
    bool prose_seen = false;
    for (const std::size_t leaf : body_.leaves) {
      prose_seen |= is_prose(flow_.leaves[leaf]);
      if (is_address(flow_.text_of(flow_.leaves[leaf]))) continue;
      if (prose_seen || !dates_the_page(leaf)) put(flow_.leaves[leaf], false);
    }
    note_left_out();
    clean_.to_bytes = std::move(document_.to_bytes);
  }

  std::string title_of_metadata() const {
    return metadata_.titles.empty() ? without_site_name(metadata_.head_title) : metadata_.titles.front();
  }

  std::optional<CivilDate> published() const {
    if (document_.published_is_known) return document_.published;
    if (metadata_.published) return metadata_.published;
    if (const auto date = date_near_title()) return date;
    if (const auto date = date_at_the_end()) return date;
    return date_of_url();
  }

  std::optional<CivilDate> date_of_leaf(std::size_t index) const {
    const Leaf& leaf = flow_.leaves[index];
    if (leaf.letters > kDateLineLettersMax) return std::nullopt;
    const auto text = flow_.text_of(leaf);
    if (tells_of_change(text, boilerplate_)) return std::nullopt;
    const auto found = find_date(text, language_);
    if (!found) return std::nullopt;
    // A sentence with a date in it tells of something else; so do the items of a list and the rows of a table.
    const std::size_t beside = text.size() - (found->end - found->begin);
    const bool sentence = beside > 60 || (beside > 24 && text.ends_with('.'));
    if (sentence && leaf.kind != BlockKind::table_row) return std::nullopt;
    if (leaf.kind == BlockKind::list_item && !is_date_line(text, language_)) return std::nullopt;
    if (leaf.kind == BlockKind::table_row && (is_dated_row(index + 1) || (index > 0 && is_dated_row(index - 1))))
      return std::nullopt;
    return found->date;
  }

  bool is_dated_row(std::size_t index) const {
    return index < flow_.leaves.size() && flow_.leaves[index].kind == BlockKind::table_row &&
           find_date(flow_.text_of(flow_.leaves[index]), language_).has_value();
  }

  // The line that says when the page was published ("Posted on 3 May 2015 by press") is no text of the release, and
  // must not be taken for a heading that dates what stands under it.
  bool dates_the_page(std::size_t index) const {
    const Leaf& leaf = flow_.leaves[index];
    if (leaf.kind == BlockKind::heading || leaf.letters > kDateLineLettersMax) return false;
    const auto text = flow_.text_of(leaf);
    if (tells_of_change(text, boilerplate_)) return find_date(text, language_).has_value();
    const auto date = date_of_leaf(index);
    return date && (date == clean_.published || leaf.in_time || leaf.kind == BlockKind::table_row);
  }

  // After the title first, then before it; a <time> anywhere there goes before a date in other words.
  std::optional<CivilDate> date_near_title() const {
    const std::size_t centre = title_.value_or(body_.begin);
    const std::size_t last = std::min(flow_.leaves.size(), centre + kLeavesAroundTitle + 1);
    const std::size_t first = centre - std::min(centre, kLeavesAroundTitle);
    for (const bool in_time : {true, false}) {
      for (std::size_t i = centre + 1; i < last; ++i)
        if (flow_.leaves[i].in_time >= in_time)
          if (const auto date = date_of_leaf(i)) return date;
      for (std::size_t i = centre; i-- > first;)
        if (flow_.leaves[i].in_time >= in_time && flow_.leaves[i].link_letters == 0)
          if (const auto date = date_of_leaf(i)) return date;
    }
    return std::nullopt;
  }

  // A release that is signed and dated below: "Putrajaya, 25 January 2022".
  std::optional<CivilDate> date_at_the_end() const {
    std::size_t looked_at = 0;
    for (auto leaf = body_.leaves.rbegin(); leaf != body_.leaves.rend() && looked_at < 4; ++leaf, ++looked_at)
      if (flow_.leaves[*leaf].letters <= 50)
        if (const auto date = date_of_leaf(*leaf)) return date;
    // The line under the release, outside of what was taken for it.
    for (std::size_t i = body_.end; i < std::min(flow_.leaves.size(), body_.end + 3); ++i)
      if (is_date_line(flow_.text_of(flow_.leaves[i]), language_))
        if (const auto date = date_of_leaf(i)) return date;
    return std::nullopt;
  }

  // ".../2020/11/19/...", "...2020-11-19..."
  std::optional<CivilDate> date_of_url() const {
    const std::string& url = clean_.url.empty() ? document_.name : clean_.url;
    for (std::size_t i = 0; i + 10 <= url.size(); ++i) {
      std::string day = url.substr(i, 10);
      if (day[4] == '/' && day[7] == '/') day[4] = day[7] = '-';
      const auto date = parse_iso_date(day);
      if (date && date->year >= 1900 && date->year <= 2100) return date;
    }
    return std::nullopt;
  }

  BlockKind kind_of(const Leaf& leaf, std::string_view text) const {
    if (leaf.kind != BlockKind::paragraph) return leaf.kind;
    if (is_date_line(text, language_)) return BlockKind::heading;
    const bool short_line = leaf.letters <= 160 && text.find_last_of(".!?。") != text.size() - 1;
    return leaf.bold && short_line && leaf.letters > 0 ? BlockKind::heading : BlockKind::paragraph;
  }

  void put(const Leaf& leaf, bool is_title) {
    const auto text = flow_.text_of(leaf);
    Block block;
    block.kind = is_title ? BlockKind::heading : kind_of(leaf, text);
    block.level = is_title && leaf.level == 0 ? 1 : leaf.level;
    if (!clean_.text.empty()) {
      const bool tight = !clean_.blocks.empty() && clean_.blocks.back().kind == block.kind &&
                         (block.kind == BlockKind::list_item || block.kind == BlockKind::table_row);
      const std::string_view gap = tight ? "\n" : "\n\n";
      clean_.text += gap;
      clean_.to_document.append(gap.size(), flow_.to_page.from(leaf.span.begin), 0);
    }
    block.span.begin = static_cast<std::uint32_t>(clean_.text.size());
    clean_.text += text;
    flow_.to_page.copy_range(leaf.span.begin, leaf.span.end, clean_.to_document);
    block.span.end = static_cast<std::uint32_t>(clean_.text.size());
    clean_.blocks.push_back(block);
  }

  void note_left_out() {
    const std::size_t kept = body_.leaves.size() + (title_ ? 1 : 0);
    notes_.push_back({"clean",
                      fmt::format("{} of the page's {} pieces of text are the release; the others are menus, "
                                  "banners and links",
                                  kept, flow_.leaves.size()),
                      std::nullopt});
    if (!clean_.published && !document_.published_is_known)
      notes_.push_back({"clean", "the page does not say when it was published", std::nullopt});
  }

  ReadDocument document_;
  const Boilerplate& boilerplate_;
  Notes& notes_;
  Tree tree_;
  Metadata metadata_;
  Flow flow_;
  std::string language_;
  std::optional<std::size_t> title_;
  Body body_;
  CleanText clean_;
};

}  // namespace

Result<CleanText> clean_page(ReadDocument document, const Boilerplate& boilerplate, Notes& notes) {
  return PageCleaner(std::move(document), boilerplate, notes).run();
}

}  // namespace entente::importers::html
