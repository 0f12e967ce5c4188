// Bytes of any encoding to UTF-8, with the way back. Never fails: what cannot be read becomes U+FFFD and is counted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "importers/read/offset_map.h"

namespace entente::importers {

struct Decoded {
  std::string text;  // valid UTF-8
  OffsetMap to_bytes;
  std::size_t replaced = 0;  // how many U+FFFD were put in
};

// Decodes bytes from `skip` on; offsets count from the first byte. Time is linear; the text is at most three times as
// long as the bytes. An unknown charset is read as UTF-8.
Decoded decode(std::string_view bytes, const std::string& charset, std::size_t skip);

}  // namespace entente::importers
