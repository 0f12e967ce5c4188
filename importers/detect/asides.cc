// What stands beside an act and says more of it: when aid was decided on, who else was there.
#include <algorithm>

#include "importers/detect/decisions.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "will travel to B on Friday to meet A": what a planned act is for is planned.
bool SentenceEvents::serves_planned(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return false;
    if (kind == ItemKind::verb && verb(i).finite) return verb(i).planned && !is_no_fact(verb(i));
  }
  return false;
}

// "will travel to A on 4 May for talks with B", "for the Summit": who travels takes part, there and, if it is a talk, then, unless it has
// a time of its own.
void SentenceEvents::take_journey(Draft& draft, std::uint32_t item, const Arguments& own) {
  using graph::EventType;
  const bool talk = draft.type == EventType::meeting || draft.type == EventType::consultation;
  if ((!talk && draft.type != EventType::conference) || own.begin == 0 || word(sentence_.items[own.begin - 1].begin) != "for") return;
  const bool with = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::with; });
  if (!with && !draft.forum) return;
  bool joined = false;  // "on his trip to A and on the preparations for the Summit"
  for (std::uint32_t i = own.begin - 1; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return;
    joined = joined || kind == ItemKind::conjunction;
    if (kind == ItemKind::noun && !joined && clause_.event_noun(i).type == EventType::visit) {  // "recalled his visit to A in July for the Meeting"
      take_visit_for(draft, i, item);
      return;
    }
    if (kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (!group.finite || group.main == kNoVerb || group.passive || is_no_fact(group)) return;
    const std::vector<Frame>& frames = view_.tables->frames[group.main];
    if (std::none_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.type == EventType::visit; })) return;
    const Arguments journey = clause_.of_verb(i);
    if (!journey.has(Slot::to) || journey.has(Slot::object)) return;  // "hosted a meeting in preparation for the Forum"
    for (const Argument& a : journey.all) {
      if (!clause_.is_actor(a.item)) continue;
      if (a.slot == Slot::subject) take_one(draft, Part::participant, a.slot, a.item);
      if (a.slot == Slot::to && clause_.actor(a.item).kind == ActorKind::city) take_place(draft, a.item);
    }
    take_elided_subject(draft, group, Part::participant);
    if (talk) take_time_and_place(draft, journey, item);
    take_status(draft, group);
    draft.background = false;
    return;
  }
}

void SentenceEvents::take_visit_for(Draft& draft, std::uint32_t visit, std::uint32_t item) {
  const Arguments own = clause_.of_noun(visit);
  Draft journey = draft_at(own.begin, own.end);
  journey.type = graph::EventType::visit;
  take_noun_words(journey, visit, own.begin, false);
  take_arguments(journey, clause_.event_noun(visit).parts, own);
  for (Taking& taking : journey.takings)
    if (taking.part == Part::guest) draft.takings.push_back({Part::participant, taking.slot, std::move(taking.who), false});
  for (const Argument& a : own.all)
    if (a.slot == Slot::to && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::city) take_place(draft, a.item);
  take_time_and_place(draft, own.times(), item);
}

// "after", "following", "from", "at the end of": before what is over.
bool SentenceEvents::leads_to_what_is_over(std::uint32_t preposition) const {
  const Word link = word(sentence_.items[preposition].begin);
  return link == "after" || link == "following" || link == "from" || (link == "of" && preposition > 0 && view_.info(sentence_.items[preposition - 1].end - 1).is(WordClass::span_end));
}

// "landed in Santiago at the end of a tour", in a text of Chile: who of ours arrives at home, and tells of a journey that is over.
bool SentenceEvents::comes_home(std::uint32_t verb_item) const {
  if (cast_.own() == kNoParty || !verb(verb_item).finite || verb(verb_item).main == kNoVerb) return false;
  const auto& frames = view_.tables->frames[verb(verb_item).main];
  if (std::none_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.rule == "visit.arrived"; })) return false;
  bool home = false;
  const Arguments arguments = clause_.of_verb(verb_item);
  for (const Argument& a : arguments.all) {
    if (!clause_.is_actor(a.item)) continue;
    const Meant who = meant_of(a.item);
    const bool ours = std::find(who.parties.begin(), who.parties.end(), cast_.own()) != who.parties.end();
    if (a.slot == Slot::subject && !ours && !who.parties.empty()) return false;
    if (a.slot == Slot::in || a.slot == Slot::at || a.slot == Slot::object) home = home || ours;
  }
  for (const std::uint32_t place : arguments.places) home = home || (clause_.is_actor(place) && clause_.actor(place).parties == std::vector<PartyIndex>{cast_.own()});
  bool over = false;
  for (std::uint32_t i = verb_item + 1; home && i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::verb) return false;
    if (here.kind == ItemKind::preposition) over = leads_to_what_is_over(i);
    if (here.kind == ItemKind::noun && over) return clause_.event_noun(i).type == graph::EventType::visit;
  }
  return false;
}

