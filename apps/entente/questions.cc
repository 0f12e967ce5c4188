// ask, and one subcommand for each question about the graph: what the query layer answers, as a table, JSON or CSV.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>

#include "apps/entente/answers.h"
#include "apps/entente/common.h"
#include "apps/entente/questions.h"
#include "graph/query/json.h"

namespace entente::app {
namespace {

namespace query = graph::query;

// How a question names what it is about on the command line.
enum class About : std::uint8_t { nothing, one, some, pair, one_or_pair, event, pattern };

struct Command {
  const char* name;
  query::Ask ask;
  About about;
  const char* help;
  const char* example;
};

constexpr Command kCommands[] = {
    {"neighbours", query::Ask::neighbours, About::one, "Whom an entity deals with, and how often",
     "entente neighbours Kazakhstan --from 2020 --to 2024 --kinds country"},
    {"paths", query::Ask::paths, About::pair, "How two are linked: shortest, k shortest, or as time allows",
     "entente paths official:KR/kim-gunn official:KZ/roman-vassilenko --through official"},
    {"subgraph", query::Ask::subgraph, About::some, "Who and what lies within some steps, as nodes and edges",
     "entente subgraph country:UZ --steps 2 --from 2024"},
    {"series", query::Ask::series, About::one_or_pair, "Events by month, quarter or year",
     "entente series ROK Kazakhstan --by year --each type"},
    {"editions", query::Ask::editions, About::one, "The editions of a forum: dates, places, hosts, heads",
     "entente editions forum:asean-summit --order oldest"},
    {"match", query::Ask::match, About::pattern, "What fits a pattern of triples (docs/queries.md)",
     "entente match 'find ?who where ?e party country:KR . ?e party ?who . ?e.type = visit'"},
    {"centrality", query::Ask::centrality, About::nothing, "Who stands in the middle: degree, pagerank, betweenness",
     "entente centrality --measure pagerank --kinds country --from 2020 --to 2024"},
    {"communities", query::Ask::communities, About::nothing, "Groups that deal with each other most",
     "entente communities --kinds country --weight number"},
    {"components", query::Ask::components, About::nothing, "Which entities hang together at all", "entente components"},
    {"changes", query::Ask::changes, About::one_or_pair, "What was recorded, changed or withdrawn since a time",
     "entente changes ROK --since 2026-11-24"},
    {"silences", query::Ask::silences, About::pair, "The longest times in which two had no contact",
     "entente silences ROK Kazakhstan"},
    {"contacts", query::Ask::contacts, About::pair, "First and last contact of two at each level",
     "entente contacts ROK Kazakhstan"},
    {"rhythm", query::Ask::rhythm, About::one_or_pair, "Where the pace of contacts breaks",
     "entente rhythm ROK Kazakhstan --from 1992 --to 2024"},
    {"asymmetry", query::Ask::asymmetry, About::pair, "Who visits whom", "entente asymmetry ROK Kazakhstan"},
    {"due", query::Ask::due, About::some, "Yearly forums whose next edition was not reported", "entente due --today 2026-01-01"},
    {"accounts", query::Ask::accounts, About::event, "What each publisher says of one event, side by side",
     "entente accounts event:0123456789abcdef"},
};

enum class Kind : std::uint8_t { text, list, number, flag };

struct OptionOf {  // a field of the question as an option
  std::string_view field;
  Kind kind;
  const char* help;
};

constexpr OptionOf kOptions[] = {
    {"from", Kind::text, "First day of the period: 2020-01-01, 2020-01 or 2020"},
    {"to", Kind::text, "Last day of the period"},
    {"undated", Kind::flag, "Only events whose day is unknown"},
    {"type", Kind::list, "Event type, may be given again: meeting, visit ..."},
    {"level", Kind::list, "leader, minister, vice_minister, working"},
    {"status", Kind::list, "occurred, planned, cancelled"},
    {"mode", Kind::list, "virtual, phone"},
    {"stage", Kind::list, "signed, in_force, established ..."},
    {"stance", Kind::list, "support, condemn ..."},
    {"forum", Kind::list, "Only events of this forum"},
    {"place", Kind::list, "Only events in this city or country: Seoul, KR"},
    {"topic", Kind::list, "Only events on this topic"},
    {"publisher", Kind::list, "Only events that this publisher tells of: KR-MOFA"},
    {"code", Kind::list, "Only events with this code of a loaded table"},
    {"kinds", Kind::list, "Only entities of this kind: country, official ..."},
    {"through", Kind::list, "Kinds that may stand between the ends"},
    {"way", Kind::text, "shortest, earliest (arrival), fewest (steps in time)"},
    {"k", Kind::number, "So many paths"},
    {"steps", Kind::number, "At most so many steps"},
    {"by", Kind::text, "month, quarter, year"},
    {"each", Kind::text, "type, level, type_group"},
    {"measure", Kind::text, "degree, pagerank, betweenness"},
    {"weight", Kind::text, "none, number, recency, goldstein"},
    {"half_life_days", Kind::number, "Of the weight recency"},
    {"iterations", Kind::number, "Rounds of pagerank"},
    {"damping", Kind::number, "Of pagerank"},
    {"samples", Kind::number, "Sources of betweenness"},
    {"seed", Kind::number, "Of what is drawn by chance"},
    {"resolution", Kind::number, "Of communities: more, smaller ones above 1"},
    {"alarm", Kind::number, "False breaks put up with, as a part of one (0.01)"},
    {"shuffles", Kind::number, "Shuffles that a break is tested against"},
    {"today", Kind::text, "What counts as now"},
    {"order", Kind::text, "newest, oldest"},
    {"limit", Kind::number, "At most so many rows; 0 for all"},
    {"cursor", Kind::text, "Go on where an answer stopped"},
    {"deadline_ms", Kind::number, "Give up after so long"},
    {"explain", Kind::flag, "Tell how the answer was worked out"},
    {"count", Kind::flag, "Only how many"},
    {"full", Kind::flag, "All that is known of each entity and event"},
    {"sources", Kind::flag, "Name the releases behind each row"},
    {"since", Kind::text, "A recorded time: 2026-11-24 or 2026-11-24T05:00:00Z"},
};

struct Options {
  std::vector<std::string> about;
  std::map<std::string, std::string, std::less<>> words;
  std::map<std::string, std::vector<std::string>, std::less<>> lists;
  std::map<std::string, bool, std::less<>> flags;
  bool csv = false;
  Place place;
};

std::string dashed(std::string_view field) {
  std::string out(field);
  std::replace(out.begin(), out.end(), '_', '-');
  return "--" + out;
}

void add_options(CLI::App& command, Options& options, query::Ask ask) {
  const auto fields = query::fields_of(ask);
  for (const OptionOf& one : kOptions) {
    if (std::find(fields.begin(), fields.end(), one.field) == fields.end()) continue;
    const std::string field(one.field);
    switch (one.kind) {
      case Kind::text:
      case Kind::number: command.add_option(dashed(field), options.words[field], one.help); break;
      case Kind::list: command.add_option(dashed(field), options.lists[field], one.help)->allow_extra_args(false); break;
      case Kind::flag: command.add_flag(dashed(field), options.flags[field], one.help); break;
    }
  }
}

void add_about(CLI::App& command, Options& options, About about) {
  constexpr int kMany = 1000;
  switch (about) {
    case About::nothing: return;
    case About::one: command.add_option("about", options.about, "An id or a name")->required()->expected(1); return;
    case About::some: command.add_option("about", options.about, "Ids or names")->expected(0, kMany); return;
    case About::pair: command.add_option("about", options.about, "Two ids or names")->required()->expected(2); return;
    case About::one_or_pair: command.add_option("about", options.about, "One or two ids or names")->expected(0, 2); return;
    case About::event: command.add_option("about", options.about, "An event's id")->required()->expected(1); return;
    case About::pattern: command.add_option("about", options.about, "The pattern, or @FILE that holds it")->required()->expected(1); return;
  }
}

// The question as the JSON that a batch would hold, so that one and the same reading finds what is wrong with it.
Result<std::string> question_of(const Command& command, const Options& options) {
  nlohmann::json out{{"ask", std::string(query::to_string(command.ask))}};
  const auto& about = options.about;
  if (command.about == About::event) out["event"] = about.front();
  else if (command.about == About::pattern) {
    std::string pattern = about.front();
    if (pattern.starts_with('@')) {
      std::ifstream file(pattern.substr(1));
      if (!file) return Error{ErrorCode::not_found, "cannot read '" + pattern.substr(1) + "'; give a file that holds a pattern", {}};
      pattern.assign(std::istreambuf_iterator<char>(file), {});
    }
    out["pattern"] = pattern;
  } else if (command.about == About::pair || (command.about == About::one_or_pair && about.size() == 2)) out["between"] = about;
  else if (!about.empty()) out["of"] = about;
  for (const auto& [field, words] : options.words) {
    if (words.empty()) continue;
    const auto kind = std::find_if(std::begin(kOptions), std::end(kOptions), [&](const OptionOf& one) { return one.field == field; })->kind;
    const auto number = nlohmann::json::parse(words, nullptr, false);
    // What is no number is left as it is, so that the question says which field is off.
    if (kind == Kind::number && number.is_number()) out[field] = number;
    else out[field] = words;
  }
  for (const auto& [field, list] : options.lists)
    if (!list.empty()) out[field] = list;
  for (const auto& [field, given] : options.flags)
    if (given) out[field] = true;
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

int run(const Command& command, const Options& options) {
  const auto question = question_of(command, options);
  if (!question) return fail(question.error());
  auto asker = Asker::open(options.place);
  if (!asker) return fail(asker.error());
  const Form form = options.place.json ? Form::json : options.csv ? Form::csv : Form::table;
  return print_answer(**asker, *question, form);
}

struct AskOptions {
  std::string question;
  std::string batch;
  bool csv = false;
  Place place;
};

int run_batch(Asker& asker, std::istream& lines) {
  std::string line;
  std::uint64_t number = 0;
  std::uint64_t asked = 0;
  std::uint64_t answered = 0;
  while (std::getline(lines, line)) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    ++asked;
    const auto answer = asker.answer(line, number);
    if (!answer) return fail(answer.error());
    if (answer->answered) ++answered;
    fmt::print("{}\n", answer->text);
  }
  std::fflush(stdout);
  if (answered == asked) return kOk;
  return answered == 0 ? kFailed : kPartial;
}

int run_ask(const AskOptions& options) {
  if (options.question.empty() == options.batch.empty())
    return fail(Error{ErrorCode::invalid_argument, "give one question as JSON, or --batch FILE with one a line (- for standard input)", {}});
  auto asker = Asker::open(options.place);
  if (!asker) return fail(asker.error());
  if (options.batch.empty())
    return print_answer(**asker, options.question, options.place.json ? Form::json : options.csv ? Form::csv : Form::table);
  if (options.batch == "-") return run_batch(**asker, std::cin);
  std::ifstream file(options.batch);
  if (!file) return fail(Error{ErrorCode::not_found, "cannot read '" + options.batch + "'; give a file with one question a line", {}});
  return run_batch(**asker, file);
}

}  // namespace

void add_ask(CLI::App& program, int& code) {
  auto options = std::make_shared<AskOptions>();
  CLI::App* const command = program.add_subcommand("ask", "Any question as JSON: one, or one a line of a file");
  command->add_option("question", options->question, "The question: {\"ask\": \"timeline\", \"of\": \"country:KR\"}");
  command->add_option("--batch", options->batch, "A file with one question a line; an answer a line comes out, in the same order");
  auto* const csv = command->add_flag("--csv", options->csv, "Answer one question as CSV");
  add_place_options(*command, options->place);
  command->get_option("--json")->excludes(csv);
  command->footer("Example: entente ask --batch questions.jsonl --db relations.db\nThe questions and their fields: docs/queries.md");
  command->callback([options, &code] { code = run_ask(*options); });
}

void add_questions(CLI::App& program, int& code) {
  for (const Command& one : kCommands) {
    auto options = std::make_shared<Options>();
    CLI::App* const command = program.add_subcommand(one.name, one.help);
    add_about(*command, *options, one.about);
    add_options(*command, *options, one.ask);
    auto* const csv = command->add_flag("--csv", options->csv, "Answer as CSV");
    add_place_options(*command, options->place);
    command->get_option("--json")->excludes(csv);
    command->footer(std::string("Example: ") + one.example);
    command->callback([options, &one, &code] { code = run(one, *options); });
  }
}

}  // namespace entente::app
