// Which accounts are of one happening, among some that may be: the same groups for the same accounts in any order.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graph/join/likeness.h"

namespace entente::graph {

// What a person said: what tells of `from` tells of `to`. Ids of accounts; that of `to` need not be told by any.
struct HandLink {
  std::uint64_t from = 0;
  std::uint64_t to = 0;
  std::string reason;
};

struct Grouped {
  std::uint64_t event = 0;  // the id of its group
  std::string reason;       // why it is in it; empty: its own key says so

  friend bool operator==(const Grouped&, const Grouped&) = default;
};

// Two accounts that may be of one happening, by their ids.
using Candidates = std::set<std::pair<std::uint64_t, std::uint64_t>>;
Candidates all_pairs(const std::vector<Account>& accounts);

// Of the candidates, joins the most alike first, and nothing to a group of which it contradicts a member. One that is as like to each of
// two that contradict each other is joined to neither. Hands win over all of this. A group has the smallest id of its
// accounts, but the one that stays where a hand joined. REQUIRES: ids are told apart.
std::map<std::uint64_t, Grouped> group(const std::vector<Account>& accounts, const Candidates& candidates,
                                       const std::vector<HandLink>& links);

}  // namespace entente::graph
