// What a draft takes from its words: those who take part, time, place and status.
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/cause.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

void add_meant(Meant& to, const Meant& more) {
  for (const PartyIndex party : more.parties)
    if (std::find(to.parties.begin(), to.parties.end(), party) == to.parties.end()) to.parties.push_back(party);
  for (const std::uint32_t person : more.persons)
    if (std::find(to.persons.begin(), to.persons.end(), person) == to.persons.end()) to.persons.push_back(person);
}

std::vector<Draft> one_for_each(const Draft& whole, const std::function<bool(const Taking&)>& is_end) {
  std::vector<std::uint32_t> persons;
  for (const Taking& taking : whole.takings)
    if (is_end(taking)) add_once(persons, taking.who.persons[0]);
  std::vector<Draft> each;
  for (const std::uint32_t person : persons) {
    Draft one = whole;
    std::erase_if(one.takings, [&](const Taking& taking) { return is_end(taking) && taking.who.persons[0] != person; });
    each.push_back(std::move(one));
  }
  return each;
}

Draft SentenceEvents::draft_at(std::uint32_t begin_item, std::uint32_t end_item) const {
  Draft draft;
  draft.sentence = index_;
  draft.begin = sentence_.items[begin_item].begin;
  draft.end = end_item > begin_item && end_item <= sentence_.items.size() ? sentence_.items[end_item - 1].end : sentence_.items[begin_item].end;
  return draft;
}

void SentenceEvents::take_one(Draft& draft, Part part, Slot slot, std::uint32_t item) {
  const Item& here = sentence_.items[item];
  if (part == Part::none) return;
  if (clause_.names_delegation(item)) take_delegation(draft, part, slot, item);
  if (here.kind == ItemKind::noun && item > 0) {
    // "members of our Embassy", "of its Mission"
    const Item& before = sentence_.items[item - 1];
    if (before.kind == ItemKind::determiner && view_.info(before.begin).is(WordClass::pronoun_own) && cast_.own() != kNoParty)
      draft.takings.push_back({part, slot, Meant{{cast_.own()}, {}, {}, {}}});
    // "delivered to the Embassy of Denmark"
    if (is_mission(item) && slot != Slot::object)
      for (const Argument& a : clause_.of_noun(item).all)
        if (a.slot == Slot::of && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::party) draft.takings.push_back({part, slot, meant_of(a.item)});
    // "members of the Belarusian Embassy", "the Hungarian Embassy donated"
    if (before.kind == ItemKind::actor && sentence_.actors[before.index].kind == ActorKind::adjective && is_mission(item))
      draft.takings.push_back({part, slot, meant_of(item - 1)});
    // "handed a démarche to the Embassy of Hungary"
    if (draft.type != EventType::mission && is_mission(item))
      for (const Argument& a : clause_.of_noun(item).all)
        if (a.slot == Slot::of) take_one(draft, part, slot, a.item);
  }
  if (here.kind != ItemKind::actor) return;
  const ActorMention& actor = sentence_.actors[here.index];
  if (draft.type == EventType::agreement && (slot == Slot::modifier || slot == Slot::of) && actor.kind == ActorKind::city) return;  // the Manila Declaration, the Treaty of Chaguaramas
  Meant meant = meant_of(item);
  if (meant.empty()) return;
  if (draft.type == EventType::visit && slot == Slot::of && part == Part::host && is_person(item)) part = Part::guest;  // "the tour of Minister A"
  if (draft.type == EventType::visit && part == Part::host && actor.expanded) stay_whole(actor, meant);
  // "Manila named an envoy": a capital that acts is a government.
  const bool whence = slot == Slot::from && draft.type != EventType::visit;  // "engineers from Christchurch"
  if (actor.kind == ActorKind::city && slot != Slot::subject && slot != Slot::by && !whence && draft.type != EventType::statement) take_place(draft, item);
  if (actor.count && actor.kind == ActorKind::party) draft.count = actor.count;
  // "The Chargé d'Affaires had been called in": that of the other side.
  const bool theirs = draft.type == EventType::summon || (draft.type == EventType::expulsion && cast_.summon_told());  // "a secretary of the embassy"
  const bool named_ours = actor.kind == ActorKind::adjective || actor.kind == ActorKind::party || (actor.post && !actor.post->of.empty());  // "expelled two of our diplomats" by their adjective
  if (theirs && !named_ours && part == Part::target && meant.persons.empty() && cast_.counterpart() != kNoParty && meant.parties == std::vector<PartyIndex>{cast_.own()})
    meant.parties = {cast_.counterpart()};
  // "recalled its Ambassador to B": B is concerned.
  if (draft.type == EventType::expulsion && actor.post)
    for (const PartyIndex to : actor.post->to)
      if (std::find(meant.parties.begin(), meant.parties.end(), to) == meant.parties.end()) meant.parties.push_back(to);
  if (actor.kind == ActorKind::both && actor.level && meant.parties.size() == 2) take_both_by_name(draft, part, slot, item, meant.parties);
  draft.takings.push_back({part, slot, std::move(meant), is_listed(actor)});
  if (is_delegation(item)) take_leader(draft, part, slot, item);
}

