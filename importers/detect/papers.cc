// Which papers a sentence tells of: "signed a memorandum on trade, a joint declaration and an agreement on visas" are three.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// The head of its phrase: "memorandum" of a memorandum of understanding, "declaration" of the Manila Declaration.
void SentenceEvents::name_paper(Draft& draft, std::uint32_t noun_item) const {
  if (sentence_.items[noun_item].kind != ItemKind::noun) return;
  const Item& noun = sentence_.items[noun_item];
  std::uint32_t head = noun.begin;
  while (head + 1 < noun.end && !view_.info(head + 1).is(WordClass::preposition)) ++head;
  // "a Treaty on Extradition" is that one; "the treaty" may be any paper told before
  const bool named = view_.tokens[head].capital && noun_item > 0 && sentence_.items[noun_item - 1].kind == ItemKind::determiner && (word(sentence_.items[noun_item - 1].begin) == "a" || word(sentence_.items[noun_item - 1].begin) == "an");
  // "The Strategic Partnership Agreement": nor any that has a name
  const bool titled = view_.tokens[head].capital && head > sentence_.begin + 1 && view_.tokens[head - 1].capital && !view_.info(head - 1).is(WordClass::determiner) && !view_.tokens[head].all_caps;
  if ((view_.info(head).is(WordClass::any_paper) && !named && !titled) || is_plural_noun(noun_item)) return;
  draft.paper = view_.info(head).is(WordClass::memorandum) ? "memorandum" : std::string(word(head));
}

// "signed a roadmap covering trade and energy, as well as an agreement on visas": the paper that is added behind all that the first is
// about; kNone: there is none.
std::uint32_t SentenceEvents::added_paper(std::uint32_t first) const {
  constexpr std::uint32_t kReach = 24;  // items
  for (std::uint32_t i = first + 1; i + 2 < sentence_.items.size() && i < first + kReach; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || (here.kind == ItemKind::verb && verb(i).finite)) break;
    const bool adds = here.kind == ItemKind::conjunction && here.end - here.begin > 1;  // not "and"
    if (adds && sentence_.items[i + 1].kind == ItemKind::determiner && sentence_.items[i + 2].kind == ItemKind::noun) return i + 2;
  }
  return kNone;
}

// Further papers that the verb acts on. None is told apart from the first by more than its words, so all are listed.
std::vector<Draft> SentenceEvents::other_papers(Draft& draft, const Arguments& arguments, std::uint32_t first) {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::agreement || first == kNone || sentence_.items[first].kind != ItemKind::noun) return more;
  std::vector<std::uint32_t> papers;
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::object && a.item != first) papers.push_back(a.item);
  if (const std::uint32_t added = added_paper(first); added != kNone) papers.push_back(added);
  for (const std::uint32_t paper : papers) {
    if (used_[paper] || sentence_.items[paper].kind != ItemKind::noun || class_of(paper) != class_of(first)) continue;
    used_[paper] = true;
    Draft other = draft;
    other.paper.clear();
    other.listed = true;
    name_paper(other, paper);
    take_noun_words(other, paper, clause_.of_noun(paper).begin, true);
    more.push_back(std::move(other));
  }
  if (!more.empty()) draft.listed = true;
  return more;
}

// "The instruments of ratification of the treaty between A and B", "the communiqué on relations between A and B": where the noun
// itself names nobody, those of the noun that it hangs together with.
void SentenceEvents::follow_paper(Draft& draft, std::uint32_t object) {
  constexpr std::uint32_t kReach = 8;
  if (!draft.takings.empty() || sentence_.items[object].kind != ItemKind::noun) return;
  for (std::uint32_t i = object + 1; i < sentence_.items.size() && i < object + kReach; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::word || here.kind == ItemKind::determiner || here.kind == ItemKind::preposition || here.kind == ItemKind::number || is_plain_name(i)) continue;
    if (here.kind != ItemKind::noun || clause_.event_noun(i).type) return;
    take_arguments(draft, clause_.event_noun(i).parts, clause_.of_noun(i));
    return;
  }
}

// "Following the talks, the Ministers of A and B signed:", over a list of papers: what was signed stands in its points.
void SentenceEvents::read_signed_list() {
  if (!ends_with_colon(view_, sentence_) || index_ + 1 >= view_.sentences.size()) return;
  const Sentence& point = view_.sentences[index_ + 1];
  if (point.nouns.empty() || view_.tables->noun_classes[view_.tables->nouns[point.nouns[0].noun].noun_class] != "agreement") return;
  std::uint32_t signing = kNone;
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::verb) signing = i;
  if (signing == kNone || !verb(signing).finite || is_no_fact(verb(signing)) || verb(signing).main == kNoVerb || !view_.tables->verbs[verb(signing).main].is(VerbTrait::signs)) return;
  const Arguments arguments = clause_.of_verb(signing);
  if (arguments.has(Slot::object) || verb(signing).passive) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = graph::EventType::agreement;
  draft.rule = "agreement.signed-list";
  draft.confidence = 0.85;
  draft.sets.stage = graph::Stage::signed_;
  take_status(draft, verb(signing));
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::subject || a.slot == Slot::with) take_one(draft, Part::signatory, a.slot, a.item);
  take_time_and_place(draft, arguments, signing);
  if (!draft.takings.empty()) finish(std::move(draft));
}

}  // namespace entente::importers
