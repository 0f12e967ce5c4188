// Who or what an item of the sentence means.
#include <algorithm>

#include "base/contains.h"
#include "importers/detect/sentence_events.h"

namespace entente::importers {

// "Italy for the loan which it has extended", "the Union extended its measures": the party named before in the sentence.
Meant SentenceEvents::nearest_party(std::uint32_t item) const {
  // "A gave 20 million to B, and later it gave another": a clause beside the one before has the same subject
  const bool acts = item + 1 < sentence_.items.size() && sentence_.items[item + 1].kind == ItemKind::verb && verb(item + 1).finite;
  bool joined = false;
  for (std::uint32_t i = item; acts && i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) break;
    joined = joined || kind == ItemKind::conjunction;
    if (kind != ItemKind::verb || !verb(i).finite) continue;
    if (!joined || verb(i).passive) break;
    const Arguments arguments = clause_.of_verb(i);
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && a.item < i && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::party) return cast_.meant(clause_.actor(a.item));
    break;
  }
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& before = sentence_.actors[sentence_.items[i].index];
    if (before.kind == ActorKind::party) return cast_.meant(before);
  }
  return {};
}

// "A raised the cases with Ambassador B, when the two met": the only two whom the sentence names before, of two sides.
Meant SentenceEvents::two_before(std::uint32_t item) const {
  Meant two;
  for (std::uint32_t i = 0; i < item; ++i) {
    if (sentence_.items[i].kind == ItemKind::stop || !clause_.is_actor(i)) continue;
    const ActorMention& actor = clause_.actor(i);
    if (actor.kind != ActorKind::person && actor.kind != ActorKind::post) continue;
    add_meant(two, cast_.meant(actor));
    if (two.persons.size() > 2) return {};
  }
  if (two.persons.size() != 2 || cast_.persons()[two.persons[0]].of == cast_.persons()[two.persons[1]].of) return {};
  for (const std::uint32_t person : two.persons)
    if (cast_.persons()[person].of == kNoParty && cast_.own() != kNoParty) add_meant(two, Meant{{cast_.own()}, {}, {}, {}});
  return two;
}

// "Portugal confirmed that its President would travel": the post of the state that "its" means, with whoever was named in it.
Meant SentenceEvents::of_its_state(std::uint32_t item) const {
  const PostMention& post = *clause_.actor(item).post;
  if (item == 0 || post.plural || !post.of.empty() || sentence_.items[item - 1].kind != ItemKind::determiner) return {};
  const Word whose = word(sentence_.items[item - 1].begin);
  // "Minister A of B brought a message from his head of state": of the state of whom the sentence is about
  if (whose == "his" || whose == "her")
    for (std::uint32_t i = 0; i < item; ++i) {
      if (!clause_.is_actor(i) || clause_.actor(i).kind != ActorKind::person || clause_.actor(i).persons.size() != 1) continue;
      const PartyIndex of = cast_.persons()[clause_.actor(i).persons[0]].of;
      const std::optional<graph::Level> level = cast_.persons()[clause_.actor(i).persons[0]].level;
      if (of == kNoParty || of == cast_.own() || !level || !post.level || *post.level >= *level) return {};
      Meant meant{{of}, {}, post.level, {}};
      if (const auto person = cast_.latest_of(of, post.level); person && !contains(clause_.actor(i).persons, *person)) meant.persons = {*person};
      return meant;
    }
  if (whose != "its") return {};
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop) return {};
    if (!clause_.is_actor(i)) continue;
    const ActorMention& owner = clause_.actor(i);
    if (owner.kind != ActorKind::party || owner.parties.size() != 1) continue;
    Meant meant{owner.parties, {}, post.level, {}};
    if (const auto person = cast_.latest_of(owner.parties[0], post.level)) meant.persons = {*person};
    return meant;
  }
  return {};
}

// "the President and the people of A", "the King and the Government of B": the post is of the state behind it.
Meant SentenceEvents::with_their_people(std::uint32_t item) const {
  const PostMention& post = *clause_.actor(item).post;
  if (post.plural || !post.of.empty() || item + 2 >= sentence_.items.size() || sentence_.items[item + 1].kind != ItemKind::conjunction) return {};
  const std::uint32_t next = sentence_.items[item + 2].kind == ItemKind::determiner ? item + 3 : item + 2;
  if (!clause_.is_actor(next) || clause_.actor(next).kind != ActorKind::party || clause_.actor(next).parties.size() != 1) return {};
  if (!view_.info(clause_.actor(next).begin).is(WordClass::government_noun)) return {};
  return Meant{clause_.actor(next).parties, {}, post.level, {}};
}

