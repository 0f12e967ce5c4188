// The verbs and nouns of a sentence, each asked what it tells.
#include "importers/detect/sentence_events.h"

#include <algorithm>

#include "base/contains.h"
#include "importers/detect/borrowed_dates.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

std::vector<Draft> SentenceEvents::run() {
  used_.assign(sentence_.items.size(), false);
  turn_to_teller();
  read_promises();
  read_behind_inserted();
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::verb) {
      if (!read_sitting(i)) read_verb(i);
      read_delegation(i);
      read_chairs(i);
      read_presence(i);
      read_senders(i);
      read_signers(i);
      read_host(i);
      read_addressing(i);
      read_named_to_lead(i);
      note_subjects(i);
    }
  }
  note_head();
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::determiner) read_sitting_at(i);
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::forum && !used_[i]) read_forum(i);
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    const bool act = (kind == ItemKind::verb || kind == ItemKind::word || kind == ItemKind::noun) && view_.tables->verb_form(view_.tokens[sentence_.items[i].end - 1].word).verb != kNoVerb;
    if (act) {
      read_act(i);
      read_appointment(i);
      read_expulsion(i);
    }
    if (kind == ItemKind::noun) read_gift(i);
    if (kind == ItemKind::actor) read_given_post(i);
    if (act) read_visiting(i);
    if (sentence_.items[i].kind == ItemKind::noun && !used_[i]) read_noun(i);
  }
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::verb) {
      read_ceremony(i);
      read_venue(i);
    }
  read_signed_list();
  drop_denied();
  take_reception_into_summons();
  take_place_at_margins();
  take_paper_sides();
  take_inviters();
  take_announcers();
  if (drafts_.empty()) read_label();
  if (std::all_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.type == EventType::accreditation && !d.has(Part::guest); })) read_next_envoy();
  take_spokesmen();
  read_company();
  prefer_calls();
  take_label();
  share_date();
  borrow_dates(view_, sentence_, drafts_);
  date_by_anniversary();
  for (const Draft& draft : drafts_)
    if (draft.joins_last && (draft.rule == "talk.chairs" || draft.rule == "talk.present" || draft.rule == "talk.delegation"))
      for (const Taking& taking : draft.takings) cast_.saw_more_of_event(taking.who);
  note_nouns();
  for (const Item& item : sentence_.items) {
    if (item.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[item.index];
    if (entry_ != nullptr && entry_->traveller)
      for (const std::uint32_t person : actor.persons) cast_.set_home(person, entry_->countries[0]);
    for (const std::uint32_t person : actor.persons) cast_.saw_person(person);
    if (actor.kind == ActorKind::city) cast_.saw_city(actor.city);
    if (actor.kind == ActorKind::party || actor.kind == ActorKind::city)
      for (const PartyIndex party : actor.parties) cast_.saw_party(party);
  }
  return std::move(drafts_);
}

// "A announced that B will lead the delegation. He also disclosed": who tells goes on telling.
void SentenceEvents::turn_to_teller() {
  std::uint32_t i = 0;
  while (i < sentence_.items.size() && (sentence_.items[i].kind == ItemKind::adverb || sentence_.items[i].kind == ItemKind::comma)) ++i;
  if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::pronoun) return;
  const std::uint32_t tells = i + 1;
  if (tells >= sentence_.items.size() || sentence_.items[tells].kind != ItemKind::verb) return;
  const VerbId main = verb(tells).main;
  if (main != kNoVerb && verb(tells).finite && !verb(tells).passive && view_.tables->verbs[main].kind == VerbKind::report) cast_.turn_to_teller(index_);
}

// "While in the country, President A will:" over a list of what he will do: whom its points are about.
void SentenceEvents::note_head() {
  if (!ends_with_colon(view_, sentence_)) return;
  if (std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [](const VerbGroup& group) { return group.finite; })) return;
  for (std::uint32_t i = static_cast<std::uint32_t>(sentence_.items.size()); i-- > 0;)
    if (clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::person) {
      cast_.saw_subject(meant_of(i));
      return;
    }
}

// What the line over a list says of when and where its points were, unless it tells of something by itself.
void SentenceEvents::take_from_head(Draft& draft) const {
  if (sentence_.head == kNone) return;
  const Sentence& head = view_.sentences[sentence_.head];
  const bool of_somebody = std::any_of(head.actors.begin(), head.actors.end(), [](const ActorMention& actor) { return actor.kind == ActorKind::person; });
  if (!of_somebody || !head.nouns.empty() || !head.forums.empty() || head.dates.size() > 1) return;
  if (!draft.date && head.dates.size() == 1) draft.date = head.dates[0];
  if (!draft.city.empty() || draft.place_country != kNoParty || draft.type == EventType::statement || draft.type == EventType::message || draft.type == EventType::visit) return;
  for (std::size_t i = 1; i < head.items.size(); ++i) {
    if (head.items[i].kind != ItemKind::actor || head.actors[head.items[i].index].kind != ActorKind::city || view_.word(head.items[i - 1].begin) != "in") continue;
    const ActorMention& town = head.actors[head.items[i].index];
    draft.city = std::string(view_.raw(town.begin, town.end));
    draft.place_country = town.parties.empty() ? kNoParty : town.parties[0];
    return;
  }
}

