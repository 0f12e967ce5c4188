#include "importers/lexicon/lexicon.h"

#include "base/bytes.h"
#include "graph/model/ids.h"
#include "importers/lexicon/load.h"

namespace entente::importers {
namespace {

Result<void> load_folder(const LoadContext& context) {
  for (const auto load : {load_words, load_parties, load_posts, load_forums, load_events})
    if (Result<void> done = load(context); !done) return done;
  return {};
}

}  // namespace

Result<Lexicon> Lexicon::load(const std::filesystem::path& data, const std::vector<std::filesystem::path>& extra) {
  auto tables = std::make_unique<LexiconTables>();
  std::string hashed;
  if (auto done = load_folder({data, true, &hashed, tables.get()}); !done) return done.error().during("loading the lexicon");
  for (const auto& folder : extra)
    if (auto done = load_folder({folder, false, &hashed, tables.get()}); !done) return done.error().during("loading the lexicon");
  tables->verb_forms.resize(tables->vocabulary.size());
  Boilerplate boilerplate;
  for (const char* table : {"lexicon/any/boilerplate.tsv", "lexicon/en/boilerplate.tsv"})
    if (std::filesystem::exists(data / table))
      if (auto done = load_boilerplate(data / table, boilerplate); !done) return done.error().during("loading the lexicon");
  tables->boilerplate = std::move(boilerplate);
  tables->version = graph::hex_digits(fnv1a64(hashed));
  return Lexicon(std::move(tables));
}

Lexicon::Lexicon(std::unique_ptr<LexiconTables> tables) : tables_(std::move(tables)) {}
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

const std::vector<graph::Entity>& Lexicon::entities() const { return tables_->entities; }
const std::string& Lexicon::version() const { return tables_->version; }

}  // namespace entente::importers
