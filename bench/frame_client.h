// A client that does next to nothing itself: it sends questions that were written down before and reads no more of an answer
// than whose it is. Where client and server share the processors, what is measured is then the server.
#pragma once

#include <kj/array.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "rpc/schema/reader.capnp.h"

namespace entente::bench {

// Fills in the question of a call of Reader.open; `number` is different for each.
using WriteOpen = std::function<void(rpc::wire::Reader::OpenParams::Builder params, std::uint64_t number)>;

struct FrameLoad {
  std::vector<std::filesystem::path> sockets;  // a connection each
  std::uint64_t calls = 0;                     // of each
  std::uint64_t in_flight = 0;                 // of each
  std::uint64_t first_number = 0;              // of the first call; the numbers of all calls follow it
};

// Asks all of it from one thread. Returns calls a second, from when the first is sent until the last is answered. Throws
// CheckFailure when a socket cannot be used, when an answer is an exception or none of the protocol's.
double calls_a_second(const FrameLoad& load, const WriteOpen& write);

}  // namespace entente::bench
