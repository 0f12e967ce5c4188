#include "rpc/server/told.h"

#include "rpc/convert/convert.h"
#include "rpc/schema/watch.capnp.h"

namespace entente::rpc {

const Told::Encoded& Told::encoded() const {
  if (encoded_) return *encoded_;
  auto made = std::make_shared<Encoded>();
  auto list = made->message.initRoot<wire::Watcher::ChangesParams>().initChanges(static_cast<unsigned>(changes.size()));
  for (unsigned i = 0; i < changes.size(); ++i) write(*changes[i].second, changes[i].first, list[i]);
  made->list = list.asReader();
  made->words = made->message.getRoot<wire::Watcher::ChangesParams>().asReader().totalSize().wordCount;
  encoded_ = std::move(made);
  return *encoded_;
}

capnp::List<wire::Change>::Reader Told::on_wire() const { return encoded().list; }

capnp::MessageSize Told::size() const {
  constexpr std::uint64_t kBesides = 8;  // of the call around them
  return {encoded().words + kBesides, 0};
}

}  // namespace entente::rpc
