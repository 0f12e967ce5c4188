#include <fmt/format.h>

#include "base/kill_point.h"
#include "base/log.h"
#include "storage/record/table_store.h"
#include "storage/rocks/folder.h"
#include "storage/rocks/rocks_table.h"
#include "storage/store.h"

namespace entente::storage {
namespace {

// Formats differ as follows, and each is brought up to the next as it is opened:
//   1 to 2  the families for loaded tables and corrections are added; no row is changed
//   2 to 3  the id of an event may lead to another, which its claims tell of now; a correction may say that two ids are one,
//           and a claim what its release says with its own; no row is changed
//   3 to 4  a block of rows of a loaded table may be told column by column; blocks told row by row are read as before, and no
//           row is changed
OpenMode mode_for(FolderState state) {
  if (state == FolderState::sealed) return OpenMode::existing;
  return state == FolderState::older ? OpenMode::older : OpenMode::fresh;
}

// A log that was cut short reads like one that ends there: who knows what was acknowledged can tell by the time.
Result<void> tell_of_death(const std::filesystem::path& folder, const std::string& left_by, Store& store) {
  const auto reader = store.snapshot();
  if (!reader) return reader.error();
  const auto recorded = (*reader)->recorded();
  if (!recorded) return recorded.error();
  log::warn("{} was not closed by {}: its log was read as far as it goes, and it holds what was recorded up to {}", folder.string(), left_by,
            recorded->micros == 0 ? "its making" : recorded->to_text());
  return {};
}

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& folder, const StoreOptions& options,
                                           Clock& clock) {
  const auto before = look_at(folder);
  if (!before) return before.error();
  const bool there = *before == FolderState::sealed || *before == FolderState::older;
  if (!there && !options.create)
    return Error{
        ErrorCode::not_found,
        fmt::format("there is no store at {}: import something into it first, or look at the path", folder.string()),
        {}};
  if (auto made = make_folder(folder); !made) return made.error();
  auto holding = Holding::take(folder, options.holder, clock.now());
  if (!holding) return holding.error();
  // Looked at again now that nobody else can change it.
  const auto state = look_at(folder);
  if (!state) return state.error();
  const OpenMode mode = mode_for(*state);
  auto table = open_rocks_table(records_folder(folder), mode, options.durability);
  if (!table) return table.error();
  if (mode == OpenMode::older) kill_point("migrate.families");
  // A step that was cut off is done again at the next opening: the number is written when all of it is there.
  if (mode != OpenMode::existing)
    if (auto sealed = seal(folder); !sealed) return sealed.error();
  const std::string left_by = (*holding)->left_by();
  auto store = std::make_unique<TableStore>(std::move(*table), std::shared_ptr<Holding>(std::move(*holding)), clock);
  if (!left_by.empty())
    if (auto told = tell_of_death(folder, left_by, *store); !told) return told.error();
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace entente::storage
