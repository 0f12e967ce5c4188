// Which fields an event of a type can have; a claim that breaks these is refused before it reaches the store.
#pragma once

#include "graph/ontology/event_types.h"

namespace entente::graph {

bool allows_stage(EventType type, Stage stage);
bool allows_stance(EventType type);
// Consultations and conferences are editions of a series; a meeting on the sidelines of one is not.
bool allows_forum(EventType type);
bool allows_role(EventType type, Role role);

}  // namespace entente::graph
