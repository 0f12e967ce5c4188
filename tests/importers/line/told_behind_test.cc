// What stands behind an act and says more of it: when it was decided, who stood by, in which post and at which sitting.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

namespace {

const std::string kTalks = "Foreign Minister Anna Berg held talks in Stockholm on 13 May with the Foreign Minister of Ghana, Kofi Badu. ";

}  // namespace

TEST_CASE("aid is dated by the decision, in the same sentence or the next") {
  CHECK(test::only(kTalks + "Sweden will provide SEK 5 million to Togo for wells. The decision was taken by the Government on 2 May.", "aid")["date"] == "2024-05-02");
  CHECK(test::only(kTalks + "Sweden will provide SEK 5 million to Togo for wells, a commitment made by the Cabinet on 2 May.", "aid")["date"] == "2024-05-02");
  CHECK(test::only(kTalks + "Sweden will provide SEK 5 million to Togo for wells. Ms Berg spoke of it in Lund on 2 May.", "aid")["date"].is_null());
}

TEST_CASE("aid that is announced in a talk is of its day, and the day of a disaster is not that of the aid") {
  CHECK(test::only(kTalks + "The Minister announced a grant of SEK 5 million from Sweden to Ghana for wells.", "aid")["date"] == "2024-05-13");
  CHECK(test::only("Sweden will provide SEK 5 million to Togo for the recovery from the earthquake of 17 March.", "aid")["date"] == "2024-05-15");
}

TEST_CASE("a decree gives a post on its day") {
  const auto post = test::only("The President of the Republic signed on Monday a decree appointing Mr. Kofi Badu as Ambassador of Ghana to Togo.", "appointment", "GH-MFA");
  CHECK(post["date"] == "2024-05-13");
  CHECK(post["roles"]["official:GH/kofi-badu"] == "appointee");
  CHECK(test::has(post["parties"], "country:TG"));
}

TEST_CASE("who serves an organisation is not of the state they are from") {
  const auto post = test::only("The Chairperson of the African Union Commission today appointed Dr. Kofi Badu of Ghana as his Special Envoy to Togo, effective 1 June.", "appointment", "AU-AUC");
  CHECK(test::has(post["officials"], "official:au/kofi-badu"));
  CHECK_FALSE(test::has(post["parties"], "country:GH"));
  CHECK(post["date"] == "2024-05-15");
  CHECK(post["level"].is_null());
}

TEST_CASE("who was present where somebody was received is listed without a part") {
  const auto meeting = test::only("The President of Sweden, Anna Berg, received on Monday the Prime Minister of Ghana, Kofi Badu, in the presence of the Minister of Trade, Ms. Eva Lund.", "meeting");
  CHECK(test::has(meeting["officials"], "official:SE/eva-lund"));
  CHECK_FALSE(meeting["roles"].contains("official:SE/eva-lund"));
}

TEST_CASE("talks in a telephone conversation are a call, and nobody is in one place for it") {
  const auto call = test::only("Foreign Minister Anna Berg exchanged views with the Foreign Minister of Ghana, Kofi Badu, on the situation in Lomé in a telephone conversation held on Monday.", "call");
  CHECK(call["date"] == "2024-05-13");
  CHECK(call["place"].is_null());
}

