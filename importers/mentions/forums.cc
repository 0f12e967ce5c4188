#include <algorithm>

#include "base/utf8.h"
#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kForumTokensMax = 24;
constexpr int kRomanMax = 100;  // editions

// "the next session", "the previous round", "the following meeting": one of a series by its place beside another.
bool names_neighbour(const Scan& scan, std::uint32_t at) { return scan.is(at, "next") || scan.is(at, "previous") || scan.is(at, "following"); }

class ForumParser {
 public:
  ForumParser(const Scan& scan, std::uint32_t i) : scan_(scan), i_(i) {}

  std::optional<ForumMention> run() {
    if (alias() || series()) return forum_;
    if (!starts()) return std::nullopt;
    forum_.begin = i_;
    name_begin_ = i_;
    take_edition();
    if (!forum_.edition && (names_neighbour(scan_, name_begin_) || scan_.is(name_begin_, "last"))) {  // "the next session of the Commission"
      const std::uint32_t begin = name_begin_++;
      if (edition_of_another() && scan_.capital(forum_.end - 1)) return forum_;
      name_begin_ = begin;
      forum_ = {};
      forum_.begin = i_;
    }
    if (of_officials(name_begin_) || (names_neighbour(scan_, name_begin_) && of_officials(name_begin_ + 1))) return forum_;
    if (edition_of_another()) return forum_;
    // "their 12th annual Human Rights Dialogue"
    if (forum_.edition && scan_.in_class(name_begin_, WordClass::session_modifier) && !scan_.capital(name_begin_) && scan_.capital(name_begin_ + 1)) ++name_begin_;
    const bool found = find_head();
    const bool bare = found && name_begin_ == head_begin_;
    if ((!found || bare) && scan_.view().series_named && (generic_round() || organ())) return forum_;
    if (!found) return std::nullopt;
    extend();
    return finish();
  }

 private:
  bool starts() const {
    const Token& token = scan_.token(i_);
    if (scan_.is(i_, "the") && scan_.longest_party(i_).end <= i_ + 1) return false;  // the name starts behind it
    if (token.punct) return scan_.mark(i_, '"') || word_mark(i_, "“");
    // "co-chair with Dr. Haque the 3rd Meeting": a person is named before it.
    if (const Scan::Match title = scan_.longest(i_, SenseKind::honorific); title.sense != nullptr && scan_.tables().honorific_kinds[title.sense->index] == 0 && !token.ordinal) return false;
    if (scan_.in_class(i_, WordClass::preposition) && !token.ordinal) return false;  // "At the 29th session": its name begins later
    return token.ordinal || names_neighbour(scan_, i_) || scan_.capital(i_) || scan_.longest(i_, SenseKind::forum_head).sense != nullptr || scan_.in_class(i_, WordClass::sitting) || scan_.in_class(i_, WordClass::meeting_kind);
  }

  bool word_mark(std::uint32_t i, std::string_view mark) const {
    return scan_.has(i) && scan_.view().raw(i, i + 1) == mark;
  }

  // "The 8th PASD": by the letters that stood in brackets behind the full name.
  bool alias() {
    const std::uint32_t at = scan_.token(i_).ordinal ? i_ + 1 : i_;
    if (!scan_.has(at) || !scan_.token(at).all_caps) return false;
    for (const ForumAlias& known : scan_.view().aliases) {
      if (scan_.view().raw(at, at + 1) != known.text) continue;
      forum_ = known.forum;
      forum_.begin = i_;
      forum_.end = at + 1;
      forum_.edition = at > i_ ? std::optional<int>(scan_.token(i_).number) : std::nullopt;
      return true;
    }
    return false;
  }

  bool series() {
    std::uint32_t at = i_;
    if (scan_.token(at).ordinal) ++at;
    const Scan::Match match = scan_.longest(at, SenseKind::series);
    if (match.sense == nullptr) return false;
    // "ASEAN+3 Summit", "COP 28 Conference": a head behind the name belongs to it.
    const Scan::Match head = scan_.longest(match.end, SenseKind::forum_head);
    if (head.sense != nullptr && scan_.capital(match.end)) return false;
    const Series& known = scan_.tables().series[match.sense->index];
    forum_.begin = i_;
    forum_.end = match.end;
    if (at > i_) forum_.edition = scan_.token(i_).number;
    if (scan_.has(match.end) && scan_.token(match.end).digits && scan_.token(match.end).number > 0 && scan_.token(match.end).number < 400) {
      forum_.edition = scan_.token(match.end).number;
      ++forum_.end;
    }
    forum_.name = std::string(scan_.view().raw(at, match.end));
    forum_.type = known.type;
    for (const PartyIndex party : known.parties) append_party(scan_.tables(), party, forum_.parties);
    name_begin_ = at;
    name_end_ = match.end;
    set_level();
    return true;
  }

