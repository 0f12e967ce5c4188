// The record on disk (RocksDB) or in memory: opening it, adding to it, and frozen views of it. No RocksDB type appears.
// A Store may be used from any thread; writes go one after another, readers never wait for them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "graph/model/correction.h"
#include "graph/model/entity.h"
#include "graph/view/changes.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "graph/view/rows.h"
#include "graph/view/source_state.h"
#include "graph/view/table_load.h"

namespace entente::storage {

enum class Durability : std::uint8_t {
  synced = 1,   // an acknowledged write survives kill -9 and power loss; writers at one time share a sync of the disk
  relaxed = 2,  // it survives kill -9; what the operating system has not written yet is lost with the power
};

struct StoreOptions {
  bool create = true;  // make the folder and an empty store when there is none
  Durability durability = Durability::synced;
  // What a second process is told of this one: "entente serve, listening on unix:/run/entente.sock".
  std::string holder = "entente";
};

// What one kind of rows takes on disk.
struct FamilySize {
  std::string name;
  std::uint64_t files = 0;
  std::uint64_t rows = 0;  // a row that was replaced counts until its file is written anew
  std::uint64_t bytes = 0;
};

// What a step left behind.
struct Written {
  RecordedTime through;                 // everything recorded up to here is there
  std::vector<graph::EventRef> events;  // those that are others than before, or gone
  // Whose timelines have other rows than before: of one (the second is 0), or of two, the smaller number first.
  std::vector<std::pair<graph::EntityNumber, graph::EntityNumber>> rows;
};

class Store : public graph::ClaimSink, public graph::SourceStates {
 public:
  // Opens the store in `folder`. The clock outlives the store. Fails with locked (naming the holder), not_found
  // (create is false and there is no store), unsupported_format (another format number; nothing is touched),
  // permission, corrupt or io.
  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& folder, const StoreOptions& options, Clock& clock);
  // The twin that keeps everything in memory: for tests and small graphs.
  static std::unique_ptr<Store> in_memory(Clock& clock);

  // A frozen view, of now or as the store would have answered at `as_of`. It must not outlive the store.
  virtual Result<std::unique_ptr<graph::Reader>> snapshot(std::optional<RecordedTime> as_of = std::nullopt) = 0;

  // Puts the entities of the gazetteer in, replacing those of an earlier version. `version` names the data (a hash);
  // nothing happens when it is the version that is there. Officials and forums come from claims, not from here.
  virtual Result<void> put_gazetteer(std::span<const graph::Entity> entities, const std::string& version) = 0;

  // Begins to load a table of events; nothing else is recorded until it is committed or let go of. Fails with
  // invalid_argument for a prefix that is none or is taken, or codes or roles that are too many.
  virtual Result<std::unique_ptr<graph::TableLoad>> begin_load(const graph::TableInfo& info) = 0;

  // Says of claims or events what a person knows better, with all that follows from it, as one step. It holds for later
  // readings too, and can be taken back. Fails with invalid_argument or not_found, saying why.
  virtual Result<void> correct(const graph::Correction& correction) = 0;

  // What record() would change, without doing it. Fails as record() does.
  virtual Result<graph::ReadingChange> compare(const graph::Reading& reading) = 0;

  // What each family takes on disk; what was recorded a moment ago may not be counted yet.
  virtual Result<std::vector<FamilySize>> sizes() = 0;

  // Records readings and makes corrections in their order, all or none, as one durable step. Fails as record() and
  // correct() do, naming the step at fault.
  virtual Result<graph::StepsReport> record_steps(std::span<const graph::WriteStep> steps) = 0;

  // As record_with, with rows that depend on the report. `rows` is called once at most, while nothing else is written.
  using RowsOf = std::function<std::vector<graph::StateRow>(const graph::RecordReport&)>;
  virtual Result<graph::RecordReport> record_reported(const graph::Reading& reading, const RowsOf& rows) = 0;

  // What changed after a recorded time, at most `max` changes and those that were recorded with the last of them.
  virtual Result<graph::Changes> changes(RecordedTime after, std::size_t max) = 0;
  // Calls `told` after each step that recorded something, in their order, until the handle is let go of: on the thread of
  // one who writes, before what is written next is there. It is to be quick, and to write nothing itself.
  virtual std::shared_ptr<void> when_recorded(std::function<void(const Written&)> told) = 0;

  // How the store does, for a person or a graph of it: names that stay, and numbers.
  virtual std::vector<std::pair<std::string, std::uint64_t>> figures() = 0;

  // Adds a copy of all that is recorded to a folder of copies, which is made where there is none. A later copy takes the
  // room of what came since; reading and recording go on meanwhile.
  virtual Result<void> back_up(const std::filesystem::path& folder) = 0;
  // Makes a store in `folder`, where none may be, of the newest copy in `backup`. Fails with not_found, invalid_argument
  // (there is a store), unsupported_format, corrupt (a copy that is damaged) or io.
  static Result<void> restore(const std::filesystem::path& backup, const std::filesystem::path& folder);

  // The durable end: everything acknowledged is on disk. Called by the destructor too, which cannot report.
  virtual Result<void> close() = 0;
};

// The number of the format on disk that this program writes; docs/storage-format.md describes it.
inline constexpr std::uint32_t kFormatNumber = 4;

}  // namespace entente::storage
