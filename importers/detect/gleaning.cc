// What a sentence tells in words that no frame knows: a sign of the act ("signatures", "on the line", "cut the ribbon")
// and the two sides. The parts follow from the prepositions before those who are named. Such a reading counts only
// where nothing else in the text tells of the act (emit/compose.cc).
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

constexpr std::uint32_t kGleanedItemsMax = 120;  // a longer sentence tells of too much at once

bool is_series(EventType type) { return type == EventType::consultation || type == EventType::conference; }

}  // namespace

// Where the signs of each row of cues.tsv stand: tokens, kNone for those that do not.
std::vector<std::uint32_t> SentenceEvents::find_cues() const {
  const LexiconTables& tables = *view_.tables;
  std::vector<std::uint32_t> found(tables.cues.size() * 2, kNone);
  const auto note = [&](std::uint32_t sign, std::uint32_t token) {
    if (found[sign] == kNone) found[sign] = token;
  };
  std::vector<PhraseMatch> phrases;
  std::uint32_t in_noun_until = sentence_.begin;
  std::size_t noun = 0;
  for (std::uint32_t t = sentence_.begin; t < sentence_.end; ++t) {
    while (noun < sentence_.nouns.size() && sentence_.nouns[noun].begin <= t) in_noun_until = sentence_.nouns[noun++].end;
    if (view_.tokens[t].word == 0) continue;
    if ((tables.phrases.kinds(view_.tokens[t].word) & bit_of(SenseKind::cue)) != 0) {
      phrases.clear();
      tables.phrases.find({view_.tokens.data(), sentence_.end}, t, phrases);
      for (const PhraseMatch& match : phrases)
        for (const Sense& sense : match.senses)
          if (sense.kind == SenseKind::cue) note(sense.index, t);
    }
    const VerbForm& form = tables.verb_form(view_.tokens[t].word);
    const bool quality = form.base && !form.past && !form.participle && t > sentence_.begin && view_.info(t - 1).is(WordClass::be);  // "are open 24 hours"
    if (form.verb == kNoVerb || form.noun || quality || t < in_noun_until) continue;  // "travel bans"
    if (const auto rows = tables.cues_of_verb.find(form.verb); rows != tables.cues_of_verb.end())
      for (const std::uint32_t sign : rows->second) note(sign, t);
  }
  const auto of_kind = [&](CueKind kind, std::uint32_t token) {
    for (const std::uint32_t sign : tables.cues_of_kind[static_cast<std::size_t>(kind)]) note(sign, token);
  };
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::noun) {
      if (const auto rows = tables.cues_of_class.find(class_of(i)); rows != tables.cues_of_class.end())
        for (const std::uint32_t sign : rows->second) note(sign, here.begin);
    }
    if (here.kind == ItemKind::money) of_kind(CueKind::money, here.begin);
    // "The Session was co-chaired by": of a forum told of before
    if (here.kind == ItemKind::forum && !(sentence_.forums[here.index].generic && !sentence_.forums[here.index].edition))
      of_kind(
          sentence_.forums[here.index].type == EventType::consultation ? CueKind::consultation : CueKind::conference,
          here.begin);
    if (here.kind == ItemKind::actor && sentence_.actors[here.index].post) of_kind(CueKind::post, here.begin);
  }
  return found;
}

// Hoped for, asked about, denied: the sentence asserts nothing.
bool SentenceEvents::asserts_nothing() const {
  for (std::uint32_t t = sentence_.begin; t < sentence_.end; ++t)
    if (view_.info(t).is(WordClass::hypothetical) || (view_.info(t).is(WordClass::negation) && word(t) != "without"))
      return true;
  for (const VerbGroup& group : sentence_.verbs)
    if (is_no_fact(group)) return true;
  return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
    return item.kind == ItemKind::subordinator &&
           (word(item.begin) == "if" || word(item.begin) == "whether" || word(item.begin) == "unless");
  });
}

bool SentenceEvents::names_aid() const {
  return std::any_of(sentence_.nouns.begin(), sentence_.nouns.end(), [&](const NounMention& noun) {
    return view_.tables->nouns[noun.noun].type == EventType::aid ||
           view_.tables->noun_classes[view_.tables->nouns[noun.noun].noun_class] == "aid";
  });
}

