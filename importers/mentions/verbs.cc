#include <algorithm>
#include <bitset>
#include <initializer_list>

#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kVerbTokensMax = 14;

std::bitset<kWordClassesMax> classes_of(std::initializer_list<WordClass> classes) {
  std::bitset<kWordClassesMax> set;
  for (const WordClass c : classes) set.set(static_cast<std::size_t>(c));
  return set;
}

// Auxiliaries, and what may stand before a verb.
const std::bitset<kWordClassesMax> kOpeners = classes_of(
    {WordClass::reflexive, WordClass::will, WordClass::modal, WordClass::be, WordClass::have, WordClass::do_, WordClass::negation, WordClass::adverb});

class VerbParser {
 public:
  VerbParser(const Scan& scan, std::uint32_t i, VerbPosition position)
      : scan_(scan), i_(i), at_(i), after_subject_(position == VerbPosition::after_subject), opening_(position == VerbPosition::opening) {
    group_.begin = i;
  }

  std::optional<VerbGroup> run() {
    if (scan_.in_class(at_, WordClass::reflexive)) {  // s'est rendu, se rendra
      reflexive_ = true;
      ++at_;
    }
    if (!auxiliaries() && !lexical_start()) return std::nullopt;
    if (group_.main == kNoVerb && !group_.copula) return std::nullopt;
    chain();
    group_.end = at_;
    if (group_.main != kNoVerb && group_.copula) group_.copula = false;
    return group_;
  }

 private:
  const VerbForm& form(std::uint32_t i) const {
    static const VerbForm kNothing;
    return scan_.has(i) ? scan_.tables().verb_form(scan_.token(i).word) : kNothing;
  }
  const Verb& verb(VerbId id) const { return scan_.tables().verbs[id]; }

  void skip_adverbs() {
    while (scan_.has(at_) && at_ - i_ < kVerbTokensMax) {
      if (scan_.is(at_, "last") && scan_.has(at_ + 1) && scan_.info(at_ + 1).date != DateWord::none) return;  // "was here last November"
      if (scan_.is(at_, "co") && scan_.has(at_ + 1) && scan_.token(at_ + 1).joined) {
        // will co-chair
      } else if (scan_.is(at_, "no") && scan_.is(at_ + 1, "longer")) {
        group_.cancelled = true;  // "will no longer travel"
        ++at_;
      } else if (scan_.in_class(at_, WordClass::negation)) {
        group_.negated = true;
      } else if (scan_.in_class(at_, WordClass::phone) || scan_.in_class(at_, WordClass::preposition) || !scan_.in_class(at_, WordClass::adverb)) {
        // "in turn", "therefore been", "not only": anything else ends it, but for an -ly adverb.
        const bool manner = scan_.has(at_) && scan_.token(at_).letters && ends_in_ly(at_);
        const bool since = scan_.is(at_, "since") && form(at_ + 1).participle;  // "has since spoken"
        const std::uint32_t past = past_interlude();
        if (past == at_ && !manner && !since) return;
        if (past != at_) at_ = past - 1;
      }
      ++at_;
    }
  }

  // "has in the meantime been", "will in due course be": behind words that only say how it fits in.
  std::uint32_t past_interlude() const {
    if (!scan_.in_class(at_, WordClass::preposition)) return at_;
    std::uint32_t end = at_ + 1;
    while (scan_.in_class(end, WordClass::determiner) || scan_.is(end, "due") || scan_.is(end, "same")) ++end;
    if (!scan_.in_class(end, WordClass::interlude)) return at_;
    const bool goes_on = form(end + 1).participle || form(end + 1).base || scan_.in_class(end + 1, WordClass::be);
    return goes_on ? end + 1 : at_;
  }

  bool ends_in_ly(std::uint32_t i) const {
    const Token& token = scan_.token(i);
    return token.end - token.begin > 4 && scan_.view().text.substr(token.end - 2, 2) == "ly" && !token.capital;
  }

  void take(std::uint32_t i) {
    group_.main = form(i).verb;
    group_.main_word = scan_.token(i).word;
    at_ = i + 1;
    if (!scan_.has(at_) || scan_.token(at_).word == 0) return;
    const auto phrasal = scan_.tables().phrasals.find({group_.main, scan_.token(at_).word});
    if (phrasal == scan_.tables().phrasals.end()) return;
    if (scan_.is(at_, "to") && form(at_ + 1).base && !scan_.in_class(at_ + 1, WordClass::have)) return;  // "came to pay a call"
    group_.main = phrasal->second;
    ++at_;
  }

