#include "importers/clean/plain.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/clean/lines.h"

namespace entente::importers {
namespace {

// A text with longer lines than this, or none as long as that, is not wrapped: each of its lines is a block.
constexpr std::size_t kWrappedColumnsMin = 45;
constexpr std::size_t kWrappedColumnsMax = 110;
// Nor does a line go on in such a text that is no longer than this.
constexpr std::size_t kBrokenColumnsMin = 60;
constexpr std::size_t kDateLinesLookedAt = 8;
constexpr std::size_t kMenuLettersMax = 40;

struct Line {
  std::size_t begin = 0;  // without blanks at its ends
  std::size_t end = 0;
  LineForm form = LineForm::blank;
  LineLook look;
  bool first = false;  // after a blank line
  bool last = false;   // before one
  bool date = false;
  bool boilerplate = false;
};

// Ends of lines from the first byte of a text to the last.
class LineEnds {
 public:
  explicit LineEnds(std::string_view text) : text_(text) {}

  // The first one at `at` or behind it; the text's own end where there is none. REQUIRES: at never goes back.
  std::size_t from(std::size_t at) {
    if (feed_ < at || feed_ == kUnknown) feed_ = std::min(text_.find('\n', at), text_.size());
    if (return_ < at || return_ == kUnknown) return_ = std::min(text_.find('\r', at), text_.size());
    return std::min(feed_, return_);
  }

 private:
  static constexpr std::size_t kUnknown = static_cast<std::size_t>(-1);

  std::string_view text_;
  std::size_t feed_ = kUnknown;
  std::size_t return_ = kUnknown;
};

std::vector<Line> lines_of(std::string_view text, std::string_view language, const Boilerplate& boilerplate) {
  std::vector<Line> lines;
  LineEnds ends(text);
  bool after_blank = true;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = ends.from(at);
    const std::string_view words = trimmed(text.substr(at, end - at));
    at = end + 1;
    if (end < text.size() && text[end] == '\r' && at < text.size() && text[at] == '\n') ++at;
    if (words.empty()) {
      if (!lines.empty()) lines.back().last = true;
      after_blank = true;
      continue;
    }
    Line line;
    line.begin = static_cast<std::size_t>(words.data() - text.data());
    line.end = line.begin + words.size();
    line.form = form_of(words);
    line.look = look_of(words);
    line.first = after_blank;
    line.date = is_date_line(words, language);
    line.boilerplate = line.look.letters == 0 || is_boilerplate(words, boilerplate);
    lines.push_back(line);
    after_blank = false;
  }
  if (!lines.empty()) lines.back().last = true;
  return lines;
}

class PlainCleaner {
 public:
  PlainCleaner(ReadDocument document, const Boilerplate& boilerplate, Notes& notes)
      : document_(std::move(document)),
        notes_(notes),
        lines_(lines_of(document_.text, document_.language, boilerplate)) {}

  CleanText run() {
    for (const Line& line : lines_) widest_ = std::max(widest_, line.end - line.begin);
    find_title();
    mark_menu();
    for (std::size_t i = 0; i < lines_.size();) i = take_block(i);
    return result();
  }

 private:
  std::string_view text_of(const Line& line) const {
    return std::string_view(document_.text).substr(line.begin, line.end - line.begin);
  }

  // The line that repeats the record's title; without a title the first line that reads like one.
  void find_title() {
    const std::string wanted = collapse_blanks(fold(document_.title));
    for (std::size_t i = 0; i < lines_.size() && title_line_ == npos; ++i) {
      const Line& line = lines_[i];
      if (line.boilerplate || line.date) continue;
      if (!wanted.empty()) {
        if (i < 40 && line.look.letters <= wanted.size() && collapse_blanks(fold(text_of(line))) == wanted)
          title_line_ = i;
        continue;
      }
      const bool goes_on = !line.last && lines_[i + 1].look.starts_lower && lines_[i + 1].form == LineForm::plain;
      if (reads_like_heading(line.look) && line.form == LineForm::plain && !goes_on) title_line_ = i;
      break;
    }
  }

  // Short lines above the title, without a sentence among them, are the menu of the page the text was copied from.
  void mark_menu() {
    if (title_line_ == npos || document_.title.empty()) return;
    for (std::size_t i = 0; i < title_line_; ++i) {
      Line& line = lines_[i];
      const bool scrap = line.look.letters <= kMenuLettersMax && !line.look.ends_sentence && !line.date;
      if (!scrap) return;
    }
    for (std::size_t i = 0; i < title_line_; ++i)
      if (!lines_[i].date) lines_[i].boilerplate = true;
  }

  bool is_wrapped() const { return widest_ >= kWrappedColumnsMin && widest_ <= kWrappedColumnsMax; }

