// Forums, consultations and their rounds, by their names.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

constexpr std::uint32_t kRelativeReach = 10;  // items from a forum to the relative clause that tells more of it

}  // namespace

// "(Vientiane, 26 July) The Minister chaired": nothing but a town before the date, so it is that of the text.
bool SentenceEvents::is_dateline(std::uint32_t item) const {
  bool town = false;
  for (std::uint32_t i = 0; i < item; ++i) {
    const Item& here = sentence_.items[i];
    const bool named = here.kind == ItemKind::actor && (sentence_.actors[here.index].kind == ActorKind::city || sentence_.actors[here.index].kind == ActorKind::party);
    town = town || named;
    if (!named && here.kind != ItemKind::open && here.kind != ItemKind::comma && here.kind != ItemKind::stop && here.kind != ItemKind::quote) return false;
  }
  return town;
}

// "the Strategic Arms Reduction Treaty": words in capitals that are nobody's name.
bool SentenceEvents::is_plain_name(std::uint32_t item) const {
  return clause_.is_actor(item) && clause_.actor(item).kind == ActorKind::name && clause_.actor(item).persons.empty();
}

// "the Dialogue, whose third meeting was held", "the Community, whose 12th Conference": a round of the series, or of the organisation,
// that stands before "whose".
void SentenceEvents::take_whose(Draft& draft, std::uint32_t item) {
  if (item < 2 || sentence_.items[item - 1].kind != ItemKind::relative || word(sentence_.items[item - 1].begin) != "whose") return;
  const std::uint32_t owner = sentence_.items[item - 2].kind == ItemKind::comma && item > 2 ? item - 3 : item - 2;
  const Item& before = sentence_.items[owner];
  if (before.kind == ItemKind::forum && draft.forum->generic && !sentence_.forums[before.index].generic) {
    ForumMention whole = sentence_.forums[before.index];
    whole.edition = draft.forum->edition;
    draft.type = whole.type;
    draft.rule = std::string(graph::to_string(whole.type)) + ".forum";
    draft.level_hint = whole.level;
    draft.forum = std::move(whole);
  } else if (clause_.is_actor(owner) && clause_.actor(owner).kind == ActorKind::party && draft.forum->parties.empty()) {
    draft.forum->parties = clause_.actor(owner).parties;
    draft.forum->generic = false;
    if (std::any_of(draft.forum->parties.begin(), draft.forum->parties.end(), [&](PartyIndex p) { return view_.tables->parties[p].kind == graph::EntityKind::organisation; })) draft.type = EventType::conference;
  }
}

// "the Dialogue, whose 9th edition Mongolia will organize", "whose sixth meeting was hosted by A": the verb that tells of it.
Clause::Governor SentenceEvents::verb_behind_whose(std::uint32_t forum) const {
  if (forum == 0 || forum + 2 >= sentence_.items.size() || word(sentence_.items[forum - 1].begin) != "whose") return {};
  if (sentence_.items[forum + 1].kind == ItemKind::verb && verb(forum + 1).finite) return {forum + 1, true};
  std::uint32_t at = forum + 1;
  while (at + 1 < sentence_.items.size() && sentence_.items[at].kind == ItemKind::determiner) ++at;
  const bool transitive = clause_.is_actor(at) && sentence_.items[at + 1].kind == ItemKind::verb && verb(at + 1).finite && !verb(at + 1).passive;
  return transitive ? Clause::Governor{at + 1, false} : Clause::Governor{};
}

