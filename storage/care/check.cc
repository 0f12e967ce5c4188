#include "storage/care/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <future>
#include <iterator>
#include <set>

#include "base/check.h"
#include "storage/care/expected.h"
#include "storage/care/loads.h"
#include "storage/care/row_sum.h"
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
    Family::term_numbers,  Family::names,         Family::trigrams,         Family::members,
    Family::entity_claims, Family::entity_events, Family::pair_events,      Family::editions,
    Family::triples_spo,   Family::triples_pos,   Family::load_entity_rows, Family::load_pair_rows,
};

std::string said_of(const DamagedFile& file) {
  if (!file.family)
    return fmt::format(
        "is damaged ({}), and what was recorded last may be lost with it: restore the store from a copy; without one, "
        "`entente dump` what is left, `entente load` it into a new store and import again what came last",
        file.what);
  const bool worked_out = std::find(std::begin(kWorkedOut), std::end(kWorkedOut), *file.family) != std::end(kWorkedOut);
  // Of a file whose end cannot be read not even their number is known.
  const std::string rows = file.rows == 0 ? "rows" : fmt::format("{} rows", file.rows);
  return fmt::format(
      "is damaged ({}), and its {} cannot be read; {}", file.what, rows,
      worked_out
          ? "they follow from others and are not lost: `entente dump` and `entente load` make them again in a new store"
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
    std::array<RowSum, kFamilies.size()> expected;
    const ExpectedSink sink{[&](const ExpectedRow& row) -> Result<void> {
                              ++report_.rows;
                              expected[index(row.family)].add(row.key, row.value);
                              valued_[index(row.family)] = row.value.has_value();
                              return {};
                            },
                            noting_in(report_)};
    // ... beside what is kept of loaded tables, which no other row follows from.
    CheckReport tables;
    auto tables_checked = std::async(std::launch::async, [&]() -> Result<void> {
      const auto loads = read_loads(view_);
      if (!loads) return loads.error();
      return check_loads(view_, *loads, {nullptr, noting_in(tables)}, tables.rows);
    });
    const auto walked = walk_expected(view_, sink);
    if (auto checked = tables_checked.get(); !checked) return checked.error();
    if (!walked) return walked.error();
    report_.rows += tables.rows;
    report_.disagreements += tables.disagreements;
    for (Disagreement& one : tables.shown)
      if (report_.shown.size() < kDisagreementsShownMax) report_.shown.push_back(std::move(one));
    // ... and back: a family whose rows add up to those that follow has all of them and no other. Only where they do
    // not is each row looked up, which takes five times as long.
    for (const Family family : kDerived) {
      const auto found = sum(family);
      if (!found) return found.error();
      if (*found == expected[index(family)]) continue;
      if (auto named = name_missing(family, found->rows); !named) return named.error();
    }
    return std::move(report_);
  }

 private:
  static std::size_t index(Family family) { return static_cast<std::size_t>(family); }

  static std::function<void(Family, std::string_view, const std::string&)> noting_in(CheckReport& report) {
    return [&report](Family family, std::string_view key, const std::string& what) { note(report, family, key, what); };
  }
  static void note(CheckReport& report, Family family, std::string_view key, const std::string& what) {
    ++report.disagreements;
    if (report.shown.size() < kDisagreementsShownMax)
      report.shown.push_back({std::string(info(family).name), hex(key), what});
  }
  void note(Family family, std::string_view key, const std::string& what) { note(report_, family, key, what); }

  // The rows that a family has.
  Result<RowSum> sum(Family family) {
    RowSum out;
    for (auto scan = view_.scan(whole(family), Direction::forward);; scan->next()) {
      if (!scan->valid()) {
        if (auto status = scan->status(); !status) return status.error();
        break;
      }
      out.add(scan->key(), valued_[index(family)] ? std::optional(scan->value()) : std::nullopt);
    }
    report_.rows += out.rows;
    return out;
  }

  // Walks again, for one family, and looks each row up.
  Result<void> name_missing(Family family, std::uint64_t rows) {
    std::uint64_t found = 0;
    const auto compare = [&](const ExpectedRow& row) -> Result<void> {
      if (row.family != family) return {};
      const auto there = view_.get(row.family, row.key);
      if (!there) return there.error();
      if (!there->has_value()) {
        note(row.family, row.key, fmt::format("is missing, and {} leads to it", row.because));
        return {};
      }
      ++found;
      if (row.value && **there != *row.value)
        note(row.family, row.key, fmt::format("says something else than {} does", row.because));
      return {};
    };
    if (auto walked = walk_expected(view_, {compare, [](Family, std::string_view, const std::string&) {}}); !walked)
      return walked;
    return found == rows ? Result<void>{} : name_unexpected(family);
  }

  // Walked once more for a family that has too many: only then are its keys kept in memory.
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
  std::array<bool, kFamilies.size()> valued_{};  // whether what follows says what a row of the family holds
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
