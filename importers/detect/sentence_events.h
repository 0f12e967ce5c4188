// The events of one sentence.
#pragma once

#include <bitset>
#include <vector>

#include "importers/detect/clause.h"
#include "importers/detect/draft.h"
#include "importers/resolve/entries.h"

namespace entente::importers {

class SentenceEvents {
 public:
  // `entry`: the dated entry that the sentence stands in; null when in none. `set_aside`: takes what was no event; may be null.
  SentenceEvents(TextView& view, Sentence& sentence, std::uint32_t index, Cast& cast, const Entry* entry, std::vector<SetAside>* set_aside = nullptr)
      : view_(view), sentence_(sentence), index_(index), cast_(cast), entry_(entry), set_aside_(set_aside), clause_(view, sentence) {}

  std::vector<Draft> run();
  // What the sentence tells by the signs of cues.tsv beyond what was told by frames; after run().
  std::vector<Draft> glean(const std::vector<Draft>& told);
  // The row of cues.tsv whose signs stand first in the sentence, a title; null for none.
  const Cue* cue_told() const;
  // What the sentence tells when the sign of the act stands in the title.
  std::optional<Draft> glean_as(const Cue& cue);
  void add_to(Draft& draft, const Cue& cue);
  Draft draft_by(const Cue& cue) { return may_be_gleaned() ? draft_by(cue, everyone()) : Draft(); }
  static void settle_donor(Draft& draft);
  bool stands_gleaned(const Cue& cue, const Draft& draft) const;

