#include "importers/tokenise/tokens.h"

#include <array>
#include <utf8proc.h>

#include "base/utf8.h"
#include "importers/lexicon/vocabulary.h"

namespace entente::importers {
namespace {

enum class CharKind : std::uint8_t { blank, upper, lower, digit, mark, apostrophe, hyphen, dash, joiner };

struct Char {
  CharKind kind = CharKind::blank;
  std::uint8_t bytes = 1;
};

constexpr CharKind ascii_kind(char c) {
  if (c >= 'a' && c <= 'z') return CharKind::lower;
  if (c >= 'A' && c <= 'Z') return CharKind::upper;
  if (c >= '0' && c <= '9') return CharKind::digit;
  if (c == ' ' || (c >= '\t' && c <= '\r')) return CharKind::blank;
  if (c == '\'') return CharKind::apostrophe;
  if (c == '-') return CharKind::hyphen;
  return CharKind::mark;
}

CharKind wide_kind(char32_t c) {
  if (c == U'’' || c == U'‘' || c == U'ʻ' || c == U'ʼ' || c == U'`') return CharKind::apostrophe;
  if (c == U'–' || c == U'‐' || c == U'‑' || c == U'—' || c == U'−') return c == U'—' ? CharKind::dash : CharKind::hyphen;
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(c))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LO: return CharKind::upper;
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_MC: return CharKind::lower;
    case UTF8PROC_CATEGORY_ND: return CharKind::digit;
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF: return CharKind::blank;
    default: return CharKind::mark;
  }
}

constexpr std::size_t kAsciiSize = 128;

// By its byte: every character of a text is asked for several times.
constexpr std::array<CharKind, kAsciiSize> kAsciiKinds = [] {
  std::array<CharKind, kAsciiSize> kinds{};
  for (std::size_t c = 0; c < kAsciiSize; ++c) kinds[c] = ascii_kind(static_cast<char>(c));
  return kinds;
}();

inline Char char_at(std::string_view text, std::uint32_t at) {
  if (const auto byte = static_cast<std::uint8_t>(text[at]); byte < kAsciiSize) return {kAsciiKinds[byte], 1};
  const CodePoint code = decode_utf8(text, at);
  return {wide_kind(code.value), static_cast<std::uint8_t>(code.bytes)};
}

bool is_word_char(CharKind kind) { return kind == CharKind::upper || kind == CharKind::lower || kind == CharKind::digit; }

constexpr std::uint32_t kCliticBytesMax = 8;
constexpr std::size_t kPartsMax = 12;       // words written together
constexpr std::size_t kTogetherMax = 48;    // letters of a word that is looked into

class Tokeniser {
 public:
  Tokeniser(std::string_view text, std::uint32_t end, const Vocabulary& vocabulary, std::vector<Token>& tokens, bool part)
      : text_(text), end_(end), vocabulary_(vocabulary), tokens_(tokens), part_(part) {}

  void run(std::uint32_t at) {
    bool blank_before = true;
    bool joined = false;
    while (at < end_) {
      const Char c = char_at(text_, at);
      if (c.kind == CharKind::blank) {
        blank_before = true;
        joined = false;
        at += c.bytes;
        continue;
      }
      if (is_word_char(c.kind) && !is_lone_circle(at, c.bytes)) {
        at = word(at, joined, !blank_before);
        joined = false;
      } else if (c.kind == CharKind::hyphen && !blank_before && next_is_word(at + c.bytes)) {
        joined = true;
        at += c.bytes;
      } else if (c.kind == CharKind::apostrophe && !blank_before && possessive_length(at, c.bytes) > 0) {
        const std::uint32_t length = possessive_length(at, c.bytes);
        Token token{at, at + length};
        token.possessive = true;
        token.word = vocabulary_.find("'s");
        token.punct = true;
        token.touches = true;
        tokens_.push_back(token);
        at += length;
      } else {
        Token token{at, at + c.bytes};
        token.punct = true;
        token.touches = !blank_before;
        const std::string_view mark = text_.substr(at, c.bytes);
        token.word = c.bytes == 1 ? vocabulary_.find(mark) : vocabulary_.find(fold_word(mark));
        tokens_.push_back(token);
        at += c.bytes;
      }
      blank_before = false;
    }
  }

 private:
  bool next_is_word(std::uint32_t at) const { return at < end_ && is_word_char(char_at(text_, at).kind); }

  // The Korean letter by itself that opens what stands under a point: a bullet.
  bool is_lone_circle(std::uint32_t at, std::uint32_t bytes) const { return text_.substr(at, bytes) == "\u3147" && !next_is_word(at + bytes); }

