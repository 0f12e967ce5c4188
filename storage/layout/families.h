// Each family of rows: its name on disk, its key (storage/codec/keys.h), its value (storage/codec/values.h), how it is
// looked at, and why it is there. RocksDB keeps each as a column family of its own.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "storage/codec/keys.h"

namespace entente::storage {

enum class Family : std::uint8_t {
  meta,
  commits,
  terms,
  term_numbers,
  entities,
  names,
  trigrams,
  members,
  releases,
  texts,
  claims,
  joins,
  events,
  entity_claims,
  entity_events,
  pair_events,
  editions,
  triples_spo,
  triples_pos,
  source_state,
  loads,
  load_events,
  load_sources,
  load_entity_rows,
  load_pair_rows,
  corrections,
};

// How the rows are met, which decides about filters and compression.
enum class Access : std::uint8_t {
  point,  // mostly by the whole key: a filter spares looking into files that do not have it
  scan,   // mostly by ranges: filters would be dead weight
  blob,   // large values that are compressed already
};

struct FamilyInfo {
  Family family;
  std::string_view name;   // on disk
  std::size_t key_bytes;   // of every key in it
  std::size_t stem_bytes;  // the start of the key that scans keep fixed: filters know it; 0 where they do not help
  Access access;
  std::string_view why;
};

inline constexpr std::array kFamilies = {
    FamilyInfo{Family::meta, "meta", key_bytes<MetaKey>(), 0, Access::point, "numbers that the next write needs"},
    FamilyInfo{Family::commits, "commits", key_bytes<CommitKey>(), 0, Access::scan,
               "each acknowledged write in its order: what changed since, how much there was"},
    FamilyInfo{Family::terms, "terms", key_bytes<TermKey>(), 0, Access::point, "number to id, so that keys are short"},
    FamilyInfo{Family::term_numbers, "term_numbers", key_bytes<TermNumberKey>(), 8, Access::point, "id to number"},
    FamilyInfo{Family::entities, "entities", key_bytes<EntityKey>(), 4, Access::point, "what each entity is"},
    FamilyInfo{Family::names, "names", key_bytes<NameKey>(), 0, Access::scan, "names, exact or begun, to entities"},
    FamilyInfo{Family::trigrams, "trigrams", key_bytes<TrigramKey>(), 0, Access::scan, "misspelt names to entities"},
    FamilyInfo{Family::members, "members", key_bytes<MemberKey>(), 0, Access::scan, "a group to those in it"},
    FamilyInfo{Family::releases, "releases", key_bytes<ReleaseKey>(), 8, Access::point, "what each release is"},
    FamilyInfo{Family::texts, "texts", key_bytes<TextKey>(), 0, Access::blob,
               "texts apart from the rest, so that nothing else has to step over them"},
    FamilyInfo{Family::claims, "claims", key_bytes<ClaimKey>(), 0, Access::point, "what each reading asserted"},
    FamilyInfo{Family::joins, "joins", key_bytes<JoinKeyOfClaim>(), 16, Access::point, "a claim to its event, and why"},
    FamilyInfo{Family::events, "events", key_bytes<EventKey>(), 8, Access::point, "what the claims add up to"},
    FamilyInfo{Family::entity_claims, "entity_claims", key_bytes<EntityClaimKey>(), 0, Access::scan,
               "an official or forum to the claims about it"},
    FamilyInfo{Family::entity_events, "entity_events", key_bytes<EntityEventKey>(), 0, Access::scan,
               "the timeline of one"},
    FamilyInfo{Family::pair_events, "pair_events", key_bytes<PairEventKey>(), 0, Access::scan, "the timeline of two"},
    FamilyInfo{Family::editions, "editions", key_bytes<EditionKey>(), 0, Access::scan, "a forum's meetings in order"},
    FamilyInfo{Family::triples_spo, "triples_spo", key_bytes<SubjectKey>(), 0, Access::scan, "what a thing says"},
    FamilyInfo{Family::triples_pos, "triples_pos", key_bytes<PredicateKey>(), 0, Access::scan, "what is said of it"},
    FamilyInfo{Family::source_state, "source_state", key_bytes<SourceStateKey>(), 8, Access::point,
               "where pulling stands with each source and page"},
    FamilyInfo{Family::loads, "loads", key_bytes<LoadKey>(), 0, Access::scan, "each table that was loaded"},
    FamilyInfo{Family::load_events, "load_events", key_bytes<LoadEventKey>(), 0, Access::scan,
               "what each event of a table is, in blocks"},
    FamilyInfo{Family::load_sources, "load_sources", key_bytes<LoadSourceKey>(), 0, Access::scan,
               "the releases that a table names, in blocks"},
    FamilyInfo{Family::load_entity_rows, "load_entity_rows", key_bytes<LoadEntityRowKey>(), 0, Access::scan,
               "the timeline of one in a table, in blocks"},
    FamilyInfo{Family::load_pair_rows, "load_pair_rows", key_bytes<LoadPairRowKey>(), 0, Access::scan,
               "the timeline of two in a table, in blocks"},
    FamilyInfo{Family::corrections, "corrections", key_bytes<CorrectionKey>(), 9, Access::point,
               "what persons said of claims and events"},
};

inline constexpr const FamilyInfo& info(Family family) { return kFamilies[static_cast<std::size_t>(family)]; }

// Put into the database by whole files alone, so that what is written one by one never holds its memory.
inline constexpr bool is_ingested(Family family) {
  return family >= Family::load_events && family <= Family::load_pair_rows;
}

static_assert(
    [] {
      for (std::size_t i = 0; i < kFamilies.size(); ++i)
        if (static_cast<std::size_t>(kFamilies[i].family) != i) return false;
      return true;
    }(),
    "kFamilies is in the order of Family");

}  // namespace entente::storage