  // will be visiting; has been appointed; is to have travelled; did not meet; would visit.
  bool auxiliaries() {
    bool any = false;
    bool be = false;
    bool have = false;
    bool do_aux = false;
    // "Having visited A, B returned", "after having visited"; behind a comma it tells of the subject before it
    const bool having = scan_.is(at_, "having") && (i_ == scan_.begin() || scan_.in_class(i_ - 1, WordClass::preposition));
    while (scan_.has(at_) && at_ - i_ < kVerbTokensMax) {
      if (scan_.in_class(at_, WordClass::will)) {
        group_.tense = Tense::future;
        group_.planned = true;
        be = be || scan_.in_class(at_, WordClass::be);  // sera reçu: one word for both
      } else if (scan_.in_class(at_, WordClass::modal)) {
        group_.modal = true;
      } else if (scan_.in_class(at_, WordClass::be)) {
        be = !reflexive_;
        have = have || reflexive_;
        set_be_tense();
        if (reflexive_) group_.tense = Tense::past;
      } else if (scan_.in_class(at_, WordClass::have)) {
        // "have" is a verb of its own before a noun phrase: had talks, has a meeting.
        const std::uint32_t before = at_;
        ++at_;
        skip_adverbs();
        const VerbForm& next = form(at_);
        const bool perfect = scan_.in_class(at_, WordClass::be) || next.past || next.participle || scan_.in_class(at_, WordClass::have) || (scan_.is(at_, "to"));
        if (!perfect || (next.verb != kNoVerb && !next.participle && !next.past)) {
          if (group_.tense == Tense::unknown) group_.tense = scan_.is(before, "had") ? Tense::past : Tense::present;
          take(before);
          group_.finite = true;
          return true;
        }
        have = true;
        group_.perfect = true;
        if (group_.tense == Tense::unknown) group_.tense = Tense::past;
        any = true;
        if (scan_.is(at_, "to")) {  // had to be cancelled; "has to close its consulate by 31 May" is yet to be done
          if (!scan_.is(before, "had") && group_.tense == Tense::past) {
            group_.tense = Tense::future;
            group_.planned = true;
            group_.perfect = false;
          }
          ++at_;
          be = false;
        }
        continue;
      } else if (scan_.in_class(at_, WordClass::do_) && !any) {
        do_aux = true;
        if (group_.tense == Tense::unknown) group_.tense = scan_.is(at_, "did") ? Tense::past : Tense::present;
      } else {
        break;
      }
      any = true;
      ++at_;
      skip_adverbs();
    }
    if (!any) return false;
    group_.finite = !having;
    group_.gerund = having;
    group_.elided = opening_;
    skip_adverbs();
    return after_auxiliaries(be, have, do_aux);
  }

  void set_be_tense() {
    if (group_.tense != Tense::unknown) return;
    if (scan_.is(at_, "was") || scan_.is(at_, "were")) group_.tense = Tense::past;
    else if (scan_.is(at_, "is") || scan_.is(at_, "are") || scan_.is(at_, "am")) group_.tense = Tense::present;
  }

  bool after_auxiliaries(bool be, bool have, bool do_aux) {
    // "is due to enter into force": as "is to enter"
    const bool due = be && group_.tense == Tense::present && scan_.in_class(at_, WordClass::expected) && form(at_).verb == kNoVerb && scan_.is(at_ + 1, "to") && (form(at_ + 2).base || scan_.in_class(at_ + 2, WordClass::be));
    if (due) ++at_;
    const VerbForm& next = form(at_);
    if (be && scan_.is(at_, "to") && !scan_.in_class(at_ + 1, WordClass::determiner) && (form(at_ + 1).base || scan_.in_class(at_ + 1, WordClass::be) || scan_.in_class(at_ + 1, WordClass::have))) {
      // is to hold, are to gather; was to have travelled: planned once
      group_.planned = true;
      group_.tense = Tense::future;
      ++at_;
      if (scan_.in_class(at_, WordClass::have) && (form(at_ + 1).participle || scan_.in_class(at_ + 1, WordClass::be))) {  // but "is to have talks"
        ++at_;
        group_.tense = Tense::past;
        group_.unreal = true;
      }
      if (scan_.in_class(at_, WordClass::be)) {
        ++at_;
        group_.passive = form(at_).participle;
      }
      if (form(at_).verb == kNoVerb && !scan_.in_class(at_, WordClass::have)) {
        group_.copula = true;
        return true;
      }
      take(at_);
      return true;
    }
    if (next.verb == kNoVerb) {
      group_.copula = be;
      if (do_aux && !be) {
        group_.main = form(i_).verb;
        group_.main_word = scan_.token(i_).word;
      }
      return be || group_.main != kNoVerb;
    }
    if (be && next.gerund && !next.noun) {
      if (group_.tense == Tense::unknown) group_.tense = Tense::present;
      take(at_);
      return true;
    }
    if (be && next.gerund) {
      take(at_);
      return true;
    }
    if (be && next.participle) {
      group_.passive = !scan_.in_class(at_, WordClass::past_with_be);
      if (!group_.passive && group_.tense == Tense::present) group_.tense = Tense::past;  // est arrivé
      take(at_);
      return true;
    }
    if (have && (next.participle || next.past)) {
      take(at_);
      return true;
    }
    if (!be && next.base) {
      take(at_);
      return true;
    }
    group_.copula = be;
    return be;
  }

