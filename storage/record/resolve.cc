#include "storage/record/resolve.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/utf8.h"
#include "storage/layout/rows.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/names.h"
#include "storage/record/same.h"

namespace entente::storage {
namespace {

using graph::Candidate;
using graph::Entity;
using graph::EntityKind;
using graph::EntityName;
using graph::NameKind;

constexpr std::size_t kNameRowsMax = 2000;         // looked at for one name
constexpr std::size_t kTrigramRowsMax = 20'000;    // for one trigram
constexpr std::size_t kMisspeltEntitiesMax = 200;  // compared letter by letter
constexpr std::size_t kNameBytesMax = 512;         // of a name that is asked for
constexpr double kSureScore = 0.9;                 // better than this, and nothing misspelt is looked for
constexpr std::size_t kFormerStateCodeLetters = 4;

struct Question {
  std::string written;
  std::string name;  // comparable
  std::u32string letters;
};

double weight(const Entity& entity, const EntityName& name) {
  double out = 1;
  if (name.kind == NameKind::adjective) out *= 0.9;
  if (name.kind == NameKind::seat) out *= 0.8;
  if (name.until_year) out *= 0.9;
  if (graph::country_code(entity.id).size() == kFormerStateCodeLetters) out *= 0.9;
  return out;
}

double begun_share(const Question& question, std::string_view name) {
  return static_cast<double>(question.name.size()) / static_cast<double>(name.size());
}

double spelt_score(const Question& question, const EntityName& name) {
  if (name.text == question.written) return 1;
  const std::string text = comparable(name.text);
  if (text == question.name) return name.kind == NameKind::abbreviation ? 0.85 : 0.95;
  if (text.starts_with(question.name)) return 0.6 + 0.3 * begun_share(question, text);
  const auto starts = word_starts(text);
  const bool later = std::any_of(starts.begin() + 1, starts.end(),
                                 [&](const std::string& start) { return start.starts_with(question.name); });
  return later ? 0.4 + 0.3 * begun_share(question, text) : 0;
}

double misspelt_score(const Question& question, const EntityName& name) {
  if (name.kind == NameKind::abbreviation) return 0;  // one letter more is another abbreviation
  const std::size_t most = mistakes_allowed(question.letters.size());
  const std::size_t mistakes = edit_distance(question.letters, code_points(comparable(name.text)), most);
  if (mistakes > most) return 0;
  return 0.75 * (1 - static_cast<double>(mistakes) / static_cast<double>(question.letters.size()));
}

int kind_rank(const graph::EntityId& id) {
  switch (graph::kind_of(id).value_or(EntityKind::topic)) {
    case EntityKind::country:
      return 0;
    case EntityKind::organisation:
      return 1;
    case EntityKind::region:
      return 2;
    case EntityKind::forum:
      return 3;
    case EntityKind::official:
      return 4;
    default:
      return 5;
  }
}

bool better(const Candidate& a, const Candidate& b) {
  if (a.score != b.score) return a.score > b.score;
  return std::tuple(kind_rank(a.id), a.label.size(), a.id.str()) <
         std::tuple(kind_rank(b.id), b.label.size(), b.id.str());
}

class Resolver {
 public:
  Resolver(const TableView& view, RecordedTime at, Question question)
      : view_(view), at_(at), question_(std::move(question)) {}

  Result<std::vector<Candidate>> run() {
    if (auto done = find_spelt(); !done) return done.error();
    const bool sure =
        std::any_of(found_.begin(), found_.end(), [](const auto& c) { return c.second.score > kSureScore * 0.9; });
    if (!sure)
      if (auto done = find_misspelt(); !done) return done.error();
    std::vector<Candidate> out;
    for (auto& [number, candidate] : found_) out.push_back(std::move(candidate));
    std::sort(out.begin(), out.end(), better);
    return out;
  }

 private:
  using Score = double (*)(const Question&, const EntityName&);

  Result<void> find_spelt() {
    const auto start = name_start(question_.name);
    const std::size_t bytes = std::min(question_.name.size(), start.size());
    std::set<EntityNumber> entities;
    std::size_t rows = 0;
    const auto walked = for_each_row<NameKey, Present>(
        view_, starting_with(Family::names, std::string_view(question_.name).substr(0, bytes)),
        [&](const NameKey& key, const Present&) -> Result<bool> {
          entities.insert(key.entity);
          return ++rows < kNameRowsMax;
        });
    if (!walked) return walked;
    for (const EntityNumber entity : entities)
      if (auto done = consider(entity, spelt_score); !done) return done;
    return {};
  }

