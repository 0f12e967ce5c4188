// What the RPC costs, beside a bare Cap'n Proto server that answers the same rows from memory: time of a timeline, calls a second,
// rates of streams and imports, how soon a change is told, and the server's memory with a client that does not read. Server and
// client are two processes.
#include <capnp/rpc-twoparty.h>
#include <fmt/format.h>
#include <kj/async-io.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <filesystem>
#include <fstream>
#include <latch>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/frame_client.h"
#include "bench/readings.h"
#include "base/log.h"
#include "bench/stopwatch.h"
#include "rpc/client/admin.h"
#include "rpc/client/client.h"
#include "rpc/client/connection.h"
#include "rpc/convert/convert.h"
#include "rpc/schema/reader.capnp.h"
#include "rpc/server/server.h"
#include "storage/store.h"

namespace entente::bench {
namespace {

namespace fs = std::filesystem;
namespace wire = rpc::wire;

struct Options {
  std::uint64_t releases = 40'000;
  std::uint64_t calls = 2'000;
  std::uint64_t flight_calls = 10'000;
  std::uint64_t in_flight = 64;
  std::vector<std::size_t> loops = {1, 2};
  std::size_t workers = 2;
  std::uint64_t imports = 500;  // of each of 8 importers, and round
  std::size_t rounds = 5;       // of streams, of loops and of imports
  double pace = 5;         // of each of 8 importers, releases a second, and of each of 100 readers, timelines a second:
  double reader_pace = 1;  // a load that leaves a processor free
  std::string store;            // kept from one run to the next; none: a new one
  std::vector<std::string> parts;  // none: all
};

template <class T>
T must(Result<T> result) {
  if (!result) throw CheckFailure(result.error().to_text());
  return std::move(*result);
}

graph::TimelineQuery busiest(std::uint64_t limit) {
  graph::TimelineQuery query;
  query.left = {ReadingGenerator::state(0)};
  query.limit = limit;
  return query;
}

// Answers with rows that it holds ready: what Cap'n Proto costs without a store behind it.
class BareReader final : public wire::Reader::Server {
 public:
  explicit BareReader(const std::vector<graph::Event>& events) : events_(events) {
    const std::size_t count = std::min<std::size_t>(events.size(), 100);
    auto list = answer_.initRoot<wire::Reader::OpenResults>().initEvents(static_cast<unsigned>(count));
    for (unsigned i = 0; i < count; ++i) rpc::write(events[i], list[i]);
  }
  // An echo with rows: the same answer whatever is asked, copied as Cap'n Proto copies.
  kj::Promise<void> open(OpenContext context) override {
    const auto answer = answer_.getRoot<wire::Reader::OpenResults>().asReader();
    auto size = answer.totalSize();
    size.wordCount += 2;
    context.getResults(size).setEvents(answer.getEvents());
    return kj::READY_NOW;
  }
  kj::Promise<void> timeline(TimelineContext context) override {
    context.allowCancellation();
    return push(context.getParams().getSink(), 0, std::max<std::uint32_t>(context.getParams().getRowsAtOnce(), 1));
  }

 private:
  kj::Promise<void> push(wire::EventSink::Client sink, std::size_t from, std::uint32_t at_once) {
    if (from >= events_.size()) return sink.doneRequest().send().ignoreResult();
    const std::size_t count = std::min<std::size_t>(at_once, events_.size() - from);
    auto request = sink.eventsRequest();
    auto list = request.initEvents(static_cast<unsigned>(count));
    for (unsigned i = 0; i < count; ++i) rpc::write(events_[from + i], list[i]);
    return request.send().then([this, sink, from, count, at_once]() mutable { return push(kj::mv(sink), from + count, at_once); });
  }
  const std::vector<graph::Event>& events_;
  capnp::MallocMessageBuilder answer_;
};

class BareSession final : public wire::Session::Server {
 public:
  explicit BareSession(const std::vector<graph::Event>& events) : events_(events) {}
  kj::Promise<void> reader(ReaderContext context) override {
    context.getResults().setReader(kj::heap<BareReader>(events_));
    return kj::READY_NOW;
  }
  // As long an answer as the question says, as the timeline's question is short.
  kj::Promise<void> echo(EchoContext context) override {
    std::uint32_t bytes = 0;
    for (const auto byte : context.getParams().getBytes()) bytes = bytes << 8U | byte;
    context.getResults().initBytes(bytes);
    return kj::READY_NOW;
  }