// "returned on Monday after a two-day visit to B": the journey of who comes back, told by its end.
void SentenceEvents::take_returning(Draft& draft, std::uint32_t item) {
  if (draft.type != graph::EventType::visit || draft.has(Part::guest)) return;
  bool behind = false;
  for (std::uint32_t i = item; i-- > 0;) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative) return;
    behind = behind || (here.kind == ItemKind::preposition && leads_to_what_is_over(i));
    if (here.kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    if (!behind || is_no_fact(verb(i)) || !(view_.tables->verbs[verb(i).main].is(VerbTrait::leaves) || comes_home(i))) return;
    const Arguments arguments = clause_.of_verb(i);
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item)) take_one(draft, Part::guest, Slot::subject, a.item);
    take_elided_subject(draft, verb(i), Part::guest);
    take_status(draft, verb(i));
    take_time_and_place(draft, Arguments{{}, arguments.dates, {}, {}, arguments.begin, arguments.end}, i);
    draft.ends = true;
    draft.background = false;
    return;
  }
}

// "held talks with the visiting Foreign Minister of B": a visit that is under way.
void SentenceEvents::read_visiting(std::uint32_t item) {
  if (item == 0 || item + 1 >= sentence_.items.size() || (sentence_.items[item].kind != ItemKind::word && sentence_.items[item].kind != ItemKind::verb)) return;
  const VerbForm& form = view_.tables->verb_form(view_.tokens[sentence_.items[item].end - 1].word);
  if (!form.gerund || form.verb == kNoVerb || view_.tables->verbs[form.verb].lemma != "visit") return;
  if (sentence_.items[item - 1].kind != ItemKind::determiner || !clause_.is_actor(item + 1) || cast_.own() == kNoParty) return;
  const Meant guest = meant_of(item + 1);
  if (guest.parties.size() != 1 || guest.parties[0] == cast_.own() || (guest.persons.empty() && !guest.level)) return;
  Draft draft = draft_at(item, item + 2);
  draft.type = graph::EventType::visit;
  draft.rule = "visit.visiting";
  draft.confidence = 0.75;
  draft.under_way = true;
  take_one(draft, Part::guest, Slot::subject, item + 1);
  draft.takings.push_back({Part::host, Slot::to, Meant{{cast_.own()}, {}, {}, {}}, false});
  finish(std::move(draft));
}

// "On Monday, Cabinet decided that New Zealand will provide": aid is dated by the decision. "pledged to give" is done by pledging.
void SentenceEvents::take_decision(Draft& draft, std::uint32_t verb_item) const {
  const VerbGroup& group = verb(verb_item);
  for (std::uint32_t t = group.begin; t + 1 < group.end; ++t) {
    const VerbId leading = view_.tables->verb_form(view_.tokens[t].word).verb;
    if (leading != kNoVerb && view_.tables->verbs[leading].is(VerbTrait::pledges)) draft.planned = false;
  }
  if (group.infinitive && is_decided(verb_item)) draft.planned = true;
  if (draft.date) return;
  draft.date = day_of_decision(view_, sentence_, verb_item + 1);
  draft.decided = draft.date.has_value();
  if (draft.date) return;
  for (std::uint32_t i = verb_item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop) return;
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    if ((kind != VerbKind::plan && kind != VerbKind::report) || verb(i).tense != Tense::past || is_no_fact(verb(i))) return;
    for (const std::uint32_t date : clause_.of_verb(i).dates)
      if (date < verb_item) {
        draft.date = sentence_.dates[sentence_.items[date].index];
        draft.tense = Tense::past;  // of the decision
      }
    if (kind == VerbKind::plan && group.infinitive) draft.planned = true;
    return;
  }
}

