// Relations that a text tells in a roundabout way: by the paper that establishes them, or by an anniversary.
#include <algorithm>
#include <cstdlib>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr int kAnniversaryMax = 300;
constexpr std::uint32_t kActItemsMax = 14;  // from the paper to the act that it is about

}  // namespace

// "signed a joint communiqué on the establishment of diplomatic relations", "... by which diplomatic relations were
// restored": the relations are the event, the paper is how it was done.
void SentenceEvents::become_relations(Draft& draft, std::uint32_t agreement) {
  if (draft.type != graph::EventType::agreement || draft.sets.stage != graph::Stage::signed_) return;
  for (std::uint32_t i = agreement + 1; i < sentence_.items.size() && i < agreement + kActItemsMax; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop) return;
    const VerbForm& form = view_.tables->verb_form(view_.tokens[here.end - 1].word);
    const bool act = (here.kind == ItemKind::word || here.kind == ItemKind::verb) && form.verb != kNoVerb && (form.noun || form.gerund || form.participle || form.base);
    if (!act || (i > agreement + 1 && word(sentence_.items[i - 1].begin) == "the" && word(sentence_.items[i - 2].begin) == "at")) continue;  // "at the end of their talks"
    const VerbId main = here.kind == ItemKind::verb ? verb(i).main : form.verb;
    if (main == kNoVerb) continue;
    for (std::uint32_t object = agreement + 1; object < sentence_.items.size() && object < i + kActItemsMax; ++object) {
      if (sentence_.items[object].kind != ItemKind::noun) continue;
      for (const Frame& frame : view_.tables->frames[main]) {
        if (frame.type != graph::EventType::relations || frame.object != ObjectNeed::noun || class_of(object) != frame.object_class) continue;
        // A declaration that proclaims a partnership is one event, the partnership another.
        if (frame.sets.stage == graph::Stage::upgraded || frame.sets.stage == graph::Stage::downgraded) return;
        draft.type = graph::EventType::relations;
        draft.rule = frame.rule + ".paper";
        draft.sets.stage = frame.sets.stage;
        used_[object] = true;
        // "a communiqué on the establishment of relations between A and B": theirs, where nobody is said to have signed
        if (draft.takings.empty())
          for (const Argument& a : clause_.of_noun(object).all)
            if (clause_.event_noun(object).parts[static_cast<std::size_t>(a.slot)] != Part::none) take_one(draft, Part::participant, a.slot, a.item);
        return;
      }
    }
  }
}

// "signed a memorandum on bilateral consultations": what a paper is about is no event beside it.
void SentenceEvents::use_subject_matter(std::uint32_t agreement) {
  if (agreement + 2 >= sentence_.items.size() || word(sentence_.items[agreement + 1].begin) != "on") return;
  for (std::uint32_t i = agreement + 2; i < sentence_.items.size() && i < agreement + 5; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::noun) used_[i] = true;
    if (kind != ItemKind::word && kind != ItemKind::determiner) return;
  }
}

// "This year marks the 30th anniversary of diplomatic relations": they were established thirty years before.
void SentenceEvents::date_by_anniversary() {
  std::optional<int> years;
  std::uint32_t at = 0;
  for (std::uint32_t i = 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    const Word last = word(here.end - 1);
    // "mark 95 years of diplomatic relations", "celebrate 25 years of their diplomatic relations"
    const std::uint32_t past_of = i + 2 < sentence_.items.size() && sentence_.items[i + 2].kind == ItemKind::determiner ? i + 3 : i + 2;
    const bool years_of = last == "years" && here.end < sentence_.end && word(here.end) == "of" && past_of < sentence_.items.size() && sentence_.items[past_of].kind == ItemKind::noun;
    if (last != "anniversary" && last != "jubilee" && !years_of) continue;
    for (std::uint32_t before = here.end - 1; before > sentence_.begin && before + 4 > here.end - 1; --before)
      if (view_.tokens[before - 1].number > 0 && view_.tokens[before - 1].number < kAnniversaryMax) {
        years = view_.tokens[before - 1].number;
        break;
      }
    at = i;
    break;
  }
  if (!years) return;
  std::optional<int> year = view_.year;
  std::optional<int> told;  // "fifty years of relations, established in 1972"
  const auto began = [&](int first) { return view_.year && *years > 1 && std::abs(first + *years - *view_.year) <= 1; };
  for (const DateExpr& date : sentence_.dates) {
    if (date.first.year && began(*date.first.year)) told = date.first.year;
    else if (date.first.year) year = date.first.year;
    else if (date.kind == DateExpr::Kind::unit_shift && date.unit == 'y' && view_.year) year = *view_.year + *date.shift;
  }
  if (!year) return;
  const int established = told ? *told : *year - *years;
  for (Draft& draft : drafts_) {
    if (draft.type != graph::EventType::relations || draft.sets.stage != graph::Stage::established) continue;
    if (draft.date && draft.date->first.year && (*draft.date->first.year < *year || began(*draft.date->first.year))) return;  // the text says when
    draft.date = year_expr(established);
    return;
  }
  for (std::uint32_t i = at + 1; i < sentence_.items.size() && i < at + 5; ++i) {
    if (sentence_.items[i].kind != ItemKind::noun) continue;
    const std::string& name = view_.tables->noun_classes[class_of(i)];
    if (name != "diplomatic_relations") return;
    const Arguments own = clause_.of_noun(i);
    Draft draft = draft_at(at, own.end);
    draft.type = graph::EventType::relations;
    draft.rule = "relations.anniversary";
    draft.confidence = 0.75;
    draft.sets.stage = graph::Stage::established;
    draft.background = true;
    draft.tense = Tense::past;
    draft.date = year_expr(established);
    Meant who;
    who.parties = parties_of_noun(i);
    if (who.parties.empty())  // "Poland and Mexico mark 95 years of"
      for (std::uint32_t v = at; v-- > 0;) {
        if (sentence_.items[v].kind != ItemKind::verb || !verb(v).finite) continue;
        for (const Argument& a : clause_.of_verb(v).all)
          if (a.slot == Slot::subject)
            for (const PartyIndex party : meant_of(a.item).parties) who.parties.push_back(party);
        break;
      }
    if (!who.parties.empty()) draft.takings.push_back({Part::participant, Slot::between, std::move(who)});
    finish(std::move(draft));
    return;
  }
}

DateExpr SentenceEvents::year_expr(int year) {
  DateExpr date;
  date.first.year = year;
  return date;
}

}  // namespace entente::importers
