// reread: what today's text line reads in the texts that are kept, and with it in the place of what was read before.
#include <fmt/format.h>

#include <future>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "apps/entente/inputs.h"
#include "apps/entente/read_files.h"
#include "graph/view/whole.h"

namespace entente::app {
namespace {

struct Options {
  std::string publisher;
  std::string since;
  bool dry_run = false;
  int jobs = default_jobs();
  Place place;
};

struct Totals {
  std::uint64_t read = 0;
  std::uint64_t changed = 0;
  std::uint64_t gone = 0;
  std::uint64_t fresh = 0;
  std::uint64_t restated = 0;
  std::uint64_t failed = 0;
};

std::string line_of(const graph::Claim& claim) {
  if (const auto* official = std::get_if<graph::OfficialFacts>(&claim.body))
    return fmt::format("{} is {}, {}", official->id.str(), official->name, official->post.empty() ? "no post told" : official->post);
  if (const auto* forum = std::get_if<graph::ForumFacts>(&claim.body)) return fmt::format("{} is {}", forum->id.str(), forum->name);
  const auto& facts = std::get<graph::EventFacts>(claim.body);
  std::string out = fmt::format("{} {} {}", graph::to_string(facts.type), facts.date ? facts.date->text() : "undated", graph::to_string(facts.status));
  for (const auto* side : {&facts.parties, &facts.officials})
    for (const auto& id : *side) out += ' ' + id.str();
  if (facts.forum) out += ' ' + facts.forum->str();
  return out + fmt::format(" ({})", claim.rule);
}

nlohmann::json lines_of(const std::vector<graph::Claim>& claims) {
  auto out = nlohmann::json::array();
  for (const auto& claim : claims) out.push_back(line_of(claim));
  return out;
}

// What is kept of a release, read by the text line as a record of that text.
Result<graph::Reading> read_again(const importers::TextLine& line, const graph::Release& kept) {
  nlohmann::json record{{"text", kept.text}, {"url", kept.url}, {"title", kept.title}, {"publisher", kept.publisher}};
  if (!kept.language.empty()) record["language"] = kept.language;
  record["published"] = kept.published ? nlohmann::json(to_iso(*kept.published)) : nlohmann::json();
  importers::Document document;
  document.name = "release.json";
  document.bytes = record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  auto result = line.read(document);
  if (!result) return result.error();
  // Evidence counts the bytes of the text: it is of use for this text alone.
  if (result->reading.release.text != kept.text)
    return Error{ErrorCode::invalid_argument, "its text is not kept as the text line takes it; import the release again", {}};
  graph::Reading again{kept, std::move(result->reading.claims)};
  return again;
}

class Rereading {
 public:
  Rereading(const Options& options, storage::Store& store, const importers::TextLine& line)
      : options_(options), store_(store), line_(line) {}

  Result<void> add(const graph::Release& release) {
    waiting_.push_back(release);
    constexpr std::size_t kAtOnce = 8;
    return waiting_.size() < kAtOnce * static_cast<std::size_t>(options_.jobs) ? Result<void>() : work();
  }

  // Reads what waits on several threads, and deals with it in its order.
  Result<void> work() {
    std::vector<std::optional<Result<graph::Reading>>> read(waiting_.size());
    std::vector<std::future<void>> threads;
    const auto jobs = static_cast<std::size_t>(options_.jobs);
    for (std::size_t job = 0; job < std::min(jobs, waiting_.size()); ++job)
      threads.push_back(std::async(std::launch::async, [&, job] {
        for (std::size_t at = job; at < waiting_.size(); at += jobs) read[at] = read_again(line_, waiting_[at]);
      }));
    for (auto& thread : threads) thread.get();
    for (std::size_t at = 0; at < waiting_.size(); ++at)
      if (auto done = take(waiting_[at], *read[at]); !done) return done;
    waiting_.clear();
    return {};
  }

