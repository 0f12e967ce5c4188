#include "rpc/server/importer_server.h"

#include <algorithm>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

class HoldServer final : public wire::SourceHold::Server {
 public:
  explicit HoldServer(std::unique_ptr<graph::SourceHold> hold) : hold_(std::move(hold)) {}

 private:
  std::unique_ptr<graph::SourceHold> hold_;
};

template <class Params>
graph::Reading reading_of(Params params) {
  graph::Reading reading;
  auto release = read(params.getRelease());
  if (!release) kj::throwFatalException(to_exception(release.error()));
  reading.release = std::move(*release);
  for (const auto wire_claim : params.getClaims()) {
    auto claim = read(wire_claim);
    if (!claim) kj::throwFatalException(to_exception(claim.error()));
    reading.claims.push_back(std::move(*claim));
  }
  return reading;
}

template <class Context>
void answer(Context& context, const Result<graph::RecordReport>& report) {
  if (!report) kj::throwFatalException(to_exception(report.error()));
  auto results = context.getResults();
  results.setOutcome(static_cast<std::uint8_t>(report->outcome));
  results.setRelease(report->release.str());
  results.setClaims(report->claims);
  results.setEventsNew(report->events_new);
}

std::shared_ptr<std::vector<graph::StateRow>> rows_of(capnp::List<wire::StateRow>::Reader wire_rows) {
  auto rows = std::make_shared<std::vector<graph::StateRow>>();
  for (const auto row : wire_rows) rows->push_back(read(row));
  return rows;
}

}  // namespace

kj::Promise<void> ImporterServer::submit(SubmitContext context) {
  auto reading = std::make_shared<graph::Reading>(reading_of(context.getParams()));
  return workers_.run(worker_, [this, reading]() { return sink_.record(*reading); })
      .then([context](Result<graph::RecordReport> report) mutable { answer(context, report); });
}

kj::Promise<void> ImporterServer::submitWith(SubmitWithContext context) {
  auto reading = std::make_shared<graph::Reading>(reading_of(context.getParams()));
  auto rows = rows_of(context.getParams().getStates());
  return workers_.run(worker_, [this, reading, rows]() { return states_.record_with(*reading, *rows); })
      .then([context](Result<graph::RecordReport> report) mutable { answer(context, report); });
}

kj::Promise<void> ImporterServer::findState(FindStateContext context) {
  auto params = context.getParams();
  return workers_
      .run(worker_, [this, source = text_of(params.getSource()),
                     item = text_of(params.getItem())]() { return states_.find_state(source, item); })
      .then([context](Result<std::optional<std::string>> found) mutable {
        if (!found) kj::throwFatalException(to_exception(found.error()));
        auto results = context.getResults();
        results.setFound(found->has_value());
        if (found->has_value())
          results.setBytes(kj::arrayPtr(reinterpret_cast<const kj::byte*>((*found)->data()), (*found)->size()));
      });
}

kj::Promise<void> ImporterServer::states(StatesContext context) {
  auto params = context.getParams();
  const auto after = params.getHasAfter() ? std::optional(text_of(params.getAfter())) : std::nullopt;
  const auto limit = std::clamp(params.getLimit(), std::uint32_t{1}, wire::STATE_ROWS_MAX);
  return workers_
      .run(worker_,
           [this, source = text_of(params.getSource()), after, limit]() { return states_.states(source, after, limit); })
      .then([context](Result<std::vector<graph::StateRow>> rows) mutable {
        if (!rows) kj::throwFatalException(to_exception(rows.error()));
        auto out = context.getResults().initRows(static_cast<unsigned>(rows->size()));
        for (unsigned i = 0; i < rows->size(); ++i) write((*rows)[i], out[i]);
      });
}

kj::Promise<void> ImporterServer::putStates(PutStatesContext context) {
  auto rows = rows_of(context.getParams().getRows());
  return workers_.run(worker_, [this, rows]() { return states_.put_states(*rows); }).then([](Result<void> put) {
    if (!put) kj::throwFatalException(to_exception(put.error()));
  });
}

kj::Promise<void> ImporterServer::hold(HoldContext context) {
  auto params = context.getParams();
  auto hold = states_.hold(text_of(params.getSource()), text_of(params.getHolder()));
  if (!hold) kj::throwFatalException(to_exception(hold.error()));
  context.getResults().setHold(kj::heap<HoldServer>(std::move(*hold)));
  return kj::READY_NOW;
}

}  // namespace entente::rpc
