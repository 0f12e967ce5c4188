#include "rpc/server/limits.h"

#include <array>
#include <utility>

namespace entente::rpc {
namespace {

using Field = std::uint64_t Limits::*;
constexpr std::array kFields = {
    std::pair<std::string_view, Field>{"connections_max", &Limits::connections_max},
    std::pair<std::string_view, Field>{"event_cache_bytes", &Limits::event_cache_bytes},
    std::pair<std::string_view, Field>{"row_cache_bytes", &Limits::row_cache_bytes},
    std::pair<std::string_view, Field>{"ahead_bytes", &Limits::ahead_bytes},
    std::pair<std::string_view, Field>{"drain_ms_max", &Limits::drain_ms_max},
    std::pair<std::string_view, Field>{"unproven_ms_max", &Limits::unproven_ms_max},
    std::pair<std::string_view, Field>{"unproven_calls_max", &Limits::unproven_calls_max},
    std::pair<std::string_view, Field>{"unproven_bytes_max", &Limits::unproven_bytes_max},
    std::pair<std::string_view, Field>{"unproven_frame_bytes_max", &Limits::unproven_frame_bytes_max},
    std::pair<std::string_view, Field>{"calls_max", &Limits::calls_max},
    std::pair<std::string_view, Field>{"unreleased_bytes_max", &Limits::unreleased_bytes_max},
    std::pair<std::string_view, Field>{"unread_bytes_max", &Limits::unread_bytes_max},
    std::pair<std::string_view, Field>{"frame_bytes_max", &Limits::frame_bytes_max},
    std::pair<std::string_view, Field>{"frame_segments_max", &Limits::frame_segments_max},
    std::pair<std::string_view, Field>{"frame_ms_max", &Limits::frame_ms_max},
    std::pair<std::string_view, Field>{"readers_max", &Limits::readers_max},
    std::pair<std::string_view, Field>{"watches_max", &Limits::watches_max},
    std::pair<std::string_view, Field>{"batch_bytes_max", &Limits::batch_bytes_max},
    std::pair<std::string_view, Field>{"call_ms_max", &Limits::call_ms_max},
    std::pair<std::string_view, Field>{"stream_ms_max", &Limits::stream_ms_max},
    std::pair<std::string_view, Field>{"rows_max", &Limits::rows_max},
    std::pair<std::string_view, Field>{"ask_ms_max", &Limits::ask_ms_max},
    std::pair<std::string_view, Field>{"graph_bytes_max", &Limits::graph_bytes_max},
};
static_assert(sizeof(Limits) == kFields.size() * sizeof(std::uint64_t), "a bound has no name");

}  // namespace

bool set_limit(Limits& limits, std::string_view name, std::uint64_t value) {
  for (const auto& [known, field] : kFields) {
    if (known != name) continue;
    limits.*field = value;
    return true;
  }
  return false;
}

std::vector<std::string_view> limit_names() {
  std::vector<std::string_view> names;
  for (const auto& [name, field] : kFields) names.push_back(name);
  return names;
}

std::uint64_t get_limit(const Limits& limits, std::string_view name) {
  for (const auto& [known, field] : kFields)
    if (known == name) return limits.*field;
  return 0;
}

}  // namespace entente::rpc
