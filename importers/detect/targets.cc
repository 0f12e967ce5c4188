// Whom sanctions hit, where the words right behind them name only persons and goods: "against twelve individuals linked to
// Russia's shadow fleet".
#include <algorithm>

#include "importers/detect/sentence_events.h"

namespace entente::importers {

// The first state that the clause behind the verb or noun names, unless it only goes along.
void SentenceEvents::take_target(Draft& draft, std::uint32_t item) {
  if (draft.type != graph::EventType::sanction) return;
  if (std::any_of(draft.takings.begin(), draft.takings.end(), [](const Taking& taking) { return taking.part == Part::target; })) return;
  bool along = false;  // behind "together with", "in coordination with"
  for (std::uint32_t i = item + 1; i < sentence_.items.size(); ++i) {
    const Item& here = sentence_.items[i];
    if (here.kind == ItemKind::stop || here.kind == ItemKind::relative || (here.kind == ItemKind::verb && verb(i).finite && !verb(i).bare_participle)) return;
    if (here.kind == ItemKind::preposition) along = word(here.begin) == "with" || word(here.begin) == "by" || word(here.begin) == "alongside";
    if (here.kind != ItemKind::actor || along) continue;
    const ActorMention& actor = sentence_.actors[here.index];
    const bool names_state = actor.kind == ActorKind::party || actor.kind == ActorKind::adjective || actor.kind == ActorKind::city;
    if (!names_state || actor.parties.empty() || actor.parties[0] == cast_.own()) continue;
    const bool taken = std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return taking.who.parties == actor.parties; });
    if (taken) continue;
    draft.takings.push_back({Part::target, Slot::against, Meant{{actor.parties[0]}, {}, {}, {}}});
    return;
  }
}

}  // namespace entente::importers
