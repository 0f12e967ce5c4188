#include "rpc/convert/convert.h"

#include "rpc/convert/numbers.h"

namespace entente::rpc {
namespace {

template <class Ids, class List>
void write_ids(const Ids& ids, List list) {
  for (unsigned i = 0; i < ids.size(); ++i) list.set(i, ids[i].str());
}

template <class List>
void write_texts(const std::vector<std::string>& texts, List list) {
  for (unsigned i = 0; i < texts.size(); ++i) list.set(i, texts[i]);
}

template <class Id>
std::vector<Id> read_ids(capnp::List<capnp::Text>::Reader list) {
  std::vector<Id> ids;
  for (const auto text : list) ids.emplace_back(text_of(text));
  return ids;
}

std::vector<std::string> read_texts(capnp::List<capnp::Text>::Reader list) {
  std::vector<std::string> texts;
  for (const auto text : list) texts.push_back(text_of(text));
  return texts;
}

Error bad(std::string_view field, unsigned value) {
  return Error{ErrorCode::invalid_argument, "the message has " + std::to_string(value) + " as " + std::string(field) + ", which is none", {}};
}

}  // namespace

void write(const graph::StateRow& row, wire::StateRow::Builder out) {
  out.setSource(row.source);
  out.setItem(row.item);
  out.setBytes(kj::arrayPtr(reinterpret_cast<const kj::byte*>(row.bytes.data()), row.bytes.size()));
}

graph::StateRow read(wire::StateRow::Reader in) {
  const auto bytes = in.getBytes().asChars();
  return {text_of(in.getSource()), text_of(in.getItem()), std::string(bytes.begin(), bytes.size())};
}

std::string text_of(capnp::Text::Reader text) { return std::string(text.begin(), text.size()); }

void write(const graph::EventFacts& facts, wire::EventFacts::Builder out) {
  out.setType(static_cast<std::uint8_t>(facts.type));
  if (facts.date) out.setDate(facts.date->text());
  out.setStatus(static_cast<std::uint8_t>(facts.status));
  write_ids(facts.parties, out.initParties(size_of(facts.parties.size())));
  write_ids(facts.officials, out.initOfficials(size_of(facts.officials.size())));
  auto roles = out.initRoles(size_of(facts.roles.size()));
  unsigned i = 0;
  for (const auto& [id, role] : facts.roles) {
    roles[i].setId(id.str());
    roles[i++].setValue(static_cast<std::uint8_t>(role));
  }
  if (facts.forum) out.setForum(facts.forum->str());
  out.setEdition(facts.edition.value_or(0));
  if (facts.place) {
    if (!facts.place->city.empty()) out.setCity(facts.place->city);
    if (!facts.place->country.empty()) out.setCountry(facts.place->country);
  }
  out.setMode(number(facts.mode));
  out.setLevel(number(facts.level));
  out.setStage(number(facts.stage));
  out.setStance(number(facts.stance));
  out.setCount(facts.count.value_or(0));
}

Result<graph::EventFacts> read(wire::EventFacts::Reader in) {
  graph::EventFacts facts;
  const auto type = graph::event_type_from_number(in.getType());
  if (!type) return bad("event type", in.getType());
  facts.type = *type;
  const auto status = graph::status_from_number(in.getStatus());
  if (!status) return bad("status", in.getStatus());
  facts.status = *status;
  if (in.getDate().size() > 0) {
    auto date = Edtf::parse(text_of(in.getDate()));
    if (!date) return date.error();
    facts.date = *date;
  }
  facts.parties = read_ids<graph::EntityId>(in.getParties());
  facts.officials = read_ids<graph::EntityId>(in.getOfficials());
  for (const auto entry : in.getRoles()) {
    const auto role = graph::role_from_number(entry.getValue());
    if (!role) return bad("role", entry.getValue());
    facts.roles[graph::EntityId(text_of(entry.getId()))] = *role;
  }
  if (in.getForum().size() > 0) facts.forum = graph::EntityId(text_of(in.getForum()));
  if (in.getEdition() != 0) facts.edition = in.getEdition();
  if (in.getCity().size() + in.getCountry().size() > 0) facts.place = graph::Place{text_of(in.getCity()), text_of(in.getCountry())};
  if (in.getMode() != 0 && !(facts.mode = graph::mode_from_number(in.getMode()))) return bad("mode", in.getMode());
  if (in.getLevel() != 0 && !(facts.level = graph::level_from_number(in.getLevel()))) return bad("level", in.getLevel());
  if (in.getStage() != 0 && !(facts.stage = graph::stage_from_number(in.getStage()))) return bad("stage", in.getStage());
  if (in.getStance() != 0 && !(facts.stance = graph::stance_from_number(in.getStance()))) return bad("stance", in.getStance());
  if (in.getCount() != 0) facts.count = in.getCount();
  return facts;
}

void write(const graph::Event& event, wire::Event::Builder out) {
  out.setId(event.id.str());
  write(event.facts, out.initFacts());
  write_ids(event.claims, out.initClaims(size_of(event.claims.size())));
  out.setSources(event.sources);
  write_texts(event.publishers, out.initPublishers(size_of(event.publishers.size())));
  out.setConfidence(event.confidence);
  auto differences = out.initDifferences(size_of(event.differences.size()));
  for (unsigned i = 0; i < event.differences.size(); ++i) {
    differences[i].setField(event.differences[i].field);
    write_texts(event.differences[i].values, differences[i].initValues(size_of(event.differences[i].values.size())));
  }
  write_texts(event.evidence, out.initEvidence(size_of(event.evidence.size())));
}

Result<graph::Event> read(wire::Event::Reader in) {
  graph::Event event;
  event.id = graph::EventId(text_of(in.getId()));
  auto facts = read(in.getFacts());
  if (!facts) return facts.error();
  event.facts = std::move(*facts);
  event.claims = read_ids<graph::ClaimId>(in.getClaims());
  event.sources = in.getSources();
  event.publishers = read_texts(in.getPublishers());
  event.confidence = in.getConfidence();
  for (const auto difference : in.getDifferences()) event.differences.push_back({text_of(difference.getField()), read_texts(difference.getValues())});
  event.evidence = read_texts(in.getEvidence());
  return event;
}

void write(const graph::Claim& claim, wire::Claim::Builder out) {
  out.setId(claim.id.str());
  out.setRelease(claim.release.str());
  if (const auto* event = std::get_if<graph::EventFacts>(&claim.body)) write(*event, out.getBody().initEvent());
  if (const auto* official = std::get_if<graph::OfficialFacts>(&claim.body)) {
    auto body = out.getBody().initOfficial();
    body.setId(official->id.str());
    body.setName(official->name);
    body.setOf(official->of.str());
    body.setPost(official->post);
  }
  if (const auto* forum = std::get_if<graph::ForumFacts>(&claim.body)) {
    auto body = out.getBody().initForum();
    body.setId(forum->id.str());
    body.setName(forum->name);
    body.setInception(forum->inception.value_or(""));
  }
  auto evidence = out.initEvidence(size_of(claim.evidence.size()));
  for (unsigned i = 0; i < claim.evidence.size(); ++i) {
    evidence[i].setBegin(claim.evidence[i].begin);
    evidence[i].setEnd(claim.evidence[i].end);
  }
  out.setRule(claim.rule);
  out.setConfidence(claim.confidence);
  out.setRecordedMicros(claim.recorded.micros);
  out.setSupersededMicros(claim.superseded ? claim.superseded->micros : 0);
}

Result<graph::Claim> read(wire::Claim::Reader in) {
  graph::Claim claim;
  claim.id = graph::ClaimId(text_of(in.getId()));
  claim.release = graph::ReleaseId(text_of(in.getRelease()));
  switch (in.getBody().which()) {
    case wire::Claim::Body::EVENT: {
      auto facts = read(in.getBody().getEvent());
      if (!facts) return facts.error();
      claim.body = std::move(*facts);
      break;
    }
    case wire::Claim::Body::OFFICIAL: {
      const auto body = in.getBody().getOfficial();
      claim.body = graph::OfficialFacts{graph::EntityId(text_of(body.getId())), text_of(body.getName()), graph::EntityId(text_of(body.getOf())), text_of(body.getPost())};
      break;
    }
    case wire::Claim::Body::FORUM: {
      const auto body = in.getBody().getForum();
      graph::ForumFacts forum{graph::EntityId(text_of(body.getId())), text_of(body.getName()), {}};
      if (body.getInception().size() > 0) forum.inception = text_of(body.getInception());
      claim.body = std::move(forum);
      break;
    }
    default: return Error{ErrorCode::invalid_argument, "the message has a claim about something unknown", {}};
  }
  for (const auto span : in.getEvidence()) claim.evidence.push_back({span.getBegin(), span.getEnd()});
  claim.rule = text_of(in.getRule());
  claim.confidence = in.getConfidence();
  claim.recorded.micros = in.getRecordedMicros();
  if (in.getSupersededMicros() != 0) claim.superseded = RecordedTime{in.getSupersededMicros()};
  return claim;
}

void write(const graph::Release& release, wire::Release::Builder out) {
  out.setId(release.id.str());
  out.setPublisher(release.publisher);
  out.setUrl(release.url);
  out.setTitle(release.title);
  out.setLanguage(release.language);
  if (release.published) out.setPublished(to_iso(*release.published));
  out.setFetchedMicros(release.fetched.micros);
  out.setText(release.text);
  out.setContentHash(release.content_hash);
}

Result<graph::Release> read(wire::Release::Reader in) {
  graph::Release release;
  if (in.getText().size() > wire::TEXT_BYTES_MAX) return Error{ErrorCode::too_large, "the release's text is larger than the server takes", {}};
  release.id = graph::ReleaseId(text_of(in.getId()));
  release.publisher = text_of(in.getPublisher());
  release.url = text_of(in.getUrl());
  release.title = text_of(in.getTitle());
  release.language = text_of(in.getLanguage());
  if (in.getPublished().size() > 0 && !(release.published = parse_iso_date(text_of(in.getPublished()))))
    return Error{ErrorCode::invalid_argument, "'" + text_of(in.getPublished()) + "' is no date; write 2020-11-19", {}};
  release.fetched.micros = in.getFetchedMicros();
  release.text = text_of(in.getText());
  release.content_hash = in.getContentHash();
  return release;
}

void write(const graph::Entity& entity, wire::Entity::Builder out) {
  out.setId(entity.id.str());
  out.setLabel(entity.label);
  auto names = out.initNames(size_of(entity.names.size()));
  for (unsigned i = 0; i < entity.names.size(); ++i) {
    names[i].setText(entity.names[i].text);
    names[i].setKind(static_cast<std::uint8_t>(entity.names[i].kind));
    names[i].setLanguage(entity.names[i].language);
    names[i].setFromYear(entity.names[i].from_year.value_or(-9999));
    names[i].setUntilYear(entity.names[i].until_year.value_or(9999));
  }
  write_ids(entity.member_of, out.initMemberOf(size_of(entity.member_of.size())));
  if (entity.of) out.setOf(entity.of->str());
  write_texts(entity.posts, out.initPosts(size_of(entity.posts.size())));
  auto outside = out.initOutsideIds(size_of(entity.outside_ids.size()));
  unsigned i = 0;
  for (const auto& [key, value] : entity.outside_ids) {
    outside[i].setKey(key);
    outside[i++].setValue(value);
  }
}

Result<graph::Entity> read(wire::Entity::Reader in) {
  graph::Entity entity;
  entity.id = graph::EntityId(text_of(in.getId()));
  entity.label = text_of(in.getLabel());
  for (const auto name : in.getNames()) {
    if (name.getKind() < 1 || name.getKind() > 5) return bad("kind of name", name.getKind());
    graph::EntityName one{text_of(name.getText()), static_cast<graph::NameKind>(name.getKind()), text_of(name.getLanguage()), {}, {}};
    if (name.getFromYear() != -9999) one.from_year = name.getFromYear();
    if (name.getUntilYear() != 9999) one.until_year = name.getUntilYear();
    entity.names.push_back(std::move(one));
  }
  entity.member_of = read_ids<graph::EntityId>(in.getMemberOf());
  if (in.getOf().size() > 0) entity.of = graph::EntityId(text_of(in.getOf()));
  entity.posts = read_texts(in.getPosts());
  for (const auto pair : in.getOutsideIds()) entity.outside_ids[text_of(pair.getKey())] = text_of(pair.getValue());
  return entity;
}

void write(const graph::EntityReport& report, wire::EntityReport::Builder out) {
  write(report.entity, out.initEntity());
  out.setEvents(report.events);
  auto types = out.initByType(size_of(report.by_type.size()));
  for (unsigned i = 0; i < report.by_type.size(); ++i) {
    types[i].setType(static_cast<std::uint8_t>(report.by_type[i].first));
    types[i].setCount(report.by_type[i].second);
  }
  auto years = out.initByYear(size_of(report.by_year.size()));
  for (unsigned i = 0; i < report.by_year.size(); ++i) {
    years[i].setYear(report.by_year[i].first);
    years[i].setCount(report.by_year[i].second);
  }
  out.setHasSeen(report.first_seen.has_value());
  out.setFirstSeen(report.first_seen.value_or(0));
  out.setLastSeen(report.last_seen.value_or(0));
}

Result<graph::EntityReport> read(wire::EntityReport::Reader in) {
  graph::EntityReport report;
  auto entity = read(in.getEntity());
  if (!entity) return entity.error();
  report.entity = std::move(*entity);
  report.events = in.getEvents();
  for (const auto entry : in.getByType()) {
    const auto type = graph::event_type_from_number(entry.getType());
    if (!type) return bad("event type", entry.getType());
    report.by_type.emplace_back(*type, entry.getCount());
  }
  for (const auto entry : in.getByYear()) report.by_year.emplace_back(entry.getYear(), entry.getCount());
  if (in.getHasSeen()) {
    report.first_seen = in.getFirstSeen();
    report.last_seen = in.getLastSeen();
  }
  return report;
}

void write(const graph::TimelineQuery& query, wire::TimelineQuery::Builder out) {
  write_ids(query.left, out.initLeft(size_of(query.left.size())));
  write_ids(query.right, out.initRight(size_of(query.right.size())));
  out.setHasFrom(query.from.has_value());
  out.setFrom(query.from.value_or(0));
  out.setHasTo(query.to.has_value());
  out.setTo(query.to.value_or(0));
  out.setUndated(query.undated);
  auto types = out.initTypes(size_of(query.types.size()));
  for (unsigned i = 0; i < query.types.size(); ++i) types.set(i, static_cast<std::uint8_t>(query.types[i]));
  auto levels = out.initLevels(size_of(query.levels.size()));
  for (unsigned i = 0; i < query.levels.size(); ++i) levels.set(i, static_cast<std::uint8_t>(query.levels[i]));
  auto statuses = out.initStatuses(size_of(query.statuses.size()));
  for (unsigned i = 0; i < query.statuses.size(); ++i) statuses.set(i, static_cast<std::uint8_t>(query.statuses[i]));
  out.setOrder(static_cast<std::uint8_t>(query.order));
  out.setLimit(query.limit);
  out.setEvidence(query.evidence);
}

Result<graph::TimelineQuery> read(wire::TimelineQuery::Reader in) {
  graph::TimelineQuery query;
  query.left = read_ids<graph::EntityId>(in.getLeft());
  query.right = read_ids<graph::EntityId>(in.getRight());
  if (in.getHasFrom()) query.from = in.getFrom();
  if (in.getHasTo()) query.to = in.getTo();
  query.undated = in.getUndated();
  for (const auto value : in.getTypes()) {
    const auto type = graph::event_type_from_number(value);
    if (!type) return bad("event type", value);
    query.types.push_back(*type);
  }
  for (const auto value : in.getLevels()) {
    const auto level = graph::level_from_number(value);
    if (!level) return bad("level", value);
    query.levels.push_back(*level);
  }
  for (const auto value : in.getStatuses()) {
    const auto status = graph::status_from_number(value);
    if (!status) return bad("status", value);
    query.statuses.push_back(*status);
  }
  if (in.getOrder() != 1 && in.getOrder() != 2) return bad("order", in.getOrder());
  query.order = static_cast<graph::Order>(in.getOrder());
  query.limit = in.getLimit();
  query.evidence = in.getEvidence();
  return query;
}

void write(const graph::Reading& reading, wire::Reading::Builder out) {
  write(reading.release, out.initRelease());
  auto claims = out.initClaims(size_of(reading.claims.size()));
  for (unsigned i = 0; i < reading.claims.size(); ++i) write(reading.claims[i], claims[i]);
}

Result<graph::Reading> read(wire::Reading::Reader in) {
  graph::Reading reading;
  auto release = read(in.getRelease());
  if (!release) return release.error();
  reading.release = std::move(*release);
  for (const auto wire_claim : in.getClaims()) {
    auto claim = read(wire_claim);
    if (!claim) return claim.error();
    reading.claims.push_back(std::move(*claim));
  }
  return reading;
}

void write(const graph::RecordReport& report, wire::RecordReport::Builder out) {
  out.setOutcome(static_cast<std::uint8_t>(report.outcome));
  out.setRelease(report.release.str());
  out.setClaims(report.claims);
  out.setEventsNew(report.events_new);
}

Result<graph::RecordReport> read(wire::RecordReport::Reader in) {
  if (in.getOutcome() < 1 || in.getOutcome() > 3) return bad("outcome", in.getOutcome());
  return graph::RecordReport{static_cast<graph::Outcome>(in.getOutcome()), graph::ReleaseId(text_of(in.getRelease())), in.getClaims(), in.getEventsNew()};
}

void write(const graph::Change& change, graph::ChangeKind told_as, wire::Change::Builder out) {
  out.setWhat(static_cast<std::uint8_t>(told_as));
  out.setRecordedMicros(change.recorded.micros);
  out.setTable(change.table);
  const auto& shown = told_as == graph::ChangeKind::gone ? change.before : change.after;
  if (shown) write(*shown, out.initEvent());
}

Result<graph::ToldChange> read(wire::Change::Reader in) {
  if (in.getWhat() < 1 || in.getWhat() > 4) return bad("kind of change", in.getWhat());
  graph::ToldChange out{static_cast<graph::ChangeKind>(in.getWhat()), {in.getRecordedMicros()}, {}, text_of(in.getTable())};
  if (out.kind == graph::ChangeKind::loaded) return out;
  auto event = read(in.getEvent());
  if (!event) return event.error();
  out.event = std::move(*event);
  return out;
}

}  // namespace entente::rpc
