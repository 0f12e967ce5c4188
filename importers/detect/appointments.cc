// Who is named to what, by a verb or by a noun: "named A as Special Envoy", "announced the appointment of A as Special Envoy".
#include <algorithm>

#include "importers/detect/posts_given.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kPostItemsMax = 6;   // from the name to the post that it is given
constexpr std::uint32_t kPostReachMax = 12;  // from the verb to the post

// Verbs that make an appointment known or final; to be pleased with one is no news of it.
bool makes_known(const Verb& verb) {
  return verb.is(VerbTrait::confirms) || ((verb.kind == VerbKind::report || verb.kind == VerbKind::plan) && !verb.is(VerbTrait::no_news));
}

}  // namespace

// Whom the frame calls the appointee: what the verb acts on, or its subject ("took over as Ambassador"); otherwise the object.
std::uint32_t SentenceEvents::appointee_of(const Frame& frame, const Arguments& arguments, std::uint32_t object) const {
  for (const Argument& a : arguments.all)
    if (frame.parts[static_cast<std::size_t>(a.slot)] == Part::appointee && clause_.is_actor(a.item) && is_person(a.item)) return a.item;
  return object;
}

// The post that a verb gives: one without a name, in what stands behind it; kNone for none.
std::uint32_t SentenceEvents::post_behind(std::uint32_t verb_item) const {
  std::uint32_t found = kNone;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size() && i < verb_item + kPostReachMax; ++i) {
    if (sentence_.items[i].kind == ItemKind::stop && word(sentence_.items[i].begin) == ";") break;
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[sentence_.items[i].index];
    if (actor.kind != ActorKind::post || !actor.post) continue;
    // "named A, a former Commissioner, as Special Envoy": what stands behind "as" goes before what A is or was.
    const bool as = word(sentence_.items[i - 1].begin) == "as" || (i > 1 && word(sentence_.items[i - 2].begin) == "as");
    if (found == kNone || as) found = i;
    if (as) break;
  }
  return found;
}

// "ambassador to A, with concurrent accreditation to B and C": the others that a post is for.
Meant SentenceEvents::accredited_besides(std::uint32_t post) const {
  constexpr std::uint32_t kItemsBetween = 6;
  Meant out;
  std::uint32_t i = post + 1;
  const auto charges = [&](std::uint32_t at) { return sentence_.items[at].kind == ItemKind::word && word(sentence_.items[at].begin) == "responsibility"; };  // "with concurrent responsibility for B"
  while (i < sentence_.items.size() && i < post + kItemsBetween && !charges(i) && sentence_.items[i].kind != ItemKind::noun && sentence_.items[i].kind != ItemKind::verb && sentence_.items[i].kind != ItemKind::stop) ++i;
  if (i + 1 >= sentence_.items.size()) return out;
  const bool status = clause_.is_of_class(i, "diplomatic_status") && word(sentence_.items[i + 1].begin) == "to";
  if (!status && !(charges(i) && word(sentence_.items[i + 1].begin) == "for")) return out;
  for (i += 2; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::party) out.parties.insert(out.parties.end(), clause_.actor(i).parties.begin(), clause_.actor(i).parties.end());
    else if (kind != ItemKind::comma && kind != ItemKind::conjunction && kind != ItemKind::determiner) break;
  }
  return out;
}

// Who is named to what: "named Ramon L. Cabrera, a veteran diplomat, as Special Envoy to Myanmar".
void SentenceEvents::appoint(Draft& draft, std::uint32_t verb_item, const Arguments& arguments, std::uint32_t object) {
  // "appointed to the post of" has a noun there.
  ActorMention* const appointee = object != kNone && clause_.is_actor(object) ? &sentence_.actors[sentence_.items[object].index] : nullptr;
  // "appointed as Ambassador to A Mr. B": the post stands before the name that it is given to.
  const bool before_name = appointee != nullptr && appointee->kind == ActorKind::person && appointee->post && object > 0 && word(sentence_.items[object - 1].begin) == "as";
  const std::uint32_t given = before_name ? object : post_behind(verb_item);
  if (given == kNone) return;
  const PostMention& post = *sentence_.actors[sentence_.items[given].index].post;
  PartyIndex side = cast_.own();
  for (const Argument& a : arguments.all) {
    if (a.slot != Slot::subject && a.slot != Slot::by) continue;
    const Meant who = meant_of(a.item);
    if (!who.parties.empty()) side = who.parties[0];
  }
  // "The Chairperson appointed Dr. X of B as his Special Envoy": who serves an organisation acts for it, not for the state they are from
  const bool serves = side != kNoParty && view_.tables->parties[side].kind == graph::EntityKind::organisation;
  if (serves && appointee != nullptr && appointee->kind == ActorKind::person && appointee->persons.size() == 1 && appointee->name_end < appointee->end && word(appointee->name_end) == "of") {
    appointee->parties = {side};
    cast_.person(appointee->persons[0]).of = side;
    cast_.person(appointee->persons[0]).level.reset();
    appointee->level.reset();
  }
  side = side_given(*view_.tables, post, side);
  const Person* const known = appointee != nullptr && appointee->kind == ActorKind::person && appointee->persons.size() == 1 ? &cast_.persons()[appointee->persons[0]] : nullptr;
  const bool to_name = appointee != nullptr && appointee->kind == ActorKind::name;
  if (to_name || (known != nullptr && (before_name || !known->has_post || known->former))) {
    give_post(cast_, *view_.tables, *appointee, post, side);
    if (to_name) clause_.forget();
  }
  add_sides_of_post(draft, post, accredited_besides(given).parties, side);
}

