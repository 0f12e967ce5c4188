// entity, event, why, resolve: one question each about a view of the record.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "apps/entente/answers.h"
#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "base/utf8.h"
#include "graph/view/table_facts.h"

namespace entente::app {
namespace {

using nlohmann::json;

struct Options {
  std::string about;
  std::size_t limit = 10;
  bool csv = false;
  Place place;
};

using Ask = std::function<int(graph::Reader&, const Options&)>;

void add_question(CLI::App& program, int& code, const char* name, const char* help, const char* what,
                  const char* example, Ask ask) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand(name, help);
  if (*what != '\0') command->add_option("about", options->about, what)->required();
  command->add_option("--limit", options->limit, "At most so many answers (10)")->check(whole_number(1));
  auto* const csv = command->add_flag("--csv", options->csv, "Answer as CSV");
  add_place_options(*command, options->place);
  command->get_option("--json")->excludes(csv);
  command->footer(std::string("Example: ") + example);
  command->callback([options, &code, ask = std::move(ask)] {
    auto source = Source::open(options->place, false, "entente");
    if (!source) {
      code = fail(source.error());
      return;
    }
    if (auto view = (*source)->take_view(options->place.as_of); !view) {
      code = fail(view.error());
      return;
    }
    code = ask((*source)->reader(), *options);
  });
}

// Prints an answer in the form that was asked for; false where that is the readable one.
bool print_form(const Options& options, const nlohmann::ordered_json& answer) {
  if (options.place.json) fmt::print("{}\n", answer.dump());
  else if (options.csv) print_csv(answer.is_array() ? answer : nlohmann::ordered_json::array({answer}));
  return options.place.json || options.csv;
}

std::string day_text(const std::optional<Day>& day) { return day ? to_iso(to_civil(*day)) : std::string(); }

nlohmann::ordered_json entity_json(const graph::EntityReport& found) {
  nlohmann::ordered_json out{{"id", found.entity.id.str()},
                             {"label", found.entity.label},
                             {"events", found.events},
                             {"posts", found.entity.posts}};
  out["names"] = json::array();
  for (const auto& name : found.entity.names) out["names"].push_back(name.text);
  out["member_of"] = json::array();
  for (const auto& group : found.entity.member_of) out["member_of"].push_back(group.str());
  out["outside_ids"] = found.entity.outside_ids;
  out["by_type"] = json::object();
  for (const auto& [type, count] : found.by_type) out["by_type"][std::string(graph::to_string(type))] = count;
  out["by_year"] = json::object();
  for (const auto& [year, count] : found.by_year) out["by_year"][std::to_string(year)] = count;
  out["first_seen"] = found.first_seen ? json(day_text(found.first_seen)) : json();
  out["last_seen"] = found.last_seen ? json(day_text(found.last_seen)) : json();
  return out;
}

int entity(graph::Reader& reader, const Options& options) {
  const auto id = entity_of(reader, options.about);
  if (!id) return fail(id.error());
  const auto report = reader.report(*id);
  if (!report) return fail(report.error());
  if (!*report) return fail(Error{ErrorCode::not_found, "there is no entity '" + id->str() + "'", {}});
  const graph::EntityReport& found = **report;
  if (print_form(options, entity_json(found))) return kOk;
  fmt::print("{}  {}\n", found.entity.id.str(), found.entity.label);
  for (const std::string& post : found.entity.posts) fmt::print("  post      {}\n", post);
  std::string names;
  for (const auto& name : found.entity.names) names += (names.empty() ? "" : "; ") + name.text;
  if (!names.empty()) fmt::print("  names     {}\n", names);
  fmt::print("  events    {}\n", found.events);
  if (found.first_seen) fmt::print("  seen      {} to {}\n", day_text(found.first_seen), day_text(found.last_seen));
  for (const auto& [type, count] : found.by_type) fmt::print("  {:<16} {}\n", graph::to_string(type), count);
  return kOk;
}

json proof_json(const graph::Proof& proof) {
  json out{{"claim", proof.claim.id.str()},
           {"release", proof.release.id.str()},
           {"title", proof.release.title},
           {"publisher", proof.release.publisher},
           {"url", proof.release.url},
           {"rule", proof.claim.rule},
           {"confidence", proof.claim.confidence},
           {"recorded", proof.claim.recorded.to_text()},
           {"joined", proof.join_reason}};
  out["published"] = proof.release.published ? json(to_iso(*proof.release.published)) : json();
  out["evidence"] = json::array();
  for (const auto& span : proof.claim.evidence)
    out["evidence"].push_back(proof.release.text.substr(span.begin, span.end - span.begin));
  return out;
}

// The words with what stands around them, up to the ends of the sentence or kAround bytes.
void print_evidence(const std::string& text, const graph::Span& span) {
  constexpr std::size_t kAround = 160;
  std::size_t begin = span.begin;
  std::size_t end = span.end;
  while (begin > 0 && span.begin - begin < kAround && text[begin - 1] != '\n' &&
         !(text[begin - 1] == ' ' && begin > 1 && text[begin - 2] == '.'))
    --begin;
  while (end < text.size() && end - span.end < kAround && text[end] != '\n' && text[end - 1] != '.') ++end;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) --begin;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
  const bool bold = is_terminal() && std::getenv("NO_COLOR") == nullptr;
  fmt::print("    {}{}{}{}{}\n", repair_utf8(text.substr(begin, span.begin - begin)), bold ? "\x1b[1m" : ">>",
             text.substr(span.begin, span.end - span.begin), bold ? "\x1b[0m" : "<<",
             repair_utf8(text.substr(span.end, end - span.end)));
}

