// Who held a post before: "Ms. A succeeds B of Czechia" gives B the post of A.
#include "importers/resolve/cast.h"

namespace entente::importers {

void Cast::link_successors(Sentence& sentence) {
  constexpr std::size_t kItemsMax = 3;  // from the verb to the name
  for (std::size_t i = 1; i + 1 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::verb) continue;
    const VerbGroup& group = sentence.verbs[sentence.items[i].index];
    if (group.main == kNoVerb || group.passive || group.negated) continue;
    if (!view_.tables->verbs[group.main].is(VerbTrait::succeeds)) continue;
    const Person* successor = nullptr;
    for (std::size_t before = i; before-- > 0 && successor == nullptr;) {
      if (sentence.items[before].kind == ItemKind::stop) break;
      if (sentence.items[before].kind != ItemKind::actor) continue;
      const ActorMention& actor = sentence.actors[sentence.items[before].index];
      if (actor.persons.size() == 1 && persons_[actor.persons[0]].has_post) successor = &persons_[actor.persons[0]];
      if (actor.kind == ActorKind::pronoun && !persons_.empty() && latest_added_with_post() != kNone) successor = &persons_[latest_added_with_post()];
    }
    if (successor == nullptr) continue;
    const Person known = *successor;
    for (std::size_t next = i + 1; next < sentence.items.size() && next <= i + kItemsMax; ++next) {
      if (sentence.items[next].kind != ItemKind::actor) continue;
      ActorMention& named = sentence.actors[sentence.items[next].index];
      const bool name = named.kind == ActorKind::name && named.name_end - named.name_begin >= 2;
      const bool bare = named.kind == ActorKind::person && !named.post;
      if (!name && !bare) break;
      if (name && !link_name(named)) add_person(named, known.of, "", std::nullopt);
      Person& predecessor = persons_[named.persons[0]];
      if (predecessor.has_post) break;
      predecessor.of = predecessor.of == kNoParty ? known.of : predecessor.of;
      predecessor.post = known.post;
      predecessor.kind = known.kind;
      predecessor.level = known.level;
      predecessor.sent_to = known.sent_to;
      predecessor.has_post = true;
      predecessor.former = true;
      break;
    }
  }
}

std::uint32_t Cast::latest_added_with_post() const {
  for (auto i = static_cast<std::uint32_t>(persons_.size()); i-- > 0 && persons_.size() - i < 4;)
    if (persons_[i].has_post && !persons_[i].former) return i;
  return kNone;
}

}  // namespace entente::importers
