// Who takes part beside those whom the verb names: addressees, company, travellers, both sides of a paper.
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

constexpr std::uint32_t kLetterReach = 4;  // tokens from the start of the sentence

}  // namespace

// Whom a position is about: every party named behind the verb, and towns where no party is.
void SentenceEvents::take_addressees(Draft& draft, std::uint32_t verb_item) {
  Meant parties;
  Meant towns;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop && word(here.begin) == ";") break;
    // "the memorial to the soldiers who liberated B", "the schools run by C": what only tells more of what is named.
    const bool aside = here.kind == ItemKind::relative || (here.kind == ItemKind::verb && verb(i).bare_participle && !verb(i).finite);
    if (aside && !parties.parties.empty() && parties.parties != std::vector<PartyIndex>{cast_.own()}) break;
    if (here.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[here.index];
    // "signed in Doha, Qatar", "on the African continent", "the relevant UN resolutions"
    const bool of_town = i > 2 && actor.kind == ActorKind::party && sentence_.items[i - 1].kind == ItemKind::comma && clause_.is_actor(i - 2) && clause_.actor(i - 2).kind == ActorKind::city && clause_.actor(i - 2).parties == actor.parties;
    const bool of_paper = actor.end < sentence_.end && view_.info(actor.end).is(WordClass::of_body);
    if ((of_town && !parties.parties.empty()) || of_paper) continue;
    Meant who;
    if (actor.kind == ActorKind::adjective || actor.kind == ActorKind::party || actor.kind == ActorKind::city) who.parties = actor.parties;
    else if (actor.kind == ActorKind::person || actor.kind == ActorKind::post) who.parties = cast_.meant(actor).parties;
    add_meant(actor.kind == ActorKind::city ? towns : parties, who);
  }
  std::erase(parties.parties, cast_.own());
  std::erase(towns.parties, cast_.own());
  if (parties.parties.empty()) parties = towns;
  // "condemns this decision": of those whose act was told before.
  const bool this_act = verb_item + 1 < sentence_.items.size() && sentence_.items[verb_item + 1].kind == ItemKind::determiner && (word(sentence_.items[verb_item + 1].begin) == "this" || word(sentence_.items[verb_item + 1].begin) == "these" || word(sentence_.items[verb_item + 1].begin) == "such");
  if (parties.parties.empty() && this_act && cast_.counterpart() != kNoParty) parties.parties = {cast_.counterpart()};
  if (!parties.parties.empty()) draft.takings.push_back({Part::participant, Slot::object, std::move(parties)});
}

// "Accompanied President B to a meeting with C": the verb that brings others to the event at an item; kNone when none does.
std::uint32_t SentenceEvents::accompanying(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return kNone;
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || is_no_fact(group)) return kNone;
    const VerbKind kind = view_.tables->verbs[group.main].kind;
    if (kind != VerbKind::attend) return kind == VerbKind::accompany ? i : kNone;
    const std::uint32_t joined = first_object(clause_.of_verb(i));  // "joined the President on 30 July for a visit to B"
    return joined != kNone && clause_.is_actor(joined) && is_person(joined) ? i : kNone;
  }
  return kNone;
}

void SentenceEvents::take_company(Draft& draft, std::uint32_t item) {
  const std::uint32_t bringing = accompanying(item);
  if (bringing == kNone) return;
  const Part part = draft.type == EventType::visit ? Part::guest : Part::participant;
  const Arguments arguments = clause_.of_verb(bringing);
  take_status(draft, verb(bringing));
  for (const Argument& a : arguments.all) {
    if (a.slot == Slot::subject) take_one(draft, part, a.slot, a.item);
    if (a.slot == Slot::object) take_one(draft, part == Part::guest ? Part::guest : Part::own_side, a.slot, a.item);
  }
  take_elided_subject(draft, verb(bringing), part);
  if (draft.type == EventType::agreement && draft.sets.stage == graph::Stage::signed_) {  // the side of those who came to sign
    Meant side;
    for (const Taking& taking : draft.takings)
      if (taking.slot == Slot::subject) add_meant(side, Meant{taking.who.parties, {}, {}, {}});
    if (side.empty() && cast_.own() != kNoParty) side.parties = {cast_.own()};
    if (!side.empty()) draft.takings.push_back({Part::signatory, Slot::by, std::move(side), false});
  }
  take_time_and_place(draft, arguments, item);
}

