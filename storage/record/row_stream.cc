#include "storage/record/row_stream.h"

#include <algorithm>
#include <limits>

#include "storage/record/event_rows.h"

namespace entente::storage {
namespace {

using graph::Order;
using graph::TimelineQuery;

constexpr Day kLastDay = std::numeric_limits<Day>::max();

std::string in_section(const std::string& start, Section section) {
  std::string out = start;
  out.push_back(static_cast<char>(section));
  return out;
}

// The rows of a section from one day to another, both among them.
Range days(Family family, const std::string& start, Section section, Day first, Day last) {
  Range range = starting_with(family, in_section(start, section));
  put_big_endian(range.lower, order_preserving(first));
  if (last == kLastDay) return range;
  range.upper = in_section(start, section);
  put_big_endian(range.upper, order_preserving(last + 1));
  return range;
}

// A period looks among ordinary rows from a year before it on, since an event told as "2020" stands on its first day,
// and among the lasting ones before that.
std::vector<Range> ranges_of(Family family, const std::string& start, const TimelineQuery& query) {
  if (query.undated) return {starting_with(family, in_section(start, Section::undated))};
  if (!query.from && !query.to)
    return {starting_with(family, in_section(start, Section::dated)),
            starting_with(family, in_section(start, Section::undated))};
  const Day last = query.to.value_or(kLastDay);
  if (!query.from || *query.from < kBeforeAllDays + kLookbackDays + 1)
    return {days(family, start, Section::dated, kBeforeAllDays, last)};
  const Day first = *query.from - kLookbackDays;
  std::vector<Range> out{days(family, start, Section::lasting, kBeforeAllDays, first - 1),
                         days(family, start, Section::dated, first, last)};
  if (query.order == Order::newest_first) std::swap(out[0], out[1]);
  return out;
}

template <class Value>
bool among(const std::vector<Value>& wanted, const Value& value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

}  // namespace

bool comes_before(const Hit& a, const Hit& b, Order order) {
  if (a.undated != b.undated) return b.undated;
  const auto key = [](const Hit& hit) { return std::pair(hit.day, hit.event); };
  return order == Order::oldest_first ? key(a) < key(b) : key(b) < key(a);
}

RowStream::RowStream(const TableView& view, Family family, const std::string& start, const TimelineQuery& query,
                     RecordedTime at)
    : view_(view), query_(query), at_(at), ranges_(ranges_of(family, start, query)) {}

bool RowStream::wanted(const EventRow& row, RecordedTime since) const {
  if (!Lifetime{since, row.until}.holds_at(at_)) return false;
  if (!among(query_.types, row.type) || !among(query_.statuses, row.status)) return false;
  if (!query_.levels.empty() && (!row.level || !among(query_.levels, *row.level))) return false;
  if (query_.undated) return true;
  if (query_.from && row.latest && *row.latest < *query_.from) return false;
  return !query_.to || !row.earliest || *row.earliest <= *query_.to;
}

// The row that the scan stands on; absent when it is not wanted.
Result<std::optional<Hit>> RowStream::read_row() const {
  const Family family = ranges_[range_].family;
  const std::string_view bytes = scan_->key();
  EntityEventKey key;
  if (family == Family::pair_events) {
    const auto pair = decode_key<PairEventKey>(bytes);
    if (!pair) return corrupt_row(family, bytes);
    key = {pair->first, pair->section, pair->day, pair->event, pair->since};
  } else {
    const auto single = decode_key<EntityEventKey>(bytes);
    if (!single) return corrupt_row(family, bytes);
    key = *single;
  }
  const auto row = decode_value<EventRow>(scan_->value());
  if (!row) return corrupt_row(family, bytes);
  if (!wanted(*row, key.since.time())) return std::optional<Hit>();
  return std::optional(Hit{key.section == Section::undated, key.day, key.event});
}

Result<std::optional<Hit>> RowStream::next() {
  for (; range_ < ranges_.size(); ++range_, scan_.reset()) {
    if (!scan_) {
      const bool forward = query_.order == Order::oldest_first;
      scan_ = view_.scan(ranges_[range_], forward ? Direction::forward : Direction::backward);
    }
    while (scan_->valid()) {
      auto hit = read_row();
      if (!hit) return hit;
      scan_->next();
      if (hit->has_value()) return hit;
    }
    if (auto status = scan_->status(); !status) return status.error();
  }
  return std::optional<Hit>();
}

}  // namespace entente::storage
