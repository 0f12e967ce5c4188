#include "importers/detect/borrowed_dates.h"

#include <algorithm>

namespace entente::importers {
namespace {

class Borrower {
 public:
  Borrower(const TextView& view, const Sentence& sentence) : view_(view), sentence_(sentence) {}

  void lend(Draft& draft) const {
    if (draft.planned || draft.cancelled) return;
    if (!draft.date) draft.date = before_when(draft);
    if (draft.type != graph::EventType::relations && draft.type != graph::EventType::mission && draft.type != graph::EventType::agreement) return;
    if (draft.date && !says_same_day_that(*draft.date)) return;
    if (auto date = of_when_clause(draft)) draft.date = date;
    else if (auto reported = of_report(draft); reported && !draft.date) draft.date = reported;
  }

 private:
  static bool is_calendar(const DateExpr& date) { return date.kind == DateExpr::Kind::calendar && date.first.year; }

  // "the same day that it recognised the republic, on 7 December 1967": the time stands further on.
  bool says_same_day_that(const DateExpr& date) const {
    return date.kind == DateExpr::Kind::anchor_shift && date.shift == 0 && date.end < sentence_.end &&
           (view_.word(date.end) == "that" || view_.word(date.end) == "when" || view_.word(date.end) == "as");
  }

  bool opens_same_time(const Item& item) const {
    const Word word = view_.word(item.begin);
    return word == "when" || word == "upon" || (word == "as" && item.kind == ItemKind::preposition) || word == "that";
  }

  // The first time behind a "when" that is behind the act.
  std::optional<DateExpr> of_when_clause(const Draft& draft) const {
    bool when = draft.date.has_value();
    for (const Item& item : sentence_.items) {
      if (item.end < draft.end) continue;
      if (item.kind == ItemKind::stop && view_.word(item.begin) == ";") return std::nullopt;
      if (opens_same_time(item) && !(view_.word(item.begin) == "that")) when = true;
      if (when && item.kind == ItemKind::date && is_calendar(sentence_.dates[item.index])) return sentence_.dates[item.index];
    }
    return std::nullopt;
  }

  // "has had an embassy there since May 2006, when it was opened": the time that the clause is of.
  std::optional<DateExpr> before_when(const Draft& draft) const {
    for (std::size_t i = 1; i < sentence_.items.size(); ++i) {
      const Item& here = sentence_.items[i];
      if (here.begin > draft.end) break;
      if (here.kind != ItemKind::relative || view_.word(here.begin) != "when" || here.end < draft.begin) continue;
      const std::size_t before = sentence_.items[i - 1].kind == ItemKind::comma && i > 1 ? i - 2 : i - 1;
      if (sentence_.items[before].kind == ItemKind::date && is_calendar(sentence_.dates[sentence_.items[before].index])) return sentence_.dates[sentence_.items[before].index];
    }
    return std::nullopt;
  }

  // What is notified or announced on a day is so on that day.
  std::optional<DateExpr> of_report(const Draft& draft) const {
    std::optional<DateExpr> date;
    bool reported = false;
    for (const Item& item : sentence_.items) {
      if (item.begin >= draft.begin) break;
      if (item.kind == ItemKind::date && is_calendar(sentence_.dates[item.index])) date = sentence_.dates[item.index];
      if (item.kind != ItemKind::verb) continue;
      const VerbGroup& verb = sentence_.verbs[item.index];
      if (verb.infinitive && reported == false && date && verb.main != kNoVerb && view_.tables->verbs[verb.main].kind == VerbKind::report && !verb.negated) {
        reported = true;  // "instructed the Secretary on 3 February to notify A that"
        continue;
      }
      if (!verb.finite || verb.main == kNoVerb) continue;
      const VerbKind kind = view_.tables->verbs[verb.main].kind;
      reported = (kind == VerbKind::report || kind == VerbKind::plan) && verb.tense == Tense::past && !verb.negated;
    }
    return reported ? date : std::nullopt;
  }

  const TextView& view_;
  const Sentence& sentence_;
};

// "resumed relations with A and, on 19 April, recognised its government": verbs in one breath are of one time.
void borrow_from_next(const Sentence& sentence, std::vector<Draft>& drafts) {
  for (std::size_t i = drafts.size(); i-- > 1;) {
    Draft& draft = drafts[i - 1];
    const Draft& next = drafts[i];
    if (draft.date || !next.date || draft.type != graph::EventType::relations || next.type != draft.type || draft.planned || draft.end > next.end) continue;
    // "have resumed relations, which had been severed in 1990"
    const bool apart = std::any_of(sentence.items.begin(), sentence.items.end(), [&](const Item& item) { return item.kind == ItemKind::relative && item.begin >= draft.end && item.begin < next.end; });
    if (apart) continue;
    const bool joined = std::any_of(sentence.items.begin(), sentence.items.end(), [&](const Item& item) {
      return item.kind == ItemKind::conjunction && item.begin > draft.begin && item.begin < next.end;
    });
    if (joined) draft.date = next.date;
  }
}

}  // namespace

void borrow_dates(const TextView& view, const Sentence& sentence, std::vector<Draft>& drafts) {
  if (sentence.dates.empty()) return;
  const Borrower borrower(view, sentence);
  for (Draft& draft : drafts) borrower.lend(draft);
  borrow_from_next(sentence, drafts);
}

}  // namespace entente::importers
