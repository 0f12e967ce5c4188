#include "importers/clean/boilerplate.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kPhraseWordsMax = 8;
constexpr std::size_t kLabelBytesMax = 60;

Error bad_row(const std::filesystem::path& table, std::size_t line, std::string_view what) {
  return {ErrorCode::invalid_argument, fmt::format("{}:{}: {}", table.string(), line, what), ""};
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0;;) {
    const std::size_t end = text.find(separator, at);
    out.push_back(text.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return out;
    at = end + 1;
  }
}

PhraseSet* set_of(Boilerplate& boilerplate, std::string_view kind) {
  if (kind == "line") return &boilerplate.lines;
  if (kind == "start") return &boilerplate.starts;
  if (kind == "label") return &boilerplate.labels;
  if (kind == "end") return &boilerplate.ends;
  if (kind == "change") return &boilerplate.changes;
  if (kind == "published") return &boilerplate.published;
  if (kind == "title") return &boilerplate.titles;
  if (kind == "imprint") return &boilerplate.imprints;
  return nullptr;
}

bool is_mark(std::string_view key, std::size_t at) {
  const auto c = static_cast<unsigned char>(key[at]);
  return c < 0x80 && !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z'));
}

// Whether the key begins with one of the phrases, at the end of a word. Scripts without blanks end words anywhere.
// `followed_by`: what must come next, one of these; anything where it is empty.
bool begins_with_any(std::string_view key, const PhraseSet& phrases,
                     std::string_view followed_by = {}) {
  std::size_t words = 0;
  for (std::size_t at = 1; at <= key.size() && words < kPhraseWordsMax; ++at) {
    const bool boundary = at == key.size() || is_mark(key, at);
    const bool wide = at < key.size() && static_cast<unsigned char>(key[at]) >= 0xE0;
    if (!boundary && !wide) continue;
    const std::size_t next = std::min(key.find_first_not_of(' ', at), key.size());
    const bool fits =
        followed_by.empty() || (next < key.size() && followed_by.find(key[next]) != std::string_view::npos);
    if (fits && phrases.contains(key.substr(0, at))) return true;
    if (boundary) ++words;
  }
  return false;
}

// The first word of a line in plain letters and digits, in small letters; empty where it has others, or is none.
std::string first_word(std::string_view line) {
  std::string word;
  for (const char c : line) {
    if (static_cast<unsigned char>(c) >= 0x80) return {};
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (letter) word.push_back(c);
    else if (!word.empty()) break;
  }
  return ascii_lowered(word);
}

bool may_open(std::string_view line, const PhraseSet& openers) {
  const std::string word = first_word(line);
  return word.empty() || openers.contains(word);
}

struct Columns {
  std::size_t phrase = 0;
  std::size_t kind = 0;
};

std::optional<Columns> columns_of(const std::vector<std::string_view>& header) {
  std::optional<std::size_t> phrase;
  std::optional<std::size_t> kind;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i] == "phrase") phrase = i;
    if (header[i] == "kind") kind = i;
  }
  if (!phrase || !kind) return std::nullopt;
  return Columns{*phrase, *kind};
}

Result<void> take_row(const std::vector<std::string_view>& cells, const Columns& columns,
                      const std::filesystem::path& table, std::size_t line, Boilerplate& into) {
  if (cells.size() <= std::max(columns.phrase, columns.kind))
    return bad_row(table, line, "the row has too few cells; write the phrase, a tab, and its kind");
  auto* const set = set_of(into, cells[columns.kind]);
  if (set == nullptr)
    return bad_row(table, line,
                   fmt::format("'{}' is no kind; write line, start, label, end, change, published, title or imprint", cells[columns.kind]));
  for (const std::string_view phrase : split(cells[columns.phrase], '|')) {
    std::string key = boilerplate_key(phrase);
    if (key.empty()) return bad_row(table, line, "a phrase is empty; write its words or take the row out");
    if (set == &into.imprints)
      into.imprint_openers.insert(first_word(key));
    else if (set != &into.published && set != &into.titles)
      into.openers.insert(first_word(key));
    set->insert(std::move(key));
  }
  return {};
}

}  // namespace

