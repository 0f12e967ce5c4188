#include "storage/record/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "base/bytes.h"
#include "storage/codec/model_io.h"
#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/joining.h"
#include "storage/record/recorder.h"

namespace entente::storage {
namespace {

using graph::Claim;
using graph::Correction;
using graph::CorrectionAct;

constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};

std::string stem_of(CorrectionKind kind, std::uint64_t subject) { return encode_stem(CorrectionKey{kind, subject, {}}); }

Result<std::optional<CorrectionRecord>> find_correction(const TableView& view, CorrectionKind kind, std::uint64_t subject) {
  auto found = find_version<CorrectionRecord>(view, Family::corrections, stem_of(kind, subject), kNow);
  if (found && found->has_value() && !(*found)->stands) return std::optional<CorrectionRecord>();
  return found;
}

std::string by_hand(std::string_view what, const CorrectionRecord& record) {
  return fmt::format("{} by {}{}{}", what, record.author, record.reason.empty() ? "" : ": ", record.reason);
}

template <class... Args>
Error bad(fmt::format_string<Args...> format, Args&&... args) {
  return {ErrorCode::invalid_argument, fmt::format(format, std::forward<Args>(args)...), {}};
}

class Corrector {
 public:
  Corrector(const TableView& view, RecordedTime clock, const Correction& correction)
      : clock_(clock), correction_(correction), all_(view) {}

  Result<std::vector<Write>> run() {
    if (correction_.author.empty()) return bad("a correction needs an author: say who makes it");
    if (auto noted = correction_.act == CorrectionAct::join ? note_join() : note_claim(); !noted) return noted.error();
    for (const ReleaseNumber release : releases_)
      if (auto again = record_again(release); !again) return again.error();
    return std::move(all_).take_writes();
  }

 private:
  Result<void> put(CorrectionKind kind, std::uint64_t subject, EventNumber target) {
    const auto before = find_correction(all_, kind, subject);
    if (!before) return before.error();
    if (before->has_value() != correction_.undo)
      return bad("{}", correction_.undo ? "there is no such correction to take back" : "that has been said already");
    Step step(all_);
    if (auto begun = step.begin(all_, clock_); !begun) return begun;
    return put_version(all_, Family::corrections, stem_of(kind, subject),
                       CorrectionRecord{step.now, !correction_.undo, target, correction_.author, correction_.reason});
  }

  Result<graph::Event> event(const graph::EventId& id) const {
    const auto number = number_of(id);
    if (!number)
      return bad("'{}' is no event of releases: only those are joined and split, not the rows of tables", id.str());
    const auto standing = standing_event(all_, *number, kNow);
    if (!standing) return standing.error();
    if (!standing->has_value()) return Error{ErrorCode::not_found, fmt::format("there is no event '{}'", id.str()), {}};
    auto record = find_version<EventRecord>(all_, Family::events, event_stem(**standing), kNow);
    if (!record) return record.error();
    return std::move(*(*record)->event);
  }

  Result<void> note_join() {
    const auto kept = event(correction_.event);
    if (!kept) return kept.error();
    const EventNumber into = number_of(kept->id).value();
    const auto other = number_of(correction_.other);
    if (!other) return bad("'{}' is no event of releases", correction_.other.str());
    if (*other == into) return bad("{} cannot be joined to itself", correction_.event.str());
    if (correction_.undo) {
      for (const auto& claim : kept->claims) releases_.insert(key_of(claim).value().release);
    } else {
      const auto gone = event(correction_.other);
      if (!gone) return gone.error();
      if (gone->id == kept->id) return bad("{} and {} are one event already", correction_.event.str(), correction_.other.str());
      for (const auto& claim : gone->claims) releases_.insert(key_of(claim).value().release);
      return put(CorrectionKind::join, number_of(gone->id).value(), into);
    }
    return put(CorrectionKind::join, *other, into);
  }