  // "13th", "First", "the 2023", "Fourteenth Session of the"
  void take_edition() {
    if (scan_.token(name_begin_).ordinal) {
      forum_.edition = scan_.token(name_begin_).number;
      ++name_begin_;
      if (scan_.is(name_begin_, "and") && (scan_.is(name_begin_ + 1, "last") || scan_.is(name_begin_ + 1, "final"))) name_begin_ += 2;  // "the fourth and last round of"
    } else if (const auto roman = roman_numeral(name_begin_)) {
      forum_.edition = roman;
      ++name_begin_;
    } else if (scan_.token(name_begin_).digits && scan_.token(name_begin_).end - scan_.token(name_begin_).begin == 4) {
      ++name_begin_;
    }
  }

  // XIV before the name of a meeting.
  std::optional<int> roman_numeral(std::uint32_t at) const { return scan_.capital(at + 1) || (scan_.in_class(at + 1, WordClass::session_word) && scan_.token(at).end - scan_.token(at).begin > 1) ? roman_number(at) : std::nullopt; }

  std::optional<int> roman_number(std::uint32_t at) const {
    if (!scan_.capital(at)) return std::nullopt;
    int total = 0;
    int last = 0;
    const std::string_view raw = scan_.view().raw(at, at + 1);
    for (auto c = raw.rbegin(); c != raw.rend(); ++c) {
      const int value = *c == 'I' ? 1 : *c == 'V' ? 5 : *c == 'X' ? 10 : *c == 'L' ? 50 : *c == 'C' ? 100 : 0;
      if (value == 0) return std::nullopt;
      total += value < last ? -value : value;
      last = std::max(last, value);
    }
    return total > 0 && total < kRomanMax ? std::optional(total) : std::nullopt;
  }

  // "the Commission will meet again": of the series named before that has the word in its name.
  bool organ() {
    const bool told = scan_.capital(i_) || scan_.is(i_ + 1, "last");  // "the committee last convened"
    if (i_ == scan_.begin() || !scan_.is(i_ - 1, "the") || !told || std::find(scan_.view().series_nouns.begin(), scan_.view().series_nouns.end(), scan_.token(i_).word) == scan_.view().series_nouns.end()) return false;
    if (scan_.capital(i_ + 1) || scan_.is(i_ + 1, "of") || scan_.possessive(i_ + 1) || scan_.mark(i_ + 1, '(')) return false;
    forum_.begin = i_;
    forum_.end = i_ + 1;
    forum_.name = std::string(scan_.view().raw(i_, i_ + 1));
    forum_.generic = true;
    forum_.type = graph::EventType::consultation;
    return true;
  }