// Whether a participle says whose the gift is that the verb right before it hands over.
bool SentenceEvents::tells_gift_of_last(std::uint32_t item) const {
  if (drafts_.empty() || drafts_.back().type != EventType::aid || item < 2) return false;
  if (sentence_.items[item - 1].kind != ItemKind::word && sentence_.items[item - 1].kind != ItemKind::noun) return false;
  std::uint32_t before = item - 1;
  while (before > 0 && (sentence_.items[before].kind == ItemKind::word || sentence_.items[before].kind == ItemKind::noun || sentence_.items[before].kind == ItemKind::number || sentence_.items[before].kind == ItemKind::determiner)) --before;
  return sentence_.items[before].kind == ItemKind::verb && item + 1 < sentence_.items.size() && word(sentence_.items[item + 1].begin) == "by" && drafts_.back().begin <= sentence_.items[before].begin && drafts_.back().end >= sentence_.items[before].end;
}

// "met twice in 2022", "had met three times": how often; nothing where the words do not say it.
std::optional<int> SentenceEvents::times_done(const VerbGroup& group) const {
  constexpr std::uint32_t kReach = 16;  // tokens
  for (std::uint32_t t = group.begin; t < sentence_.end && t < group.end + kReach; ++t) {
    if (view_.tokens[t].punct) return std::nullopt;
    if (!view_.info(t).is(WordClass::repeatedly)) continue;
    if (word(t) == "twice") return 2;
    if (word(t) == "thrice") return 3;
    const Token& before = view_.tokens[t - 1];
    return t > group.begin && before.number > 1 && !before.ordinal ? std::optional<int>(before.number) : std::nullopt;
  }
  return std::nullopt;
}

