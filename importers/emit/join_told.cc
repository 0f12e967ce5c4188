// What tells more of a story told before: ceremonies, venues, other rounds of a series, talks at the margins.
#include "base/utf8.h"
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

constexpr std::uint32_t kAddressedSentencesMax = 3;  // behind the summons

}  // namespace

// Who speaks for our side to the envoy of the summon told last.
bool Composer::join_summon(const Draft& draft) {
  const Taking& speaker = draft.takings.front();
  const Meant& addressed = draft.takings.back().who;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    Story& story = stories_[i];
    if (story.type != EventType::summon || draft.sentence > story.sentence + kAddressedSentencesMax) continue;
    const auto is_target = [&](PartyIndex party) { return story.party_parts.contains(party) && story.party_parts.at(party) == Part::target; };
    const bool to_envoy = std::any_of(addressed.persons.begin(), addressed.persons.end(), [&](std::uint32_t p) { return contains(story.persons, p) || is_target(cast_.persons()[p].of); }) ||
                          std::any_of(addressed.parties.begin(), addressed.parties.end(), is_target);
    const bool ours = std::all_of(speaker.who.persons.begin(), speaker.who.persons.end(), [&](std::uint32_t p) { return contains(story.parties, cast_.persons()[p].of) && !is_target(cast_.persons()[p].of); });
    if (!to_envoy || !ours) return true;  // says nothing of it
    take(story, speaker);
    story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    return true;
  }
  return false;
}

// "The Permanent Secretary, who received him": how a summons that was told right before went.
bool Composer::join_received(const Draft& draft) {
  constexpr std::uint32_t kReach = 2;  // sentences
  if (draft.type != EventType::meeting || draft.date || !draft.city.empty() || draft.planned || draft.cancelled) return false;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    Story& story = stories_[i];
    if (story.type != EventType::summon || story.sentence + kReach < draft.sentence) continue;
    const auto summoned = [&](std::uint32_t person) { return story.person_parts.contains(person) && story.person_parts.at(person) == Part::target; };
    const bool received = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return std::any_of(t.who.persons.begin(), t.who.persons.end(), summoned); });
    if (!received) continue;
    for (const Taking& taking : draft.takings)
      if (std::none_of(taking.who.persons.begin(), taking.who.persons.end(), summoned)) take(story, {Part::participant, taking.slot, taking.who, false});
    story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    talks_told_ = true;  // what is said from here on is said in it
    return true;
  }
  return false;
}

// "The Ambassadors attended the consultations", behind a courtesy call: in those that were told of, not in the talk told last.
bool Composer::join_attended(const Draft& draft) {
  if (draft.rule != "meeting.attended" || !draft.anaphoric) return false;
  bool consults = false;
  for (std::uint32_t t = draft.begin; t < draft.end && !consults; ++t) consults = view_.word(t) == "consultations" || view_.word(t) == "consultation";
  for (std::size_t i = stories_.size(); consults && i-- > oldest();) {
    Story& story = stories_[i];
    if (story.type != EventType::consultation || story.background || story.status == Status::cancelled) continue;
    for (const Taking& taking : draft.takings) take(story, taking);
    story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    return true;
  }
  return false;
}

// "The hand-over ceremony took place in A on 9 May": the act of that type that was told right before, or by the text so far.
void Composer::join_ceremony(const Draft& draft) {
  constexpr std::uint32_t kReach = 3;  // sentences
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    Story& story = stories_[i];
    if (story.sentence + kReach < draft.sentence) return;
    if (story.type != draft.type || story.status == Status::cancelled) continue;
    const auto date = date_of(draft);
    if (date && (!story.date || story.vague)) {
      story.date = date;
      story.status = status_of(draft, date);
    }
    if (story.city.empty() && !draft.city.empty()) {
      story.city = draft.city;
      story.place_country = draft.place_country;
    }
    story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    return;
  }
}

// "Cairo was its venue": of the meeting told last.
void Composer::join_venue(const Draft& draft) {
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    Story& story = stories_[i];
    if (story.sentence + 1 < draft.sentence) return;
    if (!is_talk(story.type) && story.type != EventType::conference) continue;
    if (story.city.empty()) {
      story.city = draft.city;
      story.place_country = draft.place_country;
      story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    }
    return;
  }
}

