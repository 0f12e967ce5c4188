// Whose relations, agreement or sanctions "it" and "they" mean.
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "The Secretary shared impressions from his travel": of the subject of the verb before it, when that is a person.
Meant SentenceEvents::subject_before(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    for (const Argument& a : clause_.of_verb(i).all)
      if (a.slot == Slot::subject && a.item < i && sentence_.items[a.item].kind == ItemKind::actor && is_person(a.item))
        if (Meant who = meant_of(a.item); !who.persons.empty() || (clause_.actor(a.item).kind == ActorKind::post && !who.empty())) return who;
    return {};
  }
  return {};
}

// "Minister A and Minister B recalled this in their conversation": the persons whom the sentence tells of together; nobody where it is one.
Meant SentenceEvents::several_before(std::uint32_t item) const {
  Meant all;
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop) return {};
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    for (const Argument& a : clause_.of_verb(i).all)
      if (a.slot == Slot::subject && a.item < i && is_person(a.item) && clause_.actor(a.item).kind == ActorKind::person) add_meant(all, meant_of(a.item));
    break;
  }
  return all.persons.size() > 1 ? all : Meant{};
}

// "At the conclusion of his visit to B the Minister handed over": whoever does what the sentence tells behind what opens it.
Meant SentenceEvents::subject_behind(std::uint32_t item) const {
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return {};
    if (kind != ItemKind::verb || !verb(i).finite) continue;
    if (i < item) return {};
    for (const Argument& a : clause_.of_verb(i).all)
      if (a.slot == Slot::subject && a.item > item && a.item < i && is_person(a.item) && clause_.actor(a.item).kind != ActorKind::pronoun) return meant_of(a.item);
    return {};
  }
  return {};
}

// "Minister A, on a visit to B, thanked": who is on it.
void SentenceEvents::take_guest_before(Draft& draft, std::uint32_t begin) {
  if (draft.type != graph::EventType::visit || draft.has(Part::guest)) return;
  while (begin > 0 && sentence_.items[begin - 1].kind == ItemKind::determiner) --begin;
  if (begin < 3 || word(sentence_.items[begin - 1].begin) != "on" || sentence_.items[begin - 2].kind != ItemKind::comma || !clause_.is_actor(begin - 3) || !is_person(begin - 3)) return;
  take_one(draft, Part::guest, Slot::subject, begin - 3);
}

// "he handed her a letter": an object that is a pronoun is not the subject; the person named last before it who is none.
Meant SentenceEvents::other_than_subject(std::uint32_t item) const {
  const Word pronoun = word(sentence_.items[item].begin);
  if (pronoun != "him" && pronoun != "her") return {};
  std::uint32_t before = item;
  while (before > 0 && !(sentence_.items[before].kind == ItemKind::verb && verb(before).finite)) --before;
  if (sentence_.items[before].kind != ItemKind::verb) return {};
  std::vector<std::uint32_t> subjects;
  std::vector<PartyIndex> subject_parties;
  for (const Argument& a : clause_.of_verb(before).all)
    if (a.slot == Slot::subject && sentence_.items[a.item].kind == ItemKind::actor && a.item != item) {
      const Meant who = cast_.meant(sentence_.actors[sentence_.items[a.item].index]);
      subjects.insert(subjects.end(), who.persons.begin(), who.persons.end());
      subject_parties.insert(subject_parties.end(), who.parties.begin(), who.parties.end());
    }
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorKind kind = sentence_.actors[sentence_.items[i].index].kind;
    if (kind != ActorKind::person && kind != ActorKind::post) continue;
    Meant who = cast_.meant(sentence_.actors[sentence_.items[i].index]);
    // "The Secretary-General met X, who paid a farewell call on him": a post whose holder is not named.
    const bool subject = std::any_of(who.parties.begin(), who.parties.end(), [&](PartyIndex p) { return std::find(subject_parties.begin(), subject_parties.end(), p) != subject_parties.end(); });
    if (kind == ActorKind::post && who.persons.empty() && !who.parties.empty() && !subject) return who;
    if (who.persons.size() != 1 || std::find(subjects.begin(), subjects.end(), who.persons[0]) != subjects.end()) continue;
    return who;
  }
  // "She telephoned him": he is another than she, and named in a sentence before.
  const Meant said = cast_.meant(clause_.actor(item));
  const bool same = subjects.size() == 1 && said.persons == subjects;
  if (same) return cast_.other_than(subjects);
  return {};
}