  Result<void> find_misspelt() {
    const std::size_t length = question_.letters.size();
    const std::size_t most = mistakes_allowed(length);
    if (most == 0 || length > kFuzzyNameMax) return {};
    const auto parts = trigrams(question_.letters);
    std::map<EntityNumber, std::size_t> shared;
    for (const std::uint32_t part : parts)
      if (auto done = count_sharing(part, length - most, length + most, shared); !done) return done;
    // A mistake spoils three of them at most.
    const std::size_t needed = parts.size() > 3 * most ? parts.size() - 3 * most : 1;
    std::vector<std::pair<std::size_t, EntityNumber>> likely;
    for (const auto& [entity, count] : shared)
      if (count >= needed) likely.emplace_back(count, entity);
    std::sort(likely.begin(), likely.end(), [](const auto& a, const auto& b) {
      return a.first != b.first ? a.first > b.first : a.second < b.second;
    });
    if (likely.size() > kMisspeltEntitiesMax) likely.resize(kMisspeltEntitiesMax);
    for (const auto& [count, entity] : likely)
      if (auto done = consider(entity, misspelt_score); !done) return done;
    return {};
  }

  // Counts, for each entity with a name of such a length, the trigrams that it shares.
  Result<void> count_sharing(std::uint32_t trigram, std::size_t shortest, std::size_t longest,
                             std::map<EntityNumber, std::size_t>& shared) {
    Range range{Family::trigrams, encode_key(TrigramKey{trigram, static_cast<std::uint8_t>(shortest), 0}),
                encode_key(TrigramKey{trigram, static_cast<std::uint8_t>(longest + 1), 0})};
    std::set<EntityNumber> entities;
    std::size_t rows = 0;
    const auto walked =
        for_each_row<TrigramKey, Present>(view_, range, [&](const TrigramKey& key, const Present&) -> Result<bool> {
          entities.insert(key.entity);
          return ++rows < kTrigramRowsMax;
        });
    if (!walked) return walked;
    for (const EntityNumber entity : entities) ++shared[entity];
    return {};
  }

  // Keeps the entity with its best name, when one of its names at that time matches.
  Result<void> consider(EntityNumber number, Score score) {
    const auto record = find_version<EntityRecord>(view_, Family::entities, entity_stem(number), at_);
    if (!record) return record.error();
    if (!record->has_value() || (*record)->origin == Origin::none) return {};
    const Entity& entity = (*record)->entity;
    for (const EntityName& name : all_names(entity)) {
      const double value = score(question_, name) * weight(entity, name);
      if (value <= 0) continue;
      auto& candidate = found_[number];
      if (value > candidate.score) candidate = {entity.id, entity.label, name.text, value};
    }
    return {};
  }

  const TableView& view_;
  RecordedTime at_;
  Question question_;
  std::map<EntityNumber, Candidate> found_;
};

// The entity whose id was typed.
Result<std::optional<Candidate>> by_id(const TableView& view, RecordedTime at, const graph::EntityId& id) {
  if (id.str().find(':') == std::string::npos) return std::optional<Candidate>();
  const auto one = goes_by(view, id, at);
  if (!one) return one.error();
  const auto number = find_number(view, one->str());
  if (!number) return number.error();
  if (!number->has_value()) return std::optional<Candidate>();
  const auto record = find_version<EntityRecord>(view, Family::entities, entity_stem(**number), at);
  if (!record) return record.error();
  if (!record->has_value() || (*record)->origin == Origin::none) return std::optional<Candidate>();
  return std::optional(Candidate{*one, (*record)->entity.label, id.str(), 1});
}

}  // namespace

Result<std::vector<Candidate>> resolve_name(const TableView& view, RecordedTime at, std::string_view name,
                                            std::size_t limit) {
  if (name.size() > kNameBytesMax) return std::vector<Candidate>();
  Question question{collapse_blanks(name), comparable(name), {}};
  question.letters = code_points(question.name);
  const auto itself = by_id(view, at, graph::EntityId(question.written));
  if (!itself) return itself.error();
  if (itself->has_value()) return std::vector{**itself};
  if (question.name.empty()) return std::vector<Candidate>();
  auto found = Resolver(view, at, std::move(question)).run();
  if (found && limit > 0 && found->size() > limit) found->resize(limit);
  return found;
}

}  // namespace entente::storage
