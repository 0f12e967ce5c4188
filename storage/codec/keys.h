// Every key that is on disk, and the question it answers. Fixed width, biggest end first: order of bytes is order of
// the fields as they stand here (tests/storage/keys_test.cc). Changing one changes the format number.
//
// Entities have numbers, given in the order in which they are first met and never used again. Events and releases
// have the sixteen hex digits of their ids as a number.
#pragma once

#include <optional>
#include <string>

#include "graph/model/ids.h"
#include "storage/codec/key_fields.h"

namespace entente::storage {

using EntityNumber = std::uint32_t;
using EventNumber = std::uint64_t;
using ReleaseNumber = std::uint64_t;
using LoadNumber = std::uint32_t;  // counts the tables loaded, from 1

// Declares a key's fields in the order of their bytes.
#define ENTENTE_KEY(Name, ...)                                                                     \
  static constexpr auto members() { return std::make_tuple(__VA_ARGS__); }                         \
  template <class Self>                                                                            \
  static auto fields(Self& self) {                                                                 \
    return std::apply([&self](auto... each) { return std::tie((self.*each)...); }, members());     \
  }                                                                                                \
  friend auto operator<=>(const Name&, const Name&) = default;

// meta: what is the next number, the last recorded time, the gazetteer's version?
enum class MetaName : std::uint8_t { next_number = 1, last_recorded = 2, gazetteer_version = 3, last_load = 4 };
inline bool is_known(MetaName name) { return name >= MetaName::next_number && name <= MetaName::last_load; }
struct MetaKey {
  MetaName name = MetaName::next_number;
  ENTENTE_KEY(MetaKey, &MetaKey::name)
};

// commits: what was recorded since a time? how much was there at it?
struct CommitKey {
  std::uint64_t recorded = 0;  // microseconds since 1970
  ENTENTE_KEY(CommitKey, &CommitKey::recorded)
};

// terms: which id has this number?
struct TermKey {
  EntityNumber number = 0;
  ENTENTE_KEY(TermKey, &TermKey::number)
};

// term_numbers: which number has this id? Ids with one hash lie side by side and are told apart by terms.
struct TermNumberKey {
  std::uint64_t hash = 0;  // fnv1a64 of the id
  EntityNumber number = 0;
  ENTENTE_KEY(TermNumberKey, &TermNumberKey::hash, &TermNumberKey::number)
};

// entities: what is known of this entity, now and at any recorded time?
struct EntityKey {
  EntityNumber entity = 0;
  Version version;
  ENTENTE_KEY(EntityKey, &EntityKey::entity, &EntityKey::version)
};

// names: which entities have, or had, a name or a later word of one that starts so?
struct NameKey {
  NameStart start{};
  EntityNumber entity = 0;
  ENTENTE_KEY(NameKey, &NameKey::start, &NameKey::entity)
};

// trigrams: which entities have, or had, a name of this length with these three letters in a row?
struct TrigramKey {
  std::uint32_t trigram = 0;
  std::uint8_t length = 0;  // of the name, in code points
  EntityNumber entity = 0;
  ENTENTE_KEY(TrigramKey, &TrigramKey::trigram, &TrigramKey::length, &TrigramKey::entity)
};

// members: which entities belong, or belonged, to this group?
struct MemberKey {
  EntityNumber group = 0;
  EntityNumber member = 0;
  ENTENTE_KEY(MemberKey, &MemberKey::group, &MemberKey::member)
};

// releases: what is this release, now and at any recorded time?
struct ReleaseKey {
  ReleaseNumber release = 0;
  Version version;
  ENTENTE_KEY(ReleaseKey, &ReleaseKey::release, &ReleaseKey::version)
};

// texts: what does it say? One row for each reading that changed the text.
struct TextKey {
  ReleaseNumber release = 0;
  std::uint32_t revision = 0;
  ENTENTE_KEY(TextKey, &TextKey::release, &TextKey::revision)
};

// claims: what did a reading of it assert, in the order of the text?
struct ClaimKey {
  ReleaseNumber release = 0;
  std::uint32_t revision = 0;
  std::uint32_t number = 0;
  ENTENTE_KEY(ClaimKey, &ClaimKey::release, &ClaimKey::revision, &ClaimKey::number)
};

// joins: of which event does this claim tell, and why is it thought so?
struct JoinKeyOfClaim {
  ReleaseNumber release = 0;
  std::uint32_t revision = 0;
  std::uint32_t number = 0;
  Version version;
  ENTENTE_KEY(JoinKeyOfClaim, &JoinKeyOfClaim::release, &JoinKeyOfClaim::revision, &JoinKeyOfClaim::number,
              &JoinKeyOfClaim::version)
};

// events: what do the claims about it add up to, now and at any recorded time?
struct EventKey {
  EventNumber event = 0;
  Version version;
  ENTENTE_KEY(EventKey, &EventKey::event, &EventKey::version)
};

// entity_claims: which claims say what this official or forum is?
struct EntityClaimKey {
  EntityNumber entity = 0;
  ReleaseNumber release = 0;
  std::uint32_t revision = 0;
  std::uint32_t number = 0;
  ENTENTE_KEY(EntityClaimKey, &EntityClaimKey::entity, &EntityClaimKey::release, &EntityClaimKey::revision,
              &EntityClaimKey::number)
};

// entity_events: in what did this entity take part, by day?
struct EntityEventKey {
  EntityNumber entity = 0;
  Section section = Section::dated;
  Day day = 0;
  EventNumber event = 0;
  Version since;
  ENTENTE_KEY(EntityEventKey, &EntityEventKey::entity, &EntityEventKey::section, &EntityEventKey::day,
              &EntityEventKey::event, &EntityEventKey::since)
};

// pair_events: in what did these two parties take part together, by day?
struct PairEventKey {
  EntityNumber first = 0;  // the smaller number
  EntityNumber second = 0;
  Section section = Section::dated;
  Day day = 0;
  EventNumber event = 0;
  Version since;
  ENTENTE_KEY(PairEventKey, &PairEventKey::first, &PairEventKey::second, &PairEventKey::section, &PairEventKey::day,
              &PairEventKey::event, &PairEventKey::since)
};

// editions: what were the editions of this forum, in their order? 0 where the number is not told.
struct EditionKey {
  EntityNumber forum = 0;
  std::uint32_t edition = 0;
  EventNumber event = 0;
  Version since;
  ENTENTE_KEY(EditionKey, &EditionKey::forum, &EditionKey::edition, &EditionKey::event, &EditionKey::since)
};

// triples_spo: what is said of this subject?
struct SubjectKey {
  TermKind subject_kind = TermKind::entity;
  std::uint64_t subject = 0;
  std::uint8_t predicate = 0;
  TermKind object_kind = TermKind::entity;
  std::uint64_t object = 0;
  ReleaseNumber release = 0;  // the claim that says it
  std::uint32_t revision = 0;
  std::uint32_t number = 0;
  ENTENTE_KEY(SubjectKey, &SubjectKey::subject_kind, &SubjectKey::subject, &SubjectKey::predicate,
              &SubjectKey::object_kind, &SubjectKey::object, &SubjectKey::release, &SubjectKey::revision,
              &SubjectKey::number)
};

// triples_pos: of what is this said? Without a predicate it is asked once for each of the few there are.
struct PredicateKey {
  std::uint8_t predicate = 0;
  TermKind object_kind = TermKind::entity;
  std::uint64_t object = 0;
  TermKind subject_kind = TermKind::entity;
  std::uint64_t subject = 0;
  ReleaseNumber release = 0;
  std::uint32_t revision = 0;
  std::uint32_t number = 0;
  ENTENTE_KEY(PredicateKey, &PredicateKey::predicate, &PredicateKey::object_kind, &PredicateKey::object,
              &PredicateKey::subject_kind, &PredicateKey::subject, &PredicateKey::release, &PredicateKey::revision,
              &PredicateKey::number)
};

// source_state: what does pulling remember of this source, of this page of it? Hashes of their names.
struct SourceStateKey {
  std::uint64_t source = 0;
  std::uint64_t item = 0;
  ENTENTE_KEY(SourceStateKey, &SourceStateKey::source, &SourceStateKey::item)
};

// loads: which tables were loaded, when, and what do their codes mean?
struct LoadKey {
  LoadNumber load = 0;
  ENTENTE_KEY(LoadKey, &LoadKey::load)
};

// load_events: what is this event of a table? A block of events, by the first.
struct LoadEventKey {
  LoadNumber load = 0;
  std::uint64_t event = 0;  // the table's own number
  ENTENTE_KEY(LoadEventKey, &LoadEventKey::load, &LoadEventKey::event)
};

// load_sources: which release does a table name by this number? A block of them, by the first.
struct LoadSourceKey {
  LoadNumber load = 0;
  std::uint64_t source = 0;  // the table's own number
  ENTENTE_KEY(LoadSourceKey, &LoadSourceKey::load, &LoadSourceKey::source)
};

// load_entity_rows: in which events of a table did this entity take part, by day? A block of rows, by the first.
struct LoadEntityRowKey {
  EntityNumber entity = 0;
  LoadNumber load = 0;
  Section section = Section::dated;
  Day day = 0;
  std::uint64_t event = 0;
  ENTENTE_KEY(LoadEntityRowKey, &LoadEntityRowKey::entity, &LoadEntityRowKey::load, &LoadEntityRowKey::section,
              &LoadEntityRowKey::day, &LoadEntityRowKey::event)
};

// load_pair_rows: in which events of a table did these two take part together, by day? A block of rows, by the first.
struct LoadPairRowKey {
  EntityNumber first = 0;  // the smaller number
  EntityNumber second = 0;
  LoadNumber load = 0;
  Section section = Section::dated;
  Day day = 0;
  std::uint64_t event = 0;
  ENTENTE_KEY(LoadPairRowKey, &LoadPairRowKey::first, &LoadPairRowKey::second, &LoadPairRowKey::load,
              &LoadPairRowKey::section, &LoadPairRowKey::day, &LoadPairRowKey::event)
};

// corrections: what has a person said of this claim, event or entity, now and at any recorded time?
enum class CorrectionKind : std::uint8_t { retract = 1, split = 2, join = 3, same = 4 };
inline bool is_known(CorrectionKind kind) { return kind >= CorrectionKind::retract && kind <= CorrectionKind::same; }
struct CorrectionKey {
  CorrectionKind kind = CorrectionKind::retract;
  std::uint64_t subject = 0;  // what a claim says, as a hash; or the number of an event or entity
  Version version;
  ENTENTE_KEY(CorrectionKey, &CorrectionKey::kind, &CorrectionKey::subject, &CorrectionKey::version)
};

#undef ENTENTE_KEY

// The numbers in ids, and back. Absent for text that is no such id.
std::optional<ReleaseNumber> number_of(const graph::ReleaseId& id);
std::optional<EventNumber> number_of(const graph::EventId& id);
std::optional<ClaimKey> key_of(const graph::ClaimId& id);
graph::ReleaseId release_id_of(ReleaseNumber number);
graph::EventId event_id_of(EventNumber number);
graph::ClaimId claim_id_of(const ClaimKey& key);

}  // namespace entente::storage
