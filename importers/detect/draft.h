// An event as one sentence tells it, before it is dated and joined with what other sentences tell of it.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "importers/lexicon/tables.h"
#include "importers/mentions/mentions.h"
#include "importers/resolve/cast.h"

namespace entente::importers {

struct Taking {
  Part part = Part::participant;
  Slot slot = Slot::subject;
  Meant who;
  bool listed = false;  // several named one by one: "the Foreign Ministers of Britain, France and Russia"
};

// What was read as an event and is none, with the reason, for whoever asks.
struct SetAside {
  graph::EventType type = graph::EventType::meeting;
  std::string rule;
  std::string reason;
  std::uint32_t sentence = 0;
  std::uint32_t begin = 0;  // tokens
  std::uint32_t end = 0;
};

struct Draft {
  graph::EventType type = graph::EventType::meeting;
  std::string rule;
  double confidence = 0.9;
  Sets sets;
  std::vector<Taking> takings;
  std::optional<DateExpr> date;
  Tense tense = Tense::unknown;
  bool planned = false;
  bool cancelled = false;
  bool upcoming = false;
  bool promised = false;     // only said to come: counts where a time or place is said
  bool background = false;   // told in passing: takes no publication date
  bool under_way = false;    // "who is visiting": the month of publication
  bool anaphoric = false;    // "the meeting": tells more of an event told before
  bool within_talk = false;  // told as a part of the talk before
  bool position = false;     // a position that a state or ministry takes now, not what was said in a talk
  bool beside = false;       // at, before or after an act told before: "Before the signing"
  bool within_visit = false; // told as a part of the visit before: "during the visit"
  bool decided = false;      // its date is that of the decision
  bool each = false;         // "separate meetings": one with each person
  bool at_building = false;  // "at the Presidential Palace", without its town
  bool at_margins = false;   // on the sidelines of a gathering
  bool joins_last = false;   // no event of its own: its persons were in the talk told before
  bool subject_left_out = false;  // "Met with the President."
  bool single = false;       // "a meeting", not "the meetings"
  std::string city;          // as the text writes it
  PartyIndex place_country = kNoParty;
  std::optional<ForumMention> forum;
  std::optional<int> count;
  std::optional<int> days;   // "a two-day visit"
  std::optional<DateExpr> from;   // of a visit, where its first and last day are told each by itself
  std::optional<DateExpr> until;
  bool ends = false;         // told by its end: "returned on Wednesday after a four-day tour"
  std::string paper;         // of an agreement: what kind of paper it is, "declaration"; empty where any word would do
  bool listed = false;       // one of a list of alike acts: never the same as another of it
  bool afterwards = false;   // of whoever was told of just before: "received A, who then met B"
  bool gleaned = false;      // told by signs of the act, not by a frame: counts where nothing else tells of it
  bool of_title = false;     // told by the title alone: counts where the text tells nothing
  bool separable = false;    // talks with partners of several countries are as many events
  PartyIndex home = kNoParty;       // of the entry that tells it: whose officials are meant
  bool entry_date = false;          // took the time of its entry
  std::optional<int> entry_year;
  std::optional<DateExpr> entry_day;  // the day over the part of the text in which it stands
  std::optional<graph::Level> level_hint;
  std::uint32_t sentence = 0;
  std::uint32_t begin = 0;   // tokens of the evidence
  std::uint32_t end = 0;

  bool has(Part part) const {
    return std::any_of(takings.begin(), takings.end(), [part](const Taking& taking) { return taking.part == part; });
  }
};

// Adds those who are not there yet.
void add_meant(Meant& to, const Meant& more);

// A copy of a draft for each person whom a taking of one person that `is_end` holds for names, without the others of them.
std::vector<Draft> one_for_each(const Draft& whole, const std::function<bool(const Taking&)>& is_end);

}  // namespace entente::importers
