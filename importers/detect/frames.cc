// Which frame of frames.tsv fits a verb with what stands around it.
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {
namespace {

using graph::EventType;

}  // namespace

std::uint32_t SentenceEvents::first_object(const Arguments& arguments) {
  for (const Argument& a : arguments.all)
    if (a.slot == Slot::object) return a.item;
  return kNone;
}

// "congratulated themselves": nobody else.
bool SentenceEvents::is_reflexive(std::uint32_t item) const {
  if (!clause_.is_actor(item)) return false;
  const Word last = word(sentence_.items[item].end - 1);
  return last.ends_with("selves") || last.ends_with("self");
}

// "a bridge" right behind an item.
bool SentenceEvents::is_named_as(std::uint32_t item) const {
  if (item + 1 >= sentence_.items.size() || sentence_.items[item + 1].kind != ItemKind::determiner) return false;
  const std::string_view article = word(sentence_.items[item + 1].begin);
  return article == "a" || article == "an";
}

bool SentenceEvents::fits_object(const Frame& frame, std::uint32_t item) const {
  const Item& here = sentence_.items[item];
  if (frame.object == ObjectNeed::any) return true;
  if (frame.object == ObjectNeed::money) return here.kind == ItemKind::money;
  if (frame.object == ObjectNeed::noun && here.kind == ItemKind::actor) {
    // "It was lifted in 1990": what was spoken of last, when it is of the class that the verb wants.
    const ActorKind kind = sentence_.actors[here.index].kind;
    return (kind == ActorKind::it || kind == ActorKind::plural) && (noun_before(item, frame.object_class) != kNone || cast_.last_noun() == frame.object_class);
  }
  if (frame.object == ObjectNeed::noun) return class_of(item) == frame.object_class;
  // "A delegation from B headed by Deputy Minister A was received"
  if (here.kind == ItemKind::noun && (frame.object == ObjectNeed::party || frame.object == ObjectNeed::person || frame.object == ObjectNeed::actor)) return clause_.names_delegation(item);
  if (here.kind != ItemKind::actor) return false;
  const ActorMention& actor = sentence_.actors[here.index];
  const bool person = is_person(item) || actor.kind == ActorKind::plural || (actor.kind == ActorKind::both && actor.level);
  switch (frame.object) {
    case ObjectNeed::actor: return person || actor.kind == ActorKind::party || actor.kind == ActorKind::both || actor.kind == ActorKind::plural || actor.kind == ActorKind::side;
    case ObjectNeed::person: return person;
    case ObjectNeed::post: return actor.kind == ActorKind::post && actor.post && !actor.post->plural;
    case ObjectNeed::party: {
      // "visit the German KFOR contingent": what the organisation's name qualifies
      const bool qualifies = frame.type == EventType::visit && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::organisation && item + 1 < sentence_.items.size() && sentence_.items[item + 1].kind == ItemKind::word;
      // "came to the Kingdom": ours
      const bool realm = actor.kind == ActorKind::side && view_.info(actor.end - 1).is(WordClass::realm);
      return (actor.kind == ActorKind::party && !actor.ministry && !qualifies) || realm;
    }
    case ObjectNeed::city: return actor.kind == ActorKind::city;
    default: return false;
  }
}

// "15 and 16 October", "three days": how many days or which, at an item.
bool SentenceEvents::says_days(std::uint32_t item) const {
  if (item >= sentence_.items.size()) return false;
  const Item& here = sentence_.items[item];
  if (here.kind == ItemKind::date) return sentence_.dates[here.index].first.day || sentence_.dates[here.index].weekday;
  const WordInfo* unit = here.kind == ItemKind::number && here.end < sentence_.end ? &view_.info(here.end) : nullptr;
  return unit != nullptr && unit->date == DateWord::unit && unit->date_value == 'd';
}

// "by telephone", "down", "into force": right behind the verb, or behind its object.
bool SentenceEvents::has_particle(const Frame& frame, std::uint32_t verb_item, const Arguments& arguments) const {
  if (frame.particle.empty()) return true;
  const bool anywhere = frame.object == ObjectNeed::any;  // "declared the Ambassador, Ms. A, persona non grata"
  std::uint32_t end_token = !anywhere && arguments.end < sentence_.items.size() ? sentence_.items[arguments.end].begin : sentence_.end;
  // "ordered three diplomats to leave the country": the particle begins where the arguments end.
  if (frame.particle.size() > 1) end_token = std::min<std::uint32_t>(sentence_.end, end_token + static_cast<std::uint32_t>(frame.particle.size()));
  // "was told that two employees have until Friday to leave": not what whoever was told has to do
  if (anywhere && frame.particle[0] == view_.tables->vocabulary.find("to"))
    for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i)
      if (sentence_.items[i].kind == ItemKind::relative && word(sentence_.items[i].begin) == "that") {
        end_token = std::min(end_token, sentence_.items[i].begin);
        break;
      }
  // "called the Ambassador in", not "brought the leaders together in Lima"
  const std::uint32_t from = sentence_.items[verb_item].begin + 1;
  if (frame.object == ObjectNeed::person && frame.particle.size() == 1 && !frame.required_post && view_.tables->vocabulary.info(frame.particle[0]).is(WordClass::preposition)) {
    const std::uint32_t behind = sentence_.items[verb_item].end;
    for (std::uint32_t t = from; t < end_token; ++t) {
      if (view_.tokens[t].word != frame.particle[0]) continue;
      const bool ends = t < behind + 1 || t + 1 >= sentence_.end || view_.tokens[t + 1].punct || view_.info(t + 1).is(WordClass::preposition) || view_.info(t + 1).is(WordClass::adverb) || view_.info(t + 1).is(WordClass::conjunction) || view_.info(t + 1).date == DateWord::day;
      if (ends) return true;
    }
    return false;
  }
  // "summoned the Ambassador home", not "summoned the Ambassador to its home office"
  if (frame.object == ObjectNeed::person && frame.particle.size() == 1) {
    for (std::uint32_t t = from; t < end_token; ++t)
      if (view_.tokens[t].word == frame.particle[0] && !view_.info(t - 1).is(WordClass::determiner)) return true;
    return false;
  }
  if (has_words(frame.particle, from, end_token)) return true;
  // "It is with deep sorrow that A learned": what stands in front to be stressed.
  const bool cleft = word(sentence_.begin) == "it" && sentence_.begin + 2 < sentence_.end && view_.info(sentence_.begin + 1).is(WordClass::be) && word(sentence_.begin + 2) == "with";
  return cleft && has_words(frame.particle, sentence_.begin + 2, sentence_.items[verb_item].begin);
}