void SentenceEvents::read_verb(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  // "talks with the delegation of A led by B": says who led it, which is taken with the delegation
  if (group.bare_participle && item > 0 && is_delegation(item - 1) && group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::attend) return;
  const Arguments& own = clause_.of_verb(item);
  std::optional<Arguments> turned;
  auto filled = match(group, item, own);
  // "By a statement adopted in A by B, the two sides", "a communiqué signed by A and B sets up": the form is a past as well as a
  // participle; where as a past it tells nothing, it says what was done to the phrase before it.
  if (!filled && group.bare_participle && group.finite && !group.elided && !group.passive)
    if (turned = turn_passive(item, own); turned) {
      filled = match(group, item, *turned);
      // "in a message addressed to the people of A, B offered congratulations": what the message says is told behind it
      if (!filled || filled->object == kNone || filled->object >= item || filled->frame->type == EventType::message) {
        filled.reset();
        turned.reset();
      }
    }
  const Arguments& said = turned ? *turned : own;
  if (filled && filled->object != kNone && filled->object == paid_) return;  // told with its reception
  // "exchanged views in a telephone conversation held on Tuesday": what is said of the noun, which is read with the verb that governs it
  if (filled && group.bare_participle && !group.finite && filled->object != kNone && filled->object + 1 == item && clause_.is_event_noun(filled->object) && view_.tables->verbs[group.main].kind == VerbKind::light && tells_in(filled->object)) return;
  const bool ordered = filled && is_ordered(group, *filled->frame, said);
  const bool given_up = filled && is_given_up(group, *filled->frame, said);
  if (!filled || (is_no_fact(group) && !ordered && !given_up && !is_voiced_wish(group, *filled->frame))) {
    if (filled && filled->object != kNone && is_no_fact(group)) used_[filled->object] = true;
    if (filled) drop_frame(*filled->frame, said, why_no_fact(group));
    return;
  }
  // "thanked those who had offered their sympathy": a position of nobody who is named
  if (filled->frame->type == EventType::statement && group.finite && item > 0 && sentence_.items[item - 1].kind == ItemKind::relative && !said.has(Slot::subject)) {
    drop_frame(*filled->frame, said, "a position of somebody else");
    return;
  }
  if (const bool denied = denies_object(group); denied || is_supposed(item)) {
    if (filled->object != kNone) used_[filled->object] = true;
    drop_frame(*filled->frame, said, denied ? "said not to have happened" : "only possible");
    return;
  }
  const bool qualifies = group.gerund && !group.finite && item > 0 && (sentence_.items[item - 1].kind == ItemKind::word || sentence_.items[item - 1].kind == ItemKind::noun);  // "entities supporting A"
  if (is_idle_infinitive(item) || ((group.infinitive || qualifies) && filled->frame->type == EventType::statement)) {
    if (filled->object != kNone) used_[filled->object] = true;
    drop_frame(*filled->frame, said, "what a noun or adjective is about, not what was done");
    return;
  }
  Arguments arguments = said;  // of its own: what follows makes persons of names
  // "delivered to Minister A a letter to President B": who takes it is not whom it is for
  if (filled->frame->type == EventType::message && filled->object != kNone && clause_.is_event_noun(filled->object) && clause_.of_noun(filled->object).has(Slot::to))
    std::erase_if(arguments.all, [&](const Argument& a) { return a.slot == Slot::to && a.item < filled->object; });
  const Frame& frame = *filled->frame;
  // "recalled with emotion the heroes", "convened the ministers": only envoys are called home or in.
  if ((frame.rule == "expulsion.recalled" || frame.rule == "summon.convened") && filled->object != kNone) {
    const ActorMention& who = clause_.actor(filled->object);
    const bool envoy = who.post && (who.post->kind == PostKind::ambassador || who.post->kind == PostKind::envoy || who.post->kind == PostKind::director);
    const bool known = std::any_of(who.persons.begin(), who.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::ambassador || cast_.persons()[p].kind == PostKind::envoy; });
    if (!envoy && !known && (who.kind != ActorKind::pronoun || frame.type == EventType::summon)) return;
  }
  // "It was handed over by Minister A": how the message told before came.
  const bool it_came = frame.type == EventType::message && group.passive && filled->object != kNone && clause_.is_actor(filled->object) && clause_.actor(filled->object).kind == ActorKind::it && !arguments.has(Slot::to) && !arguments.has(Slot::from);
  // "received a message from A, delivered by B": how the message before it came.
  if (frame.type == EventType::message && group.bare_participle && !group.finite && filled->object != kNone && filled->object < item && used_[filled->object]) return;
  if (frame.rule == "visit.is-in" && (is_something_there(item) || (arguments.dates.empty() && arguments.places.empty() && !arguments.has(Slot::in) && !arguments.has(Slot::at) && !arguments.has(Slot::to)))) return;
  if (frame.rule == "meeting.met" && group.passive && !arguments.has(Slot::by)) return;  // "the conditions are no longer met"
  if (frame.type == EventType::visit && comes_home(item)) {
    drop_frame(frame, said, "the way home");
    return;
  }
  // "Welcoming the Ambassador, she praised": within a talk told elsewhere; "congratulated A on assuming office": what for; "is now accredited
  // to A": what one is
  const bool what_for = frame.type == EventType::appointment && group.gerund && !group.finite && item > 0 && word(sentence_.items[item - 1].begin) == "on";
  const bool in_passing = frame.rule == "meeting.welcomed" && group.gerund && !group.finite;
  const bool state = frame.type == EventType::accreditation && group.passive && group.tense == Tense::present && !group.planned;
  if (what_for || ((in_passing || state) && arguments.dates.empty() && arguments.places.empty())) {
    drop_frame(frame, said, state ? "what somebody is, not what was done" : "said of a talk told elsewhere");
    return;
  }
  // "The leaders gathered for the 48th Summit": so is it there.
  const auto states = [&] {
    constexpr std::size_t kMany = 3;
    std::size_t count = 0;
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item))
        for (const PartyIndex party : clause_.actor(a.item).parties) count += view_.tables->parties[party].kind == graph::EntityKind::organisation ? kMany : 1;
    return count;
  };
  const bool for_it = group.end + 1 < sentence_.end && word(group.end) == "for" && (word(group.end + 1) == "it" || word(group.end + 1) == "them");  // for what was told before
  if (frame.rule == "meeting.gathered" && (arguments.has(Slot::by) || for_it || has_forum() || states() < (group.planned ? 3U : 2U))) return;
  if (frame.type == EventType::meeting && frame.object == ObjectNeed::none)
    for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i)
      if (sentence_.items[i].kind == ItemKind::forum && !sentence_.forums[sentence_.items[i].index].generic && met_for(i) == item) return;  // read with the forum
  // "The Association Council met in Brussels": the forum is the event.
  if (frame.type == EventType::meeting && frame.object == ObjectNeed::none &&
      std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::subject && sentence_.items[a.item].kind == ItemKind::forum; }))
    return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = frame.type;
  draft.rule = frame.rule;
  draft.confidence = frame.confidence;
  draft.sets = frame.sets;
  // "The meeting, attended by A and by B", "The meeting was opened by A": who was at what was told before
  const bool of_before = filled->object != kNone && filled->object > 0 && word(sentence_.items[filled->object - 1].begin) == "the" && clause_.of_noun(filled->object).all.empty() && arguments.dates.empty();
  if ((frame.rule == "meeting.attended" || frame.rule == "meeting.opened") && (group.passive || group.bare_participle) && of_before) {
    Draft present = draft;
    present.rule = "talk.present";
    present.joins_last = true;
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::by && clause_.is_actor(a.item)) take_one(present, Part::participant, Slot::subject, a.item);
    if (!present.takings.empty()) {
      used_[filled->object] = true;
      drafts_.push_back(std::move(present));
      return;
    }
  }
  take_status(draft, group);
  // "was asked to come to the Ministry in A": summoned, no journey
  const VerbGroup* const bidding = group.infinitive && frame.type == EventType::visit && item > 0 && sentence_.items[item - 1].kind == ItemKind::verb ? &verb(item - 1) : nullptr;
  if (bidding != nullptr && bidding->passive && bidding->main != kNoVerb) {
    const std::vector<Frame>& frames = view_.tables->frames[bidding->main];
    if (std::any_of(frames.begin(), frames.end(), [](const Frame& f) { return f.type == EventType::summon; })) return;
  }
  // "will travel to A before continuing to B"
  const bool goes_on = group.gerund && frame.type == EventType::visit && item > 0 && sentence_.items[item - 1].kind == ItemKind::preposition && word(sentence_.items[item - 1].begin) == "before";
  if ((group.infinitive || goes_on) && !draft.cancelled && (serves_planned(item) || (frame.type == EventType::mission && is_decided(item)))) draft.planned = true;
  if (group.infinitive && item > 0 && sentence_.items[item - 1].kind == ItemKind::word && (view_.info(sentence_.items[item - 1].end - 1).is(WordClass::expected) || accepts_invitation(item))) draft.planned = true;
  const bool may_be_off = draft.type == EventType::visit || draft.type == EventType::agreement || draft.type == EventType::meeting;
  if (may_be_off && draft.planned && (is_dropped_behind(item) || is_off_behind(item))) draft.cancelled = true;
  if (filled->object != kNone && clause_.is_event_noun(filled->object)) {
    used_[filled->object] = true;
    if (frame.type == EventType::agreement) use_subject_matter(filled->object);
    const Arguments of_noun = clause_.of_noun(filled->object);
    const EventNoun& noun = clause_.event_noun(filled->object);
    take_noun_words(draft, filled->object, of_noun.begin, arguments.has(Slot::subject));
    // "agreed to hold the meeting": one that was spoken of already.
    draft.anaphoric = draft.anaphoric && draft.takings.empty() && of_noun.all.empty() && !arguments.has(Slot::with) && !arguments.has(Slot::between) && !arguments.has(Slot::to) && !arguments.has(Slot::by) && noun.type.has_value();
    for (const Argument& a : of_noun.all) {
      Part part = frame.parts[static_cast<std::size_t>(a.slot)];
      if (part == Part::none) part = noun.parts[static_cast<std::size_t>(a.slot)];
      take_one(draft, part, a.slot, a.item);
    }
    if (!draft.sets.stance) draft.sets.stance = noun.sets.stance;
    if (!draft.sets.mode && noun.type == draft.type) draft.sets.mode = noun.sets.mode;
    if (!draft.sets.level) draft.sets.level = noun.sets.level;
    // "to pay a visit from 26 to 29 May" has the time behind the noun, which the verb's arguments reach as well.
    take_time_and_place(draft, of_noun, filled->object);
  }
  const NounClass meant_class = frame.object == ObjectNeed::noun ? frame.object_class : frame.subject_class;
  if (filled->object != kNone && meant_class != kNoClass) {
    if (sentence_.items[filled->object].kind == ItemKind::actor) take_noun_meant(draft, filled->object, meant_class);
    noun_class_ = meant_class;
  }
  if (frame.sets.here && cast_.own() != kNoParty) draft.takings.push_back({Part::host, Slot::to, Meant{{cast_.own()}, {}, {}, {}}});
  if (frame.type == EventType::appointment) appoint(draft, item, arguments, appointee_of(frame, arguments, filled->object));
  if (frame.type == EventType::accreditation && frame.parts[static_cast<std::size_t>(Slot::subject)] == Part::guest)
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::name)
        cast_.add_person(sentence_.actors[sentence_.items[a.item].index], kNoParty, "Ambassador", graph::Level::working);
  Parts parts = frame.parts;
  Part& by = parts[static_cast<std::size_t>(Slot::by)];
  if (by == Part::none && (group.passive || group.bare_participle)) by = parts[static_cast<std::size_t>(Slot::subject)];  // received by the President
  take_arguments(draft, parts, arguments);
  if (frame.type == EventType::statement) take_quoted(draft, item);
  // "appointed Mr. A its first High Commissioner to B": the post is no appointee
  if (frame.type == EventType::appointment && std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part == Part::appointee && !t.who.persons.empty(); }))
    for (Taking& taking : draft.takings)
      if (taking.part == Part::appointee && taking.who.persons.empty()) taking.part = Part::participant;
  if (frame.type == EventType::message && frame.subject_class != kNoClass && draft.has(Part::sender)) draft.anaphoric = false;  // "The warm congratulations came from A"
  if (frame.sets.together && !are_together(draft)) {
    drop(draft, "not said of two sides together");
    return;
  }
  if (lacks_actor(draft, group)) {
    drop(draft, "nobody who could have done it");
    return;
  }
  take_target_behind(draft, item);
  if (frame.type == EventType::statement) take_addressees(draft, item);
  if (frame.type == EventType::aid) take_helped(draft, arguments);
  if (frame.type == EventType::aid && tells_gift_of_last(item)) {  // "handed over 24 ambulances gifted by A to B"
    for (Taking& taking : draft.takings)
      if (taking.slot != Slot::subject) drafts_.back().takings.push_back(std::move(taking));
    return;
  }
  take_elided_subject(draft, group, frame.parts[static_cast<std::size_t>(Slot::subject)]);
  take_accompanying(draft, item);
  for (std::uint32_t t = group.begin; t < std::min(sentence_.end, group.end + 2); ++t) draft.each = draft.each || word(t) == "separately";
  if (!draft.count) draft.count = times_done(group);
  draft.afterwards = is_told_afterwards(item);
  take_time_and_place(draft, arguments, item);
  if (frame.type == EventType::meeting) take_journey_before(draft, item);
  // "A and B, meeting in C on 13 May, agreed to open a consulate": the day on which they agreed
  if (group.infinitive && draft.planned && draft.date && frame.type != EventType::aid)
    for (std::uint32_t i = item; i-- > 0;) {
      if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) break;
      if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
      if (verb(i).tense == Tense::past && !verb(i).planned && draft.date->end <= verb(i).begin) draft.date.reset();
      break;
    }
  // "discussed developments in Gaza": a town of neither side is what they spoke of
  const auto of_none = [&] {
    return !draft.city.empty() && std::none_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return contains(taking.who.parties, draft.place_country); });
  };
  if (frame.rule == "meeting.discussed-together" && of_none()) draft.city.clear();
  // "The Ministers discussed trade": more of a talk told before, unless it says when or where.
  if (frame.sets.together && draft.city.empty()) {
    draft.place_country = kNoParty;  // "in Ukraine" is what they spoke of
    if (!draft.date) draft.anaphoric = true;
  }
  // "discussed the matter with Nordic and Baltic colleagues at the Meeting": who took part in that
  const bool of_region = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::with && clause_.is_actor(a.item) && clause_.actor(a.item).parties.size() > 3 && clause_.actor(a.item).persons.empty(); });
  if (draft.type == EventType::meeting && of_region && has_forum()) {
    drop(draft, "said of a talk told elsewhere");
    return;
  }
  // "The Council decided to impose measures", "relations will be conducted from now on at the level of": done by saying so
  const bool decision = !group.negated && is_decision(group);
  const bool decided = decision || (!group.negated && group.infinitive && is_decided(item));
  const bool lowers = draft.sets.stage == graph::Stage::downgraded || draft.sets.stage == graph::Stage::severed || draft.sets.stage == graph::Stage::suspended;
  const bool by_decision = (decided && (frame.type == EventType::sanction || frame.type == EventType::expulsion)) || (lowers && decision) || (draft.sets.stage == graph::Stage::downgraded && !draft.date);
  if (by_decision) draft.planned = false;
  if (frame.type == EventType::visit) take_host_before(draft, item);
  if (frame.type == EventType::visit) take_visit_behind(draft, item);
  if (frame.type == EventType::visit) take_stay(draft, group, arguments);
  if (frame.type == EventType::aid) take_decision(draft, item);
  // "The Minister announced a grant to B": in the talk told before
  const bool announces = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::report && group.finite && !group.passive && group.tense == Tense::past;
  if (frame.type == EventType::aid && announces) draft.beside = true;
  if (frame.type == EventType::aid && !draft.date && group.bare_participle && !group.finite) take_ceremony(draft, item);
  // "on the occasion of assuming her duties": said in passing, of no day.
  const auto since = [&] {  // "the third trip since she took office"
    for (std::uint32_t t = group.begin; t > sentence_.begin && t + 4 > group.begin; --t)
      if (word(t - 1) == "since" || view_.info(t - 1).is(WordClass::span_end)) return true;  // "until she takes up her duties"
    return false;
  };
  // "signed on Thursday a decree appointing A as Ambassador": done with the paper, on its day
  const bool by_decree = group.gerund && group.begin > sentence_.begin && view_.info(group.begin - 1).is(WordClass::decree);
  if (frame.type == EventType::appointment && !draft.date && by_decree)
    for (std::uint32_t i = item; i-- > 0 && !draft.date;)
      if (sentence_.items[i].kind == ItemKind::date) draft.date = sentence_.dates[sentence_.items[i].index];
  const bool to_begin = frame.rule == "appointment.office" && draft.planned;  // "will take up his duties after Easter"
  if (frame.type == EventType::appointment && !draft.date && ((group.gerund && !by_decree) || to_begin || since())) {
    drop(draft, "mentioned in passing, without a date");
    return;
  }
  if (frame.type == EventType::statement && is_within_message()) {
    drop(draft, "said inside a message");
    return;
  }
  // "Minister A welcomed his counterpart" says that they met only where it says when or where.
  if (frame.rule == "meeting.welcomed" && !draft.date && draft.city.empty()) draft.anaphoric = true;
  // "They had a wide-ranging discussion", "The two sides had an exchange of views": more of the talk told before.
  const bool exchange = filled->object != kNone && word(sentence_.items[filled->object].begin) == "exchange";
  const bool they = draft.type == EventType::meeting && frame.object == ObjectNeed::noun && !draft.date && draft.city.empty() &&
                    std::all_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot != Slot::subject || (clause_.is_actor(a.item) && (clause_.actor(a.item).kind == ActorKind::plural || (exchange && clause_.actor(a.item).kind == ActorKind::both))); }) &&
                    arguments.has(Slot::subject) && !arguments.has(Slot::with);
  if (they) draft.anaphoric = true;
  if (frame.type == EventType::message) {
    take_letter_behind(draft, item);
    take_addressed(draft, item);
  }
  if (frame.type == EventType::accreditation) take_post_presented(draft, arguments);
  if (frame.type == EventType::accreditation || frame.type == EventType::agreement || frame.type == EventType::relations || frame.type == EventType::mission) take_ceremony_there(draft, item);
  if (frame.type == EventType::message && !draft.sets.stance) draft.sets.stance = stance_behind(item);
  if (frame.type == EventType::message && opens_with_letter()) draft.sets.voiced = false;
  take_mode(draft, item, arguments);
  take_mode_before(draft, item);
  if (draft.type == EventType::meeting && frame.object == ObjectNeed::noun && std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.who.persons.empty() && !t.who.level; })) take_level(draft, item);
  take_present(draft);
  become_accreditation(draft, item);
  become_arrival(draft, item);
  become_call(draft, item);
  draft.position = takes_position(draft, item, arguments);
  if (it_came) draft.anaphoric = true;
  if (ordered) draft.planned = true;
  if (given_up) draft.cancelled = true;
  // "conducted the consultation and had discussions": with nobody named, a part of the talk before.
  if (draft.type == EventType::meeting && frame.object == ObjectNeed::noun && draft.takings.size() <= 2 && !draft.date && !group.passive &&
      std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject; }) && has_forum())
    draft.anaphoric = true;
  if (filled->object != kNone) become_relations(draft, filled->object);
  if (filled->object != kNone && draft.type == EventType::agreement) follow_paper(draft, filled->object);
  if (draft.type == EventType::agreement && filled->object != kNone) name_paper(draft, filled->object);
  draft.separable = filled->object == kNone || sentence_.items[filled->object].kind == ItemKind::actor ||
                    (sentence_.items[filled->object].kind == ItemKind::noun && is_plural_noun(filled->object));
  // "held a call with A, and, later in the day, another with B"
  for (std::uint32_t t = group.end; t + 1 < sentence_.end && !draft.separable; ++t) draft.separable = word(t) == "another" && word(t + 1) == "with";
  if (frame.type == EventType::visit && group.gerund == false && group.tense == Tense::present) draft.under_way = true;
  std::vector<Draft> more = other_papers(draft, arguments, filled->object);
  for (Draft& other : other_partners(draft, item, arguments)) more.push_back(std::move(other));
  if (more.empty())
    for (Draft& other : other_talks(draft, item)) more.push_back(std::move(other));
  if (more.empty())
    for (Draft& other : other_subjects(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_legs(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_donors(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_letters(draft)) more.push_back(std::move(other));
  for (Draft& other : other_missions(draft, filled->object)) more.push_back(std::move(other));
  finish(std::move(draft));
  for (Draft& other : more) finish(std::move(other));
}

void SentenceEvents::read_noun(std::uint32_t item) {
  const EventNoun& noun = view_.tables->nouns[sentence_.nouns[sentence_.items[item].index].noun];
  if (!noun.type) return;
  if (noun.type == EventType::message && is_posted(item)) return;  // to nobody
  const Arguments own = clause_.of_noun(item);
  Draft draft = draft_at(own.begin, own.end);
  draft.type = *noun.type;
  draft.rule = std::string(graph::to_string(*noun.type)) + ".noun";
  draft.confidence = 0.75;
  draft.sets = noun.sets;
  draft.background = true;
  draft.separable = noun.plural;
  take_noun_words(draft, item, own.begin, false);
  take_arguments(draft, noun.parts, own);
  take_time_and_place(draft, own, item);
  take_nearby_planning(draft, item);
  take_company(draft, item);
  if (draft.type == EventType::visit) take_traveller_behind(draft, item);
  take_guest_before(draft, own.begin);
  take_telling_verb(draft, item, own.begin);
  const Clause::Governor governor = clause_.governor(item);
  if (governor.verb != kNone) {
    const VerbGroup& group = verb(governor.verb);
    const VerbKind kind = group.main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[group.main].kind;
    // "The call addressed relations between A and B, and the border with C": what a talk is about takes no part in it.
    // "A visit to A is under consideration"
    if (group.copula && governor.subject && group.end + 1 < sentence_.end && word(group.end) == "under" && view_.info(group.end + 1).is(WordClass::considering)) {
      drop(draft, "only possible");
      return;
    }
    const bool topic = governor.subject && kind == VerbKind::attend && group.finite && !group.passive && !group.bare_participle;
    const bool its_own = governor.subject || kind == VerbKind::light || kind == VerbKind::chair || kind == VerbKind::attend || kind == VerbKind::plan || kind == VerbKind::cancel || group.copula;
    if (its_own && (kind == VerbKind::light || kind == VerbKind::occur || kind == VerbKind::plan || kind == VerbKind::cancel || kind == VerbKind::shift || kind == VerbKind::chair || kind == VerbKind::attend || group.copula || group.passive || group.bare_participle)) {
      if (is_called_off(group, governor)) draft.cancelled = true;
      else if (is_no_fact(group)) {
        drop(draft, why_no_fact(group));
        return;
      }
      take_status(draft, group);
      if (kind == VerbKind::plan && !governor.subject && is_dropped_behind(governor.verb)) draft.cancelled = true;  // "A visit which he had planned for May was called off"
      const Arguments outer = clause_.of_verb(governor.verb);
      for (const Argument& a : outer.all) {
        if (topic || a.item == item || (governor.subject && a.slot == Slot::subject)) continue;
        if (a.slot == Slot::object && governor.subject) continue;
        Part part = noun.parts[static_cast<std::size_t>(a.slot)];
        if (a.slot == Slot::subject && part == Part::none) part = Part::participant;
        if (kind == VerbKind::chair && (a.slot == Slot::by || a.slot == Slot::subject)) part = Part::chair;
        const bool already = std::any_of(own.all.begin(), own.all.end(), [&](const Argument& o) { return o.item == a.item; });
        if (!already && !(a.slot == Slot::object)) take_one(draft, part, a.slot, a.item);
      }
      take_time_and_place(draft, outer, item);
      take_mode(draft, governor.verb, outer);
      take_joined_verbs(draft, item, governor.verb);
      draft.background = false;
      draft.confidence = 0.85;
      if (group.copula && group.tense == Tense::present) draft.under_way = true;
    } else if (group.wished || (group.main != kNoVerb && kind == VerbKind::wish)) {
      drop(draft, "hoped for or agreed to, not done");
      return;
    } else if (group.negated && governor.subject) {
      drop(draft, why_no_fact(group));
      return;
    }
  }
  take_programme(draft, governor.verb);
  take_partner_planned(draft, item);
  take_time_behind(draft, item);
  take_level(draft, item);
  if (governor.verb == kNone || verb(governor.verb).gerund || (verb(governor.verb).bare_participle && draft.takings.empty())) take_talker(draft, item, own);  // "Following a meeting"
  take_returning(draft, item);
  take_journey(draft, item, own);
  if (!take_letter(draft, item)) take_letter_inside(draft, item);
  if (is_idle(draft, governor)) {
    drop(draft, "what a noun or adjective is about, not what was done");
    return;
  }
  // "accepted her good wishes": said in a talk, to nobody else
  const bool accepted = governor.verb != kNone && verb(governor.verb).main != kNoVerb && view_.tables->verbs[verb(governor.verb).main].is(VerbTrait::accepts);
  const bool wishes = accepted && draft.type == EventType::message && draft.background && !draft.takings.empty() && std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::possessor; });
  if (wishes && own.dates.empty()) {
    drop(draft, "mentioned in passing, without a date");
    return;
  }
  finish(std::move(draft));
}

