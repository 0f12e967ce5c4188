#include "importers/lexicon/lexicon.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "graph/model/ids.h"
#include "importers/lexicon/guess.h"
#include "importers/lexicon/load.h"

namespace entente::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kDefault = "en";

// The languages of the folders, English first, then by name.
std::vector<std::string> find_languages(const std::vector<fs::path>& folders) {
  std::set<std::string> found;
  for (const fs::path& folder : folders) {
    std::error_code code;
    for (fs::directory_iterator it(folder / "lexicon", code); !code && it != fs::directory_iterator(); it.increment(code))
      if (const std::string name = it->path().filename().string(); it->is_directory() && name != "any" && name != kDefault) found.insert(name);
  }
  std::vector<std::string> languages{std::string(kDefault)};
  languages.insert(languages.end(), found.begin(), found.end());
  return languages;
}

Result<void> load_folder(const LoadContext& context) {
  for (const auto load : {load_language, load_confidence, load_words, load_parties, load_posts, load_forums, load_events})
    if (Result<void> done = load(context); !done) return done;
  return {};
}

}  // namespace

struct Lexicon::Loading {
  std::vector<fs::path> folders;  // the whole one first
  std::vector<Error>* problems = nullptr;
};

Lexicon::Lexicon() = default;
Lexicon::Lexicon(Lexicon&&) noexcept = default;
Lexicon& Lexicon::operator=(Lexicon&&) noexcept = default;
Lexicon::~Lexicon() = default;

Result<Lexicon> Lexicon::load(const fs::path& data, const std::vector<fs::path>& extra) {
  Loading loading{{data}, nullptr};
  loading.folders.insert(loading.folders.end(), extra.begin(), extra.end());
  Lexicon lexicon;
  if (auto done = lexicon.read(loading); !done) return done.error().during("loading the lexicon");
  return lexicon;
}

std::vector<Error> Lexicon::problems(const fs::path& data, const std::vector<fs::path>& extra) {
  std::vector<Error> problems;
  Loading loading{{data}, &problems};
  loading.folders.insert(loading.folders.end(), extra.begin(), extra.end());
  Lexicon lexicon;
  if (auto done = lexicon.read(loading); !done) problems.push_back(done.error());
  // The gazetteer is read for each language: what is wrong with it is said once.
  std::vector<Error> once;
  std::set<std::string> said;
  for (Error& problem : problems)
    if (said.insert(problem.message).second) once.push_back(std::move(problem));
  return once;
}

Result<void> Lexicon::read(const Loading& loading) {
  std::string hashed;
  for (const fs::path& folder : loading.folders)
    if (!fs::is_directory(folder)) return Error{ErrorCode::not_found, folder.string() + " is no folder; it is to hold gazetteer/ and lexicon/", {}};
  for (const std::string& language : find_languages(loading.folders)) {
    auto tables = std::make_unique<LexiconTables>();
    tables->language = language;
    for (std::size_t i = 0; i < loading.folders.size(); ++i)
      if (auto done = load_folder({loading.folders[i], language, i == 0 && language == kDefault, &hashed, tables.get(), loading.problems}); !done) return done;
    tables->verb_forms.resize(tables->vocabulary.size());
    tables->vocabulary.settle();
    tables->phrases.settle();
    tables_.push_back(std::move(tables));
  }
  if (auto done = read_boilerplate(loading); !done) return done;
  version_ = graph::hex_digits(fnv1a64(hashed));
  merge_names();
  grammar_ = std::make_unique<GrammarWords>(tables_);
  return {};
}

// The lines around a release are taken out before its language is known, so those of all languages are one table.
Result<void> Lexicon::read_boilerplate(const Loading& loading) {
  std::vector<std::string> names = languages();
  names.insert(names.begin(), "any");
  for (const fs::path& folder : loading.folders)
    for (const std::string& name : names) {
      const fs::path table = folder / "lexicon" / name / "boilerplate.tsv";
      if (!fs::exists(table)) continue;
      if (auto done = load_boilerplate(table, tables_.front()->boilerplate); !done) {
        if (loading.problems == nullptr) return done;
        loading.problems->push_back(done.error());
      }
    }
  return {};
}

// Every language has all parties, in the same order; the names that it has for them are added to those in English.
void Lexicon::merge_names() {
  std::vector<graph::Entity>& all = tables_.front()->entities;
  for (std::size_t t = 1; t < tables_.size(); ++t)
    for (std::size_t i = 0; i < std::min(all.size(), tables_[t]->entities.size()); ++i)
      for (graph::EntityName& name : tables_[t]->entities[i].names)
        if (name.language == tables_[t]->language) all[i].names.push_back(std::move(name));
}

std::vector<std::string> Lexicon::languages() const {
  std::vector<std::string> names;
  for (const auto& tables : tables_) names.push_back(tables->language);
  return names;
}

const LexiconTables* Lexicon::find_tables(std::string_view language) const {
  const std::string_view primary = language.substr(0, language.find_first_of("-_"));
  for (const auto& tables : tables_)
    if (tables->language == primary) return tables.get();
  return nullptr;
}

const LexiconTables& Lexicon::tables_for(std::string_view text) const { return *tables_[grammar_->guess(text)]; }

const std::vector<graph::Entity>& Lexicon::entities() const { return tables_.front()->entities; }

}  // namespace entente::importers
