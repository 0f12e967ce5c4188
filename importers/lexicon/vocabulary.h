// Every word that some table knows, as a number, with the grammar that the tables give it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/tokenise/tokens.h"

namespace entente::importers {

enum class WordClass : std::uint8_t {
  disaster,
  preposition, determiner, conjunction, relative, subordinator, possessive_pronoun, pronoun_singular, pronoun_plural,
  pronoun_own, be, have, do_, will, modal, negation, adverb, month_early, month_late, month_mid, side, state_noun,
  government_noun, minister_plural, official_quality, surname_too, retired, necessity, span_start, span_end, departure, lives_there, of_body, session_part, ruler_style, kinship, virtual_, phone, upcoming, preparation, past_marker, abbreviation, name_particle, number_noun,
  sentence_opener, currency, counterpart, former, self_side, stop_name, money_scale, post_deputy, post_modifier, session_word, grammar, decision, expected, chairing, occasion, willing,
  partitive, headquarters, historic, settlement, cause, schedule, session_modifier, sitting, building, in_turn, series_noun, organ, meeting_kind, department, portfolio_tail, any_paper, memorandum, name_suffix, invitation, lives_in, repeatedly, ahead, office_taken, ribbon, own_organ,
  clitic, reflexive, past_with_be, ordinal_suffix, particle, ending, hypothetical, speaking_for, realm,
  nominee, conditional, degree, initial, ceremony, host_town,
  level_leader, level_minister, level_working, level_lowered, signatory, attendance, delegates, unveiled, margin, venue, manner, demonstrative, family, afterwards, decree, resolve, emphatic, airport,
  interlude, invited, considering, hearsay, denying, falsity, truth,
};

inline constexpr std::size_t kWordClassesMax = 128;

// "pronoun_singular" -> the class; absent for an unknown name. Names are the enumerators without a trailing underscore.
std::optional<WordClass> parse_word_class(std::string_view name);

enum class DateWord : std::uint8_t { none, month, weekday, day, unit, shift, season };

struct WordInfo {
  std::bitset<kWordClassesMax> classes;
  std::int32_t number = -1;
  bool ordinal = false;
  DateWord date = DateWord::none;
  std::int32_t date_value = 0;  // month 1-12, weekday 1-7, days, unit 'd' 'w' 'm' 'y', shift -1 0 1, season 1-4

  bool is(WordClass c) const { return classes[static_cast<std::size_t>(c)]; }
};

// One way of writing a date, word by word: date_patterns.tsv.
struct DateElement {
  enum class Kind : std::uint8_t { word, year, month, day, last_year, last_month, last_day };
  Kind kind = Kind::word;
  WordId word = 0;
};
using DatePattern = std::vector<DateElement>;

class Vocabulary {
 public:
  Vocabulary();

  // The id of a word, made if need be. `folded` as base/utf8.h's fold gives it.
  WordId add(std::string_view folded);
  // 0 when no table has the word.
  WordId find(std::string_view folded) const;
  std::size_t size() const { return texts_.size(); }
  // The word itself, or the role that its language gives it: "de" reads as "of" (roles.tsv).
  const std::string& text(WordId id) const { return texts_[id]; }
  void set_role(WordId word, std::string_view role) { texts_[word] = role; }
  // Every word as it is looked up, by its id; the first is none.
  const std::vector<std::string>& words() const { return keys_; }
  std::vector<DatePattern> date_patterns;
  // Once every table is read: notes which words may begin a time or an actor.
  void settle();
  bool may_begin_date(WordId id) const { return id < begins_date_.size() && begins_date_[id]; }
  // In itself: beside words in capitals, numbers and what the phrases begin with.
  bool may_open_actor(WordId id) const { return id < opens_actor_.size() && opens_actor_[id]; }
  bool small_months = false;  // months and weekdays are written in small letters
  bool particles = false;     // words end in particles: "서울에서" is two words
  const WordInfo& info(WordId id) const { return infos_[id]; }
  WordInfo& info(WordId id) { return infos_[id]; }
  // The id of a word of a table of grammar. "=à" is that word only as it is spelt; anything else as it is folded.
  WordId add_spelt(std::string_view word);
  // The word as a text has it: the one of its spelling, where a table has that, else the folded one; 0 for neither.
  WordId find_spelt(std::string_view raw) const;
  void add_class(WordId word, WordClass c);
  bool is_abbreviation(std::string_view folded) const;

 private:
  bool spelt_ = false;  // some word is told by its accents
  // Every token of every text is looked up, so that the table is open, and a slot tells of most words by itself whether it
  // is theirs: one place in memory for each.
  struct Mark {
    std::uint32_t hash = 0;  // its last byte is the length of the word, 255 of a longer one
    std::uint64_t head = 0;  // a word of at most eight bytes is told by these; of a longer one the first eight
  };
  static Mark mark_of(std::string_view folded);
  struct Slot {
    std::uint32_t hash = 0;
    WordId id = 0;  // 0: free
    std::uint64_t head = 0;
  };
  // The slot of a word, or the free one where it would be.
  std::size_t slot_of(std::string_view folded, const Mark& mark) const;
  bool holds(const Slot& slot, std::string_view folded, const Mark& mark) const;
  std::size_t first_slot(std::uint32_t hash) const { return (hash >> 8U) & (slots_.size() - 1); }
  void grow();

  std::vector<Slot> slots_;  // a power of two, at most half full
  std::vector<std::string> keys_;
  std::vector<std::string> texts_;
  std::vector<WordInfo> infos_;
  std::vector<bool> begins_date_;
  std::vector<bool> opens_actor_;
};

}  // namespace entente::importers