// "in a telephone conversation", "during a meeting": the noun of a talk in which somebody said or did something.
bool SentenceEvents::tells_in(std::uint32_t noun) const {
  const std::optional<EventType> type = clause_.event_noun(noun).type;
  if (type != EventType::call && type != EventType::meeting) return false;
  std::uint32_t before = noun;
  while (before > 0 && (sentence_.items[before - 1].kind == ItemKind::determiner || sentence_.items[before - 1].kind == ItemKind::word)) --before;
  if (before == 0 || sentence_.items[before - 1].kind != ItemKind::preposition) return false;
  const Word link = word(sentence_.items[before - 1].begin);
  return link == "in" || link == "during" || link == "at";
}

// "Conveyed this to his counterpart in a telephone call", "told X at a meeting": who speaks and who is spoken to met.
void SentenceEvents::take_telling_verb(Draft& draft, std::uint32_t item, std::uint32_t begin) {
  const bool talk = draft.type == EventType::call || draft.type == EventType::meeting;
  if (!talk || !draft.single || !draft.takings.empty() || begin == 0) return;
  const Item& before = sentence_.items[begin - 1];
  const Word link = word(before.begin);
  if (before.kind != ItemKind::preposition || (link != "in" && link != "during" && link != "at" && link != "by")) return;
  for (std::uint32_t i = begin - 1; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return;
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    if (verb(i).passive || is_no_fact(verb(i)) || verb(i).main == kNoVerb) return;
    const Arguments arguments = clause_.of_verb(i);
    bool spoken_to = false;
    for (const Argument& a : arguments.all) {
      if (!clause_.is_actor(a.item) || a.item > item) continue;
      const bool other = a.slot == Slot::object || a.slot == Slot::to || a.slot == Slot::with;
      if (!(a.slot == Slot::subject || (other && is_person(a.item)))) continue;
      take_one(draft, Part::participant, a.slot == Slot::to ? Slot::with : a.slot, a.item);
      spoken_to = spoken_to || other;
    }
    if (!spoken_to) {
      draft.takings.clear();
      return;
    }
    take_time_and_place(draft, arguments, item);
    take_status(draft, verb(i));
    draft.background = false;
    return;
  }
}

