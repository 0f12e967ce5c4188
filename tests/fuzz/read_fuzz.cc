// Bytes from strangers into the first two rooms. The first byte chooses the name, and so the way of reading.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "importers/clean/clean.h"
#include "importers/read/document.h"
#include "tests/fuzz/require.h"

using namespace entente::importers;

namespace {

const Boilerplate& some_boilerplate() {
  static const Boilerplate table{.lines = {"share", "print"},
                                 .starts = {"for inquiries"},
                                 .labels = {"tags"},
                                 .ends = {"related news"},
                                 .changes = {"last updated"},
                                 .published = {"posted on", "date"},
                                 .titles = {"subject"},
                                 .imprints = {"ministry of foreign affairs", "embassy of"},
                                 .openers = {"share", "print", "for", "tags", "related", "last", "posted", "date", "subject"},
                                 .imprint_openers = {"ministry", "embassy"}};
  return table;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static constexpr std::array kNames{"a.html", "a.txt", "a.json", "a"};
  if (size == 0) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto document = read_document({kNames[data[0] % kNames.size()], bytes, "", std::nullopt});
  if (!document) {
    require(!document.error().message.empty());
    return 0;
  }
  require(!entente::find_invalid_utf8(document->text));
  require(document->to_bytes.size() == document->text.size());
  Notes notes;
  const auto clean = entente::importers::clean(*std::move(document), some_boilerplate(), notes);
  if (!clean) return 0;
  require(!entente::find_invalid_utf8(clean->text));
  require(clean->to_document.size() == clean->text.size());
  std::size_t end = 0;
  for (const Block& block : clean->blocks) {
    require(block.span.begin >= end && block.span.end > block.span.begin && block.span.end <= clean->text.size());
    require(clean->source_bytes(block.span).second <= bytes.size());
    end = block.span.end;
  }
  return 0;
}
