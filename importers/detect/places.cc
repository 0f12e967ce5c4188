// Where and when, told by a building or by the clause behind a name.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

// "by", "over": before a noun that says by what means.
bool tells_means(Word word) { return word == "by" || word == "via" || word == "through" || word == "over" || word == "on"; }

}  // namespace

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

// The town that the sentence names last before an item; LexiconTables::cities, kNone for none.
std::uint32_t SentenceEvents::city_before(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 1;)
    if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::city && (sentence_.items[i - 1].kind == ItemKind::preposition || sentence_.items[i - 1].kind == ItemKind::verb)) return clause_.actor(i).city;
  return kNone;
}

// "will travel to Ashgabat, where she is to address the Conference": what the clause tells was there.
void SentenceEvents::take_where(Draft& draft, std::uint32_t item) const {
  if (!draft.city.empty() || draft.place_country != kNoParty) return;
  for (std::uint32_t i = item; i-- > 1;) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop) return;
    if (here.kind != ItemKind::relative) continue;
    if (word(here.begin) != "where") return;
    std::uint32_t town = i - 1;
    if (sentence_.items[town].kind == ItemKind::comma && town > 0) --town;
    if (clause_.is_actor(town) && clause_.actor(town).kind == ActorKind::party && town > 1 && sentence_.items[town - 1].kind == ItemKind::comma) town -= 2;
    if (clause_.is_actor(town) && clause_.actor(town).kind == ActorKind::city) take_place(draft, town);
    return;
  }
}

// "congratulated A on its hosting of the Summit", "A's hosting of the Forum": whose act it is.
void SentenceEvents::take_hosting(Draft& draft, std::uint32_t act) {
  if (act == 0) return;
  const std::uint32_t whose = sentence_.items[act - 1].kind == ItemKind::possessive && act > 1 ? act - 2 : act - 1;
  if (clause_.is_actor(whose) && is_state(whose)) take_one(draft, Part::host, Slot::possessor, whose);
  else if (sentence_.items[whose].kind == ItemKind::determiner && word(sentence_.items[whose].begin) == "its")
    if (Meant host = nearest_party(whose); !host.empty()) draft.takings.push_back({Part::host, Slot::possessor, std::move(host), false});
}

// "Tomorrow she will travel to A, where the Ministers of B and C are meeting": when and where the journey goes.
void SentenceEvents::take_journey_before(Draft& draft, std::uint32_t verb_item) const {
  std::uint32_t where = verb_item;
  while (where > 0 && sentence_.items[where].kind != ItemKind::relative && sentence_.items[where].kind != ItemKind::stop && (where == verb_item || sentence_.items[where].kind != ItemKind::verb)) --where;
  if (where == 0 || sentence_.items[where].kind != ItemKind::relative || word(sentence_.items[where].begin) != "where") return;
  take_where(draft, verb_item);
  if (draft.date || verb(verb_item).tense == Tense::past) return;
  for (std::uint32_t i = where; i-- > 0 && !draft.date;) {
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    for (const std::uint32_t date : clause_.of_verb(i).dates)
      if (date < where) draft.date = sentence_.dates[sentence_.items[date].index];
    return;
  }
}

// "the holding in Almaty on 22 November of the third session": when and where a gathering was, between the act and its name.
void SentenceEvents::take_holding(Draft& draft, std::uint32_t begin) {
  if (begin < 2 || word(sentence_.items[begin - 1].begin) != "of") return;
  Arguments between;
  for (std::uint32_t i = begin - 1; i-- > 0;) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::date) {
      between.dates.push_back(i);
      continue;
    }
    if (clause_.is_actor(i) && (clause_.actor(i).kind == ActorKind::city || clause_.actor(i).kind == ActorKind::party)) {
      between.places.push_back(i);
      continue;
    }
    if (here.kind == ItemKind::preposition || here.kind == ItemKind::comma || here.kind == ItemKind::determiner || here.kind == ItemKind::adverb) continue;
    const VerbForm& form = view_.tables->verb_form(view_.tokens[here.end - 1].word);
    const bool hosting = form.verb != kNoVerb && form.gerund && view_.tables->verbs[form.verb].is(VerbTrait::hosts) && draft.type == graph::EventType::conference;
    if (hosting) take_hosting(draft, i);
    const bool act = hosting || (form.verb != kNoVerb && (form.gerund || form.noun) && (view_.tables->verbs[form.verb].kind == VerbKind::light || view_.tables->verbs[form.verb].kind == VerbKind::occur));
    const Word last = word(here.end - 1);
    if (!act && last != "opening" && last != "convocation" && last != "organisation" && last != "organization") return;
    if (i > 0 && sentence_.items[i - 1].kind == ItemKind::verb && verb(i - 1).wished) return;
    const bool dated = draft.date.has_value();
    take_time_and_place(draft, between, begin);
    if (!dated && draft.date) draft.tense = Tense::unknown;
    return;
  }
}

