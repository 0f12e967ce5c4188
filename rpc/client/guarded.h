// The door where the client's exceptions end.
#pragma once

#include "base/result.h"
#include "rpc/convert/error.h"

namespace entente::rpc {

// Runs a call and turns what it throws into an Error.
template <class Call>
auto guarded(Call&& call) -> Result<decltype(call())> {
  try {
    return call();
  } catch (const kj::Exception& exception) {
    return from_exception(exception);
  }
}

}  // namespace entente::rpc
