// What a sentence names, in the order of its words: who, when, where, which event noun, which verb.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/event.h"
#include "importers/date/date_expr.h"
#include "importers/lexicon/tables.h"
#include "importers/mentions/word.h"
#include "importers/tokenise/tokens.h"

namespace entente::importers {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

struct PostMention {
  std::uint32_t begin = 0;  // tokens of the post without its country
  std::uint32_t end = 0;
  std::uint32_t full_end = 0;    // with the country behind it
  std::uint32_t head_begin = 0;  // tokens of the phrase that posts.tsv knows
  std::uint32_t head_end = 0;
  std::uint32_t post = kNone;    // LexiconTables::posts
  std::optional<graph::Level> level;
  PostKind kind = PostKind::general;
  bool plural = false;
  bool former = false;
  bool deputy = false;
  bool ours = false;             // "of the Republic", "of the Nation": of whoever speaks
  std::vector<PartyIndex> of;    // whose post it is
  std::vector<PartyIndex> to;    // where an envoy is sent
};

enum class ActorKind : std::uint8_t {
  party,      // a state, organisation or region by name, seat or body
  adjective,  // Korean: only before a noun or counterpart
  person,     // a name, with or without a post
  post,       // a post without a name: the Foreign Minister
  name,       // words in capitals that may be a person's name
  pronoun,    // he, she
  plural,     // they
  both,       // the two sides, both countries, the two Ministers
  own,        // we, our
  counterpart,
  side,       // the Turkmen side (parties), the Ministry
  city,
  it,         // it, its
};

struct ActorMention {
  ActorKind kind = ActorKind::party;
  std::uint32_t begin = 0;  // tokens of everything that is said of it
  std::uint32_t end = 0;
  std::uint32_t name_begin = 0;  // of a person: the name
  std::uint32_t name_end = 0;
  std::vector<PartyIndex> parties;
  std::optional<PostMention> post;
  std::optional<PostMention> other_post;  // behind the name, where one stood before it
  std::uint32_t city = kNone;
  std::optional<int> count;    // "three Central Asian countries"
  bool honorific = false;
  bool definite = false;       // the, this
  bool possessive = false;     // 's follows
  bool expanded = false;       // parties are the members of a group named as a whole
  bool ministry = false;       // a body of the party rather than the party
  bool by_country = false;     // a town meant by its state: the Chinese capital
  bool own_post = false;       // his, her, our before it
  std::optional<graph::Level> level;  // of a plural: "the two Ministers"
  // Filled by resolve/:
  std::vector<std::uint32_t> persons;
  bool side_told = false;      // the words around it say for whom a person acts: "(Skopje)", "spoke for Portugal"
};

struct NounMention {
  std::uint32_t begin = 0;  // tokens of the event noun itself
  std::uint32_t end = 0;
  std::uint32_t noun = kNone;  // LexiconTables::nouns
};

struct ForumMention {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::string name;            // without the edition
  std::optional<int> edition;
  graph::EventType type = graph::EventType::conference;
  std::optional<graph::Level> level;
  std::vector<PartyIndex> parties;  // that the name itself names
  bool generic = false;        // "the Forum", "the Consultation"
};

struct VerbGroup {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  VerbId main = kNoVerb;
  WordId main_word = 0;
  Tense tense = Tense::unknown;
  bool finite = false;
  bool passive = false;
  bool negated = false;
  bool modal = false;       // would, could, may: no fact
  bool infinitive = false;  // to hold
  bool gerund = false;      // holding
  bool bare_participle = false;  // held in Seoul
  bool perfect = false;
  bool planned = false;     // is to hold, plans to hold, will hold
  bool cancelled = false;   // had to be cancelled: of the verb it governs
  bool wished = false;      // hopes to hold
  bool copula = false;      // is, was
  bool elided = false;      // opens its sentence without a subject: "Met with the President."
  bool promised = false;    // said that they would visit
  bool unreal = false;      // was to have travelled: did not
};

enum class ItemKind : std::uint8_t {
  actor, date, noun, forum, verb, preposition, conjunction, comma, relative, subordinator, stop, open, close, quote,
  money, number, determiner, possessive, adverb, word,
};

struct Item {
  ItemKind kind = ItemKind::word;
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  std::uint32_t index = kNone;  // into the list of its kind
  WordId word = 0;
};

struct Sentence {
  std::uint32_t block = 0;
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
  bool heading = false;
  bool quoted = false;      // inside quotation marks
  std::uint32_t head = kNone;   // of the list whose item it is: the sentence that ends in a colon
  bool under_will = false;      // which ends in "will:" or "to:"
  std::vector<Item> items;
  std::vector<ActorMention> actors;
  std::vector<DateExpr> dates;
  std::vector<NounMention> nouns;
  std::vector<ForumMention> forums;
  std::vector<VerbGroup> verbs;
};

// What every room after clean works on.
// "Strategic Dialogue (PASD)": what a forum is called from there on.
struct ForumAlias {
  std::string text;
  ForumMention forum;
};

struct TextView {
  std::string_view text;
  std::string_view title;  // as the publisher gives it beside the text; may be empty
  const LexiconTables* tables = nullptr;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::optional<int> year;  // of publication, for names that were in use in a period
  std::vector<ForumAlias> aliases;
  bool of_organisation = false;  // an organisation publishes it
  std::vector<WordId> series_nouns;  // "Commission", "Mechanism" in the names of the series named so far
  bool series_named = false;  // a series of meetings was named already, so that "the sixth meeting" is one of it

  std::string_view raw(std::uint32_t begin, std::uint32_t end) const {
    if (begin >= end) return {};
    return text.substr(tokens[begin].begin, tokens[end - 1].end - tokens[begin].begin);
  }
  const WordInfo& info(std::uint32_t token) const { return tables->vocabulary.info(tokens[token].word); }
  Word word(std::uint32_t token) const { return Word(tables->vocabulary.text(tokens[token].word)); }
};

// Whether a sentence ends in a colon, as the line over a list does.
bool ends_with_colon(const TextView& view, const Sentence& sentence);

// Whether the clause goes on with a finite verb behind an item, nothing but phrases between.
bool goes_on_with_verb(const Sentence& sentence, std::size_t item);

// Whether a noun of a class of nouns.tsv stands in a sentence.
bool names_class(const TextView& view, const Sentence& sentence, std::string_view noun_class);

// "a delegation led by A": whether the item is a verb that says by whom what stands before it is led.
bool is_led_by(const TextView& view, const Sentence& sentence, std::size_t item);

// Fills the items of every sentence.
void find_mentions(TextView& view);

}  // namespace entente::importers
