// pull: brings in what is new of the sources; made for cron.
#include "importers/sources/pull.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include "apps/entente/commands.h"
#include "apps/entente/inputs.h"
#include "apps/entente/sources_common.h"
#include "base/log.h"
#include "importers/sources/metrics.h"

namespace entente::app {
namespace {

using importers::PullReport;
using importers::PullStatus;

struct Options {
  std::vector<std::string> ids;
  std::string since;
  bool dry_run = false;
  bool recheck = false;
  bool verbose = false;
  std::string metrics;
  std::string log_level = "warn";
  int jobs = 1;
  SourcesPlace place;
};

Result<std::vector<const importers::SourceConfig*>> chosen(const Options& options,
                                                           const importers::SourcesConfig& config) {
  std::vector<const importers::SourceConfig*> out;
  if (options.ids.empty()) {
    for (const auto& source : config.sources)
      if (source.enabled) out.push_back(&source);
    return out;
  }
  for (const std::string& id : options.ids) {
    const auto* const source = config.find(id);
    if (source == nullptr)
      return Error{
          ErrorCode::not_found, fmt::format("there is no source '{}'; `entente sources --all` lists them", id), {}};
    if (std::find(out.begin(), out.end(), source) == out.end()) out.push_back(source);
  }
  return out;
}

std::string line_of(const PullReport& r, bool dry_run) {
  if (r.status == PullStatus::failed || r.status == PullStatus::held) return fmt::format("{}: {}", r.id, r.error);
  if (dry_run)
    return fmt::format("{}: would read {}{}", r.id, r.would_fetch.size(),
                       r.list_unchanged ? "; its list is unchanged" : "");
  std::string out = fmt::format("{}: {} new, {} revised, {} known", r.id, r.fresh, r.revised, r.known);
  const auto add = [&](std::uint64_t count, const char* what) {
    if (count > 0) out += fmt::format(", {} {}", count, what);
  };
  add(r.same, "the same under another address");
  add(r.gone, "gone");
  add(r.refused, "no releases");
  add(r.old, "older");
  add(r.failed, "failed");
  add(r.left, "left for the next run");
  out += fmt::format("; {} claims, {} new events; {:.1f} s", r.claims, r.events, r.seconds);
  if (r.list_unchanged) out += "; its list is unchanged";
  if (!r.error.empty()) out += fmt::format(" ({})", r.error);
  return out;
}

nlohmann::json to_json(const PullReport& r, bool dry_run) {
  nlohmann::json out{{"source", r.id},     {"status", importers::to_string(r.status)},
                     {"listed", r.listed}, {"list_unchanged", r.list_unchanged},
                     {"new", r.fresh},     {"revised", r.revised},
                     {"known", r.known},   {"same", r.same},
                     {"gone", r.gone},     {"refused", r.refused},
                     {"old", r.old},       {"failed", r.failed},
                     {"left", r.left},     {"claims", r.claims},
                     {"events", r.events}, {"seconds", r.seconds}};
  if (!r.error.empty()) out["error"] = r.error;
  if (dry_run) out["would_read"] = r.would_fetch;
  return out;
}

// On a terminal, to standard error; elsewhere it draws nothing.
class Bar {
 public:
  explicit Bar(bool on) : on_(on) {}
  void draw(const importers::PullProgress& at) {
    if (!on_ || (at.done == last_.done && at.sources_done == last_.sources_done)) return;
    constexpr std::uint64_t kStepsMax = 200;  // a terminal is slower than a release
    if (at.sources_done == last_.sources_done && at.done - drawn_at_ < at.found / kStepsMax) return;
    constexpr std::uint64_t kWidth = 30;
    const std::uint64_t filled = at.found == 0 ? 0 : std::min(kWidth, at.done * kWidth / at.found);
    fmt::print(stderr, "\r[{:<{}}] {}/{} pages, {}/{} sources ", std::string(filled, '#'), kWidth, at.done, at.found,
               at.sources_done, at.sources);
    last_ = at;
    drawn_at_ = at.done;
    drawn_ = true;
  }
  void clear() {
    if (drawn_) fmt::print(stderr, "\r{:80}\r", "");
    drawn_ = false;
  }

