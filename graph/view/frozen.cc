#include "graph/view/frozen.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace entente::graph {
namespace {

// Positions of texts in the order of id_before, and for each text its place in that order.
struct IdOrder {
  std::vector<std::uint32_t> sorted;
  std::vector<std::uint32_t> place;
};

IdOrder order_of(const TextBlock& ids) {
  IdOrder out;
  out.sorted.resize(ids.size());
  std::iota(out.sorted.begin(), out.sorted.end(), 0U);
  const auto before = [&](std::uint32_t a, std::uint32_t b) { return id_before(ids[a], ids[b]); };
  if (!std::is_sorted(out.sorted.begin(), out.sorted.end(), before))
    std::sort(out.sorted.begin(), out.sorted.end(), before);
  out.place.resize(ids.size());
  for (std::uint32_t i = 0; i < out.sorted.size(); ++i) out.place[out.sorted[i]] = i;
  return out;
}

TextBlock in_order(const TextBlock& texts, const IdOrder& order) {
  TextBlock out;
  for (const std::uint32_t at : order.sorted) out.add(texts[at]);
  out.shrink();
  return out;
}

std::optional<std::uint32_t> find_in(const TextBlock& ids, std::string_view id) {
  std::size_t low = 0;
  std::size_t high = ids.size();
  while (low < high) {
    const std::size_t middle = low + (high - low) / 2;
    if (id_before(ids[middle], id))
      low = middle + 1;
    else
      high = middle;
  }
  if (low == ids.size() || ids[low] != id) return std::nullopt;
  return static_cast<std::uint32_t>(low);
}

template <class T>
std::size_t bytes_of(const std::vector<T>& list) {
  return list.capacity() * sizeof(T);
}

std::uint64_t pair_key(EntityIx a, EntityIx b) { return std::uint64_t{std::min(a, b)} << 32U | std::max(a, b); }

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

using TextNumbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

std::uint32_t number_in(TextNumbers& numbers, TextBlock& block, std::string_view text) {
  if (const auto found = numbers.find(text); found != numbers.end()) return found->second;
  const auto number = static_cast<std::uint32_t>(block.size());
  block.add(text);
  numbers.emplace(std::string(text), number);
  return number;
}

}  // namespace

struct FrozenGraph::Builder::State {
  FrozenLimits limits;
  std::shared_ptr<FrozenGraph> graph{new FrozenGraph};
  TextNumbers entity_numbers;
  TextNumbers text_numbers;
  std::vector<Description> described;

  void sort_entities();
  void list_members();
  void sort_events();
  void list_incidents();
};

FrozenGraph::Builder::Builder(const FrozenLimits& limits) : state_(std::make_unique<State>()) {
  state_->limits = limits;
  state_->graph->part_begin_.push_back(0);
  state_->graph->texts_.add("");
  state_->text_numbers.emplace("", 0U);
}

FrozenGraph::Builder::~Builder() = default;

EntityIx FrozenGraph::Builder::entity(std::string_view id) {
  FrozenGraph& graph = *state_->graph;
  const EntityIx number = number_in(state_->entity_numbers, graph.entity_ids_, id);
  if (number == graph.kinds_.size()) {
    const auto colon = id.find(':');
    const auto kind = kind_of_prefix(id.substr(0, std::min(colon, id.size()))).value_or(EntityKind::topic);
    graph.kinds_.push_back(kind);
    state_->described.push_back({std::string(id), kind, kNoIndex, {}, {}});
  }
  return number;
}

void FrozenGraph::Builder::describe(EntityIx entity, Description description) {
  state_->described[entity] = std::move(description);
}

EntityKind FrozenGraph::Builder::kind(EntityIx entity) const { return state_->described[entity].kind; }

void FrozenGraph::Builder::name(EntityIx entity, std::string_view name) { state_->graph->names_.add(entity, name); }

std::uint32_t FrozenGraph::Builder::text(std::string_view text) {
  return number_in(state_->text_numbers, state_->graph->texts_, text);
}

Result<void> FrozenGraph::Builder::event(std::string_view id, const Happening& happening, std::span<const Part> parts) {
  FrozenGraph& graph = *state_->graph;
  graph.event_ids_.add(id);
  graph.happenings_.push_back(happening);
  graph.parts_.insert(graph.parts_.end(), parts.begin(), parts.end());
  graph.part_begin_.push_back(static_cast<std::uint32_t>(graph.parts_.size()));
  // What the finished graph will need; asked now and then, since it grows with each event.
  constexpr std::size_t kAskEvery = 65536;
  if (graph.happenings_.size() % kAskEvery != 0) return {};
  const std::size_t needed = graph.size().memory_bytes + graph.parts_.size() * (sizeof(EventIx) + sizeof(Day));
  if (needed <= state_->limits.memory_bytes_max) return {};
  return Error{
      ErrorCode::too_large,
      fmt::format("after {} events the graph in memory needs {} MiB, more than the {} MiB allowed; ask about a "
                  "period or allow more memory",
                  graph.happenings_.size(), needed >> 20U, state_->limits.memory_bytes_max >> 20U),
      {}};
}

