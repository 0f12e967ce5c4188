#include "storage/record/joining.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <set>

#include "base/check.h"
#include "base/utf8.h"
#include "graph/join/alike.h"
#include "graph/join/group.h"
#include "graph/join/join.h"
#include "storage/record/claims.h"
#include "storage/record/corrections.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"

namespace entente::storage {
namespace {

using graph::Account;
using graph::Claim;
using graph::EventFacts;

constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};
// Forwards of forwards: more than this go in a circle.
constexpr int kStepsMax = 64;

// An event claim, and what its release and a person's word add to it.
struct Told {
  Claim claim;
  std::string publisher;
  EventNumber base = 0;       // the event that its key names, or the one of its own that a hand gave it
  std::string split_reason;   // not empty: by hand
  ClaimPlace now;             // as it stands; event 0 for one of the new reading
};

const EventFacts& facts_of(const Claim& claim) { return std::get<EventFacts>(claim.body); }

// Types that one account may say where another says the other; a coarse form of graph::related().
int family_of(graph::EventType type) {
  using graph::EventType;
  switch (type) {
    case EventType::meeting:
    case EventType::courtesy_call:
    case EventType::call:
    case EventType::consultation:
    case EventType::conference:
      return 0;
    default:
      return static_cast<int>(type);
  }
}

class Joining {
 public:
  Joining(const TableView& view, const JoiningReading& reading) : view_(view), reading_(reading) {}

  Result<Joined> run() {
    auto after = told_by(reading_.after, reading_.publisher);
    if (!after) return after.error();
    auto before = told_by(reading_.before, reading_.publisher_before);
    if (!before) return before.error();
    for (const Told& told : *after) told_[told.base].push_back(told);
    for (const auto* some : {&*before, &*after})
      for (const Told& told : *some)
        if (auto seeded = seed(told.base); !seeded) return seeded.error();
    for (Told& told : *before) {
      const ClaimKey key = key_of(told.claim.id).value();
      const auto join = find_version<JoinRecord>(view_, Family::joins, join_stem(key), kNow);
      if (!join) return join.error();
      if (!join->has_value()) return corrupt_row(Family::joins, join_stem(key));
      if (auto seeded = seed((*join)->event); !seeded) return seeded.error();
    }
    if (auto looked = look_around_what_was(*before); !looked) return looked.error();
    for (; !queue_.empty(); queue_.pop_front())
      if (auto expanded = expand(queue_.front()); !expanded) return expanded.error();
    return result();
  }

 private:
  // The event claims among these of one release, each with its base.
  Result<std::vector<Told>> told_by(const std::vector<Claim>& claims, const std::string& publisher) {
    const auto ids = graph::event_ids(claims);
    std::vector<Told> out;
    for (std::size_t i = 0; i < claims.size(); ++i) {
      if (!std::holds_alternative<EventFacts>(claims[i].body)) continue;
      Told told{claims[i], publisher, number_of(ids[i]).value(), {}, {}};
      if (reading_.corrected) {
        const auto split = split_by_hand(view_, claims[i]);
        if (!split) return split.error();
        if (split->has_value()) told.base = (*split)->event, told.split_reason = (*split)->reason;
      }
      out.push_back(std::move(told));
    }
    return out;
  }

  // Takes what is told of the event that a number leads to among what must be decided.
  Result<void> seed(EventNumber number) {
    const auto bases = load_event(number);
    if (!bases) return bases.error();
    for (const EventNumber base : *bases) add(base);
    if (told_.contains(number)) add(number);
    return {};
  }

  void add(EventNumber base) {
    if (component_.insert(base).second) queue_.push_back(base);
  }

