#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "apps/entente/inputs.h"
#include "apps/entente/read_files.h"

namespace entente::app {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string date;
  std::string publisher;
  std::string key;
  int jobs = default_jobs();
  Place place;
};

struct Totals {
  int read = 0;
  int fresh = 0;
  int revised = 0;
  int known = 0;
  int failed = 0;
  std::uint64_t claims = 0;
  std::uint64_t events = 0;
};

class Importing {
 public:
  Importing(const Options& options, std::size_t files)
      : options_(options), files_(files), bar_(::isatty(STDERR_FILENO) == 1 && is_terminal()) {}

  void failed(const Error& error) {
    ++totals_.failed;
    clear_bar();
    fmt::print(stderr, "entente: {}\n", error.to_text());
  }

  void recorded(const std::string& name, const graph::RecordReport& report) {
    ++totals_.read;
    if (report.outcome == graph::Outcome::fresh)
      ++totals_.fresh;
    else if (report.outcome == graph::Outcome::revised)
      ++totals_.revised;
    else
      ++totals_.known;
    totals_.claims += report.claims;
    totals_.events += report.events_new;
    if (bar_)
      draw_bar();
    else if (!options_.place.json)
      fmt::print("{}: {}, {} claims, {} new events\n", name, graph::to_string(report.outcome), report.claims,
                 report.events_new);
  }

  int close() {
    clear_bar();
    if (options_.place.json)
      fmt::print("{}\n", nlohmann::json{{"read", totals_.read},
                                        {"new", totals_.fresh},
                                        {"revised", totals_.revised},
                                        {"known", totals_.known},
                                        {"failed", totals_.failed},
                                        {"claims", totals_.claims},
                                        {"events", totals_.events}}
                             .dump());
    else
      fmt::print("{} read: {} new, {} revised, {} known; {} failed; {} claims, {} new events{}\n", totals_.read,
                 totals_.fresh, totals_.revised, totals_.known, totals_.failed, totals_.claims, totals_.events,
                 totals_.read > 0 && totals_.known == totals_.read ? "; nothing changed" : "");
    if (totals_.failed == 0) return kOk;
    return totals_.read > 0 ? kPartial : kFailed;
  }

 private:
  void draw_bar() {
    constexpr std::size_t kWidth = 30;
    constexpr std::size_t kStepsMax = 200;  // a terminal is slower than a release
    const auto done = static_cast<std::size_t>(totals_.read + totals_.failed);
    if (drawn_ && done % (files_ / kStepsMax + 1) != 0) return;
    fmt::print(stderr, "\r[{:<{}}] {}/{}",
               std::string(std::min(kWidth, done * kWidth / std::max<std::size_t>(files_, 1)), '#'), kWidth, done,
               files_);
    drawn_ = true;
  }
  void clear_bar() {
    if (drawn_) fmt::print(stderr, "\r{:60}\r", "");
    drawn_ = false;
  }

  const Options& options_;
  std::size_t files_;
  bool bar_;
  bool drawn_ = false;
  Totals totals_;
};

// What became of a file: in the order of the files, whoever records.
void tell(Importing& importing, const std::string& file, const Result<graph::RecordReport>& report) {
  if (!report) importing.failed(report.error().during("importing " + file));
  else importing.recorded(file, *report);
}

// The next file as a reading, fetched now; absent, and told, where it could not be read.
std::optional<graph::Reading> next_reading(ReadFiles& files, Importing& importing, Clock& clock) {
  auto result = *files.next();
  if (!result) {
    importing.failed(result.error());
    return std::nullopt;
  }
  result->reading.release.fetched = clock.now();
  return std::move(result->reading);
}

void record_all(storage::Store& store, const Inputs& inputs, ReadFiles& files, Importing& importing) {
  SystemClock clock;
  for (const auto& file : inputs.files) {
    if (const auto reading = next_reading(files, importing, clock)) tell(importing, file.string(), store.record(*reading));
  }
}

// The next file is read while the server records the last: readings go out as one stream.
Result<void> send_all(rpc::Client& client, const std::string& key, const Inputs& inputs, ReadFiles& files, Importing& importing) {
  SystemClock clock;
  std::vector<std::string> sent;
  auto job = client.import_job(key, [&](const rpc::ImportReport& report) {
    if (report.index < sent.size()) tell(importing, sent[static_cast<std::size_t>(report.index)], report.report);
  });
  if (!job) return job.error();
  for (const auto& file : inputs.files) {
    const auto reading = next_reading(files, importing, clock);
    if (!reading) continue;
    sent.push_back(file.string());
    if (auto put = (*job)->put(*reading); !put) return put.error().during("importing " + file.string());
  }
  const auto finished = (*job)->finish();
  if (!finished) return finished.error();
  return {};
}

int run(const Options& options) {
  const auto date = parse_date_option(options.date);
  if (!date) return fail(date.error());
  auto lexicon = load_lexicon(options.place);
  if (!lexicon) return fail(lexicon.error());
  auto source = Source::open(options.place, true, "entente import");
  if (!source) return fail(source.error());
  if (storage::Store* store = (*source)->store())
    if (auto put = store->put_gazetteer(lexicon->entities(), lexicon->version()); !put) return fail(put.error());
  const importers::TextLine line(*lexicon);
  if (!options.key.empty() && (*source)->client() == nullptr)
    return fail(Error{ErrorCode::invalid_argument, "a key is for a server to remember: name it with --server, or leave --key out", {}});
  const Inputs inputs = find_inputs(options.paths);
  Importing importing(options, inputs.files.size());
  for (const Error& error : inputs.errors) importing.failed(error);
  ReadFiles files(line, inputs.files, {options.publisher, *date, importers::Explain::no, options.jobs});
  if (rpc::Client* const client = (*source)->client()) {
    if (auto sent = send_all(*client, options.key, inputs, files, importing); !sent) return fail(sent.error());
  } else {
    record_all(*(*source)->store(), inputs, files, importing);
  }
  const int code = importing.close();
  if (storage::Store* store = (*source)->store())
    if (auto closed = store->close(); !closed) return fail(closed.error());
  return code;
}

}  // namespace

void add_import(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("import", "Read releases and record what they tell");
  add_release_options(*command, options->paths, options->date, options->publisher);
  command->add_option("--key", options->key, "Names this import to the server: given again after a break, nothing is recorded twice");
  add_lexicon_options(*command, options->place);
  add_jobs_option(*command, options->jobs);
  add_durability_option(*command, options->place.durability);
  add_place_options(*command, options->place);
  command->footer("Example: entente import samples/ --db relations.db");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