  // met; visits (after its subject); to hold; holding; held (in Seoul).
  bool lexical_start() {
    // "to State Minister Girma": a title.
    if (scan_.is(at_, "to") && scan_.capital(at_ + 1) && !scan_.heading() && parse_post(scan_, at_ + 1)) return false;
    // "the Treaty to Establish the Facility": in capitals, a part of a name.
    if (scan_.is(at_, "to") && scan_.capital(at_ + 1) && !scan_.heading() && !opening_) return false;
    if (scan_.is(at_, "to") && (form(past_manner(at_ + 1)).base || scan_.in_class(at_ + 1, WordClass::be))) return infinitive();
    skip_adverbs();
    const VerbForm& here = form(at_);
    if (here.verb == kNoVerb) return false;
    if (i_ > scan_.begin() && scan_.mark(i_ - 1, '(') && scan_.mark(at_ + 1, ')')) return false;  // "Minister A (left)" under a picture
    const bool capital = scan_.capital(at_) && at_ > scan_.begin() && !opening_ && !scan_.heading();
    if (capital) return false;
    if (here.past) {
      const bool fronted = opening_ && here.participle && is_fronted();
      group_.tense = Tense::past;
      group_.finite = !fronted && (after_subject_ || opening_ || !here.participle);  // "took" is nothing else
      group_.elided = opening_ && !fronted;
      group_.bare_participle = here.participle && (!opening_ || fronted);
      take(at_);
      return true;
    }
    if (here.participle) {
      group_.bare_participle = true;
      take(at_);
      return true;
    }
    if (here.future) {
      group_.tense = Tense::future;
      group_.planned = true;
      group_.finite = true;
      take(at_);
      return true;
    }
    // "imposed further sanctions": behind another verb a noun with what looks like an adverb.
    const bool noun = at_ > i_ && !after_subject_ && !opening_ && parse_noun(scan_, at_);
    if (here.third && !noun && (after_subject_ || at_ > i_ || opening_)) {
      group_.tense = Tense::present;
      group_.finite = true;
      group_.elided = opening_;
      take(at_);
      return true;
    }
    if (here.gerund && !noun_position()) {
      group_.gerund = true;
      take(at_);
      return true;
    }
    if (here.base && after_subject_ && !noun_position() && !governed()) {
      group_.tense = Tense::present;
      group_.finite = true;
      take(at_);
      return true;
    }
    return false;
  }

  // "Sent by the President, Minister A travelled": said of the subject behind the comma.
  bool is_fronted() const {
    if (!scan_.is(at_ + 1, "by")) return false;
    for (std::uint32_t i = at_ + 2; i + 2 < scan_.end(); ++i)
      if (scan_.mark(i, ',')) return true;
    return false;
  }

  // "a visit", "the planned talks", "bilateral meeting"
  bool noun_position() const {
    if (i_ == scan_.begin()) return false;
    const std::uint32_t before = i_ - 1;
    if (scan_.possessive(before) || scan_.in_class(before, WordClass::determiner)) return true;
    return false;
  }

  // "until lately head of a department": what a preposition governs is no verb.
  bool governed() const {
    std::uint32_t before = i_;
    while (before > scan_.begin() && (scan_.in_class(before - 1, WordClass::adverb) || ends_in_ly(before - 1)) && !scan_.in_class(before - 1, WordClass::preposition)) --before;
    // "by video link": nor what one plain noun behind a preposition goes with.
    if (before == i_ && before > scan_.begin() + 1 && scan_.in_class(before - 2, WordClass::preposition) && !scan_.capital(before - 1) && scan_.token(before - 1).letters && !scan_.word(before - 1).ends_with("s")) return true;
    return before > scan_.begin() && scan_.in_class(before - 1, WordClass::preposition) && !scan_.in_class(before - 1, WordClass::adverb);
  }

  // "to co-chair", "to formally open": where the verb itself stands.
  std::uint32_t past_manner(std::uint32_t i) const {
    if (scan_.is(i, "co") && scan_.has(i + 1) && scan_.token(i + 1).joined) return i + 1;
    return scan_.has(i) && scan_.token(i).letters && ends_in_ly(i) && form(i + 1).base ? i + 1 : i;
  }

