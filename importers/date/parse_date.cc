#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string_view>

#include "importers/date/date_expr.h"

namespace entente::importers {
namespace {

using Point = DateExpr::Point;

constexpr std::size_t kShortMonth = 3;  // letters
constexpr int kYearMin = 1700;
constexpr int kYearMax = 2100;

class DateParser {
 public:
  DateParser(std::span<const Token> tokens, std::size_t at, const Vocabulary& vocabulary, std::string_view text)
      : tokens_(tokens), begin_(at), at_(at), vocabulary_(vocabulary), text_(text) {}

  std::optional<DateExpr> run() {
    if (!may_begin()) return std::nullopt;
    for (const auto attempt : {&DateParser::written_pattern, &DateParser::numeric, &DateParser::day_word, &DateParser::anchored, &DateParser::weekday_first,
                               &DateParser::part_of_year, &DateParser::running_unit, &DateParser::shifted, &DateParser::month_first, &DateParser::day_first,
                               &DateParser::day_alone, &DateParser::years_ago, &DateParser::year_alone}) {
      at_ = begin_;
      expr_ = {};
      if ((this->*attempt)()) return finish();
    }
    return std::nullopt;
  }

 private:
  // What every attempt asks of its first word. Most words of a text are none of it, and twelve attempts are saved.
  bool may_begin() const {
    if (!has(begin_)) return false;
    const Token& first = token(begin_);
    return first.digits || first.number >= 0 || vocabulary_.may_begin_date(first.word);
  }

  std::optional<DateExpr> finish() {
    expr_.begin = static_cast<std::uint32_t>(begin_);
    expr_.end = static_cast<std::uint32_t>(at_);
    return expr_;
  }

  bool has(std::size_t i) const { return i < tokens_.size(); }
  const Token& token(std::size_t i) const { return tokens_[i]; }
  const WordInfo& info(std::size_t i) const { return vocabulary_.info(tokens_[i].word); }
  std::string_view word(std::size_t i) const { return has(i) ? std::string_view(vocabulary_.text(tokens_[i].word)) : std::string_view(); }
  std::string_view raw(std::size_t i) const { return text_.substr(tokens_[i].begin, tokens_[i].end - tokens_[i].begin); }
  bool is(std::size_t i, std::string_view text) const { return has(i) && word(i) == text; }
  bool accept(std::string_view text) {
    if (!is(at_, text)) return false;
    ++at_;
    return true;
  }

  std::optional<int> month_at(std::size_t i) const {
    if (!has(i) || info(i).date != DateWord::month || !(token(i).capital || vocabulary_.small_months)) return std::nullopt;
    // "Mar del Plata": letters that also shorten a month; but "on 13 May a pact was signed"
    const bool behind_day = i > 0 && token(i - 1).number >= 1 && token(i - 1).number <= 31;
    if (!behind_day && word(i).size() == kShortMonth && has(i + 1) && info(i + 1).is(WordClass::name_particle) && !(has(i + 2) && token(i + 2).joined)) return std::nullopt;
    return info(i).date_value;
  }
  std::optional<int> weekday_at(std::size_t i) const {
    if (!has(i) || info(i).date != DateWord::weekday || !(token(i).capital || vocabulary_.small_months)) return std::nullopt;
    return info(i).date_value;
  }
  std::optional<int> day_at(std::size_t i) const {
    if (!has(i) || token(i).number < 1 || token(i).number > 31) return std::nullopt;
    if (!token(i).digits && !token(i).ordinal) return std::nullopt;
    if (token(i).digits && raw(i).find_first_of(",.:") != std::string_view::npos) return std::nullopt;
    return token(i).number;
  }
  std::optional<int> year_at(std::size_t i) const {
    if (!has(i) || !token(i).digits || token(i).ordinal || token(i).end - token(i).begin != 4) return std::nullopt;
    if (token(i).number < kYearMin || token(i).number > kYearMax) return std::nullopt;
    return token(i).number;
  }
  bool is_range_word(std::size_t i) const {
    return is(i, "to") || is(i, "and") || is(i, "through") || is(i, "until") || is(i, "till") || is(i, "-") || is(i, "–") || is(i, "—");
  }

