// A user's own tables: an invented world is read without a build.
#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/importers/line/support.h"

using namespace entente;
using nlohmann::json;

namespace {

const importers::Lexicon& invented() {
  static const importers::Lexicon loaded = test::load_lexicon({ENTENTE_WORLD});
  return loaded;
}

json only_event(const std::string& text) {
  const auto events = test::events_of(test::read_text(invented(), text, "QV-FC", {2024, 5, 4}));
  INFO(json(events).dump(1));
  REQUIRE(events.size() == 1);
  return events.front();
}

}  // namespace

TEST_CASE("states, towns and offices of an invented world are read") {
  const json visit = only_event("Keeper of Seals Orla Venn paid an official visit to Mistport on 3 May 2024.");
  CHECK(visit["type"] == "visit");
  CHECK(visit["parties"] == json({"country:QV", "country:QZ"}));
  CHECK(visit["officials"] == json({"official:QV/orla-venn"}));
  CHECK(visit["level"] == "minister");
  CHECK(visit["place"]["city"] == "Mistport");
}

TEST_CASE("demonyms and seats of an invented world stand for its governments") {
  const json meeting = only_event("The Zephyrian Keeper of Seals met with the High Warden of Valdoria in Highspire on 2 May 2024.");
  CHECK(meeting["type"] == "meeting");
  CHECK(meeting["parties"] == json({"country:QV", "country:QZ"}));
  CHECK(meeting["level"] == "leader");
  CHECK(meeting["place"]["country"] == "QV");
}

TEST_CASE("a verb of the user's own tells what its frame says") {
  const json meeting = only_event("Keeper of Seals Orla Venn of Valdoria parleyed with High Warden Tam Oduya of Zephyra on 1 May 2024.");
  CHECK(meeting["type"] == "meeting");
  CHECK(meeting["officials"] == json({"official:QV/orla-venn", "official:QZ/tam-oduya"}));
}

TEST_CASE("gatherings of an invented world are conferences of their series") {
  const auto result = test::read_text(invented(), "The 4th Cloud Compact Moonmoot was held in Highspire on 20 April 2024.", "QV-FC", {2024, 5, 4});
  bool found = false;
  for (const auto& claim : result.reading.claims)
    if (const auto* facts = std::get_if<graph::EventFacts>(&claim.body)) {
      found = true;
      CHECK(facts->type == graph::EventType::conference);
      CHECK(facts->edition == 4);
      REQUIRE(facts->forum);
      CHECK(facts->forum->str() == "forum:cloud-compact-moonmoot");
    }
  CHECK(found);
}

TEST_CASE("without the added tables nobody knows that world") {
  const auto plain = test::load_lexicon();
  const auto events = test::events_of(test::read_text(plain, "Keeper of Seals Orla Venn paid an official visit to Mistport on 3 May 2024.", "", {2024, 5, 4}));
  CHECK(events.empty());
  CHECK(plain.version() != invented().version());
}
