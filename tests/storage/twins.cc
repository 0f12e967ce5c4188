#include "tests/storage/twins.h"

#include <fmt/format.h>
#include <stdlib.h>

#include <catch2/catch.hpp>
#include <random>

namespace entente::test {
namespace {

using graph::EntityId;

std::string text_of(const graph::EventFacts& facts) {
  std::string out = fmt::format("{} {} {}", to_string(facts.type), facts.date ? facts.date->text() : "undated",
                                to_string(facts.status));
  for (const auto& id : facts.parties) out += ' ' + id.str();
  for (const auto& id : facts.officials) out += ' ' + id.str();
  for (const auto& [id, role] : facts.roles) out += fmt::format(" {}={}", to_string(role), id.str());
  if (facts.forum) out += fmt::format(" {} {}", facts.forum->str(), facts.edition.value_or(0));
  if (facts.level) out += fmt::format(" {}", to_string(*facts.level));
  return out;
}

std::string text_of(const graph::Event& event) {
  std::string out = fmt::format("{} {} sources={} confidence={:.6f}", event.id.str(), text_of(event.facts),
                                event.sources, event.confidence);
  for (const auto& claim : event.claims) out += ' ' + claim.str();
  for (const auto& publisher : event.publishers) out += ' ' + publisher;
  for (const auto& difference : event.differences) {
    out += fmt::format(" {}:", difference.field);
    for (const auto& value : difference.values) out += fmt::format("[{}]", value);
  }
  return out + '\n';
}

std::string text_of(const graph::Proof& proof) {
  return fmt::format("  {} {} {} {} [{}] {} {}\n", proof.claim.id.str(), proof.release.id.str(), proof.release.title,
                     proof.release.text.size(), proof.join_reason, proof.claim.recorded.to_text(),
                     proof.claim.superseded.has_value());
}

std::string text_of(const graph::EntityReport& report) {
  std::string out = fmt::format("{} '{}' of={} events={} {}..{}", report.entity.id.str(), report.entity.label,
                                report.entity.of ? report.entity.of->str() : "-", report.events,
                                report.first_seen.value_or(0), report.last_seen.value_or(0));
  for (const auto& name : report.entity.names) out += fmt::format(" name={}", name.text);
  for (const auto& post : report.entity.posts) out += fmt::format(" post={}", post);
  for (const auto& [type, count] : report.by_type) out += fmt::format(" {}={}", to_string(type), count);
  for (const auto& [year, count] : report.by_year) out += fmt::format(" {}={}", year, count);
  return out + '\n';
}

}  // namespace

TempFolder::TempFolder() {
  std::string pattern = std::filesystem::temp_directory_path() / "entente-test-XXXXXX";
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

OpenStore::OpenStore(Kind kind) : kind_(kind) { reopen(); }

void OpenStore::reopen() {
  if (kind_ == Kind::memory) {
    if (!store_) store_ = storage::Store::in_memory(clock_);
    return;
  }
  store_.reset();
  auto opened = storage::Store::open(folder_ / "store", {true, storage::Durability::relaxed, "a test"}, clock_);
  INFO((opened.ok() ? std::string() : opened.error().to_text()));
  REQUIRE(opened.ok());
  store_ = std::move(*opened);
}

std::vector<graph::RecordReport> record(storage::Store& store, const std::vector<graph::Reading>& readings) {
  std::vector<graph::RecordReport> out;
  for (const auto& reading : readings) {
    const auto report = store.record(reading);
    INFO((report.ok() ? std::string() : report.error().to_text()));
    REQUIRE(report.ok());
    out.push_back(*report);
  }
  return out;
}

std::vector<graph::Event> events_of(graph::Reader& reader, const graph::TimelineQuery& query) {
  std::vector<graph::Event> out;
  const auto cursor = reader.timeline(query);
  INFO((cursor.ok() ? std::string() : cursor.error().to_text()));
  REQUIRE(cursor.ok());
  while (true) {
    auto event = (*cursor)->next();
    INFO((event.ok() ? std::string() : event.error().to_text()));
    REQUIRE(event.ok());
    if (!event->has_value()) return out;
    out.push_back(std::move(**event));
  }
}

std::vector<EntityId> ids(std::string_view countries) {
  std::vector<EntityId> out;
  while (!countries.empty()) {
    const auto comma = std::min(countries.find(','), countries.size());
    const std::string_view word = countries.substr(0, comma);
    out.push_back(word.find(':') == std::string_view::npos ? graph::country_id(word) : EntityId(std::string(word)));
    countries.remove_prefix(std::min(comma + 1, countries.size()));
  }
  return out;
}

std::string outline(const std::vector<graph::Event>& events) {
  std::string out;
  for (const auto& event : events) {
    out += fmt::format("{} {}", to_string(event.facts.type), event.facts.date ? event.facts.date->text() : "undated");
    for (const auto& id : event.facts.parties) out += fmt::format(" {}", graph::country_code(id));
    out += '\n';
  }
  return out;
}

std::string all_answers(graph::Reader& reader, const std::vector<EntityId>& entities) {
  const auto counts = reader.counts().value();
  std::string out = fmt::format("{} releases {} claims {} events {} entities, {}\n", counts.releases, counts.claims,
                                counts.events, counts.entities, reader.recorded().value().to_text());
  for (const EntityId& id : entities) {
    const auto report = reader.report(id).value();
    out += report ? text_of(*report) : fmt::format("{} is not there\n", id.str());
    const auto candidates = reader.resolve(report ? report->entity.label : id.str(), 5).value();
    for (const auto& candidate : candidates)
      out += fmt::format("  {} {} {:.4f}\n", candidate.id.str(), candidate.matched, candidate.score);
    for (const auto order : {graph::Order::newest_first, graph::Order::oldest_first}) {
      graph::TimelineQuery query;
      query.left = {id};
      query.order = order;
      for (const auto& event : events_of(reader, query)) {
        out += text_of(event);
        const auto proofs = reader.why(event.id).value();
        for (const auto& proof : proofs) out += text_of(proof);
      }
    }
    for (const EntityId& other : entities) {
      graph::TimelineQuery query;
      query.left = {id};
      query.right = {other};
      query.from = to_day({2020, 6, 1});
      out += fmt::format("{} and {}\n{}", id.str(), other.str(), outline(events_of(reader, query)));
    }
  }
  return out;
}

const std::vector<EntityId>& random_entities() {
  static const std::vector<EntityId> kEntities =
      ids("FR,CN,KR,org:un,region:central-asia,official:KR/kim-gunn,official:FR/jean-noel-barrot,forum:asean-summit");
  return kEntities;
}

std::vector<graph::Reading> random_readings(std::uint32_t seed, std::size_t count) {
  std::mt19937 chance(seed);
  const auto below = [&](std::uint32_t bound) { return chance() % bound; };
  const std::vector<std::string> sides = {
      "FR", "CN", "KR", "org:un", "region:central-asia", "KR/kim-gunn, KR", "FR/jean-noel-barrot, FR"};
  const std::vector<std::string> dates = {"2020-11-19", "2020-11-20",   "2020-11",
                                          "2020",       "2018/2021-02", "XXXX-11-19",
                                          "",           "../2019",      "2021-03-04/2021-03-05"};
  const std::vector<std::string> whats = {"visit", "meeting leader", "meeting minister",
                                          "call",  "aid planned",    "conference forum=asean-summit edition=37"};
  std::vector<graph::Reading> out;
  for (std::size_t i = 0; i < count; ++i) {
    std::string drawing;
    const std::size_t events = below(4);
    for (std::size_t n = 0; n <= events; ++n) {
      const auto left = below(static_cast<std::uint32_t>(sides.size()));
      const auto right = (left + 1 + below(static_cast<std::uint32_t>(sides.size()) - 1)) % sides.size();
      drawing += fmt::format("+{} --{} {}-- {}\n", sides[left], whats[below(static_cast<std::uint32_t>(whats.size()))],
                             dates[below(static_cast<std::uint32_t>(dates.size()))], sides[right]);
    }
    auto reading = draw(drawing).at(0);
    reading.release.url = fmt::format("https://example.org/{}", below(static_cast<std::uint32_t>(count)));
    reading.release.id = graph::release_id(reading.release.url, {});
    reading.release.publisher = below(2) == 0 ? "KR-MOFA" : "FR-MEAE";
    if (below(3) == 0) reading.release.published.reset();
    const auto claim_about = [&](std::string_view id, std::string_view name, std::string_view of) {
      reading.claims.push_back(official(id, name, of, below(2) == 0 ? "Foreign Minister" : "Ambassador"));
    };
    if (below(3) == 0) claim_about("official:KR/kim-gunn", below(2) == 0 ? "Kim Gunn" : "Kim", "country:KR");
    if (below(3) == 0) claim_about("official:FR/jean-noel-barrot", "Jean-Noël Barrot", "country:FR");
    if (below(4) == 0) reading.claims.push_back(forum("forum:asean-summit", "ASEAN Summit"));
    out.push_back(std::move(reading));
    if (below(5) == 0) out.push_back(out[below(static_cast<std::uint32_t>(out.size()))]);
  }
  return out;
}

}  // namespace entente::test
