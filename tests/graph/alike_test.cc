#include "graph/join/alike.h"

#include <catch2/catch.hpp>

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {
bool persons(const char* a, const char* b) {
  const EntityId x(std::string("official:") + a);
  const EntityId y(std::string("official:") + b);
  CHECK(same_person(x, y) == same_person(y, x));
  return same_person(x, y);
}
bool forums(const char* a, const char* b) {
  const std::vector<std::string> names = {"south-korea", "republic-of-korea", "kazakhstan", "kazakh"};
  const auto x = telling_words(EntityId(std::string("forum:") + a), names);
  const auto y = telling_words(EntityId(std::string("forum:") + b), names);
  CHECK(alike(x, y) == alike(y, x));
  return alike(x, y);
}
}  // namespace

TEST_CASE("one person is named in another order, by the surname, or a letter otherwise") {
  CHECK(persons("KR/kim-gunn", "KR/gunn-kim"));
  CHECK(persons("KZ/nurlanova", "KZ/aigerim-nurlanova"));
  CHECK(persons("GE/davit-beridze", "GE/david-beridze"));
  CHECK(persons("KR/han-seo-jun", "KR/han-seojun"));
  CHECK(persons("KR/kim-gunn", "KR/kim-gun"));
}

TEST_CASE("two persons share a family name, a state, or a name in another state") {
  CHECK_FALSE(persons("KR/kim-min-jae", "KR/kim-min-jun"));
  CHECK_FALSE(persons("KR/kim-gunn", "KP/kim-gunn"));
  CHECK_FALSE(persons("KR/baek-do-yun", "KR/cho-han-sol"));
  CHECK_FALSE(persons("US/john-harlan", "US/john-miller"));
}

TEST_CASE("a series is known by what it is, not by who meets and in which order they are named") {
  CHECK(forums("korea-kazakhstan-policy-consultation", "policy-consultations-between-kazakhstan-and-the-republic-of-korea"));
  CHECK(forums("kazakhstan-korea-political-consultations", "policy-consultation"));
  CHECK(forums("joint-commission-on-trade", "joint-commission"));
}

TEST_CASE("series of two subjects are two") {
  CHECK_FALSE(forums("korea-kazakhstan-energy-dialogue", "korea-kazakhstan-strategic-dialogue"));
  CHECK_FALSE(forums("korea-kazakhstan-consular-consultations", "korea-kazakhstan-policy-consultation"));
  CHECK_FALSE(forums("korea-kazakhstan", "policy-consultation"));
}