// "I was glad to host my colleague A when he visited us": behind "when", whoever speaks of himself as "I" is not "he".
Meant SentenceEvents::told_of_by_us(std::uint32_t item) const {
  if (item == 0 || sentence_.items[item - 1].kind != ItemKind::relative || word(sentence_.items[item - 1].begin) != "when") return {};
  std::uint32_t named = kNone;
  for (std::uint32_t i = item - 1; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop) break;
    if (!clause_.is_actor(i)) continue;
    const ActorKind kind = clause_.actor(i).kind;
    if (named == kNone && kind == ActorKind::person && !clause_.actor(i).persons.empty()) named = i;
    if (kind == ActorKind::own && named != kNone) return cast_.meant(clause_.actor(named));
  }
  return {};
}

// "The Ministry demands", "Canada welcomes": by a state and now; "the sides condemned" is what a talk was about.
bool SentenceEvents::takes_position(const Draft& draft, std::uint32_t verb_item, const Arguments& arguments) const {
  if (draft.type != graph::EventType::statement) return false;
  if (is_in_statement(verb_item)) return true;
  // "The Ministry expressed its deep concern" opens a paragraph: a ministry speaks in no talk
  const bool opens_paragraph = index_ == 0 || view_.sentences[index_ - 1].block != sentence_.block;
  const bool by_ministry = opens_paragraph && std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::subject && clause_.is_actor(a.item) && clause_.actor(a.item).ministry; });
  if (verb(verb_item).tense != Tense::present && !is_said_today(verb_item) && !by_ministry) return false;
  for (const Argument& a : arguments.all) {
    if (a.slot != Slot::subject || sentence_.items[a.item].kind != ItemKind::actor) continue;
    const ActorKind kind = sentence_.actors[sentence_.items[a.item].index].kind;
    return (kind == ActorKind::party || kind == ActorKind::side || kind == ActorKind::own || kind == ActorKind::it) && !stands_for_side(a.item);
  }
  return verb(verb_item).elided;  // "2. Condemns the attack": a communiqué by its points
}

// "In a separate statement the Minister condemned": said by itself, not in a talk.
bool SentenceEvents::is_in_statement(std::uint32_t verb_item) const {
  constexpr std::uint32_t kReach = 16;
  for (std::uint32_t i = verb_item; i-- > 0 && i + kReach > verb_item;) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || (here.kind == ItemKind::verb && verb(i).finite && !verb(i).bare_participle)) return false;
    if (word(here.end - 1) != "statement") continue;
    for (std::uint32_t before = i; before-- > 0 && before + 3 >= i;)
      if (word(sentence_.items[before].begin) == "in") return true;
  }
  return false;
}

// "expressed today its condemnation".
bool SentenceEvents::is_said_today(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item > 0 ? verb_item - 1 : 0; i < sentence_.items.size() && i < verb_item + 2; ++i) {
    if (sentence_.items[i].kind != ItemKind::date) continue;
    const DateExpr& date = sentence_.dates[sentence_.items[i].index];
    if (date.kind == DateExpr::Kind::day_shift && date.shift == 0) return true;
  }
  return false;
}

// "A delegation headed by Deputy Minister A", "a Vietnamese delegation": who leads it and whose it is.
void SentenceEvents::take_delegation(Draft& draft, Part part, Slot slot, std::uint32_t item) {
  if (item > 0 && clause_.is_actor(item - 1) && clause_.actor(item - 1).kind == ActorKind::adjective) take_one(draft, part, slot, item - 1);
  for (const Argument& a : clause_.of_noun(item).all)
    if (a.slot == Slot::of || a.slot == Slot::from) take_one(draft, part, slot, a.item);
  take_leader(draft, part, slot, item);
}

// "... headed by Deputy Minister A" behind a delegation.
void SentenceEvents::take_leader(Draft& draft, Part part, Slot slot, std::uint32_t item) {
  for (std::uint32_t i = item + 1; i + 2 < sentence_.items.size() && i < item + 8; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative) return;
    if (here.kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || view_.tables->verbs[group.main].kind != VerbKind::attend || word(sentence_.items[i + 1].begin) != "by") return;
    std::uint32_t leader = i + 2;
    if (sentence_.items[leader].kind == ItemKind::determiner && leader + 1 < sentence_.items.size()) ++leader;
    if (clause_.is_actor(leader)) take_one(draft, part, slot, leader);
    return;
  }
}

