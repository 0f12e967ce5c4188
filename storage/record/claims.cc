#include "storage/record/claims.h"

#include <algorithm>
#include <limits>

#include "base/bytes.h"

namespace entente::storage {

std::string release_stem(ReleaseNumber release) { return encode_stem(ReleaseKey{release, {}}); }
std::string event_stem(EventNumber event) { return encode_stem(EventKey{event, {}}); }
std::string join_stem(const ClaimKey& claim) {
  return encode_stem(JoinKeyOfClaim{claim.release, claim.revision, claim.number, {}});
}

graph::Claim claim_of(const ClaimKey& key, ClaimRecord record) {
  return {claim_id_of(key),       release_id_of(key.release), std::move(record.body), std::move(record.evidence),
          std::move(record.rule), record.confidence,          record.recorded,        std::nullopt,
          std::move(record.said)};
}

Result<graph::Claim> load_claim(const TableView& view, const ClaimKey& key) {
  const std::string bytes = encode_key(key);
  auto record = get_row<ClaimRecord>(view, Family::claims, bytes);
  if (!record) return record.error();
  if (!record->has_value()) return corrupt_row(Family::claims, bytes);
  return claim_of(key, std::move(**record));
}

Result<std::vector<graph::Claim>> load_claims(const TableView& view, ReleaseNumber release, std::uint32_t revision) {
  std::vector<graph::Claim> out;
  const auto walked =
      for_each_row<ClaimKey, ClaimRecord>(view, starting_with(Family::claims, encode_key(TextKey{release, revision})),
                                          [&](const ClaimKey& key, ClaimRecord& record) -> Result<bool> {
                                            out.push_back(claim_of(key, std::move(record)));
                                            return true;
                                          });
  if (!walked) return walked.error();
  return out;
}

Result<std::string> load_text(const TableView& view, ReleaseNumber release, std::uint32_t text_revision) {
  const std::string key = encode_key(TextKey{release, text_revision});
  auto text = get_row<CompressedText>(view, Family::texts, key);
  if (!text) return text.error();
  if (!text->has_value()) return corrupt_row(Family::texts, key);
  return std::move((*text)->text);
}

Result<std::optional<graph::Release>> load_release(const TableView& view, ReleaseNumber release, RecordedTime at) {
  auto record = find_version<ReleaseRecord>(view, Family::releases, release_stem(release), at);
  if (!record) return record.error();
  if (!record->has_value()) return std::optional<graph::Release>();
  auto text = load_text(view, release, (*record)->text_revision);
  if (!text) return text.error();
  graph::Release out = std::move((*record)->release);
  out.id = release_id_of(release);
  out.text = std::move(*text);
  return std::optional(std::move(out));
}

std::vector<Telling> tellings(const std::vector<JoinRecord>& versions, const Lifetime& claim) {
  std::vector<Telling> out;
  for (std::size_t i = 0; i < versions.size(); ++i) {
    const auto until = i + 1 < versions.size() ? std::optional(versions[i + 1].since) : claim.until;
    const auto known = std::find_if(out.begin(), out.end(),
                                    [&](const Telling& telling) { return telling.event == versions[i].event; });
    if (known != out.end())
      known->lifetime.until = until;
    else
      out.push_back({versions[i].event, {versions[i].since, until}});
  }
  return out;
}

Result<std::vector<JoinRecord>> load_joins(const TableView& view, const ClaimKey& claim) {
  std::vector<JoinRecord> out;
  const std::string stem = join_stem(claim);
  const auto walked = for_each_row<JoinKeyOfClaim, JoinRecord>(view, starting_with(Family::joins, stem),
                                                               [&](const JoinKeyOfClaim&, JoinRecord& record) -> Result<bool> {
                                                                 out.push_back(std::move(record));
                                                                 return true;
                                                               });
  if (!walked) return walked.error();
  if (out.empty()) return corrupt_row(Family::joins, stem);
  std::reverse(out.begin(), out.end());  // the newest come first
  return out;
}

Result<graph::Event> add_up_stored(const TableView& view, const graph::EventId& id,
                                   const std::vector<graph::ClaimId>& claims) {
  constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};
  std::vector<graph::SourcedClaim> sourced;
  sourced.reserve(claims.size());
  for (const graph::ClaimId& claim_id : claims) {
    const auto key = key_of(claim_id);
    if (!key) return corrupt_row(Family::events, event_stem(number_of(id).value_or(0)));
    auto claim = load_claim(view, *key);
    if (!claim) return claim.error();
    const auto release = find_version<ReleaseRecord>(view, Family::releases, release_stem(key->release), kNow);
    if (!release) return release.error();
    if (!release->has_value()) return corrupt_row(Family::releases, release_stem(key->release));
    sourced.push_back({std::move(*claim), (*release)->release.publisher});
  }
  return graph::add_up(id, std::move(sourced));
}

}  // namespace entente::storage
