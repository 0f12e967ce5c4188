// Where and when the telling stands: "The Minister visited Prague on Monday. He met ... They signed ..." - what follows took
// place there and then, unless its own words say otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "importers/emit/story.h"

namespace entente::importers {

class Setting {
 public:
  // The story is told: it becomes the setting of what follows when it says where or when.
  void follow(const Story& story, std::uint32_t block);
  // Gives place and date to a story told within the setting; `tense` is that of its own words.
  void lend(Story& story, Tense tense, std::uint32_t block) const;
  // Gives the place to an event told before, when what tells it again stands in the setting.
  void lend_place(Story& story, const Story& again) const;
  // "Talks with Minister B are scheduled in Doha": whoever travels is the one who talks, when no one of his side is named.
  void add_traveller(const Cast& cast, Story& story) const;

 private:
  bool holds(const Story& story) const;
  bool is_of_others(const Story& story) const;

  struct Spot {
    std::string city;
    PartyIndex country = kNoParty;
  };
  std::optional<Spot> where_;
  std::optional<Edtf> when_;
  struct Journey {
    std::optional<Edtf> date;
    std::vector<PartyIndex> hosts;
    graph::Status status = graph::Status::occurred;
  };
  std::optional<Edtf> journey_date(const Story& story) const;
  std::vector<Journey> journeys_;            // the last ones that were told
  std::optional<Edtf> journey_;              // the time of the visit that is told
  std::vector<PartyIndex> parties_;          // of what was told last
  std::vector<PartyIndex> journey_parties_;
  std::vector<std::uint32_t> travellers_;
  graph::Status status_ = graph::Status::occurred;
  graph::Status journey_status_ = graph::Status::occurred;
  std::uint32_t sentence_ = 0;
  std::uint32_t block_ = 0;
};

}  // namespace entente::importers
