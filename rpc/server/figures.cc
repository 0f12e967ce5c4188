#include "rpc/server/figures.h"

namespace entente::rpc {

Result<Figures> figures_of(Shared& shared) {
  const auto view = shared.store.snapshot();
  if (!view) return view.error();
  const auto counts = (*view)->counts();
  if (!counts) return counts.error();
  const auto recorded = (*view)->recorded();
  if (!recorded) return recorded.error();
  const Counters& c = shared.counters;
  Figures out = {
      {"connections", c.connections},
      {"snapshots", c.readers},
      {"watches", c.watches},
      {"calls_open", c.calls_open},
      {"jobs_waiting", shared.workers.waiting()},
      {"calls_total", c.calls},
      {"calls_failed_total", c.calls_failed},
      {"calls_cancelled_total", c.calls_cancelled},
      {"rows_total", c.rows},
      {"refused_total", c.refused},
      {"told_middle_micros", shared.told.middle_micros()},
      {"store_releases", counts->releases},
      {"store_claims", counts->claims},
      {"store_events", counts->events},
      {"store_entities", counts->entities},
      {"store_recorded_micros", static_cast<std::uint64_t>(recorded->micros)},
  };
  const EventCache::Figures cache = shared.events.figures();
  out.emplace_back("event_cache_events", cache.events);
  out.emplace_back("event_cache_bytes", cache.bytes);
  out.emplace_back("event_cache_hits_total", cache.hits);
  out.emplace_back("event_cache_misses_total", cache.misses);
  for (auto& figure : shared.store.figures()) out.push_back(std::move(figure));
  return out;
}

Figures figures_of(const Limits& limits) {
  Figures out;
  for (const auto name : limit_names()) out.emplace_back(name, get_limit(limits, name));
  return out;
}

}  // namespace entente::rpc
