// Acts told in asides, by what stands beside them, and in sentences of their own.
#include <catch2/catch.hpp>

#include "tests/importers/line/support.h"

using namespace entente;

TEST_CASE("each leg of a journey has its own days") {
  const auto visits = test::of_type(test::told("Foreign Minister Anna Berg will be in Lima on 20 May, and will then go on to Quito, Ecuador, where she is to stay from 21 to 23 May."), "visit");
  REQUIRE(visits.size() == 2);
  CHECK(visits[0]["date"] == "2024-05-20");
  CHECK(visits[1]["date"] == "2024-05-21/2024-05-23");
}

TEST_CASE("a visit is told by a clause behind the town, or by an aside before the verb") {
  const auto stop = test::only("Foreign Minister Anna Berg is back in Stockholm. The first stop was Lima, Peru, which the Minister visited on 3 May.", "visit");
  CHECK(stop["date"] == "2024-05-03");
  CHECK(stop["place"]["city"] == "Lima");
  const auto events = test::told("On 6 May the Foreign Minister, Anna Berg, visiting Accra, signed with the Foreign Minister of Ghana, Kofi Badu, an agreement on ferries.");
  REQUIRE(test::of_type(events, "visit").size() == 1);
  CHECK(test::has(test::of_type(events, "visit")[0]["officials"], "official:SE/anna-berg"));
  REQUIRE(test::of_type(events, "agreement").size() == 1);
  CHECK(test::of_type(events, "agreement")[0]["roles"]["official:SE/anna-berg"] == "signatory");
}

TEST_CASE("what an aside says of its time is not said of the verb behind it") {
  const auto session = test::only("Foreign Minister Anna Berg, who is on a visit to New York from 20 to 26 April, took part in the 12th session of the UN Forum on Forests.", "conference");
  CHECK(session["date"] != "2024-04-20/2024-04-26");
}

TEST_CASE("whoever says I is not the one who came") {
  const auto visit = test::only("Foreign Minister Anna Berg met the Foreign Minister of Ghana, Kofi Badu.\n“I was glad to host my colleague Kofi Badu when he visited Stockholm in June last year,” Ms Berg said.", "visit");
  CHECK(visit["date"] == "2023-06");
  CHECK(visit["roles"]["official:GH/kofi-badu"] == "guest");
}

TEST_CASE("a state names its own envoy and leads its own delegation, in the news of another state too") {
  CHECK(test::has(test::only("The Ambassador told the Minister that Ghana has named Mr. Kofi Badu as its next Ambassador to Sweden.", "appointment")["officials"], "official:GH/kofi-badu"));
  const std::string round = "The third Political Consultations between Sweden and Ghana were held yesterday in Accra. ";
  CHECK(test::has(test::only(round + "Director-General Anna Berg led the Swedish side while Director-General Kofi Badu headed the delegation of Ghana.", "consultation")["officials"], "official:GH/kofi-badu"));
  CHECK(test::has(test::only(round + "The Deputy Foreign Minister, Ms. Anna Berg, headed our delegation.", "consultation")["officials"], "official:SE/anna-berg"));
}

TEST_CASE("verbs left out are those of the first state") {
  const auto summit = test::only("The 4th Trilateral Summit of Sweden, Ghana and Togo was held today in Lomé. Togo, as host, was represented by its President, Mr. Yao Agbo, Ghana by its President, Mr. Kofi Badu, and Sweden by its Prime Minister, Ms. Anna Berg.", "conference");
  CHECK(test::has(summit["officials"], "official:GH/kofi-badu"));
  CHECK(test::has(summit["officials"], "official:SE/anna-berg"));
  CHECK(summit["roles"]["country:TG"] == "host");
}

TEST_CASE("who met this time need not have been at the round before") {
  const auto rounds = test::of_type(test::told("The Foreign Minister of Sweden, Anna Berg, and the Foreign Minister of Ghana, Kofi Badu, co-chaired the 9th Meeting of the Sweden–Ghana Joint Commission in Accra yesterday. The 8th Meeting was held in Uppsala in July 2019. The two Ministers reviewed the whole of their relations."), "consultation");
  REQUIRE(rounds.size() == 2);
  CHECK(rounds[0]["date"] == "2019-07");
  CHECK(rounds[0]["officials"].empty());
}

