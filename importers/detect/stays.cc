// From when to when a visit lasts, and whether it is to us.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kSentenceReach = 60;
constexpr std::uint32_t kMarkReach = 3;  // words between "ends" or "until" and the time

}  // namespace

// "Within the framework of the visit to B, Minister A met": whoever acts behind the phrase that opens the sentence is the one who travels.
void SentenceEvents::take_traveller_behind(Draft& draft, std::uint32_t item) {
  const auto tells_side = [](const Taking& taking) { return taking.part == Part::guest || taking.slot == Slot::subject || taking.slot == Slot::by || taking.slot == Slot::of; };
  if (!draft.has(Part::host) || std::any_of(draft.takings.begin(), draft.takings.end(), tells_side)) return;
  const bool opens = std::none_of(sentence_.items.begin(), sentence_.items.begin() + item, [](const Item& here) { return here.kind == ItemKind::actor || here.kind == ItemKind::verb || here.kind == ItemKind::relative || here.kind == ItemKind::noun; });
  if (!opens || item == 0 || std::none_of(sentence_.items.begin(), sentence_.items.begin() + item, [](const Item& here) { return here.kind == ItemKind::preposition; })) return;
  std::uint32_t acts = item + 1;
  while (acts < sentence_.items.size() && !(sentence_.items[acts].kind == ItemKind::verb && verb(acts).finite)) ++acts;
  if (acts >= sentence_.items.size() || verb(acts).passive) return;
  for (const Argument& a : clause_.of_verb(acts).all) {
    if (a.slot != Slot::subject || a.item < item || !is_person(a.item)) continue;
    const Meant who = meant_of(a.item);
    const bool of_host = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) {
      return taking.part == Part::host && std::any_of(taking.who.parties.begin(), taking.who.parties.end(), [&](PartyIndex p) { return p == cast_.own() || std::find(who.parties.begin(), who.parties.end(), p) != who.parties.end(); });
    });
    if (!of_host) take_one(draft, Part::guest, Slot::subject, a.item);
    return;
  }
}

// "continue to Samoa, where she is to stay from 6 to 8 March"; "returned on Wednesday": the time of the stay, and which end of
// the journey is told.
void SentenceEvents::take_stay(Draft& draft, const VerbGroup& verb, const Arguments& arguments) const {
  if (verb.main != kNoVerb) draft.ends = view_.tables->verbs[verb.main].is(VerbTrait::ends_stay);
  // "is making to our country", "paid to the country": here.
  if (cast_.own() != kNoParty && !draft.has(Part::host)) {
    bool here = is_to_us(verb);
    for (std::uint32_t t = verb.end; !here && t + 2 < sentence_.end; ++t)
      here = (word(t) == "to" || word(t) == "in") && (word(t + 1) == "our" || word(t + 1) == "the" || word(t + 1) == "this") && word(t + 2) == "country";
    if (here) draft.takings.push_back({Part::host, Slot::to, Meant{{cast_.own()}, {}, {}, {}}, false});
    // "arrived here today" under a dateline: in the town of that
    for (std::uint32_t t = verb.end; !here && cast_.dateline_city() != kNone && t < sentence_.end && t < verb.end + 2; ++t)
      if (word(t) == "here") {
        draft.takings.push_back({Part::host, Slot::to, Meant{{view_.tables->cities[cast_.dateline_city()].country}, {}, {}, {}}, false});
        break;
      }
  }
  // "fly to B for a two-day official visit"
  if (!draft.days)
    for (std::uint32_t i = arguments.begin; i + 2 < arguments.end && i + 2 < sentence_.items.size(); ++i)
      if (sentence_.items[i].kind == ItemKind::number && view_.tokens[sentence_.items[i].begin].number > 1 && sentence_.items[i].end < sentence_.end && word(sentence_.items[i].end) == "day" &&
          view_.tokens[sentence_.items[i].end].joined)
        draft.days = view_.tokens[sentence_.items[i].begin].number;
  // "will travel to A on 18 September for two days"
  for (std::uint32_t t = verb.end; !draft.days && t + 2 < sentence_.end && t < sentence_.begin + kSentenceReach; ++t)
    if (word(t) == "for" && view_.tokens[t + 1].number > 1 && word(t + 2) == "days") draft.days = view_.tokens[t + 1].number;
  // "a visit to A that lasted from the 4th to the 6th of March"
  for (std::uint32_t i = 0; i + 1 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::relative || sentence_.items[i].begin < verb.begin || sentence_.items[i + 1].kind != ItemKind::verb) continue;
    const VerbId lasts = sentence_.verbs[sentence_.items[i + 1].index].main;
    if (lasts == kNoVerb || view_.tables->verbs[lasts].lemma != "last") continue;
    for (const std::uint32_t date : clause_.of_verb(i + 1).dates) draft.date = sentence_.dates[sentence_.items[date].index];
  }
  // "will be in A on 6 May, and will then go on to B, where he is to stay from 7 to 9 May": what stands in front is of the leg before
  const bool in_front = draft.date && draft.date->end <= verb.begin;
  if (draft.date && !in_front && !draft.ends) return;
  for (std::uint32_t i = arguments.end; i < sentence_.items.size() && i <= arguments.end + 1; ++i) {
    if (sentence_.items[i].kind != ItemKind::relative || word(sentence_.items[i].begin) != "where") continue;
    for (std::uint32_t at = i + 1; at < sentence_.items.size(); ++at) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::conjunction) return;
      if (kind != ItemKind::date) continue;
      if (draft.ends && view_.info(sentence_.items[at].begin - 1).is(WordClass::span_start)) return;  // "since 7 July": the other end
      if (in_front && !draft.ends && !sentence_.dates[sentence_.items[at].index].last) return;
      draft.date = sentence_.dates[sentence_.items[at].index];
      draft.ends = false;  // "returned on 10 April from A, where he had been from 8 to 9 April"
      return;
    }
  }
}