  // What claims of other releases tell of it, by base; each claim once. Gives the bases.
  Result<std::vector<EventNumber>> load_event(EventNumber number) {
    const auto standing = standing_event(view_, number, kNow);
    if (!standing) return standing.error();
    if (!standing->has_value()) return std::vector<EventNumber>();
    if (const auto known = bases_of_.find(**standing); known != bases_of_.end()) return known->second;
    const auto record = find_version<EventRecord>(view_, Family::events, event_stem(**standing), kNow);
    if (!record) return record.error();
    std::vector<EventNumber> bases;
    for (const graph::ClaimId& id : (*record)->event->claims) {
      const auto key = key_of(id);
      if (!key) return corrupt_row(Family::events, event_stem(**standing));
      if (key->release == reading_.release) continue;
      auto told = told_in_release(*key);
      if (!told) return told.error();
      bases.push_back((*told)->base);
    }
    std::sort(bases.begin(), bases.end());
    bases.erase(std::unique(bases.begin(), bases.end()), bases.end());
    return bases_of_[**standing] = std::move(bases);
  }

  // All that the release tells now comes with one claim of it: the next ones are often asked for, too.
  Result<const Told*> told_in_release(const ClaimKey& key) {
    auto known = releases_.find(key.release);
    if (known == releases_.end()) {
      const auto release = find_version<ReleaseRecord>(view_, Family::releases, release_stem(key.release), kNow);
      if (!release) return release.error();
      if (!release->has_value()) return corrupt_row(Family::releases, release_stem(key.release));
      const auto claims = load_claims(view_, key.release, key.revision);
      if (!claims) return claims.error();
      auto told = told_by(*claims, (*release)->release.publisher);
      if (!told) return told.error();
      known = releases_.emplace(key.release, std::move(*told)).first;
      for (Told& one : known->second) {
        const std::string stem = join_stem(key_of(one.claim.id).value());
        const auto join = find_version<JoinRecord>(view_, Family::joins, stem, kNow);
        if (!join) return join.error();
        if (!join->has_value()) return corrupt_row(Family::joins, stem);
        one.now = {(*join)->event, (*join)->reason};
        told_[one.base].push_back(one);
        accounts_.erase(one.base);
      }
    }
    const auto id = claim_id_of(key);
    const auto at = std::find_if(known->second.begin(), known->second.end(),
                                 [&](const Told& told) { return told.claim.id == id; });
    if (at == known->second.end()) return corrupt_row(Family::claims, encode_key(key));
    return &*at;
  }

  Result<Account> account_of(EventNumber base, const std::vector<const Told*>& told) {
    Account out;
    out.id = base;
    std::vector<graph::SourcedClaim> claims;
    for (const Told* one : told) {
      claims.push_back({one->claim, one->publisher});
      out.releases.insert(one->claim.release.str());
      out.publishers.insert(one->publisher);
      out.alone = out.alone || !one->split_reason.empty();
    }
    out.facts = graph::add_up(event_id_of(base), std::move(claims)).facts;
    if (out.facts.forum) {
      auto words = words_of(*out.facts.forum, out.facts.parties);
      if (!words) return words.error();
      out.forum_words = std::move(*words);
    }
    return out;
  }

  Result<const Account*> account(EventNumber base) {
    if (const auto known = accounts_.find(base); known != accounts_.end()) return &known->second;
    std::vector<const Told*> told;
    for (const Told& one : told_.at(base)) told.push_back(&one);
    auto made = account_of(base, told);
    if (!made) return made.error();
    return &accounts_.emplace(base, std::move(*made)).first->second;
  }

  // Without the names of those who meet, which each side puts in its own order.
  Result<std::vector<std::string>> words_of(const graph::EntityId& forum, const std::vector<graph::EntityId>& parties) {
    std::vector<std::string> names;
    for (const graph::EntityId& party : parties) {
      auto known = names_.find(party);
      if (known == names_.end()) {
        std::vector<std::string> slugs;
        const auto number = find_number(view_, party.str());
        if (!number) return number.error();
        if (number->has_value()) {
          const auto record = find_version<EntityRecord>(view_, Family::entities, entity_stem(**number), kNow);
          if (!record) return record.error();
          if (record->has_value()) {
            slugs.push_back(slug((*record)->entity.label));
            for (const auto& name : (*record)->entity.names) slugs.push_back(slug(name.text));
          }
        }
        known = names_.emplace(party, std::move(slugs)).first;
      }
      names.insert(names.end(), known->second.begin(), known->second.end());
    }
    return graph::telling_words(forum, names);
  }