Meant SentenceEvents::meant_of(std::uint32_t item) const {
  const Item& here = sentence_.items[item];
  if (here.kind != ItemKind::actor) return {};
  const ActorMention& actor = sentence_.actors[here.index];
  if (actor.kind == ActorKind::pronoun && (word(actor.end - 1) == "latter" || word(actor.end - 1) == "former"))
    if (Meant one = one_of_two(item, word(actor.end - 1) == "former"); !one.empty()) return one;
  if (actor.kind == ActorKind::pronoun)
    if (Meant other = other_than_subject(item); !other.empty()) return other;
  if (actor.kind == ActorKind::pronoun)
    if (Meant guest = told_of_by_us(item); !guest.empty()) return guest;
  if (actor.kind == ActorKind::it)
    if (Meant party = nearest_party(item); !party.empty()) return party;
  if (actor.kind == ActorKind::post)
    if (Meant theirs = with_their_people(item); !theirs.empty()) return theirs;
  if (actor.kind == ActorKind::post)
    if (Meant holder = holder_before(item); !holder.empty()) return holder;
  if (actor.kind == ActorKind::post)
    if (Meant theirs = of_its_state(item); !theirs.empty()) return theirs;
  const bool of_persons = word(actor.end - 1) == "two" || view_.info(actor.end - 1).is(WordClass::minister_plural);
  if (actor.kind == ActorKind::both && actor.count == 2 && !actor.level && of_persons)
    if (Meant two = two_before(item); !two.empty()) return two;
  Meant meant = cast_.meant(actor);
  // "A and her counterpart signed": the one of the talks before, where no name follows
  const bool named = item + 1 < sentence_.items.size() && (clause_.is_actor(item + 1) || (sentence_.items[item + 1].kind == ItemKind::comma && item + 2 < sentence_.items.size() && clause_.is_actor(item + 2)));
  // "with her counterpart in Quito, A"
  const bool named_behind_place = actor.kind == ActorKind::counterpart && item + 4 < sentence_.items.size() && word(sentence_.items[item + 1].begin) == "in" && clause_.is_actor(item + 2) && sentence_.items[item + 3].kind == ItemKind::comma && clause_.is_actor(item + 4) && clause_.actor(item + 4).persons.size() == 1;
  if (named_behind_place) {
    const Person& person = cast_.persons()[clause_.actor(item + 4).persons[0]];
    if (person.of != kNoParty) return Meant{{person.of}, {clause_.actor(item + 4).persons[0]}, person.level, {}};
  }
  if (actor.kind == ActorKind::counterpart && actor.parties.empty() && meant.parties.size() == 1 && !named)
    if (const auto person = cast_.latest_of(meant.parties[0], meant.level)) meant.persons = {*person};
  // "a message to his counterpart, A": of the rank that A has
  if (actor.kind == ActorKind::counterpart && named) {
    const std::uint32_t name = clause_.is_actor(item + 1) ? item + 1 : item + 2;
    if (const auto& persons = clause_.actor(name).persons; persons.size() == 1 && cast_.persons()[persons[0]].level) meant.level = cast_.persons()[persons[0]].level;
  }
  if (actor.kind == ActorKind::plural && meant.empty()) meant = those_before(item);
  return meant;
}

// "It entered into force in 1912": what was spoken of last, when it is of the class.
bool SentenceEvents::means_class(std::uint32_t item, NounClass noun) const {
  if (!clause_.is_actor(item)) return false;
  const ActorKind kind = clause_.actor(item).kind;
  return (kind == ActorKind::it || kind == ActorKind::plural) && (noun_before(item, noun) != kNone || cast_.last_noun() == noun);
}

// "The former", "the latter": of the two persons named last, here or in the sentence before.
Meant SentenceEvents::one_of_two(std::uint32_t item, bool first) const {
  constexpr std::uint32_t kReach = 48;  // items, and mentions of the sentence before
  std::vector<std::uint32_t> persons;   // the one named last first
  const auto note = [&](const ActorMention& actor) {
    for (auto person = actor.persons.rbegin(); person != actor.persons.rend() && persons.size() < 2; ++person)
      if (std::find(persons.begin(), persons.end(), *person) == persons.end()) persons.push_back(*person);
  };
  for (std::uint32_t i = item; i-- > 0 && i + kReach > item;)
    if (clause_.is_actor(i)) note(clause_.actor(i));
  if (index_ > 0) {
    const std::vector<ActorMention>& before = view_.sentences[index_ - 1].actors;
    for (std::size_t i = before.size(); i-- > 0 && i + kReach > before.size();) note(before[i]);
  }
  Meant meant;
  if (persons.size() < 2) return meant;
  const std::uint32_t who = persons[first ? 1 : 0];
  meant.persons = {who};
  if (cast_.persons()[who].of != kNoParty) meant.parties = {cast_.persons()[who].of};
  meant.level = cast_.persons()[who].level;
  return meant;
}

