#include "graph/query/record_rows.h"

#include <array>

#include "graph/query/sides.h"

namespace entente::graph::query {
namespace {

// What only a graph, or the event itself, says.
bool needs_more_than_rows(const Query& query) {
  return needs_texts(query) || !query.modes.empty() || !query.stages.empty() || !query.stances.empty() ||
         !query.forums.empty() || !query.topics.empty();
}

// The one whom a side names; absent for several, and for a group, which stands for its members.
Try<std::optional<EntityId>> one_of(Context& context, std::string_view at, const Side& side) {
  if (side.size() != 1) return std::optional<EntityId>();
  auto id = entity_named(context.reader(), at, side.front());
  if (!id) return id.problem();
  const auto members = context.reader().members(*id);
  if (!members) return problem_of(members.error());
  return members->empty() ? std::optional(std::move(*id)) : std::nullopt;
}

}  // namespace

Try<std::optional<RowQuery>> rows_asked_for(Context& context) {
  const Query& query = *context.query;
  const std::optional<RowQuery> none;
  View& view = *context.view;
  RowReader* const rows = context.reader().rows();
  if (rows == nullptr || context.engine->options.choice != GraphChoice::automatic || needs_more_than_rows(query))
    return none;
  if (!view.frozen) view.frozen = context.engine->graphs->find(view.recorded);
  if (view.frozen) return none;
  RowQuery out;
  const auto number_of = [&](std::string_view at, const Side& side, EntityNumber& number) -> Try<bool> {
    auto one = one_of(context, at, side);
    if (!one) return one.problem();
    if (!*one) return false;
    const auto found = rows->find_number(**one);
    if (!found) return problem_of(found.error());
    number = found->value_or(0);
    return number != 0;
  };
  const bool pair = !query.between.empty();
  const auto entity =
      pair ? number_of("between[0]", query.between[0], out.entity) : number_of("of", query.of, out.entity);
  if (!entity) return entity.problem();
  if (!*entity) return none;
  if (pair) {
    const auto with = number_of("between[1]", query.between[1], out.with);
    if (!with) return with.problem();
    if (!*with || out.with == out.entity) return none;
  }
  take_row_filters(query, out);
  return std::optional(out);
}

std::optional<Problem> each_days(Context& context, RowQuery query,
                                 const std::function<void(std::span<const DayRow>)>& take) {
  query.order = Order::oldest_first;
  const auto cursor = context.reader().rows()->days(query);
  if (!cursor) return problem_of(cursor.error());
  std::array<DayRow, 256> some;
  while (true) {
    const auto got = (*cursor)->next(some);
    if (!got) return problem_of(got.error());
    if (*got == 0) return std::nullopt;
    take(std::span(some).first(*got));
    if (context.stop.asked())
      if (auto problem = context.stopped()) return problem;
  }
}

}  // namespace entente::graph::query
