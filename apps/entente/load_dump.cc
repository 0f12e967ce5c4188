#include "apps/entente/load_dump.h"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>

#include "base/clock.h"
#include "storage/care/dump.h"

namespace entente::app {
namespace {

namespace fs = std::filesystem;

// A store takes its place when all of it is there; what is left of one that was cut off lies beside it under this name.
fs::path unfinished(const fs::path& folder) { return folder.string() + fmt::format(".loading-{}", ::getpid()); }

Result<void> make(std::istream& in, const fs::path& folder) {
  SystemClock clock;
  storage::StoreOptions how;
  how.durability = storage::Durability::relaxed;  // closing it puts everything on disk
  how.holder = "entente load";
  const auto store = storage::Store::open(folder, how, clock);
  if (!store) return store.error();
  if (auto done = storage::undump(in, **store); !done) return done;
  return (*store)->close();
}

}  // namespace

Result<void> load_dump(const std::string& file, const fs::path& folder) {
  std::error_code failed;
  const bool empty = fs::is_directory(folder, failed) && fs::is_empty(folder, failed);
  if (fs::exists(folder, failed) && !empty)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("there is something at {} already: a dump becomes a new store, name a new folder", folder.string()), {}};
  std::ifstream named;
  if (file != "-") {
    named.open(file, std::ios::binary);
    if (!named) return Error{ErrorCode::not_found, fmt::format("cannot read {}: look at the path and its rights", file), {}};
  }
  const fs::path beside = unfinished(folder);
  fs::remove_all(beside, failed);
  auto made = make(file == "-" ? std::cin : named, beside);
  if (made) {
    fs::rename(beside, folder, failed);
    if (!failed) return {};
    made = Error{ErrorCode::io, fmt::format("cannot put the store at {}: {}", folder.string(), failed.message()), {}};
  }
  std::error_code ignored;
  fs::remove_all(beside, ignored);
  return made.error().during("loading " + file);
}

}  // namespace entente::app