  // 's after a word, or the apostrophe alone after a plural's s; 0 when this is another apostrophe.
  std::uint32_t possessive_length(std::uint32_t at, std::uint32_t bytes) const {
    if (tokens_.empty() || tokens_.back().end != at || !tokens_.back().letters) return 0;
    const std::uint32_t next = at + bytes;
    if (next < end_ && (text_[next] == 's' || text_[next] == 'S') && !next_is_word(next + 1)) return bytes + 1;
    const char last = text_[at - 1];
    if ((last == 's' || last == 'S' || last == 'z' || last == 'x') && !next_is_word(next)) return bytes;
    return 0;
  }

  // Where a word in small letters of ASCII ends, that nothing behind it can belong to; 0 where it is another word.
  std::uint32_t past_small_word(std::uint32_t begin) const {
    std::uint32_t at = begin;
    while (at < end_ && text_[at] >= 'a' && text_[at] <= 'z') ++at;
    if (at == begin) return 0;
    if (at == end_ || text_[at] == ' ' || text_[at] == ',' || text_[at] == '\n') return at;
    return text_[at] == '.' && at > begin + 1 ? at : 0;
  }

  // Most words: not hyphened to the one before, folded already, no number in digits.
  std::uint32_t small_word(std::uint32_t begin, std::uint32_t end, bool touches) {
    Token token{begin, end};
    token.touches = touches;
    token.letters = true;
    const std::string_view raw = text_.substr(begin, end - begin);
    const WordId plain = vocabulary_.find(raw);
    token.word = vocabulary_.find_spelt(raw);
    if (token.word == 0) token.word = plain;
    if (token.word != 0) {
      const WordInfo& info = vocabulary_.info(token.word);
      token.number = info.number;
      token.ordinal = info.ordinal;
    }
    if (end < end_ && text_[end] == '.' && plain != 0 && vocabulary_.info(plain).is(WordClass::abbreviation)) {
      ++token.end;
      token.dotted = true;
    }
    tokens_.push_back(token);
    return token.end;
  }

  std::uint32_t word(std::uint32_t begin, bool joined, bool touches) {
    if (const std::uint32_t end = joined ? 0 : past_small_word(begin); end != 0) return small_word(begin, end, touches);
    Token token{begin, begin};
    token.joined = joined;
    token.touches = touches;
    int letters = 0;
    int uppers = 0;
    std::uint32_t at = begin;
    bool first = true;
    std::uint32_t small_letters = 0;
    while (at < end_) {
      // Small letters in a row are what most of a text is made of.
      std::uint32_t small = at;
      while (small < end_ && text_[small] >= 'a' && text_[small] <= 'z') ++small;
      if (small > at) {
        letters += static_cast<int>(small - at);
        small_letters += small - at;
        first = false;
        at = small;
        continue;
      }
      const Char c = char_at(text_, at);
      if (c.kind == CharKind::blank) break;
      if (is_word_char(c.kind)) {
        if (vocabulary_.particles && !first && ends_number(c, token, letters)) break;
        if (c.kind == CharKind::digit) {
          token.digits = token.digits || first;
        } else {
          ++letters;
          if (c.kind == CharKind::upper) {
            ++uppers;
            token.capital = token.capital || first;
          }
        }
        first = false;
        at += c.bytes;
      } else if (c.kind == CharKind::apostrophe && letters > 0 && is_clitic(begin, at)) {
        at += c.bytes;  // l'accord: the article is a word of its own
        break;
      } else if (continues_word(at, c, token)) {
        at += c.bytes;
      } else {
        break;
      }
    }
    token.end = at;
    token.letters = letters > 0;
    token.all_caps = letters >= 2 && uppers == letters;
    return finish(token, small_letters == at - begin);
  }

  // A mark inside a word: d'affaires, 4,200, 6:15, U.S, C5+1, AT&T.
  bool continues_word(std::uint32_t at, const Char& c, const Token& token) const {
    if (at + c.bytes >= end_) return false;
    const Char next = char_at(text_, at + c.bytes);
    if (!is_word_char(next.kind)) return false;
    if (c.kind == CharKind::apostrophe) return !is_possessive_s(at + c.bytes);
    const char mark = text_[at];
    const char before = text_[at - 1];
    if (mark == '.') {
      if (before >= '0' && before <= '9') return next.kind == CharKind::digit;
      if (next.kind == CharKind::upper && initial_before(at, token.begin)) return true;
      return single_letter_before(at, token.begin) && next.kind != CharKind::digit;
    }
    if (mark == ',' || mark == ':') return before >= '0' && before <= '9' && next.kind == CharKind::digit;
    if (mark == '/') return before >= '0' && before <= '9' && next.kind == CharKind::digit;
    return mark == '+' && (next.kind == CharKind::digit || (before >= '0' && before <= '9'));
  }

  // "2024년" is a number and a word, where words are written together.
  bool ends_number(const Char& c, const Token& token, int letters) const { return token.digits && letters == 0 && c.kind != CharKind::digit && c.bytes > 1; }