// "by the Permanent Representatives of the two countries to the United Nations, Ambassador A and Ambassador B": who they are, in the order
// in which the two were named.
void SentenceEvents::take_both_by_name(Draft& draft, Part part, Slot slot, std::uint32_t item, const std::vector<PartyIndex>& sides) {
  std::uint32_t at = item + 1;
  while (at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::preposition || sentence_.items[at].kind == ItemKind::determiner || (clause_.is_actor(at) && clause_.actor(at).kind == ActorKind::party))) ++at;
  const bool named = at + 3 < sentence_.items.size() && sentence_.items[at].kind == ItemKind::comma && clause_.is_actor(at + 1) && sentence_.items[at + 2].kind == ItemKind::conjunction && clause_.is_actor(at + 3);
  if (!named) return;
  const std::vector<std::uint32_t>& first = clause_.actor(at + 1).persons;
  const std::vector<std::uint32_t>& second = clause_.actor(at + 3).persons;
  if (clause_.actor(at + 1).kind != ActorKind::person || clause_.actor(at + 3).kind != ActorKind::person || first.size() != 1 || second.size() != 1) return;
  const bool turned = cast_.persons()[first[0]].of == sides[1] || cast_.persons()[second[0]].of == sides[0];
  if (cast_.persons()[first[0]].of == kNoParty) cast_.person(first[0]).of = sides[turned ? 1 : 0];
  if (cast_.persons()[second[0]].of == kNoParty) cast_.person(second[0]).of = sides[turned ? 0 : 1];
  for (const std::uint32_t who : {at + 1, at + 3}) draft.takings.push_back({part, slot, meant_of(who), false});
}

void SentenceEvents::take_arguments(Draft& draft, const Parts& parts, const Arguments& arguments) {
  for (const Argument& a : arguments.all) take_one(draft, parts[static_cast<std::size_t>(a.slot)], a.slot, a.item);
}

// "the Ambassador to Chile with residence in Brasília", "resident in Accra": where an envoy lives, not where anything was done.
bool SentenceEvents::is_residence(const ActorMention& town) const {
  if (town.begin < sentence_.begin + 2 || word(town.begin - 1) != "in") return false;
  const bool residence = word(town.begin - 2) == "residence" && town.begin > sentence_.begin + 2 && (word(town.begin - 3) == "with" || word(town.begin - 3) == "and");
  return residence || view_.info(town.begin - 2).is(WordClass::lives_in);
}

// "at Riga Castle": the town that a seat of government is called by; LexiconTables::cities, kNone for none.
std::uint32_t SentenceEvents::town_of_seat(const ActorMention& actor) const {
  if (actor.kind != ActorKind::party || actor.end < actor.begin + 2 || actor.parties.size() != 1) return kNone;
  std::vector<PhraseMatch> phrases;
  view_.tables->phrases.find({view_.tokens.data(), actor.end}, actor.begin, phrases);
  for (const PhraseMatch& match : phrases)
    for (const Sense& sense : match.senses)
      if (sense.kind == SenseKind::city && view_.tables->cities[sense.index].capital && match.length < actor.end - actor.begin && view_.tables->cities[sense.index].country == actor.parties[0]) return sense.index;
  return kNone;
}

