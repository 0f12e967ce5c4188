#include "storage/record/triples.h"

#include "storage/record/dictionary.h"

namespace entente::storage {

Result<void> put_triples(Batch& batch, const graph::Claim& claim, const ClaimKey& key, const graph::EventId& event,
                         const Lifetime& lifetime) {
  const auto rows =
      triple_rows(claim, key, event, lifetime, [&](const std::string& id) { return number_for(batch, id); });
  if (!rows) return rows.error();
  for (const TripleRows& row : *rows) {
    put_row(batch, Family::triples_spo, encode_key(row.by_subject), row.record);
    put_row(batch, Family::triples_pos, encode_key(row.by_predicate), row.record);
  }
  return {};
}

}  // namespace entente::storage
