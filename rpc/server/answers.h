// Answers that one reader has given and is asked for again: its view is frozen, so they stay right as long as it is there.
// Used on its loop's thread only.
#pragma once

#include <capnp/message.h>

#include <string>
#include <utility>
#include <unordered_map>
#include <unordered_set>

#include "rpc/schema/reader.capnp.h"

namespace entente::rpc {

class Answers {
 public:
  // The same for questions that have the same answer.
  static std::string key_of(wire::Reader::OpenParams::Reader question);

  // The events of a whole answer; null when it is not kept.
  using Known = std::pair<capnp::List<wire::Event>::Reader, capnp::MessageSize>;
  kj::Maybe<Known> find(const std::string& key) const;
  // Keeps it from the second time on: most questions are asked once.
  void keep(const std::string& key, wire::Reader::OpenResults::Reader answer);

 private:
  static constexpr std::size_t kBytesMax = std::size_t{1} << 20U;
  static constexpr std::size_t kSeenMax = 4'096;

  std::unordered_set<std::string> seen_;
  std::unordered_map<std::string, kj::Own<capnp::MallocMessageBuilder>> kept_;
  std::size_t bytes_ = 0;
};

}  // namespace entente::rpc
