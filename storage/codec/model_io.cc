#include "storage/codec/model_io.h"

#include <limits>

#include "base/check.h"
#include "storage/codec/id_text.h"
#include "storage/codec/keys.h"

namespace entente::storage {
namespace {

using graph::EntityId;

// A list: how many, then each by `put_one`; read back, each by `get_one`.
template <class List, class PutOne>
void put_list(ByteWriter& out, const List& list, PutOne put_one) {
  out.varint(list.size());
  for (const auto& element : list) put_one(element);
}
template <class Element, class GetOne>
void get_list(ByteReader& in, std::vector<Element>& list, GetOne get_one) {
  const std::size_t count = in.count();
  for (std::size_t i = 0; i < count && in.good(); ++i) list.push_back(get_one());
}

void put_ids(ByteWriter& out, const std::vector<EntityId>& ids) {
  put_list(out, ids, [&](const EntityId& id) { out.text(id.str()); });
}
void get_ids(ByteReader& in, std::vector<EntityId>& ids) {
  get_list(in, ids, [&] { return EntityId(std::string(in.text())); });
}
void put_texts(ByteWriter& out, const std::vector<std::string>& texts) {
  put_list(out, texts, [&](const std::string& text) { out.text(text); });
}
void get_texts(ByteReader& in, std::vector<std::string>& texts) {
  get_list(in, texts, [&] { return std::string(in.text()); });
}

void put_id(ByteWriter& out, const std::optional<EntityId>& id) { out.text(id ? id->str() : std::string()); }
void get_id(ByteReader& in, std::optional<EntityId>& id) {
  if (const auto text = in.text(); !text.empty()) id = EntityId(std::string(text));
}

// 0 for nothing, else one more than the number, so that every number can stand.
void put_int(ByteWriter& out, std::optional<int> value) {
  out.u8(value ? 1 : 0);
  if (value) out.signed_varint(*value);
}
void get_int(ByteReader& in, std::optional<int>& value) {
  const std::uint8_t present = in.u8();
  if (present > 1) in.fail();
  if (present != 1) return;
  const std::int64_t number = in.signed_varint();
  if (number < std::numeric_limits<int>::min() || number > std::numeric_limits<int>::max()) return in.fail();
  value = static_cast<int>(number);
}

void put_claim_id(ByteWriter& out, const graph::ClaimId& id) {
  const auto key = key_of(id);
  ENTENTE_CHECK(key.has_value(), "'{}' is no claim's id", id.str());
  out.u64(key->release);
  out.varint(key->revision);
  out.varint(key->number);
}
ClaimKey get_claim_key(ByteReader& in) {
  const ReleaseNumber release = in.u64();
  const std::uint64_t revision = in.varint();
  const std::uint64_t number = in.varint();
  constexpr std::uint64_t kMax = std::numeric_limits<std::uint32_t>::max();
  if (revision > kMax || number > kMax) in.fail();
  return {release, static_cast<std::uint32_t>(revision), static_cast<std::uint32_t>(number)};
}
graph::ClaimId get_claim_id(ByteReader& in) { return claim_id_of(get_claim_key(in)); }

// What `add` adds to the text. REQUIRES: the text has room for it.
template <class Add>
std::string_view spelled(std::string& text, Add add) {
  const std::size_t from = text.size();
  add();
  return std::string_view(text).substr(from);
}

std::optional<graph::NameKind> name_kind_from_number(std::uint8_t number) {
  const bool known = number >= static_cast<std::uint8_t>(graph::NameKind::label) &&
                     number <= static_cast<std::uint8_t>(graph::NameKind::seat);
  return known ? std::optional(static_cast<graph::NameKind>(number)) : std::nullopt;
}

void put_name(ByteWriter& out, const graph::EntityName& name) {
  out.text(name.text);
  put_enum(out, name.kind);
  out.text(name.language);
  put_int(out, name.from_year);
  put_int(out, name.until_year);
}
graph::EntityName get_name(ByteReader& in) {
  graph::EntityName name;
  name.text = in.text();
  get_enum(in, name.kind, &name_kind_from_number);
  name.language = in.text();
  get_int(in, name.from_year);
  get_int(in, name.until_year);
  return name;
}

void put_official(ByteWriter& out, const graph::OfficialFacts& facts) {
  out.text(facts.id.str());
  out.text(facts.name);
  out.text(facts.of.str());
  out.text(facts.post);
}
graph::OfficialFacts get_official(ByteReader& in) {
  graph::OfficialFacts facts;
  facts.id = EntityId(std::string(in.text()));
  facts.name = in.text();
  facts.of = EntityId(std::string(in.text()));
  facts.post = in.text();
  return facts;
}

void put_forum(ByteWriter& out, const graph::ForumFacts& facts) {
  out.text(facts.id.str());
  out.text(facts.name);
  out.text(facts.inception.value_or(std::string()));
}
graph::ForumFacts get_forum(ByteReader& in) {
  graph::ForumFacts facts;
  facts.id = EntityId(std::string(in.text()));
  facts.name = in.text();
  if (const auto inception = in.text(); !inception.empty()) facts.inception = inception;
  return facts;
}

// What an event's facts are made of, as values and as views of the bytes: one order of fields for both.
void get_date(ByteReader& in, std::optional<Edtf>& date) { get(in, date); }
void get_date(ByteReader& in, std::string_view& date) { date = in.text(); }
void get_ids(ByteReader& in, std::vector<std::string_view>& ids) {
  get_list(in, ids, [&] { return in.text(); });
}
void get_id(ByteReader& in, std::string_view& id) { id = in.text(); }

void add_role(std::map<EntityId, graph::Role>& roles, std::string_view who, graph::Role role) { roles.emplace(std::string(who), role); }
void add_role(std::vector<std::pair<std::string_view, graph::Role>>& roles, std::string_view who, graph::Role role) { roles.emplace_back(who, role); }

void set_place(graph::EventFacts& facts, std::string_view city, std::string_view country) {
  facts.place = graph::Place{std::string(city), std::string(country)};
}
void set_place(graph::FactsView& facts, std::string_view city, std::string_view country) {
  facts.city = city;
  facts.country = country;
}

template <class Facts>
void get_facts(ByteReader& in, Facts& facts) {
  get_enum(in, facts.type, &graph::event_type_from_number);
  get_date(in, facts.date);
  get_enum(in, facts.status, &graph::status_from_number);
  get_ids(in, facts.parties);
  get_ids(in, facts.officials);
  const std::size_t roles = in.count();
  for (std::size_t i = 0; i < roles && in.good(); ++i) {
    const std::string_view who = in.text();
    graph::Role role{};
    get_enum(in, role, &graph::role_from_number);
    add_role(facts.roles, who, role);
  }
  get_id(in, facts.forum);
  get_int(in, facts.edition);
  const std::uint8_t placed = in.u8();
  if (placed > 1) in.fail();
  if (placed == 1) {
    const std::string_view city = in.text();
    set_place(facts, city, in.text());
  }
  get_enum(in, facts.mode, &graph::mode_from_number);
  get_enum(in, facts.level, &graph::level_from_number);
  get_enum(in, facts.stage, &graph::stage_from_number);
  get_enum(in, facts.stance, &graph::stance_from_number);
  get_int(in, facts.count);
}

// The alternatives of a claim's body, in the order of their numbers on disk.
enum class BodyKind : std::uint8_t { event = 1, official = 2, forum = 3 };

}  // namespace

void put(ByteWriter& out, RecordedTime time) { out.signed_varint(time.micros); }
void get(ByteReader& in, RecordedTime& time) { time.micros = in.signed_varint(); }

void put(ByteWriter& out, const std::optional<RecordedTime>& time) {
  out.u8(time ? 1 : 0);
  if (time) put(out, *time);
}
void get(ByteReader& in, std::optional<RecordedTime>& time) {
  const std::uint8_t present = in.u8();
  if (present > 1) in.fail();
  if (present == 1) get(in, time.emplace());
}

void put(ByteWriter& out, const std::optional<Day>& day) { put_int(out, day); }
void get(ByteReader& in, std::optional<Day>& day) { get_int(in, day); }

void put(ByteWriter& out, const std::optional<Edtf>& date) { out.text(date ? date->text() : std::string()); }
void get(ByteReader& in, std::optional<Edtf>& date) {
  const auto text = in.text();
  if (text.empty()) return;
  const auto parsed = Edtf::parse(text);
  if (parsed)
    date = *parsed;
  else
    in.fail();
}

void put(ByteWriter& out, const graph::EventFacts& facts) {
  put_enum(out, facts.type);
  put(out, facts.date);
  put_enum(out, facts.status);
  put_ids(out, facts.parties);
  put_ids(out, facts.officials);
  put_list(out, facts.roles, [&](const auto& who) {
    out.text(who.first.str());
    put_enum(out, who.second);
  });
  put_id(out, facts.forum);
  put_int(out, facts.edition);
  out.u8(facts.place ? 1 : 0);
  if (facts.place) {
    out.text(facts.place->city);
    out.text(facts.place->country);
  }
  put_enum(out, facts.mode);
  put_enum(out, facts.level);
  put_enum(out, facts.stage);
  put_enum(out, facts.stance);
  put_int(out, facts.count);
}

void get(ByteReader& in, graph::EventFacts& facts) { get_facts(in, facts); }

void put(ByteWriter& out, const graph::ClaimBody& body) {
  if (const auto* event = std::get_if<graph::EventFacts>(&body)) {
    put_enum(out, BodyKind::event);
    put(out, *event);
  } else if (const auto* official = std::get_if<graph::OfficialFacts>(&body)) {
    put_enum(out, BodyKind::official);
    put_official(out, *official);
  } else {
    put_enum(out, BodyKind::forum);
    put_forum(out, std::get<graph::ForumFacts>(body));
  }
}

void get(ByteReader& in, graph::ClaimBody& body) {
  switch (static_cast<BodyKind>(in.u8())) {
    case BodyKind::event:
      return get(in, body.emplace<graph::EventFacts>());
    case BodyKind::official:
      body = get_official(in);
      return;
    case BodyKind::forum:
      body = get_forum(in);
      return;
  }
  in.fail();
}

void put(ByteWriter& out, const graph::Event& event) {
  const auto number = number_of(event.id);
  ENTENTE_CHECK(number.has_value(), "'{}' is no event's id", event.id.str());
  out.u64(*number);
  put(out, event.facts);
  put_list(out, event.claims, [&](const auto& id) { put_claim_id(out, id); });
  out.signed_varint(event.sources);
  put_texts(out, event.publishers);
  out.real(event.confidence);
  put_list(out, event.differences, [&](const graph::Difference& difference) {
    out.text(difference.field);
    put_texts(out, difference.values);
  });
}

void get(ByteReader& in, graph::Event& event) {
  event.id = event_id_of(in.u64());
  get(in, event.facts);
  get_list(in, event.claims, [&] { return get_claim_id(in); });
  event.sources = static_cast<int>(in.signed_varint());
  get_texts(in, event.publishers);
  event.confidence = in.real();
  get_list(in, event.differences, [&] {
    graph::Difference difference;
    difference.field = in.text();
    get_texts(in, difference.values);
    return difference;
  });
}

void get(ByteReader& in, graph::EventView& event, std::string& ids) {
  event.clear();
  ids.clear();
  const std::uint64_t number = in.u64();
  get_facts(in, event.facts);
  const std::size_t claims = in.count();
  // What shows a part of the text must not see it move.
  ids.reserve(kIdBytesMax * (claims + 1));
  event.id = spelled(ids, [&] { add_event_id(number, ids); });
  for (std::size_t i = 0; i < claims && in.good(); ++i) {
    const ClaimKey key = get_claim_key(in);
    event.claims.push_back(spelled(ids, [&] { add_claim_id(key, ids); }));
  }
  event.sources = static_cast<int>(in.signed_varint());
  get_list(in, event.publishers, [&] { return in.text(); });
  event.confidence = in.real();
  get_list(in, event.differences, [&] {
    graph::DifferenceView difference;
    difference.field = in.text();
    get_list(in, difference.values, [&] { return in.text(); });
    return difference;
  });
}

void put(ByteWriter& out, const graph::Entity& entity) {
  out.text(entity.id.str());
  out.text(entity.label);
  put_list(out, entity.names, [&](const auto& name) { put_name(out, name); });
  put_ids(out, entity.member_of);
  put_id(out, entity.of);
  put_texts(out, entity.posts);
  put_list(out, entity.outside_ids, [&](const auto& outside) {
    out.text(outside.first);
    out.text(outside.second);
  });
}

void get(ByteReader& in, graph::Entity& entity) {
  entity.id = EntityId(std::string(in.text()));
  entity.label = in.text();
  get_list(in, entity.names, [&] { return get_name(in); });
  get_ids(in, entity.member_of);
  get_id(in, entity.of);
  get_texts(in, entity.posts);
  const std::size_t outside = in.count();
  for (std::size_t i = 0; i < outside && in.good(); ++i) {
    std::string scheme(in.text());
    entity.outside_ids[std::move(scheme)] = in.text();
  }
}

}  // namespace entente::storage