NounClass SentenceEvents::class_of(std::uint32_t item) const {
  const Item& here = sentence_.items[item];
  if (here.kind == ItemKind::noun) return view_.tables->nouns[sentence_.nouns[here.index].noun].noun_class;
  return kNoClass;
}

// A state or organisation, by its name or its capital.
bool SentenceEvents::is_state(std::uint32_t item) const {
  if (!clause_.is_actor(item)) return false;
  const ActorMention& actor = clause_.actor(item);
  return (actor.kind == ActorKind::party || actor.kind == ActorKind::city || actor.kind == ActorKind::own) && !actor.possessive;
}

// "negotiations on a free trade agreement": what the noun at an item is about.
bool SentenceEvents::is_about(std::uint32_t item, NounClass wanted) const {
  constexpr std::uint32_t kReach = 11;
  for (std::uint32_t i = item + 1; i < sentence_.items.size() && i < item + kReach; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::verb || kind == ItemKind::relative) return false;
    if (kind == ItemKind::noun && class_of(i) == wanted) return true;
    // "on a Working Holiday MOU": a paper by its name
    const bool paper = clause_.is_actor(i) && clause_.actor(i).kind == ActorKind::name && (view_.info(sentence_.items[i].end - 1).is(WordClass::any_paper) || view_.info(sentence_.items[i].end - 1).is(WordClass::memorandum));
    if (paper && view_.tables->noun_classes[wanted] == "agreement") return true;
  }
  return false;
}

bool SentenceEvents::is_person(std::uint32_t item) const {
  if (!clause_.is_actor(item)) return false;
  const ActorKind kind = sentence_.actors[sentence_.items[item].index].kind;
  return kind == ActorKind::person || kind == ActorKind::post || kind == ActorKind::pronoun || kind == ActorKind::counterpart || kind == ActorKind::name;
}

// "senior Egyptian officials", "Bosnian political leaders": persons, though told as a side.
bool SentenceEvents::are_officials(std::uint32_t item) const {
  if (!clause_.is_actor(item)) return false;
  const ActorMention& actor = clause_.actor(item);
  return actor.kind == ActorKind::party && !actor.ministry && view_.info(actor.end - 1).is(WordClass::minister_plural);
}

// "A delegation of Tanzania will be in B": it travels as a person does.
bool SentenceEvents::is_delegation(std::uint32_t item) const {
  if (!clause_.is_actor(item) || clause_.actor(item).kind != ActorKind::party) return false;
  const ActorMention& actor = clause_.actor(item);
  return word(actor.begin) == "delegation" || word(actor.end - 1) == "delegation";
}

// "of Britain, France and Russia": named one by one, not as a group.
bool SentenceEvents::is_listed(const ActorMention& actor) const {
  if (actor.kind == ActorKind::counterpart && actor.parties.size() > 1) return true;
  if (!actor.post || !actor.post->plural || actor.post->of.size() < 2) return false;
  for (std::uint32_t t = actor.begin; t < actor.end; ++t)
    if (word(t) == "and" || view_.raw(t, t + 1) == ",") return true;
  return false;
}

// "received A, who then met B": behind "who" a word says that it came after.
bool SentenceEvents::is_told_afterwards(std::uint32_t verb_item) const {
  constexpr std::uint32_t kItemsMax = 3;  // from "who" to the verb
  std::uint32_t relative = verb_item;
  while (relative > 0 && verb_item - relative < kItemsMax && sentence_.items[relative].kind != ItemKind::relative) --relative;
  if (sentence_.items[relative].kind != ItemKind::relative) return false;
  for (std::uint32_t t = sentence_.items[relative].end; t < sentence_.items[verb_item].end; ++t)
    if (view_.info(t).is(WordClass::afterwards)) return true;
  return false;
}

bool SentenceEvents::is_mission(std::uint32_t item) const { return clause_.is_of_class(item, "mission"); }

bool SentenceEvents::is_plural_noun(std::uint32_t item) const { return view_.tables->nouns[sentence_.nouns[sentence_.items[item].index].noun].plural; }

}  // namespace entente::importers
