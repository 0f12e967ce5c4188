#include "graph/query/cursor.h"

#include <fmt/format.h>

#include <charconv>

namespace entente::graph::query {
namespace {

constexpr std::string_view kStart = "e1.";

std::uint64_t fnv1a64(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

template <class T>
bool take_hex(std::string_view& text, T& out) {
  const std::string_view digits = text.substr(0, text.find('.'));
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out, 16);
  if (error != std::errc{} || end != digits.data() + digits.size() || digits.size() == text.size()) return false;
  text.remove_prefix(digits.size() + 1);
  return true;
}

}  // namespace

std::string encode_cursor(const Position& position) {
  return fmt::format("{}{:x}.{:x}.{:x}.{:x}.{}", kStart, position.recorded.micros, position.view, position.question,
                     position.rows, position.event);
}

std::optional<Position> decode_cursor(std::string_view text) {
  if (!text.starts_with(kStart)) return std::nullopt;
  text.remove_prefix(kStart.size());
  Position out;
  if (!take_hex(text, out.recorded.micros) || !take_hex(text, out.view) || !take_hex(text, out.question) ||
      !take_hex(text, out.rows))
    return std::nullopt;
  out.event = text;
  return out;
}

std::uint64_t mark_of(const StoreCounts& counts) {
  return fnv1a64(fmt::format("{} {} {} {}", counts.releases, counts.claims, counts.events, counts.entities));
}

std::uint64_t fingerprint(const Query& query) {
  std::string text;
  // Lengths, so that no two lists read alike.
  const auto put = [&](std::string_view one) { text += fmt::format("{}:{};", one.size(), one); };
  const auto put_all = [&](const std::vector<std::string>& list) {
    text += fmt::format("{}[", list.size());
    for (const std::string& one : list) put(one);
  };
  const auto put_day = [&](const std::optional<Day>& day) {
    text += day ? fmt::format("{};", *day) : std::string("-;");
  };
  put(to_string(query.ask));
  for (const Side& side : query.between) put_all(side);
  for (const auto* list :
       {&query.of, &query.types, &query.levels, &query.statuses, &query.modes, &query.stages, &query.stances,
        &query.forums, &query.places, &query.topics, &query.publishers, &query.codes, &query.kinds, &query.through})
    put_all(*list);
  for (const auto* one : {&query.event, &query.name, &query.prefix, &query.pattern, &query.way, &query.by, &query.each,
                          &query.measure, &query.weight})
    put(*one);
  put_day(query.from);
  put_day(query.to);
  put_day(query.today);
  text += fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {} {}", query.undated, query.edits ? int(*query.edits) : -1,
                      query.k, query.steps, query.half_life_days, query.iterations, query.damping, query.samples,
                      query.seed, query.resolution, query.alarm, query.shuffles, static_cast<int>(query.order),
                      query.since ? query.since->micros : 0);
  return fnv1a64(text);
}

}  // namespace entente::graph::query
