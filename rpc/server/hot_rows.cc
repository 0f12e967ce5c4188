#include "rpc/server/hot_rows.h"

#include <algorithm>
#include <limits>

#include "graph/view/timeline_refs.h"

namespace entente::rpc {
namespace {

constexpr RecordedTime kForNow{std::numeric_limits<std::int64_t>::max()};
constexpr std::size_t kNamesMax = 100'000;

std::string name_of(const graph::TimelineQuery& query) { return query.left.front().str() + "\n" + (query.right.empty() ? std::string() : query.right.front().str()); }

std::size_t bytes_of(const std::vector<graph::Row>& rows) { return rows.size() * sizeof(graph::Row) + 256; }

}  // namespace

HotRows::HotRows(storage::Store& store, std::size_t bytes_max) : bytes_max_(bytes_max) {
  telling_ = store.when_recorded([state = state_](const storage::Written& written) { state->note(written); });
  // Empty until now: nothing in it can be older than what it is told of.
  const auto now = store.snapshot();
  const auto recorded = now ? (*now)->recorded() : now.error();
  const std::lock_guard lock(state_->mutex);
  if (recorded) state_->known = std::max(state_->known, *recorded);
}

void HotRows::State::note(const storage::Written& written) {
  const std::lock_guard lock(mutex);
  for (const auto& [entity, with] : written.rows) {
    const auto found = by_whose.find({entity, with});
    if (found == by_whose.end()) continue;
    Entry& entry = *found->second;
    if (entry.until == kForNow && entry.since <= known) entry.until = {known.micros + 1};
  }
  known = std::max(known, written.through);
}

bool HotRows::may_answer(const graph::TimelineQuery& query) {
  return query.left.size() == 1 && query.right.size() <= 1 && (query.right.empty() || query.right.front() != query.left.front()) && query.order == graph::Order::newest_first && !query.undated &&
         !query.evidence && query.limit > 0 && query.limit <= kRows && (!query.from || !query.to || *query.from <= *query.to);
}

std::optional<HotRows::Whose> HotRows::State::whose_of(const graph::TimelineQuery& query) const {
  const auto left = numbers.find(query.left.front().str());
  if (left == numbers.end()) return std::nullopt;
  if (query.right.empty()) return Whose{left->second, 0};
  const auto right = numbers.find(query.right.front().str());
  if (right == numbers.end()) return std::nullopt;
  return Whose{std::min(left->second, right->second), std::max(left->second, right->second)};
}

std::optional<std::vector<graph::EventRef>> HotRows::find(const graph::TimelineQuery& query, RecordedTime at) {
  State& state = *state_;
  std::shared_ptr<const std::vector<graph::Row>> rows;
  bool whole = false;
  {
    const std::lock_guard lock(state.mutex);
    const auto whose = state.whose_of(query);
    if (!whose) return std::nullopt;
    const auto found = state.by_whose.find(*whose);
    if (found == state.by_whose.end()) return std::nullopt;
    const Entry& entry = *found->second;
    if (at < entry.since || entry.until <= at || (entry.until == kForNow && state.known < at)) return std::nullopt;
    rows = entry.rows;
    whole = entry.whole;
    state.entries.splice(state.entries.begin(), state.entries, found->second);
  }
  std::vector<graph::EventRef> out;
  for (const graph::Row& row : *rows) {
    if (!counts(query, row)) continue;
    out.push_back(row.event);
    if (out.size() == query.limit) return out;
  }
  return whole ? std::optional(std::move(out)) : std::nullopt;
}

Result<void> HotRows::keep(graph::Reader& reader, const graph::TimelineQuery& query, RecordedTime at) {
  State& state = *state_;
  {
    const std::lock_guard lock(state.mutex);
    if (state.wanted_once.size() >= kNamesMax) state.wanted_once.clear();
    if (state.wanted_once.insert(name_of(query)).second) return {};
  }
  graph::RowReader* const by_number = reader.rows();
  if (by_number == nullptr) return {};
  graph::RowQuery wanted;
  for (const auto* const side : {&query.left, &query.right}) {
    if (side->empty()) continue;
    const auto number = by_number->find_number(side->front());
    if (!number) return number.error();
    if (!number->has_value()) return {};
    // Only parties have rows of their own in pairs.
    const auto kind = by_number->kind_of(**number);
    if (!kind) return kind.error();
    if (!query.right.empty() && !(*kind && **kind <= graph::EntityKind::region)) return {};
    (side == &query.left ? wanted.entity : wanted.with) = **number;
  }
  wanted.order = graph::Order::newest_first;
  auto cursor = by_number->rows(wanted);
  if (!cursor) return cursor.error();
  auto rows = std::make_shared<std::vector<graph::Row>>(kRows);
  std::size_t count = 0;
  while (count < kRows) {
    const auto got = (*cursor)->next(std::span(*rows).subspan(count));
    if (!got) return got.error();
    if (*got == 0) break;
    count += *got;
  }
  rows->resize(count);
  Entries dropped;  // freed when the lock is let go of
  const std::lock_guard lock(state.mutex);
  if (state.numbers.size() >= kNamesMax) state.numbers.clear();
  state.numbers[query.left.front().str()] = wanted.entity;
  if (!query.right.empty()) state.numbers[query.right.front().str()] = wanted.with;
  const Whose whose = wanted.with == 0 ? Whose{wanted.entity, 0} : Whose{std::min(wanted.entity, wanted.with), std::max(wanted.entity, wanted.with)};
  Entry entry{whose, rows, count < kRows, at, at < state.known ? RecordedTime{at.micros + 1} : kForNow};
  if (const auto found = state.by_whose.find(whose); found != state.by_whose.end()) {
    if (at < found->second->since) return {};
    state.bytes -= bytes_of(*found->second->rows);
    dropped.splice(dropped.begin(), state.entries, found->second);
    state.by_whose.erase(found);
  }
  state.bytes += bytes_of(*rows);
  state.entries.push_front(std::move(entry));
  state.by_whose.emplace(whose, state.entries.begin());
  while (state.bytes > bytes_max_ && !state.entries.empty()) {
    state.bytes -= bytes_of(*state.entries.back().rows);
    state.by_whose.erase(state.entries.back().whose);
    dropped.splice(dropped.begin(), state.entries, std::prev(state.entries.end()));
  }
  return {};
}

}  // namespace entente::rpc
