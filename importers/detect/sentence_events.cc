#include "importers/detect/sentence_events.h"

#include <algorithm>

#include "importers/detect/borrowed_dates.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Status;

void add_meant(Meant& to, const Meant& more) {
  for (const PartyIndex party : more.parties)
    if (std::find(to.parties.begin(), to.parties.end(), party) == to.parties.end()) to.parties.push_back(party);
  for (const std::uint32_t person : more.persons)
    if (std::find(to.persons.begin(), to.persons.end(), person) == to.persons.end()) to.persons.push_back(person);
}

}  // namespace

std::vector<Draft> SentenceEvents::run() {
  used_.assign(sentence_.items.size(), false);
  read_promises();
  read_behind_inserted();
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind == ItemKind::verb) {
      read_verb(i);
      read_sitting(i);
      read_delegation(i);
      read_chairs(i);
      read_presence(i);
      read_senders(i);
      read_signers(i);
      read_host(i);
      read_addressing(i);
      read_named_to_lead(i);
      note_subjects(i);
    }
  }
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::forum && !used_[i]) read_forum(i);
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    const bool act = (kind == ItemKind::verb || kind == ItemKind::word || kind == ItemKind::noun) && view_.tables->verb_form(view_.tokens[sentence_.items[i].end - 1].word).verb != kNoVerb;
    if (act) {
      read_act(i);
      read_appointment(i);
      read_expulsion(i);
    }
    if (kind == ItemKind::noun) read_gift(i);
    if (kind == ItemKind::actor) read_given_post(i);
    if (act) read_visiting(i);
    if (sentence_.items[i].kind == ItemKind::noun && !used_[i]) read_noun(i);
  }
  for (std::uint32_t i = 0; i < sentence_.items.size(); ++i)
    if (sentence_.items[i].kind == ItemKind::verb) {
      read_ceremony(i);
      read_venue(i);
    }
  take_paper_sides();
  if (drafts_.empty()) read_label();
  take_spokesmen();
  read_company();
  prefer_calls();
  take_label();
  share_date();
  borrow_dates(view_, sentence_, drafts_);
  date_by_anniversary();
  for (const Draft& draft : drafts_)
    if (draft.joins_last && (draft.rule == "talk.chairs" || draft.rule == "talk.present" || draft.rule == "talk.delegation"))
      for (const Taking& taking : draft.takings) cast_.saw_more_of_event(taking.who);
  note_nouns();
  for (const Item& item : sentence_.items) {
    if (item.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[item.index];
    if (entry_ != nullptr && entry_->traveller)
      for (const std::uint32_t person : actor.persons) cast_.set_home(person, entry_->countries[0]);
    for (const std::uint32_t person : actor.persons) cast_.saw_person(person);
    if (actor.kind == ActorKind::city) cast_.saw_city(actor.city);
    if (actor.kind == ActorKind::party || actor.kind == ActorKind::city)
      for (const PartyIndex party : actor.parties) cast_.saw_party(party);
  }
  return std::move(drafts_);
}

// "Italy for the loan which it has extended", "the Union extended its measures": the party named before in the sentence.
Meant SentenceEvents::nearest_party(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& before = sentence_.actors[sentence_.items[i].index];
    if (before.kind == ActorKind::party) return cast_.meant(before);
  }
  return {};
}

// "Accra, 4-6 March:", with nothing else before the colon; else a time that the line begins with: "May 6, late afternoon:".
std::optional<SentenceEvents::Label> SentenceEvents::label() const {
  constexpr std::uint32_t kItemsMax = 8;
  const auto is_colon = [&](std::uint32_t i) { return view_.raw(sentence_.items[i].begin, sentence_.items[i].end) == ":"; };
  const auto size = static_cast<std::uint32_t>(sentence_.items.size());
  Label found;
  const auto is_dash = [&](std::uint32_t at) { return view_.tokens[sentence_.items[at].begin].punct && (sentence_.items[at].kind == ItemKind::word || view_.raw(sentence_.items[at].begin, sentence_.items[at].end) == "–"); };
  std::uint32_t i = 0;
  while (i < size && sentence_.items[i].kind == ItemKind::stop && !is_colon(i)) ++i;  // the bullet of a list
  const std::uint32_t first = i;
  for (; i < size; ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::date && found.date == kNone) found.date = i;
    else if (here.kind == ItemKind::actor && (clause_.actor(i).kind == ActorKind::city || clause_.actor(i).kind == ActorKind::party)) found.city = found.city == kNone ? i : found.city;
    else if (here.kind != ItemKind::comma && here.kind != ItemKind::preposition && here.kind != ItemKind::quote) break;
  }
  found.colon = i;
  if (i < size && sentence_.items[i].kind == ItemKind::stop && is_colon(i) && found.date != kNone) return found;
  // "28 October – Ambassador A paid a courtesy call"
  if (i < size && found.date == first && found.city == kNone && is_dash(i) && sentence_.dates[sentence_.items[first].index].first.day) return found;
  found = {};
  i = 0;
  while (i < size && (sentence_.items[i].kind == ItemKind::number || sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::preposition)) ++i;
  if (i >= size || sentence_.items[i].kind != ItemKind::date) return std::nullopt;
  found.date = i;
  for (std::uint32_t colon = i + 1; colon < size && colon < i + kItemsMax; ++colon) {
    if (is_colon(colon)) {
      found.colon = colon;
      return found;
    }
    if (sentence_.items[colon].kind == ItemKind::verb) return std::nullopt;
  }
  return std::nullopt;
}

// "Ljubljana: State Secretary A will have": a town before the colon that a line begins with.
void SentenceEvents::take_place_label() {
  if (sentence_.items.size() < 3 || !clause_.is_actor(0) || (clause_.actor(0).kind != ActorKind::city && clause_.actor(0).city == kNone)) return;
  const bool colon = sentence_.items[1].kind == ItemKind::stop && view_.raw(sentence_.items[1].begin, sentence_.items[1].end) == ":";
  const std::string_view mark = view_.raw(sentence_.items[1].begin, sentence_.items[1].end);
  const bool dash = mark == "–" || mark == "—" || mark == "-";  // "Helsinki – State Secretary A will", under a day
  if (!colon && !(dash && entry_ != nullptr)) return;
  for (Draft& draft : drafts_)
    if (draft.city.empty() && (draft.place_country == kNoParty || draft.entry_date) && draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid) take_town(draft, 0);
}

// The town at an item, which may have the name of its state.
void SentenceEvents::take_town(Draft& draft, std::uint32_t item) const {
  const ActorMention& actor = clause_.actor(item);
  if (actor.kind == ActorKind::city) return take_place(draft, item);
  if (actor.city == kNone || !draft.city.empty()) return;
  draft.city = std::string(view_.raw(actor.begin, actor.end));
  draft.place_country = actor.parties.empty() ? kNoParty : actor.parties[0];
}

// Time and town before a colon are those of what is told behind it.
void SentenceEvents::take_label() {
  const auto said = label();
  if (!said) return take_place_label();
  for (Draft& draft : drafts_) {
    if (draft.begin < sentence_.items[said->colon].end || draft.date) continue;
    draft.date = sentence_.dates[sentence_.items[said->date].index];
    draft.background = false;
    if (said->city == kNone) continue;
    if (draft.type == EventType::visit && !draft.has(Part::host)) draft.takings.push_back({Part::host, Slot::in, meant_of(said->city)});
    if (draft.city.empty() && draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid) take_place(draft, said->city);
  }
}

// "She called on A and had talks with B, both on the 18th": the one time of a sentence is that of all its verbs.
void SentenceEvents::share_date() {
  if (sentence_.dates.size() != 1) return;
  const bool dated = std::any_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.date && !d.background; });
  // "On 28 July he will meet A, and the two will sign"
  const bool ahead = dated && std::all_of(drafts_.begin(), drafts_.end(), [](const Draft& d) { return d.planned || d.background; });
  if (!dated) return;
  // "the Agreement which they had signed on 8 February, under which Serbia was given": the time is that of its own clause.
  const auto behind_relative = [&](const Draft& draft) {
    return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
      return item.kind == ItemKind::relative && item.begin >= sentence_.dates[0].end && item.begin < draft.end && draft.begin >= sentence_.dates[0].end;
    });
  };
  // "signed by A and by B, who is paying a visit from 4 to 6 May": the days are those of the visit
  const auto tells_stay = [&](std::uint32_t relative) {
    return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& other) { return other.type == EventType::visit && other.date && other.end > relative; });
  };
  // "A, who is on a visit to B from 20 to 26 May, took part in": the days of the visit, set off by commas
  const auto behind_stay = [&](const Draft& draft) {
    if (draft.type == EventType::visit) return false;
    std::uint32_t who = kNone;
    for (const Item& item : sentence_.items) {
      if (item.kind == ItemKind::relative && item.begin < sentence_.dates[0].begin) who = word(item.begin) == "who" ? item.begin : kNone;
      if (who != kNone && item.kind == ItemKind::comma && item.begin >= sentence_.dates[0].end) return draft.end > item.begin && tells_stay(who);
    }
    return false;
  };
  // "have resumed relations, which had been severed in 1990": nor is the time of the clause behind that of the verb before it.
  const auto before_relative = [&](const Draft& draft) {
    return std::any_of(sentence_.items.begin(), sentence_.items.end(), [&](const Item& item) {
      // "travelled to A, where he will meet B on the 25th"
      const bool ahead_there = word(item.begin) == "where" && !draft.planned && std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [&](const VerbGroup& verb) { return (verb.planned || verb.tense == Tense::future) && verb.begin > item.begin; });
      const bool apart = ahead_there || word(item.begin) == "which" || (word(item.begin) == "who" && tells_stay(item.begin));
      const std::uint32_t from = ahead_there ? item.end : item.begin;
      return item.kind == ItemKind::relative && apart && from >= draft.end && item.begin < sentence_.dates[0].begin;
    });
  };
  // "notes were exchanged on a loan which A extends": given by the paper
  const auto relative = std::find_if(sentence_.items.begin(), sentence_.items.end(), [](const Item& item) { return item.kind == ItemKind::relative; });
  const std::uint32_t main_end = relative == sentence_.items.end() ? sentence_.end : relative->begin;
  const bool signed_here = std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::agreement && d.date && !d.background && d.sets.stage == graph::Stage::signed_ && d.end <= main_end; });
  for (Draft& draft : drafts_)
    if (!draft.date && draft.type == EventType::aid && signed_here && !draft.cancelled && draft.tense != Tense::past) {
      draft.date = sentence_.dates[0];
      draft.planned = false;
    }
  for (Draft& draft : drafts_)
    if (!draft.date && !draft.background && !behind_relative(draft) && !before_relative(draft) && !behind_stay(draft) && (!draft.planned || ahead) && !draft.cancelled && !draft.anaphoric && !draft.under_way && draft.type != EventType::statement) draft.date = sentence_.dates[0];
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
    if (Meant holder = holder_before(item); !holder.empty()) return holder;
  Meant meant = cast_.meant(actor);
  // "A and her counterpart signed": the one of the talks before, where no name follows
  const bool named = item + 1 < sentence_.items.size() && (clause_.is_actor(item + 1) || (sentence_.items[item + 1].kind == ItemKind::comma && item + 2 < sentence_.items.size() && clause_.is_actor(item + 2)));
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
  constexpr std::uint32_t kReach = 7;
  for (std::uint32_t i = item + 1; i < sentence_.items.size() && i < item + kReach; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::verb || kind == ItemKind::relative) return false;
    if (kind == ItemKind::noun && class_of(i) == wanted) return true;
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
  if (here.kind == ItemKind::noun && (frame.object == ObjectNeed::party || frame.object == ObjectNeed::person || frame.object == ObjectNeed::actor)) return view_.tables->noun_classes[class_of(item)] == "delegation";
  if (here.kind != ItemKind::actor) return false;
  const ActorMention& actor = sentence_.actors[here.index];
  const bool person = is_person(item) || actor.kind == ActorKind::plural || (actor.kind == ActorKind::both && actor.level);
  switch (frame.object) {
    case ObjectNeed::actor: return person || actor.kind == ActorKind::party || actor.kind == ActorKind::both || actor.kind == ActorKind::plural || actor.kind == ActorKind::side;
    case ObjectNeed::person: return person;
    case ObjectNeed::post: return actor.kind == ActorKind::post && actor.post && !actor.post->plural;
    case ObjectNeed::party: return actor.kind == ActorKind::party && !actor.ministry;
    case ObjectNeed::city: return actor.kind == ActorKind::city;
    default: return false;
  }
}

