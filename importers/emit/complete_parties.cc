// Who else took part: the release's own side, the pair that a text is about, those of the act told before.
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

}  // namespace

// "The new Ambassador to B presented her credentials": to the state to which she is sent.
void Composer::add_receiving(Story& story) const {
  if (story.type != EventType::accreditation || story.parties.size() != 1) return;
  for (const std::uint32_t person : story.persons)
    if (const PartyIndex to = cast_.persons()[person].sent_to; to != kNoParty && to != story.parties[0]) {
      add_party(story, to, Part::host);
      return;
    }
}

// "A stop in Riga has been cancelled": of whoever travels in the text.
void Composer::add_traveller_of_stop(Story& story) const {
  if (story.type != EventType::visit || story.status != Status::cancelled || has_part(story, Part::guest)) return;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    const Story& journey = stories_[i];
    if (journey.type != EventType::visit || journey.background) continue;
    for (const auto& [person, part] : journey.person_parts)
      if (part == Part::guest && story.person_parts.emplace(person, part).second) story.persons.push_back(person);
    for (const auto& [party, part] : journey.party_parts)
      if (part == Part::guest) add_party(story, party, part);
    if (!story.level) story.level = journey.level;
    return;
  }
}

// "It comes on top of the $150,000 which A gave": to whom the aid before went.
void Composer::complete_aid(Story& story) const {
  if (story.type != EventType::aid || story.parties.size() != 1 || story.party_parts[story.parties[0]] != Part::donor) return;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    if (stories_[i].type != EventType::aid || !contains(stories_[i].parties, story.parties[0])) continue;
    for (const auto& [party, part] : stories_[i].party_parts)
      if (part == Part::recipient) add_party(story, party, part);
    return;
  }
}

// "A and B established relations. A Joint Communiqué to this effect was signed in New York by C and D": how, where and by whom.
bool Composer::sets_up_relations(const Story& story, const Draft& draft) {
  constexpr std::uint32_t kReach = 2;  // sentences
  if (story.type != EventType::agreement || story.sets.stage != graph::Stage::signed_ || story.status != Status::occurred || stories_.empty()) return false;
  const Sentence& sentence = view_.sentences[draft.sentence];
  bool effect = story.paper.starts_with("communiqu");
  for (std::uint32_t t = sentence.begin; t + 2 < sentence.end && !effect; ++t)
    effect = view_.word(t) == "to" && (view_.word(t + 1) == "this" || view_.word(t + 1) == "that") && (view_.word(t + 2) == "effect" || view_.word(t + 2) == "end");
  // "have restored relations, which had been severed in 2019. The communiqué to this effect": to that of the main clause
  std::size_t told = stories_.size() - 1;
  while (told > 0 && stories_[told].type == EventType::relations && stories_[told].sets.stage == graph::Stage::severed && stories_[told - 1].type == EventType::relations && stories_[told - 1].sentence == stories_[told].sentence) --told;
  Story& relations = stories_[told];
  const bool set_up = relations.sets.stage == graph::Stage::established || relations.sets.stage == graph::Stage::restored || relations.sets.stage == graph::Stage::severed;
  if (!effect || relations.type != EventType::relations || !set_up || relations.status != Status::occurred || draft.sentence > relations.sentence + kReach) return false;
  if (story.date && relations.date && !story.date->overlaps(*relations.date)) return false;
  if (!std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(relations.parties, p); })) return false;
  for (const Taking& taking : draft.takings) take(relations, taking);
  if (!relations.date) relations.date = story.date;
  if (relations.city.empty() && relations.place_country == kNoParty) {
    relations.city = story.city;
    relations.place_country = story.place_country;
  }
  if (story.level && (!relations.level || *story.level < *relations.level)) relations.level = story.level;
  relations.evidence.insert(relations.evidence.end(), story.evidence.begin(), story.evidence.end());
  return true;
}

