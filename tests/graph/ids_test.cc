#include "graph/model/ids.h"

#include <catch2/catch.hpp>

#include "graph/model/release.h"

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

TEST_CASE("an id names its kind") {
  CHECK(kind_of(EntityId("country:KR")) == EntityKind::country);
  CHECK(kind_of(EntityId("org:asean")) == EntityKind::organisation);
  CHECK(kind_of(EntityId("official:KR/kim-gunn")) == EntityKind::official);
  CHECK(kind_of(EntityId("forum:asean-summit")) == EntityKind::forum);
}

TEST_CASE("what names no kind is no id of one") {
  const auto* const text = GENERATE("", ":", "KR", "country:", "state:KR", "Country:KR", "organisation:un");
  INFO(text);
  CHECK_FALSE(kind_of(EntityId(text)).has_value());
}

TEST_CASE("ids are made as a person types them") {
  CHECK(country_id("KR").str() == "country:KR");
  CHECK(country_code(EntityId("country:SUHH")) == "SUHH");
  CHECK(country_code(EntityId("org:un")).empty());
  CHECK(official_id(EntityId("country:KR"), "Kim Gunn").str() == "official:KR/kim-gunn");
  CHECK(official_id(EntityId("org:un"), "António Guterres").str() == "official:un/antonio-guterres");
  CHECK(forum_id("Korea-Central Asia Cooperation Forum").str() == "forum:korea-central-asia-cooperation-forum");
  CHECK(forum_id("the Council of Ministers of the Union and the League").str() == "forum:council-of-ministers-of-union-and-league");
  CHECK(forum_id("Theatre Forum").str() == "forum:theatre-forum");
  CHECK(forum_id("The").str() == "forum:the");
}

TEST_CASE("the digits of a hash are sixteen, whatever its size") {
  CHECK(hex_digits(0) == "0000000000000000");
  CHECK(hex_digits(0xabcULL) == "0000000000000abc");
  CHECK(hex_digits(~0ULL) == "ffffffffffffffff");
}

TEST_CASE("a release is known by its address, and by its text where it has none") {
  CHECK(release_id("https://a.example/1", "x") == release_id("https://a.example/1", "y"));
  CHECK(release_id("https://a.example/1", "x") != release_id("https://a.example/2", "x"));
  CHECK(release_id("", "x") == release_id("", "x"));
  CHECK(release_id("", "x") != release_id("", "y"));
}

TEST_CASE("a reading is another one when its title, date, publisher or text is") {
  const Release release{ReleaseId("release:1"),           "KR-MOFA", "https://a.example/1", "Talks", "en",
                        entente::CivilDate{2020, 11, 19}, {},        "Talks were held.",    0};
  const auto hash = content_hash(release);
  Release other = release;
  other.fetched.micros = 5;
  other.url = "https://a.example/2";
  CHECK(content_hash(other) == hash);
  other = release;
  other.title = "Talk";
  CHECK(content_hash(other) != hash);
  other = release;
  other.published = std::nullopt;
  CHECK(content_hash(other) != hash);
  other = release;
  other.publisher = "KZ-MFA";
  CHECK(content_hash(other) != hash);
  other = release;
  other.text += ' ';
  CHECK(content_hash(other) != hash);
}
