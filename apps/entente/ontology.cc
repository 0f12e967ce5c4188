// What can be said of an event, from the tables of the ontology: docs/ontology.md is this command's own output.
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "graph/ontology/crosswalk.h"
#include "graph/ontology/signatures.h"

namespace entente::app {
namespace {

using graph::Act;
using graph::EventType;

std::string_view meaning(EventType type) {
  switch (type) {
    case EventType::meeting: return "officials of two or more parties talk, in person or by video, outside a series of its own";
    case EventType::courtesy_call: return "a courtesy call paid or received";
    case EventType::call: return "a talk by telephone";
    case EventType::visit: return "an official or delegation travels to another country or host";
    case EventType::consultation: return "a round of an established dialogue of, usually, two parties";
    case EventType::conference: return "a meeting of many: forum, summit, session, council";
    case EventType::message: return "a letter, greeting, congratulation or condolence sent to a counterpart";
    case EventType::agreement: return "an agreement, treaty, memorandum, contract or declaration";
    case EventType::relations: return "diplomatic relations themselves";
    case EventType::mission: return "an embassy, consulate or representation";
    case EventType::appointment: return "somebody is named or elected to a post";
    case EventType::accreditation: return "credentials presented or received";
    case EventType::aid: return "help, grant, loan or donation, given or pledged";
    case EventType::statement: return "a public position on an act, event or other party";
    case EventType::summon: return "an ambassador called in, or a protest handed over";
    case EventType::expulsion: return "diplomats expelled, declared persona non grata, or recalled";
    case EventType::sanction: return "sanctions, embargoes, visa bans";
  }
  return "";
}

std::string_view quad_name(int quad_class) {
  switch (quad_class) {
    case 1: return "1 verbal cooperation";
    case 2: return "2 material cooperation";
    case 3: return "3 verbal conflict";
    case 4: return "4 material conflict";
    default: return "-";
  }
}

// The acts of a type that differ by stage or stance; the bare type first.
std::vector<Act> acts_of(EventType type) {
  std::vector<Act> acts{Act{type, {}, {}, {}, {}}};
  acts[0].status = graph::Status::occurred;
  const Act bare = acts[0];
  for (const graph::Stage stage : graph::all_stages())
    if (graph::allows_stage(type, stage)) acts.push_back({type, bare.status, {}, stage, {}});
  if (graph::allows_stance(type))
    for (const graph::Stance stance : graph::all_stances()) acts.push_back({type, bare.status, {}, {}, stance});
  return acts;
}

bool same(const graph::Crosswalk& a, const graph::Crosswalk& b) {
  return a.cameo == b.cameo && a.plover_type == b.plover_type && a.plover_mode == b.plover_mode &&
         a.goldstein == b.goldstein && a.quad_class == b.quad_class;
}

struct Row {
  Act act;
  graph::Crosswalk codes;
};

// Each act, and its variants by status and mode where their codes are others.
std::vector<Row> all_rows() {
  std::vector<Row> rows;
  for (const EventType type : graph::all_event_types())
    for (const Act& act : acts_of(type)) {
      const graph::Crosswalk codes = graph::crosswalk(act);
      rows.push_back({act, codes});
      for (const graph::Status status : graph::all_statuses()) {
        Act other = act;
        other.status = status;
        if (const auto its = graph::crosswalk(other); !same(its, codes)) rows.push_back({other, its});
      }
      for (const graph::Mode mode : graph::all_modes()) {
        Act other = act;
        other.mode = mode;
        if (const auto its = graph::crosswalk(other); !same(its, codes)) rows.push_back({other, its});
      }
    }
  return rows;
}

std::string cell(std::string_view text) { return text.empty() ? "-" : std::string(text); }

std::string markdown() {
  std::string out =
      "# What can be said of an event, and its codes in the field\n\n"
      "Written by `entente ontology --markdown` from the tables in `graph/ontology/`; a test compares the two, so change "
      "the tables and write this page again.\n\n"
      "## Types\n\n| type | what |\n|---|---|\n";
  for (const EventType type : graph::all_event_types())
    out += fmt::format("| `{}` | {} |\n", graph::to_string(type), meaning(type));
  out +=
      "\n## Crosswalk\n\nCAMEO: the code of the act. PLOVER: type and mode. Goldstein: from -10, conflict, to 10, "
      "cooperation. Quad class: verbal or material, cooperation or conflict. `-` stands where the scheme has nothing "
      "of the kind. A row with a status or mode stands only where it changes the codes; everything else of the type "
      "has the codes of the row above. `graph/ontology/crosswalk.h` names the sources.\n\n"
      "| type | stage or stance | status or mode | CAMEO | PLOVER type | PLOVER mode | Goldstein | quad class |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const Row& row : all_rows()) {
    const std::string_view stage =
        row.act.stage ? graph::to_string(*row.act.stage) : row.act.stance ? graph::to_string(*row.act.stance) : std::string_view();
    const std::string_view variant = row.act.mode ? graph::to_string(*row.act.mode)
                                     : row.act.status != graph::Status::occurred ? graph::to_string(row.act.status)
                                                                                 : std::string_view();
    out += fmt::format("| `{}` | {} | {} | {} | {} | {} | {} | {} |\n", graph::to_string(row.act.type), cell(stage),
                       cell(variant), cell(row.codes.cameo), cell(row.codes.plover_type), cell(row.codes.plover_mode),
                       row.codes.goldstein ? fmt::format("{:.1f}", *row.codes.goldstein) : "-",
                       quad_name(row.codes.quad_class));
  }
  return out;
}

std::string json_text() {
  nlohmann::json out = nlohmann::json::array();
  for (const Row& row : all_rows()) {
    nlohmann::json one = codes_json(row.codes);
    one["type"] = graph::to_string(row.act.type);
    one["status"] = graph::to_string(row.act.status);
    one["mode"] = row.act.mode ? nlohmann::json(graph::to_string(*row.act.mode)) : nlohmann::json();
    one["stage"] = row.act.stage ? nlohmann::json(graph::to_string(*row.act.stage)) : nlohmann::json();
    one["stance"] = row.act.stance ? nlohmann::json(graph::to_string(*row.act.stance)) : nlohmann::json();
    out.push_back(std::move(one));
  }
  return out.dump(1) + "\n";
}

}  // namespace

void add_ontology(CLI::App& program, int& code) {
  auto as_json = std::make_shared<bool>(false);
  auto as_markdown = std::make_shared<bool>(false);
  CLI::App* const command =
      program.add_subcommand("ontology", "What can be said of an event, and its CAMEO, PLOVER and Goldstein codes");
  auto* const json = command->add_flag("--json", *as_json, "Answer as JSON");
  command->add_flag("--markdown", *as_markdown, "Answer as the page docs/ontology.md (the default)")->excludes(json);
  command->footer("Example: entente ontology --markdown > docs/ontology.md");
  command->callback([as_json, as_markdown, &code] {
    fmt::print("{}", *as_json ? json_text() : markdown());
    code = kOk;
  });
}

}  // namespace entente::app
