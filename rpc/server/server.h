// Serves a store at an address until it is told to stop.
#pragma once

#include <functional>

#include "rpc/address.h"
#include "storage/store.h"

namespace entente::rpc {

// Takes SIGTERM and SIGINT for serve(). REQUIRES: called before any thread is started, the store's among them: a thread
// that does not block them would be handed the signal and end the process.
void capture_stop_signals();

// Blocks until SIGTERM or SIGINT. `ready` is called once clients can connect. A socket file that nobody listens at any
// more is replaced. Fails with locked when somebody does, permission or io. The caller closes the store.
Result<void> serve(storage::Store& store, const Address& address, const std::function<void()>& ready);

}  // namespace entente::rpc
