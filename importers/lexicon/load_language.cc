#include "importers/lexicon/each_row.h"

#include "base/utf8.h"

namespace entente::importers {
namespace {

Result<void> take_trait(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  const std::string& trait = table.cell(row, 0);
  const std::string& value = table.cell(row, 1);
  const auto one_of = [&](std::string_view first, std::string_view second, bool& is_second) -> Result<void> {
    if (value != first && value != second) return table.error_at(row, "'" + value + "': " + trait + " is " + std::string(first) + " or " + std::string(second));
    is_second = value == second;
    return {};
  };
  if (trait == "clause") {
    auto done = one_of("verbs", "particles", tables.traits.particles);
    tables.vocabulary.particles = tables.traits.particles;
    return done;
  }
  if (trait == "adjectives") return one_of("before", "after", tables.traits.adjective_after);
  if (trait == "forms") return one_of("english", "listed", tables.traits.listed_forms);
  if (trait == "months") return one_of("capital", "small", tables.vocabulary.small_months);
  return table.error_at(row, "'" + trait + "' is no trait of a language; there are clause, adjectives, forms, months");
}

Result<void> take_role(const TableFile& table, const TableFile::Row& row, Vocabulary& vocabulary) {
  const std::string role = fold(table.cell(row, 0));
  if (role.empty()) return table.error_at(row, "the role is missing");
  for (const std::string& word : table.values(row, 1)) vocabulary.set_role(vocabulary.add_spelt(word), role);
  return {};
}

Result<void> take_particle(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  const auto slot = parse_slot(table.cell(row, 1));
  if (!slot) return table.error_at(row, "'" + table.cell(row, 1) + "' is no place of an argument");
  for (const std::string& word : table.values(row, 0)) {
    const WordId id = tables.vocabulary.add_spelt(word);
    tables.vocabulary.add_class(id, WordClass::particle);
    tables.particles[id] = *slot;
  }
  return {};
}

Result<void> take_ending(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  VerbEnding ending;
  const std::string& time = table.cell(row, 1);
  if (time == "past") ending.time = EndingTime::past;
  else if (time == "present") ending.time = EndingTime::present;
  else if (time == "future") ending.time = EndingTime::future;
  else if (time == "none") ending.time = EndingTime::none;
  else return table.error_at(row, "'" + time + "': an ending is past, present, future or none");
  const std::string& says = table.cell(row, 2);
  ending.negated = says == "negated";
  ending.wished = says == "wished";
  ending.joins = says == "joins";
  if (!says.empty() && !ending.negated && !ending.wished && !ending.joins)
    return table.error_at(row, "'" + says + "': an ending says negated, wished, joins or nothing more");
  for (const std::string& word : table.values(row, 0)) {
    const WordId id = tables.vocabulary.add_spelt(word);
    tables.vocabulary.add_class(id, WordClass::ending);
    tables.endings[id] = ending;
  }
  return {};
}

}  // namespace

Result<void> load_language(const LoadContext& context) {
  LexiconTables& tables = *context.tables;
  if (auto done = each_row(context, "language.tsv", {"trait", "value"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_trait(t, r, tables); }); !done)
    return done;
  if (auto done = each_row(context, "roles.tsv", {"role", "words"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_role(t, r, tables.vocabulary); }); !done)
    return done;
  LoadContext optional = context;  // only languages of particles have these
  optional.complete = false;
  if (auto done = each_row(optional, "particles.tsv", {"particle", "slot"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_particle(t, r, tables); }); !done)
    return done;
  return each_row(optional, "endings.tsv", {"ending", "time", "says"},
                  [&](const TableFile& t, const TableFile::Row& r) { return take_ending(t, r, tables); });
}

}  // namespace entente::importers
