#include "storage/record/recorder.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "graph/model/validate.h"
#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/corrections.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/event_rows.h"
#include "storage/record/joining.h"
#include "storage/record/same.h"
#include "storage/record/triples.h"

namespace entente::storage {
namespace {

using graph::Claim;
using graph::ClaimId;
using graph::EntityId;
using graph::EventFacts;
using graph::EventId;
using graph::Outcome;

constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};

bool says_the_same(const Claim& a, const Claim& b) {
  return a.body == b.body && a.evidence == b.evidence && a.rule == b.rule && a.confidence == b.confidence;
}

bool say_the_same(const std::vector<Claim>& a, const std::vector<Claim>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), says_the_same);
}

Result<void> check_reading(const graph::Reading& reading) {
  const auto& release = reading.release;
  const auto bad = [&](ErrorCode code, const std::string& what) {
    return Error{code, fmt::format("{}: {}; nothing of the release was recorded", release.url, what), {}};
  };
  if (release.text.size() > kTextBytesMax)
    return bad(ErrorCode::too_large, fmt::format("a text of {} bytes, at most {}", release.text.size(), kTextBytesMax));
  if (reading.claims.size() > kClaimsMax)
    return bad(ErrorCode::too_large, fmt::format("{} claims, at most {}", reading.claims.size(), kClaimsMax));
  if (release.published && !is_valid(*release.published))
    return bad(ErrorCode::invalid_argument, "its day of publication is no day of the calendar");
  for (std::size_t i = 0; i < reading.claims.size(); ++i) {
    const Claim& claim = reading.claims[i];
    if (const auto valid = graph::validate(claim, release); !valid)
      return bad(valid.error().code, fmt::format("claim {} ({}): {}", i, claim.rule, valid.error().message));
    const auto* facts = std::get_if<EventFacts>(&claim.body);
    if (facts != nullptr && participants(*facts).size() > kPartiesMax)
      return bad(ErrorCode::too_large,
                 fmt::format("claim {} ({}): more than {} take part", i, claim.rule, kPartiesMax));
  }
  return {};
}

// One reading on its way into the store.
class Recorder {
 public:
  // REQUIRES: the reading was prepared, so that nothing is wrong with it.
  Recorder(const TableView& view, const graph::Reading& reading, Rereading rereading, Prepared prepared)
      : view_(view), reading_(reading), rereading_(rereading), prepared_(std::move(prepared)), step_(view) {}

  Result<graph::ReadingChange> compare() {
    if (auto begun = begin({}); !begun) return begun.error();
    graph::ReadingChange change;
    change.outcome = before_ ? Outcome::revised : Outcome::fresh;
    if (changes_nothing()) change.outcome = Outcome::known;
    for (const Claim& claim : old_claims_) change.gone.push_back(as_said(claim));
    for (const Claim& told : new_claims_) {
      Claim claim = as_said(told);
      const auto by_body = [&](const Claim& old) { return old.body == claim.body; };
      auto same = std::find_if(change.gone.begin(), change.gone.end(), [&](const Claim& old) { return says_the_same(old, claim); });
      if (same == change.gone.end()) {
        same = std::find_if(change.gone.begin(), change.gone.end(), by_body);
        if (same != change.gone.end()) ++change.restated;
      }
      if (same == change.gone.end()) change.fresh.push_back(std::move(claim));
      else change.gone.erase(same);
    }
    return change;
  }

  Result<Recorded> run(RecordedTime clock) {
    if (auto begun = begin(clock); !begun) return begun.error();
    if (rereading_ == Rereading::when_it_differs && changes_nothing())
      return Recorded{{Outcome::known, release_id_of(release_), 0, 0}, {}};
    for (const auto step :
         {&Recorder::number_claims, &Recorder::put_release, &Recorder::note_entities_said, &Recorder::end_old_claims,
          &Recorder::put_new_claims, &Recorder::move_claims, &Recorder::put_events, &Recorder::put_entities})
      if (auto done = (this->*step)(); !done) return done.error();
    return finish();
  }

 private:
  bool changes_nothing() const {
    return before_ && before_->release.content_hash == record_.release.content_hash && say_the_same(old_claims_, new_claims_);
  }