// Everyone whom the sentence names, by the preposition before them; of a list all stand as the first.
std::vector<Argument> SentenceEvents::everyone() const {
  std::vector<Argument> all;
  std::optional<Slot> last;
  bool listing = false;
  // "In a ceremony held in A, the Ambassador handed over": a verb that can be nothing but finite, where there is one
  const auto first_finite = [&](bool surely) {
    std::uint32_t i = 0;
    while (i < sentence_.items.size() && !(sentence_.items[i].kind == ItemKind::verb && verb(i).finite && !(surely && verb(i).bare_participle))) ++i;
    return i;
  };
  const std::uint32_t sure = first_finite(true);
  const std::uint32_t first_verb = sure < sentence_.items.size() ? sure : first_finite(false);
  const bool passive = first_verb < sentence_.items.size() && verb(first_verb).passive;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind != ItemKind::actor) {
      const bool link = here.kind == ItemKind::conjunction || here.kind == ItemKind::comma ||
                        here.kind == ItemKind::determiner || here.kind == ItemKind::adverb;
      listing = listing && link;
      continue;
    }
    const ActorMention& actor = sentence_.actors[here.index];
    // "They discussed the loan": more of what was told before, and nobody who is named here
    if (actor.kind == ActorKind::pronoun || actor.kind == ActorKind::plural || actor.kind == ActorKind::both) continue;
    if (actor.kind == ActorKind::adjective || actor.kind == ActorKind::it ||
        (actor.kind == ActorKind::name && actor.persons.empty()))
      continue;
    // "The spokesperson disclosed that": who only tells it
    std::uint32_t telling = i + 1;
    while (telling < sentence_.items.size() && sentence_.items[telling].kind == ItemKind::adverb) ++telling;
    if (telling + 1 < sentence_.items.size() && sentence_.items[telling].kind == ItemKind::verb &&
        verb(telling).finite && sentence_.items[telling + 1].kind == ItemKind::relative &&
        word(sentence_.items[telling + 1].begin) == "that")
      continue;
    std::uint32_t before = i;
    while (before > 0 &&
           (sentence_.items[before - 1].kind == ItemKind::determiner ||
            sentence_.items[before - 1].kind == ItemKind::adverb || sentence_.items[before - 1].kind == ItemKind::word || sentence_.items[before - 1].kind == ItemKind::possessive))
      --before;
    const bool governed = before > 0 && sentence_.items[before - 1].kind == ItemKind::preposition;
    std::optional<Slot> slot;
    if (governed) {
      if (before > 1 && view_.info(sentence_.items[before - 2].end - 1).is(WordClass::invitation))
        continue;  // "at the invitation of"
      slot = slot_of(view_, sentence_.items[before - 1]);
    } else if (listing && !(i > 0 && sentence_.items[i - 1].kind == ItemKind::comma && i + 1 < sentence_.items.size() && sentence_.items[i + 1].kind == ItemKind::verb && verb(i + 1).finite)) {  // not "addressed to A, B offered"
      slot = last;
    } else {
      slot = (i < first_verb) != passive ? Slot::subject : Slot::object;
      if (actor.possessive) slot = Slot::possessor;
    }
    if (actor.kind == ActorKind::person &&
        std::any_of(actor.persons.begin(), actor.persons.end(),
                    [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::spokesperson; }))
      continue;
    last = slot;
    listing = true;
    if (slot) all.push_back({*slot, i});
  }
  return all;
}

// How many states and organisations take part, and how many of them by a person or post.
SentenceEvents::Sides SentenceEvents::sides_of(const Draft& draft) const {
  Sides sides;
  std::vector<PartyIndex> parties;
  std::vector<std::uint32_t> persons;
  const auto add = [&](PartyIndex party) {
    if (std::find(parties.begin(), parties.end(), party) == parties.end()) parties.push_back(party);
  };
  for (const Taking& taking : draft.takings) {
    for (const PartyIndex party : taking.who.parties) add(party);
    for (const std::uint32_t person : taking.who.persons) {
      add(cast_.persons()[person].of);
      if (std::find(persons.begin(), persons.end(), person) == persons.end()) persons.push_back(person);
    }
    if (taking.who.persons.empty() && taking.who.level)
      sides.persons += std::max<std::size_t>(taking.who.parties.size(), 1);
  }
  sides.parties = parties.size();
  sides.persons += persons.size();
  return sides;
}

// "The Arrangement with Peru stands terminated from 31 May", in the words of Chile: one side is named, and the other speaks.
bool SentenceEvents::is_with_us(const Draft& draft) const {
  if (cast_.own() == kNoParty || draft.type == EventType::consultation || draft.type == EventType::conference) return false;
  const bool state = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
    return std::any_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex party) { return view_.tables->parties[party].kind == graph::EntityKind::country; });
  });  // what an organisation holds needs no second side
  return state && std::none_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
    return std::find(t.who.parties.begin(), t.who.parties.end(), cast_.own()) != t.who.parties.end();
  });
}

