// The parts of values that come from the model: written one way, read back or refused. For storage/codec only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "graph/model/claim.h"
#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "graph/view/event_view.h"
#include "storage/codec/byte_io.h"

namespace entente::storage {

void put(ByteWriter& out, const graph::EventFacts& facts);
void get(ByteReader& in, graph::EventFacts& facts);
void put(ByteWriter& out, const graph::ClaimBody& body);
void get(ByteReader& in, graph::ClaimBody& body);
void put(ByteWriter& out, const graph::Event& event);
void get(ByteReader& in, graph::Event& event);
// `ids` takes the ids that are kept as numbers, spelled out: the event shows parts of it.
void get(ByteReader& in, graph::EventView& event, std::string& ids);
void put(ByteWriter& out, const graph::Entity& entity);
void get(ByteReader& in, graph::Entity& entity);
void put(ByteWriter& out, const std::optional<Edtf>& date);
void get(ByteReader& in, std::optional<Edtf>& date);
void put(ByteWriter& out, const std::optional<Day>& day);
void get(ByteReader& in, std::optional<Day>& day);
void put(ByteWriter& out, const std::optional<RecordedTime>& time);
void get(ByteReader& in, std::optional<RecordedTime>& time);
void put(ByteWriter& out, RecordedTime time);
void get(ByteReader& in, RecordedTime& time);

// A closed set's value as its number, which must be one of the set's.
template <class Enum>
void put_enum(ByteWriter& out, Enum value) {
  out.u8(static_cast<std::uint8_t>(value));
}
template <class Enum>
void put_enum(ByteWriter& out, const std::optional<Enum>& value) {
  out.u8(value ? static_cast<std::uint8_t>(*value) : std::uint8_t{0});
}
template <class Enum>
void get_enum(ByteReader& in, Enum& value, std::optional<Enum> (*from_number)(std::uint8_t)) {
  if (const auto known = from_number(in.u8()))
    value = *known;
  else
    in.fail();
}
template <class Enum>
void get_enum(ByteReader& in, std::optional<Enum>& value, std::optional<Enum> (*from_number)(std::uint8_t)) {
  const std::uint8_t number = in.u8();
  if (number == 0) return;
  value = from_number(number);
  if (!value) in.fail();
}

}  // namespace entente::storage