  // Reads what is there of the release.
  Result<void> begin(RecordedTime clock) {
    const auto& release = reading_.release;
    release_ = prepared_.release;
    if (auto begun = step_.begin(view_, clock); !begun) return begun;
    auto before = find_version<ReleaseRecord>(view_, Family::releases, release_stem(release_), kNow);
    if (!before) return before.error();
    before_ = std::move(*before);
    if (before_) {
      auto claims = load_claims(view_, release_, before_->revision);
      if (!claims) return claims.error();
      old_claims_ = std::move(*claims);
    }
    record_.since = step_.now;
    record_.revision = before_ ? before_->revision + 1 : 1;
    record_.release = release;
    record_.release.id = {};
    record_.release.text.clear();
    record_.release.content_hash = prepared_.content_hash;
    const auto corrected = any_corrections(view_);
    if (!corrected) return corrected.error();
    corrected_ = *corrected;
    // What a person has retracted is not said again by reading it again.
    for (graph::Claim claim : reading_.claims) {
      claim.release = release_id_of(release_);
      if (!corrected_) {
        new_claims_.push_back(as_said(std::move(claim)));
        continue;
      }
      const auto retracted = is_retracted(view_, claim);
      if (!retracted) return retracted.error();
      if (*retracted) continue;
      auto told = tell(view_, std::move(claim), step_.now);
      if (!told) return told.error();
      new_claims_.push_back(std::move(*told));
    }
    record_.claims = static_cast<std::uint32_t>(new_claims_.size());
    return {};
  }

  Result<void> number_claims() {
    for (std::size_t i = 0; i < new_claims_.size(); ++i) {
      Claim& claim = new_claims_[i];
      claim.id = claim_id_of({release_, record_.revision, static_cast<std::uint32_t>(i)});
      claim.release = release_id_of(release_);
      claim.recorded = step_.now;
      claim.superseded.reset();
    }
    auto joined = join_claims(view_, {release_, reading_.release.publisher, old_claims_,
                                      before_ ? before_->release.publisher : std::string(), new_claims_, corrected_});
    if (!joined) return joined.error();
    joined_ = std::move(*joined);
    for (const ClaimPlace& place : joined_.places)
      new_events_.push_back(place.event == 0 ? EventId() : event_id_of(place.event));
    return {};
  }

  Result<void> put_release() {
    record_.text_revision = record_.revision;
    if (before_) {
      const auto old_text = load_text(view_, release_, before_->text_revision);
      if (!old_text) return old_text.error();
      if (*old_text == reading_.release.text) record_.text_revision = before_->text_revision;
    }
    if (record_.text_revision == record_.revision)
      step_.batch.put(Family::texts, encode_key(TextKey{release_, record_.revision}),
                      prepared_.text ? std::move(*prepared_.text) : encode_value(CompressedText{reading_.release.text}));
    if (!before_) ++step_.counts.releases;
    put_version_after(step_.batch, Family::releases, release_stem(release_), before_, record_);
    return {};
  }

  // Which entities this reading may change: decided before anything is written about them.
  Result<void> note_entities_said() {
    const auto said = [](const std::vector<Claim>& claims, const graph::Release& release) {
      std::vector<AboutEntity> out;
      const auto published = release.published ? std::optional(to_day(*release.published)) : std::nullopt;
      for (const Claim& claim : claims)
        if (subject_of(claim.body)) out.push_back({claim.body, published});
      return out;
    };
    const auto before = before_ ? said(old_claims_, before_->release) : std::vector<AboutEntity>();
    const auto after = said(new_claims_, reading_.release);
    for (const AboutEntity& claim : before)
      if (std::find(after.begin(), after.end(), claim) == after.end()) changed_.insert(*subject_of(claim.body));
    for (const AboutEntity& claim : after) {
      if (std::find(before.begin(), before.end(), claim) != before.end()) continue;
      const EntityId id = *subject_of(claim.body);
      const auto record = entity_record(id);
      if (!record) return record.error();
      if (!record->has_value() || !says_nothing_new(**record, claim)) changed_.insert(id);
    }
    return {};
  }

  Result<void> end_old_claims() {
    for (const Claim& claim : old_claims_) {
      const ClaimKey key = key_of(claim.id).value();
      const Lifetime lifetime{claim.recorded, step_.now};
      if (!std::holds_alternative<EventFacts>(claim.body)) {
        if (auto put = put_statements(claim, key, {}, lifetime); !put) return put;
        continue;
      }
      const auto joins = load_joins(step_.batch, key);
      if (!joins) return joins.error();
      told_before_[event_id_of(joins->back().event)].push_back(claim.id);
      if (auto put = put_tellings(claim, key, *joins, lifetime); !put) return put;
    }
    step_.counts.claims -= old_claims_.size();
    return {};
  }

  Result<void> put_new_claims() {
    for (std::size_t i = 0; i < new_claims_.size(); ++i) {
      const Claim& claim = new_claims_[i];
      const ClaimKey key = key_of(claim.id).value();
      put_row(step_.batch, Family::claims, encode_key(key),
              ClaimRecord{claim.body, claim.evidence, claim.rule, claim.confidence, claim.recorded, claim.said});
      if (std::holds_alternative<EventFacts>(claim.body)) {
        // The claim is new, and so was never joined.
        const JoinRecord join{step_.now, joined_.places[i].event, joined_.places[i].reason};
        put_version_after(step_.batch, Family::joins, join_stem(key), {}, join);
        told_now_[new_events_[i]].push_back(claim.id);
        ++report_.claims;
      }
      if (auto put = put_statements(claim, key, new_events_[i], {step_.now, std::nullopt}); !put) return put;
    }
    step_.counts.claims += new_claims_.size();
    return {};
  }

