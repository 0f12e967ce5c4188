#include "apps/entente/inputs.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace entente::app {
namespace {

namespace fs = std::filesystem;

bool is_release_file(const fs::path& path) {
  const std::string extension = path.extension().string();
  return extension == ".html" || extension == ".htm" || extension == ".txt" || extension == ".json";
}

Error path_error(const fs::path& path, const std::error_code& code) {
  const bool rights = code == std::errc::permission_denied;
  return Error{rights ? ErrorCode::permission : ErrorCode::not_found, path.string() + ": " + code.message() + (rights ? "; run as a user who may read it" : "; check the path"), {}};
}

}  // namespace

Inputs find_inputs(const std::vector<std::string>& paths) {
  Inputs inputs;
  for (const std::string& text : paths) {
    const fs::path path(text);
    std::error_code code;
    const auto status = fs::status(path, code);
    if (!fs::exists(status)) {
      inputs.errors.push_back(path_error(path, code ? code : std::make_error_code(std::errc::no_such_file_or_directory)));
      continue;
    }
    if (!fs::is_directory(status)) {
      inputs.files.push_back(path);
      continue;
    }
    std::vector<fs::path> found;
    fs::recursive_directory_iterator it(path, code);
    if (code) {
      inputs.errors.push_back(path_error(path, code));
      continue;
    }
    for (; it != fs::recursive_directory_iterator(); it.increment(code)) {
      if (code) break;
      std::error_code ignored;
      if (it->is_regular_file(ignored) && is_release_file(it->path())) found.push_back(it->path());
    }
    if (code) inputs.errors.push_back(path_error(path, code));
    std::sort(found.begin(), found.end());
    inputs.files.insert(inputs.files.end(), found.begin(), found.end());
  }
  return inputs;
}

Result<importers::Document> load_document(const fs::path& file, const std::string& publisher, const std::optional<CivilDate>& date) {
  std::error_code code;
  const auto size = fs::file_size(file, code);
  if (!code && size > importers::kDocumentBytesMax)
    return Error{ErrorCode::too_large, file.string() + " has " + std::to_string(size >> 20U) + " MiB; a release has at most " + std::to_string(importers::kDocumentBytesMax >> 20U) + ": split it", {}};
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{ErrorCode::permission, file.string() + " cannot be opened; check that it is there and that you may read it", {}};
  importers::Document document;
  document.name = file.string();
  document.bytes.assign(std::istreambuf_iterator<char>(in), {});
  document.publisher = publisher;
  document.published = date;
  return document;
}

Result<std::optional<CivilDate>> parse_date_option(const std::string& text) {
  if (text.empty()) return std::optional<CivilDate>();
  const auto date = parse_iso_date(text);
  if (!date) return Error{ErrorCode::invalid_argument, "'" + text + "' is no date; write year, month and day: 2020-11-19", {}};
  return date;
}

}  // namespace entente::app
