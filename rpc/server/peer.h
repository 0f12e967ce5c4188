// One client as its capabilities see it: who it is, what it may still ask for, and the way from a call to a worker and
// back. Belongs to one loop; used on its thread only. Work for a worker never holds the peer.
#pragma once

#include <capnp/capability.h>
#include <capnp/rpc-twoparty.h>

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>

#include "rpc/access/access.h"
#include "rpc/convert/error.h"
#include "rpc/frames/frame_stream.h"
#include "rpc/server/loop.h"
#include "rpc/server/shared.h"
#include "rpc/server/workers.h"

namespace entente::rpc {

class Peer final : public FrameObserver, public std::enable_shared_from_this<Peer> {
 public:
  using Strand = std::shared_ptr<Workers::Strand>;
  template <class Answer>
  using ValueOf = std::decay_t<decltype(*std::declval<Answer&>())>;  // of a Result

  // `changes` are the loop's.
  Peer(Shared& shared, Loop& loop, LoopChanges& changes, std::uint64_t number, Origin origin);
  ~Peer();
  // Says to the keeper that it is there; REQUIRES: held by a shared pointer.
  void start_note();

  // The parts of the connection, for as long as there is one.
  void attach(FrameStream* frames, capnp::TwoPartyVatNetwork* network);
  void detach();
  const FrameBounds& bounds() const { return bounds_; }
  // Resolves when the connection is to be torn down.
  kj::Promise<void> cut() { return cut_.addBranch(); }
  // Ends the connection for what the client did; it is told, and the log.
  void refuse(const std::string& reason);

  Shared& shared() { return shared_; }
  Loop& loop() { return loop_; }
  const Origin& origin() const { return origin_; }
  const Holder& holder() const { return holder_; }
  std::string name() const;  // for the log: "c12 (uid 1000, admin)"

  // From now on the client has this role, and the bounds of one that is known.
  void prove(Holder holder);
  // The promise that is rejected when the client's token is revoked.
  kj::Promise<void> revoked() { return revoked_.addBranch(); }
  void revoke(const Error& why);
  bool is_revoked() const { return is_revoked_; }
  // The promise that is rejected when the server stops: for what would go on without end.
  kj::Promise<void> stopping() { return stopping_.addBranch(); }
  void stop(const Error& why) { stop_now_->reject(to_exception(why)); }

  Strand strand() { return Workers::strand(client_); }
  // Fails when the role is below `least` or the server is stopping: at the door of each capability.
  void require(Role least, const char* what);

  // Counts a snapshot, for all and for this client. Throws when it has too many.
  struct HeldReader {
    Counted all;
    std::shared_ptr<std::uint64_t> of_client;  // as many as hold it
    std::shared_ptr<void> noted;
  };
  HeldReader hold_reader();
  // Tells the keeper what the snapshot holds.
  void note(HeldReader& held, RecordedTime recorded);
  // The same of a watch, with the changes that it is told from.
  struct HeldWatch {
    Counted all;
    Counted of_session;
    std::shared_ptr<std::uint64_t> of_client;
    LoopChanges::Held changes;
  };
  HeldWatch hold_watch();
  const std::shared_ptr<SessionNote>& session() const { return note_; }

  std::uint64_t unanswered() const { return unanswered_; }
  std::size_t unwritten() const;