void SentenceEvents::take_place(Draft& draft, std::uint32_t item) const {
  if (!clause_.is_actor(item)) return;
  const ActorMention& actor = sentence_.actors[sentence_.items[item].index];
  if (is_residence(actor)) return;
  if (actor.kind == ActorKind::party && draft.city.empty() && actor.parties.size() == 1 && view_.info(actor.end - 1).is(WordClass::headquarters)) {
    take_seat(draft, actor.parties[0]);
    return;
  }
  // "in Singapore": the state and its town
  const bool city_state = actor.kind == ActorKind::party && actor.city != kNone && view_.tables->cities[actor.city].name == view_.raw(actor.begin, actor.end);
  if (actor.kind == ActorKind::city || city_state) {
    if (!draft.city.empty()) return;
    draft.city = actor.by_country ? cast_.city_text(actor.city) : std::string(view_.raw(actor.begin, actor.end));
    draft.place_country = actor.parties.empty() ? kNoParty : actor.parties[0];
  } else if (actor.kind == ActorKind::name) {
    if (!draft.city.empty() || !actor.persons.empty()) return;
    // "the Agreement on Assistance in Customs Matters", "on Cooperation in Traditional Medicine": what the paper is about
    const bool of_paper = draft.type == EventType::agreement && item > 1 && view_.tokens[actor.begin - 2].capital && (sentence_.items[item - 2].kind == ItemKind::noun || view_.info(actor.begin - 2).is(WordClass::portfolio_tail));
    if (of_paper) return;
    draft.city = std::string(view_.raw(actor.begin, actor.end));  // the country behind the comma is a place of its own
  } else if (const std::uint32_t town = town_of_seat(actor); town != kNone && draft.city.empty()) {
    draft.city = view_.tables->cities[town].name;
    draft.place_country = view_.tables->cities[town].country;
  } else if (draft.place_country == kNoParty && actor.parties.size() == 1 &&
             view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) {
    draft.place_country = actor.parties[0];
  }
}

// "on the election of B as chairman on 28 October", "on his appointment as Minister on 3 February": what one is written to for, which has
// a time of its own.
bool SentenceEvents::is_of_occasion(std::uint32_t from, std::uint32_t date) const {
  for (std::uint32_t t = sentence_.items[from].end; t < sentence_.items[date].begin; ++t)
    if (view_.info(t).is(WordClass::office_taken)) return true;
  return false;
}

// Whether an item stands in a relative clause that a comma closes in front of another item.
bool SentenceEvents::is_in_relative_before(std::uint32_t item, std::uint32_t behind) const {
  if (item + 1 >= behind) return false;
  std::uint32_t closes = item + 1;
  while (closes < behind && sentence_.items[closes].kind != ItemKind::comma) ++closes;
  if (closes >= behind) return false;
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::relative) return i > 0 && sentence_.items[i - 1].kind == ItemKind::comma && word(sentence_.items[i].begin) != "where";
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::comma) return false;
  }
  return false;
}

// "pays tribute to the soldiers who fell on 1 May and reaffirms": whether a time before the verb is that of a relative clause.
bool SentenceEvents::is_in_clause_of_other(std::uint32_t date, std::uint32_t act) const {
  bool told = false;
  for (std::uint32_t i = date; date < act && i-- > 0 && sentence_.items[i].kind != ItemKind::comma && sentence_.items[i].kind != ItemKind::stop;) {
    if (sentence_.items[i].kind == ItemKind::relative) return told;
    told = told || sentence_.items[i].kind == ItemKind::verb;
  }
  return false;
}

// "was handed over in Banjul on 11 May", "In Banjul, the Ambassador handed over": a town beside the day or behind the verb, or that opens the
// sentence, is that of the gift; elsewhere it may be whose the gift is.
void SentenceEvents::take_place_of_gift(Draft& draft, const Arguments& arguments, const std::optional<std::uint32_t>& date, std::uint32_t act) const {
  const auto is_comma = [&](std::uint32_t i) { return i < sentence_.items.size() && sentence_.items[i].kind == ItemKind::comma; };
  for (const std::uint32_t place : arguments.places) {
    if (place == 0 || clause_.actor(place).kind != ActorKind::city) continue;
    const bool apart = std::any_of(sentence_.items.begin() + std::min(place, act), sentence_.items.begin() + std::max(place, act), [](const Item& x) { return x.kind == ItemKind::relative || x.kind == ItemKind::stop; });
    if (apart) continue;
    const std::uint32_t low = date ? std::min(place, *date) : place;
    const std::uint32_t high = date ? std::max(place, *date) : place;
    const bool beside = date && (high - low == 1 || (high - low == 2 && sentence_.items[low + 1].kind == ItemKind::preposition));
    const bool in = sentence_.items[place - 1].kind == ItemKind::preposition && word(sentence_.items[place - 1].begin) == "in";
    const bool set_off = in && (place == 1 || is_comma(place - 2)) && is_comma(place + 1) && place < act;
    const bool behind = in && place == act + 2 && sentence_.items[act].kind == ItemKind::verb && verb(act).passive;
    if (beside || set_off || behind) take_place(draft, place);
  }
}

