// Whose an official is when the words between the name and the post say it.
#include <algorithm>

#include "base/contains.h"
#include "base/utf8.h"
#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kAsReach = 6;   // items from the state to "as its President"
constexpr std::size_t kListedMax = 12;  // items of a list of counterparts
constexpr std::size_t kLabelBackMax = 64;  // persons named before a labelled paragraph
constexpr std::uint32_t kNoActor = UINT32_MAX;

// Behind the item the aside is over: a comma, "and" or the end.
bool ends_aside(const Sentence& sentence, std::size_t item) {
  if (item + 1 >= sentence.items.size()) return item < sentence.items.size();
  const ItemKind behind = sentence.items[item + 1].kind;
  return behind == ItemKind::comma || behind == ItemKind::conjunction || behind == ItemKind::stop || behind == ItemKind::close;
}

// A name that no post stands beside.
bool is_bare(const ActorMention& actor) {
  return (actor.kind == ActorKind::name && actor.name_end - actor.name_begin >= 2) || (actor.kind == ActorKind::person && !actor.post);
}

}  // namespace

// Whom a bare name means, known or made here; of `side` where nothing says whose he is.
Person& Cast::person_named(ActorMention& named, PartyIndex side, std::string post, std::optional<graph::Level> level) {
  if (named.kind == ActorKind::name && !link_name(named)) add_person(named, side, std::move(post), level);
  Person& person = persons_[named.persons[0]];
  if (person.of == kNoParty) person.of = side;
  return person;
}

// "A, who heads neighbouring B as its President": of B, and that post.
void Cast::link_heads(Sentence& sentence) {
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma || sentence.items[i + 2].kind != ItemKind::relative || sentence.items[i + 3].kind != ItemKind::verb)
      continue;
    ActorMention& named = sentence.actors[sentence.items[i].index];
    const VerbGroup& group = sentence.verbs[sentence.items[i + 3].index];
    if (!is_bare(named) || group.main == kNoVerb || view_.tables->verbs[group.main].kind != VerbKind::attend) continue;
    PartyIndex state = kNoParty;
    for (std::size_t at = i + 4; at < sentence.items.size() && at < i + 4 + kAsReach; ++at) {
      const Item& here = sentence.items[at];
      if (here.kind == ItemKind::comma || here.kind == ItemKind::verb || here.kind == ItemKind::stop) break;
      if (here.kind != ItemKind::actor) continue;
      const ActorMention& actor = sentence.actors[here.index];
      if (actor.kind == ActorKind::party && actor.parties.size() == 1) state = actor.parties[0];
      if (actor.kind != ActorKind::post || !actor.post || state == kNoParty) continue;
      take_post(person_named(named, state), *actor.post);
      break;
    }
  }
}

// "our Indonesian counterparts, Foreign Minister A and Defence Minister B": all of that side.
void Cast::link_more_counterparts(const Sentence& sentence, std::size_t first, PartyIndex side) {
  if (side == kNoParty) return;
  for (std::size_t i = first; i < sentence.items.size() && i < first + kListedMax; ++i) {
    const Item& here = sentence.items[i];
    if (here.kind == ItemKind::conjunction || here.kind == ItemKind::determiner) continue;
    if (i == first) continue;
    if (here.kind != ItemKind::actor) return;
    const ActorMention& actor = sentence.actors[here.index];
    if (actor.kind != ActorKind::person || actor.persons.empty()) return;
    if (persons_[actor.persons[0]].of == kNoParty) persons_[actor.persons[0]].of = side;
  }
}

// "her Colombian and Brazilian counterparts, A and B": each of the state in the same place, with the post of whom they are counterparts.
void Cast::link_counterparts_of(Sentence& sentence, std::size_t item, const ActorMention& counterparts) {
  if (item + 1 >= sentence.items.size() || sentence.items[item + 1].kind != ItemKind::comma) return;
  std::vector<std::uint32_t> names;  // actors
  for (std::size_t at = item + 2; at < sentence.items.size() && names.size() <= counterparts.parties.size(); ++at) {
    const ItemKind kind = sentence.items[at].kind;
    if (kind == ItemKind::comma || kind == ItemKind::conjunction) continue;
    if (kind != ItemKind::actor || !is_bare(sentence.actors[sentence.items[at].index])) break;
    names.push_back(sentence.items[at].index);
  }
  if (names.size() != counterparts.parties.size()) return;
  const auto [post, level] = post_before(sentence, item);
  for (std::size_t k = 0; k < names.size(); ++k) holder_named(sentence.actors[names[k]], counterparts.parties[k], post, level);
}

