#include "graph/join/join.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/bytes.h"
#include "base/check.h"

namespace entente::graph {
namespace {

std::string joined(std::vector<EntityId> ids) {
  std::sort(ids.begin(), ids.end());
  std::string out;
  for (const auto& id : ids) out += id.str() + ' ';
  return out;
}

std::string place_text(const std::optional<Place>& place) {
  return place ? fmt::format("{}, {}", place->city, place->country) : std::string();
}

std::string number_text(std::optional<int> number) { return number ? std::to_string(*number) : std::string(); }

template <class Enum>
std::string name_text(const std::optional<Enum>& value) {
  return value ? std::string(to_string(*value)) : std::string();
}

// One field of an event: how it reads as text (empty: not said), and how a claim's value gets into the event.
struct Field {
  std::string_view name;
  std::function<std::string(const EventFacts&)> text;
  std::function<void(EventFacts&, const EventFacts&)> take;
};

const std::vector<Field>& fields() {
  static const std::vector<Field> kFields = {
      {"date", [](const EventFacts& f) { return f.date ? f.date->text() : ""; },
       [](EventFacts& to, const EventFacts& from) { to.date = from.date; }},
      {"status", [](const EventFacts& f) { return std::string(to_string(f.status)); },
       [](EventFacts& to, const EventFacts& from) { to.status = from.status; }},
      {"forum", [](const EventFacts& f) { return f.forum ? f.forum->str() : ""; },
       [](EventFacts& to, const EventFacts& from) { to.forum = from.forum; }},
      {"edition", [](const EventFacts& f) { return number_text(f.edition); },
       [](EventFacts& to, const EventFacts& from) { to.edition = from.edition; }},
      {"place", [](const EventFacts& f) { return place_text(f.place); },
       [](EventFacts& to, const EventFacts& from) { to.place = from.place; }},
      {"mode", [](const EventFacts& f) { return name_text(f.mode); },
       [](EventFacts& to, const EventFacts& from) { to.mode = from.mode; }},
      {"level", [](const EventFacts& f) { return name_text(f.level); },
       [](EventFacts& to, const EventFacts& from) { to.level = from.level; }},
      {"stage", [](const EventFacts& f) { return name_text(f.stage); },
       [](EventFacts& to, const EventFacts& from) { to.stage = from.stage; }},
      {"stance", [](const EventFacts& f) { return name_text(f.stance); },
       [](EventFacts& to, const EventFacts& from) { to.stance = from.stance; }},
      {"count", [](const EventFacts& f) { return number_text(f.count); },
       [](EventFacts& to, const EventFacts& from) { to.count = from.count; }},
  };
  return kFields;
}

const EventFacts& facts_of(const Claim& claim) {
  const auto* facts = std::get_if<EventFacts>(&claim.body);
  ENTENTE_CHECK(facts != nullptr, "{} is no event claim", claim.id.str());
  return *facts;
}

void choose(const Field& field, const std::vector<SourcedClaim>& claims, Event& event) {
  struct Vote {
    double weight = 0;
    const EventFacts* facts = nullptr;
  };
  std::map<std::string, Vote> votes;
  for (const auto& sourced : claims) {
    const EventFacts& facts = facts_of(sourced.claim);
    const std::string text = field.text(facts);
    if (text.empty()) continue;
    Vote& vote = votes[text];
    vote.weight += sourced.claim.confidence;
    vote.facts = &facts;
  }
  if (votes.empty()) return;
  std::vector<std::pair<std::string, Vote>> ranked(votes.begin(), votes.end());
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) {
    if (a.second.weight != b.second.weight) return a.second.weight > b.second.weight;
    return a.first.size() > b.first.size();  // the longer text is the more precise one
  });
  field.take(event.facts, *ranked.front().second.facts);
  if (ranked.size() == 1) return;
  Difference difference{std::string(field.name), {}};
  for (const auto& [text, vote] : ranked) difference.values.push_back(text);
  event.differences.push_back(std::move(difference));
}

