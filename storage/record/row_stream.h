// The rows of one entity or one pair that a timeline asks for, in its order, without those that it filters out: those
// that events of releases have in families of their own, a key each, and those of loaded tables, packed in blocks.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "graph/view/reader.h"
#include "storage/codec/load_io.h"
#include "storage/codec/values.h"
#include "storage/layout/table.h"
#include "storage/record/loads.h"

namespace entente::storage {

// What is asked of rows, as small sets of bits.
struct RowFilter {
  std::optional<Day> from;
  std::optional<Day> to;
  bool undated = false;
  std::uint64_t types = ~std::uint64_t{0};  // one bit for each number
  std::uint32_t levels = 0;                 // none: all, likewise those without a level
  std::uint32_t statuses = ~std::uint32_t{0};
  graph::Order order = graph::Order::newest_first;
  std::vector<std::string> publishers;  // none: all
};

RowFilter filter_of(const graph::TimelineQuery& query);
RowFilter filter_of(const graph::RowQuery& query);

// Whether `a` comes before `b`; undated events come last in either order.
bool comes_before(const graph::Row& a, const graph::Row& b, graph::Order order);

class RowSource {
 public:
  virtual ~RowSource() = default;
  // Fills as many as there are; 0 at the end.
  virtual Result<std::size_t> fill(std::span<graph::Row> out) = 0;
  // How many there are, and what counting by day looks at of each: for a source of which nothing else is asked.
  virtual Result<std::uint64_t> count();
  virtual Result<std::size_t> fill_days(std::span<graph::DayRow> out);
};

// Whose rows.
struct Whose {
  EntityNumber entity = 0;
  EntityNumber with = 0;  // 0: whoever

  friend auto operator<=>(const Whose&, const Whose&) = default;
};

// What events of releases have. The view and the filter outlive it.
std::unique_ptr<RowSource> claim_rows(const TableView& view, Whose whose, const RowFilter& filter, RecordedTime at);
// What a load has. The view, the load and the filter outlive it.
std::unique_ptr<RowSource> load_rows(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number,
                                     const LoadRecord& load);
// Several as one, each event once.
std::unique_ptr<RowSource> merged_rows(std::vector<std::unique_ptr<RowSource>> sources, graph::Order order);

}  // namespace entente::storage
