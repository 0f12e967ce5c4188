// When a draft says that it was: its words beside what was said before.
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// "The same day": the day last said, here or in the sentences right before; else that of the event told before.
std::optional<Edtf> Composer::said_before(const Draft& draft) const {
  constexpr std::uint32_t kSentencesBack = 2;
  const bool year = draft.date->kind == DateExpr::Kind::anchor_year;
  const bool counted = draft.date->kind == DateExpr::Kind::anchor_shift && draft.date->shift && *draft.date->shift != 0;
  // "the Summit held in A on 6 July", "the Forum to be held on 3 May": said in passing, in a sentence before
  const auto in_passing = [&](const Sentence& sentence, const DateExpr& date) {
    const VerbGroup* last = nullptr;
    for (const VerbGroup& verb : sentence.verbs)
      if (verb.end <= date.begin) last = &verb;
    return last != nullptr && !last->finite && (last->bare_participle || last->infinitive);
  };
  // "On the same day" at the head of a paragraph, behind what was recalled of long ago: the day of the news
  constexpr Day kOldAfter = 366;  // days
  constexpr std::uint32_t kHeadTokens = 4;
  const Sentence& own = view_.sentences[draft.sentence];
  const bool opens = published_ && draft.date->begin < own.begin + kHeadTokens && (draft.sentence == 0 || view_.sentences[draft.sentence - 1].block != own.block);
  const auto is_old = [&](const std::optional<Edtf>& day) { return opens && day && day->earliest() && *day->earliest() + kOldAfter < to_day(*published_); };
  for (std::uint32_t i = draft.sentence + 1; i-- > 0 && i + kSentencesBack >= draft.sentence;) {
    const Sentence& sentence = view_.sentences[i];
    if (sentence.heading) break;
    for (auto date = sentence.dates.rbegin(); date != sentence.dates.rend(); ++date)
      if (i < draft.sentence && (in_passing(sentence, *date) || (date->begin > sentence.begin && view_.info(date->begin - 1).is(WordClass::span_end)))) continue;  // "until 2 May"
      else if (date->end <= draft.date->begin && date->kind == DateExpr::Kind::calendar && date->first.year && (year || date->first.day)) {
        if (const auto day = resolve_date(*date, {}); !is_old(day)) return day;
      } else if (counted && date->end <= draft.date->begin && date->kind == DateExpr::Kind::calendar && date->first.day && date->first.month && !date->last) {  // "on June 18. Three days later"
        DateContext context;
        context.published = written_on(draft.sentence);
        context.tense = Tense::unknown;
        return resolve_date(*date, context);
      }
  }
  if (draft.entry_day && !year)
    if (const auto day = resolve_date(*draft.entry_day, context_of(draft)); day && day->is_day() && (!published_ || *day->earliest() <= to_day(*published_))) return day;  // "On the same day" under "9 June"
  const auto is_to_come = [&](const std::optional<Edtf>& day) { return day && published_ && day->earliest() && *day->earliest() > to_day(*published_); };
  if (!year && draft.tense == Tense::past && is_to_come(day_told_) && day_done_) return day_done_;  // not the day of a summit that lies ahead
  const std::optional<Edtf> told = year && last_date_ ? last_date_ : day_told_ ? day_told_ : anchor_;
  return is_old(told) ? Edtf::day(published_->year, published_->month, published_->day) : told;
}

// A text without a publication date that dates its own news in full: the year of that is the year of what follows.
std::optional<int> Composer::year_near_top() const {
  constexpr std::size_t kTopSentences = 4;
  if (published_) return std::nullopt;
  // "Relations with A, established on 19 February 1969, remain suspended": no news
  const auto is_set_off = [&](const Sentence& sentence, const DateExpr& date) {
    const VerbGroup* nearest = nullptr;
    for (const VerbGroup& verb : sentence.verbs)
      if (verb.end <= date.begin) nearest = &verb;
    return nearest != nullptr && nearest->begin > sentence.begin && view_.word(nearest->begin - 1) == "," && date.end < sentence.end && view_.word(date.end) == ",";
  };
  for (std::size_t i = 0; i < view_.sentences.size() && i < kTopSentences; ++i)
    for (const DateExpr& date : view_.sentences[i].dates)
      if (date.kind == DateExpr::Kind::calendar && date.first.day && date.first.month && date.first.year && !is_set_off(view_.sentences[i], date)) return date.first.year;
  return std::nullopt;
}

