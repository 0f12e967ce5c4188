// The stories of a text, one after another.
#include "importers/emit/compose.h"

#include "base/utf8.h"
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kNextReach = 2;   // sentences from one of a list to the next
constexpr std::uint32_t kListReach = 24;  // sentences from the head of a list to what stands in it

using graph::EventType;
using graph::Status;

}  // namespace

Composition Composer::run(std::vector<Draft> drafts) {
  // What only signs tell changes nothing in what frames tell: it comes last, and so do those whom it alone names.
  const auto first = std::stable_partition(drafts.begin(), drafts.end(), [](const Draft& draft) { return !draft.gleaned; });
  const std::vector<Draft> gleaned(first, drafts.end());
  drafts.erase(first, drafts.end());
  most_named_ = most_named_state();
  naming_ = sentences_naming();
  pair_ = pair_of_text();
  find_written_days();
  settle_sides(drafts);
  settle_others(drafts, gleaned);
  for (const Draft& draft : drafts) {
    const std::vector<Draft> parts = apart(draft);
    if (parts.empty()) add(draft);
    for (const Draft& part : parts) add(part);
  }
  std::erase_if(late_, [&](const Draft& draft) { return join_last(draft); });
  for (const Draft& draft : gleaned) {
    if (complete_by(draft) || !is_news(draft)) continue;
    settle_sides({draft});
    add(draft);
  }
  for (const Draft& draft : late_) join_last(draft);
  settle_others(drafts, {});
  drop_views();
  date_aid_by_notes();
  date_main_events();
  date_beside();
  date_undated_talks();
  date_partnerships_by_papers();
  for (const Story& story : stories_) finish(story);
  add_officials();
  add_forums();
  return std::move(composition_);
}

