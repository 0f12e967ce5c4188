// dump, load, reread, same and the forms of stats, as a person types them.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "tests/apps/program.h"

using namespace entente::test;

namespace {

nlohmann::json json_of(const std::vector<std::string>& arguments) {
  const auto ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.code == 0);
  return nlohmann::json::parse(ran.out);
}

std::string timeline(const std::string& db) { return run({"timeline", "KR", "--limit", "0", "--json", "--db", db}).out; }

}  // namespace

TEST_CASE("a dump becomes a store that answers alike, a broken one becomes none") {
  const Folder folder;
  const std::string db = folder.path("db");
  const std::string file = folder.path("dump.jsonl");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto dumped = run({"dump", file, "--db", db});
  INFO(dumped.err);
  REQUIRE(dumped.code == 0);
  const auto loaded = run({"load", file, "--db", folder.path("again")});
  INFO(loaded.err);
  REQUIRE(loaded.code == 0);
  CHECK(timeline(folder.path("again")) == timeline(db));
  CHECK(run({"check", "--db", folder.path("again")}).code == 0);
  CHECK(run({"dump", "--db", folder.path("again")}).out == run({"dump", "--db", db}).out);
  CHECK(run({"dump", "-", "--db", db}).out == run({"dump", "--db", db}).out);
  // Not over what is there.
  CHECK(run({"load", file, "--db", db}).code == 2);

  std::ifstream in(file);
  std::string half;
  for (std::string line; half.size() < 5000 && std::getline(in, line);) half += line + '\n';
  const auto broken = run({"load", folder.write("half.jsonl", half), "--db", folder.path("none")});
  CHECK(broken.code == 2);
  CHECK(broken.err.find("breaks off") != std::string::npos);
  CHECK(run({"stats", "--db", folder.path("none")}).code == 5);
  CHECK(run({"load", "--db", folder.path("none")}).code == 2);
}

TEST_CASE("read again by the same text line nothing changes, by another, what changes is shown first and then done") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const std::string before = timeline(db);
  const auto same = json_of({"reread", "--dry-run", "--json", "--db", db});
  CHECK(same["read"] > 0);
  CHECK(same["changed"] == 0);
  CHECK(same["failed"] == 0);

  // A lexicon of one's own that knows one name of a state more.
  const std::string record = folder.write(
      "a.json", R"({"id": "a", "publisher": "KR-MOFA", "published": "2023-05-04", "title": "Talks", "url": "https://tests.invalid/a",)"
                R"( "text": "Foreign Minister Baek Do-yun met with Foreign Minister Ono Haruka of Cipango in Seoul on 2023-05-04."})");
  REQUIRE(run({"import", record, "--db", db}).code == 0);
  const auto then = json_of({"stats", "--json", "--db", db})["recorded"].get<std::string>();
  const std::string old_timeline = timeline(db);
  folder.write("mine/lexicon/en/states.tsv", "id\tnames\tabbreviations\tadjectives\tpeople\tseats\tsource\ncountry:JP\tCipango\t\t\t\t\tan old name\n");
  const std::string mine = folder.path("mine");
  const auto shown = run({"reread", "--dry-run", "--lexicon", mine, "--db", db});
  INFO(shown.out << shown.err);
  REQUIRE(shown.code == 0);
  CHECK(shown.out.find("official:JP/ono-haruka") != std::string::npos);
  CHECK(timeline(db) == old_timeline);
  CHECK(run({"reread", "--lexicon", mine, "--db", db}).out.find("official:JP/ono-haruka") != std::string::npos);
  CHECK(timeline(db) != old_timeline);
  CHECK(run({"check", "--db", db}).code == 0);
  const auto narrowed = json_of({"reread", "--dry-run", "--json", "--publisher", "NOBODY", "--db", db});
  CHECK(narrowed["read"] == 0);
  CHECK(json_of({"reread", "--json", "--since", "2023-05-04", "--db", db})["read"] >= 1);
  CHECK(run({"timeline", "KR", "--limit", "0", "--json", "--as-of", then, "--db", db}).out == old_timeline);
  CHECK(run({"reread", "--since", "yesterday", "--db", db}).code == 2);
  CHECK(run({"reread", "--db", folder.path("nowhere")}).code == 5);
}

TEST_CASE("two ids are said to be of one person, and it can be taken back") {
  const Folder folder;
  const std::string db = folder.path("db");
  const auto record = [&](const std::string& id, const std::string& name) {
    return folder.write(id + ".json", R"({"id": ")" + id + R"(", "publisher": "KR-MOFA", "published": "2023-05-04", "title": "Talks", "url": "https://tests.invalid/)" +
                                          id + R"(", "text": "Foreign Minister )" + name + R"( met with Minister of Foreign Affairs of Japan Ono Haruka in Seoul on 2023-05-04."})");
  };
  REQUIRE(run({"import", record("a", "Baek Do-yun"), record("b", "Baek Doyun"), "--db", db}).code == 0);
  const auto events = [&] { return nlohmann::json::parse(run({"timeline", "official:KR/baek-do-yun", "--json", "--db", db}).out); };
  const auto goes = [&] { return events().dump().find("official:KR/baek-doyun") == std::string::npos; };
  REQUIRE(events().size() == 1);
  CHECK_FALSE(goes());
  const auto said = run({"same", "official:KR/baek-do-yun", "official:KR/baek-doyun", "--by", "A. Archivist", "--db", db});
  INFO(said.out << said.err);
  REQUIRE(said.code == 0);
  CHECK(goes());
  CHECK(events()[0]["sources"] == 2);
  CHECK(json_of({"entity", "official:KR/baek-doyun", "--json", "--db", db})["id"] == "official:KR/baek-do-yun");
  CHECK(run({"same", "official:KR/baek-do-yun", "official:KR/baek-doyun", "--by", "A. Archivist", "--undo", "--db", db}).code == 0);
  CHECK_FALSE(goes());
  CHECK(run({"same", "official:KR/baek-do-yun", "country:JP", "--by", "A. Archivist", "--db", db}).code == 2);
}

TEST_CASE("stats tell what a store takes on disk, and how durable writes are can be chosen") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db, "--durability", "relaxed"}).code == 0);
  const auto stats = json_of({"stats", "--disk", "--json", "--db", db});
  CHECK(stats["families"]["claims"]["rows"] >= stats["claims"]);
  CHECK(stats["families"]["texts"]["bytes"] > 0);
  CHECK(run({"stats", "--disk", "--db", db}).out.find("on disk") != std::string::npos);
  CHECK(run({"import", ENTENTE_SAMPLES, "--db", db, "--durability", "sometimes"}).code == 2);
}