// "the third round of negotiations on an EU-Philippines Free Trade Agreement": the two of the paper that is negotiated.
void SentenceEvents::take_paper_negotiated(Draft& draft, std::uint32_t item) const {
  std::uint32_t at = item + 1;
  if (at + 2 >= sentence_.items.size() || (word(sentence_.items[at].begin) != "on" && word(sentence_.items[at].begin) != "for")) return;
  Meant sides;
  for (++at; at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::determiner || sentence_.items[at].kind == ItemKind::word || clause_.is_actor(at)); ++at)
    if (clause_.is_actor(at) && (clause_.actor(at).kind == ActorKind::party || clause_.actor(at).kind == ActorKind::adjective)) sides.parties.insert(sides.parties.end(), clause_.actor(at).parties.begin(), clause_.actor(at).parties.end());
  const bool paper = at < sentence_.items.size() && clause_.is_of_class(at, "agreement");
  if (paper && sides.parties.size() == 2) draft.takings.push_back({Part::participant, Slot::modifier, std::move(sides), false});
}

// The relative, verb or stop nearest behind a forum; where none is in reach, what stands at its end.
std::uint32_t SentenceEvents::break_behind(std::uint32_t forum) const {
  std::uint32_t at = forum + 1;
  while (at < sentence_.items.size() && at < forum + kRelativeReach && sentence_.items[at].kind != ItemKind::relative && sentence_.items[at].kind != ItemKind::verb && sentence_.items[at].kind != ItemKind::stop) ++at;
  return at;
}

// "attended the Meeting, which was held online and chaired by Minister A of B", "the Summit convened by C": who is said behind it to have
// chaired or hosted it.
void SentenceEvents::take_relative_chair(Draft& draft, std::uint32_t item) {
  std::uint32_t at = break_behind(item);
  if (at >= sentence_.items.size()) return;
  const auto take_agents = [&](std::uint32_t of) {
    if (sentence_.items[of].kind != ItemKind::verb || verb(of).main == kNoVerb || is_no_fact(verb(of)) || of + 1 >= sentence_.items.size() || word(sentence_.items[of + 1].begin) != "by") return;
    const Verb& leading = view_.tables->verbs[verb(of).main];
    const bool hosts = leading.is(VerbTrait::hosts) || leading.is(VerbTrait::hosts_together) || (leading.is(VerbTrait::convenes) && leading.kind == VerbKind::occur);
    if (leading.kind == VerbKind::chair) take_those_behind(draft, of, Part::chair);
    else if (hosts && draft.type == EventType::conference) take_those_behind(draft, of, Part::host);
  };
  if (at == item + 1 && sentence_.items[at].kind == ItemKind::verb && verb(at).bare_participle) take_agents(at);
  if (sentence_.items[at].kind != ItemKind::relative || word(sentence_.items[at].begin) != "which") return;
  for (++at; at < sentence_.items.size(); ++at) {
    const ItemKind kind = sentence_.items[at].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return;
    take_agents(at);
  }
}