// "decided on 9 May to provide", "the decision, taken on 9 February, to provide".
bool SentenceEvents::is_decided(std::uint32_t infinitive) const {
  constexpr std::uint32_t kReach = 14;
  for (std::uint32_t i = infinitive; i-- > 0 && i + kReach > infinitive;) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::subordinator) return false;
    if (here.kind == ItemKind::word && word(here.end - 1) == "decision") return true;
    if (here.kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    return view_.tables->verbs[verb(i).main].is(VerbTrait::decides) && verb(i).tense == Tense::past && !is_no_fact(verb(i));
  }
  return false;
}

// "On 9 February a handover ceremony was held in A for two ambulances donated by B": given when and where it was held.
void SentenceEvents::take_ceremony(Draft& draft, std::uint32_t item) {
  for (std::uint32_t i = item; i-- > 1;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return;
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    if (is_no_fact(verb(i)) || (kind != VerbKind::occur && !(kind == VerbKind::light && verb(i).passive))) return;
    if (!view_.info(sentence_.items[i].begin - 1).is(WordClass::ceremony)) return;
    const Arguments arguments = clause_.of_verb(i);
    take_time_and_place(draft, arguments.times(), i);
    for (const std::uint32_t place : arguments.places) take_place(draft, place);
    take_status(draft, verb(i));
    return;
  }
}

// "presented her letters at a ceremony held in A on 18 May", "amid a function organised at B": done when and where that was.
void SentenceEvents::take_ceremony_there(Draft& draft, std::uint32_t item) {
  if (draft.date && !draft.city.empty()) return;
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative || sentence_.items[i].kind == ItemKind::subordinator) return;
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    if (!verb(i).bare_participle || verb(i).main == kNoVerb || !view_.info(sentence_.items[i].begin - 1).is(WordClass::ceremony)) return;
    const VerbKind kind = view_.tables->verbs[verb(i).main].kind;
    if (kind != VerbKind::occur && kind != VerbKind::light) return;
    const Arguments arguments = clause_.of_verb(i);
    if (!draft.date) take_time_and_place(draft, arguments.times(), i);
    for (const std::uint32_t place : arguments.places) take_place(draft, place);
    return;
  }
}

// "The Mechanism held its first meeting in 2010", "the Commission, which last met in 2008 at its 2nd Meeting": which of them.
std::uint32_t SentenceEvents::take_session(Draft& draft, std::uint32_t item) const {
  // "For the sixth time they have met in their Dialogue"
  for (std::uint32_t t = sentence_.begin; t + 3 < sentence_.end; ++t)
    if (word(t) == "for" && word(t + 1) == "the" && view_.tokens[t + 2].ordinal && word(t + 3) == "time" && view_.tokens[t + 2].number > 1) {
      draft.forum->edition = view_.tokens[t + 2].number;
      return kNone;
    }
  for (std::uint32_t i = item + 1; i + 1 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::stop) return kNone;
    if (sentence_.items[i].kind != ItemKind::determiner || word(sentence_.items[i].begin) != "its") continue;
    const Item& next = sentence_.items[i + 1];
    const Token& token = view_.tokens[next.begin];
    const std::uint32_t head = next.begin + 1;
    if (!token.ordinal || head >= sentence_.end || !view_.info(head).is(WordClass::session_word)) continue;
    draft.forum->edition = token.number;
    return i + 1;
  }
  return kNone;
}

// "established relations with Finland in 1986 and with Australia on 14 September 2002": one for each partner that has a time of
// its own; the first stays in the draft.
// Where the list of those whom somebody met ends: "met with A, and, on the following day, with B" goes on behind the time.
std::uint32_t SentenceEvents::end_of_partners(std::uint32_t end) const {
  std::uint32_t at = end;
  bool dated = false;
  while (at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::comma || sentence_.items[at].kind == ItemKind::conjunction || sentence_.items[at].kind == ItemKind::date || sentence_.items[at].kind == ItemKind::preposition)) {
    dated = dated || sentence_.items[at].kind == ItemKind::date;
    if (sentence_.items[at].kind == ItemKind::preposition && word(sentence_.items[at].begin) == "with") break;
    ++at;
  }
  if (!dated || at >= sentence_.items.size() || sentence_.items[at].kind != ItemKind::preposition) return std::min<std::uint32_t>(end, static_cast<std::uint32_t>(sentence_.items.size()));
  for (++at; at < sentence_.items.size(); ++at) {
    const ItemKind kind = sentence_.items[at].kind;
    if (kind == ItemKind::stop || kind == ItemKind::verb || kind == ItemKind::relative || kind == ItemKind::subordinator) break;
  }
  return at;
}