Meant SentenceEvents::traveller() const {
  Meant meant;
  if (entry_ == nullptr || (!entry_->traveller && !entry_->owner)) return meant;
  const std::uint32_t whose = entry_->traveller ? *entry_->traveller : *entry_->owner;
  meant.persons = {whose};
  const Person& person = cast_.persons()[whose];
  if (person.of != kNoParty) meant.parties = {person.of};
  meant.level = person.level;
  return meant;
}

// "Met with the President.": whoever the entry is about, or was spoken of last.
void SentenceEvents::take_elided_subject(Draft& draft, const VerbGroup& verb, Part part) {
  if ((!verb.finite && !verb.elided) || verb.passive || part == Part::none) return;
  const bool has_subject = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject; });
  if (has_subject) return;
  Meant who = traveller();
  if (who.empty() && verb.elided) who = cast_.last_subject();
  if (who.empty()) return;
  draft.subject_left_out = true;
  draft.takings.push_back({part, Slot::subject, std::move(who)});
}

// What is told in an entry happened to its traveller, at its time and place, unless the words say otherwise.
void SentenceEvents::take_entry(Draft& draft) const {
  if (entry_ == nullptr) return;
  if (entry_->traveller) draft.home = entry_->countries[0];
  if (entry_->date.first.year) draft.entry_year = entry_->date.first.year;
  if (entry_->date.kind == DateExpr::Kind::calendar && !entry_->date.last) draft.entry_day = entry_->date;
  if (draft.type == EventType::relations) return;
  if (entry_->row) {  // what a line of a table tells is of its time, whatever its words are
    draft.date = entry_->date;
    draft.entry_date = true;
    draft.background = false;
    if (!draft.cancelled) draft.tense = Tense::unknown;
  }
  if (!draft.date) {
    draft.date = entry_->date;
    draft.entry_date = true;
    if (sentence_.verbs.empty()) draft.background = false;  // "Meeting with the Minister of B" in a schedule
  }
  const bool placed = draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid && draft.type != EventType::visit;
  if (placed && draft.city.empty() && draft.place_country == kNoParty && !entry_->countries.empty()) {
    draft.city = entry_->city;
    draft.place_country = entry_->countries[0];
  }
  const Meant who = traveller();
  if (who.empty()) return;
  if (draft.type == EventType::visit)  // "on his first journey to Asia": to the country of the entry
    for (Taking& taking : draft.takings)
      if (taking.part == Part::host && taking.who.persons.empty() && !taking.who.parties.empty() &&
          view_.tables->parties[taking.who.parties[0]].kind == graph::EntityKind::region)
        taking.who.parties = entry_->countries;
  // "Signed the Manila Declaration": with those who were visited, where nobody else is named.
  const PartyIndex side = who.parties.empty() ? cast_.own() : who.parties[0];
  const bool alone = std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
    return std::all_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex party) { return party == side; });
  });
  if (draft.type == EventType::agreement && alone) draft.takings.push_back({Part::participant, Slot::with, Meant{entry_->countries, {}, {}, {}}, false});
  const bool there = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.who.persons == who.persons; });
  // In somebody's schedule others may act too: "The Council of Ministers approved".
  const bool others = entry_->owner && std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject || t.slot == Slot::possessor; });
  if (there || others) return;
  const bool called_on = draft.type == EventType::courtesy_call && draft.has(Part::guest);
  if (placed) draft.takings.push_back({called_on ? Part::host : Part::participant, Slot::subject, who});
  if (draft.type == EventType::visit) draft.takings.push_back({Part::guest, Slot::subject, who});
}