void SentenceEvents::finish(Draft draft) {
  if (draft.promised && !draft.date && draft.city.empty()) return;
  // "sent a cable to A, expressing condolences": said in the letter
  const bool in_letter = draft.type == EventType::statement && (draft.sets.stance == graph::Stance::condole || draft.sets.stance == graph::Stance::congratulate);
  if (in_letter && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::message && !d.background && d.sets.stance == draft.sets.stance; })) return;
  drop_doer_as_target(draft);
  receive_envoy(draft);
  // "Ambassador A presented her credentials in Prague on 6 June": to the state of the town, where no other received them
  const bool nobody_receives = draft.type == EventType::accreditation && draft.has(Part::guest) && !draft.has(Part::host) && draft.place_country != kNoParty;
  if (nobody_receives && std::none_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return contains(t.who.parties, draft.place_country); }))
    draft.takings.push_back({Part::host, Slot::in, Meant{{draft.place_country}, {}, {}, {}}, false});
  if (draft.type == EventType::visit) {
    // "arrived in A yesterday and is due to leave tomorrow": the end of that stay
    const bool ends_other = draft.date && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::visit && d.until && d.until->begin == draft.date->begin && d.has(Part::guest) && d.has(Part::host); });
    if (ends_other) return;
    take_leader(draft);
    take_span(draft);
  }
  if (!draft.background) take_from_head(draft);
  draft.at_margins = is_at_margins();
  draft.at_building = draft.city.empty() && is_at_building(draft);
  drop_bearer(draft);
  if (!draft.date && !draft.background) draft.within_talk = is_within_talk();
  if (!draft.date && !draft.background) draft.beside = draft.beside || is_beside_act() || (draft.type == EventType::aid && is_under_paper());
  if (!draft.date) draft.within_visit = is_within_visit();
  take_entry(draft);
  take_both(draft);
  take_speaker(draft);
  take_thanked(draft);
  Meant all;
  for (const Taking& taking : draft.takings) {
    add_meant(all, taking.who);
  }
  if (noun_class_ != kNoClass) cast_.saw_noun(noun_class_, all.parties);
  // "exchanged the instruments of ratification of the Treaty. It will enter into force": the paper
  if (draft.type == EventType::agreement && draft.sets.stage == graph::Stage::ratified && all.parties.size() > 1)
    if (const auto paper = std::find(view_.tables->noun_classes.begin(), view_.tables->noun_classes.end(), "agreement"); paper != view_.tables->noun_classes.end())
      cast_.saw_noun(static_cast<NounClass>(paper - view_.tables->noun_classes.begin()), all.parties);
  noun_class_ = kNoClass;
  // "held talks with A, who had arrived that morning": the talks stay what "the two" means.
  const bool aside = draft.type == EventType::visit && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::meeting && d.takings.size() > 1; });
  if ((draft.type != EventType::statement || all.persons.size() > 1) && !aside) cast_.saw_event(all);
  if (draft.type == EventType::summon) cast_.saw_summon();
  drafts_.push_back(std::move(draft));
}