// "Suva, 23 July –", "today, 17 February,": the day on which a text without a date of publication is written, its year unknown.
std::optional<Edtf> Composer::day_of_text() const {
  constexpr std::size_t kTopSentences = 4;
  constexpr std::size_t kItemsBeforeDayMax = 6;
  for (std::size_t i = 0; i < view_.sentences.size() && i < kTopSentences; ++i) {
    const Sentence& sentence = view_.sentences[i];
    for (std::size_t k = 0; k < sentence.items.size() && sentence.items[k].kind != ItemKind::verb; ++k) {
      if (sentence.items[k].kind != ItemKind::date) continue;
      const DateExpr& date = sentence.dates[sentence.items[k].index];
      if (date.kind != DateExpr::Kind::calendar || !date.first.day || !date.first.month || date.last) break;
      if (date.first.year) return std::nullopt;
      return k <= kItemsBeforeDayMax ? resolve_date(date, {}) : std::nullopt;
    }
    for (std::size_t k = 2; k < sentence.items.size(); ++k) {
      if (sentence.items[k].kind != ItemKind::date || sentence.items[k - 2].kind != ItemKind::date) continue;
      const DateExpr& today = sentence.dates[sentence.items[k - 2].index];
      const DateExpr& date = sentence.dates[sentence.items[k].index];
      if (today.kind == DateExpr::Kind::day_shift && today.shift == 0 && date.kind == DateExpr::Kind::calendar && date.first.day && date.first.month && !date.last && !date.first.year) return resolve_date(date, {});
    }
  }
  return std::nullopt;
}

// What the text says of when it was written, for the times of a draft.
DateContext Composer::context_of(const Draft& draft) const {
  DateContext context;
  context.published = written_on(draft.sentence);
  context.told_on = told_on_;
  context.text_year = draft.entry_year ? draft.entry_year : year_near_top();
  // "this morning" under "Tuesday 28 August", in a diary; behind a schedule of days to come it is that of the release
  if (draft.entry_day && context.published && draft.date && draft.date->kind == DateExpr::Kind::day_shift)
    if (const auto day = resolve_date(*draft.entry_day, context); day && day->is_day() && *day->earliest() < to_day(*context.published)) context.published = to_civil(*day->earliest());
  return context;
}

// Whether the present tense with a day of the week tells of what is to come: of a journey always, of a gathering unless that is the day of
// publication or the sentence tells of something done.
bool Composer::is_scheduled(const Draft& draft) const {
  if (draft.type == EventType::visit) return !is_of_past_verb(draft);
  const bool meets = draft.type == EventType::meeting || draft.type == EventType::courtesy_call || draft.type == EventType::call;  // "On Friday he has a meeting with"
  if (draft.type != EventType::conference && draft.type != EventType::consultation && !meets) return false;
  if (published_ && weekday_of(to_day(*published_)) == *draft.date->weekday - 1) return false;
  const std::vector<VerbGroup>& verbs = view_.sentences[draft.sentence].verbs;
  return std::none_of(verbs.begin(), verbs.end(), [](const VerbGroup& verb) { return verb.finite && verb.tense == Tense::past; });
}

// "is on a visit that began on Tuesday": whether a verb in the past stands right before the time of a draft.
bool Composer::is_of_past_verb(const Draft& draft) const {
  const Sentence& sentence = view_.sentences[draft.sentence];
  for (std::size_t i = 1; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::date || sentence.dates[sentence.items[i].index].begin != draft.date->begin) continue;
    const std::size_t before = sentence.items[i - 1].kind == ItemKind::preposition && i > 1 ? i - 2 : i - 1;
    return sentence.items[before].kind == ItemKind::verb && sentence.verbs[sentence.items[before].index].finite && sentence.verbs[sentence.items[before].index].tense == Tense::past;
  }
  return false;
}

// "terminated with effect from 1 July", "closed as of 3 May": a day that may lie on either side, whatever the verb says.
bool Composer::takes_effect_then(const Draft& draft) const {
  const std::uint32_t begin = draft.date->begin;
  if (begin < view_.sentences[draft.sentence].begin + 2 || draft.type == EventType::visit) return false;
  const Word last = view_.word(begin - 1);
  const Word before = view_.word(begin - 2);
  return last == "effective" || (last == "from" && (before == "effect" || before == "as")) || (last == "of" && before == "as");
}