// "attended the Summit, which Tirana hosted on 6 December", "the Conference that A and B co-host in C", "the Session, in which Minister A took
// part": who the relative clause says hosts it, and where, or takes part.
void SentenceEvents::take_relative_host(Draft& draft, std::uint32_t item) {
  if (draft.type != EventType::conference) return;
  const std::uint32_t relative = break_behind(item);
  // "the second Conference, yesterday's follow-up to the first, which": of another
  if (std::any_of(sentence_.items.begin() + item + 1, sentence_.items.begin() + relative, [](const Item& x) { return x.kind == ItemKind::number; })) return;
  if (relative >= sentence_.items.size() || sentence_.items[relative].kind != ItemKind::relative || (word(sentence_.items[relative].begin) != "which" && word(sentence_.items[relative].begin) != "that")) return;
  std::uint32_t at = relative + 1;
  while (at < sentence_.items.size() && sentence_.items[at].kind != ItemKind::verb && sentence_.items[at].kind != ItemKind::stop && sentence_.items[at].kind != ItemKind::relative) ++at;
  if (at >= sentence_.items.size() || at == relative + 1 || sentence_.items[at].kind != ItemKind::verb || !verb(at).finite || verb(at).passive || verb(at).main == kNoVerb || is_no_fact(verb(at))) return;
  const Verb& telling = view_.tables->verbs[verb(at).main];
  const bool hosts = telling.is(VerbTrait::hosts) || telling.is(VerbTrait::hosts_together) || telling.is(VerbTrait::convenes);
  const bool attends = telling.kind == VerbKind::attend && sentence_.items[relative - 1].kind == ItemKind::preposition;
  const bool host_told = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == Part::host; });
  if ((!hosts || host_told || draft.sets.mode == graph::Mode::virtual_) && !attends) return;
  const Arguments& arguments = clause_.of_verb(at);
  if (std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::object && a.item > at; })) return;  // "where he will hold a meeting"
  std::uint32_t town = kNone;
  const std::size_t before = draft.takings.size();
  for (const Argument& a : arguments.all) {
    if (a.slot != Slot::subject || a.item < relative || !clause_.is_actor(a.item)) continue;
    if (hosts && !is_state(a.item) && clause_.actor(a.item).kind != ActorKind::city && clause_.actor(a.item).kind != ActorKind::person) continue;
    if (clause_.actor(a.item).kind == ActorKind::city && hosts) {
      draft.takings.push_back({Part::host, Slot::subject, Meant{clause_.actor(a.item).parties, {}, {}, {}}, false});
      town = a.item;
    } else {
      take_one(draft, hosts ? Part::host : Part::participant, Slot::subject, a.item);
    }
  }
  if (!hosts || draft.takings.size() == before || !draft.city.empty() || draft.place_country != kNoParty) return;
  if (town != kNone) take_place(draft, town);
  else take_time_and_place(draft, arguments, item);
}

// Whether the finite verb before an infinitive plans or agrees.
bool SentenceEvents::is_agreed(std::uint32_t infinitive) const {
  for (std::uint32_t i = infinitive; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return false;
    if (sentence_.items[i].kind == ItemKind::verb && verb(i).finite) return verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].kind == VerbKind::plan && !is_no_fact(verb(i));
  }
  return false;
}

// "Samarkand became the venue of the Summit": the town before the verb.
void SentenceEvents::take_host_town(Draft& draft, std::uint32_t begin) const {
  if (begin < 4 || word(sentence_.items[begin - 1].begin) != "of") return;
  std::uint32_t noun = begin - 2;  // "will be the venue, on 11 and 12 July 2024, of the Third Conference"
  while (noun > 2 && (sentence_.items[noun].kind == ItemKind::comma || sentence_.items[noun].kind == ItemKind::date || sentence_.items[noun].kind == ItemKind::preposition)) --noun;
  if (!view_.info(sentence_.items[noun].end - 1).is(WordClass::host_town)) return;
  std::uint32_t at = noun;
  while (at > 0 && (sentence_.items[at].kind == ItemKind::word || sentence_.items[at].kind == ItemKind::determiner)) --at;
  if (at == 0 || sentence_.items[at].kind != ItemKind::verb || is_no_fact(verb(at)) || !clause_.is_actor(at - 1) || clause_.actor(at - 1).kind != ActorKind::city) return;
  take_place(draft, at - 1);
  draft.background = false;
  draft.tense = verb(at).tense;
  draft.planned = verb(at).planned;
  if (draft.date) return;
  for (std::uint32_t i = 0; i < begin && !draft.date; ++i)
    if (sentence_.items[i].kind == ItemKind::date && (i < at || i > noun)) draft.date = sentence_.dates[sentence_.items[i].index];
}

// "The leaders of A and B met in C for the D Summit": the verb of those who came together for a forum; kNone for none.
std::uint32_t SentenceEvents::met_for(std::uint32_t forum) const {
  std::uint32_t ahead = forum;
  while (ahead > 0 && sentence_.items[ahead - 1].kind == ItemKind::determiner) --ahead;
  if (ahead == 0 || word(sentence_.items[ahead - 1].begin) != "for") return kNone;
  for (std::uint32_t i = ahead - 1; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::noun) return kNone;
    if (kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || !group.finite || group.passive) return kNone;
    const std::vector<Frame>& frames = view_.tables->frames[group.main];
    const bool meets = view_.tables->verbs[group.main].is(VerbTrait::meets) || std::any_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.rule == "meeting.gathered"; });
    return meets && !is_no_fact(group) && !clause_.of_verb(i).has(Slot::object) && !clause_.of_verb(i).has(Slot::with) ? i : kNone;
  }
  return kNone;
}

