#include "graph/query/pattern.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/civil.h"
#include "graph/ontology/entity_kinds.h"
#include "graph/ontology/event_types.h"

namespace entente::graph::query {
namespace {

struct PredicateName {
  PatternPredicate predicate;
  std::string_view name;
};
constexpr std::array kPredicates{PredicateName{PatternPredicate::participant, "participant"},
                                 PredicateName{PatternPredicate::party, "party"},
                                 PredicateName{PatternPredicate::official, "official"},
                                 PredicateName{PatternPredicate::host, "host"},
                                 PredicateName{PatternPredicate::guest, "guest"},
                                 PredicateName{PatternPredicate::sender, "sender"},
                                 PredicateName{PatternPredicate::recipient, "recipient"},
                                 PredicateName{PatternPredicate::donor, "donor"},
                                 PredicateName{PatternPredicate::target, "target"},
                                 PredicateName{PatternPredicate::appointee, "appointee"},
                                 PredicateName{PatternPredicate::signatory, "signatory"},
                                 PredicateName{PatternPredicate::chair, "chair"},
                                 PredicateName{PatternPredicate::edition_of, "edition_of"},
                                 PredicateName{PatternPredicate::acts_for, "acts_for"},
                                 PredicateName{PatternPredicate::member_of, "member_of"}};

struct AttributeName {
  Attribute attribute;
  std::string_view name;
  VariableKind of;
};
constexpr std::array kAttributes{AttributeName{Attribute::first, "first", VariableKind::event},
                                 AttributeName{Attribute::first, "date", VariableKind::event},
                                 AttributeName{Attribute::last, "last", VariableKind::event},
                                 AttributeName{Attribute::year, "year", VariableKind::event},
                                 AttributeName{Attribute::type, "type", VariableKind::event},
                                 AttributeName{Attribute::level, "level", VariableKind::event},
                                 AttributeName{Attribute::status, "status", VariableKind::event},
                                 AttributeName{Attribute::mode, "mode", VariableKind::event},
                                 AttributeName{Attribute::stage, "stage", VariableKind::event},
                                 AttributeName{Attribute::stance, "stance", VariableKind::event},
                                 AttributeName{Attribute::edition, "edition", VariableKind::event},
                                 AttributeName{Attribute::place, "place", VariableKind::event},
                                 AttributeName{Attribute::forum, "forum", VariableKind::event},
                                 AttributeName{Attribute::kind, "kind", VariableKind::entity},
                                 AttributeName{Attribute::label, "label", VariableKind::entity},
                                 AttributeName{Attribute::post, "post", VariableKind::entity}};

template <class Names>
std::string list_names(const Names& names) {
  std::string out;
  for (const auto& one : names) out += (out.empty() ? "" : ", ") + std::string(one.name);
  return out;
}

struct Token {
  enum class Kind : std::uint8_t { end, word, variable, text, number, date, sign } kind = Kind::end;
  std::string text;
  std::string attribute;  // of a variable
  std::int64_t number = 0;
  PatternPlace place;
};

bool is_word_char(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == ':' ||
         c == '/' || c == '-' || c == '\'' || u >= 0x80U;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Try<std::vector<Token>> all() {
    std::vector<Token> out;
    while (true) {
      skip_blanks();
      Token token;
      token.place = place_;
      if (at_ == text_.size()) {
        out.push_back(token);
        return out;
      }
      if (auto problem = take(token)) return *problem;
      out.push_back(std::move(token));
    }
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == '#')) {
      if (text_[at_] == '#')
        while (at_ < text_.size() && text_[at_] != '\n') step();
      else
        step();
    }
  }
  void step() {
    if (text_[at_] == '\n') {
      ++place_.line;
      place_.column = 1;
    } else if ((static_cast<unsigned char>(text_[at_]) & 0xC0U) != 0x80U) {
      ++place_.column;
    }
    ++at_;
  }
  char peek(std::size_t on = 0) const { return at_ + on < text_.size() ? text_[at_ + on] : '\0'; }
  std::string word() {
    std::string out;
    // A full stop inside a word belongs to it; before a blank or the end it ends the clause.
    while (at_ < text_.size() && (is_word_char(peek()) || (peek() == '.' && !out.empty() && is_word_char(peek(1))))) {
      out += peek();
      step();
    }
    return out;
  }
  std::optional<Problem> take(Token& token) {
    const char c = peek();
    if (c == '?') return take_variable(token);
    if (c == '"') return take_text(token);
    if (is_word_char(c)) {
      token.text = word();
      classify(token);
      return std::nullopt;
    }
    static constexpr std::array<std::string_view, 14> kSigns{"<=", ">=", "!=", "<", ">", "=", "~",
                                                             "{",  "}",  "(",  ")", ",", ".", "|"};
    for (const std::string_view sign : kSigns)
      if (text_.substr(at_).starts_with(sign)) {
        token.kind = Token::Kind::sign;
        token.text = sign;
        for (std::size_t i = 0; i < sign.size(); ++i) step();
        return std::nullopt;
      }
    return wrong(token.place, std::string(1, c), "a word, a variable, a number, a date or a sign");
  }
  std::optional<Problem> take_variable(Token& token) {
    step();
    token.kind = Token::Kind::variable;
    while (at_ < text_.size() && is_word_char(peek()) && peek() != ':' && peek() != '/' && peek() != '-') {
      token.text += peek();
      step();
    }
    if (token.text.empty()) return wrong(token.place, "?", "a name right after '?'");
    if (peek() == '.' && is_word_char(peek(1))) {
      step();
      while (at_ < text_.size() && is_word_char(peek())) {
        token.attribute += peek();
        step();
      }
    }
    return std::nullopt;
  }
  std::optional<Problem> take_text(Token& token) {
    step();
    token.kind = Token::Kind::text;
    while (at_ < text_.size() && peek() != '"') {
      if (peek() == '\\' && at_ + 1 < text_.size()) step();
      token.text += peek();
      step();
    }
    if (at_ == text_.size()) return wrong(token.place, "\"", "a closing quotation mark");
    step();
    return std::nullopt;
  }
  static void classify(Token& token) {
    token.kind = Token::Kind::word;
    if (const auto date = parse_iso_date(token.text)) {
      token.kind = Token::Kind::date;
      token.number = to_day(*date);
      return;
    }
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(token.text.data(), token.text.data() + token.text.size(), number);
    if (error == std::errc{} && end == token.text.data() + token.text.size()) {
      token.kind = Token::Kind::number;
      token.number = number;
    }
  }

