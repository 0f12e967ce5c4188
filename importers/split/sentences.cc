#include "importers/split/sentences.h"

#include "base/enumerator.h"

namespace entente::importers {
namespace {

// A longer one is cut: no person wrote it, and the rooms after look back and forth inside a sentence.
constexpr std::uint32_t kSentenceTokensMax = 400;

class Splitter {
 public:
  Splitter(TextView& view, std::uint32_t block, bool heading) : view_(view), block_(block), heading_(heading) {}

  void run(std::uint32_t begin, std::uint32_t end) {
    std::uint32_t from = begin;
    bool opened = false;  // a quotation that began in this block and has not ended
    bool starts_open = false;
    for (std::uint32_t i = begin; i < end; ++i) {
      quote(i, opened);
      if (i - from >= kSentenceTokensMax) {
        add(from, i, starts_open);
        from = i;
      }
      if (!ends_sentence(i, end)) continue;
      std::uint32_t past = i + 1;
      while (past < end && closes(past)) quote(past++, opened);
      add(from, past, starts_open);
      starts_open = opened;
      from = past;
      i = past - 1;
    }
    if (from < end) add(from, end, starts_open);
  }

 private:
  std::string_view raw(std::uint32_t i) const { return view_.raw(i, i + 1); }

  void quote(std::uint32_t i, bool& opened) const {
    if (!view_.tokens[i].punct) return;
    const std::string_view mark = raw(i);
    if (mark == "“" || mark == "«" || mark == "„") opened = true;
    else if (mark == "”" || mark == "»") opened = false;
    else if (mark == "\"") opened = !opened;
  }

  bool closes(std::uint32_t i) const {
    const std::string_view mark = raw(i);
    return view_.tokens[i].touches && (mark == "”" || mark == "\"" || mark == "»" || mark == ")" || mark == "’" || mark == "'");
  }

  bool ends_sentence(std::uint32_t i, std::uint32_t end) const {
    const Token& token = view_.tokens[i];
    if (i + 1 >= end) return true;
    if (token.punct && !token.possessive) {
      const std::string_view mark = raw(i);
      if (mark == "!" || mark == "?" || mark == "…") return true;
      if (mark != ".") return false;
      // "1." before a numbered paragraph is its number, not a sentence.
      if (i > 0 && view_.tokens[i - 1].digits && (i < 2 || i - 1 == first_of_block_)) return false;
      if (i > 0 && i - 1 == first_of_block_ && enumerator_at_start(raw(i - 1)) == raw(i - 1).size()) return false;  // "ii."
      const Token& next = view_.tokens[i + 1];
      // "Chargé d'Affaires a. i. of": a letter with its stop inside a sentence.
      const bool letter = i > 0 && token.touches && view_.tokens[i - 1].letters && !view_.tokens[i - 1].capital && view_.tokens[i - 1].end - view_.tokens[i - 1].begin == 1;
      if (letter && !next.capital && (next.letters || next.punct)) return false;
      return next.capital || next.punct || next.digits || !next.touches;
    }
    if (!token.dotted) return false;
    // "in the U.S. The ...": a word that opens sentences behind a name's own stop.
    const Token& next = view_.tokens[i + 1];
    const WordInfo& info = view_.info(i + 1);
    return next.capital && token.end - token.begin > 3 && (info.is(WordClass::determiner) || info.is(WordClass::pronoun_singular)) && raw(i + 1).size() > 1;
  }

  void add(std::uint32_t begin, std::uint32_t end, bool quoted) {
    Sentence sentence;
    sentence.block = block_;
    sentence.begin = begin;
    sentence.end = end;
    sentence.heading = heading_;
    sentence.quoted = quoted;
    view_.sentences.push_back(std::move(sentence));
    first_of_block_ = kNone;
  }

  TextView& view_;
  std::uint32_t block_;
  bool heading_;
  std::uint32_t first_of_block_ = kNone;

 public:
  void set_first(std::uint32_t first) { first_of_block_ = first; }
};

}  // namespace

void split_sentences(const CleanText& clean, TextView& view) {
  constexpr std::size_t kBytesOfToken = 5;  // with the blank behind it, roughly
  view.tokens.reserve(view.text.size() / kBytesOfToken);
  for (std::uint32_t i = 0; i < clean.blocks.size(); ++i) {
    const Block& block = clean.blocks[i];
    if (block.kind == BlockKind::boilerplate) continue;
    const auto first = static_cast<std::uint32_t>(view.tokens.size());
    tokenise(view.text, block.span.begin, block.span.end, view.tables->vocabulary, view.tokens);
    Splitter splitter(view, i, block.kind == BlockKind::heading);
    splitter.set_first(first);
    splitter.run(first, static_cast<std::uint32_t>(view.tokens.size()));
  }
}

}  // namespace entente::importers
