// Which side those are on whose country the text does not say.
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

// Persons whose country the text does not say: on the publisher's side, or on that of the others in the event.
void Composer::settle_sides(const std::vector<Draft>& drafts) {
  const PartyIndex own = cast_.own();
  const auto named_once = [&](PartyIndex state) {
    const auto count = naming_.find(state);
    return count == naming_.end() || count->second < 2;
  };
  PartyIndex abroad = kNoParty;  // whom one of ours is told to visit
  for (std::size_t d = 0; d < drafts.size(); ++d) {
    const Draft& draft = drafts[d];
    if (const PartyIndex host = visited_by_us(draft); host != kNoParty) abroad = host;
    // "was in the chair": a stay that names no place says nothing of whose one is.
    if (draft.rule == "visit.is-in" && !draft.has(Part::host)) continue;
    PartyIndex foreign = foreign_in(draft);
    // "met in Kazan on the sidelines of the Summit": a town of a third state says nothing of those who meet.
    const bool third = draft.place_country != kNoParty && most_named_ != kNoParty && draft.place_country != most_named_ && cast_.topic().size() != 2 && named_once(draft.place_country);
    if (foreign == kNoParty && draft.place_country != own && !third) foreign = draft.place_country;
    if (foreign == kNoParty)  // "our Ambassador to B was received by the President": of B
      for (const Taking& taking : draft.takings)
        for (const std::uint32_t person : taking.who.persons)
          if (cast_.persons()[person].sent_to != own && foreign == kNoParty) foreign = cast_.persons()[person].sent_to;
    // "During his visit to B the Minister met": what the rest of the sentence names.
    for (std::size_t next = d + 1; next < drafts.size() && foreign == kNoParty && drafts[next].sentence == draft.sentence; ++next) foreign = foreign_in(drafts[next]);
    if (foreign == kNoParty && abroad != kNoParty && is_talk(draft.type) && speaks_of_visit(draft.sentence)) foreign = abroad;  // "In the course of the visit she also met"
    if (foreign == kNoParty) foreign = foreign_focus_;
    if (foreign == kNoParty) foreign = most_named_;
    if (foreign != kNoParty) foreign_focus_ = foreign;
    if (draft.home != kNoParty) foreign = draft.home;
    for (const Taking& taking : draft.takings) {
      const bool received = taking.slot == Slot::by && draft.type != EventType::visit && acted_on(draft, own, taking);  // "she was received by the President"
      // "a conversation between Minister A and Minister B": who is named second is of the other side
      const auto first_between = std::find_if(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::between && !t.who.persons.empty(); });
      const bool second = taking.slot == Slot::between && first_between != draft.takings.end() && first_between->who.persons != taking.who.persons;
      const bool second_there = is_second_of_two(draft, taking, own, foreign);
      const bool other_side = second_there || received || second || taking.slot == Slot::object || taking.slot == Slot::with || taking.slot == Slot::on || taking.slot == Slot::to;
      for (const std::uint32_t index : taking.who.persons) {
        Person& person = cast_.person(index);
        if (person.of != kNoParty) continue;
        // "called on the President of the Republic" in a town abroad, or on a visit there
        if (person.ours) {
          const PartyIndex there = draft.place_country == kNoParty ? abroad : draft.place_country;
          person.of = other_side && there != kNoParty && is_talk(draft.type) ? there : own;
          continue;
        }
        if (const PartyIndex body = body_beside(draft, index, other_side); body != kNoParty) {
          person.of = body;
          continue;
        }
        if (const PartyIndex there = receiver_of(draft, taking, third ? kNoParty : draft.place_country, foreign, abroad); there != kNoParty) {
          person.of = there;
          continue;
        }
        if (const PartyIndex recipient = recipient_there(draft, taking); recipient != kNoParty) {
          person.of = recipient;
          continue;
        }
        if (const PartyIndex bearer = bearer_of(draft); bearer != kNoParty && taking.part == Part::sender && taking.slot != Slot::subject) {
          person.of = bearer;
          continue;
        }
        // "a message addressed by King A to the President of the Republic": to ours from another's.
        const bool written_to_us = draft.type == EventType::message && taking.part == Part::sender && (taking.slot == Slot::by || taking.slot == Slot::from || taking.slot == Slot::of) && foreign != kNoParty &&
                                   std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == Part::recipient && (contains(t.who.parties, own) || may_be_ours(t.who)); });
        if (written_to_us) {
          person.of = foreign;
          continue;
        }
        if (draft.type == EventType::appointment && taking.part == Part::appointee) {
          person.of = side_of_subject(draft);  // one appoints one's own
          continue;
        }
        if (draft.type == EventType::expulsion && taking.slot == Slot::object && draft.rule == "expulsion.recalled") {
          person.of = side_of_subject(draft);  // one recalls one's own
          continue;
        }
        if (taking.part == Part::own_side) {
          person.of = side_of_subject(draft);
          continue;
        }
        // "Telegrams reached the Head of State from his colleagues abroad": ours, where no other side is named.
        if (draft.type == EventType::message && taking.part == Part::recipient && draft.takings.size() == 1 && own != kNoParty) {
          person.of = own;
          continue;
        }
        const bool own_side_there = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
          const bool theirs = received ? t.slot == Slot::object : second ? t.slot == Slot::between : t.slot == Slot::subject || t.slot == Slot::by;
          return theirs && (contains(t.who.parties, own) || (t.who.persons != taking.who.persons && may_be_ours(t.who) && (t.slot != Slot::by || t.who.persons[0] < index)));
        });
        const bool side_unknown = own == kNoParty;
        const bool comes_to_us = draft.type == EventType::visit && taking.part == Part::guest && std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
          return t.part == Part::host && contains(t.who.parties, own);
        });
        const PartyIndex other = other_side_of(draft, person, foreign, abroad);
        if (const PartyIndex side = side_at_home(draft, index, other); side != kNoParty) {
          person.of = side;
          continue;
        }
        person.of = (other_side && (second_there || own_side_there || draft.takings.size() == 1)) || side_unknown || comes_to_us ? other : own;
        if (person.of == kNoParty || person.of == person.sent_to) person.of = own;
        if (person.of == own && other != kNoParty && is_taken(index, own)) person.of = other;
      }
    }
  }
}