// "will visit the Lao PDR at the invitation of Deputy Prime Minister A": of the state to which somebody is invited. "At the invitation
// of Prime Minister A, the Prime Minister of Laos will visit": of ours, where the guest is another's.
void Cast::link_inviters(const Sentence& sentence) {
  constexpr std::uint32_t kInvitationReach = 4;  // tokens
  const auto invites = [&](const ActorMention& actor) {
    for (std::uint32_t t = actor.begin; t > sentence.begin && actor.begin - t < kInvitationReach; --t)
      if (view_.info(t - 1).is(WordClass::invited) && (view_.word(t) == "of" || view_.word(t) == "by" || view_.word(t) == "from")) return true;
    return false;
  };
  PartyIndex host = kNoParty;  // the state or town named last
  std::optional<std::uint32_t> inviter;
  for (const Item& item : sentence.items) {
    if (item.kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[item.index];
    const bool place = (actor.kind == ActorKind::party || actor.kind == ActorKind::city) && !actor.possessive;
    const std::vector<PartyIndex>& of = actor.post ? actor.post->of : actor.parties;
    const PartyIndex state = of.size() == 1 && are_states(of) ? of[0] : kNoParty;
    if (place && state != kNoParty) host = state;
    const bool of_others = actor.post && state != kNoParty && state != own_;
    if (inviter && (host != kNoParty || of_others)) {
      persons_[*inviter].of = of_others ? own_ : host;
      return;
    }
    if (actor.kind != ActorKind::person || actor.persons.size() != 1 || persons_[actor.persons[0]].of != kNoParty || !invites(actor)) continue;
    inviter = actor.persons[0];
    if (host == kNoParty) continue;
    persons_[*inviter].of = host;
    return;
  }
}

// "The Foreign Minister of A, accompanied by Ambassador B, called on": of the side of whom they come with, where nothing else is said.
void Cast::link_companions(const Sentence& sentence) {
  PartyIndex side = kNoParty;
  for (std::size_t i = 0; i + 1 < sentence.items.size(); ++i) {
    const Item& here = sentence.items[i];
    if (here.kind == ItemKind::actor) {
      const ActorMention& actor = sentence.actors[here.index];
      if (actor.kind == ActorKind::person && actor.persons.size() == 1) side = persons_[actor.persons[0]].of;
      continue;
    }
    if (here.kind != ItemKind::verb || side == kNoParty || side == own_) continue;
    const VerbGroup& verb = sentence.verbs[here.index];
    const bool beside = i > 0 && (sentence.items[i - 1].kind == ItemKind::actor || sentence.items[i - 1].kind == ItemKind::comma);
    if (!beside || !verb.bare_participle || verb.main == kNoVerb || view_.tables->verbs[verb.main].kind != VerbKind::accompany || view_.word(sentence.items[i + 1].begin) != "by") continue;
    for (std::size_t at = i + 2; at < sentence.items.size(); ++at) {
      const ItemKind kind = sentence.items[at].kind;
      if (kind == ItemKind::determiner || kind == ItemKind::conjunction) continue;
      if (kind != ItemKind::actor) break;
      const ActorMention& companion = sentence.actors[sentence.items[at].index];
      if (companion.kind == ActorKind::person && companion.persons.size() == 1 && persons_[companion.persons[0]].of == kNoParty) persons_[companion.persons[0]].of = side;
    }
  }
}

// "congratulated A on his election as President of Mali": the post and state that A is told to have got.
void Cast::link_elected(Sentence& sentence) {
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || view_.word(sentence.items[i + 1].begin) != "on" || sentence.items[i + 2].kind != ItemKind::determiner || !view_.info(sentence.items[i + 2].begin).is(WordClass::possessive_pronoun)) continue;
    ActorMention& elected = sentence.actors[sentence.items[i].index];
    if (!is_bare(elected)) continue;
    std::size_t as = i + 3;
    while (as + 1 < sentence.items.size() && (sentence.items[as].kind == ItemKind::word || sentence.items[as].kind == ItemKind::noun || view_.word(sentence.items[as].begin) == "of")) ++as;  // "on her assumption of office as"
    if (as + 1 >= sentence.items.size() || view_.word(sentence.items[as].begin) != "as") continue;
    std::size_t at = as + 1;
    if (sentence.items[at].kind == ItemKind::determiner && at + 1 < sentence.items.size()) ++at;
    if (sentence.items[at].kind != ItemKind::actor) continue;
    const ActorMention& post = sentence.actors[sentence.items[at].index];
    if (post.kind != ActorKind::post || !post.post || post.post->plural || post.post->of.size() != 1) continue;
    holder_named(elected, post.post->of[0], collapse_blanks(view_.raw(post.begin, post.post->head_end)), post.post->level);
  }
}