 private:
  // sentence_events.cc
  void read_verb(std::uint32_t item);
  void read_noun(std::uint32_t item);
  void finish(Draft draft);
  bool tells_in(std::uint32_t noun) const;
  void take_telling_verb(Draft& draft, std::uint32_t item, std::uint32_t begin);
  void note_subjects(std::uint32_t item);
  void note_head();
  void take_from_head(Draft& draft) const;
  // labels.cc
  // Before a colon at the start of the sentence: items, kNone for what is not said.
  struct Label {
    std::uint32_t colon = kNone;
    std::uint32_t date = kNone;
    std::uint32_t city = kNone;
  };
  void take_place_label();
  void take_town(Draft& draft, std::uint32_t item) const;
  std::optional<Label> label() const;
  void take_label();
  void share_date();
  // meanings.cc
  bool is_about(std::uint32_t item, NounClass wanted) const;
  bool is_person(std::uint32_t item) const;
  bool are_officials(std::uint32_t item) const;
  bool is_delegation(std::uint32_t item) const;
  bool is_state(std::uint32_t item) const;
  NounClass class_of(std::uint32_t item) const;
  bool means_class(std::uint32_t item, NounClass noun) const;
  bool is_listed(const ActorMention& actor) const;
  bool is_plural_noun(std::uint32_t item) const;
  bool is_mission(std::uint32_t item) const;
  Meant nearest_party(std::uint32_t item) const;
  Meant one_of_two(std::uint32_t item, bool first) const;
  Meant two_before(std::uint32_t item) const;
  Meant meant_of(std::uint32_t item) const;
  // frames.cc
  struct Filled {
    const Frame* frame = nullptr;
    std::uint32_t object = kNone;  // the item that filled the object
  };
  std::optional<Arguments> turn_passive(std::uint32_t item, const Arguments& arguments) const;
  bool acts_on_number(std::uint32_t item) const;
  bool begins_on_day(const Frame& frame, const Arguments& arguments) const;
  std::optional<Filled> match(const VerbGroup& verb, std::uint32_t item, const Arguments& arguments) const;
  bool is_expletive(const VerbGroup& verb, std::uint32_t item) const;
  static std::uint32_t first_object(const Arguments& arguments);
  bool is_named_as(std::uint32_t item) const;
  bool fits_object(const Frame& frame, std::uint32_t item) const;
  bool is_reflexive(std::uint32_t item) const;
  bool has_particle(const Frame& frame, std::uint32_t verb_item, const Arguments& arguments) const;
  bool has_words(const std::vector<WordId>& words, std::uint32_t begin, std::uint32_t end) const;
  bool is_something_there(std::uint32_t item) const;
  // facts.cc
  bool is_decision(const VerbGroup& group) const;
  static std::string_view why_no_fact(const VerbGroup& verb);
  bool is_supposed(std::uint32_t item) const;
  bool denies_object(const VerbGroup& verb) const;
  bool accepts_invitation(std::uint32_t item) const;
  bool is_idle_infinitive(std::uint32_t item) const;
  bool is_no_fact(const VerbGroup& verb) const;
  bool is_given_up(const VerbGroup& group, const Frame& frame, const Arguments& arguments) const;
  bool is_ordered(const VerbGroup& group, const Frame& frame, const Arguments& arguments) const;
  bool is_voiced_wish(const VerbGroup& group, const Frame& frame) const;
  bool lacks_actor(const Draft& draft, const VerbGroup& group) const;
  bool is_within_talk() const;
  void read_behind_inserted();
  void read_promises();
  // drafts.cc
  void drop(const Draft& draft, std::string_view reason) const;
  void drop_frame(const Frame& frame, const Arguments& arguments, std::string_view reason) const;
  Draft draft_at(std::uint32_t begin_item, std::uint32_t end_item) const;
  void take_both_by_name(Draft& draft, Part part, Slot slot, std::uint32_t item, const std::vector<PartyIndex>& sides);
  void take_arguments(Draft& draft, const Parts& parts, const Arguments& arguments);
  void take_one(Draft& draft, Part part, Slot slot, std::uint32_t item);
  void take_time_and_place(Draft& draft, const Arguments& arguments, std::uint32_t near_item);
  bool is_in_relative_before(std::uint32_t item, std::uint32_t behind) const;
  void take_place_of_gift(Draft& draft, const Arguments& arguments, const std::optional<std::uint32_t>& date, std::uint32_t act) const;
  bool is_in_clause_of_other(std::uint32_t date, std::uint32_t act) const;
  bool is_of_occasion(std::uint32_t from, std::uint32_t date) const;
  bool is_residence(const ActorMention& town) const;
  std::uint32_t town_of_seat(const ActorMention& actor) const;
  void take_place(Draft& draft, std::uint32_t item) const;
  Meant not_of_host(std::uint32_t noun_item, const Meant& who) const;
  void take_noun_words(Draft& draft, std::uint32_t noun_item, std::uint32_t begin_item, bool has_subject);
  void take_status(Draft& draft, const VerbGroup& verb) const;
  void take_nearby_planning(Draft& draft, std::uint32_t item) const;
  bool is_hour(std::uint32_t token) const;
  // participants.cc
  void take_paper_sides();
  void take_inviters();
  void take_own_invitation(Draft& visit);
  Draft* announced_by(std::uint32_t verb_item);
  void take_announcers();
  std::uint32_t met_for(std::uint32_t forum) const;
  Clause::Governor verb_behind_whose(std::uint32_t forum) const;
  std::uint32_t stays_for(std::uint32_t forum) const;
  void turn_to_teller();
  bool tells_gift_of_last(std::uint32_t item) const;
  std::optional<int> times_done(const VerbGroup& group) const;
  bool opens_with_letter() const;
  void drop_bearer(Draft& draft) const;
  void drop_doer_as_target(Draft& draft) const;
  void take_elided_subject(Draft& draft, const VerbGroup& verb, Part part);
  void take_entry(Draft& draft) const;
  void take_both(Draft& draft) const;
  void take_addressees(Draft& draft, std::uint32_t verb_item);
  void take_company(Draft& draft, std::uint32_t item);
  std::uint32_t accompanying(std::uint32_t item) const;
  Meant traveller() const;
  // named_forums.cc
  void read_forum(std::uint32_t item);
  bool is_plain_name(std::uint32_t item) const;
  void take_whose(Draft& draft, std::uint32_t item);
  void take_host_town(Draft& draft, std::uint32_t begin) const;
  bool is_agreed(std::uint32_t infinitive) const;
  std::uint32_t break_behind(std::uint32_t forum) const;
  void take_relative_chair(Draft& draft, std::uint32_t item);
  void take_relative_host(Draft& draft, std::uint32_t item);
  void take_paper_negotiated(Draft& draft, std::uint32_t item) const;
  bool is_dateline(std::uint32_t item) const;
  // delegations.cc
  void take_chairs(Draft& draft);
  void take_those_in_chair(Draft& draft);
  void read_delegation(std::uint32_t item);
  void part_leaders(Draft& draft);
  bool are_delegations(std::uint32_t item) const;
  bool is_as_host(std::uint32_t item) const;
  bool possesses_side(std::uint32_t item) const;
  bool leads_delegations(std::uint32_t verb_item) const;
  bool stands_for_side(std::uint32_t item) const;
  PartyIndex side_behind(std::uint32_t verb_item) const;
  // acts.cc
  struct ActObject {
    std::uint32_t item = kNone;
    std::vector<std::uint32_t> dates;   // items
    std::vector<std::uint32_t> agents;  // items
    std::vector<std::uint32_t> receivers;  // items
  };
  void give_through_envoy(Draft& draft, const Draft& paper, std::uint32_t item) const;
  void read_gift(std::uint32_t item);
  void read_act(std::uint32_t item);
  ActObject object_of_act(std::uint32_t from, NounClass wanted, bool money) const;
  std::uint32_t past_particle(const Frame& frame, std::uint32_t item) const;
  void tell_act(const Frame& frame, std::uint32_t item, const ActObject& object);
  bool is_to_come(std::uint32_t act) const;
  bool take_occurrence(Draft& draft, std::uint32_t object);
  void take_actor_before(Draft& draft, std::uint32_t item, Part part);
  void take_those_around(Draft& draft, std::uint32_t item);
  void take_doer_of(Draft& draft, std::uint32_t item, Part part);
  bool is_marking(const VerbGroup& group) const;
  std::uint32_t verb_over_act(std::uint32_t begin) const;
  // appointments.cc
  void read_given_post(std::uint32_t item);
  Meant accredited_besides(std::uint32_t post) const;
  void appoint(Draft& draft, std::uint32_t verb_item, const Arguments& arguments, std::uint32_t object);
  void take_traveller_behind(Draft& draft, std::uint32_t item);
  bool is_told_afterwards(std::uint32_t verb_item) const;
  std::uint32_t appointee_of(const Frame& frame, const Arguments& arguments, std::uint32_t object) const;
  std::uint32_t post_behind(std::uint32_t verb_item) const;
  void read_appointment(std::uint32_t item);
  // asides.cc
  bool is_decided(std::uint32_t infinitive) const;
  void take_decision(Draft& draft, std::uint32_t verb_item) const;
  std::uint32_t take_session(Draft& draft, std::uint32_t item) const;
  std::uint32_t end_of_partners(std::uint32_t end) const;
  std::vector<Draft> other_subjects(Draft& draft, std::uint32_t verb_item) const;
  bool joins_on_day(std::uint32_t actor) const;
  std::vector<Draft> other_partners(Draft& draft, std::uint32_t verb_item, const Arguments& arguments);
  Draft signers_at(std::uint32_t begin_item, std::uint32_t end_item) const;
  void read_signers(std::uint32_t item);
  bool is_posted(std::uint32_t message) const;
  bool is_within_message() const;
  void read_presence(std::uint32_t item);
  bool is_told_before(std::uint32_t noun) const;
  void read_senders(std::uint32_t item);
  bool is_idle(const Draft& draft, const Clause::Governor& governor) const;
  void take_ceremony(Draft& draft, std::uint32_t item);
  void take_ceremony_there(Draft& draft, std::uint32_t item);
  void read_visiting(std::uint32_t item);
  void take_returning(Draft& draft, std::uint32_t item);
  bool leads_to_what_is_over(std::uint32_t preposition) const;
  bool comes_home(std::uint32_t verb_item) const;
  void take_visit_for(Draft& draft, std::uint32_t visit, std::uint32_t item);
  void take_journey(Draft& draft, std::uint32_t item, const Arguments& own);
  bool serves_planned(std::uint32_t item) const;
  // called_off.cc
  bool is_called_off(const VerbGroup& verb, const Clause::Governor& governor) const;
  bool is_dropped_behind(std::uint32_t item) const;
  bool is_off_behind(std::uint32_t item) const;
  void take_planned_time(Draft& draft, std::uint32_t item) const;
  void take_time_behind(Draft& draft, std::uint32_t item);
  void take_partner_planned(Draft& draft, std::uint32_t item);
  bool take_later_time(Draft& draft, std::uint32_t item) const;
  bool take_new_time(Draft& draft, std::uint32_t item) const;
  // denials.cc
  struct Denied {
    std::uint32_t begin = 0;  // tokens
    std::uint32_t end = 0;
  };
  bool is_denied_behind() const;
  std::optional<Denied> denied() const;
  void drop_denied();
  // ceremonies.cc
  graph::EventType act_of_ceremony(std::uint32_t begin, std::uint32_t end) const;
  void read_ceremony(std::uint32_t item);
  void read_venue(std::uint32_t item);
  void read_named_to_lead(std::uint32_t item);
  // chairs.cc
  bool is_within_visit() const;
  void read_chairs(std::uint32_t item);
  void take_presiding(Draft& draft);
  void read_label();
  void take_later_host(Draft& draft, std::uint32_t item);
  void read_host(std::uint32_t item);
  void read_addressing(std::uint32_t item);
  void take_reception_into_summons();
  // company.cc
  void read_company();
  // gapping.cc
  std::vector<Draft> other_letters(Draft& draft) const;
  std::vector<Draft> other_donors(Draft& draft, std::uint32_t verb_item) const;
  std::vector<Draft> other_missions(const Draft& draft, std::uint32_t object) const;
  // gatherings.cc
  bool is_beside_act() const;
  bool is_under_paper() const;
  void take_joined_verbs(Draft& draft, std::uint32_t item, std::uint32_t verb_item);
  void take_those_behind(Draft& draft, std::uint32_t verb_item, Part part);
  bool is_at_margins() const;
  void take_place_at_margins();
  bool is_at_building(const Draft& draft) const;
  void take_together(Draft& draft, std::uint32_t verb_item);
  void take_accompanying(Draft& draft, std::uint32_t verb_item);
  void take_leader(Draft& draft);
  void take_same_place(Draft& draft, const Arguments& arguments) const;
  // gleaning.cc
  struct Sides {
    std::size_t parties = 0;
    std::size_t persons = 0;
  };
  std::vector<std::uint32_t> find_cues() const;
  bool asserts_nothing() const;
  bool is_spoken_of(const Draft& draft) const;
  bool may_be_gleaned() const;
  std::optional<Draft> read_cue(const Cue& cue, const std::vector<Argument>& named);
  bool names_aid() const;
  bool is_with_us(const Draft& draft) const;
  std::vector<Draft> each_partner(Draft draft) const;
  std::vector<Argument> everyone() const;
  Sides sides_of(const Draft& draft) const;
  Draft draft_by(const Cue& cue, const std::vector<Argument>& named);
  bool is_topic(std::uint32_t item) const;
  bool hosts_in_relative(std::uint32_t item) const;
  void take_setting(Draft& draft) const;
  void take_spokesmen();
  void name_forum(Draft& draft) const;
  // itinerary.cc
  bool is_destination(std::uint32_t item) const;
  std::vector<Draft> other_talks(Draft& draft, std::uint32_t verb_item);
  std::vector<Draft> other_legs(Draft& draft, std::uint32_t verb_item) const;
  // letters.cc
  bool take_letter_inside(Draft& draft, std::uint32_t item);
  void take_addressed(Draft& draft, std::uint32_t verb_item);
  bool take_letter(Draft& draft, std::uint32_t item);
  std::optional<graph::Stance> stance_behind(std::uint32_t item) const;
  // levels.cc
  std::optional<graph::Level> level_in(std::uint32_t begin, std::uint32_t end) const;
  void take_level(Draft& draft, std::uint32_t item) const;
  // offices.cc
  bool become_what_it_was_for(Draft& draft, std::uint32_t verb_item);
  void read_next_envoy();
  bool is_call_paid(std::uint32_t verb_item, std::uint32_t call) const;
  void receive_envoy(Draft& draft) const;
  void become_call_paid(Draft& draft, std::uint32_t call);
  void become_arrival(Draft& draft, std::uint32_t verb_item) const;
  void become_accreditation(Draft& draft, std::uint32_t verb_item);
  void read_expulsion(std::uint32_t item);
  bool take_expelled(Draft& draft, std::uint32_t act);
  bool takes_position_on(const VerbGroup& group) const;
  // papers.cc
  void follow_paper(Draft& draft, std::uint32_t object);
  void read_signed_list();
  void name_paper(Draft& draft, std::uint32_t noun_item) const;
  std::uint32_t added_paper(std::uint32_t first) const;
  std::vector<Draft> other_papers(Draft& draft, const Arguments& arguments, std::uint32_t first);
  // places.cc
  Word word_before_phrase(std::uint32_t t) const;
  void take_building(Draft& draft, const Arguments& arguments);
  void take_relative_lead(Draft& draft, std::uint32_t item);
  void take_journey_before(Draft& draft, std::uint32_t verb_item) const;
  void take_hosting(Draft& draft, std::uint32_t act);
  void take_holding(Draft& draft, std::uint32_t begin);
  void prefer_calls();
  void take_where(Draft& draft, std::uint32_t item) const;
  std::uint32_t city_before(std::uint32_t item) const;
  void stay_whole(const ActorMention& actor, Meant& meant) const;
  void become_call(Draft& draft, std::uint32_t verb_item) const;
  void take_mode_before(Draft& draft, std::uint32_t verb_item) const;
  void take_mode(Draft& draft, std::uint32_t verb_item, const Arguments& arguments) const;
  void take_present(Draft& draft);
  void take_seat(Draft& draft, PartyIndex party) const;
  void take_plan_behind(Draft& draft, std::uint32_t item) const;
  std::uint32_t relative_of(std::uint32_t forum) const;
  void forget_time_around(Draft& draft, std::uint32_t item, const Arguments& own) const;
  void take_clause_behind(Draft& draft, std::uint32_t item);
  // relations_told.cc
  void become_relations(Draft& draft, std::uint32_t agreement);
  void use_subject_matter(std::uint32_t agreement);
  static DateExpr year_expr(int year);
  void date_by_anniversary();
  // sides.cc
  bool is_in_statement(std::uint32_t verb_item) const;
  bool is_said_today(std::uint32_t verb_item) const;
  void take_delegation(Draft& draft, Part part, Slot slot, std::uint32_t item);
  void take_leader(Draft& draft, Part part, Slot slot, std::uint32_t item);
  std::uint32_t noun_before(std::uint32_t item, NounClass noun) const;
  void take_noun_meant(Draft& draft, std::uint32_t item, NounClass noun) const;
  std::vector<PartyIndex> parties_of_noun(std::uint32_t item) const;
  void note_nouns();
  Meant subject_before(std::uint32_t item) const;
  Meant subject_behind(std::uint32_t item) const;
  Meant several_before(std::uint32_t item) const;
  bool finite_behind(std::uint32_t item) const;
  std::uint32_t verb_at(std::uint32_t preposition) const;
  void take_speaker_at(Draft& draft, std::uint32_t begin);
  void take_fronted(Draft& draft);
  void take_town_behind(Draft& draft, std::uint32_t item);
  void take_guest_before(Draft& draft, std::uint32_t begin);
  Meant other_than_subject(std::uint32_t item) const;
  Meant told_of_by_us(std::uint32_t item) const;
  bool says_days(std::uint32_t item) const;
  Meant with_their_people(std::uint32_t item) const;
  Meant of_its_state(std::uint32_t item) const;
  Meant holder_before(std::uint32_t item) const;
  Meant those_before(std::uint32_t item) const;
  void take_letter_behind(Draft& draft, std::uint32_t verb_item);
  void take_post_presented(const Draft& draft, const Arguments& arguments);
  void take_thanked(Draft& draft) const;
  void take_speaker(Draft& draft) const;
  void take_quoted(Draft& draft, std::uint32_t verb_item);
  Meant foreign_behind(std::uint32_t item) const;
  Meant other_behind(std::uint32_t item, const std::vector<PartyIndex>& apart, bool in_relative) const;
  bool at_request(std::uint32_t item) const;
  void take_target_behind(Draft& draft, std::uint32_t verb_item);
  bool takes_position(const Draft& draft, std::uint32_t verb_item, const Arguments& arguments) const;
  bool has_forum() const;
  void take_programme(Draft& draft, std::uint32_t governor);
  void take_talker(Draft& draft, std::uint32_t item, const Arguments& own);
  bool are_together(const Draft& draft) const;
  void take_helped(Draft& draft, const Arguments& arguments);
  // sittings.cc
  bool is_body(std::uint32_t item) const;
  bool names_series(std::uint32_t item) const;
  Draft sitting_of(std::uint32_t body, std::uint32_t begin, std::uint32_t end);
  std::uint32_t numbered_sitting(std::uint32_t its) const;
  std::uint32_t last_item_of(std::uint32_t its, std::uint32_t head) const;
  void take_number(Draft& draft, std::uint32_t its, std::uint32_t head);
  bool read_sitting(std::uint32_t item);
  bool read_body_met(std::uint32_t item);
  void read_sitting_at(std::uint32_t its);
  // stays.cc
  void take_host_before(Draft& draft, std::uint32_t verb_item);
  void take_visit_behind(Draft& draft, std::uint32_t verb_item);
  void take_leaving(Draft& draft) const;
  void take_span(Draft& draft) const;
  bool is_to_us(const VerbGroup& verb) const;
  void take_stay(Draft& draft, const VerbGroup& verb, const Arguments& arguments) const;

  Word word(std::uint32_t token) const { return view_.word(token); }
  const VerbGroup& verb(std::uint32_t item) const { return sentence_.verbs[sentence_.items[item].index]; }

  TextView& view_;
  Sentence& sentence_;
  std::uint32_t index_;
  Cast& cast_;
  const Entry* entry_;
  std::vector<SetAside>* set_aside_;
  static constexpr std::size_t kWordBits = 512;
  mutable std::bitset<kWordBits> words_;  // which words stand in the sentence, by what is left of their numbers; match()
  Clause clause_;
  std::uint32_t paid_ = kNone;  // the item of a call that was told with its reception
  NounClass noun_class_ = kNoClass;  // of the object of the draft at hand
  std::vector<bool> used_;
  std::vector<Draft> drafts_;
};

}  // namespace entente::importers
