#include "graph/view/freeze.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "graph/ontology/crosswalk.h"
#include "graph/view/whole.h"

namespace entente::graph {
namespace {

template <class Value>
std::uint8_t number_or_none(const std::optional<Value>& value) {
  return value ? static_cast<std::uint8_t>(*value) : std::uint8_t{0};
}

// "042" and "0421" -> 4.
std::uint8_t root_of(std::string_view cameo) {
  constexpr std::size_t kRootDigits = 2;
  std::uint8_t root = 0;
  const std::string_view digits = cameo.substr(0, kRootDigits);
  std::from_chars(digits.data(), digits.data() + digits.size(), root);
  return root;
}

}  // namespace

std::uint8_t group_of_code(const std::string& code) {
  if (code.empty() || code.find_first_not_of("0123456789") != std::string::npos) return 0;
  constexpr std::size_t kWritten = 3;
  constexpr std::uint8_t kTen = 10;
  return code.size() >= kWritten ? root_of(code) : static_cast<std::uint8_t>(root_of(code) / kTen);
}

Happening happening_of(const EventFacts& facts) {
  Happening out;
  if (facts.date) {
    out.first = facts.date->earliest().value_or(kOpenStart);
    out.last = facts.date->latest().value_or(kOpenEnd);
  }
  out.edition = facts.edition ? static_cast<std::uint32_t>(std::max(0, *facts.edition)) : 0;
  constexpr int kCountMax = 65535;
  out.count = static_cast<std::uint16_t>(std::clamp(facts.count.value_or(1), 1, kCountMax));
  out.type = facts.type;
  out.status = facts.status;
  out.mode = number_or_none(facts.mode);
  out.level = number_or_none(facts.level);
  out.stage = number_or_none(facts.stage);
  out.stance = number_or_none(facts.stance);
  out.group = root_of(crosswalk({facts.type, facts.status, facts.mode, facts.stage, facts.stance}).cameo);
  return out;
}

std::string place_text(const Place& place) { return place.city + "|" + place.country; }

std::string publishers_text(const std::vector<std::string>& publishers) {
  std::vector<std::string> sorted = publishers;
  std::sort(sorted.begin(), sorted.end());
  std::string out;
  for (const std::string& one : sorted) out += (out.empty() ? "|" : "") + one + "|";
  return out;
}

std::vector<std::pair<EntityId, std::uint8_t>> parts_of(const EventFacts& facts) {
  std::vector<std::pair<EntityId, std::uint8_t>> out;
  const auto add = [&](const EntityId& id) {
    for (const auto& [there, role] : out)
      if (there == id) return;
    const auto role = facts.roles.find(id);
    out.emplace_back(id, role == facts.roles.end() ? std::uint8_t{0} : static_cast<std::uint8_t>(role->second));
  };
  for (const EntityId& id : facts.parties) add(id);
  for (const EntityId& id : facts.officials) add(id);
  if (facts.forum) add(*facts.forum);
  return out;
}

namespace {

FrozenGraph::Builder::Description description_of(const Entity& entity, EntityIx number, FrozenGraph::Builder& builder) {
  FrozenGraph::Builder::Description out;
  out.label = entity.label;
  out.kind = kind_of(entity.id).value_or(EntityKind::topic);
  if (entity.of) out.of = builder.entity(entity.of->str());
  for (const EntityId& group : entity.member_of) out.groups.push_back(builder.entity(group.str()));
  for (const std::string& post : entity.posts) out.posts += (out.posts.empty() ? "" : "\n") + post;
  builder.name(number, entity.label);
  for (const EntityName& name : entity.names) builder.name(number, name.text);
  return out;
}

}  // namespace

namespace {

class Freezing {
 public:
  Freezing(Reader& reader, const FrozenLimits& limits, const std::function<bool()>& stop)
      : reader_(reader),
        rows_(reader.rows()),
        whole_(dynamic_cast<WholeView*>(&reader)),
        builder_(limits),
        stop_(stop) {}

  Result<std::shared_ptr<const FrozenGraph>> all() {
    if (rows_ == nullptr && whole_ == nullptr)
      return Error{ErrorCode::invalid_argument,
                   "the whole of a record is not sent over the network; ask the server, or open the store with --db",
                   {}};
    const auto named =
        rows_ != nullptr ? entities_of_rows() : whole_->each_entity([&](const Entity& one) { return take(one); });
    if (!named) return named.error();
    const auto told =
        rows_ != nullptr
            ? rows_->each_event([&](const Row& row, std::span<const Participant> parts) { return take(row, parts); })
            : whole_->each_event([&](const Event& one) { return take(one); });
    if (!told) return told.error();
    const auto recorded = reader_.recorded();
    if (!recorded) return recorded.error();
    return std::move(builder_).finish(*recorded);
  }

 private:
  Result<void> go_on() {
    constexpr std::size_t kAskEvery = 4096;
    if (++seen_ % kAskEvery != 0 || !stop_()) return {};
    return Error{ErrorCode::cancelled, "stopped while the graph in memory was being built", {}};
  }

  Result<bool> take(const Entity& entity) {
    if (auto going = go_on(); !going) return going.error();
    const EntityIx number = builder_.entity(entity.id.str());
    builder_.describe(number, description_of(entity, number, builder_));
    return true;
  }