TEST_CASE("names are read to their ends") {
  CHECK(test::has(test::only("Minister for Foreign Affairs of Mongolia Ts.Baatar met with the Foreign Minister of Sweden, Anna Berg, in Uppsala on 13 May.", "meeting")["officials"], "official:MN/ts-baatar"));
  CHECK(test::has(test::only("HE Director of the Consular Department Mariam bint Saif Al Jabri met today with HE Ambassador of Kenya to the State John Otieno.", "meeting", "QA-MOFA")["officials"], "official:QA/mariam-bint-saif-al-jabri"));
  CHECK(test::has(test::only("HE Director of the Consular Department Mariam bint Saif Al Jabri met today with HE Ambassador of Kenya to the State John Otieno.", "meeting", "QA-MOFA")["officials"], "official:KE/john-otieno"));
  CHECK(test::has(test::only("State Secretary Anna Berg held talks in Helsinki on 13 May with the State Secretary at the Ministry for Foreign Affairs of Finland, Aino Salo.", "meeting")["officials"], "official:FI/aino-salo"));
  CHECK(test::has(test::only("Foreign Minister Anna Berg met on Monday with the United Nations High Commissioner for Refugees, Maria Costa.", "meeting")["officials"], "official:unhcr/maria-costa"));
}

TEST_CASE("an anniversary does not move the year that the text says") {
  CHECK(test::only("This year marks fifty years of diplomatic relations between Sweden and Ghana, established in 1974.", "relations")["date"] == "1974");
}

TEST_CASE("a ceremony dates and places the act that was told before it") {
  const auto gift = test::only("Sweden donated 20 vehicles to Ghana for rescue work. The hand-over ceremony took place in Kumasi on 9 May.", "aid");
  CHECK(gift["date"] == "2024-05-09");
  CHECK(gift["place"]["city"] == "Kumasi");
  const auto cheque = test::only("Sweden gave Ghana a donation of one million United States dollars. The cheque was presented by Sweden in Kumasi on 11 May.", "aid");
  CHECK(cheque["place"]["city"] == "Kumasi");
  CHECK_FALSE(test::has(cheque["parties"], "country:US"));
}

TEST_CASE("a town that is a state is a town where something happens") {
  const auto paper = test::only("Foreign Minister Anna Berg signed with the Foreign Minister of Ghana, Kofi Badu, an agreement on ferries at the Raffles Hotel, Singapore, on 8 May.", "agreement");
  CHECK(paper["place"]["city"] == "Singapore");
}

TEST_CASE("a line with a town in a calendar places what stands under it") {
  const auto meeting = test::only("MONDAY, 20 May\nStockholm, Arvfurstens palats\n10:00 – Minister Anna Berg will receive the Foreign Minister of Ghana, Kofi Badu.\n\nTUESDAY, 21 May\nThe Ministry is closed.", "meeting");
  CHECK(meeting["date"] == "2024-05-20");
  CHECK(meeting["place"]["city"] == "Stockholm");
  const auto visit = test::told("MONDAY, 20 May\nHelsinki – Minister Anna Berg will meet the Foreign Minister of Finland, Aino Salo.\n\nTUESDAY, 21 May\nThe Ministry is closed.");
  REQUIRE(visit.size() == 1);
  CHECK(visit[0]["place"]["city"] == "Helsinki");
}

TEST_CASE("a meeting that was planned and called off is cancelled") {
  const auto meeting = test::only("The meeting of Visegrad Group foreign ministers that was planned in Bratislava on 20 May has been called off.", "conference", "PL-MFA");
  CHECK(meeting["status"] == "cancelled");
  CHECK(meeting["parties"].size() == 4);
}

TEST_CASE("what is said in passing is no event") {
  CHECK(test::of_type(test::told("The Foreign Minister of Ghana, Kofi Badu, received yesterday in Accra the letters of credence of Anna Berg, Ambassador of Sweden, who is now accredited to the country.", "GH-MFA"), "accreditation").size() == 1);
  CHECK(test::of_type(test::told("Ghana has named Mr. Kofi Badu as its Ambassador to Sweden. Until he takes up his duties, the Embassy is in the hands of the Counsellor."), "appointment").size() == 1);
  CHECK(test::of_type(test::told("From 15 August, consular assistance for our nationals will be taken over by the Embassy of Ghana."), "aid").empty());
  CHECK(test::of_type(test::told("Ghana imposed sanctions on Swedish and Norwegian companies on 8 May. The Spokesperson thanked those who had offered their sympathy."), "statement").empty());
  CHECK(test::of_type(test::told("The first EU-Ghana Summit, which will bring the leaders to Accra in 2025, was on the agenda."), "summon").empty());
}

