#include "storage/codec/values.h"

#include <zstd.h>

#include <memory>

#include "base/check.h"
#include "storage/codec/event_record_reader.h"
#include "storage/codec/model_io.h"

namespace entente::storage {
namespace {

// The first byte of every value. A kind of value whose bytes change gets the next number, and reads both.
constexpr std::uint8_t kValueVersion = 1;
// Texts are written once and read seldom: worth some more work for fewer bytes. Those of a release's length become no
// shorter by a higher level, which takes half as long again.
constexpr int kZstdLevel = 6;

void get_u32(ByteReader& in, std::uint32_t& value) {
  const std::uint64_t number = in.varint();
  if (number > 0xFFFF'FFFFU) in.fail();
  value = static_cast<std::uint32_t>(number);
}

void write(ByteWriter& out, const ReleaseRecord& value) {
  put(out, value.since);
  out.varint(value.revision);
  out.varint(value.text_revision);
  out.varint(value.claims);
  const graph::Release& release = value.release;
  out.text(release.publisher);
  out.text(release.url);
  out.text(release.title);
  out.text(release.language);
  put(out, release.published ? std::optional(to_day(*release.published)) : std::nullopt);
  put(out, release.fetched);
  out.u64(release.content_hash);
}
void read(ByteReader& in, ReleaseRecord& value) {
  get(in, value.since);
  get_u32(in, value.revision);
  get_u32(in, value.text_revision);
  get_u32(in, value.claims);
  graph::Release& release = value.release;
  release.publisher = in.text();
  release.url = in.text();
  release.title = in.text();
  release.language = in.text();
  std::optional<Day> published;
  get(in, published);
  constexpr Day kLastDay = 2'932'896;  // 9999-12-31
  constexpr Day kFirstDay = -719'528;  // 0000-01-01
  if (published && (*published < kFirstDay || *published > kLastDay)) return in.fail();
  if (published) release.published = to_civil(*published);
  get(in, release.fetched);
  release.content_hash = in.u64();
}

void write(ByteWriter& out, const ClaimRecord& value) {
  put(out, value.body);
  out.varint(value.evidence.size());
  for (const auto& span : value.evidence) {
    out.varint(span.begin);
    out.varint(span.end);
  }
  out.text(value.rule);
  out.real(value.confidence);
  put(out, value.recorded);
  if (value.said) put(out, *value.said);
}
void read(ByteReader& in, ClaimRecord& value) {
  get(in, value.body);
  const std::size_t spans = in.count();
  for (std::size_t i = 0; i < spans && in.good(); ++i) {
    graph::Span& span = value.evidence.emplace_back();
    get_u32(in, span.begin);
    get_u32(in, span.end);
  }
  value.rule = in.text();
  value.confidence = in.real();
  get(in, value.recorded);
  if (in.good() && !in.done()) get(in, value.said.emplace());
}

void write(ByteWriter& out, const JoinRecord& value) {
  put(out, value.since);
  out.u64(value.event);
  out.text(value.reason);
}
void read(ByteReader& in, JoinRecord& value) {
  get(in, value.since);
  value.event = in.u64();
  value.reason = in.text();
}

void write(ByteWriter& out, const EventRecord& value) {
  put(out, value.since);
  out.u8(value.event ? 1 : value.moved_to ? 2 : 0);
  if (value.event)
    put(out, *value.event);
  else if (value.moved_to)
    out.u64(*value.moved_to);
}
void read(ByteReader& in, EventRecord& value) {
  get(in, value.since);
  const std::uint8_t present = in.u8();
  if (present > 2) in.fail();
  if (present == 1) get(in, value.event.emplace());
  if (present == 2) value.moved_to = in.u64();
}

void write(ByteWriter& out, const EntityRecord& value) {
  put(out, value.since);
  put_enum(out, value.origin);
  put(out, value.entity);
  out.varint(value.post_days.size());
  for (const auto& day : value.post_days) put(out, day);
}
void read(ByteReader& in, EntityRecord& value) {
  get(in, value.since);
  const std::uint8_t origin = in.u8();
  if (origin > static_cast<std::uint8_t>(Origin::table)) in.fail();
  value.origin = static_cast<Origin>(origin);
  get(in, value.entity);
  const std::size_t days = in.count();
  for (std::size_t i = 0; i < days && in.good(); ++i) get(in, value.post_days.emplace_back());
  if (value.post_days.size() != value.entity.posts.size()) in.fail();
}

void write(ByteWriter& out, const CorrectionRecord& value) {
  put(out, value.since);
  out.u8(value.stands ? 1 : 0);
  out.u64(value.target);
  out.text(value.author);
  out.text(value.reason);
}
void read(ByteReader& in, CorrectionRecord& value) {
  get(in, value.since);
  const std::uint8_t stands = in.u8();
  if (stands > 1) in.fail();
  value.stands = stands == 1;
  value.target = in.u64();
  value.author = in.text();
  value.reason = in.text();
}

void write(ByteWriter& out, const EventRow& value) {
  put(out, value.until);
  put_enum(out, value.type);
  put_enum(out, value.status);
  put_enum(out, value.level);
  put(out, value.earliest);
  put(out, value.latest);
}
void read(ByteReader& in, EventRow& value) {
  get(in, value.until);
  get_enum(in, value.type, &graph::event_type_from_number);
  get_enum(in, value.status, &graph::status_from_number);
  get_enum(in, value.level, &graph::level_from_number);
  get(in, value.earliest);
  get(in, value.latest);
}

void write(ByteWriter& out, const Lifetime& value) {
  put(out, value.since);
  put(out, value.until);
}
void read(ByteReader& in, Lifetime& value) {
  get(in, value.since);
  get(in, value.until);
}

void write(ByteWriter& out, const TripleRecord& value) {
  write(out, value.lifetime);
  put(out, value.valid);
}
void read(ByteReader& in, TripleRecord& value) {
  read(in, value.lifetime);
  get(in, value.valid);
}

std::optional<graph::Outcome> outcome_from_number(std::uint8_t number) {
  const bool known = number >= 1 && number <= static_cast<std::uint8_t>(graph::Outcome::known);
  return known ? std::optional(static_cast<graph::Outcome>(number)) : std::nullopt;
}

void write(ByteWriter& out, const Commit& value) {
  put_enum(out, value.kind);
  put_enum(out, value.outcome);
  out.u64(value.release);
  out.varint(value.revision);
  for (const auto count : {value.counts.releases, value.counts.claims, value.counts.events, value.counts.entities})
    out.varint(count);
}
void read(ByteReader& in, Commit& value) {
  const std::uint8_t kind = in.u8();
  if (kind < 1 || kind > 3) in.fail();
  value.kind = static_cast<CommitKind>(kind);
  get_enum(in, value.outcome, &outcome_from_number);
  value.release = in.u64();
  get_u32(in, value.revision);
  for (auto* count : {&value.counts.releases, &value.counts.claims, &value.counts.events, &value.counts.entities})
    *count = in.varint();
}

void write(ByteWriter& out, const PlainText& value) { out.text(value.text); }
void read(ByteReader& in, PlainText& value) { value.text = in.text(); }
void write(ByteWriter& out, const Number& value) { out.varint(value.value); }
void read(ByteReader& in, Number& value) { value.value = in.varint(); }
void write(ByteWriter& out, const StateRecord& value) {
  out.text(value.source);
  out.text(value.item);
  out.text(value.bytes);
}
void read(ByteReader& in, StateRecord& value) {
  value.source = in.text();
  value.item = in.text();
  value.bytes = in.text();
}
void write(ByteWriter& /*out*/, const Present& /*value*/) {}
void read(ByteReader& /*in*/, Present& /*value*/) {}

void write(ByteWriter& out, const CompressedText& value) {
  ENTENTE_CHECK(value.text.size() <= kTextBytesMax, "a text of {} bytes", value.text.size());
  std::string packed(ZSTD_compressBound(value.text.size()), '\0');
  // A thread's own for good: for a text of a few KB, making one takes as long as compressing.
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(), &ZSTD_freeCCtx);
  ENTENTE_CHECK(context != nullptr, "no memory to compress a text");
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), packed.data(), packed.size(), value.text.data(), value.text.size(), kZstdLevel);
  ENTENTE_CHECK(ZSTD_isError(size) == 0, "zstd: {}", ZSTD_getErrorName(size));
  packed.resize(size);
  out.varint(value.text.size());
  out.raw(packed);
}
void read(ByteReader& in, CompressedText& value) {
  const std::uint64_t size = in.varint();
  const std::string_view packed = in.rest();
  if (!in.good() || size > kTextBytesMax || ZSTD_getFrameContentSize(packed.data(), packed.size()) != size)
    return in.fail();
  value.text.resize(static_cast<std::size_t>(size));
  const std::size_t got = ZSTD_decompress(value.text.data(), value.text.size(), packed.data(), packed.size());
  if (ZSTD_isError(got) != 0 || got != size) in.fail();
}

