#include "storage/care/expected.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "storage/record/claims.h"
#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/event_rows.h"
#include "storage/record/loads.h"
#include "storage/record/names.h"
#include "storage/record/triples.h"

namespace entente::storage {
namespace {

constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};

// Calls visit(first key, versions oldest first) for each thing of a family of versions.
template <class Key, class Record, class Visit>
Result<void> for_each_history(const TableView& view, Family family, Visit visit) {
  std::optional<Key> first;
  std::vector<Record> versions;
  const auto give = [&]() -> Result<void> {
    if (!first) return {};
    std::reverse(versions.begin(), versions.end());
    return visit(*first, versions);
  };
  const auto walked =
      for_each_row<Key, Record>(view, whole(family), [&](const Key& key, Record& record) -> Result<bool> {
        if (!first || encode_stem(*first) != encode_stem(key)) {
          if (auto given = give(); !given) return given.error();
          first = key;
          versions.clear();
        }
        versions.push_back(std::move(record));
        return true;
      });
  return walked ? give() : walked;
}

// When the version at this place of a history was replaced.
template <class Record>
std::optional<RecordedTime> replaced(const std::vector<Record>& versions, std::size_t i) {
  return i + 1 < versions.size() ? std::optional(versions[i + 1].since) : std::nullopt;
}

class Walk {
 public:
  Walk(const TableView& view, const ExpectedSink& sink) : view_(view), sink_(sink) {}

  Result<void> run() {
    for (const auto step : {&Walk::terms, &Walk::entities, &Walk::releases, &Walk::events, &Walk::commits})
      if (auto done = (this->*step)(); !done) return done;
    return {};
  }

 private:
  template <class Value>
  Result<void> expect(Family family, std::string key, const Value& value, const std::string& because) {
    return sink_.row({family, std::move(key), encode_value(value), because});
  }
  void fault(Family family, std::string_view key, const std::string& what) { sink_.fault(family, key, what); }

  Result<EntityNumber> number(const std::string& id) {
    const auto found = find_number(view_, id);
    if (!found) return found.error();
    if (found->has_value()) return **found;
    fault(Family::term_numbers, id, "has no number for an id that is in use");
    return EntityNumber{0};
  }

  Result<void> terms() {
    return for_each_row<TermKey, PlainText>(
        view_, whole(Family::terms), [&](const TermKey& key, const PlainText& id) -> Result<bool> {
          const TermNumberKey back{fnv1a64(id.text), key.number};
          if (auto done = expect(Family::term_numbers, encode_key(back), Present{}, id.text); !done)
            return done.error();
          return true;
        });
  }

  Result<void> entities() {
    return for_each_history<EntityKey, EntityRecord>(
        view_, Family::entities, [&](const EntityKey& key, const auto& versions) { return entity(key, versions); });
  }

  Result<void> entity(const EntityKey& key, const std::vector<EntityRecord>& versions) {
    const auto id = id_of(view_, key.entity);
    if (!id) return id.error();
    if (versions.back().origin != Origin::none) ++counts_.entities;
    std::set<EntityNumber> groups;
    Batch names(view_);
    for (const EntityRecord& version : versions) {
      if (version.entity.id.str() != *id)
        fault(Family::entities, encode_key(key), "is about another entity than its number says");
      if (version.origin == Origin::none) continue;
      put_names(names, key.entity, version.entity);
      for (const auto& group : version.entity.member_of) {
        const auto group_number = number(group.str());
        if (!group_number) return group_number.error();
        groups.insert(*group_number);
      }
    }
    for (const Write& write : std::move(names).take_writes())
      if (auto done = sink_.row({write.family, write.key, write.value, *id}); !done) return done;
    for (const EntityNumber group : groups)
      if (auto done = expect(Family::members, encode_key(MemberKey{group, key.entity}), Present{}, *id); !done)
        return done;
    return {};
  }

  Result<void> releases() {
    return for_each_history<ReleaseKey, ReleaseRecord>(
        view_, Family::releases, [&](const ReleaseKey& key, const auto& versions) { return release(key, versions); });
  }