  // Runs `work(const Stop&) -> Result<T>` on a worker, in the strand's turn, and `fill(T&)` back here. Failures leave as
  // exceptions with the request's id. The call may be cancelled.
  template <class Context, class Work, class Fill>
  kj::Promise<void> answer(const char* method, const Strand& strand, Context context, Work work, Fill fill) {
    using Value = ValueOf<decltype(work(std::declval<const Stop&>()))>;
    context.allowCancellation();
    return ask(method, strand, std::move(work)).then([fill = std::move(fill)](Value value) mutable { fill(value); });
  }
  // The same without a context: gives what the work gave. `ms_max` 0: call_ms_max.
  template <class Work>
  auto ask(const char* method, const Strand& strand, Work work, std::uint64_t ms_max = 0) {
    using Answer = decltype(work(std::declval<const Stop&>()));
    using Value = ValueOf<Answer>;
    auto call = kj::heap<Call>(*this, method);
    Call* const under_way = call.get();
    auto run = [this, strand, work = std::move(work)]() mutable {
      return shared_.workers.run(loop_, strand, std::move(work));
    };
    kj::Promise<Answer> promise = nullptr;
    if (has_room()) promise = run();
    else promise = room().then(std::move(run));
    return promise.exclusiveJoin(deadline(*under_way, ms_max).then([]() -> Answer { KJ_UNREACHABLE; }))
        .then([under_way](Answer answer) -> Value {
          if (!answer) under_way->fail(answer.error());
          under_way->done = true;
          return std::move(*answer);
        })
        .attach(kj::mv(call));
  }
  // Throws the error as the failure of a call that did not reach a worker.
  [[noreturn]] void fail(const char* method, const Error& error);

  // For what is answered without a worker: whether the client takes what it is sent, and that it was a call.
  bool has_room() const;
  void count_call() {
    shared_.counters.calls.fetch_add(1, std::memory_order_relaxed);
    note_->calls.fetch_add(1, std::memory_order_relaxed);
  }
  void count_rows(std::size_t rows) {
    shared_.counters.rows.fetch_add(rows, std::memory_order_relaxed);
    note_->rows.fetch_add(rows, std::memory_order_relaxed);
  }

  // FrameObserver
  void read_frame(capnp::MessageReader& message, std::size_t bytes) override;
  void write_frame(kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments, std::size_t bytes) override;
  void wrote() override;

  // Called whenever answers have gone out.
  void on_progress(kj::Function<void()> told) { told_ = kj::mv(told); }

 private:
  // A call on its way: it ends as done, failed or, when it is let go before, cancelled.
  struct Call {
    Call(Peer& owner, const char* name);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    [[noreturn]] void fail(const Error& error);

    std::shared_ptr<Peer> peer;
    const char* method;
    const std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
    std::uint64_t request;
    bool done = false;
  };

  kj::Promise<void> room();
  kj::Promise<void> deadline(Call& call, std::uint64_t ms_max);
  // By its name, or where it comes from while it has none.
  std::string whom() const;
  void hold(std::uint32_t question, std::size_t bytes);
  [[noreturn]] void refuse_frame(const std::string& reason);
  void cut_soon();

  Shared& shared_;
  Loop& loop_;
  LoopChanges& changes_;
  const std::uint64_t number_;
  const Origin origin_;
  Holder holder_;
  FrameBounds bounds_;
  std::shared_ptr<Workers::Client> client_ = Workers::client();

  FrameStream* frames_ = nullptr;
  capnp::TwoPartyVatNetwork* network_ = nullptr;
  kj::Own<kj::PromiseFulfiller<void>> cut_now_;
  kj::ForkedPromise<void> cut_ = nullptr;
  kj::Own<kj::PromiseFulfiller<void>> revoke_now_;
  kj::ForkedPromise<void> revoked_ = nullptr;
  bool is_revoked_ = false;
  kj::Own<kj::PromiseFulfiller<void>> stop_now_;
  kj::ForkedPromise<void> stopping_ = nullptr;
  kj::Promise<void> cutting_ = nullptr;
  bool refused_ = false;

  std::uint64_t requests_ = 0;
  std::shared_ptr<SessionNote> note_;
  std::shared_ptr<std::uint64_t> watches_ = std::make_shared<std::uint64_t>(0);
  std::shared_ptr<std::uint64_t> readers_ = std::make_shared<std::uint64_t>(0);
  std::unordered_map<std::uint32_t, std::uint64_t> held_;  // bytes of calls and answers, until the client lets go
  std::uint64_t held_bytes_ = 0;
  std::uint64_t unanswered_ = 0;
  std::deque<kj::Own<kj::PromiseFulfiller<void>>> waiting_;
  kj::Function<void()> told_;
};

}  // namespace entente::rpc