  // "The sixth meeting", "the 13th session", "the next round": of a series named before.
  bool generic_round() {
    std::uint32_t at = i_;
    const bool next = names_neighbour(scan_, at);
    const auto roman = roman_numeral(at);
    if (!next && !scan_.token(at).ordinal && !roman) return false;
    if (scan_.in_class(i_ + 1, WordClass::be) && scan_.is(i_ + 2, "with")) return false;  // "held several meetings. The first was with A"
    if (i_ > scan_.begin() && scan_.is(i_ - 1, "a")) return false;  // "no date has been fixed for a second summit"
    ++at;
    const bool to_hold = i_ > scan_.begin() + 1 && (scan_.is(i_ - 2, "hold") || scan_.is(i_ - 2, "host") || scan_.is(i_ - 2, "convene")) && (scan_.is(at, "in") || scan_.is(at, "at") || scan_.is(at, "on"));  // "it is planned to hold the eighth in Plovdiv"
    const bool bare = !next && i_ > scan_.begin() && scan_.is(i_ - 1, "the") &&
                      (to_hold || scan_.in_class(at, WordClass::be) || scan_.in_class(at, WordClass::have) || scan_.in_class(at, WordClass::will) || scan_.is(at, "took"));
    // "and the first one in Hanoi": the noun is left out
    const bool one = scan_.is(at, "one") && i_ > scan_.begin() && scan_.is(i_ - 1, "the") && (!next || scan_.mark(at + 1, ',') || scan_.in_class(at + 1, WordClass::will) || scan_.in_class(at + 1, WordClass::be));
    if (bare) --at;  // "the sixth had been conducted"
    if (next && !scan_.in_class(at, WordClass::session_word) && scan_.has(at) && scan_.token(at).letters && !scan_.capital(at) && scan_.in_class(at + 1, WordClass::session_word)) ++at;  // "the next consultative meeting"
    if (!bare && !one && (!scan_.in_class(at, WordClass::session_word) || scan_.is(at + 1, "between") || scan_.is(at + 1, "with"))) return false;
    const std::optional<int> edition = next ? std::nullopt : roman ? roman : std::optional<int>(scan_.token(i_).number);
    std::uint32_t end = at + 1;
    if (scan_.is(end, "of") && scan_.is(end + 1, "the") && scan_.longest(end + 2, SenseKind::forum_head).sense != nullptr) end = scan_.longest(end + 2, SenseKind::forum_head).end;
    if (scan_.is(end, "of") && scan_.is(end + 1, "the") && (scan_.is(end + 2, "commission") || scan_.is(end + 2, "committee") || scan_.is(end + 2, "consultations") || scan_.is(end + 2, "dialogue"))) end += 3;
    // "the first meeting" may be of anything, unless it is said when it was.
    const bool held = scan_.in_class(end, WordClass::be) || scan_.in_class(end, WordClass::have) || scan_.is(end, "took");
    if (edition == 1 && !held && !bare && !one) return false;
    forum_.edition = edition;
    forum_.begin = i_;
    forum_.end = end;
    forum_.name = collapse_blanks(scan_.view().raw(at, end));
    take_number_behind();
    name_begin_ = i_;
    name_end_ = end;
    set_level();
    forum_.generic = true;
    forum_.type = scan_.is(at, "summit") ? graph::EventType::conference : graph::EventType::consultation;
    return true;
  }

  // "seventh round of the Bilateral Political Consultations": the edition of what is named behind.
  bool edition_of_another() {
    // "the fifty-fourth regular session of the General Assembly"
    if (forum_.edition && scan_.in_class(name_begin_, WordClass::session_modifier) && scan_.in_class(name_begin_ + 1, WordClass::session_word)) ++name_begin_;
    // "round eleven of the Negotiations", "Session 4 of the Committee"
    if (!forum_.edition && scan_.in_class(name_begin_, WordClass::session_word) && scan_.has(name_begin_ + 1) && !scan_.token(name_begin_ + 1).ordinal && scan_.token(name_begin_ + 1).number > 0 && scan_.token(name_begin_ + 1).number < 200 && scan_.is(name_begin_ + 2, "of")) {
      forum_.edition = scan_.token(name_begin_ + 1).number;
      ++name_begin_;
    } else if (!scan_.in_class(name_begin_, WordClass::session_word) || !scan_.is(name_begin_ + 1, "of")) {
      return false;
    }
    const bool article = scan_.is(name_begin_ + 2, "the") || scan_.in_class(name_begin_ + 2, WordClass::possessive_pronoun);  // "the second round of their Dialogue"
    std::uint32_t at = article ? name_begin_ + 3 : name_begin_ + 2;
    while (scan_.in_class(at, WordClass::session_modifier) && !scan_.capital(at)) ++at;  // "the 13th round of their annual Dialogue"
    if (!scan_.has(at)) return false;
    ForumParser named(scan_, at);
    named.forum_.edition = forum_.edition;
    auto other = named.run();
    if (!other || (other->generic && !scan_.capital(at) && !(forum_.edition && other->end > at + 1))) return false;
    if (!scan_.capital(at)) other->generic = false;  // "the 8th round of political consultations"
    if (!forum_.edition) forum_.edition = other->edition;
    if (other->generic && other->end - at > 2 && forum_.edition) other->generic = false;  // "Fourth Session of the Council of Foreign Ministers"
    other->edition = forum_.edition;
    other->begin = i_;
    forum_ = *other;
    return true;
  }

  std::uint32_t past_modifiers(std::uint32_t at) const {
    while (scan_.in_class(at, WordClass::session_modifier) || scan_.in_class(at, WordClass::meeting_kind)) ++at;
    return at;
  }