TEST_CASE("credentials handed over to who receives the envoy are one accreditation") {
  const auto events = test::told("On 13 May Foreign Minister Anna Berg received the Ambassador of Ghana, Kofi Badu, who handed over copies of his credentials.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "accreditation");
  CHECK(test::has(events[0]["officials"], "official:SE/anna-berg"));
}

TEST_CASE("counterparts of states without an adjective are of that state") {
  CHECK(test::has(test::only("Foreign Minister Anna Berg met her New Zealand counterpart, Kofi Badu, in Stockholm on 13 May.", "meeting")["officials"], "official:NZ/kofi-badu"));
}

TEST_CASE("an office of no state stands beside that of a state") {
  CHECK(test::has(test::only("The Prime Minister of Ghana, Hon. Kofi Badu, Chair of the Conference, met Foreign Minister Anna Berg on Monday.", "meeting")["officials"], "official:GH/kofi-badu"));
}

TEST_CASE("whom the next sentence means is not who a relative clause tells of") {
  const auto call = test::only("On 6 May Foreign Minister Anna Berg received the Foreign Minister of Ghana, Ms. Efua Badu, who was on an official visit to Sweden. On 8 May she spoke over the phone with the Foreign Minister of Togo, Yao Agbo.", "call");
  CHECK(test::has(call["officials"], "official:SE/anna-berg"));
  CHECK_FALSE(test::has(call["parties"], "country:GH"));
}

TEST_CASE("a paper that has a name is not the one told before") {
  const auto papers = test::of_type(test::told("Sweden and Ghana signed a Memorandum of Understanding on wells. The Strategic Partnership Agreement between the two countries was signed on 26 January 2006."), "agreement");
  REQUIRE(papers.size() == 2);
  CHECK(papers[0]["date"] != papers[1]["date"]);
}

TEST_CASE("an infinitive may have a prefix or an adverb before it") {
  const auto rounds = test::only("Foreign Minister Anna Berg will visit Accra to co-chair the 4th Meeting of the Sweden-Ghana Joint Commission with the Foreign Minister of Ghana, Kofi Badu.", "consultation");
  CHECK(rounds["roles"]["official:SE/anna-berg"] == "chair");
  CHECK(rounds["roles"]["official:GH/kofi-badu"] == "chair");
}

TEST_CASE("organs sit at their numbered meetings") {
  const auto sitting = test::only("The Peace and Security Council will be seized of the situation at its 1,211th meeting, which is to be held at the level of Heads of State on 30 May, by video conference.", "conference", "AU-AUC");
  CHECK(sitting["date"] == "2024-05-30");
  CHECK(sitting["mode"] == "virtual");
  CHECK(sitting["status"] == "planned");
}

TEST_CASE("a town that hosts is where the round was") {
  const auto round = test::only("They followed up the decisions of the 3rd session of the Sweden-Ghana Joint Commission, hosted by Accra in 2019.", "consultation");
  CHECK(round["place"]["city"] == "Accra");
}

TEST_CASE("a sum that somebody gave needs no relative") {
  const auto gift = test::only("The new funding comes in addition to the SEK 8 million Sweden gave Togo in 2022 for wells.", "aid");
  CHECK(gift["roles"]["country:SE"] == "donor");
  CHECK(gift["roles"]["country:TG"] == "recipient");
}

TEST_CASE("a paper that is added behind all that the first is about is signed by the same") {
  const auto papers = test::of_type(test::told("Foreign Minister Anna Berg and the Foreign Minister of Ghana, Kofi Badu, signed on 13 May a cooperation agreement covering ports and wells, as well as a memorandum on ferries."), "agreement");
  REQUIRE(papers.size() == 2);
  for (const auto& paper : papers) CHECK(test::has(paper["officials"], "official:GH/kofi-badu"));
}

TEST_CASE("messages from two are one from each") {
  const auto messages = test::of_type(test::told("On 13 May Foreign Minister Anna Berg received messages of congratulations from the Foreign Minister of Ghana, Kofi Badu, and from the Foreign Minister of Togo, Yao Agbo."), "message");
  REQUIRE(messages.size() == 2);
  CHECK(messages[0]["parties"].size() == 2);
  CHECK(messages[1]["parties"].size() == 2);
}

TEST_CASE("who receives a guest at the airport is a host of the visit") {
  const auto events = test::told("The President of Ghana, Kofi Badu, arrived in Stockholm on 13 May for a two-day visit. He was received at the airport by Foreign Minister Anna Berg.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "visit");
  CHECK(events[0]["roles"]["official:SE/anna-berg"] == "host");
}

TEST_CASE("the guest of a state is who was named of it") {
  const auto visit = test::only("Foreign Minister Anna Berg received on 13 May the Foreign Minister of Ghana, Kofi Badu. The Ghanaian guest arrived in Stockholm on 12 May.", "visit");
  CHECK(visit["roles"]["official:GH/kofi-badu"] == "guest");
}

TEST_CASE("a President without a name is that of the state told before") {
  const auto meeting = test::only("Ambassador Anna Berg presented her letters of credence to the Federal President of Germany on 12 May. After the ceremony the Federal President received her for a private conversation.", "meeting");
  CHECK(test::has(meeting["parties"], "country:DE"));
  CHECK(test::has(meeting["parties"], "country:SE"));
}

TEST_CASE("a round that was last held is another than the one to come") {
  const auto rounds = test::of_type(test::told("The 11th meeting of the Sweden-Ghana Joint Commission is to be held in Stockholm in June. The Commission last convened in Accra in December 2022."), "consultation");
  REQUIRE(rounds.size() == 2);
  CHECK(rounds[0]["date"] == "2022-12");
}

TEST_CASE("who comes along on a journey is told of, too") {
  const auto* const text = GENERATE("Foreign Minister Anna Berg, accompanied by Trade Minister Eva Lund, paid an official visit to Ghana on 13 May.",
                                    "Foreign Minister Anna Berg visited Ghana on 13 May, accompanied by Trade Minister Eva Lund.",
                                    "Accompanied by Trade Minister Eva Lund, Foreign Minister Anna Berg visited Ghana on 13 May.",
                                    "Foreign Minister Anna Berg travelled to Accra on 13 May, together with the Minister for Trade, Eva Lund.");
  CHECK(test::only(text, "visit")["roles"]["official:SE/eva-lund"] == "guest");
}

TEST_CASE("an embassy that has been closed since a year was closed in it") {
  CHECK(test::only("Sweden's embassy in Lomé has been closed since March 2012.", "mission")["date"] == "2012-03");
}

TEST_CASE("a town in brackets that a gathering goes by is not where it was") {
  CHECK(test::only("Foreign Minister Anna Berg took part in the informal meeting of EU foreign ministers (Gymnich) in Zagreb on 13 May.", "conference")["place"]["city"] == "Zagreb");
}
