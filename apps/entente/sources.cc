// sources: what is described, how it goes, whether the description is right, and a new one from an address.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

#include "apps/entente/commands.h"
#include "apps/entente/sources_common.h"
#include "base/log.h"
#include "importers/sources/discover.h"
#include "importers/sources/health.h"
#include "importers/sources/metrics.h"

namespace entente::app {
namespace {

using importers::Health;
using importers::SourceConfig;

struct ListOptions {
  SourcesPlace place;
  std::string country;
  bool all = false;
  bool broken = false;
};

std::string day_text(const std::optional<RecordedTime>& time) { return time ? time->to_text().substr(0, 10) : "never"; }

nlohmann::json to_json(const SourceConfig& source, const Health& health) {
  const auto time = [](const std::optional<RecordedTime>& t) {
    return t ? nlohmann::json(t->to_text()) : nlohmann::json();
  };
  return {{"id", source.id},
          {"name", source.name},
          {"kind", importers::to_string(source.kind)},
          {"address", source.url.empty() ? source.path.string() : source.url},
          {"country", source.country},
          {"language", source.language},
          {"publisher", source.publisher},
          {"enabled", source.enabled},
          {"verified", source.verified},
          {"origin", source.origin},
          {"last_success", time(health.last_success)},
          {"last_new", time(health.last_new)},
          {"releases", health.releases},
          {"releases_per_week", health.per_week},
          {"share_with_events", health.with_events},
          {"pending", health.pending},
          {"same", health.same},
          {"vanished", health.vanished},
          {"refused", health.refused},
          {"broken", health.broken()},
          {"evidence", health.evidence}};
}

void print_row(const SourceConfig& source, const Health& health) {
  const char* const how = health.broken() ? "BROKEN" : !health.pulled ? (source.enabled ? "new" : "off") : "well";
  fmt::print("{:<36} {:<8} {:<6} success {:<10} new {:<10} {:>6} releases, {:>5.1f} a week, {:>3.0f}% with events",
             source.id, importers::to_string(source.kind), how, day_text(health.last_success),
             day_text(health.last_new), health.releases, health.per_week, health.with_events * 100);
  if (health.vanished > 0) fmt::print(", {} vanished", health.vanished);
  if (health.pending > 0) fmt::print(", {} still to read", health.pending);
  fmt::print("\n");
  for (const std::string& why : health.evidence) fmt::print("    {}\n", why);
}

int run_list(const ListOptions& options) {
  const auto loaded = load_sources_of(options.place);
  if (!loaded.problems.empty()) {
    print_problems(loaded);
    return kBadConfiguration;
  }
  auto opened = open_states(options.place.place, false, "entente sources");
  if (!opened) return fail(opened.error());
  SystemClock clock;
  nlohmann::json list = nlohmann::json::array();
  std::size_t shown = 0;
  std::size_t broken = 0;
  for (const SourceConfig& source : loaded.config.sources) {
    if (!source.enabled && !options.all) continue;
    if (!options.country.empty() && source.country != options.country) continue;
    Health health;
    if (opened->states != nullptr) {
      auto known = importers::load_health(*opened->states, source.id, clock.now());
      if (!known) return fail(known.error());
      health = std::move(*known);
    }
    if (health.broken()) ++broken;
    if (options.broken && !health.broken()) continue;
    ++shown;
    if (options.place.place.json)
      list.push_back(to_json(source, health));
    else
      print_row(source, health);
  }
  if (options.place.place.json)
    fmt::print("{}\n", list.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace));
  else if (shown == 0 && !options.broken)
    fmt::print("no source is switched on; `entente sources --all` lists the {} that are described\n",
               loaded.config.sources.size());
  return options.broken && broken > 0 ? kPartial : kOk;
}

int run_check(const SourcesPlace& place) {
  const auto loaded = load_sources_of(place);
  print_problems(loaded);
  const auto on = std::count_if(loaded.config.sources.begin(), loaded.config.sources.end(),
                                [](const auto& s) { return s.enabled; });
  if (place.place.json) {
    nlohmann::json problems = nlohmann::json::array();
    for (const auto& problem : loaded.problems)
      problems.push_back({{"file", problem.file}, {"line", problem.line}, {"what", problem.what}});
    fmt::print("{}\n", nlohmann::json{{"sources", loaded.config.sources.size()},
                                      {"enabled", on},
                                      {"sound", loaded.problems.empty()},
                                      {"problems", std::move(problems)}}
                           .dump());
  } else if (loaded.problems.empty()) {
    fmt::print("sound; {} sources, {} switched on\n", loaded.config.sources.size(), on);
  }
  return loaded.problems.empty() ? static_cast<int>(kOk) : static_cast<int>(kBadConfiguration);
}

struct AddOptions {
  SourcesPlace place;
  std::string url;
  std::string id;
  std::string kind;
  std::string publisher;
  std::string country;
  bool dry_run = false;
  bool private_addresses = false;
};

Result<std::string> file_text(const std::filesystem::path& file) {
  std::error_code code;
  if (!std::filesystem::exists(file, code)) return std::string();
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorCode::permission, file.string() + " cannot be read; check that you may", {}};
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

// The file with the entry behind its last source. What stands there stays as it is, comments too.
std::string with_entry(std::string text, const std::string& contact, const std::string& entry) {
  if (!text.empty() && text.back() != '\n') text += '\n';
  const bool has_contact = text.starts_with("contact:") || text.find("\ncontact:") != std::string::npos;
  if (!has_contact && !contact.empty()) text = "contact: " + contact + "\n" + text;
  const auto list = text.starts_with("sources:") ? std::size_t{0} : text.find("\nsources:");
  if (list == std::string::npos) return text + "sources:\n" + entry;
  // The list ends where the next key begins at the start of a line.
  auto at = text.find('\n', list == 0 ? 0 : list + 1) + 1;
  while (at < text.size()) {
    const char c = text[at];
    if (c != ' ' && c != '\n' && c != '#' && c != '-' && c != '\r') break;
    const auto end = text.find('\n', at);
    at = end == std::string::npos ? text.size() : end + 1;
  }
  return text.substr(0, at) + entry + text.substr(at);
}

int run_add(const AddOptions& options) {
  const auto file = usual_sources_file(options.place);
  auto text = file_text(file);
  if (!text) return fail(text.error());
  SourcesPlace place = options.place;
  std::error_code code;
  if (!std::filesystem::exists(file, code)) place.file.clear();
  const auto loaded = load_sources_of(place);
  if (!loaded.problems.empty()) {
    print_problems(loaded);
    return kBadConfiguration;
  }
  if (loaded.config.contact.empty()) {
    fmt::print(stderr, "entente: nobody is named whom the site can write to; add --contact you@example.org\n");
    return kBadConfiguration;
  }
  importers::Manners manners;
  manners.private_addresses = options.private_addresses;
  manners.delay_ms = 250;  // a handful of requests, once; robots.txt may still ask for more
  SystemClock clock;
  importers::FetcherOptions fetching;
  fetching.agent = agent_of(loaded.config);
  fetching.ca_file = loaded.config.ca_file;
  fetching.seed = std::random_device{}();
  importers::Fetcher fetcher(fetching, clock, nullptr);
  auto proposals = importers::discover(options.url, manners, fetcher);
  if (!proposals) return fail(proposals.error());
  if (!options.kind.empty()) {
    const auto kind = importers::source_kind_from(options.kind);
    std::erase_if(*proposals, [&](const auto& p) { return !kind || p.kind != *kind; });
    if (proposals->empty())
      return fail(Error{ErrorCode::not_found, options.url + " cannot be pulled as " + options.kind, {}});
  }
  const importers::Proposal& best = proposals->front();
  const std::string id = options.id.empty() ? importers::id_for(options.url) : options.id;
  if (loaded.config.find(id) != nullptr)
    return fail(Error{ErrorCode::invalid_argument,
                      fmt::format("there is a source '{}' already, in {}:{}; choose another with --id", id,
                                  loaded.config.find(id)->file, loaded.config.find(id)->line),
                      {}});
  std::string entry = importers::entry_text(id, best, options.private_addresses);
  if (!options.publisher.empty()) entry += fmt::format("    publisher: {}\n", options.publisher);
  if (!options.country.empty()) entry += fmt::format("    country: {}\n", options.country);
  const std::string whole = with_entry(*text, loaded.config.contact, entry);
  const auto checked = importers::parse_sources(whole, file.string());
  if (!checked.problems.empty()) {
    print_problems(checked);
    return kBadConfiguration;
  }
  fmt::print("{} at {}\n  {}\n  it would take {} now:\n", importers::to_string(best.kind), best.url, best.why,
             best.items.size());
  constexpr std::size_t kShown = 5;
  for (std::size_t i = 0; i < best.items.size() && i < kShown; ++i)
    fmt::print("    {} {} {}\n", best.items[i].date ? to_iso(*best.items[i].date) : "          ", best.items[i].url,
               best.items[i].title);
  for (std::size_t i = 1; i < proposals->size(); ++i)
    fmt::print("  also possible: --kind {} ({}, {} items)\n", importers::to_string((*proposals)[i].kind),
               (*proposals)[i].url, (*proposals)[i].items.size());
  fmt::print("{}", entry);
  if (options.dry_run) return kOk;
  std::filesystem::create_directories(file.parent_path(), code);
  if (auto written = importers::write_whole(file, whole); !written) return fail(written.error());
  fmt::print("written to {}\n", file.string());
  return kOk;
}

}  // namespace

