// What is denied, called off, put to another day, attended by others, or said of those who are named in another place.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("what is told only to be denied is no event") {
  const auto* const text = GENERATE("Reports that Sweden has recalled its Ambassador to Ghana are not correct.", "It is not true that Sweden has recalled its Ambassador to Ghana.",
                                    "Some media claimed that Sweden had recalled its Ambassador to Ghana. This is untrue.", "The rumour that Sweden has expelled the Ambassador of Ghana is without foundation.",
                                    "The Minister denied reports that Sweden had closed its embassy in Accra.");
  CHECK(test::told(text).empty());
}

TEST_CASE("a report that is confirmed stays one") {
  CHECK(test::only("The Ministry reported that Sweden opened its embassy in Accra on 3 May.", "mission")["date"] == "2024-05-03");
}

TEST_CASE("what had been meant is off when a later clause says so") {
  const auto* const text = GENERATE("Foreign Minister Anna Berg was due to visit Ghana on 13 May; borders were still shut, and the visit had to be called off.",
                                    "Foreign Minister Anna Berg had been expected in Accra on 13 May; the visit fell through because of a strike.",
                                    "The visit of Foreign Minister Anna Berg to Ghana, which had been planned for 13 May, did not materialise.");
  CHECK(test::only(text, "visit")["status"] == "cancelled");
}

TEST_CASE("what is put off and held on another day is planned for that day") {
  const auto* const text = GENERATE("The Sweden-Ghana Joint Commission, which was to have met in Accra on 28 May, has been put off and will now be held there on 25 September.",
                                    "The meeting of the Sweden-Ghana Joint Commission scheduled for 28 May in Accra has been postponed and will take place on 25 September.");
  const auto round = test::only(text, "consultation");
  CHECK(round["date"] == "2024-09-25");
  CHECK(round["status"] == "planned");
}

TEST_CASE("a visit under consideration is none yet") {
  CHECK(test::told("A visit by the Foreign Minister of Ghana to Sweden is under consideration.").empty());
}

TEST_CASE("an invitation accepted for a day is a visit to come") {
  const auto visit = test::only("The President of Ghana has accepted an invitation to visit Sweden on 16 September.", "visit");
  CHECK(visit["date"] == "2024-09-16");
  CHECK(visit["status"] == "planned");
}

TEST_CASE("who attended the talk that was told is in it") {
  const auto* const text = GENERATE("Foreign Minister Anna Berg met the Foreign Minister of Ghana, Kofi Badu, on 13 May. The Ambassador of Ghana, Ama Osei, attended the meeting.",
                                    "Foreign Minister Anna Berg met the Foreign Minister of Ghana, Kofi Badu, on 13 May. The Ambassador of Ghana, Ama Osei, was present at the talks.",
                                    "Foreign Minister Anna Berg held talks with the Foreign Minister of Ghana, Kofi Badu, on 13 May. Present at the talks was the Ambassador of Ghana, Ama Osei.",
                                    "Foreign Minister Anna Berg met the Foreign Minister of Ghana, Kofi Badu, on 13 May. He was accompanied by the Ambassador of Ghana, Ama Osei.");
  CHECK(test::has(test::only(text, "meeting")["officials"], "official:GH/ama-osei"));
}

TEST_CASE("whoever is accompanied by several is the guest still, and they are of his side") {
  const auto visit = test::only("The President of Ghana, Kofi Badu, accompanied by Foreign Minister Yaw Osei and Trade Minister Ama Addo, arrived in Stockholm on 13 May.", "visit");
  CHECK(visit["roles"]["official:GH/kofi-badu"] == "guest");
  CHECK(visit["roles"]["official:GH/ama-addo"] == "guest");
}

TEST_CASE("as guest of somebody one is received by him") {
  const auto visit = test::only("Foreign Minister Anna Berg was on an official visit to Ghana from 12 to 14 May as guest of Mr. Kofi Badu, Minister of Foreign Affairs.", "visit");
  CHECK(visit["roles"]["official:GH/kofi-badu"] == "host");
}