// "The Minister was present at the signing" of the communiqué by which relations were established: there, though no party to them.
void Composer::stand_by(Story& story, const Taking& taking) const {
  for (const std::uint32_t person : taking.who.persons) {
    if (story.person_parts.emplace(person, Part::participant).second) story.persons.push_back(person);
    const auto level = cast_.persons()[person].level;
    if (level && (!story.level || *level < *story.level)) story.level = level;
  }
}

// The persons of a delegation were in the talk told last to which their side belongs.
// False when there is none yet.
bool Composer::join_last(const Draft& draft) {
  // "The Minister was accompanied by A": to the talk, where no journey is told
  if (draft.rule == "visit.company" && draft.type == EventType::visit && std::none_of(stories_.begin() + static_cast<std::ptrdiff_t>(oldest()), stories_.end(), [](const Story& story) { return story.type == EventType::visit; })) {
    Draft talk = draft;
    talk.type = EventType::meeting;
    talk.rule = "talk.attended";
    std::erase_if(talk.takings, [](const Taking& taking) { return taking.who.persons.empty(); });
    for (Taking& taking : talk.takings) taking.part = Part::participant;
    return !talk.takings.empty() && join_last(talk);
  }
  if (draft.rule == "summon.addressed") return join_summon(draft);
  // Of what was told right before, or of nothing.
  if (draft.rule == "act.ceremony") {
    join_ceremony(draft);
    return true;
  }
  if (draft.rule == "talk.venue") {
    join_venue(draft);
    return true;
  }
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    Story& story = stories_[i];
    const bool talk = draft.type == EventType::visit || draft.type == EventType::agreement ? story.type == draft.type : is_talk(story.type) || story.type == EventType::conference;
    const bool of_kind = story.type == draft.type || (draft.type == EventType::meeting && (story.type == EventType::consultation || story.type == EventType::conference));
    if (draft.rule == "talk.attended" && !of_kind) continue;  // "attended the meeting"
    const bool was_there = draft.rule == "talk.present" && draft.tense == Tense::past && !draft.planned;
    if (was_there && story.status == Status::planned) continue;  // "Present were A and B", behind a meeting that is to come
    if (draft.rule == "talk.present" && draft.type == EventType::mission && story.type != EventType::mission) continue;
    const bool relations = story.type == EventType::relations && std::any_of(story.party_parts.begin(), story.party_parts.end(), [](const auto& entry) { return entry.second == Part::signatory; });
    const bool act = draft.rule == "talk.present" && (story.type == EventType::accreditation || story.type == EventType::mission || story.type == EventType::agreement || relations);
    // "came on the heels of the 39th Meeting of the Committee. Secretary A led our side": of what was told right before
    const bool right_before = draft.rule == "talk.delegation" && story.type == EventType::consultation && story.sentence + 1 == draft.sentence && story.date && story.status == Status::occurred;
    if ((!talk && !act && draft.rule != "talk.attended") || (story.background && !right_before) || is_earlier_round(story) || (!draft.planned && draft.tense != Tense::future && is_round_to_come(story))) continue;
    // "The Minister was accompanied by A", behind a visit that will be paid to us in return
    const auto is_host = [&](PartyIndex party) { return story.party_parts.contains(party) && story.party_parts.at(party) == Part::host; };
    const bool at_home = story.type == EventType::visit && draft.rule == "visit.company" && std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) {
      return std::all_of(taking.who.persons.begin(), taking.who.persons.end(), [&](std::uint32_t p) { return is_host(cast_.persons()[p].of); });
    });
    if (at_home) continue;
    for (const Taking& taking : draft.takings) {
      const bool theirs = std::any_of(taking.who.parties.begin(), taking.who.parties.end(), [&](PartyIndex p) { return contains(story.parties, p); }) ||
                          std::any_of(taking.who.persons.begin(), taking.who.persons.end(), [&](std::uint32_t p) { return contains(story.parties, cast_.persons()[p].of); });
      const bool joined = draft.rule == "talk.present" && taking.slot == Slot::among && is_talk(story.type);  // "They were joined by the Minister of C"
      if (relations && theirs) stand_by(story, taking);
      else if (theirs || joined || story.type == EventType::conference) take(story, taking);
      // who stood by when several envoys presented their credentials was there for all of them
      if (theirs && story.type == EventType::accreditation && draft.rule == "talk.present")
        for (std::size_t k = oldest(); k < i; ++k)
          if (stories_[k].type == story.type && stories_[k].listed && story.listed && stories_[k].date == story.date && stories_[k].status == story.status) take(stories_[k], taking);
    }
    story.evidence.push_back({view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end});
    return true;
  }
  return false;
}