// The first foreign party or town that the sentence names behind an item, up to another clause; nobody when none is.
Meant SentenceEvents::foreign_behind(std::uint32_t item) const { return other_behind(item, {cast_.own()}, false); }

// The first state behind an item that is none of `apart`; behind a relative word only where asked for.
Meant SentenceEvents::other_behind(std::uint32_t item, const std::vector<PartyIndex>& apart, bool in_relative) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || (kind == ItemKind::relative && !in_relative) || kind == ItemKind::subordinator) return {};
    if (kind != ItemKind::actor) continue;
    const ActorMention& actor = clause_.actor(i);
    if (actor.kind != ActorKind::party && actor.kind != ActorKind::city && actor.kind != ActorKind::adjective) continue;
    if (actor.parties.size() != 1 || contains(apart, actor.parties[0])) continue;
    Meant who;
    who.parties = actor.parties;
    return who;
  }
  return {};
}

// "expelled three diplomats working at the Embassy of A", "sanctioned 12 entities supporting A's army": whom the words behind
// the object name.
void SentenceEvents::take_target_behind(Draft& draft, std::uint32_t verb_item) {
  using graph::EventType;
  if (draft.type != EventType::expulsion && draft.type != EventType::sanction) return;
  if (draft.type == EventType::expulsion && draft.rule == "expulsion.recalled") return;
  const auto foreign = [&](const Taking& t) { return std::any_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex p) { return p != cast_.own(); }) || !t.who.persons.empty(); };
  const bool partners = draft.type == EventType::sanction && cast_.own() != kNoParty && std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part != Part::target; }) &&
                        std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.slot == Slot::subject && std::find(t.who.parties.begin(), t.who.parties.end(), cast_.own()) != t.who.parties.end(); });
  // "the Union extended the sanctions that it has in place against bodies of B": of another than the one that publishes
  std::vector<PartyIndex> doers;
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::subject) doers.insert(doers.end(), taking.who.parties.begin(), taking.who.parties.end());
  const bool by_another = draft.type == EventType::sanction && !verb(verb_item).passive && doers.size() == 1 && doers[0] != cast_.own() && std::none_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot != Slot::subject && !t.who.parties.empty(); });
  if (!partners && !by_another && std::any_of(draft.takings.begin(), draft.takings.end(), foreign)) return;  // "the United Kingdom and Canada have frozen the assets of B's arms brokers": together with another
  Meant who = by_another ? other_behind(verb_item, doers, true) : foreign_behind(verb_item);
  if (who.empty() && verb(verb_item).passive)  // "An employee of the A Embassy has been declared persona non grata"
    for (std::uint32_t i = 0; i < verb_item && who.empty(); ++i)
      if (clause_.is_actor(i) && (clause_.actor(i).kind == ActorKind::adjective || clause_.actor(i).kind == ActorKind::party) && clause_.actor(i).parties.size() == 1 && clause_.actor(i).parties[0] != cast_.own())
        who.parties = clause_.actor(i).parties;
  if (!who.empty()) draft.takings.push_back({Part::target, Slot::object, std::move(who), false});
}

// "request", not "anniversary": one asked for help.
bool SentenceEvents::at_request(std::uint32_t item) const {
  const VerbForm& form = view_.tables->verb_form(view_.tokens[sentence_.items[item].end - 1].word);
  return form.verb != kNoVerb && view_.tables->verbs[form.verb].kind == VerbKind::wish;
}

