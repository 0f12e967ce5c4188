// The rows of one entity or one pair that a timeline asks for, in its order, without those that it filters out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graph/view/reader.h"
#include "storage/codec/values.h"
#include "storage/layout/table.h"

namespace entente::storage {

// Where an event stands in a timeline.
struct Hit {
  bool undated = false;
  Day day = 0;
  EventNumber event = 0;

  friend bool operator==(const Hit&, const Hit&) = default;
};

// Whether `a` comes before `b`; undated events come last in either order.
bool comes_before(const Hit& a, const Hit& b, graph::Order order);

class RowStream {
 public:
  // `start` is the part of the key before the section: an entity's number, or two. The view and the query outlive it.
  RowStream(const TableView& view, Family family, const std::string& start, const graph::TimelineQuery& query,
            RecordedTime at);

  // The next row; absent at the end.
  Result<std::optional<Hit>> next();

 private:
  bool wanted(const EventRow& row, RecordedTime since) const;
  Result<std::optional<Hit>> read_row() const;

  const TableView& view_;
  const graph::TimelineQuery& query_;
  RecordedTime at_;
  std::vector<Range> ranges_;  // in the order in which they are walked
  std::size_t range_ = 0;
  std::unique_ptr<Scan> scan_;
};

}  // namespace entente::storage