// "and on Wednesday the Minister of B": an actor behind a time that "and" joins on.
bool SentenceEvents::joins_on_day(std::uint32_t actor) const {
  std::uint32_t at = actor;
  if (at > 0 && sentence_.items[at - 1].kind == ItemKind::determiner) --at;
  if (at == 0 || sentence_.items[at - 1].kind != ItemKind::date) return false;
  --at;
  if (at > 0 && sentence_.items[at - 1].kind == ItemKind::preposition) --at;
  if (at > 0 && sentence_.items[at - 1].kind == ItemKind::comma) --at;
  return at > 0 && sentence_.items[at - 1].kind == ItemKind::conjunction && is_person(actor) && !(actor + 1 < sentence_.items.size() && sentence_.items[actor + 1].kind == ItemKind::verb && verb(actor + 1).finite);
}

std::vector<Draft> SentenceEvents::other_partners(Draft& draft, std::uint32_t verb_item, const Arguments& arguments) {
  struct Group {
    std::vector<std::uint32_t> actors;  // items
    std::optional<std::uint32_t> date;
    bool separate = false;  // "and, separately, with B"
  };
  std::vector<Group> groups;
  bool open = false;  // behind "with"
  const std::uint32_t last = end_of_partners(arguments.end);
  for (std::uint32_t i = verb_item + 1; i < last; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::preposition) {
      open = word(here.begin) == "with";
      if (!open) continue;
      // "on 4 March with A, and, on the following day, with B": the time right before "with" is of whom it opens
      const std::uint32_t before_with = sentence_.items[i - 1].kind == ItemKind::comma ? i - 2 : i - 1;
      const bool in_front = before_with > verb_item && sentence_.items[before_with].kind == ItemKind::date;
      if (in_front && !groups.empty() && groups.back().date == before_with) groups.back().date.reset();
      groups.emplace_back();
      if (in_front) groups.back().date = before_with;
      for (std::uint32_t before = i; before-- > verb_item && sentence_.items[before].kind != ItemKind::actor;)
        if (sentence_.items[before].kind == ItemKind::adverb && (word(sentence_.items[before].begin) == "separately" || word(sentence_.items[before].begin) == "subsequently" || word(sentence_.items[before].begin) == "later" || word(sentence_.items[before].begin) == "then")) groups.back().separate = true;
    } else if (here.kind == ItemKind::actor && open && !groups.empty()) {
      groups.back().actors.push_back(i);
    } else if (here.kind == ItemKind::actor && joins_on_day(i)) {  // "met A, and on Wednesday B": without a "with"
      if (groups.empty()) {
        groups.emplace_back();
        for (const Argument& a : arguments.all)
          if (a.slot == Slot::object && a.item < i && clause_.is_actor(a.item)) groups.back().actors.push_back(a.item);
      }
      groups.emplace_back();
      groups.back().actors.push_back(i);
      groups.back().date = sentence_.items[i - 1].kind == ItemKind::date ? i - 1 : i - 2;
    } else if (here.kind == ItemKind::date && !groups.empty() && !groups.back().date) {
      groups.back().date = i;
    }
  }
  std::erase_if(groups, [](const Group& group) { return group.actors.empty(); });
  std::vector<Draft> more;
  const bool first_dated = !groups.empty() && (groups[0].date || draft.date);
  const bool dated = first_dated && std::all_of(groups.begin() + 1, groups.end(), [](const Group& group) { return group.date.has_value(); });
  const bool separate = draft.type == graph::EventType::meeting && std::any_of(groups.begin(), groups.end(), [](const Group& group) { return group.separate; });
  if (groups.size() < 2 || !(dated || separate)) return more;
  // "on Tuesday met with A and on Wednesday with B": the time before the verb is of the first
  if (!groups[0].date && draft.date && groups[1].date && draft.date->begin == sentence_.items[*groups[1].date].begin)
    for (std::uint32_t i = verb_item; i-- > 0 && !groups[0].date && sentence_.items[i].kind != ItemKind::stop && sentence_.items[i].kind != ItemKind::relative;)
      if (sentence_.items[i].kind == ItemKind::date) groups[0].date = i;
  const auto is_of = [&](const Taking& taking, const Group& group) {
    return std::any_of(group.actors.begin(), group.actors.end(), [&](std::uint32_t actor) {
      const Meant who = meant_of(actor);
      return (taking.slot == Slot::with || taking.slot == Slot::object) && taking.who.parties == who.parties && taking.who.persons == who.persons;
    });
  };
  for (const Group& group : groups)
    for (const std::uint32_t actor : group.actors)
      if (actor >= arguments.end) take_one(draft, Part::participant, Slot::with, actor);
  const Draft whole = draft;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Draft one = whole;
    std::erase_if(one.takings, [&](const Taking& taking) {
      if (is_of(taking, groups[g])) return false;
      return std::any_of(groups.begin(), groups.end(), [&](const Group& group) { return &group != &groups[g] && is_of(taking, group); });
    });
    if (groups[g].date) one.date = sentence_.dates[sentence_.items[*groups[g].date].index];
    one.single = one.single || !dated;
    if (g == 0) draft = std::move(one);
    else more.push_back(std::move(one));
  }
  return more;
}

