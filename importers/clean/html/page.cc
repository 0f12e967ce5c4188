#include "importers/clean/html/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/clean/html/body.h"
#include "importers/clean/html/published.h"

namespace entente::importers::html {
namespace {

constexpr std::uint32_t kBodyLettersMin = 40;
constexpr std::size_t kImprintLinesMax = 40;
constexpr std::size_t kEdgeLeaves = 3;  // the banner, the address in the footer
constexpr std::size_t kMapBytesMax = 65535;

Error no_release(const std::string& name, const std::string& why) {
  return {ErrorCode::invalid_argument,
          fmt::format("{}: the page holds no release: {}; open one of the releases and save that page", name, why), ""};
}

// <title> without the site's name: its longest piece, the first among equals.
std::string without_site_name(std::string_view head_title) {
  std::string_view best;
  for (const std::string_view piece : pieces_of_title(head_title))
    if (piece.size() > best.size()) best = piece;
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
    judgements_ = judge(tree_, flow_, title_);
    body_ = find_body(tree_, flow_, judgements_, title_, boilerplate_);
    const auto refused = refuse();
    if (shows_less_than_article(refused.has_value())) {
      write_article();
      return std::move(clean_);
    }
    if (refused) return *refused;
    write();
    return std::move(clean_);
  }

 private:
  // What the page shows is no release, a scrap of it, or, where the publisher says what the article is, its beginning.
  bool shows_less_than_article(bool refused) const {
    const std::size_t article = metadata_.article.size();
    if (article <= kBodyLettersMin) return false;
    return refused || body_.letters < kBodyLettersMin || (metadata_.article_is_declared && article > 3UL * body_.letters);
  }

  std::optional<Error> refuse() const {
    const auto cards = static_cast<std::size_t>(std::count(judgements_.begin(), judgements_.end(), Judgement::card));
    const bool lists = cards >= 3 && (body_.letters < kBodyLettersMin || (title_ && lists_before_prose()));
    if (lists) return no_release(document_.name, fmt::format("it leads to others ({} links in lists)", cards));
    if (body_.letters == 0 && tree_.cut)
      return no_release(document_.name, fmt::format("no running text stands among its first {} elements", kNodesMax));
    if (body_.letters == 0) return no_release(document_.name, "there is no running text in it");
    return std::nullopt;
  }

  // Right under the title stands a list of other pages, and the prose that follows is shorter than the list.
  bool lists_before_prose() const {
    std::uint32_t listed = 0;
    std::size_t i = *title_;
    for (; i < flow_.leaves.size(); ++i) {
      if (judgements_[i] == Judgement::card) listed += flow_.leaves[i].letters;
      if (judgements_[i] == Judgement::text && is_prose(flow_.leaves[i])) break;
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
    if (metadata_.article.find("</") != std::string::npos) {
      const Tree tree = parse(metadata_.article);
      const Flow flow = flow_of(tree);
      for (const Leaf& leaf : flow.leaves) put_block(flow.text_of(leaf), leaf.kind);
      return;
    }
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
    clean_.title = title_ ? std::string(title_text(flow_, *title_, boilerplate_)) : title_of_metadata();
    clean_.title = collapse_blanks(clean_.title);
    clean_.language = language_;
    clean_.url = document_.url.empty() ? metadata_.url : document_.url;
    clean_.publisher = document_.publisher.empty() ? metadata_.publisher : document_.publisher;
    if (clean_.publisher.empty()) clean_.publisher = site_name(metadata_.head_title, clean_.title);
    const PublishedDate dates(flow_, judgements_, title_, body_, boilerplate_, language_);
    clean_.published = published(dates);
    if (document_.publisher.empty()) collect_imprint();
    if (!document_.title.empty()) clean_.title = document_.title;
    if (title_) put_title();
    bool prose_seen = false;
    for (const std::size_t leaf : body_.leaves) {
      prose_seen |= is_prose(flow_.leaves[leaf]);
      if (is_address(flow_.text_of(flow_.leaves[leaf]))) continue;
      if (prose_seen || !dates.says_when(leaf, clean_.published)) put(flow_.leaves[leaf], false);
    }
    note_left_out();
    clean_.to_bytes = std::move(document_.to_bytes);
  }

  // What the head says of its site counts most; then what the page says around the release.
  void collect_imprint() {
    constexpr int kOfHead = 3;
    const auto add = [this](std::string text, int weight) {
      if (!text.empty() && text.size() <= kBoilerplateBytesMax) clean_.imprint.push_back({std::move(text), weight});
    };
    add(metadata_.publisher, kOfHead);
    for (const std::string_view piece : pieces_of_title(metadata_.head_title))
      if (piece != metadata_.publisher && clean_.title.find(piece) == std::string::npos &&
          piece.find(clean_.title) == std::string_view::npos)
        add(std::string(piece), kOfHead);
    const std::uint32_t head_end = title_ ? flow_.leaves[*title_].node : 0;
    for (const auto& [node, text] : metadata_.image_texts)
      if (node < head_end || is_imprint(text, boilerplate_)) add(text, 1);
    for (std::size_t i = 0; i < flow_.leaves.size() && clean_.imprint.size() < kImprintLinesMax; ++i) {
      if (i >= body_.begin && i < body_.end) continue;
      if (judgements_[i] == Judgement::card) continue;
      const auto text = flow_.text_of(flow_.leaves[i]);
      const bool at_edge = i < kEdgeLeaves || i + kEdgeLeaves >= flow_.leaves.size();
      if (is_imprint(text, boilerplate_))
        add(std::string(text), text.find("©") != std::string_view::npos ? 2 : 1);
      else if (at_edge)
        add(std::string(text), 0);
    }
  }

  std::string title_of_metadata() const {
    return metadata_.titles.empty() ? without_site_name(metadata_.head_title) : metadata_.titles.front();
  }

  std::optional<CivilDate> published(const PublishedDate& dates) const {
    if (document_.published_is_known) return document_.published;
    if (metadata_.published) return metadata_.published;
    if (const auto date = dates.find()) return date;
    return date_of_url();
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

  void put_title() {
    Leaf leaf = flow_.leaves[*title_];
    const auto title = title_text(flow_, *title_, boilerplate_);
    leaf.span.begin = static_cast<std::uint32_t>(title.data() - flow_.text.data());
    leaf.span.end = leaf.span.begin + static_cast<std::uint32_t>(title.size());
    put(leaf, true);
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
  std::vector<Judgement> judgements_;
  Body body_;
  CleanText clean_;
};

}  // namespace

Result<CleanText> clean_page(ReadDocument document, const Boilerplate& boilerplate, Notes& notes) {
  return PageCleaner(std::move(document), boilerplate, notes).run();
}

}  // namespace entente::importers::html
