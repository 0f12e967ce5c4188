#include "importers/clean/dates.h"

#include <unicode/dtfmtsym.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kDateLineBytesMax = 120;

constexpr std::array kLocales{
    "en",      "af", "am",    "ar", "ar_SY", "ar_MA", "ar_DZ", "az", "be", "bg", "bn", "bs",      "ca", "cs", "cy",
    "da",      "de", "de_AT", "el", "es",    "et",    "eu",    "fa", "fi", "fr", "ga", "gl",      "he", "hi", "hr",
    "hu",      "hy", "id",    "is", "it",    "ja",    "ka",    "kk", "km", "ko", "ky", "lo",      "lt", "lv", "mk",
    "mn",      "ms", "my",    "ne", "nl",    "no",    "pl",    "pt", "ro", "ru", "si", "sk",      "sl", "sq", "sr",
    "sr_Latn", "sv", "sw",    "ta", "tg",    "th",    "tk",    "tr", "uk", "ur", "uz", "uz_Cyrl", "vi", "zh"};

struct Words {
  std::unordered_map<std::string, std::unordered_map<std::string, int>> months_of_language;
  std::unordered_map<std::string, int> months;  // 0 where languages disagree
  std::unordered_set<std::string> month_openers;  // the first words of their names
  std::unordered_set<std::string> weekdays;
};

std::string language_of(std::string_view tag) { return std::string(tag.substr(0, tag.find_first_of("-_"))); }

std::string folded(const icu::UnicodeString& name) {
  std::string utf8;
  name.toUTF8String(utf8);
  std::string out = collapse_blanks(fold(utf8));
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

bool has_letter(std::string_view word) {
  for (std::size_t at = 0; at < word.size();) {
    const CodePoint point = decode_utf8(word, at);
    if (u_isalpha(static_cast<UChar32>(point.value)) != 0) return true;
    at += point.bytes;
  }
  return false;
}

void add_month(Words& words, const std::string& language, const std::string& name, int month) {
  if (name.size() < 3 || !has_letter(name)) return;
  words.months_of_language[language].emplace(name, month);
  const auto [place, fresh] = words.months.emplace(name, month);
  if (!fresh && place->second != month) place->second = 0;
  words.month_openers.insert(name.substr(0, name.find(' ')));
}

Words make_words() {
  using Symbols = icu::DateFormatSymbols;
  Words words;
  for (const char* const locale : kLocales) {
    UErrorCode status = U_ZERO_ERROR;
    const Symbols symbols(icu::Locale(locale), "gregorian", status);
    if (U_FAILURE(status) != 0) continue;
    const std::string language = language_of(locale);
    for (const auto context : {Symbols::FORMAT, Symbols::STANDALONE}) {
      for (const auto width : {Symbols::WIDE, Symbols::ABBREVIATED}) {
        std::int32_t count = 0;
        const icu::UnicodeString* months = symbols.getMonths(count, context, width);
        for (std::int32_t i = 0; i < std::min(count, 12); ++i) add_month(words, language, folded(months[i]), i + 1);
        const icu::UnicodeString* days = symbols.getWeekdays(count, context, width);
        for (std::int32_t i = 1; i < count; ++i) words.weekdays.insert(folded(days[i]));
      }
    }
  }
  words.weekdays.erase("");
  return words;
}

const Words& words() {
  static const Words made = make_words();
  return made;
}

struct Piece {
  enum class Kind : std::uint8_t { number, word, mark } kind = Kind::mark;
  std::size_t begin = 0;
  std::size_t end = 0;
  int value = 0;  // of a number
  int digits = 0;
  std::string word;  // folded; of a mark, its character
};

// Most text is ASCII, and ICU's tables are slow to ask.
bool parts_pieces(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= U'\t' && c <= U'\r');
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || (c >= 0x200B && c <= 0x200F);
}

int digit_value(char32_t c) {
  if (c < 0x80) return c >= U'0' && c <= U'9' ? static_cast<int>(c - U'0') : -1;
  return u_charDigitValue(static_cast<UChar32>(c));
}

Piece take_number(std::string_view text, std::size_t at) {
  Piece piece{Piece::Kind::number, at, at, 0, 0, {}};
  while (piece.end < text.size()) {
    const CodePoint point = decode_utf8(text, piece.end);
    const int digit = digit_value(point.value);
    if (digit < 0) break;
    if (piece.digits < 9) piece.value = piece.value * 10 + digit;
    ++piece.digits;
    piece.end += point.bytes;
  }
  return piece;
}

