#include "importers/emit/story.h"

#include <algorithm>
#include <sstream>

#include "base/contains.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

template <class T>
bool overlap(const std::vector<T>& a, const std::vector<T>& b) {
  return std::any_of(a.begin(), a.end(), [&](const T& value) { return contains(b, value); });
}

template <class T>
bool subset(const std::vector<T>& a, const std::vector<T>& b) {
  return std::all_of(a.begin(), a.end(), [&](const T& value) { return contains(b, value); });
}

bool dates_agree(const std::optional<Edtf>& a, const std::optional<Edtf>& b) {
  if (!a || !b) return true;
  if (*a == *b || a->overlaps(*b)) return true;
  const std::string& x = a->text();
  const std::string& y = b->text();
  return x.starts_with(y) || y.starts_with(x);
}

// "4th Policy Consultation" is the "ROK-Turkmenistan Policy Consultation".
bool forums_agree(const Story& a, const Story& b) {
  if (a.forum_slug.empty() || b.forum_slug.empty()) return true;
  if (a.forum_slug == b.forum_slug) return true;
  const std::vector<std::string>& x = a.forum_words;
  const std::vector<std::string>& y = b.forum_words;
  return std::includes(x.begin(), x.end(), y.begin(), y.end()) || std::includes(y.begin(), y.end(), x.begin(), x.end());
}

bool is_series(EventType type) { return type == EventType::consultation || type == EventType::conference; }

bool is_talk(EventType type) { return type == EventType::meeting || is_series(type) || type == EventType::call || type == EventType::courtesy_call; }

bool is_of_feeling(const std::optional<graph::Stance>& stance) {
  return stance == graph::Stance::condole || stance == graph::Stance::congratulate || stance == graph::Stance::thank;
}

bool persons_agree(const Story& a, const Story& b) {
  if (a.persons.empty() || b.persons.empty()) return true;
  const auto all_of_in = [](const Story& x, const Story& y) {
    return x.persons.size() <= y.persons.size() && std::all_of(x.persons.begin(), x.persons.end(), [&](std::uint32_t p) { return y.person_parts.contains(p); });
  };
  return all_of_in(a, b) || all_of_in(b, a);
}

// A part that one sentence tells goes before plain taking part.
template <class Parts>
void take_parts(Parts& parts, const Parts& more) {
  for (const auto& [who, part] : more) {
    const auto [at, fresh] = parts.emplace(who, part);
    if (!fresh && at->second == Part::participant) at->second = part;
  }
}

// Each has a target, and none is the target of both.
bool targets_differ(const Story& a, const Story& b) {
  bool of_a = false;
  bool of_both = false;
  bool of_b = std::any_of(b.party_parts.begin(), b.party_parts.end(), [](const auto& entry) { return entry.second == Part::target; });
  for (const auto& [party, part] : a.party_parts) {
    if (part != Part::target) continue;
    of_a = true;
    const auto other = b.party_parts.find(party);
    of_both = of_both || (other != b.party_parts.end() && other->second == Part::target);
  }
  return of_a && of_b && !of_both;
}

// Whether a party that is guest, donor or target in one is something else in the other.
bool parts_differ(const Story& a, const Story& b) {
  return std::any_of(a.party_parts.begin(), a.party_parts.end(), [&](const auto& entry) {
    const auto other = b.party_parts.find(entry.first);
    if (other == b.party_parts.end() || other->second == entry.second) return false;
    const bool both_ways = a.type == EventType::visit || a.type == EventType::message;
    return both_ways || (other->second != Part::participant && entry.second != Part::participant);
  }) || (a.type == EventType::expulsion && targets_differ(a, b));
}

// Whether each says who sends, and it is not the same one.
bool senders_differ(const Story& a, const Story& b) {
  const auto sender = [](const Story& s) -> std::vector<PartyIndex> {
    std::vector<PartyIndex> found;
    for (const auto& [party, part] : s.party_parts)
      if (part == Part::sender) found.push_back(party);
    return found;
  };
  const std::vector<PartyIndex> of_a = sender(a);
  const std::vector<PartyIndex> of_b = sender(b);
  return !of_a.empty() && !of_b.empty() && !overlap(of_a, of_b);
}