 private:
  const std::vector<graph::Event>& events_;
};

class BareGate final : public wire::Gate::Server {
 public:
  explicit BareGate(const std::vector<graph::Event>& events) : events_(events) {}
  kj::Promise<void> enter(EnterContext context) override {
    context.getResults().setSession(kj::heap<BareSession>(events_));
    return kj::READY_NOW;
  }

 private:
  const std::vector<graph::Event>& events_;
};

class CountingSink final : public wire::EventSink::Server {
 public:
  CountingSink(std::uint64_t& events, std::uint64_t& bytes, bool answers) : events_(events), bytes_(bytes), answers_(answers) {}
  kj::Promise<void> events(EventsContext context) override {
    events_ += context.getParams().getEvents().size();
    bytes_ += context.getParams().totalSize().wordCount * sizeof(capnp::word);
    if (!answers_) return kj::NEVER_DONE;
    return kj::READY_NOW;
  }
  kj::Promise<void> done(DoneContext /*context*/) override { return kj::READY_NOW; }

 private:
  std::uint64_t& events_;
  std::uint64_t& bytes_;
  bool answers_;
};

// The system keeps none of the folder's files in memory.
void forget_pages(const fs::path& folder) {
  for (const auto& file : fs::recursive_directory_iterator(folder)) {
    if (!file.is_regular_file()) continue;
    const int open = ::open(file.path().c_str(), O_RDONLY | O_CLOEXEC);
    if (open < 0) continue;
    ::fsync(open);
    ::posix_fadvise(open, 0, 0, POSIX_FADV_DONTNEED);
    ::close(open);
  }
}

// Runs in the child until it is killed: the real server for each number of loops, and the bare one.
[[noreturn]] void serve(const fs::path& folder, const Options& options, int ready) {
  SystemClock clock;
  const fs::path kept = options.store.empty() ? folder / "store" : fs::path(options.store);
  const bool there = fs::exists(kept);
  auto store = must(storage::Store::open(kept, {true, storage::Durability::relaxed, "bench_rpc"}, clock));
  const ReadingGenerator generator(1);
  for (std::uint64_t i = 0; !there && i < options.releases; ++i) must(store->record(generator.reading(i)));
  std::vector<graph::Event> events;
  {
    const auto reader = must(store->snapshot());
    const auto cursor = must(reader->timeline(busiest(0)));
    while (auto event = must(cursor->next())) events.push_back(std::move(*event));
  }
  // As after a start of the machine: nothing of the store is in memory.
  if (auto closed = store->close(); !closed) throw CheckFailure(closed.error().to_text());
  store.reset();
  forget_pages(kept);
  store = must(storage::Store::open(kept, {true, storage::Durability::relaxed, "bench_rpc"}, clock));
  std::vector<std::unique_ptr<rpc::Server>> servers;
  const auto start = [&](const std::string& name, std::size_t loops, bool warm) {
    rpc::ServerOptions server;
    server.listen = {must(rpc::parse_address(fmt::format("unix:{}", (folder / name).string())))};
    server.loops = loops;
    server.workers = options.workers;
    server.warm_up = warm;
    servers.push_back(must(rpc::Server::start(*store, clock, server)));
  };
  for (const std::size_t loops : options.loops) start(fmt::format("loops{}", loops), loops, true);
  // Each of these is asked for its timeline for the first time by one stream, and has read nothing before.
  for (std::size_t i = 0; i <= options.rounds; ++i) start(fmt::format("first{}", i), 1, false);
  const auto importing = must(storage::Store::open(folder / "imported", {true, storage::Durability::synced, "bench_rpc"}, clock));
  rpc::ServerOptions import;
  import.listen = {must(rpc::parse_address(fmt::format("unix:{}", (folder / "import").string())))};
  import.loops = options.loops.back();
  servers.push_back(must(rpc::Server::start(*importing, clock, import)));
  // The bare server by as many loops: a thread and a socket each.
  std::vector<std::thread> loops;
  std::latch listening_all(static_cast<std::ptrdiff_t>(options.loops.back()));
  for (std::size_t i = 0; i < options.loops.back(); ++i)
    loops.emplace_back([&, i] {
      auto own = kj::setupAsyncIo();
      capnp::TwoPartyServer one(kj::heap<BareGate>(events));
      auto at = own.provider->getNetwork().parseAddress(kj::str("unix:", (folder / fmt::format("bare{}", i)).c_str())).wait(own.waitScope)->listen();
      auto serving = one.listen(*at);
      listening_all.count_down();
      serving.wait(own.waitScope);
    });
  listening_all.wait();
  auto io = kj::setupAsyncIo();
  capnp::TwoPartyServer bare(kj::heap<BareGate>(events));
  auto listener = io.provider->getNetwork().parseAddress(kj::str("unix:", (folder / "bare").c_str())).wait(io.waitScope)->listen();
  auto listening = bare.listen(*listener);
  const std::uint64_t count = events.size();
  [[maybe_unused]] const auto told = ::write(ready, &count, sizeof(count));
  listening.wait(io.waitScope);
  ::_exit(0);
}

std::unique_ptr<rpc::Connection> connect(const fs::path& folder, const std::string& name) {
  return must(rpc::Connection::open(must(rpc::parse_address("unix:" + (folder / name).string())), {}));
}

double at(std::vector<double>& times, double part) {
  std::sort(times.begin(), times.end());
  return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))] * 1e6;
}

