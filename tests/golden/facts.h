// What a golden says of its events beside what was read, counted fact by fact: a party, an official, a role, a date ...
#pragma once

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "graph/model/event.h"

namespace entente::golden {

struct Facts {
  std::string type;
  std::set<std::string> all;  // "party country:KR", "date 2020-11-19"
};

Facts facts_of(const graph::EventFacts& event);
// REQUIRES: an event as tests/golden/gold has it.
Facts facts_of(const nlohmann::json& event);

struct Score {
  std::size_t right = 0;
  std::size_t gold = 0;
  std::size_t read = 0;

  double f1() const { return gold + read == 0 ? 1.0 : 2.0 * static_cast<double>(right) / static_cast<double>(gold + read); }
  void operator+=(const Score& more) { right += more.right, gold += more.gold, read += more.read; }
};

// Pairs events of one type that share most, the best pair first; an event counts as one fact more, for its type.
Score compare(const std::vector<Facts>& gold, const std::vector<Facts>& read);

}  // namespace entente::golden
