#include "rpc/server/answers.h"

namespace entente::rpc {

std::string Answers::key_of(wire::Reader::OpenParams::Reader question) {
  const auto words = capnp::canonicalize(question);
  const auto bytes = words.asBytes();
  return std::string(reinterpret_cast<const char*>(bytes.begin()), bytes.size());
}

kj::Maybe<Answers::Known> Answers::find(const std::string& key) const {
  const auto found = kept_.find(key);
  if (found == kept_.end()) return nullptr;
  // A builder has no view of a const one; nothing is written.
  auto& message = const_cast<capnp::MallocMessageBuilder&>(*found->second);
  const auto answer = message.getRoot<wire::Reader::OpenResults>().asReader();
  capnp::MessageSize size = answer.totalSize();
  ++size.wordCount;  // the pointer to it
  return Known{answer.getEvents(), size};
}

void Answers::keep(const std::string& key, wire::Reader::OpenResults::Reader answer) {
  if (seen_.size() >= kSeenMax) seen_.clear();
  if (seen_.insert(key).second) return;
  const std::size_t bytes = answer.totalSize().wordCount * sizeof(capnp::word) + key.size();
  if (bytes > kBytesMax / 4) return;
  if (bytes_ + bytes > kBytesMax) {
    kept_.clear();
    bytes_ = 0;
  }
  auto message = kj::heap<capnp::MallocMessageBuilder>(static_cast<unsigned>(bytes / sizeof(capnp::word) + 8));
  message->setRoot(answer);
  kept_[key] = kj::mv(message);
  bytes_ += bytes;
}

}  // namespace entente::rpc
