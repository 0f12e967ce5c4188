// When those stories were that do not say it themselves: by the talks, visits and sessions around them.
#include "importers/detect/cause.h"
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

// Sent from afar: told when it is news. What is handed over is of the day of the talk.
bool is_dispatched(const Story& story) { return story.type == EventType::message && (story.rule == "message.sent" || story.rule == "message.came" || story.rule == "message.cabled"); }

// "signed an agreement on trade and a memorandum on fisheries": two papers of one signing.
bool is_other_paper(const Story& paper, const Story& first) { return paper.type == EventType::agreement && first.type == paper.type && paper.sets.stage == first.sets.stage && paper.parties == first.parties; }

}  // namespace

// "After the talks the two Ministers signed ...": on the day and at the place of the talks.
void Composer::date_by_talks(Story& story, bool within) const {
  if (story.date || story.background || story.status == Status::cancelled || (story.status == Status::planned && !within)) return;
  if (story.type != EventType::agreement && !(within && (story.type == EventType::message || story.type == EventType::aid))) return;
  for (std::size_t i = 0; i < std::min(stories_.size(), kStoriesBackMax); ++i) {
    const Story& before = stories_[i];
    const bool talk = (is_talk(before.type) || (within && before.type == EventType::conference)) && (!before.background || story.status == Status::planned) && before.status == story.status && before.date;
    if (!talk || !std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(before.parties, p); })) continue;
    story.date = before.date;
    if (story.type == EventType::agreement && story.city.empty() && story.place_country == kNoParty) {
      story.city = before.city;
      story.place_country = before.place_country;
    }
    return;
  }
}

// "Notes were exchanged on a grant. Under it A will provide ...", "signed an agreement by which A gives": given by the notes, on their day.
void Composer::date_aid_by_notes() {
  for (Story& aid : stories_) {
    if (aid.type != EventType::aid || aid.status == Status::cancelled || aid.background || aid.date) continue;
    for (std::size_t i = 0; i < std::min(stories_.size(), kStoriesBackMax); ++i) {
      const Story& notes = stories_[i];
      const bool signed_now = notes.type == EventType::agreement && notes.status == Status::occurred && notes.sets.stage == graph::Stage::signed_ && !notes.background;
      if (notes.sentence > aid.sentence) continue;  // "coordinates through the arrangement which the three signed in 1992", behind the news
      if (aid.status == Status::occurred && aid.sentence != notes.sentence) continue;  // "signed an agreement by which A provides B with a grant"
      if (!signed_now || !std::all_of(aid.parties.begin(), aid.parties.end(), [&](PartyIndex p) { return contains(notes.parties, p); })) continue;
      aid.status = Status::occurred;
      aid.date = notes.date;
      break;
    }
  }
}

// "adopted a Joint Statement on the establishment of a Partnership": established by the paper that says so, there and then.
void Composer::date_partnerships_by_papers() {
  for (Story& raised : stories_) {
    if (raised.type != EventType::relations || raised.sets.stage != graph::Stage::upgraded || raised.date || !raised.background) continue;
    for (std::size_t i = 0; i < std::min(stories_.size(), kStoriesBackMax); ++i) {
      const Story& paper = stories_[i];
      const bool signed_now = paper.type == EventType::agreement && paper.sentence == raised.sentence && paper.status == Status::occurred && paper.sets.stage == graph::Stage::signed_ && !paper.background;
      if (!signed_now || !std::all_of(raised.parties.begin(), raised.parties.end(), [&](PartyIndex p) { return contains(paper.parties, p); })) continue;
      raised.date = paper.date;
      raised.city = paper.city;
      raised.place_country = paper.place_country;
      raised.background = false;
      break;
    }
  }
}

// "The Authority lifted the sanctions", "adopted the Declaration": what the session of an organisation does, there and then.
void Composer::date_by_session(Story& story) const {
  const PartyIndex own = cast_.own();
  if (own == kNoParty || view_.tables->parties[own].kind != graph::EntityKind::organisation || story.date || story.background || story.status != Status::occurred) return;
  if (story.type != EventType::agreement && story.type != EventType::appointment && story.type != EventType::sanction) return;
  if (!contains(story.parties, own)) return;
  for (std::size_t i = 0; i < std::min(stories_.size(), kStoriesBackMax); ++i) {
    const Story& session = stories_[i];
    if (session.type != EventType::conference || session.background || session.status != Status::occurred || !session.date || !contains(session.parties, own)) continue;
    story.date = session.date;
    if (story.city.empty() && story.place_country == kNoParty) {
      story.city = session.city;
      story.place_country = session.place_country;
    }
    if (!story.level && story.type != EventType::appointment) story.level = session.level;
    return;
  }
}