bool Composer::speaks_of_visit(std::uint32_t sentence) const {
  const std::vector<NounMention>& nouns = view_.sentences[sentence].nouns;
  return std::any_of(nouns.begin(), nouns.end(), [&](const NounMention& noun) { return view_.tables->nouns[noun.noun].type == EventType::visit; });
}

// "visited the International Maritime Organization and met with the Secretary-General, A": of the organisation that the sentence names.
PartyIndex Composer::body_beside(const Draft& draft, std::uint32_t index, bool other_side) const {
  const PostKind kind = cast_.persons()[index].kind;
  if (kind != PostKind::general && kind != PostKind::organisation) return kNoParty;
  PartyIndex body = kNoParty;
  std::uint32_t behind = 0;
  const auto is_whose = [&](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t t = from; t < to; ++t)
      if (view_.word(t) == "whose") return true;
    return false;
  };
  for (const ActorMention& actor : view_.sentences[draft.sentence].actors) {
    // "the Organization, whose Secretary-General, A, received"
    if (contains(actor.persons, index)) return other_side || (body != kNoParty && is_whose(behind, actor.begin)) ? body : kNoParty;
    if (actor.kind == ActorKind::party && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::organisation) {
      body = actor.parties[0];
      behind = actor.end;
    }
  }
  return kNoParty;
}