// "will be in Cairo on 7 October for the Meeting": the verb of who is somewhere for a forum; kNone for none.
std::uint32_t SentenceEvents::stays_for(std::uint32_t forum) const {
  std::uint32_t ahead = forum;
  while (ahead > 0 && sentence_.items[ahead - 1].kind == ItemKind::determiner) --ahead;
  if (ahead == 0 || word(sentence_.items[ahead - 1].begin) != "for") return kNone;
  bool town = false;
  for (std::uint32_t i = ahead - 1; i-- > 0;) {
    const Item& here = sentence_.items[i];
    const bool place = clause_.is_actor(i) && (clause_.actor(i).kind == ActorKind::city || clause_.actor(i).kind == ActorKind::party);
    town = town || place;
    if (here.kind == ItemKind::verb) return town && verb(i).copula && verb(i).finite && !is_no_fact(verb(i)) ? i : kNone;
    if (!place && here.kind != ItemKind::date && here.kind != ItemKind::comma && here.kind != ItemKind::preposition && here.kind != ItemKind::adverb && here.kind != ItemKind::determiner) return kNone;
  }
  return kNone;
}

// The verb of the clause that tells of what is done "at" something: before it, or behind it where it opens the sentence; kNone for none.
std::uint32_t SentenceEvents::verb_at(std::uint32_t preposition) const {
  const auto ends = [&](std::uint32_t i) {
    const ItemKind kind = sentence_.items[i].kind;
    return kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || (i < preposition && (kind == ItemKind::noun || kind == ItemKind::forum));
  };
  if (preposition == 0) {
    for (std::uint32_t i = 1; i < sentence_.items.size() && !ends(i); ++i)
      if (sentence_.items[i].kind == ItemKind::verb && verb(i).finite) return i;
    return kNone;
  }
  for (std::uint32_t i = preposition; i-- > 0 && !ends(i);)
    if (sentence_.items[i].kind == ItemKind::verb) return i;
  return kNone;
}

// "Minister A took his seat at the session", "At the Session Minister A called for": who is told to do something at a forum takes part in it.
void SentenceEvents::take_speaker_at(Draft& draft, std::uint32_t begin) {
  while (begin > 0 && (sentence_.items[begin - 1].kind == ItemKind::determiner || sentence_.items[begin - 1].kind == ItemKind::possessive || sentence_.items[begin - 1].kind == ItemKind::date)) --begin;  // "at today's session"
  if (begin == 0 || (word(sentence_.items[begin - 1].begin) != "at" && word(sentence_.items[begin - 1].begin) != "in")) return;
  const std::uint32_t telling = verb_at(begin - 1);
  if (telling == kNone) return;
  const VerbGroup& group = verb(telling);
  if (!group.finite || group.passive || group.main == kNoVerb || is_no_fact(group)) return;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  const std::vector<Frame>& frames = view_.tables->frames[group.main];
  const Arguments outer = clause_.of_verb(telling);
  // "spoke with A at the Forum", "met A": what they did there is another event
  const bool with_others = outer.has(Slot::with) || outer.has(Slot::object);
  const bool meets = std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) { return (frame.type == EventType::meeting || frame.type == EventType::call) && (with_others || (frame.particle.empty() && frame.object == ObjectNeed::none && (!frame.required || outer.has(*frame.required)))); });
  const bool does = (kind == VerbKind::plain && !meets) || kind == VerbKind::attend || (kind == VerbKind::light && !outer.has(Slot::object));
  if (!does) return;
  const std::size_t before = draft.takings.size();
  for (const Argument& a : outer.all)
    if (a.slot == Slot::subject && is_person(a.item)) take_one(draft, Part::participant, a.slot, a.item);
  if (draft.takings.size() == before) return;
  take_status(draft, group);
  take_time_and_place(draft, outer, begin);
  draft.background = false;
}

