#include "bench/readings.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string_view>

#include "base/civil.h"
#include "graph/model/ids.h"

namespace entente::bench {
namespace {

constexpr std::array<std::string_view, 64> kStates{
    "US", "CN", "JP", "KR", "DE", "FR", "GB", "RU", "IN", "TR", "IT", "ES", "BR", "CA", "AU", "ID",
    "MX", "SA", "AE", "EG", "PL", "NL", "UA", "KZ", "VN", "TH", "SG", "MY", "PH", "PK", "IR", "IL",
    "ZA", "NG", "KE", "ET", "SE", "NO", "FI", "DK", "AT", "CH", "BE", "PT", "GR", "HU", "CZ", "RO",
    "BG", "RS", "HR", "SK", "SI", "LT", "LV", "EE", "UZ", "KG", "TJ", "TM", "MN", "AZ", "GE", "AM"};
constexpr std::array<std::string_view, 32> kWords{
    "the",  "two",     "sides",   "agreed", "on",     "closer", "work",   "in",    "trade",   "energy", "transport",
    "and",  "culture", "as",      "well",   "of",     "they",   "looked", "at",    "what",    "was",    "decided",
    "last", "year",    "between", "both",   "states", "for",    "peace",  "which", "remains", "open"};
constexpr std::size_t kOfficialsOfAState = 40;
constexpr int kFirstYear = 1992;
constexpr std::uint64_t kYears = 33;

// A stream of numbers from one seed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() { return mixed(state_ += 0x9e3779b97f4a7c15ULL); }
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }
  bool one_in(std::uint64_t n) { return below(n) == 0; }

 private:
  std::uint64_t state_;
};

graph::EntityId official_of(const graph::EntityId& state, std::uint64_t number) {
  return graph::EntityId(fmt::format("official:{}/person-{}", graph::country_code(state), number));
}

Edtf any_date(Random& random) {
  const int year = kFirstYear + static_cast<int>(random.below(kYears));
  const int month = 1 + static_cast<int>(random.below(12));
  if (random.one_in(12)) return Edtf::month(year, month);
  return Edtf::day(year, month, 1 + static_cast<int>(random.below(28)));
}

graph::EventType any_type(Random& random) {
  constexpr std::array kMostly{graph::EventType::meeting, graph::EventType::meeting, graph::EventType::meeting,
                               graph::EventType::visit,   graph::EventType::call,    graph::EventType::message};
  if (!random.one_in(3)) return kMostly[random.below(kMostly.size())];
  const auto all = graph::all_event_types();
  return all[random.below(all.size())];
}

graph::Claim event_claim(Random& random, const graph::EntityId& own, const graph::Span& evidence) {
  graph::EventFacts facts;
  facts.type = any_type(random);
  if (!random.one_in(20)) facts.date = any_date(random);
  facts.parties = {own};
  const std::uint64_t others = random.one_in(10) ? 2 + random.below(5) : 1;
  for (std::uint64_t i = 0; i < others; ++i) {
    const graph::EntityId other = ReadingGenerator::state(random.next());
    if (std::find(facts.parties.begin(), facts.parties.end(), other) == facts.parties.end())
      facts.parties.push_back(other);
  }
  for (const auto& party : facts.parties)
    if (random.one_in(2)) facts.officials.push_back(official_of(party, random.below(kOfficialsOfAState)));
  if (!random.one_in(3)) facts.level = graph::all_levels()[random.below(graph::all_levels().size())];
  if (random.one_in(2)) facts.place = graph::Place{"Seoul", "KR"};
  graph::Claim claim;
  claim.body = std::move(facts);
  claim.evidence = {evidence};
  claim.rule = "bench.drawn";
  claim.confidence = 0.5 + static_cast<double>(random.below(50)) / 100;
  return claim;
}

graph::Claim official_claim(const graph::EntityId& id, const graph::EntityId& of, const graph::Span& evidence) {
  graph::Claim claim;
  claim.body = graph::OfficialFacts{id, id.str().substr(id.str().find('/') + 1), of, "Minister of Foreign Affairs"};
  claim.evidence = {evidence};
  claim.rule = "bench.drawn";
  claim.confidence = 0.9;
  return claim;
}

std::string any_text(Random& random) {
  const std::size_t bytes = 800 + random.below(2400);
  std::string text = fmt::format("Release {:x}.", random.next());
  while (text.size() < bytes) {
    text += ' ';
    text += kWords[random.below(kWords.size())];
    if (random.one_in(14)) text += fmt::format(" {}.\n\n", random.below(100'000));
  }
  return text;
}

}  // namespace

std::uint64_t mixed(std::uint64_t value) {
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

graph::EntityId ReadingGenerator::state(std::uint64_t random) {
  // The square of an even draw: the first states of the list come up most.
  const double even = static_cast<double>(random >> 11U) / 9007199254740992.0;
  return graph::country_id(kStates[static_cast<std::size_t>(even * even * static_cast<double>(kStates.size()))]);
}

graph::Reading ReadingGenerator::reading(std::uint64_t number) const {
  Random random(mixed(seed_ ^ mixed(number)));
  graph::Reading out;
  graph::Release& release = out.release;
  const graph::EntityId own = state(random.next());
  release.url = fmt::format("https://bench.invalid/{:x}/{}", seed_, number);
  release.text = any_text(random);
  release.title = fmt::format("Press release {}", number);
  release.publisher = fmt::format("{}-MFA", graph::country_code(own));
  release.language = "en";
  release.published = CivilDate{kFirstYear + static_cast<int>(random.below(kYears)),
                                1 + static_cast<int>(random.below(12)), 1 + static_cast<int>(random.below(28))};
  release.id = graph::release_id(release.url, release.text);
  release.content_hash = graph::content_hash(release);
  const std::uint64_t events = 1 + random.below(4);
  for (std::uint64_t i = 0; i < events; ++i) {
    const auto begin = static_cast<std::uint32_t>(random.below(600));
    out.claims.push_back(event_claim(random, own, {begin, begin + 120}));
  }
  out.claims.push_back(official_claim(official_of(own, random.below(kOfficialsOfAState)), own, {0, 20}));
  return out;
}

}  // namespace entente::bench