bool belongs_to_word(char32_t c) {
  if (c < 0x80) return (c | 0x20U) >= U'a' && (c | 0x20U) <= U'z';
  const auto point = static_cast<UChar32>(c);
  if (u_isalpha(point) != 0) return true;
  const auto type = u_charType(point);
  return type == U_NON_SPACING_MARK || type == U_COMBINING_SPACING_MARK;
}

Piece take_word(std::string_view text, std::size_t at) {
  Piece piece{Piece::Kind::word, at, at, 0, 0, {}};
  while (piece.end < text.size()) {
    const CodePoint point = decode_utf8(text, piece.end);
    if (!belongs_to_word(point.value)) break;
    piece.end += point.bytes;
    // The signs for year, month and day are words of their own: 2020年11月19日, 2020년 11월 19일.
    if (point.value == U'年' || point.value == U'月' || point.value == U'日') break;
  }
  piece.word = fold(text.substr(at, piece.end - at));
  return piece;
}

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (parts_pieces(point.value)) {
      at += point.bytes;
      continue;
    }
    if (digit_value(point.value) >= 0)
      out.push_back(take_number(text, at));
    else if (belongs_to_word(point.value))
      out.push_back(take_word(text, at));
    else
      out.push_back({Piece::Kind::mark, at, at + point.bytes, 0, 0, std::string(text.substr(at, point.bytes))});
    at = out.back().end;
  }
  return out;
}

class Finder {
 public:
  Finder(const std::vector<Piece>& pieces, std::string_view language) : pieces_(pieces), language_(language) {
    const auto of_language = words().months_of_language.find(language_of(language_));
    if (of_language != words().months_of_language.end()) months_of_language_ = &of_language->second;
  }

  // A date that starts at piece `i`; `after` gets the piece after it.
  std::optional<CivilDate> at(std::size_t i, std::size_t& after) const {
    if (pieces_[i].kind == Piece::Kind::number) {
      if (auto date = year_first(i, after)) return date;
      if (auto date = numeric(i, after)) return date;
      if (auto date = day_first(i, after)) return date;
    }
    if (pieces_[i].kind != Piece::Kind::word) return std::nullopt;
    if (auto date = of_era(i, after)) return date;
    return month_first(i, after);
  }

  // The month that piece `i` names, in one word or two; `after` gets the piece after it.
  int month_at(std::size_t i, std::size_t& after) const {
    if (i >= pieces_.size() || pieces_[i].kind != Piece::Kind::word) return 0;
    if (!words().month_openers.contains(pieces_[i].word)) {
      after = i + 1;
      return 0;
    }
    std::string two = pieces_[i].word;
    if (i + 1 < pieces_.size() && pieces_[i + 1].kind != Piece::Kind::mark) {
      two += ' ';
      two += pieces_[i + 1].kind == Piece::Kind::word ? pieces_[i + 1].word : std::to_string(pieces_[i + 1].value);
      after = i + 2;
      if (const int month = named(two)) return month;
    }
    after = i + 1;
    return named(pieces_[i].word);
  }

  bool is_connecting(std::size_t i) const {
    static const std::unordered_set<std::string_view> kWords{
        "de",   "del",  "of",  "the",     "st",   "nd",  "rd", "th",   "er", "do", "da",  "di",
        "den",  "der",  "den", "г",       "года", "год", "р",  "року", "г.", "ж",  "жыл", "yil",
        "yili", "ngay", "nam", "tanggal", "on",   "le",  "el", "il",   "am", "mb", "m"};
    const Piece& piece = pieces_[i];
    if (piece.kind == Piece::Kind::mark) return piece.word == "," || piece.word == "." || piece.word == "،";
    return piece.kind == Piece::Kind::word && kWords.contains(piece.word);
  }

