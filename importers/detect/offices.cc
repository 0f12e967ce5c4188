// Envoys who come and who must go: "the expulsion of the Ambassador", "received the Ambassador, who presented copies of his credentials".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "regrets", "condemns".
bool SentenceEvents::takes_position_on(const VerbGroup& group) const {
  if (group.main == kNoVerb) return false;
  const auto& frames = view_.tables->frames[group.main];
  return std::any_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.type == graph::EventType::statement; });
}

// "orders the expulsion of the Ambassador of A": told by the noun, with whoever orders it.
void SentenceEvents::read_expulsion(std::uint32_t item) {
  const Item& here = sentence_.items[item];
  if ((here.kind != ItemKind::word && here.kind != ItemKind::noun) || item + 2 >= sentence_.items.size() || (word(sentence_.items[item + 1].begin) != "of" && word(sentence_.items[item + 1].begin) != "by")) return;
  const VerbForm& form = view_.tables->verb_form(view_.tokens[here.end - 1].word);
  if (!form.noun || form.verb == kNoVerb) return;
  const auto& frames = view_.tables->frames[form.verb];
  const auto frame = std::find_if(frames.begin(), frames.end(), [](const Frame& one) { return one.type == graph::EventType::expulsion && one.particle.empty(); });
  if (frame == frames.end()) return;
  Draft draft = draft_at(item, item + 3);
  draft.type = graph::EventType::expulsion;
  draft.rule = frame->rule + ".act";
  draft.confidence = frame->confidence - 0.1;
  draft.background = true;
  draft.tense = Tense::past;
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) break;
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    if (is_no_fact(verb(i))) return;
    if (verb(i).copula || takes_position_on(verb(i))) break;  // "regrets the expulsion": done by others
    const Arguments arguments = clause_.of_verb(i);
    for (const Argument& a : arguments.all)
      if ((a.slot == Slot::subject || a.slot == Slot::by) && clause_.is_actor(a.item)) take_one(draft, Part::participant, a.slot, a.item);
    take_time_and_place(draft, arguments, item);
    draft.background = false;
    break;
  }
  // "The expulsion of anybody is not on the table"
  for (std::uint32_t i = item + 2; draft.background && i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::comma) break;
    if (kind == ItemKind::verb && verb(i).finite && is_no_fact(verb(i))) return;
  }
  if (!take_expelled(draft, item) || !draft.has(Part::target)) return;
  finish(std::move(draft));
}

// "the expulsion of two Thai diplomats by the Belarusian side", "of the consul of A in Brest": whose staff it is, and who sent
// them away. False where no staff is named: "the withdrawal of the last troops".
bool SentenceEvents::take_expelled(Draft& draft, std::uint32_t act) {
  Meant expelled;
  Meant doer;
  bool staff = false;
  Slot slot = Slot::of;
  for (std::uint32_t i = act + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || here.kind == ItemKind::verb || here.kind == ItemKind::subordinator) break;
    staff = staff || clause_.is_of_class(i, "diplomats") || (clause_.is_actor(i) && (clause_.actor(i).kind == ActorKind::person || clause_.actor(i).kind == ActorKind::post));
    if (here.kind == ItemKind::preposition) slot = slot_of(view_, here).value_or(Slot::on);
    if (here.kind == ItemKind::determiner && slot == Slot::of && expelled.empty() && cast_.own() != kNoParty && view_.info(here.begin).is(WordClass::pronoun_own)) expelled.parties = {cast_.own()};  // "of our consul"
    if (here.kind == ItemKind::date && !draft.date) draft.date = sentence_.dates[here.index];
    if (here.kind != ItemKind::actor) continue;
    Meant who = clause_.actor(i).kind == ActorKind::adjective || clause_.actor(i).kind == ActorKind::city ? Meant{clause_.actor(i).parties, {}, {}, {}} : meant_of(i);
    if (slot == Slot::of && expelled.empty()) expelled = std::move(who);
    else if (slot == Slot::by) doer = std::move(who);
    else if ((slot == Slot::in || slot == Slot::from) && doer.empty() && !expelled.empty() && who.parties != expelled.parties) doer = std::move(who);  // out of where they served
  }
  if (!doer.parties.empty()) draft.takings.push_back({Part::participant, Slot::by, Meant{doer.parties, {}, {}, {}}, false});
  if (!expelled.parties.empty()) draft.takings.push_back({Part::target, Slot::of, std::move(expelled), false});
  return staff;
}

