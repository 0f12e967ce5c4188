#include "rpc/server/gate_server.h"

#include "rpc/convert/convert.h"
#include "rpc/server/importer_server.h"
#include "rpc/server/reader_server.h"

namespace entente::rpc {

kj::Promise<void> SessionServer::reader(ReaderContext context) {
  const std::int64_t micros = context.getParams().getAsOfMicros();
  const auto as_of = micros == 0 ? std::optional<RecordedTime>() : std::optional(RecordedTime{micros});
  return workers_.run(workers_.pick(), [this, as_of]() { return store_.snapshot(as_of); })
      .then([this, context](Result<std::unique_ptr<graph::Reader>> snapshot) mutable {
        if (!snapshot) kj::throwFatalException(to_exception(snapshot.error()));
        context.getResults().setReader(kj::heap<ReaderServer>(workers_, std::shared_ptr<graph::Reader>(std::move(*snapshot))));
      });
}

kj::Promise<void> SessionServer::importer(ImporterContext context) {
  context.getResults().setImporter(kj::heap<ImporterServer>(workers_, store_, store_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::echo(EchoContext context) {
  context.getResults().setBytes(context.getParams().getBytes());
  return kj::READY_NOW;
}

}  // namespace entente::rpc