 private:
  bool is_number(std::size_t i) const { return i < pieces_.size() && pieces_[i].kind == Piece::Kind::number; }
  bool is_mark(std::size_t i, std::string_view marks) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::mark && pieces_[i].word.size() == 1 &&
           marks.find(pieces_[i].word) != std::string_view::npos;
  }
  bool is_word(std::size_t i, std::string_view a, std::string_view b) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::word && (pieces_[i].word == a || pieces_[i].word == b);
  }
  std::size_t pass_connecting(std::size_t i) const {
    for (int passed = 0; passed < 3 && i < pieces_.size() && is_connecting(i); ++passed) ++i;
    return i;
  }

  int named(const std::string& word) const {
    if (months_of_language_ != nullptr)
      if (const auto found = months_of_language_->find(word); found != months_of_language_->end()) return found->second;
    const auto found = words().months.find(word);
    return found == words().months.end() ? 0 : found->second;
  }

  // The Buddhist era runs 543 years ahead.
  std::optional<CivilDate> civil(int year, int month, int day) const {
    if (year >= 2450 && year <= 2650) year -= 543;
    const CivilDate date{year, month, day};
    if (year < 1800 || year > 2100 || !is_valid(date)) return std::nullopt;
    return date;
  }
  std::optional<CivilDate> civil_at(std::size_t year, int month, int day) const {
    if (!is_number(year) || pieces_[year].digits != 4) return std::nullopt;
    return civil(pieces_[year].value, month, day);
  }

  // 2020-11-19, 2020/11/19, 2020. 11. 19., 2020年11月19日, 2020년 11월 19일, 2020 November 19
  std::optional<CivilDate> year_first(std::size_t i, std::size_t& after) const {
    if (pieces_[i].digits != 4) return std::nullopt;
    const bool signs = is_word(i + 1, "年", fold("년"));
    if ((signs || is_mark(i + 1, "-/.")) && is_number(i + 2) && is_number(i + 4)) {
      const bool same = signs ? is_word(i + 3, "月", fold("월")) : is_mark(i + 3, "-/.");
      if (same && pieces_[i + 4].digits <= 2) {
        after = i + 5;
        if (after < pieces_.size() && is_word(after, "日", fold("일"))) ++after;
        return civil_at(i, pieces_[i + 2].value, pieces_[i + 4].value);
      }
    }
    std::size_t day = 0;
    const int month = month_at(pass_connecting(i + 1), day);
    if (month == 0 || !is_number(day) || pieces_[day].digits > 2) return std::nullopt;
    after = day + 1;
    return civil_at(i, month, pieces_[day].value);
  }

  // 令和2年11月19日: the years of a Japanese era, or of the Republic of China.
  std::optional<CivilDate> of_era(std::size_t i, std::size_t& after) const {
    static constexpr std::array<std::pair<std::string_view, int>, 5> kEras{
        {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}, {"民國", 1911}, {"民国", 1911}}};
    static constexpr std::string_view kFirstYear = "元年";
    std::string_view name = pieces_[i].word;
    if (name.empty() || static_cast<unsigned char>(name.back()) < 0x80) return std::nullopt;
    const bool first_year = name.ends_with(kFirstYear);
    if (first_year) name.remove_suffix(kFirstYear.size());
    const auto era = std::find_if(kEras.begin(), kEras.end(), [name](const auto& known) { return name.ends_with(known.first); });
    if (era == kEras.end()) return std::nullopt;
    const std::size_t month = i + (first_year ? 1 : 3);
    if (!first_year && !(is_number(i + 1) && is_word(i + 2, "年", "年"))) return std::nullopt;
    if (!is_number(month) || !is_word(month + 1, "月", "月") || !is_number(month + 2)) return std::nullopt;
    after = month + 3;
    if (is_word(after, "日", "日")) ++after;
    const int year = era->second + (first_year ? 1 : pieces_[i + 1].value);
    return civil(year, pieces_[month].value, pieces_[month + 2].value);
  }

  // 19.11.2020, 19/11/2020, 19-11-2020, 11/19/2020, 19/11/20
  std::optional<CivilDate> numeric(std::size_t i, std::size_t& after) const {
    if (pieces_[i].digits > 2 || !is_mark(i + 1, "-/.") || !is_number(i + 2) || pieces_[i + 2].digits > 2)
      return std::nullopt;
    if (!is_mark(i + 3, "-/.") || pieces_[i + 3].word != pieces_[i + 1].word || !is_number(i + 4)) return std::nullopt;
    after = i + 5;
    const int first = pieces_[i].value;
    const int second = pieces_[i + 2].value;
    const bool month_leads =
        second > 12 || (first <= 12 && is_mark(i + 1, "/") && (language_ == "en-us" || language_ == "en-ph"));
    const Piece& year = pieces_[i + 4];
    if (year.digits == 2 && pieces_[i + 2].digits == 2) {
      // The century that is nearest: pages are not older than the web is, dates on them seldom.
      const int whole = year.value + (year.value < 70 ? 2000 : 1900);
      return month_leads ? civil(whole, first, second) : civil(whole, second, first);
    }
    return month_leads ? civil_at(i + 4, first, second) : civil_at(i + 4, second, first);
  }

  // 19 November 2020, 19. November 2020, 19th of November, 2020, 19 de noviembre de 2020, 19-Nov-2020
  std::optional<CivilDate> day_first(std::size_t i, std::size_t& after) const {
    if (pieces_[i].digits > 2) return std::nullopt;
    std::size_t month_piece = pass_connecting(i + 1);
    if (is_mark(i + 1, "-/")) month_piece = i + 2;
    std::size_t next = 0;
    const int month = month_at(month_piece, next);
    if (month == 0) return std::nullopt;
    const std::size_t year = is_mark(next, "-/") ? next + 1 : pass_connecting(next);
    after = year + 1;
    return civil_at(year, month, pieces_[i].value);
  }

  // November 19, 2020
  std::optional<CivilDate> month_first(std::size_t i, std::size_t& after) const {
    std::size_t next = 0;
    const int month = month_at(i, next);
    if (month == 0) return std::nullopt;
    const std::size_t day = pass_connecting(next);
    if (!is_number(day) || pieces_[day].digits > 2) return std::nullopt;
    const std::size_t year = pass_connecting(day + 1);
    after = year + 1;
    return civil_at(year, month, pieces_[day].value);
  }

  const std::vector<Piece>& pieces_;
  std::string language_;
  const std::unordered_map<std::string, int>* months_of_language_ = nullptr;
};

