// What is said of a gathering by further verbs, and what happens at its margins.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "was held in Honiara and was chaired by A", "took place in Brussels, attended by B": verbs that share the gathering as their
// subject say who led it and who came.
void SentenceEvents::take_joined_verbs(Draft& draft, std::uint32_t item, std::uint32_t verb_item) {
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return;
    if (kind != ItemKind::verb || verb(i).main == kNoVerb || is_no_fact(verb(i))) continue;
    const VerbKind how = view_.tables->verbs[verb(i).main].kind;
    const bool hosts = view_.tables->verbs[verb(i).main].is(VerbTrait::hosts);
    if (how != VerbKind::chair && how != VerbKind::attend && !hosts) continue;
    const Arguments arguments = clause_.of_verb(i);
    const bool shared = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == item && a.slot == Slot::object; });
    const bool set_off = verb(i).bare_participle && !verb(i).finite && i > 0 && sentence_.items[i - 1].kind == ItemKind::comma;
    // "was hosted by A and chaired by Minister B"
    const bool joined = verb(i).bare_participle && i > 0 && sentence_.items[i - 1].kind == ItemKind::conjunction && verb(verb_item).passive && i + 1 < sentence_.items.size() && word(sentence_.items[i + 1].begin) == "by";
    if (!shared && !set_off && !joined) continue;
    take_those_behind(draft, i, hosts ? Part::host : how == VerbKind::chair ? Part::chair : Part::participant);
  }
}

// "chaired by A of B and C of D": everyone in the list behind "by".
void SentenceEvents::take_those_behind(Draft& draft, std::uint32_t verb_item, Part part) {
  std::uint32_t at = verb_item + 1;
  while (at < sentence_.items.size() && sentence_.items[at].kind == ItemKind::adverb) ++at;
  if (at >= sentence_.items.size() || word(sentence_.items[at].begin) != "by") return;
  // "joined by video link by the Minister": how, before who
  constexpr std::uint32_t kHowMax = 3;  // items
  for (std::uint32_t next = at + 1; next < sentence_.items.size() && next <= at + kHowMax && sentence_.items[next].kind != ItemKind::actor && sentence_.items[next].kind != ItemKind::verb; ++next)
    if (word(sentence_.items[next].begin) == "by") at = next;
  for (++at; at < sentence_.items.size(); ++at) {
    const ItemKind kind = sentence_.items[at].kind;
    if (kind == ItemKind::actor) {
      const ActorKind who = clause_.actor(at).kind;
      const bool acts = is_person(at) || (who == ActorKind::party && part != Part::chair);
      if (acts && !clause_.actor(at).possessive) take_one(draft, part, Slot::by, at);
      continue;
    }
    const bool again = kind == ItemKind::preposition && word(sentence_.items[at].begin) == "by" && sentence_.items[at - 1].kind == ItemKind::conjunction;  // "by A and B and by C"
    const bool listing = again || kind == ItemKind::conjunction || kind == ItemKind::comma || kind == ItemKind::determiner || kind == ItemKind::adverb;
    if (!listing) return;
  }
}

// "A delegation of B led by Minister A arrived": he travels, too.
void SentenceEvents::take_leader(Draft& draft) {
  for (std::uint32_t i = 1; i + 1 < sentence_.items.size(); ++i) {
    if (!is_led_by(view_, sentence_, i) || !clause_.is_actor(i - 1)) continue;
    const Meant side = meant_of(i - 1);
    const bool travels = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return taking.part == Part::guest && taking.who.persons.empty() && taking.who.parties == side.parties; });
    if (travels && !side.parties.empty()) take_those_behind(draft, i, Part::guest);
  }
}

// "will travel to A on 22 May, together with the Minister for Trade, B"
void SentenceEvents::take_together(Draft& draft, std::uint32_t verb_item) {
  for (std::uint32_t i = verb_item + 1; i + 1 < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::relative || here.kind == ItemKind::stop || here.kind == ItemKind::verb) return;
    if (here.kind != ItemKind::preposition || word(here.begin) != "with" || word(here.begin - 1) != "together") continue;
    for (std::uint32_t at = i + 1; at < sentence_.items.size(); ++at) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::actor && is_person(at)) take_one(draft, Part::guest, Slot::among, at);
      else if (kind != ItemKind::determiner && kind != ItemKind::comma && kind != ItemKind::conjunction) break;
    }
  }
}