  bool infinitive() {
    group_.infinitive = true;
    group_.elided = opening_;  // "To be present at" in a programme
    group_.planned = opening_;
    at_ = past_manner(at_ + 1);
    if (scan_.in_class(at_, WordClass::be)) {
      ++at_;
      skip_adverbs();
      if (form(at_).participle) {
        group_.passive = true;
        take(at_);
        return true;
      }
      if (form(at_).gerund) {
        take(at_);
        return true;
      }
      group_.copula = true;
      return true;
    }
    if (scan_.in_class(at_, WordClass::have) && (form(at_ + 1).participle)) ++at_;
    take(at_);
    return true;
  }

  // "is expected to visit", "agreed to hold", "hopes to meet", "began by meeting": the last verb is what is done.
  void chain() {
    for (int steps = 0; steps < 4 && group_.main != kNoVerb; ++steps) {
      std::uint32_t to = at_;
      while (scan_.in_class(to, WordClass::adverb) && !scan_.is(to, "to")) ++to;
      if (!scan_.is(to, "to") || (scan_.capital(to + 1) && !scan_.heading())) return;  // "delivered to State Minister A"
      std::uint32_t next = to + 1;
      while (scan_.has(next) && (scan_.in_class(next, WordClass::adverb) || ends_in_ly(next)) && !form(next).base) ++next;
      // "is reported to have entered into force": done, and told
      const bool been = scan_.in_class(next + 1, WordClass::be);
      if (group_.finite && group_.passive && verb(group_.main).kind == VerbKind::report && scan_.in_class(next, WordClass::have) && (form(next + 1).participle || (been && form(next + 2).participle))) {
        at_ = been ? next + 2 : next + 1;
        group_.passive = been;
        group_.tense = Tense::past;
        take(at_);
        continue;
      }
      const bool be = scan_.in_class(next, WordClass::be);
      if (!be && !form(next).base) return;
      if (is_own_particle(to)) return;
      if (!control(verb(group_.main).kind)) return;
      at_ = next;
      group_.passive = false;
      group_.copula = false;
      if (be) {
        ++at_;
        skip_adverbs();
        if (!form(at_).participle && !form(at_).gerund) {
          group_.copula = true;
          group_.main = kNoVerb;
          return;
        }
        group_.passive = form(at_).participle;
      }
      take(at_);
    }
  }

  // "was asked to come to the ministry": where a frame of the verb has these words for a particle, they are the verb's own.
  bool is_own_particle(std::uint32_t at) const {
    const std::vector<Frame>& frames = scan_.tables().frames[group_.main];
    return std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) {
      const std::size_t words = frame.particle.size();
      if (words < 2 || !scan_.has(at + static_cast<std::uint32_t>(words) - 1)) return false;
      for (std::size_t k = 0; k < words; ++k)
        if (scan_.token(at + static_cast<std::uint32_t>(k)).word != frame.particle[k]) return false;
      return true;
    });
  }

  bool control(VerbKind kind) {
    switch (kind) {
      case VerbKind::plan:
        // "was prepared to recognise": would have, had it come to that.
        if (group_.passive && scan_.in_class(at_ - 1, WordClass::willing)) group_.wished = true;
        group_.planned = true;
        return true;
      case VerbKind::report: group_.planned = true; return true;
      case VerbKind::refuse: group_.negated = true; return true;
      case VerbKind::wish: group_.wished = true; return true;
      case VerbKind::cancel: group_.cancelled = true; return true;
      case VerbKind::plain:
      case VerbKind::light: return true;
      case VerbKind::occur:
      case VerbKind::attend:
      case VerbKind::chair:
      case VerbKind::accompany:
      case VerbKind::shift:
      case VerbKind::be_at: return false;
    }
    return false;
  }

  const Scan& scan_;
  std::uint32_t i_;
  std::uint32_t at_;
  bool after_subject_;
  bool opening_;
  bool reflexive_ = false;
  VerbGroup group_;
};

}  // namespace

bool may_open_verb(const Scan& scan, std::uint32_t i) {
  if (!scan.has(i) || !scan.token(i).letters) return false;
  if (scan.in_class(i, WordClass::do_) && scan.capital(i) && i > scan.begin() && scan.capital(i + 1) && !scan.heading()) return false;  // "and Do Quang Hieu"
  if (scan.token(i).joined && scan.in_class(i, WordClass::adverb)) return false;  // "a day-long visit"
  if (scan.tables().verb_form(scan.token(i).word).verb != kNoVerb || (scan.info(i).classes & kOpeners).any()) return true;
  const std::string_view raw = scan.view().raw(i, i + 1);
  return raw.ends_with("ly") || scan.is(i, "to") || scan.is(i, "co");
}

std::optional<VerbGroup> parse_verb(const Scan& scan, std::uint32_t i, VerbPosition position) {
  if (!may_open_verb(scan, i)) return std::nullopt;
  return VerbParser(scan, i, position).run();
}

}  // namespace entente::importers
