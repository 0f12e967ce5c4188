#include "importers/detect/verb_final.h"

#include <algorithm>

#include "importers/mentions/particles.h"

namespace entente::importers {
namespace {

using graph::EventType;

void add_with_level(Meant& to, const Meant& more) {
  add_meant(to, more);
  if (!to.level) to.level = more.level;
}

class VerbFinal {
 public:
  VerbFinal(const TextView& view, const Sentence& sentence, std::uint32_t index, Cast& cast)
      : view_(view), sentence_(sentence), index_(index), cast_(cast) {}

  std::vector<Draft> run() {
    std::uint32_t from = 0;
    for (std::uint32_t i = 0; i < count(); ++i) {
      if (item(i).kind != ItemKind::verb || !verb(i).finite) continue;
      read_clause(from, i);
      from = i + 1;
    }
    for (const Item& here : sentence_.items) {
      if (here.kind != ItemKind::actor) continue;
      const ActorMention& actor = sentence_.actors[here.index];
      for (const std::uint32_t person : actor.persons) cast_.saw_person(person);
      if (actor.kind == ActorKind::city) cast_.saw_city(actor.city);
      else
        for (const PartyIndex party : actor.parties) cast_.saw_party(party);
    }
    return std::move(drafts_);
  }

 private:
  struct Placed {
    Slot slot = Slot::modifier;
    std::uint32_t item = 0;
  };

  std::uint32_t count() const { return static_cast<std::uint32_t>(sentence_.items.size()); }
  const Item& item(std::uint32_t i) const { return sentence_.items[i]; }
  const VerbGroup& verb(std::uint32_t i) const { return sentence_.verbs[item(i).index]; }
  const ActorMention& actor(std::uint32_t i) const { return sentence_.actors[item(i).index]; }
  bool is_actor(std::uint32_t i) const { return i < count() && item(i).kind == ItemKind::actor; }

  // The slot that the marks right behind an item give it; modifier when none stands there.
  Slot slot_behind(std::uint32_t i) const {
    std::optional<Slot> slot;
    for (std::uint32_t at = i + 1; at < count(); ++at) {
      const auto mark = slot_of_mark(view_, item(at));
      if (!mark) break;
      slot = mark;
    }
    return slot.value_or(Slot::modifier);
  }

  std::uint32_t past_marks(std::uint32_t i) const {
    std::uint32_t at = i + 1;
    while (at < count() && slot_of_mark(view_, item(at))) ++at;
    return at;
  }

  // Who stands where in a clause. "A와 B는": what joins two is no company of the first.
  std::vector<Placed> placed(std::uint32_t from, std::uint32_t to) const {
    std::vector<Placed> all;
    for (std::uint32_t i = from; i < to; ++i)
      if (is_actor(i)) all.push_back({slot_behind(i), i});
    for (std::size_t k = all.size(); k-- > 0;) {
      if (k + 1 >= all.size()) continue;
      std::uint32_t next = past_marks(all[k].item);
      const bool listed = next < count() && (item(next).kind == ItemKind::comma || item(next).kind == ItemKind::conjunction);
      if (listed) ++next;
      const bool beside = all[k + 1].item == next && (listed || all[k].slot == Slot::with);
      if (beside && (all[k + 1].slot == Slot::subject || listed)) all[k].slot = all[k + 1].slot;
    }
    return all;
  }

  // The last event noun of the clause that is not the setting of something else: "회담에서" is.
  std::uint32_t noun_of(std::uint32_t from, std::uint32_t verb_item) const {
    for (std::uint32_t i = verb_item; i-- > from;) {
      if (item(i).kind != ItemKind::noun) continue;
      const Slot slot = slot_behind(i);
      const bool act = slot == Slot::modifier || slot == Slot::object || slot == Slot::subject;
      if (act && noun(i).type) return i;
    }
    return kNone;
  }

  const EventNoun& noun(std::uint32_t i) const { return view_.tables->nouns[sentence_.nouns[item(i).index].noun]; }

  const Frame* frame_of(const VerbGroup& group, const std::vector<Placed>& all) const {
    if (group.main == kNoVerb) return nullptr;
    for (const Frame& frame : view_.tables->frames[group.main]) {
      const bool filled = !frame.required || std::any_of(all.begin(), all.end(), [&](const Placed& p) { return p.slot == *frame.required; });
      if (frame.object == ObjectNeed::none && filled) return &frame;
    }
    return nullptr;
  }

