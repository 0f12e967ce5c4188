#include "importers/clean/html/tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "base/bytes.h"

namespace entente::importers::html {
namespace {

using Named = std::pair<std::string_view, Tag>;

constexpr std::array kTags{Named{"a", Tag::a},
                           Named{"address", Tag::address},
                           Named{"article", Tag::article},
                           Named{"aside", Tag::aside},
                           Named{"audio", Tag::audio},
                           Named{"b", Tag::b},
                           Named{"base", Tag::base},
                           Named{"blockquote", Tag::blockquote},
                           Named{"body", Tag::body},
                           Named{"br", Tag::br},
                           Named{"button", Tag::button},
                           Named{"canvas", Tag::canvas},
                           Named{"caption", Tag::caption},
                           Named{"center", Tag::center},
                           Named{"dd", Tag::dd},
                           Named{"details", Tag::details},
                           Named{"dialog", Tag::dialog},
                           Named{"div", Tag::div},
                           Named{"dl", Tag::dl},
                           Named{"dt", Tag::dt},
                           Named{"em", Tag::em},
                           Named{"embed", Tag::img},
                           Named{"fieldset", Tag::fieldset},
                           Named{"figcaption", Tag::figcaption},
                           Named{"figure", Tag::figure},
                           Named{"font", Tag::font},
                           Named{"footer", Tag::footer},
                           Named{"form", Tag::form},
                           Named{"h1", Tag::h1},
                           Named{"h2", Tag::h2},
                           Named{"h3", Tag::h3},
                           Named{"h4", Tag::h4},
                           Named{"h5", Tag::h5},
                           Named{"h6", Tag::h6},
                           Named{"head", Tag::head},
                           Named{"header", Tag::header},
                           Named{"hr", Tag::hr},
                           Named{"html", Tag::html},
                           Named{"i", Tag::i},
                           Named{"iframe", Tag::iframe},
                           Named{"img", Tag::img},
                           Named{"input", Tag::input},
                           Named{"label", Tag::label},
                           Named{"li", Tag::li},
                           Named{"link", Tag::link},
                           Named{"main", Tag::main},
                           Named{"math", Tag::math},
                           Named{"meta", Tag::meta},
                           Named{"nav", Tag::nav},
                           Named{"noscript", Tag::noscript},
                           Named{"object", Tag::object},
                           Named{"ol", Tag::ol},
                           Named{"optgroup", Tag::option},
                           Named{"option", Tag::option},
                           Named{"p", Tag::p},
                           Named{"param", Tag::input},
                           Named{"pre", Tag::pre},
                           Named{"q", Tag::q},
                           Named{"script", Tag::script},
                           Named{"section", Tag::section},
                           Named{"select", Tag::select},
                           Named{"small", Tag::small},
                           Named{"source", Tag::input},
                           Named{"span", Tag::span},
                           Named{"strong", Tag::strong},
                           Named{"style", Tag::style},
                           Named{"sub", Tag::sub},
                           Named{"summary", Tag::summary},
                           Named{"sup", Tag::sup},
                           Named{"svg", Tag::svg},
                           Named{"table", Tag::table},
                           Named{"tbody", Tag::tbody},
                           Named{"td", Tag::td},
                           Named{"template", Tag::template_},
                           Named{"textarea", Tag::textarea},
                           Named{"tfoot", Tag::tfoot},
                           Named{"th", Tag::th},
                           Named{"thead", Tag::thead},
                           Named{"time", Tag::time},
                           Named{"title", Tag::title},
                           Named{"tr", Tag::tr},
                           Named{"track", Tag::input},
                           Named{"u", Tag::u},
                           Named{"ul", Tag::ul},
                           Named{"video", Tag::video},
                           Named{"wbr", Tag::wbr}};
static_assert(std::is_sorted(kTags.begin(), kTags.end(),
                             [](const Named& a, const Named& b) { return a.first < b.first; }));

// Where the names of each letter begin among them: every tag of a page is looked up.
constexpr std::size_t kLetters = 26;
constexpr std::array<std::uint8_t, kLetters + 1> kTagsOfLetter = [] {
  std::array<std::uint8_t, kLetters + 1> begins{};
  for (std::size_t letter = 0; letter <= kLetters; ++letter)
    while (begins[letter] < kTags.size() && static_cast<std::size_t>(kTags[begins[letter]].first[0] - 'a') < letter) ++begins[letter];
  return begins;
}();
static_assert(kTags.size() < 256);

constexpr std::array<std::string_view, 6> kRawText{"script", "style", "title", "textarea", "iframe", "xmp"};

bool is_letter(char c) { return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'; }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool ends_name(char c) { return is_blank(c) || c == '>' || c == '/'; }

Tag tag_of(std::string_view name) {
  std::array<char, 16> buffer{};
  if (name.empty() || name.size() > buffer.size()) return Tag::other;
  std::transform(name.begin(), name.end(), buffer.begin(), ascii_lower);
  const std::string_view low(buffer.data(), name.size());
  if (low[0] < 'a' || low[0] > 'z') return Tag::other;
  const auto letter = static_cast<std::size_t>(low[0] - 'a');
  for (std::size_t i = kTagsOfLetter[letter]; i < kTagsOfLetter[letter + 1]; ++i)
    if (kTags[i].first == low) return kTags[i].second;
  return Tag::other;
}

std::uint32_t name_hash(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : name.substr(0, 32)) {
    const char low = ascii_lower(c);
    hash = fnv1a64(std::string_view(&low, 1), hash);
  }
  return static_cast<std::uint32_t>(hash);
}

}  // namespace

bool equals_lowered(std::string_view as_written, std::string_view low) {
  return as_written.size() == low.size() &&
         std::equal(as_written.begin(), as_written.end(), low.begin(), [](char a, char b) { return ascii_lower(a) == b; });
}

bool next_attribute(std::string_view text, std::size_t& at, std::string_view& name, std::string_view& value) {
  while (at < text.size() && (is_blank(text[at]) || text[at] == '/' || text[at] == '=')) ++at;
  if (at >= text.size()) return false;
  const std::size_t begin = at;
  while (at < text.size() && !is_blank(text[at]) && text[at] != '=' && text[at] != '/') ++at;
  name = text.substr(begin, at - begin);
  value = {};
  std::size_t after = at;
  while (after < text.size() && is_blank(text[after])) ++after;
  if (after >= text.size() || text[after] != '=') return true;
  ++after;
  while (after < text.size() && is_blank(text[after])) ++after;
  if (after < text.size() && (text[after] == '"' || text[after] == '\'')) {
    const std::size_t end = std::min(text.find(text[after], after + 1), text.size());
    value = text.substr(after + 1, end - after - 1);
    at = std::min(end + 1, text.size());
    return true;
  }
  at = after;
  while (at < text.size() && !is_blank(text[at])) ++at;
  value = text.substr(after, at - after);
  return true;
}

// Where the '>' of a tag stands: not inside the quotes of a value.
std::size_t Tokens::end_of_attributes(std::size_t at) const {
  while (at < page_.size() && page_[at] != '>') {
    if (page_[at] != '=') {
      ++at;
      continue;
    }
    ++at;
    while (at < page_.size() && is_blank(page_[at])) ++at;
    if (at >= page_.size() || (page_[at] != '"' && page_[at] != '\'')) continue;
    const std::size_t close = page_.find(page_[at], at + 1);
    at = close == std::string_view::npos ? page_.size() : close + 1;
  }
  return std::min(at, page_.size());
}

std::optional<Token> Tokens::take_text(std::size_t end) {
  Token token{Token::Kind::text, Tag::text, static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), 0};
  at_ = end;
  return token;
}