  // ", 2018" or "2018" or "of this year", "last year" after a day and month.
  void take_year(Point& point) {
    std::size_t i = at_;
    if (is(i, ",")) ++i;
    if (const auto year = year_at(i); year && !is(i + 1, "'s")) {
      // "in June, 2000 people": a year is not counted things; ", 2018" is one.
      point.year = year;
      at_ = i + 1;
      return;
    }
    i = at_;
    if (is(i, ",")) ++i;
    if (is(i, "of")) ++i;
    if (is(i, "the")) ++i;
    if (is(i, "of")) ++i;
    if (const auto year = year_at(i); year && i > at_) {
      point.year = year;
      at_ = i + 1;
      return;
    }
    if (!has(i) || !has(i + 1)) return;
    if (is(i, "that") && is(i + 1, "same")) ++i;
    if ((is(i, "same") || is(i, "that")) && is(i + 1, "year")) {
      expr_.shift = 0;
      expr_.unit = 'a';  // the year of the event told before
      at_ = i + 2;
      return;
    }
    if (info(i).date == DateWord::shift && is(i + 1, "year")) {
      expr_.shift = info(i).date_value;
      expr_.unit = 'y';
      at_ = i + 2;
    }
  }

  // What date_patterns.tsv of the language says: "2024년 5월 3일".
  bool written_pattern() {
    const DatePattern* best = nullptr;
    std::size_t best_end = 0;
    for (const DatePattern& pattern : vocabulary_.date_patterns) {
      DateExpr found;
      const std::size_t end = match(pattern, found);
      if (end <= best_end) continue;
      best = &pattern;
      best_end = end;
      expr_ = std::move(found);
    }
    at_ = best_end;
    return best != nullptr;
  }

  // Where the pattern ends; 0 when it does not stand here.
  std::size_t match(const DatePattern& pattern, DateExpr& found) const {
    std::size_t i = begin_;
    Point last;
    bool range = false;
    for (const DateElement& element : pattern) {
      if (!has(i)) return 0;
      const Token& here = token(i);
      switch (element.kind) {
        case DateElement::Kind::word:
          if (here.word != element.word) return 0;
          break;
        case DateElement::Kind::year:
        case DateElement::Kind::last_year:
          if (!here.digits || here.number < kYearMin || here.number > kYearMax) return 0;
          (element.kind == DateElement::Kind::year ? found.first : last).year = here.number;
          break;
        case DateElement::Kind::month:
        case DateElement::Kind::last_month:
          if (!here.digits || here.number < 1 || here.number > 12) return 0;
          (element.kind == DateElement::Kind::month ? found.first : last).month = here.number;
          break;
        case DateElement::Kind::day:
        case DateElement::Kind::last_day:
          if (!here.digits || here.number < 1 || here.number > 31) return 0;
          (element.kind == DateElement::Kind::day ? found.first : last).day = here.number;
          break;
      }
      range = range || element.kind >= DateElement::Kind::last_year;
      ++i;
    }
    if (range) {
      if (!last.month && last.day) last.month = found.first.month;
      if (!last.year) last.year = found.first.year;
      found.last = last;
    }
    // A day alone stands in the month of publication or of the event told before.
    return i;
  }

  // Digits alone: 2020-11-19, 02.11.2023, 16/11/2022, 8/9.
  bool numeric() {
    if (!has(at_) || !token(at_).digits) return false;
    if (const auto year = year_at(at_); year && has(at_ + 2) && token(at_ + 1).joined && token(at_ + 2).joined) {
      const auto month = day_at(at_ + 1);
      const auto day = day_at(at_ + 2);
      if (!month || !day || *month > 12) return false;
      expr_.first = {year, month, day};
      at_ += 3;
      return is_valid({*year, *month, *day});
    }
    return written_with_marks();
  }

  bool written_with_marks() {
    const std::string_view text = raw(at_);
    std::array<int, 3> parts{};
    std::size_t count = 0;
    char mark = 0;
    const char* from = text.data();
    const char* const end = text.data() + text.size();
    while (from < end && count < 3) {
      const auto [next, code] = std::from_chars(from, end, parts[count]);
      if (code != std::errc{}) return false;
      ++count;
      if (next == end) {
        from = end;
        break;
      }
      if (*next != '.' && *next != '/') return false;
      if (mark != 0 && *next != mark) return false;
      mark = *next;
      from = next + 1;
    }
    if (from != end || mark == 0) return false;
    if (count == 3 && parts[2] >= kYearMin && parts[2] <= kYearMax) {
      // Day first, as most of the world writes; month first when the day could not be a month.
      if (parts[1] > 12) std::swap(parts[0], parts[1]);
      if (!is_valid({parts[2], parts[1], parts[0]})) return false;
      expr_.first = {parts[2], parts[1], parts[0]};
      ++at_;
      return true;
    }
    // "Monday (8/9)": only in brackets, for a fraction looks alike.
    const bool in_brackets = at_ > 0 && is(at_ - 1, "(") && is(at_ + 1, ")");
    if (count != 2 || mark != '/' || !in_brackets || parts[0] < 1 || parts[0] > 31 || parts[1] < 1 || parts[1] > 12) return false;
    expr_.first = {std::nullopt, parts[1], parts[0]};
    ++at_;
    return true;
  }

