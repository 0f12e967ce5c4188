#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstdlib>
#include <map>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "graph/query/value.h"

namespace entente::app {
namespace {

using graph::query::csv_cell;

struct Options {
  std::vector<std::string> names;
  std::string from;
  std::string to;
  std::vector<std::string> types;
  std::uint64_t limit = 100;
  bool oldest = false;
  bool newest = false;
  bool undated = false;
  bool csv = false;
  Place place;
};

std::string joined(const std::vector<graph::EntityId>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : " ") + id.str();
  return text;
}

std::string place_text(const graph::EventFacts& facts) {
  if (!facts.place) return {};
  return facts.place->city.empty() ? facts.place->country : facts.place->city;
}

// The words, white space folded, cut behind a whole character when they are long.
std::string quotation(const std::string& words) {
  constexpr std::size_t kBytesMax = 200;
  std::string out;
  for (const char c : words) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!blank) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.size() <= kBytesMax) return out;
  std::size_t end = kBytesMax;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  return out.substr(0, end) + "...";
}

void print_csv(const graph::Event& event) {
  const auto& f = event.facts;
  const std::string forum = f.forum ? f.forum->str() : "";
  fmt::print("{},{},{},{},{},{},{},{},{},{},{},{}\r\n", event.id.str(), f.date ? f.date->text() : "",
             graph::to_string(f.type), graph::to_string(f.status), csv_cell(joined(f.parties)),
             csv_cell(joined(f.officials)), f.level ? graph::to_string(*f.level) : "", csv_cell(place_text(f)),
             csv_cell(forum), f.edition ? std::to_string(*f.edition) : "", event.sources,
             csv_cell(event.evidence.empty() ? "" : quotation(event.evidence.front())));
}

// What people call an entity; looked up once for each id.
class Labels {
 public:
  explicit Labels(graph::Reader& reader) : reader_(reader) {}

  std::string of(const std::vector<graph::EntityId>& ids) {
    std::string text;
    for (const auto& id : ids) text += (text.empty() ? "" : ", ") + of(id);
    return text;
  }
  std::string of(const graph::EntityId& id) {
    auto [known, fresh] = labels_.try_emplace(id, id.str());
    if (fresh)
      if (auto entity = reader_.find_entity(id); entity && *entity && !(*entity)->label.empty()) known->second = (*entity)->label;
    return known->second;
  }

 private:
  graph::Reader& reader_;
  std::map<graph::EntityId, std::string> labels_;
};

void print_row(const graph::Event& event, Labels& labels) {
  const auto& f = event.facts;
  const bool bold = is_terminal() && std::getenv("NO_COLOR") == nullptr;
  std::string what(graph::to_string(f.type));
  if (f.stage) what += fmt::format(" {}", graph::to_string(*f.stage));
  if (f.stance) what += fmt::format(" ({})", graph::to_string(*f.stance));
  if (f.forum) what += ": " + labels.of(*f.forum);
  if (f.edition) what += fmt::format(", no. {}", *f.edition);
  if (f.level) what += fmt::format(", {} level", graph::to_string(*f.level));
  if (const std::string place = place_text(f); !place.empty()) what += ", in " + place;
  if (f.status != graph::Status::occurred) what += fmt::format("  [{}]", graph::to_string(f.status));
  fmt::print("{}{:<10}{}  {}\n", bold ? "\x1b[1m" : "", f.date ? f.date->text() : "undated", bold ? "\x1b[0m" : "", what);
  fmt::print("{:12}{}{}\n", "", labels.of(f.parties), f.officials.empty() ? "" : ": " + labels.of(f.officials));
  for (const std::string& words : event.evidence) fmt::print("{:12}\"{}\"\n", "", quotation(words));
  std::string who = event.sources == 1 ? "1 source" : fmt::format("{} sources", event.sources);
  if (event.publishers.size() > 1) who += fmt::format(" of {}", fmt::join(event.publishers, ", "));
  std::string differ;
  for (const auto& difference : event.differences)
    differ += fmt::format("{} {} ({})", differ.empty() ? ", which differ in" : ",", difference.field, fmt::join(difference.values, " / "));
  fmt::print("{:12}{}  {}{}\n", "", event.id.str(), who, differ);
}