// "met with A, accompanied by B"; "A, accompanied by B, called on C": whoever comes along takes part.
void SentenceEvents::take_accompanying(Draft& draft, std::uint32_t verb_item) {
  using graph::EventType;
  const bool journey = draft.type == EventType::visit;
  if (!journey && draft.type != EventType::meeting && draft.type != EventType::courtesy_call) return;
  const std::size_t before = draft.takings.size();
  for (std::uint32_t i = 0; i + 1 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::stop && i > verb_item) break;
    if (i == verb_item || sentence_.items[i].kind != ItemKind::verb || verb(i).main == kNoVerb) continue;
    const VerbGroup& group = verb(i);
    // "will visit A on 14 June, accompanied by B": behind a comma a participle, whatever it looks like
    const bool set_off = i > 0 && sentence_.items[i - 1].kind == ItemKind::comma && word(sentence_.items[i + 1].begin) == "by" && group.end - group.begin == 1;
    if (group.finite && !set_off && i > verb_item) break;
    if (view_.tables->verbs[group.main].kind != VerbKind::accompany || !(set_off || (group.bare_participle && !group.finite))) continue;
    take_those_behind(draft, i, journey ? Part::guest : Part::participant);
  }
  if (journey) take_together(draft, verb_item);
  // On a journey only those who are named are told of: "accompanied by a delegation of A".
  if (journey) draft.takings.erase(std::remove_if(draft.takings.begin() + static_cast<std::ptrdiff_t>(before), draft.takings.end(), [](const Taking& taking) { return taking.who.persons.empty(); }), draft.takings.end());
}

// "On the sidelines of the Meeting": at the place of the gathering that was told.
bool SentenceEvents::is_at_margins() const {
  for (std::uint32_t t = sentence_.begin; t + 1 < sentence_.end; ++t) {
    if (!view_.info(t).is(WordClass::margin)) continue;
    if (word(t + 1) == "of" || word(t + 1) == "there" || (t > sentence_.begin && word(t - 1) == "its")) return true;
  }
  return false;
}

// "headed the delegation to the Assembly in A; at its margins she met B": where the gathering of the same sentence is.
void SentenceEvents::take_place_at_margins() {
  const auto gathering = std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.forum && (!d.city.empty() || d.place_country != kNoParty); });
  if (gathering == drafts_.end() || !is_at_margins()) return;
  for (Draft& draft : drafts_) {
    if ((draft.type != graph::EventType::meeting && draft.type != graph::EventType::agreement) || !draft.city.empty() || draft.place_country != kNoParty) continue;
    draft.city = gathering->city;
    draft.place_country = gathering->place_country;
  }
}

// "at the Presidential Palace", "at the Ministry": in a building by whose name its town is not told.
bool SentenceEvents::is_at_building(const Draft& draft) const {
  constexpr std::uint32_t kWordsMax = 5;
  for (std::uint32_t t = draft.begin; t + 1 < std::min(draft.end + kWordsMax, sentence_.end); ++t) {
    if (word(t) != "at" && word(t) != "in") continue;
    for (std::uint32_t at = t + 1; at < sentence_.end && at <= t + kWordsMax; ++at) {
      if (view_.info(at).is(WordClass::building) && view_.tokens[at].capital) return true;
      if (!view_.tokens[at].capital && !view_.info(at).is(WordClass::determiner) && !view_.tokens[at].possessive) break;
    }
  }
  return false;
}