TEST_CASE("whoever looks forward to a meeting is not said to be there") {
  const auto meeting = test::only("The Foreign Minister, Anna Berg, looks forward to the 12th Nordic–African Foreign Ministers’ Meeting, which is to be held in Lomé, Togo, on 24 July 2024.", "conference");
  CHECK(meeting["officials"].empty());
}

TEST_CASE("a message that somebody takes for another reaches the other") {
  const auto message = test::only("The Minister of State, Salem Al Jabri, received today a written message from the President of Kenya, John Otieno, to HH the Amir.", "message", "QA-MOFA");
  CHECK_FALSE(test::has(message["officials"], "official:QA/salem-al-jabri"));
  CHECK(message["roles"]["country:QA"] == "recipient");
}

TEST_CASE("an envoy may be named to lead the mission that was told before") {
  const auto events = test::told("Sweden will open an embassy in Niamey, Niger, in the autumn of 2025. Ambassador Anna Berg has been appointed to head it.");
  REQUIRE(test::of_type(events, "appointment").size() == 1);
  CHECK(test::has(test::of_type(events, "appointment")[0]["parties"], "country:NE"));
}

TEST_CASE("how a talk was held may be told in front of its verb") {
  CHECK(test::only("Over a video link on 6 May, Foreign Minister Anna Berg spoke with Foreign Minister of Ghana Kofi Badu.", "meeting")["mode"] == "virtual");
  CHECK(test::only("The consultations between Sweden and Ghana were held on 6 May at the level of Deputy Ministers.", "meeting")["level"] == "vice_minister");
}

TEST_CASE("from there one goes on") {
  const auto visits = test::of_type(test::told("Minister Anna Berg travels to Port Moresby today. From there she continues to Honiara, where she will be from 17 to 19 May."), "visit");
  REQUIRE(visits.size() == 2);
  CHECK(visits[1]["date"] == "2024-05-17/2024-05-19");
}

TEST_CASE("what one said of the other where they met is no position") {
  const auto events = test::told("The Foreign Minister, Anna Berg, has commended the outgoing Ambassador of Ghana, Kofi Badu. She made the remarks when the Ambassador paid a farewell courtesy call on her in Stockholm on Monday.");
  CHECK(test::of_type(events, "statement").empty());
  REQUIRE(test::of_type(events, "courtesy_call").size() == 1);
}

TEST_CASE("a counterpart has the post of whoever is meant by the short form before it") {
  const auto visit = test::only("The Spokesperson, Counsellor Eva Lind, said on 6 May that Foreign Minister Anna Berg was back. On 4 May the Minister signed with her Ghanaian counterpart, Kofi Badu, an agreement on ferries in Accra.", "agreement");
  CHECK(visit["level"] == "minister");
}

TEST_CASE("a talk with each who has a day and a town of his own") {
  const auto talks = test::of_type(test::told("Foreign Minister Anna Berg met Foreign Minister of Norway Kari Lie in Oslo on Monday and Foreign Minister of Finland Aino Salo in Helsinki on Tuesday."), "meeting");
  REQUIRE(talks.size() == 2);
  CHECK(talks[0]["place"]["city"] == "Oslo");
  CHECK(talks[1]["place"]["city"] == "Helsinki");
  CHECK(test::has(talks[1]["officials"], "official:FI/aino-salo"));
  CHECK_FALSE(test::has(talks[0]["officials"], "official:FI/aino-salo"));
}

TEST_CASE("names stand each behind its state") {
  const auto call = test::of_type(test::told("Minister Anna Berg spoke on the phone with her counterparts of Egypt, Samir Fahmy, and Jordan, Omar Zaid, this afternoon."), "call");
  REQUIRE(call.size() == 2);
  CHECK((test::has(call[0]["officials"], "official:JO/omar-zaid") || test::has(call[1]["officials"], "official:JO/omar-zaid")));
  const auto met = test::only("The Foreign Minister of Ecuador, Luis Mora, and that of Peru, Juan Rojas, met yesterday in Tumbes.", "meeting", "EC-MREMH");
  CHECK(test::has(met["officials"], "official:PE/juan-rojas"));
}

TEST_CASE("what was planned for one time and will be at another is of the other") {
  CHECK(test::only("The visit of President Anna Berg to Accra, initially planned for 3 to 5 May, will now take place from 10 to 12 June.", "visit")["date"] == "2024-06-10/2024-06-12");
}
