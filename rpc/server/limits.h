// Every bound that the server puts on its clients, in one place. All can be set in the configuration by these names;
// docs/rpc.md says what happens at each.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace entente::rpc {

struct Limits {
  // Of the server.
  std::uint64_t connections_max = 2'000;
  std::uint64_t event_cache_bytes = 256ULL << 20U;  // of events kept ready for answers
  std::uint64_t row_cache_bytes = 16ULL << 20U;    // of the newest rows of whose timelines are asked for often
  std::uint64_t ahead_bytes = 64ULL << 20U;        // of events read ahead for timelines that are pushed into sinks
  std::uint64_t drain_ms_max = 5'000;  // for the calls in flight when it is told to stop

  // Until a peer has proved who it is.
  std::uint64_t unproven_ms_max = 10'000;
  std::uint64_t unproven_calls_max = 64;
  std::uint64_t unproven_bytes_max = 128ULL << 10U;  // of those calls and their answers
  std::uint64_t unproven_frame_bytes_max = 16ULL << 10U;

  // Of one connection.
  std::uint64_t calls_max = 1'024;                        // received and not yet finished with by the client
  std::uint64_t unreleased_bytes_max = 256ULL << 20U;     // of those calls and their answers
  std::uint64_t unread_bytes_max = 4ULL << 20U;           // answers waiting to be read: no new work until there are fewer
  std::uint64_t frame_bytes_max = 72ULL << 20U;           // one message
  std::uint64_t frame_segments_max = 512;
  std::uint64_t frame_ms_max = 30'000;                    // from a message's first byte to its last
  std::uint64_t readers_max = 64;                         // snapshots held at once
  std::uint64_t watches_max = 64;
  std::uint64_t batch_bytes_max = 64ULL << 20U;           // of a writer's batch, held until it is committed

  // Of one call.
  std::uint64_t call_ms_max = 30'000;
  std::uint64_t stream_ms_max = 3'600'000;  // a timeline pushed to a sink, as slow as the client reads it
  std::uint64_t rows_max = 1'000'000;       // of a timeline, or of the answer to a question
  std::uint64_t ask_ms_max = 20'000;        // of one call that works a question out, or gets more of its rows
  std::uint64_t graph_bytes_max = 4ULL << 30U;  // of the server: graphs in memory that questions are answered from
};

// Sets the bound of this name. False when there is none.
bool set_limit(Limits& limits, std::string_view name, std::uint64_t value);
std::vector<std::string_view> limit_names();
// REQUIRES: one of limit_names().
std::uint64_t get_limit(const Limits& limits, std::string_view name);

}  // namespace entente::rpc