// "discussed with his counterpart, in a phone call, the truce": the talk is the call.
void SentenceEvents::prefer_calls() {
  // "established relations by signing a Joint Communiqué": one event, the relations.
  const bool relations = std::any_of(drafts_.begin(), drafts_.end(), [](const Draft& d) {
    return d.type == graph::EventType::relations && !d.background && (d.sets.stage == graph::Stage::established || d.sets.stage == graph::Stage::restored || d.sets.stage == graph::Stage::severed);
  });
  // "signed the Joint Communiqué by which A and B established relations": its signers, day and place are those of the relations.
  if (relations)
    for (const Draft& paper : drafts_) {
      if (paper.type != graph::EventType::agreement || !paper.paper.starts_with("communiqu") || paper.rule.ends_with(".act")) continue;
      for (Draft& told : drafts_) {
        if (told.type != graph::EventType::relations) continue;
        for (const Taking& taking : paper.takings) told.takings.push_back(taking);
        if (!told.date) told.date = paper.date;
        if (told.city.empty()) {
          told.city = paper.city;
          told.place_country = paper.place_country;
        }
      }
    }
  if (relations) std::erase_if(drafts_, [](const Draft& d) { return d.type == graph::EventType::agreement && d.paper.starts_with("communiqu"); });
  // "was summoned and handed a note of protest": one act.
  const auto first = std::find_if(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.type == graph::EventType::summon; });
  if (first != drafts_.end()) {
    const auto again = [](const Draft& d) { return d.type == graph::EventType::summon && d.rule == "summon.protest"; };
    for (auto more = first + 1; more != drafts_.end(); ++more)
      if (again(*more))
        for (const Taking& taking : more->takings)
          if (taking.part == Part::host && !taking.who.persons.empty()) first->takings.push_back(taking);  // who hands the note over
    drafts_.erase(std::remove_if(first + 1, drafts_.end(), again), drafts_.end());
  }
  const auto is_call = [](const Draft& d) { return d.type == graph::EventType::call && !d.takings.empty(); };
  const auto call = std::find_if(drafts_.begin(), drafts_.end(), is_call);
  if (call == drafts_.end()) return;
  std::erase_if(drafts_, [&](const Draft& draft) {
    if (draft.type != graph::EventType::meeting || (!draft.rule.starts_with("meeting.discussed") && draft.rule != "meeting.noun") || &draft == &*call) return false;
    if (draft.rule == "meeting.noun" && (draft.takings.empty() || draft.begin < call->begin)) return false;  // "conferred by telephone with A, in a long conversation"
    return std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) {
      return std::any_of(call->takings.begin(), call->takings.end(), [&](const Taking& t) { return t.who.persons == taking.who.persons && t.who.parties == taking.who.parties; });
    });
  });
}

// What stands before a word, past its article: "over" of "over a virtual platform".
Word SentenceEvents::word_before_phrase(std::uint32_t t) const {
  return word(t > sentence_.begin + 1 && view_.info(t - 1).is(WordClass::determiner) ? t - 2 : t - 1);
}