// "allocated 5 million euros to support Jordan", "to help people hit by the flood in A": whom the purpose names.
void SentenceEvents::take_helped(Draft& draft, const Arguments& arguments) {
  const bool named = draft.has(Part::recipient);
  // "made a contribution to the victims of the typhoon in A"
  const std::uint32_t behind_to = [&] {
    for (std::uint32_t i = arguments.begin; i < arguments.end && i < sentence_.items.size(); ++i)
      if (sentence_.items[i].kind == ItemKind::preposition && (word(sentence_.items[i].begin) == "to" || word(sentence_.items[i].begin) == "for")) return i;
    return kNone;
  }();
  if (!named && behind_to != kNone)
    if (Meant who = foreign_behind(behind_to); !who.empty()) {
      draft.takings.push_back({Part::recipient, Slot::to, std::move(who), false});
      return;
    }
  // "at the request of A, B sent helicopters": for whoever asked
  for (std::uint32_t i = 0; !named && i + 2 < sentence_.items.size(); ++i) {
    if (!view_.info(sentence_.items[i].end - 1).is(WordClass::invitation) || word(sentence_.items[i + 1].begin) != "of" || !at_request(i)) continue;
    Meant who = foreign_behind(i);
    if (who.empty()) continue;
    draft.takings.push_back({Part::recipient, Slot::to, std::move(who), false});
    return;
  }
  // "following the earthquake in A, B sent tents": for those whom it struck
  for (std::uint32_t i = 1; !named && i + 2 < sentence_.items.size(); ++i) {
    if (!view_.info(sentence_.items[i].end - 1).is(WordClass::disaster)) continue;
    Meant who;
    if (word(sentence_.items[i + 1].begin) == "in" || word(sentence_.items[i + 1].begin) == "on") who = foreign_behind(i);
    else if (clause_.is_actor(i - 1) && clause_.actor(i - 1).kind == ActorKind::adjective) who.parties = clause_.actor(i - 1).parties;
    const bool donates = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == Part::donor && t.who.parties == who.parties; });
    if (who.empty() || donates) continue;
    draft.takings.push_back({Part::recipient, Slot::to, std::move(who), false});
    return;
  }
  if (named || arguments.end >= sentence_.items.size() || sentence_.items[arguments.end].kind != ItemKind::verb || !verb(arguments.end).infinitive) return;
  const VerbId main = verb(arguments.end).main;
  if (main == kNoVerb) return;
  if (!view_.tables->verbs[main].is(VerbTrait::helps)) return;
  const std::size_t before = draft.takings.size();
  for (const Argument& a : clause_.of_verb(arguments.end).all)
    if (a.slot == Slot::object && clause_.is_actor(a.item)) take_one(draft, Part::recipient, Slot::to, a.item);
  if (draft.takings.size() != before) return;
  if (Meant who = foreign_behind(arguments.end); !who.empty()) draft.takings.push_back({Part::recipient, Slot::to, std::move(who), false});
}

// Whether two sides are among those named, one of them by a person or post.
bool SentenceEvents::are_together(const Draft& draft) const {
  Meant all;
  for (const Taking& taking : draft.takings) {
    for (const PartyIndex party : taking.who.parties)
      if (std::find(all.parties.begin(), all.parties.end(), party) == all.parties.end()) all.parties.push_back(party);
    all.persons.insert(all.persons.end(), taking.who.persons.begin(), taking.who.persons.end());
    for (const std::uint32_t person : taking.who.persons)  // one of no state is on the release's own side
      if (cast_.persons()[person].of == kNoParty && cast_.own() != kNoParty && !contains(all.parties, cast_.own())) all.parties.push_back(cast_.own());
    if (taking.who.level) all.level = taking.who.level;
  }
  return (all.parties.size() > 1 || all.persons.size() > 1) && (!all.persons.empty() || all.level);
}

// "The Minister's programme in A includes a meeting with President B": whose days they are, and where.
void SentenceEvents::take_programme(Draft& draft, std::uint32_t governor) {
  using graph::EventType;
  if (draft.type != EventType::meeting && draft.type != EventType::courtesy_call && draft.type != EventType::consultation) return;
  if (governor == kNone || governor == 0 || !verb(governor).finite || verb(governor).passive) return;
  std::uint32_t programme = governor;
  while (programme > 0 && !(sentence_.items[programme].kind == ItemKind::word && view_.info(sentence_.items[programme].end - 1).is(WordClass::schedule))) --programme;
  if (programme < 2 || sentence_.items[programme - 1].kind != ItemKind::possessive || !is_person(programme - 2)) return;
  if (std::any_of(sentence_.items.begin() + programme, sentence_.items.begin() + governor, [](const Item& x) { return x.kind == ItemKind::verb || x.kind == ItemKind::stop; })) return;
  take_one(draft, Part::participant, Slot::subject, programme - 2);
  for (std::uint32_t i = programme + 1; i < governor && draft.city.empty(); ++i)
    if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::city && word(sentence_.items[i - 1].begin) == "in") take_place(draft, i);
  draft.background = !draft.date;  // without a day of its own it is of the journey
  draft.tense = verb(governor).tense;
}