// The act as a noun, with who is appointed behind "of" and the post behind "as" or "to": told by the verb over it, or as the
// subject of one ("was announced", "takes effect").
void SentenceEvents::read_appointment(std::uint32_t item) {
  const Item& here = sentence_.items[item];
  if ((here.kind != ItemKind::word && here.kind != ItemKind::noun) || used_[item]) return;
  const VerbForm& form = view_.tables->verb_form(view_.tokens[here.end - 1].word);
  if (!form.noun || form.verb == kNoVerb) return;
  const std::vector<Frame>& frames = view_.tables->frames[form.verb];
  const auto frame = std::find_if(frames.begin(), frames.end(), [](const Frame& f) { return f.type == graph::EventType::appointment && f.object == ObjectNeed::person; });
  if (frame == frames.end()) return;
  // "the appointment of A", "the appointment today of A", "A's appointment"
  const bool dated = item + 3 < sentence_.items.size() && sentence_.items[item + 1].kind == ItemKind::date;
  std::uint32_t named = dated ? item + 3 : item + 2;
  const bool of = named < sentence_.items.size() && word(sentence_.items[named - 1].begin) == "of";
  if (of && sentence_.items[named].kind == ItemKind::determiner) ++named;
  if (!of) named = item > 1 && sentence_.items[item - 1].kind == ItemKind::possessive ? item - 2 : kNone;
  if (named == kNone || !clause_.is_actor(named) || !is_person(named)) return;
  std::uint32_t post = std::max(named, item) + 1;
  const std::uint32_t last = post + kPostItemsMax;
  while (post < sentence_.items.size() && post < last && word(sentence_.items[post].begin) != "as" && sentence_.items[post].kind != ItemKind::verb) ++post;
  const bool told_post = post < sentence_.items.size() && post < last && word(sentence_.items[post].begin) == "as";
  if (!told_post && !(clause_.actor(named).post)) return;
  // Its verb: the one before it in the clause, else the one behind.
  std::uint32_t governor = kNone;
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::preposition) break;
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    governor = i;
    break;
  }
  const bool object = governor != kNone;
  if (!object)
    for (std::uint32_t i = item + 1; i < sentence_.items.size() && governor == kNone; ++i)
      if (sentence_.items[i].kind == ItemKind::verb && verb(i).finite) governor = i;
  if (governor == kNone || verb(governor).main == kNoVerb || is_no_fact(verb(governor))) return;
  const Verb& telling = view_.tables->verbs[verb(governor).main];
  if (!makes_known(telling) && !telling.is(VerbTrait::effects)) return;
  Draft draft = draft_at(item, static_cast<std::uint32_t>(std::min<std::size_t>(sentence_.items.size(), std::max(post, named) + 2)));
  draft.type = graph::EventType::appointment;
  draft.rule = frame->rule + ".act";
  draft.confidence = frame->confidence - 0.1;
  draft.sets = frame->sets;
  const Arguments arguments = clause_.of_verb(governor);
  if (object)
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item)) {
        Meant who = meant_of(a.item);
        if (who.level != graph::Level::leader) who = Meant{std::move(who.parties), {}, {}, {}};  // a minister who announces it does not appoint
        draft.takings.push_back({Part::participant, Slot::subject, std::move(who), false});
      }
  if (dated && !draft.date) draft.date = sentence_.dates[sentence_.items[item + 1].index];
  appoint(draft, item, arguments, named);
  take_one(draft, Part::appointee, Slot::object, named);
  take_time_and_place(draft, arguments, governor);
  draft.tense = verb(governor).tense;
  finish(std::move(draft));
}

// "Ms. A, appointed Ambassador to B on 1 February, presented": told of a person in passing, where the day is said.
void SentenceEvents::read_given_post(std::uint32_t item) {
  if (!clause_.is_actor(item) || item + 2 >= sentence_.items.size() || sentence_.items[item + 1].kind != ItemKind::preposition || sentence_.items[item + 2].kind != ItemKind::date) return;
  const ActorMention& actor = clause_.actor(item);
  if (actor.kind != ActorKind::person || !actor.post || actor.persons.empty()) return;
  for (std::uint32_t t = actor.name_end; t < actor.end; ++t) {
    const VerbForm& form = view_.tables->verb_form(view_.tokens[t].word);
    if (!form.participle || form.verb == kNoVerb) continue;
    const std::vector<Frame>& frames = view_.tables->frames[form.verb];
    const auto frame = std::find_if(frames.begin(), frames.end(), [](const Frame& f) { return f.type == graph::EventType::appointment && f.object == ObjectNeed::person; });
    if (frame == frames.end()) continue;
    Draft draft = draft_at(item, item + 3);
    draft.type = graph::EventType::appointment;
    draft.rule = frame->rule + ".aside";
    draft.confidence = frame->confidence - 0.1;
    draft.sets = frame->sets;
    draft.background = true;
    draft.tense = Tense::past;
    draft.date = sentence_.dates[sentence_.items[item + 2].index];
    Meant to;
    to.parties = actor.post->to;
    if (!to.parties.empty()) draft.takings.push_back({Part::participant, Slot::to, to});
    take_one(draft, Part::appointee, Slot::object, item);
    finish(std::move(draft));
    return;
  }
}

}  // namespace entente::importers
