#include "importers/lexicon/vocabulary.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <utility>

#include "base/utf8.h"

namespace entente::importers {

std::optional<WordClass> parse_word_class(std::string_view name) {
  static constexpr std::pair<std::string_view, WordClass> kNames[]{
      {"level_leader", WordClass::level_leader}, {"level_minister", WordClass::level_minister}, {"level_working", WordClass::level_working}, {"level_lowered", WordClass::level_lowered}, {"signatory", WordClass::signatory}, {"attendance", WordClass::attendance}, {"delegates", WordClass::delegates}, {"unveiled", WordClass::unveiled}, {"margin", WordClass::margin}, {"venue", WordClass::venue}, {"manner", WordClass::manner}, {"demonstrative", WordClass::demonstrative}, {"family", WordClass::family}, {"afterwards", WordClass::afterwards},
      {"interlude", WordClass::interlude}, {"invited", WordClass::invited}, {"considering", WordClass::considering}, {"hearsay", WordClass::hearsay}, {"denying", WordClass::denying}, {"falsity", WordClass::falsity}, {"truth", WordClass::truth},
      {"disaster", WordClass::disaster}, {"nominee", WordClass::nominee}, {"conditional", WordClass::conditional}, {"degree", WordClass::degree}, {"preposition", WordClass::preposition}, {"determiner", WordClass::determiner},
      {"conjunction", WordClass::conjunction}, {"relative", WordClass::relative},
      {"subordinator", WordClass::subordinator}, {"possessive_pronoun", WordClass::possessive_pronoun},
      {"pronoun_singular", WordClass::pronoun_singular}, {"pronoun_plural", WordClass::pronoun_plural},
      {"pronoun_own", WordClass::pronoun_own}, {"be", WordClass::be}, {"have", WordClass::have},
      {"do", WordClass::do_}, {"will", WordClass::will}, {"modal", WordClass::modal},
      {"negation", WordClass::negation}, {"adverb", WordClass::adverb}, {"month_early", WordClass::month_early},
      {"month_late", WordClass::month_late}, {"month_mid", WordClass::month_mid}, {"side", WordClass::side},
      {"state_noun", WordClass::state_noun}, {"government_noun", WordClass::government_noun},
      {"minister_plural", WordClass::minister_plural}, {"official_quality", WordClass::official_quality}, {"surname_too", WordClass::surname_too}, {"retired", WordClass::retired}, {"initial", WordClass::initial}, {"ceremony", WordClass::ceremony}, {"host_town", WordClass::host_town}, {"necessity", WordClass::necessity}, {"span_start", WordClass::span_start}, {"span_end", WordClass::span_end}, {"departure", WordClass::departure}, {"lives_there", WordClass::lives_there}, {"of_body", WordClass::of_body}, {"session_part", WordClass::session_part}, {"ruler_style", WordClass::ruler_style}, {"kinship", WordClass::kinship}, {"virtual", WordClass::virtual_}, {"phone", WordClass::phone}, {"preparation", WordClass::preparation},
      {"upcoming", WordClass::upcoming}, {"past_marker", WordClass::past_marker},
      {"abbreviation", WordClass::abbreviation}, {"name_particle", WordClass::name_particle},
      {"number_noun", WordClass::number_noun}, {"sentence_opener", WordClass::sentence_opener},
      {"currency", WordClass::currency}, {"counterpart", WordClass::counterpart},
      {"former", WordClass::former}, {"stop_name", WordClass::stop_name}, {"post_deputy", WordClass::post_deputy},
      {"post_modifier", WordClass::post_modifier}, {"cause", WordClass::cause}, {"session_word", WordClass::session_word}, {"grammar", WordClass::grammar}, {"decision", WordClass::decision}, {"expected", WordClass::expected}, {"chairing", WordClass::chairing}, {"occasion", WordClass::occasion}, {"partitive", WordClass::partitive}, {"department", WordClass::department}, {"session_modifier", WordClass::session_modifier}, {"sitting", WordClass::sitting}, {"building", WordClass::building}, {"in_turn", WordClass::in_turn}, {"series_noun", WordClass::series_noun}, {"organ", WordClass::organ}, {"meeting_kind", WordClass::meeting_kind}, {"decree", WordClass::decree}, {"resolve", WordClass::resolve}, {"emphatic", WordClass::emphatic}, {"airport", WordClass::airport}, {"schedule", WordClass::schedule}, {"settlement", WordClass::settlement}, {"headquarters", WordClass::headquarters}, {"historic", WordClass::historic}, {"any_paper", WordClass::any_paper}, {"memorandum", WordClass::memorandum}, {"name_suffix", WordClass::name_suffix}, {"invitation", WordClass::invitation}, {"lives_in", WordClass::lives_in}, {"repeatedly", WordClass::repeatedly}, {"ahead", WordClass::ahead}, {"office_taken", WordClass::office_taken}, {"ribbon", WordClass::ribbon}, {"own_organ", WordClass::own_organ}, {"hypothetical", WordClass::hypothetical}, {"speaking_for", WordClass::speaking_for}, {"realm", WordClass::realm},
      {"willing", WordClass::willing}, {"portfolio_tail", WordClass::portfolio_tail}, {"money_scale", WordClass::money_scale}, {"self_side", WordClass::self_side},
      {"clitic", WordClass::clitic}, {"reflexive", WordClass::reflexive}, {"past_with_be", WordClass::past_with_be}, {"ordinal_suffix", WordClass::ordinal_suffix},
      {"particle", WordClass::particle}, {"ending", WordClass::ending},
  };
  for (const auto& [text, value] : kNames)
    if (text == name) return value;
  return std::nullopt;
}

namespace {

constexpr std::size_t kInSlotBytes = 8;

template <class Number>
std::uint64_t load(const char* from) {
  Number value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

}  // namespace

// Multiply and fold, eight bytes at a time; the last ones overlap those before. Every word of every text comes here.
[[gnu::always_inline]] inline Vocabulary::Mark Vocabulary::mark_of(std::string_view text) {
  constexpr std::uint64_t kMix = 0x9E3779B97F4A7C15U;  // 2^64 by the golden ratio
  constexpr std::size_t kLengthMax = 0xFF;
  std::uint64_t hash = text.size() * kMix;
  const auto take = [&](std::uint64_t word) {
    hash = (hash ^ word) * kMix;
    hash ^= hash >> 32U;
    return word;
  };
  const char* at = text.data();
  std::size_t left = text.size();
  std::uint64_t head = 0;
  if (left > kInSlotBytes) {
    head = take(load<std::uint64_t>(at));
    for (left -= kInSlotBytes, at += kInSlotBytes; left > kInSlotBytes; left -= kInSlotBytes, at += kInSlotBytes) take(load<std::uint64_t>(at));
    take(load<std::uint64_t>(text.data() + text.size() - kInSlotBytes));
  } else if (left >= 4) {
    head = take(load<std::uint32_t>(at) | load<std::uint32_t>(at + left - 4) << 32U);
  } else if (left > 0) {
    head = take(load<std::uint8_t>(at) | load<std::uint8_t>(at + left / 2) << 8U | load<std::uint8_t>(at + left - 1) << 16U);
  }
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 29U));
  return {static_cast<std::uint32_t>((folded << 8U) | std::min(text.size(), kLengthMax)), head};
}

