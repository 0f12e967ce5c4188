// What the rooms of the text line look words up in. Filled once by Lexicon::load, then only read.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "importers/clean/boilerplate.h"
#include "importers/lexicon/phrases.h"
#include "importers/lexicon/signs.h"
#include "importers/lexicon/vocabulary.h"

namespace entente::importers {

using PartyIndex = std::uint16_t;
inline constexpr PartyIndex kNoParty = 0xFFFF;

struct Party {
  graph::EntityId id;
  graph::EntityKind kind = graph::EntityKind::country;
  std::string label;
  std::vector<PartyIndex> members;
  bool expand = false;      // named as a whole, it stands for its members
  std::string seat_city;    // an organisation's
  bool former = false;      // a state that is no more
  std::vector<PartyIndex> heirs;  // of a former state: those that took its place
};

struct City {
  std::string name;
  PartyIndex country = kNoParty;
  bool capital = false;
};

enum class PostKind : std::uint8_t {
  general, state, government, minister, deputy, secretary, ambassador, envoy, director, spokesperson, parliament,
  military, monarch, organisation, religious, legal, adviser,
};

struct Post {
  std::string canonical;  // empty: the words themselves
  std::optional<graph::Level> level;
  PostKind kind = PostKind::general;
  bool plural = false;  // ministers, presidents
  std::vector<std::pair<PartyIndex, graph::Level>> by_country;
};

struct ForumHead {
  graph::EventType type = graph::EventType::conference;
  std::optional<graph::Mode> mode;
  bool lower_case = false;  // names a forum even without capitals: joint commission
  bool none = false;        // names no forum: National Assembly
};

struct Series {
  std::string name;
  graph::EventType type = graph::EventType::conference;
  std::vector<PartyIndex> parties;
};

// Where an argument of a verb or noun stands.
enum class Slot : std::uint8_t {
  subject, object, possessor, modifier, of, by, to, with, between, from, on, in, for_, against, at, into, among, as, under, toward, over,
  count_,
};
std::optional<Slot> parse_slot(std::string_view name);
std::string_view to_string(Slot slot);

// What a frame makes of the argument in a slot.
enum class Part : std::uint8_t {
  none, participant, host, guest, sender, recipient, donor, target, appointee, signatory, chair,
  own_side,   // a participant of the same side as the subject
  post,       // the post an appointee is named to
  stays_out,  // named in the sentence, takes no part
};
std::optional<Part> parse_part(std::string_view name);

struct Sets {
  std::optional<graph::Stage> stage;
  std::optional<graph::Stance> stance;
  std::optional<graph::Mode> mode;
  std::optional<graph::Status> status;
  std::optional<graph::Level> level;
  bool voiced = false;  // said, not written
  bool together = false;  // only when two sides are named as its subject
  bool ahead = false;     // only of what is to come: "will be Ambassador to"
  bool finite = false;    // only as the verb of a clause: "is to be hosted by A", not "the Summit, hosted by A"
  bool now = false;       // only in the present tense: "stands with", not "stood with in those years"
  bool here = false;    // the release's own side is the host
  bool since = false;   // a state that began on the day that "since" says: "has been Ambassador since Monday"
};

using Parts = std::array<Part, static_cast<std::size_t>(Slot::count_)>;

using NounClass = std::uint16_t;
inline constexpr NounClass kNoClass = 0xFFFF;

struct EventNoun {
  NounClass noun_class = kNoClass;
  std::optional<graph::EventType> type;  // what it tells by itself; absent: only with a verb of a frame
  bool plural = false;
  Sets sets;
  Parts parts{};
};

enum class VerbKind : std::uint8_t { plain, light, occur, plan, cancel, wish, report, attend, chair, be_at, accompany, refuse, shift };

using VerbId = std::uint16_t;
inline constexpr VerbId kNoVerb = 0xFFFF;

struct VerbForm {
  VerbId verb = kNoVerb;
  bool base : 1 = false;        // meet
  bool third : 1 = false;       // meets
  bool past : 1 = false;        // met
  bool participle : 1 = false;  // met
  bool gerund : 1 = false;      // meeting
  bool noun : 1 = false;        // signature: the act as a noun
  bool future : 1 = false;      // rencontrera: in languages that have such a form
};

inline constexpr VerbForm kNoVerbForm{};

// What else a verb says of those around it: behind its kind in verbs.tsv, which tells each.
enum class VerbTrait : std::uint8_t {
  hosts, convenes, represents, leads, takes_part, succeeds, presents, confirms, no_news, effects, marks, unveils, helps, sends,
  ends_stay, leaves, pledges, decides, shelves, signs, comes, meets, hosts_together, proceeds, spans, accepts, causes, founds,
};
inline constexpr std::size_t kVerbTraits = 28;

struct Verb {
  std::string lemma;
  VerbKind kind = VerbKind::plain;
  std::bitset<kVerbTraits> traits;