// "At its meeting on 16 October, the Federal Council adopted sanctions against A. At the same meeting, it lifted ... It further appointed B":
// what a government decides is of the day of the sitting told before.
void Composer::date_by_sitting(Story& story) const {
  constexpr std::uint32_t kReach = 12;  // sentences
  const bool decided = story.type == EventType::sanction || story.type == EventType::appointment;
  if (!decided || story.date || story.background || story.status != Status::occurred) return;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    const Story& before = stories_[i];
    if (before.sentence + kReach < story.sentence) return;
    const bool same_doer = std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return p == cast_.own() && contains(before.parties, p); });
    if (!before.date || before.background || before.status != Status::occurred || !same_doer || !opens_at_sitting(before.sentence)) continue;
    story.date = before.date;
    return;
  }
}

// "At its meeting on 16 October,"
bool Composer::opens_at_sitting(std::uint32_t index) const {
  const Sentence& sentence = view_.sentences[index];
  constexpr std::uint32_t kWordsMax = 4;
  constexpr std::uint32_t kDatelineMax = 12;  // tokens before it
  for (std::uint32_t at = sentence.begin; at + 2 < sentence.end && at < sentence.begin + kDatelineMax; ++at)
    if (view_.word(at) == "at" && view_.word(at + 1) == "its")
      for (std::uint32_t t = at + 2; t < sentence.end && t < at + 2 + kWordsMax; ++t)
        if (view_.info(t).is(WordClass::sitting)) return true;
  return false;
}

// "During the visit the Minister will call on the President": on one of its days.
void Composer::date_by_visit(Story& story) const {
  if (story.date || story.type == EventType::visit || story.type == EventType::statement) return;
  for (std::size_t i = stories_.size(); i-- > oldest();) {
    const Story& visit = stories_[i];
    if (visit.type != EventType::visit || !visit.date || visit.status != story.status) continue;
    if (!std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return p != cast_.own() && contains(visit.parties, p); })) continue;
    story.date = visit.date;
    story.background = false;
    return;
  }
}

// A text with one event and one day near its publication: that is the day of the event, whichever sentence says it.
void Composer::date_only_event() {
  constexpr Day kDaysMax = 31;
  constexpr std::size_t kSentencesMax = 8;
  if (!published_ || stories_.size() != 1 || view_.sentences.size() > kSentencesMax) return;
  Story& story = stories_[0];
  if (story.date || story.background || story.status != Status::occurred || story.type == EventType::statement || story.type == EventType::appointment) return;
  std::optional<Edtf> only;
  const Day published = to_day(*published_);
  const bool moved = story.type == EventType::summon || story.type == EventType::expulsion || story.type == EventType::sanction;
  for (const Sentence& sentence : view_.sentences)
    for (std::uint32_t at = 0; at < sentence.items.size(); ++at) {
      if (sentence.items[at].kind != ItemKind::date) continue;
      if (moved && is_of_cause(view_, sentence, at, static_cast<std::uint32_t>(sentence.items.size()))) return;
      DateContext context;
      context.published = published_;
      context.tense = Tense::past;
      const auto date = resolve_date(sentence.dates[sentence.items[at].index], context);
      if (!date || !date->is_day()) return;
      if (only && !(*only == *date)) return;
      only = date;
    }
  if (only && *only->earliest() <= published && *only->earliest() + kDaysMax >= published) story.date = only;
}

// "At noon in A, on 17 December, two folders were carried in. When they were closed, notes had been exchanged": the scene that the
// sentences right before set gives its time and town.
bool Composer::date_by_scene(Story& story) const {
  constexpr std::uint32_t kSentencesBack = 2;
  constexpr Day kDaysBack = 31;
  if (story.type == EventType::statement || story.type == EventType::message) return false;
  for (std::uint32_t i = story.sentence; i-- > 0 && i + kSentencesBack >= story.sentence;) {
    const Sentence& sentence = view_.sentences[i];
    const bool tells = std::any_of(stories_.begin(), stories_.end(), [&](const Story& other) { return other.sentence == i; });
    if (sentence.heading || tells) return false;
    if (sentence.dates.size() != 1) continue;
    DateContext context;
    context.published = published_;
    context.tense = Tense::past;
    const auto date = resolve_date(sentence.dates[0], context);
    if (!date || !date->is_day() || !date->earliest() || *date->earliest() > to_day(*published_) || *date->earliest() + kDaysBack < to_day(*published_)) return false;
    story.date = date;
    const bool placed = story.city.empty() && story.place_country == kNoParty && story.type != EventType::aid;
    for (std::size_t k = 1; k < sentence.items.size() && placed; ++k) {
      if (sentence.items[k].kind != ItemKind::actor || sentence.actors[sentence.items[k].index].kind != ActorKind::city || view_.word(sentence.items[k - 1].begin) != "in") continue;
      const ActorMention& town = sentence.actors[sentence.items[k].index];
      story.city = std::string(view_.raw(town.begin, town.end));
      story.place_country = town.parties.empty() ? kNoParty : town.parties[0];
      break;
    }
    return true;
  }
  return false;
}

