// load: tables of events into a store, in one step; or a dump into a new one.
#include <fmt/format.h>
#include <unistd.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "apps/entente/load_bar.h"
#include "apps/entente/load_dump.h"
#include "apps/entente/load_mapped.h"
#include "importers/tables/event_tables.h"

namespace entente::app {
namespace {

struct Options {
  importers::EventTables files;
  MappedLoad mapped;
  std::string prefix = "x";
  std::string publisher;
  double confidence = 1;
  std::uint64_t errors_max = 0;
  Place place;
};

// A dump needs no mapping: it says itself what it is.
int run_dump(const Options& options) {
  const std::string file = options.mapped.tables.front();
  if (options.mapped.tables.size() > 1 || !options.files.events.empty() || (file != "-" && !file.ends_with(".jsonl")))
    return fail({ErrorCode::invalid_argument, "a table needs --mapping, which says what its columns are, and a dump is one file that ends in .jsonl: see entente load --help", {}});
  const auto folder = store_folder(options.place);
  if (auto loaded = load_dump(file, folder); !loaded) return fail(loaded.error());
  fmt::print("{} is loaded to {}\n", file, folder.string());
  return kOk;
}

int run(const Options& options) {
  if (!options.mapped.mapping.empty()) {
    MappedLoad mapped = options.mapped;
    mapped.errors_max = options.errors_max;
    mapped.place = options.place;
    return load_mapped(mapped);
  }
  if (!options.mapped.tables.empty()) return run_dump(options);
  if (options.files.events.empty() || options.files.participations.empty() || options.files.entities.empty())
    return fail({ErrorCode::invalid_argument, "--events, --participations and --entities go together; or name a table and its --mapping", {}});
  const auto codes = importers::TypeCodes::load(data_folder(options.place) / "mappings" / "cameo.tsv");
  if (!codes) return fail(codes.error());
  auto source = Source::open(options.place, true, "entente load");
  if (!source) return fail(source.error());
  storage::Store& store = *(*source)->store();
  auto load = store.begin_load({options.prefix, options.files.events.filename().string(), options.publisher,
                                options.confidence, {}, {}});
  if (!load) return fail(load.error());
  Bar bar(::isatty(STDERR_FILENO) == 1);
  importers::LoadTables how;
  how.errors_max = options.errors_max;
  how.bad_row = [&](const std::string& text) {
    bar.clear();
    fmt::print(stderr, "entente: {}\n", text);
  };
  how.progress = [&](const importers::TableProgress& at) { bar.draw(at); };
  const auto loaded = importers::load_tables(options.files, *codes, how, **load);
  bar.clear();
  if (!loaded) return fail(loaded.error());
  load->reset();
  if (auto closed = store.close(); !closed) return fail(closed.error());
  const graph::TableReport& report = loaded->report;
  if (options.place.json)
    fmt::print("{}\n", nlohmann::json{{"prefix", options.prefix},
                                      {"entities", report.entities},
                                      {"releases", report.sources},
                                      {"events", report.events},
                                      {"participations", report.participations},
                                      {"bad_rows", loaded->bad_rows}}
                           .dump());
  else
    fmt::print("loaded {}: {} events, {} participations, {} entities, {} releases; {} bad rows left out\n",
               options.prefix, report.events, report.participations, report.entities, report.sources, loaded->bad_rows);
  return loaded->bad_rows == 0 ? kOk : kPartial;
}

}  // namespace

void add_load(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("load", "Put tables of events into a store, or make a store of a dump");
  command->add_option("tables", options->mapped.tables, "Tables of any kind, and folders of them, with --mapping; or what `entente dump` wrote (- : standard input)");
  command->add_option("--mapping", options->mapped.mapping,
                      "What the columns of a table mean: a file, or one of data/mappings: gdelt, icews, polecat, historyoffice-visits, historyoffice-travels");
  command->add_option("--events", options->files.events, "CSV: id, type, date, release, place");
  command->add_option("--participations", options->files.participations, "CSV: event, entity, role");
  command->add_option("--entities", options->files.entities, "CSV: id, kind, name, country, date");
  command->add_option("--types", options->files.types, "CSV: code, label of each type");
  command->add_option("--id-prefix", options->prefix, "Entity 17 and event 5 of the tables become x:17 and x:5 (x)");
  command->add_option("--publisher", options->publisher, "Who says all this: KR-MOFA");
  command->add_option("--confidence", options->confidence, "How sure each row is, 0 to 1 (1)");
  command->add_option("--max-errors", options->errors_max, "Bad rows that are left out before the load gives up (0)");
  command->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
  command->add_option("--data", options->place.data, "Folder of lexicon, gazetteer and mappings (also ENTENTE_DATA)");
  add_json_option(*command, options->place);
  command->footer(
      "Examples: entente load --events events.csv --participations participations.csv --entities entities.csv --db big.db\n"
      "          entente load 20240503.export.CSV --mapping gdelt --max-errors 100 --db world.db");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
