#include "importers/mapping/mapped_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>
#include <variant>

#include "base/utf8.h"
#include "graph/ontology/signatures.h"

namespace entente::importers {
namespace {

Error bad(std::string what) { return {ErrorCode::invalid_argument, std::move(what), {}}; }

// "20150218" and "2015-02-18 10:30" as ISO 8601 writes the day; EDTF stays as it is.
std::string day_text(std::string text) {
  const bool digits = text.size() == 8 && text.find_first_not_of("0123456789") == std::string::npos;
  if (digits) return text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
  const std::size_t time = text.find_first_of(" T", 1);
  return time == 10 ? text.substr(0, time) : text;
}

Result<std::optional<Edtf>> date_of(const TableMapping& mapping, const TableRow& row) {
  const std::string first = day_text(mapping.first.render(row));
  const std::string last = day_text(mapping.last.render(row));
  if (first.empty() && last.empty()) return std::optional<Edtf>();
  const std::string whole = last.empty() || last == first ? first : first.empty() ? last : first + "/" + last;
  auto date = Edtf::parse(whole);
  if (!date) return bad(fmt::format("'{}' is no date: {}", whole, date.error().message));
  return std::optional<Edtf>(std::move(*date));
}

bool is_inside(const std::vector<graph::Span>& spans, std::size_t end) {
  return std::all_of(spans.begin(), spans.end(), [&](const graph::Span& span) { return span.begin < end; });
}

}  // namespace

MappedRows::MappedRows(const TableMapping& mapping, const Lexicon& lexicon, const TextLine& line) : mapping_(mapping), line_(line) {
  std::set<std::string> shared;
  const auto learn = [&](const std::string& name, const graph::EntityId& id) {
    const auto [at, fresh] = known_.try_emplace(fold(name), id);
    if (!fresh && at->second != id) shared.insert(at->first);
  };
  // A label is the name of its state before it is another's second name: Georgia, Congo.
  for (const graph::Entity& entity : lexicon.entities()) learn(entity.label, entity.id);
  shared.clear();
  for (const graph::Entity& entity : lexicon.entities()) {
    for (const auto& [scheme, code] : entity.outside_ids)
      if (scheme.starts_with("iso3166")) known_.try_emplace(fold(code), entity.id);
    for (const graph::EntityName& name : entity.names)
      if (name.kind == graph::NameKind::name || name.kind == graph::NameKind::abbreviation) learn(name.text, entity.id);
  }
  for (const graph::Entity& entity : lexicon.entities()) shared.erase(fold(entity.label));
  for (const std::string& name : shared) known_.erase(name);
}

std::optional<graph::EntityId> MappedRows::party_of(std::string_view name) const {
  if (const graph::EntityId id{std::string(name)}; graph::kind_of(id)) return id;
  if (name.size() == 2 && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' && name[1] <= 'Z') return graph::country_id(name);
  if (const auto found = known_.find(fold(name)); found != known_.end()) return found->second;
  // "Dahomey (Benin)": either name; "Congo, Republic of": the order of lists.
  if (const std::size_t bracket = name.find(" ("); bracket != std::string_view::npos && name.ends_with(')')) {
    if (const auto before = party_of(name.substr(0, bracket))) return before;
    return party_of(name.substr(bracket + 2, name.size() - bracket - 3));
  }
  const std::size_t comma = name.find(", ");
  if (comma == std::string_view::npos) return std::nullopt;
  const std::string_view head = name.substr(0, comma);
  const std::string tail(name.substr(comma + 2));
  for (const std::string& whole : {fmt::format("{} {}", tail, head), fmt::format("{} the {}", tail, head)})
    if (const auto found = known_.find(fold(whole)); found != known_.end()) return found->second;
  return std::nullopt;
}

bool MappedRows::is_left_out(const TableRow& row) const {
  return std::any_of(mapping_.only.begin(), mapping_.only.end(), [&](const auto& rule) {
    return std::find(rule.second.begin(), rule.second.end(), row.find(rule.first)) == rule.second.end();
  });
}

Result<graph::EventFacts> MappedRows::facts_of(const TableRow& row, bool& left_out) const {
  graph::EventFacts facts;
  if (mapping_.type) {
    facts.type = *mapping_.type;
  } else {
    const auto code = mapping_.codes->find(mapping_.code.render(row));
    if (!code) return code.error();
    facts.type = code->type;
    facts.status = code->status;
    facts.mode = code->mode;
    facts.stage = code->stage;
    facts.stance = code->stance;
  }
  if (mapping_.status) facts.status = *mapping_.status;
  facts.level = mapping_.level;
  auto date = date_of(mapping_, row);
  if (!date) return date.error();
  facts.date = std::move(*date);
  for (const MappedParty& party : mapping_.parties) {
    const std::string name = party.name.render(row);
    const auto id = name.empty() ? std::nullopt : party_of(name);
    if (!id) {
      left_out = name.empty() || mapping_.unknown_parties;
      if (left_out) return facts;
      return bad(fmt::format("'{}' is no state or organisation that is known: write its id (country:KR) or name, or say unknown_parties: skip", name));
    }
    if (std::find(facts.parties.begin(), facts.parties.end(), *id) != facts.parties.end()) {
      left_out = true;  // within one state
      return facts;
    }
    facts.parties.push_back(*id);
    const auto by_type = party.role_of.find(facts.type);
    if (by_type != party.role_of.end()) facts.roles[*id] = by_type->second;
    else if (party.role && graph::allows_role(facts.type, *party.role)) facts.roles[*id] = *party.role;
  }
  graph::Place place;
  place.city = mapping_.city.render(row);
  const std::string country = mapping_.country.render(row);
  if (const auto id = country.empty() ? std::nullopt : party_of(country)) place.country = graph::country_code(*id);
  if (!place.city.empty() || !place.country.empty()) facts.place = std::move(place);
  return facts;
}

// Those whom the row's own sentence names for a party that says so.
void MappedRows::add_officials(const graph::Reading& prose, std::size_t sentence_end, graph::EventFacts& facts) const {
  for (const graph::Claim& claim : prose.claims) {
    const auto* const official = std::get_if<graph::OfficialFacts>(&claim.body);
    if (official == nullptr || !is_inside(claim.evidence, sentence_end)) continue;
    const auto at = std::find(facts.parties.begin(), facts.parties.end(), official->of);
    if (at == facts.parties.end() || !mapping_.parties[static_cast<std::size_t>(at - facts.parties.begin())].officials) continue;
    facts.officials.push_back(official->id);
    if (const auto role = facts.roles.find(official->of); role != facts.roles.end()) facts.roles[official->id] = role->second;
  }
}

Result<std::optional<graph::Reading>> MappedRows::read(const TableRow& written) const {
  if (is_left_out(written)) return std::optional<graph::Reading>();
  TableRow row = written;
  for (auto& [column, cell] : row.cells)
    if (const auto words = mapping_.values.find(column); words != mapping_.values.end())
      if (const auto word = words->second.find(cell); word != words->second.end()) cell = word->second;
  bool left_out = false;
  auto facts = facts_of(row, left_out);
  if (!facts) return facts.error();
  if (left_out) return std::optional<graph::Reading>();
  const std::string id = mapping_.id.render(row);
  if (id.empty()) return bad("the row has no id");
  const std::string sentence = collapse_blanks(mapping_.sentence.render(row));
  if (sentence.empty()) return bad("the row gives no sentence");
  const std::string prose = collapse_blanks(mapping_.prose.render(row));
  const std::string published = day_text(mapping_.published.render(row));

  const bool named = std::any_of(mapping_.parties.begin(), mapping_.parties.end(), [](const MappedParty& party) { return party.officials; });
  graph::Reading out;
  graph::Release& release = out.release;
  release.publisher = mapping_.publisher;
  release.url = mapping_.name + ":" + id;
  release.title = mapping_.title.render(row);
  release.language = mapping_.language;
  release.published = parse_iso_date(published);
  release.text = prose.empty() ? sentence : sentence + "\n\n" + prose;
  if (named || !prose.empty()) {
    nlohmann::json record{{"id", id}, {"publisher", release.publisher}, {"title", release.title}, {"url", release.url}, {"language", release.language}, {"text", release.text}};
    if (release.published) record["published"] = to_iso(*release.published);
    else record["published"] = nullptr;
    auto line = line_.read({release.url + ".json", record.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace), {}, {}});
    if (!line) return line.error();
    out = std::move(line->reading);
  }
  const std::size_t begin = std::min(release.text.find(sentence), release.text.size());
  const std::size_t end = begin == release.text.size() ? begin : begin + sentence.size();
  add_officials(out, end, *facts);
  // What the text line makes of the sentence, the columns say better, but for the rank.
  std::erase_if(out.claims, [&](const graph::Claim& told) {
    const auto* const event = std::get_if<graph::EventFacts>(&told.body);
    if (event == nullptr || told.evidence.empty() || told.evidence.front().begin >= end) return false;
    const bool same = event->type == facts->type;  // though the prose told more of it
    if (!facts->level && same) facts->level = event->level;
    return same || is_inside(told.evidence, end);
  });
  graph::Claim claim;
  claim.body = std::move(*facts);
  claim.evidence = {begin == end ? graph::Span{0, static_cast<std::uint32_t>(release.text.size())}
                                 : graph::Span{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
  claim.rule = "table." + mapping_.name;
  claim.confidence = mapping_.confidence;
  out.claims.push_back(std::move(claim));
  release.id = graph::release_id(release.url, release.text);
  release.content_hash = graph::content_hash(release);
  return std::optional<graph::Reading>(std::move(out));
}

}  // namespace entente::importers
