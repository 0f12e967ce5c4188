#include "storage/record/corrections.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "base/bytes.h"
#include "storage/codec/model_io.h"
#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/joining.h"
#include "storage/record/recorder.h"
#include "storage/record/same.h"

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
      : clock_(clock), correction_(correction), before_(view), all_(view) {}

  Result<std::vector<Write>> run() {
    if (correction_.author.empty()) return bad("a correction needs an author: say who makes it");
    if (auto noted = note(); !noted) return noted.error();
    for (const ReleaseNumber release : releases_)
      if (auto again = record_again(release); !again) return again.error();
    return std::move(all_).take_writes();
  }

 private:
  Result<void> note() {
    if (correction_.act == CorrectionAct::join) return note_join();
    return correction_.act == CorrectionAct::same ? note_same() : note_claim();
  }

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
    if (brings_back) back_ = as_said(claim);
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

  // Two ids are one: what is said of the other is told again under the one.
  Result<void> note_same() {
    const auto one = find_number(all_, correction_.entity.str());
    if (!one) return one.error();
    const auto other = known_from_releases(correction_.other_entity);
    if (!other) return other.error();
    if (!one->has_value())
      return Error{ErrorCode::not_found, fmt::format("nothing is known by the id '{}'", correction_.entity.str()), {}};
    if (graph::kind_of(correction_.entity) != graph::kind_of(correction_.other_entity))
      return bad("{} and {} are of two kinds, and cannot be one", correction_.entity.str(), correction_.other_entity.str());
    const auto said = find_correction(all_, CorrectionKind::same, *other);
    if (!said) return said.error();
    if (correction_.undo && said->has_value() && (*said)->target != **one)
      return bad("it was not said that {} is {}", correction_.other_entity.str(), correction_.entity.str());
    const auto stays = goes_by(all_, correction_.entity, kNow);
    if (!stays) return stays.error();
    if (!correction_.undo && *stays == correction_.other_entity)
      return bad("{} goes by {} already", correction_.entity.str(), correction_.other_entity.str());
    if (auto done = put(CorrectionKind::same, *other, **one); !done) return done;
    for (const TableView* const view : {&before_, static_cast<const TableView*>(&all_)})
      if (auto found = find_releases_of(*view); !found) return found;
    return {};
  }

  // The number of an entity that claims made known: the gazetteer and tables keep their own as they are.
  Result<EntityNumber> known_from_releases(const graph::EntityId& id) const {
    const auto number = find_number(all_, id.str());
    if (!number) return number.error();
    if (!number->has_value()) return Error{ErrorCode::not_found, fmt::format("nothing is known by the id '{}'", id.str()), {}};
    const auto record = find_version<EntityRecord>(all_, Family::entities, entity_stem(**number), kNow);
    if (!record) return record.error();
    const bool kept = record->has_value() && ((*record)->origin == Origin::gazetteer || (*record)->origin == Origin::table);
    if (kept || !graph::kind_of(id)) return bad("{} is in the gazetteer or in a table, and keeps its id: name the other id second", id.str());
    return **number;
  }

  // The releases that are told otherwise now, among those that speak of the other id, by whichever id it goes in `view`.
  Result<void> find_releases_of(const TableView& view) {
    const auto id = goes_by(view, correction_.other_entity, kNow);
    if (!id) return id.error();
    const auto number = find_number(all_, id->str());
    if (!number) return number.error();
    if (!number->has_value()) return {};
    std::set<ReleaseNumber> speak;
    const std::string start = encode_key(TermKey{**number});
    const auto events = for_each_row<EntityEventKey, EventRow>(
        before_, starting_with(Family::entity_events, start), [&](const EntityEventKey& key, const EventRow& row) -> Result<bool> {
          if (row.until) return true;
          const auto record = find_version<EventRecord>(before_, Family::events, event_stem(key.event), kNow);
          if (!record) return record.error();
          if (!record->has_value() || !(*record)->event) return corrupt_row(Family::events, event_stem(key.event));
          for (const auto& claim : (*record)->event->claims) speak.insert(key_of(claim).value().release);
          return true;
        });
    if (!events) return events;
    const auto claims = for_each_row<EntityClaimKey, Lifetime>(
        before_, starting_with(Family::entity_claims, start), [&](const EntityClaimKey& key, const Lifetime& lifetime) -> Result<bool> {
          if (!lifetime.until) speak.insert(key.release);
          return true;
        });
    if (!claims) return claims;
    for (const ReleaseNumber release : speak) {
      const auto otherwise = is_told_otherwise(release);
      if (!otherwise) return otherwise.error();
      if (*otherwise) releases_.insert(release);
    }
    return {};
  }

  Result<bool> is_told_otherwise(ReleaseNumber number) const {
    const auto release = find_version<ReleaseRecord>(before_, Family::releases, release_stem(number), kNow);
    if (!release) return release.error();
    if (!release->has_value()) return corrupt_row(Family::releases, release_stem(number));
    const auto claims = load_claims(before_, number, (*release)->revision);
    if (!claims) return claims.error();
    for (const Claim& claim : *claims) {
      const auto told = tell(all_, claim, kNow);
      if (!told) return told.error();
      if (told->body != claim.body) return true;
    }
    return false;
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
    graph::Reading reading{std::move(**release), {}};
    for (Claim& claim : *claims) reading.claims.push_back(as_said(std::move(claim)));
    if (back_) reading.claims.push_back(*back_);
    const auto recorded = record_reading(all_, clock_, reading, Rereading::in_any_case);
    if (!recorded) return recorded.error();
    for (const Write& write : recorded->writes) all_.put(write.family, write.key, write.value);
    return {};
  }

  RecordedTime clock_;
  const Correction& correction_;
  const TableView& before_;
  Batch all_;
  std::set<ReleaseNumber> releases_;
  std::optional<Claim> back_;
};

}  // namespace

std::uint64_t said_by(const Claim& claim) {
  ByteWriter out;
  out.text(claim.release.str());
  put(out, claim.said ? *claim.said : claim.body);
  return fnv1a64(out.take());
}

Result<bool> any_corrections(const TableView& view) {
  const auto scan = view.scan(whole(Family::corrections), Direction::forward);
  if (scan->valid()) return true;
  if (auto status = scan->status(); !status) return status.error();
  return false;
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
