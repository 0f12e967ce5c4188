// Rows that are elements of an XML file, one element in memory at a time. Fetches nothing and expands no entities that
// the file declares.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/result.h"
#include "importers/mapping/row_reader.h"

namespace entente::importers {

Result<std::unique_ptr<RowReader>> open_xml_rows(const std::filesystem::path& path, const std::string& element);

}  // namespace entente::importers
