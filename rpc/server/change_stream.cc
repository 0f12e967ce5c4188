#include "rpc/server/change_stream.h"

#include <algorithm>

#include "rpc/convert/error.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kChangesAtOnce = 256;

}  // namespace

ChangeStream::ChangeStream(Shared& shared, Loop& loop, LoopChanges::Held changes, std::shared_ptr<Workers::Strand> strand, graph::TimelineQuery filter, RecordedTime from, Send send)
    : shared_(shared),
      loop_(loop),
      held_(std::move(changes)),
      strand_(std::move(strand)),
      filter_(std::make_shared<const graph::TimelineQuery>(std::move(filter))),
      at_(from),
      send_(kj::mv(send)) {
  listening_ = held_.recent->when_added([this]() {
    KJ_IF_MAYBE (waiting, waiting_) (*waiting)->fulfill();
  });
}

void ChangeStream::tell(const graph::TimelineQuery& filter, const std::shared_ptr<const graph::Changes>& changes, RecordedTime after, Told& told) {
  told.through = changes->through;
  told.more = changes->more;
  for (const graph::Change& change : changes->changes) {
    if (change.recorded <= after) continue;
    if (const auto kind = told_as(filter, change)) told.changes.emplace_back(*kind, std::shared_ptr<const graph::Change>(changes, &change));
  }
}

// A watcher whose last answer took long finds several pages here: they go together, so that it is behind by one answer at
// most, however many writes that was.
std::shared_ptr<const Told> ChangeStream::recent_changes() const {
  RecentChanges& recent = *held_.recent;
  if (auto known = recent.find_told(*filter_, at_)) return known;
  auto made = std::make_shared<Told>();
  Told& told = *made;
  told.through = at_;
  while (told.through < recent.through() && told.changes.size() < kChangesAtOnce) {
    const RecentChanges::Page& page = recent.following(told.through);
    const auto& changes = page.changes;
    if (changes->through <= told.through) {  // behind the last page are only steps that changed no event
      told.through = recent.through();
      break;
    }
    tell(*filter_, changes, told.through, told);
    if (!told.changes.empty() && told.written == std::chrono::steady_clock::time_point{}) told.written = page.written;
  }
  recent.keep_told(filter_, at_, made);
  return made;
}

kj::Promise<void> ChangeStream::run() {
  const RecentChanges& recent = *held_.recent;
  if (!read_to_end_ || !recent.covers(at_)) return read_record();
  while (at_ < recent.through()) {
    const auto told = recent_changes();
    if (told->changes.empty()) {
      at_ = told->through;
      continue;
    }
    return send_(*told).then([this, through = told->through]() {
      at_ = through;
      return run();
    });
  }
  if (!caught_up_) {
    caught_up_ = true;
    Told nothing;
    nothing.through = at_;
    return send_(nothing).then([this]() { return run(); });
  }
  return wait();
}

kj::Promise<void> ChangeStream::wait() {
  auto paf = kj::newPromiseAndFulfiller<void>();
  waiting_ = kj::mv(paf.fulfiller);
  return paf.promise.then([this]() {
    waiting_ = nullptr;
    return run();
  });
}

kj::Promise<void> ChangeStream::read_record() {
  return shared_.workers
      .run(loop_, strand_,
           [&store = shared_.store, filter = filter_, at = at_](const Stop& /*stop*/) -> Result<Told> {
             auto changes = store.changes(at, kChangesAtOnce);
             if (!changes) return changes.error();
             Told told;
             tell(*filter, std::make_shared<const graph::Changes>(std::move(*changes)), at, told);
             return told;
           })
      .then([this](Result<Told> read) -> kj::Promise<void> {
        if (!read) return to_exception(read.error());
        const Told told = std::move(*read);
        read_to_end_ = !told.more;
        caught_up_ = caught_up_ && read_to_end_;
        if (!told.changes.empty())
          return send_(told).then([this, through = told.through]() {
            at_ = through;
            return run();
          });
        at_ = told.through;
        // Until the loop has the newest changes there is nothing to compare with; they come soon after the subscription.
        return read_to_end_ && !held_.recent->begun() ? wait() : run();
      });
}

}  // namespace entente::rpc
