// Where and when, told by a building or by the clause behind a name.
#include <algorithm>

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

// "a visit to Central Asia": a region that one goes to is the region; "to the five countries of Central Asia" are they.
void SentenceEvents::stay_whole(const ActorMention& actor, Meant& meant) const {
  const WordInfo& last = view_.info(actor.end - 1);
  if (last.is(WordClass::state_noun) || last.is(WordClass::side) || view_.tokens[actor.begin].number > 1) return;
  for (PartyIndex i = 0; i < view_.tables->parties.size(); ++i) {
    const Party& party = view_.tables->parties[i];
    if (!party.expand || party.kind != graph::EntityKind::region || party.members != meant.parties) continue;
    meant.parties = {i};
    return;
  }
}

// "was conducted by video link", "held online": how, told behind the verb.
void SentenceEvents::take_mode(Draft& draft, std::uint32_t verb_item, const Arguments& arguments) const {
  using graph::EventType;
  if (draft.sets.mode || (draft.type != EventType::meeting && draft.type != EventType::consultation && draft.type != EventType::conference)) return;
  const std::uint32_t end = arguments.end < sentence_.items.size() ? sentence_.items[arguments.end].begin : sentence_.end;
  for (std::uint32_t t = sentence_.items[verb_item].end; t < end; ++t) {
    if (!view_.info(t).is(WordClass::virtual_)) continue;
    const std::string_view before = word(t - 1);
    const bool means = before == "by" || before == "via" || before == "through" || before == "over" || before == "on";
    const bool alone = t + 1 >= sentence_.end || view_.tokens[t + 1].punct || view_.info(t + 1).is(WordClass::preposition) || view_.info(t + 1).date != DateWord::none;
    if (means || alone) draft.sets.mode = graph::Mode::virtual_;
    return;
  }
}

// "in a ceremony attended by A and B", "in the presence of C": who stood by is listed without a part.
void SentenceEvents::take_present(Draft& draft) {
  using graph::EventType;
  if (draft.type != EventType::mission && draft.type != EventType::agreement && draft.type != EventType::relations) return;
  for (std::uint32_t i = 1; i + 1 < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    const bool presence = here.kind == ItemKind::word && word(here.end - 1) == "presence" && word(sentence_.items[i + 1].begin) == "of";
    const bool attended = here.kind == ItemKind::verb && verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].kind == VerbKind::attend &&
                          (verb(i).bare_participle || verb(i).passive) && word(sentence_.items[i + 1].begin) == "by";
    if (!presence && !attended) continue;
    for (std::uint32_t at = i + 2; at < sentence_.items.size(); ++at) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::actor) {
        if (is_person(at)) take_one(draft, Part::participant, Slot::among, at);
        continue;
      }
      const bool listing = kind == ItemKind::preposition || kind == ItemKind::conjunction || kind == ItemKind::comma || kind == ItemKind::determiner || kind == ItemKind::adverb;
      if (!listing) break;
    }
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
    // "which is due to be held in Abuja"
    const bool due = group.copula && i + 2 < sentence_.items.size() && view_.info(sentence_.items[i + 1].end - 1).is(WordClass::expected) && sentence_.items[i + 2].kind == ItemKind::verb;
    if (due) continue;
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
    take_mode(draft, i, arguments);
    if (!dated && draft.date && !draft.cancelled) {
      draft.tense = group.tense;
      if (group.planned || group.infinitive || verb_kind == VerbKind::plan) draft.planned = true;
    }
    return;
  }
}

}  // namespace entente::importers
