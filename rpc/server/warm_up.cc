#include "rpc/server/warm_up.h"

#include <pthread.h>

#include "base/log.h"
#include "graph/view/timeline_refs.h"
#include "rpc/server/urgent.h"

namespace entente::rpc {

WarmUp::WarmUp(storage::Store& store, EventCache& cache)
    : thread_([this, &store, &cache]() {
        ::pthread_setname_np(::pthread_self(), "entente-warm-up");
        go_last();
        if (const auto filled = fill(store, cache); !filled)
          log::warn("events are not read before they are asked for: {}", filled.error().to_text());
      }) {}

WarmUp::~WarmUp() {
  ending_ = true;
  thread_.join();
}

Result<void> WarmUp::fill(storage::Store& store, EventCache& cache) const {
  const auto view = store.snapshot();
  if (!view) return view.error();
  const auto counts = (*view)->counts();
  if (!counts) return counts.error();
  const auto at = (*view)->recorded();
  if (!at) return at.error();
  auto* const record = dynamic_cast<graph::TimelineRefs*>(view->get());
  if (record == nullptr || !cache.has_room_for(counts->events)) return {};
  EventEncoder encoder(counts->events);
  std::shared_ptr<EventPiece> piece;
  std::vector<EventCache::Read> read;
  const auto keep = [&]() {
    if (!read.empty()) cache.keep(piece, read, *at, EventCache::For::passing);
    read.clear();
  };
  const auto visited =
      record->every_event([&](graph::EventRef ref, const graph::EventView& event, RecordedTime since) -> Result<bool> {
        const EncodedEvent encoded = encoder.add(event);
        if (piece != encoder.piece()) {
          keep();
          piece = encoder.piece();
        }
        read.push_back({ref, since, encoded});
        return !ending_;
      });
  keep();
  return visited;
}

}  // namespace entente::rpc