  bool day_word() {
    if (!has(at_)) return false;
    // "the day after tomorrow", "the day before yesterday"
    if (const std::size_t day = is(at_, "the") ? at_ + 1 : at_; is(day, "day") && has(day + 2) && info(day + 2).date == DateWord::day && info(day + 2).date_value != 0 &&
                                                                is(day + 1, info(day + 2).date_value > 0 ? "after" : "before")) {
      expr_.kind = DateExpr::Kind::day_shift;
      expr_.shift = info(day + 2).date_value * 2;
      at_ = day + 3;
      return true;
    }
    if (info(at_).date == DateWord::day) {
      expr_.kind = DateExpr::Kind::day_shift;
      expr_.shift = info(at_).date_value;
      ++at_;
      // "today (Tuesday 15 March)", "tomorrow, Tuesday": the words after say the same day.
      return true;
    }
    if ((is(at_, "this") || is(at_, "last")) && (is(at_ + 1, "morning") || is(at_ + 1, "afternoon") || is(at_ + 1, "evening") || is(at_ + 1, "night"))) {
      expr_.kind = DateExpr::Kind::day_shift;
      expr_.shift = is(at_, "last") ? -1 : 0;
      at_ += 2;
      return true;
    }
    return false;
  }

  // On the first day, the second day of the visit, the last day of his stay; but not the first day of May.
  bool day_of_stay() {
    if (!has(at_ + 1) || !is(at_ + 1, "day")) return false;
    const bool last = is(at_, "last") || is(at_, "final") || is(at_, "closing");
    const bool counted = token(at_).ordinal && token(at_).number > 0 && token(at_).number < 15;
    if (!last && !counted && !is(at_, "opening")) return false;
    if (is(at_ + 2, "of") && (month_at(at_ + 3) || is(at_ + 3, "each") || is(at_ + 3, "every"))) return false;
    expr_.kind = DateExpr::Kind::stay_day;
    expr_.shift = last ? -1 : counted ? token(at_).number - 1 : 0;
    at_ += 2;
    return true;
  }

  // The same day, that day, the day before, the next day, the following year.
  bool anchored() {
    accept("the");
    const bool that = accept("that");
    if (!that && day_of_stay()) return true;
    if (!that && !accept("same")) {
      // "Later in the day", "In the evening the President received": of the day that was told.
      const std::size_t led = begin_ < at_ && begin_ > 0 && is(begin_ - 1, "in") ? begin_ - 1 : 0;
      const bool opens = led > 0 && !is(at_ + 1, "of") && !is(at_ + 1, "before") && !is(at_ + 1, "after");
      const bool later = opens && led > 1 && (is(led - 1, "later") || is(led - 1, "earlier"));
      const bool sentence_start = opens && (led == 1 || token(led - 1).punct);
      if ((later && is(at_, "day")) || ((later || sentence_start) && (is(at_, "evening") || is(at_, "afternoon") || is(at_, "morning")))) {
        ++at_;
        expr_.part_of_day = true;
        expr_.kind = DateExpr::Kind::anchor_shift;
        expr_.shift = 0;
        return true;
      }
      // "The evening before, the Minister": with a comma behind it, for "the evening before the summit" is of that
      const bool eve = (is(at_, "evening") || is(at_, "night") || is(at_, "afternoon")) && is(at_ + 1, "before") && has(at_ + 2) && token(at_ + 2).punct;
      if (eve || (is(at_, "day") && (is(at_ + 1, "before") || is(at_ + 1, "after")))) {
        expr_.kind = DateExpr::Kind::anchor_shift;
        expr_.shift = is(at_ + 1, "before") ? -1 : 1;
        at_ += 2;
        return true;
      }
      if (is(at_, "eve") && is(at_ + 1, "of") && (is(at_ + 2, "the") || is(at_ + 2, "their"))) {  // "On the eve of the session"
        expr_.kind = DateExpr::Kind::anchor_shift;
        expr_.shift = -1;
        ++at_;
        return true;
      }
      const bool previous = is(at_, "previous");
      if (!is(at_, "next") && !is(at_, "following") && !previous) return false;
      if (is(at_ + 1, "day")) {
        expr_.kind = DateExpr::Kind::anchor_shift;
        expr_.shift = previous ? -1 : 1;
        at_ += 2;
        return true;
      }
      if (is(at_, "following") && is(at_ + 1, "year")) {
        expr_.kind = DateExpr::Kind::anchor_year;
        expr_.shift = 1;
        at_ += 2;
        return true;
      }
      return false;
    }
    accept("same");
    if (is(at_, "day") || is(at_, "afternoon") || is(at_, "evening") || is(at_, "morning")) {
      ++at_;
      expr_.kind = DateExpr::Kind::anchor_shift;
      expr_.shift = 0;
      return true;
    }
    if (is(at_, "year")) {
      ++at_;
      expr_.kind = DateExpr::Kind::anchor_year;
      expr_.shift = 0;
      return true;
    }
    return false;
  }

