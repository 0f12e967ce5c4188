#include <array>
#include <charconv>
#include <utility>

#include "base/utf8.h"
#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

std::optional<int> to_int(std::string_view text) {
  int value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<void> take_class(const TableFile& table, const TableFile::Row& row, Vocabulary& vocabulary) {
  const auto word_class = parse_word_class(table.cell(row, 0));
  if (!word_class) return table.error_at(row, "'" + table.cell(row, 0) + "' is no class of words");
  for (const std::string& word : table.values(row, 1)) vocabulary.add_class(vocabulary.add_spelt(word), *word_class);
  return {};
}

Result<void> take_number(const TableFile& table, const TableFile::Row& row, Vocabulary& vocabulary) {
  const auto value = to_int(table.cell(row, 1));
  if (!value) return table.error_at(row, "'" + table.cell(row, 1) + "' is no number");
  WordInfo& info = vocabulary.info(vocabulary.add(fold(table.cell(row, 0))));
  info.number = *value;
  info.ordinal = table.cell(row, 2) == "yes";
  return {};
}

Result<void> take_date_word(const TableFile& table, const TableFile::Row& row, Vocabulary& vocabulary) {
  std::string word = fold(table.cell(row, 0));
  if (word.ends_with('.')) word.pop_back();
  if (word.empty()) return table.error_at(row, "the word is missing");
  const std::string& meaning = table.cell(row, 1);
  const std::size_t colon = meaning.find(':');
  const std::string kind = meaning.substr(0, colon);
  const std::string value = colon == std::string::npos ? "" : meaning.substr(colon + 1);
  WordInfo& info = vocabulary.info(vocabulary.add(word));
  if (kind == "unit") {
    if (value != "day" && value != "week" && value != "month" && value != "year") return table.error_at(row, "'" + value + "': a unit is day, week, month or year");
    info.date = DateWord::unit;
    info.date_value = value.front();
    return {};
  }
  const auto number = to_int(value);
  if (!number) return table.error_at(row, "'" + meaning + "': a meaning is written kind:number, like month:5");
  const auto within = [&](int low, int high) { return *number >= low && *number <= high; };
  const bool fits = kind == "month" ? within(1, 12) : kind == "weekday" ? within(1, 7) : kind == "season" ? within(1, 4) : within(-400, 400);
  if (!fits) return table.error_at(row, "'" + meaning + "': there is no such " + kind);
  if (kind == "month") info.date = DateWord::month;
  else if (kind == "weekday") info.date = DateWord::weekday;
  else if (kind == "day") info.date = DateWord::day;
  else if (kind == "shift") info.date = DateWord::shift;
  else if (kind == "season") info.date = DateWord::season;
  else return table.error_at(row, "'" + kind + "' is no kind of date word");
  info.date_value = *number;
  return {};
}

// "{year} 년 {month} 월 {day} 일": elements between blanks, in brackets what is a number.
Result<void> take_date_pattern(const TableFile& table, const TableFile::Row& row, Vocabulary& vocabulary) {
  using Kind = DateElement::Kind;
  static constexpr std::array<std::pair<std::string_view, Kind>, 6> kNumbers{{{"{year}", Kind::year}, {"{month}", Kind::month}, {"{day}", Kind::day},
      {"{last_year}", Kind::last_year}, {"{last_month}", Kind::last_month}, {"{last_day}", Kind::last_day}}};
  DatePattern pattern;
  bool number = false;
  for (const std::string& text : split_values(table.cell(row, 0), ' ')) {
    DateElement element;
    for (const auto& [name, kind] : kNumbers)
      if (text == name) element.kind = kind;
    if (text.starts_with("{") && element.kind == Kind::word) return table.error_at(row, "'" + text + "': a number is {year}, {month}, {day}, {last_year}, {last_month} or {last_day}");
    number = number || element.kind != Kind::word;
    if (element.kind == Kind::word) element.word = vocabulary.add(fold(text));
    pattern.push_back(element);
  }
  if (!number) return table.error_at(row, "a way of writing dates has a number in it");
  vocabulary.date_patterns.push_back(std::move(pattern));
  return {};
}

}  // namespace

Result<void> load_words(const LoadContext& context) {
  Vocabulary& vocabulary = context.tables->vocabulary;
  context.tables->possessive = vocabulary.add("'s");
  for (const char* mark : {",", ".", ";", ":", "(", ")", "\"", "“", "”", "«", "»", "?", "!", "•", "*", "|", "—", "-", "–", "[", "]", "/", "$", "£", "€", "¥", "%", "#", "&"})
    vocabulary.add(mark);
  if (auto done = each_row(context, "words.tsv", {"class", "words"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_class(t, r, vocabulary); }); !done)
    return done;
  if (auto done = each_row(context, "numbers.tsv", {"word", "value", "ordinal"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_number(t, r, vocabulary); }); !done)
    return done;
  LoadContext optional = context;  // the grammar of dates needs none; a language may have ways of its own
  optional.complete = false;
  if (auto done = each_row(optional, "date_patterns.tsv", {"pattern"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_date_pattern(t, r, vocabulary); }); !done)
    return done;
  return each_row(context, "dates.tsv", {"word", "meaning"},
                  [&](const TableFile& t, const TableFile::Row& r) { return take_date_word(t, r, vocabulary); });
}

}  // namespace entente::importers