void SentenceEvents::take_time_and_place(Draft& draft, const Arguments& arguments, std::uint32_t near_item) {
  // "On 11 June A met B, during her visit from 9 to 12 June": the days of the visit are its own
  const auto of_visit = [&](std::uint32_t at) {
    if (at <= near_item || !sentence_.dates[sentence_.items[at].index].last) return false;
    return std::any_of(sentence_.items.begin() + near_item + 1, sentence_.items.begin() + at, [&](const Item& x) { return x.kind == ItemKind::noun && view_.tables->nouns[sentence_.nouns[x.index].noun].type == EventType::visit; });
  };
  const bool is_talk = draft.type == EventType::meeting || draft.type == EventType::call || draft.type == EventType::courtesy_call;
  // The time nearest to the verb or noun, what stands behind it before what stands in front.
  std::optional<std::uint32_t> best;
  for (const std::uint32_t date : arguments.dates.empty() ? arguments.asides : arguments.dates) {
    const DateExpr& said = sentence_.dates[sentence_.items[date].index];
    // What stands behind, or is less than a day, is the time of what the position is about.
    if (draft.type == EventType::statement && (date > near_item || (said.kind == DateExpr::Kind::calendar && !said.first.day && !said.weekday))) continue;
    if ((draft.type == EventType::statement || draft.type == EventType::summon) && is_of_cause(view_, sentence_, date, near_item)) continue;
    if (draft.type == EventType::statement && is_in_clause_of_other(date, near_item)) continue;
    if (date > 0 && draft.type != EventType::relations && draft.sets.stage != graph::Stage::closed && !draft.sets.since && draft.sets.stage != graph::Stage::in_force && word(sentence_.items[date - 1].begin) == "since") continue;  // "the first since 2019"
    // "a programme for the period 2025-2026", "for 2025 and 2026": the years that the paper is for
    const bool of_paper = draft.type == EventType::agreement && said.kind == DateExpr::Kind::calendar && !said.first.month;
    if (of_paper && date > 0 && said.begin > sentence_.begin && (word(said.begin - 1) == "years" || word(said.begin - 1) == "period" || word(said.begin - 1) == "through")) continue;
    if (of_paper && date > 1 && sentence_.items[date - 1].kind == ItemKind::conjunction && sentence_.items[date - 2].kind == ItemKind::date) continue;
    if (sentence_.dates.size() > 1 && is_dateline(date)) continue;
    // "the earthquake of 17 December", "the floods in A on 3 May": of what help is given for
    const auto of_disaster = [&] {
      std::uint32_t at = date;
      while (at > 0 && (sentence_.items[at - 1].kind == ItemKind::preposition || sentence_.items[at - 1].kind == ItemKind::actor || sentence_.items[at - 1].kind == ItemKind::determiner)) --at;
      return at > 0 && at < date && sentence_.items[at - 1].kind == ItemKind::word && view_.info(sentence_.items[at - 1].end - 1).is(WordClass::disaster);
    };
    if (draft.type == EventType::aid && said.first.day && of_disaster()) continue;
    // "today appointed A, effective 1 June": when the post is taken up
    if (draft.type == EventType::appointment && date > near_item && said.begin > sentence_.begin && word(said.begin - 1) == "effective") continue;
    const bool term = (draft.type == EventType::agreement || draft.type == EventType::aid) && date > 0 && word(sentence_.items[date - 1].begin) == "for";
    if (term) continue;  // "a programme for 2026-2027"
    if (draft.type == EventType::message && date > near_item && is_of_occasion(near_item, date)) continue;  // "congratulated B on his election on 28 October"
    // "relations, which A had severed in 2019, were restored": of what the clause between says
    if ((draft.type == EventType::relations || draft.type == EventType::agreement) && is_in_relative_before(date, near_item)) continue;
    if (!best) {
      best = date;
      continue;
    }
    // "leaves on Monday on a visit to B, from 18 to 20 February": how long one stays says more
    const DateExpr& other = sentence_.dates[sentence_.items[*best].index];
    if (draft.type == EventType::visit && said.last.has_value() != other.last.has_value() && said.kind == DateExpr::Kind::calendar) {
      if (said.last && date > near_item) best = date;
      continue;
    }
    if (is_talk && of_visit(date) != of_visit(*best)) {
      if (of_visit(*best)) best = date;
      continue;
    }
    const bool behind = date > near_item;
    const bool best_behind = *best > near_item;
    if (behind != best_behind ? behind : (behind ? date < *best : date > *best)) best = date;
  }
  if (best && is_talk && of_visit(*best) && std::any_of(sentence_.items.begin(), sentence_.items.begin() + near_item, [&](const Item& x) { return x.kind == ItemKind::date && sentence_.dates[x.index].first.day; })) best.reset();
  // "last week, from 12 to 15 December", "this week (16 to 18 May)": the days say more
  if (best && sentence_.dates[sentence_.items[*best].index].kind == DateExpr::Kind::unit_shift) {
    std::uint32_t next = *best + 1;
    while (next < sentence_.items.size() && next < *best + 4 && (sentence_.items[next].kind == ItemKind::comma || sentence_.items[next].kind == ItemKind::open || sentence_.items[next].kind == ItemKind::preposition)) ++next;
    const bool days = next > *best + 1 && next < sentence_.items.size() && sentence_.items[next].kind == ItemKind::date && sentence_.dates[sentence_.items[next].index].kind == DateExpr::Kind::calendar && sentence_.dates[sentence_.items[next].index].first.day;
    if (days) best = next;
  }
  // "today, 17 February": the words behind it need no day of publication.
  if (best && sentence_.dates[sentence_.items[*best].index].kind == DateExpr::Kind::day_shift && *best + 2 < sentence_.items.size() && sentence_.items[*best + 2].kind == ItemKind::date) {
    const ItemKind link = sentence_.items[*best + 1].kind;
    const DateExpr& behind = sentence_.dates[sentence_.items[*best + 2].index];
    if ((link == ItemKind::comma || link == ItemKind::open) && behind.kind == DateExpr::Kind::calendar && behind.first.day && behind.first.month) best = *best + 2;
  }
  if (best && !draft.date) draft.date = sentence_.dates[sentence_.items[*best].index];
  if (draft.type == EventType::aid && draft.city.empty()) take_place_of_gift(draft, arguments, best, near_item);
  if (draft.type == EventType::statement || draft.type == EventType::message || draft.type == EventType::aid || draft.type == EventType::expulsion || draft.type == EventType::sanction || draft.type == EventType::call) return;
  const auto is_name = [&](std::uint32_t place) { return clause_.actor(place).kind == ActorKind::name; };
  // "The Agreement, signed in A in 2003, entered into force": where it was signed
  const bool after_signing = draft.type == EventType::agreement && draft.sets.stage && *draft.sets.stage != graph::Stage::signed_ && *draft.sets.stage != graph::Stage::negotiated;
  const auto of_aside = [&](std::uint32_t place) {
    return after_signing && place < near_item && std::any_of(sentence_.items.begin(), sentence_.items.begin() + place, [&](const Item& x) {
      if (x.kind != ItemKind::verb || sentence_.verbs[x.index].main == kNoVerb) return false;
      const VerbKind kind = view_.tables->verbs[sentence_.verbs[x.index].main].kind;
      return kind != VerbKind::light && kind != VerbKind::occur;  // "at a ceremony held in A"
    });
  };
  // "summoned the Ambassador over the attack on traders in A": where that was
  const auto is_elsewhere = [&](std::uint32_t place) { return (draft.type == EventType::summon && is_of_cause(view_, sentence_, place, near_item)) || of_aside(place); };
  for (const std::uint32_t place : arguments.places)
    if (!is_name(place) && !is_elsewhere(place)) take_place(draft, place);
  for (const std::uint32_t place : arguments.places)
    if (is_name(place) && !is_elsewhere(place)) take_place(draft, place);
  take_building(draft, arguments);
  take_same_place(draft, arguments);
  if (!draft.city.empty()) return;
  for (std::uint32_t i = arguments.begin; i < arguments.end && i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::adverb) continue;
    const Word adverb = word(sentence_.items[i].begin);
    std::uint32_t city = adverb == "there" ? city_before(i) : adverb == "here" ? cast_.dateline_city() : kNone;
    if (adverb == "there" && city == kNone) city = cast_.last_city();
    if (city == kNone) continue;
    const PartyIndex country = view_.tables->cities[city].country;
    if (draft.place_country != kNoParty && draft.place_country != country) continue;
    draft.city = cast_.city_text(city);
    draft.place_country = country;
  }
}

