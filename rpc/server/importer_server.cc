#include "rpc/server/importer_server.h"

#include "rpc/convert/convert.h"

namespace entente::rpc {

kj::Promise<void> ImporterServer::submit(SubmitContext context) {
  auto params = context.getParams();
  auto reading = std::make_shared<graph::Reading>();
  auto release = read(params.getRelease());
  if (!release) kj::throwFatalException(to_exception(release.error()));
  reading->release = std::move(*release);
  for (const auto wire_claim : params.getClaims()) {
    auto claim = read(wire_claim);
    if (!claim) kj::throwFatalException(to_exception(claim.error()));
    reading->claims.push_back(std::move(*claim));
  }
  return workers_.run(worker_, [this, reading]() { return sink_.record(*reading); }).then([context](Result<graph::RecordReport> report) mutable {
    if (!report) kj::throwFatalException(to_exception(report.error()));
    auto results = context.getResults();
    results.setOutcome(static_cast<std::uint8_t>(report->outcome));
    results.setRelease(report->release.str());
    results.setClaims(report->claims);
    results.setEventsNew(report->events_new);
  });
}

}  // namespace entente::rpc