// "First came Ms. A of B", "Ambassador C of D followed her", "The last to present his credentials was the High Commissioner of E": one of
// those whom a sentence before said to have been received together.
void SentenceEvents::read_next_envoy() {
  bool in_turn = false;
  for (std::uint32_t t = sentence_.begin; t + 1 < sentence_.end && !in_turn; ++t) in_turn = view_.info(t).is(WordClass::in_turn) && view_.info(t + 1).date == DateWord::none;
  // "They are H.E. Ms. A of B and H.E. Mr. C of D"
  const bool they_are = sentence_.items.size() > 2 && clause_.is_actor(0) && clause_.actor(0).kind == ActorKind::plural && sentence_.items[1].kind == ItemKind::verb && verb(1).copula;
  if (!in_turn && !they_are) return;
  std::vector<Draft> envoys;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person || clause_.actor(i).possessive) continue;
    const Meant who = meant_of(i);
    if (who.persons.size() != 1 || who.parties.size() != 1 || who.parties[0] == cast_.own()) continue;
    const PostKind kind = cast_.persons()[who.persons[0]].kind;
    const bool named_alone = clause_.actor(i).honorific && !clause_.actor(i).post;
    if (kind != PostKind::ambassador && kind != PostKind::envoy && !named_alone) continue;
    Draft draft = draft_at(i, i + 1);
    draft.type = graph::EventType::accreditation;
    draft.rule = "accreditation.next";
    draft.confidence = 0.75;
    draft.tense = Tense::past;
    draft.listed = true;
    take_one(draft, Part::guest, Slot::subject, i);
    envoys.push_back(std::move(draft));
  }
  if (!envoys.empty()) std::erase_if(drafts_, [](const Draft& d) { return d.type == graph::EventType::accreditation; });
  for (Draft& envoy : envoys) finish(std::move(envoy));
}

// "received A, who paid a farewell call on her": but not "who had paid a call on the President".
bool SentenceEvents::is_call_paid(std::uint32_t verb_item, std::uint32_t call) const {
  if (sentence_.items[call].kind != ItemKind::noun || view_.tables->nouns[sentence_.nouns[sentence_.items[call].index].noun].type != graph::EventType::courtesy_call) return false;
  std::uint32_t paying = call;
  while (paying > verb_item && sentence_.items[paying].kind != ItemKind::verb) --paying;
  if (paying <= verb_item + 1 || sentence_.items[paying - 1].kind != ItemKind::relative || word(sentence_.items[paying - 1].begin) != "who" || verb(paying).perfect) return false;
  const Arguments arguments = clause_.of_verb(paying);
  return std::none_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::on && clause_.is_actor(a.item) && clause_.actor(a.item).kind != ActorKind::pronoun; });
}

// "The Minister bade farewell to Ambassador A": an envoy is the guest of whoever stands higher, whatever the verb says.
void SentenceEvents::receive_envoy(Draft& draft) const {
  if (draft.type != graph::EventType::courtesy_call) return;
  const auto is_envoy = [&](const Taking& taking) {
    return !taking.who.persons.empty() && std::all_of(taking.who.persons.begin(), taking.who.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::ambassador; });
  };
  const auto is_high = [&](const Taking& taking) {
    const std::optional<graph::Level> level = taking.who.persons.empty() ? taking.who.level : cast_.persons()[taking.who.persons[0]].level;
    return level && *level <= graph::Level::minister;
  };
  const auto any = [&](Part part, const auto& holds) { return std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == part && holds(t); }); };
  if (!any(Part::host, is_envoy) || !any(Part::guest, is_high)) return;
  for (Taking& taking : draft.takings)
    if (taking.part == Part::guest || taking.part == Part::host) taking.part = taking.part == Part::guest ? Part::host : Part::guest;
}

// "received A, who paid a farewell call in B": the call told again, with the time and place that it adds.
void SentenceEvents::become_call_paid(Draft& draft, std::uint32_t call) {
  // "said farewell to the Ambassador, who paid a courtesy call on her": who pays it is the guest
  if (draft.rule == "courtesy_call.farewell")
    for (Taking& taking : draft.takings)
      if (taking.part == Part::guest || taking.part == Part::host) taking.part = taking.slot == Slot::subject ? Part::host : Part::guest;
  draft.type = graph::EventType::courtesy_call;
  draft.rule = "courtesy_call.received-for";
  used_[call] = true;
  std::uint32_t paying = call;
  while (paying > 0 && sentence_.items[paying].kind != ItemKind::verb) --paying;
  take_time_and_place(draft, clause_.of_verb(paying), call);
  paid_ = call;
}