// "Prime Minister A and Chairwoman B met separately with President C": a talk of each.
std::vector<Draft> SentenceEvents::other_subjects(Draft& draft, std::uint32_t verb_item) const {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::meeting && draft.type != graph::EventType::call) return more;
  const auto is_subject = [](const Taking& t) { return t.slot == Slot::subject && t.who.persons.size() == 1; };
  const bool partner = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return (t.slot == Slot::with || t.slot == Slot::object) && t.who.persons.size() == 1; });
  bool separately = false;
  for (std::uint32_t t = verb(verb_item).begin; t < sentence_.end && t <= verb(verb_item).end; ++t) separately = separately || word(t) == "separately";
  if (!partner || !separately || std::count_if(draft.takings.begin(), draft.takings.end(), is_subject) < 2) return more;
  more = one_for_each(draft, is_subject);
  for (Draft& one : more) {
    one.listed = true;
    one.each = false;
  }
  draft = std::move(more.front());
  more.erase(more.begin());
  return more;
}

// What says who signed the paper that was told.
Draft SentenceEvents::signers_at(std::uint32_t begin_item, std::uint32_t end_item) const {
  Draft draft = draft_at(begin_item, end_item);
  draft.type = graph::EventType::agreement;
  draft.rule = "agreement.signers";
  draft.joins_last = true;
  return draft;
}

// "The signatories were A and B": of the paper that was told last.
void SentenceEvents::read_signers(std::uint32_t item) {
  if (item == 0 || is_no_fact(verb(item))) return;
  const Word signature = word(sentence_.items[item].begin - 1);
  if (verb(item).passive && (signature == "signature" || signature == "signatures")) {
    // "The signature was affixed by Ambassador A in the presence of B"
    Draft draft = signers_at(item - 1, static_cast<std::uint32_t>(sentence_.items.size()));
    take_those_behind(draft, item, Part::signatory);
    if (draft.takings.empty()) return;
    take_present(draft);
    drafts_.push_back(std::move(draft));
    return;
  }
  // "The Minister signed for Nigeria; Ambassador A signed for the Emirates"
  const VerbId main = verb(item).main;
  if (main != kNoVerb && verb(item).finite && !verb(item).passive && view_.tables->verbs[main].is(VerbTrait::signs) && item + 1 < sentence_.items.size()) {
    const Arguments arguments = clause_.of_verb(item);
    const Word next = word(sentence_.items[item + 1].begin);
    const bool for_a_side = arguments.has(Slot::for_) || next == "on";
    if (arguments.has(Slot::object) || !for_a_side || sentence_.items[item + 1].kind != ItemKind::preposition) return;
    if (next == "on" && !(item + 2 < sentence_.items.size() && word(sentence_.items[item + 2].end - 1) == "behalf")) return;
    Draft draft = signers_at(arguments.begin, arguments.end);
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item) && is_person(a.item)) take_one(draft, Part::signatory, Slot::by, a.item);
    if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
    return;
  }
  if (!verb(item).copula) return;
  const Word who = word(sentence_.items[item].begin - 1);
  if (who != "signatories" && who != "signers" && who != "signatures") return;
  Draft draft = signers_at(item - 1, static_cast<std::uint32_t>(sentence_.items.size()));
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i)
    if (clause_.is_actor(i) && is_person(i)) take_one(draft, Part::signatory, Slot::by, i);
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "a message posted on X": on a network, a position rather than a letter.
bool SentenceEvents::is_posted(std::uint32_t message) const {
  const std::uint32_t behind = sentence_.items[message].end;
  return behind < sentence_.end && word(behind) == "posted";
}