void SentenceEvents::note_subjects(std::uint32_t item) {
  if (!verb(item).finite) return;
  const Arguments& arguments = clause_.of_verb(item);
  Meant subject;
  for (const Argument& a : arguments.all)
    if (a.slot == (verb(item).passive ? Slot::object : Slot::subject)) {
      const Meant who = meant_of(a.item);
      add_meant(subject, who);
      if (!subject.level) subject.level = who.level;
    }
  if (!verb(item).passive && !verb(item).copula)
    for (const std::uint32_t person : subject.persons) cast_.person(person).acted = true;
  // "A received B, who was on a visit. He spoke with C": A did.
  const bool in_passing = verb(item).copula && item > 0 && sentence_.items[item - 1].kind == ItemKind::relative && std::any_of(sentence_.items.begin(), sentence_.items.begin() + item, [&](const Item& x) { return x.kind == ItemKind::verb && sentence_.verbs[x.index].finite && !sentence_.verbs[x.index].passive; });
  if (!in_passing) cast_.saw_subject(subject);
  const VerbId main = verb(item).main;
  if (main != kNoVerb && !verb(item).passive && view_.tables->verbs[main].kind == VerbKind::report && subject.persons.size() == 1) cast_.saw_teller(subject, index_);
}

}  // namespace entente::importers
