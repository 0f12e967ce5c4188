// Bytes from strangers into what reads tables by a mapping. The first byte chooses the format: c t j x, or T for a template.
#include <sys/mman.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string>

#include "importers/mapping/row_reader.h"
#include "importers/mapping/template.h"
#include "tests/fuzz/require.h"

using namespace entente;
using namespace entente::importers;

namespace {

void rows(const std::string& bytes, TableFormat format) {
  const int descriptor = ::memfd_create("table", MFD_CLOEXEC);
  require(descriptor >= 0 && ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()));
  {
    auto reader = open_rows("/proc/self/fd/" + std::to_string(descriptor), {format, {}, "row"});
    require(reader.ok());
    TableRow row;
    // Each row takes a byte or more of the file, so that it ends.
    for (std::size_t count = 0;; ++count) {
      require(count <= bytes.size() + 1);
      const auto more = (*reader)->next(row);
      if (more ? !*more : more.error().code != ErrorCode::invalid_argument) break;
      if (more) require(row.find("no such column").empty());
    }
  }
  ::close(descriptor);
}

void row_template(const std::string& bytes) {
  const auto parsed = RowTemplate::parse(bytes);
  const TableRow row{{{"a", "x, y"}, {"b", ""}}, 1};
  if (parsed) require(parsed->render(row).size() <= bytes.size() * 8);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0]) {
    case 'c': rows(bytes, TableFormat::csv); break;
    case 't': rows(bytes, TableFormat::tsv); break;
    case 'j': rows(bytes, TableFormat::jsonl); break;
    case 'x': rows(bytes, TableFormat::xml); break;
    case 'T': row_template(bytes); break;
    default: break;
  }
  return 0;
}