// "In Lusaka the Minister and the Head of the Customs Service, A, signed an agreement": with us signs whoever is of the place, where no other
// state is named.
void Cast::link_signer_there(const Sentence& sentence) {
  PartyIndex there = kNoParty;
  for (const ActorMention& actor : sentence.actors) {
    const std::vector<PartyIndex>& of = actor.post ? actor.post->of : actor.parties;
    if (of.size() > 1 || (of.size() == 1 && of[0] != own_ && there != kNoParty && of[0] != there)) return;
    if (of.size() == 1 && of[0] != own_ && actor.kind != ActorKind::city) return;
    if (of.size() == 1 && of[0] != own_) there = of[0];
  }
  if (there == kNoParty || own_ == kNoParty) return;
  for (std::size_t i = 1; i + 1 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind != ActorKind::person || actor.persons.size() != 1 || !actor.post || persons_[actor.persons[0]].of != kNoParty) continue;
    const std::size_t before = sentence.items[i - 1].kind == ItemKind::determiner ? i - 1 : i;
    if (before < 2 || sentence.items[before - 1].kind != ItemKind::conjunction || sentence.items[before - 2].kind != ItemKind::actor) continue;
    const ActorMention& first = sentence.actors[sentence.items[before - 2].index];
    const bool of_us = first.kind == ActorKind::pronoun || first.kind == ActorKind::post || (first.kind == ActorKind::person && first.persons.size() == 1 && (persons_[first.persons[0]].of == kNoParty || persons_[first.persons[0]].of == own_));
    const std::size_t next = sentence.items[i + 1].kind == ItemKind::comma ? i + 2 : i + 1;
    if (!of_us || next >= sentence.items.size() || sentence.items[next].kind != ItemKind::verb) continue;
    const VerbId main = sentence.verbs[sentence.items[next].index].main;
    if (main == kNoVerb) return;
    const std::vector<Frame>& frames = view_.tables->frames[main];  // "put their names to", too
    if (std::any_of(frames.begin(), frames.end(), [](const Frame& frame) { return frame.type == graph::EventType::agreement && frame.sets.stage == graph::Stage::signed_; })) persons_[actor.persons[0]].of = there;
    return;
  }
}

// "Malawi: The Minister met Foreign Minister A", "2. Panama. ...": the state that a paragraph is labelled with; kNoParty for none.
PartyIndex Cast::label_of(const Sentence& sentence) const {
  std::size_t i = 0;
  while (i < sentence.items.size() && (sentence.items[i].kind == ItemKind::number || sentence.items[i].kind == ItemKind::stop)) ++i;
  if (i >= sentence.items.size() || sentence.items[i].kind != ItemKind::actor) return kNoParty;
  const ActorMention& actor = sentence.actors[sentence.items[i].index];
  if (actor.kind != ActorKind::party || actor.ministry || actor.parties.size() != 1 || actor.parties[0] == own_ || view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::region) return kNoParty;
  const bool alone = i + 1 == sentence.items.size() || (i + 2 == sentence.items.size() && sentence.items[i + 1].kind == ItemKind::stop);  // "Panama."
  const bool colon = i + 2 < sentence.items.size() && sentence.items[i + 1].kind == ItemKind::stop && view_.word(sentence.items[i + 1].begin) == ":";
  return alone || colon ? actor.parties[0] : kNoParty;
}

// Who is named in a labelled paragraph for the first time, with a post that one of ours holds, is of the state that labels it.
// `known` is how many persons were named before the sentence.
void Cast::link_labelled(const Sentence& sentence, std::size_t known) {
  if (sentence.block != label_block_) {
    label_block_ = sentence.block;
    label_ = label_of(sentence);
    if (sentence.heading) heading_label_ = label_;
    else if (label_ == kNoParty) label_ = heading_label_;
  }
  if (label_ == kNoParty || own_ == kNoParty) return;
  for (std::size_t i = 1; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind != ActorKind::person || actor.persons.size() != 1 || actor.own_post) continue;
    Person& person = persons_[actor.persons[0]];
    const bool of_state = person.kind == PostKind::minister || person.kind == PostKind::state || person.kind == PostKind::government;
    if (person.of != kNoParty || !of_state || actor.persons[0] < known) continue;
    const auto held = [&](const Person& other) { return &other != &person && other.kind == person.kind && other.level == person.level && (other.of == own_ || other.of == kNoParty); };
    if (std::any_of(persons_.begin(), persons_.begin() + static_cast<std::ptrdiff_t>(std::min(persons_.size(), kLabelBackMax)), held)) person.of = label_;
  }
}

// "Foreign Secretaries of the two countries": "Foreign Secretary".
std::string Cast::title_of_each(const ActorMention& several) const {
  std::uint32_t end = several.begin;
  while (end < several.end && view_.word(end) != "of") ++end;
  std::string title = collapse_blanks(view_.raw(several.begin, end));
  if (title.ends_with("ies")) title.replace(title.size() - 3, 3, "y");
  else if (title.ends_with('s') && !title.ends_with("Affairs")) title.pop_back();
  return title;
}

