#include "importers/detect/clause.h"

#include <algorithm>

namespace entente::importers {

bool Arguments::has(Slot slot) const {
  return std::any_of(all.begin(), all.end(), [&](const Argument& a) { return a.slot == slot; });
}

Arguments Arguments::times() const {
  Arguments when;
  when.begin = begin;
  when.end = end;
  when.dates = dates;
  return when;
}

std::optional<Slot> slot_of(const TextView& view, const Item& preposition) {
  const Word word = view.word(preposition.begin);
  if (word == "for") return Slot::for_;
  if (word == "upon") return Slot::on;
  if (word == "towards") return Slot::toward;
  if (word == "alongside") return Slot::with;
  return parse_slot(word);
}

Clause::Clause(const TextView& view, const Sentence& sentence) : view_(view), sentence_(sentence) {
  const auto first = std::find_if(sentence.items.begin(), sentence.items.end(), [](const Item& x) { return x.kind == ItemKind::verb; });
  first_verb_ = static_cast<std::uint32_t>(first - sentence.items.begin());
}

const EventNoun& Clause::event_noun(std::uint32_t i) const {
  static const EventNoun nothing;
  return item(i).kind == ItemKind::noun ? view_.tables->nouns[sentence_.nouns[item(i).index].noun] : nothing;
}

bool Clause::is_phrase(std::uint32_t i) const {
  return item(i).kind == ItemKind::actor || item(i).kind == ItemKind::noun || item(i).kind == ItemKind::forum || item(i).kind == ItemKind::money;
}

// The one whom the relative clause that ends at an item is about: ", who is visiting B,"; the item itself when none is.
std::uint32_t Clause::past_relative(std::uint32_t last) const {
  for (std::uint32_t i = last; i > 1; --i) {
    if (item(i).kind == ItemKind::stop || item(i).kind == ItemKind::conjunction) break;
    if (item(i).kind == ItemKind::relative) return item(i - 1).kind == ItemKind::comma && is_actor(i - 2) ? i - 2 : last;
  }
  return last;
}

// From the last of "A, B and C" back to the first.
std::vector<std::uint32_t> Clause::coordination_back(std::uint32_t last) const {
  std::vector<std::uint32_t> found{last};
  std::uint32_t i = last;
  bool joined = false;
  while (i > 0) {
    if (is_actor(i - 1) && actor(i - 1).kind == ActorKind::counterpart) --i;  // "Minister A and his Kenyan counterpart B"
    else if (i > 1 && item(i - 1).kind == ItemKind::comma && is_actor(i - 2) && actor(i - 2).kind == ActorKind::counterpart) i -= 2;
    if (i == 0) break;
    std::uint32_t before = i - 1;
    while (before > 0 && (item(before).kind == ItemKind::determiner || (item(before).kind == ItemKind::adverb))) --before;
    const bool conj = item(before).kind == ItemKind::conjunction;
    const bool comma = item(before).kind == ItemKind::comma;
    const bool headline = comma && before == 1 && i == 2 && actor(i).kind == ActorKind::party;  // "Kenya, Ghana to hold talks"
    if (!conj && !(comma && joined) && !headline) break;
    if (before == 0) break;
    std::uint32_t prior = before - 1;
    if (conj && item(prior).kind == ItemKind::comma && prior > 0) --prior;
    if (item(prior).kind == ItemKind::close) break;
    if (conj && prior + 1 < before && item(prior).kind != ItemKind::actor) prior = past_relative(prior);  // "A, who is visiting B, and C met"
    if (item(prior).kind != ItemKind::actor) break;
    // "exchanges with Japan and the Minister said": what a preposition governs in a clause with a verb is no partner.
    std::uint32_t ahead = prior;
    while (ahead > 0 && item(ahead - 1).kind == ItemKind::determiner) --ahead;
    // But "accompanied by Ministers A and B, arrived": both of them, of the participle.
    const bool agents = ahead > 1 && word_is(ahead - 1, "by") && item(ahead - 2).kind == ItemKind::verb && verb(ahead - 2).bare_participle && !verb(ahead - 2).finite;
    if (ahead > 0 && item(ahead - 1).kind == ItemKind::preposition && !word_is(ahead - 1, "between") && !agents && first_verb_ < ahead && verb_before(ahead)) break;
    // "at the Mission to the United Nations, the Ambassador of A and the Ambassador of B": nor is what the words in front are of.
    if (comma && ahead > 0 && item(ahead - 1).kind == ItemKind::preposition && !word_is(ahead - 1, "between") && !names_persons(prior) && names_persons(i)) break;
    // "in the presence of the two Presidents, Minister A and Minister B signed": what opens the sentence ends at the comma
    if (comma && ahead > 0 && item(ahead - 1).kind == ItemKind::preposition && !word_is(ahead - 1, "between") && actor(prior).kind == ActorKind::both && names_persons(i) && !verb_before(ahead)) break;
    // "in New York, the Ambassador of A and the Ambassador of B": a town is none of them.
    if (actor(prior).kind == ActorKind::city && actor(i).kind != ActorKind::city) break;
    found.push_back(prior);
    joined = true;
    i = prior;
  }
  std::reverse(found.begin(), found.end());
  return found;
}

// A finite verb met on the way left, inside ", who is visiting Japan,": the item before its relative word; kNone if none.
std::uint32_t Clause::skip_relative_back(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item; i-- > 0;) {
    if (item(i).kind == ItemKind::relative) return i;
    if (item(i).kind == ItemKind::stop || item(i).kind == ItemKind::verb) return kNone;
  }
  return kNone;
}

// "handed over to the President the greetings of": a noun phrase with its article right behind another is the object.
bool Clause::starts_new_object(std::uint32_t i) const {
  if (i < 2 || item(i - 1).kind != ItemKind::determiner) return false;
  const ItemKind before = item(i - 2).kind;
  if (before == ItemKind::word && view_.word(item(i - 2).end - 1) == "terms") return true;  // "conveyed to him in no uncertain terms our protest"
  return before == ItemKind::actor || before == ItemKind::date || (before == ItemKind::noun && is_actor(i));
}

// "since diplomatic relations were established", "after the Minister arrived": prepositions that also join clauses.
bool Clause::opens_clause(std::uint32_t i) const { return word_is(i, "since") || word_is(i, "after") || word_is(i, "before") || word_is(i, "until") || word_is(i, "till"); }

// Whether a finite verb stands between the start of the sentence or clause and the item.
bool Clause::verb_before(std::uint32_t i) const {
  while (i-- > 0) {
    if (item(i).kind == ItemKind::stop || item(i).kind == ItemKind::relative) return false;
    if (item(i).kind == ItemKind::verb) return true;
  }
  return false;
}

// A town, or the country behind it or behind "in".
bool Clause::names_place(std::uint32_t i) const {
  if (!is_actor(i)) return false;
  if (actor(i).kind == ActorKind::city) return true;
  if (actor(i).kind != ActorKind::party || i == 0) return false;
  std::uint32_t before = i - 1;
  if (item(before).kind == ItemKind::determiner && before > 0) --before;
  if (word_is(before, "in")) return true;
  return item(before).kind == ItemKind::comma && before > 0 && is_actor(before - 1) && actor(before - 1).kind == ActorKind::city;
}

bool Clause::names_persons(std::uint32_t i) const {
  const ActorKind kind = actor(i).kind;
  return kind == ActorKind::person || kind == ActorKind::post || kind == ActorKind::pronoun || (kind == ActorKind::both && actor(i).level);
}

// "the 1992 agreement", "until April 2025": a time that names its noun, or an end.
bool Clause::is_attribute(std::uint32_t date) const {
  if (date == 0) return false;
  if (word_is(date - 1, "until") || word_is(date - 1, "till")) return true;
  if (date > 1 && item(date - 1).kind == ItemKind::conjunction && item(date - 2).kind == ItemKind::date) return is_attribute(date - 2);  // "of January and February"
  // "lodged today a protest over its decision of 14 November"
  if (word_is(date - 1, "of") && date > 1 && item(date - 2).kind == ItemKind::word)
    for (std::uint32_t i = 0; i + 2 < date; ++i)
      if (item(i).kind == ItemKind::date) return true;
  // "following Saturday's powerful earthquake", but "tomorrow's ceremony", "today's Conference"
  if (date + 2 < size() && item(date + 1).kind == ItemKind::possessive) {
    for (std::uint32_t i = date + 2; i < size() && i < date + 5; ++i) {
      if (item(i).kind == ItemKind::noun || item(i).kind == ItemKind::forum || view_.info(item(i).end - 1).is(WordClass::occasion)) return false;
      if (item(i).kind != ItemKind::word) break;
    }
    return true;
  }
  std::uint32_t noun = date + 1;  // "the 2024-2029 development cooperation agreement"
  while (noun < size() && noun < date + 4 && item(noun).kind == ItemKind::word && !view_.tokens[item(noun).begin].capital) ++noun;
  if (item(date - 1).kind == ItemKind::determiner && noun > date + 1 && noun < size() && item(noun).kind == ItemKind::noun && !sentence_.dates[item(date).index].first.month) return true;
  return item(date - 1).kind == ItemKind::determiner && date + 1 < size() && (item(date + 1).kind == ItemKind::noun || item(date + 1).kind == ItemKind::forum);
}

// "A communiqué establishing relations was signed": the phrase belongs to a participle, and that to what stands before it.
bool Clause::inside_participle(std::uint32_t phrase_begin) const {
  if (phrase_begin < 2 || item(phrase_begin - 1).kind != ItemKind::verb) return false;
  // "The Minister, visiting B, met": set off by a comma
  const std::uint32_t before = item(phrase_begin - 2).kind == ItemKind::comma && phrase_begin > 2 ? phrase_begin - 3 : phrase_begin - 2;
  if (!is_phrase(before)) return false;
  const VerbGroup& group = verb(phrase_begin - 1);
  return group.gerund && !group.finite;
}

// Whether an agreement is what the verb acts on.
bool Clause::is_paper_behind(const Arguments& arguments) const {
  return std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) {
    return a.slot == Slot::object && is_of_class(a.item, "agreement");
  });
}

// "signed a memorandum on trade and an agreement on visas": with an article of its own a second paper is acted on as the first.
bool Clause::is_next_paper(std::uint32_t i, const Arguments& arguments) const {
  if (i < 2 || item(i - 1).kind != ItemKind::determiner || !is_paper_behind(arguments)) return false;
  if (item(i - 2).kind != ItemKind::conjunction && item(i - 2).kind != ItemKind::comma) return false;
  return is_of_class(i, "agreement");
}

