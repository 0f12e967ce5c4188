#include "storage/care/json_fields.h"

#include <fmt/format.h>

#include <charconv>

#include "base/utf8.h"

namespace entente::storage {

nlohmann::json text_json(const std::string& text) {
  if (!find_invalid_utf8(text)) return text;
  std::string hex;
  for (const char c : text) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return {{"hex", hex}};
}

std::optional<std::string> text_of_json(const nlohmann::json& json) {
  if (json.is_string()) return json.get<std::string>();
  if (!json.is_object() || json.size() != 1 || !json.contains("hex") || !json["hex"].is_string()) return std::nullopt;
  const auto hex = json["hex"].get<std::string>();
  if (hex.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    unsigned byte = 0;
    constexpr int kHex = 16;
    const auto [end, failed] = std::from_chars(hex.data() + at, hex.data() + at + 2, byte, kHex);
    if (failed != std::errc{} || end != hex.data() + at + 2) return std::nullopt;
    out.push_back(static_cast<char>(byte));
  }
  return out;
}

BodyFields body_fields(const graph::ClaimBody& body) {
  BodyFields out;
  if (const auto* event = std::get_if<graph::EventFacts>(&body)) out.event = *event;
  if (const auto* official = std::get_if<graph::OfficialFacts>(&body)) out.official = *official;
  if (const auto* forum = std::get_if<graph::ForumFacts>(&body)) out.forum = *forum;
  return out;
}

void take_body(BodyFields& from, graph::ClaimBody& body) {
  if (from.event) body = std::move(*from.event);
  if (from.official) body = std::move(*from.official);
  if (from.forum) body = std::move(*from.forum);
}

// The sets of the ontology have names of their own.
#define ENTENTE_ONTOLOGY_NAMES(Enum, parse)                                   \
  template <>                                                                 \
  std::string name_of(graph::Enum value) {                                    \
    return std::string(graph::to_string(value));                              \
  }                                                                           \
  template <>                                                                 \
  std::optional<graph::Enum> value_of(std::string_view name) {                \
    return graph::parse(name);                                                \
  }
ENTENTE_ONTOLOGY_NAMES(EventType, parse_event_type)
ENTENTE_ONTOLOGY_NAMES(Status, parse_status)
ENTENTE_ONTOLOGY_NAMES(Mode, parse_mode)
ENTENTE_ONTOLOGY_NAMES(Level, parse_level)
ENTENTE_ONTOLOGY_NAMES(Stage, parse_stage)
ENTENTE_ONTOLOGY_NAMES(Stance, parse_stance)
ENTENTE_ONTOLOGY_NAMES(Role, parse_role)
ENTENTE_ONTOLOGY_NAMES(EntityKind, parse_entity_kind)
#undef ENTENTE_ONTOLOGY_NAMES

namespace {

template <class Enum>
struct ValueName {
  Enum value;
  std::string_view name;
};

constexpr ValueName<graph::NameKind> kNameKinds[] = {{graph::NameKind::label, "label"},
                                                {graph::NameKind::name, "name"},
                                                {graph::NameKind::abbreviation, "abbreviation"},
                                                {graph::NameKind::adjective, "adjective"},
                                                {graph::NameKind::seat, "seat"}};
constexpr ValueName<graph::Outcome> kOutcomes[] = {
    {graph::Outcome::fresh, "fresh"}, {graph::Outcome::revised, "revised"}, {graph::Outcome::known, "known"}};
constexpr ValueName<Origin> kOrigins[] = {{Origin::none, "none"},
                                      {Origin::gazetteer, "gazetteer"},
                                      {Origin::claims, "claims"},
                                      {Origin::mention, "mention"},
                                      {Origin::table, "table"}};
constexpr ValueName<CommitKind> kCommits[] = {
    {CommitKind::release, "release"}, {CommitKind::gazetteer, "gazetteer"}, {CommitKind::load, "load"}};
constexpr ValueName<CorrectionKind> kCorrections[] = {{CorrectionKind::retract, "retract"},
                                                  {CorrectionKind::split, "split"},
                                                  {CorrectionKind::join, "join"},
                                                  {CorrectionKind::same, "same"}};

template <class Table, class Enum>
std::string name_in(const Table& table, Enum value) {
  for (const auto& one : table)
    if (one.value == value) return std::string(one.name);
  return {};
}
template <class Table>
auto value_in(const Table& table, std::string_view name) -> std::optional<decltype(table[0].value)> {
  for (const auto& one : table)
    if (one.name == name) return one.value;
  return std::nullopt;
}

}  // namespace

#define ENTENTE_NAMES(Enum, table)                             \
  template <>                                                  \
  std::string name_of(Enum value) {                            \
    return name_in(table, value);                              \
  }                                                            \
  template <>                                                  \
  std::optional<Enum> value_of(std::string_view name) {        \
    return value_in(table, name);                              \
  }
ENTENTE_NAMES(graph::NameKind, kNameKinds)
ENTENTE_NAMES(graph::Outcome, kOutcomes)
ENTENTE_NAMES(Origin, kOrigins)
ENTENTE_NAMES(CommitKind, kCommits)
ENTENTE_NAMES(CorrectionKind, kCorrections)
#undef ENTENTE_NAMES

}  // namespace entente::storage
