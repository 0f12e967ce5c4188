// What the store writes when it learns something: one reading of a release, or a gazetteer. Works the writes out
// against a frozen view and touches nothing itself.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/model/entity.h"
#include "graph/view/claim_sink.h"
#include "storage/codec/keys.h"
#include "storage/layout/table.h"

namespace entente::storage {

// More claims than any release makes.
inline constexpr std::size_t kClaimsMax = 10'000;

struct Recorded {
  graph::RecordReport report;
  std::vector<Write> writes;  // none when everything is known
};

// A reading that says what is known changes nothing, unless what persons say of it has changed meanwhile.
enum class Rereading : std::uint8_t { when_it_differs = 1, in_any_case = 2 };

// What of a reading is worked out before its turn has come to be written, by any thread and against any view: that it can
// be recorded, and what of it does not depend on what is there.
struct Prepared {
  ReleaseNumber release = 0;
  std::uint64_t content_hash = 0;
  std::optional<std::string> text;  // the value of its text
};
// Fails as record_reading does for what is wrong with the reading.
Result<Prepared> prepare(const TableView& view, const graph::Reading& reading);

// `clock` is the time now; the recorded time is later than every earlier one even where clocks stand still or go back.
// Fails with invalid_argument or too_large, naming the claim and its fault; with corrupt or io as the view does.
Result<Recorded> record_reading(const TableView& view, RecordedTime clock, const graph::Reading& reading,
                                Rereading rereading = Rereading::when_it_differs);
// The same for one that is prepared.
Result<Recorded> record_prepared(const TableView& view, RecordedTime clock, const graph::Reading& reading, Prepared prepared);

// What record_reading would change. Fails as it does.
Result<graph::ReadingChange> change_of(const TableView& view, const graph::Reading& reading);

// No writes when this version is the one that is there. Fails with invalid_argument for an id that is none, or is there
// twice.
Result<std::vector<Write>> record_gazetteer(const TableView& view, RecordedTime clock,
                                            std::span<const graph::Entity> entities, const std::string& version);

}  // namespace entente::storage