  // What other releases' claims tell of from now on, as it follows from this one.
  Result<void> move_claims() {
    for (const MovedClaim& moved : joined_.moved) {
      const ClaimKey key = key_of(moved.claim.id).value();
      const JoinRecord join{step_.now, moved.to.event, moved.to.reason};
      if (auto put = put_version(step_.batch, Family::joins, join_stem(key), join); !put) return put;
      if (moved.from == moved.to.event) continue;
      told_before_[event_id_of(moved.from)].push_back(moved.claim.id);
      told_now_[event_id_of(moved.to.event)].push_back(moved.claim.id);
      const auto joins = load_joins(step_.batch, key);
      if (!joins) return joins.error();
      if (auto put = put_tellings(moved.claim, key, *joins, {moved.claim.recorded, std::nullopt}); !put) return put;
    }
    return {};
  }

  // The triples of a claim about each event that it told of.
  Result<void> put_tellings(const Claim& claim, const ClaimKey& key, const std::vector<JoinRecord>& joins,
                            const Lifetime& lifetime) {
    for (const Telling& telling : tellings(joins, lifetime))
      if (auto put = put_triples(step_.batch, claim, key, event_id_of(telling.event), telling.lifetime); !put) return put;
    return {};
  }

  // The triples of a claim, and what leads from an entity to it.
  Result<void> put_statements(const Claim& claim, const ClaimKey& key, const EventId& event, const Lifetime& lifetime) {
    if (const auto subject = subject_of(claim.body)) {
      const auto number = number_for(step_.batch, subject->str());
      if (!number) return number.error();
      put_row(step_.batch, Family::entity_claims,
              encode_key(EntityClaimKey{*number, key.release, key.revision, key.number}), lifetime);
    }
    return put_triples(step_.batch, claim, key, event, lifetime);
  }

  Result<void> put_events() {
    std::set<EventId> touched;
    for (const auto& [event, claims] : told_before_) touched.insert(event);
    for (const auto& [event, claims] : told_now_) touched.insert(event);
    for (const auto& [base, event] : joined_.leads_to) touched.insert(event_id_of(base));
    for (const EventId& event : touched)
      if (auto put = put_event(event); !put) return put;
    return {};
  }

  Result<void> put_event(const EventId& id) {
    const std::string stem = event_stem(number_of(id).value());
    auto current = find_version<EventRecord>(step_.batch, Family::events, stem, kNow);
    if (!current) return current.error();
    const auto before = current->has_value() ? (*current)->event : std::nullopt;
    const auto claims = claims_of(id, before);
    EventRecord record{step_.now, std::nullopt, std::nullopt};
    if (claims.empty()) {
      record.moved_to = where_it_went(id);
      const bool as_it_was = current->has_value() ? !before && (*current)->moved_to == record.moved_to : !record.moved_to;
      if (as_it_was) return {};
    } else {
      if (!told_before_.contains(id) && !told_now_.contains(id)) return {};
      if (!current->has_value()) ++report_.events_new;
      auto event = add_up_stored(step_.batch, id, claims);
      if (!event) return event.error();
      record.event = std::move(*event);
    }
    if (record.event && !before) ++step_.counts.events;
    if (!record.event && before) --step_.counts.events;
    put_version_after(step_.batch, Family::events, stem, *current, record);
    return put_event_rows(before, record.event);
  }

  // The event that what names this id tells of now; absent when nothing does.
  std::optional<EventNumber> where_it_went(const EventId& id) const {
    const EventNumber number = number_of(id).value();
    if (const auto leads = joined_.leads_to.find(number); leads != joined_.leads_to.end() && leads->second != number)
      return leads->second;
    for (const MovedClaim& moved : joined_.moved)
      if (moved.from == number && moved.to.event != number) return moved.to.event;
    return std::nullopt;
  }

  // The claims that told of it, without those of the reading before, with those of this one.
  std::vector<ClaimId> claims_of(const EventId& id, const std::optional<graph::Event>& before) const {
    std::vector<ClaimId> out = before ? before->claims : std::vector<ClaimId>();
    if (const auto old = told_before_.find(id); old != told_before_.end())
      std::erase_if(out, [&](const ClaimId& claim) {
        return std::find(old->second.begin(), old->second.end(), claim) != old->second.end();
      });
    if (const auto now = told_now_.find(id); now != told_now_.end())
      out.insert(out.end(), now->second.begin(), now->second.end());
    return out;
  }

