#include "graph/ontology/crosswalk.h"

namespace entente::graph {
namespace {

constexpr int kVerbalCooperation = 1;
constexpr int kMaterialCooperation = 2;
constexpr int kVerbalConflict = 3;
constexpr int kMaterialConflict = 4;

Crosswalk of_stance(std::optional<Stance> stance) {
  if (!stance) return {"010", "", "", 0.0, kVerbalCooperation};
  switch (*stance) {
    case Stance::support: return {"051", "SUPPORT", "", 3.4, kVerbalCooperation};
    case Stance::congratulate: return {"051", "SUPPORT", "", 3.4, kVerbalCooperation};
    case Stance::condole: return {"018", "SUPPORT", "", 3.4, kVerbalCooperation};
    case Stance::thank: return {"051", "SUPPORT", "", 3.4, kVerbalCooperation};
    case Stance::concern: return {"111", "ACCUSE", "disapprove", -2.0, kVerbalConflict};
    case Stance::condemn: return {"111", "ACCUSE", "disapprove", -2.0, kVerbalConflict};
    case Stance::demand: return {"100", "REQUEST", "assist", -5.0, kVerbalConflict};
  }
  return {};
}

Crosswalk of_agreement(std::optional<Stage> stage) {
  if (stage == Stage::terminated) return {"1246", "REJECT", "change", -5.0, kVerbalConflict};
  if (stage == Stage::negotiated) return {"046", "CONSULT", "meet", 7.0, kVerbalCooperation};
  return {"057", "AGREE", "", 8.0, kVerbalCooperation};
}

Crosswalk of_relations(std::optional<Stage> stage) {
  if (stage == Stage::severed || stage == Stage::suspended) return {"161", "SANCTION", "discontinue", -4.0, kMaterialConflict};
  if (stage == Stage::downgraded) return {"161", "SANCTION", "reduce", -4.0, kMaterialConflict};
  if (stage == Stage::recognised) return {"054", "SUPPORT", "", 6.0, kVerbalCooperation};
  return {"050", "COOPERATE", "", 3.5, kVerbalCooperation};
}

Crosswalk of_visit(const Act& act) {
  if (act.status == Status::planned) return {"036", "AGREE", "meet", 4.0, kVerbalCooperation};
  return {"042", "CONSULT", "visit", 1.9, kVerbalCooperation};
}

}  // namespace

Crosswalk crosswalk(const Act& act) {
  switch (act.type) {
    case EventType::meeting:
    case EventType::courtesy_call:
    case EventType::consultation:
      if (act.mode == Mode::phone || act.mode == Mode::virtual_) return {"041", "CONSULT", "phone", 1.0, kVerbalCooperation};
      return act.status == Status::planned ? Crosswalk{"036", "AGREE", "meet", 4.0, kVerbalCooperation}
                                             : Crosswalk{"040", "CONSULT", "meet", 1.0, kVerbalCooperation};
    case EventType::call: return {"041", "CONSULT", "phone", 1.0, kVerbalCooperation};
    case EventType::visit: return of_visit(act);
    case EventType::conference: return {"046", "CONSULT", "multilateral", 7.0, kVerbalCooperation};
    case EventType::message:
    case EventType::statement: return of_stance(act.stance);
    case EventType::agreement: return of_agreement(act.stage);
    case EventType::relations: return of_relations(act.stage);
    case EventType::mission:
      if (act.stage == Stage::closed) return {"161", "SANCTION", "reduce", -4.0, kMaterialConflict};
      return {"050", "COOPERATE", "", 3.5, kVerbalCooperation};
    case EventType::appointment: return {};
    case EventType::accreditation: return {"050", "COOPERATE", "", 3.5, kVerbalCooperation};
    case EventType::aid:
      if (act.status == Status::planned) return {"033", "AGREE", "assist", 5.2, kVerbalCooperation};
      return {"070", "AID", "", 7.0, kMaterialCooperation};
    case EventType::summon: return {"112", "ACCUSE", "disapprove", -2.0, kVerbalConflict};
    case EventType::expulsion: return {"166", "SANCTION", "expel", -7.0, kMaterialConflict};
    case EventType::sanction:
      if (act.stage == Stage::lifted) return {"085", "CONCEDE", "", 7.0, kMaterialCooperation};
      return {"163", "SANCTION", "", -8.0, kMaterialConflict};
  }
  return {};
}

}  // namespace entente::graph
