#include "importers/emit/setting.h"

#include <algorithm>

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

constexpr std::uint32_t kSentencesMax = 4;  // that what was told last is still where the telling stands

template <class T>
bool overlap(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(a.begin(), a.end(), [&](const T& value) { return std::find(b.begin(), b.end(), value) != b.end(); });
}

// What people come together for.
bool is_encounter(EventType type) {
  return type == EventType::meeting || type == EventType::courtesy_call || type == EventType::consultation || type == EventType::conference || type == EventType::accreditation;
}

bool is_placed(const Story& story) { return !story.city.empty() || story.place_country != kNoParty; }

bool can_be_at(const std::optional<Edtf>& date, const std::optional<Edtf>& setting) {
  return !date || !setting || *date == *setting || date->overlaps(*setting);
}

}  // namespace

void Setting::follow(const Story& story, std::uint32_t block) {
  if (story.background || story.status == Status::cancelled) return;
  if (story.type == EventType::visit) {
    journey_ = story.date;
    journey_parties_ = story.parties;
    journey_status_ = story.status;
    travellers_.clear();
    for (const auto& [person, part] : story.person_parts)
      if (part == Part::guest) travellers_.push_back(person);
  }
  const bool agreement = story.type == EventType::agreement || story.type == EventType::relations;
  if (!is_encounter(story.type) && story.type != EventType::visit && !(agreement && is_placed(story))) return;
  if (story.sets.mode) return;
  if (is_placed(story)) where_ = Spot{story.city, story.place_country};
  else if (!where_ || !overlap(parties_, story.parties) || story.type == EventType::visit) where_.reset();
  if (story.type == EventType::visit && story.date && !story.date->is_day()) when_.reset();
  else when_ = story.date;
  parties_ = story.parties;
  status_ = story.status;
  sentence_ = story.sentence;
  block_ = block;
}

bool Setting::holds(const Story& story) const {
  return story.status == status_ && overlap(story.parties, parties_) && can_be_at(story.date, when_);
}

void Setting::lend(Story& story, Tense tense, std::uint32_t block) const {
  const bool agreement = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_;
  const bool upgraded = story.type == EventType::relations && story.sets.stage == graph::Stage::upgraded;
  if (story.background || story.anaphoric || story.sets.mode || !(is_encounter(story.type) || agreement || upgraded)) return;
  const bool near = block == block_ || story.sentence <= sentence_ + kSentencesMax;
  if (!story.date && near && when_ && holds(story) && tense != Tense::present && story.status == Status::occurred) story.date = when_;
  const bool on_journey = journey_ && story.status == journey_status_ && overlap(story.parties, journey_parties_);
  if (!story.date && on_journey && (story.status == Status::planned || tense == Tense::past)) story.date = journey_;
  if (is_placed(story) || !where_ || !near || !holds(story)) return;
  story.city = where_->city;
  story.place_country = where_->country;
}

void Setting::add_traveller(const Cast& cast, Story& story) const {
  if (travellers_.size() != 1 || story.status != journey_status_ || story.background) return;
  if (story.type != EventType::meeting && story.type != EventType::courtesy_call) return;
  const std::uint32_t traveller = travellers_[0];
  const PartyIndex of = cast.persons()[traveller].of;
  const auto same_side = [&](std::uint32_t person) { return cast.persons()[person].of == of; };
  if (of == kNoParty || std::any_of(story.persons.begin(), story.persons.end(), same_side)) return;
  // The other side must be the one that is visited.
  const bool visited = std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) {
    return p != of && std::find(journey_parties_.begin(), journey_parties_.end(), p) != journey_parties_.end();
  });
  if (!visited) return;
  const Part part = story.type == EventType::courtesy_call ? Part::guest : Part::participant;
  story.persons.push_back(traveller);
  story.person_parts.emplace(traveller, part);
  if (std::find(story.parties.begin(), story.parties.end(), of) == story.parties.end()) story.parties.push_back(of);
  story.party_parts.emplace(of, part);
  const auto level = cast.persons()[traveller].level;
  if (level && (!story.level || *level < *story.level)) story.level = level;
}

}  // namespace entente::importers