// The newest 100 of the busiest state; with a number, as a question that was not asked before.
void write_timeline(wire::Reader::OpenParams::Builder params, std::optional<std::uint64_t> number) {
  auto query = busiest(100);
  if (number) query.to = static_cast<Day>(100'000 + *number);
  rpc::write(query, params.initQuery());
  params.setFirst(100);
}

auto timeline(wire::Reader::Client reader, std::optional<std::uint64_t> number = {}) {
  auto request = reader.openRequest();
  write_timeline(request, number);
  return request.send();
}

auto echo(wire::Session::Client session, std::uint64_t answer_bytes) {
  auto request = session.echoRequest();
  auto bytes = request.initBytes(4);
  for (unsigned i = 0; i < 4; ++i) bytes[i] = static_cast<kj::byte>(answer_bytes >> (24 - 8 * i));
  return request.send();
}

template <class Ask>
double calls_a_second(kj::WaitScope& scope, std::uint64_t calls, std::uint64_t in_flight, Ask ask) {
  std::deque<decltype(ask())> flying;
  const Stopwatch watch;
  for (std::uint64_t i = 0; i < calls; ++i) {
    if (flying.size() == in_flight) {
      flying.front().wait(scope);
      flying.pop_front();
    }
    flying.push_back(ask());
  }
  for (auto& one : flying) one.wait(scope);
  return static_cast<double>(calls) / watch.seconds();
}

void times(const fs::path& folder, const Options& options) {
  const auto real = connect(folder, fmt::format("loops{}", options.loops.front()));
  const auto bare = connect(folder, "bare");
  auto reader = real->session().readerRequest().send().getReader();
  const auto first = timeline(reader).wait(real->scope());
  const std::uint64_t bytes = first.totalSize().wordCount * sizeof(capnp::word);
  std::vector<double> asked;
  std::vector<double> echoed;
  std::vector<double> anew;
  std::vector<double> rows;
  auto bare_reader = bare->session().readerRequest().send().getReader();
  for (std::uint64_t i = 0; i < options.calls; ++i) {
    const Stopwatch fresh;
    timeline(reader, i).wait(real->scope());
    anew.push_back(fresh.seconds());
    const Stopwatch one;
    timeline(reader).wait(real->scope());
    asked.push_back(one.seconds());
    const Stopwatch ready;
    timeline(bare_reader, i).wait(bare->scope());
    rows.push_back(ready.seconds());
    const Stopwatch other;
    echo(bare->session(), bytes).wait(bare->scope());
    echoed.push_back(other.seconds());
  }
  const double p50 = at(asked, 0.5);
  const double bare50 = at(rows, 0.5);
  const double bytes50 = at(echoed, 0.5);
  const double anew50 = at(anew, 0.5);
  fmt::print("bare echo with these 100 rows ({} bytes):   p50 {:.0f} us, p95 {:.0f} us\n", bytes, bare50, at(rows, 0.95));
  fmt::print("bare echo of as many bytes in one piece:    p50 {:.0f} us, p95 {:.0f} us\n", bytes50, at(echoed, 0.95));
  fmt::print("timeline, newest {}, asked again:          p50 {:.0f} us, p95 {:.0f} us; {:.2f} times the echo with rows, {:.2f} times the bytes\n", first.getEvents().size(), p50, at(asked, 0.95), p50 / bare50, p50 / bytes50);
  fmt::print("as many, asked in another way each time:    p50 {:.0f} us, p95 {:.0f} us; {:.2f} times the echo with rows, {:.2f} times the bytes\n", anew50, at(anew, 0.95), anew50 / bare50, anew50 / bytes50);
  const double many = calls_a_second(real->scope(), options.flight_calls, options.in_flight, [&] { return timeline(reader); });
  std::uint64_t number = options.calls;
  const double many_anew = calls_a_second(real->scope(), options.flight_calls, options.in_flight, [&] { return timeline(reader, ++number); });
  const double bare_many = calls_a_second(bare->scope(), options.flight_calls, options.in_flight, [&] { return timeline(bare_reader, ++number); });
  fmt::print("{} in flight: {:.0f} timelines/s asked again ({:.0f} %), {:.0f} ever new ({:.0f} %), {:.0f} bare echoes with rows/s\n", options.in_flight, many, 100 * many / bare_many, many_anew, 100 * many_anew / bare_many, bare_many);
}

// Seconds for which the threads of a process that are there have run.
double run_seconds(pid_t pid) {
  double out = 0;
  for (const auto& task : fs::directory_iterator(fmt::format("/proc/{}/task", pid))) {
    std::ifstream in(task.path() / "schedstat");
    double ns = 0;
    if (in >> ns) out += ns / 1e9;
  }
  return out;
}

struct Streamed {
  double mb_a_second = 0;
  double server_us = 0;  // of processors, an event; likewise the client
  double client_us = 0;
  std::uint64_t events = 0;
  std::uint64_t bytes = 0;
};

Streamed stream(const fs::path& folder, const std::string& name, pid_t server) {
  const auto connection = connect(folder, name);
  Streamed out;
  auto request = connection->session().readerRequest().send().getReader().timelineRequest();
  rpc::write(busiest(0), request.initQuery());
  request.setSink(kj::heap<CountingSink>(out.events, out.bytes, true));
  request.setRowsAtOnce(256);
  const double server_before = run_seconds(server);
  const double client_before = run_seconds(::getpid());
  const Stopwatch watch;
  request.send().wait(connection->scope());
  out.mb_a_second = static_cast<double>(out.bytes) / watch.seconds() / 1e6;
  out.server_us = (run_seconds(server) - server_before) * 1e6 / static_cast<double>(out.events);
  out.client_us = (run_seconds(::getpid()) - client_before) * 1e6 / static_cast<double>(out.events);
  return out;
}

// Until the server has no more events at hand than the moment before.
void wait_warm(const fs::path& folder, const std::string& name) {
  const auto client = must(rpc::Client::connect(must(rpc::parse_address("unix:" + (folder / name).string()))));
  std::uint64_t before = ~std::uint64_t{0};
  for (std::uint64_t now = 0; now != before;) {
    before = now;
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    for (const auto& [figure, value] : must(client->admin()->stats()).figures)
      if (figure == "event_cache_events") now = value;
  }
}

Streamed middle(std::vector<Streamed> all) {
  std::sort(all.begin(), all.end(), [](const Streamed& a, const Streamed& b) { return a.mb_a_second < b.mb_a_second; });
  return all[all.size() / 2];
}

double resident_mb(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/statm", pid));
  std::uint64_t size = 0;
  std::uint64_t resident = 0;
  in >> size >> resident;
  return static_cast<double>(resident) * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

void streams(const fs::path& folder, const Options& options, pid_t server) {
  const std::string real = fmt::format("loops{}", options.loops.front());
  const Streamed disk = stream(folder, "first0", server);
  wait_warm(folder, real);
  const Streamed warmed = stream(folder, real, server);
  std::vector<Streamed> first;
  std::vector<Streamed> again;
  std::vector<Streamed> bare;
  for (std::size_t i = 1; i <= options.rounds; ++i) {
    first.push_back(stream(folder, fmt::format("first{}", i), server));
    again.push_back(stream(folder, real, server));
    bare.push_back(stream(folder, "bare", server));
  }
  const Streamed whole = middle(bare);
  fmt::print("stream of {} events, {:.1f} MB (bare: {} events, {:.1f} MB), the middle of {}\n", disk.events, static_cast<double>(disk.bytes) / 1e6, whole.events, static_cast<double>(whole.bytes) / 1e6, options.rounds);
  const auto tell = [&](const char* what, const Streamed& one) {
    fmt::print("  {:<60} {:6.1f} MB/s, {:3.0f} %; processors: server {:.2f} us an event, client {:.2f} us\n", what, one.mb_a_second, 100 * one.mb_a_second / whole.mb_a_second, one.server_us, one.client_us);
  };
  tell("bare stream of the same messages", whole);
  tell("of a store just opened, its files not in memory", disk);
  tell("asked of a server that has read nothing", middle(first));
  tell("the first time of a server that has read its record", warmed);
  tell("asked again", middle(again));

  const double before = resident_mb(server);
  double most = before;
  const auto slow = connect(folder, real);
  std::uint64_t got = 0;
  std::uint64_t bytes = 0;
  auto request = slow->session().readerRequest().send().getReader().timelineRequest();
  rpc::write(busiest(0), request.initQuery());
  request.setSink(kj::heap<CountingSink>(got, bytes, false));
  request.setRowsAtOnce(256);
  auto stuck = request.send();
  const auto other = connect(folder, real);
  for (int i = 0; i < 2'000; ++i) {
    slow->scope().poll();
    echo(other->session(), 1).wait(other->scope());
    most = std::max(most, resident_mb(server));
  }
  fmt::print("server memory: {:.1f} MB before, at most {:.1f} MB with a sink that took {} events and answers no more\n", before, most, got);
}

// Seconds of processor time that a process has used.
double processor_seconds(pid_t pid) {
  std::ifstream in(fmt::format("/proc/{}/stat", pid));
  std::string line;
  std::getline(in, line);
  std::istringstream fields(line.substr(line.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;
  std::uint64_t user = 0;
  std::uint64_t system = 0;
  fields >> user >> system;
  return static_cast<double>(user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// Timelines a second of 4 connections, each to the socket that `where` gives it.
template <class Where>
double rate_of_four(const fs::path& folder, const Options& options, std::size_t round, Where where) {
  constexpr std::size_t kConnections = 4;
  FrameLoad load;
  for (std::size_t i = 0; i < kConnections; ++i) load.sockets.push_back(folder / where(i));
  load.calls = options.flight_calls / kConnections;
  load.in_flight = options.in_flight / kConnections;
  load.first_number = round * 1'000'000;
  return calls_a_second(load, [](wire::Reader::OpenParams::Builder params, std::uint64_t number) { write_timeline(params, number); });
}

// The client takes a processor, too, for what it does: what the bare server gains by another loop tells how much of it.
void loops(const fs::path& folder, const Options& options) {
  for (const std::size_t count : options.loops) wait_warm(folder, fmt::format("loops{}", count));
  // The rounds of all take turns, for the machine is quicker now and slower then.
  std::vector<std::vector<double>> ours(options.loops.size());
  std::vector<std::vector<double>> bare(options.loops.size());
  std::vector<std::vector<double>> busy(options.loops.size());
  for (std::size_t round = 0; round < options.rounds; ++round)
    for (std::size_t i = 0; i < options.loops.size(); ++i) {
      const std::size_t count = options.loops[i];
      const Stopwatch watch;
      const double before = processor_seconds(::getpid());
      ours[i].push_back(rate_of_four(folder, options, count * options.rounds + round, [&](std::size_t /*client*/) { return fmt::format("loops{}", count); }));
      busy[i].push_back((processor_seconds(::getpid()) - before) / watch.seconds());
      bare[i].push_back(rate_of_four(folder, options, round, [&](std::size_t client) { return fmt::format("bare{}", client % count); }));
    }
  double one = 0;
  double bare_one = 0;
  for (std::size_t i = 0; i < options.loops.size(); ++i) {
    const double rate = at(ours[i], 0.5) / 1e6;
    const double bare_rate = at(bare[i], 0.5) / 1e6;
    if (one == 0) one = rate;
    if (bare_one == 0) bare_one = bare_rate;
    fmt::print("4 connections, {} loops and {} workers: {:.0f} timelines/s, {:.2f} times the first, the client on {:.2f} processors; bare echoes with rows by as many loops: {:.0f}/s, {:.2f} times the first\n",
               options.loops[i], options.workers, rate, rate / one, at(busy[i], 0.5) / 1e6, bare_rate, bare_rate / bare_one);
  }
}

// Releases that nobody else brings: `of` is how their addresses end.
std::vector<graph::Reading> readings_of(std::uint64_t importer, const std::string& of, const Options& options) {
  const ReadingGenerator generator(100 + importer);
  std::vector<graph::Reading> out;
  for (std::uint64_t i = 0; i < options.imports; ++i) {
    out.push_back(generator.reading(i));
    auto& release = out.back().release;
    release.url += fmt::format("?of={}&{}", importer, of);
    release.id = graph::release_id(release.url, {});
  }
  return out;
}

constexpr std::uint64_t kImporters = 8;

// Readings a second of 8 importers at once; `import` takes what one of them has.
template <class Import>
double import_rate(const Options& options, const std::string& of, Import import) {
  std::vector<std::vector<graph::Reading>> readings;
  for (std::uint64_t i = 0; i < kImporters; ++i) readings.push_back(readings_of(i, of, options));
  std::vector<std::thread> importers;
  const Stopwatch watch;
  for (std::uint64_t i = 0; i < kImporters; ++i) importers.emplace_back([&import, &readings, i] { import(readings[i]); });
  for (auto& one : importers) one.join();
  return static_cast<double>(kImporters * options.imports) / watch.seconds();
}

void send_all(const fs::path& socket, const std::vector<graph::Reading>& readings) {
  const auto client = must(rpc::Client::connect(must(rpc::parse_address("unix:" + socket.string()))));
  const auto job = must(client->import_job({}, {}));
  for (const auto& reading : readings)
    if (auto put = job->put(reading); !put) throw CheckFailure(put.error().to_text());
  must(job->finish());
}

void imports(const fs::path& folder, const Options& options, pid_t server) {
  // The servers beside this one read their records when they start, which takes a processor.
  for (const std::size_t count : options.loops) wait_warm(folder, fmt::format("loops{}", count));
  SystemClock clock;
  const auto store = must(storage::Store::open(folder / "here", {true, storage::Durability::synced, "bench_rpc"}, clock));
  std::vector<double> here;
  std::vector<double> there;
  // Of processors, in the phases of the rounds: by this process for itself, by it as a client, by the server.
  double own = 0;
  double client = 0;
  double served = 0;
  for (std::size_t round = 0; round < options.rounds; ++round) {
    const std::string of = fmt::format("round={}", round);
    const double before = processor_seconds(::getpid());
    here.push_back(import_rate(options, of, [&](const std::vector<graph::Reading>& readings) {
      for (const auto& reading : readings) must(store->record(reading));
    }));
    const double between = processor_seconds(::getpid());
    const double server_before = processor_seconds(server);
    there.push_back(import_rate(options, of, [&](const std::vector<graph::Reading>& readings) { send_all(folder / "import", readings); }));
    own += between - before;
    client += processor_seconds(::getpid()) - between;
    served += processor_seconds(server) - server_before;
  }
  std::vector<double> parts;
  for (std::size_t round = 0; round < options.rounds; ++round) parts.push_back(there[round] / here[round]);
  const double part = at(parts, 0.5) / 1e6;
  fmt::print("import of {} importers, each write durable: {:.0f} releases/s in process, {:.0f} through the RPC; {:.0f} % ({:.0f} to {:.0f} %), the middle of {}\n", kImporters, at(here, 0.5) / 1e6,
             at(there, 0.5) / 1e6, 100 * part, 100 * parts.front(), 100 * parts.back(), options.rounds);
  const double each = 1e3 / static_cast<double>(kImporters * options.imports * options.rounds);
  fmt::print("  processors for a release, making it included: {:.2f} ms in process; through the RPC {:.2f} ms of the server and {:.2f} ms of the clients\n", own * each, served * each, client * each);
}

// The releases at this pace, a second and importer; 0: as fast as they go.
double import_paced(const fs::path& socket, const Options& options, double pace) {
  return import_rate(options, fmt::format("at={}", pace), [&](std::vector<graph::Reading>& readings) {
    const auto client = must(rpc::Client::connect(must(rpc::parse_address("unix:" + socket.string()))));
    const auto job = must(client->import_job({}, {}));
    auto due = std::chrono::steady_clock::now();
    for (auto& reading : readings) {
      if (auto put = job->put(reading); !put) throw CheckFailure(put.error().to_text());
      if (pace > 0) std::this_thread::sleep_until(due += std::chrono::microseconds(static_cast<std::int64_t>(1e6 / pace)));
    }
    must(job->finish());
  });
}

// How soon 50 watchers are told while 8 importers and 100 readers are at work. One more importer records a release at a time
// and waits until it is acknowledged: from then on it counts.
void watching(const fs::path& folder, const Options& options, pid_t server, double pace, std::chrono::milliseconds pause) {
  constexpr std::size_t kWatchers = 50;
  constexpr std::size_t kReaders = 100;
  constexpr auto kBetween = std::chrono::milliseconds(20);
  const auto address = must(rpc::parse_address("unix:" + (folder / "import").string()));
  std::atomic<bool> ending = false;
  std::atomic<std::uint64_t> answers = 0;
  struct Heard {
    std::string claim;
    std::int64_t recorded;
    std::int64_t micros;
  };
  std::vector<std::vector<Heard>> heard(kWatchers);
  std::vector<std::thread> threads;
  std::atomic<std::size_t> watching = 0;
  const std::string last_day = pace > 0 ? "2099-01-02" : "2099-01-01";
  for (std::size_t i = 0; i < kWatchers; ++i)
    threads.emplace_back([&, i] {
      SystemClock clock;
      const auto client = must(rpc::Client::connect(address));
      const auto watch = must(client->watch({}));
      ++watching;
      for (bool over = false; !over;) {
        const auto news = must(watch->next());
        const auto now = clock.now();
        for (const auto& change : news.changes) {
          if (change.kind != graph::ChangeKind::gone)
            for (const auto& claim : change.event.claims) heard[i].push_back({claim.str(), change.recorded.micros, now.micros});
          over = over || (change.event.facts.date && change.event.facts.date->text() == last_day);
        }
      }
    });
  while (watching < kWatchers) std::this_thread::yield();
  for (std::size_t i = 0; i < kReaders; ++i)
    threads.emplace_back([&] {
      const auto client = must(rpc::Client::connect(address));
      while (!ending) {
        const auto reader = must(client->reader());
        const auto cursor = must(reader->timeline(busiest(100)));
        while (must(cursor->next())) {
        }
        ++answers;
        std::this_thread::sleep_for(pause);
      }
    });
  std::map<std::string, std::int64_t> acknowledged;  // when, by how the ids of a release's claims begin
  std::thread probe([&] {
    SystemClock clock;
    const ReadingGenerator generator(500);
    const auto client = must(rpc::Client::connect(address));
    for (std::uint64_t i = 0; !ending; ++i) {
      auto reading = generator.reading(i);
      reading.release.url += fmt::format("?probe={}", pace);
      reading.release.id = graph::release_id(reading.release.url, {});
      must(client->record(reading));
      acknowledged["claim" + reading.release.id.str().substr(reading.release.id.str().find(':'))] = clock.now().micros;
      std::this_thread::sleep_for(kBetween);
    }
  });
  const double ours_before = processor_seconds(::getpid());
  const double theirs_before = processor_seconds(server);
  const Stopwatch watch;
  const double rate = import_paced(folder / "import", options, pace);
  const double seconds = watch.seconds();
  const double ours = (processor_seconds(::getpid()) - ours_before) / seconds;
  const double theirs = (processor_seconds(server) - theirs_before) / seconds;
  ending = true;
  probe.join();
  {
    auto last = ReadingGenerator(7).reading(1);
    for (auto& claim : last.claims)
      if (auto* const facts = std::get_if<graph::EventFacts>(&claim.body)) facts->date = must(Edtf::parse(last_day));
    last.release.url = "https://example.org/last?" + last_day;
    last.release.id = graph::release_id(last.release.url, {});
    must(must(rpc::Client::connect(address))->record(last));
  }
  for (auto& thread : threads) thread.join();
  std::vector<double> since_recorded;
  std::vector<double> since_acknowledged;
  for (const auto& one : heard) {
    std::set<std::string> first;
    for (const Heard& change : one) {
      const auto found = acknowledged.find(change.claim.substr(0, change.claim.find('/')));
      if (found == acknowledged.end() || !first.insert(found->first).second) continue;
      since_acknowledged.push_back(static_cast<double>(change.micros - found->second) / 1e6);
      since_recorded.push_back(static_cast<double>(change.micros - change.recorded) / 1e6);
    }
  }
  const auto admin_client = must(rpc::Client::connect(address));
  const auto stats = must(admin_client->admin()->stats());
  std::uint64_t handed = 0;
  for (const auto& [name, value] : stats.figures)
    if (name == "told_middle_micros") handed = value;
  fmt::print("{} watchers, {} importers ({:.0f} releases/s) and {} readers ({:.0f} timelines/s) at once; processors busy: {:.2f} of the server, {:.2f} of these clients\n", kWatchers, kImporters, rate, kReaders,
             static_cast<double>(answers) / seconds, theirs, ours);
  fmt::print("  a change has been told after p50 {:.1f} ms, p95 {:.1f} ms from when it was acknowledged, p50 {:.1f} ms from its recorded time ({} told); in the server p50 {:.1f} ms from when it is there to when it is handed to the connection\n",
             at(since_acknowledged, 0.5) / 1e3, at(since_acknowledged, 0.95) / 1e3, at(since_recorded, 0.5) / 1e3, since_acknowledged.size(), static_cast<double>(handed) / 1e3);
}

int run(const Options& options) {
  std::string name = (fs::temp_directory_path() / "entente-bench-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return 1;
  const fs::path folder = name;
  int ends[2];
  if (::pipe(ends) != 0) return 1;
  const pid_t server = ::fork();
  if (server == 0) {
    log::start("warn");
    try {
      serve(folder, options, ends[1]);
    } catch (const std::exception& failure) {
      fmt::print(stderr, "bench_rpc: {}\n", failure.what());
      ::_exit(1);
    }
  }
  ::close(ends[1]);
  std::uint64_t events = 0;
  int code = 1;
  if (::read(ends[0], &events, sizeof(events)) == sizeof(events)) {
    fmt::print("{} releases, {} events of the busiest state, {} cores\n", options.releases, events, std::thread::hardware_concurrency());
    const auto wanted = [&](const char* part) { return options.parts.empty() || std::find(options.parts.begin(), options.parts.end(), part) != options.parts.end(); };
    if (wanted("times")) times(folder, options);
    if (wanted("streams")) streams(folder, options, server);
    if (wanted("loops")) loops(folder, options);
    if (wanted("imports")) imports(folder, options, server);
    if (wanted("watching")) watching(folder, options, server, 0, std::chrono::milliseconds(100));
    if (wanted("paced")) watching(folder, options, server, options.pace, std::chrono::milliseconds(static_cast<std::int64_t>(1e3 / options.reader_pace)));
    code = 0;
  }
  ::kill(server, SIGKILL);
  ::waitpid(server, nullptr, 0);
  fs::remove_all(folder);
  return code;
}

}  // namespace
}  // namespace entente::bench

int main(int argc, char** argv) {
  entente::bench::Options options;
  CLI::App program{"What the RPC costs, beside a bare Cap'n Proto server", "bench_rpc"};
  program.add_option("--releases", options.releases, "Releases in the store");
  program.add_option("--calls", options.calls, "Timelines asked one after another");
  program.add_option("--flight-calls", options.flight_calls, "Timelines asked with many in flight");
  program.add_option("--in-flight", options.in_flight, "How many");
  program.add_option("--loops", options.loops, "Numbers of loops to compare");
  program.add_option("--imports", options.imports, "Releases that each of 8 importers brings in a round");
  program.add_option("--pace", options.pace, "Releases a second of each importer, in the paced load")->check(CLI::PositiveNumber);
  program.add_option("--reader-pace", options.reader_pace, "Timelines a second of each reader, in the paced load")->check(CLI::PositiveNumber);
  program.add_option("--store", options.store, "The folder of a store to make, and to take as it is when it is there");
  program.add_option("--rounds", options.rounds, "Rounds of streams, of loops and of imports")->check(CLI::PositiveNumber);
  program.add_option("--workers", options.workers, "Threads for the store");
  program.add_option("--parts", options.parts, "Only these")->delimiter(',')->check(CLI::IsMember({"times", "streams", "loops", "imports", "watching", "paced"}));
  CLI11_PARSE(program, argc, argv);
  return entente::bench::run(options);
}