  // "the informal meeting of EU foreign ministers", "the meeting of the Foreign Ministers of A, B and C", "the NATO foreign ministers'
  // session": a sitting of the officials of many, whose name is what it is.
  bool of_officials(std::uint32_t from) {
    while (scan_.in_class(from, WordClass::session_modifier) && !scan_.capital(from)) ++from;  // "annual": how often, not what
    std::uint32_t at = past_modifiers(from);
    if (at == from && from > scan_.begin() && scan_.is(from - 1, "a")) return false;  // "a meeting of the Foreign Ministers of A, B and C": no name
    const bool sitting_first = scan_.in_class(at, WordClass::sitting) && scan_.is(at + 1, "of");
    if (sitting_first) at += scan_.is(at + 2, "the") ? 3U : 2U;
    if (!scan_.has(at)) return false;
    PartyList of = parse_party_list(scan_, at, true);
    const bool whose_first = !of.parties.empty();
    const auto post = parse_post(scan_, whose_first ? of.end : at);
    if (!post || !post->plural || (!whose_first && !sitting_first)) return false;
    std::uint32_t end = post->end;
    if (!whose_first) {
      if (scan_.is(end, "of")) of = parse_party_list(scan_, end + (scan_.is(end + 1, "the") ? 2U : 1U), true);
      if (of.parties.empty()) of = {post->full_end, post->of};
      end = of.end;
    }
    if (!sitting_first) {
      at = past_modifiers(scan_.possessive(end) ? end + 1 : end);
      if (!scan_.in_class(at, WordClass::sitting)) return false;
      end = at + 1;
    }
    const auto& parties = scan_.tables().parties;
    const bool of_many = of.parties.size() > 2 || std::any_of(of.parties.begin(), of.parties.end(), [&](PartyIndex p) { return parties[p].kind != graph::EntityKind::country; });
    if (!of_many) return false;
    name_begin_ = from;
    name_end_ = end;
    forum_.end = end;
    forum_.name = without_letters(from, end);
    forum_.parties = of.parties;
    forum_.type = graph::EventType::conference;
    forum_.level = post->level;
    return true;
  }

  bool name_word(std::uint32_t at) const {
    const Token& token = scan_.token(at);
    if (token.possessive) return true;
    if (token.joined && token.letters) return true;
    const bool year = token.digits && token.end - token.begin == 4 && at > name_begin_ && scan_.capital(at + 1) && scan_.longest_party(at - 1).end == at;  // "the UN 2023 Water Conference"
    if (token.ordinal && at > name_begin_ + 1 && scan_.token(at - 1).possessive && scan_.capital(at + 1)) return true;  // "the Group's 23rd Summit"
    if (token.digits || token.ordinal) return year || (at > name_begin_ && (token.joined || scan_.view().raw(at, at + 1).find('+') != std::string_view::npos));  // "2+2"
    if (word_mark(at, "–") || word_mark(at, "-")) return at > name_begin_ && scan_.longest_party(at + 1).sense != nullptr && ends_party(at);
    if (token.punct) return word_mark(at, "“") || word_mark(at, "”") || scan_.mark(at, '"') || scan_.mark(at, '+') || scan_.mark(at, '&');
    return scan_.capital(at);
  }

  // "the Malaysia – Lao PDR Joint Commission": a dash with blanks between two parties.
  bool ends_party(std::uint32_t at) const {
    for (std::uint32_t from = name_begin_; from < at; ++from)
      if (const Scan::Match party = scan_.longest_party(from); party.sense != nullptr && party.end == at) return true;
    return false;
  }

  bool link_word(std::uint32_t at) const {
    const bool the = scan_.is(at, "the") && at > name_begin_ && (scan_.is(at - 1, "of") || scan_.is(at - 1, "and") || scan_.is(at - 1, "for") || scan_.is(at - 1, "on"));  // no "closed in Cali the Summit"
    return scan_.is(at, "of") || scan_.is(at, "and") || the || scan_.is(at, "for") || scan_.is(at, "on") || scan_.is(at, "plus");
  }

  // "the National Assembly of A": in the middle of a body that is no forum.
  bool inside_body() const {
    for (std::uint32_t back = 1; back <= 2 && back + scan_.begin() <= name_begin_; ++back) {
      const Scan::Match head = scan_.longest(name_begin_ - back, SenseKind::forum_head);
      if (head.sense != nullptr && head.end > name_begin_ && scan_.tables().forum_heads[head.sense->index].none && scan_.capital(name_begin_ - back)) return true;
    }
    return false;
  }

