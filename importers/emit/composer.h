// Drafts of a text made into its events: sides, dates and parties settled, what tells of one happening joined.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/contains.h"
#include "graph/model/ids.h"
#include "importers/emit/compose.h"
#include "importers/emit/setting.h"
#include "importers/emit/story.h"

namespace entente::importers {

// How many stories back an event is joined with one told before. No release tells so many events between two mentions
// of one; the bound keeps a text of a hundred thousand events linear.
inline constexpr std::size_t kStoriesBackMax = 512;

inline bool is_talk(graph::EventType type) {
  using graph::EventType;
  return type == EventType::meeting || type == EventType::call || type == EventType::courtesy_call || type == EventType::consultation;
}

class Composer {
 public:
  Composer(const TextView& view, Cast& cast, std::optional<CivilDate> published) : view_(view), cast_(cast), published_(published), told_on_(published ? std::nullopt : day_of_text()) {}
  Composition run(std::vector<Draft> drafts);

 private:
  // compose.cc
  void add(const Draft& draft);
  void take(Story& story, const Taking& taking);
  bool is_special(const Story& story, std::uint32_t person) const;
  graph::Status status_of(const Draft& draft, const std::optional<Edtf>& date) const;
  bool merge(const Story& story);
  // settle_sides.cc
  void settle_sides(const std::vector<Draft>& drafts);
  bool speaks_of_visit(std::uint32_t sentence) const;
  PartyIndex body_beside(const Draft& draft, std::uint32_t index, bool other_side) const;
  PartyIndex receiver_of(const Draft& draft, const Taking& agent, PartyIndex place, PartyIndex foreign, PartyIndex abroad) const;
  bool is_named_at_foot(std::uint32_t person, const std::vector<Draft>& drafts) const;
  static bool is_office_of_state(PostKind kind);
  PartyIndex other_side_of(const Draft& draft, const Person& person, PartyIndex foreign, PartyIndex abroad) const;
  PartyIndex side_at_home(const Draft& draft, std::uint32_t index, PartyIndex other) const;
  PartyIndex recipient_there(const Draft& draft, const Taking& agent) const;
  bool is_second_of_two(const Draft& draft, const Taking& taking, PartyIndex own, PartyIndex foreign) const;
  void settle_others(const std::vector<Draft>& drafts, const std::vector<Draft>& gleaned);
  PartyIndex sanctioned_state(const std::vector<Draft>& drafts) const;
  std::map<PartyIndex, std::size_t> sentences_naming() const;
  PartyIndex most_named_state() const;
  bool is_of_a_state(std::uint32_t person) const;
  PartyIndex foreign_in(const Draft& draft) const;
  bool is_taken(std::uint32_t index, PartyIndex of) const;
  PartyIndex bearer_of(const Draft& draft) const;
  bool acted_on(const Draft& draft, PartyIndex own, const Taking& agent) const;
  PartyIndex visited_by_us(const Draft& draft) const;
  bool may_be_ours(const Meant& who) const;
  PartyIndex side_of_subject(const Draft& draft) const;
  // tell_apart.cc
  std::vector<PartyIndex> partners(const Taking& taking) const;
  std::vector<Draft> apart(const Draft& draft) const;
  std::vector<Draft> apart_missions(const Draft& draft) const;
  std::vector<Draft> apart_persons(const Draft& draft) const;
  static std::vector<Draft> apart_hosts(const Draft& draft);
  std::vector<Draft> apart_guests(const Draft& draft) const;
  static std::vector<Draft> apart_envoys(const Draft& draft);
  // date_drafts.cc
  std::optional<Edtf> said_before(const Draft& draft) const;
  std::optional<int> year_near_top() const;
  std::optional<Edtf> day_of_text() const;
  DateContext context_of(const Draft& draft) const;
  std::optional<Edtf> date_of(const Draft& draft);
  std::optional<Edtf> span_of(const Draft& draft, std::optional<Edtf> date) const;
  // date_stories.cc
  void date_by_talks(Story& story, bool within) const;
  void date_aid_by_notes();
  void date_partnerships_by_papers();
  void date_by_session(Story& story) const;
  void date_by_sitting(Story& story) const;
  bool opens_at_sitting(std::uint32_t index) const;
  void date_by_visit(Story& story) const;
  void date_only_event();
  bool is_said_at_act(const Story& story) const;
  void place_by_dateline(Story& story) const;
  void place_in_building(Story& story, const Draft& draft) const;
  void complete_visit(Story& story) const;
  bool has_dateline(std::uint32_t index) const;
  bool date_by_scene(Story& story) const;
  void date_main_events();
  void date_undated_talks();
  bool is_scheduled(const Draft& draft) const;
  bool is_of_past_verb(const Draft& draft) const;
  bool takes_effect_then(const Draft& draft) const;
  void date_conveyed(Story& message, std::size_t index) const;
  void date_beside();
  static std::optional<Edtf> over_days(const Story& story);
  // join_told.cc
  bool join_summon(const Draft& draft);
  bool join_attended(const Draft& draft);
  bool join_received(const Draft& draft);
  void join_ceremony(const Draft& draft);
  void join_venue(const Draft& draft);
  void stand_by(Story& story, const Taking& taking) const;
  bool join_last(const Draft& draft);
  void leave_to_other_round(Story& story, const Draft& draft, const Story& before) const;
  bool is_earlier_round(const Story& story) const;
  bool is_round_to_come(const Story& story) const;
  void name_round(Story& story, const Draft& draft) const;
  bool complete_by(const Draft& draft);
  const Story* last_gathering() const;
  void meet_at_margins(Story& story, const Draft& draft) const;
  void adopt_there(Story& story, const Draft& draft) const;
  void take_leg(const Story& leg);
  // complete_parties.cc
  void add_receiving(Story& story) const;
  void add_traveller_of_stop(Story& story) const;
  void complete_aid(Story& story) const;
  bool sets_up_relations(const Story& story, const Draft& draft);
  void stay_with_us(Story& story, const Draft& draft) const;
  void inherit(Story& story) const;
  bool is_in_list(Story& story) const;
  void complete_relations(Story& story) const;
  PartyIndex only_other_state() const;
  PartyIndex state_beside(std::uint32_t sentence) const;
  void complete_adverse(Story& story);
  std::vector<PartyIndex> pair_of_text() const;
  void complete_pair(Story& story) const;
  void complete_parties(Story& story);
  // written_days.cc
  void find_written_days();
  std::optional<CivilDate> written_on(std::uint32_t sentence) const;
  // standing.cc
  void drop_views();
  bool is_news(const Draft& draft) const;
  bool is_quoted(const Draft& draft) const;
  bool stands(const Story& story, Tense tense) const;
  bool speaks_for_itself(const Story& story, Tense tense) const;
  std::string why_not(const Story& story) const;
  // write_events.cc
  graph::EventType type_of(const Story& story) const;
  void finish(const Story& story);
  void set_roles(const Story& story, graph::EventFacts& facts);
  const graph::EntityId& id_of(std::uint32_t person);
  void add_officials();
  std::unordered_map<std::uint32_t, graph::Span> spans_of_persons() const;
  void add_forums();