void Composer::add(const Draft& draft) {
  if (draft.joins_last) {
    if (!join_last(draft)) late_.push_back(draft);
    return;
  }
  if (join_received(draft) || join_attended(draft)) return;
  Story story;
  story.type = draft.type;
  story.rule = draft.rule;
  story.confidence = draft.confidence;
  mark(story, Sign::subject_left_out, draft.subject_left_out);
  mark(story, Sign::year_inferred, draft.date && !draft.date->first.year);
  story.sets = draft.sets;
  story.background = draft.background;
  story.anaphoric = draft.anaphoric;
  story.single = draft.single;
  story.position = draft.position;
  std::size_t among = 0;  // "the trilateral meeting of the Ministers of A, B and C"
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::of || taking.slot == Slot::between || taking.slot == Slot::among || (taking.slot == Slot::object && taking.who.persons.empty() && taking.who.level && !draft.each)) among = std::max(among, taking.who.parties.size());  // "hosted the foreign ministers of the Baltic states"
  // "The Ministers of A, B and C met": nobody is met by them
  const bool among_themselves = draft.type == EventType::meeting && !draft.takings.empty() && std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& taking) { return taking.part == Part::participant && taking.slot == Slot::subject; });
  story.gathering = among > 2;
  story.listed = draft.listed;
  story.afterwards = draft.afterwards;
  story.paper = draft.paper;
  story.days = draft.days;
  story.ends = draft.ends;
  story.beside = draft.beside;
  story.sentence = draft.sentence;
  story.count = draft.count;
  story.city = draft.city;
  story.place_country = draft.place_country;
  story.level = draft.level_hint;
  story.home = draft.home;
  story.entry_date = draft.entry_date;
  if (draft.sets.level && (!story.level || *draft.sets.level < *story.level)) story.level = draft.sets.level;
  if (draft.forum) {
    story.forum = draft.forum->name;
    story.forum_slug = slug(draft.forum->name);
    story.forum_words = forum_words(story.forum_slug);
    story.forum_parties = draft.forum->parties;
    story.forum_level = draft.forum->level;
    if (draft.forum->edition && *draft.forum->edition > 0) story.edition = draft.forum->edition;  // "the 0th": nothing is
    story.unnamed = draft.forum->generic;
  }
  for (const Taking& taking : draft.takings) take(story, taking);
  story.gathering = story.gathering || (among_themselves && !story.anaphoric && story.parties.size() > 2);
  add_receiving(story);
  // "they handed over three ambulances": those who get them are not among the givers, though they came along.
  if (story.type == EventType::aid)
    for (const Taking& taking : draft.takings)
      for (const PartyIndex party : taking.who.parties)
        if (taking.part == Part::recipient && story.party_parts[party] == Part::donor &&
            std::any_of(story.party_parts.begin(), story.party_parts.end(), [&](const auto& entry) { return entry.first != party && entry.second == Part::donor; }))
          story.party_parts[party] = Part::recipient;
  // "NATO Foreign Ministers met in Berlin": those of an organisation's members, a conference though it has no name.
  if (among_themselves && !story.anaphoric && story.parties.size() == 1 && story.persons.empty() && story.level &&
      view_.tables->parties[story.parties[0]].kind == graph::EntityKind::organisation) {
    story.type = EventType::conference;
    story.gathering = true;
  }
  story.date = date_of(draft);
  if (draft.from || draft.until) story.date = span_of(draft, story.date);
  story.vague = !draft.date || draft.date->kind != DateExpr::Kind::calendar;
  story.status = status_of(draft, story.date);
  if (!story.date && draft.under_way && story.type == EventType::visit && published_) story.date = Edtf::month(published_->year, published_->month);
  if (draft.begin < draft.end) story.evidence = {{view_.tokens[draft.begin].begin, view_.tokens[draft.end - 1].end}};
  name_round(story, draft);
  adopt_there(story, draft);
  // "The seventh edition of the Bangkok Water Dialogue": a dialogue that one state alone is named with is held for all who come.
  if (story.type == EventType::consultation && story.edition && !story.unnamed && !story.anaphoric && story.parties.size() == 1 && story.parties[0] == cast_.own()) story.type = EventType::conference;
  const bool told_whole = story.parties.size() >= 2;
  const std::size_t named = story.parties.size();
  complete_parties(story);
  mark(story, Sign::own_side_added, story.parties.size() > named);
  setting_.add_traveller(cast_, story);
  add_traveller_of_stop(story);
  complete_visit(story);
  inherit(story);
  // "has been appointed Ambassador and will take up his duties on 1 December": one appointment.
  const bool told_before = story.type == EventType::appointment && story.rule == "appointment.office" && std::any_of(stories_.begin(), stories_.end(), [&](const Story& before) {
    return before.type == EventType::appointment && std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return contains(before.persons, p); });
  });
  if (told_before) return;
  // "First came Ms. A of B": where a list of envoys was told before
  if (story.rule == "accreditation.next" && !is_in_list(story)) return;
  if (sets_up_relations(story, draft)) return;
  stay_with_us(story, draft);
  if (draft.at_margins) meet_at_margins(story, draft);
  if (story.type == EventType::visit) take_leg(story);
  if (merge(story)) {
    if (!is_quoted(draft)) setting_.follow(story, block_of(draft));
    return;
  }
  place_by_dateline(story);
  place_in_building(story, draft);
  date_by_talks(story, draft.within_talk);
  date_by_session(story);
  date_by_sitting(story);
  if (draft.within_visit) date_by_visit(story);
  setting_.lend(story, draft.tense, block_of(draft));
  // "the meeting of the two Presidents, which took place in May or when": another than those told before.
  if (told_whole && !story.background && story.type == EventType::meeting && story.level && story.rule != "meeting.discussed-together") story.anaphoric = false;
  // "There she co-chaired the Joint Commission with Minister B": told by whom it was held with, though no other words name it.
  if (story.type == EventType::consultation && story.status == Status::occurred && !story.background && story.date && story.persons.size() >= 2 && story.parties.size() >= 2) story.anaphoric = false;
  if (!stands(story, draft.tense)) {
    // "received credentials from five ambassadors": who they are is told further on
    const bool ceremony = story.type == EventType::accreditation && story.status == Status::occurred && !has_part(story, Part::guest);
    const bool of_many = ((draft.separable && (is_talk(story.type) || story.type == EventType::message)) || ceremony) && !story.persons.empty() && story.parties.size() < 2 && !story.background;
    if (of_many) head_ = story;
    composition_.set_aside.push_back({story.type, story.rule, why_not(story), draft.sentence, draft.begin, draft.end});
    return;
  }
  if ((is_talk(story.type) || story.type == EventType::accreditation) && !story.background && story.status == Status::occurred) talks_told_ = true;
  if (story.type == EventType::conference && !story.background && story.status == Status::occurred) gathering_told_ = true;
  if (!is_quoted(draft)) setting_.follow(story, block_of(draft));
  stories_.push_back(std::move(story));
}