// "Before the signing", "After the ceremony", "At the conference": on the day of what was told before; "Under it" a paper gives what it gives.
bool SentenceEvents::is_beside_act() const {
  for (std::size_t i = 0; i + 1 < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind != ItemKind::preposition) continue;
    const Word link = word(here.begin);
    const bool opens = i == 0 || (i == 1 && sentence_.items[0].kind == ItemKind::conjunction);
    if (opens && (link == "by" || link == "under" || link == "through") && clause_.is_actor(static_cast<std::uint32_t>(i + 1)) && clause_.actor(static_cast<std::uint32_t>(i + 1)).kind == ActorKind::it) return true;
    if (link != "before" && link != "after" && link != "following" && link != "at" && link != "during" && link != "to" && link != "on") continue;
    if (link == "to" && (i == 0 || word(here.begin - 1) != "prior")) continue;
    if (i + 2 >= sentence_.items.size() || sentence_.items[i + 1].kind != ItemKind::determiner) continue;
    // "On the occasion of this event", "At the end of these talks": what stands behind "of", where it is known
    std::size_t at = i + 2;
    const bool part = view_.info(sentence_.items[at].begin).is(WordClass::occasion) || view_.info(sentence_.items[at].begin).is(WordClass::span_end);
    const bool of_known = part && at + 3 < sentence_.items.size() && word(sentence_.items[at + 1].begin) == "of" && view_.info(sentence_.items[at + 2].begin).is(WordClass::demonstrative);
    if (of_known) at += 3;
    const Item& what = sentence_.items[at];
    // "On the same occasion A donated"
    const bool says_same = word(what.begin) == "same";
    const bool parted = says_same && what.end - what.begin == 1 && at + 1 < sentence_.items.size();  // "same" by itself, the noun behind it
    const bool known = link == "on" && opens && (says_same || view_.info(sentence_.items[i + 1].begin).is(WordClass::demonstrative));
    if (known && view_.info(sentence_.items[parted ? at + 1 : at].end - 1).is(WordClass::occasion)) return true;
    const bool bare = link == "on" && opens && view_.info(what.end - 1).is(WordClass::occasion) && at + 1 < sentence_.items.size() && (sentence_.items[at + 1].kind == ItemKind::comma || sentence_.items[at + 1].kind == ItemKind::actor);  // "On the occasion, A conveyed"
    if (bare) return true;
    if (link == "on" && !of_known) continue;
    if (view_.info(what.begin).is(WordClass::occasion)) return true;
    if (what.kind == ItemKind::forum && sentence_.forums[what.index].generic) return true;
    if (what.kind == ItemKind::noun && view_.tables->nouns[sentence_.nouns[what.index].noun].type && view_.tables->nouns[sentence_.nouns[what.index].noun].type != graph::EventType::visit) return true;
  }
  return false;
}

// "Under the notes A provides", "By these Notes a grant is extended", "The notes provide": a gift that the paper told before gives.
bool SentenceEvents::is_under_paper() const {
  const auto is_paper = [&](std::uint32_t i) { return i < sentence_.items.size() && clause_.is_of_class(i, "agreement"); };
  if (sentence_.items.size() < 3) return false;
  const Item& first = sentence_.items[0];
  if (first.kind == ItemKind::determiner) return is_paper(1) && sentence_.items[2].kind == ItemKind::verb && (word(first.begin) == "the" || view_.info(first.begin).is(WordClass::demonstrative));
  const Word link = word(first.begin);
  return first.kind == ItemKind::preposition && (link == "under" || link == "by" || link == "through") && sentence_.items[1].kind == ItemKind::determiner && is_paper(2);
}

// "at the same venue", "in that city": in the town named last.
void SentenceEvents::take_same_place(Draft& draft, const Arguments& arguments) const {
  if (!draft.city.empty()) return;
  const std::uint32_t begin = arguments.begin < sentence_.items.size() ? sentence_.items[arguments.begin].begin : sentence_.begin;
  const std::uint32_t end = arguments.end < sentence_.items.size() ? sentence_.items[arguments.end].begin : sentence_.end;
  for (std::uint32_t t = begin + 1; t + 1 < end; ++t) {
    const bool same = word(t) == "same" && t > begin + 1;
    if (!same && word(t) != "that") continue;
    const bool place = view_.info(t + 1).is(WordClass::settlement) || view_.info(t + 1).is(WordClass::venue);
    const std::uint32_t before = same ? t - 2 : t - 1;
    const bool in = word(before) == "in" || word(before) == "at";
    if (!place || !in) continue;
    std::uint32_t item = arguments.begin;
    while (item < sentence_.items.size() && sentence_.items[item].begin < before) ++item;
    const std::uint32_t here = city_before(item);  // in the sentence itself
    const std::uint32_t city = here == kNone ? cast_.last_city() : here;
    if (city == kNone) return;
    draft.city = cast_.city_text(city);
    draft.place_country = view_.tables->cities[city].country;
    return;
  }
}

}  // namespace entente::importers
