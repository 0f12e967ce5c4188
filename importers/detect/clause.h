// Who stands where around a verb or an event noun: subject, object, "with", "to", "in", with times and places.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "importers/mentions/mentions.h"

namespace entente::importers {

struct Argument {
  Slot slot = Slot::subject;
  std::uint32_t item = 0;  // of the sentence
};

struct Arguments {
  std::vector<Argument> all;
  std::vector<std::uint32_t> dates;   // items
  std::vector<std::uint32_t> asides;  // those in parentheses: the time where there is no other
  std::vector<std::uint32_t> places;  // items of cities and countries after in, at
  std::uint32_t begin = 0;            // items that were looked at
  std::uint32_t end = 0;

  bool has(Slot slot) const;
  // Their dates alone: the time of an act whose place and people are taken otherwise.
  Arguments times() const;
};

// Which slot a preposition opens; absent for one that opens none.
std::optional<Slot> slot_of(const TextView& view, const Item& preposition);

class Clause {
 public:
  Clause(const TextView& view, const Sentence& sentence);

  // Of the verb at an item: its subject to the left (of a relative clause the antecedent), the rest to the right.
  // Found once for each verb; the reference holds until forget().
  const Arguments& of_verb(std::uint32_t item) const;
  // To be called when an actor of the sentence has become another kind.
  void forget() { found_.clear(); }
  // Of an event noun or forum: modifiers and possessor to the left, prepositions to the right.
  Arguments of_noun(std::uint32_t item) const;

  // The verb that the noun at an item is subject or object of; kNone when it has none.
  struct Governor {
    std::uint32_t verb = kNone;  // item
    bool subject = false;        // the noun is its subject, or of a passive what it acts on
  };
  Governor governor(std::uint32_t noun_item) const;


  // The event noun that the phrase which ends at an item hangs on: "statement" of "a statement of the two Presidents"; kNone for none.
  std::uint32_t noun_ending_at(std::uint32_t last) const;

  const Item& item(std::uint32_t i) const { return sentence_.items[i]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(sentence_.items.size()); }
  bool is_event_noun(std::uint32_t i) const { return item(i).kind == ItemKind::noun || item(i).kind == ItemKind::forum; }
  // What the lexicon says of an event noun; of a forum, and of whatever else stands there, it says nothing.
  const EventNoun& event_noun(std::uint32_t i) const;
  const VerbGroup& verb(std::uint32_t i) const { return sentence_.verbs[item(i).index]; }
  const ActorMention& actor(std::uint32_t i) const { return sentence_.actors[item(i).index]; }
  bool is_actor(std::uint32_t i) const { return i < size() && item(i).kind == ItemKind::actor; }

  // Of "Japan, the Minister noted, pledged" the item of the comma before the inserted clause whose verb stands at an item; kNone for none.
  std::uint32_t opens_inserted(std::uint32_t verb_item) const;

  // Whether an item is a noun of a class of nouns.tsv.
  bool is_of_class(std::uint32_t i, std::string_view name) const;
  bool names_delegation(std::uint32_t i) const { return is_of_class(i, "delegation"); }

 private:
  std::uint32_t verb_before_place(std::uint32_t town) const;
  Governor verb_over(std::uint32_t noun_item) const;   // the one it is the object of, to its left
  Governor verb_under(std::uint32_t noun_item) const;  // the one it is the subject of, or whose relative clause follows
  bool is_plain(std::uint32_t verb_item) const;
  bool is_of_happening(std::uint32_t verb_item) const;
  bool acts_on_place(std::uint32_t verb_item) const;
  std::uint32_t place_ending_at(std::uint32_t end) const;
  std::uint32_t acted_on_before(std::uint32_t relative, std::uint32_t verb_item) const;
  struct Subject {
    std::vector<std::uint32_t> group;
    bool object_of_relative = false;
    std::uint32_t antecedent = kNone;
  };
  struct Found {  // what was worked out for a verb already
    std::optional<Subject> subject;
    std::optional<Arguments> arguments;
  };
  Found& found(std::uint32_t verb_item) const;
  Arguments find_arguments(std::uint32_t verb_item) const;
  std::vector<std::uint32_t> subject_of(std::uint32_t verb_item, bool& object_of_relative, std::uint32_t& antecedent) const;
  bool is_said_of_several(std::uint32_t verb_item) const;
  bool is_office_set_off(std::uint32_t post) const;
  void take_date_in_common(std::uint32_t verb_item, Arguments& arguments) const;
  void take_governed_relative(std::uint32_t verb_item, Arguments& arguments) const;
  bool stands_behind_opening(std::uint32_t preposition, std::uint32_t name, std::uint32_t last, std::uint32_t verb_item) const;
  std::vector<std::uint32_t> find_subject(std::uint32_t verb_item, bool& object_of_relative, std::uint32_t& antecedent) const;
  std::vector<std::uint32_t> coordination_back(std::uint32_t last) const;
  bool is_phrase(std::uint32_t i) const;
  std::uint32_t head_of(std::uint32_t phrase) const;
  std::uint32_t noun_before_comma(std::uint32_t verb_item) const;
  std::uint32_t paper_behind(std::uint32_t phrase) const;
  std::uint32_t attending_verb(std::uint32_t preposition) const;
  bool starts_new_object(std::uint32_t i) const;
  bool opens_clause(std::uint32_t i) const;
  bool late_object(std::uint32_t i) const;
  std::uint32_t before_aside(std::uint32_t inner, std::uint32_t outer) const;
  bool stands_beside(std::uint32_t i, std::uint32_t from) const;
  std::optional<Slot> opens_with(std::uint32_t i) const;
  bool is_attribute(std::uint32_t date) const;
  bool is_next_paper(std::uint32_t i, const Arguments& arguments) const;
  bool is_paper_behind(const Arguments& arguments) const;
  bool finite_behind_comma(std::uint32_t from) const;
  bool inside_participle(std::uint32_t phrase_begin) const;
  std::uint32_t noun_of_phrase(std::uint32_t last) const;
  bool names_persons(std::uint32_t i) const;
  std::uint32_t past_relative(std::uint32_t last) const;
  std::uint32_t opening_of(std::uint32_t close) const;
  std::uint32_t shares_subject(std::uint32_t verb_item) const;
  bool follows_setting(std::uint32_t i) const;
  std::uint32_t past_manner(std::uint32_t preposition) const;
  bool is_set_off(std::uint32_t i) const;
  std::uint32_t decider(std::uint32_t i) const;
  bool names_place(std::uint32_t i) const;
  bool verb_before(std::uint32_t i) const;
  template <std::size_t Size>
  bool word_is(std::uint32_t i, const char (&text)[Size]) const { return i < size() && view_.word(item(i).begin) == text; }
  std::uint32_t skip_relative_back(std::uint32_t verb_item) const;
  bool is_part_of_verb(std::uint32_t i, std::uint32_t from) const;
  bool is_part_of_session(std::uint32_t i) const;
  bool opens_new_clause(std::uint32_t date) const;
  std::uint32_t past_aside(std::uint32_t comma) const;
  std::uint32_t past_inserted(std::uint32_t comma) const;
  void collect_right(std::uint32_t from, Arguments& arguments, std::optional<Slot> first, bool noun) const;

  const TextView& view_;
  const Sentence& sentence_;
  std::uint32_t first_verb_ = 0;  // item; as many as there are when there is none
  mutable std::vector<Found> found_;  // by verb
};

}  // namespace entente::importers
