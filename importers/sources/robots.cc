#include "importers/sources/robots.h"

#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "importers/sources/url.h"

namespace entente::importers {
namespace {

constexpr std::string_view kBlanks = " \t\r\f";

constexpr std::size_t kRuleBytesMax = 1024;
constexpr std::int64_t kCrawlDelayMsMax = 24LL * 3600 * 1000;

// "Entente/1.0" -> "entente": letters, '-' and '_' up to the first other character.
std::string product_of(std::string_view value) {
  std::string out;
  for (const char c : ascii_lowered(value)) {
    if ((c < 'a' || c > 'z') && c != '-' && c != '_') break;
    out += c;
  }
  return out;
}

std::optional<std::int64_t> milliseconds(std::string_view value) {
  const std::string text(value.substr(0, 32));
  char* end = nullptr;
  const double seconds = std::strtod(text.c_str(), &end);
  if (end == text.c_str() || !(seconds >= 0)) return std::nullopt;
  return std::min(kCrawlDelayMsMax, static_cast<std::int64_t>(std::min(seconds, 1e6) * 1000));
}

// Percent signs of unreserved characters say nothing: rules and paths are compared without them.
std::string compared(std::string_view path) {
  std::string out;
  constexpr std::string_view kHex = "0123456789ABCDEFabcdef";
  for (std::size_t i = 0; i < path.size(); ++i) {
    if (path[i] != '%' || i + 2 >= path.size() || kHex.find(path[i + 1]) == std::string_view::npos ||
        kHex.find(path[i + 2]) == std::string_view::npos) {
      out += path[i];
      continue;
    }
    const char c = static_cast<char>(std::strtol(std::string(path.substr(i + 1, 2)).c_str(), nullptr, 16));
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += '%';
      for (const char digit : path.substr(i + 1, 2))
        out += digit >= 'a' ? static_cast<char>(digit - ('a' - 'A')) : digit;
    }
    i += 2;
  }
  return out;
}

struct Group {
  std::vector<Robots::Rule> rules;
  std::optional<std::int64_t> crawl_delay_ms;
};

void add_rule(Group& group, std::string_view path, bool allow) {
  if (path.empty() || path.size() > kRuleBytesMax || group.rules.size() >= kRobotsRulesMax) return;
  group.rules.push_back({compared(path), allow});
}

}  // namespace

bool Robots::allows(std::string_view path_and_query) const {
  if (path_and_query == "/robots.txt") return true;
  const std::string path = compared(path_and_query);
  const Rule* best = nullptr;
  for (const Rule& rule : rules) {
    const bool better = best == nullptr || rule.path.size() > best->path.size() ||
                        (rule.path.size() == best->path.size() && rule.allow);
    if (better && matches_path(rule.path, path)) best = &rule;
  }
  return best == nullptr || best->allow;
}

Robots parse_robots(std::string_view text, std::string_view product) {
  const std::string wanted = product_of(product);
  text = text.substr(0, kRobotsBytesMax);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Group ours;
  Group everybody;
  bool ours_met = false;
  bool for_us = false;
  bool for_everybody = false;
  bool in_rules = true;  // the next user-agent line begins a group
  Robots robots;
  while (!text.empty()) {
    const auto end = text.find_first_of("\n\r");
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const std::string key = ascii_lowered(ascii_trimmed(line.substr(0, colon), kBlanks));
    const std::string_view value = ascii_trimmed(line.substr(colon + 1), kBlanks);
    if (key == "sitemap") {
      if (robots.sitemaps.size() < kRobotsRulesMax) robots.sitemaps.emplace_back(value);
      continue;
    }
    if (key == "user-agent") {
      if (in_rules) for_us = for_everybody = in_rules = false;
      if (value.starts_with('*')) for_everybody = true;
      if (!wanted.empty() && product_of(value) == wanted) for_us = ours_met = true;
      continue;
    }
    if (key != "allow" && key != "disallow" && key != "crawl-delay") continue;
    in_rules = true;
    for (Group* const group : {for_us ? &ours : nullptr, for_everybody ? &everybody : nullptr}) {
      if (group == nullptr) continue;
      if (key == "crawl-delay")
        group->crawl_delay_ms = milliseconds(value);
      else
        add_rule(*group, value, key == "allow");
    }
  }
  Group& chosen = ours_met ? ours : everybody;
  robots.rules = std::move(chosen.rules);
  robots.crawl_delay_ms = chosen.crawl_delay_ms;
  return robots;
}

}  // namespace entente::importers