  // Whether a line goes on in the next one. In a text that is not wrapped at a column only a long line does that breaks
  // in the middle of a sentence.
  bool goes_on(std::size_t i) const {
    const Line& line = lines_[i];
    if (line.last || i + 1 >= lines_.size()) return false;
    const Line& next = lines_[i + 1];
    if (line.boilerplate || line.date || next.boilerplate || next.date || i == title_line_) return false;
    if (next.form != LineForm::plain) return false;
    if (!is_wrapped()) return next.look.starts_lower && line.end - line.begin > kBrokenColumnsMin;
    if (opens_entry(text_of(next)) && !ends_lower(text_of(line))) return false;
    const bool short_line = (line.end - line.begin) * 10 < widest_ * 6;
    return !short_line || next.look.starts_lower;
  }

  // "10:00 – talks", "Tue 2 Sept, 10:00", "Co-chairs: ...": a line of a diary or sheet, which goes on no sentence.
  static bool opens_entry(std::string_view line) {
    constexpr std::size_t kLabelMax = 24;
    const std::string_view head = line.substr(0, kLabelMax);
    const auto digit = [&](std::size_t i) { return i < head.size() && head[i] >= '0' && head[i] <= '9'; };
    for (std::size_t i = 1; i + 2 < head.size(); ++i)
      if (head[i] == ':' && digit(i - 1) && digit(i + 1) && digit(i + 2)) return true;
    const std::size_t colon = head.find(':');
    return colon != std::string_view::npos && colon > 1 && colon + 1 < line.size() && line[colon + 1] == ' ' && line[0] >= 'A' && line[0] <= 'Z';
  }

  // Ends in the middle of a sentence, as its last word shows.
  static bool ends_lower(std::string_view line) {
    const std::size_t word = line.find_last_of(' ');
    const char first = word == std::string_view::npos ? line.front() : line[word + 1];
    return (first >= 'a' && first <= 'z') || line.back() == ',';
  }

  std::size_t take_block(std::size_t first) {
    std::size_t last = first;
    while (goes_on(last)) ++last;
    Block block;
    block.span = {static_cast<std::uint32_t>(lines_[first].begin), static_cast<std::uint32_t>(lines_[last].end)};
    block.kind = kind_of(first, last);
    if (first == title_line_) block.level = 1;
    blocks_.push_back(block);
    return last + 1;
  }

  BlockKind kind_of(std::size_t first, std::size_t last) const {
    const Line& line = lines_[first];
    if (line.boilerplate) return BlockKind::boilerplate;
    if (first == title_line_ || (line.date && first == last)) return BlockKind::heading;
    if (line.form == LineForm::bullet) return BlockKind::list_item;
    if (text_of(line).find('\t') != std::string_view::npos && first == last) return BlockKind::table_row;
    if (first != last) return BlockKind::paragraph;
    const bool stands_over_text = first + 1 < lines_.size();
    if (line.form == LineForm::numbered) {
      if (!reads_like_heading(line.look)) return BlockKind::paragraph;
      const bool over_text = stands_over_text && lines_[first + 1].form != LineForm::numbered;
      return over_text ? BlockKind::heading : BlockKind::list_item;
    }
    return stands_over_text && reads_like_heading(line.look) ? BlockKind::heading : BlockKind::paragraph;
  }

  // A line near the top that holds a date alone.
  std::optional<CivilDate> date_near_top() const {
    for (std::size_t i = 0; i < std::min(lines_.size(), kDateLinesLookedAt); ++i) {
      if (lines_[i].look.letters > 80 && lines_[i].look.ends_sentence) break;
      if (!lines_[i].date) continue;
      const auto found = find_date(text_of(lines_[i]), document_.language);
      if (found && found->begin == 0) return found->date;
    }
    return std::nullopt;
  }

  CleanText result() {
    CleanText clean;
    clean.title = document_.title;
    if (clean.title.empty() && title_line_ != npos) clean.title = collapse_blanks(text_of(lines_[title_line_]));
    clean.published = document_.published_is_known ? document_.published : date_near_top();
    clean.publisher = std::move(document_.publisher);
    clean.language = std::move(document_.language);
    clean.url = std::move(document_.url);
    clean.blocks = std::move(blocks_);
    clean.to_document.append_copy(document_.text.size(), 0);
    clean.to_bytes = std::move(document_.to_bytes);
    clean.text = std::move(document_.text);
    const auto marked = std::count_if(clean.blocks.begin(), clean.blocks.end(),
                                      [](const Block& block) { return block.kind == BlockKind::boilerplate; });
    if (marked > 0)
      notes_.push_back({"clean", fmt::format("{} lines are no text of the release", marked), std::nullopt});
    return clean;
  }

  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  ReadDocument document_;
  Notes& notes_;
  std::vector<Line> lines_;
  std::vector<Block> blocks_;
  std::size_t widest_ = 0;
  std::size_t title_line_ = npos;
};

}  // namespace

Result<CleanText> clean_plain(ReadDocument document, const Boilerplate& boilerplate, Notes& notes) {
  return PlainCleaner(std::move(document), boilerplate, notes).run();
}

}  // namespace entente::importers
