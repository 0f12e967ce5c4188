// Whose an official is when the words between the name and the post say it.
#include <algorithm>

#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kAsReach = 6;  // items from the state to "as its President"

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

}  // namespace entente::importers