void FrozenGraph::Builder::State::sort_entities() {
  const IdOrder order = order_of(graph->entity_ids_);
  graph->entity_ids_ = in_order(graph->entity_ids_, order);
  graph->kinds_.clear();
  graph->group_begin_.push_back(0);
  for (const std::uint32_t old : order.sorted) {
    Description& one = described[old];
    graph->kinds_.push_back(one.kind);
    graph->of_.push_back(one.of == kNoIndex ? kNoIndex : order.place[one.of]);
    graph->labels_.add(one.label);
    graph->posts_.add(one.posts);
    for (const EntityIx group : one.groups) graph->groups_.push_back(order.place[group]);
    graph->group_begin_.push_back(static_cast<std::uint32_t>(graph->groups_.size()));
  }
  described = {};
  graph->labels_.shrink();
  list_members();
  for (Part& part : graph->parts_) part = Part(order.place[part.who()], part.role());
  for (std::size_t i = 0; i + 1 < graph->part_begin_.size(); ++i)
    std::sort(graph->parts_.begin() + graph->part_begin_[i], graph->parts_.begin() + graph->part_begin_[i + 1],
              [](const Part& a, const Part& b) { return a.who() < b.who(); });
  for (Happening& one : graph->happenings_)
    if (one.forum != kNoIndex) one.forum = order.place[one.forum];
  graph->names_.finish(order.place);
}

void FrozenGraph::Builder::State::list_members() {
  graph->member_begin_.assign(graph->kinds_.size() + 1, 0);
  for (const EntityIx group : graph->groups_) ++graph->member_begin_[group + 1];
  std::partial_sum(graph->member_begin_.begin(), graph->member_begin_.end(), graph->member_begin_.begin());
  graph->members_.resize(graph->groups_.size());
  std::vector<std::uint32_t> next(graph->member_begin_.begin(), graph->member_begin_.end() - 1);
  for (EntityIx entity = 0; entity < graph->kinds_.size(); ++entity)
    for (const EntityIx group : graph->groups(entity)) graph->members_[next[group]++] = entity;
}

void FrozenGraph::Builder::State::sort_events() {
  const IdOrder order = order_of(graph->event_ids_);
  if (std::is_sorted(order.sorted.begin(), order.sorted.end())) return;
  graph->event_ids_ = in_order(graph->event_ids_, order);
  std::vector<Happening> happenings;
  happenings.reserve(order.sorted.size());
  std::vector<Part> parts;
  parts.reserve(graph->parts_.size());
  std::vector<std::uint32_t> begin{0};
  begin.reserve(order.sorted.size() + 1);
  for (const std::uint32_t old : order.sorted) {
    happenings.push_back(graph->happenings_[old]);
    const auto of_event = graph->parts(old);
    parts.insert(parts.end(), of_event.begin(), of_event.end());
    begin.push_back(static_cast<std::uint32_t>(parts.size()));
  }
  graph->happenings_ = std::move(happenings);
  graph->parts_ = std::move(parts);
  graph->part_begin_ = std::move(begin);
}

// Events by first day, dated before lasting, each written under those who take part.
void FrozenGraph::Builder::State::list_incidents() {
  const std::size_t entities = graph->kinds_.size();
  const std::vector<Happening>& all = graph->happenings_;
  std::vector<EventIx> by_day(all.size());
  std::iota(by_day.begin(), by_day.end(), 0U);
  std::sort(by_day.begin(), by_day.end(), [&](EventIx a, EventIx b) {
    const bool lasting_a = all[a].lasting();
    const bool lasting_b = all[b].lasting();
    if (lasting_a != lasting_b) return lasting_b;
    return all[a].first != all[b].first ? all[a].first < all[b].first : a < b;
  });
  graph->incident_begin_.assign(entities + 1, 0);
  for (const Part& part : graph->parts_) ++graph->incident_begin_[part.who() + 1];
  std::partial_sum(graph->incident_begin_.begin(), graph->incident_begin_.end(), graph->incident_begin_.begin());
  graph->incident_events_.resize(graph->parts_.size());
  graph->incident_firsts_.resize(graph->parts_.size());
  graph->dated_.assign(entities, 0);
  graph->spans_.assign(entities, 0);
  std::vector<std::uint32_t> next(graph->incident_begin_.begin(), graph->incident_begin_.end() - 1);
  for (const EventIx event : by_day) {
    const Happening& one = all[event];
    const bool lasting = one.lasting();
    for (const Part& part : graph->parts(event)) {
      const std::uint32_t at = next[part.who()]++;
      graph->incident_events_[at] = event;
      graph->incident_firsts_[at] = one.first;
      if (lasting) continue;
      ++graph->dated_[part.who()];
      graph->spans_[part.who()] = std::max(graph->spans_[part.who()], one.last - one.first);
    }
  }
}