bool SentenceEvents::stands_gleaned(const Cue& cue, const Draft& draft) const {
  const Sides sides = sides_of(draft);
  switch (cue.sides) {
    case CueSides::persons:
      return sides.parties >= 2 && sides.persons >= 2;
    case CueSides::person:
      return sides.persons >= 1;
    case CueSides::parties:
      return sides.parties >= 2 || (draft.date && sides.parties == 1 && is_with_us(draft));
    case CueSides::journey:
      return sides.parties >= 2 && sides.persons >= 1 && draft.has(Part::guest) && draft.has(Part::host);
    case CueSides::one:
      return sides.parties >= 1;
  }
  return false;
}

// Whether an item stands in what "on" says a paper is about.
bool SentenceEvents::is_topic(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::comma || kind == ItemKind::verb || kind == ItemKind::stop || kind == ItemKind::date) return false;
    if (kind == ItemKind::preposition && word(sentence_.items[i].begin) == "on") return true;
  }
  return false;
}

// "The Minister stressed the importance of the Forum, which A will host": the one before the relative clause is no host.
bool SentenceEvents::hosts_in_relative(std::uint32_t item) const {
  bool relative = false;
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    relative = relative || sentence_.items[i].kind == ItemKind::relative;
    if (relative && sentence_.items[i].kind == ItemKind::verb && verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].is(VerbTrait::hosts)) return true;
  }
  return false;
}

// The first time of the sentence that names nothing, and the town in which it is said to have been.
void SentenceEvents::take_setting(Draft& draft) const {
  for (std::uint32_t i = 0; i < sentence_.items.size() && !draft.date; ++i)
    if (sentence_.items[i].kind == ItemKind::date &&
        !(i > 0 && ((word(sentence_.items[i - 1].begin) == "since" && draft.sets.stage != graph::Stage::in_force) || word(sentence_.items[i - 1].begin) == "until")))
      draft.date = sentence_.dates[sentence_.items[i].index];
  if (draft.type == EventType::statement || draft.type == EventType::message || draft.type == EventType::aid ||
      draft.type == EventType::call)
    return;
  for (std::uint32_t i = 1; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::actor || ((is_plain_name(i) || draft.type == EventType::meeting) && is_topic(i))) continue;  // "the Agreement on Cooperation in Agriculture", "exchanged views on the situation in A"
    const Word link = word(sentence_.items[i - 1].begin);
    if (link == "in" || link == "at") take_place(draft, i);
  }
}

// "A spoke for Portugal, B for Morocco": they are in the talk that the sentence tells of, else in the one told before.
void SentenceEvents::take_spokesmen() {
  if (std::none_of(sentence_.actors.begin(), sentence_.actors.end(), [](const ActorMention& actor) { return actor.side_told; })) return;
  const auto is_talk = [](const Draft& draft) {
    return !draft.joins_last &&
           (draft.type == EventType::meeting || draft.type == EventType::consultation ||
            draft.type == EventType::conference || draft.type == EventType::call || draft.type == EventType::agreement);
  };
  Draft draft;
  draft.sentence = index_;
  draft.begin = sentence_.begin;
  draft.end = sentence_.end;
  draft.rule = "talk.sides";
  draft.joins_last = true;
  const auto talk = std::find_if(drafts_.begin(), drafts_.end(), is_talk);
  if (talk == drafts_.end() && !drafts_.empty()) return;
  Draft& to = talk == drafts_.end() ? draft : *talk;
  const Part part = to.type == EventType::agreement ? Part::signatory : Part::participant;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (!clause_.is_actor(i) || !clause_.actor(i).side_told) continue;
    const std::vector<std::uint32_t>& persons = clause_.actor(i).persons;
    const bool there = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& one) {
      return std::any_of(one.takings.begin(), one.takings.end(), [&](const Taking& t) {
        return std::find(t.who.persons.begin(), t.who.persons.end(), persons[0]) != t.who.persons.end();
      });
    });
    if (!there) take_one(to, part, Slot::subject, i);
  }
  if (talk == drafts_.end() && !draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// The series of the draft's type that the sentence names, with its edition.
void SentenceEvents::name_forum(Draft& draft) const {
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::forum) continue;
    const ForumMention& forum = sentence_.forums[sentence_.items[i].index];
    if (forum.type != draft.type) continue;
    draft.forum = forum;
    draft.level_hint = forum.level;
    if (!forum.edition) take_session(draft, i);
    if (!forum.parties.empty())
      draft.takings.push_back({Part::participant, Slot::modifier, Meant{forum.parties, {}, {}, {}}});
    take_level(draft, i);
    return;
  }
}