  // Walks over a name in capitals, or parties and small words, up to a head; the last head within reach counts.
  bool find_head() {
    if (inside_body()) return false;
    std::uint32_t at = name_begin_;
    bool lower = false;
    bool found = false;
    while (scan_.has(at) && at - i_ < kForumTokensMax) {
      const Scan::Match head = scan_.longest(at, SenseKind::forum_head);
      if (head.sense != nullptr) {
        const ForumHead& known = scan_.tables().forum_heads[head.sense->index];
        if (known.none) {
          if (!scan_.capital(at)) break;
          at = head.end;
          continue;
        }
        if (scan_.capital(at) || known.lower_case || (lower && at > name_begin_)) {
          if (!(lower && !known.lower_case)) {
            head_begin_ = at;
            head_end_ = head.end;
            forum_.type = known.type;
            found = true;
            at = head.end;
            if (!scan_.capital(head_begin_)) break;
            continue;
          }
        }
      }
      // "the fourth round of the Chile–UAE negotiations"
      if (!found && at > name_begin_ && forum_.edition && (scan_.is(at, "negotiations") || scan_.is(at, "talks")) && names_two(at)) {
        head_begin_ = at;
        head_end_ = at + 1;
        forum_.type = graph::EventType::consultation;
        found = true;
        break;
      }
      if (!found && at > name_begin_ && scan_.capital(at) && names_two(at) && (scan_.is(at, "commission") || scan_.is(at, "committee") || scan_.is(at, "council") || scan_.is(at, "mechanism") || scan_.is(at, "dialogue"))) {
        head_begin_ = at;
        head_end_ = at + 1;
        forum_.type = graph::EventType::consultation;
        found = true;
        break;
      }
      if (name_word(at)) {
        ++at;
        continue;
      }
      // "the Pacific Islands Forum (PIF) Leaders Meeting"
      if (at > name_begin_ && scan_.abbreviation_in_brackets(at) && scan_.capital(at + 3)) {
        at += 3;
        continue;
      }
      if (found) break;
      // "gathered in Kuressaare for the Ministerial Meeting": a place
      const bool place = scan_.is(at, "for") && i_ > scan_.begin() && (scan_.is(i_ - 1, "in") || scan_.is(i_ - 1, "at") || scan_.is(i_ - 1, "to") || scan_.is(i_ - 1, "from"));
      if (place) break;
      if (link_word(at) && at > name_begin_ && (scan_.capital(at + 1) || scan_.is(at + 1, "the"))) {
        ++at;
        continue;
      }
      const bool verbal = scan_.in_class(at, WordClass::will) || scan_.in_class(at, WordClass::modal) || (scan_.is(at, "co") && scan_.has(at + 1) && scan_.token(at + 1).joined && scan_.tables().verb_form(scan_.token(at + 1).word).verb != kNoVerb);
      if (verbal) break;  // "Germany will co-host the Second Conference"
      // joint intergovernmental commission: small adjectives between the parties and the head
      if (at > name_begin_ && scan_.token(at).letters && !scan_.in_class(at, WordClass::preposition) && scan_.tables().verb_form(scan_.token(at).word).verb == kNoVerb &&
          !scan_.in_class(at, WordClass::be) && !scan_.in_class(at, WordClass::have) && !scan_.in_class(at, WordClass::relative) && !scan_.in_class(at, WordClass::determiner) && at - name_begin_ < 6) {
        lower = true;
        ++at;
        continue;
      }
      break;
    }
    return found;
  }

  // "Joint Committee (AN-JSCC) Meeting": where the word for its sitting ends behind its letters in brackets; 0 for none.
  std::uint32_t past_short_name(std::uint32_t at) const {
    constexpr std::uint32_t kLettersMax = 4;
    if (!scan_.mark(at, '(')) return 0;
    std::uint32_t close = at + 1;
    while (scan_.has(close) && close < at + kLettersMax && scan_.token(close).all_caps) ++close;
    if (close == at + 1 || !scan_.mark(close, ')') || !scan_.capital(close + 1) || !scan_.in_class(close + 1, WordClass::session_word)) return 0;
    return close + 2;
  }

  // "the Intergovernmental Turkmen-Belarusian Commission": two states are named before the head.
  bool names_two(std::uint32_t head) const {
    int named = 0;
    for (std::uint32_t at = name_begin_; at < head;) {
      const Scan::Match match = scan_.longest_party(at);
      const bool state = match.sense != nullptr && match.sense->kind != SenseKind::city && match.end <= head;
      named += state ? 1 : 0;
      at = state ? match.end : at + 1;
    }
    return named == 2;
  }