// "The Ministers of A and B were received in Chișinău by the President": of the state where they were, which is none of theirs.
PartyIndex Composer::receiver_of(const Draft& draft, const Taking& agent, PartyIndex place, PartyIndex foreign, PartyIndex abroad) const {
  if (agent.slot != Slot::by || (draft.type != EventType::meeting && draft.type != EventType::courtesy_call)) return kNoParty;
  std::vector<PartyIndex> received;
  for (const Taking& taking : draft.takings) {
    if (taking.slot != Slot::object) continue;
    received.insert(received.end(), taking.who.parties.begin(), taking.who.parties.end());
    for (const std::uint32_t person : taking.who.persons) received.push_back(cast_.persons()[person].of == kNoParty ? cast_.own() : cast_.persons()[person].of);
  }
  const PartyIndex there = place != kNoParty ? place : contains(received, cast_.own()) && contains(received, foreign) ? abroad : kNoParty;
  return received.empty() || contains(received, there) ? kNoParty : there;
}

bool Composer::is_office_of_state(PostKind kind) {
  return kind == PostKind::state || kind == PostKind::government || kind == PostKind::monarch || kind == PostKind::minister || kind == PostKind::deputy;
}

// The foreign side of a draft for an official of a state. "He will be received by Acting President A", behind a sentence that tells of an
// organisation: the state that is visited, else ours.
PartyIndex Composer::other_side_of(const Draft& draft, const Person& person, PartyIndex foreign, PartyIndex abroad) const {
  if (foreign == kNoParty || !is_office_of_state(person.kind) || view_.tables->parties[foreign].kind == graph::EntityKind::country) return foreign;
  const bool told = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return contains(t.who.parties, foreign); });
  if (told) return foreign;
  return abroad != kNoParty ? abroad : cast_.own();
}

// "Ambassador A handed them over to the Minister", at home: an envoy who is sent to us, and a Minister of ours; kNoParty elsewhere.
PartyIndex Composer::side_at_home(const Draft& draft, std::uint32_t index, PartyIndex other) const {
  const PartyIndex own = cast_.own();
  if (own == kNoParty || draft.place_country != own) return kNoParty;
  const auto any_person = [&](const auto& holds) {
    return std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
      return std::any_of(t.who.persons.begin(), t.who.persons.end(), [&](std::uint32_t p) { return holds(cast_.persons()[p]); });
    });
  };
  const auto is_envoy = [](const Person& person) { return person.kind == PostKind::ambassador; };
  const auto is_high = [&](const Person& person) { return person.level && *person.level <= graph::Level::vice_minister && !is_envoy(person); };
  const Person& person = cast_.persons()[index];
  const bool foreign_state = other != kNoParty && other != own && view_.tables->parties[other].kind == graph::EntityKind::country;
  if (foreign_state && is_envoy(person) && person.sent_to == kNoParty && any_person(is_high) && !any_person([&](const Person& one) { return one.of == other; })) return other;
  return is_high(person) && any_person([&](const Person& one) { return &one != &person && is_envoy(one) && one.of != own; }) ? own : kNoParty;
}

// "The shipment was received in Tegucigalpa by the Vice Minister": of the state that was helped.
PartyIndex Composer::recipient_there(const Draft& draft, const Taking& agent) const {
  const bool receives = draft.type == EventType::aid && agent.slot == Slot::by && agent.part == Part::recipient && draft.place_country != cast_.own();
  return receives ? draft.place_country : kNoParty;
}

// "the consultations of A and B, which Undersecretary C and State Secretary D conducted": who is named second is of the other side.
bool Composer::is_second_of_two(const Draft& draft, const Taking& taking, PartyIndex own, PartyIndex foreign) const {
  const bool chairs = draft.rule == "talk.chairs";
  const bool two_sided = chairs || draft.type == EventType::consultation || draft.type == EventType::agreement;
  if (!two_sided || own == kNoParty || foreign == kNoParty || taking.who.persons.size() != 1) return false;
  std::vector<std::uint32_t> persons;
  bool both = chairs;
  for (const Taking& other : draft.takings) {
    if (other.slot == Slot::among) continue;  // who stands by
    for (const std::uint32_t person : other.who.persons)
      if (!contains(persons, person)) persons.push_back(person);
    both = both || (contains(other.who.parties, own) && contains(other.who.parties, foreign) && other.who.persons.empty());
  }
  if (persons.size() != 2 || persons[1] != taking.who.persons[0] || !both) return false;
  const Person& first = cast_.persons()[persons[0]];
  return (first.of == own || first.of == kNoParty) && cast_.persons()[persons[1]].of == kNoParty;
}

