// Whose an official is when the words between the name and the post say it.
#include <algorithm>

#include "base/utf8.h"
#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kAsReach = 6;   // items from the state to "as its President"
constexpr std::size_t kListedMax = 12;  // items of a list of counterparts

}  // namespace

// "A, who heads neighbouring B as its President": of B, and that post.
void Cast::link_heads(Sentence& sentence) {
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma || sentence.items[i + 2].kind != ItemKind::relative || sentence.items[i + 3].kind != ItemKind::verb)
      continue;
    ActorMention& named = sentence.actors[sentence.items[i].index];
    const bool bare = (named.kind == ActorKind::name && named.name_end - named.name_begin >= 2) || (named.kind == ActorKind::person && !named.post);
    const VerbGroup& group = sentence.verbs[sentence.items[i + 3].index];
    if (!bare || group.main == kNoVerb || view_.tables->verbs[group.main].kind != VerbKind::attend) continue;
    PartyIndex state = kNoParty;
    for (std::size_t at = i + 4; at < sentence.items.size() && at < i + 4 + kAsReach; ++at) {
      const Item& here = sentence.items[at];
      if (here.kind == ItemKind::comma || here.kind == ItemKind::verb || here.kind == ItemKind::stop) break;
      if (here.kind != ItemKind::actor) continue;
      const ActorMention& actor = sentence.actors[here.index];
      if (actor.kind == ActorKind::party && actor.parties.size() == 1) state = actor.parties[0];
      if (actor.kind != ActorKind::post || !actor.post || state == kNoParty) continue;
      if (named.kind == ActorKind::name && !link_name(named)) add_person(named, state, "", std::nullopt);
      Person& person = persons_[named.persons[0]];
      if (person.of == kNoParty) person.of = state;
      take_post(person, *actor.post);
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

// "The Foreign Secretaries of the two countries, A and B, attended": ours is named first.
void Cast::link_pair(Sentence& sentence) {
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma) continue;
    const ActorMention& both = sentence.actors[sentence.items[i].index];
    if (both.kind != ActorKind::both || !both.level || both.count != 2 || own_ == kNoParty || counterpart_ == kNoParty || counterpart_ == own_) continue;
    std::vector<std::uint32_t> names;  // actors
    for (std::size_t at = i + 2; at < sentence.items.size() && names.size() < 3; ++at) {
      const ItemKind kind = sentence.items[at].kind;
      if (kind == ItemKind::conjunction) continue;
      if (kind != ItemKind::actor) break;
      const ActorMention& named = sentence.actors[sentence.items[at].index];
      if (!(named.kind == ActorKind::name && named.name_end - named.name_begin >= 2) && !(named.kind == ActorKind::person && !named.post)) break;
      names.push_back(sentence.items[at].index);
    }
    if (names.size() != 2) continue;
    std::uint32_t end = both.begin;
    while (end < both.end && view_.word(end) != "of") ++end;
    std::string title = collapse_blanks(view_.raw(both.begin, end));
    if (title.ends_with("ies")) title.replace(title.size() - 3, 3, "y");
    else if (title.ends_with('s') && !title.ends_with("Affairs")) title.pop_back();
    const PartyIndex sides[2] = {own_, counterpart_};
    for (std::size_t k = 0; k < 2; ++k) {
      ActorMention& named = sentence.actors[names[k]];
      if (named.kind == ActorKind::name && !link_name(named)) add_person(named, sides[k], title, both.level);
      Person& person = persons_[named.persons[0]];
      if (person.of == kNoParty) person.of = sides[k];
      if (person.has_post) continue;
      person.post = title;
      person.level = both.level;
      person.has_post = true;
    }
  }
}

}  // namespace entente::importers
