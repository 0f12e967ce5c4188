// What is told only to be denied: "Reports that A has recalled its Ambassador are untrue".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kToldMax = 6;     // tokens between a word for hearsay and what is told
constexpr std::uint32_t kVerdictMax = 6;  // tokens in which "is" says what something is

// "is untrue", "are not correct", "is without foundation", from a form of "be" on: where the words for it stand; kNone for none.
std::uint32_t verdict_at(const TextView& view, std::uint32_t be, std::uint32_t end) {
  bool negated = false;
  for (std::uint32_t t = be + 1; t < std::min(end, be + kVerdictMax) && !view.tokens[t].punct; ++t) {
    const WordInfo& info = view.info(t);
    if (info.is(WordClass::falsity) || (negated && info.is(WordClass::truth))) return t;
    negated = negated || info.is(WordClass::negation);
  }
  return kNone;
}

std::uint32_t find_verdict(const TextView& view, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t t = begin; t < end; ++t)
    if (view.info(t).is(WordClass::be))
      if (const std::uint32_t verdict = verdict_at(view, t, end); verdict != kNone) return verdict;
  return kNone;
}

}  // namespace

// "Some media claimed that A had recalled its Ambassador. This is untrue."
bool SentenceEvents::is_denied_behind() const {
  if (index_ + 1 >= view_.sentences.size()) return false;
  const Sentence& next = view_.sentences[index_ + 1];
  const WordInfo& first = view_.info(next.begin);
  const bool points_back = first.is(WordClass::demonstrative) || first.is(WordClass::pronoun_singular) || first.is(WordClass::pronoun_plural);
  return points_back && find_verdict(view_, next.begin, std::min(next.end, next.begin + kVerdictMax)) != kNone;
}

// The tokens that a denial takes back; absent without one.
std::optional<SentenceEvents::Denied> SentenceEvents::denied() const {
  std::uint32_t hearsay = kNone;
  std::uint32_t denial = kNone;
  std::uint32_t verdict = kNone;
  for (std::uint32_t t = sentence_.begin; t < sentence_.end; ++t) {
    const WordInfo& info = view_.info(t);
    if (info.is(WordClass::hearsay)) hearsay = t;
    if (info.is(WordClass::denying)) denial = t;
    if (info.is(WordClass::be)) verdict = verdict_at(view_, t, sentence_.end);
    if (info.is(WordClass::truth) && t > sentence_.begin && view_.info(t - 1).is(WordClass::negation)) verdict = t;  // "there is no truth in"
    const bool told = hearsay != kNone && t > hearsay && t <= hearsay + kToldMax;
    if (word(t) == "that") {
      const bool denies = denial != kNone && (denial + 1 == t || (told && denial < hearsay));
      const bool untrue = verdict != kNone && (verdict + 1 == t || (told && verdict < hearsay));  // "it is not true that"
      if (denies || untrue || (told && is_denied_behind())) return Denied{t, sentence_.end};
    }
    if (!told || !(word(t) == "that" || info.is(WordClass::preposition))) continue;
    if (const std::uint32_t behind = find_verdict(view_, t, sentence_.end); behind != kNone) return Denied{t, behind};
  }
  return std::nullopt;
}

void SentenceEvents::drop_denied() {
  if (drafts_.empty()) return;
  const std::optional<Denied> taken_back = denied();
  if (!taken_back) return;
  std::erase_if(drafts_, [&](const Draft& draft) {
    const bool gone = draft.end > taken_back->begin && draft.begin < taken_back->end;
    if (gone) drop(draft, "said to be untrue");
    return gone;
  });
}

}  // namespace entente::importers
