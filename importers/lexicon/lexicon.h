// How texts say it: names, titles, verbs, forum words, date words, loaded from the files under data/ and checked.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "graph/model/entity.h"

namespace entente::importers {

struct LexiconTables;  // importers/lexicon/tables.h: what the rooms look words up in

class Lexicon {
 public:
  // Loads `data` (the folder that holds gazetteer/ and lexicon/) and then each of `extra`, laid out alike, whose rows
  // are added to it. Fails with invalid_argument, naming file:line and what is wrong.
  static Result<Lexicon> load(const std::filesystem::path& data, const std::vector<std::filesystem::path>& extra = {});

  Lexicon(Lexicon&&) noexcept;
  Lexicon& operator=(Lexicon&&) noexcept;
  ~Lexicon();

  // The states, organisations and regions with all their names, for the store.
  const std::vector<graph::Entity>& entities() const;
  // A hash of every byte that was loaded.
  const std::string& version() const;
  const LexiconTables& tables() const { return *tables_; }

 private:
  explicit Lexicon(std::unique_ptr<LexiconTables> tables);
  std::unique_ptr<LexiconTables> tables_;
};

}  // namespace entente::importers