// Signs that hold for the whole when one of the sentences that tell it has them.
Signs told_once() {
  Signs signs;
  signs.set(static_cast<std::size_t>(Sign::subject_left_out));
  return signs;
}

bool status_agrees(const Story& a, const Story& b) {
  if (a.status == b.status) return true;
  return a.status != Status::occurred && b.status != Status::occurred;
}

}  // namespace

std::vector<std::string> forum_words(const std::string& slug) {
  std::vector<std::string> words;
  std::istringstream in(slug);
  for (std::string word; std::getline(in, word, '-');)
    if (word != "the" && word != "of" && word != "and") words.push_back(word);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

bool same_happening(const Story& a, const Story& b) {
  if (b.anaphoric && !b.forum_slug.empty() && is_series(a.type) && forums_agree(a, b) && !a.forum_slug.empty())
    return (!a.edition || !b.edition || *a.edition == *b.edition) && dates_agree(a.date, b.date) && !(a.status == Status::planned && b.status == Status::occurred);  // not what the next one will be
  if (b.anaphoric && b.unnamed && !b.edition && !b.date && !a.forum_slug.empty() && !a.background && a.status == b.status && a.type == EventType::conference && b.type == EventType::conference) return true;
  if (is_series(a.type) && is_series(b.type)) {
    if (!forums_agree(a, b) || (a.status == Status::planned) != (b.status == Status::planned)) return false;
    if (a.edition != b.edition && a.edition && b.edition) return false;
    if (a.type != b.type && a.forum_slug.empty() && b.edition) return false;  // consultations without a name, and "the Second Conference" of others
    if (!a.edition && !b.edition && a.forum_slug != b.forum_slug) return false;
    return dates_agree(a.date, b.date) && (overlap(a.parties, b.parties) || a.parties.empty() || b.parties.empty());
  }
  // "The ministers came together for a Trilateral Meeting of ...": one gathering told twice in a breath.
  const bool one_breath = a.sentence == b.sentence && !a.anaphoric && !b.anaphoric && ((a.type == EventType::meeting && is_series(b.type)) || (b.type == EventType::meeting && is_series(a.type)));
  if (one_breath && a.parties.size() > 2 && subset(a.parties, b.parties) && subset(b.parties, a.parties) && dates_agree(a.date, b.date) && status_agrees(a, b)) return true;
  if (a.type != b.type) return b.anaphoric && is_talk(a.type) && b.type == EventType::meeting && dates_agree(a.date, b.date) && subset(b.parties, a.parties) && !b.date;
  if (a.sets.stage != b.sets.stage) return false;
  if (a.listed && b.listed && (a.sentence != b.sentence || a.type == EventType::agreement)) return false;
  if (b.afterwards && a.sentence == b.sentence) return false;
  // A memorandum and a declaration are two papers; "the agreement" may be either.
  if (a.type == EventType::agreement && a.paper != b.paper && !a.paper.empty() && !b.paper.empty()) return false;
  if (a.type == EventType::agreement && a.count.has_value() != b.count.has_value() && !(a.count ? b : a).paper.empty()) return false;  // a Joint Communiqué is none of the three memoranda
  if (a.type == EventType::agreement && a.sentence == b.sentence && a.count != b.count) return false;  // "adopted a statement and witnessed the signing of five documents"
  if (a.sets.stance != b.sets.stance && a.type != EventType::message && a.type != EventType::statement) return false;
  // To condemn the attack and to condole with the state, each in a sentence of its own, are two.
  if (a.type == EventType::statement && a.sentence != b.sentence && a.sets.stance != b.sets.stance && (is_of_feeling(a.sets.stance) || is_of_feeling(b.sets.stance))) return false;
  // A gathering of many, and the talk that two of them had there.
  const auto many = [](const Story& s) { return s.rule == "meeting.met-together" && s.parties.size() > 2; };
  if (a.type == EventType::meeting && many(a) && !many(b) && !b.anaphoric && b.parties.size() == 2) return false;
  // "Met with the Prime Minister. Also met with the President.": one meeting of the entry with its hosts.
  const bool one_entry = a.type == EventType::meeting && a.home != kNoParty && a.home == b.home && a.entry_date && b.entry_date && a.date == b.date &&
                         a.parties.size() == 2 && subset(a.parties, b.parties) && subset(b.parties, a.parties);
  if (one_entry) return true;
  // "Visit cancelled." under the heading of the journey
  const bool cancelled_entry = a.type == EventType::visit && a.home != kNoParty && a.home == b.home && b.status == Status::cancelled && subset(b.parties, a.parties);
  if (cancelled_entry) return true;
  if (!dates_agree(a.date, b.date) || !status_agrees(a, b) || !persons_agree(a, b)) return false;
  if (a.count != b.count && a.count && b.count) return false;
  if (a.sets.level && b.sets.level && *a.sets.level != *b.sets.level) return false;
  if (a.level && b.level && *a.level != *b.level && (a.persons.empty() || b.persons.empty()) && !b.anaphoric) return false;
  // "They reviewed their relations" behind two meetings is no third that joins them.
  if (b.rule == "meeting.discussed-together" && !subset(b.parties, a.parties)) return false;
  const bool parties = subset(a.parties, b.parties) || subset(b.parties, a.parties);
  if (!parties) return false;
  if (a.type == EventType::message && senders_differ(a, b)) return false;
  if (a.type == EventType::visit || a.type == EventType::message) return !parts_differ(a, b);
  // Whose diplomats go, and whose go in return; who gives, and who gives back.
  const bool one_way = a.type == EventType::expulsion || a.type == EventType::aid || a.type == EventType::sanction || a.type == EventType::summon;
  if (one_way && parts_differ(a, b)) return false;
  // Two meetings of the same two on days that are not said are one only when the second is spoken of as known.
  if (a.type == EventType::meeting && a.single && b.single && a.sentence != b.sentence && !overlap(a.persons, b.persons)) return false;
  return true;
}

void absorb(Story& story, const Story& more) {
  for (const PartyIndex party : more.parties)
    if (!contains(story.parties, party)) story.parties.push_back(party);
  for (const std::uint32_t person : more.persons)
    if (!story.person_parts.contains(person)) story.persons.push_back(person);
  take_parts(story.party_parts, more.party_parts);
  take_parts(story.person_parts, more.person_parts);
  // "27 June – 3 July" over news of which one says its own day
  if (story.entry_date && !more.entry_date && more.date && more.date->is_day() && story.date && !story.date->is_day()) {
    story.date = more.date;
    story.entry_date = false;
  }
  const bool more_precise = more.date && !(more.entry_date && story.date && story.date->is_day()) && (!story.date || more.date->text().size() > story.date->text().size());
  if (more_precise && !(story.date && more.date->text().find('/') != std::string::npos && story.date->is_day())) story.date = more.date;
  if (!story.sets.stage) story.sets.stage = more.sets.stage;
  if (!story.sets.stance) story.sets.stance = more.sets.stance;
  if (!story.sets.mode) story.sets.mode = more.sets.mode;
  if (more.level && (!story.level || *more.level < *story.level)) story.level = more.level;
  if (story.city.empty()) {
    story.city = more.city;
    if (!more.city.empty() || story.place_country == kNoParty) story.place_country = more.place_country;
  }
  if (story.forum_slug.empty() || (more.forum_slug.size() > story.forum_slug.size() && !more.anaphoric)) {
    story.forum = more.forum;
    story.forum_slug = more.forum_slug;
    story.forum_words = more.forum_words;
  }
  if (!story.edition) story.edition = more.edition;
  if (!story.days) story.days = more.days;
  story.ends = story.ends || more.ends;
  if (story.paper.empty()) story.paper = more.paper;
  // "the three visits had shown": they sum up several
  if (!story.count && !(story.type == EventType::visit && more.anaphoric)) story.count = more.count;
  if (more.status == graph::Status::cancelled) story.status = more.status;
  story.evidence.insert(story.evidence.end(), more.evidence.begin(), more.evidence.end());
  if (more.confidence > story.confidence) {
    story.confidence = more.confidence;
    story.rule = more.rule;
  }
  story.signs |= more.signs & told_once();
  story.background = story.background && more.background;
  if (story.type == graph::EventType::meeting && (more.type == EventType::consultation || more.type == EventType::conference)) story.type = more.type;
}

}  // namespace entente::importers
