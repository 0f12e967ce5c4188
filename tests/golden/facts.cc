#include "tests/golden/facts.h"

#include <algorithm>
#include <tuple>

namespace entente::golden {
namespace {

template <class T>
void add(std::set<std::string>& facts, const char* what, const std::optional<T>& value) {
  if (value) facts.insert(std::string(what) + " " + std::string(graph::to_string(*value)));
}

void add_text(std::set<std::string>& facts, const std::string& what, const nlohmann::json& value) {
  if (value.is_null()) return;
  facts.insert(what + " " + (value.is_string() ? value.get<std::string>() : value.dump()));
}

std::size_t shared(const Facts& a, const Facts& b) {
  return static_cast<std::size_t>(std::count_if(a.all.begin(), a.all.end(), [&](const std::string& fact) { return b.all.contains(fact); }));
}

}  // namespace

Facts facts_of(const graph::EventFacts& event) {
  Facts facts{std::string(graph::to_string(event.type)), {}};
  facts.all.insert("status " + std::string(graph::to_string(event.status)));
  if (event.date) facts.all.insert("date " + event.date->text());
  for (const auto& party : event.parties) facts.all.insert("party " + party.str());
  for (const auto& official : event.officials) facts.all.insert("official " + official.str());
  for (const auto& [who, role] : event.roles) facts.all.insert("role " + who.str() + " " + std::string(graph::to_string(role)));
  if (event.edition) facts.all.insert("edition " + std::to_string(*event.edition));
  if (event.count) facts.all.insert("count " + std::to_string(*event.count));
  if (event.place && !event.place->city.empty()) facts.all.insert("city " + event.place->city);
  if (event.place && !event.place->country.empty()) facts.all.insert("country " + event.place->country);
  add(facts.all, "mode", event.mode);
  add(facts.all, "level", event.level);
  add(facts.all, "stage", event.stage);
  add(facts.all, "stance", event.stance);
  return facts;
}

Facts facts_of(const nlohmann::json& event) {
  Facts facts{event.at("type").get<std::string>(), {}};
  for (const char* field : {"status", "date", "edition", "count", "mode", "level", "stage", "stance"}) add_text(facts.all, field, event.at(field));
  for (const auto& party : event.at("parties")) add_text(facts.all, "party", party);
  for (const auto& official : event.at("officials")) add_text(facts.all, "official", official);
  for (const auto& [who, role] : event.at("roles").items()) add_text(facts.all, "role " + who, role);
  if (const auto& place = event.at("place"); !place.is_null()) {
    add_text(facts.all, "city", place.at("city"));
    add_text(facts.all, "country", place.at("country"));
  }
  return facts;
}

Score compare(const std::vector<Facts>& gold, const std::vector<Facts>& read) {
  Score score;
  for (const Facts& one : gold) score.gold += one.all.size() + 1;
  for (const Facts& one : read) score.read += one.all.size() + 1;
  std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> pairs;  // shared, gold, read
  for (std::size_t g = 0; g < gold.size(); ++g)
    for (std::size_t r = 0; r < read.size(); ++r)
      if (gold[g].type == read[r].type) pairs.emplace_back(shared(gold[g], read[r]), g, r);
  std::stable_sort(pairs.begin(), pairs.end(), [](const auto& a, const auto& b) { return std::get<0>(a) > std::get<0>(b); });
  std::set<std::size_t> gold_used;
  std::set<std::size_t> read_used;
  for (const auto& [same, g, r] : pairs) {
    if (gold_used.contains(g) || read_used.contains(r)) continue;
    gold_used.insert(g);
    read_used.insert(r);
    score.right += same + 1;
  }
  return score;
}

}  // namespace entente::golden