// "by telephone", "down", "into force": right behind the verb, or behind its object.
bool SentenceEvents::has_particle(const Frame& frame, std::uint32_t verb_item, const Arguments& arguments) const {
  if (frame.particle.empty()) return true;
  const bool anywhere = frame.object == ObjectNeed::any;  // "declared the Ambassador, Ms. A, persona non grata"
  std::uint32_t end_token = !anywhere && arguments.end < sentence_.items.size() ? sentence_.items[arguments.end].begin : sentence_.end;
  // "ordered three diplomats to leave the country": the particle begins where the arguments end.
  if (frame.particle.size() > 1) end_token = std::min<std::uint32_t>(sentence_.end, end_token + static_cast<std::uint32_t>(frame.particle.size()));
  // "called the Ambassador in", not "brought the leaders together in Lima"
  const std::uint32_t from = sentence_.items[verb_item].begin + 1;
  if (frame.object == ObjectNeed::person && frame.particle.size() == 1 && view_.tables->vocabulary.info(frame.particle[0]).is(WordClass::preposition)) {
    const std::uint32_t behind = sentence_.items[verb_item].end;
    for (std::uint32_t t = from; t < end_token; ++t) {
      if (view_.tokens[t].word != frame.particle[0]) continue;
      const bool ends = t < behind + 1 || t + 1 >= sentence_.end || view_.tokens[t + 1].punct || view_.info(t + 1).is(WordClass::preposition) || view_.info(t + 1).is(WordClass::adverb) || view_.info(t + 1).is(WordClass::conjunction) || view_.info(t + 1).date == DateWord::day;
      if (ends) return true;
    }
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
  while (at < sentence_.items.size() && (sentence_.items[at].kind == ItemKind::determiner || sentence_.items[at].kind == ItemKind::adverb)) ++at;
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
    if (frame.sets.now && (verb.tense == Tense::past || verb.planned)) continue;
    if (frame.sets.since && !(verb.planned && frame.type == EventType::appointment) && !begins_on_day(frame, arguments)) continue;
    if (frame.required) {
      const bool filled = std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) {
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

// "Should the Ambassador ask to be received, she will be", "if A and B should conclude an agreement": only a case that is thought of.
bool SentenceEvents::is_supposed(std::uint32_t item) const {
  const Word first = word(sentence_.begin);
  if (first == "should" || ((first == "were" || first == "had") && sentence_.begin + 1 < sentence_.end && !view_.tables->verb_form(view_.tokens[sentence_.begin + 1].word).participle)) return true;
  for (std::uint32_t i = item; i-- > 0;) {
    const ItemKind kind = sentence_.items[i].kind;
    if (kind == ItemKind::stop || kind == ItemKind::relative || (kind == ItemKind::verb && verb(i).finite)) return false;
    if (kind == ItemKind::subordinator) return view_.info(sentence_.items[i].begin).is(WordClass::conditional);
  }
  return false;
}

// "will name no new consuls": denied of its object.
bool SentenceEvents::denies_object(const VerbGroup& verb) const {
  if (verb.end + 1 >= sentence_.end) return false;
  const Word next = word(verb.end);
  if (next == "nobody" || next == "none" || next == "nothing") return true;
  return next == "no" && !view_.info(verb.end + 1).is(WordClass::adverb) && !view_.info(verb.end + 1).is(WordClass::degree);
}

// "must put off the visit": what had to be cancelled is.
bool SentenceEvents::is_no_fact(const VerbGroup& verb) const {
  const bool must = verb.modal && verb.main != kNoVerb && view_.tables->verbs[verb.main].kind == VerbKind::cancel && word(verb.begin) == "must";
  return verb.negated || (verb.modal && !must) || verb.wished;
}

// "wishes to place on record its thanks", "would like to condemn": a position is taken by saying that one wishes to take it.
bool SentenceEvents::is_voiced_wish(const VerbGroup& group, const Frame& frame) const {
  if (frame.type != EventType::statement || group.negated || !group.wished) return false;
  const Word first = word(group.begin);
  const bool likes = group.modal && first == "would" && group.begin + 1 < group.end && word(group.begin + 1) == "like";
  return likes || (!group.modal && group.tense == Tense::present && (first == "wish" || first == "wishes"));
}

// "overtures to establish relations", "ready to visit": what a noun or adjective is about, not what was done;
// but "the decision of A to close its embassy".
bool SentenceEvents::is_idle_infinitive(std::uint32_t item) const {
  const VerbGroup& group = verb(item);
  if (!group.infinitive || word(group.begin) != "to" || item == 0) return false;
  std::uint32_t before = item - 1;
  while (before > 1 && sentence_.items[before].kind == ItemKind::actor && sentence_.items[before - 1].kind != ItemKind::verb) {
    --before;  // "the decision of the Government of A to"
    while (before > 0 && (sentence_.items[before].kind == ItemKind::determiner || sentence_.items[before].kind == ItemKind::preposition)) --before;
  }
  if (sentence_.items[before].kind != ItemKind::word) return false;
  const WordInfo& last = view_.info(sentence_.items[before].end - 1);
  const bool off = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::cancel;  // "it became necessary to postpone"
  const bool decided = last.is(WordClass::decision) || last.is(WordClass::expected) || (off && last.is(WordClass::necessity));
  // "was among the first countries to recognise A": did so
  const bool first = before > 0 && sentence_.items[before - 1].kind == ItemKind::number && view_.tokens[sentence_.items[before - 1].begin].ordinal && view_.tokens[sentence_.items[before - 1].begin].number == 1;
  return !decided && !first && before + 1 == item;
}

Draft SentenceEvents::draft_at(std::uint32_t begin_item, std::uint32_t end_item) const {
  Draft draft;
  draft.sentence = index_;
  draft.begin = sentence_.items[begin_item].begin;
  draft.end = end_item > begin_item && end_item <= sentence_.items.size() ? sentence_.items[end_item - 1].end : sentence_.items[begin_item].end;
  return draft;
}

void SentenceEvents::take_one(Draft& draft, Part part, Slot slot, std::uint32_t item) {
  const Item& here = sentence_.items[item];
  if (part == Part::none) return;
  if (clause_.names_delegation(item)) take_delegation(draft, part, slot, item);
  if (here.kind == ItemKind::noun && item > 0) {
    // "members of our Embassy", "of its Mission"
    const Item& before = sentence_.items[item - 1];
    if (before.kind == ItemKind::determiner && view_.info(before.begin).is(WordClass::pronoun_own) && cast_.own() != kNoParty)
      draft.takings.push_back({part, slot, Meant{{cast_.own()}, {}, {}, {}}});
    // "delivered to the Embassy of Denmark"
    if (is_mission(item) && slot != Slot::object)
      for (const Argument& a : clause_.of_noun(item).all)
        if (a.slot == Slot::of && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::party) draft.takings.push_back({part, slot, meant_of(a.item)});
    // "members of the Belarusian Embassy", "the Hungarian Embassy donated"
    if (before.kind == ItemKind::actor && sentence_.actors[before.index].kind == ActorKind::adjective && is_mission(item))
      draft.takings.push_back({part, slot, meant_of(item - 1)});
    // "handed a démarche to the Embassy of Hungary"
    if (draft.type != EventType::mission && is_mission(item))
      for (const Argument& a : clause_.of_noun(item).all)
        if (a.slot == Slot::of) take_one(draft, part, slot, a.item);
  }
  if (here.kind != ItemKind::actor) return;
  const ActorMention& actor = sentence_.actors[here.index];
  if (draft.type == EventType::agreement && slot == Slot::modifier && actor.kind == ActorKind::city) return;  // the Manila Declaration
  Meant meant = meant_of(item);
  if (meant.empty()) return;
  if (draft.type == EventType::visit && slot == Slot::of && part == Part::host && is_person(item)) part = Part::guest;  // "the tour of Minister A"
  if (draft.type == EventType::visit && part == Part::host && actor.expanded) stay_whole(actor, meant);
  // "Manila named an envoy": a capital that acts is a government.
  const bool whence = slot == Slot::from && draft.type != EventType::visit;  // "engineers from Christchurch"
  if (actor.kind == ActorKind::city && slot != Slot::subject && slot != Slot::by && !whence && draft.type != EventType::statement) take_place(draft, item);
  if (actor.count && actor.kind == ActorKind::party) draft.count = actor.count;
  // "The Chargé d'Affaires had been called in": that of the other side.
  const bool theirs = draft.type == EventType::summon || (draft.type == EventType::expulsion && cast_.summon_told());  // "a secretary of the embassy"
  if (theirs && part == Part::target && meant.persons.empty() && cast_.counterpart() != kNoParty && meant.parties == std::vector<PartyIndex>{cast_.own()})
    meant.parties = {cast_.counterpart()};
  // "recalled its Ambassador to B": B is concerned.
  if (draft.type == EventType::expulsion && actor.post)
    for (const PartyIndex to : actor.post->to)
      if (std::find(meant.parties.begin(), meant.parties.end(), to) == meant.parties.end()) meant.parties.push_back(to);
  draft.takings.push_back({part, slot, std::move(meant), is_listed(actor)});
  if (is_delegation(item)) take_leader(draft, part, slot, item);
}

// "of Britain, France and Russia": named one by one, not as a group.
bool SentenceEvents::is_listed(const ActorMention& actor) const {
  if (actor.kind == ActorKind::counterpart && actor.parties.size() > 1) return true;
  if (!actor.post || !actor.post->plural || actor.post->of.size() < 2) return false;
  for (std::uint32_t t = actor.begin; t < actor.end; ++t)
    if (word(t) == "and" || view_.raw(t, t + 1) == ",") return true;
  return false;
}

bool SentenceEvents::is_mission(std::uint32_t item) const { return view_.tables->noun_classes[class_of(item)] == "mission"; }

bool SentenceEvents::is_plural_noun(std::uint32_t item) const { return view_.tables->nouns[sentence_.nouns[sentence_.items[item].index].noun].plural; }

void SentenceEvents::take_arguments(Draft& draft, const Parts& parts, const Arguments& arguments) {
  for (const Argument& a : arguments.all) take_one(draft, parts[static_cast<std::size_t>(a.slot)], a.slot, a.item);
}

void SentenceEvents::take_place(Draft& draft, std::uint32_t item) const {
  if (!clause_.is_actor(item)) return;
  const ActorMention& actor = sentence_.actors[sentence_.items[item].index];
  if (actor.kind == ActorKind::party && draft.city.empty() && actor.parties.size() == 1 && view_.info(actor.end - 1).is(WordClass::headquarters)) {
    take_seat(draft, actor.parties[0]);
    return;
  }
  // "in Singapore": the state and its town
  const bool city_state = actor.kind == ActorKind::party && actor.city != kNone && view_.tables->cities[actor.city].name == view_.raw(actor.begin, actor.end);
  if (actor.kind == ActorKind::city || city_state) {
    if (!draft.city.empty()) return;
    draft.city = actor.by_country ? cast_.city_text(actor.city) : std::string(view_.raw(actor.begin, actor.end));
    draft.place_country = actor.parties.empty() ? kNoParty : actor.parties[0];
  } else if (actor.kind == ActorKind::name) {
    if (!draft.city.empty() || !actor.persons.empty()) return;
    draft.city = std::string(view_.raw(actor.begin, actor.end));  // the country behind the comma is a place of its own
  } else if (draft.place_country == kNoParty && actor.parties.size() == 1 &&
             view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) {
    draft.place_country = actor.parties[0];
  }
}

void SentenceEvents::take_time_and_place(Draft& draft, const Arguments& arguments, std::uint32_t near_item) {
  // The time nearest to the verb or noun, what stands behind it before what stands in front.
  std::optional<std::uint32_t> best;
  for (const std::uint32_t date : arguments.dates.empty() ? arguments.asides : arguments.dates) {
    const DateExpr& said = sentence_.dates[sentence_.items[date].index];
    // What stands behind, or is less than a day, is the time of what the position is about.
    if (draft.type == EventType::statement && (date > near_item || (said.kind == DateExpr::Kind::calendar && !said.first.day))) continue;
    if (date > 0 && draft.type != EventType::relations && !draft.sets.since && draft.sets.stage != graph::Stage::in_force && word(sentence_.items[date - 1].begin) == "since") continue;  // "the first since 2019"
    if (sentence_.dates.size() > 1 && is_dateline(date)) continue;
    const bool term = (draft.type == EventType::agreement || draft.type == EventType::aid) && date > 0 && word(sentence_.items[date - 1].begin) == "for";
    if (term) continue;  // "a programme for 2026-2027"
    if (!best) {
      best = date;
      continue;
    }
    // "leaves on Monday on a visit to B, from 18 to 20 February": how long one stays says more
    const DateExpr& other = sentence_.dates[sentence_.items[*best].index];
    if (draft.type == EventType::visit && said.last.has_value() != other.last.has_value() && said.kind == DateExpr::Kind::calendar) {
      if (said.last && date > near_item) best = date;
      continue;
    }
    const bool behind = date > near_item;
    const bool best_behind = *best > near_item;
    if (behind != best_behind ? behind : (behind ? date < *best : date > *best)) best = date;
  }
  // "today, 17 February": the words behind it need no day of publication.
  if (best && sentence_.dates[sentence_.items[*best].index].kind == DateExpr::Kind::day_shift && *best + 2 < sentence_.items.size() && sentence_.items[*best + 2].kind == ItemKind::date) {
    const ItemKind link = sentence_.items[*best + 1].kind;
    const DateExpr& behind = sentence_.dates[sentence_.items[*best + 2].index];
    if ((link == ItemKind::comma || link == ItemKind::open) && behind.kind == DateExpr::Kind::calendar && behind.first.day && behind.first.month) best = *best + 2;
  }
  if (best && !draft.date) draft.date = sentence_.dates[sentence_.items[*best].index];
  if (draft.type == EventType::aid && best && draft.city.empty())  // "was handed over in Banjul on 11 May": a town beside the day is that of the gift
    for (const std::uint32_t place : arguments.places) {
      const std::uint32_t low = std::min(place, *best);
      const std::uint32_t high = std::max(place, *best);
      const bool apart = std::any_of(sentence_.items.begin() + std::min(place, near_item), sentence_.items.begin() + std::max(place, near_item), [](const Item& x) { return x.kind == ItemKind::relative || x.kind == ItemKind::stop; });
      if (apart) continue;
      const bool beside = high - low == 1 || (high - low == 2 && sentence_.items[low + 1].kind == ItemKind::preposition);
      if (beside && clause_.actor(place).kind == ActorKind::city) take_place(draft, place);
    }
  if (draft.type == EventType::statement || draft.type == EventType::message || draft.type == EventType::aid || draft.type == EventType::expulsion || draft.type == EventType::sanction || draft.type == EventType::call) return;
  const auto is_name = [&](std::uint32_t place) { return clause_.actor(place).kind == ActorKind::name; };
  for (const std::uint32_t place : arguments.places)
    if (!is_name(place)) take_place(draft, place);
  for (const std::uint32_t place : arguments.places)
    if (is_name(place)) take_place(draft, place);
  take_building(draft, arguments);
  take_same_place(draft, arguments);
  if (!draft.city.empty()) return;
  for (std::uint32_t i = arguments.begin; i < arguments.end && i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::adverb) continue;
    const Word adverb = word(sentence_.items[i].begin);
    std::uint32_t city = adverb == "there" ? city_before(i) : adverb == "here" ? cast_.dateline_city() : kNone;
    if (adverb == "there" && city == kNone) city = cast_.last_city();
    if (city == kNone) continue;
    const PartyIndex country = view_.tables->cities[city].country;
    if (draft.place_country != kNoParty && draft.place_country != country) continue;
    draft.city = cast_.city_text(city);
    draft.place_country = country;
  }
}

void SentenceEvents::take_status(Draft& draft, const VerbGroup& verb) const {
  draft.tense = verb.tense;
  if (verb.planned || verb.tense == Tense::future) draft.planned = true;
  if (verb.promised) draft.promised = true;
  if (verb.cancelled || verb.unreal) draft.cancelled = true;
  if (verb.main != kNoVerb) {
    const VerbKind kind = view_.tables->verbs[verb.main].kind;
    if (kind == VerbKind::cancel) draft.cancelled = true;
    if (kind == VerbKind::plan && verb.passive) draft.planned = true;
  }
}

// "virtual", "upcoming", "five", "first" before the noun; "the", "his".
void SentenceEvents::take_noun_words(Draft& draft, std::uint32_t noun_item, std::uint32_t begin_item, bool has_subject) {
  bool definite = false;
  bool indefinite = false;
  // "yesterday's meeting with A"
  if (begin_item > 1 && sentence_.items[begin_item - 1].kind == ItemKind::possessive && sentence_.items[begin_item - 2].kind == ItemKind::date && !draft.date)
    draft.date = sentence_.dates[sentence_.items[begin_item - 2].index];
  for (std::uint32_t i = begin_item; i < noun_item; ++i) {
    const Item& here = sentence_.items[i];
    for (std::uint32_t t = here.begin; t < here.end; ++t) {
      const WordInfo& info = view_.info(t);
      if (here.kind == ItemKind::actor) continue;
      if (info.is(WordClass::virtual_)) draft.sets.mode = graph::Mode::virtual_;
      if (info.is(WordClass::phone)) draft.sets.mode = graph::Mode::phone;
      if (info.is(WordClass::upcoming)) draft.upcoming = true;
      if (word(t) == "planned" || word(t) == "scheduled") draft.upcoming = true;
      if (word(t) == "cancelled" || word(t) == "postponed") draft.cancelled = true;
      if (word(t) == "separate" || word(t) == "individual") draft.each = true;
      if (word(t) == "ministerial") draft.level_hint = graph::Level::minister;
    }
    const bool of_days = here.kind == ItemKind::number && here.end < sentence_.end && view_.tokens[here.end].joined && word(here.end) == "day";
    if (of_days) draft.days = view_.tokens[here.begin].number;
    const bool counts = draft.type != EventType::aid && draft.type != EventType::sanction && draft.type != EventType::expulsion;  // "five laptops" are one gift
    if (counts && here.kind == ItemKind::number && !of_days && !view_.tokens[here.begin].ordinal && view_.tokens[here.begin].number > 1 && view_.tokens[here.begin].number < 100 && !is_hour(here.end))
      draft.count = view_.tokens[here.begin].number;
    if (here.kind == ItemKind::determiner) {
      const Word w = word(here.begin);
      if (w == "the" || w == "this" || w == "that" || w == "these") definite = true;
      if (w == "a" || w == "an" || w == "another") indefinite = true;
      if (view_.info(here.begin).is(WordClass::possessive_pronoun)) {
        definite = true;
        // His visit: the one last spoken of; their meeting: those of the last event.
        ActorMention owner;
        owner.kind = word(here.begin) == "their" ? ActorKind::plural : word(here.begin) == "our" || word(here.begin) == "my" ? ActorKind::own
                     : word(here.begin) == "its"                                                                             ? ActorKind::it
                                                                                                                             : ActorKind::pronoun;
        // What a verb's subject calls its own adds nobody: "the Ambassador presented her credentials".
        if (has_subject) continue;
        Meant who = owner.kind == ActorKind::it ? nearest_party(i) : owner.kind == ActorKind::pronoun ? subject_before(i) : Meant{};
        if (who.empty()) who = cast_.meant(owner);
        if (!who.empty()) {
          const Item& noun = sentence_.items[noun_item];
          Part part = Part::participant;
          if (noun.kind == ItemKind::noun) part = view_.tables->nouns[sentence_.nouns[noun.index].noun].parts[static_cast<std::size_t>(Slot::possessor)];
          draft.takings.push_back({part, Slot::possessor, std::move(who)});
        }
      }
    }
  }
  const Item& told = sentence_.items[noun_item];  // "a two-day visit" is a noun of its own
  for (std::uint32_t t = told.begin; t + 1 < told.end; ++t)
    if (view_.tokens[t].number > 1 && word(t + 1) == "day") draft.days = view_.tokens[t].number;
  for (std::uint32_t t = told.end; t + 2 < sentence_.end && t < told.end + 2; ++t)  // "a visit of two days"
    if (word(t) == "of" && view_.tokens[t + 1].number > 1 && word(t + 2) == "days") draft.days = view_.tokens[t + 1].number;
  if (const Word last = word(told.end - 1); last == "meetings" || last == "calls" || last == "conversations") draft.each = true;
  draft.single = indefinite;
  draft.anaphoric = definite;
}

// "6 p.m."
bool SentenceEvents::is_hour(std::uint32_t token) const { return token < sentence_.end && (word(token).starts_with("a.m") || word(token).starts_with("p.m") || word(token) == "am" || word(token) == "pm" || word(token) == "h" || word(token) == "hours"); }

// "scheduled for", "to be held", "was to have": verbs that say of the noun when it will be.
void SentenceEvents::take_nearby_planning(Draft& draft, std::uint32_t item) const {
  for (std::uint32_t i = item + 1; i < sentence_.items.size() && i < item + 3; ++i) {
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    const bool plan = group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::plan;
    if ((group.infinitive && group.passive) || (group.bare_participle && plan)) draft.planned = true;
    return;
  }
}

void SentenceEvents::drop(const Draft& draft, std::string_view reason) const {
  if (set_aside_ != nullptr) set_aside_->push_back({draft.type, draft.rule, std::string(reason), index_, draft.begin, draft.end});
}

void SentenceEvents::drop_frame(const Frame& frame, const Arguments& arguments, std::string_view reason) const {
  if (set_aside_ == nullptr) return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = frame.type;
  draft.rule = frame.rule;
  drop(draft, reason);
}

std::string_view SentenceEvents::why_no_fact(const VerbGroup& verb) {
  if (verb.negated) return "said not to have happened";
  if (verb.modal) return "only possible";
  return "hoped for or agreed to, not done";
}

void SentenceEvents::read_verb(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  // "talks with the delegation of A led by B": says who led it, which is taken with the delegation
  if (group.bare_participle && item > 0 && is_delegation(item - 1) && group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::attend) return;
  const Arguments& own = clause_.of_verb(item);
  std::optional<Arguments> turned;
  auto filled = match(group, item, own);
  // "By a statement adopted in A by B, the two sides", "a communiqué signed by A and B sets up": the form is a past as well as a
  // participle; where as a past it tells nothing, it says what was done to the phrase before it.
  if (!filled && group.bare_participle && group.finite && !group.elided && !group.passive)
    if (turned = turn_passive(item, own); turned) {
      filled = match(group, item, *turned);
      // "in a message addressed to the people of A, B offered congratulations": what the message says is told behind it
      if (!filled || filled->object == kNone || filled->object >= item || filled->frame->type == EventType::message) {
        filled.reset();
        turned.reset();
      }
    }
  const Arguments& said = turned ? *turned : own;
  if (!filled || (is_no_fact(group) && !is_voiced_wish(group, *filled->frame))) {
    if (filled && filled->object != kNone && is_no_fact(group)) used_[filled->object] = true;
    if (filled) drop_frame(*filled->frame, said, why_no_fact(group));
    return;
  }
  // "thanked those who had offered their sympathy": a position of nobody who is named
  if (filled->frame->type == EventType::statement && group.finite && item > 0 && sentence_.items[item - 1].kind == ItemKind::relative && !said.has(Slot::subject)) {
    drop_frame(*filled->frame, said, "a position of somebody else");
    return;
  }
  if (const bool denied = denies_object(group); denied || is_supposed(item)) {
    if (filled->object != kNone) used_[filled->object] = true;
    drop_frame(*filled->frame, said, denied ? "said not to have happened" : "only possible");
    return;
  }
  const bool qualifies = group.gerund && !group.finite && item > 0 && (sentence_.items[item - 1].kind == ItemKind::word || sentence_.items[item - 1].kind == ItemKind::noun);  // "entities supporting A"
  if (is_idle_infinitive(item) || ((group.infinitive || qualifies) && filled->frame->type == EventType::statement)) {
    if (filled->object != kNone) used_[filled->object] = true;
    drop_frame(*filled->frame, said, "what a noun or adjective is about, not what was done");
    return;
  }
  const Arguments arguments = said;  // of its own: what follows makes persons of names
  const Frame& frame = *filled->frame;
  // "recalled with emotion the heroes": only envoys are called home.
  if (frame.rule == "expulsion.recalled" && filled->object != kNone) {
    const ActorMention& who = clause_.actor(filled->object);
    const bool envoy = who.post && (who.post->kind == PostKind::ambassador || who.post->kind == PostKind::envoy || who.post->kind == PostKind::director);
    const bool known = std::any_of(who.persons.begin(), who.persons.end(), [&](std::uint32_t p) { return cast_.persons()[p].kind == PostKind::ambassador || cast_.persons()[p].kind == PostKind::envoy; });
    if (!envoy && !known && who.kind != ActorKind::pronoun) return;
  }
  // "received a message from A, delivered by B": how the message before it came.
  if (frame.type == EventType::message && group.bare_participle && !group.finite && filled->object != kNone && filled->object < item && used_[filled->object]) return;
  if (frame.rule == "visit.is-in" && is_something_there(item)) return;
  // "Welcoming the Ambassador, she praised": within a talk told elsewhere; "is now accredited to A": what one is
  const bool in_passing = frame.rule == "meeting.welcomed" && group.gerund && !group.finite;
  const bool state = frame.type == EventType::accreditation && group.passive && group.tense == Tense::present && !group.planned;
  if ((in_passing || state) && arguments.dates.empty() && arguments.places.empty()) {
    drop_frame(frame, said, state ? "what somebody is, not what was done" : "said of a talk told elsewhere");
    return;
  }
  // "The leaders gathered for the 48th Summit": so is it there.
  const auto states = [&] {
    std::size_t count = 0;
    for (const Argument& a : arguments.all)
      if (clause_.is_actor(a.item)) count += clause_.actor(a.item).parties.size();
    return count;
  };
  if (frame.rule == "meeting.gathered" && (has_forum() || group.planned || states() < 2)) return;
  // "The Association Council met in Brussels": the forum is the event.
  if (frame.type == EventType::meeting && frame.object == ObjectNeed::none &&
      std::any_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot == Slot::subject && sentence_.items[a.item].kind == ItemKind::forum; }))
    return;
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.type = frame.type;
  draft.rule = frame.rule;
  draft.confidence = frame.confidence;
  draft.sets = frame.sets;
  // "The meeting, attended by A and by B": who was at what was told before
  const bool of_before = filled->object != kNone && filled->object > 0 && word(sentence_.items[filled->object - 1].begin) == "the" && clause_.of_noun(filled->object).all.empty() && arguments.dates.empty();
  if (frame.rule == "meeting.attended" && (group.passive || group.bare_participle) && of_before) {
    Draft present = draft;
    present.rule = "talk.present";
    present.joins_last = true;
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::by && clause_.is_actor(a.item)) take_one(present, Part::participant, Slot::subject, a.item);
    if (!present.takings.empty()) {
      used_[filled->object] = true;
      drafts_.push_back(std::move(present));
      return;
    }
  }
  take_status(draft, group);
  // "was asked to come to the Ministry in A": summoned, no journey
  const VerbGroup* const bidding = group.infinitive && frame.type == EventType::visit && item > 0 && sentence_.items[item - 1].kind == ItemKind::verb ? &verb(item - 1) : nullptr;
  if (bidding != nullptr && bidding->passive && bidding->main != kNoVerb) {
    const std::vector<Frame>& frames = view_.tables->frames[bidding->main];
    if (std::any_of(frames.begin(), frames.end(), [](const Frame& f) { return f.type == EventType::summon; })) return;
  }
  // "will travel to A before continuing to B"
  const bool goes_on = group.gerund && frame.type == EventType::visit && item > 0 && sentence_.items[item - 1].kind == ItemKind::preposition && word(sentence_.items[item - 1].begin) == "before";
  if ((group.infinitive || goes_on) && !draft.cancelled && (serves_planned(item) || (frame.type == EventType::mission && is_decided(item)))) draft.planned = true;
  if (group.infinitive && item > 0 && sentence_.items[item - 1].kind == ItemKind::word && view_.info(sentence_.items[item - 1].end - 1).is(WordClass::expected)) draft.planned = true;
  if (filled->object != kNone && clause_.is_event_noun(filled->object)) {
    used_[filled->object] = true;
    if (frame.type == EventType::agreement) use_subject_matter(filled->object);
    const Arguments of_noun = clause_.of_noun(filled->object);
    const EventNoun& noun = clause_.event_noun(filled->object);
    take_noun_words(draft, filled->object, of_noun.begin, arguments.has(Slot::subject));
    // "agreed to hold the meeting": one that was spoken of already.
    draft.anaphoric = draft.anaphoric && draft.takings.empty() && of_noun.all.empty() && !arguments.has(Slot::with) && !arguments.has(Slot::between) && !arguments.has(Slot::to) && !arguments.has(Slot::by) && noun.type.has_value();
    for (const Argument& a : of_noun.all) {
      Part part = frame.parts[static_cast<std::size_t>(a.slot)];
      if (part == Part::none) part = noun.parts[static_cast<std::size_t>(a.slot)];
      take_one(draft, part, a.slot, a.item);
    }
    if (!draft.sets.stance) draft.sets.stance = noun.sets.stance;
    if (!draft.sets.mode) draft.sets.mode = noun.sets.mode;
    if (!draft.sets.level) draft.sets.level = noun.sets.level;
    // "to pay a visit from 26 to 29 May" has the time behind the noun, which the verb's arguments reach as well.
    take_time_and_place(draft, of_noun, filled->object);
  }
  const NounClass meant_class = frame.object == ObjectNeed::noun ? frame.object_class : frame.subject_class;
  if (filled->object != kNone && meant_class != kNoClass) {
    if (sentence_.items[filled->object].kind == ItemKind::actor) take_noun_meant(draft, filled->object, meant_class);
    noun_class_ = meant_class;
  }
  if (frame.sets.here && cast_.own() != kNoParty) draft.takings.push_back({Part::host, Slot::to, Meant{{cast_.own()}, {}, {}, {}}});
  if (frame.type == EventType::appointment) appoint(draft, item, arguments, appointee_of(frame, arguments, filled->object));
  if (frame.type == EventType::accreditation && frame.parts[static_cast<std::size_t>(Slot::subject)] == Part::guest)
    for (const Argument& a : arguments.all)
      if (a.slot == Slot::subject && clause_.is_actor(a.item) && clause_.actor(a.item).kind == ActorKind::name)
        cast_.add_person(sentence_.actors[sentence_.items[a.item].index], kNoParty, "Ambassador", graph::Level::working);
  Parts parts = frame.parts;
  Part& by = parts[static_cast<std::size_t>(Slot::by)];
  if (by == Part::none && (group.passive || group.bare_participle)) by = parts[static_cast<std::size_t>(Slot::subject)];  // received by the President
  take_arguments(draft, parts, arguments);
  if (frame.type == EventType::message && frame.subject_class != kNoClass && draft.has(Part::sender)) draft.anaphoric = false;  // "The warm congratulations came from A"
  if (frame.sets.together && !are_together(draft)) {
    drop(draft, "not said of two sides together");
    return;
  }
  if (lacks_actor(draft, group)) {
    drop(draft, "nobody who could have done it");
    return;
  }
  take_target_behind(draft, item);
  if (frame.type == EventType::statement) take_addressees(draft, item);
  if (frame.type == EventType::aid) take_helped(draft, arguments);
  take_elided_subject(draft, group, frame.parts[static_cast<std::size_t>(Slot::subject)]);
  take_accompanying(draft, item);
  for (std::uint32_t t = group.begin; t < std::min(sentence_.end, group.end + 2); ++t) draft.each = draft.each || word(t) == "separately";
  take_time_and_place(draft, arguments, item);
  // "A and B, meeting in C on 13 May, agreed to open a consulate": the day on which they agreed
  if (group.infinitive && draft.planned && draft.date && frame.type != EventType::aid)
    for (std::uint32_t i = item; i-- > 0;) {
      if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) break;
      if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
      if (verb(i).tense == Tense::past && !verb(i).planned && draft.date->end <= verb(i).begin) draft.date.reset();
      break;
    }
  // "The Ministers discussed trade": more of a talk told before, unless it says when or where.
  if (frame.sets.together && draft.city.empty()) {
    draft.place_country = kNoParty;  // "in Ukraine" is what they spoke of
    if (!draft.date) draft.anaphoric = true;
  }
  if (frame.type == EventType::visit) take_stay(draft, group, arguments);
  if (frame.type == EventType::aid) take_decision(draft, item);
  if (frame.type == EventType::aid && !draft.date && group.bare_participle && !group.finite) take_ceremony(draft, item);
  // "on the occasion of assuming her duties": said in passing, of no day.
  const auto since = [&] {  // "the third trip since she took office"
    for (std::uint32_t t = group.begin; t > sentence_.begin && t + 4 > group.begin; --t)
      if (word(t - 1) == "since" || view_.info(t - 1).is(WordClass::span_end)) return true;  // "until she takes up her duties"
    return false;
  };
  if (frame.type == EventType::appointment && !draft.date && (group.gerund || since())) {
    drop(draft, "mentioned in passing, without a date");
    return;
  }
  if (frame.type == EventType::statement && is_within_message()) {
    drop(draft, "said inside a message");
    return;
  }
  // "Minister A welcomed his counterpart" says that they met only where it says when or where.
  if (frame.rule == "meeting.welcomed" && !draft.date && draft.city.empty()) draft.anaphoric = true;
  // "They had a wide-ranging discussion", "The two sides had an exchange of views": more of the talk told before.
  const bool exchange = filled->object != kNone && word(sentence_.items[filled->object].begin) == "exchange";
  const bool they = draft.type == EventType::meeting && frame.object == ObjectNeed::noun && !draft.date && draft.city.empty() &&
                    std::all_of(arguments.all.begin(), arguments.all.end(), [&](const Argument& a) { return a.slot != Slot::subject || (clause_.is_actor(a.item) && (clause_.actor(a.item).kind == ActorKind::plural || (exchange && clause_.actor(a.item).kind == ActorKind::both))); }) &&
                    arguments.has(Slot::subject) && !arguments.has(Slot::with);
  if (they) draft.anaphoric = true;
  if (frame.type == EventType::message) take_letter_behind(draft, item);
  if (frame.type == EventType::accreditation) take_post_presented(arguments);
  if (frame.type == EventType::message && !draft.sets.stance) draft.sets.stance = stance_behind(item);
  take_mode(draft, item, arguments);
  take_mode_before(draft, item);
  if (draft.type == EventType::meeting && frame.object == ObjectNeed::noun && std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.who.persons.empty() && !t.who.level; })) take_level(draft, item);
  take_present(draft);
  become_accreditation(draft, item);
  become_call(draft, item);
  draft.position = takes_position(draft, item, arguments);
  // "conducted the consultation and had discussions": with nobody named, a part of the talk before.
  if (draft.type == EventType::meeting && frame.object == ObjectNeed::noun && draft.takings.size() <= 2 && !draft.date && !group.passive &&
      std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject; }) && has_forum())
    draft.anaphoric = true;
  if (filled->object != kNone) become_relations(draft, filled->object);
  if (filled->object != kNone && draft.type == EventType::agreement) follow_paper(draft, filled->object);
  if (draft.type == EventType::agreement && filled->object != kNone) name_paper(draft, filled->object);
  draft.separable = filled->object == kNone || sentence_.items[filled->object].kind == ItemKind::actor ||
                    (sentence_.items[filled->object].kind == ItemKind::noun && is_plural_noun(filled->object));
  // "held a call with A, and, later in the day, another with B"
  for (std::uint32_t t = group.end; t + 1 < sentence_.end && !draft.separable; ++t) draft.separable = word(t) == "another" && word(t + 1) == "with";
  if (frame.type == EventType::visit && group.gerund == false && group.tense == Tense::present) draft.under_way = true;
  std::vector<Draft> more = other_papers(draft, arguments, filled->object);
  for (Draft& other : other_partners(draft, item, arguments)) more.push_back(std::move(other));
  if (more.empty())
    for (Draft& other : other_talks(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_legs(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_donors(draft, item)) more.push_back(std::move(other));
  for (Draft& other : other_missions(draft, filled->object)) more.push_back(std::move(other));
  finish(std::move(draft));
  for (Draft& other : more) finish(std::move(other));
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

// "The treaty recognised the independence of A", "the general broke relations with B": who did it is no state that is known.
bool SentenceEvents::lacks_actor(const Draft& draft, const VerbGroup& group) const {
  if (draft.type != EventType::relations || !group.finite || group.passive || group.elided || cast_.own() != kNoParty) return false;
  for (const Taking& taking : draft.takings) {
    if (taking.slot != Slot::subject && taking.slot != Slot::between) continue;
    if (!taking.who.parties.empty()) return false;
    for (const std::uint32_t person : taking.who.persons)
      if (cast_.persons()[person].of != kNoParty) return false;
  }
  return !sentence_.heading;
}

void SentenceEvents::read_noun(std::uint32_t item) {
  const EventNoun& noun = view_.tables->nouns[sentence_.nouns[sentence_.items[item].index].noun];
  if (!noun.type) return;
  const Arguments own = clause_.of_noun(item);
  Draft draft = draft_at(own.begin, own.end);
  draft.type = *noun.type;
  draft.rule = std::string(graph::to_string(*noun.type)) + ".noun";
  draft.confidence = 0.75;
  draft.sets = noun.sets;
  draft.background = true;
  draft.separable = noun.plural;
  take_noun_words(draft, item, own.begin, false);
  take_arguments(draft, noun.parts, own);
  take_time_and_place(draft, own, item);
  take_nearby_planning(draft, item);
  take_company(draft, item);
  take_telling_verb(draft, item, own.begin);
  const Clause::Governor governor = clause_.governor(item);
  if (governor.verb != kNone) {
    const VerbGroup& group = verb(governor.verb);
    const VerbKind kind = group.main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[group.main].kind;
    // "The call addressed relations between A and B, and the border with C": what a talk is about takes no part in it.
    const bool topic = governor.subject && kind == VerbKind::attend && group.finite && !group.passive && !group.bare_participle;
    const bool its_own = governor.subject || kind == VerbKind::light || kind == VerbKind::chair || kind == VerbKind::attend || kind == VerbKind::plan || kind == VerbKind::cancel || group.copula;
    if (its_own && (kind == VerbKind::light || kind == VerbKind::occur || kind == VerbKind::plan || kind == VerbKind::cancel || kind == VerbKind::shift || kind == VerbKind::chair || kind == VerbKind::attend || group.copula || group.passive || group.bare_participle)) {
      if (is_called_off(group, governor)) draft.cancelled = true;
      else if (is_no_fact(group)) {
        drop(draft, why_no_fact(group));
        return;
      }
      take_status(draft, group);
      const Arguments outer = clause_.of_verb(governor.verb);
      for (const Argument& a : outer.all) {
        if (topic || a.item == item || (governor.subject && a.slot == Slot::subject)) continue;
        if (a.slot == Slot::object && governor.subject) continue;
        Part part = noun.parts[static_cast<std::size_t>(a.slot)];
        if (a.slot == Slot::subject && part == Part::none) part = Part::participant;
        if (kind == VerbKind::chair && (a.slot == Slot::by || a.slot == Slot::subject)) part = Part::chair;
        const bool already = std::any_of(own.all.begin(), own.all.end(), [&](const Argument& o) { return o.item == a.item; });
        if (!already && !(a.slot == Slot::object)) take_one(draft, part, a.slot, a.item);
      }
      take_time_and_place(draft, outer, item);
      take_mode(draft, governor.verb, outer);
      take_joined_verbs(draft, item, governor.verb);
      draft.background = false;
      draft.confidence = 0.85;
      if (group.copula && group.tense == Tense::present) draft.under_way = true;
    } else if (group.wished || (group.main != kNoVerb && kind == VerbKind::wish)) {
      drop(draft, "hoped for or agreed to, not done");
      return;
    } else if (group.negated && governor.subject) {
      drop(draft, why_no_fact(group));
      return;
    }
  }
  take_planned_time(draft, item);
  take_clause_behind(draft, item);
  take_level(draft, item);
  if (governor.verb == kNone) take_talker(draft, item, own);
  take_returning(draft, item);
  if (!take_letter(draft, item)) take_letter_inside(draft, item);
  if (is_idle(draft, governor)) {
    drop(draft, "what a noun or adjective is about, not what was done");
    return;
  }
  finish(std::move(draft));
}

// "Conveyed this to his counterpart in a telephone call", "told X at a meeting": who speaks and who is spoken to met.
void SentenceEvents::take_telling_verb(Draft& draft, std::uint32_t item, std::uint32_t begin) {
  const bool talk = draft.type == EventType::call || draft.type == EventType::meeting;
  if (!talk || !draft.single || !draft.takings.empty() || begin == 0) return;
  const Item& before = sentence_.items[begin - 1];
  const Word link = word(before.begin);
  if (before.kind != ItemKind::preposition || (link != "in" && link != "during" && link != "at" && link != "by")) return;
  for (std::uint32_t i = begin - 1; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return;
    if (sentence_.items[i].kind != ItemKind::verb || !verb(i).finite) continue;
    if (verb(i).passive || is_no_fact(verb(i)) || verb(i).main == kNoVerb) return;
    const Arguments arguments = clause_.of_verb(i);
    bool spoken_to = false;
    for (const Argument& a : arguments.all) {
      if (!clause_.is_actor(a.item) || a.item > item) continue;
      const bool other = a.slot == Slot::object || a.slot == Slot::to || a.slot == Slot::with;
      if (!(a.slot == Slot::subject || (other && is_person(a.item)))) continue;
      take_one(draft, Part::participant, a.slot == Slot::to ? Slot::with : a.slot, a.item);
      spoken_to = spoken_to || other;
    }
    if (!spoken_to) {
      draft.takings.clear();
      return;
    }
    take_time_and_place(draft, arguments, item);
    take_status(draft, verb(i));
    draft.background = false;
    return;
  }
}

// "(Vientiane, 26 July) The Minister chaired": nothing but a town before the date, so it is that of the text.
bool SentenceEvents::is_dateline(std::uint32_t item) const {
  bool town = false;
  for (std::uint32_t i = 0; i < item; ++i) {
    const Item& here = sentence_.items[i];
    const bool named = here.kind == ItemKind::actor && (sentence_.actors[here.index].kind == ActorKind::city || sentence_.actors[here.index].kind == ActorKind::party);
    town = town || named;
    if (!named && here.kind != ItemKind::open && here.kind != ItemKind::comma && here.kind != ItemKind::stop && here.kind != ItemKind::quote) return false;
  }
  return town;
}

// "the Strategic Arms Reduction Treaty": words in capitals that are nobody's name.
bool SentenceEvents::is_plain_name(std::uint32_t item) const {
  return clause_.is_actor(item) && clause_.actor(item).kind == ActorKind::name && clause_.actor(item).persons.empty();
}

// "the Dialogue, whose third meeting was held", "the Community, whose 12th Conference": a round of the series, or of the organisation,
// that stands before "whose".
void SentenceEvents::take_whose(Draft& draft, std::uint32_t item) {
  if (item < 2 || sentence_.items[item - 1].kind != ItemKind::relative || word(sentence_.items[item - 1].begin) != "whose") return;
  const std::uint32_t owner = sentence_.items[item - 2].kind == ItemKind::comma && item > 2 ? item - 3 : item - 2;
  const Item& before = sentence_.items[owner];
  if (before.kind == ItemKind::forum && draft.forum->generic && !sentence_.forums[before.index].generic) {
    ForumMention whole = sentence_.forums[before.index];
    whole.edition = draft.forum->edition;
    draft.type = whole.type;
    draft.rule = std::string(graph::to_string(whole.type)) + ".forum";
    draft.level_hint = whole.level;
    draft.forum = std::move(whole);
  } else if (clause_.is_actor(owner) && clause_.actor(owner).kind == ActorKind::party && draft.forum->parties.empty()) {
    draft.forum->parties = clause_.actor(owner).parties;
    draft.forum->generic = false;
    if (std::any_of(draft.forum->parties.begin(), draft.forum->parties.end(), [&](PartyIndex p) { return view_.tables->parties[p].kind == graph::EntityKind::organisation; })) draft.type = EventType::conference;
  }
}

void SentenceEvents::read_forum(std::uint32_t item) {
  const ForumMention& forum = sentence_.forums[sentence_.items[item].index];
  const Arguments own = clause_.of_noun(item);
  Draft draft = draft_at(own.begin, own.end);
  draft.type = forum.type;
  draft.rule = std::string(graph::to_string(forum.type)) + ".forum";
  draft.confidence = 0.85;
  draft.forum = forum;
  draft.background = true;
  draft.level_hint = forum.level;
  take_whose(draft, item);
  take_noun_words(draft, item, own.begin, false);
  draft.count.reset();
  draft.anaphoric = draft.forum->generic;
  if (!forum.edition) take_session(draft, item);
  if (!draft.forum->parties.empty()) draft.takings.push_back({Part::participant, Slot::modifier, Meant{draft.forum->parties, {}, {}, {}}});
  for (const Argument& a : own.all)
    if (a.slot == Slot::between || a.slot == Slot::with || a.slot == Slot::modifier || a.slot == Slot::of) take_one(draft, Part::participant, a.slot, a.item);
  take_time_and_place(draft, own, item);
  take_nearby_planning(draft, item);
  take_company(draft, item);
  take_chairs(draft);
  take_presiding(draft);
  const Clause::Governor governor = clause_.governor(item);
  if (governor.verb != kNone) {
    const VerbGroup& group = verb(governor.verb);
    if (is_called_off(group, governor)) draft.cancelled = true;
    else if (is_no_fact(group) && group.main != kNoVerb && view_.tables->verbs[group.main].kind != VerbKind::report) {
      drop(draft, why_no_fact(group));
      return;
    }
    const VerbKind kind = group.main == kNoVerb ? VerbKind::be_at : view_.tables->verbs[group.main].kind;
    const Arguments outer = clause_.of_verb(governor.verb);
    static const Verb kOther;
    const Verb& telling = group.main == kNoVerb ? kOther : view_.tables->verbs[group.main];
    const bool hosts = telling.is(VerbTrait::hosts);
    const bool together = telling.is(VerbTrait::hosts_together);
    // "the Retreat was in Neiafu on 10 and 11 July", "the Commission opens in Yerevan on May 16"
    const bool was_there = governor.subject && !outer.places.empty() && !outer.dates.empty() && (group.copula || (group.finite && !outer.has(Slot::object) && governor.verb == item + 1));
    const bool about = was_there || kind == VerbKind::light || kind == VerbKind::occur || kind == VerbKind::plan || kind == VerbKind::cancel || kind == VerbKind::chair || kind == VerbKind::attend || group.passive || group.bare_participle || (telling.is(VerbTrait::meets) && governor.subject);
    if (about) {
      take_status(draft, group);
      for (const Argument& a : outer.all) {
        if (a.item == item || sentence_.items[a.item].kind != ItemKind::actor) continue;
        Part part = Part::none;
        if (a.slot == Slot::subject || (a.slot == Slot::by)) {
          const Meant who = meant_of(a.item);
          part = hosts || telling.is(VerbTrait::convenes) ? Part::host : kind == VerbKind::chair ? Part::chair : Part::participant;
          // Two sides that hold a consultation are its participants; one that holds a forum is its host.
          if (part == Part::host && (draft.type == EventType::consultation || who.parties.size() != 1 || who.parties[0] != cast_.own()) && (!hosts || together)) part = Part::participant;
          if (part == Part::host && std::count_if(outer.all.begin(), outer.all.end(), [](const Argument& o) { return o.slot == Slot::subject; }) > 1) part = Part::participant;
        }
        if (a.slot == Slot::with || a.slot == Slot::between || a.slot == Slot::among) part = together ? Part::host : kind == VerbKind::chair && a.slot == Slot::with ? Part::chair : Part::participant;
        if (a.slot == Slot::subject && together) part = Part::host;
        const bool already = std::any_of(own.all.begin(), own.all.end(), [&](const Argument& o) { return o.item == a.item; });
        if (part != Part::none && !already) take_one(draft, part, a.slot, a.item);
      }
      take_time_and_place(draft, outer, item);
      take_mode(draft, governor.verb, outer);
      take_joined_verbs(draft, item, governor.verb);
      draft.background = false;
      // "will co-chair the Dialogue together with Minister B"
      if (kind == VerbKind::chair && !governor.subject)
        for (Taking& taking : draft.takings)
          if (taking.slot == Slot::with && taking.part == Part::participant && !taking.who.persons.empty()) taking.part = Part::chair;
    }
  }
  take_planned_time(draft, item);
  take_clause_behind(draft, item);
  take_relative_lead(draft, item);
  take_level(draft, item);
  take_later_host(draft, item);
  take_where(draft, item);
  take_holding(draft, own.begin);
  // "The last round of the Consultations was held in 2018": told in passing.
  for (std::uint32_t i = item; i > 0 && i + 6 > item && draft.date; --i) {
    const Item& before = sentence_.items[i - 1];
    if (before.kind == ItemKind::verb || before.kind == ItemKind::stop) break;
    if (before.kind == ItemKind::word && view_.info(before.begin).is(WordClass::past_marker)) draft.background = true;
  }
  if (is_idle(draft, governor)) {
    drop(draft, "what a noun or adjective is about, not what was done");
    return;
  }
  finish(std::move(draft));
}

// Whom a position is about: every party named behind the verb, and towns where no party is.
void SentenceEvents::take_addressees(Draft& draft, std::uint32_t verb_item) {
  Meant parties;
  Meant towns;
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop && word(here.begin) == ";") break;
    // "the memorial to the soldiers who liberated B", "the schools run by C": what only tells more of what is named.
    const bool aside = here.kind == ItemKind::relative || (here.kind == ItemKind::verb && verb(i).bare_participle && !verb(i).finite);
    if (aside && !parties.parties.empty() && parties.parties != std::vector<PartyIndex>{cast_.own()}) break;
    if (here.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[here.index];
    // "signed in Doha, Qatar", "on the African continent", "the relevant UN resolutions"
    const bool of_town = i > 2 && actor.kind == ActorKind::party && sentence_.items[i - 1].kind == ItemKind::comma && clause_.is_actor(i - 2) && clause_.actor(i - 2).kind == ActorKind::city && clause_.actor(i - 2).parties == actor.parties;
    const bool of_paper = actor.end < sentence_.end && view_.info(actor.end).is(WordClass::of_body);
    if ((of_town && !parties.parties.empty()) || of_paper) continue;
    Meant who;
    if (actor.kind == ActorKind::adjective || actor.kind == ActorKind::party || actor.kind == ActorKind::city) who.parties = actor.parties;
    else if (actor.kind == ActorKind::person || actor.kind == ActorKind::post) who.parties = cast_.meant(actor).parties;
    add_meant(actor.kind == ActorKind::city ? towns : parties, who);
  }
  std::erase(parties.parties, cast_.own());
  std::erase(towns.parties, cast_.own());
  if (parties.parties.empty()) parties = towns;
  // "condemns this decision": of those whose act was told before.
  const bool this_act = verb_item + 1 < sentence_.items.size() && sentence_.items[verb_item + 1].kind == ItemKind::determiner && (word(sentence_.items[verb_item + 1].begin) == "this" || word(sentence_.items[verb_item + 1].begin) == "these" || word(sentence_.items[verb_item + 1].begin) == "such");
  if (parties.parties.empty() && this_act && cast_.counterpart() != kNoParty) parties.parties = {cast_.counterpart()};
  if (!parties.parties.empty()) draft.takings.push_back({Part::participant, Slot::object, std::move(parties)});
}

// "Accompanied President B to a meeting with C": the verb that brings others to the event at an item; kNone when none does.
std::uint32_t SentenceEvents::accompanying(std::uint32_t item) const {
  for (std::uint32_t i = item; i-- > 0;) {
    if (sentence_.items[i].kind == ItemKind::stop || sentence_.items[i].kind == ItemKind::relative) return kNone;
    if (sentence_.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = verb(i);
    if (group.main == kNoVerb || is_no_fact(group)) return kNone;
    const VerbKind kind = view_.tables->verbs[group.main].kind;
    if (kind != VerbKind::attend) return kind == VerbKind::accompany ? i : kNone;
    const std::uint32_t joined = first_object(clause_.of_verb(i));  // "joined the President on 30 July for a visit to B"
    return joined != kNone && clause_.is_actor(joined) && is_person(joined) ? i : kNone;
  }
  return kNone;
}

void SentenceEvents::take_company(Draft& draft, std::uint32_t item) {
  const std::uint32_t bringing = accompanying(item);
  if (bringing == kNone) return;
  const Part part = draft.type == EventType::visit ? Part::guest : Part::participant;
  const Arguments arguments = clause_.of_verb(bringing);
  take_status(draft, verb(bringing));
  for (const Argument& a : arguments.all) {
    if (a.slot == Slot::subject) take_one(draft, part, a.slot, a.item);
    if (a.slot == Slot::object) take_one(draft, part == Part::guest ? Part::guest : Part::own_side, a.slot, a.item);
  }
  take_elided_subject(draft, verb(bringing), part);
  if (draft.type == EventType::agreement && draft.sets.stage == graph::Stage::signed_) {  // the side of those who came to sign
    Meant side;
    for (const Taking& taking : draft.takings)
      if (taking.slot == Slot::subject) add_meant(side, Meant{taking.who.parties, {}, {}, {}});
    if (side.empty() && cast_.own() != kNoParty) side.parties = {cast_.own()};
    if (!side.empty()) draft.takings.push_back({Part::signatory, Slot::by, std::move(side), false});
  }
  take_time_and_place(draft, arguments, item);
}

Meant SentenceEvents::traveller() const {
  Meant meant;
  if (entry_ == nullptr || (!entry_->traveller && !entry_->owner)) return meant;
  const std::uint32_t whose = entry_->traveller ? *entry_->traveller : *entry_->owner;
  meant.persons = {whose};
  const Person& person = cast_.persons()[whose];
  if (person.of != kNoParty) meant.parties = {person.of};
  meant.level = person.level;
  return meant;
}

// "Met with the President.": whoever the entry is about, or was spoken of last.
void SentenceEvents::take_elided_subject(Draft& draft, const VerbGroup& verb, Part part) {
  if ((!verb.finite && !verb.elided) || verb.passive || part == Part::none) return;
  const bool has_subject = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject; });
  if (has_subject) return;
  Meant who = traveller();
  if (who.empty() && verb.elided) who = cast_.last_subject();
  if (who.empty()) return;
  draft.subject_left_out = true;
  draft.takings.push_back({part, Slot::subject, std::move(who)});
}

