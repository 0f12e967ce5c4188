// A JSON record from a stranger: it is read or refused with a reason, and what it says is valid.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/utf8.h"
#include "importers/read/document.h"
#include "tests/fuzz/require.h"

using namespace entente;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto document = importers::read_document({"a.json", bytes, "", std::nullopt});
  if (!document) {
    require(!document.error().message.empty());
    return 0;
  }
  for (const std::string* said : {&document->text, &document->id, &document->publisher, &document->title, &document->url, &document->language})
    require(!find_invalid_utf8(*said));
  require(document->to_bytes.size() == document->text.size());
  if (document->published) require(is_valid(*document->published));
  return 0;
}