// "The leaders held their fourth Summit in 2021": who came to the fifth need not have been there, unless the sentence names them.
void Composer::leave_to_other_round(Story& story, const Draft& draft, const Story& before) const {
  const auto named_here = [&](std::uint32_t person) {
    const std::vector<ActorMention>& actors = view_.sentences[draft.sentence].actors;
    return std::any_of(actors.begin(), actors.end(), [&](const ActorMention& actor) { return contains(actor.persons, person); });
  };
  std::erase_if(story.persons, [&](std::uint32_t person) {
    const bool leaves = contains(before.persons, person) && !named_here(person);
    if (leaves) story.person_parts.erase(person);
    return leaves;
  });
}

// "The 8th Meeting was held in 2019", behind the 9th: what is told further on is not of it.
bool Composer::is_earlier_round(const Story& story) const {
  constexpr std::size_t kRoundsBack = 32;  // rounds of one series are told near each other
  if (story.forum_slug.empty() || !story.date || !story.date->latest()) return false;
  for (std::size_t i = stories_.size(); i-- > oldest() && i + kRoundsBack >= stories_.size();) {
    const Story& other = stories_[i];
    const bool later = other.date && other.date->earliest() && *other.date->earliest() > *story.date->latest();
    if (later && !other.background && other.status == Status::occurred && other.forum_slug == story.forum_slug && other.type == story.type) return true;
  }
  return false;
}

// "The next meeting will be held in 2025", behind the 12th: what was done was not done there.
bool Composer::is_round_to_come(const Story& story) const {
  if (story.forum_slug.empty() || story.status != Status::planned) return false;
  return std::any_of(stories_.begin() + static_cast<std::ptrdiff_t>(oldest()), stories_.end(), [&](const Story& other) { return other.status == Status::occurred && !other.background && other.type == story.type && other.forum_slug == story.forum_slug; });
}

