// The steps that a writer takes in the crash tests: drawn from a seed and a number, so that the test can take the steps
// that were acknowledged again, on the store in memory, and compare.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "storage/store.h"

namespace entente::test {

// The time of a step is its number, whoever takes it.
class WorkClock final : public Clock {
 public:
  void set(std::uint64_t step) { now_.micros = 1'700'000'000'000'000 + static_cast<std::int64_t>(step) * 1'000'000; }
  RecordedTime now() override { return now_; }

 private:
  RecordedTime now_{1'700'000'000'000'000};
};

// Records a release, with what pulling remembers of it; now and then records one by files, loads a table, retracts a claim,
// or puts everything into files.
enum class Steps : bool { all, releases_only };
Result<void> take_step(storage::Store& store, WorkClock& clock, std::uint32_t seed, std::uint64_t step, Steps steps);

// The release of a step that records one, for those that look for it.
graph::Reading reading_of(std::uint32_t seed, std::uint64_t step);
// Everybody that the steps speak of, up to this one.
std::vector<graph::EntityId> spoken_of(std::uint64_t up_to);

// What pulling remembers lies under this source, an item a step.
inline constexpr std::string_view kWorkSource = "work";

}  // namespace entente::test