// What is told in an entry happened to its traveller, at its time and place, unless the words say otherwise.
void SentenceEvents::take_entry(Draft& draft) const {
  if (entry_ == nullptr) return;
  if (entry_->traveller) draft.home = entry_->countries[0];
  if (entry_->date.first.year) draft.entry_year = entry_->date.first.year;
  if (draft.type == EventType::relations) return;
  if (entry_->row) {  // what a line of a table tells is of its time, whatever its words are
    draft.date = entry_->date;
    draft.entry_date = true;
    draft.background = false;
    if (!draft.cancelled) draft.tense = Tense::unknown;
  }
  if (!draft.date) {
    draft.date = entry_->date;
    draft.entry_date = true;
    if (sentence_.verbs.empty()) draft.background = false;  // "Meeting with the Minister of B" in a schedule
  }
  const bool placed = draft.type != EventType::statement && draft.type != EventType::message && draft.type != EventType::aid && draft.type != EventType::visit;
  if (placed && draft.city.empty() && draft.place_country == kNoParty && !entry_->countries.empty()) {
    draft.city = entry_->city;
    draft.place_country = entry_->countries[0];
  }
  const Meant who = traveller();
  if (who.empty()) return;
  if (draft.type == EventType::visit)  // "on his first journey to Asia": to the country of the entry
    for (Taking& taking : draft.takings)
      if (taking.part == Part::host && taking.who.persons.empty() && !taking.who.parties.empty() &&
          view_.tables->parties[taking.who.parties[0]].kind == graph::EntityKind::region)
        taking.who.parties = entry_->countries;
  // "Signed the Manila Declaration": with those who were visited, where nobody else is named.
  const PartyIndex side = who.parties.empty() ? cast_.own() : who.parties[0];
  const bool alone = std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
    return std::all_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex party) { return party == side; });
  });
  if (draft.type == EventType::agreement && alone) draft.takings.push_back({Part::participant, Slot::with, Meant{entry_->countries, {}, {}, {}}, false});
  const bool there = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.who.persons == who.persons; });
  // In somebody's schedule others may act too: "The Council of Ministers approved".
  const bool others = entry_->owner && std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.slot == Slot::subject || t.slot == Slot::possessor; });
  if (there || others) return;
  const bool called_on = draft.type == EventType::courtesy_call && draft.has(Part::guest);
  if (placed) draft.takings.push_back({called_on ? Part::host : Part::participant, Slot::subject, who});
  if (draft.type == EventType::visit) draft.takings.push_back({Part::guest, Slot::subject, who});
}

