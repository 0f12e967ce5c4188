// The little that RocksDB and the twin in memory must do alike: rows in the order of their keys, frozen views of them,
// and writes that happen all or not at all. Everything else of a store is built on these and is the same for both.
// Rows are never removed: what no longer holds says so in its value.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "storage/layout/families.h"
#include "storage/store.h"

namespace entente::storage {

// Keys from `lower` up to, but not including, `upper`. Both ends are always set.
struct Range {
  Family family = Family::meta;
  std::string lower;
  std::string upper;
};

// All keys that start so. REQUIRES: not empty and shorter than, or as long as, the family's keys.
Range starting_with(Family family, std::string_view start);
Range whole(Family family);
// The smallest text greater than everything that starts so; for a start of nothing but 0xFF, longer than any key.
std::string after_all(std::string_view start);

enum class Direction : std::uint8_t { forward, backward };

// Rows one at a time. What it gives lives until next().
class Scan {
 public:
  virtual ~Scan() = default;
  // False at the end, or after an error: ask status() then.
  virtual bool valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual void next() = 0;
  virtual Result<void> status() const = 0;
};

// A frozen view. For one thread at a time.
class TableView {
 public:
  virtual ~TableView() = default;
  // Absent when there is no such row.
  virtual Result<std::optional<std::string>> get(Family family, std::string_view key) const = 0;
  virtual std::unique_ptr<Scan> scan(const Range& range, Direction direction) const = 0;

  // The number of an id, where the table remembers it from another view; only what was there when this view was opened
  // is found. An id keeps its number for good, so that what is remembered stays true.
  virtual std::optional<EntityNumber> remembered_number(std::string_view /*id*/) const { return std::nullopt; }
  // REQUIRES: the view's rows say so.
  virtual void remember_number(std::string_view /*id*/, EntityNumber /*number*/) const {}
};

struct Write {
  Family family = Family::meta;
  std::string key;
  std::string value;
};

// Many rows at once, written beside the table and put into it whole: for what is too much for one batch. Letting go
// without commit() leaves nothing behind. Different families may be put from different threads.
class Bulk {
 public:
  virtual ~Bulk() = default;
  // REQUIRES: keys of one family come in their order, each once.
  virtual Result<void> put(Family family, std::string_view key, std::string_view value) = 0;
  // A folder for what is on its way; empty where there is none, as in memory.
  virtual std::filesystem::path scratch() const = 0;
  // All or nothing, durable when it returns.
  virtual Result<void> commit() = 0;
};

// A file whose bytes are not those that were written: the rows in it cannot be read.
struct DamagedFile {
  std::optional<Family> family;  // none: the log, which holds the last writes to all of them
  std::string name;  // within the folder of the records
  std::uint64_t rows = 0;
  std::string what;  // as the file's reader says it
};

class Table {
 public:
  virtual ~Table() = default;
  virtual Result<std::unique_ptr<TableView>> view() = 0;
  // All or nothing. Views that are opened afterwards have it; it is not on disk yet: see settle().
  Result<void> apply(const std::vector<Write>& writes) { return apply_all({&writes, 1}); }
  // Several steps in their order, as one.
  virtual Result<void> apply_all(std::span<const std::vector<Write>> steps) = 0;
  // Returns when all that was applied before the call is as durable as the store's options say. From any thread: those
  // that wait at one time wait for one sync of the disk together.
  virtual Result<void> settle() = 0;
  // REQUIRES: nothing is applied until the bulk is let go of.
  virtual Result<std::unique_ptr<Bulk>> bulk() = 0;
  // Adds a copy of all that is there to a folder of copies. Fails with invalid_argument for what is in memory.
  virtual Result<void> back_up(const std::filesystem::path& folder) = 0;
  // What each family takes, by its files; what is in the log only is not counted yet.
  virtual Result<std::vector<FamilySize>> sizes() = 0;
  // Reads all files through. Empty where every one is as it was written, and in memory.
  virtual Result<std::vector<DamagedFile>> damaged_files() = 0;
  // Numbers that tell how it does; none where there is nothing to tell.
  virtual std::vector<std::pair<std::string, std::uint64_t>> figures() const { return {}; }
  // Everything applied is on disk afterwards, in files rather than the log. May be called more than once.
  virtual Result<void> flush() = 0;
};

// "corrupt: the row 0a1b… of events is none that was written": for a key or value that does not decode.
Error corrupt_row(Family family, std::string_view key);

}  // namespace entente::storage