// What the sentence tells by a row of cues.tsv whose signs stand in it, or in the title; absent without those who did
// it.
std::optional<Draft> SentenceEvents::read_cue(const Cue& cue, const std::vector<Argument>& named) {
  Draft draft = draft_by(cue, named);
  const bool carries_goods = cue.type == EventType::visit && names_aid();
  // "received the credentials of the newly appointed Ambassadors": what brings them there is told in passing
  const bool in_passing = cue.type == EventType::appointment && names_class(view_, sentence_, "credentials");
  if (in_passing) {
    drop(draft, "signs of what brings somebody there");
    return std::nullopt;
  }
  // "Credentials ceremony; the President received, in this order:": those who did it stand under the line.
  if (!carries_goods && (ends_with_colon(view_, sentence_) || stands_gleaned(cue, draft))) return draft;
  drop(draft, "signs of an act without those who did it");
  return std::nullopt;
}

// "A grant from A for the budget of B was announced in Riyadh": where it is said from whom it comes, "of" names who gets it, and a town of
// the giver is only where it was told.
void SentenceEvents::settle_donor(Draft& draft) {
  std::vector<PartyIndex> donors;
  for (const Taking& taking : draft.takings)
    if (taking.part == Part::donor && taking.slot == Slot::from) donors.insert(donors.end(), taking.who.parties.begin(), taking.who.parties.end());
  if (donors.empty()) return;
  const auto gives = [&](const Taking& taking) { return std::any_of(taking.who.parties.begin(), taking.who.parties.end(), [&](PartyIndex p) { return contains(donors, p); }); };
  std::erase_if(draft.takings, [&](const Taking& taking) { return taking.slot == Slot::in && taking.part == Part::recipient && gives(taking); });
  for (Taking& taking : draft.takings)
    if (taking.slot == Slot::of && taking.part == Part::donor && !gives(taking)) taking.part = Part::recipient;
}

Draft SentenceEvents::draft_by(const Cue& cue, const std::vector<Argument>& named) {
  Draft draft;
  draft.sentence = index_;
  draft.begin = sentence_.begin;
  draft.end = sentence_.end;
  draft.type = cue.type;
  draft.rule = cue.rule;
  draft.confidence = cue.confidence;
  draft.sets = cue.sets;
  draft.gleaned = true;
  for (std::uint32_t t = sentence_.begin; cue.type == EventType::mission && t < sentence_.end; ++t)
    if (const VerbForm& form = view_.tables->verb_form(view_.tokens[t].word); form.noun || form.gerund) draft.upcoming = draft.upcoming || is_to_come(t);
  if (is_series(cue.type)) name_forum(draft);
  const bool talk = cue.type == EventType::meeting || cue.type == EventType::call;
  for (const Argument& a : named) {
    if (talk && a.slot == Slot::in && is_topic(a.item)) continue;  // "exchanged views on the situation in A"
    const Part part = cue.parts[static_cast<std::size_t>(a.slot)];
    // "hosted by A and chaired by Minister B"
    std::uint32_t by = a.item;
    while (by > 0 && sentence_.items[by].kind != ItemKind::verb) --by;
    const bool chairs = part == Part::host && a.slot == Slot::by && sentence_.items[by].kind == ItemKind::verb && verb(by).main != kNoVerb && view_.tables->verbs[verb(by).main].kind == VerbKind::chair;
    const bool speaks = part == Part::host && hosts_in_relative(a.item);
    if (part != Part::stays_out && !(speaks && a.slot == Slot::subject)) take_one(draft, chairs ? Part::chair : speaks ? Part::participant : part, a.slot, a.item);
  }
  if (cue.type == EventType::aid) settle_donor(draft);
  if (cue.type != EventType::visit) {  // who is named is not where it was
    draft.city.clear();
    draft.place_country = kNoParty;
  }
  if (cue.type == EventType::message && !draft.sets.stance) draft.sets.stance = stance_behind(0);
  for (const VerbGroup& group : sentence_.verbs) {
    if (!group.finite && !group.infinitive) continue;
    take_status(draft, group);
    if (draft.planned || draft.cancelled) break;
  }
  take_setting(draft);
  take_entry(draft);
  return draft;
}