  bool is(VerbTrait trait) const { return traits[static_cast<std::size_t>(trait)]; }
};

enum class ObjectNeed : std::uint8_t { none, actor, person, post, party, city, noun, money, counted, time, any };

struct Frame {
  std::vector<WordId> particle;       // words right after the verb or after its object
  WordId particle_first = 0;          // the first of them: most frames are settled by it
  ObjectNeed object = ObjectNeed::none;
  NounClass object_class = kNoClass;
  std::optional<Slot> object_slot;    // of the preposition that ends the particle: put pen to paper on
  std::optional<Slot> required;       // a slot that must be filled by an actor
  bool required_person = false;       // and that by one with a name or post
  bool required_party = false;        // or by a state, its government or capital
  bool required_clause = false;       // by no person, and an infinitive follows: called on A to withdraw
  bool required_post = false;         // a post without a name stands behind the verb: promoted to Ambassador
  NounClass required_class = kNoClass;  // an event noun that must stand behind the object: negotiations on an agreement
  NounClass subject_class = kNoClass;  // what must be the subject: the agreement entered into force
  graph::EventType type = graph::EventType::meeting;
  Sets sets;
  Parts parts{};
  double confidence = 0.9;
  std::string rule;
};

// What a sign of cues.tsv is, where it is no phrase, verb or class of nouns.
enum class CueKind : std::uint8_t { money, post, consultation, conference, count_ };

// Who has to be named beside the signs: two sides by their persons, by name, one person, a guest and a host, anybody.
enum class CueSides : std::uint8_t { persons, parties, person, journey, one };

// Signs of an act in one sentence: "signatures" beside a paper.
struct Cue {
  std::string rule;
  bool wants_second = false;
  CueSides sides = CueSides::parties;
  graph::EventType type = graph::EventType::meeting;
  Sets sets;
  Parts parts{};
  double confidence = 0.5;
};

struct Publisher {
  std::string code;
  PartyIndex party = kNoParty;
  std::vector<std::string> side_posts;  // folded
  std::vector<std::string> hosts;       // ends of its hosts, in small letters: "un.org"
};

// What the end of a verb says, in a language with the verb at the end: endings.tsv.
enum class EndingTime : std::uint8_t { none, past, present, future };

struct VerbEnding {
  EndingTime time = EndingTime::none;
  bool negated = false;
  bool wished = false;  // would like to, agreed to: no fact
  bool joins = false;   // and: the sentence goes on with another verb
};

// What kind of language it is: language.tsv.
struct Traits {
  bool particles = false;        // marks of case behind the noun and the verb at the end; else verbs behind their subject
  bool adjective_after = false;  // ministre coréen: what qualifies a noun may stand behind it
  bool listed_forms = false;     // every form of a verb and every plural stands in the tables; none is made
};

struct LexiconTables {
  std::string language;
  Traits traits;
  ConfidenceWeights confidence;
  Vocabulary vocabulary;
  Phrases phrases;
  std::vector<Party> parties;
  std::unordered_map<std::string, PartyIndex> party_by_id;
  std::vector<City> cities;
  std::vector<Post> posts;
  std::vector<ForumHead> forum_heads;
  std::vector<Series> series;
  std::vector<EventNoun> nouns;
  std::vector<std::string> noun_classes;
  std::vector<Verb> verbs;
  std::vector<VerbForm> verb_forms;           // by word id; kNoVerb where the word is no verb
  std::vector<std::vector<Frame>> frames;     // by verb
  std::map<std::pair<VerbId, WordId>, VerbId> phrasals;  // take + place
  std::vector<Cue> cues;                      // sign 2n is the first of row n, 2n + 1 its second
  std::unordered_map<VerbId, std::vector<std::uint32_t>> cues_of_verb;
  std::unordered_map<NounClass, std::vector<std::uint32_t>> cues_of_class;
  std::array<std::vector<std::uint32_t>, static_cast<std::size_t>(CueKind::count_)> cues_of_kind;
  VerbId be = kNoVerb;                        // what frames say of "is", "was" without another verb
  std::unordered_map<WordId, Slot> particles;        // what a mark behind a noun says of it
  std::unordered_map<WordId, VerbEnding> endings;
  std::vector<Publisher> publishers;
  std::vector<int> honorific_kinds;           // 0 courtesy, 1 courtesy when in capitals, 2 rank, 3 itself a post
  Boilerplate boilerplate;
  std::vector<graph::Entity> entities;

  WordId possessive = 0;

  PartyIndex find_party(std::string_view id) const;
  PartyIndex country_by_code(std::string_view code) const;
  const VerbForm& verb_form(WordId word) const { return word < verb_forms.size() ? verb_forms[word] : kNoVerbForm; }
  // Whether one of the two took the place of the other, or both that of a third.
  bool kin(PartyIndex a, PartyIndex b) const;
};

}  // namespace entente::importers
