#include "rpc/client/remote.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

void send_correction(wire::Batch::Client& batch, const graph::Correction& correction, kj::Vector<kj::Promise<void>>& sent) {
  const auto common = [&](auto request) {
    request.setReason(correction.reason);
    request.setUndo(correction.undo);
    return request;
  };
  switch (correction.act) {
    case graph::CorrectionAct::retract: {
      auto request = common(batch.retractRequest());
      request.setClaim(correction.claim.str());
      sent.add(request.send().ignoreResult());
      return;
    }
    case graph::CorrectionAct::split: {
      auto request = common(batch.splitRequest());
      request.setEvent(correction.event.str());
      request.setClaim(correction.claim.str());
      sent.add(request.send().ignoreResult());
      return;
    }
    case graph::CorrectionAct::join: {
      auto request = common(batch.joinRequest());
      request.setEvent(correction.event.str());
      request.setOther(correction.other.str());
      sent.add(request.send().ignoreResult());
      return;
    }
    case graph::CorrectionAct::same: {
      auto request = common(batch.sameRequest());
      request.setEntity(correction.entity.str());
      request.setOther(correction.other_entity.str());
      sent.add(request.send().ignoreResult());
      return;
    }
  }
}

}  // namespace

// Everything goes out at once; the commit is only sent when every step was taken.
Result<graph::StepsReport> send_steps(kj::WaitScope& scope, wire::Writer::Client writer, const std::string& author, std::span<const graph::WriteStep> steps) {
  auto begin = writer.beginRequest();
  begin.setAuthor(author);
  wire::Batch::Client batch = begin.send().getBatch();
  kj::Vector<kj::Promise<void>> sent;
  for (const graph::WriteStep& step : steps) {
    if (const auto* const reading = std::get_if<graph::Reading>(&step)) {
      auto request = batch.putRequest();
      write(*reading, request.initReading());
      sent.add(request.send().ignoreResult());
    } else {
      send_correction(batch, std::get<graph::Correction>(step), sent);
    }
  }
  kj::joinPromises(sent.releaseAsArray()).wait(scope);
  auto response = batch.commitRequest().send().wait(scope);
  graph::StepsReport out{{response.getRecordedMicros()}, {}};
  for (const auto one : response.getReports()) {
    auto report = read(one);
    if (!report) return report.error();
    out.reports.push_back(std::move(*report));
  }
  return out;
}

}  // namespace entente::rpc