  // "Forum between the States of Central Asia and the Republic of Korea", "commission on economic cooperation".
  void extend() {
    std::uint32_t end = head_end_;
    if (scan_.mark(end, '(') && scan_.has(end + 1) && scan_.token(end + 1).digits && scan_.mark(end + 2, ')')) {
      paren_end_ = end + 3;
    }
    if (const std::uint32_t past = past_short_name(end)) paren_end_ = past;
    std::uint32_t at = end;
    // "Foreign Office Consultations (FOC) between A and B": the letters are passed over
    if (scan_.abbreviation_in_brackets(end) && scan_.is(end + 3, "between")) {
      alias_ = end;
      at = end + 3;
    }
    // "Cooperation Committee (AN-JSCC) Meeting was convened"
    if (scan_.mark(end, '('))
      for (std::uint32_t close = end + 2; close < end + 5; ++close)
        if (scan_.mark(close, ')') && scan_.token(end + 1).all_caps && (scan_.is(close + 1, "meeting") || scan_.is(close + 1, "session") || scan_.is(close + 1, "summit"))) paren_end_ = close + 2;
    while (scan_.has(at)) {
      const bool of = scan_.is(at, "of") || scan_.is(at, "between") || scan_.is(at, "for") || scan_.is(at, "on") || scan_.is(at, "with") || scan_.is(at, "to");
      if (!of) break;
      if (scan_.is(at, "to") || scan_.is(at, "with")) break;
      const std::uint32_t past = run_of_name(at + 1, scan_.is(at, "between") || scan_.is(at, "of"), scan_.is(at, "on") || scan_.is(at, "for"));
      if (past == at + 1) break;
      at = past;
      end = past;
    }
    name_end_ = end;
    // "the political consultations mechanism meeting"
    if (end == head_end_ && !scan_.capital(end) && (scan_.is(end, "meeting") || scan_.is(end, "session") || scan_.is(end, "round") || scan_.is(end, "talks"))) paren_end_ = end + 1;
    forum_.end = std::max(end, paren_end_);
    // "High Joint Committee, second session"
    if (!forum_.edition && scan_.mark(forum_.end, ',') && scan_.has(forum_.end + 1) && scan_.token(forum_.end + 1).ordinal && scan_.in_class(forum_.end + 2, WordClass::session_word)) {
      forum_.edition = scan_.token(forum_.end + 1).number;
      forum_.end += 3;
    }
    take_number_behind();
  }

  // "the Joint Commission, the fifth, was held", "the next one, the seventh,"
  void take_number_behind() {
    if (forum_.edition || !scan_.mark(forum_.end, ',') || !scan_.is(forum_.end + 1, "the")) return;
    const bool comma = scan_.mark(forum_.end + 3, ',');
    if (!comma && !scan_.mark(forum_.end + 3, '.')) return;
    if (scan_.token(forum_.end + 2).ordinal) forum_.edition = scan_.token(forum_.end + 2).number;
    else forum_.edition = roman_number(forum_.end + 2);
    if (forum_.edition) forum_.end += comma ? 4U : 3U;
  }

  // "on Economic, Industrial, Scientific and Technical Cooperation": words in capitals between commas up to an "and".
  bool closes_list(std::uint32_t at) const {
    constexpr int kWordsMax = 8;
    for (int steps = 0; steps < kWordsMax && scan_.has(at); ++steps, ++at) {
      if (scan_.is(at, "and")) return scan_.capital(at + 1);
      if (!scan_.capital(at) && !scan_.mark(at, ',')) return false;
    }
    return false;
  }

  std::uint32_t run_of_name(std::uint32_t from, bool lists, bool subject) const {
    std::uint32_t at = from;
    if (scan_.is(at, "the")) ++at;
    const std::uint32_t first = at;
    if (lists) {
      const PartyList parties = parse_party_list(scan_, at, true);
      if (!parties.parties.empty()) {
        // "Meeting of NATO Ministers of Foreign Affairs"
        const auto post = scan_.capital(parties.end) ? parse_post(scan_, parties.end) : std::nullopt;
        if (post && post->plural) return post->full_end;
        // "of the Moldova Support Platform": the state is a word of the name
        std::uint32_t named = parties.end;
        while (first > from && parties.parties.size() == 1 && !post && scan_.has(named) && name_word(named)) ++named;
        return named > parties.end + 1 ? named : parties.end;
      }
    }
    // Dates and places after "on" and "for" are no part of the name.
    if (scan_.has(at) && (scan_.info(at).date == DateWord::month || scan_.info(at).date == DateWord::weekday || scan_.token(at).digits)) return from;
    if (subject && !scan_.capital(at)) {
      // "on economic cooperation": two small words at most, nouns by their looks
      if (scan_.has(at + 1) && (scan_.is(at + 1, "cooperation") || scan_.is(at + 1, "issues") || scan_.is(at + 1, "affairs") || scan_.is(at + 1, "matters")) && scan_.token(at).letters) return at + 2;
      return from;
    }
    while (scan_.has(at)) {
      if (name_word(at)) {
        ++at;
        continue;
      }
      if (at == first) return from;
      const bool link = scan_.is(at, "and") || scan_.is(at, "of") || scan_.mark(at, ',');
      const std::uint32_t next = scan_.is(at + 1, "the") ? at + 2 : at + 1;
      if (!link || !scan_.capital(next) || scan_.info(next).date != DateWord::none) break;
      if (scan_.mark(at, ',') && scan_.longest_party(next).sense == nullptr && !(subject && closes_list(next))) break;
      at = next;
    }
    return at;
  }

