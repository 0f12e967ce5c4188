// Events to the wire from where they stand, without a value between.
#pragma once

#include "graph/view/event_view.h"
#include "rpc/schema/model.capnp.h"

namespace entente::rpc {

// The same as of the event that the view shows.
void write(const graph::EventView& event, wire::Event::Builder out);

}  // namespace entente::rpc
