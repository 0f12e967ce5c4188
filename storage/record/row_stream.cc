#include "storage/record/row_stream.h"

#include <algorithm>
#include <array>

#include "storage/record/claims.h"
#include "storage/record/event_rows.h"
#include "storage/record/load_blocks.h"

namespace entente::storage {
namespace {

using graph::Order;
using graph::Row;

constexpr std::size_t kSome = 64;  // rows that are made at a time where they are only counted

template <class Value>
std::uint64_t bits_of(const std::vector<Value>& values) {
  std::uint64_t bits = 0;
  for (const Value value : values) bits |= std::uint64_t{1} << static_cast<std::uint8_t>(value);
  return bits;
}

template <class Query>
RowFilter common_filter(const Query& query) {
  RowFilter filter;
  filter.from = query.from;
  filter.to = query.to;
  filter.undated = query.undated;
  if (!query.types.empty()) filter.types = bits_of(query.types);
  filter.levels = static_cast<std::uint32_t>(bits_of(query.levels));
  if (!query.statuses.empty()) filter.statuses = static_cast<std::uint32_t>(bits_of(query.statuses));
  filter.order = query.order;
  return filter;
}

bool wanted(const RowFilter& filter, const Row& row) {
  if ((filter.types >> static_cast<std::uint8_t>(row.type) & 1U) == 0) return false;
  if ((filter.statuses >> static_cast<std::uint8_t>(row.status) & 1U) == 0) return false;
  if (filter.levels != 0 && (!row.level || (filter.levels >> static_cast<std::uint8_t>(*row.level) & 1U) == 0)) return false;
  if (filter.undated) return true;
  if (filter.from && row.last && *row.last < *filter.from) return false;
  return !filter.to || !row.first || *row.first <= *filter.to;
}

bool meet(const std::vector<std::string>& wanted, const std::vector<std::string>& there) {
  return std::any_of(there.begin(), there.end(), [&](const std::string& one) {
    return std::find(wanted.begin(), wanted.end(), one) != wanted.end();
  });
}

class ClaimRows final : public RowSource {
 public:
  ClaimRows(const TableView& view, Whose whose, const RowFilter& filter, RecordedTime at)
      : view_(view), filter_(filter), at_(at) {
    const Family family = whose.with == 0 ? Family::entity_events : Family::pair_events;
    const std::string start = start_of(whose);
    for (const Stretch& stretch : stretches_of(filter, kLookbackDays, true, true)) {
      if (stretch.first == kBeforeAllDays && stretch.last == kAfterAllDays)
        ranges_.push_back(starting_with(family, in_section(start, stretch.section)));
      else
        ranges_.push_back(days(family, start, stretch.section, stretch.first, stretch.last));
    }
  }

  Result<std::size_t> fill(std::span<Row> out) override {
    std::size_t count = 0;
    for (; range_ < ranges_.size(); ++range_, scan_.reset()) {
      if (!scan_) {
        const bool forward = filter_.order == Order::oldest_first;
        scan_ = view_.scan(ranges_[range_], forward ? Direction::forward : Direction::backward);
      }
      for (; scan_->valid(); scan_->next()) {
        if (count == out.size()) return count;
        const auto taken = read_row(out[count]);
        if (!taken) return taken.error();
        if (*taken) ++count;
      }
      if (auto status = scan_->status(); !status) return status.error();
    }
    return count;
  }

 private:
  // The row that the scan stands on; false when it is not wanted.
  Result<bool> read_row(Row& out) const {
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
    if (!Lifetime{key.since.time(), row->until}.holds_at(at_)) return false;
    out = Row();
    out.event = {0, key.event};
    out.first = row->earliest;
    out.last = row->latest;
    out.type = row->type;
    out.status = row->status;
    out.level = row->level;
    if (!wanted(filter_, out)) return false;
    return filter_.publishers.empty() ? Result<bool>(true) : said_by_wanted(key.event);
  }

  Result<bool> said_by_wanted(EventNumber number) const {
    const auto record = find_version<EventRecord>(view_, Family::events, event_stem(number), at_);
    if (!record) return record.error();
    if (!record->has_value() || !(*record)->event) return corrupt_row(Family::events, event_stem(number));
    return meet(filter_.publishers, (*record)->event->publishers);
  }