// "was conducted by video link", "held online": how, told behind the verb.
void SentenceEvents::take_mode(Draft& draft, std::uint32_t verb_item, const Arguments& arguments) const {
  using graph::EventType;
  if (draft.sets.mode || (draft.type != EventType::meeting && draft.type != EventType::consultation && draft.type != EventType::conference)) return;
  const std::uint32_t end = arguments.end < sentence_.items.size() ? sentence_.items[arguments.end].begin : sentence_.end;
  for (std::uint32_t t = sentence_.items[verb_item].end; t < end; ++t) {
    if (!view_.info(t).is(WordClass::virtual_)) continue;
    const Word before = word_before_phrase(t);
    const bool manner = t + 1 < sentence_.end && view_.info(t + 1).is(WordClass::manner);
    if (before == "in" && !manner && !(t > 1 && word(t - 2) == "in")) return;
    const bool means = manner || tells_means(before);
    const bool alone = t + 1 >= sentence_.end || view_.tokens[t + 1].punct || view_.info(t + 1).is(WordClass::preposition) || view_.info(t + 1).date != DateWord::none;
    if (means || alone) draft.sets.mode = graph::Mode::virtual_;
    return;
  }
}

// "Over a video link on 6 May, A spoke with B": told in front of the verb.
void SentenceEvents::take_mode_before(Draft& draft, std::uint32_t verb_item) const {
  using graph::EventType;
  if (draft.sets.mode || (draft.type != EventType::meeting && draft.type != EventType::consultation && draft.type != EventType::conference)) return;
  const std::uint32_t begin = sentence_.begin;
  for (std::uint32_t t = sentence_.items[verb_item].begin; t-- > begin + 1;) {
    if (view_.tokens[t].punct && view_.raw(t, t + 1) == ";") return;
    if (!view_.info(t).is(WordClass::virtual_)) continue;
    if (tells_means(word_before_phrase(t))) draft.sets.mode = graph::Mode::virtual_;
    return;
  }
}

// "at State House, Nairobi": a building and its town, behind a comma.
void SentenceEvents::take_building(Draft& draft, const Arguments& arguments) {
  if (!draft.city.empty()) return;
  for (std::uint32_t i = arguments.begin; i + 2 < arguments.end && i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || word(sentence_.items[i].begin) != "at") continue;
    std::uint32_t at = i + 1;
    while (at < sentence_.items.size() && at < i + 6 && (sentence_.items[at].kind == ItemKind::determiner || (sentence_.items[at].kind == ItemKind::word && view_.tokens[sentence_.items[at].begin].capital) || (clause_.is_actor(at) && clause_.actor(at).kind == ActorKind::name))) ++at;
    if (at == i + 1 || at + 1 >= sentence_.items.size() || sentence_.items[at].kind != ItemKind::comma || !clause_.is_actor(at + 1) || (clause_.actor(at + 1).kind != ActorKind::city && clause_.actor(at + 1).city == kNone)) continue;
    take_town(draft, at + 1);
    return;
  }
}