Result<std::optional<Day>> day_of(const std::string& text) {
  if (text.empty()) return std::optional<Day>();
  const auto date = parse_iso_date(text);
  if (!date)
    return Error{ErrorCode::invalid_argument, "'" + text + "' is no date; write year, month and day: 2020-11-19", {}};
  return std::optional<Day>(to_day(*date));
}

Result<graph::TimelineQuery> query_of(graph::Reader& reader, const Options& options) {
  graph::TimelineQuery query;
  for (std::size_t i = 0; i < options.names.size(); ++i) {
    auto id = entity_of(reader, options.names[i]);
    if (!id) return id.error();
    auto& side = i == 0 ? query.left : query.right;
    side.push_back(*id);
    // A region or group stands for its members, too.
    auto members = reader.members(*id);
    if (!members) return members.error();
    side.insert(side.end(), members->begin(), members->end());
  }
  auto from = day_of(options.from);
  if (!from) return from.error();
  auto to = day_of(options.to);
  if (!to) return to.error();
  query.from = *from;
  query.to = *to;
  query.undated = options.undated;
  query.limit = options.limit;
  query.evidence = true;
  query.order = options.oldest ? graph::Order::oldest_first : graph::Order::newest_first;
  for (const std::string& name : options.types) {
    const auto type = graph::parse_event_type(name);
    if (!type) {
      std::string known;
      for (const auto one : graph::all_event_types()) known += " " + std::string(graph::to_string(one));
      return Error{ErrorCode::invalid_argument, "'" + name + "' is no event type; there are" + known, {}};
    }
    query.types.push_back(*type);
  }
  return query;
}

int run(const Options& options) {
  auto source = Source::open(options.place, false, "entente timeline");
  if (!source) return fail(source.error());
  if (auto view = (*source)->take_view(options.place.as_of); !view) return fail(view.error());
  graph::Reader& reader = (*source)->reader();
  auto query = query_of(reader, options);
  if (!query) return fail(query.error());
  auto cursor = reader.timeline(*query);
  if (!cursor) return fail(cursor.error());
  if (options.csv) fmt::print("id,date,type,status,parties,officials,level,place,forum,edition,sources,evidence\r\n");
  if (options.place.json) fmt::print("[");
  Labels labels(reader);
  std::size_t rows = 0;
  while (true) {
    auto event = (*cursor)->next();
    if (!event) return fail(event.error());
    if (!*event) break;
    if (options.place.json)
      fmt::print("{}{}", rows == 0 ? "\n" : ",\n", to_json(**event).dump());
    else if (options.csv)
      print_csv(**event);
    else
      print_row(**event, labels);
    ++rows;
  }
  if (options.place.json)
    fmt::print("{}]\n", rows == 0 ? "" : "\n");
  else if (rows == 0 && !options.csv)
    fmt::print("no events\n");
  return kOk;
}

}  // namespace

void add_timeline(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("timeline", "The events between two, or of one");
  command->add_option("names", options->names, "One or two ids or names: ROK, Kazakhstan, \"Central Asia\", country:KR")
      ->required()
      ->expected(1, 2);
  command->add_option("--from", options->from, "First day: 2020-01-01");
  command->add_option("--to", options->to, "Last day");
  command->add_option("--type", options->types, "Event type, may be given again: meeting, visit ...");
  command->add_option("--limit", options->limit, "At most so many events (100); 0 for all")->check(whole_number(0));
  auto* const newest = command->add_flag("--newest", options->newest, "Newest first (the default)");
  command->add_flag("--oldest", options->oldest, "Oldest first")->excludes(newest);
  command->add_flag("--undated", options->undated, "Only events whose day is unknown");
  auto* const csv = command->add_flag("--csv", options->csv, "Answer as CSV");
  add_place_options(*command, options->place);
  command->get_option("--json")->excludes(csv);
  command->footer(
      "Example: entente timeline ROK Kazakhstan --from 2020-01-01 --type visit --server unix:/tmp/entente.sock");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