  // Monday; Friday last week; Tuesday 15 March; Friday, August 9; last Saturday.
  bool weekday_first() {
    std::optional<int> shift;
    if (has(at_ + 2) && info(at_).date == DateWord::shift && info(at_ + 1).date == DateWord::shift && weekday_at(at_ + 2)) ++at_;  // "this coming Friday"
    if (has(at_) && info(at_).date == DateWord::shift && weekday_at(at_ + 1)) {
      shift = info(at_).date_value;
      ++at_;
    }
    const auto weekday = weekday_at(at_);
    if (!weekday) return false;
    ++at_;
    if (is(at_, "of") && has(at_ + 2) && info(at_ + 1).date == DateWord::shift && is(at_ + 2, "week")) {  // "Wednesday of last week"
      constexpr int kThisWeek = 3;
      expr_.weekday = weekday;
      expr_.shift = info(at_ + 1).date_value == 0 ? kThisWeek : 2 * info(at_ + 1).date_value;
      at_ += 3;
      return true;
    }
    if (has(at_ + 1) && is(at_, "last") && is(at_ + 1, "week")) {
      shift = -2;
      at_ += 2;
    } else if (is(at_, "next") && is(at_ + 1, "week")) {
      shift = 2;
      at_ += 2;
    }
    if (!shift && calendar_after_weekday()) {
      expr_.weekday = weekday;
      return true;
    }
    expr_.weekday = weekday;
    expr_.shift = shift;
    // "on Monday and Tuesday", "from Monday to Wednesday"
    if (const auto last = is_range_word(at_) ? weekday_at(at_ + 1) : std::nullopt; last && *last > *weekday && !shift && (!is(at_, "and") || *last == *weekday + 1)) {
      expr_.last = Point{std::nullopt, std::nullopt, last};
      at_ += 2;
    }
    return true;
  }

  bool calendar_after_weekday() {
    const std::size_t back = at_;
    accept(",");
    accept("the");
    const bool bracket = accept("(");
    if (month_first() || day_first() || (has(at_) && numeric())) {
      if (bracket) accept(")");
      return true;
    }
    at_ = back;
    return false;
  }

  // Early, mid or late May; spring 2019; the first half of 2020; the end of June 2019.
  bool part_of_year() {
    accept("the");
    bool part = false;
    if (has(at_) && (info(at_).is(WordClass::month_early) || info(at_).is(WordClass::month_late) || info(at_).is(WordClass::month_mid))) {
      part = true;
      ++at_;
      accept("of");
    } else if (has(at_ + 2) && (token(at_).ordinal || is(at_, "last")) && (is(at_ + 1, "week") || is(at_ + 1, "days") || is(at_ + 1, "weekend") || is(at_ + 1, "half")) && is(at_ + 2, "of") && (month_at(at_ + 3) || is(at_ + 3, "the"))) {
      part = true;  // "in the last week of September"
      at_ += 3;
    } else if (has(at_ + 1) && token(at_).ordinal && (is(at_ + 1, "half") || is(at_ + 1, "quarter"))) {
      part = true;
      at_ += 2;
      accept("of");
    }
    if (!part) return season();
    accept("the");
    if (const auto year = year_at(at_)) {
      expr_.first.year = year;
      expr_.whole_year = true;
      ++at_;
      return true;
    }
    if (month_at(at_)) return month_only() && range_of_parts();
    if (has(at_ + 1) && info(at_).date == DateWord::shift && is(at_ + 1, "year")) return shifted();
    return false;
  }