Vocabulary::Vocabulary() : slots_(1024), keys_(1), texts_(1), infos_(1) {}

inline bool Vocabulary::holds(const Slot& slot, std::string_view folded, const Mark& mark) const {
  return slot.hash == mark.hash && slot.head == mark.head && (folded.size() <= kInSlotBytes || keys_[slot.id] == folded);
}

inline std::size_t Vocabulary::slot_of(std::string_view folded, const Mark& mark) const {
  std::size_t at = first_slot(mark.hash);
  while (slots_[at].id != 0 && !holds(slots_[at], folded, mark)) at = (at + 1) & (slots_.size() - 1);
  return at;
}

void Vocabulary::grow() {
  const std::vector<Slot> before = std::exchange(slots_, std::vector<Slot>(slots_.size() * 2));
  for (const Slot& slot : before) {
    if (slot.id == 0) continue;
    std::size_t at = first_slot(slot.hash);
    while (slots_[at].id != 0) at = (at + 1) & (slots_.size() - 1);
    slots_[at] = slot;
  }
}

WordId Vocabulary::add(std::string_view folded) {
  const Mark mark = mark_of(folded);
  std::size_t at = slot_of(folded, mark);
  if (slots_[at].id != 0) return slots_[at].id;
  if (keys_.size() * 2 > slots_.size()) {
    grow();
    at = slot_of(folded, mark);
  }
  const auto id = static_cast<WordId>(texts_.size());
  slots_[at] = {mark.hash, id, mark.head};
  keys_.emplace_back(folded);
  texts_.emplace_back(folded);
  infos_.emplace_back();
  return id;
}

WordId Vocabulary::find(std::string_view folded) const { return slots_[slot_of(folded, mark_of(folded))].id; }

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

void Vocabulary::settle() {
  static constexpr std::string_view kOpeners[]{"the", "a", "an", "this", "that", "same", "last", "next", "previous", "following", "day"};
  begins_date_.assign(infos_.size(), false);
  for (WordId id = 1; id < infos_.size(); ++id) {
    const WordInfo& known = infos_[id];
    begins_date_[id] = known.date != DateWord::none || known.is(WordClass::month_early) || known.is(WordClass::month_late) || known.is(WordClass::month_mid) ||
                       std::find(std::begin(kOpeners), std::end(kOpeners), texts_[id]) != std::end(kOpeners);
  }
  for (const DatePattern& pattern : date_patterns)
    if (!pattern.empty() && pattern.front().kind == DateElement::Kind::word) begins_date_[pattern.front().word] = true;

  static constexpr std::string_view kActors[]{"the", "it", "these", "those", "we", "us", "both", "sides", "parties", "ministers", "leaders", "interlocutors", "participants",
                                              "ministry", "department", "secretariat", "governments", "ministries", "homeland", "capital", "latter"};
  static constexpr WordClass kClasses[]{WordClass::pronoun_singular, WordClass::pronoun_plural, WordClass::counterpart, WordClass::government_noun,
                                        WordClass::self_side, WordClass::post_deputy, WordClass::post_modifier, WordClass::former};
  opens_actor_.assign(infos_.size(), false);
  for (WordId id = 1; id < infos_.size(); ++id)
    opens_actor_[id] = std::any_of(std::begin(kClasses), std::end(kClasses), [&](WordClass c) { return infos_[id].is(c); }) ||
                       std::find(std::begin(kActors), std::end(kActors), texts_[id]) != std::end(kActors);
}

bool Vocabulary::is_abbreviation(std::string_view folded) const {
  const WordId id = find(folded);
  return id != 0 && info(id).is(WordClass::abbreviation);
}

}  // namespace entente::importers
