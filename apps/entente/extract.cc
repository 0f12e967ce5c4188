#include <fmt/format.h>

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
  bool explain = false;
  int jobs = default_jobs();
  Place place;
};

nlohmann::json to_json(const importers::LineResult& result) {
  using nlohmann::json;
  const graph::Release& release = result.reading.release;
  json out;
  out["id"] = result.id;
  out["published"] = release.published ? json(to_iso(*release.published)) : json();
  out["title"] = release.title;
  out["officials"] = json::array();
  out["forums"] = json::array();
  out["events"] = json::array();
  for (const graph::Claim& claim : result.reading.claims) {
    if (const auto* official = std::get_if<graph::OfficialFacts>(&claim.body))
      out["officials"].push_back(
          {{"id", official->id.str()}, {"name", official->name}, {"of", official->of.str()}, {"post", official->post}});
    if (const auto* forum = std::get_if<graph::ForumFacts>(&claim.body))
      out["forums"].push_back({{"id", forum->id.str()},
                               {"name", forum->name},
                               {"inception", forum->inception ? json(*forum->inception) : json()}});
    if (const auto* facts = std::get_if<graph::EventFacts>(&claim.body)) {
      json event = app::to_json(*facts);
      event["evidence"] = json::array();
      for (const graph::Span& span : claim.evidence)
        event["evidence"].push_back(release.text.substr(span.begin, span.end - span.begin));
      event["rule"] = claim.rule;
      event["confidence"] = claim.confidence;
      out["events"].push_back(std::move(event));
    }
  }
  return out;
}

void print_events(const importers::LineResult& result) {
  fmt::print("{}\n", result.reading.release.title.empty() ? result.id : result.reading.release.title);
  for (const graph::Claim& claim : result.reading.claims)
    if (const auto* facts = std::get_if<graph::EventFacts>(&claim.body)) {
      std::string parties;
      for (const auto& party : facts->parties) parties += " " + party.str();
      fmt::print("  {:<22} {:<14} {:<9}{}\n", facts->date ? facts->date->text() : "-", graph::to_string(facts->type),
                 graph::to_string(facts->status), parties);
    }
}

int run(const Options& options) {
  const auto date = parse_date_option(options.date);
  if (!date) return fail(date.error());
  auto lexicon = load_lexicon(options.place);
  if (!lexicon) return fail(lexicon.error());
  const importers::TextLine line(*lexicon);
  const Inputs inputs = find_inputs(options.paths);
  int failed = static_cast<int>(inputs.errors.size());
  int read = 0;
  for (const Error& error : inputs.errors) fail(error);
  ReadFiles files(
      line, inputs.files,
      {options.publisher, *date, options.explain ? importers::Explain::yes : importers::Explain::no, options.jobs});
  while (const auto result = files.next()) {
    if (!*result) {
      fail(result->error());
      ++failed;
      continue;
    }
    ++read;
    if (options.explain)
      fmt::print("release {}\n{}", (*result)->id, (*result)->explanation);
    else if (options.place.json)
      fmt::print("{}\n", to_json(**result).dump());
    else
      print_events(**result);
  }
  if (failed == 0) return kOk;
  return read > 0 ? kPartial : kFailed;
}

}  // namespace

void add_extract(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("extract", "Show what releases tell, without a store");
  add_release_options(*command, options->paths, options->date, options->publisher);
  add_lexicon_options(*command, options->place);
  add_jobs_option(*command, options->jobs);
  command->add_flag("--explain", options->explain, "Show what each room of the text line gave");
  add_json_option(*command, options->place);
  command->footer("Example: entente extract samples/ --json > out.jsonl");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