Result<void> load_boilerplate(const std::filesystem::path& table, Boilerplate& into) {
  std::error_code none;
  if (!std::filesystem::exists(table, none))
    return Error{ErrorCode::not_found, fmt::format("{}: there is no such table", table.string()), ""};
  std::ifstream file(table, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (!file) return Error{ErrorCode::io, fmt::format("{}: cannot be read", table.string()), ""};

  std::optional<Columns> columns;
  std::size_t number = 0;
  for (std::string_view line : split(bytes, '\n')) {
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line.front() == '#') continue;
    if (find_invalid_utf8(line)) return bad_row(table, number, "the line is no UTF-8; save the table as UTF-8");
    const auto cells = split(line, '\t');
    if (!columns) {
      columns = columns_of(cells);
      if (!columns) return bad_row(table, number, "the header must name the columns 'phrase' and 'kind'");
      continue;
    }
    if (const auto taken = take_row(cells, *columns, table, number, into); !taken) return taken.error();
  }
  if (!columns) return bad_row(table, number, "the table has no header; begin with 'phrase', a tab, 'kind'");
  return {};
}

std::string boilerplate_key(std::string_view line) {
  const std::string folded = collapse_blanks(fold(line));
  std::size_t begin = 0;
  std::size_t end = folded.size();
  while (begin < end && is_mark(folded, begin)) ++begin;
  while (end > begin && is_mark(folded, end - 1)) --end;
  return folded.substr(begin, end - begin);
}

bool is_boilerplate(std::string_view line, const Boilerplate& boilerplate) {
  if (line.size() > kBoilerplateBytesMax || !may_open(line, boilerplate.openers)) return false;
  const std::string key = boilerplate_key(line);
  return boilerplate.lines.contains(key) || boilerplate.ends.contains(key) ||
         begins_with_any(key, boilerplate.starts) || begins_with_any(key, boilerplate.labels, ":|");
}

bool ends_release(std::string_view line, const Boilerplate& boilerplate) {
  return line.size() <= kBoilerplateBytesMax && may_open(line, boilerplate.openers) && boilerplate.ends.contains(boilerplate_key(line));
}

bool tells_of_change(std::string_view line, const Boilerplate& boilerplate) {
  return line.size() <= kBoilerplateBytesMax && may_open(line, boilerplate.openers) && begins_with_any(boilerplate_key(line), boilerplate.changes);
}

DateLabel label_before_date(std::string_view before, const Boilerplate& boilerplate) {
  const std::string key = boilerplate_key(before.substr(before.size() - std::min(before.size(), kLabelBytesMax)));
  DateLabel label = DateLabel::none;
  // The longest one counts: "date modified" is not "date".
  for (std::size_t at = key.size(), words = 0; at-- > 0 && words < kPhraseWordsMax;) {
    const bool boundary = at == 0 || is_mark(key, at - 1);
    const bool wide = static_cast<unsigned char>(key[at]) >= 0xE0;
    if (!boundary && !wide) continue;
    if (boundary) ++words;
    const std::string_view phrase = std::string_view(key).substr(at);
    if (boilerplate.changes.contains(phrase)) label = DateLabel::changed;
    if (boilerplate.published.contains(phrase)) label = DateLabel::published;
  }
  return label;
}

std::optional<std::size_t> begin_of_labelled_title(std::string_view row, const Boilerplate& boilerplate) {
  const auto* const label_end = row.begin() + std::min(row.size(), kLabelBytesMax + 1);
  const auto* const found = std::find_if(row.begin(), label_end, [](char c) { return c == '|' || c == ':'; });
  if (found == label_end) return std::nullopt;
  const auto border = static_cast<std::size_t>(found - row.begin());
  if (!boilerplate.titles.contains(boilerplate_key(row.substr(0, border)))) return std::nullopt;
  const std::size_t begin = row.find_first_not_of(" |:", border);
  return begin == std::string_view::npos || row[begin] == '\n' ? std::nullopt : std::optional(begin);
}

bool is_imprint(std::string_view line, const Boilerplate& boilerplate) {
  if (line.size() > kBoilerplateBytesMax) return false;
  const std::string key = boilerplate_key(line);
  for (std::size_t at = 0; at < key.size(); ++at)
    if ((at == 0 || is_mark(key, at - 1)) && may_open(std::string_view(key).substr(at), boilerplate.imprint_openers) &&
        begins_with_any(std::string_view(key).substr(at), boilerplate.imprints))
      return true;
  return false;
}

}  // namespace entente::importers