std::optional<Token> Tokens::take_raw_text() {
  const std::string_view name = std::exchange(raw_until_, {});
  for (std::size_t close = page_.find("</", at_); close != std::string_view::npos;
       close = page_.find("</", close + 2)) {
    const std::size_t after = close + 2 + name.size();
    if (!equals_lowered(page_.substr(close + 2, name.size()), name)) continue;
    if (after < page_.size() && !ends_name(page_[after])) continue;
    return take_text(close);
  }
  return take_text(page_.size());
}

// Absent where the page ends inside of it.
std::optional<Token> Tokens::take_tag(bool end_tag) {
  const std::size_t name_begin = at_ + (end_tag ? 2 : 1);
  std::size_t name_end = name_begin;
  while (name_end < page_.size() && !ends_name(page_[name_end])) ++name_end;
  const std::string_view name = page_.substr(name_begin, name_end - name_begin);
  const std::size_t close = end_of_attributes(name_end);
  at_ = std::min(close + 1, page_.size());
  if (close == page_.size()) return std::nullopt;
  const Token token{end_tag ? Token::Kind::end : Token::Kind::start, tag_of(name), static_cast<std::uint32_t>(name_end),
                    static_cast<std::uint32_t>(close), name_hash(name)};
  if (!end_tag)
    for (const std::string_view raw : kRawText)
      if (equals_lowered(name, raw)) raw_until_ = raw;
  return token;
}

// A comment, a declaration, an instruction or a stray end: true when something was passed over.
bool Tokens::pass_over_markup() {
  const std::string_view rest = page_.substr(at_);
  std::size_t end = std::string_view::npos;
  if (rest.substr(0, 4) == "<!--") {
    end = page_.find("-->", at_ + 2);
    at_ = end == std::string_view::npos ? page_.size() : end + 3;
    return true;
  }
  if (rest.size() < 2 || (rest[1] != '!' && rest[1] != '?' && !(rest[1] == '/' && rest.size() > 2))) return false;
  end = page_.find('>', at_);
  at_ = end == std::string_view::npos ? page_.size() : end + 1;
  return true;
}

std::optional<Token> Tokens::next() {
  if (!raw_until_.empty()) {
    auto raw = take_raw_text();
    if (raw->begin != raw->end) return raw;
  }
  std::size_t text_end = at_;
  while (at_ < page_.size()) {
    text_end = std::min(page_.find('<', text_end), page_.size());
    if (text_end > at_) {
      const char after = text_end + 1 < page_.size() ? page_[text_end + 1] : ' ';
      const bool markup = is_letter(after) || after == '/' || after == '!' || after == '?';
      if (text_end < page_.size() && !markup) {
        ++text_end;
        continue;
      }
      return take_text(text_end);
    }
    const char after = at_ + 1 < page_.size() ? page_[at_ + 1] : ' ';
    if (is_letter(after)) return take_tag(false);
    if (after == '/' && at_ + 2 < page_.size() && is_letter(page_[at_ + 2])) return take_tag(true);
    if (!pass_over_markup())
      ++text_end;
    else
      text_end = at_;
  }
  return std::nullopt;
}

}  // namespace entente::importers::html
