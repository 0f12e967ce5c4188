// `check` on a store that somebody has damaged behind our back.
#include <rocksdb/db.h>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <memory>

#include "tests/apps/program.h"

using entente::test::Folder;
using entente::test::run;

namespace {

// Takes the first row of a family away.
void drop_first_row(const std::string& db, const std::string& family) {
  const std::string records = db + "/records";
  std::vector<std::string> names;
  REQUIRE(rocksdb::DB::ListColumnFamilies({}, records, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
  for (const auto& name : names) descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  REQUIRE(rocksdb::DB::Open({}, records, descriptors, &handles, &raw).ok());
  const std::unique_ptr<rocksdb::DB> store(raw);
  bool dropped = false;
  for (auto* handle : handles) {
    if (handle->GetName() == family) {
      const std::unique_ptr<rocksdb::Iterator> rows(store->NewIterator({}, handle));
      rows->SeekToFirst();
      REQUIRE(rows->Valid());
      dropped = store->Delete({}, handle, rows->key()).ok();
    }
    store->DestroyColumnFamilyHandle(handle);
  }
  REQUIRE(store->Close().ok());
  REQUIRE(dropped);
}

}  // namespace

TEST_CASE("a row that is gone is named by its family, and the shell hears of it") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  const auto sound = run({"check", "--db", db});
  CHECK(sound.code == 0);
  CHECK(sound.out.find("agree") != std::string::npos);

  drop_first_row(db, "pair_events");
  const auto ran = run({"check", "--db", db});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  CHECK(ran.out.find("pair_events") != std::string::npos);
  CHECK(ran.out.find("missing") != std::string::npos);
  CHECK(ran.err.find("disagree") != std::string::npos);

  const auto form = nlohmann::json::parse(run({"check", "--db", db, "--json"}).out);
  CHECK(form["agrees"] == false);
  CHECK(form["disagreements"] == 1);
  CHECK(form["shown"][0]["family"] == "pair_events");
}

TEST_CASE("check takes the store of the environment") {
  const Folder folder;
  REQUIRE(run({"import", ENTENTE_SAMPLES}, {{{"ENTENTE_DB", folder.path("db")}}, false}).code == 0);
  CHECK(run({"check"}, {{{"ENTENTE_DB", folder.path("db")}}, false}).code == 0);
}

TEST_CASE("a file with a changed byte is named with what is lost and what to do, and the shell hears of it") {
  const Folder folder;
  const std::string db = folder.path("db");
  REQUIRE(run({"import", ENTENTE_SAMPLES, "--db", db}).code == 0);
  // The largest file that holds names: an order that follows from others.
  std::string damaged;
  {
    rocksdb::DB* raw = nullptr;
    std::vector<std::string> names;
    REQUIRE(rocksdb::DB::ListColumnFamilies({}, db + "/records", &names).ok());
    std::vector<rocksdb::ColumnFamilyDescriptor> descriptors;
    for (const auto& name : names) descriptors.emplace_back(name, rocksdb::ColumnFamilyOptions());
    std::vector<rocksdb::ColumnFamilyHandle*> handles;
    REQUIRE(rocksdb::DB::OpenForReadOnly({}, db + "/records", descriptors, &handles, &raw).ok());
    const std::unique_ptr<rocksdb::DB> store(raw);
    std::vector<rocksdb::LiveFileMetaData> files;
    store->GetLiveFilesMetaData(&files);
    for (const auto& file : files)
      if (file.column_family_name == "names") damaged = file.db_path + file.name;
    for (auto* handle : handles) store->DestroyColumnFamilyHandle(handle);
  }
  REQUIRE_FALSE(damaged.empty());
  {
    std::fstream file(damaged, std::ios::in | std::ios::out | std::ios::binary);
    constexpr std::streamoff kWithinRows = 100;
    file.seekg(kWithinRows);
    const char byte = static_cast<char>(file.get());
    file.seekp(kWithinRows);
    file.put(static_cast<char>(byte ^ 0x10));
    REQUIRE(file.flush().good());
  }
  const auto ran = run({"check", "--db", db});
  INFO(ran.out << ran.err);
  CHECK(ran.code == 1);
  CHECK(ran.out.find("names") != std::string::npos);
  CHECK(ran.out.find("not lost") != std::string::npos);
  CHECK(ran.err.find("a file is damaged") != std::string::npos);
  // As it says.
  REQUIRE(run({"dump", folder.path("dump.jsonl"), "--db", db}).code == 0);
  REQUIRE(run({"load", folder.path("dump.jsonl"), "--db", folder.path("again")}).code == 0);
  CHECK(run({"check", "--db", folder.path("again")}).code == 0);
}