int why(graph::Reader& reader, const Options& options) {
  const auto proofs = reader.why(graph::EventId(options.about));
  if (!proofs) return fail(proofs.error());
  if (proofs->empty())
    return fail(Error{
        ErrorCode::not_found, "there is no event '" + options.about + "'; `entente timeline` prints the ids", {}});
  json rows = json::array();
  for (const auto& proof : *proofs) rows.push_back(proof_json(proof));
  if (print_form(options, rows)) return kOk;
  for (const graph::Proof& proof : *proofs) {
    fmt::print("{}\n  {}, {}\n  {}\n", proof.release.title.empty() ? proof.release.url : proof.release.title,
               proof.release.publisher.empty() ? "publisher unknown" : proof.release.publisher,
               proof.release.published ? to_iso(*proof.release.published) : "undated", proof.release.url);
    for (const auto& span : proof.claim.evidence) print_evidence(proof.release.text, span);
    fmt::print("  rule {}, confidence {:.2f}, recorded {}; {}\n", proof.claim.rule, proof.claim.confidence,
               proof.claim.recorded.to_text(), proof.join_reason);
  }
  return kOk;
}

json table_json(const graph::TableFacts& table) {
  json roles = json::array();
  for (const auto& [who, role] : table.roles) roles.push_back({who.str(), role});
  return {{"code", table.code},
          {"label", table.label},
          {"place", table.place ? json(table.place->str()) : json()},
          {"release", table.source.empty() ? json() : json(table.source)},
          {"roles", std::move(roles)}};
}

int event(graph::Reader& reader, const Options& options) {
  const auto found = reader.find_event(graph::EventId(options.about));
  if (!found) return fail(found.error());
  if (!*found)
    return fail(Error{
        ErrorCode::not_found, "there is no event '" + options.about + "'; `entente timeline` prints the ids", {}});
  json out = to_json(**found);
  out["claims"] = json::array();
  for (const auto& claim : (*found)->claims) out["claims"].push_back(claim.str());
  if (auto* const words = dynamic_cast<graph::TableFactsReader*>(reader.rows())) {
    const auto table = words->table_facts((*found)->id);
    if (!table) return fail(table.error());
    if (*table) out["table"] = table_json(**table);
  }
  if (print_form(options, out)) return kOk;
  for (const auto& [key, value] : out.items())
    if (!value.is_null() && !value.empty())
      fmt::print("{:<12} {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
  return kOk;
}

int resolve(graph::Reader& reader, const Options& options) {
  const auto candidates = reader.resolve(options.about, options.limit);
  if (!candidates) return fail(candidates.error());
  json rows = json::array();
  for (const auto& c : *candidates) rows.push_back({{"id", c.id.str()}, {"label", c.label}, {"matched", c.matched}, {"score", c.score}});
  if (!print_form(options, rows)) {
    for (const auto& c : *candidates) fmt::print("{:.2f}  {:<36} {}\n", c.score, c.id.str(), c.label);
  }
  if (candidates->empty()) return fail(Error{ErrorCode::not_found, "nothing is called '" + options.about + "'", {}});
  return kOk;
}

}  // namespace

void add_entity(CLI::App& program, int& code) {
  add_question(program, code, "entity", "One entity: names, posts, counts", "An id or a name",
               "entente entity country:KR", entity);
}
void add_event(CLI::App& program, int& code) {
  add_question(program, code, "event", "One event with its claims and differences", "An event's id",
               "entente event event:0123456789abcdef", event);
}
void add_why(CLI::App& program, int& code) {
  add_question(program, code, "why", "The words that prove an event", "An event's id",
               "entente why event:0123456789abcdef", why);
}
void add_resolve(CLI::App& program, int& code) {
  add_question(program, code, "resolve", "Whom a name, abbreviation or misspelling means", "A name",
               "entente resolve Kazakstan", resolve);
}

}  // namespace entente::app
