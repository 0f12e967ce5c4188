// What compose keeps of one event while the text is gone through: parties and persons with their parts.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "importers/detect/draft.h"

namespace entente::importers {

struct Story {
  graph::EventType type = graph::EventType::meeting;
  std::vector<PartyIndex> parties;
  std::vector<std::uint32_t> persons;              // the keys of person_parts, in the order in which they were told
  std::map<PartyIndex, Part> party_parts;
  std::map<std::uint32_t, Part> person_parts;
  std::optional<Edtf> date;
  graph::Status status = graph::Status::occurred;
  Sets sets;
  std::optional<graph::Level> level;
  std::string city;
  PartyIndex place_country = kNoParty;
  std::string forum;       // its name
  std::string forum_slug;
  std::vector<std::string> forum_words;  // of the slug, sorted, without the small ones
  std::vector<PartyIndex> forum_parties;  // that its name names
  std::optional<graph::Level> forum_level;  // "Ministerial", "of Heads of State" in its name
  std::optional<int> edition;
  bool unnamed = false;    // "the Session": of the series told before
  std::optional<int> days;
  bool ends = false;
  bool beside = false;     // at, before or after the act told before
  std::string paper;
  std::optional<int> count;
  std::vector<graph::Span> evidence;
  std::string rule;
  double confidence = 0;  // of the rule
  Signs signs;            // those that are known as it is told
  bool background = false;
  bool anaphoric = false;
  bool sides_supposed = false;  // no party was said
  bool single = false;
  bool gathering = false;  // of three or more, told as one
  bool position = false;  // taken by a state, not in a talk
  bool vague = false;   // dated by "next week" and the like, or not at all
  bool parted = false;  // a journey of which a leg was told by itself
  bool listed = false;  // one of a list of alike acts
  bool afterwards = false;  // another talk than those before it in its sentence
  std::uint32_t sentence = 0;
  PartyIndex home = kNoParty;  // told in a dated entry
  bool entry_date = false;     // whose time it took
};

// The words by which two names of a series are compared.
std::vector<std::string> forum_words(const std::string& slug);

// Whether the two can be one happening, and then the first takes what the second adds.
bool same_happening(const Story& a, const Story& b);
void absorb(Story& story, const Story& more);

}  // namespace entente::importers
