#include "graph/query/sides.h"

namespace entente::graph::query {
namespace {

constexpr std::size_t kCandidates = 10;

// What an id that does not exist may have been meant to be: things whose name is like its last part.
std::vector<std::string> near_ids(Reader& reader, const std::string& id) {
  constexpr std::size_t kShown = 3;
  std::string words = id.substr(id.find_first_of(":/") == std::string::npos ? 0 : id.find_last_of(":/") + 1);
  std::replace(words.begin(), words.end(), '-', ' ');
  std::vector<std::string> out;
  if (const auto found = reader.resolve(words, kShown))
    for (const Candidate& one : *found) out.push_back(fmt::format("{} ({})", one.id.str(), one.label));
  return out;
}

Problem of_name(ProblemKind kind, std::string_view at, const std::string& words) {
  Problem out;
  out.kind = kind;
  out.at = at;
  out.value = words;
  return out;
}

}  // namespace

Problem unknown_id(Reader& reader, std::string_view at, const std::string& id) {
  Problem out = of_name(ProblemKind::unknown_id, at, id);
  out.code = ErrorCode::not_found;
  out.message = "there is no '" + id + "'";
  out.remedy = "ask `resolve` with a part of the name";
  out.candidates = near_ids(reader, id);
  return out;
}

Problem wrong_kind(std::string_view at, const std::string& id, EntityKind is, EntityKind wanted) {
  Problem out = of_name(ProblemKind::bad_value, at, id);
  out.message = fmt::format("'{}' is of the kind {}, not {}", id, to_string(is), to_string(wanted));
  out.remedy = fmt::format("name one of the kind {}; who takes part is asked for with `of` or `between`", to_string(wanted));
  return out;
}

Try<EntityId> entity_named(Reader& reader, std::string_view at, const std::string& words) {
  if (words.find(':') != std::string::npos) {
    const auto found = reader.find_entity(EntityId(words));
    if (!found) return problem_of(found.error());
    if (*found) return EntityId(words);
    return unknown_id(reader, at, words);
  }
  // "KR": the code of a state, as ids have it.
  if (words.size() == 2 || words.size() == 4) {
    std::string code = words;
    for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    const auto state = reader.find_entity(EntityId("country:" + code));
    if (!state) return problem_of(state.error());
    if (*state) return (*state)->id;
  }
  const auto found = reader.resolve(words, kCandidates);
  if (!found) return problem_of(found.error());
  if (found->empty()) {
    Problem out = of_name(ProblemKind::unknown_id, at, words);
    out.code = ErrorCode::not_found;
    out.message = "nothing is called '" + words + "'";
    out.remedy = "ask `resolve` with a part of the name, or give an id";
    return out;
  }
  constexpr double kSure = 0.999;
  constexpr double kApart = 0.1;
  constexpr double kSame = 0.0001;
  const Candidate& best = found->front();
  const bool alone = found->size() == 1;
  const double second = alone ? 0 : (*found)[1].score;
  if (alone || (second < best.score - kSame && (best.score > kSure || second + kApart < best.score))) return best.id;
  Problem out = of_name(ProblemKind::ambiguous_name, at, words);
  out.code = ErrorCode::ambiguous;
  out.message = "'" + words + "' can mean several";
  out.remedy = "ask again with an id";
  for (const Candidate& one : *found) out.candidates.push_back(fmt::format("{} ({})", one.id.str(), one.label));
  return out;
}

std::string label_of(Reader& reader, const EntityId& id) {
  const auto found = reader.find_entity(id);
  return found && *found ? (*found)->label : id.str();
}

Try<EntityIx> entity_in(Context& context, const FrozenGraph& graph, std::string_view at, const std::string& words) {
  if (words.find(':') != std::string::npos)
    if (const auto known = graph.find_entity(words)) return *known;
  auto id = entity_named(context.reader(), at, words);
  if (!id) return id.problem();
  if (const auto known = graph.find_entity(id->str())) return *known;
  return unknown_id(context.reader(), at, id->str());
}

Try<EntityIx> entity_in(Context& context, LazyGraph& graph, std::string_view at, const std::string& words) {
  auto id = entity_named(context.reader(), at, words);
  if (!id) return id.problem();
  return graph.entity(id->str());
}

namespace {

// An entity of a loaded table does not say in its id what it is.
Try<EntityKind> kind_in(Reader& reader, const EntityId& id) {
  if (const auto kind = kind_of(id)) return *kind;
  RowReader* const rows = reader.rows();
  if (rows == nullptr) return EntityKind::topic;
  const auto number = rows->find_number(id);
  if (!number) return problem_of(number.error());
  if (!*number) return EntityKind::topic;
  const auto kind = rows->kind_of(**number);
  if (!kind) return problem_of(kind.error());
  return kind->value_or(EntityKind::topic);
}

std::optional<Problem> to_ids(Context& context, const char* at, EntityKind wanted, std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto id = entity_named(context.reader(), names.size() == 1 ? std::string(at) : fmt::format("{}[{}]", at, i), names[i]);
    if (!id) return id.problem();
    const auto kind = kind_in(context.reader(), *id);
    if (!kind) return kind.problem();
    if (*kind != wanted) return wrong_kind(at, id->str(), *kind, wanted);
    names[i] = id->str();
  }
  return std::nullopt;
}

}  // namespace

Try<Query> with_ids(Context& context) {
  Query out = *context.query;
  if (auto problem = to_ids(context, "forum", EntityKind::forum, out.forums)) return *problem;
  if (auto problem = to_ids(context, "topic", EntityKind::topic, out.topics)) return *problem;
  return out;
}

std::vector<EntityIx> members_in(Context& /*context*/, const FrozenGraph& graph, EntityIx group) {
  const auto members = graph.members(group);
  return {members.begin(), members.end()};
}

std::vector<EntityIx> members_in(Context& context, LazyGraph& graph, EntityIx group) {
  std::vector<EntityIx> out;
  if (const auto members = context.reader().members(EntityId(std::string(graph.entity_id(group)))))
    for (const EntityId& id : *members) out.push_back(graph.entity(id.str()));
  return out;
}

Terms plain_terms(const Query& query) {
  Terms out;
  out.from = query.from;
  out.to = query.to;
  out.undated = query.undated;
  out.types = bits_of<EventType>(query.types, parse_event_type);
  out.levels = bits_of<Level>(query.levels, parse_level);
  out.statuses = bits_of<Status>(query.statuses, parse_status);
  out.modes = bits_of<Mode>(query.modes, parse_mode);
  out.stages = bits_of<Stage>(query.stages, parse_stage);
  out.stances = bits_of<Stance>(query.stances, parse_stance);
  return out;
}

bool text_means(std::string_view text, const std::string& wanted, TextOf what) {
  const auto bar = text.find('|');
  const bool of_publishers = text.size() > 1 && text.front() == '|' && text.back() == '|';
  switch (what) {
    case TextOf::code:
      return bar == std::string_view::npos && text == wanted;
    case TextOf::publisher:
      return of_publishers && text.find("|" + wanted + "|") != std::string_view::npos;
    case TextOf::place:
      return bar != std::string_view::npos && !of_publishers &&
             (text.substr(0, bar) == wanted || text.substr(bar + 1) == wanted);
  }
  return false;
}

std::uint64_t kind_bits(const std::vector<std::string>& kinds) { return bits_of<EntityKind>(kinds, parse_entity_kind); }

}  // namespace entente::graph::query