// Whether an envoy is one of those who were received together; one of them may have been told by himself: "accepted the credentials of A.
// Next in line were B and C".
bool Composer::is_in_list(Story& story) const {
  if (head_ && (head_->type == EventType::accreditation || head_->type == EventType::meeting) && story.sentence <= head_->sentence + kListReach) return true;
  if (stories_.empty()) return false;
  const Story& before = stories_.back();
  if (before.type != EventType::accreditation || before.background || before.status != story.status || before.sentence + kNextReach < story.sentence) return false;
  for (const std::uint32_t person : before.persons)
    if (before.person_parts.at(person) == Part::host && story.person_parts.emplace(person, Part::host).second) story.persons.push_back(person);
  story.date = before.date;
  story.city = before.city;
  story.place_country = before.place_country;
  return true;
}

void Composer::take(Story& story, const Taking& taking) {
  if (taking.part == Part::stays_out || taking.part == Part::post) return;
  for (const std::uint32_t person : taking.who.persons) {
    if (story.type == EventType::relations && taking.part != Part::signatory) {  // states have relations, not their officials
      add_party(story, cast_.persons()[person].of, taking.part);
      continue;
    }
    const auto [at, fresh] = story.person_parts.emplace(person, taking.part);
    if (fresh) story.persons.push_back(person);
    else if (at->second == Part::participant && taking.part == Part::chair) at->second = Part::chair;
    add_party(story, cast_.persons()[person].of, taking.part);
  }
  for (const PartyIndex party : taking.who.parties) add_party(story, party, taking.part);
  std::optional<graph::Level> level = taking.who.level;
  // An appointment has the rank of whoever is named, not of who names him.
  if (story.type == EventType::appointment && taking.part != Part::appointee) return;
  if (story.type == EventType::appointment && taking.who.persons.size() == 1 && is_special(story, taking.who.persons[0])) level.reset();
  for (const std::uint32_t person : taking.who.persons)
    if (cast_.persons()[person].level && !is_special(story, person) && (!level || *cast_.persons()[person].level < *level)) level = cast_.persons()[person].level;
  if (story.type == EventType::relations && taking.part != Part::signatory) return;
  if (level && (!story.level || *level < *story.level)) story.level = level;
}

// Special envoys have no rank of a service.
bool Composer::is_special(const Story& story, std::uint32_t person) const {
  if (story.type != EventType::appointment || cast_.persons()[person].kind != PostKind::envoy) return false;
  const std::string& post = cast_.persons()[person].post;
  return post.find("Special") != std::string::npos || post.find("Personal") != std::string::npos;
}

Status Composer::status_of(const Draft& draft, const std::optional<Edtf>& date) const {
  if (draft.cancelled) return Status::cancelled;
  const bool later = date && published_ && date->earliest() && *date->earliest() > to_day(*published_);
  const bool over = date && published_ && date->latest() && *date->latest() < to_day(*published_);
  // "it was agreed to convene the meeting in 2026": a year that is told and still to come
  if (later && (draft.tense != Tense::past || (draft.date && draft.date->first.year && draft.type != EventType::agreement))) return Status::planned;
  if (draft.type == EventType::aid && draft.planned) return Status::planned;  // dated by the decision
  const bool to_come = draft.date && draft.date->kind == DateExpr::Kind::day_shift && draft.date->shift > 0 && draft.tense != Tense::past;  // "leaves tomorrow", in a text of no day
  if (to_come && !date) return Status::planned;
  if (over) return Status::occurred;
  if (draft.planned || draft.upcoming) return Status::planned;
  return Status::occurred;
}

bool Composer::merge(const Story& story) {
  for (std::size_t i = stories_.size(); i-- > oldest();)
    if (same_happening(stories_[i], story) && !(stories_[i].type != story.type && is_earlier_round(stories_[i]))) {
      absorb(stories_[i], story);
      if (!story.background && story.city.empty() && story.place_country == kNoParty) setting_.lend_place(stories_[i], story);
      composition_.joined.push_back({story.rule, story.sentence, i});
      return true;
    }
  return false;
}

Composition compose(const TextView& view, Cast& cast, std::vector<Draft> drafts, std::optional<CivilDate> published) {
  return Composer(view, cast, published).run(std::move(drafts));
}

}  // namespace entente::importers