// "The relations, which were elevated to a partnership in 2022", "signed a memorandum": of the two who are spoken of.
void SentenceEvents::take_both(Draft& draft) const {
  const bool relations = draft.type == EventType::relations;
  const bool agreement = draft.type == EventType::agreement && !draft.anaphoric;
  if (!relations && !agreement) return;
  Meant all;
  for (const Taking& taking : draft.takings) add_meant(all, taking.who);
  // "our diplomatic relations were established in 1972": of us and the other.
  const bool only_ours = relations && all.persons.empty() && all.parties.size() == 1 && all.parties[0] == cast_.own();
  if (!only_ours && (!all.parties.empty() || !all.persons.empty())) return;
  if (relations && !only_ours && (cast_.topic().size() == 2 || sentence_.heading)) return;  // of the two that the text is about
  // "The Authority adopted the Declaration": an organisation's organ in its own release.
  if (agreement && cast_.own() != kNoParty && view_.tables->parties[cast_.own()].kind == graph::EntityKind::organisation && sentence_.items[0].kind != ItemKind::actor) {
    draft.takings.push_back({Part::participant, Slot::subject, Meant{{cast_.own()}, {}, {}, {}}});
    return;
  }
  ActorMention sides;
  sides.kind = ActorKind::both;
  Meant both = cast_.meant(sides);
  if (both.parties.size() != 2) return;
  if (only_ours && std::find(both.parties.begin(), both.parties.end(), cast_.own()) == both.parties.end()) return;
  both.persons.clear();
  both.level.reset();
  const bool signed_now = agreement && draft.sets.stage == graph::Stage::signed_;
  draft.takings.push_back({signed_now ? Part::signatory : Part::participant, Slot::between, std::move(both)});
}

// "were expelled by B from B": where they had to leave, the state that did it is no target of its own act.
void SentenceEvents::drop_doer_as_target(Draft& draft) const {
  // "European Union sanctions were imposed on B": whose they are, where another is named that they are against
  const bool aimed = draft.type == EventType::sanction && std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part == Part::target && (t.slot == Slot::on || t.slot == Slot::against); });
  for (Taking& taking : draft.takings)
    if (aimed && taking.part == Part::target && taking.slot == Slot::modifier) taking.part = Part::participant;
  std::vector<PartyIndex> doers;
  for (const Taking& taking : draft.takings)
    if (taking.part != Part::target && (taking.slot == Slot::subject || taking.slot == Slot::by)) doers.insert(doers.end(), taking.who.parties.begin(), taking.who.parties.end());
  // "has been given 48 hours to leave the territory of B", in the words of B: nor where nobody is said to have done it.
  if (doers.empty() && draft.rule == "sanction.apply" && cast_.own() != kNoParty) doers.push_back(cast_.own());  // "a travel ban to the Union also applies to"
  if (doers.empty() && (draft.type == EventType::expulsion || draft.type == EventType::sanction) && cast_.own() != kNoParty) {
    const bool foreign = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
      return t.part == Part::target && std::any_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex p) { return p != cast_.own(); });
    });
    if (foreign) doers.push_back(cast_.own());
  }
  if (doers.empty()) return;
  for (Taking& taking : draft.takings)
    if (taking.part == Part::target) std::erase_if(taking.who.parties, [&](PartyIndex party) { return std::find(doers.begin(), doers.end(), party) != doers.end(); });
  std::erase_if(draft.takings, [](const Taking& taking) { return taking.part == Part::target && taking.who.empty(); });
}

// "Upon the visit of the Minister of A to B a joint communiqué was adopted": of the two sides of the visit or talk that the sentence tells.
void SentenceEvents::take_paper_sides() {
  for (Draft& paper : drafts_) {
    if (paper.type != EventType::agreement || !paper.takings.empty() || paper.anaphoric) continue;
    // "The Agreement, which A and B concluded in 2019, came into force": theirs
    const auto concluded = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return &d != &paper && d.type == EventType::agreement && d.sets.stage != paper.sets.stage && sides_of(d).parties == 2; });
    if (concluded != drafts_.end()) {
      Meant sides;
      for (const Taking& taking : concluded->takings) add_meant(sides, Meant{taking.who.parties, {}, {}, {}});
      paper.takings.push_back({Part::participant, Slot::between, std::move(sides), false});
      continue;
    }
    const Draft* host = nullptr;
    for (const Draft& other : drafts_) {
      if ((other.type != EventType::visit && other.type != EventType::meeting) || other.cancelled || sides_of(other).parties != 2) continue;
      if (host != nullptr) return;
      host = &other;
    }
    if (host == nullptr) return;
    Meant sides;
    for (const Taking& taking : host->takings)
      for (const PartyIndex party : taking.who.parties) add_meant(sides, Meant{{party}, {}, {}, {}});
    paper.takings.push_back({paper.sets.stage == graph::Stage::signed_ ? Part::signatory : Part::participant, Slot::between, std::move(sides)});
  }
}