  const TableView& view_;
  const RowFilter& filter_;
  RecordedTime at_;
  std::vector<Range> ranges_;  // in the order in which they are walked
  std::size_t range_ = 0;
  std::unique_ptr<Scan> scan_;
};

graph::DayRow day_row_of(const Row& row) {
  graph::DayRow out;
  if (row.first) out.first = *row.first;
  if (row.last) out.last = *row.last;
  out.table = row.event.table;
  out.code = row.code;
  out.type = row.type;
  out.level = row.level ? static_cast<std::uint8_t>(*row.level) : std::uint8_t{0};
  return out;
}

class LoadRows final : public RowSource {
 public:
  LoadRows(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number, const LoadRecord& load)
      : filter_(filter), load_(load), maker_(number, load), blocks_(view, whose, filter, number, load) {
    by_day_alone_ = filter.types == ~std::uint64_t{0} && filter.levels == 0 && filter.statuses == ~std::uint32_t{0};
    plain_.table = number;
  }

  Result<std::size_t> fill(std::span<Row> out) override {
    std::size_t count = 0;
    while (count < out.size()) {
      if (at_ == size_) {
        const auto more = next_block();
        if (!more) return more.error();
        if (!*more) break;
        if (!blocks_.block().read(block_)) return blocks_.off();
        continue;
      }
      const PackedRow& packed = block_[place()];
      ++at_;
      if (!in_stretch(packed.first)) continue;
      if (by_day_alone_ && !meets_period(packed.first, packed.days_more)) continue;
      Row& row = out[count];
      maker_.make(packed, row);
      if (by_day_alone_ || wanted(filter_, row)) ++count;
    }
    return count;
  }

  // A block whose rows all lie in the period counts by its head alone.
  Result<std::uint64_t> count() override {
    std::uint64_t count = 0;
    while (true) {
      const auto more = blocks_.next();
      if (!more) return more.error();
      if (!*more) return count;
      const RowBlock& block = blocks_.block();
      if (by_day_alone_ && whole_counts(block)) {
        count += block.size();
        continue;
      }
      if (auto read = read_columns(); !read) return read.error();
      for (std::size_t row = 0; row < block.size(); ++row) count += counts(row) ? 1U : 0U;
    }
  }

  Result<std::size_t> fill_days(std::span<graph::DayRow> out) override {
    std::size_t count = 0;
    while (count < out.size()) {
      if (at_ == size_) {
        const auto more = next_block();
        if (!more) return more.error();
        if (!*more) break;
        all_count_ = by_day_alone_ && whole_counts(blocks_.block());
        if (auto read = read_columns(); !read) return read.error();
        continue;
      }
      const std::size_t row = place();
      ++at_;
      if (!all_count_ && !counts(row)) continue;
      graph::DayRow& one = out[count++];
      one = plain_;
      one.first = firsts_[row];
      one.last = firsts_[row] + static_cast<Day>(more_[row]);
      one.code = codes_[row] + 1;
      if (codes_[row] < load_.info.codes.size()) one.type = load_.info.codes[codes_[row]].type;
    }
    return count;
  }

 private:
  // Goes to the first row of the next block; false when there is none.
  Result<bool> next_block() {
    auto more = blocks_.next();
    if (more && *more) {
      at_ = 0;
      size_ = blocks_.block().size();
    }
    return more;
  }
  std::size_t place() const { return filter_.order == Order::newest_first ? size_ - 1 - at_ : at_; }
  bool in_stretch(Day first) const { return first >= blocks_.stretch().first && first <= blocks_.stretch().last; }
  bool meets_period(Day first, std::uint32_t days_more) const {
    if (filter_.to && first > *filter_.to) return false;
    return !filter_.from || std::int64_t{first} + days_more >= *filter_.from;
  }

  // Whether every row of the block lies in the stretch and in the period, told by its ends.
  bool whole_counts(const RowBlock& block) const {
    if (blocks_.first_day() < std::max(blocks_.stretch().first, filter_.from.value_or(kBeforeAllDays))) return false;
    const Day last = std::min(blocks_.stretch().last, filter_.to.value_or(kAfterAllDays));
    if (last == kAfterAllDays) return true;
    const auto ends = block.last_first_day();
    return ends && *ends <= last;
  }

  Result<void> read_columns() {
    const RowBlock& block = blocks_.block();
    return block.first_days(firsts_) && block.days_more(more_) && block.codes(codes_) ? Result<void>() : Result<void>(blocks_.off());
  }
  bool counts(std::size_t row) {
    return in_stretch(firsts_[row]) && meets_period(firsts_[row], more_[row]) && (by_day_alone_ || code_wanted(codes_[row]));
  }
  bool code_wanted(std::uint32_t code) {
    if (codes_wanted_.empty())
      for (std::uint32_t one = 0; one <= load_.info.codes.size(); ++one) {
        Row row;
        maker_.make({0, 0, 0, one, 0, 0, 0}, row);
        RowFilter whenever = filter_;
        whenever.from = whenever.to = std::nullopt;
        codes_wanted_.push_back(wanted(whenever, row));
      }
    return codes_wanted_[std::min<std::size_t>(code, codes_wanted_.size() - 1)];
  }

