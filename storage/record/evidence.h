// The words that prove an event: read from the text of a release, for answers that are asked to show them.
#pragma once

#include <memory>
#include <optional>

#include "graph/model/event.h"
#include "graph/model/release.h"
#include "storage/codec/keys.h"
#include "storage/layout/table.h"

namespace entente::storage {

class EvidenceReader {
 public:
  EvidenceReader(std::shared_ptr<const TableView> view, RecordedTime at) : view_(std::move(view)), at_(at) {}

  // Fills `event.evidence` from the surest of its claims, the first of equals. Fails with corrupt when a claim or its
  // release is not there.
  Result<void> fill(graph::Event& event);

 private:
  std::shared_ptr<const TableView> view_;
  RecordedTime at_;
  // The events of a timeline that follow each other often come from one release.
  std::optional<ReleaseNumber> last_;
  std::optional<graph::Release> release_;
};

}  // namespace entente::storage