bool SentenceEvents::has_words(const std::vector<WordId>& words, std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t t = begin; t + words.size() <= end; ++t) {
    if (view_.tokens[t].word != words[0]) continue;
    bool same = true;
    for (std::size_t k = 1; k < words.size(); ++k) same = same && view_.tokens[t + k].word == words[k];
    if (same) return true;
  }
  return false;
}

// "since Monday", "as of 4 March", "from today": when the state began. Of a post the day has to be told, for a year only says for how long.
bool SentenceEvents::begins_on_day(const Frame& frame, const Arguments& arguments) const {
  return std::any_of(arguments.dates.begin(), arguments.dates.end(), [&](std::uint32_t date) {
    if (date == 0) return false;
    const Word before = word(sentence_.items[date - 1].end - 1);
    const bool begins = before == "since" || before == "from" || (before == "of" && date > 1 && word(sentence_.items[date - 1].begin - 1) == "as");
    const DateExpr& said = sentence_.dates[sentence_.items[date].index];
    return begins && (frame.type != EventType::appointment || said.first.day || said.kind == DateExpr::Kind::day_shift || said.weekday);
  });
}

// "She is at present political counsellor in Berlin", "will be stationed in Bogotá": what one is there, no journey.
bool SentenceEvents::is_something_there(std::uint32_t item) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::preposition && word(here.begin) == "in" && !(i + 1 < sentence_.items.size() && sentence_.items[i + 1].kind == ItemKind::date))
      return here.end + 1 < sentence_.end && view_.info(here.end + 1).is(WordClass::chairing);  // "was in the chair"
    if (here.kind == ItemKind::actor) return clause_.actor(i).kind == ActorKind::post;
    if (i == item + 1 && view_.info(here.begin).is(WordClass::lives_there)) return true;
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative) return false;
  }
  return false;
}