// "Hosted jointly by A and B, the Meeting was held", "Chaired by Minister A, the session resolved": what opens the sentence is said of it.
void SentenceEvents::take_fronted(Draft& draft) {
  if (sentence_.items.size() < 2 || sentence_.items[0].kind != ItemKind::verb || verb(0).main == kNoVerb || verb(0).finite || word(sentence_.items[1].begin) == ",") return;
  const Verb& first = view_.tables->verbs[verb(0).main];
  const bool hosts = first.is(VerbTrait::hosts) || first.is(VerbTrait::hosts_together) || first.is(VerbTrait::convenes);
  if (!hosts && first.kind != VerbKind::chair) return;
  for (std::uint32_t i = 1; i < sentence_.items.size() && sentence_.items[i].kind != ItemKind::verb && sentence_.items[i].kind != ItemKind::forum; ++i)
    if (clause_.is_actor(i) && (is_person(i) || is_state(i))) take_one(draft, hosts ? Part::host : Part::chair, Slot::by, i);
}

// "at the opening of the 2nd Consultations, Bangkok, 14 March 2023": the town and day that stand behind it under a picture.
void SentenceEvents::take_town_behind(Draft& draft, std::uint32_t item) {
  if (draft.date || !draft.city.empty() || item + 4 >= sentence_.items.size()) return;
  const bool set_off = sentence_.items[item + 1].kind == ItemKind::comma && clause_.is_actor(item + 2) && clause_.actor(item + 2).kind == ActorKind::city && sentence_.items[item + 3].kind == ItemKind::comma;
  if (!set_off || sentence_.items[item + 4].kind != ItemKind::date) return;
  take_place(draft, item + 2);
  draft.date = sentence_.dates[sentence_.items[item + 4].index];
}

