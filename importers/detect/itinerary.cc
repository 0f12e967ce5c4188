// Journeys to several states, each with its own days: "to Kazakhstan on 8 and 9 April and to Uzbekistan on 10 and 11 April".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

struct Leg {
  std::vector<std::uint32_t> hosts;  // items
  std::vector<std::uint32_t> dates;  // items
};

// "Thursday (12 March 2026)": the one that says more.
std::uint32_t fullest(const Sentence& sentence, const std::vector<std::uint32_t>& dates) {
  for (const std::uint32_t date : dates) {
    const DateExpr& told = sentence.dates[sentence.items[date].index];
    if (told.kind == DateExpr::Kind::calendar && told.first.day) return date;
  }
  return dates.front();
}

}  // namespace

// Behind "to", "in", "at" or "for", or listed without a preposition: not "ahead of the summit with France".
bool SentenceEvents::is_destination(std::uint32_t item) const {
  std::uint32_t before = item;
  while (before > 0 && sentence_.items[before - 1].kind == ItemKind::determiner) --before;
  if (before == 0 || sentence_.items[before - 1].kind != ItemKind::preposition) return true;
  const Word to = word(sentence_.items[before - 1].begin);
  return to == "to" || to == "in" || to == "at" || to == "for" || to == "into";
}

// "met A in Ljubljana on Monday and B in Trieste on Tuesday": a talk with each who has a time or town of his own behind him; the
// first stays in the draft.
std::vector<Draft> SentenceEvents::other_talks(Draft& draft, std::uint32_t verb_item) {
  using graph::EventType;
  std::vector<Draft> more;
  if (draft.type != EventType::meeting && draft.type != EventType::courtesy_call && draft.type != EventType::call) return more;
  struct Talk {
    std::uint32_t partner = kNone;      // items
    std::uint32_t date = kNone;
    std::uint32_t city = kNone;
  };
  std::vector<Talk> talks;
  bool joined = true;  // behind "and" or a comma
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::verb || here.kind == ItemKind::forum) {
      if (here.kind == ItemKind::verb && !talks.empty() && joined) talks.pop_back();  // "and Minister B said"
      break;
    }
    if (here.kind == ItemKind::date && !talks.empty() && talks.back().date == kNone) talks.back().date = i;
    if (here.kind == ItemKind::conjunction || here.kind == ItemKind::comma) joined = true;
    if (here.kind != ItemKind::actor) {
      if (here.kind == ItemKind::preposition && word(here.begin) != "with" && word(here.begin) != "on") joined = false;
      continue;
    }
    const ActorMention& actor = clause_.actor(i);
    if (actor.kind == ActorKind::city && !talks.empty() && talks.back().city == kNone && word(sentence_.items[i - 1].begin) == "in") talks.back().city = i;
    if (actor.kind != ActorKind::person || actor.persons.size() != 1) continue;
    const bool next = talks.empty() || (joined && (talks.back().date != kNone || talks.back().city != kNone));
    if (!next && !talks.empty()) return more;  // one talk with several
    talks.push_back({i, kNone, kNone});
    joined = false;
  }
  const auto apart = [](const Talk& talk) { return talk.date != kNone || talk.city != kNone; };
  if (talks.size() < 2 || !std::all_of(talks.begin(), talks.end(), apart)) return more;
  // Each partner takes part as the first one does.
  const auto first = std::find_if(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return taking.who.persons == clause_.actor(talks[0].partner).persons; });
  const Slot slot = first == draft.takings.end() ? Slot::with : first->slot;
  const Part part = first == draft.takings.end() ? Part::participant : first->part;
  for (std::size_t k = 1; k < talks.size(); ++k) {
    Draft one = draft;
    std::erase_if(one.takings, [&](const Taking& taking) { return taking.slot != Slot::subject; });
    one.city.clear();
    one.place_country = kNoParty;
    one.date = talks[k].date != kNone ? std::optional(sentence_.dates[sentence_.items[talks[k].date].index]) : draft.date;
    take_one(one, part, slot, talks[k].partner);
    if (talks[k].city != kNone) take_place(one, talks[k].city);
    one.listed = true;
    more.push_back(std::move(one));
  }
  for (const Talk& other : talks)
    if (other.partner != talks[0].partner) std::erase_if(draft.takings, [&](const Taking& taking) { return taking.who.persons == clause_.actor(other.partner).persons; });
  return more;
}

// A visit for each state or town behind the verb that has a time right behind it, where all have one; the first stays in the draft.
std::vector<Draft> SentenceEvents::other_legs(Draft& draft, std::uint32_t verb_item) const {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::visit) return more;
  std::vector<Leg> legs;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::verb || here.kind == ItemKind::forum) break;
    if (here.kind == ItemKind::date && !legs.empty()) legs.back().dates.push_back(i);
    if (here.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[here.index];
    const bool place = (actor.kind == ActorKind::party || actor.kind == ActorKind::city) && !actor.possessive && !actor.ministry && actor.parties.size() == 1;
    if (!place || !is_destination(i)) continue;
    const bool of_town = !legs.empty() && legs.back().dates.empty() && clause_.actor(legs.back().hosts.back()).parties == actor.parties;  // "Nuku'alofa, Tonga"
    if (legs.empty() || (!legs.back().dates.empty() && !of_town)) legs.emplace_back();
    legs.back().hosts.push_back(i);
  }
  // "visited A on 4 March and B on 6 March, in the framework of the Plan for Africa"
  if (legs.size() > 2 && legs.back().dates.empty() && view_.tables->parties[meant_of(legs.back().hosts[0]).parties[0]].kind == graph::EntityKind::region) legs.pop_back();
  if (legs.size() < 2 || std::any_of(legs.begin(), legs.end(), [](const Leg& leg) { return leg.dates.empty(); })) return more;
  const auto is_of = [&](const Taking& taking, const Leg& leg) {
    return std::any_of(leg.hosts.begin(), leg.hosts.end(), [&](std::uint32_t host) { return taking.who.persons.empty() && taking.who.parties == meant_of(host).parties; });
  };
  const Draft whole = draft;
  for (std::size_t g = 0; g < legs.size(); ++g) {
    Draft one = whole;
    std::erase_if(one.takings, [&](const Taking& taking) {
      return taking.part != Part::guest && std::any_of(legs.begin(), legs.end(), [&](const Leg& leg) { return is_of(taking, leg); });
    });
    one.city.clear();
    one.place_country = kNoParty;
    for (const std::uint32_t host : legs[g].hosts) {
      one.takings.push_back({Part::host, Slot::to, meant_of(host)});
      if (clause_.actor(host).kind == ActorKind::city) take_place(one, host);
    }
    one.date = sentence_.dates[sentence_.items[fullest(sentence_, legs[g].dates)].index];
    if (g == 0) draft = std::move(one);
    else more.push_back(std::move(one));
  }
  return more;
}

}  // namespace entente::importers
