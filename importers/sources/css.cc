#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "importers/sources/selector.h"

namespace entente::importers {
namespace {

// Reads a selector from left to right; each piece becomes a step of the path or a condition on it.
class Css {
 public:
  explicit Css(std::string_view text) : text_(text) {}

  Result<std::string> run() {
    std::string out;
    do {
      skip_blanks();
      auto path = one_path();
      if (!path) return path.error();
      out += (out.empty() ? "" : " | ") + *path;
      skip_blanks();
    } while (take(','));
    if (at_ < text_.size()) return wrong("is not understood");
    return out;
  }

 private:
  static bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
  }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ >= text_.size()) return false;
    ++at_;
    return true;
  }
  bool skip_blanks() {
    const std::size_t before = at_;
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n')) ++at_;
    return at_ != before;
  }
  std::string name() {
    std::string out;
    while (at_ < text_.size() && (is_name(text_[at_]) || (text_[at_] == '\\' && at_ + 1 < text_.size()))) {
      if (text_[at_] == '\\') ++at_;
      out += text_[at_++];
    }
    return out;
  }
  Error wrong(std::string_view what) const {
    return {ErrorCode::invalid_argument, fmt::format("the selector '{}' {} at character {}", text_, what, at_ + 1), {}};
  }
  // XPath 1.0 has no escapes: a text with both kinds of quotes cannot be written.
  static std::optional<std::string> quoted(const std::string& text) {
    if (text.find('\'') == std::string::npos) return "'" + text + "'";
    if (text.find('"') == std::string::npos) return "\"" + text + "\"";
    return std::nullopt;
  }

  Result<std::string> one_path() {
    std::string out = "descendant::";
    while (true) {
      auto step = compound();
      if (!step) return step.error();
      out += *step;
      if (!tail_.empty()) return out + tail_;
      const bool blanks = skip_blanks();
      if (take('>'))
        out += "/child::";
      else if (take('+'))
        out += "/following-sibling::*[1]/self::";
      else if (take('~'))
        out += "/following-sibling::";
      else if (blanks && at_ < text_.size() && peek() != ',' && peek() != ')')
        out += "/descendant::";
      else
        return out;
      skip_blanks();
    }
  }

  // "a.more[href]:first-child" -> "a[...][...]"
  Result<std::string> compound() {
    tail_.clear();
    std::string element = "*";
    bool any = false;
    if (take('*')) {
      any = true;
    } else if (is_name(peek())) {
      element = name();
      any = true;
    }
    std::string conditions;
    while (at_ < text_.size()) {
      if (text_.substr(at_, 2) == "::") {
        if (auto end = pseudo_element(); !end) return end.error();
        any = true;
        break;
      }
      auto condition = one_condition(element);
      if (!condition) return condition.error();
      if (condition->empty()) break;
      conditions += "[" + *condition + "]";
      any = true;
    }
    if (!any) return wrong("names no element");
    return element + conditions;
  }

  Result<void> pseudo_element() {
    at_ += 2;
    const std::string what = name();
    if (what == "text") {
      tail_ = "/descendant-or-self::text()";
      return {};
    }
    if (what != "attr" || !take('(')) return wrong("has a pseudo-element that is neither ::text nor ::attr(name)");
    const std::string attribute = name();
    if (attribute.empty() || !take(')')) return wrong("lacks the name of an attribute");
    tail_ = "/@" + attribute;
    return {};
  }

  // Empty where none begins.
  Result<std::string> one_condition(const std::string& element) {
    if (take('.')) return class_condition();
    if (take('#')) {
      const auto value = quoted(name());
      if (!value || value->size() < 3) return wrong("lacks a name after '#'");
      return "@id = " + *value;
    }
    if (take('[')) return attribute_condition();
    if (peek() == ':') {
      ++at_;
      return pseudo_class(element);
    }
    return std::string();
  }

  Result<std::string> class_condition() {
    const std::string value = name();
    if (value.empty()) return wrong("lacks a name after '.'");
    return has_word("@class", value);
  }

  Result<std::string> has_word(const std::string& where, const std::string& word) {
    const auto value = quoted(" " + word + " ");
    if (!value) return wrong("has both kinds of quotes in one text");
    return fmt::format("contains(concat(' ', normalize-space({}), ' '), {})", where, *value);
  }

  Result<std::string> attribute_condition() {
    skip_blanks();
    const std::string attribute = "@" + name();
    if (attribute.size() == 1) return wrong("lacks the name of an attribute");
    skip_blanks();
    if (take(']')) return attribute;
    const char kind = peek();
    if (kind != '=') ++at_;
    if (!take('=')) return wrong("lacks '=' or ']'");
    skip_blanks();
    std::string value;
    if (const char quote = peek(); quote == '"' || quote == '\'') {
      const auto end = text_.find(quote, at_ + 1);
      if (end == std::string_view::npos) return wrong("has a text without its closing quote");
      value = text_.substr(at_ + 1, end - at_ - 1);
      at_ = end + 1;
    } else {
      value = name();
    }
    skip_blanks();
    if (!take(']')) return wrong("lacks ']'");
    const auto text = quoted(value);
    if (!text) return wrong("has both kinds of quotes in one text");
    switch (kind) {
      case '=':
        return fmt::format("{} = {}", attribute, *text);
      case '~':
        return has_word(attribute, value);
      case '^':
        return fmt::format("starts-with({}, {})", attribute, *text);
      case '*':
        return fmt::format("contains({}, {})", attribute, *text);
      case '|':
        return fmt::format("{0} = {1} or starts-with({0}, concat({1}, '-'))", attribute, *text);
      case '$':
        return fmt::format("substring({0}, string-length({0}) - string-length({1}) + 1) = {1}", attribute, *text);
      default:
        return wrong("compares in a way that CSS does not have");
    }
  }

  Result<std::string> pseudo_class(const std::string& element) {
    const std::string what = name();
    if (what == "first-child") return std::string("not(preceding-sibling::*)");
    if (what == "last-child") return std::string("not(following-sibling::*)");
    if (what == "only-child") return std::string("not(preceding-sibling::*) and not(following-sibling::*)");
    if (what == "first-of-type") return fmt::format("not(preceding-sibling::{})", element);
    if (what == "last-of-type") return fmt::format("not(following-sibling::{})", element);
    if (what == "empty") return std::string("not(node())");
    if (what == "nth-child" || what == "nth-of-type") return nth(what == "nth-child" ? "*" : element);
    if (what == "not" || what == "contains") {
      if (!take('(')) return wrong("lacks '('");
      return what == "not" ? negation() : containing();
    }
    return wrong(fmt::format("has the pseudo-class :{}, which is not known here,", what));
  }

  Result<std::string> negation() {
    skip_blanks();
    std::string out;
    const std::string element = is_name(peek()) ? name() : std::string("*");
    if (element != "*") out = "self::" + element;
    while (at_ < text_.size() && peek() != ')') {
      auto condition = one_condition(element);
      if (!condition) return condition.error();
      if (condition->empty()) break;
      out += (out.empty() ? "(" : " and (") + *condition + ")";
    }
    skip_blanks();
    if (!take(')') || out.empty()) return wrong("has a :not() that is not understood");
    return "not(" + out + ")";
  }

  Result<std::string> containing() {
    const char quote = peek();
    const auto end = quote == '"' || quote == '\'' ? text_.find(quote, at_ + 1) : std::string_view::npos;
    if (end == std::string_view::npos) return wrong("lacks a text in quotes");
    const auto text = quoted(std::string(text_.substr(at_ + 1, end - at_ - 1)));
    at_ = end + 1;
    if (!text || !take(')')) return wrong("has a :contains() that is not understood");
    return fmt::format("contains(., {})", *text);
  }

  // "3", "odd", "even", "2n+1"
  Result<std::string> nth(const std::string& element) {
    if (!take('(')) return wrong("lacks '('");
    const auto end = text_.find(')', at_);
    if (end == std::string_view::npos) return wrong("lacks ')'");
    std::string what;
    for (const char c : text_.substr(at_, end - at_))
      if (c != ' ') what += c;
    at_ = end + 1;
    if (what == "odd") what = "2n+1";
    if (what == "even") what = "2n";
    const std::string place = fmt::format("(count(preceding-sibling::{}) + 1)", element);
    int every = 0;
    int from = 0;
    const auto n = what.find('n');
    if (n != std::string::npos) {
      const std::string before = what.substr(0, n);
      if (before.empty() || before == "+")
        every = 1;
      else if (!number(before, every) || every <= 0)
        return wrong("has an :nth-child() that is not understood");
      if (n + 1 < what.size() && !number(what.substr(n + 1), from))
        return wrong("has an :nth-child() that is not understood");
      return fmt::format("{0} >= {2} and ({0} - {2}) mod {1} = 0", place, every, from);
    }
    if (!number(what, from)) return wrong("has an :nth-child() that is not understood");
    return fmt::format("{} = {}", place, from);
  }

  static bool number(std::string_view text, int& out) {
    if (text.starts_with('+')) text.remove_prefix(1);
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
    return error == std::errc{} && end == text.data() + text.size() && out > -10'000 && out < 10'000;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string tail_;  // of a path that ends in an attribute or in texts
};

}  // namespace

Result<std::string> xpath_of_css(std::string_view css) { return Css(css).run(); }

}  // namespace entente::importers
