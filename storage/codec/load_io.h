// The values of loaded tables: what a table is, and the packed blocks of its events, sources and timeline rows. A block
// is many rows in one value, each row told by its difference from the one before; docs/storage-format.md has the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/ontology/entity_kinds.h"
#include "graph/view/rows.h"
#include "graph/view/table_load.h"
#include "storage/codec/byte_io.h"
#include "storage/codec/keys.h"
#include "storage/codec/row_block.h"

namespace entente::storage {

// Entities whose ids in the table follow each other, with numbers that do likewise.
struct EntityRun {
  std::uint64_t first_id = 0;
  EntityNumber first_number = 0;
  std::uint32_t count = 0;

  friend bool operator==(const EntityRun&, const EntityRun&) = default;
};

// The numbers of one kind's entities end here; they begin where those of the kind before end.
struct KindEnd {
  graph::EntityKind kind = graph::EntityKind::organisation;
  EntityNumber end = 0;

  friend bool operator==(const KindEnd&, const KindEnd&) = default;
};

// More runs than this are not kept: then ids are looked up in the dictionary.
inline constexpr std::size_t kRunsKeptMax = 4096;

struct LoadRecord {
  RecordedTime recorded;
  graph::TableInfo info;
  std::uint64_t entities = 0;
  std::uint64_t sources = 0;
  std::uint64_t events = 0;
  std::uint64_t participations = 0;
  std::uint64_t entity_rows = 0;
  std::uint64_t pair_rows = 0;
  std::uint32_t days_more_max = 0;  // of all events: how far back a period looks
  EntityNumber first_number = 0;    // of its entities, which have numbers by kind, then by id
  std::vector<KindEnd> kinds;
  std::vector<EntityRun> runs;  // by id; none when there are more than kRunsKeptMax
};

std::string encode_load(const LoadRecord& value);
std::optional<LoadRecord> decode_load(std::string_view bytes);

struct PackedPart {
  EntityNumber entity = 0;
  std::uint8_t role = 0;

  friend bool operator==(const PackedPart&, const PackedPart&) = default;
};

struct PackedEvent {
  std::uint64_t event = 0;
  Day first = 0;
  std::uint32_t days_more = 0;
  std::uint32_t code = 0;
  EntityNumber place = 0;
  std::uint64_t source = 0;
  std::vector<PackedPart> parts;  // as the table gives them

  friend bool operator==(const PackedEvent&, const PackedEvent&) = default;
};

// Packs events, which come by their numbers, into blocks.
class EventBlockWriter {
 public:
  void add(const PackedEvent& event);
  std::size_t size() const { return count_; }
  std::uint64_t first_event() const { return first_; }
  std::string take();

 private:
  ByteWriter body_;
  std::size_t count_ = 0;
  std::uint64_t first_ = 0;
  std::uint64_t event_ = 0;
  std::uint64_t source_ = 0;
  Day day_ = 0;
};

class EventBlock {
 public:
  EventBlock(std::string_view bytes, std::uint64_t first_event);
  bool next(PackedEvent& event);
  bool done() const { return in_.done() && left_ == 0; }

 private:
  ByteReader in_;
  std::uint64_t left_ = 0;
  std::uint64_t event_;
  std::uint64_t source_ = 0;
  Day day_ = 0;
};

struct PackedSource {
  std::uint64_t id = 0;
  std::optional<Day> published;
  std::string title;

  friend bool operator==(const PackedSource&, const PackedSource&) = default;
};

// Sources in the order of their ids.
std::string encode_sources(const std::vector<PackedSource>& sources);
std::optional<std::vector<PackedSource>> decode_sources(std::string_view bytes);

}  // namespace entente::storage