  const RowFilter& filter_;
  const LoadRecord& load_;
  LoadRowMaker maker_;
  LoadBlocks blocks_;
  bool by_day_alone_ = false;  // nothing but the period is asked
  std::size_t size_ = 0;       // of the block that is read
  std::size_t at_ = 0;
  std::array<PackedRow, kBlockRows> block_;  // for fill()
  // For counting and fill_days().
  std::array<Day, kBlockRows> firsts_;
  std::array<std::uint32_t, kBlockRows> more_;
  std::array<std::uint32_t, kBlockRows> codes_;
  bool all_count_ = false;
  std::vector<bool> codes_wanted_;  // by code, and last those that the table has no word for
  graph::DayRow plain_;
};

class MergedRows final : public RowSource {
 public:
  MergedRows(std::vector<std::unique_ptr<RowSource>> sources, Order order) : order_(order) {
    for (auto& source : sources) lanes_.push_back({std::move(source), {}, 0, 0});
  }

  Result<std::size_t> fill(std::span<Row> out) override {
    if (!started_) {
      started_ = true;
      for (Lane& lane : lanes_)
        if (auto more = refill(lane); !more) return more.error();
    }
    std::size_t count = 0;
    while (count < out.size()) {
      Lane* first = nullptr;
      for (Lane& lane : lanes_)
        if (lane.at < lane.size && (first == nullptr || comes_before(lane.head(), first->head(), order_))) first = &lane;
      if (first == nullptr) break;
      // Another source may have given it already.
      if (last_ != first->head().event) {
        out[count++] = first->head();
        last_ = first->head().event;
      }
      if (++first->at == first->size)
        if (auto more = refill(*first); !more) return more.error();
    }
    return count;
  }

 private:
  static constexpr std::size_t kAhead = 16;

  struct Lane {
    std::unique_ptr<RowSource> source;
    std::array<Row, kAhead> rows;
    std::size_t at;
    std::size_t size;
    const Row& head() const { return rows[at]; }
  };

  static Result<void> refill(Lane& lane) {
    const auto got = lane.source->fill(lane.rows);
    if (!got) return got.error();
    lane.size = *got;
    lane.at = 0;
    return {};
  }

  Order order_;
  std::vector<Lane> lanes_;
  std::optional<graph::EventRef> last_;
  bool started_ = false;
};

}  // namespace

Result<std::uint64_t> RowSource::count() {
  std::array<Row, kSome> some;
  std::uint64_t count = 0;
  while (true) {
    const auto got = fill(some);
    if (!got) return got.error();
    if (*got == 0) return count;
    count += *got;
  }
}

Result<std::size_t> RowSource::fill_days(std::span<graph::DayRow> out) {
  std::array<Row, kSome> some;
  const auto got = fill(std::span(some).first(std::min(some.size(), out.size())));
  if (!got) return got.error();
  std::transform(some.begin(), some.begin() + static_cast<std::ptrdiff_t>(*got), out.begin(), &day_row_of);
  return *got;
}

RowFilter filter_of(const graph::TimelineQuery& query) { return common_filter(query); }

RowFilter filter_of(const graph::RowQuery& query) {
  RowFilter filter = common_filter(query);
  filter.publishers = query.publishers;
  return filter;
}

bool comes_before(const Row& a, const Row& b, Order order) {
  const bool a_undated = !a.first && !a.last;
  const bool b_undated = !b.first && !b.last;
  if (a_undated != b_undated) return b_undated;
  const auto key = [](const Row& row) { return std::pair(row.first.value_or(kBeforeAllDays), row.event); };
  return order == Order::oldest_first ? key(a) < key(b) : key(b) < key(a);
}

std::unique_ptr<RowSource> claim_rows(const TableView& view, Whose whose, const RowFilter& filter, RecordedTime at) {
  return std::make_unique<ClaimRows>(view, whose, filter, at);
}

std::unique_ptr<RowSource> load_rows(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number,
                                     const LoadRecord& load) {
  return std::make_unique<LoadRows>(view, whose, filter, number, load);
}

std::unique_ptr<RowSource> merged_rows(std::vector<std::unique_ptr<RowSource>> sources, Order order) {
  if (sources.size() == 1) return std::move(sources.front());
  return std::make_unique<MergedRows>(std::move(sources), order);
}

}  // namespace entente::storage