// "the two Principal Secretaries, A of Kenya and B of Uganda": each name with its state. False where they do not stand so.
bool Cast::link_each_of(Sentence& sentence, std::size_t first, const ActorMention& several) {
  std::vector<std::pair<std::uint32_t, PartyIndex>> each;  // actors
  for (std::size_t at = first; at + 2 < sentence.items.size(); ++at) {
    const Item& here = sentence.items[at];
    if (here.kind == ItemKind::conjunction || here.kind == ItemKind::comma) continue;
    if (here.kind != ItemKind::actor || !is_bare(sentence.actors[here.index]) || view_.word(sentence.items[at + 1].begin) != "of" || sentence.items[at + 2].kind != ItemKind::actor) break;
    const ActorMention& state = sentence.actors[sentence.items[at + 2].index];
    if (state.kind != ActorKind::party || state.parties.size() != 1) break;
    each.emplace_back(here.index, state.parties[0]);
    at += 2;
  }
  if (each.size() < 2) return false;
  for (const auto& [name, party] : each) holder_named(sentence.actors[name], party, title_of_each(several), several.level);
  return true;
}

// "The Foreign Secretaries of the two countries, A and B, attended": ours is named first.
void Cast::link_pair(Sentence& sentence) {
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma) continue;
    const ActorMention& both = sentence.actors[sentence.items[i].index];
    if (both.kind == ActorKind::both && both.level && link_each_of(sentence, i + 2, both)) continue;
    if (both.kind != ActorKind::both || !both.level || both.count != 2 || own_ == kNoParty || counterpart_ == kNoParty || counterpart_ == own_) continue;
    std::vector<std::uint32_t> names;  // actors
    for (std::size_t at = i + 2; at < sentence.items.size() && names.size() < 3; ++at) {
      const ItemKind kind = sentence.items[at].kind;
      if (kind == ItemKind::conjunction) continue;
      if (kind != ItemKind::actor) break;
      if (!is_bare(sentence.actors[sentence.items[at].index])) break;
      names.push_back(sentence.items[at].index);
    }
    if (names.size() != 2) continue;
    const std::string title = title_of_each(both);
    const PartyIndex sides[2] = {own_, counterpart_};
    for (std::size_t k = 0; k < 2; ++k) holder_named(sentence.actors[names[k]], sides[k], title, both.level);
  }
}

// The two states that the sentence is about, or the release's own and the one other; where it names none those of the forum that was named
// last, or of the title, ours first, else ours and the foreign one named last.
std::vector<PartyIndex> Cast::pair_of(const Sentence& sentence) const {
  std::vector<PartyIndex> pair;
  const auto add = [&](const std::vector<PartyIndex>& parties) {
    for (const PartyIndex party : parties)
      if (view_.tables->parties[party].kind == graph::EntityKind::country) add_once(pair, party);
  };
  for (const Item& item : sentence.items) {
    if (item.kind == ItemKind::forum) add(sentence.forums[item.index].parties);
    if (item.kind == ItemKind::actor && sentence.actors[item.index].kind == ActorKind::party) add(sentence.actors[item.index].parties);
  }
  if (pair.empty() && forum_pair_.size() == 2) pair = forum_pair_;
  if (pair.empty() && topic_.size() == 2) {
    pair = topic_;
    if (pair[1] == own_) std::swap(pair[0], pair[1]);
  }
  if (pair.empty() && counterpart_ != own_ && counterpart_ != kNoParty && own_ != kNoParty) pair = {own_, counterpart_};
  if (pair.size() == 1 && own_ != kNoParty && pair[0] != own_) pair.insert(pair.begin(), own_);
  return pair.size() == 2 ? pair : std::vector<PartyIndex>();
}

// "State Secretaries A and B", "Secretaries of State A, for the Angolan part, and B, for the Cape Verdean", "the Ambassadors of Cuba,
// A, and of Morocco, B": the post of each. False where fewer than two names follow.
bool Cast::link_names_behind(Sentence& sentence, std::size_t item) {
  const ActorMention& posts = sentence.actors[sentence.items[item].index];
  if (posts.post->of.size() > 1) return false;
  struct Named {
    std::uint32_t actor = 0;
    PartyIndex side = kNoParty;
  };
  std::vector<Named> named;
  const auto party_at = [&](std::size_t at) {
    if (at < sentence.items.size() && sentence.items[at].kind == ItemKind::determiner) ++at;
    if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::actor) return std::pair<PartyIndex, std::size_t>{kNoParty, at};
    const ActorMention& actor = sentence.actors[sentence.items[at].index];
    const bool state = (actor.kind == ActorKind::party || actor.kind == ActorKind::adjective) && actor.parties.size() == 1;
    return std::pair<PartyIndex, std::size_t>{state ? actor.parties[0] : kNoParty, at};
  };
  PartyIndex pending = posts.post->of.empty() ? kNoParty : posts.post->of[0];
  const bool of_each = pending != kNoParty;  // "of Cuba, A, and of Morocco, B"
  std::size_t at = item + 1;
  if (of_each) {
    if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::comma) return false;
    ++at;
  }
  for (; at < sentence.items.size() && named.size() < kListedMax; ++at) {
    const Item& here = sentence.items[at];
    if (!named.empty() && (here.kind == ItemKind::comma || here.kind == ItemKind::conjunction)) continue;
    if (!named.empty() && here.kind == ItemKind::word && view_.word(here.begin) == "part") continue;
    if (!named.empty() && here.kind == ItemKind::preposition) {
      const Word link = view_.word(here.begin);
      const auto [side, past] = party_at(at + 1);
      if (side == kNoParty || (link == "for" ? of_each || named.back().side != kNoParty : link != "of" || !of_each)) break;
      (link == "for" ? named.back().side : pending) = side;
      at = past;
      continue;
    }
    if (here.kind != ItemKind::actor) break;
    const ActorMention& actor = sentence.actors[here.index];
    const bool bare = (actor.kind == ActorKind::name || (actor.kind == ActorKind::person && !actor.post)) && actor.name_end - actor.name_begin >= 2;
    if (!bare || (of_each && pending == kNoParty)) break;
    named.push_back({here.index, pending});
    pending = kNoParty;
  }
  if (named.size() < 2) return false;
  if (named.size() == 2 && named[0].side == kNoParty && named[1].side == kNoParty)
    if (const std::vector<PartyIndex> pair = pair_of(sentence); pair.size() == 2) {
      named[0].side = pair[0];
      named[1].side = pair[1];
    }
  std::string title = post_text(*posts.post);
  if (of_each) title = collapse_blanks(view_.raw(posts.post->begin, posts.post->head_end));
  const std::size_t of = title.find(" of ");
  const std::size_t head = of == std::string::npos ? title.size() : of;
  if (title.substr(0, head).ends_with("ies")) title.replace(head - 3, 3, "y");
  else if (head > 0 && title[head - 1] == 's') title.erase(head - 1, 1);
  for (const Named& one : named) {
    Person& person = person_named(sentence.actors[one.actor], one.side, title, posts.post->level);
    if (person.has_post) continue;
    person.post = title;
    person.level = posts.post->level;
    person.kind = posts.post->kind;
    person.has_post = true;
  }
  return true;
}

