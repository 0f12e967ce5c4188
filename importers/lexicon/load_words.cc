#include <charconv>

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
  for (const std::string& word : table.values(row, 1)) vocabulary.add_class(fold(word), *word_class);
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
  if (word.back() == '.') word.pop_back();
  const std::string& meaning = table.cell(row, 1);
  const std::size_t colon = meaning.find(':');
  const std::string kind = meaning.substr(0, colon);
  const std::string value = colon == std::string::npos ? "" : meaning.substr(colon + 1);
  WordInfo& info = vocabulary.info(vocabulary.add(word));
  if (kind == "unit") {
    if (value.empty()) return table.error_at(row, "a unit is day, week, month or year");
    info.date = DateWord::unit;
    info.date_value = value.front();
    return {};
  }
  const auto number = to_int(value);
  if (!number) return table.error_at(row, "'" + meaning + "': a meaning is written kind:number, like month:5");
  if (kind == "month") info.date = DateWord::month;
  else if (kind == "weekday") info.date = DateWord::weekday;
  else if (kind == "day") info.date = DateWord::day;
  else if (kind == "shift") info.date = DateWord::shift;
  else if (kind == "season") info.date = DateWord::season;
  else return table.error_at(row, "'" + kind + "' is no kind of date word");
  info.date_value = *number;
  return {};
}

}  // namespace

Result<void> load_words(const LoadContext& context) {
  Vocabulary& vocabulary = context.tables->vocabulary;
  context.tables->possessive = vocabulary.add("'s");
  for (const char* mark : {",", ".", ";", ":", "(", ")", "\"", "“", "”", "«", "»", "?", "!", "•", "*", "|", "—", "-", "–", "[", "]", "/", "$", "£", "€", "¥", "%", "#", "&"})
    vocabulary.add(mark);
  if (auto done = each_row(context, "lexicon/en/words.tsv", {"class", "words"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_class(t, r, vocabulary); }); !done)
    return done;
  if (auto done = each_row(context, "lexicon/en/numbers.tsv", {"word", "value", "ordinal"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_number(t, r, vocabulary); }); !done)
    return done;
  return each_row(context, "lexicon/en/dates.tsv", {"word", "meaning"},
                  [&](const TableFile& t, const TableFile::Row& r) { return take_date_word(t, r, vocabulary); });
}

}  // namespace entente::importers
