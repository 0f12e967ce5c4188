// The loaders behind Lexicon::load: each reads some tables of one data folder into the tables.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "importers/lexicon/tables.h"

namespace entente::importers {

struct LoadContext {
  std::filesystem::path folder;  // holds gazetteer/ and lexicon/
  std::string language;          // the folder below lexicon/ that is read: "en"
  bool complete = true;          // every table must be there; an added folder, or a language, may hold a few
  std::string* hashed = nullptr;  // takes every byte that was read
  LexiconTables* tables = nullptr;
  std::vector<Error>* problems = nullptr;  // not null: takes what is wrong with each row, and the loading goes on

  // Fails with the error, or keeps it and goes on.
  Result<void> object(Error error) const {
    if (problems == nullptr) return error;
    problems->push_back(std::move(error));
    return {};
  }
};

Result<void> load_language(const LoadContext& context);  // what kind of language it is; before every other table
Result<void> load_confidence(const LoadContext& context);
Result<void> load_words(const LoadContext& context);
Result<void> load_parties(const LoadContext& context);
Result<void> load_posts(const LoadContext& context);
Result<void> load_forums(const LoadContext& context);
Result<void> load_events(const LoadContext& context);

}  // namespace entente::importers
