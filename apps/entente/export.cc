// export: the surroundings of some entities, or everything that fits, as a file for other programs.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "apps/entente/answers.h"
#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "graph/exchange/writer.h"
#include "graph/query/json.h"

namespace entente::app {
namespace {

namespace exchange = graph::exchange;
using json = nlohmann::ordered_json;

struct Options {
  std::vector<std::string> about;
  std::string format = "graphml";
  std::string shape = "pairs";
  std::string base;
  std::string output;
  std::map<std::string, std::string> words;
  std::map<std::string, std::vector<std::string>> lists;
  Place place;
};

// Where the text goes: standard output, or a file that has its name only when it is whole.
class Output {
 public:
  static Result<std::unique_ptr<Output>> open(const std::string& path) {
    auto out = std::make_unique<Output>();
    if (path.empty()) return out;
    out->path_ = path;
    out->file_.open(out->part(), std::ios::binary | std::ios::trunc);
    if (!out->file_)
      return Error{ErrorCode::io, "cannot write '" + path + "'; name a file in a folder that you may write to", {}};
    return out;
  }
  ~Output() {
    if (path_.empty() || kept_) return;
    std::error_code code;
    file_.close();
    std::filesystem::remove(part(), code);
  }
  void put(std::string_view text) {
    if (path_.empty())
      std::cout.write(text.data(), static_cast<std::streamsize>(text.size()));
    else
      file_.write(text.data(), static_cast<std::streamsize>(text.size()));
  }
  Result<void> keep() {
    if (path_.empty()) {
      if (std::cout.flush()) return {};
      return Error{ErrorCode::io, "standard output took not all of it", {}};
    }
    file_.close();
    std::error_code code;
    if (file_) std::filesystem::rename(part(), path_, code);
    kept_ = file_ && !code;
    if (kept_) return {};
    return Error{ErrorCode::io, "cannot write all of '" + path_ + "'; is there room?", {}};
  }

 private:
  std::string part() const { return path_ + ".part"; }

  std::string path_;
  std::ofstream file_;
  bool kept_ = false;
};

std::string question_of(const Options& options, exchange::Format format) {
  json out{{"ask", "subgraph"}, {"full", true}};
  if (!options.about.empty()) out["of"] = options.about;
  // Where each statement comes from is what RDF has PROV-O for; the others name at most an address.
  if (format == exchange::Format::turtle || format == exchange::Format::ntriples ||
      format == exchange::Format::icalendar || format == exchange::Format::jsonl)
    out["sources"] = true;
  for (const auto& [field, words] : options.words) {
    if (words.empty()) continue;
    const auto number = json::parse(words, nullptr, false);
    if ((field == "steps" || field == "limit" || field == "deadline_ms") && number.is_number())
      out[field] = number;
    else
      out[field] = words;
  }
  for (const auto& [field, list] : options.lists)
    if (!list.empty()) out[field] = list;
  if (format == exchange::Format::icalendar && !out.contains("status")) out["status"] = "planned";
  return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

int run(const Options& options) {
  exchange::Terms terms;
  const auto format = exchange::parse_format(options.format);
  if (!format) return fail(Error{ErrorCode::invalid_argument, "there is no format '" + options.format + "'", {}});
  terms.format = *format;
  terms.shape = options.shape == "events" ? exchange::Shape::events : exchange::Shape::pairs;
  if (!options.base.empty()) terms.base = options.base;
  auto asker = Asker::open(options.place);
  if (!asker) return fail(asker.error());
  if (terms.format == exchange::Format::icalendar) {
    // When the entries were made is when the view was recorded.
    const auto view = (*asker)->answer(R"({"ask":"resolve","name":"?","limit":1})", 0);
    if (!view) return fail(view.error());
    if (!view->answered) return fail_with(view->text);
    terms.as_of = json::parse(view->text)["as_of"].get<std::string>();
  }
  auto output = Output::open(options.output);
  if (!output) return fail(output.error());
  const auto writer = exchange::make_writer(terms, [&](std::string_view text) { (*output)->put(text); });
  std::size_t nodes = 0;
  std::size_t edges = 0;
  const auto answer = (*asker)->stream(question_of(options, terms.format), [&](std::string_view text) {
    const json row = json::parse(text, nullptr, false);
    if (!row.is_object()) return;
    if (row.contains("node")) {
      ++nodes;
      writer->node(row);
    } else {
      ++edges;
      writer->edge(row);
    }
  });
  if (!answer) return fail(answer.error());
  if (!answer->answered) {
    if (options.output.empty() && nodes != 0) fmt::print(stderr, "entente: what was printed is not the whole\n");
    return fail_with(answer->text);
  }
  writer->end();
  if (auto kept = (*output)->keep(); !kept) return fail(kept.error());
  if (writer->left_out() != 0) fmt::print(stderr, "-- {} events without a day are left out\n", writer->left_out());
  if (!options.output.empty())
    fmt::print("{}: {} entities, {} events\n", options.output, nodes, edges - writer->left_out());
  return kOk;
}

}  // namespace

void add_export(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("export", "Entities and events as a file for other programs");
  constexpr int kMany = 1000;
  command->add_option("about", options->about, "Ids or names; without any, everybody")->expected(0, kMany);
  std::vector<std::string> formats;
  for (const auto format : exchange::all_formats()) formats.emplace_back(exchange::to_string(format));
  command
      ->add_option("--format", options->format,
                   "graphml, gexf, dot, nodes-csv, edges-csv, turtle, ntriples, jsonl, icalendar (graphml)")
      ->check(CLI::IsMember(formats));
  command
      ->add_option("--shape", options->shape,
                   "pairs: an edge for each two participants; events: events are nodes, too (pairs)")
      ->check(CLI::IsMember({"pairs", "events"}));
  command->add_option("--base", options->base, "RDF: what stands before an id (urn:entente:id:)");
  command->add_option("--output", options->output, "A file; without one, standard output");
  for (const char* field : {"steps", "from", "to", "limit", "deadline_ms"}) {
    std::string name = field;
    std::replace(name.begin(), name.end(), '_', '-');
    command->add_option("--" + name, options->words[field], "As of `entente subgraph`");
  }
  for (const char* field :
       {"type", "level", "status", "mode", "stage", "stance", "forum", "place", "topic", "publisher", "code"})
    command
        ->add_option(std::string("--") + field, options->lists[field], "As of `entente subgraph`; may be given again")
        ->allow_extra_args(false);
  add_place_options(*command, options->place);
  command->footer("Example: entente export KR KZ --from 2020 --format gexf --output central-asia.gexf");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
