#include "importers/lexicon/vocabulary.h"

#include <functional>
#include <utility>

#include "base/utf8.h"

namespace entente::importers {

std::optional<WordClass> parse_word_class(std::string_view name) {
  static constexpr std::pair<std::string_view, WordClass> kNames[]{
      {"disaster", WordClass::disaster}, {"preposition", WordClass::preposition}, {"determiner", WordClass::determiner},
      {"conjunction", WordClass::conjunction}, {"relative", WordClass::relative},
      {"subordinator", WordClass::subordinator}, {"possessive_pronoun", WordClass::possessive_pronoun},
      {"pronoun_singular", WordClass::pronoun_singular}, {"pronoun_plural", WordClass::pronoun_plural},
      {"pronoun_own", WordClass::pronoun_own}, {"be", WordClass::be}, {"have", WordClass::have},
      {"do", WordClass::do_}, {"will", WordClass::will}, {"modal", WordClass::modal},
      {"negation", WordClass::negation}, {"adverb", WordClass::adverb}, {"month_early", WordClass::month_early},
      {"month_late", WordClass::month_late}, {"month_mid", WordClass::month_mid}, {"side", WordClass::side},
      {"state_noun", WordClass::state_noun}, {"government_noun", WordClass::government_noun},
      {"minister_plural", WordClass::minister_plural}, {"virtual", WordClass::virtual_}, {"phone", WordClass::phone},
      {"upcoming", WordClass::upcoming}, {"past_marker", WordClass::past_marker},
      {"abbreviation", WordClass::abbreviation}, {"name_particle", WordClass::name_particle},
      {"number_noun", WordClass::number_noun}, {"sentence_opener", WordClass::sentence_opener},
      {"currency", WordClass::currency}, {"counterpart", WordClass::counterpart},
      {"former", WordClass::former}, {"stop_name", WordClass::stop_name}, {"post_deputy", WordClass::post_deputy},
      {"post_modifier", WordClass::post_modifier}, {"session_word", WordClass::session_word}, {"grammar", WordClass::grammar}, {"decision", WordClass::decision}, {"expected", WordClass::expected}, {"chairing", WordClass::chairing}, {"occasion", WordClass::occasion}, {"partitive", WordClass::partitive}, {"department", WordClass::department}, {"session_modifier", WordClass::session_modifier}, {"schedule", WordClass::schedule}, {"settlement", WordClass::settlement}, {"headquarters", WordClass::headquarters}, {"historic", WordClass::historic}, {"any_paper", WordClass::any_paper}, {"memorandum", WordClass::memorandum}, {"name_suffix", WordClass::name_suffix}, {"invitation", WordClass::invitation}, {"hypothetical", WordClass::hypothetical}, {"speaking_for", WordClass::speaking_for},
      {"willing", WordClass::willing}, {"portfolio_tail", WordClass::portfolio_tail}, {"money_scale", WordClass::money_scale}, {"self_side", WordClass::self_side},
      {"clitic", WordClass::clitic}, {"reflexive", WordClass::reflexive}, {"past_with_be", WordClass::past_with_be}, {"ordinal_suffix", WordClass::ordinal_suffix},
      {"particle", WordClass::particle}, {"ending", WordClass::ending},
  };
  for (const auto& [text, value] : kNames)
    if (text == name) return value;
  return std::nullopt;
}

namespace {

std::uint32_t hash_of(std::string_view text) {
  const std::uint64_t hash = std::hash<std::string_view>{}(text);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

Vocabulary::Vocabulary() : slots_(1024), keys_(1), texts_(1), infos_(1) {}

std::size_t Vocabulary::slot_of(std::string_view folded, std::uint32_t hash) const {
  std::size_t at = hash & (slots_.size() - 1);
  while (slots_[at].id != 0 && (slots_[at].hash != hash || keys_[slots_[at].id] != folded)) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void Vocabulary::grow() {
  std::vector<Slot> larger(slots_.size() * 2);
  for (const Slot& slot : slots_) {
    if (slot.id == 0) continue;
    std::size_t at = slot.hash & (larger.size() - 1);
    while (larger[at].id != 0) at = (at + 1) & (larger.size() - 1);
    larger[at] = slot;
  }
  slots_ = std::move(larger);
}

WordId Vocabulary::add(std::string_view folded) {
  const std::uint32_t hash = hash_of(folded);
  std::size_t at = slot_of(folded, hash);
  if (slots_[at].id != 0) return slots_[at].id;
  if (keys_.size() * 2 > slots_.size()) {
    grow();
    at = slot_of(folded, hash);
  }
  const auto id = static_cast<WordId>(texts_.size());
  slots_[at] = {hash, id};
  keys_.emplace_back(folded);
  texts_.emplace_back(folded);
  infos_.emplace_back();
  return id;
}

WordId Vocabulary::find(std::string_view folded) const { return slots_[slot_of(folded, hash_of(folded))].id; }

WordId Vocabulary::add_spelt(std::string_view word) {
  if (!word.starts_with('=') || word.size() < 2) return add(fold(word));
  spelt_ = true;
  return add(word);  // with its mark: no folded word starts with one
}

WordId Vocabulary::find_spelt(std::string_view raw) const {
  if (!spelt_) return 0;
  return find("=" + std::string(raw));
}

void Vocabulary::add_class(WordId word, WordClass c) {
  infos_[word].classes.set(static_cast<std::size_t>(c));
}

bool Vocabulary::is_abbreviation(std::string_view folded) const {
  const WordId id = find(folded);
  return id != 0 && info(id).is(WordClass::abbreviation);
}

}  // namespace entente::importers
