// The one source of "now", handed to whoever needs it; the text line has none at all.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

// Recorded time: when the store learned something. Microseconds since 1970-01-01T00:00:00Z.
struct RecordedTime {
  std::int64_t micros = 0;

  friend auto operator<=>(const RecordedTime&, const RecordedTime&) = default;

  // "2026-11-24T05:00:00.000000Z"
  std::string to_text() const;
  // Reads what to_text wrote, and shorter forms: a day (its last microsecond), a minute, a second. Absent otherwise.
  static std::optional<RecordedTime> parse(std::string_view text);
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual RecordedTime now() = 0;
};

class SystemClock final : public Clock {
 public:
  RecordedTime now() override;
};

}  // namespace entente