// "The visit of the Foreign Minister of B has been put off", in the diary of A: to A.
void Composer::stay_with_us(Story& story, const Draft& draft) const {
  const PartyIndex own = cast_.own();
  if (story.type != EventType::visit || own == kNoParty || has_part(story, Part::host) || !has_part(story, Part::guest) || !(story.status == Status::cancelled || story.entry_date)) return;
  const auto part = story.party_parts.find(own);
  if (part != story.party_parts.end() && part->second == Part::guest) return;
  if (!story.city.empty() || story.place_country != kNoParty) return;
  std::erase_if(story.persons, [&](std::uint32_t person) {
    const bool ours = story.person_parts.at(person) == Part::participant && (cast_.persons()[person].of == own || cast_.persons()[person].of == kNoParty);
    if (ours) story.person_parts.erase(person);
    return ours;
  });
  story.level.reset();
  for (const std::uint32_t person : story.persons)
    if (const auto level = cast_.persons()[person].level; level && (!story.level || *level < *story.level)) story.level = level;
  for (const Taking& taking : draft.takings)
    if (taking.part == Part::guest && taking.who.level && (!story.level || *taking.who.level < *story.level)) story.level = taking.who.level;
  if (part != story.party_parts.end()) part->second = Part::host;
  else add_party(story, own, Part::host);
}

// "The Minister received the following calls:" tells none by itself; its host, day and place are those of the calls that the
// paragraphs under it tell.
void Composer::inherit(Story& story) const {
  constexpr std::uint32_t kReach = 24;  // sentences
  const bool message = story.type == EventType::message;
  // "On Tuesday the President received two new ambassadors in A. First came X, who presented her credentials"
  if (head_ && head_->type == EventType::meeting && story.type == EventType::accreditation && !story.date && !story.background && story.sentence <= head_->sentence + kReach) {
    story.date = head_->date;
    if (story.city.empty() && story.place_country == kNoParty) {
      story.city = head_->city;
      story.place_country = head_->place_country;
    }
    return;
  }
  // "Security was the main topic of the talks with the Special Representative": told in passing, but for the first time
  const bool partner_told = is_talk(story.type) && std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) {
    const bool foreign = cast_.persons()[p].of != kNoParty && cast_.persons()[p].of != cast_.own();
    return foreign && std::none_of(stories_.begin(), stories_.end(), [&](const Story& before) { return contains(before.persons, p); });
  });
  if (!head_ || head_->type != story.type || story.sentence > head_->sentence + kReach || (story.background && !message && !partner_told)) return;
  if (message && !has_part(story, Part::sender)) return;
  const bool by_others = std::any_of(story.person_parts.begin(), story.person_parts.end(), [&](const auto& entry) { return entry.second == Part::host && !(story.type == EventType::accreditation && contains(head_->persons, entry.first)); });
  if (by_others || (story.date && head_->date && !story.date->overlaps(*head_->date))) return;
  const bool same_side = std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) {
    return std::any_of(head_->persons.begin(), head_->persons.end(), [&](std::uint32_t h) { return h != p && cast_.persons()[h].of == cast_.persons()[p].of; });
  });
  if (same_side) return;  // somebody else's call
  for (const std::uint32_t person : head_->persons) {
    if (!story.person_parts.emplace(person, head_->person_parts.at(person)).second) continue;
    story.persons.push_back(person);
    const auto level = cast_.persons()[person].level;
    if (level && (!story.level || *level < *story.level)) story.level = level;
  }
  for (const PartyIndex party : head_->parties) add_party(story, party, head_->party_parts.contains(party) ? head_->party_parts.at(party) : Part::participant);
  if (partner_told) story.background = story.anaphoric = false;
  if (!story.date) story.date = head_->date;
  if (message && !story.sets.stance) story.sets.stance = head_->sets.stance;
  if (story.city.empty() && story.place_country == kNoParty) {
    story.city = head_->city;
    story.place_country = head_->place_country;
  }
}

