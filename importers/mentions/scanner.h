// Reads the items of one sentence from left to right. The parsers of each kind of mention share what is here.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "importers/mentions/mentions.h"

namespace entente::importers {

// A look at the tokens of one sentence through the lexicon. Indexes are of the whole text; past the sentence is nothing.
class Scan {
 public:
  Scan(const TextView& view, const Sentence& sentence) : view_(view), end_(sentence.end), begin_(sentence.begin), heading_(sentence.heading) {}

  std::uint32_t begin() const { return begin_; }
  std::uint32_t end() const { return end_; }
  bool heading() const { return heading_; }
  bool has(std::uint32_t i) const { return i >= begin_ && i < end_; }
  const Token& token(std::uint32_t i) const { return view_.tokens[i]; }
  const WordInfo& info(std::uint32_t i) const { return view_.info(i); }
  Word word(std::uint32_t i) const { return has(i) ? view_.word(i) : Word(); }
  template <std::size_t Size>
  bool is(std::uint32_t i, const char (&text)[Size]) const { return has(i) && view_.word(i) == text; }
  bool in_class(std::uint32_t i, WordClass c) const { return has(i) && view_.info(i).is(c); }
  bool capital(std::uint32_t i) const { return has(i) && view_.tokens[i].capital && view_.tokens[i].letters; }
  bool mark(std::uint32_t i, char c) const {
    return has(i) && view_.tokens[i].punct && !view_.tokens[i].possessive && view_.text[view_.tokens[i].begin] == c;
  }
  // "(OTS)"
  bool abbreviation_in_brackets(std::uint32_t i) const { return mark(i, '(') && mark(i + 2, ')') && view_.tokens[i + 1].all_caps; }
  // Whether a letter of the word at i, which has no apostrophe, is not of ASCII: "Germán".
  bool accented(std::uint32_t i) const;
  bool possessive(std::uint32_t i) const { return has(i) && view_.tokens[i].possessive; }
  const TextView& view() const { return view_; }
  const LexiconTables& tables() const { return *view_.tables; }

  // The matches of the phrase tables at i, within the sentence, that agree with case, spelling and period.
  struct Match {
    std::uint32_t end = 0;
    const Sense* sense = nullptr;
  };
  // They hold until the next call for another place.
  std::span<const Match> matches(std::uint32_t i) const;
  // The longest match of a kind at i; end 0 when there is none.
  Match longest(std::uint32_t i, SenseKind kind) const { return may_begin(i, bit_of(kind)) ? find_longest(i, kind) : Match{}; }
  // The longest match that names a party (name, abbreviation, seat, ministry, adjective, people) or city.
  Match longest_party(std::uint32_t i) const { return may_begin(i, kPartyKinds) ? find_longest_party(i) : Match{}; }

  static constexpr std::uint16_t kPartyKinds = bit_of(SenseKind::name) | bit_of(SenseKind::abbreviation) | bit_of(SenseKind::seat) | bit_of(SenseKind::ministry) |
                                               bit_of(SenseKind::adjective) | bit_of(SenseKind::people) | bit_of(SenseKind::city);
  // Whether a phrase of one of the kinds begins with the word at i: false saves looking for it.
  bool may_begin(std::uint32_t i, std::uint16_t kinds) const { return has(i) && (view_.tables->phrases.kinds(view_.tokens[i].word) & kinds) != 0; }

 private:
  Match find_longest(std::uint32_t i, SenseKind kind) const;
  Match find_longest_party(std::uint32_t i) const;
  bool agrees(const Sense& sense, std::uint32_t i, std::uint32_t end) const;

  // Every parser asks for the same places again and again: what was found at each place of the sentence.
  static constexpr std::uint32_t kNotLookedUp = ~std::uint32_t{0};
  struct Found {
    std::uint32_t begin = kNotLookedUp;  // of matches_
    std::uint32_t count = 0;
  };
  mutable std::vector<Found> found_;
  mutable std::vector<Match> matches_;
  mutable std::vector<PhraseMatch> phrases_;

  const TextView& view_;
  std::uint32_t end_;
  std::uint32_t begin_;
  bool heading_;
};

// An official, a state, an organisation, a pronoun, a side ... that starts at i; absent when none does.
std::optional<ActorMention> parse_actor(const Scan& scan, std::uint32_t i);
// The name of a person that starts at i: where it ends, or i. `after_title` says that a post or honorific stands before.
std::uint32_t parse_name(const Scan& scan, std::uint32_t i, bool after_title);
std::optional<PostMention> parse_post(const Scan& scan, std::uint32_t i);
// The parties named from i on, "A, B and C"; end i when none.
struct PartyList {
  std::uint32_t end = 0;
  std::vector<PartyIndex> parties;
};
PartyList parse_party_list(const Scan& scan, std::uint32_t i, bool many);
// The members of a group that stands for them, or the party itself.
void append_party(const LexiconTables& tables, PartyIndex party, std::vector<PartyIndex>& parties);

std::optional<ForumMention> parse_forum(const Scan& scan, std::uint32_t i);
std::optional<NounMention> parse_noun(const Scan& scan, std::uint32_t i);
// Whether a group of verbs can begin with the word at i: false, as of most words, saves looking for one.
bool may_open_verb(const Scan& scan, std::uint32_t i);
// Where a verb stands: behind what may be its subject, at the opening of a sentence or clause, or elsewhere.
enum class VerbPosition : std::uint8_t { after_subject, opening, other };
std::optional<VerbGroup> parse_verb(const Scan& scan, std::uint32_t i, VerbPosition position);

}  // namespace entente::importers
