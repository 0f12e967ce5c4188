// How texts say it: names, titles, verbs, forum words, date words, loaded from the files under data/ and checked.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "graph/model/entity.h"

namespace entente::importers {

struct LexiconTables;  // importers/lexicon/tables.h: what the rooms look words up in
class GrammarWords;    // importers/lexicon/guess.h: what a language is told by

class Lexicon {
 public:
  // Loads `data` (the folder that holds gazetteer/ and lexicon/) and then each of `extra`, laid out alike, whose rows
  // are added to it. Each folder below lexicon/ is a language; English has to be there and whole.
  // Fails with invalid_argument, naming file:line and what is wrong.
  static Result<Lexicon> load(const std::filesystem::path& data, const std::vector<std::filesystem::path>& extra = {});
  // The same, for a person who writes tables: every row that is off, not only the first. Empty: load() succeeds.
  static std::vector<Error> problems(const std::filesystem::path& data, const std::vector<std::filesystem::path>& extra = {});

  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  // The states, organisations and regions with all their names, for the store.
  const std::vector<graph::Entity>& entities() const;
  // A hash of every byte that was loaded.
  const std::string& version() const { return version_; }
  // The folders below lexicon/, English first.
  std::vector<std::string> languages() const;
  // Of a BCP 47 tag ("fr-CA"); nullptr for a language that has no folder.
  const LexiconTables* find_tables(std::string_view language) const;
  // Of English.
  const LexiconTables& tables() const { return *tables_.front(); }
  // Of the language whose grammar words stand most often at the head of the text; English when none does.
  const LexiconTables& tables_for(std::string_view text) const;

 private:
  Lexicon();
  struct Loading;
  Result<void> read(const Loading& loading);
  Result<void> read_boilerplate(const Loading& loading);
  void merge_names();

  std::vector<std::unique_ptr<LexiconTables>> tables_;
  std::string version_;
  std::unique_ptr<GrammarWords> grammar_;
};

}  // namespace entente::importers