  int close() const {
    const Totals& t = totals_;
    if (options_.place.json)
      fmt::print("{}\n", nlohmann::json{{"dry_run", options_.dry_run}, {"read", t.read}, {"changed", t.changed}, {"gone", t.gone},
                                        {"fresh", t.fresh}, {"restated", t.restated}, {"failed", t.failed}, {"releases", changes_}}
                             .dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
    else
      fmt::print("{} read again: {} {}, with {} claims gone, {} new and {} told otherwise; {} failed\n", t.read, t.changed,
                 options_.dry_run ? "would change" : "changed", t.gone, t.fresh, t.restated, t.failed);
    if (t.failed == 0) return kOk;
    return t.read > 0 ? kPartial : kFailed;
  }

 private:
  Result<void> take(const graph::Release& release, Result<graph::Reading>& reading) {
    if (!reading) {
      ++totals_.failed;
      fmt::print(stderr, "entente: {}\n", reading.error().during("reading " + release.url + " again").to_text());
      return {};
    }
    ++totals_.read;
    const auto change = store_.compare(*reading);
    if (!change) return change.error();
    if (change->outcome == graph::Outcome::known) return {};
    ++totals_.changed;
    totals_.gone += change->gone.size();
    totals_.fresh += change->fresh.size();
    totals_.restated += change->restated;
    show(release, *change);
    if (options_.dry_run) return {};
    const auto recorded = store_.record(*reading);
    return recorded ? Result<void>() : Result<void>(recorded.error());
  }

  void show(const graph::Release& release, const graph::ReadingChange& change) {
    if (options_.place.json) {
      changes_.push_back({{"release", release.id.str()}, {"url", release.url}, {"gone", lines_of(change.gone)},
                          {"fresh", lines_of(change.fresh)}, {"restated", change.restated}});
      return;
    }
    fmt::print("{} {} {}\n", release.published ? to_iso(*release.published) : "undated   ", release.id.str(), release.title);
    for (const auto& claim : change.gone) fmt::print("  - {}\n", line_of(claim));
    for (const auto& claim : change.fresh) fmt::print("  + {}\n", line_of(claim));
    if (change.restated > 0) fmt::print("  = {} told otherwise\n", change.restated);
  }

  const Options& options_;
  storage::Store& store_;
  const importers::TextLine& line_;
  std::vector<graph::Release> waiting_;
  Totals totals_;
  nlohmann::json changes_ = nlohmann::json::array();
};

int run(const Options& options) {
  const auto since = parse_date_option(options.since);
  if (!since) return fail(since.error());
  auto lexicon = load_lexicon(options.place);
  if (!lexicon) return fail(lexicon.error());
  SystemClock clock;
  storage::StoreOptions how;
  how.create = false;
  how.holder = "entente reread";
  const auto store = storage::Store::open(store_folder(options.place), how, clock);
  if (!store) return fail(store.error());
  const auto reader = (*store)->snapshot();
  if (!reader) return fail(reader.error());
  auto* const whole = dynamic_cast<graph::WholeView*>(reader->get());
  const importers::TextLine line(*lexicon);
  Rereading rereading(options, **store, line);
  auto walked = whole->each_reading([&](const graph::Reading& reading) -> Result<bool> {
    const graph::Release& release = reading.release;
    if (!options.publisher.empty() && release.publisher != options.publisher) return true;
    if (*since && (!release.published || *release.published < **since)) return true;
    if (auto added = rereading.add(release); !added) return added.error();
    return true;
  });
  if (walked) walked = rereading.work();
  if (!walked) return fail(walked.error());
  if (auto closed = (*store)->close(); !closed) return fail(closed.error());
  return rereading.close();
}

}  // namespace

void add_reread(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("reread", "Read the texts that are kept again, and record what they tell now");
  command->add_option("--publisher", options->publisher, "Only releases of this publisher: KR-MOFA");
  command->add_option("--since", options->since, "Only releases published on this day or later: 2020-11-19");
  command->add_flag("--dry-run", options->dry_run, "Show what would change, and change nothing");
  add_lexicon_options(*command, options->place);
  add_jobs_option(*command, options->jobs);
  command->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
  add_json_option(*command, options->place);
  command->footer("Example: entente reread --publisher KR-MOFA --since 2020-01-01 --dry-run --db relations.db");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