// "handed over 20 wheelchairs": several things of a kind that nouns.tsv does not know, right behind the verb.
bool SentenceEvents::acts_on_number(std::uint32_t item) const {
  std::uint32_t at = item + 1;
  while (at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::determiner || sentence_.items[at].kind == ItemKind::adverb || word(sentence_.items[at].begin) == "further" || word(sentence_.items[at].begin) == "additional")) ++at;  // "a further eight tons"
  if (at + 1 >= sentence_.items.size() || sentence_.items[at].kind != ItemKind::number || view_.tokens[sentence_.items[at].begin].ordinal) return false;
  return view_.tokens[sentence_.items[at].begin].number > 1 && sentence_.items[at + 1].kind == ItemKind::word && !view_.info(sentence_.items[at + 1].begin).is(WordClass::number_noun);
}

// "It was agreed that", "it was decided to": "it" is what follows, nothing that was spoken of.
bool SentenceEvents::is_expletive(const VerbGroup& verb, std::uint32_t item) const {
  if (!clause_.is_actor(item) || clause_.actor(item).kind != ActorKind::it) return false;
  return verb.end < sentence_.end && (word(verb.end) == "that" || word(verb.end) == "to" || word(verb.end) == "how");
}

std::optional<SentenceEvents::Filled> SentenceEvents::match(const VerbGroup& verb, std::uint32_t item, const Arguments& arguments) const {
  const VerbId main = verb.main == kNoVerb && verb.copula ? view_.tables->be : verb.main;
  if (main == kNoVerb) return std::nullopt;
  if (const std::uint32_t object = first_object(arguments); object != kNone && !verb.passive && is_reflexive(object)) return std::nullopt;
  // Which words stand in the sentence, by what is left of their numbers: most frames want others, and are settled by that.
  if (words_.none())
    for (std::uint32_t t = sentence_.begin; t < sentence_.end; ++t) words_.set(view_.tokens[t].word % kWordBits);
  const auto may_stand = [&](WordId word) { return words_.test(word % kWordBits); };
  for (const Frame& frame : view_.tables->frames[main]) {
    if (!frame.particle.empty() && !may_stand(frame.particle_first)) continue;
    if (!std::all_of(frame.particle.begin(), frame.particle.end(), may_stand) || !has_particle(frame, item, arguments)) continue;
    if (frame.sets.ahead && !verb.planned) continue;
    if (frame.sets.finite && !verb.finite) continue;
    if (frame.sets.now && (verb.tense == Tense::past || verb.planned)) continue;
    if (frame.sets.since && !(verb.planned && frame.type == EventType::appointment) && !begins_on_day(frame, arguments)) continue;
    if (frame.required) {
      const bool filled = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) {
        // "A delegation led by Minister A will be in B": through who leads it
        const bool led = a.slot == Slot::subject && clause_.names_delegation(a.item) && is_led_by(view_, sentence_, a.item + 1);
        if (led && a.slot == *frame.required) return true;
        return a.slot == *frame.required && sentence_.items[a.item].kind == ItemKind::actor && (!frame.required_person || is_person(a.item) || (a.slot == Slot::with ? are_officials(a.item) : is_delegation(a.item))) && (!frame.required_party || is_state(a.item)) && (!frame.required_clause || !is_person(a.item) || (clause_.actor(a.item).post && clause_.actor(a.item).post->plural));
      });
      if (!filled) continue;
      // "called on A to withdraw": somebody is to do something.
      if (frame.required_clause && !(arguments.end < sentence_.items.size() && sentence_.items[arguments.end].kind == ItemKind::verb && this->verb(arguments.end).infinitive)) continue;
    }
    if (frame.required_post && post_behind(item) == kNone) continue;
    if (frame.subject_class != kNoClass) {
      for (const Argument& a : arguments.all)
        if ((a.slot == Slot::subject || (verb.passive && a.slot == Slot::object)) && (class_of(a.item) == frame.subject_class || means_class(a.item, frame.subject_class))) return Filled{&frame, a.item};
      continue;
    }
    // "will move its embassy to A", "continued talks in B": who moves a thing does not go himself.
    const std::uint32_t moved = frame.type == EventType::visit && frame.object == ObjectNeed::none ? first_object(arguments) : kNone;
    if (moved != kNone && sentence_.items[moved].kind == ItemKind::noun && moved > item) continue;
    if (frame.object == ObjectNeed::none) return Filled{&frame, kNone};
    if (frame.object == ObjectNeed::time) {
      if (says_days(item + 1)) return Filled{&frame, kNone};
      continue;
    }
    if (frame.type == EventType::visit && is_to_us(verb)) return Filled{&frame, kNone};  // "who is visiting the country"
    // A position may be taken on anything: "condemns in the strongest terms the explosion".
    // So may those be expelled whom only plain words name: "expelled three employees of the Embassy".
    if (frame.object == ObjectNeed::any && (frame.type == EventType::statement || frame.type == EventType::expulsion || frame.type == EventType::sanction)) return Filled{&frame, first_object(arguments)};
    if (frame.object == ObjectNeed::counted) {
      if (acts_on_number(item)) return Filled{&frame, kNone};
      continue;
    }
    // "called the project a bridge", "calls him a friend": a name that is given.
    const std::uint32_t called = frame.type == EventType::call && frame.object == ObjectNeed::person ? first_object(arguments) : kNone;
    if (called != kNone && called > item && is_named_as(called)) continue;
    const bool given = frame.object == ObjectNeed::money || (frame.type == EventType::aid && frame.object == ObjectNeed::noun);  // "provided Fiji with 2 million dollars"
    // "cut the ribbon of the embassy", "took delivery of the letters of credence": with words of its own the verb acts through them.
    const bool through = frame.object == ObjectNeed::noun && !frame.particle.empty();
    const auto acted_on = [&](Slot slot) { return slot == Slot::object || (given && slot == Slot::with) || (through && (slot == Slot::of || slot == Slot::at || slot == Slot::over || slot == Slot::for_)); };
    for (const Argument& a : arguments.all)
      if ((acted_on(a.slot) || (frame.object_slot && a.slot == *frame.object_slot && a.item > item)) && fits_object(frame, a.item) && !is_expletive(verb, a.item) &&
          (frame.required_class == kNoClass || is_about(a.item, frame.required_class)))
        return Filled{&frame, a.item};
  }
  return std::nullopt;
}

