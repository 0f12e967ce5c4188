// Which threads go first when the processors are short: those that everybody waits for and that do little.
#pragma once

namespace entente::rpc {

// The calling thread goes before the process's others from here on, where the system lets it: to whoever may raise a
// priority (the service may, packaging/systemd/entente.service). Nothing else changes where it does not.
void go_first();
// Behind all others that want to run; everybody may.
void go_last();

}  // namespace entente::rpc
