#include "base/utf8.h"
#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

Result<void> take_head(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  ForumHead head;
  const auto type = graph::parse_event_type(table.cell(row, 1));
  head.none = table.cell(row, 1) == "none";
  if (!head.none && (!type || !(*type == graph::EventType::conference || *type == graph::EventType::consultation)))
    return table.error_at(row, "'" + table.cell(row, 1) + "': a forum is a conference or a consultation, or none");
  if (!head.none) head.type = *type;
  if (const std::string& mode = table.cell(row, 2); !mode.empty() && mode != "-") {
    head.mode = graph::parse_mode(mode);
    if (!head.mode) return table.error_at(row, "'" + mode + "' is no mode");
  }
  const auto index = static_cast<std::uint32_t>(tables.forum_heads.size());
  for (const std::string& phrase : table.values(row, 0)) {
    // A single common word (council, session) names a forum only in capitals; a phrase of several does either way.
    ForumHead one = head;
    one.lower_case = phrase.find(' ') != std::string::npos;
    Sense sense;
    sense.kind = SenseKind::forum_head;
    sense.index = static_cast<std::uint32_t>(tables.forum_heads.size());
    tables.forum_heads.push_back(one);
    tables.phrases.add(phrase, sense, tables.vocabulary);
  }
  (void)index;
  return {};
}

Result<void> take_series(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  Series series;
  series.name = table.cell(row, 1);
  const auto type = graph::parse_event_type(table.cell(row, 2));
  if (!type) return table.error_at(row, "'" + table.cell(row, 2) + "' is no event type");
  series.type = *type;
  for (const std::string& id : table.values(row, 3)) {
    const PartyIndex party = tables.find_party(id);
    if (party == kNoParty) return table.error_at(row, "'" + id + "' is in none of the gazetteer's tables");
    series.parties.push_back(party);
  }
  Sense sense;
  sense.kind = SenseKind::series;
  sense.index = static_cast<std::uint32_t>(tables.series.size());
  sense.capital = true;
  tables.series.push_back(series);
  for (const std::string& name : table.values(row, 0)) tables.phrases.add(name, sense, tables.vocabulary);
  return {};
}

}  // namespace

Result<void> load_forums(const LoadContext& context) {
  LexiconTables& tables = *context.tables;
  if (auto done = each_row(context, "forums.tsv", {"head", "type", "default_mode"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_head(t, r, tables); }); !done)
    return done;
  return each_row(context, "series.tsv", {"name", "slug", "type", "parties"},
                  [&](const TableFile& t, const TableFile::Row& r) { return take_series(t, r, tables); });
}

}  // namespace entente::importers
