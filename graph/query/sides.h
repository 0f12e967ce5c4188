// From the words of a question to entities and terms of a graph. Inside graph/query only.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "graph/query/context.h"

namespace entente::graph::query {

// The entity that an id or a name means. Fails with unknown_id, suggesting near ones, or ambiguous_name.
Try<EntityId> entity_named(Reader& reader, std::string_view at, const std::string& words);
// The same, its label too.
std::string label_of(Reader& reader, const EntityId& id);
Problem unknown_id(Reader& reader, std::string_view at, const std::string& id);
// An entity that is there, but of another kind than the filter is about.
Problem wrong_kind(std::string_view at, const std::string& id, EntityKind is, EntityKind wanted);

// The question with its forums and topics by their ids: what passes() looks at. Fails as entity_named does, and with
// bad_value for one of another kind.
Try<Query> with_ids(Context& context);

// The same as numbers of a graph. What the frozen graph knows needs no look at the store.
Try<EntityIx> entity_in(Context& context, const FrozenGraph& graph, std::string_view at, const std::string& words);
Try<EntityIx> entity_in(Context& context, LazyGraph& graph, std::string_view at, const std::string& words);

std::vector<EntityIx> members_in(Context& context, const FrozenGraph& graph, EntityIx group);
std::vector<EntityIx> members_in(Context& context, LazyGraph& graph, EntityIx group);

// One side of a pair; a region or group stands for its members, too.
template <class G>
Try<std::vector<EntityIx>> side_in(Context& context, G& graph, std::string_view at, const Side& side) {
  std::vector<EntityIx> out;
  for (std::size_t i = 0; i < side.size(); ++i) {
    auto entity = entity_in(context, graph, side.size() == 1 ? std::string(at) : fmt::format("{}[{}]", at, i), side[i]);
    if (!entity) return entity.problem();
    out.push_back(*entity);
    for (const EntityIx member : members_in(context, graph, *entity)) out.push_back(member);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

template <class Value, class Parse>
std::uint64_t bits_of(const std::vector<std::string>& names, Parse parse) {
  std::uint64_t out = 0;
  for (const std::string& name : names)
    if (const std::optional<Value> value = parse(name)) out |= std::uint64_t{1} << static_cast<unsigned>(*value);
  return out;
}

template <class Value, class Parse>
std::vector<Value> values_of(const std::vector<std::string>& names, Parse parse) {
  std::vector<Value> out;
  for (const std::string& name : names)
    if (const std::optional<Value> value = parse(name)) out.push_back(*value);
  return out;
}

// What a question says of time, types, levels and statuses, as the record's own queries have them (TimelineQuery, RowQuery).
template <class RecordQuery>
void take_row_filters(const Query& query, RecordQuery& into) {
  into.from = query.from;
  into.to = query.to;
  into.undated = query.undated;
  into.types = values_of<EventType>(query.types, parse_event_type);
  into.levels = values_of<Level>(query.levels, parse_level);
  into.statuses = values_of<Status>(query.statuses, parse_status);
}

// Which events count, but for what only a graph can say.
Terms plain_terms(const Query& query);

// What a text of a graph says: "Seoul|KR", "|FR-MEAE|KR-MOFA|", "042".
enum class TextOf : std::uint8_t { place, publisher, code };
bool text_means(std::string_view text, const std::string& wanted, TextOf what);

// The numbers of the texts that mean one of these; what no text is when none does.
template <class G>
std::vector<std::uint32_t> texts_with(const G& graph, const std::vector<std::string>& wanted, TextOf what) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t number = 1; number < graph.texts(); ++number)
    if (std::any_of(wanted.begin(), wanted.end(),
                    [&](const std::string& one) { return text_means(graph.text(number), one, what); }))
      out.push_back(number);
  if (out.empty()) out.push_back(kNoIndex);
  return out;
}

template <class G>
Try<Terms> terms_in(Context& context, G& graph) {
  const Query& query = *context.query;
  Terms out = plain_terms(query);
  const auto entities = [&](const char* at, const std::vector<std::string>& names,
                            EntityKind kind, std::vector<EntityIx>& into) -> std::optional<Problem> {
    for (std::size_t i = 0; i < names.size(); ++i) {
      auto entity =
          entity_in(context, graph, names.size() == 1 ? std::string(at) : fmt::format("{}[{}]", at, i), names[i]);
      if (!entity) return entity.problem();
      if (graph.kind(*entity) != kind)
        return wrong_kind(at, std::string(graph.entity_id(*entity)), graph.kind(*entity), kind);
      into.push_back(*entity);
    }
    return std::nullopt;
  };
  if (auto problem = entities("forum", query.forums, EntityKind::forum, out.forums)) return *problem;
  if (auto problem = entities("topic", query.topics, EntityKind::topic, out.with)) return *problem;
  // Which texts there are is known of a whole graph only; on_graph sees to it that it is one.
  if (!query.places.empty()) out.places = texts_with(graph, query.places, TextOf::place);
  if (!query.publishers.empty()) out.publishers = texts_with(graph, query.publishers, TextOf::publisher);
  if (!query.codes.empty()) out.codes = texts_with(graph, query.codes, TextOf::code);
  return out;
}

}  // namespace entente::graph::query
