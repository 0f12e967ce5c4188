#include "importers/detect/decisions.h"

namespace entente::importers {
namespace {

bool is_decision_noun(const TextView& view, const Item& item) { return item.kind == ItemKind::word && view.info(item.end - 1).is(WordClass::resolve); }

bool decides(const TextView& view, const VerbGroup& group) {
  return group.main != kNoVerb && view.tables->verbs[group.main].is(VerbTrait::decides) && !group.negated && !group.modal && !group.infinitive;
}

// The first time within reach of an item, in its clause.
std::optional<DateExpr> time_behind(const TextView& view, const Sentence& sentence, std::uint32_t item) {
  constexpr std::uint32_t kReach = 7;  // items: the decision was taken by the Federal Council on
  for (std::uint32_t at = item + 1; at < sentence.items.size() && at < item + kReach; ++at) {
    const Item& here = sentence.items[at];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative) break;
    if (here.kind == ItemKind::preposition && view.word(here.begin) == "for") break;  // "a commitment for 2025"
    if (here.kind == ItemKind::date) return sentence.dates[here.index];
  }
  return std::nullopt;
}

}  // namespace

std::optional<DateExpr> day_of_decision(const TextView& view, const Sentence& sentence, std::uint32_t from) {
  for (std::uint32_t i = from; i + 1 < sentence.items.size(); ++i) {
    const Item& here = sentence.items[i];
    if (here.kind == ItemKind::stop && view.word(here.begin) != ";") break;
    const bool told = is_decision_noun(view, here) || (here.kind == ItemKind::verb && decides(view, sentence.verbs[here.index]));
    if (!told) continue;
    if (auto day = time_behind(view, sentence, i)) return day;
  }
  return std::nullopt;
}

void date_by_decisions(const TextView& view, std::vector<Draft>& drafts) {
  for (Draft& draft : drafts) {
    const std::uint32_t next = draft.sentence + 1;
    if (draft.type != graph::EventType::aid || draft.date || draft.cancelled || next >= view.sentences.size()) continue;
    const Sentence& behind = view.sentences[next];
    bool speaks_of_it = false;
    for (std::size_t noun = 1; noun < behind.items.size() && !speaks_of_it; ++noun) speaks_of_it = is_decision_noun(view, behind.items[noun]) && behind.items[noun - 1].kind == ItemKind::determiner;
    if (!speaks_of_it) continue;
    draft.date = day_of_decision(view, behind, 0);
    draft.decided = draft.date.has_value();
  }
}

}  // namespace entente::importers
