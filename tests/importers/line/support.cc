#include "tests/importers/line/support.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <stdexcept>
#include <variant>

#include "graph/model/claim.h"

namespace entente::test {

using nlohmann::json;

importers::Lexicon load_lexicon(const std::vector<std::filesystem::path>& added) {
  auto lexicon = importers::Lexicon::load(ENTENTE_DATA_FOLDER, added);
  if (!lexicon) throw std::runtime_error(lexicon.error().to_text());
  return *std::move(lexicon);
}

std::vector<json> events_of(const importers::LineResult& result) {
  std::vector<json> events;
  for (const graph::Claim& claim : result.reading.claims) {
    const auto* facts = std::get_if<graph::EventFacts>(&claim.body);
    if (facts == nullptr) continue;
    const auto name = [](const auto& value) { return value ? json(graph::to_string(*value)) : json(); };
    json event{{"type", graph::to_string(facts->type)},
               {"date", facts->date ? json(facts->date->text()) : json()},
               {"status", graph::to_string(facts->status)},
               {"mode", name(facts->mode)},
               {"level", name(facts->level)},
               {"stage", name(facts->stage)},
               {"stance", name(facts->stance)},
               {"place", nullptr},
               {"roles", json::object()}};
    for (const auto& [id, role] : facts->roles) event["roles"][id.str()] = graph::to_string(role);
    if (facts->place) {
      event["place"]["city"] = facts->place->city.empty() ? json() : json(facts->place->city);
      event["place"]["country"] = facts->place->country.empty() ? json() : json(facts->place->country);
    }
    for (const auto& [key, ids] : {std::pair{"parties", &facts->parties}, std::pair{"officials", &facts->officials}}) {
      std::vector<std::string> texts;
      for (const auto& id : *ids) texts.push_back(id.str());
      std::sort(texts.begin(), texts.end());
      event[key] = texts;
    }
    events.push_back(std::move(event));
  }
  std::sort(events.begin(), events.end());
  return events;
}

std::vector<json> events_of(const json& gold) {
  std::vector<json> events;
  for (json event : gold.at("events")) {
    for (const char* key : {"forum", "edition", "count", "evidence"}) event.erase(key);
    for (const char* key : {"parties", "officials"}) {
      auto texts = event.at(key).get<std::vector<std::string>>();
      std::sort(texts.begin(), texts.end());
      event[key] = texts;
    }
    events.push_back(std::move(event));
  }
  std::sort(events.begin(), events.end());
  return events;
}

importers::LineResult read_text(const importers::Lexicon& lexicon, const std::string& text, const std::string& publisher,
                                CivilDate published) {
  auto result = importers::TextLine(lexicon).read({"release.txt", text, publisher, published});
  if (!result) throw std::runtime_error(result.error().to_text());
  return *std::move(result);
}

std::vector<nlohmann::json> told(const std::string& text, const std::string& publisher) {
  static const importers::Lexicon lexicon = load_lexicon();
  return events_of(read_text(lexicon, text, publisher, CivilDate{2024, 5, 15}));
}

std::vector<json> of_type(const std::vector<json>& events, const std::string& type) {
  std::vector<json> found;
  for (const json& event : events)
    if (event["type"] == type) found.push_back(event);
  return found;
}

json only(const std::string& text, const std::string& type, const std::string& publisher) {
  const auto found = of_type(told(text, publisher), type);
  INFO(text);
  REQUIRE(found.size() == 1);
  return found[0];
}

bool has(const nlohmann::json& ids, const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); }

}  // namespace entente::test
