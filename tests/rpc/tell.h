// Releases that come in while a server is asked.
#pragma once

#include <string>

#include "tests/rpc/served.h"

namespace entente::test {

// Records what is drawn, as releases that no other drawing has.
inline void tell(Served& served, const std::string& drawing) {
  static int number = 0;
  auto readings = draw(drawing);
  for (auto& reading : readings) {
    reading.release.url += "?" + std::to_string(++number);
    reading.release.id = graph::release_id(reading.release.url, {});
  }
  record(served.store(), readings);
}

}  // namespace entente::test