  // What was joined with the claims that stand no more, or kept from it by them, is decided anew.
  Result<void> look_around_what_was(const std::vector<Told>& before) {
    std::set<EventNumber> bases;
    for (const Told& told : before) bases.insert(told.base);
    for (const auto& told : told_)
      if (std::any_of(told.second.begin(), told.second.end(), [](const Told& one) { return one.now.event == 0; }))
        bases.insert(told.first);
    for (const EventNumber base : bases) {
      std::vector<const Told*> told;
      for (const Told& one : before)
        if (one.base == base) told.push_back(&one);
      if (const auto others = told_.find(base); others != told_.end())
        for (const Told& one : others->second)
          if (one.now.event != 0) told.push_back(&one);
      if (told.empty()) continue;
      const auto was = account_of(base, told);
      if (!was) return was.error();
      if (auto looked = look_around(*was); !looked) return looked;
    }
    return {};
  }

  Result<void> expand(EventNumber base) {
    EventNumber at = base;
    for (int steps = 0; reading_.corrected && steps < kStepsMax; ++steps) {
      auto joined = joined_by_hand(view_, at);
      if (!joined) return joined.error();
      if (!joined->has_value()) break;
      links_[at] = {at, (*joined)->event, (*joined)->reason};
      at = (*joined)->event;
      if (auto seeded = seed(at); !seeded) return seeded;
    }
    // Found by its key, it may stand in another event together with more.
    if (auto seeded = seed(base); !seeded) return seeded;
    if (!told_.contains(base)) return {};
    const auto one = account(base);
    if (!one) return one.error();
    const Account copy = **one;  // looking around loads more, and makes accounts anew
    return look_around(copy);
  }

  // Takes those among what must be decided that are like this account.
  Result<void> look_around(const Account& one) {
    if (one.alone) return {};
    const auto days = graph::days_to_look_at(one.facts);
    if (!days) return {};
    std::set<EventNumber> events;
    if (auto scanned = events_near(one.facts, *days, events); !scanned) return scanned;
    std::set<EventNumber> bases;
    for (const EventNumber event : events) {
      const auto told = load_event(event);
      if (!told) return told.error();
      bases.insert(told->begin(), told->end());
    }
    for (const EventNumber base : bases) {
      if (base == one.id) continue;
      const auto other = account(base);
      if (!other) return other.error();
      if (!graph::likeness(one, **other)) continue;
      if (!component_.contains(base)) {
        if (found_ == kAccountsFoundMax) continue;
        ++found_;
        add(base);
      }
      candidates_.emplace(std::min(one.id, base), std::max(one.id, base));
    }
    return {};
  }

