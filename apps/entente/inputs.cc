#include "apps/entente/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <utility>

namespace entente::app {
namespace {

namespace fs = std::filesystem;

bool is_release_file(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".html" || extension == ".htm" || extension == ".txt" || extension == ".json";
}

Error path_error(const fs::path& path, const std::error_code& code) {
  const bool rights = code == std::errc::permission_denied;
  return Error{
      rights ? ErrorCode::permission : ErrorCode::not_found,
      path.string() + ": " + code.message() + (rights ? "; run as a user who may read it" : "; check the path"),
      {}};
}

// The release files below a folder, sorted by path. A folder that cannot be read is an error of its own; the others are
// gone through all the same. Links to folders are not followed: they may lead round in a circle.
void find_in_folder(const fs::path& folder, Inputs& inputs) {
  std::error_code code;
  std::vector<fs::path> found;
  std::vector<fs::path> folders;
  for (fs::directory_iterator it(folder, code); !code && it != fs::directory_iterator(); it.increment(code)) {
    std::error_code ignored;
    if (it->is_directory(ignored) && !it->is_symlink(ignored))
      folders.push_back(it->path());
    else if (it->is_regular_file(ignored) && is_release_file(it->path()))
      found.push_back(it->path());
  }
  if (code) inputs.errors.push_back(path_error(folder, code));
  found.insert(found.end(), folders.begin(), folders.end());
  std::sort(found.begin(), found.end());
  std::sort(folders.begin(), folders.end());
  for (const fs::path& path : found) {
    if (std::binary_search(folders.begin(), folders.end(), path))
      find_in_folder(path, inputs);
    else
      inputs.files.push_back(path);
  }
}

// All bytes of it, or one more than a document may have: an endless device ends there, too.
Result<std::string> read_bytes(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    return Error{ErrorCode::permission,
                 file.string() + " cannot be opened; check that it is there and that you may read it",
                 {}};
  constexpr std::size_t kPiece = 1U << 20U;
  std::string bytes;
  while (in && bytes.size() <= importers::kDocumentBytesMax) {
    const std::size_t had = bytes.size();
    bytes.resize(had + kPiece);
    in.read(bytes.data() + had, static_cast<std::streamsize>(kPiece));
    bytes.resize(had + static_cast<std::size_t>(in.gcount()));
  }
  if (in.bad()) return Error{ErrorCode::io, file.string() + " cannot be read to its end; look at the disk", {}};
  return bytes;
}

Error too_large(const fs::path& file, std::uintmax_t bytes) {
  return Error{ErrorCode::too_large,
               fmt::format("{} has {} MiB or more; a release has at most {}: split it", file.string(), bytes >> 20U,
                           importers::kDocumentBytesMax >> 20U),
               {}};
}

}  // namespace

Inputs find_inputs(const std::vector<std::string>& paths) {
  Inputs inputs;
  for (const std::string& text : paths) {
    const fs::path path(text);
    std::error_code code;
    const auto status = fs::status(path, code);
    if (!fs::exists(status))
      inputs.errors.push_back(
          path_error(path, code ? code : std::make_error_code(std::errc::no_such_file_or_directory)));
    else if (fs::is_directory(status))
      find_in_folder(path, inputs);
    else
      inputs.files.push_back(path);
  }
  return inputs;
}

Result<importers::Document> load_document(const fs::path& file, const std::string& publisher,
                                          const std::optional<CivilDate>& date) {
  std::error_code code;
  const auto size = fs::file_size(file, code);
  if (!code && size > importers::kDocumentBytesMax) return too_large(file, size);
  auto bytes = read_bytes(file);
  if (!bytes) return bytes.error();
  if (bytes->size() > importers::kDocumentBytesMax) return too_large(file, bytes->size());
  importers::Document document;
  document.name = file.string();
  document.bytes = std::move(*bytes);
  document.publisher = publisher;
  document.published = date;
  return document;
}

Result<std::optional<CivilDate>> parse_date_option(const std::string& text) {
  if (text.empty()) return std::optional<CivilDate>();
  const auto date = parse_iso_date(text);
  if (!date)
    return Error{ErrorCode::invalid_argument, "'" + text + "' is no date; write year, month and day: 2020-11-19", {}};
  return date;
}

}  // namespace entente::app