// "The A-B Consultations met with Undersecretary C and Vice Minister D as co-chairs": where one is known to be of A, the other is of B.
void Cast::link_other_of_two(Sentence& sentence) {
  const auto person_at = [&](std::size_t i) -> Person* {
    if (i >= sentence.items.size() || sentence.items[i].kind != ItemKind::actor) return nullptr;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    return actor.kind == ActorKind::person && actor.persons.size() == 1 && !(actor.post && actor.post->ours) ? &persons_[actor.persons[0]] : nullptr;
  };
  for (std::size_t i = 0; i + 2 < sentence.items.size(); ++i) {
    Person* first = person_at(i);
    if (first == nullptr || sentence.items[i + 1].kind != ItemKind::conjunction) continue;
    Person* second = person_at(sentence.items[i + 2].kind == ItemKind::determiner ? i + 3 : i + 2);
    if (second == nullptr || second == first || (first->of == kNoParty) == (second->of == kNoParty)) continue;
    const std::vector<PartyIndex> pair = pair_of(sentence);
    if (pair.size() != 2) return;
    Person& unsaid = first->of == kNoParty ? *first : *second;
    const PartyIndex known = first->of == kNoParty ? second->of : first->of;
    if (unsaid.historic || (known != pair[0] && known != pair[1])) continue;
    unsaid.of = known == pair[0] ? pair[1] : pair[0];
  }
}

// "was initialled by Deputy Minister A and Principal Secretary B", "Director General A and Deputy Minister B opened the Estonia-Oman
// Consultations": one for each of the two states that the sentence is about, in their order.
void Cast::link_two(Sentence& sentence) {
  const auto unsaid = [&](std::size_t i) {
    if (i >= sentence.items.size() || sentence.items[i].kind != ItemKind::actor) return false;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind != ActorKind::person || !actor.post || actor.persons.size() != 1 || actor.own_post || actor.post->ours) return false;
    const Person& person = persons_[actor.persons[0]];
    return person.of == kNoParty && !person.historic && person.kind != PostKind::ambassador && person.kind != PostKind::spokesperson;
  };
  const bool of_two = std::any_of(sentence.forums.begin(), sentence.forums.end(), [](const ForumMention& forum) { return forum.parties.size() == 2; });
  if (of_two) link_other_of_two(sentence);
  for (std::size_t i = 0; i + 2 < sentence.items.size(); ++i) {
    std::size_t link = i + 1;
    if (of_two && sentence.items[link].kind == ItemKind::comma && link + 2 < sentence.items.size()) ++link;  // "A, Joint Secretary, and B, Director, co-chairing"
    if (!unsaid(i) || sentence.items[link].kind != ItemKind::conjunction) continue;
    std::size_t second = link + 1;
    if (sentence.items[second].kind == ItemKind::determiner) ++second;
    if (!unsaid(second) || sentence.actors[sentence.items[i].index].persons == sentence.actors[sentence.items[second].index].persons) continue;
    std::size_t before = i;
    if (before > 0 && sentence.items[before - 1].kind == ItemKind::determiner) --before;
    const bool by = before > 0 && sentence.items[before - 1].kind == ItemKind::preposition && (view_.word(sentence.items[before - 1].begin) == "by" || view_.word(sentence.items[before - 1].begin) == "between");
    const bool opens = std::none_of(sentence.items.begin(), sentence.items.begin() + static_cast<std::ptrdiff_t>(i), [](const Item& item) { return item.kind == ItemKind::verb || item.kind == ItemKind::preposition; });
    const auto persons = std::count_if(sentence.actors.begin(), sentence.actors.end(), [](const ActorMention& actor) { return actor.kind == ActorKind::person; });
    if (!by && !(of_two && (opens || (persons == 2 && before > 0 && sentence.items[before - 1].kind == ItemKind::comma)))) continue;
    const bool others = std::any_of(sentence.actors.begin(), sentence.actors.end(), [&](const ActorMention& actor) {
      return std::any_of(actor.persons.begin(), actor.persons.end(), [&](std::uint32_t p) { return persons_[p].of != kNoParty; });
    });
    const std::vector<PartyIndex> pair = others ? std::vector<PartyIndex>() : pair_of(sentence);
    if (pair.size() != 2) return;
    persons_[sentence.actors[sentence.items[i].index].persons[0]].of = pair[0];
    persons_[sentence.actors[sentence.items[second].index].persons[0]].of = pair[1];
    return;
  }
}

