// A stream of readings on its way into the store, in order; what became of each goes to the client's listener.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "graph/view/claim_sink.h"
#include "graph/view/source_state.h"
#include "rpc/schema/importer.capnp.h"
#include "rpc/server/peer.h"

namespace entente::rpc {

// A reading that a key has recorded is remembered with its report, in the row of a source of its own; the row is written
// with the reading. `holder` parts the keys of one client from those of others; an empty key remembers nothing.
struct Keyed {
  graph::RecordReport report;
  bool repeated = false;
};
Result<Keyed> record_keyed(storage::Store& store, const std::string& holder, const std::string& key, const graph::Reading& reading);
// As a source's name, for holding it.
std::string source_of_key(const std::string& holder, const std::string& key);

class ImportJobServer final : public wire::ImportJob::Server {
 public:
  // `hold` is of the key; null without one. The listener may be null.
  ImportJobServer(std::shared_ptr<Peer> peer, std::string key, std::unique_ptr<graph::SourceHold> hold, kj::Maybe<wire::ImportListener::Client> listener);

  kj::Promise<void> put(PutContext context) override;
  kj::Promise<void> totals(TotalsContext context) override;
  kj::Promise<void> finish(FinishContext context) override;
  kj::Promise<void> cancel(CancelContext context) override;

 private:
  struct Totals {
    std::uint64_t readings = 0;
    std::uint64_t fresh = 0;
    std::uint64_t revised = 0;
    std::uint64_t known = 0;
    std::uint64_t failed = 0;
    std::uint64_t claims = 0;
    std::uint64_t events_new = 0;
  };
  struct Report {
    std::uint64_t index = 0;
    Result<Keyed> keyed;
  };

  void note(std::uint64_t index, Result<Keyed> keyed);
  kj::Promise<void> tell();
  kj::Promise<void> drain(const char* method);
  static void write(const Totals& totals, wire::ImportTotals::Builder out);

  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  std::string key_;
  std::unique_ptr<graph::SourceHold> hold_;
  kj::Maybe<wire::ImportListener::Client> listener_;
  std::shared_ptr<Stop> cancelled_ = std::make_shared<Stop>();
  std::uint64_t index_ = 0;
  Totals totals_;
  std::deque<Report> untold_;
  bool telling_ = false;
};

}  // namespace entente::rpc
