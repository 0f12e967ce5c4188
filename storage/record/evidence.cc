#include "storage/record/evidence.h"

#include "storage/record/claims.h"

namespace entente::storage {

Result<void> EvidenceReader::fill(graph::Event& event) {
  // A row of a table has no words but itself.
  if (!number_of(event.id)) return {};
  std::optional<graph::Claim> surest;
  std::optional<ClaimKey> key_of_surest;
  for (const auto& id : event.claims) {
    const auto key = key_of(id);
    if (!key) return Error{ErrorCode::corrupt, "'" + id.str() + "' is no claim's id", {}};
    auto claim = load_claim(*view_, *key);
    if (!claim) return claim.error();
    if (surest && claim->confidence <= surest->confidence) continue;
    surest = std::move(*claim);
    key_of_surest = key;
  }
  event.evidence.clear();
  if (!surest) return {};
  if (last_ != key_of_surest->release) {
    auto release = load_release(*view_, key_of_surest->release, at_);
    if (!release) return release.error();
    release_ = std::move(*release);
    last_ = key_of_surest->release;
  }
  if (!release_) return corrupt_row(Family::releases, release_stem(key_of_surest->release));
  for (const graph::Span& span : surest->evidence)
    if (span.begin <= span.end && span.end <= release_->text.size())
      event.evidence.push_back(release_->text.substr(span.begin, span.end - span.begin));
  return {};
}

}  // namespace entente::storage