// "Diplomatic relations were established in 1992": those of the two whom the text is about.
void Composer::complete_relations(Story& story) const {
  const std::vector<PartyIndex>& topic = cast_.topic();
  if (topic.size() != 2) return;
  if (!story.parties.empty() && !contains(topic, story.parties[0])) {
    // A state that became, or had been, one of the title: the other side stays.
    if (view_.tables->kin(story.parties[0], topic[1])) story.parties.push_back(topic[0]);
    else if (view_.tables->kin(story.parties[0], topic[0])) story.parties.push_back(topic[1]);
    return;
  }
  for (const PartyIndex party : topic)
    if (!contains(story.parties, party)) story.parties.push_back(party);
}

// The one state beside ours that the text names by name or adjective, not by a town alone; none where it names several.
PartyIndex Composer::only_other_state() const {
  PartyIndex other = kNoParty;
  for (const Sentence& sentence : view_.sentences)
    for (const ActorMention& actor : sentence.actors) {
      if (actor.kind == ActorKind::city) continue;
      for (const PartyIndex party : actor.parties) {
        if (party == cast_.own() || party == other || view_.tables->parties[party].kind != graph::EntityKind::country) continue;
        if (other != kNoParty) return kNoParty;
        other = party;
      }
    }
  return other;
}

// The other state that a sentence, or the one before it, names.
PartyIndex Composer::state_beside(std::uint32_t sentence) const {
  for (std::uint32_t i = sentence + 1; i-- > 0 && i + 1 >= sentence;)
    for (const ActorMention& actor : view_.sentences[i].actors)
      for (const PartyIndex party : actor.parties)
        if (party != cast_.own() && view_.tables->parties[party].kind == graph::EntityKind::country) return party;
  return kNoParty;
}

// "The embargo was prolonged by the Government", "a note of protest was handed over": against whom, the text says elsewhere,
// where it speaks of one other state only.
void Composer::complete_adverse(Story& story) {
  const bool adverse = story.type == EventType::sanction || story.type == EventType::summon || story.type == EventType::expulsion || story.type == EventType::statement;
  const PartyIndex own = cast_.own();
  if (!adverse || own == kNoParty || story.status == Status::cancelled) return;
  if (!story.parties.empty() && (story.parties.size() > 1 || story.parties[0] != own)) return;
  // "The ban, which was imposed in February": that of which the text has told
  if (story.type == EventType::sanction && story.parties.empty())
    for (std::size_t k = stories_.size(); k-- > oldest();) {
      const Story& before = stories_[k];
      if (before.type != story.type || before.party_parts.empty() || before.status == Status::cancelled) continue;
      for (const auto& [party, part] : before.party_parts) add_party(story, party, part);
      return;
    }
  if (!other_state_) other_state_ = only_other_state();
  const PartyIndex other = *other_state_ != kNoParty || story.rule != "expulsion.recalled" ? *other_state_ : state_beside(story.sentence);
  if (other == kNoParty) return;
  const bool told_before = std::any_of(stories_.begin(), stories_.end(), [&](const Story& before) { return before.type == story.type; });
  if (story.anaphoric && told_before) return;
  story.anaphoric = false;  // "the embargo" tells of the one event there is
  const bool done_to_us = story.party_parts.contains(own) && story.party_parts.at(own) == Part::target;
  add_party(story, own, story.type == EventType::summon && !done_to_us ? Part::host : done_to_us ? Part::target : Part::participant);
  if (story.type == EventType::statement) add_party(story, other, Part::participant);
  else if (story.rule != "expulsion.recalled") add_party(story, other, done_to_us ? (story.type == EventType::summon ? Part::host : Part::participant) : Part::target);
  else add_party(story, other, Part::participant);
}

// The two states that a text is about, where it names no third; fewer than two where it does.
std::vector<PartyIndex> Composer::pair_of_text() const {
  std::vector<PartyIndex> states;
  if (cast_.own() != kNoParty) states.push_back(cast_.own());
  for (const Sentence& sentence : view_.sentences)
    for (const ActorMention& actor : sentence.actors)
      for (const PartyIndex party : actor.parties) {
        if (contains(states, party)) continue;
        states.push_back(party);
        if (states.size() > 2) return {};
      }
  return states;
}