// "under the chairmanship of A and B": who led the meeting.
void SentenceEvents::take_chairs(Draft& draft) {
  for (std::uint32_t i = 0; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || word(sentence_.items[i].begin) != "under") continue;
    std::uint32_t at = i + 1;
    while (at < sentence_.items.size() && at < i + 5 && !view_.info(sentence_.items[at].end - 1).is(WordClass::chairing)) ++at;
    if (at >= sentence_.items.size() || at >= i + 5) continue;
    // "the seventh meeting of which will be held under their co-chairmanship": those who speak of it
    if (at == i + 2 && sentence_.items[i + 1].kind == ItemKind::determiner && word(sentence_.items[i + 1].begin) == "their" && !(at + 1 < sentence_.items.size() && word(sentence_.items[at + 1].begin) == "of")) {
      const Meant both = cast_.last_event();
      if (both.persons.size() == 2) draft.takings.push_back({Part::chair, Slot::under, both, false});
      continue;
    }
    for (++at; at < sentence_.items.size(); ++at) {
      const ItemKind kind = sentence_.items[at].kind;
      if (kind == ItemKind::actor) take_one(draft, Part::chair, Slot::under, at);
      else if (kind != ItemKind::preposition && kind != ItemKind::conjunction && kind != ItemKind::comma && kind != ItemKind::determiner) break;
    }
  }
}