// "will visit A at the invitation of Minister B": who invites is a host, of the state that is visited or where none is said.
void SentenceEvents::take_inviters() {
  const auto visit = std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.type == EventType::visit && !d.background && d.has(Part::guest); });
  if (visit == drafts_.end()) return;
  std::uint32_t at = 0;
  const auto size = static_cast<std::uint32_t>(sentence_.items.size());
  while (at + 2 < size && !(sentence_.items[at].kind == ItemKind::word && view_.info(sentence_.items[at].end - 1).is(WordClass::invited) && word(sentence_.items[at + 1].begin) == "of")) ++at;
  if (at + 2 >= size) return take_own_invitation(*visit);
  for (at += 2; at < size; ++at) {
    const ItemKind kind = sentence_.items[at].kind;
    if (kind == ItemKind::determiner || kind == ItemKind::conjunction) continue;
    if (kind != ItemKind::actor) return;
    if (clause_.actor(at).kind == ActorKind::counterpart && at + 1 < size && (sentence_.items[at + 1].kind == ItemKind::comma || is_person(at + 1))) {  // "of his counterpart, Mrs. A,"
      if (sentence_.items[at + 1].kind == ItemKind::comma) ++at;
      continue;
    }
    if (!is_person(at)) return;
    Meant who = meant_of(at);
    if (who.persons.empty()) return;
    const bool apart = visit->has(Part::host) && std::none_of(visit->takings.begin(), visit->takings.end(), [&](const Taking& t) { return t.part == Part::host && (who.parties.empty() || contains(t.who.parties, who.parties[0])); });
    const bool guest = std::any_of(visit->takings.begin(), visit->takings.end(), [&](const Taking& t) { return t.part == Part::guest && (t.who.persons == who.persons || (!who.parties.empty() && contains(t.who.parties, who.parties[0]))); });
    if (apart || guest) return;
    visit->takings.push_back({Part::host, Slot::of, std::move(who), false});
  }
}

// "President A held talks with President B, who is visiting at his invitation": whoever of the host's side the sentence names.
void SentenceEvents::take_own_invitation(Draft& visit) {
  std::uint32_t at = 1;
  const auto size = static_cast<std::uint32_t>(sentence_.items.size());
  while (at < size && word(sentence_.items[at].end - 1) != "invitation") ++at;
  if (at >= size || sentence_.items[at - 1].kind != ItemKind::determiner || (word(sentence_.items[at - 1].begin) != "his" && word(sentence_.items[at - 1].begin) != "her")) return;
  for (std::uint32_t i = 0; i < at; ++i) {
    if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person) continue;
    const Meant who = meant_of(i);
    if (who.persons.size() != 1) continue;
    const std::vector<PartyIndex> side = who.parties.empty() ? std::vector<PartyIndex>{cast_.own()} : who.parties;
    const bool host = std::any_of(visit.takings.begin(), visit.takings.end(), [&](const Taking& t) { return t.part == Part::host && contains(t.who.parties, side[0]); });
    const bool guest = std::any_of(visit.takings.begin(), visit.takings.end(), [&](const Taking& t) { return t.part == Part::guest && t.who.persons == who.persons; });
    if (!host || guest) continue;
    visit.takings.push_back({Part::host, Slot::of, who, false});
    return;
  }
}

// What may be announced by a verb at an item: the first act told behind it, else the last before it; null for none.
Draft* SentenceEvents::announced_by(std::uint32_t verb_item) {
  const std::uint32_t said = verb(verb_item).begin;
  Draft* before = nullptr;
  Draft* behind = nullptr;
  for (Draft& draft : drafts_) {
    const bool act = draft.type == EventType::aid || draft.type == EventType::sanction || draft.type == EventType::expulsion;
    if (!act || draft.background || draft.cancelled) continue;
    if (draft.begin >= said && (behind == nullptr || draft.begin < behind->begin)) behind = &draft;
    if (draft.begin < said && (before == nullptr || draft.begin > before->begin)) before = &draft;
  }
  return behind != nullptr ? behind : before;
}

