// The persons of a release and whom its short mentions mean: "Minister Kim", "the Minister", "he", "the two sides".
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/model/event.h"
#include "importers/mentions/mentions.h"

namespace entente::importers {

struct Person {
  std::string name;                 // the fullest form that the release has
  std::vector<std::string> words;   // of it, folded
  PartyIndex of = kNoParty;
  PartyIndex sent_to = kNoParty;    // of an envoy
  PartyIndex home = kNoParty;       // the country of the entry that names the person, for who has no other
  std::string post;                 // the fullest form
  std::vector<WordId> post_words;   // every word of every post that the release gave
  std::optional<graph::Level> level;
  PostKind kind = PostKind::general;
  bool former = false;
  bool ours = false;                // "of the Republic", whose post no country is said with
  bool historic = false;            // spoken of as one who acts no more: the late President, the legacy of
  bool has_post = false;
  bool addressed = false;           // first named as one whom somebody meets, receives or writes to
  bool acted = false;               // subject of a verb that tells what somebody did
};

// Who is meant by one mention.
struct Meant {
  std::vector<PartyIndex> parties;
  std::vector<std::uint32_t> persons;  // Cast::persons()
  std::optional<graph::Level> level;
  std::optional<int> count;
  bool empty() const { return parties.empty() && persons.empty(); }
};

class Cast {
 public:
  // `own` is the side that publishes; kNoParty when it is unknown.
  Cast(const TextView& view, PartyIndex own) : view_(view), own_(own) {}

  // Finds every named person of the text and links the mentions of each.
  void collect(std::vector<Sentence>& sentences);

  PartyIndex own() const { return own_; }
  // The two states that the title of the text is about; empty when it names one, none or several.
  const std::vector<PartyIndex>& topic() const { return topic_; }
  const std::vector<Person>& persons() const { return persons_; }
  Person& person(std::uint32_t index) { return persons_[index]; }

  // Whom the mention means, given what was told before it. Empty when nobody can be said.
  Meant meant(const ActorMention& actor) const;

  // What the rooms after tell it as they go through the text.
  void saw_subject(const Meant& subject);
  // Who says something in a sentence, and that the next goes on with his words.
  void saw_teller(const Meant& who, std::uint32_t sentence);
  void turn_to_teller(std::uint32_t sentence);
  void saw_event(const Meant& participants);
  // More of those who were in the event told last.
  void saw_more_of_event(const Meant& participants);
  void saw_person(std::uint32_t person);
  void saw_party(PartyIndex party);
  void saw_summon() { summon_told_ = true; }
  // Whether somebody was told to be called in.
  bool summon_told() const { return summon_told_; }
  // A heading names the two whom the lines under it are about.
  void turn_to(const std::vector<PartyIndex>& pair);
  // The noun that an event was told with, for "it" and "they" behind it.
  void saw_noun(NounClass noun, std::vector<PartyIndex> parties) {
    last_noun_ = noun;
    last_noun_parties_ = std::move(parties);
  }
  NounClass last_noun() const { return last_noun_; }
  const std::vector<PartyIndex>& last_noun_parties() const { return last_noun_parties_; }
  void saw_city(std::uint32_t city) { last_city_ = city; }
  // The name of a town as the text writes it first.
  std::string city_text(std::uint32_t city) const;
  // Who speaks for the release's own side: a spokesperson, or who "issued the following statement"; from which sentence on.
  std::optional<std::uint32_t> speaker() const { return speaker_; }
  std::uint32_t speaker_from() const { return speaker_from_; }
  // LexiconTables::cities; kNone before one was named. "There" means it.
  std::uint32_t last_city() const { return last_city_; }
  // Where the text was written; "here" means it.
  std::uint32_t dateline_city() const { return dateline_city_; }
  bool dateline_in_brackets() const { return dateline_in_brackets_; }  // "(MFA, Addis Ababa)": who wrote it, and where
  void set_home(std::uint32_t person, PartyIndex party) { if (persons_[person].home == kNoParty) persons_[person].home = party; }
  // The foreign party that the text speaks of most recently; kNoParty when there is none.
  PartyIndex counterpart() const { return counterpart_; }
  const Meant& last_event() const { return last_event_; }
  // The person of that side, and of that rank where one is given, who was named last.
  std::optional<std::uint32_t> latest_of(PartyIndex party, std::optional<graph::Level> level) const;
  const Meant& last_subject() const { return last_subject_; }
  // To be called for each sentence: notes whether it opens a paragraph. Where a question opens, what was
  // spoken of before is not what short mentions mean.
  void turn_page(std::uint32_t sentence, std::uint32_t block);
  // "On Monday she telephoned him": whoever was with them in the event told last, or was named last; nobody when all are of `apart`.
  Meant other_than(const std::vector<std::uint32_t>& apart) const;

