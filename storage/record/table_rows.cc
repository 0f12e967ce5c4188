#include "storage/record/table_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "storage/record/claims.h"
#include "storage/record/dictionary.h"
#include "storage/record/event_rows.h"
#include "storage/record/timeline.h"

namespace entente::storage {
namespace {

using graph::EntityId;
using graph::EntityKind;
using graph::EventRef;
using graph::Participant;
using graph::Row;
using graph::RowQuery;

// The rows of one entity that are of events with the other, for a pair that has no rows of its own.
class Meetings final : public RowSource {
 public:
  // The scope and the filter outlive it.
  Meetings(const Scope& scope, const RowQuery& query, const RowFilter& filter)
      : rows_(rows_of(scope, {query.entity, 0}, filter)), others_(rows_of(scope, {query.with, 0}, filter)), order_(query.order) {}
  Meetings(const Meetings&) = delete;
  Meetings& operator=(const Meetings&) = delete;

  // Both sides come in the same order, so one pass over each finds what they share.
  Result<std::size_t> fill(std::span<Row> out) override {
    std::size_t count = 0;
    while (count < out.size()) {
      if (!mine_.valid() && !done_)
        if (auto more = pull(mine_, *rows_); !more) return more.error();
      if (!theirs_.valid() && !done_)
        if (auto more = pull(theirs_, *others_); !more) return more.error();
      if (done_) break;
      const Row& a = mine_.head();
      const Row& b = theirs_.head();
      if (a.event == b.event) {
        out[count] = a;
        out[count++].role = {};
        ++mine_.at;
        ++theirs_.at;
      } else if (comes_before(a, b, order_)) {
        ++mine_.at;
      } else {
        ++theirs_.at;
      }
    }
    return count;
  }

 private:
  struct Ahead {
    std::array<Row, kBlockRows> rows;
    std::size_t at = 0;
    std::size_t size = 0;
    bool valid() const { return at < size; }
    const Row& head() const { return rows[at]; }
  };

  Result<void> pull(Ahead& ahead, RowSource& source) {
    const auto got = source.fill(ahead.rows);
    if (!got) return got.error();
    ahead.at = 0;
    ahead.size = *got;
    done_ = *got == 0;
    return {};
  }

  std::unique_ptr<RowSource> rows_;
  std::unique_ptr<RowSource> others_;
  graph::Order order_;
  Ahead mine_;
  Ahead theirs_;
  bool done_ = false;
};

// The events of a query, and what it filters by, which lives as long.
class Cursor final : public graph::RowCursor, public graph::DayCursor {
 public:
  Cursor(const Scope& scope, const RowQuery& query, bool meetings) : filter_(filter_of(query)) {
    if (meetings)
      source_ = std::make_unique<Meetings>(scope, query, filter_);
    else
      source_ = rows_of(scope, {query.entity, query.with}, filter_);
  }
  Cursor(const Cursor&) = delete;
  Cursor& operator=(const Cursor&) = delete;
  Result<std::size_t> next(std::span<Row> out) override { return source_->fill(out); }
  Result<std::size_t> next(std::span<graph::DayRow> out) override { return source_->fill_days(out); }
  Result<std::uint64_t> count() { return source_->count(); }

 private:
  RowFilter filter_;
  std::unique_ptr<RowSource> source_;
};

class Rows final : public graph::RowReader, public graph::TableFactsReader {
 public:
  explicit Rows(const Scope& scope) : scope_(scope) {}

  Result<std::optional<EntityNumber>> find_number(const EntityId& id) override {
    return storage::find_number(scope_, id);
  }

  Result<EntityId> id_of(EntityNumber number) override {
    auto id = storage::id_of(*scope_.view, number);
    if (!id) return id.error();
    return EntityId(std::move(*id));
  }

  Result<std::optional<EntityKind>> kind_of(EntityNumber number) override {
    if (const auto* load = load_with(scope_, number)) return kind_in(load->second, number);
    const auto id = id_of(number);
    if (!id) return id.error();
    return graph::kind_of(*id);
  }

  Result<EntityNumber> numbers_end() override {
    const auto next = get_row<Number>(*scope_.view, Family::meta, encode_key(MetaKey{MetaName::next_number}));
    if (!next) return next.error();
    return next->has_value() ? static_cast<EntityNumber>((*next)->value) : EntityNumber{1};
  }

  std::optional<EventRef> find_ref(const graph::EventId& id) override {
    if (const auto number = number_of(id)) return EventRef{0, *number};
    const InLoad in = load_of_id(scope_, id.str());
    return in.load == nullptr ? std::nullopt : std::optional(EventRef{in.load->first, in.id});
  }

  graph::EventId id_of(EventRef event) override {
    if (event.table == 0) return event_id_of(event.number);
    return graph::EventId(fmt::format("{}:{}", load(event.table).info.prefix, event.number));
  }

  Result<std::optional<graph::TableFacts>> table_facts(const graph::EventId& id) override {
    const auto ref = find_ref(id);
    if (!ref || ref->table == 0) return std::optional<graph::TableFacts>();
    auto loaded = find_loaded(scope_, *ref);
    if (!loaded) return loaded.error();
    return loaded->has_value() ? std::optional(std::move((*loaded)->table)) : std::nullopt;
  }