  Result<void> release(const ReleaseKey& key, const std::vector<ReleaseRecord>& versions) {
    ++counts_.releases;
    counts_.claims += versions.back().claims;
    std::set<std::uint32_t> texts;
    for (std::size_t i = 0; i < versions.size(); ++i) {
      texts.insert(versions[i].text_revision);
      const Lifetime lifetime{versions[i].since, replaced(versions, i)};
      for (std::uint32_t n = 0; n < versions[i].claims; ++n)
        if (auto done = claim({key.release, versions[i].revision, n}, lifetime); !done) return done;
    }
    for (const std::uint32_t revision : texts) {
      const std::string text_key = encode_key(TextKey{key.release, revision});
      if (auto done = sink_.row({Family::texts, text_key, std::nullopt, release_id_of(key.release).str()}); !done)
        return done;
      if (const auto text = get_row<CompressedText>(view_, Family::texts, text_key); !text) return text.error();
    }
    return {};
  }

  Result<void> claim(const ClaimKey& key, const Lifetime& lifetime) {
    const std::string because = claim_id_of(key).str();
    if (auto done = sink_.row({Family::claims, encode_key(key), std::nullopt, because}); !done) return done;
    const auto record = get_row<ClaimRecord>(view_, Family::claims, encode_key(key));
    if (!record) return record.error();
    if (!record->has_value()) return {};  // said already
    const graph::Claim claim = claim_of(key, **record);
    if (std::holds_alternative<graph::EventFacts>(claim.body)) return event_claim(claim, key, lifetime);
    if (const auto subject = subject_of(claim.body)) {
      const auto entity_number = number(subject->str());
      if (!entity_number) return entity_number.error();
      const EntityClaimKey row{*entity_number, key.release, key.revision, key.number};
      if (auto done = expect(Family::entity_claims, encode_key(row), lifetime, because); !done) return done;
    }
    return triples(claim, key, {}, lifetime);
  }

  Result<void> event_claim(const graph::Claim& claim, const ClaimKey& key, const Lifetime& lifetime) {
    const auto joins = join_versions(key);
    if (!joins) return joins.error();
    if (joins->empty()) return {};  // said already
    if (auto done = counted_by_event(key, joins->back(), lifetime); !done) return done;
    for (const Telling& telling : tellings(*joins, lifetime))
      if (auto done = triples(claim, key, event_id_of(telling.event), telling.lifetime); !done) return done;
    return {};
  }

  // What the claim was joined to, the oldest first; each version is expected by the claim.
  Result<std::vector<JoinRecord>> join_versions(const ClaimKey& key) {
    std::vector<JoinRecord> out;
    const std::string because = claim_id_of(key).str();
    const std::string stem = join_stem(key);
    std::string current = stem;
    put_big_endian(current, Version::current().bits);
    if (auto done = sink_.row({Family::joins, current, std::nullopt, because}); !done) return done.error();
    const auto walked = for_each_row<JoinKeyOfClaim, JoinRecord>(
        view_, starting_with(Family::joins, stem), [&](const JoinKeyOfClaim& row, JoinRecord& record) -> Result<bool> {
          if (row.version != Version::current())
            if (auto done = sink_.row({Family::joins, encode_key(row), std::nullopt, because}); !done) return done.error();
          out.push_back(std::move(record));
          return true;
        });
    if (!walked) return walked.error();
    std::reverse(out.begin(), out.end());
    return out;
  }

  // A claim that stands is among those of its event, one that does not is not.
  Result<void> counted_by_event(const ClaimKey& key, const JoinRecord& join, const Lifetime& lifetime) {
    const std::string because = claim_id_of(key).str();
    const auto record = find_version<EventRecord>(view_, Family::events, event_stem(join.event), kNow);
    if (!record) return record.error();
    const auto* claims = record->has_value() && (*record)->event ? &(*record)->event->claims : nullptr;
    const bool among =
        claims != nullptr && std::find(claims->begin(), claims->end(), claim_id_of(key)) != claims->end();
    if (among == lifetime.until.has_value())
      fault(Family::events, event_stem(join.event),
            fmt::format("{} the claim {}, which {}", among ? "counts" : "does not count", because,
                        among ? "stands no more" : "stands"));
    return {};
  }