// "who is visiting the country": ours.
bool SentenceEvents::is_to_us(const VerbGroup& verb) const {
  return cast_.own() != kNoParty && verb.end + 2 < sentence_.end && word(verb.end) == "the" && word(verb.end + 1) == "country" && word(verb.end + 2) != "of";
}

// "departs for Micronesia tomorrow for a visit to A, B and C": where the visit goes says more than the part of the world.
void SentenceEvents::take_visit_behind(Draft& draft, std::uint32_t verb_item) {
  for (std::uint32_t i = verb_item + 1; i + 1 < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::verb) return;
    if (kind != ItemKind::noun || clause_.event_noun(i).type != graph::EventType::visit) continue;
    const Arguments own = clause_.of_noun(i);
    if (own.begin == 0 || word(sentence_.items[own.begin - 1].begin) != "for") return;
    const std::size_t before = draft.takings.size();
    for (const Argument& a : own.all)
      if (a.slot == Slot::to) take_one(draft, Part::host, Slot::to, a.item);
    if (draft.takings.size() == before) return;
    used_[i] = true;
    std::size_t at = 0;
    std::erase_if(draft.takings, [&](const Taking& t) {
      const bool region = at < before && t.part == Part::host && std::any_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex p) { return view_.tables->parties[p].kind == graph::EntityKind::region || t.slot == Slot::for_; });
      ++at;
      return region;
    });
    return;
  }
}

// "spoke from Port of Spain, where he arrived on Tuesday": the town that the clause stands behind.
void SentenceEvents::take_host_before(Draft& draft, std::uint32_t verb_item) {
  const VerbGroup& group = verb(verb_item);
  const bool goes = group.main != kNoVerb && view_.tables->verbs[group.main].is(VerbTrait::leaves);
  if (draft.has(Part::host) || !draft.has(Part::guest) || group.tense != Tense::past || goes) return;
  std::uint32_t where = verb_item;
  while (where > 0 && sentence_.items[where - 1].kind == ItemKind::actor) --where;
  if (where < 2 || sentence_.items[where - 1].kind != ItemKind::relative || word(sentence_.items[where - 1].begin) != "where") return;
  std::uint32_t town = where - 2;
  if (sentence_.items[town].kind == ItemKind::comma && town > 0) --town;
  if (clause_.is_actor(town) && clause_.actor(town).kind == ActorKind::party && town > 1 && sentence_.items[town - 1].kind == ItemKind::comma && clause_.is_actor(town - 2) && clause_.actor(town - 2).kind == ActorKind::city) town -= 2;
  if (!clause_.is_actor(town) || clause_.actor(town).kind != ActorKind::city) return;
  take_one(draft, Part::host, Slot::in, town);
}