// "received A on a farewell call", "who came on a courtesy call", "welcomes A for a two-day visit": what the guest came for.
bool SentenceEvents::become_what_it_was_for(Draft& draft, std::uint32_t verb_item) {
  const bool by_person = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part == Part::host && (!t.who.persons.empty() || t.who.level); });
  std::string_view link;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::subordinator) return false;
    if (is_call_paid(verb_item, i)) {
      for (std::uint32_t at = verb_item + 1; at < i; ++at) used_[at] = true;  // "received in audience"
      become_call_paid(draft, i);
      return true;
    }
    if (here.kind == ItemKind::preposition) link = word(here.begin);
    if (here.kind == ItemKind::actor || here.kind == ItemKind::comma) link = {};
    if (here.kind != ItemKind::noun || (link != "on" && link != "for" && link != "in" && link != "to")) continue;
    const EventNoun& noun = view_.tables->nouns[sentence_.nouns[here.index].noun];
    if (noun.type == graph::EventType::meeting) continue;  // "received in audience A, who paid a call on him"
    if (noun.type == graph::EventType::courtesy_call || (noun.type == graph::EventType::visit && !by_person && link != "to")) {
      draft.type = *noun.type;
      draft.rule = std::string(graph::to_string(*noun.type)) + ".received-for";
      used_[i] = true;
      return true;
    }
    return false;
  }
  return false;
}

// "was welcomed at the airport by the Minister": who received a guest at the beginning of the visit.
void SentenceEvents::become_arrival(Draft& draft, std::uint32_t verb_item) const {
  if (draft.type != graph::EventType::meeting || draft.background || !verb(verb_item).passive || !draft.has(Part::guest) || !draft.has(Part::host)) return;
  const auto stop = std::find_if(sentence_.items.begin() + verb_item, sentence_.items.end(), [](const Item& item) { return item.kind == ItemKind::stop || item.kind == ItemKind::relative; });
  const std::uint32_t end = stop == sentence_.items.end() ? sentence_.end : stop->begin;
  for (std::uint32_t t = sentence_.items[verb_item].end; t < end; ++t) {
    if (!view_.info(t).is(WordClass::airport)) continue;
    draft.type = graph::EventType::visit;
    draft.rule = "visit.received-at";
    return;
  }
}

// "received the new Ambassador of B on the occasion of the presentation of a copy of his credentials": that is what it was for.
void SentenceEvents::become_accreditation(Draft& draft, std::uint32_t verb_item) {
  if ((draft.type != graph::EventType::meeting && draft.type != graph::EventType::courtesy_call) || draft.background) return;
  const bool received = draft.has(Part::guest);
  if (!received) return;
  if (become_what_it_was_for(draft, verb_item)) return;
  const auto presents = [&](VerbId main) { return main != kNoVerb && view_.tables->verbs[main].is(VerbTrait::presents); };
  const auto before_presenting = [&](std::uint32_t end) { return end < sentence_.end && presents(view_.tables->verb_form(view_.tokens[end].word).verb); };
  bool relative = false;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop) return;
    relative = relative || here.kind == ItemKind::relative;
    if (relative && here.kind == ItemKind::date) return;  // "the Ambassador, who had on 8 October presented his credentials"
    if (here.kind == ItemKind::verb && verb(i).finite && !presents(verb(i).main) && !before_presenting(here.end)) return;  // "who came to present"
    if (!clause_.is_of_class(i, "credentials")) continue;
    draft.type = graph::EventType::accreditation;
    draft.rule = "accreditation.received-for";
    for (std::uint32_t at = verb_item + 1; at <= i; ++at) used_[at] = true;  // "the presentation of his credentials" is no second one
    if (!relative) return;
    paid_ = i;  // nor is "who presented his credentials"
    std::uint32_t presenting = i;
    while (presenting > verb_item && sentence_.items[presenting].kind != ItemKind::verb) --presenting;
    if (presenting > verb_item) take_time_and_place(draft, clause_.of_verb(presenting), i);
    return;
  }
}

}  // namespace entente::importers
