#include "storage/record/loads.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "storage/layout/rows.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/same.h"

namespace entente::storage {
namespace {

using graph::EntityId;
using graph::EntityKind;

constexpr std::string_view kClaimMark = "#claim";

// The last row of the range, whose key is the block that has what is looked for, if anything has.
template <class Key>
Result<std::optional<std::pair<Key, std::string>>> last_block(const TableView& view, Family family, std::string lower,
                                                              std::string upper) {
  const auto scan = view.scan({family, std::move(lower), std::move(upper)}, Direction::backward);
  if (!scan->valid()) {
    if (auto status = scan->status(); !status) return status.error();
    return std::optional<std::pair<Key, std::string>>();
  }
  const auto key = decode_key<Key>(scan->key());
  if (!key) return corrupt_row(family, scan->key());
  return std::optional(std::pair(*key, std::string(scan->value())));
}

std::string after_key(std::string key) {
  key.push_back('\0');
  return key;
}

std::optional<graph::Role> role_of(const LoadRecord& load, std::uint8_t role) {
  if (role == 0 || role > load.info.roles.size()) return std::nullopt;
  return graph::parse_role(load.info.roles[role - 1U]);
}

}  // namespace

Result<Loads> read_loads(const TableView& view) {
  Loads out;
  for (auto scan = view.scan(whole(Family::loads), Direction::forward);; scan->next()) {
    if (!scan->valid()) {
      if (auto status = scan->status(); !status) return status.error();
      return out;
    }
    const auto key = decode_key<LoadKey>(scan->key());
    auto load = decode_load(scan->value());
    if (!key || !load) return corrupt_row(Family::loads, scan->key());
    out.emplace(key->load, std::move(*load));
  }
}

EntityNumber number_in(const std::vector<EntityRun>& runs, std::uint64_t id) {
  const auto after = std::upper_bound(runs.begin(), runs.end(), id,
                                      [](std::uint64_t wanted, const EntityRun& run) { return wanted < run.first_id; });
  if (after == runs.begin()) return 0;
  const EntityRun& run = *std::prev(after);
  const std::uint64_t place = id - run.first_id;
  return place < run.count ? run.first_number + static_cast<EntityNumber>(place) : 0;
}

std::optional<std::uint64_t> number_after_prefix(std::string_view text, std::string_view prefix) {
  if (text.size() <= prefix.size() + 1 || !text.starts_with(prefix) || text[prefix.size()] != ':') return std::nullopt;
  const std::string_view digits = text.substr(prefix.size() + 1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool good = error == std::errc{} && end == digits.data() + digits.size() && digits.front() != '0';
  return good ? std::optional(value) : std::nullopt;
}

std::optional<EntityKind> kind_in(const LoadRecord& load, EntityNumber number) {
  if (number < load.first_number) return std::nullopt;
  for (const KindEnd& kind : load.kinds)
    if (number < kind.end) return kind.kind;
  return std::nullopt;
}

bool is_party_of(const LoadRecord& load, EntityNumber number) {
  const auto kind = kind_in(load, number);
  return kind && *kind <= EntityKind::region;
}

LoadRowMaker::LoadRowMaker(LoadNumber number, const LoadRecord& load) : load_(load) {
  blank_.event.table = number;
  blank_.publishers = kLoadMark | number;
}

void LoadRowMaker::make(const PackedRow& packed, graph::Row& row) {
  row = blank_;
  row.event.number = packed.event;
  row.first = packed.first;
  row.last = packed.first + static_cast<Day>(packed.days_more);
  if (packed.code < load_.info.codes.size()) {
    const graph::TableCode& code = load_.info.codes[packed.code];
    row.type = code.type;
    row.status = code.status;
    row.mode = code.mode;
  }
  row.role = role(packed.role);
  row.code = packed.code + 1;
  row.place = packed.place;
  row.source = packed.source;
}

graph::Role LoadRowMaker::role(std::uint8_t number) {
  if (number == 0) return {};
  if (roles_.empty())
    for (const std::string& word : load_.info.roles) roles_.push_back(graph::parse_role(word).value_or(graph::Role{}));
  return number <= roles_.size() ? roles_[number - 1U] : graph::Role{};
}

Result<std::optional<PackedEvent>> find_load_event(const TableView& view, LoadNumber load, std::uint64_t event) {
  const auto block =
      last_block<LoadEventKey>(view, Family::load_events, encode_key(LoadKey{load}), after_key(encode_key(LoadEventKey{load, event})));
  if (!block) return block.error();
  if (!block->has_value()) return std::optional<PackedEvent>();
  EventBlock events((*block)->second, (*block)->first.event);
  PackedEvent packed;
  while (events.next(packed))
    if (packed.event == event) return std::optional(std::move(packed));
  if (!events.done()) return corrupt_row(Family::load_events, encode_key((*block)->first));
  return std::optional<PackedEvent>();
}

Result<std::optional<PackedSource>> find_load_source(const TableView& view, LoadNumber load, std::uint64_t source) {
  const auto block = last_block<LoadSourceKey>(view, Family::load_sources, encode_key(LoadKey{load}),
                                               after_key(encode_key(LoadSourceKey{load, source})));
  if (!block) return block.error();
  if (!block->has_value()) return std::optional<PackedSource>();
  auto sources = decode_sources((*block)->second);
  if (!sources) return corrupt_row(Family::load_sources, encode_key((*block)->first));
  for (PackedSource& one : *sources)
    if (one.id == source) return std::optional(std::move(one));
  return std::optional<PackedSource>();
}

Result<LoadedEvent> event_of(const TableView& view, const LoadRecord& load, const PackedEvent& packed) {
  LoadedEvent out;
  graph::Event& event = out.event;
  graph::TableFacts& table = out.table;
  event.id = graph::EventId(fmt::format("{}:{}", load.info.prefix, packed.event));
  graph::EventFacts& facts = event.facts;
  if (packed.code < load.info.codes.size()) {
    const graph::TableCode& code = load.info.codes[packed.code];
    facts.type = code.type;
    facts.status = code.status;
    facts.mode = code.mode;
    facts.stage = code.stage;
    facts.stance = code.stance;
    table.code = code.code;
    table.label = code.label;
  }
  const auto day = [](Day number) {
    const CivilDate civil = to_civil(number);
    return Edtf::day(civil.year, civil.month, civil.day);
  };
  const Edtf first = day(packed.first);
  facts.date = packed.days_more == 0 ? first : Edtf::interval(first, day(packed.first + static_cast<Day>(packed.days_more)));
  for (const PackedPart& part : packed.parts) {
    auto id = id_of(view, part.entity);
    if (!id) return id.error();
    const EntityId who(std::move(*id));
    const auto kind = kind_in(load, part.entity);
    if (kind == EntityKind::official)
      facts.officials.push_back(who);
    else if (kind == EntityKind::forum && !facts.forum)
      facts.forum = who;
    else
      facts.parties.push_back(who);
    if (const auto role = role_of(load, part.role)) facts.roles.emplace(who, *role);
    if (part.role > 0 && part.role <= load.info.roles.size())
      table.roles.emplace_back(who, load.info.roles[part.role - 1U]);
  }
  if (packed.place != 0) {
    auto id = id_of(view, packed.place);
    if (!id) return id.error();
    table.place = EntityId(std::move(*id));
  }
  if (packed.source != 0) table.source = fmt::format("{}:{}", load.info.prefix, packed.source);
  event.claims.emplace_back(fmt::format("{}{}", event.id.str(), kClaimMark));
  event.sources = 1;
  if (!load.info.publisher.empty()) event.publishers = {load.info.publisher};
  event.confidence = load.info.confidence;
  return out;
}

graph::Release release_of(const LoadRecord& load, const PackedSource& source) {
  graph::Release release;
  release.id = graph::ReleaseId(fmt::format("{}:{}", load.info.prefix, source.id));
  release.publisher = load.info.publisher;
  release.url = load.info.name;
  release.title = source.title;
  if (source.published) release.published = to_civil(*source.published);
  release.fetched = load.recorded;
  return release;
}

graph::Claim claim_of(const LoadRecord& load, const LoadedEvent& event) {
  graph::Claim claim;
  claim.id = event.event.claims.front();
  claim.release = graph::ReleaseId(event.table.source);
  claim.body = event.event.facts;
  claim.rule = "table." + load.info.prefix;
  claim.confidence = load.info.confidence;
  claim.recorded = load.recorded;
  return claim;
}

Result<void> each_load_event(const TableView& view, LoadNumber load,
                             const std::function<Result<bool>(const PackedEvent&)>& visit) {
  PackedEvent packed;
  for (auto scan = view.scan(starting_with(Family::load_events, encode_key(LoadKey{load})), Direction::forward);;
       scan->next()) {
    if (!scan->valid()) return scan->status();
    const auto key = decode_key<LoadEventKey>(scan->key());
    if (!key) return corrupt_row(Family::load_events, scan->key());
    EventBlock events(scan->value(), key->event);
    while (events.next(packed)) {
      const auto more = visit(packed);
      if (!more) return more.error();
      if (!*more) return {};
    }
    if (!events.done()) return corrupt_row(Family::load_events, scan->key());
  }
}

const Loads::value_type* load_with(const Scope& scope, EntityNumber number) {
  for (const auto& load : scope.loads)
    if (number >= load.second.first_number && number - load.second.first_number < load.second.entities) return &load;
  return nullptr;
}

InLoad load_of_id(const Scope& scope, std::string_view id) {
  for (const auto& load : scope.loads)
    if (const auto number = number_after_prefix(id, load.second.info.prefix)) return {&load, *number};
  return {};
}

Result<std::optional<EntityNumber>> find_number(const Scope& scope, const EntityId& id) {
  const InLoad in = load_of_id(scope, id.str());
  if (in.load != nullptr && !in.load->second.runs.empty()) {
    const EntityNumber number = number_in(in.load->second.runs, in.id);
    return number == 0 ? std::optional<EntityNumber>() : std::optional(number);
  }
  if (!scope.same) return find_number(*scope.view, id.str());
  const auto one = goes_by(*scope.view, id, scope.at);
  if (!one) return one.error();
  return find_number(*scope.view, one->str());
}

std::optional<EntityKind> kind_in(const Scope& scope, const EntityId& id, EntityNumber number) {
  if (const auto* load = load_with(scope, number)) return kind_in(load->second, number);
  return graph::kind_of(id);
}

}  // namespace entente::storage