// "The Indian side was led by A and the Bangladesh side by B": who stood for whom in the talk told before.
void SentenceEvents::read_delegation(std::uint32_t item) {
  const VerbGroup& group = verb(item);
  if (group.main != kNoVerb && view_.tables->verbs[group.main].kind == VerbKind::accompany && group.passive && group.finite && !is_no_fact(group)) {
    // "He was accompanied by Ministers A and B": they came along on the visit told before.
    const Arguments company = clause_.of_verb(item);
    Draft draft = draft_at(company.begin, company.end);
    draft.type = EventType::visit;
    draft.rule = "visit.company";
    draft.joins_last = true;
    // "met with A, who was accompanied by B": in the talk that the sentence tells
    const auto talk = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::meeting && !d.background && d.begin < group.begin; });
    const bool in_talk = talk != drafts_.end() && item > 0 && sentence_.items[item - 1].kind == ItemKind::relative;
    std::uint32_t led = item;  // whom they accompany
    while (in_talk && led > 0 && sentence_.items[led].kind != ItemKind::actor) --led;
    const Meant whose = in_talk && clause_.is_actor(led) ? meant_of(led) : Meant{};
    if (whose.parties.size() == 1)
      for (const Argument& a : company.all)
        if (a.slot == Slot::by && clause_.is_actor(a.item))
          for (const std::uint32_t person : clause_.actor(a.item).persons)
            if (cast_.persons()[person].of == kNoParty) cast_.person(person).of = whose.parties[0];
    for (const Argument& a : company.all)
      if (a.slot == Slot::by && clause_.is_actor(a.item) && is_person(a.item)) take_one(in_talk ? *talk : draft, in_talk ? Part::participant : Part::guest, in_talk ? Slot::among : Slot::subject, a.item);
    if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
    return;
  }
  if (group.main == kNoVerb || is_no_fact(group)) return;
  const VerbKind leading = view_.tables->verbs[group.main].kind;
  // "The delegations were headed by A and by B", "were presided over by": as many as there were sides.
  const bool delegations = (group.passive && item > 0 && are_delegations(item - 1)) || (!group.passive && leads_delegations(item));
  if (leading != VerbKind::attend && !(leading == VerbKind::chair && delegations)) return;
  const Arguments arguments = clause_.of_verb(item);
  PartyIndex side = kNoParty;
  bool led = false;  // the item before was one who led
  bool led_one = false;  // somebody did
  Draft draft = draft_at(arguments.begin, arguments.end);
  draft.rule = "talk.delegation";
  draft.joins_last = true;
  for (std::uint32_t i = arguments.begin; i < sentence_.items.size(); ++i) {
    const bool chair = i > item + 1 && sentence_.items[i].kind == ItemKind::verb && view_.info(sentence_.items[i].end - 1).is(WordClass::chairing) && !clause_.is_actor(i - 1);  // "by her co-chair"
    if (i > item && sentence_.items[i].kind == ItemKind::verb && verb(i).finite && !chair) break;  // "headed by A, was received by B"
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[sentence_.items[i].index];
    const bool state = actor.kind == ActorKind::party || actor.kind == ActorKind::adjective;
    // "Iceland was represented by its Minister, A"
    const bool represented = group.passive && i < item && view_.tables->verbs[group.main].is(VerbTrait::represents);
    const bool gapped = group.passive && i > item && led_one && i + 1 < sentence_.items.size() && word(sentence_.items[i + 1].begin) == "by";  // "and Jordan by its Prime Minister"
    if (state && actor.parties.size() == 1 && (represented || gapped || stands_for_side(i))) {
      side = actor.parties[0];
      if (is_as_host(i)) draft.takings.push_back({Part::host, Slot::subject, Meant{{side}, {}, {}, {}}, false});
    }
    // "The Kingdom's side": ours
    if ((actor.kind == ActorKind::side || actor.kind == ActorKind::own) && actor.possessive && i < item && possesses_side(i)) side = cast_.own();
    // "will be led by the Minister of Trade": of what rank
    const bool post_leads = actor.kind == ActorKind::post && actor.post && !actor.post->plural && i > item && side != kNoParty && group.passive;
    if (post_leads && word(sentence_.items[sentence_.items[i - 1].kind == ItemKind::determiner ? i - 2 : i - 1].begin) == "by") {
      const Meant leader = meant_of(i);
      if (leader.level && (leader.parties.empty() || leader.parties[0] == side)) draft.takings.push_back({Part::participant, Slot::subject, Meant{{side}, actor.end - actor.begin == 1 ? leader.persons : std::vector<std::uint32_t>{}, leader.level, {}}, false});
    }
    if (actor.kind != ActorKind::person || actor.persons.empty()) continue;
    const bool behind_and = led && i > 1 && (sentence_.items[i - 1].kind == ItemKind::conjunction || sentence_.items[i - 1].kind == ItemKind::determiner);
    const bool led_by = behind_and || (i > 0 && sentence_.items[i - 1].kind == ItemKind::preposition && word(sentence_.items[i - 1].begin) == "by") ||
                        (i > 1 && sentence_.items[i - 1].kind == ItemKind::determiner && word(sentence_.items[i - 2].begin) == "by");
    // "was led by her co-chair, Undersecretary A"
    const bool by_chair = i > item + 2 && sentence_.items[i - 1].kind == ItemKind::comma && view_.info(sentence_.items[i - 2].end - 1).is(WordClass::chairing) && word(sentence_.items[item + 1].begin) == "by";
    const bool leads = i < item && !group.passive && std::none_of(sentence_.items.begin() + i, sentence_.items.begin() + item, [](const Item& x) { return x.kind == ItemKind::subordinator; });
    led = (led_by || by_chair) && i > item;
    led_one = led_one || led;
    if (!led_by && !leads && !by_chair) continue;
    if (leads) side = side_behind(item);
    if (side == kNoParty && delegations && (led || leads)) {
      take_one(draft, Part::participant, Slot::subject, i);
      continue;
    }
    if (side == kNoParty && led && group.passive && item > 0 && clause_.is_actor(item - 1) && (clause_.actor(item - 1).kind == ActorKind::plural || clause_.actor(item - 1).kind == ActorKind::it)) {
      take_one(draft, Part::participant, Slot::subject, i);  // "They were headed by A and B"
      continue;
    }
    if (side == kNoParty) continue;
    if (cast_.persons()[actor.persons[0]].of == kNoParty) cast_.person(actor.persons[0]).of = side;
    if (cast_.persons()[actor.persons[0]].of == side) take_one(draft, by_chair ? Part::chair : Part::participant, Slot::subject, i);
  }
  if (!draft.takings.empty()) drafts_.push_back(std::move(draft));
}