bool SentenceEvents::may_be_gleaned() const {
  if (view_.tables->cues.empty() || sentence_.items.empty() || sentence_.items.size() > kGleanedItemsMax) return false;
  if (std::none_of(sentence_.actors.begin(), sentence_.actors.end(),
                   [](const ActorMention& actor) { return !actor.parties.empty() || !actor.persons.empty(); }))
    return false;
  return !asserts_nothing() && !denied();
}

// "The Minister looks forward to the Summit, which is to be held in A": whoever speaks of it is not said to be there.
bool SentenceEvents::is_spoken_of(const Draft& draft) const {
  return std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [&](const VerbGroup& group) {
    return group.begin < draft.begin && group.finite && !group.passive && group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::wish;
  });
}

std::vector<Draft> SentenceEvents::glean(const std::vector<Draft>& told) {
  std::vector<Draft> gleaned;
  if (!may_be_gleaned()) return gleaned;
  const std::vector<std::uint32_t> found = find_cues();
  std::optional<std::vector<Argument>> named;
  for (std::size_t row = 0; row < view_.tables->cues.size(); ++row) {
    const Cue& cue = view_.tables->cues[row];
    if (found[row * 2] == kNone || (cue.wants_second && found[row * 2 + 1] == kNone)) continue;
    const auto same = [&](const Draft& draft) { return draft.type == cue.type; };
    if (std::any_of(gleaned.begin(), gleaned.end(), same)) continue;
    if (is_series(cue.type) && std::any_of(told.begin(), told.end(), [&](const Draft& draft) { return same(draft) && is_spoken_of(draft); })) continue;
    // A gathering told without a time, a place or a name is completed by what stands around it.
    const auto is_whole = [&](const Draft& draft) {
      return !(is_series(cue.type) && told.size() == 1 &&
               (!draft.date || draft.city.empty() || sides_of(draft).persons == 0));
    };
    if (std::any_of(told.begin(), told.end(), [&](const Draft& draft) {
          return same(draft) && !draft.joins_last && sides_of(draft).parties >= 2 && is_whole(draft);
        }))
      continue;
    if (!named) named = everyone();
    auto draft = read_cue(cue, *named);
    if (!draft) continue;
    for (Draft& one : each_partner(std::move(*draft))) gleaned.push_back(std::move(one));
  }
  return gleaned;
}

// "had tête-à-têtes in New York: with Minister B, in the morning, and with Minister C": a talk with each.
std::vector<Draft> SentenceEvents::each_partner(Draft draft) const {
  const auto is_partner = [](const Taking& taking) { return taking.slot == Slot::with && taking.who.persons.size() == 1; };
  const auto partners = static_cast<std::size_t>(std::count_if(draft.takings.begin(), draft.takings.end(), is_partner));
  const auto links = static_cast<std::size_t>(std::count_if(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
    return item.kind == ItemKind::preposition && word(item.begin) == "with";
  }));
  const bool talk = draft.type == EventType::meeting || draft.type == EventType::call;
  if (!talk || partners < 2 || links < partners) return {std::move(draft)};
  return one_for_each(draft, is_partner);
}

// The row of cues.tsv whose signs stand first in the sentence; null for none.
const Cue* SentenceEvents::cue_told() const {
  const Cue* first = nullptr;
  std::uint32_t at = kNone;
  const std::vector<std::uint32_t> found = find_cues();
  for (std::size_t row = 0; row < view_.tables->cues.size(); ++row) {
    const Cue& cue = view_.tables->cues[row];
    const bool between = cue.sides == CueSides::persons || cue.sides == CueSides::journey;
    if (!between || found[row * 2] >= at || (cue.wants_second && found[row * 2 + 1] == kNone)) continue;
    at = found[row * 2];
    first = &cue;
  }
  return first;
}

// Adds those whom this sentence names, and its time and place, to what another sentence of a short text began to tell.
void SentenceEvents::add_to(Draft& draft, const Cue& cue) {
  if (!may_be_gleaned()) return;
  Draft more = draft_by(cue, everyone());
  for (Taking& taking : more.takings) draft.takings.push_back(std::move(taking));
  if (!draft.date) draft.date = more.date;
  if (draft.city.empty() && draft.place_country == kNoParty) {
    draft.city = more.city;
    draft.place_country = more.place_country;
  }
  if (!draft.forum) draft.forum = more.forum;
  if (!draft.sets.stance) draft.sets.stance = more.sets.stance;
}

std::optional<Draft> SentenceEvents::glean_as(const Cue& cue) {
  if (!may_be_gleaned()) return std::nullopt;
  auto draft = read_cue(cue, everyone());
  if (draft) draft->of_title = true;
  return draft;
}

}  // namespace entente::importers