// "welcomed at State House, Nairobi, the President of B": an object behind the place, set off by a comma.
bool Clause::late_object(std::uint32_t i) const {
  std::uint32_t before = i;
  if (before > 0 && item(before - 1).kind == ItemKind::determiner) --before;
  if (before < 2 || item(before - 1).kind != ItemKind::comma) return false;
  // "has called home, for consultations, the Ambassador": behind an aside between commas.
  constexpr std::uint32_t kAsideItemsMax = 6;
  for (std::uint32_t open = before - 1; open-- > 0 && open + kAsideItemsMax >= before;) {
    if (item(open).kind == ItemKind::actor || item(open).kind == ItemKind::verb) break;
    if (item(open).kind != ItemKind::comma) continue;
    const ItemKind first = item(open + 1).kind;  // "received for talks, one after another, A and B"
    if (first == ItemKind::preposition || first == ItemKind::number || first == ItemKind::adverb) return true;
  }
  if (is_actor(before - 2)) return actor(before - 2).kind == ActorKind::city || actor(before - 2).kind == ActorKind::name;
  return view_.info(item(before - 2).end - 1).is(WordClass::headquarters);  // "received, at the Ministry's headquarters, A"
}

// Past "with immediate effect", "with great pleasure" when an object with its article follows; the preposition itself otherwise.
std::uint32_t Clause::past_manner(std::uint32_t preposition) const {
  // "extended by one year the sanctions"
  const bool by_so_much = word_is(preposition, "by") && preposition + 1 < size() && item(preposition + 1).kind == ItemKind::number;
  if (!word_is(preposition, "with") && !by_so_much) return preposition;
  std::uint32_t i = preposition + 1;
  while (i < size() && i < preposition + 4 && (item(i).kind == ItemKind::word || (by_so_much && item(i).kind == ItemKind::number))) ++i;
  return i > preposition + 1 && i < size() && item(i).kind == ItemKind::determiner ? i : preposition;
}

// "received today in Abu Dhabi His Excellency A": a person right behind a town or a time.
bool Clause::follows_setting(std::uint32_t i) const {
  if (i == 0) return false;
  const ActorMention& who = actor(i);
  if (who.kind != ActorKind::person || !(who.honorific || who.post)) return false;
  return item(i - 1).kind == ItemKind::date || (is_actor(i - 1) && (actor(i - 1).kind == ActorKind::city || actor(i - 1).kind == ActorKind::name));
}

// "received in audience Her Excellency A", "appointed as Nuncio in B Monsignor C": whoever stands right behind another phrase is
// the object that it put off.
bool Clause::stands_beside(std::uint32_t i, std::uint32_t from) const {
  const bool dated = i > from + 1 && item(i - 1).kind == ItemKind::date && item(i - 2).kind == ItemKind::noun;
  if (i <= from || (item(i - 1).kind != ItemKind::noun && !is_actor(i - 1) && !dated)) return false;
  if (is_actor(i - 1) && actor(i - 1).kind == ActorKind::counterpart) return false;  // "with his B colleague C": his name
  if (is_actor(i - 1) && (actor(i - 1).possessive || actor(i - 1).kind == ActorKind::adjective || actor(i - 1).kind == ActorKind::name)) return false;
  const bool name = actor(i).kind == ActorKind::name && actor(i).name_end - actor(i).name_begin > 1;
  return (name || actor(i).kind == ActorKind::person) && !actor(i).possessive;
}

Clause::Found& Clause::found(std::uint32_t verb_item) const {
  if (found_.empty()) found_.resize(sentence_.verbs.size());
  return found_[item(verb_item).index];
}

// Where the bracket opens that closes at an item; the first item where none does.
std::uint32_t Clause::opening_of(std::uint32_t close) const {
  while (close > 0 && item(close).kind != ItemKind::open) --close;
  return close;
}

// ", A (B), has offered": an actor between commas is the subject of what follows.
bool Clause::is_set_off(std::uint32_t i) const {
  if (item(i).kind == ItemKind::close) {
    i = opening_of(i);
    if (i > 0) --i;
  }
  if (!is_actor(i)) return false;
  while (i > 0 && item(i - 1).kind == ItemKind::determiner) --i;
  return i > 0 && item(i - 1).kind == ItemKind::comma;
}

// "X paid a call on A and had talks with B": the verb whose subject the one behind "and" has; kNone when it has its own.
std::uint32_t Clause::shares_subject(std::uint32_t verb_item) const {
  std::uint32_t i = verb_item;
  while (i > 0 && (item(i - 1).kind == ItemKind::adverb || item(i - 1).kind == ItemKind::date || item(i - 1).kind == ItemKind::comma ||
                   (i < verb_item && item(i).kind == ItemKind::date && item(i - 1).kind == ItemKind::preposition)))
    --i;
  // "after Belarus, in July, expelled A": an aside behind the subject, and no list of verbs
  const bool aside = i > 0 && i + 3 < verb_item && item(i).kind == ItemKind::comma && item(verb_item - 1).kind == ItemKind::comma && is_actor(i - 1);
  const bool listed = !aside && verb(verb_item).finite && i < verb_item && item(verb_item - 1).kind == ItemKind::comma;  // "received A, met B and"
  if (i > 1 && opens_inserted(item(i - 1).kind == ItemKind::verb ? i - 1 : i - 2) != kNone) return kNone;  // "Japan, he noted, pledged", "Japan, he pointed out, pledged"
  if (i == 0 || (item(i - 1).kind != ItemKind::conjunction && (!listed || is_set_off(i - 1))) || (verb(verb_item).passive && !verb(verb_item).finite)) return kNone;
  for (std::uint32_t before = i - 1; before-- > 0;) {
    const ItemKind kind = item(before).kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return kNone;
    if (kind != ItemKind::verb) continue;
    // "learned of the earthquake that struck A and expresses its solidarity": not what the relative clause says, in another tense
    const bool of_relative = before > 0 && item(before - 1).kind == ItemKind::relative && verb(before).finite && verb(before).tense == Tense::past && verb(verb_item).tense == Tense::present;
    if (of_relative) {
      std::uint32_t main = before - 1;
      while (main-- > 0 && item(main).kind != ItemKind::stop)
        if (item(main).kind == ItemKind::verb && verb(main).finite) return main;
      return kNone;
    }
    // "the Summit, of which A is the host, will be held": nor is the clause that a preposition opens
    if (const std::uint32_t relative = skip_relative_back(before); relative != kNone && relative > 0 && item(relative - 1).kind == ItemKind::preposition && item(verb_item - 1).kind == ItemKind::comma && !verb_before(relative)) return kNone;
    // "Dispatched by the President, the Minister, A, travelled": what opens the sentence is said of the subject behind it
    if (verb(before).elided && before + 1 < size() && word_is(before + 1, "by")) return kNone;
    if (verb(before).finite) return before;
    if (!verb(before).infinitive || !verb(verb_item).finite) return kNone;  // "left for A to attend the Forum, and will meet B"
  }
  return kNone;
}

std::vector<std::uint32_t> Clause::subject_of(std::uint32_t verb_item, bool& object_of_relative, std::uint32_t& antecedent) const {
  if (!found(verb_item).subject) {
    Subject subject;
    subject.group = find_subject(verb_item, subject.object_of_relative, subject.antecedent);
    found(verb_item).subject = std::move(subject);
  }
  const Subject& subject = *found(verb_item).subject;
  object_of_relative = subject.object_of_relative;
  antecedent = subject.antecedent;
  return subject.group;
}

// "Japan, the Minister noted, pledged": the comma before an inserted clause of saying whose verb stands at an item; kNone for none.
std::uint32_t Clause::opens_inserted(std::uint32_t verb_item) const {
  if (verb_item < 3 || verb_item + 2 >= size() || item(verb_item).kind != ItemKind::verb || !is_actor(verb_item - 1)) return kNone;
  const bool particle = item(verb_item + 1).kind != ItemKind::comma && word_is(verb_item + 1, "out");
  if (item(particle ? verb_item + 2 : verb_item + 1).kind != ItemKind::comma) return kNone;
  const VerbId main = verb(verb_item).main;
  if (main == kNoVerb || view_.tables->verbs[main].kind != VerbKind::report) return kNone;
  std::uint32_t before = verb_item - 1;
  while (before > 0 && item(before - 1).kind == ItemKind::determiner) --before;
  return before > 1 && item(before - 1).kind == ItemKind::comma && is_phrase(before - 2) ? before - 1 : kNone;
}

// "that was planned", "that took place", "that was held": said of a meeting, not of whoever meets.
bool Clause::is_of_happening(std::uint32_t verb_item) const {
  const VerbGroup& group = verb(verb_item);
  if (group.main == kNoVerb) return false;
  const VerbKind kind = view_.tables->verbs[group.main].kind;
  return kind == VerbKind::occur || (group.passive && (kind == VerbKind::plan || kind == VerbKind::light || kind == VerbKind::cancel || kind == VerbKind::shift));
}

// "visited": a verb that has a town for what it acts on.
bool Clause::acts_on_place(std::uint32_t verb_item) const {
  if (verb(verb_item).main == kNoVerb) return false;
  const std::vector<Frame>& frames = view_.tables->frames[verb(verb_item).main];
  return std::any_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.type == graph::EventType::visit && frame.object == ObjectNeed::city; });
}

// The town or country right before an item, past a comma; of "Lima, Peru" the town. kNone for none.
std::uint32_t Clause::place_ending_at(std::uint32_t end) const {
  if (end == 0) return kNone;
  std::uint32_t last = end - 1;
  if (item(last).kind == ItemKind::comma && last > 0) --last;
  if (!is_actor(last) || (actor(last).kind != ActorKind::city && actor(last).kind != ActorKind::party)) return kNone;
  const bool of_town = last > 1 && item(last - 1).kind == ItemKind::comma && is_actor(last - 2) && actor(last - 2).kind == ActorKind::city && actor(last - 2).parties == actor(last).parties;
  return of_town ? last - 2 : last;
}

// "the protocol on the course of the border that A and B signed": the noun before "that" which the verb acts on; kNone for none.
std::uint32_t Clause::acted_on_before(std::uint32_t relative, std::uint32_t verb_item) const {
  constexpr std::uint32_t kReach = 14;
  if (verb(verb_item).main == kNoVerb) return kNone;
  const std::vector<Frame>& frames = view_.tables->frames[verb(verb_item).main];
  for (std::uint32_t i = relative; i-- > 0 && i + kReach > relative;) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::verb || kind == ItemKind::stop || kind == ItemKind::comma || kind == ItemKind::relative) return kNone;
    if (kind != ItemKind::noun) continue;
    const NounClass of = view_.tables->nouns[sentence_.nouns[item(i).index].noun].noun_class;
    if (std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) { return frame.object == ObjectNeed::noun && frame.object_class == of; })) return i;
  }
  return kNone;
}