// "the Kingdom's side", "the Ministry's delegation": what follows the possessive.
bool SentenceEvents::possesses_side(std::uint32_t item) const {
  const std::uint32_t at = sentence_.items[item].end + 1;
  return at < sentence_.end && (view_.info(at).is(WordClass::side) || view_.info(at).is(WordClass::government_noun));
}

// "Cyprus, as host, was represented by".
bool SentenceEvents::is_as_host(std::uint32_t item) const {
  std::uint32_t at = sentence_.items[item].end;
  if (at < sentence_.end && view_.raw(at, at + 1) == ",") ++at;
  if (at + 1 >= sentence_.end || word(at) != "as") return false;
  ++at;
  if (word(at) == "the" && at + 1 < sentence_.end) ++at;
  return word(at) == "host";
}

// "the delegations", "the sides".
bool SentenceEvents::are_delegations(std::uint32_t item) const {
  if (clause_.is_actor(item)) return (clause_.actor(item).kind == ActorKind::both || clause_.actor(item).kind == ActorKind::plural) && view_.info(clause_.actor(item).end - 1).is(WordClass::side);
  if (sentence_.items[item].kind == ItemKind::word) return view_.info(sentence_.items[item].end - 1).is(WordClass::side) && word(sentence_.items[item].end - 1) != "side";  // "their respective sides"
  return clause_.names_delegation(item) && is_plural_noun(item);
}

