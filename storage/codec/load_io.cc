#include "storage/codec/load_io.h"

#include <algorithm>
#include <limits>

#include "storage/codec/model_io.h"

namespace entente::storage {
namespace {

constexpr std::uint8_t kLoadVersion = 1;

// A number that may be smaller or greater than the one before it, over the whole range of 64 bits.
std::int64_t difference(std::uint64_t value, std::uint64_t before) { return static_cast<std::int64_t>(value - before); }
std::uint64_t sum(std::uint64_t before, std::int64_t difference) { return before + static_cast<std::uint64_t>(difference); }

template <class In>
std::uint32_t get_u32(In& in) {
  const std::uint64_t value = in.varint();
  if (value > std::numeric_limits<std::uint32_t>::max()) in.fail();
  return static_cast<std::uint32_t>(value);
}

template <class In>
Day add_days(In& in, Day day, std::int64_t more) {
  constexpr std::int64_t kFar = std::int64_t{1} << 33U;  // from any day to any other, and the sum is within bounds
  const std::int64_t value = day + std::clamp(more, -kFar, kFar);
  if (value < std::numeric_limits<Day>::min() || value > std::numeric_limits<Day>::max()) {
    in.fail();
    return 0;
  }
  return static_cast<Day>(value);
}

void put(ByteWriter& out, const graph::TableCode& code) {
  out.text(code.code);
  out.text(code.label);
  put_enum(out, code.type);
  put_enum(out, code.status);
  put_enum(out, code.mode);
  put_enum(out, code.stage);
  put_enum(out, code.stance);
}
void get(ByteReader& in, graph::TableCode& code) {
  code.code = in.text();
  code.label = in.text();
  get_enum(in, code.type, &graph::event_type_from_number);
  get_enum(in, code.status, &graph::status_from_number);
  get_enum(in, code.mode, &graph::mode_from_number);
  get_enum(in, code.stage, &graph::stage_from_number);
  get_enum(in, code.stance, &graph::stance_from_number);
}

std::optional<graph::EntityKind> kind_from_number(std::uint8_t number) {
  for (const graph::EntityKind kind : graph::all_entity_kinds())
    if (static_cast<std::uint8_t>(kind) == number) return kind;
  return std::nullopt;
}

}  // namespace

std::string encode_load(const LoadRecord& value) {
  ByteWriter out;
  out.u8(kLoadVersion);
  put(out, value.recorded);
  out.text(value.info.prefix);
  out.text(value.info.name);
  out.text(value.info.publisher);
  out.real(value.info.confidence);
  out.varint(value.info.codes.size());
  for (const auto& code : value.info.codes) put(out, code);
  out.varint(value.info.roles.size());
  for (const auto& role : value.info.roles) out.text(role);
  for (const auto number : {value.entities, value.sources, value.events, value.participations, value.entity_rows,
                            value.pair_rows, std::uint64_t{value.days_more_max}, std::uint64_t{value.first_number}})
    out.varint(number);
  out.varint(value.kinds.size());
  for (const KindEnd& kind : value.kinds) {
    put_enum(out, kind.kind);
    out.varint(kind.end);
  }
  out.varint(value.runs.size());
  for (const EntityRun& run : value.runs) {
    out.varint(run.first_id);
    out.varint(run.first_number);
    out.varint(run.count);
  }
  return out.take();
}

std::optional<LoadRecord> decode_load(std::string_view bytes) {
  ByteReader in(bytes);
  LoadRecord value;
  if (in.u8() != kLoadVersion) return std::nullopt;
  get(in, value.recorded);
  value.info.prefix = in.text();
  value.info.name = in.text();
  value.info.publisher = in.text();
  value.info.confidence = in.real();
  const std::size_t codes = in.count();
  for (std::size_t i = 0; i < codes && in.good(); ++i) get(in, value.info.codes.emplace_back());
  const std::size_t roles = in.count();
  for (std::size_t i = 0; i < roles && in.good(); ++i) value.info.roles.emplace_back(in.text());
  for (auto* const number : {&value.entities, &value.sources, &value.events, &value.participations, &value.entity_rows,
                             &value.pair_rows})
    *number = in.varint();
  value.days_more_max = get_u32(in);
  value.first_number = get_u32(in);
  const std::size_t kinds = in.count();
  for (std::size_t i = 0; i < kinds && in.good(); ++i) {
    get_enum(in, value.kinds.emplace_back().kind, &kind_from_number);
    value.kinds.back().end = get_u32(in);
  }
  const std::size_t runs = in.count();
  for (std::size_t i = 0; i < runs && in.good(); ++i) {
    EntityRun& run = value.runs.emplace_back();
    run.first_id = in.varint();
    run.first_number = get_u32(in);
    run.count = get_u32(in);
  }
  if (!in.done()) return std::nullopt;
  return value;
}

void EventBlockWriter::add(const PackedEvent& event) {
  if (count_++ == 0) first_ = event_ = event.event;
  body_.varint(event.event - event_);
  body_.signed_varint(std::int64_t{event.first} - day_);
  body_.varint(event.days_more);
  body_.varint(event.code);
  body_.varint(event.place);
  body_.signed_varint(difference(event.source, source_));
  body_.varint(event.parts.size());
  for (const PackedPart& part : event.parts) {
    body_.varint(part.entity);
    body_.u8(part.role);
  }
  event_ = event.event;
  day_ = event.first;
  source_ = event.source;
}

std::string EventBlockWriter::take() {
  ByteWriter out;
  out.varint(count_);
  out.raw(body_.take());
  *this = EventBlockWriter();
  return out.take();
}

EventBlock::EventBlock(std::string_view bytes, std::uint64_t first_event) : in_(bytes), event_(first_event) {
  left_ = in_.count();
}

bool EventBlock::next(PackedEvent& event) {
  if (left_ == 0) return false;
  event.event = event_ += in_.varint();
  event.first = day_ = add_days(in_, day_, in_.signed_varint());
  event.days_more = get_u32(in_);
  event.code = get_u32(in_);
  event.place = get_u32(in_);
  event.source = source_ = sum(source_, in_.signed_varint());
  event.parts.resize(in_.count());
  for (PackedPart& part : event.parts) {
    part.entity = get_u32(in_);
    part.role = in_.u8();
  }
  if (!in_.good()) return false;
  --left_;
  return true;
}

std::string encode_sources(const std::vector<PackedSource>& sources) {
  ByteWriter out;
  out.varint(sources.size());
  std::uint64_t id = 0;
  for (const PackedSource& source : sources) {
    out.varint(source.id - id);
    put(out, source.published);
    out.text(source.title);
    id = source.id;
  }
  return out.take();
}

std::optional<std::vector<PackedSource>> decode_sources(std::string_view bytes) {
  ByteReader in(bytes);
  std::vector<PackedSource> out(in.count());
  std::uint64_t id = 0;
  for (PackedSource& source : out) {
    source.id = id += in.varint();
    get(in, source.published);
    source.title = in.text();
    if (!in.good()) break;
  }
  if (!in.done()) return std::nullopt;
  return out;
}

}  // namespace entente::storage