// Everyone else whose side the text does not say, but for those whom the gleaned drafts name.
void Composer::settle_others(const std::vector<Draft>& drafts, const std::vector<Draft>& gleaned) {
  std::vector<bool> is_gleaned(cast_.persons().size());
  for (const Draft& draft : gleaned)
    for (const Taking& taking : draft.takings)
      for (const std::uint32_t person : taking.who.persons) is_gleaned[person] = true;
  const PartyIndex hit = sanctioned_state(drafts);
  for (std::uint32_t i = 0; i < cast_.persons().size(); ++i) {
    const Person& person = cast_.persons()[i];
    if (person.of != kNoParty || is_gleaned[i]) continue;
    if (person.kind == PostKind::spokesperson && hit != kNoParty && is_named_at_foot(i, drafts)) cast_.person(i).of = cast_.own();  // whom the press may ask
    else if (hit != kNoParty && !person.acted) cast_.person(i).of = hit;
    else cast_.person(i).of = person.home != kNoParty ? person.home : is_of_a_state(i) ? foreign_focus_ : cast_.own();
  }
}

// Whether a person is named only behind everything that the text tells.
bool Composer::is_named_at_foot(std::uint32_t person, const std::vector<Draft>& drafts) const {
  const std::uint32_t last = drafts.empty() ? 0 : drafts.back().sentence;
  for (std::uint32_t i = 0; i <= last && i < view_.sentences.size(); ++i)
    for (const ActorMention& actor : view_.sentences[i].actors)
      if (contains(actor.persons, person)) return false;
  return true;
}

// Whom the release puts under sanctions: who is named in it and does nothing is on the list.
PartyIndex Composer::sanctioned_state(const std::vector<Draft>& drafts) const {
  for (const Draft& draft : drafts) {
    if (draft.type != EventType::sanction || draft.background || draft.sets.stage != graph::Stage::imposed) continue;
    for (const Taking& taking : draft.takings)
      for (const PartyIndex party : taking.who.parties)
        if (party != cast_.own() && view_.tables->parties[party].kind == graph::EntityKind::country) return party;
  }
  return kNoParty;
}

// In how many sentences each state or a town of it is named.
std::map<PartyIndex, std::size_t> Composer::sentences_naming() const {
  std::map<PartyIndex, std::size_t> count;
  std::map<PartyIndex, std::uint32_t> last;  // the sentence that was counted last
  for (std::uint32_t i = 0; i < view_.sentences.size(); ++i)
    for (const ActorMention& actor : view_.sentences[i].actors)
      for (const PartyIndex party : actor.parties) {
        const auto [at, fresh] = last.emplace(party, i);
        if (fresh || at->second != i) ++count[party];
        at->second = i;
      }
  return count;
}

// The foreign state that the text names most: the one where an embassy writes of its doings.
PartyIndex Composer::most_named_state() const {
  std::map<PartyIndex, std::size_t> count;
  for (const Sentence& sentence : view_.sentences)
    for (const ActorMention& actor : sentence.actors)
      if (actor.parties.size() == 1 && actor.parties[0] != cast_.own() && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) ++count[actor.parties[0]];
  const auto most = std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == count.end() ? kNoParty : most->first;
}

// A President in the news of an organisation is not the organisation's.
bool Composer::is_of_a_state(std::uint32_t person) const {
  if (cast_.own() == kNoParty || foreign_focus_ == kNoParty || view_.tables->parties[cast_.own()].kind == graph::EntityKind::country) return false;
  return is_office_of_state(cast_.persons()[person].kind);
}