void add_sources(CLI::App& program, int& code) {
  auto list = std::make_shared<ListOptions>();
  CLI::App* const sources = program.add_subcommand("sources", "Where releases come from, and how each source goes");
  sources->require_subcommand(0, 1);
  sources->add_flag("--all", list->all, "Also those that are not switched on");
  sources->add_flag("--broken", list->broken, "Only those that are broken; the exit code is 3 when there are any");
  sources->add_option("--country", list->country, "Only those of a country: KR");
  add_sources_options(*sources, list->place);
  sources->footer(
      "Example: entente sources --db relations.db\n         entente sources check --sources sources.yaml\n         "
      "entente sources add https://mfa.example/press");
  sources->callback([sources, list, &code] {
    if (sources->get_subcommands().empty()) code = run_list(*list);
  });

  auto checked = std::make_shared<SourcesPlace>();
  CLI::App* const check =
      sources->add_subcommand("check", "Whether sources.yaml is right; names file and line of what is not");
  add_sources_options(*check, *checked);
  check->footer("Example: entente sources check --sources sources.yaml");
  check->callback([checked, &code] { code = run_check(*checked); });

  auto adding = std::make_shared<AddOptions>();
  CLI::App* const add = sources->add_subcommand("add", "Look at a page and write the entry for it");
  add->add_option("url", adding->url, "A page that lists releases, a feed, a sitemap")->required();
  add->add_option("--id", adding->id, "What to call it (else made from the address)");
  add->add_option("--kind", adding->kind, "feed, listing, sitemap or json, where several are possible");
  add->add_option("--publisher", adding->publisher, "State and body: KR-MOFA");
  add->add_option("--country", adding->country, "ISO 3166-1: KR");
  add->add_flag("--dry-run", adding->dry_run, "Show the entry and write nothing");
  add->add_flag("--private-addresses", adding->private_addresses, "The site is inside your own network");
  add_sources_options(*add, adding->place);
  add->footer("Example: entente sources add https://mfa.example/press --contact desk@example.org");
  add->callback([adding, &code] { code = run_add(*adding); });
}

}  // namespace entente::app
