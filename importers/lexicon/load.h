// The loaders behind Lexicon::load: each reads some tables of one data folder into the tables.
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "importers/lexicon/tables.h"

namespace entente::importers {

struct LoadContext {
  std::filesystem::path folder;  // holds gazetteer/ and lexicon/
  bool complete = true;          // every table must be there; an added folder may hold a few
  std::string* hashed = nullptr;  // takes every byte that was read
  LexiconTables* tables = nullptr;
};

Result<void> load_words(const LoadContext& context);
Result<void> load_parties(const LoadContext& context);
Result<void> load_posts(const LoadContext& context);
Result<void> load_forums(const LoadContext& context);
Result<void> load_events(const LoadContext& context);

}  // namespace entente::importers
