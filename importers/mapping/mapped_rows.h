// Rows of a table as releases with claims: what the columns say, and what the sentences of their prose tell besides.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "graph/view/claim_sink.h"
#include "importers/lexicon/lexicon.h"
#include "importers/line.h"
#include "importers/mapping/mapping.h"

namespace entente::importers {

class MappedRows {
 public:
  // All three outlive it.
  MappedRows(const TableMapping& mapping, const Lexicon& lexicon, const TextLine& line);

  // Absent for a row that the mapping leaves out. Fails with invalid_argument, saying which column is off. Safe from
  // several threads at once.
  Result<std::optional<graph::Reading>> read(const TableRow& row) const;

 private:
  // A state or organisation by its id, code or name; absent when none or several are called so.
  std::optional<graph::EntityId> party_of(std::string_view name) const;
  bool is_left_out(const TableRow& row) const;
  Result<graph::EventFacts> facts_of(const TableRow& row, bool& left_out) const;
  void add_officials(const graph::Reading& prose, std::size_t sentence_end, graph::EventFacts& facts) const;

  const TableMapping& mapping_;
  const TextLine& line_;
  std::map<std::string, graph::EntityId, std::less<>> known_;  // by folded name, and by code
};

}  // namespace entente::importers