// "were", "have agreed", "co-chaired": a verb that one alone cannot have for its subject.
bool Clause::is_said_of_several(std::uint32_t verb_item) const {
  const VerbGroup& group = verb(verb_item);
  const Word first = view_.word(group.begin);
  const bool shared = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::chair && view_.raw(group.begin, group.end).find("co") != std::string_view::npos;
  return shared || first == "were" || first == "are" || first == "have";
}

// ", presently Joint Secretary,", ", until recently ambassador in Rome,": an office that commas set off behind a name.
bool Clause::is_office_set_off(std::uint32_t post) const {
  if (actor(post).kind != ActorKind::post || post + 1 >= size() || item(post + 1).kind != ItemKind::comma || post < 3 || item(post - 1).kind != ItemKind::adverb) return false;
  return item(post - 2).kind == ItemKind::comma || (word_is(post - 2, "until") && item(post - 3).kind == ItemKind::comma);
}

// "On that occasion New Zealand pledged", "At the close of the session A and B signed": what the preposition at the head of the clause
// governs ends in a common noun, so that the names right before the verb are no part of it.
bool Clause::stands_behind_opening(std::uint32_t preposition, std::uint32_t name, std::uint32_t last, std::uint32_t verb_item) const {
  std::uint32_t head = preposition;
  if (word_is(preposition, "of")) {
    while (head > 0 && (head == preposition || item(head).kind == ItemKind::word || item(head).kind == ItemKind::determiner)) --head;
    if (item(head).kind != ItemKind::preposition) return false;
  }
  if (head > 0 && item(head - 1).kind != ItemKind::stop) return false;
  const bool opens = last + 1 == verb_item && verb(verb_item).finite && actor(name).kind != ActorKind::city && actor(name).kind != ActorKind::it;
  return opens && preposition + 2 < name && item(preposition + 1).kind == ItemKind::determiner && item(name - 1).kind == ItemKind::word && !view_.tokens[item(name - 1).begin].capital;
}

std::vector<std::uint32_t> Clause::find_subject(std::uint32_t verb_item, bool& object_of_relative, std::uint32_t& antecedent) const {
  object_of_relative = false;
  antecedent = kNone;
  if (const std::uint32_t sharing = shares_subject(verb_item); sharing != kNone) {
    bool ignored = false;
    std::uint32_t other = kNone;
    auto group = subject_of(sharing, ignored, other);
    // "The Agreement, which the Minister signed in A, entered into force": the main clause still wants its verb
    const std::uint32_t relative = skip_relative_back(sharing);
    if (ignored && other != kNone && item(verb_item - 1).kind == ItemKind::comma && relative != kNone && !verb_before(relative)) {
      antecedent = other;
      return is_actor(other) ? std::vector<std::uint32_t>{other} : std::vector<std::uint32_t>{};
    }
    antecedent = ignored ? kNone : other;
    return group;
  }
  bool crossed_relative = false;
  for (std::uint32_t i = verb_item; i-- > 0;) {
    if (item(i).kind == ItemKind::close) i = opening_of(i);  // "the Consultations (FOC) were held"
    const Item& here = item(i);
    switch (here.kind) {
      case ItemKind::relative: {
        // who, which, that: what stands before them.
        if (word_is(i, "where") || word_is(i, "when") || word_is(i, "whose")) return {};
        bool past_person = false;
        for (std::uint32_t before = i; before-- > 0;) {
          if ((word_is(i, "which") || (word_is(i, "that") && is_of_happening(verb_item))) && is_actor(before) && names_persons(before)) {  // "the meeting of the two Presidents which took place"
            past_person = true;
            continue;
          }
          // "the visit to A by the Minister of B, which had been foreseen": behind persons no state is meant either
          if (past_person && is_actor(before) && actor(before).kind == ActorKind::party && before > 0 && (item(before - 1).kind == ItemKind::preposition || item(before - 1).kind == ItemKind::determiner)) continue;
          if (word_is(i, "which") && names_place(before)) continue;  // "the Forum in Nadi, Fiji, which is taking place"
          if (item(before).kind == ItemKind::close) {  // "the Council (SCO), which Kazakhstan will host"
            before = opening_of(before);
            continue;
          }
          if (is_phrase(before)) {
            antecedent = word_is(i, "which") ? paper_behind(before) : before;
            if (item(antecedent).kind != ItemKind::actor) return {};
            // "A and B, who co-chaired", "A and B, who were received": both
            const bool coordinated = word_is(i, "who") && antecedent > 1 && item(antecedent - 1).kind == ItemKind::conjunction && is_actor(antecedent - 2) && names_persons(antecedent - 2) && names_persons(antecedent);
            if (coordinated && is_said_of_several(verb_item)) return {antecedent - 2, antecedent};
            return {antecedent};
          }
          if (item(before).kind == ItemKind::verb || item(before).kind == ItemKind::stop) break;
        }
        return {};
      }
      case ItemKind::actor: {
        if (actor(i).kind == ActorKind::adjective || actor(i).possessive) break;
        // "in Antwerp, Belgium, will be closed": the country of a town is no subject.
        if (actor(i).kind == ActorKind::party && i > 1 && item(i - 1).kind == ItemKind::comma && is_actor(i - 2) && actor(i - 2).kind == ActorKind::city && actor(i - 2).parties == actor(i).parties) break;
        const std::vector<std::uint32_t> group = coordination_back(i);
        std::uint32_t before = group.front();
        while (before > 0 && item(before - 1).kind == ItemKind::word && before + 3 > group.front() && actor(group.front()).kind != ActorKind::pronoun) --before;  // "of a parliamentary delegation"
        if (before > 0 && item(before - 1).kind != ItemKind::determiner && item(before - 1).kind != ItemKind::preposition) before = group.front();
        // "From there she continues to B": the adverb is what the preposition governs
        while (before > 0 && (item(before - 1).kind == ItemKind::determiner || (item(before - 1).kind == ItemKind::adverb && !(before > 1 && item(before - 2).kind == ItemKind::preposition)))) --before;
        // "Secretary A, a former envoy to B, met": said of the one before it
        if (before > 1 && (word_is(before, "a") || word_is(before, "an")) && item(before - 1).kind == ItemKind::comma && is_actor(before - 2) && names_persons(before - 2) && actor(i).kind == ActorKind::post) {
          i = before - 1;
          break;
        }
        // "Mr A (1997), presently Joint Secretary, was named": so is an office that commas set off
        if (is_office_set_off(i)) {
          i = i - 1;
          break;
        }
        const bool as_clause = before > 0 && word_is(before - 1, "as") && verb(verb_item).finite && i + 1 == verb_item && verb_before(before - 1);  // "comes as Minister A visits B"
        if (before > 0 && ((item(before - 1).kind == ItemKind::preposition && !opens_clause(before - 1) && !as_clause && !stands_behind_opening(before - 1, group.front(), group.back(), verb_item)) || inside_participle(before))) {
          i = before - 1;  // inside "in Paris", "of the Ministry": not the subject
          break;
        }
        // "the visit, for which A had made arrangements": what a preposition governs is no object.
        const bool signs = verb(verb_item).main != kNoVerb && view_.tables->verbs[verb(verb_item).main].is(VerbTrait::signs);
        const bool governed = before > 1 && item(before - 2).kind == ItemKind::preposition &&
                              (word_is(before - 1, "which") || (signs && word_is(before - 1, "whom")));
        if (before > 0 && !governed && item(before - 1).kind == ItemKind::relative && !word_is(before - 1, "that") && !word_is(before - 1, "where") && !word_is(before - 1, "when")) {
          // "The first stop was Lima, Peru, which the Minister visited on 3 May"
          const std::uint32_t visited = word_is(before - 1, "which") && acts_on_place(verb_item) ? place_ending_at(before - 1) : kNone;
          if (visited != kNone) {
            antecedent = visited;
            object_of_relative = true;
            return group;
          }
          for (std::uint32_t j = before - 1; j-- > 0;) {
            if (item(j).kind == ItemKind::close) {
              j = opening_of(j);
              continue;
            }
            if (is_phrase(j) && !(word_is(before - 1, "which") && names_place(j))) {
              antecedent = word_is(before - 1, "whom") || word_is(before - 1, "who") ? j : head_of(j);
              object_of_relative = true;
              break;
            }
          }
        } else if (before > 0 && word_is(before - 1, "that") && before > 1 && is_phrase(before - 2) && (item(before - 2).kind != ItemKind::actor || item(head_of(before - 2)).kind == ItemKind::noun)) {
          antecedent = head_of(before - 2);
          object_of_relative = true;
        } else if (before > 1 && word_is(before - 1, "that") && item(before - 2).kind == ItemKind::word) {
          antecedent = acted_on_before(before - 1, verb_item);
          object_of_relative = antecedent != kNone;
        } else if (before > 0 && item(before - 1).kind == ItemKind::money && verb(verb_item).finite && !verb(verb_item).passive && verb_before(before - 1)) {
          antecedent = before - 1;  // "in addition to the 180 million A gave B"
          object_of_relative = true;
        } else if (before > 0 && item(before - 1).kind == ItemKind::noun && verb_item + 1 < size() && (item(verb_item + 1).kind == ItemKind::preposition || item(verb_item + 1).kind == ItemKind::date) && verb_before(before - 1)) {
          // "recalled the visit Minister A paid to B in March": no word stands between, and the verb has no other object
          antecedent = acted_on_before(before, verb_item);
          object_of_relative = antecedent != kNone;
        }
        return group;
      }
      case ItemKind::money:
      case ItemKind::noun:
      case ItemKind::forum: {
        std::uint32_t before = i;
        while (before > 0 && !(before < i && item(before).kind == ItemKind::determiner) && (item(before - 1).kind == ItemKind::determiner || item(before - 1).kind == ItemKind::number || item(before - 1).kind == ItemKind::word ||
                              item(before - 1).kind == ItemKind::adverb || item(before - 1).kind == ItemKind::possessive ||
                              (is_actor(before - 1) && (actor(before - 1).possessive || actor(before - 1).kind == ActorKind::adjective))))
          --before;
        // "negotiations on an EU-Philippines Free Trade Agreement were held"
        std::uint32_t named = before;
        while (named > 0 && is_actor(named - 1) && actor(named - 1).kind == ActorKind::party) --named;
        if (named < before && named > 0 && item(named - 1).kind == ItemKind::determiner) before = named - 1;
        // "the draft of a memorandum was initialled"
        const bool copy = here.kind == ItemKind::noun && before > 1 && word_is(before - 1, "of") && item(before - 2).kind == ItemKind::word && view_.info(item(before - 2).end - 1).is(WordClass::partitive);
        // "The last round of the Consultations was held": the round is theirs.
        const bool round = here.kind == ItemKind::forum && before > 1 && word_is(before - 1, "of") && item(before - 2).kind == ItemKind::word && view_.info(item(before - 2).end - 1).is(WordClass::session_word);
        // "the head of the Senegalese delegation was received"
        const bool heads = before > 1 && word_is(before - 1, "of") && item(before - 2).kind == ItemKind::word && names_delegation(i);
        if (before > 0 && !round && !heads && !copy && ((item(before - 1).kind == ItemKind::preposition && !opens_clause(before - 1)) || inside_participle(before))) {
          i = before - 1;
          break;
        }
        // "A, a career diplomat with thirty years of service, has been appointed": an aside about the one before it.
        std::uint32_t closing = i + 1;
        while (closing < verb_item && (item(closing).kind == ItemKind::preposition || item(closing).kind == ItemKind::number || item(closing).kind == ItemKind::word || item(closing).kind == ItemKind::determiner)) ++closing;
        if (before > 1 && item(before).kind == ItemKind::determiner && item(before - 1).kind == ItemKind::comma && is_actor(before - 2) && closing < verb_item && item(closing).kind == ItemKind::comma) {
          i = before - 1;
          break;
        }
        antecedent = i;
        return {};
      }
      case ItemKind::verb: {
        if (crossed_relative) return {};
        const VerbGroup& other = verb(i);
        if (!other.finite) break;
        if (const std::uint32_t opens = skip_relative_back(i) == kNone ? opens_inserted(i) : kNone; opens != kNone) {  // "Japan, he noted, pledged"
          i = opens;
          break;
        }
        const std::uint32_t relative = skip_relative_back(i);
        const bool aside = relative != kNone && std::any_of(sentence_.items.begin() + i, sentence_.items.begin() + verb_item,
                                                           [](const Item& x) { return x.kind == ItemKind::comma; });
        // "X visited A and met B": the same subject.
        const bool shares = [&] {
          for (std::uint32_t j = verb_item; j-- > i;) {
            if (item(j).kind == ItemKind::conjunction) return true;
            if (item(j).kind == ItemKind::adverb || item(j).kind == ItemKind::comma || item(j).kind == ItemKind::date) continue;
            return false;
          }
          return false;
        }();
        if (shares) {
          bool ignored = false;
          std::uint32_t other_antecedent = kNone;
          auto group = subject_of(i, ignored, other_antecedent);
          antecedent = ignored ? kNone : other_antecedent;
          return group;
        }
        // "the communiqué which A and B signed in 2016 was terminated": a clause that its noun cannot do without.
        const bool of_noun = relative != kNone && relative > 0 && is_actor(relative - 1) && is_of_happening(i) && item(head_of(relative - 1)).kind == ItemKind::noun;  // "the meeting of A that was planned"
        const bool bound = of_noun || (relative != kNone && relative > 0 && (item(relative - 1).kind == ItemKind::noun || item(relative - 1).kind == ItemKind::forum));
        if (!aside && !bound) return {};
        i = relative;
        crossed_relative = true;
        break;
      }
      case ItemKind::stop:
      case ItemKind::subordinator: return {};
      case ItemKind::conjunction:
        // "gained its independence, and the country was recognised": a clause of its own whose subject is a plain word.
        if (i > 0 && item(i - 1).kind == ItemKind::comma && i + 2 < verb_item && item(i + 1).kind == ItemKind::determiner && verb_before(i) &&
            std::all_of(sentence_.items.begin() + i + 2, sentence_.items.begin() + verb_item, [](const Item& x) { return x.kind == ItemKind::word || x.kind == ItemKind::adverb; }))
          return {};
        break;
      default: break;
    }
  }
  return {};
}