// "In his message the President thanked": what stands in a letter is its content.
bool SentenceEvents::is_within_message() const {
  constexpr std::size_t kOpeningItems = 5;
  if (sentence_.items.empty() || sentence_.items[0].kind != ItemKind::preposition || word(sentence_.items[0].begin) != "in") return false;
  for (std::size_t i = 1; i < sentence_.items.size() && i < kOpeningItems; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::noun) return view_.tables->nouns[sentence_.nouns[here.index].noun].type == graph::EventType::message && !is_posted(static_cast<std::uint32_t>(i));
    if (here.kind != ItemKind::determiner && here.kind != ItemKind::word && here.kind != ItemKind::actor && here.kind != ItemKind::possessive) return false;
  }
  return false;
}

// "the meeting", "the talks", with nothing more said of it: one that was told before.
bool SentenceEvents::is_told_before(std::uint32_t noun) const {
  if (noun == 0 || sentence_.items[noun - 1].kind != ItemKind::determiner || word(sentence_.items[noun - 1].begin) != "the") return false;
  const Arguments own = clause_.of_noun(noun);
  return own.all.empty() && own.dates.empty() && own.places.empty();
}

// "The Commissioner also took part", "the Foreign Minister, who was present": in the talk or act told last.
void SentenceEvents::read_presence(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  const bool attended = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::attend && (group.passive || group.bare_participle) && item > 0 &&
                        (group.finite || sentence_.items[item - 1].kind == ItemKind::conjunction) && item + 1 < sentence_.items.size() && word(sentence_.items[item + 1].begin) == "by" &&
                        sentence_.items[item - 1].kind != ItemKind::noun && !view_.tables->verbs[group.main].is(VerbTrait::represents) && !view_.tables->verbs[group.main].is(VerbTrait::leads);
  if (!group.finite && !group.gerund && !attended) return;
  if (is_no_fact(group)) return;
  const bool takes_part = group.main != kNoVerb && view_.tables->verbs[group.main].is(VerbTrait::takes_part);
  const bool on_hand = group.copula && group.end + 1 < sentence_.end && word(group.end) == "on" && word(group.end + 1) == "hand";
  const bool among_those = group.copula && group.end + 2 < sentence_.end && word(group.end) == "among" && word(group.end + 1) == "those" && word(group.end + 2) == "present";
  const bool is_present = on_hand || among_those || (group.copula && group.end < sentence_.end && word(group.end) == "present");
  // "Present were the Minister of A, X, and the Minister of B, Y"
  const bool fronted = group.copula && word(sentence_.begin) == "present" && sentence_.items[item].begin > sentence_.begin && std::all_of(sentence_.items.begin(), sentence_.items.begin() + item, [&](const Item& x) { return (x.kind != ItemKind::actor || x.begin == sentence_.begin) && x.kind != ItemKind::verb; });  // "Present at the talks were A and B"
  const bool inverted = fronted || (group.copula && sentence_.items[item].begin > sentence_.begin && word(sentence_.items[item].begin - 1) == "present");
  // "The plaque was unveiled by A", "B cut the ribbon": who opens the mission that was told
  const bool opens = group.main != kNoVerb && view_.tables->verbs[group.main].is(VerbTrait::unveils) &&
                     std::any_of(view_.tokens.begin() + sentence_.begin, view_.tokens.begin() + sentence_.end, [&](const Token& token) {
                       return view_.tables->vocabulary.info(token.word).is(WordClass::unveiled);
                     });
  if (opens) {
    const Arguments ceremony = clause_.of_verb(item);
    Draft opener = draft_at(ceremony.begin, ceremony.end);
    opener.rule = "talk.present";
    opener.joins_last = true;
    opener.type = graph::EventType::mission;
    if (std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& here) { return here.kind == ItemKind::noun && view_.tables->nouns[sentence_.nouns[here.index].noun].type; })) return;
    for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
      if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::person && !clause_.actor(i).possessive) take_one(opener, Part::participant, Slot::subject, i);
    if (!opener.takings.empty()) drafts_.push_back(std::move(opener));
    return;
  }
  // "Her counterpart was Deputy Secretary B": the other side of the talk that was told before
  std::uint32_t opposite = item + 1;
  while (opposite < sentence_.items.size() && sentence_.items[opposite].kind == ItemKind::determiner) ++opposite;
  const bool faces = group.copula && group.tense == Tense::past && item > 0 && clause_.is_actor(item - 1) && clause_.actor(item - 1).kind == ActorKind::counterpart && clause_.is_actor(opposite) && clause_.actor(opposite).kind == ActorKind::person;
  if (!takes_part && !is_present && !attended && !inverted && !faces) return;
  std::uint32_t told = kNone;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind != ItemKind::forum && !(kind == ItemKind::noun && clause_.event_noun(i).type)) continue;
    if (kind == ItemKind::forum || told != kNone || (i < item && !fronted) || !is_told_before(i)) return;
    told = i;
  }
  const Arguments arguments = clause_.of_verb(item);
  const bool elsewhere = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) {
    const bool what = a.slot == Slot::object || a.slot == Slot::in || a.slot == Slot::at;
    return what && a.item != told && !(clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::it);  // "took part in it"
  });
  if (takes_part && !attended && elsewhere && !group.gerund) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.present";
  draft.joins_last = true;
  take_status(draft, group);
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject && clause_.is_actor(a.item) && ((is_person(a.item) && clause_.actor(a.item).kind != ActorKind::pronoun) || (takes_part && is_state(a.item)))) take_one(draft, Part::participant, Slot::subject, a.item);
  if (faces) {
    const Meant side = meant_of(item - 1);
    for (const std::uint32_t person : clause_.actor(opposite).persons)
      if (side.parties.size() == 1 && cast_.persons()[person].of == kNoParty) cast_.person(person).of = side.parties[0];
    take_one(draft, Part::participant, Slot::with, opposite);
  }
  if (attended) take_those_behind(draft, item, Part::participant);  // "It was chaired by A and attended by B and C"
  // "They were joined by the Minister of C": one more side of the talk
  const ActorKind joined = clause_.is_actor(item - 1) ? clause_.actor(item - 1).kind : ActorKind::name;
  if (attended && (joined == ActorKind::pronoun || joined == ActorKind::plural || joined == ActorKind::both))
    for (Taking& taking : draft.takings) taking.slot = Slot::among;
  if (group.gerund || inverted)  // "Also taking part were the Minister of A, X, and the Minister of B, Y"
    for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i)
      if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::person) take_one(draft, Part::participant, Slot::subject, i);
  if (told != kNone && !draft.takings.empty()) {  // in one of the kind that is said
    used_[told] = true;
    draft.rule = "talk.attended";
    draft.type = *clause_.event_noun(told).type;
  }
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "The African Union and the Arab League have sent delegations", "Ministers came from Brazil and Suriname": states that were there.
void SentenceEvents::read_senders(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (!group.finite || group.main == kNoVerb || is_no_fact(group)) return;
  const Verb& telling = view_.tables->verbs[group.main];
  const bool comes = telling.is(VerbTrait::comes);
  if (!comes && !telling.is(VerbTrait::sends)) return;
  const Arguments arguments = clause_.of_verb(item);
  const std::uint32_t object = first_object(arguments);
  const bool sent = telling.is(VerbTrait::sends) && object != kNone && clause_.names_delegation(object) && !arguments.has(Slot::to);
  bool people = group.begin == sentence_.begin;  // nobody is named before "came from"
  for (std::uint32_t t = sentence_.begin; t < group.begin; ++t)
    people = people || view_.info(t).is(WordClass::minister_plural) || view_.info(t).is(WordClass::delegates);
  const bool came = comes && arguments.has(Slot::from) && people;
  if (!sent && !came) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.present";
  draft.joins_last = true;
  for (const Argument& a : arguments.all)
    if (a.slot == (sent ? Slot::subject : Slot::from) && is_state(a.item)) take_one(draft, Part::participant, Slot::subject, a.item);
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "the invitation to attend the Joint Commission": what a noun is about, unless it says when or where.
bool SentenceEvents::is_idle(const Draft& draft, const Clause::Governor& governor) const {
  return governor.verb != kNone && !draft.date && draft.city.empty() && is_idle_infinitive(governor.verb);
}

}  // namespace entente::importers
