#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kNameTokensMax = 8;

// Behind the small words of a family name that stand at i: "van der" of "van der Berg".
std::uint32_t past_particles(const Scan& scan, std::uint32_t i) {
  constexpr std::uint32_t kParticlesMax = 3;
  std::uint32_t at = i;
  while (at < i + kParticlesMax && scan.in_class(at, WordClass::name_particle) && !scan.token(at).capital) ++at;
  return at;
}

// "Jan de Vries", "Jan van der Berg": small words of a family name, and the capital behind them.
bool is_particled(const Scan& scan, std::uint32_t i) {
  const std::uint32_t past = past_particles(scan, i);
  return past > i && scan.capital(past);
}

// A word in capitals that could stand in a name.
bool is_name_word(const Scan& scan, std::uint32_t i) {
  if (!scan.capital(i) || scan.token(i).digits || scan.token(i).ordinal) return false;
  // "CASA-1000": a thing with a number
  if (scan.has(i + 1) && scan.token(i + 1).joined && scan.token(i + 1).digits) return false;
  // An initial: A. as in Henry A. Kissinger.
  const WordInfo& info = scan.info(i);
  if (scan.token(i).dotted && (scan.token(i).end - scan.token(i).begin <= 2 || info.is(WordClass::initial))) return true;
  if (info.is(WordClass::stop_name) || info.date == DateWord::weekday) return false;
  if (info.date == DateWord::month && !scan.token(i).all_caps && !scan.capital(i + 1) && !is_particled(scan, i + 1)) return false;
  if (info.is(WordClass::relative) || info.is(WordClass::modal) || info.is(WordClass::determiner)) return false;
  const bool joined_next = scan.has(i + 1) && scan.token(i + 1).joined && scan.token(i + 1).capital;  // "Per-Olof"
  if ((info.is(WordClass::preposition) && !joined_next) || info.is(WordClass::conjunction) || info.is(WordClass::be)) return false;
  // "PRESIDENT OF A RECEIVED THE MINISTER": a line in capitals has its verb in capitals.
  const VerbForm& form = scan.tables().verb_form(scan.token(i).word);
  if (scan.token(i).all_caps && (form.past || form.third) && scan.has(i + 1) && scan.token(i + 1).all_caps && i > scan.begin() && scan.token(i - 1).all_caps) return false;
  // Headlines write verbs in capitals: "Minister Hosts ...".
  if (scan.heading() && scan.tables().verb_form(scan.token(i).word).third) return false;
  return true;
}

// "Do-yun", "In-ho": a syllable of a name that happens to be a word of grammar.
bool is_hyphened_syllable(const Scan& scan, std::uint32_t i) {
  return scan.capital(i) && scan.token(i).letters && scan.has(i + 1) && scan.token(i + 1).joined && scan.token(i + 1).letters && !scan.token(i + 1).capital;
}

// "(Heinz Alfred)" inside a name: where it ends, or i.
std::uint32_t skip_aside(const Scan& scan, std::uint32_t i) {
  if (!scan.mark(i, '(')) return i;
  std::uint32_t at = i + 1;
  while (is_name_word(scan, at) && at - i < kNameTokensMax) ++at;
  const bool closed = at > i + 1 && scan.mark(at, ')');
  return closed && is_name_word(scan, at + 1) ? at + 1 : i;
}

// "Foreign Minister Do", "Prime Minister May": a name behind a title may be a word of grammar.
bool is_short_surname(const Scan& scan, std::uint32_t i) {
  if (!scan.capital(i)) return false;  // also where the text ends
  const WordInfo& info = scan.info(i);
  return (info.is(WordClass::do_) || info.is(WordClass::will) || info.is(WordClass::modal) || info.is(WordClass::surname_too) || info.date == DateWord::month);
}

// "Wang Jun", "Yusuf Mar": in the middle of a name, letters that also shorten a month, with no number beside them.
bool is_month_like(const Scan& scan, std::uint32_t i) {
  if (!scan.capital(i) || scan.info(i).date != DateWord::month || scan.word(i).size() != 3) return false;
  return !(scan.has(i + 1) && scan.token(i + 1).number >= 0) && !(scan.mark(i + 1, ',') && scan.has(i + 2) && scan.token(i + 2).digits);
}

bool starts_other_mention(const Scan& scan, std::uint32_t i) {
  const Scan::Match party = scan.longest_party(i);
  // "Germán Arboleda": with an accent and a name behind it no adjective
  const bool accented = party.sense != nullptr && party.sense->kind == SenseKind::adjective && party.end == i + 1 && scan.capital(i + 1) && scan.longest(i + 1, SenseKind::post).sense == nullptr && scan.accented(i);
  if (party.sense != nullptr && party.sense->kind != SenseKind::city && party.sense->kind != SenseKind::people && !accented) return true;
  return scan.longest(i, SenseKind::post).sense != nullptr;
}