// "called in B's Ambassador", "entered into diplomatic relations": a word that a frame of the verb has for its own, before its object.
bool Clause::is_part_of_verb(std::uint32_t i, std::uint32_t from) const {
  if (i != from || from == 0 || item(from - 1).kind != ItemKind::verb || verb(from - 1).main == kNoVerb) return false;
  const std::vector<Frame>& frames = view_.tables->frames[verb(from - 1).main];
  const bool own = std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) {
    return frame.particle.size() == 1 && frame.particle[0] == view_.tokens[item(i).begin].word && (frame.object == ObjectNeed::person || frame.object == ObjectNeed::noun);
  });
  if (!own) return false;
  std::uint32_t next = i + 1;
  while (next < size() && item(next).kind == ItemKind::determiner) ++next;
  if (next >= size()) return false;
  return item(next).kind == ItemKind::noun || (is_actor(next) && (actor(next).kind == ActorKind::person || actor(next).kind == ActorKind::post));
}

// A day behind "and", and before the next stop somebody with a finite verb.
bool Clause::opens_new_clause(std::uint32_t date) const {
  constexpr std::uint32_t kItemsMax = 9;
  for (std::uint32_t i = date + 1; i + 1 < size() && i < date + kItemsMax; ++i) {
    if (item(i).kind == ItemKind::stop || item(i).kind == ItemKind::verb || item(i).kind == ItemKind::conjunction) return false;
    if (is_actor(i) && item(i + 1).kind == ItemKind::verb && verb(i + 1).finite) return true;
  }
  return false;
}

// Where the aside ends that a comma behind "and" opens, with no verb or actor in it: behind the comma that closes it.
std::uint32_t Clause::past_aside(std::uint32_t comma) const {
  constexpr std::uint32_t kItemsMax = 7;
  if (comma == 0 || comma >= size() || item(comma).kind != ItemKind::comma || item(comma - 1).kind != ItemKind::conjunction) return comma;
  for (std::uint32_t i = comma + 1; i + 2 < size() && i < comma + kItemsMax; ++i) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::verb || kind == ItemKind::actor || kind == ItemKind::stop || kind == ItemKind::relative) return comma;
    if (kind != ItemKind::comma) continue;
    return word_is(i + 1, "another") ? i + 2 : comma;
  }
  return comma;
}

// "accepted, one after the other, the letters of": the comma that closes an aside of words right behind a verb; `comma` for none.
std::uint32_t Clause::past_inserted(std::uint32_t comma) const {
  constexpr std::uint32_t kItemsMax = 8;
  for (std::uint32_t i = comma + 1; i + 1 < size() && i < comma + kItemsMax; ++i) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::comma) return i > comma + 1 && (item(i + 1).kind == ItemKind::noun || item(i + 1).kind == ItemKind::determiner || item(i + 1).kind == ItemKind::word) ? i : comma;
    if (kind != ItemKind::word && kind != ItemKind::number && kind != ItemKind::preposition && kind != ItemKind::determiner && kind != ItemKind::adverb) return comma;
  }
  return comma;
}

