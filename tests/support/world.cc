#include "tests/support/world.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string>

#include "base/check.h"
#include "base/utf8.h"

namespace entente::test {
namespace {

using graph::EntityId;
using graph::EventFacts;

std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const auto end = std::min(text.find(at), text.size());
    if (auto part = collapse_blanks(text.substr(0, end)); !part.empty()) out.push_back(std::move(part));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

EntityId id_of(const std::string& word) {
  if (word.find(':') != std::string::npos) return EntityId(word);
  return word.find('/') == std::string::npos ? graph::country_id(word) : EntityId("official:" + word);
}

std::vector<EntityId> side(std::string_view text) {
  std::vector<EntityId> out;
  for (const std::string& word : split(text, ',')) out.push_back(id_of(word));
  return out;
}

struct RolePair {
  graph::Role from;
  graph::Role to;
};

// What an arrow means for a type; nothing for types whose parties are alike.
std::optional<RolePair> roles_of(graph::EventType type) {
  using graph::EventType;
  using graph::Role;
  switch (type) {
    case EventType::visit:
    case EventType::courtesy_call:
    case EventType::accreditation:
      return RolePair{Role::guest, Role::host};
    case EventType::meeting:
    case EventType::consultation:
    case EventType::conference:
      return RolePair{Role::host, Role::guest};
    case EventType::message:
      return RolePair{Role::sender, Role::recipient};
    case EventType::aid:
      return RolePair{Role::donor, Role::recipient};
    default:
      return std::nullopt;
  }
}

int number_after(std::string_view word, std::string_view name) {
  int value = 0;
  const std::string_view digits = word.substr(name.size());
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  ENTENTE_CHECK(error == std::errc{} && end == digits.data() + digits.size(), "'{}' has no number", word);
  return value;
}

// True when the word is a value of this set, which is then taken.
template <class Value, class Field, class Parse>
bool take(Field& field, const std::string& word, Parse parse) {
  const std::optional<Value> value = parse(word);
  if (value) field = *value;
  return value.has_value();
}

void take_word(EventFacts& facts, const std::string& word) {
  if (take<graph::Status>(facts.status, word, graph::parse_status)) return;
  if (take<graph::Level>(facts.level, word, graph::parse_level)) return;
  if (take<graph::Mode>(facts.mode, word, graph::parse_mode)) return;
  if (take<graph::Stage>(facts.stage, word, graph::parse_stage)) return;
  if (take<graph::Stance>(facts.stance, word, graph::parse_stance)) return;
  if (word.starts_with("forum=")) {
    facts.forum = EntityId("forum:" + word.substr(6));
  } else if (word.starts_with("edition=")) {
    facts.edition = number_after(word, "edition=");
  } else if (word.starts_with("count=")) {
    facts.count = number_after(word, "count=");
  } else {
    const auto date = Edtf::parse(word);
    ENTENTE_CHECK(date.ok(), "'{}' is neither a date nor a word of the ontology", word);
    facts.date = *date;
  }
}

void add_side(EventFacts& facts, const std::vector<EntityId>& ids, std::optional<graph::Role> role) {
  for (const EntityId& id : ids) {
    const bool person = graph::kind_of(id) == graph::EntityKind::official;
    (person ? facts.officials : facts.parties).push_back(id);
    if (role) facts.roles.emplace(id, *role);
  }
}

EventFacts event_of(std::string_view line) {
  const auto open = line.find("--");
  const auto close = open == std::string_view::npos ? open : line.find("--", open + 2);
  ENTENTE_CHECK(close != std::string_view::npos, "'{}' has no --type date--", line);
  const bool arrow = line.substr(close + 2).starts_with('>');
  const auto words = split(line.substr(open + 2, close - open - 2), ' ');
  ENTENTE_CHECK(!words.empty(), "'{}' has no type", line);
  const auto type = graph::parse_event_type(words.front());
  ENTENTE_CHECK(type.has_value(), "'{}' is no type of event", words.front());
  EventFacts facts;
  facts.type = *type;
  for (std::size_t i = 1; i < words.size(); ++i) take_word(facts, words[i]);
  const auto roles = arrow ? roles_of(*type) : std::nullopt;
  add_side(facts, side(line.substr(0, open)), roles ? std::optional(roles->from) : std::nullopt);
  add_side(facts, side(line.substr(close + (arrow ? 3 : 2))), roles ? std::optional(roles->to) : std::nullopt);
  return facts;
}

void add_line(graph::Reading& reading, std::string_view line) {
  graph::Claim claim;
  claim.body = event_of(line);
  const auto begin = static_cast<std::uint32_t>(reading.release.text.size());
  reading.release.text += fmt::format("{}\n", line);
  claim.evidence = {{begin, begin + static_cast<std::uint32_t>(line.size())}};
  claim.rule = "drawn";
  claim.confidence = 0.8;
  reading.claims.push_back(std::move(claim));
}

graph::Reading reading_of(std::string_view publisher, std::size_t nth) {
  graph::Reading reading;
  reading.release.url = fmt::format("https://example.org/drawn/{}", nth);
  reading.release.id = graph::release_id(reading.release.url, {});
  reading.release.publisher = publisher;
  reading.release.title = fmt::format("Drawn {}", nth);
  reading.release.language = "en";
  reading.release.published = CivilDate{2024, 1, 1};
  return reading;
}

graph::Claim about(graph::ClaimBody body) {
  graph::Claim claim;
  claim.body = std::move(body);
  claim.rule = "drawn";
  claim.confidence = 0.9;
  return claim;
}

}  // namespace

std::vector<graph::Reading> draw(std::string_view drawing) {
  std::vector<graph::Reading> out;
  for (const std::string& with_comment : split(drawing, '\n')) {
    std::string_view line = std::string_view(with_comment).substr(0, with_comment.find('#'));
    const bool more = line.starts_with('+');
    if (more) line.remove_prefix(1);
    const auto at = line.find('@');
    const std::string publisher = at == std::string_view::npos ? "" : collapse_blanks(line.substr(at + 1));
    const std::string event = collapse_blanks(line.substr(0, at));
    if (event.empty()) continue;
    if (!more || out.empty()) out.push_back(reading_of(publisher, out.size()));
    add_line(out.back(), event);
  }
  return out;
}

graph::Claim official(std::string_view id, std::string_view name, std::string_view of, std::string_view post) {
  return about(
      graph::OfficialFacts{EntityId(std::string(id)), std::string(name), EntityId(std::string(of)), std::string(post)});
}

graph::Claim forum(std::string_view id, std::string_view name) {
  return about(graph::ForumFacts{EntityId(std::string(id)), std::string(name), std::nullopt});
}

}  // namespace entente::test