  // Makes a person of a bare name ("named Ramon L. Cabrera, ..., as Special Envoy").
  std::uint32_t add_person(ActorMention& actor, PartyIndex of, std::string post, std::optional<graph::Level> level);
  // Whom a name means, of a side: with the post where the text has given none.
  Person& holder_named(ActorMention& named, PartyIndex side, const std::string& post, std::optional<graph::Level> level);
  // The words of a post without its country, and without "new" and the like.
  std::string post_text(const PostMention& post) const;
  // Takes the words in capitals for a person that is known already; false when none has such a name.
  bool link_name(ActorMention& actor);

 private:
  std::vector<std::string> name_words(const ActorMention& actor) const;
  std::string name_text(const ActorMention& actor) const;
  std::optional<std::uint32_t> find_person(const std::vector<std::string>& words, const ActorMention& actor) const;
  bool agrees(const Person& person, const ActorMention& actor) const;
  void enrich(std::uint32_t index, const ActorMention& actor, const std::vector<std::string>& words);
  void take_post(Person& person, const PostMention& post);
  void collect_one(ActorMention& actor);
  void link_counterparts(Sentence& sentence);
  void link_counterparts_of(Sentence& sentence, std::size_t item, const ActorMention& counterparts);
  void link_appointed(Sentence& sentence);
  void link_successors(Sentence& sentence);
  std::uint32_t latest_added_with_post() const;
  void link_possessed(Sentence& sentence);
  void link_of_each(Sentence& sentence);
  void link_listed(Sentence& sentence);
  void link_heads(Sentence& sentence);
  std::pair<std::string, std::optional<graph::Level>> post_before(const Sentence& sentence, std::size_t item) const;
  void link_inviters(const Sentence& sentence);
  void link_signer_there(const Sentence& sentence);
  void link_elected(Sentence& sentence);
  PartyIndex state_of_presenter(const Sentence& line, std::size_t name) const;
  void link_presenters(std::vector<Sentence>& sentences);
  void link_companions(const Sentence& sentence);
  std::string title_of_each(const ActorMention& several) const;
  bool link_each_of(Sentence& sentence, std::size_t first, const ActorMention& several);
  void link_labelled(const Sentence& sentence, std::size_t known);
  PartyIndex label_of(const Sentence& sentence) const;
  void link_more_counterparts(const Sentence& sentence, std::size_t first, PartyIndex side);
  void link_pair(Sentence& sentence);
  void link_sides(Sentence& sentence);
  void link_parts(const Sentence& sentence);
  void link_bare_names(Sentence& sentence);
  Person& person_named(ActorMention& named, PartyIndex side, std::string post = {}, std::optional<graph::Level> level = std::nullopt);
  void link_post_again(Sentence& sentence);
  static void link_chair_of_turn(Sentence& sentence);
  void link_credentials(Sentence& sentence);
  void link_leaders(Sentence& sentence);
  static void join_holders(Sentence& sentence, std::size_t item, std::size_t past, const std::vector<std::pair<std::uint32_t, PartyIndex>>& named);
  bool link_states_behind_names(Sentence& sentence, std::size_t item);
  bool link_names_behind(Sentence& sentence, std::size_t item);
  void link_two(Sentence& sentence);
  void link_other_of_two(Sentence& sentence);
  void link_candidates(Sentence& sentence);
  std::vector<PartyIndex> pair_of(const Sentence& sentence) const;
  std::vector<PartyIndex> states_before(const Sentence& sentence, std::size_t item) const;
  PartyIndex partner_in_forum(const Sentence& sentence, std::size_t item) const;
  PartyIndex state_before(const Sentence& sentence, std::size_t item) const;
  bool is_historic(const ActorMention& actor) const;
  Meant of_post(const ActorMention& actor) const;
  bool is_called_by_post(const ActorMention& actor) const;
  std::optional<std::uint32_t> own_holder(const ActorMention& actor, const std::function<bool(const Person&)>& holds) const;
  bool are_states(const std::vector<PartyIndex>& parties) const;
  Meant both(const ActorMention& actor) const;
  std::vector<std::uint32_t> holders_of(graph::Level level, const std::vector<PartyIndex>& parties) const;
  std::optional<graph::Level> level_of(const PostMention& post, PartyIndex of) const;

