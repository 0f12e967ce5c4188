// Where and when, told by a building or by the clause behind a name.
#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "at United Nations Headquarters": in the town where the organisation sits.
void SentenceEvents::take_seat(Draft& draft, PartyIndex party) const {
  const Party& known = view_.tables->parties[party];
  if (known.seat_city.empty()) return;
  for (const City& city : view_.tables->cities) {
    if (city.name != known.seat_city) continue;
    draft.city = city.name;
    draft.place_country = city.country;
    return;
  }
}

// "the Joint Commission, to be held in Yogyakarta in November"; "... , which will be held in Pretoria on 26 February": the
// time and place that the clause right behind a meeting gives it.
void SentenceEvents::take_clause_behind(Draft& draft, std::uint32_t item) {
  if (draft.date && (!draft.city.empty() || draft.place_country != kNoParty)) return;
  bool relative = false;
  for (std::uint32_t i = item + 1; i < sentence_.items.size() && i < item + 12; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::noun || kind == ItemKind::forum || kind == ItemKind::conjunction) return;
    if (kind == ItemKind::relative) relative = word(sentence_.items[i].begin) == "which" || word(sentence_.items[i].begin) == "that";
    if (kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || is_no_fact(group)) return;
    const bool participle = (group.infinitive && group.passive) || group.bare_participle;
    if (!participle && !(relative && group.finite)) return;
    const VerbKind verb_kind = view_.tables->verbs[group.main].kind;
    if (verb_kind != VerbKind::light && verb_kind != VerbKind::occur && verb_kind != VerbKind::plan) return;
    const Arguments arguments = clause_.of_verb(i);
    Arguments behind;
    behind.begin = i;
    behind.end = arguments.end;
    for (const std::uint32_t date : arguments.dates)
      if (date > i) behind.dates.push_back(date);
    for (const std::uint32_t place : arguments.places)
      if (place > i) behind.places.push_back(place);
    const bool dated = draft.date.has_value();
    take_time_and_place(draft, behind, item);
    if (!dated && draft.date && !draft.cancelled) {
      draft.tense = group.tense;
      if (group.planned || group.infinitive || verb_kind == VerbKind::plan) draft.planned = true;
    }
    return;
  }
}

}  // namespace entente::importers