void SentenceEvents::take_status(Draft& draft, const VerbGroup& verb) const {
  draft.tense = verb.tense;
  if (verb.planned || verb.tense == Tense::future) draft.planned = true;
  if (verb.promised) draft.promised = true;
  if (verb.cancelled || verb.unreal) draft.cancelled = true;
  if (verb.main != kNoVerb) {
    const VerbKind kind = view_.tables->verbs[verb.main].kind;
    if (kind == VerbKind::cancel) draft.cancelled = true;
    if (kind == VerbKind::plan && verb.passive) draft.planned = true;
  }
}

// "Minister A of Thailand met Minister B of Bhutan during her visit to Thailand": hers who does not live there; nobody where it may be
// that of whom the pronoun seems to mean.
Meant SentenceEvents::not_of_host(std::uint32_t noun_item, const Meant& who) const {
  for (const Argument& a : clause_.of_noun(noun_item).all) {
    if (a.slot != Slot::to || !clause_.is_actor(a.item) || clause_.actor(a.item).parties.size() != 1) continue;
    const PartyIndex host = clause_.actor(a.item).parties[0];
    if (who.parties != std::vector<PartyIndex>{host}) return {};
    for (std::uint32_t i = noun_item; i-- > 0;) {
      if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person) continue;
      Meant other = meant_of(i);
      if (other.parties.size() == 1 && other.parties[0] != host) return other;
    }
  }
  return {};
}

