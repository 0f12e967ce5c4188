#include "storage/record/load_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <future>
#include <limits>
#include <optional>
#include <thread>
#include <tuple>
#include <vector>

#include "base/check.h"
#include "storage/codec/load_io.h"
#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/event_rows.h"
#include "storage/record/external_sort.h"
#include "storage/record/loads.h"
#include "storage/record/names.h"

namespace entente::storage {
namespace {

using graph::BadRow;
using graph::TableFile;

// What each sort may hold before it goes to the scratch folder.
constexpr std::size_t kEventsBytes = 56U << 20U;
constexpr std::size_t kPartsBytes = 80U << 20U;
constexpr std::size_t kEntityRowsBytes = 160U << 20U;
constexpr std::size_t kPairRowsBytes = 96U << 20U;

constexpr std::size_t kCodesMax = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kRolesMax = std::numeric_limits<std::uint8_t>::max();

template <class... Args>
Error bad(fmt::format_string<Args...> format, Args&&... args) {
  return {ErrorCode::invalid_argument, fmt::format(format, std::forward<Args>(args)...), {}};
}

struct EventRecordRow {
  std::uint64_t id;
  std::uint64_t source;
  std::uint64_t line;
  Day first;
  std::uint32_t days_more;
  std::uint32_t code;
  EntityNumber place;

  friend bool operator<(const EventRecordRow& a, const EventRecordRow& b) {
    return std::tie(a.id, a.line) < std::tie(b.id, b.line);
  }
};

struct PartRow {
  std::uint64_t event;
  std::uint64_t line;
  EntityNumber entity;
  std::uint8_t role;

  friend bool operator<(const PartRow& a, const PartRow& b) {
    return std::tie(a.event, a.line) < std::tie(b.event, b.line);
  }
};

// A row of a timeline on its way to its block. `with` is 0 for one entity's.
struct SortedRow {
  std::uint64_t who;     // entity and with
  std::uint64_t when;    // section and day
  std::uint64_t event;
  std::uint64_t source;
  std::uint32_t days_more;
  EntityNumber place;
  std::uint16_t code;
  std::uint8_t role;

  friend bool operator<(const SortedRow& a, const SortedRow& b) {
    if (a.who != b.who) return a.who < b.who;
    if (a.when != b.when) return a.when < b.when;
    return a.event < b.event;
  }
};

std::uint64_t who_of(EntityNumber first, EntityNumber second) { return (std::uint64_t{first} << 32U) | second; }
std::uint64_t when_of(Section section, Day day) {
  return (std::uint64_t{static_cast<std::uint8_t>(section)} << 32U) | order_preserving(day);
}

class LoadWriter final : public graph::TableLoad {
 public:
  LoadWriter(std::unique_lock<std::mutex> lock, std::unique_ptr<TableView> view, std::unique_ptr<Bulk> bulk,
             graph::TableInfo info)
      : lock_(std::move(lock)),
        view_(std::move(view)),
        bulk_(std::move(bulk)),
        step_(*view_),
        events_(bulk_->scratch(), "events", kEventsBytes),
        parts_(bulk_->scratch(), "parts", kPartsBytes),
        entity_rows_(bulk_->scratch(), "entity-rows", kEntityRowsBytes),
        pair_rows_(bulk_->scratch(), "pair-rows", kPairRowsBytes) {
    record_.info = std::move(info);
    record_.info.codes.clear();
    record_.info.roles.clear();
  }

  ~LoadWriter() override {
    if (naming_.valid()) naming_.wait();
    bulk_.reset();
  }
  LoadWriter(const LoadWriter&) = delete;
  LoadWriter& operator=(const LoadWriter&) = delete;

  Result<void> begin(RecordedTime clock) {
    if (auto begun = step_.begin(*view_, clock); !begun) return begun;
    const auto last = get_row<Number>(*view_, Family::meta, encode_key(MetaKey{MetaName::last_load}));
    if (!last) return last.error();
    load_ = static_cast<LoadNumber>(last->has_value() ? (*last)->value + 1 : 1);
    record_.recorded = step_.now;
    return {};
  }

  Result<std::uint32_t> add_code(const graph::TableCode& code) override {
    auto& codes = record_.info.codes;
    const auto known = std::find_if(codes.begin(), codes.end(), [&](const auto& one) { return one.code == code.code; });
    if (known == codes.end() && codes.size() == kCodesMax)
      return Error{ErrorCode::too_large, fmt::format("a table has at most {} types of events", kCodesMax), {}};
    const auto place = static_cast<std::uint32_t>(known - codes.begin());
    if (known == codes.end()) codes.push_back(code);
    return place;
  }

