#include "rpc/server/import_job_server.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::size_t kReportsAtOnce = 256;

// What a key remembers of a reading: its content, and the report that was given.
std::string remembered(const graph::Reading& reading, const graph::RecordReport& report) {
  return fmt::format("1 {:016x} {} {} {} {} {}", graph::content_hash(reading.release), reading.claims.size(), static_cast<unsigned>(report.outcome), report.claims, report.events_new, report.release.str());
}

Result<Keyed> recalled(const graph::Reading& reading, const std::string& key, const std::string& bytes) {
  std::istringstream in(bytes);
  unsigned form = 0;
  std::string hash;
  std::size_t claims = 0;
  unsigned outcome = 0;
  Keyed out{{}, true};
  std::string release;
  if (!(in >> form >> hash >> claims >> outcome >> out.report.claims >> out.report.events_new >> release) || form != 1 || outcome < 1 || outcome > 3)
    return Error{ErrorCode::corrupt, fmt::format("what the key '{}' remembers of {} cannot be read", key, reading.release.url), {}};
  if (hash != fmt::format("{:016x}", graph::content_hash(reading.release)) || claims != reading.claims.size())
    return Error{ErrorCode::invalid_argument, fmt::format("the key '{}' was given to another reading of {}; take a new key for what is new", key, reading.release.url), {}};
  out.report.outcome = static_cast<graph::Outcome>(outcome);
  out.report.release = graph::ReleaseId(release);
  return out;
}

}  // namespace

std::string source_of_key(const std::string& holder, const std::string& key) { return fmt::format("#import/{}/{}", holder, key); }

Result<Keyed> record_keyed(storage::Store& store, const std::string& holder, const std::string& key, const graph::Reading& reading) {
  if (key.empty()) {
    auto report = store.record(reading);
    if (!report) return report.error();
    return Keyed{std::move(*report), false};
  }
  const std::string source = source_of_key(holder, key);
  const auto& release = reading.release;
  const graph::ReleaseId id = release.id.empty() ? graph::release_id(release.url, release.text) : release.id;
  const auto known = store.find_state(source, id.str());
  if (!known) return known.error();
  if (known->has_value()) return recalled(reading, key, **known);
  // The report is worked out with the row in hand: it is what recording would say now, and one key has one job.
  auto recorded = store.record_reported(reading, [&](const graph::RecordReport& report) { return std::vector<graph::StateRow>{{source, id.str(), remembered(reading, report)}}; });
  if (!recorded) return recorded.error();
  return Keyed{std::move(*recorded), false};
}

ImportJobServer::ImportJobServer(std::shared_ptr<Peer> peer, std::string key, std::unique_ptr<graph::SourceHold> hold, kj::Maybe<wire::ImportListener::Client> listener)
    : peer_(std::move(peer)), strand_(peer_->strand()), key_(std::move(key)), hold_(std::move(hold)), listener_(kj::mv(listener)) {}

kj::Promise<void> ImportJobServer::put(PutContext context) {
  peer_->require(Role::importer, "put");
  auto reading = read(context.getParams().getReading());
  context.releaseParams();
  const std::uint64_t index = index_++;
  if (!reading) {
    note(index, reading.error());
    return tell();
  }
  const std::string& only = peer_->holder().publisher;
  if (!only.empty() && reading->release.publisher != only) {
    note(index, Error{ErrorCode::permission, fmt::format("this token is for releases of {}, and the release is of '{}'", only, reading->release.publisher), {}});
    return tell();
  }
  context.allowCancellation();
  storage::Store& store = peer_->shared().store;
  // A reading that is refused is one of many: it is an answer, not a failure of the stream.
  return peer_
      ->ask("put", strand_,
            [&store, cancelled = cancelled_, holder = peer_->holder().name, key = key_, reading = std::make_shared<graph::Reading>(std::move(*reading))](const Stop& /*stop*/) -> Result<Result<Keyed>> {
              if (cancelled->requested()) return Result<Keyed>(Error{ErrorCode::cancelled, "the job was cancelled before it was recorded", {}});
              return record_keyed(store, holder, key, *reading);
            })
      .then([this, index](Result<Keyed> keyed) {
        note(index, std::move(keyed));
        return tell();
      });
}

void ImportJobServer::note(std::uint64_t index, Result<Keyed> keyed) {
  ++totals_.readings;
  if (!keyed) {
    ++totals_.failed;
  } else {
    const graph::RecordReport& report = keyed->report;
    ++(report.outcome == graph::Outcome::fresh ? totals_.fresh : report.outcome == graph::Outcome::revised ? totals_.revised : totals_.known);
    totals_.claims += report.claims;
    totals_.events_new += report.events_new;
  }
  if (listener_ != nullptr) untold_.push_back({index, std::move(keyed)});
}

// What comes while a call is on its way goes with the next.
kj::Promise<void> ImportJobServer::tell() {
  if (telling_ || untold_.empty()) return kj::READY_NOW;
  KJ_IF_MAYBE (listener, listener_) {
    telling_ = true;
    const std::size_t count = std::min(untold_.size(), kReportsAtOnce);
    auto request = listener->reportsRequest();
    auto list = request.initReports(static_cast<unsigned>(count));
    for (unsigned i = 0; i < count; ++i) {
      const Report& report = untold_[i];
      list[i].setIndex(report.index);
      if (report.keyed) {
        rpc::write(report.keyed->report, list[i].initReport());
        list[i].setRepeated(report.keyed->repeated);
      } else {
        list[i].setErrorCode(static_cast<std::uint8_t>(report.keyed.error().code));
        list[i].setError(report.keyed.error().to_text());
      }
    }
    write(totals_, request.initTotals());
    untold_.erase(untold_.begin(), untold_.begin() + static_cast<std::ptrdiff_t>(count));
    return request.send().then([this]() {
      telling_ = false;
      return tell();
    });
  }
  return kj::READY_NOW;
}

// Behind everything that was put, in the strand's turn.
kj::Promise<void> ImportJobServer::drain(const char* method) {
  return peer_->ask(method, strand_, [](const Stop& /*stop*/) -> Result<bool> { return true; }, peer_->shared().limits.stream_ms_max)
      .then([this](bool /*done*/) { return tell(); });
}

kj::Promise<void> ImportJobServer::totals(TotalsContext context) {
  write(totals_, context.getResults().initTotals());
  return kj::READY_NOW;
}

kj::Promise<void> ImportJobServer::finish(FinishContext context) {
  return drain("finish").then([this, context]() mutable { write(totals_, context.getResults().initTotals()); });
}

kj::Promise<void> ImportJobServer::cancel(CancelContext context) {
  cancelled_->request();
  return drain("cancel").then([this, context]() mutable { write(totals_, context.getResults().initTotals()); });
}

void ImportJobServer::write(const Totals& totals, wire::ImportTotals::Builder out) {
  out.setReadings(totals.readings);
  out.setFresh(totals.fresh);
  out.setRevised(totals.revised);
  out.setKnown(totals.known);
  out.setFailed(totals.failed);
  out.setClaims(totals.claims);
  out.setEventsNew(totals.events_new);
}

}  // namespace entente::rpc