// "A, Austria's candidate, was elected Chair of the Committee": of the state that put the name forward.
void Cast::link_candidates(Sentence& sentence) {
  for (std::size_t i = 0; i + 3 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma) continue;
    ActorMention& named = sentence.actors[sentence.items[i].index];
    std::size_t at = i + 2;
    if (sentence.items[at].kind == ItemKind::determiner) ++at;
    if (!is_bare(named) || at + 1 >= sentence.items.size() || sentence.items[at].kind != ItemKind::actor) continue;
    const ActorMention& state = sentence.actors[sentence.items[at].index];
    if ((state.kind != ActorKind::party && state.kind != ActorKind::adjective) || state.parties.size() != 1) continue;
    std::uint32_t word = state.end;
    if (word < sentence.end && view_.tokens[word].possessive) ++word;
    if (word < sentence.end && view_.info(word).is(WordClass::nominee)) person_named(named, state.parties[0]);
  }
}

// "met Ghana's Kofi Badu", "sat down with Kofi Badu of Ghana", "credentials were presented by Kofi Badu of Ghana and Ana Ruiz of Peru": a
// name with its state beside an official or an envoy's letters, though without a post.
void Cast::link_bare_names(Sentence& sentence) {
  const bool official = std::any_of(sentence.actors.begin(), sentence.actors.end(), [](const ActorMention& actor) { return actor.kind == ActorKind::person && actor.post; });
  const bool letters = names_class(view_, sentence, "credentials");
  if (!official && !letters) return;
  for (std::size_t i = 1; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    ActorMention& named = sentence.actors[sentence.items[i].index];
    const std::uint32_t words = named.name_end - named.name_begin;
    if (named.kind != ActorKind::name || !named.persons.empty() || words < 2 || words > 4) continue;
    PartyIndex state = kNoParty;
    const auto country = [&](std::size_t at) {
      if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::actor) return;
      const ActorMention& actor = sentence.actors[sentence.items[at].index];
      if (actor.kind == ActorKind::party && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) state = actor.parties[0];
    };
    if (sentence.items[i - 1].kind == ItemKind::possessive && i > 1) country(i - 2);
    const bool acts = sentence.items[i - 1].kind == ItemKind::verb || sentence.items[i - 1].kind == ItemKind::conjunction || (letters && sentence.items[i - 1].kind == ItemKind::comma) ||
                      (sentence.items[i - 1].kind == ItemKind::preposition && (view_.word(sentence.items[i - 1].begin) == "with" || view_.word(sentence.items[i - 1].begin) == "by"));
    const bool behind = state == kNoParty && acts && i + 2 < sentence.items.size() && view_.word(sentence.items[i + 1].begin) == "of";
    if (behind) country(i + 2);
    if (state == kNoParty) continue;
    if (!link_name(named)) add_person(named, state, "", std::nullopt);
    if (behind) sentence.items.erase(sentence.items.begin() + static_cast<std::ptrdiff_t>(i) + 1, sentence.items.begin() + static_cast<std::ptrdiff_t>(i) + 3);
  }
}