// "in a ceremony attended by A and B", "in the presence of C": who stood by is listed without a part.
void SentenceEvents::take_present(Draft& draft) {
  using graph::EventType;
  const bool encounter = draft.type == EventType::meeting || draft.type == EventType::courtesy_call || draft.type == EventType::accreditation;
  if (!encounter && draft.type != EventType::mission && draft.type != EventType::agreement && draft.type != EventType::relations) return;
  for (std::uint32_t i = 1; i + 1 < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    const bool presence = here.kind == ItemKind::word && word(here.end - 1) == "presence" && word(sentence_.items[i + 1].begin) == "of";
    const bool attended = !encounter && here.kind == ItemKind::verb && verb(i).main != kNoVerb && view_.tables->verbs[verb(i).main].kind == VerbKind::attend &&
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

// "his visit to A, set for November", "the talks in B scheduled for 5 May": planned for that time.
void SentenceEvents::take_plan_behind(Draft& draft, std::uint32_t item) const {
  constexpr std::uint32_t kItemsMax = 8;
  if (draft.cancelled) return;
  for (std::uint32_t i = item + 1; i + 2 < sentence_.items.size() && i < item + kItemsMax; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind != ItemKind::verb) {
      if (kind == ItemKind::stop || kind == ItemKind::noun || kind == ItemKind::forum || kind == ItemKind::conjunction || kind == ItemKind::relative || kind == ItemKind::date) return;
      continue;
    }
    const VerbGroup& group = verb(i);
    const bool plans = group.bare_participle && group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::plan;
    if (!plans || is_no_fact(group) || word(sentence_.items[i + 1].begin) != "for" || sentence_.items[i + 2].kind != ItemKind::date) return;
    // "initially planned for 3 May, will now take place on 10 June", "set for tomorrow in A, has been moved": of another time in the end
    for (std::uint32_t at = i + 4; at < sentence_.items.size() && sentence_.items[at].kind != ItemKind::stop; ++at) {
      if (sentence_.items[at].kind != ItemKind::verb || !verb(at).finite) continue;
      const VerbKind after = verb(at).main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[verb(at).main].kind;
      if (sentence_.items[at - 1].kind == ItemKind::comma && (after == VerbKind::shift || after == VerbKind::cancel || after == VerbKind::occur || verb(at).passive)) return;
      break;
    }
    draft.date = sentence_.dates[sentence_.items[i + 2].index];
    draft.planned = true;
    draft.tense = Tense::future;
    return;
  }
}

// The "which" or the "to be held" right behind a forum, past a comma and its letters in brackets; kNone for none.
std::uint32_t SentenceEvents::relative_of(std::uint32_t forum) const {
  constexpr std::uint32_t kReach = 5;
  for (std::uint32_t i = forum + 1; i < sentence_.items.size() && i <= forum + kReach; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::relative) return word(here.begin) == "which" || word(here.begin) == "that" ? i : kNone;
    // "the Week, to be held in A from 20 to 24 January"
    if (here.kind == ItemKind::verb && sentence_.items[i - 1].kind == ItemKind::comma && verb(i).main != kNoVerb) return verb(i).infinitive && verb(i).passive ? i : kNone;
    const bool letters = here.kind == ItemKind::open || here.kind == ItemKind::close || (sentence_.items[i - 1].kind == ItemKind::open && view_.tokens[here.begin].all_caps);
    if (here.kind != ItemKind::comma && !letters) return kNone;
  }
  return kNone;
}

// "arrived today for the Session, which opens in A tomorrow": the time and place of what governs the name are not its own.
void SentenceEvents::forget_time_around(Draft& draft, std::uint32_t item, const Arguments& own) const {
  if (!own.dates.empty() && draft.date && draft.date->begin < sentence_.items[item].begin) draft.date.reset();
  if (own.places.empty()) return;
  draft.city.clear();
  draft.place_country = kNoParty;
}

// "the Joint Commission, to be held in Yogyakarta in November"; "... , which will be held in Pretoria on 26 February": the
// time and place that the clause right behind a meeting gives it.
void SentenceEvents::take_clause_behind(Draft& draft, std::uint32_t item) {
  take_plan_behind(draft, item);
  const std::uint32_t own = draft.forum ? relative_of(item) : kNone;
  if (own == kNone && draft.date && (!draft.city.empty() || draft.place_country != kNoParty)) return;
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
    const bool expected = group.infinitive && view_.info(sentence_.items[i].begin - 1).is(WordClass::expected);  // ", due to take place in B"
    const bool participle = (group.infinitive && group.passive) || group.bare_participle || expected;
    if (!participle && !(relative && group.finite)) return;
    const VerbKind verb_kind = view_.tables->verbs[group.main].kind;
    // "the Summit, which will bring the leaders to Samarkand in 2025"
    const bool brings = draft.forum && relative && group.planned && group.tense == Tense::future && !group.passive;
    const bool spans = draft.forum && view_.tables->verbs[group.main].is(VerbTrait::spans) && !group.passive;
    if (verb_kind != VerbKind::light && verb_kind != VerbKind::occur && verb_kind != VerbKind::plan && !brings && !spans) return;
    const Arguments arguments = clause_.of_verb(i);
    Arguments behind;
    behind.begin = i;
    behind.end = arguments.end;
    for (const std::uint32_t date : arguments.dates)
      if (date > i) behind.dates.push_back(date);
    for (const std::uint32_t place : arguments.places)
      if (place > i) behind.places.push_back(place);
    for (const Argument& a : arguments.all)
      if (brings && a.slot == Slot::to && a.item > i && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::city) behind.places.push_back(a.item);
    if (own != kNone && own <= i && !draft.cancelled) forget_time_around(draft, item, behind);
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

// "the Ministerial Meeting, which was hosted by Jordan", "chaired by the Foreign Minister of A": who received or led it.
void SentenceEvents::take_relative_lead(Draft& draft, std::uint32_t item) {
  constexpr std::uint32_t kReach = 8;
  for (std::uint32_t i = item + 1; i + 1 < sentence_.items.size() && i < item + kReach; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::noun || kind == ItemKind::forum || kind == ItemKind::conjunction) return;
    if (kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || is_no_fact(group) || !(group.passive || group.bare_participle) || word(sentence_.items[i + 1].begin) != "by") return;
    const bool hosted = view_.tables->verbs[group.main].is(VerbTrait::hosts);
    const bool chaired = view_.tables->verbs[group.main].kind == VerbKind::chair;
    if (!hosted && !chaired) return;
    for (const Argument& a : clause_.of_verb(i).all) {
      if (a.slot != Slot::by || a.item < i || !clause_.is_actor(a.item)) continue;
      take_one(draft, hosted ? Part::host : Part::chair, Slot::by, a.item);
      if (hosted && clause_.actor(a.item).kind == ActorKind::city && draft.city.empty()) take_place(draft, a.item);  // "hosted by Libreville"
    }
    return;
  }
}