  Result<void> put_event_rows(const std::optional<graph::Event>& before, const std::optional<graph::Event>& after) {
    EventRows rows_before;
    EventRows rows_after;
    for (const auto& [event, rows] : {std::pair{&before, &rows_before}, std::pair{&after, &rows_after}}) {
      if (!event->has_value()) continue;
      auto made = rows_of(step_.batch, **event);
      if (!made) return made.error();
      *rows = std::move(*made);
    }
    if (auto replaced = replace_rows(step_.batch, rows_before, rows_after, step_.now); !replaced) return replaced;
    const auto were = before ? participants(before->facts) : std::vector<EntityId>();
    const auto are = after ? participants(after->facts) : std::vector<EntityId>();
    std::vector<EntityId> came_or_went;
    std::set_symmetric_difference(were.begin(), were.end(), are.begin(), are.end(), std::back_inserter(came_or_went));
    for (const EntityId& id : came_or_went) {
      const auto record = entity_record(id);
      if (!record) return record.error();
      const Origin origin = record->has_value() ? (*record)->origin : Origin::none;
      // One that is known by being mentioned alone is so by one more event as well.
      const bool came = std::binary_search(are.begin(), are.end(), id);
      if (origin == Origin::none || (origin == Origin::mention && !came)) changed_.insert(id);
    }
    return {};
  }

  Result<void> put_entities() {
    for (const EntityId& id : changed_)
      if (auto put = refresh_entity(step_.batch, id, step_.now, step_.counts); !put) return put;
    return {};
  }

  Result<Recorded> finish() {
    report_.outcome = before_ ? Outcome::revised : Outcome::fresh;
    report_.release = release_id_of(release_);
    Commit commit{CommitKind::release, report_.outcome, release_, record_.revision, {}};
    return Recorded{report_, std::move(step_).finish(commit)};
  }

  Result<std::optional<EntityRecord>> entity_record(const EntityId& id) const {
    const auto number = find_number(step_.batch, id.str());
    if (!number) return number.error();
    if (!number->has_value()) return std::optional<EntityRecord>();
    return find_version<EntityRecord>(step_.batch, Family::entities, entity_stem(**number), kNow);
  }

  const TableView& view_;
  const graph::Reading& reading_;
  Rereading rereading_;
  Prepared prepared_;
  Step step_;
  bool corrected_ = false;  // persons have said something of what is there
  ReleaseNumber release_ = 0;
  std::optional<ReleaseRecord> before_;
  ReleaseRecord record_;
  std::vector<Claim> old_claims_;
  std::vector<Claim> new_claims_;
  std::vector<EventId> new_events_;                      // of each of new_claims_; empty for what is no event claim
  Joined joined_;
  std::map<EventId, std::vector<ClaimId>> told_before_;  // by the reading before
  std::map<EventId, std::vector<ClaimId>> told_now_;
  std::set<EntityId> changed_;
  graph::RecordReport report_;
};

}  // namespace

Result<Prepared> prepare(const TableView& view, const graph::Reading& reading) {
  const graph::Release& release = reading.release;
  if (auto checked = check_reading(reading); !checked) return checked.error();
  const auto id = release.id.empty() ? graph::release_id(release.url, release.text) : release.id;
  const auto number = number_of(id);
  if (!number)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("'{}' is no release's id: leave it empty, or write release: and sixteen hex digits", id.str()),
                 {}};
  Prepared out{*number, graph::content_hash(release), std::nullopt};
  const auto before = find_version<ReleaseRecord>(view, Family::releases, release_stem(*number), kNow);
  if (!before) return before.error();
  // Most of what is read again says what it said.
  if (!before->has_value() || (*before)->release.content_hash != out.content_hash)
    out.text = encode_value(CompressedText{release.text});
  return out;
}

Result<graph::ReadingChange> change_of(const TableView& view, const graph::Reading& reading) {
  auto prepared = prepare(view, reading);
  if (!prepared) return prepared.error();
  return Recorder(view, reading, Rereading::when_it_differs, std::move(*prepared)).compare();
}

Result<Recorded> record_reading(const TableView& view, RecordedTime clock, const graph::Reading& reading, Rereading rereading) {
  auto prepared = prepare(view, reading);
  if (!prepared) return prepared.error();
  return Recorder(view, reading, rereading, std::move(*prepared)).run(clock);
}

Result<Recorded> record_prepared(const TableView& view, RecordedTime clock, const graph::Reading& reading, Prepared prepared) {
  return Recorder(view, reading, Rereading::when_it_differs, std::move(prepared)).run(clock);
}

}  // namespace entente::storage