  Result<std::uint32_t> add_role(std::string_view role) override {
    auto& roles = record_.info.roles;
    const auto known = std::find(roles.begin(), roles.end(), role);
    if (known == roles.end() && roles.size() == kRolesMax)
      return Error{ErrorCode::too_large, fmt::format("a table has at most {} roles", kRolesMax), {}};
    const auto place = static_cast<std::uint32_t>(known - roles.begin()) + 1;
    if (known == roles.end()) roles.emplace_back(role);
    return place;
  }

  Result<void> entity(const graph::TableEntity& entity) override {
    ENTENTE_CHECK(!sealed_, "an entity after seal_entities()");
    if (entity.id == 0) return bad("an entity's number is 1 or greater");
    if (entity.name.empty()) return bad("entity {} has no name", entity.id);
    entities_.push_back({entity.kind, entity.id, entity.of, std::string(entity.name)});
    return {};
  }

  Result<void> source(const graph::TableSource& source) override {
    ENTENTE_CHECK(!sealed_, "a source after seal_entities()");
    if (source.id == 0) return bad("a release's number is 1 or greater");
    if (!source_runs_.empty() && source.id < source_runs_.back().first + source_runs_.back().second)
      return bad("release {} stands behind one with a number as great: sort the file by number", source.id);
    if (!source_runs_.empty() && source.id == source_runs_.back().first + source_runs_.back().second)
      ++source_runs_.back().second;
    else
      source_runs_.emplace_back(source.id, 1);
    block_of_sources_.push_back({source.id, source.published, std::string(source.title)});
    ++record_.sources;
    return block_of_sources_.size() < kBlockRows ? Result<void>() : put_sources();
  }

  Result<void> seal_entities() override {
    ENTENTE_CHECK(!sealed_, "seal_entities() twice");
    sealed_ = true;
    std::sort(entities_.begin(), entities_.end(), [](const Named& a, const Named& b) {
      return std::tie(a.kind, a.id) < std::tie(b.kind, b.id);
    });
    if (auto numbered = number_entities(); !numbered) return numbered;
    if (!block_of_sources_.empty())
      if (auto put = put_sources(); !put) return put;
    // Names take about as long as reading the events does.
    naming_ = std::async(std::launch::async, [this] { return put_entities(); });
    return {};
  }

  Result<void> event(const graph::TableEvent& event) override {
    ENTENTE_CHECK(sealed_, "an event before seal_entities()");
    if (event.id == 0) return bad("an event's number is 1 or greater");
    if (event.code >= record_.info.codes.size()) return bad("event {} has no type", event.id);
    if (event.last < event.first) return bad("event {} ends before it starts", event.id);
    EntityNumber place = 0;
    if (event.place != 0 && (place = number_of_entity(event.place)) == 0)
      return bad("event {} is in {}, which is none of the entities", event.id, event.place);
    if (event.source != 0 && !knows_source(event.source))
      return bad("event {} names the release {}, which is not there", event.id, event.source);
    return events_.add({event.id, event.source, event.line, event.first,
                        static_cast<std::uint32_t>(std::int64_t{event.last} - event.first), event.code, place});
  }

  Result<void> participation(const graph::TablePart& part) override {
    ENTENTE_CHECK(sealed_, "a participation before seal_entities()");
    if (part.role > record_.info.roles.size()) return bad("an unknown role");
    const EntityNumber number = number_of_entity(part.entity);
    if (number == 0) return bad("{} takes part in event {} and is none of the entities", part.entity, part.event);
    return parts_.add({part.event, part.line, number, static_cast<std::uint8_t>(part.role)});
  }

  Result<graph::TableReport> commit(const Bad& bad_row, const Progress& progress) override {
    ENTENTE_CHECK(sealed_, "commit() before seal_entities()");
    if (auto joined = join_events(bad_row, progress); !joined) return joined.error();
    progress("writing timelines", 0, 1);
    auto pairs = std::async(std::launch::async, [this] { return put_rows(pair_rows_, Family::load_pair_rows); });
    const auto singles = put_rows(entity_rows_, Family::load_entity_rows);
    const auto paired = pairs.get();
    const auto named = naming_.get();
    for (const auto* done : {&paired, &singles, &named})
      if (!*done) return done->error();
    progress("storing", 0, 1);
    if (auto put = put_load(); !put) return put.error();
    if (auto committed = bulk_->commit(); !committed) return committed.error();
    return graph::TableReport{load_, record_.entities, record_.sources, record_.events, record_.participations};
  }

