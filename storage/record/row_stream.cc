#include "storage/record/row_stream.h"

#include <algorithm>
#include <array>
#include <limits>

#include "storage/record/claims.h"
#include "storage/record/event_rows.h"

namespace entente::storage {
namespace {

using graph::Order;
using graph::Row;

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

// A part of a timeline: a section, and the first and last of the days that its rows stand on.
struct Stretch {
  Section section = Section::dated;
  Day first = kBeforeAllDays;
  Day last = kLastDay;
};

// A period looks among ordinary rows from some days before it on, since an event told as "2020" stands on its first day,
// and among the lasting ones before that.
std::vector<Stretch> stretches_of(const RowFilter& filter, Day lookback, bool lasting, bool undated) {
  if (filter.undated) return undated ? std::vector<Stretch>{{Section::undated}} : std::vector<Stretch>();
  if (!filter.from && !filter.to)
    return undated ? std::vector<Stretch>{{Section::dated}, {Section::undated}} : std::vector<Stretch>{{Section::dated}};
  const Day last = filter.to.value_or(kLastDay);
  if (!filter.from || *filter.from < kBeforeAllDays + lookback + 1) return {{Section::dated, kBeforeAllDays, last}};
  const Day first = *filter.from - lookback;
  std::vector<Stretch> out{{Section::dated, first, last}};
  if (lasting) out.insert(filter.order == Order::newest_first ? out.end() : out.begin(), {Section::lasting, kBeforeAllDays, first - 1});
  return out;
}

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

std::string start_of(Whose whose) {
  std::string start;
  if (whose.with == 0) {
    put_big_endian(start, whose.entity);
  } else {
    put_big_endian(start, std::min(whose.entity, whose.with));
    put_big_endian(start, std::max(whose.entity, whose.with));
  }
  return start;
}

class ClaimRows final : public RowSource {
 public:
  ClaimRows(const TableView& view, Whose whose, const RowFilter& filter, RecordedTime at)
      : view_(view), filter_(filter), at_(at) {
    const Family family = whose.with == 0 ? Family::entity_events : Family::pair_events;
    const std::string start = start_of(whose);
    for (const Stretch& stretch : stretches_of(filter, kLookbackDays, true, true)) {
      if (stretch.first == kBeforeAllDays && stretch.last == kLastDay)
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

class LoadRows final : public RowSource {
 public:
  LoadRows(const TableView& view, Whose whose, const RowFilter& filter, LoadNumber number, const LoadRecord& load)
      : view_(view),
        filter_(filter),
        maker_(number, load),
        family_(whose.with == 0 ? Family::load_entity_rows : Family::load_pair_rows),
        start_(start_of(whose)) {
    put_big_endian(start_, number);
    const auto most = static_cast<Day>(std::min<std::uint32_t>(load.days_more_max, static_cast<std::uint32_t>(kLookbackDays)));
    stretches_ = stretches_of(filter, most, load.days_more_max > static_cast<std::uint32_t>(kLookbackDays), false);
    const bool said = filter.publishers.empty() || meet(filter.publishers, {load.info.publisher});
    if (!said) stretches_.clear();
    by_day_alone_ = filter.types == ~std::uint64_t{0} && filter.levels == 0 && filter.statuses == ~std::uint32_t{0};
  }

  Result<std::size_t> fill(std::span<Row> out) override {
    std::size_t count = 0;
    while (count < out.size()) {
      if (at_ == size_) {
        const auto more = read_block();
        if (!more) return more.error();
        if (!*more) break;
        continue;
      }
      const PackedRow& packed = block_[filter_.order == Order::newest_first ? size_ - 1 - at_ : at_];
      ++at_;
      if (packed.first < stretch().first || packed.first > stretch().last) continue;
      if (by_day_alone_ && !meets_period(packed)) continue;
      Row& row = out[count];
      maker_.make(packed, row);
      if (by_day_alone_ || wanted(filter_, row)) ++count;
    }
    return count;
  }

 private:
  const Stretch& stretch() const { return stretches_[stretch_]; }

  bool meets_period(const PackedRow& packed) const {
    if (filter_.to && packed.first > *filter_.to) return false;
    return !filter_.from || std::int64_t{packed.first} + packed.days_more >= *filter_.from;
  }

  // The next block of rows, of this stretch or the next; false at the end.
  Result<bool> read_block() {
    for (; stretch_ < stretches_.size(); ++stretch_, scan_.reset()) {
      if (!scan_) {
        if (auto opened = open_scan(); !opened) return opened.error();
      } else {
        scan_->next();
      }
      if (!scan_->valid()) {
        if (auto status = scan_->status(); !status) return status.error();
        continue;
      }
      if (auto read = take_block(); !read) return read.error();
      // Going back, nothing before this block can be as late as the stretch begins.
      if (filter_.order == Order::newest_first && size_ > 0 && block_[size_ - 1].first < stretch().first) {
        size_ = at_ = 0;
        continue;
      }
      return true;
    }
    return false;
  }

  Result<void> open_scan() {
    Range range = days(family_, start_, stretch().section, kBeforeAllDays, stretch().last);
    range.lower = in_section(start_, stretch().section);
    if (filter_.order == Order::newest_first) {
      scan_ = view_.scan(range, Direction::backward);
      return {};
    }
    // The block that holds the first day may begin before it.
    if (stretch().first != kBeforeAllDays) {
      Range before = range;
      before.upper = in_section(start_, stretch().section);
      put_big_endian(before.upper, order_preserving(stretch().first));
      const auto back = view_.scan(before, Direction::backward);
      if (back->valid()) range.lower = std::string(back->key());
      if (auto status = back->status(); !status) return status;
    }
    scan_ = view_.scan(range, Direction::forward);
    return {};
  }

  // Section, day and event stand at the end of either key.
  Result<void> take_block() {
    const std::string_view key = scan_->key();
    constexpr std::size_t kEnd = fields::kWidth<Day> + fields::kWidth<std::uint64_t>;
    if (key.size() != info(family_).key_bytes) return corrupt_row(family_, key);
    Day day = 0;
    std::uint64_t event = 0;
    fields::get(key.substr(key.size() - kEnd), day);
    fields::get(key.substr(key.size() - fields::kWidth<std::uint64_t>), event);
    RowBlock rows(scan_->value(), day, event);
    at_ = 0;
    size_ = rows.read(block_);
    return rows.done() ? Result<void>() : Result<void>(corrupt_row(family_, key));
  }

  const TableView& view_;
  const RowFilter& filter_;
  LoadRowMaker maker_;
  Family family_;
  std::string start_;
  std::vector<Stretch> stretches_;
  std::size_t stretch_ = 0;
  std::unique_ptr<Scan> scan_;
  bool by_day_alone_ = false;  // nothing but the period is asked
  std::array<PackedRow, kBlockRows> block_;
  std::size_t size_ = 0;
  std::size_t at_ = 0;
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