// "A presented her credentials as Ambassador of B": of B, and that post.
void Cast::link_credentials(Sentence& sentence) {
  std::uint32_t named = kNoActor;
  bool credentials = false;
  for (std::size_t i = 0; i + 1 < sentence.items.size(); ++i) {
    const Item& here = sentence.items[i];
    if (here.kind == ItemKind::actor) {
      if (is_bare(sentence.actors[here.index])) named = here.index;
      continue;
    }
    if (here.kind == ItemKind::noun) credentials = view_.tables->noun_classes[view_.tables->nouns[sentence.nouns[here.index].noun].noun_class] == "credentials";
    if (!credentials || named == kNoActor || here.kind != ItemKind::preposition || view_.word(here.begin) != "as") continue;
    const std::size_t next = sentence.items[i + 1].kind == ItemKind::determiner && i + 2 < sentence.items.size() ? i + 2 : i + 1;
    if (sentence.items[next].kind != ItemKind::actor) continue;
    const ActorMention& post = sentence.actors[sentence.items[next].index];
    if (post.kind != ActorKind::post || !post.post || post.post->of.size() != 1) continue;
    ActorMention& envoy = sentence.actors[named];
    if (envoy.kind == ActorKind::name || !envoy.persons.empty()) take_post(person_named(envoy, post.post->of[0]), *post.post);
    return;
  }
}

// "a delegation of Mozambique led by President A": of whom the delegation is.
void Cast::link_leaders(Sentence& sentence) {
  constexpr std::uint32_t kDelegationReach = 6;  // tokens
  for (std::size_t i = 1; i + 2 < sentence.items.size(); ++i) {
    if (!is_led_by(view_, sentence, i) || sentence.items[i - 1].kind != ItemKind::actor) continue;
    const ActorMention& side = sentence.actors[sentence.items[i - 1].index];
    const std::size_t next = sentence.items[i + 2].kind == ItemKind::determiner && i + 3 < sentence.items.size() ? i + 3 : i + 2;
    if (side.kind != ActorKind::party || side.parties.size() != 1 || sentence.items[next].kind != ItemKind::actor) continue;
    const std::uint32_t from = side.begin > sentence.begin + kDelegationReach ? side.begin - kDelegationReach : sentence.begin;
    bool delegation = false;
    for (std::uint32_t t = from; t < side.end; ++t) delegation = delegation || view_.info(t).is(WordClass::government_noun) || view_.info(t).is(WordClass::side);
    const ActorMention& leader = sentence.actors[sentence.items[next].index];
    if (!delegation || leader.kind != ActorKind::person || leader.persons.size() != 1) continue;
    Person& person = persons_[leader.persons[0]];
    if (person.of == kNoParty) person.of = side.parties[0];
  }
}

// "The Turkmen part was headed by A, the Romanian part by B": of the side whose part it was.
void Cast::link_parts(const Sentence& sentence) {
  PartyIndex side = kNoParty;
  for (std::size_t i = 0; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    const bool names = (actor.kind == ActorKind::party || actor.kind == ActorKind::adjective) && actor.parties.size() == 1;
    const bool part = actor.end < sentence.end && (view_.word(actor.end) == "part" || view_.info(actor.end).is(WordClass::side));
    if (names && (part || view_.info(actor.end - 1).is(WordClass::side))) side = actor.parties[0];
    if (side == kNoParty || actor.kind != ActorKind::person || actor.persons.size() != 1) continue;
    std::size_t by = i;
    while (by > 0 && sentence.items[by - 1].kind == ItemKind::determiner) --by;
    if (by > 0 && view_.word(sentence.items[by - 1].begin) == "by" && persons_[actor.persons[0]].of == kNoParty) persons_[actor.persons[0]].of = side;
    side = kNoParty;
  }
}