  Result<void> events_near(const EventFacts& facts, const graph::Days& days, std::set<EventNumber>& out) {
    std::vector<EntityNumber> numbers;
    for (const graph::EntityId& party : facts.parties) {
      const auto number = find_number(view_, party.str());
      if (!number) return number.error();
      if (number->has_value()) numbers.push_back(**number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    if (numbers.size() > kPairedPartiesMax) numbers.resize(2);
    for (std::size_t i = 0; i < numbers.size(); ++i)
      for (std::size_t j = i + 1; j < numbers.size(); ++j)
        if (auto scanned = scan_pair(numbers[i], numbers[j], facts, days, out); !scanned) return scanned;
    return {};
  }

  Result<void> scan_pair(EntityNumber first, EntityNumber second, const EventFacts& facts, const graph::Days& days,
                         std::set<EventNumber>& out) {
    PairEventKey from{first, second, Section::dated, days.first, 0, {}};
    PairEventKey to = from;
    to.day = days.last + 1;
    const Range range{Family::pair_events, encode_key(from), encode_key(to)};
    return for_each_row<PairEventKey, EventRow>(
        view_, range, [&](const PairEventKey& key, const EventRow& row) -> Result<bool> {
          if (row.until || family_of(row.type) != family_of(facts.type) || out.contains(key.event)) return true;
          const auto near = may_be_near(key.event, row, facts);
          if (!near) return near.error();
          if (*near) out.insert(key.event);
          return true;
        });
  }

  // By the day in its row; or by another that one of its claims gives, which the event tells among its differences.
  Result<bool> may_be_near(EventNumber event, const EventRow& row, const EventFacts& facts) const {
    const Day first = *facts.date->earliest() - 1;
    const Day last = *facts.date->latest() + 1;
    const auto meets = [&](std::optional<Day> earliest, std::optional<Day> latest) {
      return earliest && latest && *earliest <= last && *latest >= first;
    };
    if (meets(row.earliest, row.latest)) return true;
    const auto record = find_version<EventRecord>(view_, Family::events, event_stem(event), kNow);
    if (!record) return record.error();
    if (!record->has_value() || !(*record)->event) return corrupt_row(Family::events, event_stem(event));
    for (const graph::Difference& difference : (*record)->event->differences) {
      if (difference.field != "date") continue;
      for (const std::string& text : difference.values)
        if (const auto date = Edtf::parse(text); date.ok() && meets(date->earliest(), date->latest())) return true;
    }
    return false;
  }

  Result<Joined> result() {
    std::vector<Account> accounts;
    for (const EventNumber base : component_) {
      if (!told_.contains(base)) continue;
      const auto one = account(base);
      if (!one) return one.error();
      accounts.push_back(**one);
    }
    std::vector<graph::HandLink> links;
    for (const auto& [from, link] : links_) links.push_back(link);
    const auto grouped = graph::group(accounts, candidates_, links);
    Joined out;
    std::map<graph::ClaimId, ClaimPlace> mine;
    for (const auto& [base, where] : grouped) {
      out.leads_to[base] = where.event;
      for (const Told& told : told_.at(base)) {
        ClaimPlace place{where.event, where.reason};
        if (place.reason.empty()) place.reason = told.split_reason;
        if (place.reason.empty()) place.reason = graph::join_key(facts_of(told.claim), told.claim.release).reason;
        if (told.now.event == 0)
          mine[told.claim.id] = std::move(place);
        else if (told.now.event != place.event || told.now.reason != place.reason)
          out.moved.push_back({told.claim, told.now.event, std::move(place)});
      }
    }
    for (const Claim& claim : reading_.after) {
      const auto at = mine.find(claim.id);
      out.places.push_back(at == mine.end() ? ClaimPlace() : at->second);
      ENTENTE_CHECK(at != mine.end() || !std::holds_alternative<EventFacts>(claim.body), "{} has no event", claim.id.str());
    }
    std::sort(out.moved.begin(), out.moved.end(),
              [](const MovedClaim& a, const MovedClaim& b) { return a.claim.id < b.claim.id; });
    return out;
  }

  const TableView& view_;
  const JoiningReading& reading_;
  std::map<EventNumber, std::vector<Told>> told_;                   // as it will be, by base
  std::map<EventNumber, Account> accounts_;                         // made of told_, thrown away when that changes
  std::map<EventNumber, std::vector<EventNumber>> bases_of_;        // of each event that was loaded
  std::map<ReleaseNumber, std::vector<Told>> releases_;
  std::map<graph::EntityId, std::vector<std::string>> names_;
  std::map<EventNumber, graph::HandLink> links_;
  std::set<EventNumber> component_;  // the bases that must be decided together
  std::deque<EventNumber> queue_;
  std::size_t found_ = 0;
  graph::Candidates candidates_;  // those of what was are looked at again with what is
};

}  // namespace

Result<Joined> join_claims(const TableView& view, const JoiningReading& reading) { return Joining(view, reading).run(); }

Result<std::optional<EventNumber>> standing_event(const TableView& view, EventNumber event, RecordedTime at) {
  for (int steps = 0; steps < kStepsMax; ++steps) {
    const auto record = find_version<EventRecord>(view, Family::events, event_stem(event), at);
    if (!record) return record.error();
    if (!record->has_value()) return std::optional<EventNumber>();
    if ((*record)->event) return std::optional(event);
    if (!(*record)->moved_to) return std::optional<EventNumber>();
    event = *(*record)->moved_to;
  }
  return std::optional<EventNumber>();
}

}  // namespace entente::storage
