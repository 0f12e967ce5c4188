// watch: what is recorded, as it is recorded.
#include <fmt/format.h>

#include <cstdio>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {
namespace {

using nlohmann::json;

struct Options {
  std::vector<std::string> who;
  std::string since;
  std::vector<std::string> types;
  std::vector<std::string> levels;
  std::vector<std::string> statuses;
  std::uint64_t changes = 0;
  Place place;
};

// A group stands for itself and its members.
Result<std::vector<graph::EntityId>> side_of(graph::Reader& reader, const std::string& words) {
  const auto id = entity_of(reader, words);
  if (!id) return id.error();
  const auto members = reader.members(*id);
  if (!members) return members.error();
  std::vector<graph::EntityId> side{*id};
  side.insert(side.end(), members->begin(), members->end());
  return side;
}

template <class Value, class Parse>
Result<void> take(const std::vector<std::string>& words, const char* what, Parse parse, std::vector<Value>& into) {
  for (const std::string& word : words) {
    const auto value = parse(word);
    if (!value) return Error{ErrorCode::invalid_argument, fmt::format("'{}' is no {}; `entente ontology` lists them", word, what), {}};
    into.push_back(*value);
  }
  return {};
}

Result<graph::TimelineQuery> filter_of(Source& source, const Options& options) {
  graph::TimelineQuery filter;
  if (auto taken = take(options.types, "event type", graph::parse_event_type, filter.types); !taken) return taken.error();
  if (auto taken = take(options.levels, "level", graph::parse_level, filter.levels); !taken) return taken.error();
  if (auto taken = take(options.statuses, "status", graph::parse_status, filter.statuses); !taken) return taken.error();
  if (options.who.empty()) return filter;
  if (auto view = source.take_view({}); !view) return view.error();
  auto left = side_of(source.reader(), options.who.front());
  if (!left) return left.error();
  filter.left = std::move(*left);
  if (options.who.size() == 1) return filter;
  auto right = side_of(source.reader(), options.who[1]);
  if (!right) return right.error();
  filter.right = std::move(*right);
  return filter;
}

void print(const graph::ToldChange& change, bool as_json) {
  if (as_json) {
    json out{{"change", graph::to_string(change.kind)}, {"recorded", change.recorded.to_text()}};
    if (change.kind == graph::ChangeKind::loaded) out["table"] = change.table;
    else out["event"] = to_json(change.event);
    fmt::print("{}\n", out.dump());
    return;
  }
  if (change.kind == graph::ChangeKind::loaded) {
    fmt::print("{}  loaded   the table '{}'\n", change.recorded.to_text(), change.table);
    return;
  }
  const graph::EventFacts& facts = change.event.facts;
  std::string parties;
  for (const auto& party : facts.parties) parties += (parties.empty() ? "" : " ") + party.str();
  fmt::print("{}  {:<8} {:<10} {:<16} {}  {}\n", change.recorded.to_text(), graph::to_string(change.kind), facts.date ? facts.date->text() : "undated", graph::to_string(facts.type), parties, change.event.id.str());
}

int run(const Options& options) {
  std::optional<RecordedTime> since;
  if (!options.since.empty() && !(since = RecordedTime::parse(options.since)))
    return fail(Error{ErrorCode::invalid_argument, "'" + options.since + "' is no time; write 2026-11-24 or 2026-11-24T05:00:00Z", {}});
  auto source = Source::open(options.place, false, "entente watch");
  if (!source) return fail(source.error());
  if ((*source)->client() == nullptr) return fail(Error{ErrorCode::invalid_argument, "what is recorded is told by a server: name it with --server", {}});
  auto filter = filter_of(**source, options);
  if (!filter) return fail(filter.error());
  auto watch = (*source)->client()->watch(*filter, since);
  if (!watch) return fail(watch.error());
  for (std::uint64_t told = 0;;) {
    const auto news = (*watch)->next();
    if (!news) return fail(news.error());
    for (const auto& change : news->changes) {
      print(change, options.place.json);
      if (++told == options.changes) return kOk;
    }
    std::fflush(stdout);
  }
}

}  // namespace

void add_watch(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("watch", "Tell what is recorded as it is recorded, until it is interrupted");
  command->add_option("who", options->who, "One entity, or two: the changes of their events; none: of all")->expected(0, 2);
  command->add_option("--since", options->since, "First what was recorded after this time: 2026-11-24T05:00:00Z");
  command->add_option("--type", options->types, "Types of events");
  command->add_option("--level", options->levels, "Levels");
  command->add_option("--status", options->statuses, "Statuses");
  command->add_option("--changes", options->changes, "Leave after so many");
  add_place_options(*command, options->place);
  command->footer("Example: entente watch ROK Kazakhstan --server unix:/tmp/entente.sock --since 2026-11-24");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
