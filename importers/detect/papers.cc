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
  if (view_.info(head).is(WordClass::any_paper) || is_plural_noun(noun_item)) return;
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

}  // namespace entente::importers
