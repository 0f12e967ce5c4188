#include "rpc/server/importer_server.h"

#include <fmt/format.h>

#include <algorithm>

#include "rpc/convert/convert.h"
#include "rpc/server/import_job_server.h"

namespace entente::rpc {
namespace {

class HoldServer final : public wire::SourceHold::Server {
 public:
  explicit HoldServer(std::unique_ptr<graph::SourceHold> hold) : hold_(std::move(hold)) {}

 private:
  std::unique_ptr<graph::SourceHold> hold_;
};

template <class Params>
Result<graph::Reading> read_reading(Params params) {
  graph::Reading reading;
  auto release = read(params.getRelease());
  if (!release) return release.error();
  reading.release = std::move(*release);
  for (const auto wire_claim : params.getClaims()) {
    auto claim = read(wire_claim);
    if (!claim) return claim.error();
    reading.claims.push_back(std::move(*claim));
  }
  return reading;
}

template <class Context>
auto report_to(Context context) {
  return [context](graph::RecordReport& report) mutable {
    auto results = context.getResults();
    results.setOutcome(static_cast<std::uint8_t>(report.outcome));
    results.setRelease(report.release.str());
    results.setClaims(report.claims);
    results.setEventsNew(report.events_new);
  };
}

std::vector<graph::StateRow> read_rows(capnp::List<wire::StateRow>::Reader wire_rows) {
  std::vector<graph::StateRow> rows;
  for (const auto row : wire_rows) rows.push_back(read(row));
  return rows;
}

}  // namespace

void ImporterServer::require_publisher(const char* method, const graph::Release& release) {
  const std::string& only = peer_->holder().publisher;
  if (only.empty() || release.publisher == only) return;
  peer_->fail(method, Error{ErrorCode::permission, fmt::format("this token is for releases of {}, and the release is of '{}'", only, release.publisher), {}});
}

kj::Promise<void> ImporterServer::submit(SubmitContext context) {
  peer_->require(Role::importer, "submit");
  auto read = read_reading(context.getParams());
  if (!read) peer_->fail("submit", read.error());
  context.releaseParams();
  require_publisher("submit", read->release);
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "submit", strand_, context,
      [&store, reading = std::make_shared<graph::Reading>(std::move(*read))](const Stop& /*stop*/) { return store.record(*reading); },
      report_to(context));
}

kj::Promise<void> ImporterServer::submitWith(SubmitWithContext context) {
  peer_->require(Role::importer, "submitWith");
  auto read = read_reading(context.getParams());
  if (!read) peer_->fail("submitWith", read.error());
  auto rows = read_rows(context.getParams().getStates());
  context.releaseParams();
  require_publisher("submitWith", read->release);
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "submitWith", strand_, context,
      [&store, reading = std::make_shared<graph::Reading>(std::move(*read)), rows = std::move(rows)](const Stop& /*stop*/) { return store.record_with(*reading, rows); },
      report_to(context));
}

kj::Promise<void> ImporterServer::findState(FindStateContext context) {
  auto params = context.getParams();
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "findState", strand_, context,
      [&store, source = text_of(params.getSource()), item = text_of(params.getItem())](const Stop& /*stop*/) { return store.find_state(source, item); },
      [context](std::optional<std::string>& found) mutable {
        auto results = context.getResults();
        results.setFound(found.has_value());
        if (found) results.setBytes(kj::arrayPtr(reinterpret_cast<const kj::byte*>(found->data()), found->size()));
      });
}

kj::Promise<void> ImporterServer::states(StatesContext context) {
  auto params = context.getParams();
  const auto after = params.getHasAfter() ? std::optional(text_of(params.getAfter())) : std::nullopt;
  const auto limit = std::clamp(params.getLimit(), std::uint32_t{1}, wire::STATE_ROWS_MAX);
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "states", strand_, context,
      [&store, source = text_of(params.getSource()), after, limit](const Stop& /*stop*/) { return store.states(source, after, limit); },
      [context](std::vector<graph::StateRow>& rows) mutable {
        auto out = context.getResults().initRows(static_cast<unsigned>(rows.size()));
        for (unsigned i = 0; i < rows.size(); ++i) write(rows[i], out[i]);
      });
}

kj::Promise<void> ImporterServer::putStates(PutStatesContext context) {
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "putStates", strand_, context,
      [&store, rows = read_rows(context.getParams().getRows())](const Stop& /*stop*/) -> Result<bool> {
        if (auto put = store.put_states(rows); !put) return put.error();
        return true;
      },
      [](bool& /*put*/) {});
}

kj::Promise<void> ImporterServer::hold(HoldContext context) {
  auto params = context.getParams();
  auto hold = peer_->shared().store.hold(text_of(params.getSource()), text_of(params.getHolder()));
  if (!hold) peer_->fail("hold", hold.error());
  context.getResults().setHold(kj::heap<HoldServer>(std::move(*hold)));
  return kj::READY_NOW;
}

std::string ImporterServer::key_of(const char* method, capnp::Text::Reader key) {
  if (key.size() > wire::IMPORT_KEY_BYTES_MAX)
    peer_->fail(method, Error{ErrorCode::invalid_argument, fmt::format("a key has at most {} bytes", wire::IMPORT_KEY_BYTES_MAX), {}});
  return text_of(key);
}

kj::Promise<void> ImporterServer::start(StartContext context) {
  peer_->require(Role::importer, "start");
  auto params = context.getParams();
  const std::string key = key_of("start", params.getKey());
  std::unique_ptr<graph::SourceHold> hold;
  if (!key.empty()) {
    auto held = peer_->shared().store.hold(source_of_key(peer_->holder().name, key), peer_->name());
    if (!held) peer_->fail("start", Error{ErrorCode::locked, fmt::format("a job with the key '{}' is under way; let it end, or take another key", key), {}});
    hold = std::move(*held);
  }
  kj::Maybe<wire::ImportListener::Client> listener;
  if (params.hasListener()) listener = params.getListener();
  context.getResults().setJob(kj::heap<ImportJobServer>(peer_, key, std::move(hold), kj::mv(listener)));
  return kj::READY_NOW;
}

kj::Promise<void> ImporterServer::submitOnce(SubmitOnceContext context) {
  peer_->require(Role::importer, "submitOnce");
  const std::string key = key_of("submitOnce", context.getParams().getKey());
  if (key.empty()) peer_->fail("submitOnce", Error{ErrorCode::invalid_argument, "submitOnce needs a key: any text that names this one submission", {}});
  auto reading = read(context.getParams().getReading());
  if (!reading) peer_->fail("submitOnce", reading.error());
  context.releaseParams();
  require_publisher("submitOnce", reading->release);
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "submitOnce", strand_, context,
      [&store, holder = peer_->holder().name, key, reading = std::make_shared<graph::Reading>(std::move(*reading))](const Stop& /*stop*/) { return record_keyed(store, holder, key, *reading); },
      [context](Keyed& keyed) mutable {
        auto results = context.getResults();
        write(keyed.report, results.initReport());
        results.setRepeated(keyed.repeated);
      });
}

}  // namespace entente::rpc