  // "the Council of the Organization of Turkic States (OTS)": its name without what stands in brackets.
  std::string without_letters(std::uint32_t begin, std::uint32_t end) const {
    for (std::uint32_t at = begin; at + 3 <= end; ++at)
      if (scan_.abbreviation_in_brackets(at)) return collapse_blanks(scan_.view().raw(begin, at)) + (at + 3 < end ? " " + collapse_blanks(scan_.view().raw(at + 3, end)) : std::string());
    return collapse_blanks(scan_.view().raw(begin, end));
  }

  std::optional<ForumMention> finish() {
    if ((scan_.is(name_begin_, "an") || scan_.is(name_begin_, "a")) && name_begin_ + 1 < head_begin_) ++name_begin_;
    // "the virtual Ministerial Meeting": how, not what
    if (scan_.in_class(name_begin_, WordClass::virtual_) && !scan_.capital(name_begin_) && name_begin_ < head_begin_) {
      if (forum_.begin == name_begin_) ++forum_.begin;
      ++name_begin_;
    }
    // Strip what stands before a session's "of the": "Fourteenth Session of the X" is edition 14 of X.
    forum_.name = alias_ == 0 ? without_letters(name_begin_, name_end_) : collapse_blanks(scan_.view().raw(name_begin_, name_end_));
    if (alias_ != 0 && alias_ + 3 < name_end_) forum_.name = collapse_blanks(scan_.view().raw(name_begin_, alias_)) + " " + collapse_blanks(scan_.view().raw(alias_ + 3, name_end_));
    // "the Melanesian Spearhead Group's 23rd Leaders' Summit": which of them, inside the name
    for (std::uint32_t at = name_begin_ + 1; at + 1 < name_end_ && !forum_.edition; ++at)
      if (scan_.token(at).ordinal && at > name_begin_ + 1 && scan_.token(at - 1).possessive && at <= head_begin_) {
        forum_.edition = scan_.token(at).number;
        forum_.name = collapse_blanks(scan_.view().raw(name_begin_, at - 1)) + " " + collapse_blanks(scan_.view().raw(at + 1, name_end_));
      }
    // "the EU-Western Balkans Summit of heads of state and government": who comes to it is no part of a name that is whole
    if (const std::size_t rank = forum_.name.find(" of heads of state"); rank != std::string::npos && head_begin_ > name_begin_) forum_.name.resize(rank);
    collect_parties();
    set_level();
    become_consultation();
    const bool only_head = name_begin_ == head_begin_ && name_end_ == head_end_;
    // "the first political consultations between": with its number and more than one word, a series though it has no name.
    forum_.generic = only_head && !(forum_.edition && head_end_ - head_begin_ > 1 && !scan_.view().series_named);
    if (only_head && !scan_.capital(head_begin_) && !forum_.edition) return std::nullopt;
    if (only_head && !forum_.edition && scan_.is(head_begin_, "meeting") && scan_.is(head_end_, "with")) return std::nullopt;  // "Meeting with A" in a list
    // "Meeting of Permanent Secretary A with B": of one person, no series
    if (name_begin_ == head_begin_ && !forum_.edition && scan_.is(head_end_, "of")) {
      const auto post = parse_post(scan_, scan_.is(head_end_ + 1, "the") ? head_end_ + 2 : head_end_ + 1);
      if (post && !post->plural) return std::nullopt;
    }
    // "meeting of the President of the National Assembly with B": nor is what one is President of.
    for (std::uint32_t at = name_begin_; at < head_begin_; ++at) {
      if (!scan_.is(at, "of")) continue;
      const auto post = parse_post(scan_, scan_.is(at + 1, "the") ? at + 2 : at + 1);
      if (post && !post->plural && post->full_end > head_begin_) return std::nullopt;
    }
    return forum_;
  }

