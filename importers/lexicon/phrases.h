// Finds the phrases of the tables in a row of tokens: one step a word, the longest and every shorter match.
#pragma once

#include <cstdint>
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
  bool capital = false;  // its first letter is upper case
  std::string exact;     // not empty: matches only as written
};

struct PhraseMatch {
  std::uint32_t length = 0;  // tokens
  std::span<const Sense> senses;
};

class Phrases {
 public:
  // Adds a phrase. Words are those of tokenise(); blank or mark-only phrases are ignored.
  void add(std::string_view phrase, Sense sense, Vocabulary& vocabulary);
  // Appends every match that starts at tokens[at], the shortest first.
  void find(std::span<const Token> tokens, std::size_t at, std::vector<PhraseMatch>& matches) const;
  // What the phrases that begin with a word may mean, a bit for each SenseKind: most words begin none of the kind that is
  // looked for, and this tells at once.
  std::uint16_t kinds(WordId word) const { return word < kinds_.size() ? kinds_[word] : std::uint16_t{0}; }

 private:
  static std::uint64_t edge(std::uint32_t state, WordId word) { return (std::uint64_t{state} << 32U) | word; }
  // The state behind a word in a state; 0 where no phrase goes on so.
  std::uint32_t next(std::uint32_t state, WordId word) const;
  std::uint32_t extend(std::uint32_t state, WordId word);

  std::vector<std::uint32_t> first_;  // by word: the state behind it at the start of a phrase; 0 where none begins so
  std::vector<std::uint16_t> kinds_;  // by word
  struct Edge {
    std::uint64_t key = 0;  // 0: free; no word is 0
    std::uint32_t to = 0;
  };
  std::size_t place_of(std::uint64_t key) const;

  std::vector<Edge> edges_ = std::vector<Edge>(1024);  // open addresses, a power of two, at most half full
  std::size_t edge_count_ = 0;
  std::vector<std::vector<Sense>> senses_{1};
  std::vector<bool> longer_ = std::vector<bool>(1);  // by state: some phrase goes on
};

}  // namespace entente::importers