  const TextView& view_;
  PartyIndex own_;
  std::uint32_t add(Person person);
  void index_name(std::uint32_t person);
  std::vector<std::uint32_t> named_alike(const std::vector<std::string>& words) const;
  template <class Take>
  void each_recent(Take take) const;

  std::vector<Person> persons_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_word_;  // persons by each word of their names, in order
  // Persons by their last mention, as a chain: the one mentioned last, and for each the one before and behind it.
  std::uint32_t latest_ = kNone;
  std::vector<std::uint32_t> older_;
  std::vector<std::uint32_t> newer_;
  std::uint32_t historic_end_ = 0;     // token behind the last mention of one who acts no more
  bool is_ours(const Meant& who) const;
  bool styles_ruler(const ActorMention& actor) const;
  PartyIndex said_before_of(const ActorMention& actor) const;
  void find_dateline(const std::vector<Sentence>& sentences);
  void find_topic(const std::vector<Sentence>& sentences);
  void find_speaker(const std::vector<Sentence>& sentences);
  void find_quoted_speaker(const std::vector<Sentence>& sentences);
  void link_head(std::vector<Sentence>& sentences);
  void link_signatures(std::vector<Sentence>& sentences);
  void link_answers(std::vector<Sentence>& sentences);
  void note_cities(const std::vector<Sentence>& sentences);
  void note_addressed(const std::vector<Sentence>& sentences);

  void find_teller(const std::vector<Sentence>& sentences);

  std::optional<std::uint32_t> speaker_;
  std::vector<std::uint32_t> questions_;  // sentences that open one, in order
  std::uint32_t asked_ = 0;               // how many have been passed
  std::vector<std::uint32_t> seen_in_;    // for each person, how many had been passed when he was mentioned last
  std::uint32_t teller_ = kNone;  // who says "I" in the text itself
  std::uint32_t speaker_from_ = 0;
  std::vector<std::pair<std::uint32_t, std::string>> city_texts_;

  std::vector<PartyIndex> topic_;
  std::uint32_t last_city_ = kNone;
  std::uint32_t dateline_city_ = kNone;
  bool dateline_in_brackets_ = false;
  std::uint32_t block_ = kNone;  // of the sentence that is read
  bool turned_ = false;          // it is the first of its paragraph
  NounClass last_noun_ = kNoClass;
  std::vector<PartyIndex> last_noun_parties_;
  Meant last_event_;
  std::vector<PartyIndex> last_states_;  // of the last event between two states
  Meant last_subject_;
  Meant last_telling_;  // who said something last, and in which sentence
  std::uint32_t telling_in_ = kNone;
  Meant last_acting_;  // the last subject that was a person
  PartyIndex counterpart_ = kNoParty;
  std::vector<PartyIndex> forum_pair_;  // the two of the forum named last
  PartyIndex town_told_ = kNoParty;     // the state of the foreign town named last
  PartyIndex label_ = kNoParty;         // the state that the paragraph is labelled with, or the heading over it
  PartyIndex heading_label_ = kNoParty;
  std::uint32_t label_block_ = kNone;
  bool summon_told_ = false;
};

}  // namespace entente::importers