// The arguments of a verb read as a participle of the noun that stands before it; absent where it has an object of its own.
std::optional<Arguments> SentenceEvents::turn_passive(std::uint32_t item, const Arguments& arguments) const {
  if (item == 0 || arguments.has(Slot::object)) return std::nullopt;
  Arguments turned = arguments;
  // "In a message addressed to the people of A, Secretary General B has offered": whoever stands behind the comma acts himself.
  std::erase_if(turned.all, [&](const Argument& a) {
    std::uint32_t before = a.item;
    while (before > 0 && sentence_.items[before - 1].kind == ItemKind::determiner) --before;
    return a.item > item && before > 0 && sentence_.items[before - 1].kind == ItemKind::comma && a.slot != Slot::by && a.slot != Slot::between;
  });
  bool noun = false;
  for (Argument& a : turned.all) {
    if (a.slot != Slot::subject) continue;
    a.slot = Slot::object;
    noun = noun || sentence_.items[a.item].kind == ItemKind::noun;
  }
  if (!noun && turned.has(Slot::object)) return std::nullopt;
  if (!noun) {
    const std::uint32_t before = clause_.noun_ending_at(item - 1);
    if (before == kNone) return std::nullopt;
    turned.all.push_back({Slot::object, before});
  }
  return turned;
}

}  // namespace entente::importers