  void collect_parties() {
    for (std::uint32_t at = name_begin_; at < name_end_;) {
      const Scan::Match match = scan_.longest_party(at);
      if (match.sense == nullptr || match.sense->kind == SenseKind::city || match.end > name_end_) {
        ++at;
        continue;
      }
      // "the Humanitarian Conference for Sudan": what it is about
      const std::uint32_t ahead = at > name_begin_ && scan_.is(at - 1, "the") ? at - 1 : at;
      const bool subject = ahead > name_begin_ && (scan_.is(ahead - 1, "for") || scan_.is(ahead - 1, "on")) && scan_.tables().parties[match.sense->index].kind == graph::EntityKind::country;
      if (subject && forum_.type == graph::EventType::conference && match.sense->kind == SenseKind::name) {
        at = match.end;
        continue;
      }
      // "the OSCE Central Asian Youth Conference": of the organisation, not of the states that its subject names.
      const bool of_organisation = std::any_of(forum_.parties.begin(), forum_.parties.end(), [&](PartyIndex p) { return scan_.tables().parties[p].kind == graph::EntityKind::organisation; });
      if (!(of_organisation && match.sense->kind == SenseKind::adjective)) append_party(scan_.tables(), static_cast<PartyIndex>(match.sense->index), forum_.parties);
      at = match.end;
    }
    // "the Arab Water Summit", "the Asia-Europe Meeting": a part of the world alone only says what it is about
    const auto& parties = scan_.tables().parties;
    if (std::all_of(forum_.parties.begin(), forum_.parties.end(), [&](PartyIndex p) { return parties[p].kind == graph::EntityKind::region; })) forum_.parties.clear();
  }

  // "the 7th consultative meeting between the Ministries of A and B": a series of two states is a dialogue of theirs, but for
  // summits, forums and conferences.
  void become_consultation() {
    const auto& parties = scan_.tables().parties;
    const bool two = forum_.parties.size() == 2 && std::all_of(forum_.parties.begin(), forum_.parties.end(), [&](PartyIndex p) { return parties[p].kind == graph::EntityKind::country; });
    if (!two || forum_.level == graph::Level::leader || head_end_ == 0) return;
    const std::uint32_t head = head_end_ - 1;
    if (scan_.in_class(head, WordClass::session_word) || scan_.is(head, "dialogue") || scan_.is(head, "committee") || scan_.is(head, "mechanism") || scan_.is(head, "council") || scan_.is(head, "commission")) forum_.type = graph::EventType::consultation;
  }

  void set_level() {
    for (std::uint32_t at = name_begin_; at < name_end_; ++at) {
      const bool lowered = at > 0 && scan_.in_class(at - 1, WordClass::level_lowered);
      if (scan_.is(at, "summit") || scan_.is(at, "leaders") || scan_.is(at, "heads") || (scan_.is(at, "prime") && scan_.is(at + 1, "ministers") && !lowered)) forum_.level = graph::Level::leader;
      if (!forum_.level && (scan_.is(at, "ministerial") || scan_.is(at, "ministers"))) forum_.level = lowered ? graph::Level::vice_minister : graph::Level::minister;
    }
  }

  const Scan& scan_;
  std::uint32_t i_;
  std::uint32_t name_begin_ = 0;
  std::uint32_t name_end_ = 0;
  std::uint32_t head_begin_ = 0;
  std::uint32_t head_end_ = 0;
  std::uint32_t alias_ = 0;  // the bracket with its letters inside the name
  std::uint32_t paren_end_ = 0;
  ForumMention forum_;
};

}  // namespace

std::optional<ForumMention> parse_forum(const Scan& scan, std::uint32_t i) {
  if (!scan.has(i)) return std::nullopt;
  // What every way of naming one asks of its first word: most words of a text are none of it.
  const Token& first = scan.token(i);
  const bool may = first.capital || first.all_caps || first.ordinal || first.punct || names_neighbour(scan, i) || scan.in_class(i, WordClass::sitting) || scan.in_class(i, WordClass::meeting_kind) ||
                   scan.may_begin(i, bit_of(SenseKind::forum_head) | bit_of(SenseKind::series));
  if (!may) return std::nullopt;
  return ForumParser(scan, i).run();
}

}  // namespace entente::importers