  Result<std::unique_ptr<graph::RowCursor>> rows(const RowQuery& query) override {
    auto cursor = open(query);
    return cursor ? Result<std::unique_ptr<graph::RowCursor>>(std::move(*cursor)) : cursor.error();
  }
  Result<std::unique_ptr<graph::DayCursor>> days(const RowQuery& query) override {
    auto cursor = open(query);
    return cursor ? Result<std::unique_ptr<graph::DayCursor>>(std::move(*cursor)) : cursor.error();
  }
  Result<std::uint64_t> count(const RowQuery& query) override {
    const auto cursor = open(query);
    return cursor ? (*cursor)->count() : cursor.error();
  }

  Result<void> each_event(const Visit& visit) override {
    bool go_on = true;
    if (auto walked = each_claimed(visit, go_on); !walked) return walked;
    std::vector<Participant> parts;
    for (const auto& [number, record] : scope_.loads) {
      if (!go_on) return {};
      LoadRowMaker maker(number, record);
      const auto walked = each_load_event(*scope_.view, number, [&](const PackedEvent& event) -> Result<bool> {
        parts.clear();
        for (const PackedPart& part : event.parts)
          parts.push_back({part.entity, maker.role(part.role), part.role});
        Row row;
        maker.make({event.first, event.days_more, event.event, event.code, event.place, event.source, 0}, row);
        const auto more = visit(row, parts);
        if (more) go_on = *more;
        return more;
      });
      if (!walked) return walked;
    }
    return {};
  }

  std::vector<std::uint32_t> tables() override {
    std::vector<std::uint32_t> out;
    for (const auto& [number, record] : scope_.loads) out.push_back(number);
    return out;
  }
  std::vector<std::string> codes(std::uint32_t table) override {
    std::vector<std::string> out;
    for (const auto& code : load(table).info.codes) out.push_back(code.code);
    return out;
  }
  std::vector<std::string> roles(std::uint32_t table) override { return load(table).info.roles; }
  std::string source_id(std::uint32_t table, std::uint64_t source) override {
    return fmt::format("{}:{}", load(table).info.prefix, source);
  }

  Result<std::vector<std::string>> publishers(std::uint32_t mark) override {
    const auto found = scope_.loads.find(mark & ~kLoadMark);
    if (mark == 0 || found == scope_.loads.end()) return std::vector<std::string>();
    const std::string& publisher = found->second.info.publisher;
    return publisher.empty() ? std::vector<std::string>() : std::vector<std::string>{publisher};
  }

 private:
  const LoadRecord& load(std::uint32_t table) const {
    const auto found = scope_.loads.find(table);
    ENTENTE_CHECK(found != scope_.loads.end(), "{} is no table of this view", table);
    return found->second;
  }

  Result<std::unique_ptr<Cursor>> open(const RowQuery& query) {
    if (query.from && query.to && *query.to < *query.from)
      return Error{ErrorCode::invalid_argument, "the period ends before it starts: swap the two", {}};
    bool meetings = false;
    if (query.with != 0) {
      const auto paired = is_paired(query.entity, query.with);
      if (!paired) return paired.error();
      meetings = !*paired;
    }
    return std::make_unique<Cursor>(scope_, query, meetings);
  }

  // Only parties have rows as pairs.
  Result<bool> is_paired(EntityNumber a, EntityNumber b) {
    for (const EntityNumber number : {a, b}) {
      const auto kind = kind_of(number);
      if (!kind) return kind.error();
      if (!*kind || **kind > EntityKind::region) return false;
    }
    return true;
  }

  Result<void> each_claimed(const Visit& visit, bool& go_on) {
    std::vector<Participant> parts;
    std::optional<EventNumber> last;
    return for_each_row<EventKey, EventRecord>(
        *scope_.view, whole(Family::events), [&](const EventKey& key, const EventRecord&) -> Result<bool> {
          if (last == key.event) return true;
          last = key.event;
          const auto record = find_version<EventRecord>(*scope_.view, Family::events, event_stem(key.event), scope_.at);
          if (!record) return record.error();
          if (!record->has_value() || !(*record)->event) return true;
          const graph::EventFacts& facts = (*record)->event->facts;
          Row row;
          row.event = {0, key.event};
          if (facts.date) row.first = facts.date->earliest(), row.last = facts.date->latest();
          row.type = facts.type;
          row.status = facts.status;
          row.level = facts.level;
          row.mode = facts.mode;
          parts.clear();
          for (const EntityId& id : participants(facts)) {
            // Events are told with the ids that hold.
            const auto number = storage::find_number(*scope_.view, id.str());
            if (!number) return number.error();
            if (!number->has_value()) return corrupt_row(Family::events, event_stem(key.event));
            const auto role = facts.roles.find(id);
            parts.push_back({**number, role == facts.roles.end() ? graph::Role{} : role->second, 0});
          }
          const auto more = visit(row, parts);
          if (more) go_on = *more;
          return more;
        });
  }

  const Scope& scope_;
};

}  // namespace

std::unique_ptr<RowSource> rows_of(const Scope& scope, Whose whose, const RowFilter& filter) {
  if (const auto* load = load_with(scope, whose.entity))
    return load_rows(*scope.view, whose, filter, load->first, load->second);
  return claim_rows(*scope.view, whose, filter, scope.at);
}

std::unique_ptr<graph::RowReader> make_row_reader(const Scope& scope) { return std::make_unique<Rows>(scope); }

}  // namespace entente::storage