template <class Value>
std::string encode(const Value& value) {
  ByteWriter out;
  out.u8(kValueVersion);
  write(out, value);
  return out.take();
}

}  // namespace

bool operator==(const Commit& a, const Commit& b) { return encode_value(a) == encode_value(b); }

std::string encode_value(const ReleaseRecord& value) { return encode(value); }
std::string encode_value(const ClaimRecord& value) { return encode(value); }
std::string encode_value(const JoinRecord& value) { return encode(value); }
std::string encode_value(const EventRecord& value) { return encode(value); }
std::string encode_value(const EntityRecord& value) { return encode(value); }
std::string encode_value(const CorrectionRecord& value) { return encode(value); }
std::string encode_value(const EventRow& value) { return encode(value); }
std::string encode_value(const TripleRecord& value) { return encode(value); }
std::string encode_value(const Commit& value) { return encode(value); }
std::string encode_value(const Lifetime& value) { return encode(value); }
std::string encode_value(const CompressedText& value) { return encode(value); }
std::string encode_value(const PlainText& value) { return encode(value); }
std::string encode_value(const Number& value) { return encode(value); }
std::string encode_value(const StateRecord& value) { return encode(value); }
std::string encode_value(const Present& value) { return encode(value); }

std::optional<EventRecordReader::Record> EventRecordReader::read(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kValueVersion) return std::nullopt;
  Record record;
  get(in, record.since);
  const std::uint8_t present = in.u8();
  if (present > 2) in.fail();
  if (present == 1) {
    get(in, view_, ids_);
    record.event = &view_;
  }
  if (present == 2) in.u64();
  return in.done() ? std::optional(record) : std::nullopt;
}