template <class Collect>
std::vector<EntityId> united(const std::vector<SourcedClaim>& claims, Collect collect) {
  std::vector<EntityId> out;
  for (const auto& sourced : claims)
    for (const auto& id : collect(facts_of(sourced.claim)))
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(id);
  return out;
}

bool tells_of_an_edition(const EventFacts& facts) { return facts.forum && facts.edition; }

}  // namespace

JoinKey join_key(const EventFacts& facts, const ReleaseId& release) {
  const std::string who = joined(facts.parties);
  const std::string what = fmt::format("{}|{}|{}", to_string(facts.type), name_text(facts.stage), name_text(facts.stance));
  if (tells_of_an_edition(facts)) {
    // A series of two is often named by its kind alone: each pair has its third policy consultation.
    const bool of_two = facts.type == EventType::consultation && facts.parties.size() == 2;
    return {fmt::format("{}|{}|{}{}", what, facts.forum->str(), *facts.edition, of_two ? "|" + who : std::string()),
            of_two ? "same forum, edition and parties" : "same forum and edition"};
  }
  if (facts.date && facts.date->is_day()) {
    const std::string series = facts.forum ? "|" + facts.forum->str() : std::string();
    return {fmt::format("{}|{}|{}|{}|{}{}", what, facts.date->text(), who, joined(facts.officials),
                        number_text(facts.count), series),
            facts.forum ? "same type, day, parties, officials and forum" : "same type, day, parties and officials"};
  }
  return {fmt::format("{}|{}|{}|{}|{}|{}", what, facts.date ? facts.date->text() : "undated", who,
                      joined(facts.officials), number_text(facts.count), release.str()),
          "no day and no edition to tell it by: stands alone"};
}

EventId event_id(const JoinKey& key, int nth) {
  return EventId(fmt::format("event:{}", hex_digits(fnv1a64(fmt::format("{}#{}", key.text, nth)))));
}

std::vector<EventId> event_ids(const std::vector<Claim>& claims) {
  std::map<std::string, int> seen;
  std::vector<EventId> out;
  out.reserve(claims.size());
  for (const Claim& claim : claims) {
    const auto* facts = std::get_if<EventFacts>(&claim.body);
    if (facts == nullptr) {
      out.emplace_back();
      continue;
    }
    const JoinKey key = join_key(*facts, claim.release);
    const int nth = tells_of_an_edition(*facts) ? 0 : seen[key.text]++;
    out.push_back(event_id(key, nth));
  }
  return out;
}

Event add_up(const EventId& id, std::vector<SourcedClaim> claims) {
  ENTENTE_CHECK(!claims.empty(), "event {} without claims", id.str());
  std::sort(claims.begin(), claims.end(), [](const auto& a, const auto& b) {
    if (a.claim.confidence != b.claim.confidence) return a.claim.confidence > b.claim.confidence;
    return a.claim.id < b.claim.id;
  });
  Event event;
  event.id = id;
  event.facts.type = facts_of(claims.front().claim).type;
  for (const Field& field : fields()) choose(field, claims, event);
  event.facts.parties = united(claims, [](const EventFacts& f) -> const auto& { return f.parties; });
  event.facts.officials = united(claims, [](const EventFacts& f) -> const auto& { return f.officials; });
  std::set<std::string> releases;
  std::set<std::string> publishers;
  double doubt = 1;
  for (const auto& sourced : claims) {
    for (const auto& [who, role] : facts_of(sourced.claim).roles) event.facts.roles.emplace(who, role);
    event.claims.push_back(sourced.claim.id);
    if (releases.insert(sourced.claim.release.str()).second) doubt *= 1 - sourced.claim.confidence;
    if (!sourced.publisher.empty()) publishers.insert(sourced.publisher);
  }
  std::sort(event.claims.begin(), event.claims.end());
  event.sources = static_cast<int>(releases.size());
  event.publishers.assign(publishers.begin(), publishers.end());
  event.confidence = 1 - doubt;
  return event;
}

}  // namespace entente::graph