  Result<void> note_claim() {
    const auto key = key_of(correction_.claim);
    if (!key) return bad("'{}' is no claim of a release; `entente event` shows the claims of an event", correction_.claim.str());
    const auto release = find_version<ReleaseRecord>(all_, Family::releases, release_stem(key->release), kNow);
    if (!release) return release.error();
    const auto record = get_row<ClaimRecord>(all_, Family::claims, encode_key(*key));
    if (!record) return record.error();
    if (!release->has_value() || !record->has_value())
      return Error{ErrorCode::not_found, fmt::format("there is no claim '{}'", correction_.claim.str()), {}};
    const Claim claim = claim_of(*key, **record);
    const bool stands = key->revision == (*release)->revision;
    const bool brings_back = correction_.act == CorrectionAct::retract && correction_.undo;
    if (!stands && !brings_back)
      return bad("{} stands no more: a newer reading of its release took its place", correction_.claim.str());
    releases_.insert(key->release);
    if (brings_back) back_ = claim;
    if (correction_.act == CorrectionAct::retract) return put(CorrectionKind::retract, said_by(claim), 0);
    if (!std::holds_alternative<graph::EventFacts>(claim.body)) return bad("{} tells of no event", correction_.claim.str());
    if (!correction_.undo) {
      const auto from = event(correction_.event);
      if (!from) return from.error();
      if (std::find(from->claims.begin(), from->claims.end(), correction_.claim) == from->claims.end())
        return bad("{} does not tell of {}", correction_.claim.str(), correction_.event.str());
    }
    return put(CorrectionKind::split, said_by(claim), fnv1a64(fmt::format("split|{:016x}", said_by(claim))));
  }

  // The release as it was read last, told again now that something else is said of it.
  Result<void> record_again(ReleaseNumber number) {
    auto release = load_release(all_, number, kNow);
    if (!release) return release.error();
    const auto record = find_version<ReleaseRecord>(all_, Family::releases, release_stem(number), kNow);
    if (!record) return record.error();
    if (!release->has_value() || !record->has_value()) return corrupt_row(Family::releases, release_stem(number));
    auto claims = load_claims(all_, number, (*record)->revision);
    if (!claims) return claims.error();
    graph::Reading reading{std::move(**release), std::move(*claims)};
    if (back_) reading.claims.push_back(*back_);
    const auto recorded = record_reading(all_, clock_, reading, Rereading::in_any_case);
    if (!recorded) return recorded.error();
    for (const Write& write : recorded->writes) all_.put(write.family, write.key, write.value);
    return {};
  }

  RecordedTime clock_;
  const Correction& correction_;
  Batch all_;
  std::set<ReleaseNumber> releases_;
  std::optional<Claim> back_;
};

}  // namespace

std::uint64_t said_by(const Claim& claim) {
  ByteWriter out;
  out.text(claim.release.str());
  put(out, claim.body);
  return fnv1a64(out.take());
}

Result<bool> is_retracted(const TableView& view, const Claim& claim) {
  const auto found = find_correction(view, CorrectionKind::retract, said_by(claim));
  if (!found) return found.error();
  return found->has_value();
}

Result<std::optional<ByHand>> split_by_hand(const TableView& view, const Claim& claim) {
  const auto split = find_correction(view, CorrectionKind::split, said_by(claim));
  if (!split) return split.error();
  if (!split->has_value()) return std::optional<ByHand>();
  return std::optional(ByHand{(*split)->target, by_hand("split", **split)});
}

Result<std::optional<ByHand>> joined_by_hand(const TableView& view, EventNumber event) {
  const auto join = find_correction(view, CorrectionKind::join, event);
  if (!join) return join.error();
  if (!join->has_value()) return std::optional<ByHand>();
  return std::optional(ByHand{(*join)->target, by_hand("joined", **join)});
}

Result<std::vector<Write>> record_correction(const TableView& view, RecordedTime clock, const Correction& correction) {
  return Corrector(view, clock, correction).run();
}

}  // namespace entente::storage
