// dump: a store as lines of JSON; `entente load FILE.jsonl` makes a store of them (load_dump.cc).
#include "storage/care/dump.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"

namespace entente::app {
namespace {

struct Options {
  std::string file;
  Place place;
};

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdout) std::fclose(file);
  }
};

Error failed(const std::string& file) {
  return {ErrorCode::io, fmt::format("cannot write {}: {}; what stands there is no whole dump", file, std::strerror(errno)), {}};
}

int run(const Options& options) {
  SystemClock clock;
  storage::StoreOptions how;
  how.create = false;
  how.holder = "entente dump";
  const auto store = storage::Store::open(store_folder(options.place), how, clock);
  if (!store) return fail(store.error());
  const bool to_output = options.file.empty() || options.file == "-";
  const std::string name = to_output ? "standard output" : options.file;
  const std::unique_ptr<std::FILE, Close> out(to_output ? stdout : std::fopen(options.file.c_str(), "wbe"));
  if (!out) return fail(failed(name));
  const auto dumped = storage::dump(**store, [&](std::string_view line) -> Result<void> {
    if (std::fwrite(line.data(), 1, line.size(), out.get()) != line.size() || std::fputc('\n', out.get()) == EOF) return failed(name);
    return {};
  });
  if (!dumped) return fail(dumped.error().during("dumping " + store_folder(options.place).string()));
  if (std::fflush(out.get()) != 0) return fail(failed(name));
  return kOk;
}

}  // namespace

void add_dump(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("dump", "Write a store as lines of JSON, with its whole history");
  command->add_option("file", options->file, "The file (- or none: standard output)");
  command->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
  command->footer("Example: entente dump relations.jsonl --db relations.db; entente load relations.jsonl --db again.db");
  command->callback([options, &code] { code = run(*options); });
}

}  // namespace entente::app
