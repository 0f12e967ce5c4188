#include "importers/lexicon/tables.h"

#include <algorithm>
#include <utility>

namespace entente::importers {
namespace {

constexpr std::array<std::pair<std::string_view, Slot>, static_cast<std::size_t>(Slot::count_)> kSlots{{
    {"subject", Slot::subject}, {"object", Slot::object}, {"possessor", Slot::possessor}, {"modifier", Slot::modifier},
    {"of", Slot::of}, {"by", Slot::by}, {"to", Slot::to}, {"with", Slot::with}, {"between", Slot::between},
    {"from", Slot::from}, {"on", Slot::on}, {"in", Slot::in}, {"for", Slot::for_}, {"against", Slot::against},
    {"at", Slot::at}, {"into", Slot::into}, {"among", Slot::among}, {"as", Slot::as}, {"under", Slot::under},
    {"toward", Slot::toward}, {"over", Slot::over},
}};

constexpr std::array<std::pair<std::string_view, Part>, 14> kParts{{
    {"none", Part::none}, {"participant", Part::participant}, {"host", Part::host}, {"guest", Part::guest},
    {"sender", Part::sender}, {"recipient", Part::recipient}, {"donor", Part::donor}, {"target", Part::target},
    {"appointee", Part::appointee}, {"signatory", Part::signatory}, {"chair", Part::chair},
    {"own_side", Part::own_side}, {"post", Part::post}, {"stays_out", Part::stays_out},
}};

}  // namespace

std::optional<Slot> parse_slot(std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (const auto& [text, value] : kSlots)
    if (text[0] == name[0] && text == name) return value;
  return std::nullopt;
}

std::string_view to_string(Slot slot) {
  for (const auto& [text, value] : kSlots)
    if (value == slot) return text;
  return "?";
}

std::optional<Part> parse_part(std::string_view name) {
  for (const auto& [text, value] : kParts)
    if (text == name) return value;
  return std::nullopt;
}

PartyIndex LexiconTables::find_party(std::string_view id) const {
  const auto found = party_by_id.find(std::string(id));
  return found == party_by_id.end() ? kNoParty : found->second;
}

PartyIndex LexiconTables::country_by_code(std::string_view code) const {
  return find_party(code.starts_with("country:") ? std::string(code) : "country:" + std::string(code));
}

bool LexiconTables::kin(PartyIndex a, PartyIndex b) const {
  const auto holds = [](const std::vector<PartyIndex>& list, PartyIndex party) { return std::find(list.begin(), list.end(), party) != list.end(); };
  if (holds(parties[a].heirs, b) || holds(parties[b].heirs, a)) return true;
  return std::any_of(parties[a].heirs.begin(), parties[a].heirs.end(), [&](PartyIndex heir) { return holds(parties[b].heirs, heir); });
}

}  // namespace entente::importers
