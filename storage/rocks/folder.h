// The folder that a store lives in, and who holds it.
//   FORMAT    the format number; written last when a store is made, so that it seals it
//   HOLDER    locked by the process that has the store open, and says which that is; empty when nobody has
//   records/  RocksDB's files
//   loading/  what a load of a table has written so far; only while it runs
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace entente::storage {

// Held as long as the object lives; the operating system lets go for a process that dies.
class Holding {
 public:
  // Fails with locked, naming the holder.
  static Result<std::unique_ptr<Holding>> take(const std::filesystem::path& folder, const std::string& holder,
                                               RecordedTime since);
  ~Holding();
  // Who held it before and died without letting go; empty when the last one did.
  const std::string& left_by() const { return left_by_; }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;

 private:
  explicit Holding(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
  std::string left_by_;
};

enum class FolderState : std::uint8_t {
  absent,    // no folder, or an empty one
  unsealed,  // somebody began to make a store in it and did not finish
  older,     // a store of an earlier format
  sealed,    // a store of our format
};

// What is there, without touching it. Fails with unsupported_format, invalid_argument (files that are not a store's),
// permission, corrupt or io.
Result<FolderState> look_at(const std::filesystem::path& folder);
// Fails with permission or io.
Result<void> make_folder(const std::filesystem::path& folder);
// Writes the format number, ours or that of what was copied from elsewhere.
Result<void> seal(const std::filesystem::path& folder, std::uint32_t number);
Result<void> seal(const std::filesystem::path& folder);
// The number that FORMAT says; absent where there is no such file. Fails as look_at does.
Result<std::optional<std::uint32_t>> read_format(const std::filesystem::path& folder);

// Holds what a table's load writes until it is put into the store; nobody's after a crash.
inline constexpr std::string_view kLoadingFolder = "loading";

std::filesystem::path records_folder(const std::filesystem::path& folder);

// What an errno means to the caller: permission, or io with the reason, disk full in so many words.
Error system_error(int number, const std::string& what, const std::filesystem::path& path);

}  // namespace entente::storage