std::string language_tag(std::string_view tag) {
  std::string out(tag);
  for (char& c : out) c = c == '_' ? '-' : ascii_lower(c);
  return out;
}

// Most lines hold none: so they need not be taken to pieces. Digits of other scripts are no ASCII.
bool may_hold_number(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0xD9; });
}

// Does not cut a character in two.
std::string_view head_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0U) == 0x80U) --bytes;
  return text.substr(0, bytes);
}

}  // namespace

std::optional<FoundDate> find_date(std::string_view text, std::string_view language) {
  text = head_of(text, kDateTextBytesMax);
  if (!may_hold_number(text)) return std::nullopt;
  const auto pieces = pieces_of(text);
  const Finder finder(pieces, language_tag(language));
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    std::size_t after = i + 1;
    const auto date = finder.at(i, after);
    if (date) return FoundDate{*date, pieces[i].begin, pieces[std::min(after, pieces.size()) - 1].end};
  }
  return std::nullopt;
}

std::optional<FoundDate> find_date_at_start(std::string_view text, std::string_view language) {
  text = head_of(text, kDateTextBytesMax);
  if (text.empty() || !may_hold_number(text)) return std::nullopt;
  const char32_t first = decode_utf8(text, 0).value;
  if (digit_value(first) < 0) {
    // A word that may open a date, or else none begins here.
    if (!belongs_to_word(first)) return std::nullopt;
    const Piece opener = take_word(text, 0);
    const bool era = !opener.word.empty() && static_cast<unsigned char>(opener.word.back()) >= 0x80;
    if (!era && !words().month_openers.contains(opener.word)) return std::nullopt;
  }
  const auto pieces = pieces_of(text);
  const Finder finder(pieces, language_tag(language));
  std::size_t after = 1;
  const auto date = finder.at(0, after);
  if (!date) return std::nullopt;
  return FoundDate{*date, pieces[0].begin, pieces[std::min(after, pieces.size()) - 1].end};
}

std::string_view without_weekday(std::string_view before) {
  std::size_t end = before.size();
  while (end > 0 && (before[end - 1] == ' ' || before[end - 1] == ',' || before[end - 1] == '.')) --end;
  const std::size_t blank = before.substr(0, end).find_last_of(" \n:,|");
  const std::size_t begin = blank == std::string_view::npos ? 0 : blank + 1;
  std::string word = fold(before.substr(begin, end - begin));
  return words().weekdays.contains(word) ? before.substr(0, begin) : before;
}

bool is_date_line(std::string_view line, std::string_view language) {
  if (line.size() > kDateLineBytesMax || !may_hold_number(line)) return false;
  const auto pieces = pieces_of(line);
  const Finder finder(pieces, language_tag(language));
  bool month = false;
  bool number = false;
  bool whole = false;
  for (std::size_t i = 0; i < pieces.size();) {
    std::size_t after = i + 1;
    if (finder.at(i, after)) {
      whole = true;
      i = after;
      continue;
    }
    const Piece& piece = pieces[i];
    if (piece.kind == Piece::Kind::number) {
      const bool clock = i + 1 < pieces.size() && pieces[i + 1].word == ":";
      number |= !clock && (piece.digits <= 2 || piece.digits == 4);
      if (piece.digits > 4) return false;
    } else if (piece.kind == Piece::Kind::word) {
      if (finder.month_at(i, after) != 0) {
        month = true;
      } else if (after = i + 1; !words().weekdays.contains(piece.word) && !finder.is_connecting(i) &&
                                piece.word != "to" && piece.word != "and" && piece.word != "pm" &&
                                piece.word != "until") {
        return false;
      }
    }
    i = after;
  }
  return whole || (month && number);
}

}  // namespace entente::importers
