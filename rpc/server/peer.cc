#include "rpc/server/peer.h"

#include <capnp/message.h>
#include <capnp/rpc.capnp.h>
#include <fmt/format.h>

#include "base/log.h"

namespace entente::rpc {
namespace {

constexpr auto kGoodbye = 500 * kj::MILLISECONDS;  // for a refused client to hear why

}  // namespace

Peer::Peer(Shared& shared, Loop& loop, LoopChanges& changes, std::uint64_t number, Origin origin)
    : shared_(shared), loop_(loop), changes_(changes), number_(number), origin_(std::move(origin)), told_([]() {}) {
  bounds_ = {shared_.limits.unproven_frame_bytes_max, static_cast<std::uint32_t>(shared_.limits.frame_segments_max),
             shared_.limits.unproven_ms_max};
  auto cut = kj::newPromiseAndFulfiller<void>();
  cut_now_ = kj::mv(cut.fulfiller);
  cut_ = cut.promise.fork();
  auto revoked = kj::newPromiseAndFulfiller<void>();
  revoke_now_ = kj::mv(revoked.fulfiller);
  revoked_ = revoked.promise.fork();
  auto stop = kj::newPromiseAndFulfiller<void>();
  stop_now_ = kj::mv(stop.fulfiller);
  stopping_ = stop.promise.fork();
}

void Peer::start_note() {
  note_ = std::make_shared<SessionNote>(number_, origin_.text(), shared_.clock.now(), [&loop = loop_, weak = weak_from_this()](std::string reason) {
    loop.post([weak, reason = std::move(reason)]() {
      if (const auto peer = weak.lock()) peer->refuse(reason);
    });
  });
  shared_.sessions.add(note_);
}

Peer::~Peer() {
  shared_.counters.calls_open -= unanswered_;
  shared_.sessions.remove(number_);
}

void Peer::attach(FrameStream* frames, capnp::TwoPartyVatNetwork* network) {
  frames_ = frames;
  network_ = network;
}

void Peer::detach() {
  frames_ = nullptr;
  network_ = nullptr;
}

std::string Peer::whom() const { return holder_.name.empty() ? origin_.text() : holder_.name; }

std::string Peer::name() const {
  return fmt::format("c{} ({}, {})", number_, origin_.text(), to_string(holder_.role));
}

void Peer::prove(Holder holder) {
  holder_ = std::move(holder);
  note_->prove(holder_.role, holder_.name);
  bounds_ = {shared_.limits.frame_bytes_max, static_cast<std::uint32_t>(shared_.limits.frame_segments_max),
             shared_.limits.frame_ms_max};
}

void Peer::revoke(const Error& why) {
  is_revoked_ = true;
  revoke_now_->reject(to_exception(why));
}

void Peer::require(Role least, const char* what) {
  if (holder_.role < least)
    fail(what, Error{ErrorCode::permission, fmt::format("{} needs the role {}; this client is {}", what, to_string(least), to_string(holder_.role)), {}});
  if (shared_.stopping) fail(what, Error{ErrorCode::unavailable, "the server is stopping; connect again in a while", {}});
}

Peer::HeldReader Peer::hold_reader() {
  const auto held = static_cast<std::uint64_t>(readers_.use_count() - 1);
  if (held >= shared_.limits.readers_max)
    fail("reader", Error{ErrorCode::unavailable, fmt::format("this client holds {} snapshots already; let some go", held), {}});
  return HeldReader{Counted(shared_.counters.readers), readers_, {}};
}

void Peer::note(HeldReader& held, RecordedTime recorded) {
  held.noted = SessionNote::note_snapshot(note_, {recorded, shared_.clock.now()});
}

Peer::HeldWatch Peer::hold_watch() {
  const auto held = static_cast<std::uint64_t>(watches_.use_count() - 1);
  if (held >= shared_.limits.watches_max)
    fail("watch", Error{ErrorCode::unavailable, fmt::format("this client has {} watches already; let some go", held), {}});
  return HeldWatch{Counted(shared_.counters.watches), Counted(note_->watches), watches_, changes_.hold()};
}

std::size_t Peer::unwritten() const {
  return frames_ == nullptr ? 0 : frames_->waiting_bytes() + network_->getCurrentQueueSize();
}

bool Peer::has_room() const { return waiting_.empty() && unwritten() <= shared_.limits.unread_bytes_max; }

kj::Promise<void> Peer::room() {
  auto paf = kj::newPromiseAndFulfiller<void>();
  waiting_.push_back(kj::mv(paf.fulfiller));
  return kj::mv(paf.promise);
}

void Peer::wrote() {
  note_->unread_bytes.store(unwritten(), std::memory_order_relaxed);
  while (!waiting_.empty() && (!waiting_.front()->isWaiting() || unwritten() <= shared_.limits.unread_bytes_max)) {
    waiting_.front()->fulfill();
    waiting_.pop_front();
  }
  told_();
}

kj::Promise<void> Peer::deadline(Call& call, std::uint64_t ms_max) {
  const auto ms = static_cast<std::int64_t>(ms_max == 0 ? shared_.limits.call_ms_max : ms_max);
  return loop_.timer().afterDelay(ms * kj::MILLISECONDS).then([&call, ms]() {
    call.fail(Error{ErrorCode::cancelled, fmt::format("{} took longer than {} ms and was stopped; ask for less at once", call.method, ms), {}});
  });
}

Peer::Call::Call(Peer& owner, const char* name)
    : peer(owner.shared_from_this()), method(name), request(++owner.requests_) {
  peer->count_call();
}

Peer::Call::~Call() {
  peer->shared_.latencies.note(std::chrono::steady_clock::now() - began);
  if (done) return;
  peer->shared_.counters.calls_cancelled.fetch_add(1, std::memory_order_relaxed);
  log::debug("c{}-{} {} was let go of", peer->number_, request, method);
}

void Peer::Call::fail(const Error& error) {
  done = true;
  peer->shared_.counters.calls_failed.fetch_add(1, std::memory_order_relaxed);
  const std::string id = fmt::format("c{}-{}", peer->number_, request);
  if (error.code == ErrorCode::internal || error.code == ErrorCode::corrupt || error.code == ErrorCode::io)
    log::error("{} {} for {}: {}", id, method, peer->whom(), error.to_text());
  else
    log::info("{} {} for {}: {}", id, method, peer->whom(), error.to_text());
  kj::throwFatalException(to_exception(error, id));
}

void Peer::fail(const char* method, const Error& error) { Call(*this, method).fail(error); }

void Peer::hold(std::uint32_t question, std::size_t bytes) {
  held_[question] += bytes;
  held_bytes_ += bytes;
}

void Peer::read_frame(capnp::MessageReader& message, std::size_t bytes) {
  const auto root = message.getRoot<capnp::rpc::Message>();
  const bool proven = holder_.role != Role::none;
  switch (root.which()) {
    case capnp::rpc::Message::CALL:
      hold(root.getCall().getQuestionId(), bytes);
      ++unanswered_;
      ++shared_.counters.calls_open;
      break;
    case capnp::rpc::Message::BOOTSTRAP:
      hold(root.getBootstrap().getQuestionId(), bytes);
      ++unanswered_;
      ++shared_.counters.calls_open;
      break;
    case capnp::rpc::Message::FINISH: {
      const auto held = held_.find(root.getFinish().getQuestionId());
      if (held == held_.end()) break;
      held_bytes_ -= held->second;
      held_.erase(held);
      break;
    }
    default: break;
  }
  const std::uint64_t calls_max = proven ? shared_.limits.calls_max : shared_.limits.unproven_calls_max;
  if (held_.size() > calls_max) refuse_frame(fmt::format("more than {} calls that it has not finished with", calls_max));
  const std::uint64_t bytes_max = proven ? shared_.limits.unreleased_bytes_max : shared_.limits.unproven_bytes_max;
  if (held_bytes_ > bytes_max) refuse_frame(fmt::format("more than {} bytes of calls and answers that it has not finished with", bytes_max));
}

void Peer::write_frame(kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments, std::size_t bytes) {
  capnp::SegmentArrayMessageReader message(segments);
  const auto root = message.getRoot<capnp::rpc::Message>();
  if (root.which() != capnp::rpc::Message::RETURN) return;
  if (unanswered_ > 0) {
    --unanswered_;
    --shared_.counters.calls_open;
  }
  const auto held = held_.find(root.getReturn().getAnswerId());
  if (held == held_.end()) return;
  held->second += bytes;
  held_bytes_ += bytes;
}

void Peer::refuse_frame(const std::string& reason) {
  const std::string why = "the server closes the connection: " + reason;
  if (!refused_) {
    refused_ = true;
    ++shared_.counters.refused;
    log::warn("{} is refused: {}", name(), reason);
    cut_soon();
  }
  kj::throwFatalException(to_exception(Error{ErrorCode::too_large, why, {}}));
}

void Peer::refuse(const std::string& reason) {
  if (refused_ || frames_ == nullptr) return;
  refused_ = true;
  ++shared_.counters.refused;
  log::warn("{} is refused: {}", name(), reason);
  frames_->break_off(to_exception(Error{ErrorCode::permission, "the server closes the connection: " + reason, {}}));
  cut_soon();
}

void Peer::cut_soon() {
  cutting_ = loop_.timer().afterDelay(kGoodbye).then([this]() { cut_now_->fulfill(); }).eagerlyEvaluate(nullptr);
}

}  // namespace entente::rpc
