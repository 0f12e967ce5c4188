// Addresses of pages: joined with the page they stand on, and in one form for each page, however a site writes it.
// Pure. Only http and https exist here.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace entente::importers {

struct Url {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; IPv6 in brackets
  int port = 0;        // always set
  std::string path;    // begins with '/'
  std::string query;   // without '?'; empty when there is none

  bool has_default_port() const { return port == (scheme == "https" ? 443 : 80); }
  // "https://mfa.example:8443": what robots.txt speaks for.
  std::string origin() const;
  // "mfa.example:8443": what a rate is kept for.
  std::string host_and_port() const;
  std::string path_and_query() const { return query.empty() ? path : path + "?" + query; }
  std::string to_text() const { return origin() + path_and_query(); }
};

// Absent for what is no absolute http or https address, has a user name in it, or is longer than kUrlBytesMax.
// The fragment is dropped.
std::optional<Url> parse_url(std::string_view text);
// What `reference` means on the page `base`; absent when it leads to no page (mailto:, javascript:, #top).
std::optional<Url> resolve_url(const Url& base, std::string_view reference);

// Without what only tells where a reader came from (utm_source, fbclid, a session's number).
Url without_tracking(Url url);
// One text for all the ways to write the page's address: https for http, without tracking, trailing slash, fragment;
// parameters sorted, percent signs only where they are needed. To compare and to name by, not to fetch.
std::string canonical_url(const Url& url);

inline constexpr std::size_t kUrlBytesMax = 4096;

// Whether `text` is what the pattern says, '*' standing for any characters and a final '$' for the end; without '$' the
// pattern need only be a start of it. Time is bounded by the product of the lengths.
bool matches_path(std::string_view pattern, std::string_view text);

}  // namespace entente::importers
