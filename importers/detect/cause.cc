#include "importers/detect/cause.h"

namespace entente::importers {

bool is_of_cause(const TextView& view, const Sentence& sentence, std::uint32_t item, std::uint32_t act) {
  for (std::uint32_t i = item; i-- > (item < act ? 0 : act + 1);) {
    const Item& here = sentence.items[i];
    if (here.kind == ItemKind::comma || here.kind == ItemKind::stop) return false;
    const bool led = here.kind == ItemKind::preposition || here.kind == ItemKind::word || here.kind == ItemKind::verb;
    if (led && i + 1 < item && view.info(here.end - 1).is(WordClass::cause)) return true;
    const Item* before = i > 0 ? &sentence.items[i - 1] : nullptr;  // "On hearing of the explosion"
    const bool hearing = here.kind == ItemKind::verb && sentence.verbs[here.index].gerund && before != nullptr && before->kind == ItemKind::preposition && (view.word(before->begin) == "on" || view.word(before->begin) == "upon");
    if (hearing) return true;
  }
  return false;
}

}  // namespace entente::importers