void Clause::collect_right(std::uint32_t from, Arguments& arguments, std::optional<Slot> first, bool noun) const {
  std::optional<Slot> slot = first;
  bool fresh = true;  // nothing but words since the slot opened
  bool topic = false;   // behind "about": places are what was spoken of
  bool closed = false;  // actors are no longer taken: another event noun has begun
  std::uint32_t depth = 0;
  for (std::uint32_t i = from; i < size(); ++i) {
    const Item& here = item(i);
    arguments.end = i;
    switch (here.kind) {
      case ItemKind::preposition: {
        const auto next = slot_of(view_, here);
        if (word_is(i, "about") || word_is(i, "regarding") || word_is(i, "concerning")) topic = true;
        else if (!word_is(i, "in") && !word_is(i, "of") && !word_is(i, "between")) topic = false;
        if (word_is(i, "including")) break;  // "met with counterparts, including the Minister of A"
        // "handed copies of their letters of credence": the letters are the object.
        if (slot == Slot::object && word_is(i, "of") && i > from && view_.info(item(i - 1).end - 1).is(WordClass::partitive)) break;
        // "received in A a copy of her credentials": with its article behind the place it is the object still
        // or in the plural, without one
        const bool of_copy = !noun && first == Slot::object && slot != Slot::object && word_is(i, "of") && i > from + 2 && !arguments.has(Slot::object) && item(i - 1).kind == ItemKind::word && view_.info(item(i - 1).end - 1).is(WordClass::partitive);
        const std::uint32_t before_copy = !of_copy ? i : item(i - 2).kind == ItemKind::determiner ? i - 3 : i - 2;
        if (of_copy && (is_actor(before_copy) || item(before_copy).kind == ItemKind::date)) {
          slot = Slot::object;
          break;
        }
        // "handed over a note": a part of the verb.
        if (i == from && word_is(i, "over") && from > 0 && item(from - 1).kind == ItemKind::verb && view_.tables->verbs[verb(from - 1).main == kNoVerb ? 0 : verb(from - 1).main].lemma == "hand") break;
        if (slot == Slot::object && !noun && is_part_of_verb(i, from)) break;
        // "lifted with immediate effect the sanctions": how it was done is passed over.
        if (const std::uint32_t past = past_manner(i); slot == Slot::object && fresh && !noun && past != i) {
          i = past - 1;
          break;
        }
        // "to the Border Forces of Tajikistan": still to.
        if ((slot == Slot::to || slot == Slot::for_) && fresh && !noun && word_is(i, "of") && i > from && (item(i - 1).kind == ItemKind::word || (is_actor(i - 1) && actor(i - 1).kind == ActorKind::name))) break;
        // "talks on the application for membership of A": of what the words before name.
        if (slot == Slot::for_ && fresh && noun && word_is(i, "of") && i > from && item(i - 1).kind == ItemKind::word) {
          slot.reset();
          break;
        }
        // "in the central city of Da Nang": still in.
        if ((slot == Slot::in || slot == Slot::at || slot == Slot::to) && fresh && word_is(i, "of") && item(i - 1).kind == ItemKind::word && view_.info(item(i - 1).end - 1).is(WordClass::settlement)) break;
        // "appointed Ambassador to A in succession to B": who had the post before
        if (word_is(i, "to") && i > from && item(i - 1).kind == ItemKind::word && view_.word(item(i - 1).end - 1) == "succession") {
          slot.reset();
          fresh = true;
          break;
        }
        // "at the invitation of Minister A": who invites is only spoken of.
        // "in the presence of Minister A": who stands by is listed by itself (take_present)
        const bool presence = noun && i > from + 1 && item(i - 1).kind == ItemKind::word && view_.word(item(i - 1).end - 1) == "presence";
        if (word_is(i, "of") && i > from && item(i - 1).kind == ItemKind::word && (presence || view_.info(item(i - 1).end - 1).is(WordClass::invitation))) {
          slot.reset();
          fresh = true;
          break;
        }
        // "during the visit", "following talks", "ahead of": what is behind belongs to another event.
        if (!next) {
          slot.reset();
        } else {
          slot = next;
        }
        fresh = true;
        break;
      }
      case ItemKind::actor: {
        const ActorMention& who = actor(i);
        // "by A of Kenya and B of Uganda": B stands beside A, not beside Kenya
        if (slot == Slot::of && i >= from + 4 && who.kind == ActorKind::person && item(i - 1).kind == ItemKind::conjunction && is_actor(i - 2) && word_is(i - 3, "of") && is_actor(i - 4) && actor(i - 4).kind == ActorKind::person)
          if (const auto beside = std::find_if(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == i - 4; }); beside != arguments.all.end()) slot = beside->slot;
        const bool agent = !noun && !first && slot == Slot::by;  // "was received in audience by the King"
        if (!noun && first == Slot::object && !arguments.has(Slot::object) && stands_beside(i, from)) {
          slot = Slot::object;
          closed = false;
        }
        // "appointed as Ambassador to A Mr. B": with the post before it, the name is what is acted on.
        if (!noun && first == Slot::object && slot == Slot::as && who.kind == ActorKind::person && who.post && who.post->begin < who.name_begin && !arguments.has(Slot::object)) slot = Slot::object;
        if (closed && !agent) {
          if (who.kind == ActorKind::city && slot == Slot::in && !topic) arguments.places.push_back(i);
          break;
        }
        // "sanctions on Iran's drone programme", "entry bans on Belarusian judges": the state is what is meant.
        const bool against = slot && (*slot == Slot::on || *slot == Slot::against) && i + 1 < size() && (who.possessive || item(i + 1).kind == ItemKind::word);
        if (against && !noun && (who.kind == ActorKind::adjective || (who.possessive && who.kind == ActorKind::party))) {
          arguments.all.push_back({*slot, i});
          break;
        }
        // "contributes 100 million to Ukraine's energy fund": it is for the state.
        const bool to_whose = slot && (*slot == Slot::to || *slot == Slot::for_) && who.possessive && who.kind == ActorKind::party && i + 2 < size() && item(i + 2).kind == ItemKind::word;
        if (to_whose && !noun && std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return item(a.item).kind == ItemKind::money; })) {
          arguments.all.push_back({*slot, i});
          break;
        }
        if (who.kind == ActorKind::adjective) break;
        if (who.possessive) {
          // "met with Korea's Minister" is one mention already; "after Blinken's trip" belongs to the trip.
          break;
        }
        const bool delegation = who.kind == ActorKind::party && view_.info(who.end - 1).is(WordClass::government_noun);
        const bool person = who.kind == ActorKind::person || who.kind == ActorKind::post || who.kind == ActorKind::counterpart || (who.kind == ActorKind::party && who.ministry) || delegation;
        if (!noun && first == Slot::object && slot && *slot != Slot::object && person && !arguments.has(Slot::object) && (starts_new_object(i) || late_object(i) || follows_setting(i))) slot = Slot::object;
        if ((slot == Slot::in || slot == Slot::at) && !topic && (who.kind == ActorKind::city || who.kind == ActorKind::party)) arguments.places.push_back(i);
        const bool subject_matter = i >= 3 && item(i - 2).kind == ItemKind::noun && item(i - 3).kind == ItemKind::preposition && word_is(i - 3, "on");  // "on Cooperation in Agricultural Research"
        if (slot == Slot::in && fresh && !topic && !subject_matter && who.kind == ActorKind::name && who.persons.empty() && word_is(i - 1, "in")) arguments.places.push_back(i);  // a town that no table has
        // "scheduled for Abuja"
        if (slot == Slot::for_ && who.kind == ActorKind::city && !noun && from > 0 && item(from - 1).kind == ItemKind::verb && verb(from - 1).main != kNoVerb &&
            view_.tables->verbs[verb(from - 1).main].kind == VerbKind::plan)
          arguments.places.push_back(i);
        if (slot) arguments.all.push_back({*slot, i});
        fresh = false;
        break;
      }
      case ItemKind::date:
        if (!is_attribute(i)) (depth > 0 ? arguments.asides : arguments.dates).push_back(i);
        // "sent on 9 February 40 tons of food": behind the time stands what is acted on
        if (!noun && first == Slot::object && !arguments.has(Slot::object) && slot && *slot != Slot::object && fresh && i > from && item(i - 1).kind == ItemKind::preposition) slot = Slot::object;
        break;
      case ItemKind::noun:
      case ItemKind::forum: {
        if (noun && i > from) {
          // "an employee of the Embassy of A": whose embassy it is.
          if (slot == Slot::of && is_of_class(i, "mission")) break;
          // "a copy of the credentials of A and, separately, a copy of the credentials of B": the same again
          if (here.kind == ItemKind::noun && from > 0 && item(from - 1).kind == ItemKind::noun && sentence_.nouns[item(from - 1).index].noun == sentence_.nouns[here.index].noun && i > 1 && word_is(i - 1, "the") && word_is(i - 2, "of")) break;
          // A noun's own arguments end where the next event noun begins, but for its place.
          const bool listed = here.kind == ItemKind::noun && slot == first && !fresh;
          closed = true;
          if (listed) return;
          slot.reset();
          break;
        }
        if (slot && *slot != Slot::object && (starts_new_object(i) || (!noun && is_next_paper(i, arguments)))) slot = Slot::object;
        // "prolonged until 31 May the measures"
        if (!slot && !noun && first == Slot::object && !arguments.has(Slot::object) && starts_new_object(i) && item(i - 2).kind == ItemKind::date) slot = Slot::object;
        // "conveyed to him greetings from A": right behind whom it reaches stands what is conveyed
        if (!noun && first == Slot::object && !arguments.has(Slot::object) && slot == Slot::to && is_actor(i - 1) && !actor(i - 1).possessive && actor(i - 1).kind != ActorKind::adjective && actor(i - 1).kind != ActorKind::party) slot = Slot::object;
        if (!slot && i > from) closed = true;
        if (slot) arguments.all.push_back({*slot, i});
        const bool event = here.kind == ItemKind::forum || view_.tables->nouns[sentence_.nouns[here.index].noun].type;
        // "signed a memorandum on consultations with A": what a paper is about takes nobody.
        if (!noun && slot == Slot::on && is_paper_behind(arguments)) {
          fresh = false;
          break;
        }
        const bool object_to_come = !noun && first == Slot::object && !arguments.has(Slot::object);  // "received in audience the Ambassador"
        if (slot && *slot != Slot::object && event && !object_to_come) closed = *slot == Slot::at || *slot == Slot::on || *slot == Slot::in || *slot == Slot::for_;
        topic = topic || (closed && slot == Slot::on && !noun && first == Slot::object && arguments.has(Slot::object));  // "briefed A on the talks in Geneva"
        fresh = false;
        break;
      }
      case ItemKind::money:
        if (slot) arguments.all.push_back({*slot, i});
        fresh = false;
        break;
      case ItemKind::comma: {
        topic = false;
        if (const std::uint32_t past = !noun && first == Slot::object && !arguments.has(Slot::object) ? past_inserted(i) : i; past != i) {
          slot = Slot::object;
          fresh = true;
          closed = false;
          i = past;
          break;
        }
        // A list goes on; a time, place or preposition may follow; anything else is a new thought.
        if (i + 1 >= size()) return;
        std::uint32_t j = i + 1;
        while (j < size() && (item(j).kind == ItemKind::determiner || item(j).kind == ItemKind::conjunction || item(j).kind == ItemKind::adverb)) ++j;
        if (j < size() && item(j).kind == ItemKind::comma && i > from && item(i - 1).kind == ItemKind::conjunction) ++j;  // "A and, separately, with B"
        while (j < size() && i > from && item(i - 1).kind == ItemKind::conjunction && item(j).kind == ItemKind::determiner) ++j;
        if (j + 2 < size() && j > i + 1 && item(j).kind == ItemKind::comma && item(j - 1).kind == ItemKind::conjunction && item(j + 1).kind == ItemKind::adverb && item(j + 2).kind == ItemKind::comma) j += 3;  // "A, and, separately, with B"
        j = past_aside(j);  // "A, and, later in the day, another with B"
        if (j >= size()) return;
        const ItemKind next = item(j).kind;
        if (next == ItemKind::preposition || next == ItemKind::date) break;
        if (next == ItemKind::number && j + 1 < size() && item(j + 1).kind == ItemKind::preposition) break;  // "two meetings, one with A and another with B"
        if (next == ItemKind::noun && !noun && first == Slot::object && !arguments.has(Slot::object)) {
          slot = Slot::object;  // "received yesterday, in a ceremony, the letters of"
          break;
        }
        // "naming, as of today, X as Envoy": what stands between commas right behind the verb was an aside.
        // "received on Sunday, July 14, Mr. A": behind the day stands whom it was.
        const bool dated = i > from && item(i - 1).kind == ItemKind::date && is_actor(j) && actor(j).kind == ActorKind::person && !(j + 1 < size() && item(j + 1).kind == ItemKind::verb);
        if (next == ItemKind::actor && !noun && first == Slot::object && i > from && (item(from).kind == ItemKind::comma || dated) && !arguments.has(Slot::object)) {
          slot = Slot::object;
          break;
        }
        if (next == ItemKind::actor && !fresh) {
          // "met with A, B and C", but not "met with A, B said".
          std::uint32_t k = j + 1;
          while (k < size() && item(k).kind == ItemKind::possessive) ++k;
          if (k < size() && item(k).kind == ItemKind::verb && verb(k).finite) return;
          break;
        }
        if (next == ItemKind::actor && slot == Slot::at && actor(j).kind == ActorKind::city) break;  // "at State House, Nairobi, on Monday"
        if (next == ItemKind::relative) return;
        if (next == ItemKind::noun && i > 0 && item(i - 1).kind == ItemKind::word) break;  // "a separate, independent state"
        if (!noun && slot == Slot::object && i > 0 && is_of_class(j, "aid") && is_of_class(i - 1, "aid")) break;  // "flour, sugar, tents and medicines to B"
        if (next == ItemKind::word || next == ItemKind::adverb) break;
        return;
      }
      case ItemKind::conjunction: {
        if (i + 1 >= size()) return;
        std::uint32_t j = i + 1;
        while (j < size() && (item(j).kind == ItemKind::determiner || item(j).kind == ItemKind::adverb)) ++j;
        if (j < size() && item(j).kind == ItemKind::verb) return;
        // "extended its sanctions, and on 4 August the United Kingdom imposed": a time opens the next clause.
        if (j + 2 < size() && item(j).kind == ItemKind::preposition && item(j + 1).kind == ItemKind::date) {
          std::uint32_t subject = j + 2;
          const auto in_town = [&] { return item(subject).kind == ItemKind::preposition && is_actor(subject + 1) && actor(subject + 1).kind == ActorKind::city; };  // ", likewise in B, he"
          while (subject < size() && (item(subject).kind == ItemKind::determiner || item(subject).kind == ItemKind::comma || item(subject).kind == ItemKind::adverb || in_town())) subject += in_town() ? 2U : 1U;
          std::uint32_t verb_at = subject + 1;
          while (verb_at < size() && item(verb_at).kind == ItemKind::adverb) ++verb_at;
          if (verb_at < size() && is_actor(subject) && item(verb_at).kind == ItemKind::verb && verb(verb_at).finite) return;
        }
        // "will meet A and on 23 February visit B": and one before the next verb of the same subject
        std::uint32_t verb_next = j;
        while (verb_next < size() && (item(verb_next).kind == ItemKind::comma || item(verb_next).kind == ItemKind::preposition || item(verb_next).kind == ItemKind::date || item(verb_next).kind == ItemKind::adverb)) ++verb_next;
        if (verb_next > j + 1 && verb_next < size() && item(verb_next).kind == ItemKind::verb && verb(verb_next).finite) return;
        // "had a meeting with A, and this morning, again in B, she was received": so does a day by itself
        if (j < size() && item(j).kind == ItemKind::date && opens_new_clause(j)) return;
        // "met A, and B said"
        const bool subject_group = noun && !verb_before(from);  // "the arrangement between A and B was terminated"
        if (!subject_group && slot != Slot::between && j + 1 < size() && item(j).kind == ItemKind::actor && item(j + 1).kind == ItemKind::verb && verb(j + 1).finite) return;
        break;
      }
      case ItemKind::verb: {
        const VerbGroup& other = verb(i);
        // "concluded, by an exchange of notes signed in A, an arrangement": inside an aside.
        if (!noun && other.bare_participle && !other.finite && item(from).kind == ItemKind::comma && i > from && !arguments.has(Slot::object)) break;
        // "an invitation to visit", "the agreement signed in Paris": the rest is of that verb.
        if (other.finite || other.infinitive || other.gerund || other.bare_participle || other.copula) return;
        break;
      }
      case ItemKind::relative:
      case ItemKind::subordinator: return;
      case ItemKind::stop:
        // "two telephone calls: one with A, and one with B"
        if (depth == 0 && i + 2 < size() && view_.raw(here.begin, here.end) == ":" && word_is(i + 1, "one") && word_is(i + 2, "with")) break;
        if (depth == 0 && view_.raw(here.begin, here.end) != "/") return;  // "at the Headquarters/Secretariat in Jakarta"
        break;
      case ItemKind::open:
        // "the 12th Forum last year (Nur-Sultan, Kazakhstan)"
        ++depth;
        if (is_actor(i + 1) && actor(i + 1).kind == ActorKind::city) slot = Slot::in;
        break;
      case ItemKind::close:
        if (depth > 0) --depth;
        break;
      case ItemKind::determiner:
        // "extended for one year the measures against A": behind how long stands what is acted on
        if (!noun && first == Slot::object && !arguments.has(Slot::object) && slot == Slot::for_ && i > from + 1 && item(i - 1).kind == ItemKind::word && item(i - 2).kind == ItemKind::number) slot = Slot::object;
        break;
      case ItemKind::word:
        // "in the field of": a plain noun closes what a preposition opened for actors after it, unless "of" goes on.
        if (slot && *slot != Slot::object && fresh && i + 1 < size() && item(i + 1).kind != ItemKind::preposition) break;
        break;
      default: break;
    }
  }
  arguments.end = size();
}

