// Reads the records of events where they stand, for who reads many and keeps none: storage/codec/values.h gives them as
// values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "graph/view/event_view.h"

namespace entente::storage {

class EventRecordReader {
 public:
  struct Record {
    RecordedTime since;
    const graph::EventView* event = nullptr;  // of the reader, until it reads the next; null: no claim tells of it any more
  };
  // Nothing for bytes that encode_value gives for no EventRecord; only its date is taken as it is written.
  std::optional<Record> read(std::string_view bytes);

 private:
  graph::EventView view_;
  std::string ids_;  // those that are kept as numbers, spelled out
};

}  // namespace entente::storage