// "A (Skopje) and B (Podgorica)", "A spoke for Portugal, B for Morocco", "A led the Thai team, B the Norwegian one": whose they are.
void Cast::link_sides(Sentence& sentence) {
  const auto side_at = [&](std::size_t i) {
    if (i >= sentence.items.size() || sentence.items[i].kind != ItemKind::actor) return kNoParty;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind == ActorKind::own) return own_;  // "A signed for us, B for Nauru"
    const bool names = actor.kind == ActorKind::party || actor.kind == ActorKind::city || actor.kind == ActorKind::adjective || actor.kind == ActorKind::side;
    return names && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind != graph::EntityKind::region ? actor.parties[0] : kNoParty;
  };
  const auto give = [&](std::size_t last, PartyIndex side) {
    // From the last of "A and B" back to the first.
    for (std::size_t i = last + 1; i-- > 0;) {
      const Item& here = sentence.items[i];
      if (here.kind == ItemKind::actor) {
        ActorMention& actor = sentence.actors[here.index];
        if (actor.kind != ActorKind::person || actor.persons.size() != 1) return;
        Person& person = persons_[actor.persons[0]];
        if (person.of == kNoParty) person.of = side;
        else if (person.of != side) return;
        actor.side_told = true;
        continue;
      }
      if (here.kind != ItemKind::conjunction && here.kind != ItemKind::determiner) return;
    }
  };
  link_bare_names(sentence);
  link_credentials(sentence);
  link_leaders(sentence);
  link_parts(sentence);
  bool spoken = false;  // the sentence says who spoke for whom
  for (std::size_t i = 0; i + 1 < sentence.items.size(); ++i) {
    const Item& here = sentence.items[i];
    for (std::uint32_t t = here.begin; t < here.end; ++t) spoken = spoken || view_.info(t).is(WordClass::speaking_for);
    if (i == 0) continue;
    std::size_t next = i + 1;
    if (here.kind == ItemKind::open && next + 1 < sentence.items.size() && sentence.items[next + 1].kind == ItemKind::close) {
      if (const PartyIndex side = side_at(next); side != kNoParty) give(i - 1, side);
      continue;
    }
    if (sentence.items[next].kind == ItemKind::determiner && next + 1 < sentence.items.size()) ++next;
    // "was signed for the Rwandan side by Minister A, and for the Burundian side by Minister B"
    std::size_t by = next + 1;
    if (by + 1 < sentence.items.size() && sentence.items[by].kind == ItemKind::comma && view_.word(here.begin) == "for") ++by;  // "and, for Nigeria, by Ambassador B"
    if (here.kind == ItemKind::preposition && by + 1 < sentence.items.size() && sentence.items[by].kind == ItemKind::preposition && view_.word(sentence.items[by].begin) == "by" && (view_.word(here.begin) == "for" || view_.word(here.begin) == "on")) {
      if (const PartyIndex side = side_at(next); side != kNoParty) {
        give(by + 1, side);
        continue;
      }
    }
    // "A, of New Zealand's Ministry of Foreign Affairs,"
    if (here.kind == ItemKind::preposition && view_.word(here.begin) == "of" && i > 1 && sentence.items[i - 1].kind == ItemKind::comma && sentence.items[next].kind == ItemKind::actor && ends_aside(sentence, next)) {
      const ActorMention& body = sentence.actors[sentence.items[next].index];
      const Item& named = sentence.items[i - 2];
      const bool one = named.kind == ItemKind::actor && sentence.actors[named.index].kind == ActorKind::person && sentence.actors[named.index].persons.size() == 1;
      if (one && body.kind == ActorKind::party && body.ministry && body.parties.size() == 1)
        if (Person& person = persons_[sentence.actors[named.index].persons[0]]; person.of == kNoParty) person.of = body.parties[0];
    }
    // "led by A from the Thai side and B from the Bangladeshi side"
    const bool from_side = here.kind == ItemKind::preposition && (view_.word(here.begin) == "from" || view_.word(here.begin) == "on") && side_at(next) != kNoParty && view_.info(sentence.items[next].end - 1).is(WordClass::side);
    const bool speaks = here.kind == ItemKind::preposition && (view_.word(here.begin) == "for" || from_side) && spoken;
    // "Ukraine – Deputy Minister A; Ireland – Minister of State B"
    if (here.kind == ItemKind::actor && sentence.items[i - 1].kind == ItemKind::actor && sentence.items[i - 1].end + 1 == here.begin && sentence.actors[sentence.items[i - 1].index].kind == ActorKind::party) {
      const std::string_view dash = view_.raw(here.begin - 1, here.begin);
      if (const PartyIndex side = side_at(i - 1); side != kNoParty && (dash == "–" || dash == "—" || dash == "-")) give(i, side);
    }
    std::size_t before = i - 1;
    // "a delegation led by A left for B": where they went, not for whom A spoke
    const VerbId went = sentence.items[before].kind == ItemKind::verb ? sentence.verbs[sentence.items[before].index].main : kNoVerb;
    if (went != kNoVerb && view_.tables->verbs[went].is(VerbTrait::leaves)) continue;
    if (speaks && before > 0 && sentence.items[before].kind == ItemKind::verb) --before;
    // "signed by Ambassador A, for Barbados, and Ambassador B, for Turkmenistan"
    if (here.kind == ItemKind::preposition && view_.word(here.begin) == "for" && before > 0 && sentence.items[before].kind == ItemKind::comma && ends_aside(sentence, next)) {
      if (const PartyIndex side = side_at(next); side != kNoParty) give(before - 1, side);
      continue;
    }
    if (speaks) {
      if (const PartyIndex side = side_at(next); side != kNoParty) give(before, side);
      continue;
    }
    // "led the Thai team", "B the Norwegian ones"
    const bool leads = here.kind == ItemKind::verb && sentence.verbs[here.index].main != kNoVerb && view_.tables->verbs[sentence.verbs[here.index].main].kind == VerbKind::attend && !sentence.verbs[here.index].passive;
    const bool gapped = here.kind == ItemKind::determiner && spoken && sentence.items[i - 1].kind == ItemKind::actor;
    if (!leads && !gapped) continue;
    const std::size_t whose = gapped ? i + 1 : next;
    const PartyIndex side = side_at(whose);
    if (side == kNoParty) continue;
    const std::uint32_t head = sentence.items[whose].end;
    const bool team = head < sentence.end && (view_.info(head).is(WordClass::government_noun) || view_.info(head).is(WordClass::side) || view_.word(head) == "one" || view_.word(head) == "ones" || view_.word(head) == "team" || view_.word(head) == "delegation");
    const bool within = view_.info(head - 1).is(WordClass::side) || view_.info(head - 1).is(WordClass::government_noun);
    if (team || within) give(i - 1, side);
  }
}

}  // namespace entente::importers
