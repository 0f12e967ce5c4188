// What one draft tells of several happenings: a talk with each partner, a mission in each town.
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// Whom a taking adds on the other side: its countries, those of its persons included.
std::vector<PartyIndex> Composer::partners(const Taking& taking) const {
  const bool other_side = taking.slot == Slot::object || taking.slot == Slot::with || taking.slot == Slot::on || taking.slot == Slot::from;
  if (!other_side || taking.part == Part::own_side) return {};
  std::vector<PartyIndex> found;
  for (const std::uint32_t person : taking.who.persons)
    if (cast_.persons()[person].of != kNoParty) found.push_back(cast_.persons()[person].of);
  for (const PartyIndex party : taking.who.parties)
    if (!contains(found, party)) found.push_back(party);
  if (found.size() > 1 && !taking.listed) return {};
  return found;
}

// "Met with X of A and Y of B": a meeting with each country. Empty for what is one event.
std::vector<Draft> Composer::apart(const Draft& draft) const {
  const bool talk = draft.type == EventType::meeting || draft.type == EventType::call || draft.type == EventType::courtesy_call || draft.type == EventType::relations;
  std::vector<PartyIndex> countries;
  if (talk && draft.separable)
    for (const Taking& taking : draft.takings)
      for (const PartyIndex party : partners(taking))
        if (!contains(countries, party)) countries.push_back(party);
  if (draft.type == EventType::accreditation) return apart_guests(draft);
  if (draft.type == EventType::mission) return apart_missions(draft);
  if (talk && draft.each && countries.size() < 2) return apart_persons(draft);
  if (draft.type == EventType::courtesy_call && draft.separable && countries.size() < 2) return apart_hosts(draft);
  if (countries.size() < 2 || (draft.count && static_cast<std::size_t>(*draft.count) != countries.size())) return {};
  std::vector<Draft> parts;
  for (const PartyIndex country : countries) {
    Draft one = draft;
    one.takings.clear();
    one.count.reset();
    for (const Taking& taking : draft.takings) {
      const auto with = partners(taking);
      if (with.empty()) one.takings.push_back(taking);
      if (!contains(with, country)) continue;
      Taking with_country = taking;
      if (with.size() > 1) with_country.who.parties = {country};
      one.takings.push_back(std::move(with_country));
    }
    parts.push_back(std::move(one));
  }
  return parts;
}

// "Embassies will be opened in Yerevan and in Muscat": one in each.
std::vector<Draft> Composer::apart_missions(const Draft& draft) const {
  std::vector<PartyIndex> places;
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::in)
      for (const PartyIndex party : taking.who.parties)
        if (!contains(places, party) && party != cast_.own()) places.push_back(party);
  std::vector<Draft> parts;
  if (places.size() < 2) return parts;
  for (const PartyIndex place : places) {
    Draft one = draft;
    std::erase_if(one.takings, [&](const Taking& taking) { return taking.slot == Slot::in && !contains(taking.who.parties, place); });
    for (Taking& taking : one.takings)
      if (taking.slot == Slot::in) taking.who.parties = {place};
    if (one.place_country != place) {
      one.city.clear();
      one.place_country = place;
    }
    one.listed = true;
    parts.push_back(std::move(one));
  }
  return parts;
}

// "separate meetings with President A and Prime Minister B": one with each.
std::vector<Draft> Composer::apart_persons(const Draft& draft) const {
  std::vector<std::uint32_t> others;
  for (const Taking& taking : draft.takings)
    if (!partners(taking).empty() || taking.slot == Slot::with)
      for (const std::uint32_t person : taking.who.persons)
        if (!contains(others, person)) others.push_back(person);
  if (others.size() < 2) return {};
  std::vector<Draft> parts;
  for (const std::uint32_t other : others) {
    Draft one = draft;
    one.count.reset();
    one.listed = true;
    one.takings.clear();
    for (const Taking& taking : draft.takings) {
      Taking his = taking;
      std::erase_if(his.who.persons, [&](std::uint32_t person) { return person != other && contains(others, person); });
      if (taking.who.persons.empty() || !his.who.persons.empty()) one.takings.push_back(std::move(his));
    }
    parts.push_back(std::move(one));
  }
  return parts;
}

// "called on the President A and the Prime Minister B": a call on each.
std::vector<Draft> Composer::apart_hosts(const Draft& draft) {
  std::vector<Draft> parts;
  const auto is_host = [](const Taking& t) { return t.part == Part::host && t.who.persons.size() == 1; };
  if (std::count_if(draft.takings.begin(), draft.takings.end(), is_host) < 2) return {};
  for (const Taking& host : draft.takings) {
    if (!is_host(host)) continue;
    Draft one = draft;
    one.takings.clear();
    one.listed = true;
    for (const Taking& other : draft.takings)
      if (!is_host(other) || &other == &host) one.takings.push_back(other);
    parts.push_back(std::move(one));
  }
  return parts;
}

// "The Ambassadors of A and B presented their credentials": an accreditation for each.
std::vector<Draft> Composer::apart_guests(const Draft& draft) const {
  std::vector<Draft> parts;
  for (const Taking& taking : draft.takings) {
    if (taking.part != Part::guest || taking.who.parties.size() < 2) continue;
    for (const PartyIndex party : taking.who.parties) {
      Draft one = draft;
      one.takings.clear();
      for (const Taking& other : draft.takings)
        if (other.part != Part::guest || other.who.parties != taking.who.parties) one.takings.push_back(other);
      Meant who{{party}, {}, taking.who.level, {}};
      std::copy_if(taking.who.persons.begin(), taking.who.persons.end(), std::back_inserter(who.persons), [&](std::uint32_t person) { return cast_.persons()[person].of == party; });
      one.takings.push_back({Part::guest, taking.slot, std::move(who), false});
      one.listed = true;
      parts.push_back(std::move(one));
    }
    return parts;
  }
  return apart_envoys(draft);
}

// "received the credentials of the Ambassador of A, X, and of the Ambassador of B, Y": the same, with their names.
std::vector<Draft> Composer::apart_envoys(const Draft& draft) {
  std::vector<const Taking*> guests;
  for (const Taking& taking : draft.takings)
    if (taking.part == Part::guest && taking.who.parties.size() == 1 && !taking.who.persons.empty() &&
        std::none_of(guests.begin(), guests.end(), [&](const Taking* other) { return other->who.parties == taking.who.parties; }))
      guests.push_back(&taking);
  std::vector<Draft> parts;
  if (guests.size() < 2) return parts;
  for (const Taking* guest : guests) {
    Draft one = draft;
    std::erase_if(one.takings, [&](const Taking& taking) { return taking.part == Part::guest && taking.who.parties != guest->who.parties; });
    one.listed = true;
    parts.push_back(std::move(one));
  }
  return parts;
}

}  // namespace entente::importers