  Result<void> triples(const graph::Claim& claim, const ClaimKey& key, const graph::EventId& event,
                       const Lifetime& lifetime) {
    const auto rows = triple_rows(claim, key, event, lifetime, [&](const std::string& id) { return number(id); });
    if (!rows) return rows.error();
    // A claim that says a thing twice has one row for it.
    std::map<std::pair<Family, std::string>, std::string> unique;
    for (const TripleRows& row : *rows) {
      unique[{Family::triples_spo, encode_key(row.by_subject)}] = encode_value(row.record);
      unique[{Family::triples_pos, encode_key(row.by_predicate)}] = encode_value(row.record);
    }
    for (const auto& [at, value] : unique)
      if (auto done = sink_.row({at.first, at.second, value, claim.id.str()}); !done) return done;
    return {};
  }

  Result<void> events() {
    return for_each_history<EventKey, EventRecord>(
        view_, Family::events, [&](const EventKey& key, const auto& versions) { return event(key, versions); });
  }

  Result<void> event(const EventKey& key, const std::vector<EventRecord>& versions) {
    const std::string because = event_id_of(key.event).str();
    struct Open {
      EventRow row;
      RecordedTime since;
    };
    std::map<std::pair<Family, std::string>, Open> open;
    const auto end = [&](const std::pair<Family, std::string>& at, Open row, std::optional<RecordedTime> until) {
      row.row.until = until;
      std::string row_key = at.second;
      put_big_endian(row_key, Version::since(row.since).bits);
      return expect(at.first, std::move(row_key), row.row, because);
    };
    for (const EventRecord& version : versions) {
      auto rows = version.event ? rows_of(view_, *version.event) : EventRows();
      if (!rows) return rows.error();
      for (auto at = open.begin(); at != open.end();) {
        const auto kept = rows->find(at->first);
        if (kept != rows->end() && kept->second == at->second.row) {
          ++at;
          continue;
        }
        if (auto done = end(at->first, at->second, version.since); !done) return done;
        at = open.erase(at);
      }
      for (const auto& [at, row] : *rows) open.emplace(at, Open{row, version.since});
    }
    for (const auto& [at, row] : open)
      if (auto done = end(at, row, std::nullopt); !done) return done;
    return adds_up(key, versions.back());
  }

  Result<void> adds_up(const EventKey& key, const EventRecord& current) {
    if (!current.event) return {};
    ++counts_.events;
    const auto again = add_up_stored(view_, current.event->id, current.event->claims);
    if (!again) return again.error();
    if (*again != *current.event) fault(Family::events, encode_key(key), "is not what its claims add up to");
    return {};
  }

  Result<void> commits() {
    const auto last = last_commit(view_, kNow);
    if (!last) return last.error();
    const graph::StoreCounts said = last->value_or(DatedCommit{}).commit.counts;
    const auto loads = read_loads(view_);
    if (!loads) return loads.error();
    for (const auto& [number, load] : *loads) {
      counts_.releases += load.sources;
      counts_.claims += load.events;
      counts_.events += load.events;
    }
    const auto compare = [&](std::string_view what, std::uint64_t counted, std::uint64_t stated) {
      if (counted != stated)
        fault(Family::commits, what, fmt::format("says {} {}, and there are {}", stated, what, counted));
    };
    compare("releases", counts_.releases, said.releases);
    compare("claims", counts_.claims, said.claims);
    compare("events", counts_.events, said.events);
    compare("entities", counts_.entities, said.entities);
    return {};
  }

  const TableView& view_;
  const ExpectedSink& sink_;
  graph::StoreCounts counts_;
};

}  // namespace

Result<void> walk_expected(const TableView& view, const ExpectedSink& sink) { return Walk(view, sink).run(); }

}  // namespace entente::storage
