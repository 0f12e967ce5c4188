// Acts whose verb is left out: "Barbados promised Jamaica one million dollars, and Guyana two million".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// Behind an aid of money: whoever else gives, with a sum of his own.
std::vector<Draft> SentenceEvents::other_donors(Draft& draft, std::uint32_t verb_item) const {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::aid) return more;
  bool told = false;  // the sum of the first was passed
  std::vector<std::uint32_t> donors;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::verb) break;
    if (kind == ItemKind::money) told = true;
    if (!told || (kind != ItemKind::conjunction && kind != ItemKind::comma)) continue;
    std::uint32_t at = i + 1;
    while (at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::determiner || sentence_.items[at].kind == ItemKind::conjunction)) ++at;
    if (at + 1 >= sentence_.items.size() || !clause_.is_actor(at) || clause_.actor(at).kind != ActorKind::party) continue;
    std::uint32_t sum = at + 1;
    if (sentence_.items[sum].kind == ItemKind::determiner && sum + 1 < sentence_.items.size()) ++sum;
    if (sentence_.items[sum].kind == ItemKind::money) donors.push_back(at);
  }
  for (const std::uint32_t donor : donors) {
    const Meant who = meant_of(donor);
    std::erase_if(draft.takings, [&](const Taking& taking) { return taking.part != Part::donor && taking.who.persons.empty() && taking.who.parties == who.parties; });
  }
  for (const std::uint32_t donor : donors) {
    Draft one = draft;
    std::erase_if(one.takings, [](const Taking& taking) { return taking.part == Part::donor; });
    one.takings.push_back({Part::donor, Slot::subject, meant_of(donor)});
    one.listed = true;
    more.push_back(std::move(one));
  }
  return more;
}

// "received messages from the President of A and from the President of B", "sent letters to A and to B": one from or to each.
std::vector<Draft> SentenceEvents::other_letters(Draft& draft) const {
  if (draft.type != graph::EventType::message || !draft.separable) return {};
  for (const Slot slot : {Slot::from, Slot::to}) {
    const auto is_end = [&](const Taking& taking) { return taking.slot == slot && taking.who.persons.size() == 1; };
    std::vector<Draft> more = one_for_each(draft, is_end);
    if (more.size() < 2) continue;
    for (Draft& one : more) one.listed = true;
    draft = std::move(more.front());
    more.erase(more.begin());
    return more;
  }
  return {};
}

// Behind a mission that was opened or closed: "and another in Denpasar in 2009", "and a Consulate in Kupang".
std::vector<Draft> SentenceEvents::other_missions(const Draft& draft, std::uint32_t object) const {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::mission || object == kNone || sentence_.items[object].kind != ItemKind::noun) return more;
  const auto is = [&](std::uint32_t at, ItemKind kind) { return at < sentence_.items.size() && sentence_.items[at].kind == kind; };
  for (std::uint32_t i = object + 1; i + 1 < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::verb) break;
    if ((kind != ItemKind::conjunction && kind != ItemKind::comma) || !is(i + 1, ItemKind::determiner)) continue;
    std::uint32_t at = i + 2;
    const bool named = is(at, ItemKind::noun) && class_of(at) == class_of(object);
    if (!named && word(sentence_.items[i + 1].begin) != "another") continue;
    if (named) ++at;
    if (!is(at, ItemKind::preposition) || word(sentence_.items[at].begin) != "in" || !clause_.is_actor(at + 1) || clause_.actor(at + 1).kind != ActorKind::city) continue;
    const ActorMention& town = clause_.actor(at + 1);
    Draft one = draft;
    one.city = cast_.city_text(town.city);
    one.place_country = view_.tables->cities[town.city].country;
    one.begin = sentence_.items[i + 1].begin;
    one.end = town.end;
    one.date.reset();
    if (is(at + 2, ItemKind::preposition) && is(at + 3, ItemKind::date)) {
      one.date = sentence_.dates[sentence_.items[at + 3].index];
      one.end = sentence_.items[at + 3].end;
    }
    one.listed = true;
    more.push_back(std::move(one));
  }
  return more;
}

}  // namespace entente::importers
