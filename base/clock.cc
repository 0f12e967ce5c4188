#include "base/clock.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

namespace entente {
namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;

// Two digits at a place, -1 when they are none.
int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size()) return -1;
  int value = -1;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + at + 2, value);
  return error == std::errc{} && end == text.data() + at + 2 ? value : -1;
}

}  // namespace

std::string RecordedTime::to_text() const {
  using namespace std::chrono;
  const sys_time<microseconds> time{microseconds{micros}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                     clock.minutes().count(), clock.seconds().count(), clock.subseconds().count());
}

std::optional<RecordedTime> RecordedTime::parse(std::string_view text) {
  using namespace std::chrono;
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const int century = two_digits(text, 0);
  const int in_century = two_digits(text, 2);
  const int month_number = two_digits(text, 5);
  const int day_number = two_digits(text, 8);
  if (century < 0 || in_century < 0 || month_number < 0 || day_number < 0) return std::nullopt;
  const year_month_day date{year{century * 100 + in_century}, month{static_cast<unsigned>(month_number)},
                            day{static_cast<unsigned>(day_number)}};
  if (!date.ok()) return std::nullopt;
  std::int64_t micros = duration_cast<microseconds>(sys_days{date}.time_since_epoch()).count();
  if (text.size() == 10) return RecordedTime{micros + kMicrosPerDay - 1};

  std::string_view rest = text.substr(10);
  if (rest.ends_with('Z')) rest.remove_suffix(1);
  if (rest.size() < 6 || (rest[0] != 'T' && rest[0] != ' ') || rest[3] != ':') return std::nullopt;
  const int hours_number = two_digits(rest, 1);
  const int minutes_number = two_digits(rest, 4);
  if (hours_number < 0 || hours_number > 23 || minutes_number < 0 || minutes_number > 59) return std::nullopt;
  micros += (static_cast<std::int64_t>(hours_number) * 60 + minutes_number) * 60'000'000;
  rest.remove_prefix(6);
  if (rest.empty()) return RecordedTime{micros};
  if (rest[0] != ':') return std::nullopt;
  const int seconds_number = two_digits(rest, 1);
  if (seconds_number < 0 || seconds_number > 59) return std::nullopt;
  micros += static_cast<std::int64_t>(seconds_number) * 1'000'000;
  rest.remove_prefix(3);
  if (rest.empty()) return RecordedTime{micros};
  if (rest[0] != '.' || rest.size() < 2 || rest.size() > 7) return std::nullopt;
  std::int64_t scale = 100'000;
  for (const char digit : rest.substr(1)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    micros += (digit - '0') * scale;
    scale /= 10;
  }
  return RecordedTime{micros};
}

RecordedTime SystemClock::now() {
  using namespace std::chrono;
  return RecordedTime{duration_cast<microseconds>(system_clock::now().time_since_epoch()).count()};
}

}  // namespace entente