// "Hà Nội, 12 September – held talks at the Presidential Palace": one of ours, in the town of the dateline.
void Composer::place_in_building(Story& story, const Draft& draft) const {
  const std::uint32_t city = cast_.dateline_city();
  const PartyIndex own = cast_.own();
  const bool held = is_talk(story.type) || story.type == EventType::accreditation || story.type == EventType::agreement || story.type == EventType::summon;
  if (!draft.at_building || !held || story.type == EventType::call || city == kNone || own == kNoParty || view_.tables->cities[city].country != own) return;
  if (story.background || story.sets.mode || !story.city.empty() || (story.place_country != kNoParty && story.place_country != own) || !contains(story.parties, own)) return;
  story.city = cast_.city_text(city);
  story.place_country = own;
}

// "RIYADH – The Minister received in his office": whom one of ours receives at the head of a text comes to the town of its dateline.
void Composer::place_by_dateline(Story& story) const {
  constexpr std::uint32_t kSentencesMax = 3;
  const std::uint32_t city = cast_.dateline_city();
  if (city == kNone || story.sentence >= kSentencesMax || story.background || story.status != Status::occurred || story.sets.mode || !story.city.empty() || story.place_country != kNoParty) return;
  const PartyIndex own = cast_.own();
  if (own == kNoParty || view_.tables->cities[city].country != own || cast_.dateline_in_brackets() || !published_) return;
  if (story.date && !(*story.date == Edtf::day(published_->year, published_->month, published_->day))) return;  // on the day of the dateline
  const bool received = story.type == EventType::meeting && std::any_of(story.person_parts.begin(), story.person_parts.end(), [&](const auto& entry) { return entry.second == Part::host && cast_.persons()[entry.first].of == own; });
  const bool visited = (story.type == EventType::courtesy_call || story.type == EventType::accreditation) && std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].of == own && story.person_parts.contains(p) && story.person_parts.at(p) == Part::host; });
  const auto host = story.party_parts.find(own);
  const bool called = story.type == EventType::accreditation && host != story.party_parts.end() && host->second == Part::host;
  if (!received && !visited && !called) return;
  story.city = cast_.city_text(city);
  story.place_country = own;
}

// "ASTANA, 12 March 2025 – The Minister accepted": a whole day in front of everything that the sentence tells.
bool Composer::has_dateline(std::uint32_t index) const {
  const Sentence& sentence = view_.sentences[index];
  return sentence.dates.size() == 1 && !sentence.verbs.empty() && sentence.dates[0].end <= sentence.verbs[0].begin && sentence.dates[0].kind == DateExpr::Kind::calendar && sentence.dates[0].first.day;
}

// The release's own news without a date took place when it was published.
void Composer::date_main_events() {
  constexpr std::uint32_t kSoonAfter = 2;  // sentences
  if (!published_ && !told_on_) return;
  date_only_event();
  bool first = true;
  for (Story& story : stories_) {
    // "met the Ministers of A, B and C": as many first events.
    const bool told_with_first = !stories_.empty() && story.sentence == stories_[0].sentence && ((is_talk(story.type) && is_talk(stories_[0].type)) || is_other_paper(story, stories_[0]));
    // "has today appointed three ambassadors. A has been appointed": each of them
    const bool one_of_list = !stories_.empty() && stories_[0].type == story.type && (story.type == EventType::appointment || (story.type == EventType::accreditation && story.listed));
    // "received B. Following the meeting the two signed an agreement": on the day of the talk, which has the release's own
    const bool after_first = (story.type == EventType::agreement || story.type == EventType::aid) && is_talk(stories_[0].type) && stories_[0].signs[static_cast<std::size_t>(Sign::date_of_release)] && story.sentence <= stories_[0].sentence + kSoonAfter && std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(stories_[0].parties, p); });
    const bool main = first || after_first || told_with_first || one_of_list || story.type == EventType::statement || is_dispatched(story);
    const bool decided = story.type == EventType::aid && story.status == Status::planned;  // dated by the decision
    // "will provide 30 million this year": when it is paid, not when it was decided
    const bool payable = decided && main && story.date && story.date->text().size() == std::string_view("2020").size();
    if ((!story.date || payable) && (story.status == Status::occurred || decided) && !story.background && main) {
      const bool takes = is_talk(story.type) || story.type == EventType::statement || story.type == EventType::message || story.type == EventType::agreement ||
                         story.type == EventType::appointment || story.type == EventType::aid || story.type == EventType::sanction || story.type == EventType::summon ||
                         story.type == EventType::relations || story.type == EventType::mission || (story.type == EventType::accreditation && has_dateline(story.sentence));
      if (takes && published_ && date_by_scene(story)) {
        first = false;
        continue;
      }
      if (takes) {
        const auto written = written_on(story.sentence);
        story.date = written ? Edtf::day(written->year, written->month, written->day) : told_on_;
        mark(story, Sign::date_of_release, true);
      }
    }
    first = false;
  }
}

