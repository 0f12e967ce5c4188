// A process that writes to a store until it is killed, and says on standard output what it begins and what was
// acknowledged: "begin 17", "done 17".
//   writer steps|backup|threads|open STORE SEED FIRST LAST synced|relaxed MICROS
// MICROS: it dies of SIGKILL so long after it has started; 0: only at the place that ENTENTE_KILL_POINT names.
#include <fmt/format.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

#include "base/log.h"
#include "tests/crash/work.h"

using namespace entente;
using namespace entente::test;

namespace {

constexpr std::uint64_t kThreads = 4;

void say(const char* what, std::uint64_t step) {
  // One write a line, so that lines of several threads stay whole.
  const std::string line = fmt::format("{} {}\n", what, step);
  if (::write(STDOUT_FILENO, line.data(), line.size()) < 0) std::_Exit(3);
}

void die_after(long micros) {
  if (micros == 0) return;
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  itimerspec when{};
  when.it_value.tv_sec = micros / 1'000'000;
  when.it_value.tv_nsec = micros % 1'000'000 * 1000;
  if (::timer_create(CLOCK_MONOTONIC, &event, &timer) != 0 || ::timer_settime(timer, 0, &when, nullptr) != 0) std::_Exit(4);
}

int fail(const Error& error) {
  fmt::print(stderr, "{}\n", error.to_text());
  return 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 8) return 2;
  const std::string mode = argv[1];
  const std::string folder = argv[2];
  const auto seed = static_cast<std::uint32_t>(std::stoul(argv[3]));
  const std::uint64_t first = std::stoull(argv[4]);
  const std::uint64_t last = std::stoull(argv[5]);
  const auto durability = std::string(argv[6]) == "synced" ? storage::Durability::synced : storage::Durability::relaxed;
  // Standard output is for what was acknowledged.
  log::start("off");
  die_after(std::stol(argv[7]));
  WorkClock clock;
  clock.set(first);
  auto opened = storage::Store::open(folder, {true, durability, "a crash test's writer"}, clock);
  if (!opened) return fail(opened.error());
  storage::Store& store = **opened;
  if (mode == "open") {
    say("done", first);
    return 0;
  }
  if (mode == "threads") {
    std::vector<std::thread> threads;
    for (std::uint64_t nth = 0; nth < kThreads; ++nth)
      threads.emplace_back([&, nth] {
        for (std::uint64_t step = first + nth; step <= last; step += kThreads) {
          auto reading = reading_of(seed, step);
          reading.release.url = fmt::format("https://example.org/threads/{}", step);
          reading.release.id = {};
          if (!store.record(reading)) std::_Exit(1);
          say("done", step);
        }
      });
    for (auto& thread : threads) thread.join();
    return 0;
  }
  for (std::uint64_t step = first; step <= last; ++step) {
    say("begin", step);
    constexpr std::uint64_t kCopyEvery = 4;
    const bool copies = mode == "backup" && step % kCopyEvery == 0;
    const auto done = copies ? store.back_up(folder + ".copies") : take_step(store, clock, seed, step, Steps::all);
    if (!done) return fail(done.error());
    say(copies ? "copied" : "done", step);
  }
  return 0;
}