  bool is_clitic(std::uint32_t begin, std::uint32_t apostrophe) const {
    if (apostrophe - begin > kCliticBytesMax) return false;
    const WordId id = vocabulary_.find(fold_word(text_.substr(begin, apostrophe - begin)) + "'");
    return id != 0 && vocabulary_.info(id).is(WordClass::clitic);
  }

  bool is_possessive_s(std::uint32_t at) const { return (text_[at] == 's' || text_[at] == 'S') && !next_is_word(at + 1); }

  // "Ts.Batsukh": one letter of another script may take two of ours.
  bool initial_before(std::uint32_t at, std::uint32_t begin) const {
    constexpr std::uint32_t kLettersMax = 3;
    if (at - begin < 2 || at - begin > kLettersMax || !(text_[begin] >= 'A' && text_[begin] <= 'Z')) return false;
    const WordId id = vocabulary_.find(fold_word(text_.substr(begin, at - begin)));
    return id != 0 && vocabulary_.info(id).is(WordClass::initial);
  }

  // "U" of "U.S", not "to" of "to.The".
  bool single_letter_before(std::uint32_t at, std::uint32_t begin) const {
    const bool letter = (text_[at - 1] >= 'A' && text_[at - 1] <= 'Z') || (text_[at - 1] >= 'a' && text_[at - 1] <= 'z');
    return letter && (at - 1 == begin || text_[at - 2] == '.');
  }

  // `small`: nothing but small letters of ASCII, as most words are, and so folded already.
  std::uint32_t finish(Token token, bool small) {
    const std::string_view raw = text_.substr(token.begin, token.end - token.begin);
    if (!small) fold_into(raw, folded_);
    const std::string_view folded = small ? raw : std::string_view(folded_);
    const WordId plain = vocabulary_.find(folded);  // the word without its accents
    token.word = vocabulary_.find_spelt(raw);
    if (token.word == 0) token.word = plain;
    if (vocabulary_.particles && part_ && token.letters && !token.digits && token.word == 0 && static_cast<std::uint8_t>(raw[0]) >= 0x80U) return parts(token, raw);
    if (token.joined && joins_prefix(folded)) {
      Token& prefix = tokens_.back();
      prefix.end = token.end;
      prefix.word = vocabulary_.find("re" + std::string(folded));
      return token.end;
    }
    read_number(token, folded);
    if (token.joined && counts_on(token)) {
      Token& tens = tokens_.back();
      tens.end = token.end;
      tens.number += token.number;
      tens.ordinal = token.ordinal;
      tens.word = token.word;
      return token.end;
    }
    if (token.end < end_ && text_[token.end] == '.' && takes_stop(token, raw, plain)) {
      ++token.end;
      token.dotted = true;
    }
    tokens_.push_back(token);
    return token.end;
  }

  // "fifty-fourth" is one number.
  bool counts_on(const Token& token) const {
    if (tokens_.empty() || token.digits || token.number < 1 || token.number > 9) return false;
    const Token& tens = tokens_.back();
    return !tens.ordinal && !tens.digits && tens.number >= 20 && tens.number <= 90 && tens.number % 10 == 0;
  }