// "who arrived in A on Tuesday and will leave on Saturday", "arrived yesterday and concludes his visit tomorrow": the last day is that of a
// second verb of the same subject.
void SentenceEvents::take_leaving(Draft& draft) const {
  if (draft.until || draft.ends || !draft.date || draft.date->last) return;
  std::uint32_t first = 0;
  while (first < sentence_.items.size() && sentence_.items[first].begin < draft.date->begin) ++first;
  for (std::uint32_t i = first; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::subordinator) return;
    if (here.kind != ItemKind::verb || !verb(i).finite || verb(i).main == kNoVerb) continue;
    const Verb& leaving = view_.tables->verbs[verb(i).main];
    if (i == 0 || sentence_.items[i - 1].kind != ItemKind::conjunction || (!leaving.is(VerbTrait::leaves) && !leaving.is(VerbTrait::ends_stay)) || is_no_fact(verb(i))) return;
    for (const std::uint32_t date : clause_.of_verb(i).dates) {
      const DateExpr& said = sentence_.dates[sentence_.items[date].index];
      const bool day = said.kind == DateExpr::Kind::day_shift || said.first.day || said.weekday;
      if (date < i || !day || said.last) continue;
      draft.from = draft.date;
      draft.until = said;
      return;
    }
    return;
  }
}

// "left for B, where he will be until Saturday", "which began on Monday and ends tomorrow": the ends that are told each by itself.
void SentenceEvents::take_span(Draft& draft) const {
  bool until_by_leaving = false;  // "left for A on Monday" tells the day of leaving, not that a stay ends
  for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
    const Item& item = sentence_.items[i];
    if (item.kind != ItemKind::date) continue;
    const DateExpr& said = sentence_.dates[item.index];
    const bool day = said.kind == DateExpr::Kind::day_shift || said.kind == DateExpr::Kind::anchor_shift || said.first.day || said.weekday;
    if (!day || said.last) continue;
    // "from Wednesday, 29 January to Friday, 31 January"
    const bool to = i > 1 && sentence_.items[i - 1].kind == ItemKind::preposition && word(sentence_.items[i - 1].begin) == "to" && sentence_.items[i - 2].kind == ItemKind::date;
    if (to && draft.date && draft.date->begin == sentence_.dates[sentence_.items[i - 2].index].begin) draft.until = said;
    for (std::uint32_t t = item.begin; t > sentence_.begin && t + kMarkReach > item.begin; --t) {
      const WordInfo& before = view_.info(t - 1);
      if (view_.tokens[t - 1].punct || before.date != DateWord::none) break;
      if (before.is(WordClass::span_start) && !draft.from) draft.from = said;
      const bool leaves = before.is(WordClass::departure);
      const bool later = std::any_of(sentence_.dates.begin(), sentence_.dates.end(), [&](const DateExpr& other) { return other.end <= t - 1; });
      if (before.is(WordClass::span_end) && (!leaves || later)) {
        draft.until = said;
        until_by_leaving = leaves;
      }
      if (before.is(WordClass::span_start) || before.is(WordClass::span_end)) break;
    }
  }
  take_leaving(draft);
  // What was taken for its day may be its last one.
  if (draft.until && draft.date && draft.date->begin == draft.until->begin) {
    if (draft.from || !until_by_leaving) draft.date = draft.from;
    else draft.until.reset();
  }
  if (draft.until && !draft.date) draft.date = draft.from;
}

}  // namespace entente::importers