// "In a telephone call with A, Minister B condemned": whoever speaks in the sentence had the call.
void SentenceEvents::take_talker(Draft& draft, std::uint32_t item, const Arguments& own) {
  using graph::EventType;
  if (draft.type != EventType::call && draft.type != EventType::meeting && draft.type != EventType::courtesy_call) return;
  if (own.has(Slot::possessor) || own.has(Slot::between) || draft.anaphoric || own.begin == 0) return;
  const Item& before = sentence_.items[own.begin - 1];
  const Word how = word(before.begin);
  const bool afterwards = how == "after" || how == "following";
  if ((before.kind != ItemKind::preposition && !afterwards) || (how != "in" && how != "during" && how != "at" && how != "over" && !(afterwards && (own.has(Slot::with) || draft.takings.empty())))) return;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite || verb(i).passive || verb(i).copula) continue;
    // "had dealt with another file: in a call with A, he reviewed": of the clause in which it stands
    const bool apart = i < item && std::any_of(sentence_.items.begin() + i, sentence_.items.begin() + item, [](const Item& x) { return x.kind == ItemKind::stop; });
    if (apart) continue;
    if (!own.has(Slot::with)) {
      // "In a phone call today A congratulated B", "Over lunch A and B compared notes": they who speak and are spoken to. "After a
      // meeting A and B signed": they who act together.
      Draft both = draft;
      for (const Argument& a : clause_.of_verb(i).all)
        if (a.item != item && (a.slot == Slot::subject || (!afterwards && (a.slot == Slot::object || a.slot == Slot::with || a.slot == Slot::to))) && clause_.is_actor(a.item) && is_person(a.item)) take_one(both, Part::participant, a.slot == Slot::subject ? Slot::subject : Slot::with, a.item);
      if (sides_of(both).persons < 2 || is_no_fact(verb(i))) return;
      draft.takings = std::move(both.takings);
      take_time_and_place(draft, clause_.of_verb(i), item);
      draft.background = false;
      return;
    }
    for (const Argument& a : clause_.of_verb(i).all)
      if (a.slot == Slot::subject && a.item != item && sentence_.items[a.item].kind == ItemKind::actor && is_person(a.item)) {
        take_one(draft, Part::participant, Slot::subject, a.item);
        take_time_and_place(draft, clause_.of_verb(i), item);
      }
    return;
  }
}

bool SentenceEvents::has_forum() const {
  return std::any_of(sentence_.items.begin(), sentence_.items.end(), [](const Item& item) { return item.kind == ItemKind::forum; });
}

// A position of "we", "Canada" or the Ministry is voiced by whoever speaks in the release.
// "The President of A and the Prime Minister of B, as a result of the official visit of the Prime Minister": the one named before
// in the sentence who has just that post.
Meant SentenceEvents::holder_before(std::uint32_t item) const {
  const ActorMention& actor = clause_.actor(item);
  if (!actor.definite || !actor.post || actor.post->plural || !actor.post->of.empty() || actor.post->former) return {};
  std::uint32_t found = kNone;
  for (std::uint32_t i = 0; i < item; ++i) {
    if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person || clause_.actor(i).persons.size() != 1) continue;
    const std::uint32_t person = clause_.actor(i).persons[0];
    const Person& holder = cast_.persons()[person];
    if (!holder.has_post || holder.historic || holder.former) continue;
    bool all = true;
    for (std::uint32_t t = actor.post->begin; all && t < actor.post->end; ++t)
      all = !view_.tokens[t].letters || view_.info(t).is(WordClass::preposition) || std::find(holder.post_words.begin(), holder.post_words.end(), view_.tokens[t].word) != holder.post_words.end();
    if (!all) continue;
    if (found != kNone && found != person) return {};
    found = person;
  }
  // "Minister A met the Minister of Trade": others of that office elsewhere in the text are a matter for the cast.
  if (found == kNone || actor.post->end - actor.post->begin < 2) return {};
  Meant meant;
  meant.persons = {found};
  if (cast_.persons()[found].of != kNoParty) meant.parties = {cast_.persons()[found].of};
  meant.level = cast_.persons()[found].level;
  return meant;
}