TEST_CASE("an envoy is the guest of whoever stands higher") {
  const auto call = test::only("On 13 May Foreign Minister Anna Berg bade farewell to the Ambassador of Ghana, Kofi Badu.", "courtesy_call");
  CHECK(call["roles"]["official:GH/kofi-badu"] == "guest");
  CHECK(call["roles"]["official:SE/anna-berg"] == "host");
}

TEST_CASE("who receives a summoned envoy is of the summons, and no meeting") {
  const auto events = test::told("The Ambassador of Ghana, Kofi Badu, was called in on 13 May to the Ministry, where he was seen by State Secretary Eva Lund.");
  REQUIRE(events.size() == 1);
  CHECK(events[0]["type"] == "summon");
  CHECK(test::has(events[0]["officials"], "official:SE/eva-lund"));
}

TEST_CASE("an expulsion told by its noun says whose staff it was") {
  const auto* const text = GENERATE("The decision is an answer to the expulsion of a Swedish consul by Ghana on 9 May.", "The decision is an answer to the expulsion of our consul by the Ghanaian side on 9 May.");
  const auto expulsion = test::only(text, "expulsion");
  CHECK(expulsion["roles"]["country:SE"] == "target");
  CHECK(expulsion["date"] == "2024-05-09");
}

TEST_CASE("envoys of a ceremony who are named behind it") {
  const auto envoys = test::of_type(test::told("The President received the letters of credence of three ambassadors on 12 May. Kofi Badu, of Ghana, is a career diplomat. Siiri Kallaste is the new Ambassador of Estonia. The third is Luis Ferreira, of Paraguay, an economist."), "accreditation");
  CHECK(envoys.size() == 3);
}

TEST_CASE("credentials presented in a town abroad are presented to its state") {
  CHECK(test::only("Ambassador Anna Berg presented her credentials in Prague on 6 May.", "accreditation")["roles"]["country:CZ"] == "host");
}

TEST_CASE("papers in a list under 'signed:' are signed each") {
  const auto papers = test::of_type(test::told("After the talks on 13 May Foreign Minister Anna Berg and Foreign Minister Kofi Badu of Ghana signed:\n- an Agreement on Visa Exemption;\n- a Memorandum on Cooperation in Agriculture."), "agreement");
  CHECK(papers.size() == 2);
}

TEST_CASE("several memoranda are not the communiqué signed before them") {
  const auto papers = test::of_type(test::told("Foreign Minister Anna Berg and Foreign Minister Kofi Badu of Ghana signed a Joint Communiqué in Accra on 13 May. They also witnessed the signing of three Memoranda of Understanding, on health, on fisheries and on training."), "agreement");
  CHECK(papers.size() == 2);
}

TEST_CASE("a talk held by telephone is a call, however its words stand") {
  const auto* const text = GENERATE("Foreign Minister Anna Berg and the Foreign Minister of Ghana, Kofi Badu, exchanged views on the developments in Mali in a telephone conversation held on 13 May.",
                                    "In a telephone conversation held on 13 May, Foreign Minister Anna Berg and the Foreign Minister of Ghana, Kofi Badu, reviewed the situation in Mali.",
                                    "The developments in Mali were discussed by Foreign Minister Anna Berg and the Foreign Minister of Ghana, Kofi Badu, in a telephone conversation on 13 May.");
  const auto call = test::only(text, "call");
  CHECK(call["parties"].size() == 2);
  CHECK(call["date"] == "2024-05-13");
}

TEST_CASE("a day of the week before a position is its day") {
  // told on Wednesday, 15 May
  CHECK(test::only("On Friday the Ministry expressed its gratitude to Ghana.", "statement")["date"] == "2024-05-10");
}

