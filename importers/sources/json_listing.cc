#include "importers/sources/json_listing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <vector>

#include "importers/clean/dates.h"

namespace entente::importers {
namespace {

using nlohmann::json;

// Nesting deeper than any list has is refused before a tree is made of it.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool in_text = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\')
        ++i;
      else if (c == '"')
        in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '[' || c == '{') {
      if (++depth > kJsonDepthMax) return true;
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return false;
}

const json* at_pointer(const json& value, const std::string& pointer) {
  const json* at = &value;
  std::size_t begin = 0;
  while (begin < pointer.size()) {
    if (pointer[begin] != '/') return nullptr;
    const auto end = std::min(pointer.find('/', begin + 1), pointer.size());
    std::string key;
    for (std::size_t i = begin + 1; i < end; ++i) {
      const bool escaped = pointer[i] == '~' && i + 1 < end;
      key += escaped && pointer[i + 1] == '1' ? '/' : pointer[i];
      if (escaped) ++i;
    }
    if (at->is_object()) {
      const auto found = at->find(key);
      if (found == at->end()) return nullptr;
      at = &*found;
    } else if (at->is_array()) {
      if (key.empty() || key.size() > 6 || key.find_first_not_of("0123456789") != std::string::npos) return nullptr;
      const auto index = static_cast<std::size_t>(std::stoul(key));
      if (index >= at->size()) return nullptr;
      at = &(*at)[index];
    } else {
      return nullptr;
    }
    begin = end;
  }
  return at;
}

std::string text_of(const json* value) {
  if (value == nullptr) return {};
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number_integer()) return std::to_string(value->get<std::int64_t>());
  // {"rendered": "..."}, as WordPress has it.
  if (value->is_object())
    if (const auto found = value->find("rendered"); found != value->end() && found->is_string())
      return found->get<std::string>();
  return {};
}

template <std::size_t N>
std::string first_of(const json& item, const std::string& pointer, const std::array<const char*, N>& names) {
  if (!pointer.empty()) return text_of(at_pointer(item, pointer));
  for (const char* const name : names)
    if (const auto found = item.find(name); found != item.end())
      if (std::string text = text_of(&*found); !text.empty()) return text;
  return {};
}

constexpr std::array kLinks{"link", "url", "href", "permalink", "web_url", "path", "canonical_url"};
constexpr std::array kTitles{"title", "headline", "name", "heading"};
constexpr std::array kDates{"date",           "published",     "publishedAt", "published_at", "publish_date",
                            "date_published", "datePublished", "pubDate",     "created",      "created_at"};
constexpr std::array kBodies{"content_html", "content", "body"};

// "https://mfa.example/news/{/id}": each pointer in braces is what it points at.
std::string filled(const std::string& pattern, const json& item) {
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const auto end = pattern[i] == '{' ? pattern.find('}', i) : std::string::npos;
    if (end == std::string::npos) {
      out += pattern[i];
      continue;
    }
    const std::string value = text_of(at_pointer(item, pattern.substr(i + 1, end - i - 1)));
    if (value.empty()) return {};
    out += value;
    i = end;
  }
  return out;
}

std::string link_of(const json& item, const JsonPlaces& places) {
  if (places.link.find('{') != std::string::npos) return filled(places.link, item);
  return first_of(item, places.link, kLinks);
}

std::optional<CivilDate> day_of(const std::string& text, std::string_view language) {
  // Seconds or milliseconds since 1970.
  if ((text.size() == 10 || text.size() == 13) && text.find_first_not_of("0123456789") == std::string::npos)
    return to_civil(static_cast<Day>(std::stoll(text.substr(0, 10)) / 86'400));
  const auto found = find_date(text, language);
  return found ? std::optional(found->date) : std::nullopt;
}

// Tags taken out of a title.
std::string without_tags(const std::string& text) {
  std::string out;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) out += c;
    if (c == '>') in_tag = false;
  }
  return out;
}

// The first array of objects with an address in them, the outer ones before the inner.
const json* find_items(const json& document, const JsonPlaces& places) {
  std::vector<const json*> level{&document};
  while (!level.empty()) {
    std::vector<const json*> below;
    for (const json* const value : level) {
      if (value->is_array() && !value->empty() && value->front().is_object() &&
          !link_of(value->front(), places).empty())
        return value;
      if (value->is_structured())
        for (const json& child : *value) below.push_back(&child);
    }
    level = std::move(below);
  }
  return nullptr;
}

}  // namespace

Result<Listing> read_json_listing(std::string_view text, const Url& base, const JsonPlaces& places,
                                  std::string_view language) {
  if (is_too_deep(text))
    return Error{
        ErrorCode::invalid_argument, fmt::format("it is nested more than {} deep; it is not read", kJsonDepthMax), {}};
  json document;
  try {
    document = json::parse(text);
  } catch (const json::parse_error& error) {
    return Error{ErrorCode::invalid_argument, fmt::format("it is no JSON from byte {} on", error.byte), {}};
  } catch (const json::out_of_range&) {
    return Error{ErrorCode::invalid_argument, "a number in it is greater than any that can be read", {}};
  }
  const json* const items = places.items.empty() ? find_items(document, places) : at_pointer(document, places.items);
  if (items == nullptr || !items->is_array()) {
    if (document.is_array() && document.empty()) return Listing{};
    return Error{ErrorCode::invalid_argument,
                 places.items.empty()
                     ? std::string("no array of objects with an address is in it; say where it is with items:")
                     : fmt::format("there is no array at items: {}", places.items),
                 {}};
  }
  Listing out;
  for (const json& one : *items) {
    if (!one.is_object() || out.items.size() >= kItemsMax) continue;
    const auto url = resolve_url(base, link_of(one, places));
    if (!url) continue;
    ListedPage item;
    item.url = url->to_text();
    item.title = without_tags(first_of(one, places.title, kTitles));
    item.date = day_of(first_of(one, places.date, kDates), language);
    item.changed = first_of(one, "", std::array{"modified", "updated", "updatedAt", "updated_at", "date_modified"});
    if (!places.body.empty()) item.content = first_of(one, places.body, kBodies);
    out.items.push_back(std::move(item));
  }
  if (!places.next.empty())
    if (const auto next = resolve_url(base, text_of(at_pointer(document, places.next)))) out.next = next->to_text();
  return out;
}

}  // namespace entente::importers