// "The agreement, which was signed on 9 May, entered into force": of the two, where the text is about two alone.
void Composer::complete_pair(Story& story) const {
  const bool of_two = story.type == EventType::agreement || story.type == EventType::consultation || story.type == EventType::relations || story.type == EventType::mission;
  if (!of_two || pair_.size() != 2 || story.parties.size() > 1 || !(story.date || story.edition)) return;
  if ((!story.parties.empty() && !contains(pair_, story.parties[0])) || (story.type == EventType::consultation && (story.anaphoric || story.unnamed))) return;
  const bool signed_now = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_;
  for (const PartyIndex party : pair_) add_party(story, party, signed_now ? Part::signatory : Part::participant);
}

// A talk with one party only that is not ours has us on the other side.
void Composer::complete_parties(Story& story) {
  const PartyIndex own = cast_.own();
  story.sides_supposed = story.parties.empty();
  complete_pair(story);
  complete_aid(story);
  complete_adverse(story);
  if (story.type == EventType::relations && story.parties.size() < 2) complete_relations(story);
  // "The Sixty-Eighth Session of the Authority will be held in Abuja": of the organisation that says so.
  if (own != kNoParty && story.type == EventType::conference && story.parties.empty() && !story.forum_slug.empty() && view_.tables->parties[own].kind == graph::EntityKind::organisation) story.parties.push_back(own);
  if (own == kNoParty || story.parties.size() != 1 || story.parties[0] == own) return;
  const bool two_sided = is_talk(story.type) || story.type == EventType::message;
  // "The working lunch with Minister A, announced for Tuesday, has been cancelled", "is to be held": told for the first time, though by "the"
  const bool not_held = story.status != Status::occurred && story.date;
  if (two_sided && (!story.anaphoric || not_held) && !(story.background && story.type == EventType::consultation)) {
    story.parties.push_back(own);
    // "noted in his telegram": sent to us
    const auto theirs = story.party_parts.find(story.parties[0]);
    if (story.type == EventType::message && theirs != story.party_parts.end() && theirs->second == Part::sender) story.party_parts[own] = Part::recipient;
    return;
  }
  // "The Ambassador of B was summoned", "the Embassy in C was closed": we did it, or it was done to us.
  const bool ours = story.type == EventType::summon || story.type == EventType::expulsion || story.type == EventType::accreditation || story.type == EventType::mission ||
                    story.type == EventType::relations || story.type == EventType::agreement;
  if (ours && !story.anaphoric) {
    const Part theirs = story.party_parts.contains(story.parties[0]) ? story.party_parts.at(story.parties[0]) : Part::participant;
    story.parties.push_back(own);
    if (story.type == EventType::summon) story.party_parts[own] = theirs == Part::target ? Part::host : Part::target;
    if (story.type == EventType::accreditation && theirs == Part::guest) story.party_parts[own] = Part::host;
    if (story.type == EventType::agreement && theirs == Part::signatory) story.party_parts[own] = Part::signatory;
    return;
  }
  if (story.type == EventType::aid || story.type == EventType::statement || story.type == EventType::sanction) {
    story.parties.push_back(own);
    if (story.type == EventType::aid) story.party_parts[own] = story.party_parts[story.parties[0]] == Part::donor ? Part::recipient : Part::donor;
  }
}

// "The visit of the Minister of B, planned for tomorrow, has been moved to 21 February": to us; "The visit to B": ours.
void Composer::complete_visit(Story& story) const {
  const PartyIndex own = cast_.own();
  if (story.type != EventType::visit || story.status == Status::occurred || !story.date || own == kNoParty || story.parties.size() != 1 || story.parties[0] == own) return;
  const auto theirs = story.party_parts.find(story.parties[0]);
  if (theirs == story.party_parts.end() || (theirs->second != Part::guest && theirs->second != Part::host)) return;
  const bool comes = theirs->second == Part::guest;
  if (comes && story.place_country != kNoParty && story.place_country != own) return;
  story.parties.push_back(own);
  story.party_parts[own] = comes ? Part::host : Part::guest;
}

}  // namespace entente::importers
