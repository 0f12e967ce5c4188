#include "graph/query/event_row.h"

#include <algorithm>

#include "graph/view/freeze.h"

namespace entente::graph::query {
namespace {

template <class T>
Value word(const std::optional<T>& value) {
  return value ? Value(to_string(*value)) : Value();
}

Value text_or_nothing(const std::string& text) { return text.empty() ? Value() : Value(text); }

bool one_of(const std::vector<std::string>& wanted, std::string_view value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

template <class T>
bool word_of(const std::vector<std::string>& wanted, const std::optional<T>& value) {
  return wanted.empty() || (value && one_of(wanted, to_string(*value)));
}

// What a loaded table says of its event in its own words.
void put_table(Row& row, const TableFacts& table) {
  row.push_back({"code", text_or_nothing(table.code)});
  row.push_back({"code_label", text_or_nothing(table.label)});
  row.push_back({"located", table.place ? Value(table.place->str()) : Value()});
  row.push_back({"source", text_or_nothing(table.source)});
  Value::Fields roles;
  for (const auto& [id, role] : table.roles) roles.push_back({id.str(), role});
  row.push_back({"table_roles", std::move(roles)});
}

bool is_at(const std::vector<std::string>& wanted, const EventFacts& facts, const TableFacts* table) {
  if (facts.place && (one_of(wanted, facts.place->city) || one_of(wanted, facts.place->country))) return true;
  return table != nullptr && table->place && one_of(wanted, table->place->str());
}

}  // namespace

const TableFacts* table_of(const EventCursor& cursor) {
  const auto* const tables = dynamic_cast<const TableFactsCursor*>(&cursor);
  return tables == nullptr ? nullptr : tables->table_facts();
}

Try<std::optional<TableFacts>> table_of(Reader& reader, const EventId& event) {
  auto* const tables = dynamic_cast<TableFactsReader*>(reader.rows());
  if (tables == nullptr) return std::optional<TableFacts>();
  auto found = tables->table_facts(event);
  if (!found) return problem_of(found.error());
  return std::move(*found);
}

std::string day_text(Day day) { return to_iso(to_civil(day)); }

Row row_of(const Event& event, const TableFacts* table) {
  const EventFacts& facts = event.facts;
  Row row{{"event", event.id.str()},           {"date", facts.date ? Value(facts.date->text()) : Value()},
          {"type", to_string(facts.type)},     {"status", to_string(facts.status)},
          {"parties", list_of(facts.parties)}, {"officials", list_of(facts.officials)}};
  Value::Fields roles;
  for (const auto& [id, role] : facts.roles) roles.push_back({id.str(), to_string(role)});
  row.push_back({"roles", std::move(roles)});
  row.push_back({"level", word(facts.level)});
  row.push_back({"mode", word(facts.mode)});
  row.push_back({"stage", word(facts.stage)});
  row.push_back({"stance", word(facts.stance)});
  row.push_back({"forum", facts.forum ? Value(facts.forum->str()) : Value()});
  row.push_back({"edition", facts.edition ? Value(*facts.edition) : Value()});
  Value place;
  if (facts.place)
    place =
        Value::Fields{{"city", text_or_nothing(facts.place->city)}, {"country", text_or_nothing(facts.place->country)}};
  row.push_back({"place", std::move(place)});
  row.push_back({"count", facts.count ? Value(*facts.count) : Value()});
  row.push_back({"sources", event.sources});
  Value::List publishers;
  for (const std::string& one : event.publishers) publishers.emplace_back(one);
  row.push_back({"publishers", std::move(publishers)});
  row.push_back({"confidence", event.confidence});
  if (table != nullptr) put_table(row, *table);
  return row;
}

Row row_of(const Proof& proof) {
  Value::List words;
  for (const Span& span : proof.claim.evidence)
    words.emplace_back(proof.release.text.substr(span.begin, span.end - span.begin));
  return {{"claim", proof.claim.id.str()},
          {"release", proof.release.id.str()},
          {"publisher", text_or_nothing(proof.release.publisher)},
          {"published", proof.release.published ? Value(to_iso(*proof.release.published)) : Value()},
          {"title", text_or_nothing(proof.release.title)},
          {"url", text_or_nothing(proof.release.url)},
          {"words", std::move(words)},
          {"rule", proof.claim.rule},
          {"confidence", proof.claim.confidence},
          {"recorded", proof.claim.recorded.to_text()},
          {"joined", proof.join_reason}};
}

bool has_more_filters(const Query& query) {
  return !query.modes.empty() || !query.stages.empty() || !query.stances.empty() || !query.forums.empty() ||
         !query.places.empty() || !query.topics.empty() || !query.publishers.empty() || !query.codes.empty();
}

bool passes(const Query& query, const Event& event, const TableFacts* table) {
  const EventFacts& facts = event.facts;
  if (!word_of(query.modes, facts.mode) || !word_of(query.stages, facts.stage) || !word_of(query.stances, facts.stance))
    return false;
  if (!query.forums.empty() && !(facts.forum && one_of(query.forums, facts.forum->str()))) return false;
  if (!query.places.empty() && !is_at(query.places, facts, table)) return false;
  if (!query.publishers.empty() && std::none_of(event.publishers.begin(), event.publishers.end(),
                                                [&](const std::string& one) { return one_of(query.publishers, one); }))
    return false;
  if (!query.topics.empty()) {
    const auto parts = parts_of(facts);
    if (std::none_of(parts.begin(), parts.end(),
                     [&](const auto& part) { return one_of(query.topics, part.first.str()); }))
      return false;
  }
  return query.codes.empty() || (table != nullptr && one_of(query.codes, table->code));
}

}  // namespace entente::graph::query