// "led the respective delegations".
bool SentenceEvents::leads_delegations(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size() && i < verb_item + 4; ++i) {
    const ItemKind kind = sentence_.items[i].kind;
    if (are_delegations(i)) return true;
    if (kind != ItemKind::determiner && kind != ItemKind::word && kind != ItemKind::number) return false;
  }
  return false;
}

// "the Indian side", "the Turkish delegation".
bool SentenceEvents::stands_for_side(std::uint32_t item) const {
  const Item& here = sentence_.items[item];
  if (view_.info(here.end - 1).is(WordClass::side) || view_.info(here.end - 1).is(WordClass::government_noun)) return true;
  if (here.end < sentence_.end && word(here.end) == "one") return true;  // "the Czech side by A and the Indonesian one by B"
  return here.end < sentence_.end && (view_.info(here.end).is(WordClass::side) || view_.info(here.end).is(WordClass::government_noun));
}

PartyIndex SentenceEvents::side_behind(std::uint32_t verb_item) const {
  for (std::uint32_t i = verb_item + 1; i < sentence_.items.size() && i < verb_item + 5; ++i) {
    const bool led = i > verb_item + 1 && clause_.names_delegation(i);
    if (led && view_.info(sentence_.items[i - 1].begin).is(WordClass::pronoun_own)) return cast_.own();  // "headed our delegation"
    if (sentence_.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence_.actors[sentence_.items[i].index];
    if (actor.kind == ActorKind::own || actor.kind == ActorKind::side) return cast_.own();  // "led our side"
    const bool whole = verb(verb_item).main != kNoVerb && view_.tables->verbs[verb(verb_item).main].is(VerbTrait::represents) && actor.kind == ActorKind::party && !actor.possessive;  // "A represented Viet Nam"
    return actor.parties.size() == 1 && (whole || stands_for_side(i) || is_delegation(i)) ? actor.parties[0] : kNoParty;
  }
  return kNoParty;
}

// "The relations, which were elevated to a partnership in 2022", "signed a memorandum": of the two who are spoken of.
void SentenceEvents::take_both(Draft& draft) const {
  const bool relations = draft.type == EventType::relations;
  const bool agreement = draft.type == EventType::agreement && !draft.anaphoric;
  if (!relations && !agreement) return;
  Meant all;
  for (const Taking& taking : draft.takings) add_meant(all, taking.who);
  // "our diplomatic relations were established in 1972": of us and the other.
  const bool only_ours = relations && all.persons.empty() && all.parties.size() == 1 && all.parties[0] == cast_.own();
  if (!only_ours && (!all.parties.empty() || !all.persons.empty())) return;
  if (relations && !only_ours && (cast_.topic().size() == 2 || sentence_.heading)) return;  // of the two that the text is about
  // "The Authority adopted the Declaration": an organisation's organ in its own release.
  if (agreement && cast_.own() != kNoParty && view_.tables->parties[cast_.own()].kind == graph::EntityKind::organisation && sentence_.items[0].kind != ItemKind::actor) {
    draft.takings.push_back({Part::participant, Slot::subject, Meant{{cast_.own()}, {}, {}, {}}});
    return;
  }
  ActorMention sides;
  sides.kind = ActorKind::both;
  Meant both = cast_.meant(sides);
  if (both.parties.size() != 2) return;
  if (only_ours && std::find(both.parties.begin(), both.parties.end(), cast_.own()) == both.parties.end()) return;
  both.persons.clear();
  both.level.reset();
  const bool signed_now = agreement && draft.sets.stage == graph::Stage::signed_;
  draft.takings.push_back({signed_now ? Part::signatory : Part::participant, Slot::between, std::move(both)});
}

// "were expelled by B from B": where they had to leave, the state that did it is no target of its own act.
void SentenceEvents::drop_doer_as_target(Draft& draft) const {
  std::vector<PartyIndex> doers;
  for (const Taking& taking : draft.takings)
    if (taking.part != Part::target && (taking.slot == Slot::subject || taking.slot == Slot::by)) doers.insert(doers.end(), taking.who.parties.begin(), taking.who.parties.end());
  // "has been given 48 hours to leave the territory of B", in the words of B: nor where nobody is said to have done it.
  if (doers.empty() && draft.rule == "sanction.apply" && cast_.own() != kNoParty) doers.push_back(cast_.own());  // "a travel ban to the Union also applies to"
  if (doers.empty() && (draft.type == EventType::expulsion || draft.type == EventType::sanction) && cast_.own() != kNoParty) {
    const bool foreign = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) {
      return t.part == Part::target && std::any_of(t.who.parties.begin(), t.who.parties.end(), [&](PartyIndex p) { return p != cast_.own(); });
    });
    if (foreign) doers.push_back(cast_.own());
  }
  if (doers.empty()) return;
  for (Taking& taking : draft.takings)
    if (taking.part == Part::target) std::erase_if(taking.who.parties, [&](PartyIndex party) { return std::find(doers.begin(), doers.end(), party) != doers.end(); });
  std::erase_if(draft.takings, [](const Taking& taking) { return taking.part == Part::target && taking.who.empty(); });
}