// "Minister A announced that B had imposed sanctions", "B is giving ten million, Minister A announced": who announces an act of their own side.
void SentenceEvents::take_announcers() {
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb || verb(i).main == kNoVerb || !verb(i).finite || verb(i).passive || is_no_fact(verb(i))) continue;
    const Verb& telling = view_.tables->verbs[verb(i).main];
    if (telling.kind != VerbKind::report || !telling.is(VerbTrait::confirms)) continue;
    Draft* const announced = announced_by(i);
    if (announced == nullptr) continue;
    const Arguments telling_of = clause_.of_verb(i);
    for (const Argument& a : telling_of.all) {
      if (a.slot != Slot::subject || !clause_.is_actor(a.item) || clause_.actor(a.item).kind != ActorKind::person) continue;
      const Meant who = meant_of(a.item);
      if (who.persons.size() != 1 || cast_.persons()[who.persons[0]].kind == PostKind::spokesperson) continue;
      const PartyIndex of = cast_.persons()[who.persons[0]].of == kNoParty ? cast_.own() : cast_.persons()[who.persons[0]].of;
      const auto theirs = [&](const Taking& t) { return t.part != Part::target && t.part != Part::recipient && (contains(t.who.parties, of) || t.who.persons == who.persons); };
      const bool told = std::any_of(announced->takings.begin(), announced->takings.end(), [](const Taking& t) { return t.part != Part::target && !t.who.persons.empty(); });
      const bool ours = announced->type != EventType::aid && of == cast_.own() && std::none_of(announced->takings.begin(), announced->takings.end(), [](const Taking& t) { return t.slot == Slot::subject || t.slot == Slot::by; });
      if (told || (!ours && std::none_of(announced->takings.begin(), announced->takings.end(), theirs))) continue;
      announced->takings.push_back({Part::participant, Slot::subject, Meant{{}, who.persons, who.level, {}}, false});
      if (!announced->date && telling_of.dates.size() == 1) announced->date = sentence_.dates[sentence_.items[telling_of.dates[0]].index];
    }
  }
}

// "In a letter dated 17 May, the Prime Minister conveyed": what is told is written.
bool SentenceEvents::opens_with_letter() const {
  return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& here) {
    return here.kind == ItemKind::noun && here.begin < sentence_.items[0].begin + kLetterReach && view_.tables->nouns[sentence_.nouns[here.index].noun].type == EventType::message;
  });
}

// "handed the President a letter from her President": who wrote it sends it, not who brings it.
void SentenceEvents::drop_bearer(Draft& draft) const {
  if (draft.type != EventType::message) return;
  // "received a message from A to the Amir": who takes it for another is not whom it is for
  const auto reaches = [](const Taking& t) { return t.part == Part::recipient && (t.slot == Slot::to || t.slot == Slot::for_) && (!t.who.persons.empty() || t.who.level); };
  const bool took = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part == Part::recipient && t.slot == Slot::subject; });
  if (took && std::any_of(draft.takings.begin(), draft.takings.end(), reaches))
    for (Taking& taking : draft.takings)
      if (taking.slot == Slot::subject && taking.part == Part::recipient) {
        taking.who.persons.clear();
        taking.who.level.reset();
      }
  const auto writes = [](const Taking& t) { return t.part == Part::sender && (t.slot == Slot::from || t.slot == Slot::of); };
  if (!std::any_of(draft.takings.begin(), draft.takings.end(), writes)) return;
  for (Taking& taking : draft.takings) {
    if ((taking.slot != Slot::subject && taking.slot != Slot::by) || taking.part != Part::sender) continue;
    // "Prime Minister A conveyed the condolences of the Government and people of B": in the name of his own
    const bool in_their_name = !taking.who.persons.empty() && std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
      return !writes(t) || (t.who.persons.empty() && !t.who.level && t.who.parties == std::vector<PartyIndex>{cast_.own()} && (taking.who.parties.empty() || taking.who.parties == t.who.parties));
    });
    if (in_their_name && opens_with_letter()) continue;
    // "Vice Minister A delivered a letter from President B to President C of D": one of ours, where nothing else is said
    const bool to_us = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == Part::recipient && std::find(t.who.parties.begin(), t.who.parties.end(), cast_.own()) != t.who.parties.end(); });
    const bool written_by_known = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return writes(t) && !t.who.parties.empty(); });
    if (taking.slot == Slot::subject && !taking.who.persons.empty() && taking.who.parties.empty() && cast_.own() != kNoParty && !to_us && !written_by_known) taking.who.parties = {cast_.own()};
    taking.who.persons.clear();
  }
}

}  // namespace entente::importers