// "A and B, as a result of the talks which they held": where nothing was told before, those whom the sentence has named.
Meant SentenceEvents::those_before(std::uint32_t item) const {
  Meant meant;
  for (std::uint32_t i = 0; i < item; ++i) {
    if (!clause_.is_actor(i) || clause_.actor(i).possessive) continue;
    const ActorKind kind = clause_.actor(i).kind;
    if (kind != ActorKind::person && kind != ActorKind::party) continue;
    if (i > 0 && sentence_.items[i - 1].kind == ItemKind::preposition && word(sentence_.items[i - 1].begin) != "between") continue;
    const Meant who = cast_.meant(clause_.actor(i));
    for (const PartyIndex party : who.parties)
      if (std::find(meant.parties.begin(), meant.parties.end(), party) == meant.parties.end()) meant.parties.push_back(party);
    meant.persons.insert(meant.persons.end(), who.persons.begin(), who.persons.end());
  }
  return meant.parties.size() == 2 ? meant : Meant{};
}

// "sent her congratulations in a letter to A": who gets the letter gets what it says.
void SentenceEvents::take_letter_behind(Draft& draft, std::uint32_t verb_item) {
  if (draft.has(Part::recipient)) return;
  for (std::uint32_t i = verb_item + 2; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || (kind == ItemKind::verb && verb(i).finite)) return;
    if (kind != ItemKind::noun || clause_.event_noun(i).type != graph::EventType::message) continue;
    for (const Argument& a : clause_.of_noun(i).all)
      if (a.slot == Slot::to || a.slot == Slot::for_) take_one(draft, Part::recipient, a.slot, a.item);
    if (draft.has(Part::recipient)) {
      used_[i] = true;
      return;
    }
  }
}

// "thanked A for the 250,000 dollars given last year": A gave them, to whoever thanks.
void SentenceEvents::take_thanked(Draft& draft) const {
  if (draft.type != graph::EventType::aid || draft.has(Part::donor)) return;
  const auto thanks = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == graph::EventType::statement && d.sets.stance == graph::Stance::thank && d.sentence == draft.sentence && d.begin < draft.begin; });
  if (thanks == drafts_.end()) return;
  Meant donor;
  Meant recipient;
  for (const Taking& taking : thanks->takings) add_meant(taking.slot == Slot::subject ? recipient : donor, Meant{taking.who.parties, {}, {}, {}});
  if (donor.empty()) return;
  std::erase_if(draft.takings, [&](const Taking& taking) { return taking.who.parties == donor.parties; });
  draft.takings.push_back({Part::donor, Slot::object, std::move(donor), false});
  if (recipient.empty() && cast_.own() != kNoParty) recipient.parties = {cast_.own()};
  if (!draft.has(Part::recipient) && !recipient.empty()) draft.takings.push_back({Part::recipient, Slot::subject, std::move(recipient), false});
}

// "presented her letter of credence as Ambassador of A": whose envoy she is.
void SentenceEvents::take_post_presented(const Draft& draft, const Arguments& arguments) {
  const auto presents = [&](std::uint32_t person) {  // not who receives it
    return std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return taking.part == Part::guest && contains(taking.who.persons, person); });
  };
  for (const Argument& as : arguments.all) {
    if (!clause_.is_actor(as.item) || !clause_.actor(as.item).post || as.item == 0 || word(sentence_.items[as.item - 1].begin) != "as") continue;
    const PostMention& post = *clause_.actor(as.item).post;
    if (post.of.size() != 1 || !clause_.actor(as.item).persons.empty()) continue;
    for (const Argument& a : arguments.all) {
      if (a.slot != Slot::subject || !clause_.is_actor(a.item)) continue;
      for (const std::uint32_t person : clause_.actor(a.item).persons)
        if (presents(person) && cast_.persons()[person].of == kNoParty) cast_.person(person).of = post.of[0];
    }
  }
}