  Result<bool> take(const Event& event) {
    if (auto going = go_on(); !going) return going.error();
    Happening happening = happening_of(event.facts);
    if (event.facts.forum) happening.forum = builder_.entity(event.facts.forum->str());
    if (event.facts.place) happening.place = builder_.text(place_text(*event.facts.place));
    happening.publishers = builder_.text(publishers_text(event.publishers));
    parts_.clear();
    for (const auto& [id, role] : parts_of(event.facts)) parts_.emplace_back(builder_.entity(id.str()), role);
    const auto added = builder_.event(event.id.str(), happening, parts_);
    return added ? Result<bool>(true) : Result<bool>(added.error());
  }

  // Numbers of the store to those of the graph.
  Result<void> entities_of_rows() {
    const auto end = rows_->numbers_end();
    if (!end) return end.error();
    numbers_.assign(std::size_t{*end} + 1, kNoIndex);
    for (EntityNumber number = 1; number <= *end; ++number) {
      if (auto going = go_on(); !going) return going;
      const auto kind = rows_->kind_of(number);
      if (!kind && number == *end) break;  // the next to be given
      if (!kind) return kind.error();
      if (!*kind) continue;  // a text that is no entity, or none of this view
      const auto id = rows_->id_of(number);
      if (!id) return id.error();
      const auto entity = reader_.find_entity(*id);
      if (!entity) return entity.error();
      if (!*entity) continue;
      const EntityIx ix = numbers_[number] = builder_.entity(id->str());
      auto description = description_of(**entity, ix, builder_);
      description.kind = **kind;
      builder_.describe(ix, std::move(description));
    }
    return {};
  }
  Result<EntityIx> number_of_row(EntityNumber number) {
    if (number >= numbers_.size()) numbers_.resize(std::size_t{number} + 1, kNoIndex);
    if (numbers_[number] == kNoIndex) {
      const auto id = rows_->id_of(number);
      if (!id) return id.error();
      numbers_[number] = builder_.entity(id->str());
    }
    return numbers_[number];
  }

  // An event of releases is read whole: its forum, stage and place are not in its row. One of a table is its row.
  Result<bool> take(const Row& row, std::span<const Participant> participants) {
    if (row.event.table == 0) {
      const auto event = reader_.find_event(rows_->id_of(row.event));
      if (!event) return event.error();
      return *event ? take(**event) : Result<bool>(true);
    }
    if (auto going = go_on(); !going) return going.error();
    Happening happening;
    happening.first = row.first.value_or(kOpenStart);
    happening.last = row.last.value_or(kOpenEnd);
    happening.type = row.type;
    happening.status = row.status;
    happening.level = number_or_none(row.level);
    happening.mode = number_or_none(row.mode);
    if (auto texts = texts_of(row, happening); !texts) return texts.error();
    parts_.clear();
    for (const Participant& one : participants) {
      const auto who = number_of_row(one.entity);
      if (!who) return who.error();
      const bool there =
          std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.who() == *who; });
      if (!there) parts_.emplace_back(*who, static_cast<std::uint8_t>(one.role));
      if (happening.forum == kNoIndex && builder_.kind(*who) == EntityKind::forum) happening.forum = *who;
    }
    const auto added = builder_.event(rows_->id_of(row.event).str(), happening, parts_);
    return added ? Result<bool>(true) : Result<bool>(added.error());
  }

  struct Code {
    std::uint32_t text = 0;
    std::uint8_t group = 0;
  };
  const std::vector<Code>& codes_of(std::uint32_t table) {
    auto& codes = codes_[table];
    if (codes.empty()) {
      codes.emplace_back();
      for (const std::string& code : rows_->codes(table)) codes.push_back({builder_.text(code), group_of_code(code)});
    }
    return codes;
  }
  Result<void> texts_of(const Row& row, Happening& happening) {
    const auto& codes = codes_of(row.event.table);
    const Code code = row.code < codes.size() ? codes[row.code] : Code{};
    happening.code = code.text;
    happening.group = code.text != 0
                          ? code.group
                          : root_of(crosswalk({row.type, row.status, row.mode, std::nullopt, std::nullopt}).cameo);
    if (row.place != 0) {
      const auto [at, fresh] = places_.try_emplace(row.place, 0U);
      if (fresh) {
        const auto id = rows_->id_of(row.place);
        if (!id) return id.error();
        at->second = builder_.text(place_text({id->str(), {}}));
      }
      happening.place = at->second;
    }
    const auto [at, fresh] = publishers_.try_emplace(row.publishers, 0U);
    if (fresh && row.publishers != 0) {
      const auto names = rows_->publishers(row.publishers);
      if (!names) return names.error();
      at->second = builder_.text(publishers_text(*names));
    }
    happening.publishers = at->second;
    return {};
  }

  Reader& reader_;
  RowReader* rows_;
  WholeView* whole_;
  FrozenGraph::Builder builder_;
  const std::function<bool()>& stop_;
  std::size_t seen_ = 0;
  std::vector<Part> parts_;
  std::vector<EntityIx> numbers_;
  std::map<std::uint32_t, std::vector<Code>> codes_;
  std::map<EntityNumber, std::uint32_t> places_;
  std::map<std::uint32_t, std::uint32_t> publishers_;
};

}  // namespace

Result<std::shared_ptr<const FrozenGraph>> freeze(Reader& reader, const FrozenLimits& limits,
                                                  const std::function<bool()>& stop) {
  return Freezing(reader, limits, stop).all();
}

}  // namespace entente::graph