 private:
  struct Named {
    graph::EntityKind kind;
    std::uint64_t id;
    std::uint64_t of;
    std::string name;
  };

  std::string text_id(std::uint64_t id) const { return fmt::format("{}:{}", record_.info.prefix, id); }

  Result<void> number_entities() {
    const auto next = get_row<Number>(*view_, Family::meta, encode_key(MetaKey{MetaName::next_number}));
    if (!next) return next.error();
    const std::uint64_t first = next->has_value() ? (*next)->value : 1;
    if (first + entities_.size() > std::numeric_limits<EntityNumber>::max())
      return Error{ErrorCode::too_large, "the store has no numbers left for the entities of this table", {}};
    record_.first_number = static_cast<EntityNumber>(first);
    record_.entities = entities_.size();
    std::vector<EntityRun>& runs = runs_;
    for (std::size_t i = 0; i < entities_.size(); ++i) {
      const Named& entity = entities_[i];
      const auto number = static_cast<EntityNumber>(first + i);
      if (record_.kinds.empty() || record_.kinds.back().kind != entity.kind)
        record_.kinds.push_back({entity.kind, number});
      record_.kinds.back().end = number + 1;
      const bool goes_on = !runs.empty() && runs.back().first_id + runs.back().count == entity.id;
      if (goes_on)
        ++runs.back().count;
      else
        runs.push_back({entity.id, number, 1});
    }
    std::sort(runs.begin(), runs.end(), [](const auto& a, const auto& b) { return a.first_id < b.first_id; });
    for (std::size_t i = 0; i + 1 < runs.size(); ++i)
      if (runs[i].first_id + runs[i].count > runs[i + 1].first_id)
        return bad("the entity {} stands in the table twice", runs[i + 1].first_id);
    if (runs.size() <= kRunsKeptMax) record_.runs = runs;
    parties_end_ = record_.first_number;
    for (const KindEnd& kind : record_.kinds)
      if (kind.kind <= graph::EntityKind::region) parties_end_ = kind.end;
    return {};
  }

  EntityNumber number_of_entity(std::uint64_t id) const { return number_in(runs_, id); }

  bool knows_source(std::uint64_t id) const {
    auto after = std::upper_bound(source_runs_.begin(), source_runs_.end(), id,
                                  [](std::uint64_t wanted, const auto& run) { return wanted < run.first; });
    return after != source_runs_.begin() && id - std::prev(after)->first < std::prev(after)->second;
  }

  Result<void> put_sources() {
    const LoadSourceKey key{load_, block_of_sources_.front().id};
    auto put = bulk_->put(Family::load_sources, encode_key(key), encode_sources(block_of_sources_));
    block_of_sources_.clear();
    return put;
  }

  // Ids, what each entity is, and its names.
  Result<void> put_entities() {
    ExternalSort<TermNumberKey> hashes({}, {}, 0);
    ExternalSort<NameKey> names({}, {}, 0);
    ExternalSort<TrigramKey> trigram_keys({}, {}, 0);
    for (std::size_t i = 0; i < entities_.size(); ++i) {
      const Named& entity = entities_[i];
      const auto number = static_cast<EntityNumber>(record_.first_number + i);
      const std::string id = text_id(entity.id);
      if (auto put = bulk_->put(Family::terms, encode_key(TermKey{number}), encode_value(PlainText{id})); !put)
        return put;
      ignore(hashes.add({fnv1a64(id), number}), "held in memory");
      EntityRecord record;
      record.since = step_.now;
      record.origin = Origin::table;
      record.entity.id = graph::EntityId(id);
      record.entity.label = entity.name;
      if (entity.of != 0 && number_of_entity(entity.of) != 0) record.entity.of = graph::EntityId(text_id(entity.of));
      if (auto put = bulk_->put(Family::entities, encode_key(EntityKey{number, Version::current()}), encode_value(record));
          !put)
        return put;
      for_each_name_key(
          number, record.entity, [&](const NameKey& key) { ignore(names.add(key), "held in memory"); },
          [&](const TrigramKey& key) { ignore(trigram_keys.add(key), "held in memory"); });
    }
    const std::string present = encode_value(Present{});
    const auto write = [&](auto& keys, Family family) -> Result<void> {
      std::string last;
      return keys.drain([&](const auto& key) -> Result<void> {
        std::string bytes = encode_key(key);
        if (bytes == last) return {};
        last = std::move(bytes);
        return bulk_->put(family, last, present);
      });
    };
    if (auto put = write(hashes, Family::term_numbers); !put) return put;
    if (auto put = write(names, Family::names); !put) return put;
    return write(trigram_keys, Family::trigrams);
  }

