#include "importers/sources/state.h"

#include <array>
#include <nlohmann/json.hpp>

namespace entente::importers {
namespace {

using nlohmann::json;

constexpr std::array kStatuses{"pending", "read", "same", "gone", "refused", "old"};

// What is as it is by default is not written: most rows are short.
template <class T>
void put(json& out, const char* key, const T& value) {
  if (value != T{}) out[key] = value;
}
void put(json& out, const char* key, RecordedTime time) {
  if (time.micros != 0) out[key] = time.micros;
}
void put(json& out, const char* key, const std::optional<CivilDate>& date) {
  if (date) out[key] = to_iso(*date);
}

template <class T>
void get(const json& in, const char* key, T& value) {
  if (const auto found = in.find(key); found != in.end()) value = found->get<T>();
}
void get(const json& in, const char* key, RecordedTime& time) { get(in, key, time.micros); }
void get(const json& in, const char* key, std::optional<CivilDate>& date) {
  std::string text;
  get(in, key, text);
  if (!text.empty()) date = parse_iso_date(text);
}

// Bytes that are not text (a server may send any as an ETag) are replaced, not refused.
std::string dumped(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

template <class Read>
bool readable(std::string_view bytes, Read read) {
  try {
    const json value = json::parse(bytes);
    if (!value.is_object()) return false;
    read(value);
    return true;
  } catch (const json::exception&) {
    return false;
  }
}

}  // namespace

std::string_view to_string(PageStatus status) { return kStatuses.at(static_cast<std::size_t>(status)); }

std::string encode(const PageState& state) {
  json out = json::object();
  out["status"] = kStatuses.at(static_cast<std::size_t>(state.status));
  put(out, "url", state.url);
  put(out, "title", state.title);
  put(out, "listed", state.listed);
  put(out, "changed", state.changed);
  put(out, "etag", state.etag);
  put(out, "modified", state.last_modified);
  put(out, "hash", state.text_hash);
  put(out, "release", state.release);
  put(out, "same_as", state.same_as);
  put(out, "trouble", state.trouble);
  put(out, "published", state.published);
  put(out, "first", state.first_seen);
  put(out, "read", state.read_at);
  put(out, "checked", state.checked);
  put(out, "checks", state.checks);
  put(out, "tries", state.tries);
  put(out, "offset", state.offset);
  put(out, "events", state.events);
  put(out, "rows", state.rows);
  put(out, "rows_with_events", state.rows_with_events);
  put(out, "fresh", state.fresh_at);
  put(out, "titled", state.has_title);
  put(out, "dated", state.has_date);
  return dumped(out);
}

std::optional<PageState> decode_page_state(std::string_view bytes) {
  PageState state;
  bool known = false;
  const bool good = readable(bytes, [&](const json& in) {
    std::string status;
    get(in, "status", status);
    for (std::size_t i = 0; i < kStatuses.size(); ++i)
      if (status == kStatuses.at(i)) {
        state.status = static_cast<PageStatus>(i);
        known = true;
      }
    get(in, "url", state.url);
    get(in, "title", state.title);
    get(in, "listed", state.listed);
    get(in, "changed", state.changed);
    get(in, "etag", state.etag);
    get(in, "modified", state.last_modified);
    get(in, "hash", state.text_hash);
    get(in, "release", state.release);
    get(in, "same_as", state.same_as);
    get(in, "trouble", state.trouble);
    get(in, "published", state.published);
    get(in, "first", state.first_seen);
    get(in, "read", state.read_at);
    get(in, "checked", state.checked);
    get(in, "checks", state.checks);
    get(in, "tries", state.tries);
    get(in, "offset", state.offset);
    get(in, "events", state.events);
    get(in, "rows", state.rows);
    get(in, "rows_with_events", state.rows_with_events);
    get(in, "fresh", state.fresh_at);
    get(in, "titled", state.has_title);
    get(in, "dated", state.has_date);
  });
  return good && known ? std::optional(std::move(state)) : std::nullopt;
}

std::string encode(const SourceState& state) {
  json out = json::object();
  json lists = json::object();
  for (const auto& [url, copy] : state.lists) {
    json one = json::object();
    put(one, "etag", copy.etag);
    put(one, "modified", copy.last_modified);
    put(one, "hash", copy.hash);
    put(one, "changed", copy.changed);
    lists[url] = std::move(one);
  }
  out["lists"] = std::move(lists);
  put(out, "first_success", state.first_success);
  put(out, "last_success", state.last_success);
  put(out, "last_attempt", state.last_attempt);
  if (state.failing_since) out["failing_since"] = state.failing_since->micros;
  put(out, "last_error", state.last_error);
  put(out, "listed", state.listed);
  put(out, "listed_most", state.listed_most);
  put(out, "listed_most_at", state.listed_most_at);
  return dumped(out);
}

std::optional<SourceState> decode_source_state(std::string_view bytes) {
  SourceState state;
  const bool good = readable(bytes, [&](const json& in) {
    if (const auto lists = in.find("lists"); lists != in.end())
      for (const auto& [url, one] : lists->items()) {
        SourceState::Copy copy;
        get(one, "etag", copy.etag);
        get(one, "modified", copy.last_modified);
        get(one, "hash", copy.hash);
        get(one, "changed", copy.changed);
        state.lists.emplace(url, std::move(copy));
      }
    get(in, "first_success", state.first_success);
    get(in, "last_success", state.last_success);
    get(in, "last_attempt", state.last_attempt);
    if (in.contains("failing_since")) get(in, "failing_since", state.failing_since.emplace());
    get(in, "last_error", state.last_error);
    get(in, "listed", state.listed);
    get(in, "listed_most", state.listed_most);
    get(in, "listed_most_at", state.listed_most_at);
  });
  return good ? std::optional(std::move(state)) : std::nullopt;
}

}  // namespace entente::importers