  bool season() {
    std::optional<int> shift;
    if (has(at_) && info(at_).date == DateWord::shift) {
      shift = info(at_).date_value;
      ++at_;
    }
    if (!has(at_) || info(at_).date != DateWord::season) return false;
    ++at_;
    accept("of");
    expr_.whole_year = true;
    if (const auto year = year_at(at_)) {
      expr_.first.year = year;
      ++at_;
      return true;
    }
    if (!shift) return false;
    expr_.kind = DateExpr::Kind::unit_shift;
    expr_.unit = 'y';
    expr_.shift = shift;
    return true;
  }

  bool month_only() {
    const auto month = month_at(at_);
    if (!month) return false;
    ++at_;
    expr_.first.month = month;
    take_year(expr_.first);
    return true;
  }

  // "late April to early May 2019"
  bool range_of_parts() {
    std::size_t i = at_;
    if (!is_range_word(i) || is(i, "and")) return true;
    ++i;
    if (has(i) && (info(i).is(WordClass::month_early) || info(i).is(WordClass::month_late) || info(i).is(WordClass::month_mid))) ++i;
    const auto month = month_at(i);
    if (!month) return true;
    Point last{std::nullopt, month, std::nullopt};
    at_ = i + 1;
    take_year(last);
    if (!expr_.first.year) expr_.first.year = last.year;
    expr_.last = last;
    return true;
  }

  // "before the end of the year", "at the beginning of the month": of the one that runs.
  bool running_unit() {
    if (!is(at_, "the") || at_ < 2 || !is(at_ - 1, "of")) return false;
    const bool part = is(at_ - 2, "end") || is(at_ - 2, "beginning") || is(at_ - 2, "start") || is(at_ - 2, "close") || is(at_ - 2, "semester") || is(at_ - 2, "half");
    if (!part || !has(at_ + 1) || info(at_ + 1).date != DateWord::unit || is(at_ + 1, "day") || is(at_ + 2, "of")) return false;
    expr_.kind = DateExpr::Kind::unit_shift;
    expr_.unit = static_cast<char>(info(at_ + 1).date_value);
    expr_.shift = 0;
    at_ += 2;
    return true;
  }

  // Last year, this month, next week; last November; this November.
  bool shifted() {
    accept("the");
    if (!has(at_) || info(at_).date != DateWord::shift) return false;
    const int shift = info(at_).date_value;
    if (const auto month = month_at(at_ + 1)) {
      at_ += 2;
      expr_.first.month = month;
      expr_.unit = 'm';
      expr_.shift = shift;
      if (year_at(at_)) take_year(expr_.first);
      return true;
    }
    if (!has(at_ + 1) || info(at_ + 1).date != DateWord::unit || is(at_ + 1, "day")) return false;
    expr_.kind = DateExpr::Kind::unit_shift;
    expr_.unit = static_cast<char>(info(at_ + 1).date_value);
    expr_.shift = shift;
    at_ += 2;
    return true;
  }

  // April 17; April 17 to 18, 2018; April 30 - May 2; May 2019; May.
  bool month_first() {
    const auto month = month_at(at_);
    if (!month) return false;
    ++at_;
    const auto day = day_at(at_);
    if (!day || is(at_ + 1, "percent")) {
      expr_.first.month = month;
      take_year(expr_.first);
      return month_range();
    }
    ++at_;
    expr_.first = {std::nullopt, month, day};
    const std::size_t back = at_;
    if (const std::size_t link = past_weekday_in_brackets(at_); link != at_ && is_range_word(link)) at_ = link;  // "June 9 (Mon) to 11 (Wed)"
    const bool glued = has(at_) && token(at_).joined && (day_at(at_) || (month_at(at_) && day_at(at_ + 1)));
    if (glued || (is_range_word(at_) && (day_at(at_ + 1) || month_at(at_ + 1)) && !year_at(at_ + 1))) {
      if (!glued) ++at_;
      Point last{std::nullopt, month, std::nullopt};
      if (const auto other = month_at(at_)) {
        last.month = other;
        ++at_;
      }
      if (const auto last_day = day_at(at_); last_day && (last.month != month || *last_day > *day)) {
        last.day = last_day;
        ++at_;
        if (at_ > back + 2) at_ = past_weekday_in_brackets(at_);
        take_year(last);
        expr_.first.year = last.year;
        expr_.last = last;
        return true;
      }
    }
    at_ = back;
    take_year(expr_.first);
    return true;
  }