  std::uint32_t block_of(const Draft& draft) const { return view_.sentences[draft.sentence].block; }
  static void mark(Story& story, Sign sign, bool so) { story.signs[static_cast<std::size_t>(sign)] = so; }
  static void add_party(Story& story, PartyIndex party, Part part) {
    if (party == kNoParty) return;
    if (!contains(story.parties, party)) story.parties.push_back(party);
    const auto [at, fresh] = story.party_parts.emplace(party, part);
    if (!fresh && at->second == Part::participant) at->second = part;
  }
  std::size_t oldest() const { return stories_.size() - std::min(stories_.size(), kStoriesBackMax); }
  static bool has_part(const Story& story, Part part) {
    return std::any_of(story.party_parts.begin(), story.party_parts.end(), [&](const auto& entry) { return entry.second == part; });
  }

  const TextView& view_;
  Cast& cast_;
  std::optional<CivilDate> published_;
  std::vector<std::pair<std::uint32_t, CivilDate>> written_;  // from which sentence on
  std::optional<Edtf> told_on_;  // where it has no date of publication
  std::vector<Story> stories_;
  std::optional<Edtf> anchor_;
  std::optional<Day> schedule_day_;  // of the last heading that was a day of the week
  std::uint32_t schedule_sentence_ = 0;
  std::optional<Edtf> day_told_;  // of the act told last: what "the same day" means
  std::optional<Edtf> day_done_;  // the last of these that is not to come
  std::optional<Edtf> last_date_;  // "the following year" counts from it, whatever it says
  PartyIndex most_named_ = kNoParty;
  std::map<PartyIndex, std::size_t> naming_;  // how many sentences name each
  std::vector<PartyIndex> pair_;  // the two states of a text that names no third
  PartyIndex foreign_focus_ = kNoParty;
  std::optional<PartyIndex> other_state_;  // only_other_state(), once it was asked for
  bool talks_told_ = false;
  bool gathering_told_ = false;
  std::optional<Story> head_;  // of a list of alike talks that are told each by itself
  std::vector<Draft> late_;  // of talks that are told only later
  Setting setting_;
  std::vector<std::optional<graph::EntityId>> ids_;  // of the persons, as far as they were asked for
  Composition composition_;
};

}  // namespace entente::importers