void SentenceEvents::read_forum(std::uint32_t item) {
  const ForumMention& forum = sentence_.forums[sentence_.items[item].index];
  const Arguments own = clause_.of_noun(item);
  Draft draft = draft_at(own.begin, own.end);
  draft.type = forum.type;
  draft.rule = std::string(graph::to_string(forum.type)) + ".forum";
  draft.confidence = 0.85;
  draft.forum = forum;
  draft.background = true;
  draft.level_hint = forum.level;
  take_whose(draft, item);
  take_host_town(draft, own.begin);
  take_noun_words(draft, item, own.begin, false);
  draft.count.reset();
  draft.anaphoric = draft.forum->generic;
  if (!forum.edition)
    if (const std::uint32_t session = take_session(draft, item); session != kNone) used_[session] = true;  // "held its sixth session": told with the series
  if (!draft.forum->parties.empty()) draft.takings.push_back({Part::participant, Slot::modifier, Meant{draft.forum->parties, {}, {}, {}}});
  for (const Argument& a : own.all)
    if (a.slot == Slot::between || a.slot == Slot::with || a.slot == Slot::modifier || a.slot == Slot::of) take_one(draft, Part::participant, a.slot, a.item);
  if (draft.takings.empty()) take_paper_negotiated(draft, item);
  take_time_and_place(draft, own, item);
  take_nearby_planning(draft, item);
  take_company(draft, item);
  take_chairs(draft);
  take_presiding(draft);
  Clause::Governor governor = clause_.governor(item);
  // "The Commission, whose sixth meeting was hosted by A, went over trade": what the main verb says is of the other
  const bool tells_nothing = governor.verb == kNone || (verb(governor.verb).main != kNoVerb && view_.tables->verbs[verb(governor.verb).main].kind == VerbKind::plain);
  if (const Clause::Governor own_clause = tells_nothing ? verb_behind_whose(item) : Clause::Governor(); own_clause.verb != kNone) governor = own_clause;
  std::uint32_t met = met_for(item);
  const bool stays = met == kNone;
  if (stays) met = stays_for(item);
  if (met != kNone) governor = {met, true};
  if (governor.subject && governor.verb != kNone && is_decision(verb(governor.verb))) governor = {};  // "The Assembly resolved to send": what it decided
  if (governor.verb != kNone) {
    const VerbGroup& group = verb(governor.verb);
    // "The Commission had not met since 2014"
    if (governor.subject && group.negated && governor.verb + 1 < sentence_.items.size() && word(sentence_.items[governor.verb + 1].begin) == "since") {
      drop(draft, why_no_fact(group));
      return;
    }
    if (is_called_off(group, governor)) draft.cancelled = true;
    else if (is_no_fact(group) && group.main != kNoVerb && view_.tables->verbs[group.main].kind != VerbKind::report) {
      drop(draft, why_no_fact(group));
      return;
    }
    // "The Commission was created in 2006"
    if (!draft.forum->edition && governor.subject && group.passive && group.main != kNoVerb && view_.tables->verbs[group.main].is(VerbTrait::founds)) {
      drop(draft, "founded, not held");
      return;
    }
    const VerbKind kind = group.main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[group.main].kind;
    const Arguments outer = clause_.of_verb(governor.verb);
    static const Verb kOther;
    const Verb& telling = group.main == kNoVerb ? kOther : view_.tables->verbs[group.main];
    const bool hosts = telling.is(VerbTrait::hosts);
    const bool together = telling.is(VerbTrait::hosts_together);
    // "the Retreat was in Neiafu on 10 and 11 July", "the Commission (PJC) opens in Yerevan on May 16"
    std::uint32_t behind = item + 1;
    if (behind + 2 < sentence_.items.size() && sentence_.items[behind].kind == ItemKind::open && sentence_.items[behind + 2].kind == ItemKind::close) behind += 3;
    const bool was_there = governor.subject && !outer.places.empty() && !outer.dates.empty() && (group.copula || (group.finite && !outer.has(Slot::object) && governor.verb == behind));
    // "Minister A opened the Conference in B on Monday"
    const bool opens = !governor.subject && telling.is(VerbTrait::spans) && !group.passive && std::any_of(outer.all.begin(), outer.all.end(), [&](const Argument& a) { return a.slot == Slot::subject && (is_person(a.item) || is_state(a.item)); });
    const bool about = was_there || opens || kind == VerbKind::light || kind == VerbKind::occur || kind == VerbKind::plan || kind == VerbKind::cancel || kind == VerbKind::chair || kind == VerbKind::attend || group.passive || group.bare_participle || met != kNone || (telling.is(VerbTrait::meets) && governor.subject);
    if (about) {
      take_status(draft, group);
      if (group.infinitive && !draft.planned && serves_planned(governor.verb)) {  // "will set off for A to attend the Meeting"
        draft.planned = true;
        draft.tense = Tense::future;
      }
      for (const Argument& a : outer.all) {
        if (a.item == item || sentence_.items[a.item].kind != ItemKind::actor) continue;
        Part part = Part::none;
        if (a.slot == Slot::subject || (a.slot == Slot::by)) {
          const Meant who = meant_of(a.item);
          part = hosts || telling.is(VerbTrait::convenes) ? Part::host : kind == VerbKind::chair ? Part::chair : Part::participant;
          // Two sides that hold a consultation are its participants; one that holds a forum is its host.
          if (part == Part::host && (draft.type == EventType::consultation || who.parties.size() != 1 || who.parties[0] != cast_.own()) && (!hosts || together)) part = Part::participant;
          if (part == Part::host && std::count_if(outer.all.begin(), outer.all.end(), [](const Argument& o) { return o.slot == Slot::subject; }) > 1) part = Part::participant;
        }
        if (a.slot == Slot::with || a.slot == Slot::between || a.slot == Slot::among) part = together ? Part::host : kind == VerbKind::chair && a.slot == Slot::with ? Part::chair : Part::participant;
        if (a.slot == Slot::subject && together) part = Part::host;
        const bool already = std::any_of(own.all.begin(), own.all.end(), [&](const Argument& o) { return o.item == a.item; });
        if (part != Part::none && !already) take_one(draft, part, a.slot, a.item);
        if (hosts && (a.slot == Slot::subject || a.slot == Slot::by) && clause_.actor(a.item).kind == ActorKind::city) take_place(draft, a.item);  // "Cairo hosted the session"
      }
      // "The Council, first convened in 1999, will be held on 20 June": the time of what is set off is not that of the forum
      Arguments when = outer;
      const bool set_off = governor.verb > item && std::any_of(sentence_.items.begin() + item, sentence_.items.begin() + governor.verb, [](const Item& x) { return x.kind == ItemKind::verb; });
      if (set_off && std::any_of(outer.dates.begin(), outer.dates.end(), [&](std::uint32_t at) { return at > governor.verb; })) {
        std::erase_if(when.dates, [&](std::uint32_t at) { return at > item && at < governor.verb; });
        if (draft.date && draft.date->begin > sentence_.items[item].begin && draft.date->end <= group.begin) draft.date.reset();
      }
      const PartyIndex country = draft.place_country;
      take_time_and_place(draft, when, item);
      if (stays && met != kNone && draft.city.empty()) draft.place_country = country;  // "is in the Republic for the Forum": whether it is there
      take_mode(draft, governor.verb, outer);
      take_joined_verbs(draft, item, governor.verb);
      draft.background = false;
      // "will co-chair the Dialogue together with Minister B"
      if (kind == VerbKind::chair && !governor.subject)
        for (Taking& taking : draft.takings)
          if (taking.slot == Slot::with && taking.part == Part::participant && !taking.who.persons.empty()) taking.part = Part::chair;
    }
  }
  if (draft.background) take_speaker_at(draft, own.begin);
  if (governor.subject) take_fronted(draft);
  take_town_behind(draft, item);
  take_journey(draft, item, own);
  take_relative_chair(draft, item);
  take_relative_host(draft, item);
  // "agreed with her to hold the next Meeting in A": what was agreed is to come, and the time before it is of the agreeing
  if (governor.verb != kNone && verb(governor.verb).infinitive && !draft.planned && is_agreed(governor.verb)) {
    draft.planned = true;
    draft.tense = Tense::future;
    if (draft.date && draft.date->end <= verb(governor.verb).begin) draft.date.reset();
  }
  // "will host his counterpart in A for the II Summit"
  if (governor.verb == kNone && !draft.cancelled && own.begin > 0 && word(sentence_.items[own.begin - 1].begin) == "for" && serves_planned(item)) {
    draft.planned = true;
    draft.tense = Tense::future;
  }
  take_time_behind(draft, item);
  take_relative_lead(draft, item);
  take_level(draft, item);
  take_later_host(draft, item);
  take_where(draft, item);
  take_holding(draft, own.begin);
  // "The last round of the Consultations was held in 2018": told in passing.
  for (std::uint32_t i = item; i > 0 && i + 6 > item && draft.date; --i) {
    const Item& before = sentence_.items[i - 1];
    if (before.kind == ItemKind::verb || before.kind == ItemKind::stop) break;
    if (before.kind == ItemKind::word && view_.info(before.begin).is(WordClass::past_marker)) draft.background = true;
  }
  if (is_idle(draft, governor)) {
    drop(draft, "what a noun or adjective is about, not what was done");
    return;
  }
  finish(std::move(draft));
}

}  // namespace entente::importers