// "The sixth meeting will be held in Thailand": another round of the series told before.
void Composer::name_round(Story& story, const Draft& draft) const {
  if (!draft.forum) return;
  // "The LXVIII Summit" behind a Summit and a Council: the series that has the word in its name.
  std::vector<std::string> wanted = story.forum_words;  // of the draft's forum as yet
  std::erase_if(wanted, [](const std::string& word) { return word == "meeting" || word == "session" || word == "round" || word == "edition" || word == "next"; });
  const auto has_words = [&](const Story& before) { return std::includes(before.forum_words.begin(), before.forum_words.end(), wanted.begin(), wanted.end()); };
  const bool some = !wanted.empty() && std::any_of(stories_.begin() + static_cast<std::ptrdiff_t>(oldest()), stories_.end(), [&](const Story& before) { return !before.forum_slug.empty() && has_words(before); });
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    const Story& before = stories_[i];
    if (some && !has_words(before)) continue;
    if ((before.type != EventType::consultation && before.type != EventType::conference) || before.forum_slug.empty()) continue;
    // "The 4th Strategic Dialogue" behind the 5th A-B Strategic Dialogue: the series by the end of its name
    const bool shortened = draft.forum->edition && draft.forum->parties.empty() && before.edition && before.parties.size() == 2 && story.forum_words.size() > 1 && before.forum_slug.ends_with("-" + story.forum_slug);
    if (!draft.forum->generic && !shortened && story.forum_slug != before.forum_slug) continue;  // "The 2nd FOC": the same series by its name
    const auto is_before = [&](std::uint32_t token) { return view_.word(token) == "previous" || view_.word(token) == "last" || view_.word(token) == "preceding"; };
    const bool names_another = !draft.forum->generic || draft.single || is_before(draft.forum->begin) || (draft.forum->begin > 0 && is_before(draft.forum->begin - 1));
    const bool other_day = names_another && story.date && before.date && !story.date->overlaps(*before.date);
    const bool is_past = story.status == Status::occurred && story.date && draft.forum->end < view_.tokens.size() && view_.word(draft.forum->end) == "last" && before.status == Status::planned;  // "The Commission last convened in 2023", behind the 11th to come
    const bool other_round = (story.edition && story.edition != before.edition) || (story.status == Status::planned && before.status == Status::occurred) || is_past || other_day;
    if (!other_round) return;
    story.type = before.type;
    story.forum = before.forum;
    story.forum_slug = before.forum_slug;
    story.forum_words = before.forum_words;
    story.anaphoric = false;
    leave_to_other_round(story, draft, before);
    const bool of_series = draft.forum->generic && std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(before.parties, p); });
    // Who came to one session of an organisation need not come to the next.
    const auto is_organisation = [&](PartyIndex p) { return view_.tables->parties[p].kind == graph::EntityKind::organisation; };
    const bool of_organisation = story.type == EventType::conference && std::any_of(before.parties.begin(), before.parties.end(), is_organisation);
    // "The two sides agreed to hold the 6th Dialogue", behind a talk with somebody else: the two of the series
    const auto named_here = [&](PartyIndex party) {
      const std::vector<ActorMention>& actors = view_.sentences[draft.sentence].actors;
      return std::any_of(actors.begin(), actors.end(), [&](const ActorMention& actor) { return (actor.kind == ActorKind::party || actor.kind == ActorKind::adjective) && contains(actor.parties, party); });
    };
    const bool strangers = story.type == EventType::consultation && before.parties.size() == 2 && story.parties.size() == 2 && std::count_if(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(before.parties, p); }) == 1 &&
                           std::none_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return !contains(before.parties, p) && named_here(p); });
    if (strangers) {
      std::erase_if(story.persons, [&](std::uint32_t person) {
        const bool leaves = !contains(before.parties, cast_.persons()[person].of);
        if (leaves) story.person_parts.erase(person);
        return leaves;
      });
      std::erase_if(story.parties, [&](PartyIndex p) { return !contains(before.parties, p); });
      story.level.reset();
    }
    if (story.parties.size() < 2 || of_series)
      for (const PartyIndex party : before.parties)
        if (!of_organisation || is_organisation(party) || contains(before.forum_parties, party)) add_party(story, party, Part::participant);
    story.forum_parties = before.forum_parties;
    story.forum_level = before.forum_level;
    if (story.type == EventType::conference && !story.level && story.persons.empty()) story.level = before.forum_level;
    return;
  }
}

// "Guyana was host in Lethem to the second Forum": the one gathering of a sentence takes from its other words what it lacks.
bool Composer::complete_by(const Draft& draft) {
  if (draft.type != EventType::consultation && draft.type != EventType::conference) return false;
  const auto of_sentence = [&](const Story& story) { return story.sentence == draft.sentence; };
  if (std::count_if(stories_.begin(), stories_.end(), of_sentence) != 1) return false;
  Story& story = *std::find_if(stories_.begin(), stories_.end(), of_sentence);
  if (story.type != draft.type || draft.of_title) return false;
  if (!story.date) {
    story.date = date_of(draft);
    if (story.date && story.status == Status::occurred) story.status = status_of(draft, story.date);  // "will preside on Monday at the session"
  }
  if (story.city.empty() && story.place_country == kNoParty) {
    story.city = draft.city;
    story.place_country = draft.place_country;
  }
  settle_sides({draft});
  const bool nobody = story.parties.empty();
  const bool unnamed = story.persons.empty();
  for (const Taking& taking : draft.takings)
    if (nobody || (unnamed && !taking.who.persons.empty())) take(story, taking);
  story.background = false;
  return true;
}

// The gathering told last; null for none.
const Story* Composer::last_gathering() const {
  for (std::size_t i = stories_.size(); i-- > oldest();)
    if (stories_[i].type == EventType::conference || stories_[i].type == EventType::consultation)
      if (stories_[i].status == Status::occurred || !stories_[i].background) return &stories_[i];
  return nullptr;
}