// "By telephone, A and B reviewed", "exchanged views over the phone": a talk that was held by telephone.
void SentenceEvents::become_call(Draft& draft, std::uint32_t verb_item) const {
  if (draft.type != graph::EventType::meeting) return;
  const auto become = [&] {
    draft.type = graph::EventType::call;
    draft.sets.mode = graph::Mode::phone;
    draft.city.clear();  // nobody was in one place
    draft.place_country = kNoParty;
  };
  for (std::uint32_t t = sentence_.begin + 1; t < sentence_.end; ++t) {
    if (!view_.info(t).is(WordClass::phone)) continue;
    const std::uint32_t article = word(t - 1) == "the" && t > sentence_.begin + 1 ? t - 2 : t - 1;
    const Word how = word(article);
    if (!tells_means(how)) continue;
    if (t + 1 < sentence_.end && view_.tokens[t + 1].letters && (word(t + 1) == "call" || word(t + 1) == "calls" || word(t + 1) == "conversation")) continue;
    // In the same clause as the verb.
    const std::uint32_t low = std::min(t, sentence_.items[verb_item].begin);
    const std::uint32_t high = std::max(t, sentence_.items[verb_item].begin);
    const bool apart = std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
      return item.begin > low && item.begin < high && (item.kind == ItemKind::relative || item.kind == ItemKind::stop || item.kind == ItemKind::subordinator);
    });
    if (apart) continue;
    return become();
  }
  // "exchanged views with A in a telephone conversation held on Tuesday", "In a phone call yesterday A and B reviewed"
  std::size_t persons = 0;
  for (const Taking& taking : draft.takings) persons += taking.who.persons.size() + (taking.slot == Slot::with && !taking.who.persons.empty() ? 1 : 0);
  for (std::uint32_t i = 0; persons > 1 && i < sentence_.items.size(); ++i) {
    const Item& item = sentence_.items[i];
    if (item.kind != ItemKind::noun || view_.tables->nouns[sentence_.nouns[item.index].noun].type != graph::EventType::call || !tells_in(i)) continue;
    const bool apart = std::any_of(sentence_.items.begin() + std::min(i, verb_item), sentence_.items.begin() + std::max(i, verb_item), [&](const Item& x) {
      return x.kind == ItemKind::relative || x.kind == ItemKind::stop || x.kind == ItemKind::subordinator || (x.kind == ItemKind::verb && sentence_.verbs[x.index].finite && !sentence_.verbs[x.index].bare_participle && x.begin != sentence_.items[verb_item].begin);
    });
    if (apart) continue;
    return become();
  }
}

}  // namespace entente::importers