 private:
  bool on_;
  bool drawn_ = false;
  std::uint64_t drawn_at_ = 0;
  importers::PullProgress last_;
};

int exit_code_of(const std::vector<PullReport>& reports) {
  std::size_t good = 0;
  std::size_t held = 0;
  bool all_well = true;
  for (const PullReport& r : reports) {
    if (r.status == PullStatus::well || r.status == PullStatus::partly) ++good;
    if (r.status == PullStatus::held) ++held;
    if (r.status != PullStatus::well) all_well = false;
  }
  if (all_well) return kOk;
  if (held > 0 && good == 0 && held == reports.size()) return kHeld;
  return good > 0 ? kPartial : kFailed;
}

void print_summary(const std::vector<PullReport>& reports, const importers::Traffic& traffic, double seconds,
                   bool dry_run, int code) {
  PullReport total;
  nlohmann::json list = nlohmann::json::array();
  for (const PullReport& r : reports) {
    total.fresh += r.fresh;
    total.revised += r.revised;
    total.known += r.known;
    total.claims += r.claims;
    total.events += r.events;
    total.failed += r.failed;
    list.push_back(to_json(r, dry_run));
  }
  fmt::print("{}\n", nlohmann::json{{"exit", code},
                                    {"seconds", seconds},
                                    {"new", total.fresh},
                                    {"revised", total.revised},
                                    {"known", total.known},
                                    {"failed", total.failed},
                                    {"claims", total.claims},
                                    {"events", total.events},
                                    {"requests", traffic.requests},
                                    {"not_modified", traffic.not_modified},
                                    {"retries", traffic.retries},
                                    {"bytes", traffic.bytes},
                                    {"sources", std::move(list)}}
                         .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
}

Result<void> write_metrics(const Options& options, const std::vector<PullReport>& reports, graph::SourceStates* states,
                           const importers::Traffic& traffic, RecordedTime now, double seconds) {
  std::vector<importers::SourceMetrics> metrics;
  for (const PullReport& r : reports) {
    importers::SourceMetrics one{r, {}};
    if (states != nullptr) {
      auto health = importers::load_health(*states, r.id, now);
      if (!health) return health.error();
      one.health = std::move(*health);
    }
    metrics.push_back(std::move(one));
  }
  return importers::write_whole(options.metrics, importers::metrics_text(metrics, traffic, now, seconds));
}

// A failure to open the store: who holds it is told, with the code that says so.
int fail_to_open(const Error& error) {
  const int code = fail(error);
  return error.code == ErrorCode::locked ? static_cast<int>(kHeld) : code;
}

int run(const Options& options) {
  log::start(options.log_level);
  const auto since = parse_date_option(options.since);
  if (!since) return fail(since.error());
  const auto loaded = load_sources_of(options.place);
  if (!loaded.problems.empty()) {
    print_problems(loaded);
    return kBadConfiguration;
  }
  const auto sources = chosen(options, loaded.config);
  if (!sources) return fail(sources.error());
  if (sources->empty()) {
    fmt::print(stderr,
               "entente: no source is switched on; write your own into {}, or `enable: [ID, ...]` for one of `entente "
               "sources --all`\n",
               usual_sources_file(options.place).string());
    return kBadConfiguration;
  }
  const bool network = std::any_of(sources->begin(), sources->end(),
                                   [](const auto* s) { return importers::is_on_the_network(s->kind); });
  if (network && loaded.config.contact.empty()) {
    fmt::print(stderr,
               "entente: nobody is named whom the sites that are read can write to; write `contact: you@example.org` "
               "into {}, or use --contact\n",
               usual_sources_file(options.place).string());
    return kBadConfiguration;
  }
  const std::string holder = fmt::format("entente pull (process {})", ::getpid());
  auto opened = open_states(options.place.place, !options.dry_run, "entente pull");
  if (!opened) return fail_to_open(opened.error());

  SystemClock clock;
  const RecordedTime began = clock.now();
  importers::FetcherOptions fetching;
  fetching.agent = agent_of(loaded.config);
  fetching.ca_file = loaded.config.ca_file;
  fetching.seed = std::random_device{}();
  const bool keeps = opened->states != nullptr && !options.dry_run;
  const auto robots = keeps ? importers::robots_in(*opened->states) : nullptr;
  importers::Fetcher fetcher(fetching, clock, robots.get());

  std::optional<importers::Lexicon> lexicon;
  std::optional<importers::TextLine> line;
  importers::Pull::Parts parts;
  parts.states = opened->states;
  parts.fetcher = &fetcher;
  parts.clock = &clock;
  parts.mappings = data_folder(options.place.place) / "mappings";
  parts.line = [&]() -> Result<const importers::TextLine*> {
    auto read = load_lexicon(options.place.place);
    if (!read) return read.error();
    lexicon.emplace(std::move(*read));
    if (opened->store != nullptr)
      if (auto put = opened->store->put_gazetteer(lexicon->entities(), lexicon->version()); !put) return put.error();
    line.emplace(*lexicon);
    return &*line;
  };
  importers::PullOptions pulling;
  pulling.since = *since;
  pulling.dry_run = options.dry_run;
  pulling.recheck = options.recheck;
  pulling.readers = options.jobs;
  pulling.holder = holder;
  Bar bar(::isatty(STDERR_FILENO) == 1);
  const bool json = options.place.place.json;
  const auto finished = [&](const PullReport& report) {
    bar.clear();
    const bool bad = report.status == PullStatus::failed || report.status == PullStatus::held;
    if (bad || report.status == PullStatus::partly)
      fmt::print(stderr, "entente: {}\n",
                 bad ? line_of(report, false) : fmt::format("{}: {}", report.id, report.error));
    log::info("{}", line_of(report, options.dry_run));
    if (json || bad) return;
    if (options.verbose) fmt::print("{}\n", line_of(report, options.dry_run));
    if (options.dry_run)
      for (const std::string& url : report.would_fetch) fmt::print("{}\n", url);
    std::fflush(stdout);
  };
  Result<std::vector<PullReport>> reports = std::vector<PullReport>();
  {
    importers::Pull pull(parts, pulling);
    reports = pull.run(
        *sources, [&](const importers::PullProgress& at) { bar.draw(at); }, finished);
  }
  bar.clear();
  if (!reports) return fail(reports.error());
  const RecordedTime ended = clock.now();
  const double seconds = static_cast<double>(ended.micros - began.micros) / 1e6;
  const int code = exit_code_of(*reports);
  if (json) print_summary(*reports, fetcher.traffic(), seconds, options.dry_run, code);
  if (!options.metrics.empty())
    if (auto written = write_metrics(options, *reports, opened->states, fetcher.traffic(), ended, seconds); !written)
      return fail(written.error());
  if (opened->store != nullptr)
    if (auto closed = opened->store->close(); !closed) return fail(closed.error());
  return code;
}

}  // namespace

void add_pull(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  options->jobs = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  CLI::App* const command = program.add_subcommand("pull", "Bring in what is new of the sources; made for cron");
  CLI::Option* const named = command->add_option("source", options->ids, "Ids of sources (else all that are switched on)");
  command->add_flag("--all")->description("Every source that is switched on, as when none is named")->excludes(named);
  command->add_option("--since", options->since, "Leave out what was published before: 2026-01-31");
  command->add_flag("--dry-run", options->dry_run, "Say what would be read; store nothing");
  command->add_flag("--recheck", options->recheck, "Look again at every page read before");
  command->add_flag("-v,--verbose", options->verbose, "One line a source");
  command->add_option("--metrics-file", options->metrics, "Write what was done for Prometheus");
  command->add_option("--log", options->log_level, "trace, debug, info, warn, error, off");
  add_jobs_option(*command, options->jobs);
  add_sources_options(*command, options->place);
  add_durability_option(*command, options->place.place.durability);
  command->footer(
      "Example: entente pull --db relations.db -v\nCodes: 0 well, 3 in part, 1 nothing worked, 6 configuration, 7 held "
      "by another run");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
