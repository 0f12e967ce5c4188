// The language of patterns: triples with variables, filters, `not`, and what is to be found. docs/queries.md has its
// grammar and worked examples.
//
//   find ?who, count(distinct ?e) as meetings
//   where ?e party country:KR . ?e party ?who . ?who member_of region:central-asia . ?e.type = meeting
//   order by meetings desc limit 5
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/query/problem.h"

namespace entente::graph::query {

struct PatternPlace {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
};

enum class PatternPredicate : std::uint8_t {
  participant,  // anybody who takes part; the others of this kind want a kind or a role
  party,
  official,
  host,
  guest,
  sender,
  recipient,
  donor,
  target,
  appointee,
  signatory,
  chair,
  edition_of,
  acts_for,
  member_of,
};

enum class VariableKind : std::uint8_t { unknown, event, entity };

struct PatternTerm {
  std::optional<std::uint32_t> variable;  // else an id
  std::string id;
  PatternPlace place;
};

struct PatternTriple {
  PatternTerm subject;
  PatternPredicate predicate = PatternPredicate::participant;
  PatternTerm object;
};

enum class Attribute : std::uint8_t {
  self,  // ?x
  first,
  last,
  year,
  type,
  level,
  status,
  mode,
  stage,
  stance,
  edition,
  place,
  forum,  // of events
  kind,
  label,
  post,  // of entities
};

struct PatternOperand {
  enum class Kind : std::uint8_t { variable, words, number, date, days } kind = Kind::words;
  std::uint32_t variable = 0;
  Attribute attribute = Attribute::self;
  std::vector<std::string> words;       // alternatives
  std::int64_t number = 0;              // or a day
  std::vector<PatternOperand> between;  // of days(a, b): two
  PatternPlace place;
};

enum class Comparison : std::uint8_t { equal, unequal, less, less_or_equal, more, more_or_equal, contains };

struct PatternFilter {
  PatternOperand left;
  Comparison comparison = Comparison::equal;
  PatternOperand right;
};

struct PatternGroup {
  std::vector<PatternTriple> triples;
  std::vector<PatternFilter> filters;
  std::vector<PatternGroup> nots;
};

struct PatternItem {
  enum class Kind : std::uint8_t { value, count, count_distinct, min, max } kind = Kind::value;
  PatternOperand of;
  std::string name;
};

struct PatternKey {
  std::size_t item = 0;
  bool descending = false;
};

struct Pattern {
  struct Variable {
    std::string name;
    VariableKind kind = VariableKind::unknown;
  };
  std::vector<Variable> variables;
  bool distinct = false;
  std::vector<PatternItem> items;
  PatternGroup where;
  std::vector<PatternKey> order;
  std::optional<std::uint64_t> limit;
};

// Fails with pattern_syntax: line, column and what was expected there.
Try<Pattern> parse_pattern(std::string_view text);

std::string_view to_string(PatternPredicate predicate);

}  // namespace entente::graph::query
