#include "storage/care/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include "base/check.h"
#include "storage/care/expected.h"
#include "storage/care/loads.h"
#include "storage/record/table_store.h"

namespace entente::storage {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (const char c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return out;
}

// A family that follows from others: every row in it is expected by something, and all that is expected is in it.
constexpr Family kDerived[] = {
    Family::term_numbers, Family::names,       Family::trigrams,      Family::members,       Family::texts,
    Family::claims,       Family::joins,       Family::entity_claims, Family::entity_events, Family::pair_events,
    Family::editions,     Family::triples_spo, Family::triples_pos,
};

// The families that `entente load` works out from a dump: what is lost of them is not lost.
constexpr Family kWorkedOut[] = {
    Family::term_numbers, Family::names,       Family::trigrams,    Family::members,     Family::entity_claims,    Family::entity_events,
    Family::pair_events,  Family::editions,    Family::triples_spo, Family::triples_pos, Family::load_entity_rows, Family::load_pair_rows,
};

std::string said_of(const DamagedFile& file) {
  if (!file.family)
    return fmt::format("is damaged ({}), and what was recorded last may be lost with it: restore the store from a copy; without one, "
                       "`entente dump` what is left, `entente load` it into a new store and import again what came last", file.what);
  const bool worked_out = std::find(std::begin(kWorkedOut), std::end(kWorkedOut), *file.family) != std::end(kWorkedOut);
  // Of a file whose end cannot be read not even their number is known.
  const std::string rows = file.rows == 0 ? "rows" : fmt::format("{} rows", file.rows);
  return fmt::format("is damaged ({}), and its {} cannot be read; {}", file.what, rows,
                     worked_out ? "they follow from others and are not lost: `entente dump` and `entente load` make them again in a new store"
                                : "restore the store from a copy; without one, import again what it was made of");
}

class Checker {
 public:
  Checker(const TableView& view, const std::vector<DamagedFile>& damaged) : view_(view) {
    for (const DamagedFile& file : damaged) {
      ++report_.disagreements;
      if (report_.shown.size() < kDisagreementsShownMax)
        report_.shown.push_back({file.family ? std::string(info(*file.family).name) : "log", file.name, said_of(file)});
    }
  }

  // What can be told of a store with files that cannot be read.
  CheckReport damage() && { return std::move(report_); }

  Result<CheckReport> run() {
    // One order, from which all rows of the others follow ...
    const ExpectedSink sink{
        [&](const ExpectedRow& row) { return compare(row); },
        [&](Family family, std::string_view key, const std::string& what) { note(family, key, what); }};
    if (auto walked = walk_expected(view_, sink); !walked) return walked.error();
    const auto loads = read_loads(view_);
    if (!loads) return loads.error();
    if (auto checked = check_loads(view_, *loads, sink, report_.rows); !checked) return checked.error();
    // ... and back: a family with no more rows than were found to follow has no row that does not.
    for (const Family family : kDerived)
      if (auto compared = compare_count(family); !compared) return compared.error();
    return std::move(report_);
  }

 private:
  void note(Family family, std::string_view key, const std::string& what) {
    ++report_.disagreements;
    if (report_.shown.size() < kDisagreementsShownMax)
      report_.shown.push_back({std::string(info(family).name), hex(key), what});
  }

  Result<void> compare(const ExpectedRow& row) {
    ++report_.rows;
    const auto found = view_.get(row.family, row.key);
    if (!found) return found.error();
    if (!found->has_value()) {
      note(row.family, row.key, fmt::format("is missing, and {} leads to it", row.because));
      return {};
    }
    ++found_[static_cast<std::size_t>(row.family)];
    if (row.value && **found != *row.value)
      note(row.family, row.key, fmt::format("says something else than {} does", row.because));
    return {};
  }

  Result<void> compare_count(Family family) {
    std::uint64_t rows = 0;
    const auto scan = view_.scan(whole(family), Direction::forward);
    for (; scan->valid(); scan->next()) ++rows;
    if (auto status = scan->status(); !status) return status;
    report_.rows += rows;
    if (rows == found_[static_cast<std::size_t>(family)]) return {};
    return name_unexpected(family);
  }

  // Walked again for the one family that has too many: only then are its keys kept in memory.
  Result<void> name_unexpected(Family family) {
    std::set<std::string, std::less<>> expected;
    const ExpectedSink sink{[&](const ExpectedRow& row) -> Result<void> {
                              if (row.family == family) expected.insert(row.key);
                              return {};
                            },
                            [](Family, std::string_view, const std::string&) {}};
    if (auto walked = walk_expected(view_, sink); !walked) return walked;
    const auto scan = view_.scan(whole(family), Direction::forward);
    for (; scan->valid(); scan->next())
      if (!expected.contains(scan->key())) note(family, scan->key(), "is there, and nothing leads to it");
    return scan->status();
  }

  const TableView& view_;
  CheckReport report_;
  std::array<std::uint64_t, kFamilies.size()> found_{};
};

}  // namespace

Result<CheckReport> check(Store& store) {
  auto* const tables = dynamic_cast<TableStore*>(&store);
  ENTENTE_CHECK(tables != nullptr, "a store that is not built on tables");
  const auto view = tables->view();
  if (!view) return view.error();
  const auto damaged = tables->damaged_files();
  if (!damaged) return damaged.error();
  // The walk would stop at the first row that cannot be read, and know no more.
  if (!damaged->empty()) return Checker(**view, *damaged).damage();
  return Checker(**view, {}).run();
}

}  // namespace entente::storage
