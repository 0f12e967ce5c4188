#include "importers/emit/setting.h"

#include <algorithm>

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

constexpr std::size_t kJourneysMax = 8;
constexpr std::uint32_t kAnnouncedMax = 1;  // sentences from where one was to what one announced there
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
    Journey journey{story.date, {}, story.status};
    for (const auto& [party, part] : story.party_parts)
      if (part == Part::host) journey.hosts.push_back(party);
    if (journeys_.size() == kJourneysMax) journeys_.erase(journeys_.begin());
    journeys_.push_back(std::move(journey));
    travellers_.clear();
    for (const auto& [person, part] : story.person_parts)
      if (part == Part::guest) travellers_.push_back(person);
  }
  const bool agreement = story.type == EventType::agreement || story.type == EventType::relations;
  if (!is_encounter(story.type) && story.type != EventType::visit && !(agreement && is_placed(story))) return;
  if (story.sets.mode) return;
  if (is_placed(story)) where_ = Spot{story.city, story.place_country};
  else if (!where_ || !overlap(parties_, story.parties) || story.type == EventType::visit || story.status != status_ || !can_be_at(story.date, when_)) where_.reset();
  if (story.type == EventType::visit && story.date && !story.date->is_day()) when_.reset();
  else when_ = story.date;
  parties_ = story.parties;
  status_ = story.status;
  sentence_ = story.sentence;
  block_ = block;
}

// Of several legs the one to a state that takes part; else that of the journey told last.
std::optional<Edtf> Setting::journey_date(const Story& story) const {
  for (auto journey = journeys_.rbegin(); journey != journeys_.rend(); ++journey)
    if (journey->status == story.status && overlap(story.parties, journey->hosts)) return journey->date;
  return journey_;
}

bool Setting::holds(const Story& story) const {
  return story.status == status_ && overlap(story.parties, parties_) && can_be_at(story.date, when_);
}

// The talks before were held in the country of another partner: with somebody else one need not have met there.
bool Setting::is_of_others(const Story& story) const {
  const auto among = [](const std::vector<PartyIndex>& parties, PartyIndex party) { return std::find(parties.begin(), parties.end(), party) != parties.end(); };
  if (story.type != EventType::accreditation || !among(parties_, where_->country) || among(story.parties, where_->country)) return false;
  return std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return !among(parties_, p); });
}

void Setting::lend(Story& story, Tense tense, std::uint32_t block) const {
  const bool agreement = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_;
  const bool upgraded = story.type == EventType::relations && story.sets.stage == graph::Stage::upgraded;
  // "In Kyiv he met A. He announced a contribution": where and when he met.
  const bool announced = story.type == EventType::aid && !story.persons.empty() && story.sentence <= sentence_ + kAnnouncedMax;
  if (story.background || story.anaphoric || story.sets.mode || !(is_encounter(story.type) || agreement || upgraded || announced)) return;
  const bool near = block == block_ || story.sentence <= sentence_ + kSentencesMax;
  // "While in A he held talks", behind what was signed in B
  const bool elsewhere = story.type == EventType::meeting && is_placed(story) && where_ && (story.place_country != where_->country || (!story.city.empty() && !where_->city.empty() && story.city != where_->city));
  if (!story.date && near && when_ && !elsewhere && holds(story) && tense != Tense::present && story.status == Status::occurred) story.date = when_;
  const bool on_journey = journey_ && story.status == journey_status_ && overlap(story.parties, journey_parties_);
  // "In A she held talks", behind "Tomorrow she travels on to B"
  const bool on_leg = std::any_of(journeys_.begin(), journeys_.end(), [&](const Journey& leg) { return leg.date && leg.status == story.status && overlap(story.parties, leg.hosts); });
  if (!story.date && (on_journey || on_leg) && (story.status == Status::planned || tense == Tense::past)) story.date = journey_date(story);
  if (announced && story.sentence != sentence_) return;  // when, but not that it was done there
  if (is_placed(story) || !where_ || !near || !holds(story) || is_of_others(story)) return;
  story.city = where_->city;
  story.place_country = where_->country;
}

void Setting::lend_place(Story& story, const Story& again) const {
  const bool agreement = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_;
  if (is_placed(story) || !where_ || story.sets.mode || story.background || !agreement || again.sentence > sentence_ + kSentencesMax || !holds(story)) return;
  story.city = where_->city;
  story.place_country = where_->country;
}

void Setting::add_traveller(const Cast& cast, Story& story) const {
  if (travellers_.size() != 1 || story.background) return;
  // "A stop in Riga has been cancelled": of whoever is on the journey.
  if (story.type == EventType::visit && story.persons.empty() && (story.status == Status::cancelled || story.status == journey_status_)) {
    const PartyIndex home = cast.persons()[travellers_[0]].of;
    const bool guest = std::any_of(story.party_parts.begin(), story.party_parts.end(), [](const auto& entry) { return entry.second == Part::guest; });
    if (home == kNoParty || guest || std::find(story.parties.begin(), story.parties.end(), home) != story.parties.end()) return;
    story.persons.push_back(travellers_[0]);
    story.person_parts.emplace(travellers_[0], Part::guest);
    story.parties.push_back(home);
    story.party_parts.emplace(home, Part::guest);
    if (const auto level = cast.persons()[travellers_[0]].level; level && (!story.level || *level < *story.level)) story.level = level;
    return;
  }
  if (story.status != journey_status_) return;
  if (story.type != EventType::meeting && story.type != EventType::courtesy_call) return;
  const std::uint32_t traveller = travellers_[0];
  const PartyIndex of = cast.persons()[traveller].of;
  const auto same_side = [&](std::uint32_t person) { return cast.persons()[person].of == of; };
  if (of == kNoParty || std::any_of(story.persons.begin(), story.persons.end(), same_side)) return;
  // "The Prime Minister of C was received by the Speaker", while the President of A is on a visit: two sides are told already.
  const std::size_t named = static_cast<std::size_t>(std::count_if(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast.persons()[p].of != of; }));
  if (story.parties.size() > 1 && named > 1 && std::find(story.parties.begin(), story.parties.end(), of) == story.parties.end()) return;
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
