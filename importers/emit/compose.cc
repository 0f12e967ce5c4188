#include "importers/emit/compose.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "base/utf8.h"
#include "graph/model/ids.h"
#include "graph/ontology/signatures.h"
#include "importers/emit/confidence.h"
#include "importers/emit/setting.h"
#include "importers/emit/story.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Level;
using graph::Role;
using graph::Status;

template <class T>
bool contains(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<Role> role_of(Part part) {
  switch (part) {
    case Part::host: return Role::host;
    case Part::guest: return Role::guest;
    case Part::sender: return Role::sender;
    case Part::recipient: return Role::recipient;
    case Part::donor: return Role::donor;
    case Part::target: return Role::target;
    case Part::appointee: return Role::appointee;
    case Part::signatory: return Role::signatory;
    case Part::chair: return Role::chair;
    default: return std::nullopt;
  }
}

bool is_talk(EventType type) {
  return type == EventType::meeting || type == EventType::call || type == EventType::courtesy_call || type == EventType::consultation;
}

// Types in which the parts of officials stand, not those of their countries.
bool roles_of_officials(EventType type) {
  return type == EventType::courtesy_call || type == EventType::meeting || type == EventType::consultation || type == EventType::appointment;
}

bool roles_of_parties_only(EventType type) {
  return type == EventType::aid || type == EventType::summon || type == EventType::accreditation || type == EventType::sanction || type == EventType::expulsion;
}

// How many stories back an event is joined with one told before. No release tells so many events between two mentions
// of one; the bound keeps a text of a hundred thousand events linear.
constexpr std::size_t kLookBackMax = 512;

constexpr std::uint32_t kAddressedSentencesMax = 3;  // behind the summons

class Composer {
 public:
  Composer(const TextView& view, Cast& cast, std::optional<CivilDate> published) : view_(view), cast_(cast), published_(published), told_on_(published ? std::nullopt : day_of_text()) {}

  Composition run(std::vector<Draft> drafts) {
    // What only signs tell changes nothing in what frames tell: it comes last, and so do those whom it alone names.
    const auto first = std::stable_partition(drafts.begin(), drafts.end(), [](const Draft& draft) { return !draft.gleaned; });
    const std::vector<Draft> gleaned(first, drafts.end());
    drafts.erase(first, drafts.end());
    most_named_ = most_named_state();
    naming_ = sentences_naming();
    pair_ = pair_of_text();
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
    for (const Story& story : stories_) finish(story);
    add_officials();
    add_forums();
    return std::move(composition_);
  }

 private:
  // Persons whose country the text does not say: on the publisher's side, or on that of the others in the event.
  void settle_sides(const std::vector<Draft>& drafts) {
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
            person.of = other_side && there != kNoParty && (is_talk(draft.type) || draft.type == EventType::courtesy_call) ? there : own;
            continue;
          }
          // "a message addressed by King A to the President of the Republic": to ours from another's.
          const bool written_to_us = draft.type == EventType::message && taking.part == Part::sender && (taking.slot == Slot::by || taking.slot == Slot::from || taking.slot == Slot::of) && foreign != kNoParty &&
                                     std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.part == Part::recipient && (contains(t.who.parties, own) || may_be_ours(t.who)); });
          if (written_to_us) {
            person.of = foreign;
            continue;
          }
          if (const PartyIndex bearer = bearer_of(draft); bearer != kNoParty && taking.part == Part::sender && taking.slot != Slot::subject) {
            person.of = bearer;
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
          person.of = (other_side && (second_there || own_side_there || draft.takings.size() == 1)) || side_unknown || comes_to_us ? foreign : own;
          if (person.of == kNoParty || person.of == person.sent_to) person.of = own;
          if (person.of == own && foreign != kNoParty && is_taken(index, own)) person.of = foreign;
        }
      }
    }
  }

  // "the consultations of A and B, which Undersecretary C and State Secretary D conducted": who is named second is of the other side.
  bool is_second_of_two(const Draft& draft, const Taking& taking, PartyIndex own, PartyIndex foreign) const {
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
  void settle_others(const std::vector<Draft>& drafts, const std::vector<Draft>& gleaned) {
    std::vector<bool> is_gleaned(cast_.persons().size());
    for (const Draft& draft : gleaned)
      for (const Taking& taking : draft.takings)
        for (const std::uint32_t person : taking.who.persons) is_gleaned[person] = true;
    const PartyIndex hit = sanctioned_state(drafts);
    for (std::uint32_t i = 0; i < cast_.persons().size(); ++i) {
      const Person& person = cast_.persons()[i];
      if (person.of != kNoParty || is_gleaned[i]) continue;
      if (hit != kNoParty && !person.acted) cast_.person(i).of = hit;
      else cast_.person(i).of = person.home != kNoParty ? person.home : is_of_a_state(i) ? foreign_focus_ : cast_.own();
    }
  }

  // Whom the release puts under sanctions: who is named in it and does nothing is on the list.
  PartyIndex sanctioned_state(const std::vector<Draft>& drafts) const {
    for (const Draft& draft : drafts) {
      if (draft.type != EventType::sanction || draft.background || draft.sets.stage != graph::Stage::imposed) continue;
      for (const Taking& taking : draft.takings)
        for (const PartyIndex party : taking.who.parties)
          if (party != cast_.own() && view_.tables->parties[party].kind == graph::EntityKind::country) return party;
    }
    return kNoParty;
  }

  // In how many sentences each state or a town of it is named.
  std::map<PartyIndex, std::size_t> sentences_naming() const {
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
  PartyIndex most_named_state() const {
    std::map<PartyIndex, std::size_t> count;
    for (const Sentence& sentence : view_.sentences)
      for (const ActorMention& actor : sentence.actors)
        if (actor.parties.size() == 1 && actor.parties[0] != cast_.own() && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) ++count[actor.parties[0]];
    const auto most = std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return most == count.end() ? kNoParty : most->first;
  }

  // A President in the news of an organisation is not the organisation's.
  bool is_of_a_state(std::uint32_t person) const {
    if (cast_.own() == kNoParty || foreign_focus_ == kNoParty || view_.tables->parties[cast_.own()].kind == graph::EntityKind::country) return false;
    const PostKind kind = cast_.persons()[person].kind;
    return kind == PostKind::state || kind == PostKind::government || kind == PostKind::minister || kind == PostKind::monarch;
  }

  PartyIndex foreign_in(const Draft& draft) const {
    for (const Taking& taking : draft.takings)
      for (const PartyIndex party : taking.who.parties)
        if (party != cast_.own() && view_.tables->parties[party].kind != graph::EntityKind::region) return party;
    return kNoParty;
  }

  // A state has one Foreign Minister: who is named second with that office is another state's.
  bool is_taken(std::uint32_t index, PartyIndex of) const {
    const Person& person = cast_.persons()[index];
    const bool single = person.kind == PostKind::state || person.kind == PostKind::government || (person.kind == PostKind::minister && person.post.find("oreign") != std::string::npos);
    if (!single || person.former || of == kNoParty) return false;
    for (std::uint32_t i = 0; i < std::min<std::size_t>(index, kLookBackMax); ++i) {
      const Person& other = cast_.persons()[i];
      if (other.of != of || !other.has_post || other.former || other.historic || other.kind != person.kind || other.level != person.level) continue;
      if (person.kind != PostKind::minister || other.post.find("oreign") != std::string::npos) return true;
    }
    return false;
  }

  // "The Ambassador delivered a message from President A": of the Ambassador's own President.
  PartyIndex bearer_of(const Draft& draft) const {
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
  bool acted_on(const Draft& draft, PartyIndex own, const Taking& agent) const {
    return std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
      if (t.slot != Slot::object) return false;
      return contains(t.who.parties, own) || std::any_of(t.who.persons.begin(), t.who.persons.end(), [&](std::uint32_t p) {
               const bool first = cast_.persons()[p].of == kNoParty && !agent.who.persons.empty() && p < agent.who.persons[0];
               return cast_.persons()[p].of == own || first;
             });
    });
  }

  // The one host of a visit on which one of ours is the guest.
  PartyIndex visited_by_us(const Draft& draft) const {
    if (draft.type != EventType::visit || draft.cancelled || cast_.own() == kNoParty) return kNoParty;
    PartyIndex host = kNoParty;
    bool ours = false;
    for (const Taking& taking : draft.takings) {
      if (taking.part == Part::host && taking.who.parties.size() == 1) host = taking.who.parties[0];
      if (taking.part == Part::guest) ours = contains(taking.who.parties, cast_.own()) || (taking.who.parties.empty() && may_be_ours(taking.who));
    }
    return ours && host != cast_.own() ? host : kNoParty;
  }

  bool may_be_ours(const Meant& who) const {
    return std::any_of(who.persons.begin(), who.persons.end(), [&](std::uint32_t person) {
      const PartyIndex of = cast_.persons()[person].of;
      return of == kNoParty || of == cast_.own();
    });
  }

  PartyIndex side_of_subject(const Draft& draft) const {
    for (const Taking& taking : draft.takings)
      if (taking.slot == Slot::subject)
        for (const std::uint32_t person : taking.who.persons)
          if (cast_.persons()[person].of != kNoParty) return cast_.persons()[person].of;
    for (const Taking& taking : draft.takings)  // "Norway has named A": in the news of B, too
      if (taking.slot == Slot::subject && taking.who.persons.empty() && taking.who.parties.size() == 1 && view_.tables->parties[taking.who.parties[0]].kind == graph::EntityKind::country) return taking.who.parties[0];
    return cast_.own();
  }

  // Whom a taking adds on the other side: its countries, those of its persons included.
  std::vector<PartyIndex> partners(const Taking& taking) const {
    const bool other_side = taking.slot == Slot::object || taking.slot == Slot::with || taking.slot == Slot::on || taking.slot == Slot::from;
    if (!other_side || taking.part == Part::own_side) return {};
    std::vector<PartyIndex> found;
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].of != kNoParty) found.push_back(cast_.persons()[person].of);
    for (const PartyIndex party : taking.who.parties)
      if (!contains(found, party)) found.push_back(party);
    if (found.size() > 1 && !taking.listed) return {};
    return found;
  }

  // "Met with X of A and Y of B": a meeting with each country. Empty for what is one event.
  std::vector<Draft> apart(const Draft& draft) const {
    const bool talk = draft.type == EventType::meeting || draft.type == EventType::call || draft.type == EventType::courtesy_call || draft.type == EventType::relations;
    std::vector<PartyIndex> countries;
    if (talk && draft.separable)
      for (const Taking& taking : draft.takings)
        for (const PartyIndex party : partners(taking))
          if (!contains(countries, party)) countries.push_back(party);
    if (draft.type == EventType::accreditation) return apart_guests(draft);
    if (draft.type == EventType::mission) return apart_missions(draft);
    if (talk && draft.each && countries.size() < 2) return apart_persons(draft);
    if (draft.type == EventType::courtesy_call && draft.separable && countries.size() < 2) return apart_hosts(draft);
    if (countries.size() < 2 || (draft.count && static_cast<std::size_t>(*draft.count) != countries.size())) return {};
    std::vector<Draft> parts;
    for (const PartyIndex country : countries) {
      Draft one = draft;
      one.takings.clear();
      one.count.reset();
      for (const Taking& taking : draft.takings) {
        const auto with = partners(taking);
        if (with.empty()) one.takings.push_back(taking);
        if (!contains(with, country)) continue;
        Taking with_country = taking;
        if (with.size() > 1) with_country.who.parties = {country};
        one.takings.push_back(std::move(with_country));
      }
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // "Embassies will be opened in Yerevan and in Muscat": one in each.
  std::vector<Draft> apart_missions(const Draft& draft) const {
    std::vector<PartyIndex> places;
    for (const Taking& taking : draft.takings)
      if (taking.slot == Slot::in)
        for (const PartyIndex party : taking.who.parties)
          if (!contains(places, party) && party != cast_.own()) places.push_back(party);
    std::vector<Draft> parts;
    if (places.size() < 2) return parts;
    for (const PartyIndex place : places) {
      Draft one = draft;
      std::erase_if(one.takings, [&](const Taking& taking) { return taking.slot == Slot::in && !contains(taking.who.parties, place); });
      for (Taking& taking : one.takings)
        if (taking.slot == Slot::in) taking.who.parties = {place};
      if (one.place_country != place) {
        one.city.clear();
        one.place_country = place;
      }
      one.listed = true;
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // "separate meetings with President A and Prime Minister B": one with each.
  std::vector<Draft> apart_persons(const Draft& draft) const {
    std::vector<std::uint32_t> others;
    for (const Taking& taking : draft.takings)
      if (!partners(taking).empty() || taking.slot == Slot::with)
        for (const std::uint32_t person : taking.who.persons)
          if (!contains(others, person)) others.push_back(person);
    if (others.size() < 2) return {};
    std::vector<Draft> parts;
    for (const std::uint32_t other : others) {
      Draft one = draft;
      one.count.reset();
      one.listed = true;
      one.takings.clear();
      for (const Taking& taking : draft.takings) {
        Taking his = taking;
        std::erase_if(his.who.persons, [&](std::uint32_t person) { return person != other && contains(others, person); });
        if (taking.who.persons.empty() || !his.who.persons.empty()) one.takings.push_back(std::move(his));
      }
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // "called on the President A and the Prime Minister B": a call on each.
  static std::vector<Draft> apart_hosts(const Draft& draft) {
    std::vector<Draft> parts;
    const auto is_host = [](const Taking& t) { return t.part == Part::host && t.who.persons.size() == 1; };
    if (std::count_if(draft.takings.begin(), draft.takings.end(), is_host) < 2) return {};
    for (const Taking& host : draft.takings) {
      if (!is_host(host)) continue;
      Draft one = draft;
      one.takings.clear();
      one.listed = true;
      for (const Taking& other : draft.takings)
        if (!is_host(other) || &other == &host) one.takings.push_back(other);
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // "The Ambassadors of A and B presented their credentials": an accreditation for each.
  static std::vector<Draft> apart_guests(const Draft& draft) {
    std::vector<Draft> parts;
    for (const Taking& taking : draft.takings) {
      if (taking.part != Part::guest || taking.who.parties.size() < 2) continue;
      for (const PartyIndex party : taking.who.parties) {
        Draft one = draft;
        one.takings.clear();
        for (const Taking& other : draft.takings)
          if (&other != &taking) one.takings.push_back(other);
        one.takings.push_back({Part::guest, taking.slot, Meant{{party}, {}, taking.who.level, {}}, false});
        parts.push_back(std::move(one));
      }
      return parts;
    }
    return apart_envoys(draft);
  }

  // "received the credentials of the Ambassador of A, X, and of the Ambassador of B, Y": the same, with their names.
  static std::vector<Draft> apart_envoys(const Draft& draft) {
    std::vector<const Taking*> guests;
    for (const Taking& taking : draft.takings)
      if (taking.part == Part::guest && taking.who.parties.size() == 1 && !taking.who.persons.empty() &&
          std::none_of(guests.begin(), guests.end(), [&](const Taking* other) { return other->who.parties == taking.who.parties; }))
        guests.push_back(&taking);
    std::vector<Draft> parts;
    if (guests.size() < 2) return parts;
    for (const Taking* guest : guests) {
      Draft one = draft;
      std::erase_if(one.takings, [&](const Taking& taking) { return taking.part == Part::guest && taking.who.parties != guest->who.parties; });
      one.listed = true;
      parts.push_back(std::move(one));
    }
    return parts;
  }

  // "The same day": the day last said, here or in the sentences right before; else that of the event told before.
  std::optional<Edtf> said_before(const Draft& draft) const {
    constexpr std::uint32_t kSentencesBack = 2;
    const bool year = draft.date->kind == DateExpr::Kind::anchor_year;
    for (std::uint32_t i = draft.sentence + 1; i-- > 0 && i + kSentencesBack >= draft.sentence;) {
      const Sentence& sentence = view_.sentences[i];
      if (sentence.heading) break;
      for (auto date = sentence.dates.rbegin(); date != sentence.dates.rend(); ++date)
        if (date->end <= draft.date->begin && date->kind == DateExpr::Kind::calendar && date->first.year && (year || date->first.day)) return resolve_date(*date, {});
    }
    const auto is_to_come = [&](const std::optional<Edtf>& day) { return day && published_ && day->earliest() && *day->earliest() > to_day(*published_); };
    if (!year && draft.tense == Tense::past && is_to_come(day_told_) && day_done_) return day_done_;  // not the day of a summit that lies ahead
    return year && last_date_ ? last_date_ : day_told_ ? day_told_ : anchor_;
  }

  // A text without a publication date that dates its own news in full: the year of that is the year of what follows.
  std::optional<int> year_near_top() const {
    constexpr std::size_t kTopSentences = 4;
    if (published_) return std::nullopt;
    for (std::size_t i = 0; i < view_.sentences.size() && i < kTopSentences; ++i)
      for (const DateExpr& date : view_.sentences[i].dates)
        if (date.kind == DateExpr::Kind::calendar && date.first.day && date.first.month && date.first.year) return date.first.year;
    return std::nullopt;
  }

  // "Suva, 23 July –", "today, 17 February,": the day on which a text without a date of publication is written, its year unknown.
  std::optional<Edtf> day_of_text() const {
    constexpr std::size_t kTopSentences = 4;
    constexpr std::size_t kItemsBeforeDayMax = 6;
    for (std::size_t i = 0; i < view_.sentences.size() && i < kTopSentences; ++i) {
      const Sentence& sentence = view_.sentences[i];
      for (std::size_t k = 0; k < sentence.items.size() && sentence.items[k].kind != ItemKind::verb; ++k) {
        if (sentence.items[k].kind != ItemKind::date) continue;
        const DateExpr& date = sentence.dates[sentence.items[k].index];
        if (date.kind != DateExpr::Kind::calendar || !date.first.day || !date.first.month || date.last) break;
        if (date.first.year) return std::nullopt;
        return k <= kItemsBeforeDayMax ? resolve_date(date, {}) : std::nullopt;
      }
      for (std::size_t k = 2; k < sentence.items.size(); ++k) {
        if (sentence.items[k].kind != ItemKind::date || sentence.items[k - 2].kind != ItemKind::date) continue;
        const DateExpr& today = sentence.dates[sentence.items[k - 2].index];
        const DateExpr& date = sentence.dates[sentence.items[k].index];
        if (today.kind == DateExpr::Kind::day_shift && today.shift == 0 && date.kind == DateExpr::Kind::calendar && date.first.day && date.first.month && !date.last && !date.first.year) return resolve_date(date, {});
      }
    }
    return std::nullopt;
  }

  // What the text says of when it was written, for the times of a draft.
  DateContext context_of(const Draft& draft) const {
    DateContext context;
    context.published = published_;
    context.told_on = told_on_;
    context.text_year = draft.entry_year ? draft.entry_year : year_near_top();
    return context;
  }

  std::optional<Edtf> date_of(const Draft& draft) {
    if (!draft.date) return std::nullopt;
    DateContext context = context_of(draft);
    context.anchor = draft.date->kind == DateExpr::Kind::calendar ? anchor_ : said_before(draft);
    context.tense = draft.planned || draft.upcoming ? Tense::future : draft.tense == Tense::unknown && draft.background ? Tense::unknown : draft.tense;
    if (draft.type == EventType::aid && draft.planned && draft.tense != Tense::future && published_) context.tense = Tense::past;  // the day of the decision
    if (draft.under_way || draft.cancelled) context.tense = Tense::unknown;
    if (draft.decided) context.tense = Tense::past;
    // "departs on Sunday": the present tense with a day of the week is a schedule.
    if (draft.type == EventType::visit && draft.tense == Tense::present && draft.date->weekday && !draft.date->first.month) context.tense = Tense::future;
    const bool of_stay = draft.date->kind == DateExpr::Kind::stay_day;
    for (auto story = stories_.rbegin(); of_stay && story != stories_.rend() && !context.stay; ++story)
      if (story->type == EventType::visit && story->date && !story->date->is_day()) context.stay = story->date;
    auto date = resolve_date(*draft.date, context);
    // Under "Thursday" comes "Friday" of the same week, though the text is of a Friday itself.
    if (draft.entry_date && draft.date->weekday && !draft.date->first.month && date && date->earliest()) {
      constexpr Day kWeek = 7;
      if (draft.gleaned || draft.sentence < schedule_sentence_) schedule_day_.reset();
      if (schedule_day_ && *date->earliest() < *schedule_day_ && *date->earliest() + kWeek > *schedule_day_ && date->is_day()) {
        const CivilDate later = to_civil(*date->earliest() + kWeek);
        date = Edtf::day(later.year, later.month, later.day);
      }
      schedule_day_ = *date->earliest();
      schedule_sentence_ = draft.sentence;
    }
    if (date) last_date_ = date;
    if (date && date->is_day() && draft.type != EventType::relations && !draft.background) {
      day_told_ = date;
      if (!published_ || !date->earliest() || *date->earliest() <= to_day(*published_)) day_done_ = date;
    }
    if (date && (date->is_day() || (date->text().starts_with("XXXX") && date->text().size() == 10) || !anchor_)) anchor_ = date;
    return date;
  }

  // "left yesterday for B, where he stays until Saturday": from the day that is told to the last one.
  std::optional<Edtf> span_of(const Draft& draft, std::optional<Edtf> date) const {
    constexpr Day kDaysMax = 60;
    DateContext context = context_of(draft);
    context.anchor = date;
    context.tense = draft.planned || draft.upcoming ? Tense::future : Tense::past;
    if (!date && draft.from) date = resolve_date(*draft.from, context);
    if (!draft.until && draft.from && draft.ends && date && date->is_day()) {  // "today concluded a visit that began on 23 September"
      const auto first = resolve_date(*draft.from, context);
      const bool before = first && first->is_day() && first->earliest() && date->earliest() && *first->earliest() < *date->earliest() && *first->earliest() + kDaysMax > *date->earliest();
      return before ? std::optional<Edtf>(Edtf::interval(*first, *date)) : date;
    }
    if (!draft.until) return date;
    auto last = resolve_date(*draft.until, context);
    const auto follows = [&] { return last && last->is_day() && date && date->is_day() && date->earliest() && last->earliest() && *last->earliest() > *date->earliest() && *last->earliest() < *date->earliest() + kDaysMax; };
    if (date && !follows()) {
      context.tense = Tense::future;
      last = resolve_date(*draft.until, context);
    }
    if (follows()) return Edtf::interval(*date, *last);
    return date ? date : last;
  }

  // Who speaks for our side to the envoy of the summon told last.
  bool join_summon(const Draft& draft) {
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

  // "The hand-over ceremony took place in A on 9 May": the act of that type that was told right before, or by the text so far.
  void join_ceremony(const Draft& draft) {
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
  void join_venue(const Draft& draft) {
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

  // The persons of a delegation were in the talk told last to which their side belongs.
  // False when there is none yet.
  bool join_last(const Draft& draft) {
    if (draft.rule == "summon.addressed") return join_summon(draft);
    // Of what was told right before, or of nothing.
    const bool ceremony = draft.rule == "act.ceremony";
    if (ceremony) join_ceremony(draft);
    if (draft.rule == "talk.venue") join_venue(draft);
    if (ceremony || draft.rule == "talk.venue") return true;
    for (std::size_t i = stories_.size(); i-- > oldest();) {
      Story& story = stories_[i];
      const bool talk = draft.type == EventType::visit || draft.type == EventType::agreement ? story.type == draft.type : is_talk(story.type) || story.type == EventType::conference;
      if (draft.rule == "talk.present" && draft.type == EventType::mission && story.type != EventType::mission) continue;
      const bool act = draft.rule == "talk.present" && (story.type == EventType::accreditation || story.type == EventType::mission || story.type == EventType::agreement);
      if ((!talk && !act) || story.background || is_earlier_round(story)) continue;
      for (const Taking& taking : draft.takings) {
        const bool theirs = std::any_of(taking.who.parties.begin(), taking.who.parties.end(), [&](PartyIndex p) { return contains(story.parties, p); }) ||
                            std::any_of(taking.who.persons.begin(), taking.who.persons.end(), [&](std::uint32_t p) { return contains(story.parties, cast_.persons()[p].of); });
        if (theirs || story.type == EventType::conference) take(story, taking);
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
  void leave_to_other_round(Story& story, const Draft& draft, const Story& before) const {
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
  bool is_earlier_round(const Story& story) const {
    constexpr std::size_t kRoundsBack = 32;  // rounds of one series are told near each other
    if (story.forum_slug.empty() || !story.date || !story.date->latest()) return false;
    for (std::size_t i = stories_.size(); i-- > oldest() && i + kRoundsBack >= stories_.size();) {
      const Story& other = stories_[i];
      const bool later = other.date && other.date->earliest() && *other.date->earliest() > *story.date->latest();
      if (later && !other.background && other.status == Status::occurred && other.forum_slug == story.forum_slug && other.type == story.type) return true;
    }
    return false;
  }

  // "The sixth meeting will be held in Thailand": another round of the series told before.
  void name_round(Story& story, const Draft& draft) const {
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
      if (!draft.forum->generic && story.forum_slug != before.forum_slug) continue;  // "The 2nd FOC": the same series by its name
      const auto is_before = [&](std::uint32_t token) { return view_.word(token) == "previous" || view_.word(token) == "last" || view_.word(token) == "preceding"; };
      const bool names_another = !draft.forum->generic || is_before(draft.forum->begin) || (draft.forum->begin > 0 && is_before(draft.forum->begin - 1));
      const bool other_day = names_another && story.date && before.date && !story.date->overlaps(*before.date);
      const bool other_round = (story.edition && story.edition != before.edition) || (story.status == Status::planned && before.status == Status::occurred) || other_day;
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
      if (story.parties.size() < 2 || of_series)
        for (const PartyIndex party : before.parties)
          if (!of_organisation || is_organisation(party) || contains(before.forum_parties, party)) add_party(story, party, Part::participant);
      story.forum_parties = before.forum_parties;
      return;
    }
  }

  // "After the talks the two Ministers signed ...": on the day and at the place of the talks.
  void date_by_talks(Story& story, bool within) const {
    if (story.date || story.background || story.status == Status::cancelled || (story.status == Status::planned && !within)) return;
    if (story.type != EventType::agreement && !(within && (story.type == EventType::message || story.type == EventType::aid))) return;
    for (std::size_t i = 0; i < std::min(stories_.size(), kLookBackMax); ++i) {
      const Story& before = stories_[i];
      const bool talk = is_talk(before.type) && (!before.background || story.status == Status::planned) && before.status == story.status && before.date;
      if (!talk || !std::all_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return contains(before.parties, p); })) continue;
      story.date = before.date;
      if (story.type == EventType::agreement && story.city.empty() && story.place_country == kNoParty) {
        story.city = before.city;
        story.place_country = before.place_country;
      }
      return;
    }
  }

  // Three and more who come together are a conference, though it has no name.
  EventType type_of(const Story& story) const {
    if (story.type != EventType::meeting || story.parties.size() < 3 || story.count) return story.type;
    return story.rule == "meeting.met-together" || story.gathering ? EventType::conference : story.type;
  }

  // "The new Ambassador to B presented her credentials": to the state to which she is sent.
  void add_receiving(Story& story) const {
    if (story.type != EventType::accreditation || story.parties.size() != 1) return;
    for (const std::uint32_t person : story.persons)
      if (const PartyIndex to = cast_.persons()[person].sent_to; to != kNoParty && to != story.parties[0]) {
        add_party(story, to, Part::host);
        return;
      }
  }

  // "Notes were exchanged on a grant. Under it A will provide ...": given by the notes, on their day.
  void date_aid_by_notes() {
    for (Story& aid : stories_) {
      if (aid.type != EventType::aid || aid.status != Status::planned || aid.date) continue;
      for (std::size_t i = 0; i < std::min(stories_.size(), kLookBackMax); ++i) {
        const Story& notes = stories_[i];
        const bool signed_now = notes.type == EventType::agreement && notes.status == Status::occurred && notes.sets.stage == graph::Stage::signed_ && !notes.background;
        if (!signed_now || !std::all_of(aid.parties.begin(), aid.parties.end(), [&](PartyIndex p) { return contains(notes.parties, p); })) continue;
        aid.status = Status::occurred;
        aid.date = notes.date;
        break;
      }
    }
  }

  // "The Authority lifted the sanctions", "adopted the Declaration": what the session of an organisation does, there and then.
  void date_by_session(Story& story) const {
    const PartyIndex own = cast_.own();
    if (own == kNoParty || view_.tables->parties[own].kind != graph::EntityKind::organisation || story.date || story.background || story.status != Status::occurred) return;
    if (story.type != EventType::agreement && story.type != EventType::appointment && story.type != EventType::sanction) return;
    if (!contains(story.parties, own)) return;
    for (std::size_t i = 0; i < std::min(stories_.size(), kLookBackMax); ++i) {
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

  // "A stop in Riga has been cancelled": of whoever travels in the text.
  void add_traveller_of_stop(Story& story) const {
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
  void complete_aid(Story& story) const {
    if (story.type != EventType::aid || story.parties.size() != 1 || story.party_parts[story.parties[0]] != Part::donor) return;
    for (std::size_t i = stories_.size(); i-- > oldest();) {
      if (stories_[i].type != EventType::aid || !contains(stories_[i].parties, story.parties[0])) continue;
      for (const auto& [party, part] : stories_[i].party_parts)
        if (part == Part::recipient) add_party(story, party, part);
      return;
    }
  }

  // "During the visit the Minister will call on the President": on one of its days.
  void date_by_visit(Story& story) const {
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

  // "Guyana was host in Lethem to the second Forum": the one gathering of a sentence takes from its other words what it lacks.
  bool complete_by(const Draft& draft) {
    if (draft.type != EventType::consultation && draft.type != EventType::conference) return false;
    const auto of_sentence = [&](const Story& story) { return story.sentence == draft.sentence; };
    if (std::count_if(stories_.begin(), stories_.end(), of_sentence) != 1) return false;
    Story& story = *std::find_if(stories_.begin(), stories_.end(), of_sentence);
    if (story.type != draft.type || draft.of_title) return false;
    if (!story.date) story.date = date_of(draft);
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

  // "The Minister commended the Ambassador ... when he paid a call on her": what one said of the other where they met is no position.
  void drop_views() {
    const auto said_there = [&](const Story& story) {
      if (story.type != EventType::statement || story.position || story.persons.size() < 2) return false;
      const auto spoken_to = [&](PartyIndex party) { return std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].of == party; }); };
      if (!std::all_of(story.parties.begin(), story.parties.end(), spoken_to)) return false;  // of a state, not of whoever was there
      return std::any_of(stories_.begin(), stories_.begin() + static_cast<std::ptrdiff_t>(std::min(stories_.size(), kLookBackMax)), [&](const Story& talk) {
        return is_talk(talk.type) && !talk.background && talk.status == Status::occurred && std::all_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return talk.person_parts.contains(p); });
      });
    };
    for (std::size_t i = std::min(stories_.size(), kLookBackMax); i-- > 0;) {
      if (!said_there(stories_[i])) continue;
      composition_.set_aside.push_back({stories_[i].type, stories_[i].rule, "a view said inside a talk", stories_[i].sentence, 0, 0});
      stories_.erase(stories_.begin() + static_cast<std::ptrdiff_t>(i));
      std::erase_if(composition_.joined, [&](const auto& joined) { return joined.event == i; });
      for (auto& joined : composition_.joined)
        if (joined.event > i) --joined.event;
    }
  }

  // What signs tell that no frame knows counts where nothing else tells of it, and beside other events only with a time or place.
  bool is_news(const Draft& draft) const {
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

  void add(const Draft& draft) {
    if (draft.joins_last) {
      if (!join_last(draft)) late_.push_back(draft);
      return;
    }
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
      if (taking.slot == Slot::of || taking.slot == Slot::between || taking.slot == Slot::among) among = std::max(among, taking.who.parties.size());
    story.gathering = among > 2;
    story.listed = draft.listed;
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
      story.edition = draft.forum->edition;
      story.unnamed = draft.forum->generic;
    }
    for (const Taking& taking : draft.takings) take(story, taking);
    add_receiving(story);
    // "they handed over three ambulances": those who get them are not among the givers, though they came along.
    if (story.type == EventType::aid)
      for (const Taking& taking : draft.takings)
        for (const PartyIndex party : taking.who.parties)
          if (taking.part == Part::recipient && story.party_parts[party] == Part::donor &&
              std::any_of(story.party_parts.begin(), story.party_parts.end(), [&](const auto& entry) { return entry.first != party && entry.second == Part::donor; }))
            story.party_parts[party] = Part::recipient;
    // "NATO Foreign Ministers met in Berlin": those of an organisation's members, a conference though it has no name.
    if (story.type == EventType::meeting && story.rule == "meeting.met-together" && !story.anaphoric && story.parties.size() == 1 && story.persons.empty() && story.level &&
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
    inherit(story);
    // "has been appointed Ambassador and will take up his duties on 1 December": one appointment.
    const bool told_before = story.type == EventType::appointment && story.rule == "appointment.office" && std::any_of(stories_.begin(), stories_.end(), [&](const Story& before) {
      return before.type == EventType::appointment && std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return contains(before.persons, p); });
    });
    if (told_before) return;
    if (sets_up_relations(story, draft)) return;
    stay_with_us(story, draft);
    if (draft.at_margins) meet_at_margins(story, draft);
    if (story.type == EventType::visit) take_leg(story);
    if (merge(story)) {
      if (!is_quoted(draft)) setting_.follow(story, block_of(draft));
      return;
    }
    date_by_talks(story, draft.within_talk);
    date_by_session(story);
    if (draft.within_visit) date_by_visit(story);
    setting_.lend(story, draft.tense, block_of(draft));
    // "the meeting of the two Presidents, which took place in May or when": another than those told before.
    if (told_whole && !story.background && story.type == EventType::meeting && story.level && story.rule != "meeting.discussed-together") story.anaphoric = false;
    if (!stands(story, draft.tense)) {
      const bool of_many = draft.separable && (is_talk(story.type) || story.type == EventType::message) && !story.persons.empty() && story.parties.size() < 2 && !story.background;
      if (of_many) head_ = story;
      composition_.set_aside.push_back({story.type, story.rule, why_not(story), draft.sentence, draft.begin, draft.end});
      return;
    }
    if ((is_talk(story.type) || story.type == EventType::accreditation) && !story.background && story.status == Status::occurred) talks_told_ = true;
    if (story.type == EventType::conference && !story.background && story.status == Status::occurred) gathering_told_ = true;
    if (!is_quoted(draft)) setting_.follow(story, block_of(draft));
    stories_.push_back(std::move(story));
  }

  // "A and B established relations. A Joint Communiqué to this effect was signed in New York by C and D": how, where and by whom.
  bool sets_up_relations(const Story& story, const Draft& draft) {
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
  void stay_with_us(Story& story, const Draft& draft) const {
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

  // What somebody recalls in a quotation is not where the telling stands.
  bool is_quoted(const Draft& draft) const {
    const Sentence& sentence = view_.sentences[draft.sentence];
    const std::string_view first = sentence.begin < sentence.end ? view_.raw(sentence.begin, sentence.begin + 1) : std::string_view();
    return sentence.quoted || first == "“" || first == "\"" || first == "«";
  }

  // "The Minister received the following calls:" tells none by itself; its host, day and place are those of the calls that the
  // paragraphs under it tell.
  void inherit(Story& story) const {
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
    if (!head_ || head_->type != story.type || story.sentence > head_->sentence + kReach || (story.background && !message)) return;
    if (message && !has_part(story, Part::sender)) return;
    const bool hosted = std::any_of(story.person_parts.begin(), story.person_parts.end(), [](const auto& entry) { return entry.second == Part::host; });
    if (hosted || (story.date && head_->date && !story.date->overlaps(*head_->date))) return;
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
    if (!story.date) story.date = head_->date;
    if (message && !story.sets.stance) story.sets.stance = head_->sets.stance;
    if (story.city.empty() && story.place_country == kNoParty) {
      story.city = head_->city;
      story.place_country = head_->place_country;
    }
  }

  std::uint32_t block_of(const Draft& draft) const { return view_.sentences[draft.sentence].block; }

  void take(Story& story, const Taking& taking) {
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
    std::optional<Level> level = taking.who.level;
    // An appointment has the rank of whoever is named, not of who names him.
    if (story.type == EventType::appointment && taking.part != Part::appointee) return;
    if (story.type == EventType::appointment && taking.who.persons.size() == 1 && is_special(story, taking.who.persons[0])) level.reset();
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].level && !is_special(story, person) && (!level || *cast_.persons()[person].level < *level)) level = cast_.persons()[person].level;
    if (story.type == EventType::relations && taking.part != Part::signatory) return;
    if (level && (!story.level || *level < *story.level)) story.level = level;
  }

  // Special envoys have no rank of a service.
  bool is_special(const Story& story, std::uint32_t person) const {
    if (story.type != EventType::appointment || cast_.persons()[person].kind != PostKind::envoy) return false;
    const std::string& post = cast_.persons()[person].post;
    return post.find("Special") != std::string::npos || post.find("Personal") != std::string::npos;
  }

  static void mark(Story& story, Sign sign, bool so) { story.signs[static_cast<std::size_t>(sign)] = so; }

  static void add_party(Story& story, PartyIndex party, Part part) {
    if (party == kNoParty) return;
    if (!contains(story.parties, party)) story.parties.push_back(party);
    const auto [at, fresh] = story.party_parts.emplace(party, part);
    if (!fresh && at->second == Part::participant) at->second = part;
  }

  Status status_of(const Draft& draft, const std::optional<Edtf>& date) const {
    if (draft.cancelled) return Status::cancelled;
    const bool later = date && published_ && date->earliest() && *date->earliest() > to_day(*published_);
    const bool over = date && published_ && date->latest() && *date->latest() < to_day(*published_);
    // "it was agreed to convene the meeting in 2026": a year that is told and still to come
    if (later && (draft.tense != Tense::past || (draft.date && draft.date->first.year && draft.type != EventType::agreement))) return Status::planned;
    if (draft.type == EventType::aid && draft.planned) return Status::planned;  // dated by the decision
    if (over) return Status::occurred;
    if (draft.planned || draft.upcoming) return Status::planned;
    return Status::occurred;
  }

  // "Diplomatic relations were established in 1992": those of the two whom the text is about.
  void complete_relations(Story& story) const {
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
  PartyIndex only_other_state() const {
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
  PartyIndex state_beside(std::uint32_t sentence) const {
    for (std::uint32_t i = sentence + 1; i-- > 0 && i + 1 >= sentence;)
      for (const ActorMention& actor : view_.sentences[i].actors)
        for (const PartyIndex party : actor.parties)
          if (party != cast_.own() && view_.tables->parties[party].kind == graph::EntityKind::country) return party;
    return kNoParty;
  }

  // "The embargo was prolonged by the Government", "a note of protest was handed over": against whom, the text says elsewhere,
  // where it speaks of one other state only.
  void complete_adverse(Story& story) {
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
  std::vector<PartyIndex> pair_of_text() const {
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
  void complete_pair(Story& story) const {
    const bool of_two = story.type == EventType::agreement || story.type == EventType::consultation || story.type == EventType::relations || story.type == EventType::mission;
    if (!of_two || pair_.size() != 2 || story.parties.size() > 1 || !(story.date || story.edition)) return;
    if ((!story.parties.empty() && !contains(pair_, story.parties[0])) || (story.type == EventType::consultation && (story.anaphoric || story.unnamed))) return;
    const bool signed_now = story.type == EventType::agreement && story.sets.stage == graph::Stage::signed_;
    for (const PartyIndex party : pair_) add_party(story, party, signed_now ? Part::signatory : Part::participant);
  }

  // A talk with one party only that is not ours has us on the other side.
  void complete_parties(Story& story) {
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
    // "The working lunch with Minister A, announced for Tuesday, has been cancelled": told for the first time, though by "the"
    const bool called_off = story.status == Status::cancelled && story.date;
    if (two_sided && (!story.anaphoric || called_off) && !(story.background && story.type == EventType::consultation)) {
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

  // The gathering told last; null for none.
  const Story* last_gathering() const {
    for (std::size_t i = stories_.size(); i-- > oldest();)
      if (stories_[i].type == EventType::conference || stories_[i].type == EventType::consultation)
        if (stories_[i].status == Status::occurred || !stories_[i].background) return &stories_[i];
    return nullptr;
  }

  // "On the margins of the Meeting A met B on the same day": where and when the gathering was.
  void meet_at_margins(Story& story, const Draft& draft) const {
    if (story.type != EventType::meeting && story.type != EventType::courtesy_call && story.type != EventType::agreement && story.type != EventType::consultation) return;
    const Story* gathering = last_gathering();
    if (gathering == nullptr || gathering->sets.mode || gathering->status != story.status) return;
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
  void adopt_there(Story& story, const Draft& draft) const {
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
  void take_leg(const Story& leg) {
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

  std::size_t oldest() const { return stories_.size() - std::min(stories_.size(), kLookBackMax); }

  bool merge(const Story& story) {
    for (std::size_t i = stories_.size(); i-- > oldest();)
      if (same_happening(stories_[i], story) && !(stories_[i].type != story.type && is_earlier_round(stories_[i]))) {
        absorb(stories_[i], story);
        if (!story.background && story.city.empty() && story.place_country == kNoParty) setting_.lend_place(stories_[i], story);
        composition_.joined.push_back({story.rule, story.sentence, i});
        return true;
      }
    return false;
  }

  // Whether what is told is enough for an event.
  bool stands(const Story& story, Tense tense) const {
    const PartyIndex own = cast_.own();
    const bool foreign = std::any_of(story.parties.begin(), story.parties.end(), [&](PartyIndex p) { return p != own; });
    if (story.type == EventType::conference) {
      const bool hosted_abroad = foreign && story.date && has_part(story, Part::host);  // "B is to host an international donor conference"
      if ((story.forum_slug.empty() && !story.gathering && !hosted_abroad) || story.anaphoric) return false;
      return story.edition || story.date || !story.background;
    }
    if (story.type == EventType::consultation) return !story.anaphoric && story.parties.size() >= 2 && (story.edition || story.date || !story.background);
    if (story.type == EventType::message && story.sets.voiced && talks_told_) return false;
    if (story.anaphoric && !story.date && story.type != EventType::visit) return false;
    if (story.type == EventType::relations && !story.date && story.sides_supposed && (story.background || !published_)) return false;
    if (story.type == EventType::appointment) return !story.persons.empty() && !story.parties.empty();
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

  // In a text that tells of talks, what is said is mostly said in them: but not what a spokesperson says, or what the state
  // itself does in the present tense ("strongly condemns").
  bool speaks_for_itself(const Story& story, Tense tense) const {
    const bool talked = std::any_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t person) {
      return std::any_of(stories_.begin(), stories_.end(), [&](const Story& s) { return is_talk(s.type) && !s.background && contains(s.persons, person); });
    });
    if (talked) return false;
    if (!story.persons.empty()) return std::all_of(story.persons.begin(), story.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::spokesperson; });
    return tense == Tense::present;
  }

  // In words, for whoever asks: what the story lacks that stands() wants.
  std::string why_not(const Story& story) const {
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

  static bool has_part(const Story& story, Part part) {
    return std::any_of(story.party_parts.begin(), story.party_parts.end(), [&](const auto& entry) { return entry.second == part; });
  }

  // A text with one event and one day near its publication: that is the day of the event, whichever sentence says it.
  void date_only_event() {
    constexpr Day kDaysMax = 31;
    constexpr std::size_t kSentencesMax = 8;
    if (!published_ || stories_.size() != 1 || view_.sentences.size() > kSentencesMax) return;
    Story& story = stories_[0];
    if (story.date || story.background || story.status != Status::occurred || story.type == EventType::statement || story.type == EventType::appointment) return;
    std::optional<Edtf> only;
    const Day published = to_day(*published_);
    for (const Sentence& sentence : view_.sentences)
      for (const DateExpr& said : sentence.dates) {
        DateContext context;
        context.published = published_;
        context.tense = Tense::past;
        const auto date = resolve_date(said, context);
        if (!date || !date->is_day()) return;
        if (only && !(*only == *date)) return;
        only = date;
      }
    if (only && *only->earliest() <= published && *only->earliest() + kDaysMax >= published) story.date = only;
  }

  // "At noon in A, on 17 December, two folders were carried in. When they were closed, notes had been exchanged": the scene that the
  // sentences right before set gives its time and town.
  bool date_by_scene(Story& story) const {
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

  // The release's own news without a date took place when it was published.
  void date_main_events() {
    if (!published_ && !told_on_) return;
    date_only_event();
    bool first = true;
    for (Story& story : stories_) {
      // "met the Ministers of A, B and C": as many first events.
      const bool told_with_first = !stories_.empty() && story.sentence == stories_[0].sentence && is_talk(story.type) && is_talk(stories_[0].type);
      // "has today appointed three ambassadors. A has been appointed": each of them
      const bool one_of_list = story.type == EventType::appointment && !stories_.empty() && stories_[0].type == EventType::appointment;
      const bool main = first || told_with_first || one_of_list || story.type == EventType::statement;
      const bool decided = story.type == EventType::aid && story.status == Status::planned;  // dated by the decision
      if (!story.date && (story.status == Status::occurred || decided) && !story.background && main) {
        const bool takes = is_talk(story.type) || story.type == EventType::statement || story.type == EventType::message || story.type == EventType::agreement ||
                           story.type == EventType::appointment || story.type == EventType::aid || story.type == EventType::sanction || story.type == EventType::summon ||
                           story.type == EventType::relations || story.type == EventType::mission;
        if (takes && published_ && date_by_scene(story)) {
          first = false;
          continue;
        }
        if (takes) {
          story.date = published_ ? Edtf::day(published_->year, published_->month, published_->day) : told_on_;
          mark(story, Sign::date_of_release, true);
        }
      }
      first = false;
    }
  }

  // "A received B. The guest conveyed to him the greetings of C": in the talk told right before, of the same two.
  void date_conveyed(Story& message, std::size_t index) const {
    constexpr std::uint32_t kReach = 2;  // sentences
    if (message.type != EventType::message || message.date || message.background || message.status != Status::occurred) return;
    for (std::size_t k = index; k-- > 0 && k + kLookBackMax > index;) {
      const Story& talk = stories_[k];
      if (talk.sentence + kReach < message.sentence) return;
      if (!is_talk(talk.type) || talk.type == EventType::call || talk.background || talk.status != Status::occurred || !talk.date) continue;
      if (!std::all_of(message.parties.begin(), message.parties.end(), [&](PartyIndex p) { return contains(talk.parties, p); })) continue;
      if (talk.date->is_day() || talk.date->text().starts_with("XXXX")) message.date = talk.date;
      return;
    }
  }

  // "Before the signing the Ambassador called on A": on the day of the act told before.
  void date_beside() {
    constexpr std::uint32_t kReach = 4;  // sentences
    for (std::size_t i = 1; i < stories_.size(); ++i) {
      Story& story = stories_[i];
      date_conveyed(story, i);
      if (!story.beside || story.date || story.background || story.status != Status::occurred || story.type == EventType::statement) continue;
      for (std::size_t k = i; k-- > 0 && k + kLookBackMax > i;) {
        const Story& act = stories_[k];
        if (act.sentence + kReach < story.sentence) break;
        if (act.background || act.status != story.status || !act.date || act.type == EventType::statement || act.type == EventType::visit) continue;
        if (act.date->text().size() != std::string_view("2020-11-19").size()) break;
        story.date = act.date;
        break;
      }
    }
  }

  // "arrived today for a two-day visit": today and tomorrow.
  static std::optional<Edtf> over_days(const Story& story) {
    constexpr int kDaysMax = 60;
    if (story.type != EventType::visit || !story.days || *story.days < 2 || *story.days > kDaysMax || !story.date || !story.date->is_day() || !story.date->earliest()) return story.date;
    const Day told = *story.date->earliest();
    const CivilDate first = to_civil(story.ends ? told - (*story.days - 1) : told);
    const CivilDate last = to_civil(story.ends ? told : told + (*story.days - 1));
    return Edtf::interval(Edtf::day(first.year, first.month, first.day), Edtf::day(last.year, last.month, last.day));
  }

  void finish(const Story& story) {
    Composed event;
    graph::EventFacts& facts = event.facts;
    facts.type = type_of(story);
    facts.date = over_days(story);
    facts.status = story.status;
    for (const PartyIndex party : story.parties) facts.parties.push_back(view_.tables->parties[party].id);
    for (const std::uint32_t person : story.persons) facts.officials.push_back(id_of(person));
    set_roles(story, facts);
    if (graph::allows_forum(story.type) && !story.forum_slug.empty()) {
      facts.forum = graph::forum_id(story.forum);
      facts.edition = story.edition;
    }
    if (!story.city.empty() || story.place_country != kNoParty) {
      graph::Place place;
      place.city = story.city;
      if (story.place_country != kNoParty) place.country = std::string(graph::country_code(view_.tables->parties[story.place_country].id));
      const bool said = story.type != EventType::visit || !place.city.empty();
      if (said && (!place.city.empty() || !place.country.empty())) facts.place = place;
    }
    if (story.type == EventType::call) facts.mode = graph::Mode::phone;
    else if (story.sets.mode) facts.mode = story.sets.mode;
    if (story.type != EventType::aid || !story.persons.empty()) facts.level = story.level;
    if (story.sets.stage && graph::allows_stage(story.type, *story.sets.stage)) facts.stage = story.sets.stage;
    if (story.sets.stance && graph::allows_stance(story.type)) facts.stance = story.sets.stance;
    if (story.count && *story.count > 1) facts.count = story.count;
    event.rule = story.rule;
    event.signs = signs_of(story);
    event.rule_confidence = story.confidence;
    event.confidence = confidence_of(story, event.signs, view_.tables->confidence);
    event.evidence = story.evidence;
    std::sort(event.evidence.begin(), event.evidence.end());
    event.evidence.erase(std::unique(event.evidence.begin(), event.evidence.end()), event.evidence.end());
    composition_.events.push_back(std::move(event));
  }

  void set_roles(const Story& story, graph::EventFacts& facts) {
    const bool officials_only = roles_of_officials(story.type);
    std::vector<PartyIndex> covered;
    if (!roles_of_parties_only(story.type))
      for (const auto& [person, part] : story.person_parts) {
        const auto role = role_of(part);
        if (!role || !graph::allows_role(story.type, *role)) continue;
        facts.roles[id_of(person)] = *role;
        covered.push_back(cast_.persons()[person].of);
      }
    for (const auto& [party, part] : story.party_parts) {
      const auto role = role_of(part);
      if (!role || !graph::allows_role(story.type, *role)) continue;
      if (officials_only && contains(covered, party)) continue;
      if (*role == Role::chair && contains(covered, party)) continue;
      facts.roles[view_.tables->parties[party].id] = *role;
    }
  }

  // Once every side is settled: each is asked for once for every event and once more.
  const graph::EntityId& id_of(std::uint32_t person) {
    if (ids_.size() < cast_.persons().size()) ids_.resize(cast_.persons().size());
    if (!ids_[person]) {
      const Person& known = cast_.persons()[person];
      const graph::EntityId of = known.of == kNoParty ? graph::EntityId() : view_.tables->parties[known.of].id;
      ids_[person] = graph::official_id(of, known.name);
    }
    return *ids_[person];
  }

  void add_officials() {
    std::unordered_set<std::string> acting;
    for (const Composed& event : composition_.events)
      for (const graph::EntityId& official : event.facts.officials) acting.insert(official.str());
    const std::unordered_map<std::uint32_t, graph::Span> spans = spans_of_persons();
    for (std::uint32_t i = 0; i < cast_.persons().size(); ++i) {
      const Person& person = cast_.persons()[i];
      const graph::EntityId id = id_of(i);
      if (person.of == kNoParty || ((!person.has_post || person.historic) && !acting.contains(id.str()))) continue;
      graph::OfficialFacts facts;
      facts.id = id;
      facts.name = collapse_blanks(person.name);
      facts.of = view_.tables->parties[person.of].id;
      facts.post = person.post;
      composition_.officials.push_back(std::move(facts));
      const auto span = spans.find(i);
      composition_.official_spans.push_back(span == spans.end() ? graph::Span{} : span->second);
    }
  }

  // Where each person is named first.
  std::unordered_map<std::uint32_t, graph::Span> spans_of_persons() const {
    std::unordered_map<std::uint32_t, graph::Span> spans;
    for (const Sentence& sentence : view_.sentences)
      for (const ActorMention& actor : sentence.actors)
        if (actor.begin < actor.end)
          for (const std::uint32_t person : actor.persons) spans.try_emplace(person, graph::Span{view_.tokens[actor.begin].begin, view_.tokens[actor.end - 1].end});
    return spans;
  }

  void add_forums() {
    std::unordered_set<std::string> seen;
    for (const Sentence& sentence : view_.sentences)
      for (const ForumMention& forum : sentence.forums) {
        if (forum.generic) continue;
        const graph::EntityId id = graph::forum_id(forum.name);
        if (!seen.insert(id.str()).second) continue;
        composition_.forums.push_back({id, forum.name, {}});
        composition_.forum_spans.push_back({view_.tokens[forum.begin].begin, view_.tokens[forum.end - 1].end});
      }
  }

  const TextView& view_;
  Cast& cast_;
  std::optional<CivilDate> published_;
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

}  // namespace

Composition compose(const TextView& view, Cast& cast, std::vector<Draft> drafts, std::optional<CivilDate> published) {
  return Composer(view, cast, published).run(std::move(drafts));
}

}  // namespace entente::importers
