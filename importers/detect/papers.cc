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

// Further papers that the verb acts on. None is told apart from the first by more than its words, so all are listed.
std::vector<Draft> SentenceEvents::other_papers(Draft& draft, const Arguments& arguments, std::uint32_t first) {
  std::vector<Draft> more;
  if (draft.type != graph::EventType::agreement || first == kNone || sentence_.items[first].kind != ItemKind::noun) return more;
  for (const Argument& a : arguments.all) {
    if (a.slot != Slot::object || a.item == first || used_[a.item] || sentence_.items[a.item].kind != ItemKind::noun || class_of(a.item) != class_of(first)) continue;
    used_[a.item] = true;
    Draft other = draft;
    other.paper.clear();
    other.listed = true;
    name_paper(other, a.item);
    take_noun_words(other, a.item, clause_.of_noun(a.item).begin, true);
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

}  // namespace entente::importers