  // Events with those who take part, by their numbers: into their blocks, and on into the timelines.
  Result<void> join_events(const Bad& bad_row, const Progress& progress) {
    const std::uint64_t all = events_.size();
    if (auto begun = events_.begin(); !begun) return begun;
    if (auto begun = parts_.begin(); !begun) return begun;
    auto part = parts_.next();
    if (!part) return part.error();
    const auto strangers = [&](std::uint64_t before) -> Result<void> {
      while (*part != nullptr && (*part)->event < before) {
        if (auto told = bad_row({TableFile::participations, (*part)->line,
                                 fmt::format("there is no event {}", (*part)->event)});
            !told)
          return told;
        part = parts_.next();
        if (!part) return part.error();
      }
      return {};
    };
    std::uint64_t last = 0;
    EventBlockWriter block;
    PackedEvent packed;
    const auto put_block = [&]() -> Result<void> {
      const LoadEventKey key{load_, block.first_event()};
      return bulk_->put(Family::load_events, encode_key(key), block.take());
    };
    for (std::uint64_t done = 0;; ++done) {
      if (done % kProgressEvery == 0) progress("joining", done, all);
      const auto event = events_.next();
      if (!event) return event.error();
      if (*event == nullptr) break;
      const EventRecordRow row = **event;
      if (row.id == last) {
        if (auto told = bad_row({TableFile::events, row.line, fmt::format("the event {} stands there twice", row.id)}); !told)
          return told;
        continue;
      }
      last = row.id;
      if (auto past = strangers(row.id); !past) return past;
      packed = {row.id, row.first, row.days_more, row.code, row.place, row.source, std::move(packed.parts)};
      packed.parts.clear();
      for (; *part != nullptr && (*part)->event == row.id;) {
        if (packed.parts.size() == kPartsMax) {
          if (auto told = bad_row({TableFile::participations, (*part)->line,
                                   fmt::format("more than {} take part in event {}", kPartsMax, row.id)});
              !told)
            return told;
        } else {
          packed.parts.push_back({(*part)->entity, (*part)->role});
        }
        part = parts_.next();
        if (!part) return part.error();
      }
      block.add(packed);
      ++record_.events;
      record_.participations += packed.parts.size();
      record_.days_more_max = std::max(record_.days_more_max, row.days_more);
      if (block.size() == kBlockRows)
        if (auto put = put_block(); !put) return put;
      if (auto added = add_rows(packed); !added) return added;
    }
    if (auto past = strangers(std::numeric_limits<std::uint64_t>::max()); !past) return past;
    return block.size() > 0 ? put_block() : Result<void>();
  }

  Result<void> add_rows(const PackedEvent& event) {
    SortedRow row{0, when_of(Section::dated, event.first), event.event, event.source, event.days_more, event.place,
                  static_cast<std::uint16_t>(event.code), 0};
    // Each once, with its first role.
    unique_ = event.parts;
    std::stable_sort(unique_.begin(), unique_.end(), [](const auto& a, const auto& b) { return a.entity < b.entity; });
    unique_.erase(std::unique(unique_.begin(), unique_.end(),
                              [](const auto& a, const auto& b) { return a.entity == b.entity; }),
                  unique_.end());
    const bool lasting = event.days_more > static_cast<std::uint32_t>(kLookbackDays);
    for (const Section section : {Section::dated, Section::lasting}) {
      if (section == Section::lasting && !lasting) break;
      row.when = when_of(section, event.first);
      for (const PackedPart& part : unique_) {
        row.who = who_of(part.entity, 0);
        row.role = part.role;
        if (auto added = entity_rows_.add(row); !added) return added;
      }
      row.role = 0;
      for (std::size_t i = 0; i < unique_.size() && unique_[i].entity < parties_end_; ++i)
        for (std::size_t j = i + 1; j < unique_.size() && unique_[j].entity < parties_end_; ++j) {
          row.who = who_of(unique_[i].entity, unique_[j].entity);
          if (auto added = pair_rows_.add(row); !added) return added;
        }
    }
    return {};
  }

