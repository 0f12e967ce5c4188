#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kNameTokensMax = 8;

// A word in capitals that could stand in a name.
bool is_name_word(const Scan& scan, std::uint32_t i) {
  if (!scan.capital(i) || scan.token(i).digits) return false;
  const WordInfo& info = scan.info(i);
  if (info.is(WordClass::stop_name) || info.date == DateWord::weekday) return false;
  if (info.date == DateWord::month && !scan.token(i).all_caps && !scan.capital(i + 1)) return false;
  if (info.is(WordClass::relative) || info.is(WordClass::modal) || info.is(WordClass::determiner)) return false;
  if (info.is(WordClass::preposition) || info.is(WordClass::conjunction) || info.is(WordClass::be)) return false;
  // Headlines write verbs in capitals: "Minister Hosts ...".
  if (scan.heading() && scan.tables().verb_form(scan.token(i).word).third) return false;
  return true;
}

bool starts_other_mention(const Scan& scan, std::uint32_t i) {
  const Scan::Match party = scan.longest_party(i);
  if (party.sense != nullptr && party.sense->kind != SenseKind::city && party.sense->kind != SenseKind::people) return true;
  return scan.longest(i, SenseKind::post).sense != nullptr;
}

}  // namespace

std::uint32_t parse_name(const Scan& scan, std::uint32_t i, bool after_title) {
  std::uint32_t at = i;
  const bool stop_first = scan.capital(i) && scan.in_class(i, WordClass::stop_name);
  const bool carried = stop_first && after_title && is_name_word(scan, i + 1) && !starts_other_mention(scan, i + 1);
  if (!is_name_word(scan, i) && !carried) return i;
  if (!carried && starts_other_mention(scan, i) && !(after_title && scan.longest_party(i).sense == nullptr && is_name_word(scan, i + 1))) return i;
  if (!after_title && (scan.in_class(i, WordClass::sentence_opener) || scan.in_class(i, WordClass::determiner))) return i;
  ++at;
  while (scan.has(at) && at - i < kNameTokensMax) {
    const Token& token = scan.token(at);
    if (token.joined && token.letters) {
      ++at;
      continue;
    }
    if (scan.in_class(at, WordClass::name_particle) && !token.capital) {
      std::uint32_t next = at + 1;
      while (scan.in_class(next, WordClass::name_particle) && !scan.token(next).capital && next - at < 3) ++next;
      if (!is_name_word(scan, next) || starts_other_mention(scan, next)) break;
      // "y" and "e" join surnames; between two full names they would be "and".
      at = next + 1;
      continue;
    }
    if (scan.mark(at, '"') || !is_name_word(scan, at) || starts_other_mention(scan, at)) break;
    if (scan.info(at).is(WordClass::sentence_opener) && !scan.token(at).dotted) break;
    ++at;
  }
  return at;
}

}  // namespace entente::importers
