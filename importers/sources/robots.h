// robots.txt as RFC 9309 has it, with the crawl delay that many sites add to it. Takes any bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::importers {

// What one robots.txt says to one reader.
struct Robots {
  struct Rule {
    std::string path;  // with '*' and a final '$'
    bool allow = false;
  };
  std::vector<Rule> rules;                     // of the groups that speak to the reader
  std::optional<std::int64_t> crawl_delay_ms;  // likewise
  std::vector<std::string> sitemaps;           // for everybody

  // Whether the page may be fetched: the longest rule that fits decides, of equally long ones the one that allows.
  bool allows(std::string_view path_and_query) const;
};

// `product` is the reader's name, "entente"; groups for it go before those for everybody. What stands behind the first
// kRobotsBytesMax bytes is not read, nor are more than kRobotsRulesMax rules.
Robots parse_robots(std::string_view text, std::string_view product);

inline constexpr std::size_t kRobotsBytesMax = 500U << 10U;  // RFC 9309, 2.5
inline constexpr std::size_t kRobotsRulesMax = 4000;

}  // namespace entente::importers