void SentenceEvents::take_speaker(Draft& draft) const {
  if (draft.type != graph::EventType::statement || !cast_.speaker() || index_ < cast_.speaker_from()) return;
  const PartyIndex own = cast_.own();
  for (const Taking& taking : draft.takings) {
    if (!taking.who.persons.empty()) return;
    if (taking.slot == Slot::subject && std::find(taking.who.parties.begin(), taking.who.parties.end(), own) == taking.who.parties.end()) return;
  }
  Meant speaker;
  speaker.persons = {*cast_.speaker()};
  if (own != kNoParty) speaker.parties = {own};
  speaker.level = cast_.persons()[*cast_.speaker()].level;
  draft.takings.push_back({Part::participant, Slot::subject, std::move(speaker)});
}

// "'A welcomes the agreement', said Minister B": who says it behind the quotation, where it is of the side that is quoted.
void SentenceEvents::take_quoted(Draft& draft, std::uint32_t verb_item) {
  if (std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject && !t.who.persons.empty(); })) return;
  if (std::none_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.slot == Slot::subject && contains(t.who.parties, cast_.own()); })) return;
  bool closed = false;
  for (std::uint32_t i = verb_item + 1; i + 1 < sentence_.items.size(); ++i) {
    const std::string_view mark = view_.raw(sentence_.items[i].begin, sentence_.items[i].end);
    closed = closed || sentence_.items[i].kind == ItemKind::quote || mark == "’" || mark == "'";
    if (!closed || sentence_.items[i].kind != ItemKind::verb || verb(i).main == kNoVerb || view_.tables->verbs[verb(i).main].kind != VerbKind::report) continue;
    const std::uint32_t who = sentence_.items[i + 1].kind == ItemKind::determiner && i + 2 < sentence_.items.size() ? i + 2 : i + 1;
    if (!clause_.is_actor(who) || clause_.actor(who).kind != ActorKind::person || clause_.actor(who).persons.size() != 1) return;
    const PartyIndex of = cast_.persons()[clause_.actor(who).persons[0]].of;
    if (of == kNoParty || of == cast_.own()) take_one(draft, Part::participant, Slot::subject, who);
    return;
  }
}

// The noun of the class before an item in the same sentence; kNone for none.
std::uint32_t SentenceEvents::noun_before(std::uint32_t item, NounClass noun) const {
  for (std::uint32_t i = item; i-- > 0;)
    if (class_of(i) == noun && noun != kNoClass) return i;
  return kNone;
}

// "Germany has maintained diplomatic relations with Mongolia since 1974; they were elevated in 2024": of the same two.
void SentenceEvents::take_noun_meant(Draft& draft, std::uint32_t item, NounClass noun) const {
  Meant who;
  const std::uint32_t before = noun_before(item, noun);
  if (before != kNone) who.parties = parties_of_noun(before);
  if (who.parties.empty() && cast_.last_noun() == noun) who.parties = cast_.last_noun_parties();
  if (!who.parties.empty()) draft.takings.push_back({Part::participant, Slot::between, std::move(who)});
}

// Whose a noun is: by its own words and by the verb that it is the object of.
std::vector<PartyIndex> SentenceEvents::parties_of_noun(std::uint32_t item) const {
  std::vector<PartyIndex> parties;
  const auto add = [&](const Argument& a) {
    if (a.slot != Slot::subject && a.slot != Slot::with && a.slot != Slot::between && a.slot != Slot::modifier && a.slot != Slot::possessor) return;
    for (const PartyIndex party : meant_of(a.item).parties)
      if (std::find(parties.begin(), parties.end(), party) == parties.end()) parties.push_back(party);
  };
  for (const Argument& a : clause_.of_noun(item).all) add(a);
  const Clause::Governor governor = clause_.governor(item);
  if (governor.verb != kNone)
    for (const Argument& a : clause_.of_verb(governor.verb).all) add(a);
  return parties;
}

// Relations that a sentence speaks of without an event are still what "they" means in the next.
void SentenceEvents::note_nouns() {
  if (!drafts_.empty()) return;
  for (std::uint32_t i = static_cast<std::uint32_t>(sentence_.items.size()); i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::noun) continue;
    const std::string& name = view_.tables->noun_classes[class_of(i)];
    const bool relations = name == "diplomatic_relations" || name == "plain_relations" || name == "ties";
    const bool paper = name == "agreement" || name == "mission";  // "Treaty of Commerce. It was signed in 1910"
    if (!relations && !paper) continue;
    auto parties = parties_of_noun(i);
    if (parties.size() == 2 || paper) cast_.saw_noun(class_of(i), std::move(parties));
    return;
  }
}

}  // namespace entente::importers
