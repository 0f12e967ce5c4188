#include "rpc/server/session_server.h"

#include <fmt/format.h>

#include "rpc/convert/convert.h"
#include "rpc/server/admin_server.h"
#include "rpc/server/importer_server.h"
#include "rpc/server/reader_server.h"
#include "rpc/server/watch_server.h"
#include "rpc/server/writer_server.h"

namespace entente::rpc {

kj::Promise<void> SessionServer::reader(ReaderContext context) {
  peer_->require(Role::reader, "reader");
  auto held = peer_->hold_reader();
  const std::int64_t micros = context.getParams().getAsOfMicros();
  const auto as_of = micros == 0 ? std::optional<RecordedTime>() : std::optional(RecordedTime{micros});
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "reader", strand_, context, [&store, as_of](const Stop& /*stop*/) { return store.snapshot(as_of); },
      [this, context, held = std::move(held)](std::unique_ptr<graph::Reader>& snapshot) mutable {
        if (const auto recorded = snapshot->recorded()) peer_->note(held, *recorded);
        context.getResults().setReader(
            kj::heap<ReaderServer>(peer_, std::shared_ptr<graph::Reader>(std::move(snapshot)), std::move(held)));
      });
}

kj::Promise<void> SessionServer::importer(ImporterContext context) {
  peer_->require(Role::importer, "importer");
  context.getResults().setImporter(kj::heap<ImporterServer>(peer_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::echo(EchoContext context) {
  peer_->require(Role::reader, "echo");
  context.getResults().setBytes(context.getParams().getBytes());
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::who(WhoContext context) {
  const Holder& holder = peer_->holder();
  auto results = context.getResults();
  results.setRole(static_cast<std::uint8_t>(holder.role));
  results.setName(holder.name);
  results.setPublisher(holder.publisher);
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::writer(WriterContext context) {
  peer_->require(Role::writer, "writer");
  context.getResults().setWriter(kj::heap<WriterServer>(peer_));
  return kj::READY_NOW;
}

kj::Promise<void> SessionServer::watch(WatchContext context) {
  peer_->require(Role::reader, "watch");
  auto params = context.getParams();
  auto filter = read(params.getFilter());
  if (!filter) peer_->fail("watch", filter.error());
  if (filter->left.empty() && !filter->right.empty())
    peer_->fail("watch", Error{ErrorCode::invalid_argument, "a watch with a right side needs a left side: put the one entity there", {}});
  auto held = peer_->hold_watch();
  storage::Store& store = peer_->shared().store;
  return peer_->answer(
      "watch", strand_, context,
      [&store, since = params.getSinceMicros()](const Stop& /*stop*/) -> Result<RecordedTime> {
        if (since != 0) return RecordedTime{since};
        const auto now = store.snapshot();
        if (!now) return now.error();
        return (*now)->recorded();
      },
      [this, context, held = std::move(held), filter = std::move(*filter), watcher = params.getWatcher()](RecordedTime& from) mutable {
        auto results = context.getResults();
        results.setFromMicros(from.micros);
        results.setWatch(kj::heap<WatchServer>(peer_, std::move(held), std::move(filter), from, kj::mv(watcher)));
      });
}

kj::Promise<void> SessionServer::admin(AdminContext context) {
  peer_->require(Role::admin, "admin");
  context.getResults().setAdmin(kj::heap<AdminServer>(peer_));
  return kj::READY_NOW;
}

}  // namespace entente::rpc