// "Upon the visit of the Minister of A to B a joint communiqué was adopted": of the two sides of the visit or talk that the sentence tells.
void SentenceEvents::take_paper_sides() {
  for (Draft& paper : drafts_) {
    if (paper.type != EventType::agreement || !paper.takings.empty() || paper.anaphoric) continue;
    const Draft* host = nullptr;
    for (const Draft& other : drafts_) {
      if ((other.type != EventType::visit && other.type != EventType::meeting) || other.cancelled || sides_of(other).parties != 2) continue;
      if (host != nullptr) return;
      host = &other;
    }
    if (host == nullptr) return;
    Meant sides;
    for (const Taking& taking : host->takings)
      for (const PartyIndex party : taking.who.parties) add_meant(sides, Meant{{party}, {}, {}, {}});
    paper.takings.push_back({paper.sets.stage == graph::Stage::signed_ ? Part::signatory : Part::participant, Slot::between, std::move(sides)});
  }
}

// "handed the President a letter from her President": who wrote it sends it, not who brings it.
void SentenceEvents::drop_bearer(Draft& draft) {
  if (draft.type != EventType::message) return;
  // "received a message from A to the Amir": who takes it for another is not whom it is for
  const auto reaches = [](const Taking& t) { return t.part == Part::recipient && (t.slot == Slot::to || t.slot == Slot::for_) && (!t.who.persons.empty() || t.who.level); };
  const bool took = std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.part == Part::recipient && t.slot == Slot::subject; });
  if (took && std::any_of(draft.takings.begin(), draft.takings.end(), reaches))
    for (Taking& taking : draft.takings)
      if (taking.slot == Slot::subject && taking.part == Part::recipient) {
        taking.who.persons.clear();
        taking.who.level.reset();
      }
  const auto writes = [](const Taking& t) { return t.part == Part::sender && (t.slot == Slot::from || t.slot == Slot::of); };
  if (!std::any_of(draft.takings.begin(), draft.takings.end(), writes)) return;
  for (Taking& taking : draft.takings)
    if ((taking.slot == Slot::subject || taking.slot == Slot::by) && taking.part == Part::sender) taking.who.persons.clear();
}

// "In the courtesy call", "after the talks", "on that occasion": within what was told before.
bool SentenceEvents::is_within_talk() const {
  for (std::size_t i = 0; i + 2 < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::preposition || sentence_.items[i + 1].kind != ItemKind::determiner) continue;
    const Item& what = sentence_.items[i + 2];
    if (view_.info(what.begin).is(WordClass::occasion)) return true;
    if (what.kind != ItemKind::noun) continue;
    const auto type = view_.tables->nouns[sentence_.nouns[what.index].noun].type;
    if (type == EventType::meeting || type == EventType::call || type == EventType::courtesy_call) return true;
  }
  return false;
}

// "Said that Portugal would reopen its embassy in 2024": planned, where the words say when or where; else but a promise.
void SentenceEvents::read_promises() {
  bool said = false;
  bool told = false;  // some verb before it reports: "recalled that A was held, and that B would take place"
  bool past = false;  // so was the verb before it: "was pleased to hear that"
  for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
    const Item& item = sentence_.items[i];
    if (item.kind == ItemKind::stop || item.kind == ItemKind::subordinator) said = told = false;
    if (item.kind == ItemKind::relative && i > 0 && sentence_.items[i - 1].kind == ItemKind::conjunction && word(item.begin) == "that") said = told;
    if (item.kind != ItemKind::verb) continue;
    VerbGroup& group = sentence_.verbs[item.index];
    if (said && group.modal && !group.negated && word(group.begin) == "would") {
      group.modal = false;
      group.planned = true;
      group.promised = true;
      group.tense = Tense::future;
    }
    const bool reports = group.main != kNoVerb && (view_.tables->verbs[group.main].kind == VerbKind::report || view_.tables->verbs[group.main].kind == VerbKind::plan);
    if (group.finite) past = group.tense == Tense::past;
    if (group.finite) said = reports && past;
    else if (group.infinitive && reports && past) said = true;
    told = told || said;
  }
}

// "Japan, he noted, pledged": behind the inserted clause stands the verb of the sentence, no participle.
void SentenceEvents::read_behind_inserted() {
  for (std::uint32_t i = 4; i < sentence_.items.size(); ++i) {
    if (sentence_.items[i].kind != ItemKind::verb || sentence_.items[i - 1].kind != ItemKind::comma || sentence_.items[i - 2].kind != ItemKind::verb) continue;
    VerbGroup& group = sentence_.verbs[sentence_.items[i].index];
    if (!group.bare_participle || group.finite || clause_.opens_inserted(i - 2) == kNone) continue;
    group.bare_participle = false;
    group.finite = true;
    group.tense = Tense::past;
  }
}

void SentenceEvents::finish(Draft draft) {
  if (draft.promised && !draft.date && draft.city.empty()) return;
  // "sent a cable to A, expressing condolences": said in the letter
  const bool in_letter = draft.type == EventType::statement && (draft.sets.stance == graph::Stance::condole || draft.sets.stance == graph::Stance::congratulate);
  if (in_letter && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::message && !d.background && d.sets.stance == draft.sets.stance; })) return;
  drop_doer_as_target(draft);
  if (draft.type == EventType::visit) {
    take_leader(draft);
    take_span(draft);
  }
  draft.at_margins = is_at_margins();
  drop_bearer(draft);
  if (!draft.date && !draft.background) draft.within_talk = is_within_talk();
  if (!draft.date && !draft.background) draft.beside = is_beside_act();
  if (!draft.date) draft.within_visit = is_within_visit();
  take_entry(draft);
  take_both(draft);
  take_speaker(draft);
  Meant all;
  for (const Taking& taking : draft.takings) {
    add_meant(all, taking.who);
  }
  if (noun_class_ != kNoClass) cast_.saw_noun(noun_class_, all.parties);
  noun_class_ = kNoClass;
  // "held talks with A, who had arrived that morning": the talks stay what "the two" means.
  const bool aside = draft.type == EventType::visit && std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.type == EventType::meeting && d.takings.size() > 1; });
  if ((draft.type != EventType::statement || all.persons.size() > 1) && !aside) cast_.saw_event(all);
  if (draft.type == EventType::summon) cast_.saw_summon();
  drafts_.push_back(std::move(draft));
}

void SentenceEvents::note_subjects(std::uint32_t item) {
  if (!verb(item).finite) return;
  const Arguments& arguments = clause_.of_verb(item);
  Meant subject;
  for (const Argument& a : arguments.all)
    if (a.slot == (verb(item).passive ? Slot::object : Slot::subject)) {
      const Meant who = meant_of(a.item);
      add_meant(subject, who);
      if (!subject.level) subject.level = who.level;
    }
  if (!verb(item).passive && !verb(item).copula)
    for (const std::uint32_t person : subject.persons) cast_.person(person).acted = true;
  cast_.saw_subject(subject);
}

}  // namespace entente::importers