TEST_CASE("who was elected as what is whom one congratulates") {
  const auto message = test::only("On 13 May Foreign Minister Anna Berg congratulated Kofi Badu on his election as President of Ghana.", "message");
  CHECK(message["roles"]["official:GH/kofi-badu"] == "recipient");
}

TEST_CASE("a part of the world alone is no party to a forum") {
  const auto forum = test::only("Sweden will attend the Arab Water Summit in Amman on 13 September.", "conference");
  CHECK_FALSE(test::has(forum["parties"], "region:arab-world"));
}

TEST_CASE("partners met on two days have each their own") {
  const auto talks = test::of_type(test::told("On 11 May Foreign Minister Anna Berg met with the Foreign Minister of Ghana, Kofi Badu, and on 12 May with the Foreign Minister of Togo, Yao Agbo."), "meeting");
  REQUIRE(talks.size() == 2);
  CHECK(talks[0]["date"] == "2024-05-11");
  CHECK(talks[1]["date"] == "2024-05-12");
}

TEST_CASE("the form of a state's name before a hyphen names it") {
  const auto [text, first] = GENERATE(table<const char*, const char*>({{"The Sino-Swedish Joint Commission met in Stockholm on 13 May.", "country:CN"}, {"The third session of the Franco-Swedish Joint Committee was held in Stockholm on 13 May.", "country:FR"}}));
  const auto forum = test::only(text, "consultation");
  CHECK(test::has(forum["parties"], first));
  CHECK(test::has(forum["parties"], "country:SE"));
}

TEST_CASE("a body that was founded held no session by that") {
  CHECK(test::of_type(test::told("The Swedish-Ghanaian Joint Commission was created in 2006."), "consultation").empty());
}

TEST_CASE("a day that opens a sentence is of its main verb, past what goes on meanwhile") {
  const auto meeting = test::only("On 13 May, while the experts were at work, Foreign Minister Anna Berg met the Foreign Minister of Ghana, Kofi Badu.", "meeting");
  CHECK(meeting["date"] == "2024-05-13");
}

TEST_CASE("'each' and 'together with' are no one else") {
  const auto closed = test::only("Sweden and Ghana each closed their embassies in Kabul on 13 May.", "mission");
  CHECK(closed["parties"].size() == 3);
  const auto forum = test::only("Together with Foreign Minister Kofi Badu of Ghana, Foreign Minister Anna Berg co-chaired the 9th Swedish-Ghanaian Joint Commission in Accra on 13 May.", "consultation");
  CHECK(forum["roles"]["official:GH/kofi-badu"] == "chair");
  CHECK(forum["roles"]["official:SE/anna-berg"] == "chair");
}

TEST_CASE("troops that are withdrawn are no envoys") {
  CHECK(test::of_type(test::told("Asked about the withdrawal of the last Ghanaian troops on 13 May, she said that the damage was being repaired."), "expulsion").empty());
}

TEST_CASE("goods in a list go where the last of them goes") {
  const auto aid = test::only("On 13 May Sweden sent flour, sugar, tents and medicines to Ghana.", "aid");
  CHECK(aid["roles"]["country:GH"] == "recipient");
}

TEST_CASE("who of ours arrives at home tells of a journey that is over") {
  const auto visit = test::only("Foreign Minister Anna Berg landed in Stockholm on 13 May, at the end of a tour that took her to Ghana.", "visit");
  CHECK(visit["roles"]["country:GH"] == "host");
  CHECK(visit["roles"]["official:SE/anna-berg"] == "guest");
}

TEST_CASE("'it' in a clause beside another is the subject of that") {
  const auto aid = test::of_type(test::told("On 11 May Sweden granted 20 million kronor to Ghana, and on 13 May it granted another 95 million kronor."), "aid");
  REQUIRE(aid.size() == 2);
  for (const auto& one : aid) CHECK(one["roles"]["country:SE"] == "donor");
}