// "On the margins of the Meeting A met B on the same day": where and when the gathering was.
void Composer::meet_at_margins(Story& story, const Draft& draft) const {
  if (story.type != EventType::meeting && story.type != EventType::courtesy_call && story.type != EventType::agreement && story.type != EventType::consultation) return;
  const Story* gathering = last_gathering();
  if (gathering == nullptr || gathering->sets.mode) return;
  const bool goes_on = story.status == Status::planned && gathering->status == Status::occurred && !gathering->background;  // "is at the Meeting in A; he will meet B on its sidelines tomorrow"
  if (gathering->status != story.status && !goes_on) return;
  for (const ForumMention& forum : view_.sentences[draft.sentence].forums) {  // at those of another gathering, by its name
    const std::vector<std::string> words = forum_words(slug(forum.name));
    if (!forum.generic && !std::includes(gathering->forum_words.begin(), gathering->forum_words.end(), words.begin(), words.end())) return;
  }
  const bool same_day = draft.date && draft.date->kind == DateExpr::Kind::anchor_shift && draft.date->shift == 0;
  if (same_day && gathering->date && gathering->date->is_day()) story.date = gathering->date;
  if (story.date && gathering->date && !story.date->overlaps(*gathering->date)) return;
  if (!story.date && gathering->date && gathering->date->is_day()) story.date = gathering->date;
  if (!story.city.empty() || story.place_country != kNoParty) return;
  story.city = gathering->city;
  story.place_country = gathering->place_country;
}

// "Following the meeting, a Joint Statement was adopted": by those who met.
void Composer::adopt_there(Story& story, const Draft& draft) const {
  const bool adopted = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_ && !story.background && !story.anaphoric && !draft.date;
  if (!adopted || story.parties.size() > 1 || !story.persons.empty() || story.status != Status::occurred) return;
  const Story* gathering = last_gathering();
  // "the Declaration of Mérida": of the town where they met
  if (!story.parties.empty() && (gathering == nullptr || !contains(gathering->parties, story.parties[0]) || gathering->place_country != story.parties[0])) return;
  if (gathering == nullptr || gathering->background || gathering->status != Status::occurred || gathering->parties.size() < 2) return;
  for (const PartyIndex party : gathering->parties) add_party(story, party, Part::participant);
  for (const std::uint32_t person : gathering->persons)
    if (story.person_parts.emplace(person, Part::participant).second) story.persons.push_back(person);
  if (gathering->date && gathering->date->is_day()) story.date = gathering->date;
  if (!story.level) story.level = gathering->level;
  if (!story.city.empty() || story.place_country != kNoParty || gathering->sets.mode) return;
  story.city = gathering->city;
  story.place_country = gathering->place_country;
}

// "will visit Tonga and Niue next week ... He will be in Tonga on the 28th": a leg with days of its own leaves the journey,
// which stands for those that are left.
void Composer::take_leg(const Story& leg) {
  if (!leg.date || leg.parties.empty()) return;
  const auto hosts_of = [](const Story& visit) {
    std::vector<PartyIndex> hosts;
    for (const auto& [party, part] : visit.party_parts)
      if (part == Part::host) hosts.push_back(party);
    return hosts;
  };
  const std::vector<PartyIndex> hosts = hosts_of(leg);
  for (std::size_t i = stories_.size(); i-- > oldest() && hosts.size() == 1;) {
    Story& journey = stories_[i];
    if (journey.type != EventType::visit || journey.status != leg.status || journey.background || !(journey.vague || journey.parted)) continue;
    const std::vector<PartyIndex> all = hosts_of(journey);
    const bool theirs = std::any_of(leg.persons.begin(), leg.persons.end(), [&](std::uint32_t p) { return journey.person_parts.contains(p); });
    if (!theirs || !contains(all, hosts[0]) || (journey.date && !journey.date->overlaps(*leg.date)) || (journey.date && *journey.date == *leg.date)) continue;
    if (all.size() > 1) {
      journey.party_parts.erase(hosts[0]);
      std::erase(journey.parties, hosts[0]);
      journey.parted = true;
    } else if (journey.parted) {
      journey.date = leg.date;
    }
    return;
  }
}

}  // namespace entente::importers