// What the release reports of a meeting or call without any time was on the day that it tells of, or when it was published.
void Composer::date_undated_talks() {
  constexpr Day kDaysBack = 7;  // that a day told before is the release's own
  if (!published_) return;
  const Day published = to_day(*published_);
  std::optional<Edtf> day;
  for (Story& story : stories_) {
    if (story.background || story.status != Status::occurred || story.type == EventType::statement) continue;
    const bool own_day = story.date && story.date->is_day() && *story.date->earliest() <= published && *story.date->earliest() + kDaysBack >= published;
    if (own_day && story.type != EventType::message) day = story.date;
    const bool talk = story.type == EventType::meeting || story.type == EventType::call || story.type == EventType::courtesy_call;
    if (!talk || story.date) continue;
    story.date = day ? day : std::optional(Edtf::day(published_->year, published_->month, published_->day));
    mark(story, Sign::date_of_release, true);
  }
}

// "A received B. The guest conveyed to him the greetings of C": in the talk told right before, of the same two.
void Composer::date_conveyed(Story& message, std::size_t index) const {
  constexpr std::uint32_t kReach = 2;  // sentences
  if (message.type != EventType::message || message.date || message.background || message.status != Status::occurred) return;
  for (std::size_t k = index; k-- > 0 && k + kStoriesBackMax > index;) {
    const Story& talk = stories_[k];
    if (talk.sentence + kReach < message.sentence) return;
    if (!is_talk(talk.type) || talk.type == EventType::call || talk.background || talk.status != Status::occurred || !talk.date) continue;
    if (!std::all_of(message.parties.begin(), message.parties.end(), [&](PartyIndex p) { return contains(talk.parties, p); })) continue;
    if (talk.date->is_day() || talk.date->text().starts_with("XXXX")) message.date = talk.date;
    return;
  }
}

// "Before the signing the Ambassador called on A": on the day of the act told before.
void Composer::date_beside() {
  constexpr std::uint32_t kReach = 4;  // sentences
  for (std::size_t i = 1; i < stories_.size(); ++i) {
    Story& story = stories_[i];
    date_conveyed(story, i);
    if (!story.beside || story.date || story.background || story.status != Status::occurred || story.type == EventType::statement) continue;
    for (std::size_t k = i; k-- > 0 && k + kStoriesBackMax > i;) {
      const Story& act = stories_[k];
      if (act.sentence + kReach < story.sentence) break;
      if (act.background || act.status != story.status || !act.date || act.type == EventType::statement || act.type == EventType::visit) continue;
      if (story.type == EventType::aid && !std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(act.parties, p); })) continue;
      if (act.date->text().size() != std::string_view("2020-11-19").size()) break;
      story.date = act.date;
      break;
    }
  }
}

// "arrived today for a two-day visit": today and tomorrow.
std::optional<Edtf> Composer::over_days(const Story& story) {
  constexpr int kDaysMax = 60;
  if (story.type != EventType::visit || !story.days || *story.days < 2 || *story.days > kDaysMax || !story.date || !story.date->is_day() || !story.date->earliest()) return story.date;
  const Day told = *story.date->earliest();
  const CivilDate first = to_civil(story.ends ? told - (*story.days - 1) : told);
  const CivilDate last = to_civil(story.ends ? told : told + (*story.days - 1));
  return Edtf::interval(Edtf::day(first.year, first.month, first.day), Edtf::day(last.year, last.month, last.day));
}

}  // namespace entente::importers