std::optional<Edtf> Composer::date_of(const Draft& draft) {
  if (!draft.date) return std::nullopt;
  DateContext context = context_of(draft);
  const bool no_month = draft.date->first.day && !draft.date->first.month;  // "from 13 to 16 August and met her on the 15th"
  context.anchor = draft.date->kind != DateExpr::Kind::calendar ? said_before(draft) : no_month && last_date_ && last_date_->earliest() ? last_date_ : anchor_;
  // "was created in 2006 by an Agreement signed on 14th March of that year"
  if (draft.date->kind == DateExpr::Kind::calendar && draft.date->shift && draft.date->unit == 'a')
    for (const DateExpr& said : view_.sentences[draft.sentence].dates)
      if (said.end <= draft.date->begin && said.kind == DateExpr::Kind::calendar && said.first.year) context.anchor = Edtf::year(*said.first.year);
  context.tense = draft.planned || draft.upcoming ? Tense::future : draft.tense == Tense::unknown && draft.background ? Tense::unknown : draft.tense;
  if (draft.type == EventType::aid && draft.planned && draft.tense != Tense::future && published_) context.tense = Tense::past;  // the day of the decision
  if (draft.under_way || (draft.cancelled && draft.tense != Tense::future)) context.tense = Tense::unknown;
  if (draft.decided) context.tense = Tense::past;
  if (takes_effect_then(draft)) context.tense = Tense::unknown;
  // "departs on Sunday", "takes place on Wednesday": the present tense with a day of the week is a schedule.
  if (draft.tense == Tense::present && draft.date->weekday && !draft.date->first.month && is_scheduled(draft)) context.tense = Tense::future;
  const bool of_stay = draft.date->kind == DateExpr::Kind::stay_day;
  for (auto story = stories_.rbegin(); of_stay && story != stories_.rend() && !context.stay; ++story)
    if ((story->type == EventType::visit || story->type == EventType::conference || story->type == EventType::consultation) && story->date && !story->date->is_day()) context.stay = story->date;  // "On the closing day": of the Assembly, too
  auto date = resolve_date(*draft.date, context);
  // Under "Thursday" comes "Friday" of the same week, though the text is of a Friday itself.
  if (draft.entry_date && draft.date->weekday && !draft.date->first.month && date && date->earliest()) {
    constexpr Day kWeek = 7;
    if (draft.gleaned || draft.sentence < schedule_sentence_) schedule_day_.reset();
    if (schedule_day_ && *date->earliest() < *schedule_day_ && *date->earliest() + kWeek > *schedule_day_ && date->is_day()) {
      const CivilDate later = to_civil(*date->earliest() + kWeek);
      date = Edtf::day(later.year, later.month, later.day);
    }
    schedule_day_ = *date->earliest();
    schedule_sentence_ = draft.sentence;
  }
  if (date) last_date_ = date;
  if (date && date->is_day() && draft.type != EventType::relations && !draft.background && !draft.anaphoric) {
    day_told_ = date;
    if (!published_ || !date->earliest() || *date->earliest() <= to_day(*published_)) day_done_ = date;
  }
  if (date && (date->is_day() || (date->text().starts_with("XXXX") && date->text().size() == 10) || !anchor_)) anchor_ = date;
  return date;
}

// "left yesterday for B, where he stays until Saturday": from the day that is told to the last one.
std::optional<Edtf> Composer::span_of(const Draft& draft, std::optional<Edtf> date) const {
  constexpr Day kDaysMax = 60;
  DateContext context = context_of(draft);
  context.anchor = date;
  context.tense = draft.planned || draft.upcoming ? Tense::future : Tense::past;
  if (!date && draft.from) date = resolve_date(*draft.from, context);
  if (!draft.until && draft.from && draft.ends && date && date->is_day()) {  // "today concluded a visit that began on 23 September"
    const auto first = resolve_date(*draft.from, context);
    const bool before = first && first->is_day() && first->earliest() && date->earliest() && *first->earliest() < *date->earliest() && *first->earliest() + kDaysMax > *date->earliest();
    return before ? std::optional<Edtf>(Edtf::interval(*first, *date)) : date;
  }
  if (!draft.until) return date;
  auto last = resolve_date(*draft.until, context);
  const auto follows = [&] { return last && last->is_day() && date && date->is_day() && date->earliest() && last->earliest() && *last->earliest() > *date->earliest() && *last->earliest() < *date->earliest() + kDaysMax; };
  if (date && !follows()) {
    context.tense = Tense::future;
    last = resolve_date(*draft.until, context);
  }
  if (follows()) return Edtf::interval(*date, *last);
  return date ? date : last;
}

}  // namespace entente::importers