  // "외교부장관은": known words and, at the end, what marks their part in the sentence. A word that is not known keeps its
  // letters but for the marks at its end.
  std::uint32_t parts(const Token& whole, std::string_view raw) {
    std::vector<std::uint32_t> starts;  // of letters
    for (std::uint32_t at = 0; at < raw.size() && starts.size() <= kTogetherMax;) {
      starts.push_back(at);
      at += char_at(raw, at).bytes;
    }
    if (starts.size() > kTogetherMax) {
      tokens_.push_back(whole);
      return whole.end;
    }
    starts.push_back(static_cast<std::uint32_t>(raw.size()));
    std::vector<std::size_t> cuts = known_parts(raw, starts);
    if (cuts.empty()) cuts = stem_and_marks(raw, starts);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      Token part = whole;
      part.begin = whole.begin + starts[cuts[i]];
      part.end = whole.begin + starts[cuts[i + 1]];
      part.joined = i == 0 && whole.joined;
      part.touches = i > 0 || whole.touches;
      const std::string folded = fold_word(text_.substr(part.begin, part.end - part.begin));
      part.word = vocabulary_.find(folded);
      read_number(part, folded);
      tokens_.push_back(part);
    }
    return whole.end;
  }

  WordId word_between(std::string_view raw, const std::vector<std::uint32_t>& starts, std::size_t from, std::size_t to) const {
    return vocabulary_.find(fold_word(raw.substr(starts[from], starts[to] - starts[from])));
  }

  bool is_mark(WordId id) const { return id != 0 && (vocabulary_.info(id).is(WordClass::particle) || vocabulary_.info(id).is(WordClass::ending)); }

  // The fewest known words that make it up, the longest first among equals, and no mark in front; empty when there are none.
  std::vector<std::size_t> known_parts(std::string_view raw, const std::vector<std::uint32_t>& starts) const {
    const std::size_t count = starts.size() - 1;
    std::vector<std::size_t> fewest(count + 1, kPartsMax + 1);  // words from here to the end
    std::vector<std::size_t> next(count + 1, 0);
    fewest[count] = 0;
    for (std::size_t from = count; from-- > 0;)
      for (std::size_t to = count; to > from; --to) {
        if (fewest[to] >= kPartsMax || fewest[to] + 1 >= fewest[from]) continue;
        const WordId id = word_between(raw, starts, from, to);
        if (id == 0 || (from == 0 && is_mark(id))) continue;
        fewest[from] = fewest[to] + 1;
        next[from] = to;
      }
    if (fewest[0] > kPartsMax) return {};
    std::vector<std::size_t> cuts{0};
    while (cuts.back() < count) cuts.push_back(next[cuts.back()]);
    return cuts;
  }

  // An unknown stem of two letters or more, then the longest marks.
  std::vector<std::size_t> stem_and_marks(std::string_view raw, const std::vector<std::uint32_t>& starts) const {
    const std::size_t count = starts.size() - 1;
    for (std::size_t from = 2; from < count; ++from)
      if (is_mark(word_between(raw, starts, from, count))) return {0, from, count};
    return {0, count};
  }

  // "re-established" is reestablished where a table has that.
  bool joins_prefix(std::string_view folded) const {
    if (tokens_.empty()) return false;
    const Token& last = tokens_.back();
    if (last.end - last.begin != 2 || last.joined || fold_word(text_.substr(last.begin, 2)) != "re") return false;
    return vocabulary_.find("re" + std::string(folded)) != 0;
  }

  static std::string fold_word(std::string_view raw) {
    std::string folded;
    fold_into(raw, folded);
    return folded;
  }

  static void fold_into(std::string_view raw, std::string& folded) {
    folded.assign(raw);
    for (char& c : folded) {
      if (static_cast<std::uint8_t>(c) >= 0x80U) {
        folded = fold(raw);
        return;
      }
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
  }

  bool takes_stop(const Token& token, std::string_view raw, WordId plain) const {
    // "U.S." and "Ph.D.", not "D.Oyun" at the end of a sentence
    constexpr std::size_t kLastLettersMax = 2;
    if (const std::size_t last = raw.rfind('.'); last != std::string_view::npos && token.letters && raw.size() - last - 1 <= kLastLettersMax) return true;
    if (raw.size() == 1 && token.capital) return true;
    // "Seo-jun." ends a sentence; it is no month.
    return token.letters && (!token.joined || token.capital) && plain != 0 && vocabulary_.info(plain).is(WordClass::abbreviation);
  }

  void read_number(Token& token, std::string_view folded) const {
    if (token.digits) {
      std::int64_t value = 0;
      std::size_t at = 0;
      while (at < folded.size() && folded[at] >= '0' && folded[at] <= '9' && value < 1'000'000) value = value * 10 + (folded[at++] - '0');
      // "its 1,211th meeting"; "1,500 people" are no number that is looked for
      const auto is_digit = [&](std::size_t i) { return i < folded.size() && folded[i] >= '0' && folded[i] <= '9'; };
      while (at < folded.size() && folded[at] == ',' && is_digit(at + 1) && value < 1'000'000)
        for (++at; is_digit(at) && value < 1'000'000; ++at) value = value * 10 + (folded[at] - '0');
      const bool parted = folded.substr(0, at).find(',') != std::string_view::npos;
      const std::string_view rest = folded.substr(at);
      if (rest.empty() && !parted) token.number = static_cast<std::int32_t>(value);
      const WordId suffix = rest.empty() ? 0 : vocabulary_.find(rest);
      if (suffix != 0 && vocabulary_.info(suffix).is(WordClass::ordinal_suffix)) {
        token.number = static_cast<std::int32_t>(value);
        token.ordinal = true;
      }
      return;
    }
    if (token.word == 0) return;
    const WordInfo& info = vocabulary_.info(token.word);
    token.number = info.number;
    token.ordinal = info.ordinal;
  }

  std::string_view text_;
  std::uint32_t end_;
  const Vocabulary& vocabulary_;
  std::vector<Token>& tokens_;
  bool part_;
  std::string folded_;  // of the word at hand
};

}  // namespace

void tokenise(std::string_view text, std::uint32_t begin, std::uint32_t end, const Vocabulary& vocabulary,
              std::vector<Token>& tokens, Together together) {
  Tokeniser(text, end, vocabulary, tokens, together == Together::part).run(begin);
}

}  // namespace entente::importers
