#include "importers/sources/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <vector>

#include "base/ascii.h"

namespace entente::importers {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

using Handle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

std::string part(CURLU* handle, CURLUPart which, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(handle, which, &text, flags) != CURLUE_OK || text == nullptr) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

std::optional<Url> taken(CURLU* handle) {
  Url url;
  url.scheme = ascii_lowered(part(handle, CURLUPART_SCHEME));
  if (url.scheme != "http" && url.scheme != "https") return std::nullopt;
  if (!part(handle, CURLUPART_USER).empty() || !part(handle, CURLUPART_PASSWORD).empty()) return std::nullopt;
  url.host = ascii_lowered(part(handle, CURLUPART_HOST));
  if (url.host.empty()) return std::nullopt;
  const std::string port = part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  std::from_chars(port.data(), port.data() + port.size(), url.port);
  url.path = part(handle, CURLUPART_PATH);
  if (url.path.empty()) url.path = "/";
  url.query = part(handle, CURLUPART_QUERY);
  return url;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
         c == '_' || c == '~';
}

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// Percent signs in one way: upper-case digits, none before a character that needs none, and one that stands for itself written
// as such, so that what follows it makes no escape when it is read again.
std::string with_plain_escapes(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      if (text[i] == '%') out += "%25";
      else out += text[i];
      continue;
    }
    const char c = static_cast<char>(high * 16 + low);
    if (is_unreserved(c))
      out += c;
    else
      out.append({'%', kDigits[static_cast<std::size_t>(high)], kDigits[static_cast<std::size_t>(low)]});
    i += 2;
  }
  return out;
}

bool is_tracking(std::string_view parameter) {
  constexpr std::array kStarts{"utm_", "mtm_", "pk_", "hsa_", "at_custom"};
  constexpr std::array kNames{"fbclid",  "gclid",     "dclid",      "msclkid",   "yclid", "twclid",
                              "igshid",  "mc_cid",    "mc_eid",     "_ga",       "_gl",   "_hsenc",
                              "_hsmi",   "wt_mc",     "spm",        "cmpid",     "ncid",  "s_kwcid",
                              "srsltid", "phpsessid", "jsessionid", "sessionid", "sid"};
  const std::string name = ascii_lowered(parameter.substr(0, parameter.find('=')));
  return std::any_of(kStarts.begin(), kStarts.end(), [&](const char* start) { return name.starts_with(start); }) ||
         std::any_of(kNames.begin(), kNames.end(), [&](const char* known) { return name == known; });
}

std::vector<std::string_view> parameters_of(std::string_view query) {
  std::vector<std::string_view> out;
  while (!query.empty()) {
    const auto end = query.find('&');
    if (end != 0) out.push_back(query.substr(0, end));
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
  }
  return out;
}

std::string joined(const std::vector<std::string_view>& parameters) {
  std::string out;
  for (const std::string_view parameter : parameters) (out += out.empty() ? "" : "&") += parameter;
  return out;
}

}  // namespace

std::string Url::host_and_port() const { return has_default_port() ? host : host + ":" + std::to_string(port); }
std::string Url::origin() const { return scheme + "://" + host_and_port(); }

std::optional<Url> parse_url(std::string_view text) {
  text = ascii_trimmed(text, kBlanks);
  if (text.empty() || text.size() > kUrlBytesMax || text.find('\0') != std::string_view::npos) return std::nullopt;
  const Handle handle(curl_url(), &curl_url_cleanup);
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, std::string(text).c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return std::nullopt;
  return taken(handle.get());
}

std::optional<Url> resolve_url(const Url& base, std::string_view reference) {
  reference = ascii_trimmed(reference, kBlanks);
  reference = reference.substr(0, reference.find('#'));
  if (reference.empty() || reference.size() > kUrlBytesMax || reference.find('\0') != std::string_view::npos)
    return std::nullopt;
  // "mailto:", "javascript:", "tel:": a scheme that leads to no page.
  const auto colon = reference.find(':');
  if (colon != std::string_view::npos && colon < reference.find_first_of("/?")) {
    const std::string scheme = ascii_lowered(reference.substr(0, colon));
    if (scheme == "http" || scheme == "https") return parse_url(reference);
    return std::nullopt;
  }
  const Handle handle(curl_url(), &curl_url_cleanup);
  if (!handle || curl_url_set(handle.get(), CURLUPART_URL, base.to_text().c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (curl_url_set(handle.get(), CURLUPART_URL, std::string(reference).c_str(), CURLU_URLENCODE) != CURLUE_OK)
    return std::nullopt;
  return taken(handle.get());
}

Url without_tracking(Url url) {
  auto parameters = parameters_of(url.query);
  std::erase_if(parameters, is_tracking);
  url.query = joined(parameters);
  if (const auto session = ascii_lowered(url.path).find(";jsessionid="); session != std::string::npos)
    url.path.resize(session);
  if (url.path.empty()) url.path = "/";
  return url;
}

std::string canonical_url(const Url& url) {
  Url plain = without_tracking(url);
  if (plain.has_default_port()) {
    plain.scheme = "https";
    plain.port = 443;
  }
  plain.path = with_plain_escapes(plain.path);
  while (plain.path.size() > 1 && plain.path.back() == '/') plain.path.pop_back();
  const std::string query = with_plain_escapes(plain.query);
  auto parameters = parameters_of(query);
  std::sort(parameters.begin(), parameters.end());
  plain.query = joined(parameters);
  return plain.to_text();
}

bool matches_path(std::string_view pattern, std::string_view text) {
  const bool to_the_end = pattern.ends_with('$');
  if (to_the_end)
    pattern.remove_suffix(1);
  else
    while (pattern.ends_with('*')) pattern.remove_suffix(1);
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = std::string_view::npos;  // the last '*' met
  std::size_t retry = 0;                      // where in the text what follows it is tried next
  while (true) {
    if (p == pattern.size() && (!to_the_end || t == text.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      retry = t;
    } else if (p < pattern.size() && t < text.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos && retry < text.size()) {
      p = star + 1;
      t = ++retry;
    } else {
      return false;
    }
  }
}

}  // namespace entente::importers
