// Finds the phrases of the tables in a row of tokens: one step a word, the longest and every shorter match.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "importers/lexicon/vocabulary.h"
#include "importers/tokenise/tokens.h"

namespace entente::importers {

enum class SenseKind : std::uint8_t {
  name,          // of a party: Republic of Korea, ASEAN's full name, Central Asia
  abbreviation,  // of a party, matched as written: ROK
  adjective,     // of a party: Korean
  people,        // of a party: Koreans
  seat,          // of a government: the Kremlin
  ministry,      // a body of a state: the State Department
  city,
  post,
  portfolio,
  forum_head,    // Forum, Policy Consultation
  series,        // a series of meetings with a name of its own: C5+1
  noun,          // an event noun: meeting, visit
  honorific,
  cue,           // a sign of an act, of cues.tsv
};

constexpr std::uint16_t bit_of(SenseKind kind) { return static_cast<std::uint16_t>(1U << static_cast<unsigned>(kind)); }

struct Sense {
  SenseKind kind = SenseKind::name;
  std::uint32_t index = 0;  // into the table of its kind; of a party's words, the party
  std::int32_t from_year = -9999;
  std::int32_t until_year = 9999;
  bool capital = false;    // its first letter is upper case
  bool combining = false;  // stands only before a hyphen: Franco-German
  std::string exact;       // not empty: matches only as written
};

struct PhraseMatch {
  std::uint32_t length = 0;  // tokens
  std::span<const Sense> senses;
};

class Phrases {
 public:
  // Adds a phrase. Words are those of tokenise(); blank or mark-only phrases are ignored. REQUIRES: not settled yet.
  void add(std::string_view phrase, Sense sense, Vocabulary& vocabulary);
  // Once every table is read: from here on phrases are found.
  void settle();
  // Appends every match that starts at tokens[at], the shortest first. REQUIRES: settled.
  void find(std::span<const Token> tokens, std::size_t at, std::vector<PhraseMatch>& matches) const;
  // What the phrases that begin with a word may mean, a bit for each SenseKind: most words begin none of the kind that is
  // looked for, and this tells at once.
  std::uint16_t kinds(WordId word) const { return word < kinds_.size() ? kinds_[word] : std::uint16_t{0}; }

 private:
  // A word behind others, while the tables are read; the first is what stands before every phrase.
  struct Growing {
    std::map<WordId, std::uint32_t> next;  // its place among those that grow
    std::vector<Sense> senses;
  };
  std::vector<Growing> growing_{1};

  // Settled, the words that may follow one stand next to each other, level by level, so that where a phrase goes on is
  // told by a look at few places of memory: every word of every text is looked for here.
  struct Node {
    std::uint32_t next = 0;    // the first of the nodes that follow it; they end where those of the next node begin
    std::uint32_t senses = 0;  // likewise, in senses_
  };
  static constexpr std::uint32_t kNone = 0;  // a node that follows none
  std::uint32_t follow(std::uint32_t node, WordId word) const;

  std::vector<std::uint32_t> first_;  // by word: the node of the phrases that begin with it
  std::vector<std::uint16_t> kinds_;  // by word
  std::vector<Node> nodes_;           // and one behind the last
  std::vector<WordId> words_;         // of the nodes
  std::vector<Sense> senses_;
};

}  // namespace entente::importers