// "virtual", "upcoming", "five", "first" before the noun; "the", "his".
void SentenceEvents::take_noun_words(Draft& draft, std::uint32_t noun_item, std::uint32_t begin_item, bool has_subject) {
  bool definite = false;
  bool indefinite = false;
  // "yesterday's meeting with A"
  if (begin_item > 1 && sentence_.items[begin_item - 1].kind == ItemKind::possessive && sentence_.items[begin_item - 2].kind == ItemKind::date && !draft.date)
    draft.date = sentence_.dates[sentence_.items[begin_item - 2].index];
  // "the May 21 phone call between A and B"
  if (begin_item > 1 && sentence_.items[begin_item - 1].kind == ItemKind::date && sentence_.items[begin_item - 2].kind == ItemKind::determiner && sentence_.dates[sentence_.items[begin_item - 1].index].first.day && !draft.date) draft.date = sentence_.dates[sentence_.items[begin_item - 1].index];
  for (std::uint32_t i = begin_item; i < noun_item; ++i) {
    const Item& here = sentence_.items[i];
    for (std::uint32_t t = here.begin; t < here.end; ++t) {
      const WordInfo& info = view_.info(t);
      if (here.kind == ItemKind::actor) continue;
      if (info.is(WordClass::virtual_)) draft.sets.mode = graph::Mode::virtual_;
      if (info.is(WordClass::phone)) draft.sets.mode = graph::Mode::phone;
      if (info.is(WordClass::upcoming)) draft.upcoming = true;
      if (word(t) == "planned" || word(t) == "scheduled") draft.upcoming = true;
      if (word(t) == "cancelled" || word(t) == "postponed") draft.cancelled = true;
      if (word(t) == "separate" || word(t) == "individual") draft.each = true;
      if (word(t) == "ministerial") draft.level_hint = graph::Level::minister;
    }
    const bool of_days = here.kind == ItemKind::number && here.end < sentence_.end && view_.tokens[here.end].joined && word(here.end) == "day";
    if (of_days) draft.days = view_.tokens[here.begin].number;
    const bool counts = draft.type != EventType::aid && draft.type != EventType::sanction && draft.type != EventType::expulsion;  // "five laptops" are one gift
    if (counts && here.kind == ItemKind::number && !of_days && !view_.tokens[here.begin].ordinal && view_.tokens[here.begin].number > 1 && view_.tokens[here.begin].number < 100 && !is_hour(here.end))
      draft.count = view_.tokens[here.begin].number;
    if (here.kind == ItemKind::determiner) {
      const Word w = word(here.begin);
      if (w == "the" || w == "this" || w == "that" || w == "these") definite = true;
      if (w == "a" || w == "an" || w == "another") indefinite = true;
      if (view_.info(here.begin).is(WordClass::possessive_pronoun)) {
        definite = true;
        // His visit: the one last spoken of; their meeting: those of the last event.
        ActorMention owner;
        owner.kind = word(here.begin) == "their" ? ActorKind::plural : word(here.begin) == "our" || word(here.begin) == "my" ? ActorKind::own
                     : word(here.begin) == "its"                                                                             ? ActorKind::it
                                                                                                                             : ActorKind::pronoun;
        // What a verb's subject calls its own adds nobody: "the Ambassador presented her credentials".
        if (has_subject) continue;
        Meant who = owner.kind == ActorKind::it ? nearest_party(i) : owner.kind == ActorKind::pronoun ? subject_before(i) : Meant{};
        if (owner.kind == ActorKind::pronoun && who.empty()) who = subject_behind(i);
        if (owner.kind == ActorKind::plural) who = several_before(i);
        if (who.empty()) who = cast_.meant(owner);
        if (Meant guest = draft.type == EventType::visit && owner.kind == ActorKind::pronoun ? not_of_host(noun_item, who) : Meant{}; !guest.empty()) who = std::move(guest);
        if (!who.empty()) {
          const Item& noun = sentence_.items[noun_item];
          Part part = Part::participant;
          if (noun.kind == ItemKind::noun) part = view_.tables->nouns[sentence_.nouns[noun.index].noun].parts[static_cast<std::size_t>(Slot::possessor)];
          draft.takings.push_back({part, Slot::possessor, std::move(who)});
        }
      }
    }
  }
  const Item& told = sentence_.items[noun_item];  // "a two-day visit" is a noun of its own
  for (std::uint32_t t = told.begin; t + 1 < told.end; ++t)
    if (view_.tokens[t].number > 1 && word(t + 1) == "day") draft.days = view_.tokens[t].number;
  for (std::uint32_t t = told.end; t + 2 < sentence_.end && t < told.end + 2; ++t)  // "a visit of two days"
    if (word(t) == "of" && view_.tokens[t + 1].number > 1 && word(t + 2) == "days") draft.days = view_.tokens[t + 1].number;
  constexpr std::uint32_t kCompletionReach = 5;  // words
  for (std::uint32_t t = told.begin; draft.days && draft.type == EventType::visit && t > sentence_.begin && t + kCompletionReach > told.begin; --t)  // "upon completion of his three-day visit"
    if (view_.info(t - 1).is(WordClass::span_end) && word(t) == "of") draft.ends = true;
  if (const Word last = word(told.end - 1); last == "meetings" || last == "calls" || last == "conversations") draft.each = true;
  draft.single = indefinite;
  draft.anaphoric = definite;
}

// "6 p.m."
bool SentenceEvents::is_hour(std::uint32_t token) const { return token < sentence_.end && (word(token).starts_with("a.m") || word(token).starts_with("p.m") || word(token) == "am" || word(token) == "pm" || word(token) == "h" || word(token) == "hours"); }

// "scheduled for", "to be held", "was to have": verbs that say of the noun when it will be.
void SentenceEvents::take_nearby_planning(Draft& draft, std::uint32_t item) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size() && i < item + 3; ++i) {
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    const bool plan = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::plan;
    if ((group.infinitive && group.passive) || (group.bare_participle && plan)) draft.planned = true;
    return;
  }
}

void SentenceEvents::drop(const Draft& draft, std::string_view reason) const {
  if (set_aside_ != nullptr) set_aside_->push_back({draft.type, draft.rule, std::string(reason), index_, draft.begin, draft.end});
}

void SentenceEvents::drop_frame(const Frame& frame, const Arguments& arguments, std::string_view reason) const {
  if (set_aside_ == nullptr) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = frame.type;
  draft.rule = frame.rule;
  drop(draft, reason);
}

}  // namespace entente::importers
