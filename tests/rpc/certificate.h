// A certificate that signs itself, made for one test.
#pragma once

#include <string>

namespace entente::test {

struct Pem {
  std::string certificate;
  std::string key;
};

Pem self_signed(const std::string& name);

}  // namespace entente::test
