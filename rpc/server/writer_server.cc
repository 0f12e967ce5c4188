#include "rpc/server/writer_server.h"

#include <fmt/format.h>

#include "base/log.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

using graph::CorrectionAct;

// What is put waits in memory until commit; nothing is read or written before.
class BatchServer final : public wire::Batch::Server {
 public:
  BatchServer(std::shared_ptr<Peer> peer, std::string author) : peer_(std::move(peer)), strand_(peer_->strand()), author_(std::move(author)) {}

  kj::Promise<void> put(PutContext context) override {
    make_room("put", context.getParams().totalSize().wordCount * sizeof(capnp::word));
    auto reading = read(context.getParams().getReading());
    if (!reading) peer_->fail("put", reading.error());
    if (const std::string& only = peer_->holder().publisher; !only.empty() && reading->release.publisher != only)
      peer_->fail("put", Error{ErrorCode::permission, fmt::format("this token is for releases of {}, and the release is of '{}'", only, reading->release.publisher), {}});
    steps_.emplace_back(std::move(*reading));
    return kj::READY_NOW;
  }

  kj::Promise<void> retract(RetractContext context) override {
    const auto params = context.getParams();
    auto correction = said("retract", CorrectionAct::retract, params);
    correction.claim = graph::ClaimId(text_of(params.getClaim()));
    return add("retract", std::move(correction), !correction.claim.empty());
  }

  kj::Promise<void> join(JoinContext context) override {
    const auto params = context.getParams();
    auto correction = said("join", CorrectionAct::join, params);
    correction.event = graph::EventId(text_of(params.getEvent()));
    correction.other = graph::EventId(text_of(params.getOther()));
    return add("join", std::move(correction), !correction.event.empty() && !correction.other.empty());
  }

  kj::Promise<void> split(SplitContext context) override {
    const auto params = context.getParams();
    auto correction = said("split", CorrectionAct::split, params);
    correction.event = graph::EventId(text_of(params.getEvent()));
    correction.claim = graph::ClaimId(text_of(params.getClaim()));
    return add("split", std::move(correction), !correction.claim.empty() && (correction.undo || !correction.event.empty()));
  }

  kj::Promise<void> same(SameContext context) override {
    const auto params = context.getParams();
    auto correction = said("same", CorrectionAct::same, params);
    correction.entity = graph::EntityId(text_of(params.getEntity()));
    correction.other_entity = graph::EntityId(text_of(params.getOther()));
    return add("same", std::move(correction), !correction.entity.empty() && !correction.other_entity.empty());
  }

  kj::Promise<void> commit(CommitContext context) override {
    peer_->require(Role::writer, "commit");
    storage::Store& store = peer_->shared().store;
    auto steps = std::make_shared<std::vector<graph::WriteStep>>(std::move(steps_));
    steps_.clear();
    bytes_ = 0;
    // A step under way is not taken back: whoever lets go of the call finds out by asking.
    return peer_->answer(
        "commit", strand_, context, [&store, steps](const Stop& /*stop*/) { return store.record_steps(*steps); },
        [this, context, steps](graph::StepsReport& report) mutable {
          log::info("{} commits {} steps", peer_->name(), steps->size());
          auto results = context.getResults();
          results.setRecordedMicros(report.recorded.micros);
          auto reports = results.initReports(static_cast<unsigned>(report.reports.size()));
          for (unsigned i = 0; i < report.reports.size(); ++i) write(report.reports[i], reports[i]);
        });
  }

 private:
  template <class Params>
  graph::Correction said(const char* method, CorrectionAct act, Params params) {
    make_room(method, params.totalSize().wordCount * sizeof(capnp::word));
    graph::Correction out;
    out.act = act;
    out.undo = params.getUndo();
    out.author = author_;
    out.reason = text_of(params.getReason());
    return out;
  }
  kj::Promise<void> add(const char* method, graph::Correction correction, bool complete) {
    if (!complete) peer_->fail(method, Error{ErrorCode::invalid_argument, fmt::format("{} needs the ids of what it is about", method), {}});
    steps_.emplace_back(std::move(correction));
    return kj::READY_NOW;
  }
  void make_room(const char* method, std::uint64_t bytes) {
    bytes_ += bytes;
    if (steps_.size() < wire::BATCH_STEPS_MAX && bytes_ <= peer_->shared().limits.batch_bytes_max) return;
    peer_->fail(method, Error{ErrorCode::too_large, fmt::format("the batch has {} steps of {} bytes; at most {} of {} are held: commit what there is and begin another", steps_.size() + 1, bytes_, wire::BATCH_STEPS_MAX, peer_->shared().limits.batch_bytes_max), {}});
  }

  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  std::string author_;
  std::vector<graph::WriteStep> steps_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

kj::Promise<void> WriterServer::begin(BeginContext context) {
  peer_->require(Role::writer, "begin");
  const std::string& known = peer_->holder().name;
  std::string author = text_of(context.getParams().getAuthor());
  if (author.empty()) author = known;
  else if (author != known) author += " (" + known + ")";
  context.getResults().setBatch(kj::heap<BatchServer>(peer_, std::move(author)));
  return kj::READY_NOW;
}

}  // namespace entente::rpc