  // Behind "(Mon)"; `i` where it does not stand there.
  std::size_t past_weekday_in_brackets(std::size_t i) const { return is(i, "(") && weekday_at(i + 1) && is(i + 2, ")") ? i + 3 : i; }

  // "April to May 2019"; "from April 2018 to May 2019".
  bool month_range() {
    if (!(is(at_, "to") || is(at_, "-") || is(at_, "–") || is(at_, "until")) || !month_at(at_ + 1)) return true;
    const std::size_t back = at_;
    Point last{std::nullopt, month_at(at_ + 1), std::nullopt};
    at_ += 2;
    if (day_at(at_) && !year_at(at_)) {
      at_ = back;
      return true;
    }
    take_year(last);
    if (!expr_.first.year) expr_.first.year = last.year;
    expr_.last = last;
    return true;
  }

  // "from the 17th to the 21st of May", "Tuesday 16 - Wednesday 17 September": where the day of the end stands.
  std::size_t past_words_of_day(std::size_t i) const {
    const bool article = is(i, "the") && token(i - 2).ordinal;
    return article || weekday_at(i) ? i + 1 : i;
  }

  // 19 November 2020; 26 to 29 May; 17-18 April; the 5th of September; 30 April - 2 May 2019.
  bool day_first() {
    accept("the");
    const auto day = day_at(at_);
    if (!day) return false;
    ++at_;
    std::optional<int> last_day;
    if (has(at_) && token(at_).joined && day_at(at_)) {
      last_day = day_at(at_++);
    } else if (const std::size_t to = past_words_of_day(at_ + 1); is_range_word(at_) && day_at(to)) {
      last_day = day_at(to);
      at_ = to + 1;
    } else if (is(at_, ",") && day_at(at_ + 1) && is(at_ + 2, "and") && day_at(at_ + 3)) {
      last_day = day_at(at_ + 3);
      at_ += 4;
    }
    const bool of = accept("of");
    // "the 19th of this month"
    if (of && has(at_ + 1) && info(at_).date == DateWord::shift && info(at_ + 1).date == DateWord::unit && info(at_ + 1).date_value == 'm') {
      expr_.first.day = day;
      expr_.unit = 'm';
      expr_.shift = info(at_).date_value;
      if (last_day) expr_.last = Point{std::nullopt, std::nullopt, last_day};
      at_ += 2;
      return !last_day || *last_day > *day;
    }
    const auto month = month_at(at_);
    if (!month) return false;
    ++at_;
    expr_.first = {std::nullopt, month, day};
    if (last_day) {
      Point last{std::nullopt, month, last_day};
      take_year(last);
      expr_.first.year = last.year;
      expr_.last = last;
      return *last_day > *day;
    }
    const std::size_t back = at_;
    take_year(expr_.first);
    if (is_range_word(at_)) {
      constexpr int kShortestMonth = 28;
      std::size_t i = at_ + 1;
      const auto other_day = day_at(i);
      const auto other_month = other_day ? month_at(i + 1) : std::nullopt;
      // "on 30 November and 1 December": two days are one stay where one follows the other.
      const bool next_day = other_month && ((*other_month == *month && *other_day == *day + 1) || (*other_month == *month % 12 + 1 && *other_day == 1 && *day >= kShortestMonth));
      if (other_day && other_month && (next_day || !is(at_, "and"))) {
        Point last{std::nullopt, other_month, other_day};
        at_ = i + 2;
        take_year(last);
        if (!expr_.first.year) expr_.first.year = last.year;
        expr_.last = last;
      }
    }
    (void)back;
    return true;
  }

