// The values of loaded tables: what a table is, and the packed blocks of its events, sources and timeline rows. A block
// is many rows in one value, each row told by its difference from the one before; docs/storage-format.md has the bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/ontology/entity_kinds.h"
#include "graph/view/rows.h"
#include "graph/view/table_load.h"
#include "storage/codec/byte_io.h"
#include "storage/codec/keys.h"

namespace entente::storage {

// Rows of a block: measured, see docs/storage-format.md.
inline constexpr std::size_t kBlockRows = 64;

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

// A row of a timeline as it is packed.
struct PackedRow {
  Day first = 0;
  std::uint32_t days_more = 0;  // until the last day that it can mean
  std::uint64_t event = 0;
  std::uint32_t code = 0;
  EntityNumber place = 0;
  std::uint64_t source = 0;
  std::uint8_t role = 0;  // from 1, as the table has them; 0: none, and in a pair's row

  friend bool operator==(const PackedRow&, const PackedRow&) = default;
};

// Rows in the order of (first, event), the first day and event of which are the key's.
std::string encode_rows(const std::vector<PackedRow>& rows);

// Reads a block row by row. Any bytes give rows or an end with good() false.
class RowBlock {
 public:
  RowBlock(std::string_view bytes, Day first_day, std::uint64_t first_event);
  // False at the end.
  bool next(PackedRow& row);
  // As many as there are and fit.
  std::size_t read(std::span<PackedRow> out);
  // The block was read to its end and nothing was off.
  bool done() const { return in_.done() && left_ == 0; }
  std::uint64_t rows_left() const { return left_; }

 private:
  // The next row; false, and nothing is taken, where it is off.
  template <class In>
  bool take(In& in, PackedRow& row);

  ByteReader in_;
  std::uint64_t left_ = 0;
  Day day_;
  std::uint64_t event_;
  std::uint64_t source_ = 0;
};

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
