// Whether a story is told well enough to be an event, and why not.
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

}  // namespace

// "The Minister commended the Ambassador ... when he paid a call on her": what one said of the other where they met is no position.
void Composer::drop_views() {
  const auto said_there = [&](const Story& story) {
    if (story.type != EventType::statement || story.position || story.persons.size() < 2) return false;
    const auto spoken_to = [&](PartyIndex party) { return std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].of == party; }); };
    if (!std::all_of(story.parties.begin(), story.parties.end(), spoken_to)) return false;  // of a state, not of whoever was there
    return std::any_of(stories_.begin(), stories_.begin() + static_cast<std::ptrdiff_t>(std::min(stories_.size(), kStoriesBackMax)), [&](const Story& talk) {
      return is_talk(talk.type) && !talk.background && talk.status == Status::occurred && std::all_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return talk.person_parts.contains(p); });
    });
  };
  for (std::size_t i = std::min(stories_.size(), kStoriesBackMax); i-- > 0;) {
    if (!said_there(stories_[i])) continue;
    composition_.set_aside.push_back({stories_[i].type, stories_[i].rule, "a view said inside a talk", stories_[i].sentence, 0, 0});
    stories_.erase(stories_.begin() + static_cast<std::ptrdiff_t>(i));
    std::erase_if(composition_.joined, [&](const auto& joined) { return joined.event == i; });
    for (auto& joined : composition_.joined)
      if (joined.event > i) --joined.event;
  }
}

// What signs tell that no frame knows counts where nothing else tells of it, and beside other events only with a time or place.
bool Composer::is_news(const Draft& draft) const {
  if (stories_.empty()) return true;
  if (draft.of_title || (!draft.date && (draft.city.empty() || talks_told_))) return false;
  std::vector<PartyIndex> foreign;
  for (const Taking& taking : draft.takings) {
    for (const PartyIndex party : taking.who.parties)
      if (party != cast_.own()) foreign.push_back(party);
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].of != cast_.own()) foreign.push_back(cast_.persons()[person].of);
  }
  for (const Story& story : stories_) {
    const bool theirs = std::any_of(foreign.begin(), foreign.end(), [&](PartyIndex p) { return contains(story.parties, p); });
    if (theirs && (story.type == draft.type || (is_talk(story.type) && is_talk(draft.type)))) return false;
    if (story.sentence == draft.sentence && story.type != EventType::visit && draft.type != EventType::visit) return false;
    // "I was glad to host A when he visited B": the visit says it all
    if (theirs && story.sentence == draft.sentence && story.type == EventType::visit && is_talk(draft.type) && !story.background && story.rule.starts_with("visit.visited")) return false;
  }
  return true;
}

// What somebody recalls in a quotation is not where the telling stands.
bool Composer::is_quoted(const Draft& draft) const {
  const Sentence& sentence = view_.sentences[draft.sentence];
  const std::string_view first = sentence.begin < sentence.end ? view_.raw(sentence.begin, sentence.begin + 1) : std::string_view();
  return sentence.quoted || first == "“" || first == "\"" || first == "«";
}