Result<std::shared_ptr<const FrozenGraph>> FrozenGraph::Builder::finish(RecordedTime recorded) && {
  State& state = *state_;
  state.graph->recorded_ = recorded;
  state.entity_numbers = {};
  state.text_numbers = {};
  state.sort_entities();
  state.sort_events();
  state.list_incidents();
  state.graph->texts_.shrink();
  state.graph->happenings_.shrink_to_fit();
  state.graph->parts_.shrink_to_fit();
  if (state.graph->size().memory_bytes > state.limits.memory_bytes_max)
    return Error{ErrorCode::too_large,
                 fmt::format("the graph in memory needs {} MiB, more than the {} MiB allowed; allow more memory",
                             state.graph->size().memory_bytes >> 20U, state.limits.memory_bytes_max >> 20U),
                 {}};
  return std::shared_ptr<const FrozenGraph>(std::move(state.graph));
}

std::optional<EntityIx> FrozenGraph::find_entity(std::string_view id) const { return find_in(entity_ids_, id); }
std::optional<EventIx> FrozenGraph::find_event(std::string_view id) const { return find_in(event_ids_, id); }

bool FrozenGraph::is_party(EntityKind kind) {
  return kind == EntityKind::country || kind == EntityKind::organisation || kind == EntityKind::region;
}

FrozenSize FrozenGraph::size() const {
  FrozenSize out{entities(), events(), parts_.size(), 0};
  out.memory_bytes = entity_ids_.memory_bytes() + labels_.memory_bytes() + event_ids_.memory_bytes() +
                     texts_.memory_bytes() + posts_.memory_bytes() + names_.memory_bytes() + bytes_of(groups_) +
                     bytes_of(group_begin_) + bytes_of(members_) + bytes_of(member_begin_) + bytes_of(kinds_) +
                     bytes_of(of_) + bytes_of(happenings_) + bytes_of(part_begin_) + bytes_of(parts_) +
                     bytes_of(incident_begin_) + bytes_of(incident_events_) + bytes_of(incident_firsts_) +
                     bytes_of(dated_) + bytes_of(spans_);
  if (const Pairs* const pairs = pairs_ready_.load()) {
    constexpr std::size_t kMapNodeBytes = 40;
    out.memory_bytes += bytes_of(pairs->begin) + bytes_of(pairs->dated) + bytes_of(pairs->events) + bytes_of(pairs->briefs) +
                        pairs->numbers.size() * kMapNodeBytes;
  }
  return out;
}

std::unique_ptr<FrozenGraph::Pairs> FrozenGraph::build_pairs() const {
  auto out = std::make_unique<Pairs>();
  std::vector<std::uint32_t> counts;
  const auto each = [&](EventIx event, auto visit) {
    const auto all = parts(event);
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (!is_party(kinds_[all[i].who()])) continue;
      for (std::size_t j = i + 1; j < all.size(); ++j)
        if (is_party(kinds_[all[j].who()])) visit(pair_key(all[i].who(), all[j].who()));
    }
  };
  for (EventIx event = 0; event < events(); ++event)
    each(event, [&](std::uint64_t key) {
      const auto [at, fresh] = out->numbers.try_emplace(key, static_cast<std::uint32_t>(counts.size()));
      if (fresh) counts.push_back(0);
      ++counts[at->second];
    });
  out->begin.assign(counts.size() + 1, 0);
  std::partial_sum(counts.begin(), counts.end(), out->begin.begin() + 1);
  out->events.resize(out->begin.back());
  out->briefs.resize(out->begin.back());
  out->dated.assign(counts.size(), 0);
  // In the order of the days: what the incidents of an entity hold is in it, so each pair is filled from its lower one.
  std::vector<std::uint32_t> next(out->begin.begin(), out->begin.end() - 1);
  for (EntityIx entity = 0; entity < entities(); ++entity) {
    if (!is_party(kinds_[entity])) continue;
    const Incidents own = incidents(entity);
    for (std::uint32_t i = 0; i < own.all; ++i)
      for (const Part& part : parts(own.events[i])) {
        if (part.who() <= entity || !is_party(kinds_[part.who()])) continue;
        const std::uint32_t number = out->numbers.find(pair_key(entity, part.who()))->second;
        const Happening& one = happenings_[own.events[i]];
        out->briefs[next[number]] = {one.first, one.type, one.level, one.group};
        out->events[next[number]++] = own.events[i];
        if (i < own.dated) ++out->dated[number];
      }
  }
  return out;
}

const FrozenGraph::Pairs& FrozenGraph::pairs() const {
  std::call_once(pairs_once_, [&] {
    pairs_ = build_pairs();
    pairs_ready_ = pairs_.get();
  });
  return *pairs_;
}

PairEvents FrozenGraph::pair(EntityIx a, EntityIx b) const {
  const Pairs& all = pairs();
  const auto found = all.numbers.find(pair_key(a, b));
  if (found == all.numbers.end()) return {};
  const std::uint32_t begin = all.begin[found->second];
  const std::uint32_t size = all.begin[found->second + 1] - begin;
  return {std::span(all.events).subspan(begin, size), std::span(all.briefs).subspan(begin, size),
          all.dated[found->second]};
}

}  // namespace entente::graph
