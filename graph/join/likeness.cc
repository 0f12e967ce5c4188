#include "graph/join/likeness.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/utf8.h"
#include "graph/join/alike.h"

namespace entente::graph {
namespace {

// An interval longer than this says too little to be joined by its days.
constexpr Day kVagueDaysMax = 31;
constexpr Day kYearDays = 366;
constexpr int kPointsMin = 4;

// Officials talk to each other: who they are tells the happening apart.
bool is_contact(EventType type) {
  return type == EventType::meeting || type == EventType::courtesy_call || type == EventType::call;
}
bool is_series(EventType type) { return type == EventType::consultation || type == EventType::conference; }

// Telling of it at any vagueness is telling of the same one: two states establish relations once.
bool happens_once(const EventFacts& facts) {
  return facts.type == EventType::relations && (facts.stage == Stage::established || facts.stage == Stage::recognised);
}

std::optional<Days> days_of(const EventFacts& facts) {
  if (!facts.date || !facts.date->earliest() || !facts.date->latest()) return std::nullopt;
  return Days{*facts.date->earliest(), *facts.date->latest()};
}

Day length(const Days& days) { return days.last - days.first; }

// How many days lie between them; 0 where they touch or overlap.
Day apart(const Days& a, const Days& b) { return std::max({Day{0}, b.first - a.last, a.first - b.last}); }

std::vector<EntityId> sorted(std::vector<EntityId> ids) {
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

// Two sides of a meeting of two are the same two. Of a meeting of many each account names some.
bool parties_agree(const EventFacts& a, const EventFacts& b) {
  const auto of_a = sorted(a.parties);
  const auto of_b = sorted(b.parties);
  if (of_a == of_b) return of_a.size() >= 2;
  if (!is_series(a.type) || !is_series(b.type) || std::min(of_a.size(), of_b.size()) < 3) return false;
  std::vector<EntityId> both;
  std::set_intersection(of_a.begin(), of_a.end(), of_b.begin(), of_b.end(), std::back_inserter(both));
  const std::size_t all = of_a.size() + of_b.size() - both.size();
  const bool within = both.size() == std::min(of_a.size(), of_b.size());
  return within || both.size() * 2 >= all;
}

struct Persons {
  int shared = 0;        // sides of which both name one and the same
  int others = 0;        // sides of which both name somebody, and nobody is the same
  bool guests_differ = false;
};

Persons compare_persons(const EventFacts& a, const EventFacts& b) {
  std::map<std::string_view, std::pair<std::vector<const EntityId*>, std::vector<const EntityId*>>> sides;
  for (const EntityId& id : a.officials) sides[side_of(id)].first.push_back(&id);
  for (const EntityId& id : b.officials) sides[side_of(id)].second.push_back(&id);
  Persons out;
  for (const auto& [side, named] : sides) {
    if (named.first.empty() || named.second.empty()) continue;
    const bool shared = std::any_of(named.first.begin(), named.first.end(), [&, &of_b = named.second](const EntityId* x) {
      return std::any_of(of_b.begin(), of_b.end(), [&](const EntityId* y) { return same_person(*x, *y); });
    });
    ++(shared ? out.shared : out.others);
    const auto is_guest = [](const EventFacts& facts, const EntityId& id) {
      const auto role = facts.roles.find(id);
      return role != facts.roles.end() && role->second == Role::guest;
    };
    if (!shared && (is_guest(a, *named.first.front()) || is_guest(b, *named.second.front()))) out.guests_differ = true;
  }
  return out;
}

// A role that has a direction, and that the two give the same party otherwise.
bool roles_cross(const EventFacts& a, const EventFacts& b) {
  const auto no_direction = [](EventType type) {
    return is_series(type) || type == EventType::meeting || type == EventType::call;
  };
  if (no_direction(a.type) || no_direction(b.type)) return false;
  for (const auto& [id, role] : a.roles) {
    const auto other = b.roles.find(id);
    if (other != b.roles.end() && other->second != role && kind_of(id) != EntityKind::official) return true;
  }
  return false;
}

bool at_a_distance(const EventFacts& facts) { return facts.type == EventType::call || facts.mode.has_value(); }

bool countries_differ(const EventFacts& a, const EventFacts& b) {
  if (!a.place || !b.place || at_a_distance(a) || at_a_distance(b)) return false;
  return !a.place->country.empty() && !b.place->country.empty() && a.place->country != b.place->country;
}

enum class City : std::uint8_t { unknown, same, other };
City compare_cities(const EventFacts& a, const EventFacts& b) {
  if (!a.place || !b.place || a.place->city.empty() || b.place->city.empty()) return City::unknown;
  const std::string of_a = slug(a.place->city);
  const std::string of_b = slug(b.place->city);
  const bool same = of_a == of_b || of_a.find(of_b) != std::string::npos || of_b.find(of_a) != std::string::npos;
  return same ? City::same : City::other;
}

int ranks_apart(const EventFacts& a, const EventFacts& b) {
  if (!a.level || !b.level) return 0;
  return std::abs(static_cast<int>(*a.level) - static_cast<int>(*b.level));
}

enum class Forums : std::uint8_t { unsaid, same, alike, other };
Forums compare_forums(const Account& a, const Account& b) {
  if (!a.facts.forum || !b.facts.forum) return Forums::unsaid;
  if (*a.facts.forum == *b.facts.forum) return Forums::same;
  return alike(a.forum_words, b.forum_words) ? Forums::alike : Forums::other;
}

bool same_edition(const EventFacts& a, const EventFacts& b) { return a.edition && a.edition == b.edition; }

// By a day less or more where two publishers tell it: midnight is not the same everywhere.
bool days_agree(const Account& a, const Account& b) {
  const auto of_a = days_of(a.facts);
  const auto of_b = days_of(b.facts);
  if (!of_a || !of_b) return false;
  const bool one_publisher = a.publishers == b.publishers && !a.publishers.empty();
  if (apart(*of_a, *of_b) > (one_publisher ? 0 : 1)) return false;
  const bool vague = length(*of_a) > kVagueDaysMax || length(*of_b) > kVagueDaysMax;
  return !vague || happens_once(a.facts) || same_edition(a.facts, b.facts);
}

bool of_one_release(const Account& a, const Account& b) {
  return std::any_of(a.releases.begin(), a.releases.end(),
                     [&](const std::string& release) { return b.releases.contains(release); });
}

bool talked_otherwise(const EventFacts& a, const EventFacts& b) {
  // A meeting and a call are one only where the meeting was held at a distance.
  return (a.type == EventType::call) != (b.type == EventType::call) && !(at_a_distance(a) && at_a_distance(b));
}

bool persons_contradict(const EventFacts& a, const EventFacts& b, const Persons& persons) {
  if (is_series(a.type) || is_series(b.type)) return false;
  if (a.type == EventType::visit) return persons.guests_differ || (persons.others > 0 && persons.shared == 0);
  return persons.others > 0;
}

bool ranks_contradict(const EventFacts& a, const EventFacts& b, const Persons& persons) {
  if (!(is_contact(a.type) && is_contact(b.type)) && a.type != EventType::visit) return false;
  const int steps = ranks_apart(a, b);
  return (steps >= 2 && persons.shared < 2) || (steps == 1 && persons.shared == 0);
}

// Adds up what speaks for two accounts, and how that is said.
class Tally {
 public:
  void add(int points, std::string said = {}) {
    points_ += points;
    if (!said.empty()) said_.push_back(std::move(said));
  }
  std::optional<Likeness> result() const {
    if (points_ < kPointsMin) return std::nullopt;
    return Likeness{points_, fmt::format("{}", fmt::join(said_, "; "))};
  }

 private:
  int points_ = 0;
  std::vector<std::string> said_;
};

void weigh_days(const Account& a, const Account& b, Tally& tally) {
  const Days of_a = *days_of(a.facts);
  const Days of_b = *days_of(b.facts);
  if (apart(of_a, of_b) > 0) return tally.add(1, "same parties, a day apart");
  const bool equal = of_a.first == of_b.first && of_a.last == of_b.last;
  const Day longer = std::max(length(of_a), length(of_b));
  constexpr Day kFewDays = 14;
  if (longer > kVagueDaysMax) return tally.add(0, "same parties, dates that can be one");
  if (equal && longer <= kFewDays) return tally.add(3, length(of_a) == 0 ? "same parties and day" : "same parties and days");
  if (longer <= kFewDays) return tally.add(2, "same parties, days that overlap");
  tally.add(1, "same parties, dates that can be one");
}

void weigh_persons(const Persons& persons, Tally& tally) {
  if (persons.shared >= 2) tally.add(3, "the same officials of both sides");
  if (persons.shared == 1) tally.add(2, "the same official of one side");
  if (persons.others > 0) tally.add(-2);
}

void weigh_forums(const Account& a, const Account& b, Tally& tally) {
  const Forums forums = compare_forums(a, b);
  if (forums == Forums::same) tally.add(3, "same forum");
  if (forums == Forums::alike) tally.add(2, "forum names alike");
  if (same_edition(a.facts, b.facts)) tally.add(3, fmt::format("edition {}", *a.facts.edition));
  // Two series of the same parties may meet on one day; with one number both, they hardly do.
  if (forums == Forums::other) tally.add(same_edition(a.facts, b.facts) ? -1 : -3);
}

void weigh_stage(const EventFacts& a, Tally& tally) {
  if (happens_once(a))
    tally.add(4, "what happens once");
  else if (a.type == EventType::relations || a.type == EventType::mission)
    tally.add(2, "same stage");
}

}  // namespace

bool related(EventType a, EventType b) {
  if (a == b) return a != EventType::statement;
  const auto held = [](EventType type) { return is_contact(type) || is_series(type); };
  // A courtesy call is no session of a series, and a call is none.
  const auto aside = [](EventType x, EventType y) { return is_series(x) && (y == EventType::courtesy_call || y == EventType::call); };
  return held(a) && held(b) && !aside(a, b) && !aside(b, a);
}

std::optional<Days> days_to_look_at(const EventFacts& facts) {
  if (facts.parties.size() < 2 || facts.type == EventType::statement) return std::nullopt;
  const auto days = days_of(facts);
  if (!days) return std::nullopt;
  const bool far = happens_once(facts) || (facts.edition && is_series(facts.type));
  if (length(*days) > (far ? kYearDays : kVagueDaysMax)) return std::nullopt;
  const Day reach = (far ? kYearDays : kVagueDaysMax) + 1;
  return Days{days->first - reach, days->last + reach};
}

bool contradict(const Account& a, const Account& b) {
  const EventFacts& x = a.facts;
  const EventFacts& y = b.facts;
  if (of_one_release(a, b) || !related(x.type, y.type)) return true;
  if (x.stage != y.stage || x.stance != y.stance || x.count != y.count) return true;
  if (x.edition && y.edition && x.edition != y.edition) return true;
  if (!parties_agree(x, y) || !days_agree(a, b) || roles_cross(x, y) || countries_differ(x, y)) return true;
  if (talked_otherwise(x, y)) return true;
  const Persons persons = compare_persons(x, y);
  return persons_contradict(x, y, persons) || ranks_contradict(x, y, persons);
}

std::optional<Likeness> likeness(const Account& a, const Account& b) {
  if (a.alone || b.alone || !days_to_look_at(a.facts) || !days_to_look_at(b.facts) || contradict(a, b))
    return std::nullopt;
  const EventFacts& x = a.facts;
  const EventFacts& y = b.facts;
  Tally tally;
  weigh_days(a, b, tally);
  weigh_persons(compare_persons(x, y), tally);
  weigh_forums(a, b, tally);
  weigh_stage(x, tally);
  switch (compare_cities(x, y)) {
    case City::same: tally.add(1, "same city"); break;
    case City::other: tally.add(-2); break;
    case City::unknown: break;
  }
  if (x.level && x.level == y.level) tally.add(1, "same level");
  if (ranks_apart(x, y) > 0) tally.add(-1);
  if (x.mode && x.mode == y.mode) tally.add(x.type == EventType::call || y.type == EventType::call ? 0 : 1);
  if (x.type != y.type) tally.add(is_series(x.type) && is_series(y.type) ? 0 : -1);
  return tally.result();
}

}  // namespace entente::graph