PartyIndex Composer::foreign_in(const Draft& draft) const {
  for (const Taking& taking : draft.takings)
    for (const PartyIndex party : taking.who.parties)
      if (party != cast_.own() && view_.tables->parties[party].kind != graph::EntityKind::region) return party;
  return kNoParty;
}

// A state has one Foreign Minister: who is named second with that office is another state's.
bool Composer::is_taken(std::uint32_t index, PartyIndex of) const {
  const Person& person = cast_.persons()[index];
  const bool single = person.kind == PostKind::state || person.kind == PostKind::government || (person.kind == PostKind::minister && person.post.find("oreign") != std::string::npos);
  if (!single || person.former || of == kNoParty) return false;
  for (std::uint32_t i = 0; i < std::min<std::size_t>(index, kStoriesBackMax); ++i) {
    const Person& other = cast_.persons()[i];
    if (other.of != of || !other.has_post || other.former || other.historic || other.kind != person.kind || other.level != person.level) continue;
    if (person.kind != PostKind::minister || other.post.find("oreign") != std::string::npos) return true;
  }
  return false;
}

// "The Ambassador delivered a message from President A": of the Ambassador's own President.
PartyIndex Composer::bearer_of(const Draft& draft) const {
  if (draft.type != EventType::message) return kNoParty;
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::subject)
      for (const std::uint32_t person : taking.who.persons)
        if (cast_.persons()[person].of != kNoParty) return cast_.persons()[person].of;
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::subject && taking.who.parties.size() == 1) return taking.who.parties[0];
  return kNoParty;
}

// Whether our own side is what the verb acts on; of two whose side is not said, the one named first is ours.
bool Composer::acted_on(const Draft& draft, PartyIndex own, const Taking& agent) const {
  return std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
    if (t.slot != Slot::object) return false;
    return contains(t.who.parties, own) || std::any_of(t.who.persons.begin(), t.who.persons.end(), [&](std::uint32_t p) {
             const bool first = cast_.persons()[p].of == kNoParty && !agent.who.persons.empty() && p < agent.who.persons[0];
             return cast_.persons()[p].of == own || first;
           });
  });
}

// The one host of a visit on which one of ours is the guest.
PartyIndex Composer::visited_by_us(const Draft& draft) const {
  if (draft.type != EventType::visit || draft.cancelled || cast_.own() == kNoParty) return kNoParty;
  PartyIndex host = kNoParty;
  bool ours = false;
  for (const Taking& taking : draft.takings) {
    if (taking.part == Part::host && taking.who.parties.size() == 1) host = taking.who.parties[0];
    if (taking.part == Part::guest) ours = contains(taking.who.parties, cast_.own()) || (taking.who.parties.empty() && may_be_ours(taking.who));
  }
  return ours && host != cast_.own() ? host : kNoParty;
}

bool Composer::may_be_ours(const Meant& who) const {
  return std::any_of(who.persons.begin(), who.persons.end(), [&](std::uint32_t person) {
    const PartyIndex of = cast_.persons()[person].of;
    return of == kNoParty || of == cast_.own();
  });
}

PartyIndex Composer::side_of_subject(const Draft& draft) const {
  for (const Taking& taking : draft.takings)
    if (taking.slot == Slot::subject)
      for (const std::uint32_t person : taking.who.persons)
        if (cast_.persons()[person].of != kNoParty) return cast_.persons()[person].of;
  for (const Taking& taking : draft.takings)  // "Norway has named A": in the news of B, too
    if (taking.slot == Slot::subject && taking.who.persons.empty() && taking.who.parties.size() == 1 && view_.tables->parties[taking.who.parties[0]].kind == graph::EntityKind::country) return taking.who.parties[0];
  return cast_.own();
}

}  // namespace entente::importers