// "With China, Saint Lucia established ...", "Together with A, B chaired", "Upon the King the call was paid by the Ambassador": a partner in front of everything.
std::optional<Slot> Clause::opens_with(std::uint32_t i) const {
  if (!is_actor(i) || i == 0) return std::nullopt;
  const std::uint32_t before = item(i - 1).kind == ItemKind::determiner && i > 1 ? i - 2 : i - 1;
  const std::uint32_t front = before > 0 && item(before - 1).kind == ItemKind::adverb && word_is(before, "with") ? before - 1 : before;
  if (item(before).kind != ItemKind::preposition || !(front == 0 || item(front - 1).kind == ItemKind::stop) || i + 1 >= size()) return std::nullopt;
  const bool clause_follows = item(i + 1).kind == ItemKind::comma || (is_actor(i + 1) && (actor(i + 1).kind == ActorKind::plural || actor(i + 1).kind == ActorKind::pronoun || actor(i + 1).kind == ActorKind::it));
  if (word_is(before, "with")) return clause_follows ? std::optional(Slot::with) : std::nullopt;
  const bool acts = actor(i).kind == ActorKind::person || actor(i).kind == ActorKind::post || actor(i).kind == ActorKind::party;
  const bool phrase_follows = clause_follows || item(i + 1).kind == ItemKind::determiner || item(i + 1).kind == ItemKind::noun || item(i + 1).kind == ItemKind::verb;
  if (!acts || !phrase_follows || actor(i).possessive) return std::nullopt;
  const auto slot = slot_of(view_, item(before));
  const bool reaches = slot == Slot::on || slot == Slot::to || slot == Slot::from || slot == Slot::between;
  return reaches && actor(i).kind != ActorKind::city ? slot : std::nullopt;
}

// "the Access Agreement with Japan, which was signed": of what "which" stands behind, the noun that it hangs on, or the phrase.
std::uint32_t Clause::paper_behind(std::uint32_t phrase) const {
  if (!is_actor(phrase) || (actor(phrase).kind != ActorKind::party && actor(phrase).kind != ActorKind::name && actor(phrase).kind != ActorKind::city)) return phrase;
  for (std::uint32_t i = phrase; i-- > 0 && phrase - i < 12;) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::verb || kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::comma) return phrase;
    if (kind == ItemKind::noun && !view_.tables->nouns[sentence_.nouns[item(i).index].noun].type) return i;
  }
  return phrase;
}

// "the Treaty of Commerce signed between": the noun that the phrase before the verb hangs on.
std::uint32_t Clause::head_of(std::uint32_t phrase) const {
  std::uint32_t at = phrase;
  for (int steps = 0; steps < 3 && at > 1; ++steps) {
    std::uint32_t before = at - 1;
    const auto is_joined = [&](std::uint32_t i) { return is_actor(i) && is_actor(at) && item(i + 1).kind == ItemKind::conjunction; };  // "between A and B"
    // "the Agreement on Economic, Scientific and Technological Cooperation": words in capitals that are nobody's name
    const auto is_plain_word = [&](std::uint32_t i) { return is_actor(i) && actor(i).kind == ActorKind::name && actor(i).persons.empty() && item(at).kind == ItemKind::noun; };
    const auto in_list = [&](std::uint32_t i) { return is_plain_word(i) || (item(i).kind == ItemKind::comma && i > 0 && is_plain_word(i - 1)); };
    while (before > 0 && at - before < 8 && (in_list(before) || item(before).kind == ItemKind::determiner || item(before).kind == ItemKind::word || item(before).kind == ItemKind::conjunction || item(before).kind == ItemKind::number || is_joined(before))) --before;
    const bool links = word_is(before, "of") || word_is(before, "on") || word_is(before, "for") || word_is(before, "with") || word_is(before, "between") ||
                       word_is(before, "against") || word_is(before, "to") ||
                       (word_is(before, "in") && is_actor(at) && actor(at).kind == ActorKind::name);  // "Agreement on Cooperation in Agriculture between A and B"
    if (item(before).kind != ItemKind::preposition || before == 0 || !links) break;
    if (!is_phrase(before - 1)) break;
    at = before - 1;
  }
  return at != phrase && item(at).kind == ItemKind::noun ? at : phrase;
}

// "..., closed in 2021, will reopen": the clause has its own verb behind what is set off.
bool Clause::finite_behind_comma(std::uint32_t from) const {
  for (std::uint32_t i = from + 1; i < size(); ++i) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::conjunction) return false;
    if (kind == ItemKind::verb) return item(i - 1).kind == ItemKind::comma && verb(i).finite;
  }
  return false;
}

// The event noun that begins the phrase which ends at an item: "the embassy of A in B"; the item itself when there is none.
std::uint32_t Clause::noun_of_phrase(std::uint32_t last) const {
  for (std::uint32_t i = last + 1; i-- > 0 && i + 8 > last;) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::noun) return i;
    if (kind != ItemKind::actor && kind != ItemKind::preposition && kind != ItemKind::determiner && kind != ItemKind::comma && kind != ItemKind::word && kind != ItemKind::conjunction) break;
  }
  return last;
}

std::uint32_t Clause::noun_ending_at(std::uint32_t last) const {
  if (!is_phrase(last)) return kNone;
  const std::uint32_t head = head_of(last);
  return item(head).kind == ItemKind::noun ? head : kNone;
}

// "the decision of A to close its embassy": who decided; kNone when nobody is said.
std::uint32_t Clause::decider(std::uint32_t i) const {
  // "Canada's decision of Monday to extend"
  std::uint32_t noun = i;
  while (noun > 0 && (item(noun - 1).kind == ItemKind::date || item(noun - 1).kind == ItemKind::preposition)) --noun;
  if (noun > 2 && item(noun - 1).kind == ItemKind::word && view_.info(item(noun - 1).end - 1).is(WordClass::decision)) {
    std::uint32_t whose = noun - 2;
    while (whose > 0 && (item(whose).kind == ItemKind::word || item(whose).kind == ItemKind::possessive)) --whose;
    if (is_actor(whose) && (actor(whose).possessive || actor(whose).kind == ActorKind::adjective)) return whose;
  }
  if (i == 0 || !is_actor(i - 1)) return kNone;
  std::uint32_t before = coordination_back(i - 1).front();
  while (before > 0 && item(before - 1).kind == ItemKind::determiner) --before;
  if (before < 2 || !word_is(before - 1, "of")) return kNone;
  return item(before - 2).kind == ItemKind::word && view_.info(item(before - 2).end - 1).is(WordClass::decision) ? i - 1 : kNone;
}

const Arguments& Clause::of_verb(std::uint32_t i) const {
  if (!found(i).arguments) {
    Arguments arguments = find_arguments(i);
    found(i).arguments = std::move(arguments);
  }
  return *found(i).arguments;
}

// "the Agreement on the Waiver of Visas for Holders of Passports, signed by": the noun before the comma that the clause opens with.
std::uint32_t Clause::noun_before_comma(std::uint32_t verb_item) const {
  // "Agreement on Social Security: signed in Bern on ..." is a line of a list.
  const bool colon = verb_item > 1 && item(verb_item - 1).kind == ItemKind::stop && view_.raw(item(verb_item - 1).begin, item(verb_item - 1).end) == ":";
  if (verb_item < 2 || (item(verb_item - 1).kind != ItemKind::comma && !colon)) return kNone;
  std::uint32_t found = kNone;
  for (std::uint32_t i = verb_item - 1; i-- > 0;) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::verb || kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::comma) break;
    if (kind == ItemKind::noun) found = i;
  }
  return found;
}

