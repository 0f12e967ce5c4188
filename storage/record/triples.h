// The triples of claims, in both orders.
#pragma once

#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/triple.h"
#include "storage/layout/batch.h"
#include "storage/layout/rows.h"

namespace entente::storage {

struct TripleRows {
  SubjectKey by_subject;
  PredicateKey by_predicate;
  TripleRecord record;
};

// `number` turns an id that is no event's into its number: (const std::string&) -> Result<EntityNumber>.
template <class NumberOf>
Result<std::vector<TripleRows>> triple_rows(const graph::Claim& claim, const ClaimKey& key, const graph::EventId& event,
                                            const Lifetime& lifetime, NumberOf number);

// Puts the triples that a claim states, with the time in which they held.
Result<void> put_triples(Batch& batch, const graph::Claim& claim, const ClaimKey& key, const graph::EventId& event,
                         const Lifetime& lifetime);

template <class NumberOf>
Result<std::vector<TripleRows>> triple_rows(const graph::Claim& claim, const ClaimKey& key, const graph::EventId& event,
                                            const Lifetime& lifetime, NumberOf number) {
  struct Term {
    TermKind kind;
    std::uint64_t value;
  };
  const auto term = [&](const std::string& id) -> Result<Term> {
    if (const auto event_number = number_of(graph::EventId(id))) return Term{TermKind::event, *event_number};
    const Result<EntityNumber> known = number(id);
    if (!known) return known.error();
    return Term{TermKind::entity, *known};
  };
  std::vector<TripleRows> out;
  for (const graph::Triple& triple : graph::triples_of(claim, event)) {
    const auto subject = term(triple.subject);
    if (!subject) return subject.error();
    const auto object = term(triple.object);
    if (!object) return object.error();
    const auto predicate = static_cast<std::uint8_t>(triple.predicate);
    out.push_back(
        {{subject->kind, subject->value, predicate, object->kind, object->value, key.release, key.revision, key.number},
         {predicate, object->kind, object->value, subject->kind, subject->value, key.release, key.revision, key.number},
         {lifetime, triple.valid}});
  }
  return out;
}

}  // namespace entente::storage