  // "both on the 18th": the article and the ending tell it from a count.
  bool day_alone() {
    if (!is(at_, "the") || !has(at_ + 1) || !token(at_ + 1).ordinal || !token(at_ + 1).digits) return false;
    const auto day = day_at(at_ + 1);
    const bool before_noun = has(at_ + 2) && token(at_ + 2).letters && !info(at_ + 2).is(WordClass::preposition) && !info(at_ + 2).is(WordClass::conjunction) &&
                             !info(at_ + 2).is(WordClass::abbreviation) && !info(at_ + 2).is(WordClass::pronoun_singular) && !info(at_ + 2).is(WordClass::pronoun_plural) && !info(at_ + 2).is(WordClass::determiner);
    if (!day || before_noun || at_ == 0 || !(is(at_ - 1, "on") || is(at_ - 1, "from") || is(at_ - 1, "since"))) return false;
    expr_.first.day = day;
    at_ += 2;
    return true;
  }

  // "two years ago", "a fortnight ago today", "three days later", "a week from today", "in ten days' time".
  bool years_ago() {
    int count = 0;
    if (is(at_, "a") || is(at_, "an")) count = 1;
    else if (has(at_) && token(at_).number > 0 && !token(at_).ordinal) count = token(at_).number;
    if (count == 0 || count > 300 || !has(at_ + 2)) return false;
    std::string_view unit = word(at_ + 1);
    if (unit.ends_with('s')) unit.remove_suffix(1);
    const int days = unit == "day" ? 1 : unit == "week" ? 7 : unit == "fortnight" ? 14 : 0;
    if (days == 0 && unit != "month" && unit != "year") return false;
    at_ += 2;
    if (accept("ago")) {
      const bool to_the_day = accept("today");
      if (days == 1 || days == 14 || (to_the_day && days > 0)) return days_away(-count * days);
      return units_away(unit[0], -count);
    }
    const bool ends = has(at_ + 1) && token(at_ + 1).punct;  // "Three days before, the Minister"
    const bool back = is(at_, "earlier") || is(at_, "previously") || (ends && is(at_, "before"));
    if (back || is(at_, "later") || is(at_, "afterwards") || (ends && is(at_, "after"))) {
      const int sign = back ? -1 : 1;
      ++at_;
      if (days == 0) return sign < 0 && units_away(unit[0], -count);
      expr_.kind = DateExpr::Kind::anchor_shift;
      expr_.shift = sign * count * days;
      return true;
    }
    if (days > 0 && accept("from")) {
      if (accept("now") || accept("today")) return days_away(count * days);
      return accept("tomorrow") && days_away(count * days + 1);
    }
    if (token(at_).possessive && is(at_ + 1, "time")) {
      at_ += 2;
      return days == 1 ? days_away(count) : units_away(days == 0 ? unit[0] : 'w', days == 14 ? count * 2 : count);
    }
    return false;
  }

  bool days_away(int shift) {
    expr_.kind = DateExpr::Kind::day_shift;
    expr_.unit = 'd';
    expr_.shift = shift;
    return true;
  }

  bool units_away(char unit, int shift) {
    expr_.kind = DateExpr::Kind::unit_shift;
    expr_.unit = unit;
    expr_.shift = shift;
    return true;
  }

  bool year_alone() {
    const auto year = year_at(at_);
    if (!year || token(at_).joined) return false;
    // Counted things are no years, nor are parts of numbers and names: "2000 people", "1980s", "2019-batch".
    if (has(at_ + 1) && (token(at_ + 1).joined && token(at_ + 1).letters)) return false;
    const bool led = at_ == 0 || info(at_ - 1).is(WordClass::preposition) || token(at_ - 1).punct || info(at_ - 1).is(WordClass::conjunction) ||
                     is(at_ - 1, "year") || is(at_ - 1, "a") || is(at_ - 1, "the");
    if (!led) return false;
    expr_.first.year = year;
    ++at_;
    if (has(at_) && token(at_).joined && year_at(at_)) {
      expr_.last = Point{year_at(at_), std::nullopt, std::nullopt};
      ++at_;
    } else if (is(at_, "to") && year_at(at_ + 1)) {
      expr_.last = Point{year_at(at_ + 1), std::nullopt, std::nullopt};
      at_ += 2;
    }
    return true;
  }

  std::span<const Token> tokens_;
  std::size_t begin_;
  std::size_t at_;
  const Vocabulary& vocabulary_;
  std::string_view text_;
  DateExpr expr_;
};

}  // namespace

std::optional<DateExpr> parse_date(std::span<const Token> tokens, std::size_t at, const Vocabulary& vocabulary, std::string_view text) {
  return DateParser(tokens, at, vocabulary, text).run();
}

}  // namespace entente::importers
