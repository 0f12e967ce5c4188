#include "importers/tables/type_codes.h"

#include <fmt/format.h>

#include <algorithm>

#include "graph/ontology/signatures.h"
#include "importers/lexicon/table_file.h"

namespace entente::importers {
namespace {

// Reads one of a closed set; an empty cell is none.
template <class Value>
bool read(const std::string& text, std::optional<Value> (*parse)(std::string_view), std::optional<Value>& out) {
  if (text.empty()) return true;
  out = parse(text);
  return out.has_value();
}

}  // namespace

Result<TypeCodes> TypeCodes::load(const std::filesystem::path& path) {
  const auto file = TableFile::read(path, {"code", "type", "status", "mode", "stage", "stance"});
  if (!file) return file.error();
  TypeCodes out;
  out.file_ = path.string();
  for (const auto& row : file->rows()) {
    graph::TableCode code;
    code.code = file->cell(row, 0);
    const auto type = graph::parse_event_type(file->cell(row, 1));
    if (code.code.empty() || !type) return file->error_at(row, fmt::format("'{}' is no type of event", file->cell(row, 1)));
    code.type = *type;
    std::optional<graph::Status> status;
    if (!read(file->cell(row, 2), graph::parse_status, status) || !read(file->cell(row, 3), graph::parse_mode, code.mode) ||
        !read(file->cell(row, 4), graph::parse_stage, code.stage) || !read(file->cell(row, 5), graph::parse_stance, code.stance))
      return file->error_at(row, "a word that is no status, mode, stage or stance");
    if (code.stage && !graph::allows_stage(code.type, *code.stage))
      return file->error_at(row, fmt::format("a {} has no stage {}", to_string(code.type), to_string(*code.stage)));
    if (code.stance && !graph::allows_stance(code.type))
      return file->error_at(row, fmt::format("a {} has no stance", to_string(code.type)));
    code.status = status.value_or(graph::Status::occurred);
    out.rows_.push_back(std::move(code));
  }
  std::stable_sort(out.rows_.begin(), out.rows_.end(),
                   [](const auto& a, const auto& b) { return a.code.size() > b.code.size(); });
  return out;
}

Result<graph::TableCode> TypeCodes::find(std::string_view code) const {
  const std::string full = code.size() == 2 ? "0" + std::string(code) : std::string(code);
  for (const graph::TableCode& row : rows_)
    if (full.starts_with(row.code)) {
      graph::TableCode out = row;
      out.code = code;
      return out;
    }
  return Error{ErrorCode::invalid_argument, fmt::format("no row of {} fits the code '{}': add one", file_, code), {}};
}

}  // namespace entente::importers
