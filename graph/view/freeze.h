// From events as the record has them to the numbers that graphs in memory hold.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view/frozen.h"
#include "graph/view/reader.h"
#include "graph/view/table_facts.h"

namespace entente::graph {

// The happening of an event whose forum, place and publishers the caller's graph numbers.
Happening happening_of(const EventFacts& facts);
// The group that a loaded table's own code is of, when CAMEO it is: "042" as the codebook writes it, "42" as tables of
// numbers do. 0 for another.
std::uint8_t group_of_code(const std::string& code);
// "Seoul|KR", as places are compared and filtered by.
std::string place_text(const Place& place);
// "|FR-MEAE|KR-MOFA|", so that a publisher is found between bars.
std::string publishers_text(const std::vector<std::string>& publishers);
// Everybody who takes part, the forum too, each once with its role.
std::vector<std::pair<EntityId, std::uint8_t>> parts_of(const EventFacts& facts);

// Reads the whole snapshot. `stop` is asked now and then; when it says yes, fails with cancelled.
Result<std::shared_ptr<const FrozenGraph>> freeze(Reader& reader, const FrozenLimits& limits,
                                                  const std::function<bool()>& stop);

}  // namespace entente::graph