// "Ambassador Gisele Montenegro": behind a title and one name, a state's name with nothing between is a family's.
bool is_family_like_state(const Scan& scan, std::uint32_t i) {
  const Scan::Match party = scan.longest_party(i);
  if (party.sense == nullptr || party.sense->kind != SenseKind::name || party.end != i + 1 || scan.token(i).all_caps || scan.token(i).joined) return false;
  return !scan.has(i + 1) || scan.token(i + 1).punct || (scan.token(i + 1).letters && !scan.capital(i + 1) && !scan.is(i + 1, "and"));
}

// "Ambassador Georgia Hall": behind a title a state's name with a surname behind it is a given one.
bool is_given_like_state(const Scan& scan, std::uint32_t i) {
  const Scan::Match party = scan.longest_party(i);
  if (party.sense == nullptr || party.sense->kind != SenseKind::name || party.end != i + 1 || scan.token(i).all_caps || !is_name_word(scan, i + 1) || scan.token(i + 1).joined) return false;
  if (scan.in_class(i + 1, WordClass::surname_too)) return true;
  for (const SenseKind kind : {SenseKind::noun, SenseKind::forum_head, SenseKind::portfolio, SenseKind::honorific})
    if (scan.longest(i + 1, kind).sense != nullptr) return false;
  return !scan.in_class(i + 1, WordClass::department) && !scan.in_class(i + 1, WordClass::government_noun) && !starts_other_mention(scan, i + 1);
}

}  // namespace

std::uint32_t parse_name(const Scan& scan, std::uint32_t i, bool after_title) {
  std::uint32_t at = i;
  const bool stop_first = scan.capital(i) && scan.in_class(i, WordClass::stop_name);
  if (after_title && scan.in_class(i, WordClass::name_particle) && !scan.token(i).capital) {
    // "Foreign Minister de la Flor"
    const std::uint32_t next = past_particles(scan, i);
    return scan.word(i).size() > 1 && is_name_word(scan, next) ? parse_name(scan, next, true) : i;
  }
  if (after_title && is_short_surname(scan, i) && !is_name_word(scan, i + 1) && !is_particled(scan, i + 1)) return i + 1;
  const bool carried = stop_first && after_title && is_name_word(scan, i + 1) && !starts_other_mention(scan, i + 1);
  if (!is_name_word(scan, i) && !carried) return i;
  const bool given = after_title && is_given_like_state(scan, i);
  if (!carried && !given && starts_other_mention(scan, i) && !(after_title && scan.longest_party(i).sense == nullptr && is_name_word(scan, i + 1))) return i;
  if (!after_title && (scan.in_class(i, WordClass::sentence_opener) || scan.in_class(i, WordClass::determiner))) return i;
  if (!after_title && scan.in_class(i, WordClass::adverb) && scan.mark(i + 1, ',')) return i;  // "Separately, the Ministry"
  ++at;
  while (scan.has(at) && at - i < kNameTokensMax) {
    if (const std::uint32_t past = skip_aside(scan, at); past != at) {
      at = past;
      continue;
    }
    const Token& token = scan.token(at);
    if (token.joined && token.letters) {
      ++at;
      continue;
    }
    if (scan.in_class(at, WordClass::name_particle) && !token.capital) {
      const std::uint32_t next = past_particles(scan, at);
      // "Fahd bin Sultan": behind a word for a son or daughter a title is a name.
      const bool child = scan.is(at, "bin") || scan.is(at, "ibn") || scan.is(at, "bint") || scan.is(at, "binti") || scan.is(at, "binte");
      if (!is_name_word(scan, next) || (!child && starts_other_mention(scan, next))) break;
      // "y" and "e" join surnames; between two full names they would be "and".
      at = next + 1;
      continue;
    }
    if (is_hyphened_syllable(scan, at)) {
      at += 2;
      continue;
    }
    if (after_title && at == i + 1 && is_name_word(scan, at) && is_family_like_state(scan, at)) {
      ++at;
      continue;
    }
    if (scan.token(at).all_caps && scan.in_class(at, WordClass::name_suffix) && at > i) break;  // "Fergal Considine TD"
    if (scan.mark(at, '"') || !(is_name_word(scan, at) || is_month_like(scan, at)) || starts_other_mention(scan, at)) break;
    if (scan.info(at).is(WordClass::sentence_opener) && !scan.token(at).dotted) break;
    ++at;
  }
  return at;
}

}  // namespace entente::importers