 public:
  static Problem wrong(const PatternPlace& place, const std::string& found, std::string expected) {
    Problem out;
    out.kind = ProblemKind::pattern_syntax;
    out.at = "pattern";
    out.value = found;
    out.line = place.line;
    out.column = place.column;
    out.message = fmt::format("'{}' cannot stand here: expected {}", found.empty() ? "the end" : found, expected);
    out.expected = std::move(expected);
    out.remedy = "docs/queries.md has the grammar";
    return out;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  PatternPlace place_;
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Try<Pattern> parse() {
    take_find();
    if (!problem_ && !take_word("where")) expect("'where'");
    if (!problem_) take_group(out_.where, false);
    if (!problem_) take_order();
    if (!problem_) take_limit();
    if (!problem_ && now().kind != Token::Kind::end) expect("'.', 'order by', 'limit' or the end");
    if (!problem_) check_kinds();
    if (problem_) return *problem_;
    return std::move(out_);
  }

 private:
  static constexpr int kDepthMax = 8;

  const Token& now() const { return tokens_[at_]; }
  void advance() {
    if (at_ + 1 < tokens_.size()) ++at_;
  }
  bool is_sign(std::string_view sign) const { return now().kind == Token::Kind::sign && now().text == sign; }
  bool is_word(std::string_view word) const { return now().kind == Token::Kind::word && now().text == word; }
  bool take_sign(std::string_view sign) {
    if (!is_sign(sign)) return false;
    advance();
    return true;
  }
  bool take_word(std::string_view word) {
    if (!is_word(word)) return false;
    advance();
    return true;
  }
  void expect(std::string what) {
    if (problem_) return;
    const std::string found = now().kind == Token::Kind::variable ? "?" + now().text : now().text;
    problem_ = Lexer::wrong(now().place, found, std::move(what));
  }
  void wrong_at(const PatternPlace& place, const std::string& found, std::string expected) {
    if (!problem_) problem_ = Lexer::wrong(place, found, std::move(expected));
  }

  std::uint32_t variable(const std::string& name) {
    for (std::uint32_t i = 0; i < out_.variables.size(); ++i)
      if (out_.variables[i].name == name) return i;
    out_.variables.push_back({name, VariableKind::unknown});
    return static_cast<std::uint32_t>(out_.variables.size() - 1);
  }
  void is_a(std::uint32_t variable, VariableKind kind, const PatternPlace& place) {
    VariableKind& known = out_.variables[variable].kind;
    if (known == VariableKind::unknown) known = kind;
    if (known != kind)
      wrong_at(place, "?" + out_.variables[variable].name,
               known == VariableKind::event ? "an entity; this variable is an event elsewhere"
                                            : "an event; this variable is an entity elsewhere");
  }

  void take_find() {
    if (!take_word("find")) return expect("'find'");
    out_.distinct = take_word("distinct");
    do take_item();
    while (!problem_ && take_sign(","));
  }
  void take_item() {
    PatternItem item;
    const Token start = now();
    if (now().kind == Token::Kind::word && (start.text == "count" || start.text == "min" || start.text == "max")) {
      advance();
      if (!take_sign("(")) return expect("'(' after " + start.text);
      item.kind = start.text == "count" ? PatternItem::Kind::count
                  : start.text == "min" ? PatternItem::Kind::min
                                        : PatternItem::Kind::max;
      if (item.kind == PatternItem::Kind::count && take_word("distinct")) item.kind = PatternItem::Kind::count_distinct;
      if (now().kind != Token::Kind::variable) return expect("a variable");
      item.name = start.text + "_" + now().text;
      item.of = variable_operand();
      if (!problem_ && !take_sign(")")) return expect("')'");
    } else if (now().kind == Token::Kind::variable) {
      item.name = now().text + (now().attribute.empty() ? "" : "." + now().attribute);
      item.of = variable_operand();
    } else {
      return expect("a variable, count(…), min(…) or max(…)");
    }
    if (!problem_ && take_word("as")) {
      if (now().kind != Token::Kind::word) return expect("a name after 'as'");
      item.name = now().text;
      advance();
    }
    if (std::any_of(out_.items.begin(), out_.items.end(),
                    [&](const PatternItem& one) { return one.name == item.name; }))
      return wrong_at(start.place, item.name, "a name that is not used yet; say 'as NAME'");
    out_.items.push_back(std::move(item));
  }

  PatternOperand variable_operand() {
    PatternOperand out;
    out.kind = PatternOperand::Kind::variable;
    out.place = now().place;
    out.variable = variable(now().text);
    const std::string attribute = now().attribute;
    advance();
    if (attribute.empty()) return out;
    for (const AttributeName& one : kAttributes)
      if (one.name == attribute) {
        out.attribute = one.attribute;
        is_a(out.variable, one.of, out.place);
        return out;
      }
    wrong_at(out.place, "." + attribute, "one of " + list_names(kAttributes));
    return out;
  }

  void take_group(PatternGroup& group, bool braced) {
    if (++depth_ > kDepthMax) return expect(fmt::format("no more than {} groups in one another", kDepthMax));
    while (!problem_) {
      take_clause(group);
      if (problem_ || !take_sign(".")) break;
      if (braced ? is_sign("}") : is_word("order") || is_word("limit") || now().kind == Token::Kind::end) break;
    }
    --depth_;
  }
  void take_clause(PatternGroup& group) {
    if (take_word("not")) {
      if (!take_sign("{")) return expect("'{' after not");
      take_group(group.nots.emplace_back(), true);
      if (!problem_ && !take_sign("}")) expect("'.' or '}'");
      return;
    }
    if (is_word("days")) return take_filter(group);
    if (now().kind == Token::Kind::variable) {
      const bool plain = now().attribute.empty();
      const Token& next = tokens_[std::min(at_ + 1, tokens_.size() - 1)];
      if (!plain || next.kind == Token::Kind::sign) return take_filter(group);
      return take_triple(group);
    }
    if (now().kind == Token::Kind::word && now().text.find(':') != std::string::npos) return take_triple(group);
    expect("a triple (?e party country:KR), a filter (?e.type = visit) or not { … }");
  }
  void take_triple(PatternGroup& group) {
    PatternTriple triple;
    triple.subject = take_term();
    if (problem_) return;
    const auto known = std::find_if(kPredicates.begin(), kPredicates.end(), [&](const PredicateName& one) {
      return now().kind == Token::Kind::word && one.name == now().text;
    });
    if (known == kPredicates.end()) return expect("one of " + list_names(kPredicates));
    triple.predicate = known->predicate;
    advance();
    triple.object = take_term();
    if (problem_) return;
    const bool of_entity =
        triple.predicate == PatternPredicate::acts_for || triple.predicate == PatternPredicate::member_of;
    if (triple.subject.variable)
      is_a(*triple.subject.variable, of_entity ? VariableKind::entity : VariableKind::event, triple.subject.place);
    if (triple.object.variable) is_a(*triple.object.variable, VariableKind::entity, triple.object.place);
    group.triples.push_back(std::move(triple));
  }
  PatternTerm take_term() {
    PatternTerm out;
    out.place = now().place;
    if (now().kind == Token::Kind::variable && now().attribute.empty()) {
      out.variable = variable(now().text);
      advance();
    } else if (now().kind == Token::Kind::word && now().text.find(':') != std::string::npos) {
      out.id = now().text;
      advance();
    } else {
      expect("a variable (?who) or an id (country:KR)");
    }
    return out;
  }
  void take_filter(PatternGroup& group) {
    PatternFilter filter;
    filter.left = take_operand();
    if (problem_) return;
    if (take_sign("="))
      filter.comparison = Comparison::equal;
    else if (take_sign("!="))
      filter.comparison = Comparison::unequal;
    else if (take_sign("<="))
      filter.comparison = Comparison::less_or_equal;
    else if (take_sign(">="))
      filter.comparison = Comparison::more_or_equal;
    else if (take_sign("<"))
      filter.comparison = Comparison::less;
    else if (take_sign(">"))
      filter.comparison = Comparison::more;
    else if (take_sign("~"))
      filter.comparison = Comparison::contains;
    else
      return expect("one of = != < <= > >= ~");
    filter.right = take_operand();
    if (problem_) return;
    check_words(filter);
    group.filters.push_back(std::move(filter));
  }
  PatternOperand take_operand() {
    PatternOperand out;
    out.place = now().place;
    if (now().kind == Token::Kind::variable) return variable_operand();
    if (is_word("days")) {
      advance();
      out.kind = PatternOperand::Kind::days;
      if (!take_sign("(")) return expect("'(' after days"), out;
      for (int i = 0; i < 2 && !problem_; ++i) {
        if (i == 1 && !take_sign(",")) return expect("','"), out;
        PatternOperand one = take_operand();
        const bool day = one.kind == PatternOperand::Kind::date ||
                         (one.kind == PatternOperand::Kind::variable &&
                          (one.attribute == Attribute::first || one.attribute == Attribute::last));
        if (!problem_ && !day) wrong_at(one.place, "this", "a date or the date of an event: ?e.first");
        out.between.push_back(std::move(one));
      }
      if (!problem_ && !take_sign(")")) expect("')'");
      return out;
    }
    if (now().kind == Token::Kind::number || now().kind == Token::Kind::date) {
      out.kind = now().kind == Token::Kind::date ? PatternOperand::Kind::date : PatternOperand::Kind::number;
      out.number = now().number;
      advance();
      return out;
    }
    if (now().kind != Token::Kind::word && now().kind != Token::Kind::text)
      return expect("a variable, a word, a number, a date or a text in quotation marks"), out;
    do {
      if (now().kind != Token::Kind::word && now().kind != Token::Kind::text) return expect("a word after '|'"), out;
      out.words.push_back(now().text);
      advance();
    } while (take_sign("|"));
    return out;
  }

  // Words compared with what has a closed set of values must be among them.
  void check_words(const PatternFilter& filter) {
    if (filter.left.kind != PatternOperand::Kind::variable || filter.right.kind != PatternOperand::Kind::words) return;
    for (const std::string& word : filter.right.words) {
      bool known = true;
      std::string all;
      const auto look = [&](const auto& values, bool found) {
        known = found;
        for (const auto value : values) all += (all.empty() ? "" : ", ") + std::string(graph::to_string(value));
      };
      switch (filter.left.attribute) {
        case Attribute::type:
          look(all_event_types(), parse_event_type(word).has_value());
          break;
        case Attribute::level:
          look(all_levels(), parse_level(word).has_value());
          break;
        case Attribute::status:
          look(all_statuses(), parse_status(word).has_value());
          break;
        case Attribute::mode:
          look(all_modes(), parse_mode(word).has_value());
          break;
        case Attribute::stage:
          look(all_stages(), parse_stage(word).has_value());
          break;
        case Attribute::stance:
          look(all_stances(), parse_stance(word).has_value());
          break;
        case Attribute::kind:
          look(all_entity_kinds(), parse_entity_kind(word).has_value());
          break;
        case Attribute::first:
        case Attribute::last:
          known = false, all = "a date: 2020-11-19";
          break;
        case Attribute::year:
        case Attribute::edition:
          known = false, all = "a number";
          break;
        default:
          break;
      }
      if (!known) wrong_at(filter.right.place, word, all.find(',') == std::string::npos ? all : "one of " + all);
    }
  }

  void take_order() {
    if (!take_word("order")) return;
    if (!take_word("by")) return expect("'by' after order");
    do {
      const Token key = now();
      const std::string name =
          key.kind == Token::Kind::variable ? key.text + (key.attribute.empty() ? "" : "." + key.attribute) : key.text;
      const auto item =
          std::find_if(out_.items.begin(), out_.items.end(), [&](const PatternItem& one) { return one.name == name; });
      if (item == out_.items.end()) return expect("the name of something after 'find'");
      advance();
      PatternKey out{static_cast<std::size_t>(item - out_.items.begin()), take_word("desc")};
      if (!out.descending) take_word("asc");
      out_.order.push_back(out);
    } while (take_sign(","));
  }
  void take_limit() {
    if (!take_word("limit")) return;
    if (now().kind != Token::Kind::number || now().number < 1) return expect("a number of rows, 1 or more");
    out_.limit = static_cast<std::uint64_t>(now().number);
    advance();
  }
  // Every variable that is found or compared stands in a triple, so that it can be given a value.
  void check_kinds() {
    std::vector<bool> bound(out_.variables.size(), false);
    check_group(out_.where, bound);
    for (const PatternItem& item : out_.items) {
      // What stands in a triple of a `not` only has no value to be found.
      std::vector<bool> outside(out_.variables.size(), false);
      bind(out_.where, outside);
      check_bound(item.of, outside);
    }
  }
  static void bind(const PatternGroup& group, std::vector<bool>& bound) {
    for (const PatternTriple& triple : group.triples)
      for (const PatternTerm* term : {&triple.subject, &triple.object})
        if (term->variable) bound[*term->variable] = true;
  }
  void check_bound(const PatternOperand& operand, const std::vector<bool>& bound) {
    for (const PatternOperand& one : operand.between) check_bound(one, bound);
    if (operand.kind == PatternOperand::Kind::variable && !bound[operand.variable])
      wrong_at(operand.place, "?" + out_.variables[operand.variable].name, "a variable that stands in a triple, too");
  }
  void check_group(const PatternGroup& group, std::vector<bool> bound) {
    bind(group, bound);
    for (const PatternFilter& filter : group.filters) {
      check_bound(filter.left, bound);
      check_bound(filter.right, bound);
    }
    for (const PatternGroup& inner : group.nots) check_group(inner, bound);
  }

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  Pattern out_;
  std::optional<Problem> problem_;
};

}  // namespace

std::string_view to_string(PatternPredicate predicate) {
  for (const PredicateName& one : kPredicates)
    if (one.predicate == predicate) return one.name;
  return "?";
}

Try<Pattern> parse_pattern(std::string_view text) {
  auto tokens = Lexer(text).all();
  if (!tokens) return tokens.problem();
  return Parser(std::move(*tokens)).parse();
}

}  // namespace entente::graph::query