// The comma that opens the aside ", who is visiting B," or, behind a day, ", while the experts were at work," with the finite verb at an item,
// for a verb behind it; kNone for none.
std::uint32_t Clause::before_aside(std::uint32_t inner, std::uint32_t outer) const {
  std::uint32_t relative = skip_relative_back(inner);
  if (relative == kNone) {
    std::uint32_t opens = inner;
    while (opens > 0 && item(opens).kind != ItemKind::subordinator && item(opens).kind != ItemKind::comma && item(opens).kind != ItemKind::stop) --opens;
    if (item(opens).kind != ItemKind::subordinator || opens < 2 || item(opens - 2).kind != ItemKind::date || item(opens - 1).kind != ItemKind::comma) return kNone;
    relative = opens;
  } else if (relative < 2 || item(relative - 1).kind != ItemKind::comma || !word_is(relative, "who")) {
    return kNone;
  }
  for (std::uint32_t i = inner + 1; i < outer; ++i)
    if (item(i).kind == ItemKind::comma) return relative - 1;
  return kNone;
}

Arguments Clause::find_arguments(std::uint32_t i) const {
  Arguments arguments;
  arguments.begin = i;
  const VerbGroup& group = verb(i);
  bool object_of_relative = false;
  std::uint32_t antecedent = kNone;
  std::vector<std::uint32_t> subject;
  if (group.finite) {
    subject = subject_of(i, object_of_relative, antecedent);
  } else if (group.bare_participle && i > 0 && is_phrase(i - 1)) {
    antecedent = head_of(i - 1);
  } else if (group.bare_participle && i > 1 && item(i - 1).kind == ItemKind::comma && is_phrase(i - 2) && finite_behind_comma(i)) {
    antecedent = noun_of_phrase(i - 2);  // "the embassy of A in B, closed in 2021,"
  } else if (const std::uint32_t paper = group.bare_participle ? noun_before_comma(i) : kNone; paper != kNone) {
    antecedent = paper;
  } else {
    // hold in "agreed to hold", visiting in "while visiting": the subject of the verb before. "Asked about pandas leaving for B":
    // what stands right before a gerund is what does it.
    const bool plain_subject = group.gerund && i > 1 && item(i - 1).kind == ItemKind::word && item(i - 2).kind == ItemKind::preposition;
    // "The Minister, visiting B, met": whoever stands before the comma
    const bool set_off = group.gerund && i > 1 && item(i - 1).kind == ItemKind::comma && is_actor(i - 2) && !actor(i - 2).possessive && actor(i - 2).kind != ActorKind::adjective && finite_behind_comma(i);
    if (set_off) subject = coordination_back(i - 2);
    for (std::uint32_t j = plain_subject || set_off ? 0 : i; j-- > 0;) {
      if (item(j).kind == ItemKind::stop) break;
      if (item(j).kind == ItemKind::verb && verb(j).finite) {
        bool ignored = false;
        std::uint32_t other = kNone;
        subject = subject_of(j, ignored, other);
        // "The dispute led A to suspend relations with B": whoever was brought to it did it
        const bool brought = group.infinitive && is_actor(i - 1) && verb(j).main != kNoVerb && !verb(j).passive && view_.tables->verbs[verb(j).main].is(VerbTrait::causes) && (j + 2 == i || (j + 3 == i && item(j + 1).kind == ItemKind::determiner));
        if (brought) subject = {i - 1};
        // "Relations were suspended in 1836 and resumed in 1837", "opened in 1981 and closed in 1985": the same thing.
        if (subject.empty() && group.bare_participle && word_is(i - 1, "and")) antecedent = other;
        break;
      }
    }
    // "Signed on 4 March by A and B, the treaty covers": what opens the sentence tells of the subject behind the comma.
    if (group.bare_participle && (i == 0 || item(i - 1).kind == ItemKind::stop))
      for (std::uint32_t j = i + 1; j < size() && item(j).kind != ItemKind::stop; ++j)
        if (item(j).kind == ItemKind::verb && verb(j).finite) {
          bool ignored = false;
          subject = subject_of(j, ignored, antecedent);
          break;
        }
    if (group.infinitive && group.passive && i > 0 && is_phrase(i - 1)) antecedent = i - 1;
    if (const std::uint32_t who = decider(i); group.infinitive && who != kNone) subject = coordination_back(who);
    if (subject.empty() && group.gerund && !plain_subject)
      // "Representing Ankara was ...": left to the rules of the sentence
      for (std::uint32_t j = i + 1; j < size(); ++j)
        if (item(j).kind == ItemKind::verb && verb(j).finite) {
          bool ignored = false;
          std::uint32_t other = kNone;
          subject = subject_of(j, ignored, other);
          break;
        }
  }
  const bool passive = group.passive || (group.bare_participle && !group.finite) || (group.infinitive && group.passive);
  for (const std::uint32_t s : subject) arguments.all.push_back({passive ? Slot::object : Slot::subject, s});
  if (antecedent != kNone && is_phrase(antecedent)) {
    const bool as_object = passive || object_of_relative;
    const bool known = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == antecedent; });
    if (!known) arguments.all.push_back({as_object ? Slot::object : Slot::subject, antecedent});
  }
  // Times before the subject: "On November 19, ..."; "Yesterday, ...".
  collect_right(i + 1, arguments, passive ? std::optional<Slot>() : std::optional<Slot>(Slot::object), false);
  // "Kenya has been given £4 million": what was given stays behind the verb.
  if (passive) {
    std::uint32_t given = i + 1;
    while (given < size() && given < i + 5 && (item(given).kind == ItemKind::determiner || item(given).kind == ItemKind::number || item(given).kind == ItemKind::word)) ++given;
    if (given < size() && (item(given).kind == ItemKind::money || item(given).kind == ItemKind::noun)) arguments.all.push_back({Slot::object, given});
  }
  std::uint32_t low = i;
  // "On March 6 A and B signed and exchanged notes": through a verb that has its object in common with this one.
  const auto in_common = [&](std::uint32_t at) { return at + 2 == i && item(at + 1).kind == ItemKind::conjunction; };
  while (low > 0 && item(low - 1).kind != ItemKind::stop) {
    // "A, having learned of the decision taken in B, ended": what it had learned was there
    if (item(low - 1).kind == ItemKind::verb && word_is(low - 1, "having")) std::erase_if(arguments.places, [&](std::uint32_t at) { return at >= low && at < i; });
    if (item(low - 1).kind == ItemKind::verb && verb(low - 1).finite && !in_common(low - 1)) {
      // "On Monday Minister A, who is visiting B, met C": past the aside to what stands before it.
      const std::uint32_t aside = before_aside(low - 1, i);
      if (aside == kNone) break;
      // "A, who is in B from 20 to 26 May, met C": what the aside says is of its own verb
      std::uint32_t closing = i;
      while (closing > aside && item(closing).kind != ItemKind::comma) --closing;
      const auto inside = [&](std::uint32_t at) { return at > aside && at < closing; };
      std::erase_if(arguments.dates, inside);
      std::erase_if(arguments.places, inside);
      low = aside;
      continue;
    }
    // "talks in Moscow with A, who will be in Russia": what stands before "who" is of the clause around it.
    const bool who = group.finite && item(low - 1).kind == ItemKind::relative && word_is(low - 1, "who");
    const bool closed = low > 1 && item(low - 2).kind == ItemKind::comma && std::any_of(sentence_.items.begin() + low, sentence_.items.begin() + i, [](const Item& x) { return x.kind == ItemKind::comma; });
    if (who && !closed) break;
    --low;
    if (item(low).kind == ItemKind::date && !is_attribute(low)) arguments.dates.push_back(low);
    if (const auto slot = opens_with(low); slot && std::none_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == low; })) arguments.all.push_back({*slot, low});
    if (is_actor(low) && low > 0 && (word_is(low - 1, "in") || (word_is(low - 1, "at") && view_.info(actor(low).end - 1).is(WordClass::headquarters))) && (actor(low).kind == ActorKind::city || actor(low).kind == ActorKind::party || (actor(low).kind == ActorKind::name && actor(low).persons.empty() && word_is(low - 1, "in"))) && low < i)
      if (std::none_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == low; })) arguments.places.push_back(low);
  }
  arguments.begin = low;
  take_governed_relative(i, arguments);
  if (arguments.dates.empty()) take_date_in_common(i, arguments);
  return arguments;
}

// "On 11 October the President will attend the Forum and will meet A": what opens the sentence is the time of both.
void Clause::take_date_in_common(std::uint32_t verb_item, Arguments& arguments) const {
  const VerbGroup& group = verb(verb_item);
  if (!group.finite) return;
  std::uint32_t first = 0;
  while (first < verb_item && !(item(first).kind == ItemKind::verb && verb(first).finite)) {
    if (item(first).kind == ItemKind::stop || item(first).kind == ItemKind::relative || item(first).kind == ItemKind::subordinator) return;
    ++first;
  }
  if (first == verb_item || verb(first).tense != group.tense || verb(first).planned != group.planned) return;
  bool joined = false;
  for (std::uint32_t i = first + 1; i < verb_item; ++i) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::date) return;
    joined = joined || kind == ItemKind::conjunction;
  }
  for (std::uint32_t i = 0; joined && i < first; ++i) {
    if (is_actor(i) && actor(i).kind != ActorKind::city) return;
    if (item(i).kind != ItemKind::date) continue;
    arguments.dates.push_back(i);
    return;
  }
}

// "A, with whom he signed a memorandum", "Grenada, with which relations were established": whoever stands before the comma has the
// place in the clause that the preposition gives.
void Clause::take_governed_relative(std::uint32_t verb_item, Arguments& arguments) const {
  const std::uint32_t relative = skip_relative_back(verb_item);
  if (relative == kNone || relative < 2 || item(relative - 1).kind != ItemKind::preposition || !(word_is(relative, "which") || word_is(relative, "whom"))) return;
  const std::uint32_t before = item(relative - 2).kind == ItemKind::comma && relative > 2 ? relative - 3 : relative - 2;
  const auto slot = slot_of(view_, item(relative - 1));
  const bool taken = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.item == before; });
  if (slot && is_actor(before) && !taken) arguments.all.push_back({*slot, before});
}

