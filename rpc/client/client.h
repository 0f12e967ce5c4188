// A server as a Reader and a ClaimSink: what asks a store asks a server in the same words. One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/view/changes.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "graph/view/source_state.h"
#include "rpc/address.h"

namespace entente::rpc {

struct ConnectOptions {
  std::string token;             // empty: the user of a unix socket says enough
  std::string tls_authorities;   // PEM file of whom to trust, for tls: addresses; empty: those of the system
  std::string tls_name;          // the name that the certificate must have; empty: the host of the address
};

struct Answered {
  std::string text;       // one JSON object
  bool answered = false;  // false: it tells of a problem
};

// Questions of the query layer (docs/queries.md), worked out by the server over one view. Must not outlive its client.
class Asker {
 public:
  virtual ~Asker() = default;
  // The answer to a question in JSON, whole. `line` is its number in a batch, named in problems; 0: none. Fails when the
  // server cannot be asked; what is wrong with the question is told by the answer.
  virtual Result<Answered> ask(const std::string& question, std::uint64_t line) = 0;
  // The same, each row given to `row` as it comes; the answer then has none. When it tells of a problem, the rows that were
  // given are not the whole of it.
  virtual Result<Answered> stream(const std::string& question, const std::function<void(std::string_view)>& row) = 0;
};

struct ImportReport {
  std::uint64_t index = 0;  // which put it is about, from 0
  Result<graph::RecordReport> report;
  bool repeated = false;  // the key had recorded it before; the report is the one given then
};

struct ImportTotals {
  std::uint64_t readings = 0;
  std::uint64_t fresh = 0;
  std::uint64_t revised = 0;
  std::uint64_t known = 0;
  std::uint64_t failed = 0;
  std::uint64_t claims = 0;
  std::uint64_t events_new = 0;
};

// Many readings on their way to the server, without waiting for each. Letting go ends it: what waits is dropped.
class ImportJob {
 public:
  virtual ~ImportJob() = default;
  // Waits only while as much is on its way as the server takes. A reading that is refused is reported and fails nothing.
  virtual Result<void> put(const graph::Reading& reading) = 0;
  // As of now; does not wait for what is on its way.
  virtual Result<ImportTotals> totals() = 0;
  // When everything is dealt with and reported.
  virtual Result<ImportTotals> finish() = 0;
  // What waits on the server is not recorded, and is reported so.
  virtual Result<ImportTotals> cancel() = 0;
};

struct WatchNews {
  std::vector<graph::ToldChange> changes;  // none: the watch has caught up with the record
  RecordedTime through;                    // where to go on after a break
};

class Watch {
 public:
  virtual ~Watch() = default;
  // Waits for what comes next.
  virtual Result<WatchNews> next() = 0;
};

class Admin;  // rpc/client/admin.h

class Client : public graph::ClaimSink, public graph::SourceStates {
 public:
  // Fails with unavailable when nobody listens there. Whether the server lets the client in shows at the first question.
  static Result<std::unique_ptr<Client>> connect(const Address& address, const ConnectOptions& options = {});

  // A frozen view on the server. It must not outlive the client.
  virtual Result<std::unique_ptr<graph::Reader>> reader(std::optional<RecordedTime> as_of = std::nullopt) = 0;
  virtual Result<std::unique_ptr<Asker>> asker(std::optional<RecordedTime> as_of = std::nullopt) = 0;
  // A job with a key that broke off is started again with the same key and readings: what it had recorded is not recorded
  // again. `told` is called for each reading, in order, while the job is waited for. The job must not outlive the client.
  virtual Result<std::unique_ptr<ImportJob>> import_job(const std::string& key, std::function<void(const ImportReport&)> told) = 0;
  // One reading with a key: what may be asked again when the answer did not come.
  virtual Result<ImportReport> record_once(const std::string& key, const graph::Reading& reading) = 0;
  // All or none, as one step; `author` is said of each correction, whatever its own says.
  virtual Result<graph::StepsReport> record_steps(const std::string& author, std::span<const graph::WriteStep> steps) = 0;
  // The changes of the filter's events since a recorded time (absent: from now on). It must not outlive the client.
  virtual Result<std::unique_ptr<Watch>> watch(const graph::TimelineQuery& filter, std::optional<RecordedTime> since = std::nullopt) = 0;
  // It must not outlive the client.
  virtual std::unique_ptr<Admin> admin() = 0;
  // Sends bytes there and back, for measuring.
  virtual Result<std::size_t> echo(std::size_t bytes) = 0;
};

}  // namespace entente::rpc
