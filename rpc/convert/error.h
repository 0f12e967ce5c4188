// An Error as the exception that carries it over the wire, and back: code and message stay, and the request by which the
// server's log knows the call goes with them.
//
// kj's four kinds say what a caller can do: failed (not so again), overloaded (later, or less), disconnected (connect
// again), unimplemented (another server).
#pragma once

#include <kj/exception.h>

#include <string_view>

#include "base/result.h"

namespace entente::rpc {

// `request` may be empty.
kj::Exception to_exception(const Error& error, std::string_view request = {});
Error from_exception(const kj::Exception& exception);

}  // namespace entente::rpc
