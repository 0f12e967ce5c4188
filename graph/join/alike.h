// Whether two names can be of one person or one series of meetings, by their letters alone: no list of names is asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "graph/model/ids.h"

namespace entente::graph {

// "official:KR/kim-gunn" -> "KR"; empty for an id of another kind.
std::string_view side_of(const EntityId& official);

// Of one side, and the names are the same words in any order, the one has some of the other's ("nurlanova" of
// "aigerim-nurlanova"), or one word of several is spelled a letter or two otherwise.
bool same_person(const EntityId& a, const EntityId& b);

// The words of a forum's id that tell what kind of meeting it is: without short ones, which join words, and without
// those of `names`, which say who meets. REQUIRES: names are slugs.
std::vector<std::string> telling_words(const EntityId& forum, const std::vector<std::string>& names);

// All that one has to say is said by the other, too: "policy consultations" and "political consultation". Words may end
// otherwise. False where either has none.
bool alike(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace entente::graph