template <class Value>
std::optional<Value> decode_value(std::string_view bytes) {
  ByteReader in(bytes);
  if (in.u8() != kValueVersion) return std::nullopt;
  Value value;
  read(in, value);
  return in.done() ? std::optional<Value>(std::move(value)) : std::nullopt;
}

template std::optional<ReleaseRecord> decode_value(std::string_view bytes);
template std::optional<ClaimRecord> decode_value(std::string_view bytes);
template std::optional<JoinRecord> decode_value(std::string_view bytes);
template std::optional<EventRecord> decode_value(std::string_view bytes);
template std::optional<EntityRecord> decode_value(std::string_view bytes);
template std::optional<CorrectionRecord> decode_value(std::string_view bytes);
template std::optional<EventRow> decode_value(std::string_view bytes);
template std::optional<TripleRecord> decode_value(std::string_view bytes);
template std::optional<Commit> decode_value(std::string_view bytes);
template std::optional<Lifetime> decode_value(std::string_view bytes);
template std::optional<CompressedText> decode_value(std::string_view bytes);
template std::optional<PlainText> decode_value(std::string_view bytes);
template std::optional<Number> decode_value(std::string_view bytes);
template std::optional<StateRecord> decode_value(std::string_view bytes);
template std::optional<Present> decode_value(std::string_view bytes);

}  // namespace entente::storage