Arguments Clause::of_noun(std::uint32_t i) const {
  Arguments arguments;
  std::uint32_t at = i;
  while (at > 0) {
    const Item& before = item(at - 1);
    if (before.kind == ItemKind::word || before.kind == ItemKind::number || before.kind == ItemKind::adverb || before.kind == ItemKind::quote) {
      --at;
      continue;
    }
    if (before.kind == ItemKind::possessive && at > 1 && is_actor(at - 2)) {
      for (const std::uint32_t one : coordination_back(at - 2)) arguments.all.push_back({Slot::possessor, one});
      at -= 2;
      break;
    }
    if (before.kind == ItemKind::actor) {
      const ActorMention& who = actor(at - 1);
      if (who.kind == ActorKind::adjective || who.kind == ActorKind::party || who.kind == ActorKind::city) {
        arguments.all.push_back({Slot::modifier, at - 1});
        --at;
        continue;
      }
    }
    if (before.kind == ItemKind::relative && word_is(at - 1, "whose")) {
      std::uint32_t owner = at - 1;  // "the Minister, whose visit to"
      if (owner > 0 && item(owner - 1).kind == ItemKind::comma) --owner;
      if (owner > 0 && is_actor(owner - 1))
        for (const std::uint32_t one : coordination_back(owner - 1)) arguments.all.push_back({Slot::possessor, one});
      break;
    }
    if (before.kind == ItemKind::conjunction && at > 1 && is_actor(at - 2) && arguments.has(Slot::modifier)) {
      --at;
      continue;
    }
    break;
  }
  if (at > 0 && item(at - 1).kind == ItemKind::determiner) --at;
  arguments.begin = at;
  collect_right(i + 1, arguments, std::nullopt, true);
  return arguments;
}

bool Clause::is_of_class(std::uint32_t i, std::string_view name) const {
  return item(i).kind == ItemKind::noun && view_.tables->noun_classes[view_.tables->nouns[sentence_.nouns[item(i).index].noun].noun_class] == name;
}

// "participated on Saturday, November 1, in": the verb of taking part that a preposition leads back to; kNone for none.
std::uint32_t Clause::attending_verb(std::uint32_t preposition) const {
  if (item(preposition).kind != ItemKind::preposition) return kNone;
  const bool over = word_is(preposition, "over");  // "presided over", "presided today, at the Palace in A, over"
  if (!(over || word_is(preposition, "in") || word_is(preposition, "at") || word_is(preposition, "to"))) return kNone;
  for (std::uint32_t i = preposition; i-- > 0;) {
    const ItemKind kind = item(i).kind;
    if (kind == ItemKind::verb) {
      const VerbId main = verb(i).main;
      return main != kNoVerb && view_.tables->verbs[main].kind == (over ? VerbKind::chair : VerbKind::attend) ? i : kNone;
    }
    // "headed the Kingdom's delegation to the session"
    if (names_delegation(i)) continue;
    if (is_actor(i) && actor(i).kind == ActorKind::party && (view_.word(actor(i).end - 1) == "delegation" || (i + 1 < size() && item(i + 1).kind == ItemKind::noun))) continue;
    if (kind == ItemKind::possessive || kind == ItemKind::determiner || (is_actor(i) && (actor(i).possessive || actor(i).kind == ActorKind::adjective))) continue;
    // "represented Poland at the Meeting"
    const bool represented = is_actor(i) && actor(i).kind == ActorKind::party && i > 0 && item(i - 1).kind == ItemKind::verb && verb(i - 1).main != kNoVerb && view_.tables->verbs[verb(i - 1).main].is(VerbTrait::represents);
    if (represented) continue;
    const bool aside = kind == ItemKind::date || kind == ItemKind::comma || kind == ItemKind::adverb || (kind == ItemKind::preposition && (word_is(i, "on") || word_is(i, "in") || (over && word_is(i, "at")) || item(i + 1).kind == ItemKind::date)) || (over && is_actor(i) && (actor(i).kind == ActorKind::name || actor(i).kind == ActorKind::party));
    // "headed the national delegation to the session"
    const bool of_delegation = kind == ItemKind::word && names_delegation(i + 1);
    if (of_delegation) continue;
    if (!aside && !(is_actor(i) && actor(i).kind == ActorKind::city)) return kNone;
  }
  return kNone;
}

Clause::Governor Clause::governor(std::uint32_t noun_item) const {
  const Governor left = verb_over(noun_item);
  if (left.verb != kNone && (verb(left.verb).copula || !is_plain(left.verb))) return left;
  // "opened the 47th Summit, which Malaysia is hosting": a clause of its own says more than a verb that says nothing of events.
  const Governor right = verb_under(noun_item);
  return right.verb != kNone ? right : left;
}

bool Clause::is_plain(std::uint32_t verb_item) const {
  const VerbId main = verb(verb_item).main;
  return main == kNoVerb || view_.tables->verbs[main].kind == VerbKind::plain;
}

bool Clause::is_part_of_session(std::uint32_t i) const { return view_.info(item(i).end - 1).is(WordClass::session_part); }

// The verb that nothing but a time divides from "in A" or "in the city of A", whose town is at an item; kNone for none.
std::uint32_t Clause::verb_before_place(std::uint32_t town) const {
  if (!names_place(town) || town < 2) return kNone;
  std::uint32_t in = town - 1;
  while (in > 0 && item(in).kind == ItemKind::determiner) --in;
  if (word_is(in, "of") && in > 1 && item(in - 1).kind == ItemKind::word && view_.info(item(in - 1).end - 1).is(WordClass::settlement)) {
    --in;
    while (in > 0 && (item(in).kind == ItemKind::determiner || item(in).kind == ItemKind::word)) --in;
  }
  if (!word_is(in, "in") && !word_is(in, "at")) return kNone;
  for (std::uint32_t i = in; i-- > 0;) {
    if (item(i).kind == ItemKind::verb) return is_plain(i) ? kNone : i;
    const bool time = item(i).kind == ItemKind::date || item(i).kind == ItemKind::adverb || (item(i).kind == ItemKind::preposition && item(i + 1).kind == ItemKind::date);
    if (!time) return kNone;
  }
  return kNone;
}

Clause::Governor Clause::verb_over(std::uint32_t noun_item) const {
  std::uint32_t begin = of_noun(noun_item).begin;
  // The verb to the left of which the noun is the object: nothing but the noun's own words between.
  std::uint32_t left = begin;
  bool through_object = false;
  while (left > 0) {
    const Item& before = item(left - 1);
    if (before.kind == ItemKind::verb) return {left - 1, false};
    if (const std::uint32_t attending = attending_verb(left - 1); attending != kNone) return {attending, false};
    // "is on an official visit to": the copula says who.
    if (before.kind == ItemKind::preposition && word_is(left - 1, "on") && left > 1 && item(left - 2).kind == ItemKind::verb && (verb(left - 2).copula || (verb(left - 2).main != kNoVerb && view_.tables->verbs[verb(left - 2).main].lemma == "embark"))) return {left - 2, false};
    if (before.kind == ItemKind::actor || before.kind == ItemKind::comma || before.kind == ItemKind::conjunction || before.kind == ItemKind::noun) {
      // "held talks with A and a working lunch": a list of objects
      // "co-chaired with A the 7th Consultations"
      const std::uint32_t with = left > 2 && item(left - 2).kind == ItemKind::determiner ? left - 3 : left - 2;
      if (before.kind == ItemKind::actor && with > 0 && with < left && word_is(with, "with") && item(with - 1).kind == ItemKind::verb && verb(with - 1).main != kNoVerb && view_.tables->verbs[verb(with - 1).main].kind == VerbKind::chair)
        return {with - 1, false};
      // "held by videoconference today the third meeting"
      if (before.kind == ItemKind::noun && left > 1 && item(left - 2).kind == ItemKind::preposition && !word_is(left - 2, "of") && view_.info(before.end - 1).is(WordClass::virtual_)) {
        left -= 2;
        continue;
      }
      // "convened today in Manama the first meeting", "co-chaired on Tuesday in the city of Loja the XV Cabinet"
      if (const std::uint32_t over = before.kind == ItemKind::actor && !through_object ? verb_before_place(left - 1) : kNone; over != kNone) return {over, false};
      // "co-chaired in Montevideo the fifth round of"
      if (before.kind == ItemKind::actor && !through_object && left > 2 && (word_is(left - 2, "in") || word_is(left - 2, "at")) && actor(left - 1).kind != ActorKind::person && actor(left - 1).kind != ActorKind::post && item(left - 3).kind == ItemKind::verb && !is_plain(left - 3))
        return {left - 3, false};
      if (before.kind == ItemKind::actor && !through_object && left > 1 && item(left - 2).kind == ItemKind::preposition) break;
      through_object = true;
      if (begin - left > 8) break;
      --left;
      continue;
    }
    // "took part in the opening week of the session"
    const bool of_part = before.kind == ItemKind::preposition && word_is(left - 1, "of") && left > 1 && item(left - 2).kind == ItemKind::word && is_part_of_session(left - 2);
    if (of_part) {
      left -= 2;
      continue;
    }
    const bool of_time = word_is(left - 1, "on") && item(left).kind == ItemKind::date;  // "will co-chair, on 5 March, the Council"
    if (of_time || before.kind == ItemKind::determiner || before.kind == ItemKind::date || before.kind == ItemKind::adverb || before.kind == ItemKind::number || before.kind == ItemKind::word) {
      --left;
      continue;
    }
    break;
  }
  return {};
}

Clause::Governor Clause::verb_under(std::uint32_t noun_item) const {
  Governor aside;  // "the meeting, which had been due in May, was called off": the main clause goes first
  for (std::uint32_t v = noun_item + 1; v < size(); ++v) {
    if (item(v).kind == ItemKind::stop) break;
    if (item(v).kind != ItemKind::verb) continue;
    // "The Council, first convened in 1999, will be held in A": nor does what is set off go first
    const bool set_off = (verb(v).bare_participle || (verb(v).tense == Tense::past && !verb(v).passive)) && item(v - 1).kind == ItemKind::comma && finite_behind_comma(v);
    // "A meeting scheduled for 3 March was cancelled": nor does what the noun is said to have been
    const bool attribute = verb(v).bare_participle && !verb(v).finite && goes_on_with_verb(sentence_, v);
    const bool relative = set_off || attribute || skip_relative_back(v) != kNone;
    for (const Argument& a : of_verb(v).all) {
      if (a.item != noun_item || (a.slot != Slot::subject && a.slot != Slot::object)) continue;
      const Governor found{v, a.slot == Slot::subject || verb(v).passive || verb(v).bare_participle};
      if (!relative && verb(v).finite) return found;
      if (aside.verb == kNone) aside = found;
    }
    if (verb(v).finite && !relative) break;
  }
  return aside;
}

}  // namespace entente::importers