  Result<void> put_rows(ExternalSort<SortedRow>& rows, Family family) {
    const bool pairs = family == Family::load_pair_rows;
    (pairs ? record_.pair_rows : record_.entity_rows) = rows.size();
    std::vector<PackedRow> block;
    SortedRow first{};
    const auto put_block = [&]() -> Result<void> {
      if (block.empty()) return {};
      const auto entity = static_cast<EntityNumber>(first.who >> 32U);
      const auto with = static_cast<EntityNumber>(first.who);
      const auto section = static_cast<Section>(first.when >> 32U);
      const Day day = from_order_preserving(static_cast<std::uint32_t>(first.when));
      auto put = bulk_->put(family,
                            pairs ? encode_key(LoadPairRowKey{entity, with, load_, section, day, first.event})
                                  : encode_key(LoadEntityRowKey{entity, load_, section, day, first.event}),
                            encode_rows(block));
      block.clear();
      return put;
    };
    const auto drained = rows.drain([&](const SortedRow& row) -> Result<void> {
      const bool same = row.who == first.who && row.when >> 32U == first.when >> 32U;
      if (!same || block.size() == kBlockRows)
        if (auto put = put_block(); !put) return put;
      if (block.empty()) first = row;
      block.push_back({from_order_preserving(static_cast<std::uint32_t>(row.when)), row.days_more, row.event, row.code,
                       row.place, row.source, row.role});
      return {};
    });
    return drained ? put_block() : drained;
  }

  Result<void> put_load() {
    step_.counts.events += record_.events;
    step_.counts.claims += record_.events;
    step_.counts.releases += record_.sources;
    step_.counts.entities += record_.entities;
    put_row(step_.batch, Family::meta, encode_key(MetaKey{MetaName::last_load}), Number{load_});
    put_row(step_.batch, Family::meta, encode_key(MetaKey{MetaName::next_number}),
            Number{std::uint64_t{record_.first_number} + record_.entities});
    step_.batch.put(Family::loads, encode_key(LoadKey{load_}), encode_load(record_));
    for (const Write& write : std::move(step_).finish({CommitKind::load, std::nullopt, load_, 0, {}}))
      if (auto put = bulk_->put(write.family, write.key, write.value); !put) return put;
    return {};
  }

  static constexpr std::uint64_t kProgressEvery = 1U << 16U;

  std::unique_lock<std::mutex> lock_;
  std::unique_ptr<TableView> view_;
  std::unique_ptr<Bulk> bulk_;
  Step step_;
  LoadNumber load_ = 0;
  LoadRecord record_;
  bool sealed_ = false;
  std::vector<Named> entities_;
  std::vector<EntityRun> runs_;  // by id
  std::vector<std::pair<std::uint64_t, std::uint64_t>> source_runs_;
  std::vector<PackedSource> block_of_sources_;
  EntityNumber parties_end_ = 0;
  ExternalSort<EventRecordRow> events_;
  ExternalSort<PartRow> parts_;
  ExternalSort<SortedRow> entity_rows_;
  ExternalSort<SortedRow> pair_rows_;
  std::vector<PackedPart> unique_;
  std::future<Result<void>> naming_;
};

Result<void> check_info(const TableView& view, const graph::TableInfo& info) {
  const std::string& prefix = info.prefix;
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto good = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; };
  if (prefix.empty() || prefix.size() > kPrefixMax || !letter(prefix.front()) ||
      !std::all_of(prefix.begin(), prefix.end(), good))
    return bad("'{}' cannot be the prefix of ids: write letters, digits and '-', a letter first, at most {}", prefix,
               kPrefixMax);
  if (graph::kind_of(graph::EntityId(prefix + ":1")) || prefix == "event" || prefix == "release" || prefix == "claim")
    return bad("the prefix '{}' is one of ours: choose another", prefix);
  const auto loads = read_loads(view);
  if (!loads) return loads.error();
  for (const auto& [number, load] : *loads)
    if (load.info.prefix == prefix)
      return bad("the prefix '{}' is taken by {}, loaded on {}: choose another --id-prefix", prefix, load.info.name,
                 load.recorded.to_text());
  if (!(info.confidence >= 0 && info.confidence <= 1)) return bad("confidence {} is not within 0 to 1", info.confidence);
  return {};
}

}  // namespace

Result<std::unique_ptr<graph::TableLoad>> begin_load(Table& table, std::unique_lock<std::mutex> lock, RecordedTime clock,
                                                     const graph::TableInfo& info) {
  auto view = table.view();
  if (!view) return view.error();
  if (auto checked = check_info(**view, info); !checked) return checked.error();
  auto bulk = table.bulk();
  if (!bulk) return bulk.error();
  auto writer = std::make_unique<LoadWriter>(std::move(lock), std::move(*view), std::move(*bulk), info);
  if (auto begun = writer->begin(clock); !begun) return begun.error();
  return std::unique_ptr<graph::TableLoad>(std::move(writer));
}

}  // namespace entente::storage