// Whether what is told is enough for an event.
bool Composer::stands(const Story& story, Tense tense) const {
  const PartyIndex own = cast_.own();
  const bool foreign = std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return p != own; });
  if (story.type == EventType::conference) {
    const bool hosted_abroad = foreign && story.date && has_part(story, Part::host);  // "B is to host an international donor conference"
    if ((story.forum_slug.empty() && !story.gathering && !hosted_abroad) || story.anaphoric) return false;
    return story.edition || story.date || !story.background;
  }
  const bool moved = story.status != Status::occurred && story.date && story.forum_slug.find('-') != std::string::npos;  // "The Joint Commission with B, due on 3 March, has been postponed"
  if (story.type == EventType::consultation) return (!story.anaphoric || moved) && story.parties.size() >= 2 && (story.edition || story.date || !story.background);
  if (story.type == EventType::message && story.sets.voiced && talks_told_) return false;
  if (story.anaphoric && !story.date && story.type != EventType::visit) return false;
  if (story.type == EventType::relations && !story.date && story.sides_supposed && (story.background || !published_)) return false;
  if (story.type == EventType::appointment) return !story.persons.empty() && !story.parties.empty();
  if (story.type == EventType::statement && is_said_at_act(story)) return false;
  if (story.type == EventType::statement) return story.parties.size() >= 2 && contains(story.parties, own) && (!talks_told_ || story.position || speaks_for_itself(story, tense)) && !(gathering_told_ && story.sets.stance == graph::Stance::thank);
  if (story.type == EventType::visit) {
    const bool same = std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) {
      const auto part = story.party_parts.find(cast_.persons()[p].of);
      return part != story.party_parts.end() && part->second == Part::host && story.person_parts.at(p) == Part::guest;
    });
    return story.parties.size() >= 2 && has_part(story, Part::host) && has_part(story, Part::guest) && !same;
  }
  if (is_talk(story.type) || story.type == EventType::message) return story.parties.size() >= 2;
  if (story.type == EventType::relations || story.type == EventType::agreement || story.type == EventType::aid || story.type == EventType::mission ||
      story.type == EventType::accreditation || story.type == EventType::summon)
    return story.parties.size() >= 2;
  return foreign;
}

// "The Ambassador expressed appreciation", where she was given what her country needs: thanks and sympathy of those who took part in the
// act that the text tells.
bool Composer::is_said_at_act(const Story& story) const {
  if (story.persons.empty() || story.position || (story.sets.stance != graph::Stance::thank && story.sets.stance != graph::Stance::condole)) return false;
  const auto is_act = [](const Story& other) {
    return (other.type == EventType::aid || other.type == EventType::agreement || other.type == EventType::accreditation || other.type == EventType::mission) && !other.background && other.status == Status::occurred;
  };
  return std::all_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t person) {
    return std::any_of(stories_.begin(), stories_.end(), [&](const Story& other) { return is_act(other) && contains(other.persons, person); });
  });
}

// In a text that tells of talks, what is said is mostly said in them: but not what a spokesperson says, or what the state
// itself does in the present tense ("strongly condemns").
bool Composer::speaks_for_itself(const Story& story, Tense tense) const {
  const bool talked = std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t person) {
    return std::any_of(stories_.begin(), stories_.end(), [&](const Story& s) { return is_talk(s.type) && !s.background && contains(s.persons, person); });
  });
  const bool grave = tense == Tense::present && (story.sets.stance == graph::Stance::condemn || story.sets.stance == graph::Stance::condole);
  if (talked && !grave) return false;
  if (!story.persons.empty() && !grave) return std::all_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::spokesperson; });
  return tense == Tense::present;
}

// In words, for whoever asks: what the story lacks that stands() wants.
std::string Composer::why_not(const Story& story) const {
  if (story.type == EventType::conference && story.forum_slug.empty()) return "a conference without a name";
  if (story.type == EventType::message && story.sets.voiced && talks_told_) return "said inside a talk";
  if (story.type == EventType::statement && talks_told_) return "a view said inside a talk";
  if (story.type == EventType::appointment && story.persons.empty()) return "nobody is named who is appointed";
  if (story.type == EventType::appointment && story.parties.empty()) return "no side is named whose appointment it is";
  if (story.type == EventType::statement && !contains(story.parties, cast_.own())) return "a position of somebody else";
  if (story.parties.size() < 2 && story.type != EventType::conference) return "fewer than two parties";
  if (story.anaphoric) return "speaks of something told elsewhere";
  if (story.type == EventType::visit && !(has_part(story, Part::host) && has_part(story, Part::guest))) return "a journey without a guest or a host";
  if (story.type == EventType::visit) return "guest and host are of one country";
  if (story.background && !story.date) return "mentioned in passing, without a date or an edition";
  return "less than an event needs";
}

}  // namespace entente::importers