  void read_clause(std::uint32_t from, std::uint32_t verb_item) {
    const VerbGroup& group = verb(verb_item);
    const std::vector<Placed> all = placed(from, verb_item);
    note_subject(all);
    if (group.negated || group.wished) return;
    const Frame* const frame = frame_of(group, all);
    const std::uint32_t act = frame == nullptr ? noun_of(from, verb_item) : kNone;
    if (frame == nullptr && act == kNone) return;
    Draft draft;
    draft.sentence = index_;
    draft.begin = item(from).begin;
    draft.end = item(verb_item).end;
    draft.type = frame != nullptr ? frame->type : *noun(act).type;
    draft.rule = frame != nullptr ? frame->rule : std::string(graph::to_string(draft.type)) + ".final";
    draft.confidence = frame != nullptr ? frame->confidence : kNounConfidence;
    draft.sets = frame != nullptr ? frame->sets : noun(act).sets;
    take_tense(draft, group, verb_item);
    const Parts& parts = frame != nullptr ? frame->parts : noun(act).parts;
    for (const Placed& one : all) take(draft, parts, one);
    if (std::none_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject; })) take_subject_before(draft, parts);
    for (std::uint32_t i = from; i < verb_item; ++i)
      if (item(i).kind == ItemKind::date) draft.date = sentence_.dates[item(i).index];
    if (!draft.date && sentence_.dates.size() == 1) draft.date = sentence_.dates[0];
    Meant participants;
    for (const Taking& taking : draft.takings) add_with_level(participants, taking.who);
    cast_.saw_event(participants);
    drafts_.push_back(std::move(draft));
  }

  // A verb that leaves its time to the next one ("방문하고 ... 만났다") has the time of that.
  void take_tense(Draft& draft, const VerbGroup& group, std::uint32_t verb_item) const {
    draft.tense = group.tense;
    draft.planned = group.planned;
    for (std::uint32_t i = verb_item + 1; i < count() && draft.tense == Tense::unknown; ++i) {
      if (item(i).kind != ItemKind::verb || !verb(i).finite) continue;
      draft.tense = verb(i).tense;
      draft.planned = verb(i).planned;
    }
  }

  void take(Draft& draft, const Parts& parts, const Placed& one) const {
    const ActorMention& who = actor(one.item);
    const bool place = one.slot == Slot::in || one.slot == Slot::at;
    if (who.kind == ActorKind::city) {
      const bool placed = draft.type != EventType::statement && draft.type != EventType::message;
      if (placed && draft.city.empty() && (place || draft.type == EventType::visit)) {
        draft.city = std::string(view_.raw(who.begin, who.end));
        draft.place_country = who.parties[0];
      }
      if (draft.type != EventType::visit) return;
    }
    const Part part = parts[static_cast<std::size_t>(one.slot)];
    if (part == Part::none) {
      if (place && who.kind == ActorKind::party && draft.place_country == kNoParty && who.parties.size() == 1) draft.place_country = who.parties[0];
      return;
    }
    Meant meant = cast_.meant(who);
    if (!meant.empty()) draft.takings.push_back({part, one.slot, std::move(meant), false});
  }

  void take_subject_before(Draft& draft, const Parts& parts) const {
    const Part part = parts[static_cast<std::size_t>(Slot::subject)];
    Meant who = cast_.last_subject();
    if (part == Part::none || who.empty()) return;
    draft.subject_left_out = true;
    draft.takings.push_back({part, Slot::subject, std::move(who), false});
  }

  void note_subject(const std::vector<Placed>& all) const {
    Meant subject;
    for (const Placed& one : all)
      if (one.slot == Slot::subject && actor(one.item).kind != ActorKind::city) add_with_level(subject, cast_.meant(actor(one.item)));
    cast_.saw_subject(subject);
  }

  static constexpr double kNounConfidence = 0.85;

  const TextView& view_;
  const Sentence& sentence_;
  std::uint32_t index_;
  Cast& cast_;
  std::vector<Draft> drafts_;
};

}  // namespace

std::vector<Draft> verb_final_events(const TextView& view, const Sentence& sentence, std::uint32_t index, Cast& cast) {
  return VerbFinal(view, sentence, index, cast).run();
}

}  // namespace entente::importers
