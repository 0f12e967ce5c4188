// What an HTTP request asks, taken apart: strangers' text, so any of it gives a request or an error.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace entente::rpc {

struct Asked {
  std::vector<std::string> path;                            // "/api/event/x" as api, event, x
  std::map<std::string, std::vector<std::string>> fields;  // of the query, decoded; "a=1&a=2" and "a=1,2" are two values
  std::string body;

  // The one value of a field; empty when it is not there.
  std::string one(const std::string& field) const;
  std::vector<std::string> many(const std::string& field) const;
};

// A path with its query, as a request line has it. Fails with invalid_argument: a broken escape, a control character, text
// that is not UTF-8, a path that goes up, more than 100 fields.
Result<Asked> parse_target(std::string_view target);

}  // namespace entente::rpc
