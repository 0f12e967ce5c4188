// Ids that are kept as numbers, spelled out at the end of a text: storage/codec/keys.h gives them as ids.
#pragma once

#include <string>

#include "storage/codec/keys.h"

namespace entente::storage {

inline constexpr std::size_t kIdBytesMax = 48;  // no such id is longer

void add_event_id(EventNumber number, std::string& text);
void add_claim_id(const ClaimKey& key, std::string& text);

}  // namespace entente::storage
