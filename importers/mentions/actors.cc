#include <algorithm>
#include <iterator>
#include <utility>

#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr int kGroupMax = 200;

bool is_party_sense(const Scan::Match& match) {
  if (match.sense == nullptr) return false;
  const SenseKind kind = match.sense->kind;
  return kind == SenseKind::name || kind == SenseKind::abbreviation || kind == SenseKind::seat || kind == SenseKind::ministry;
}

// Past "the", and "the friendly" before the name of a state.
std::uint32_t skip_the(const Scan& scan, std::uint32_t i) {
  if (!scan.is(i, "the")) return i;
  return scan.in_class(i + 1, WordClass::kinship) ? i + 2 : i + 1;
}

// "(Ret.)", "(Dr.)": where the bracket closes with an officer's state or a title in it; `at` for anything else.
std::uint32_t past_bracketed_title(const Scan& scan, std::uint32_t at) {
  if (!scan.mark(at, '(')) return at;
  const Scan::Match title = scan.longest(at + 1, SenseKind::honorific);
  std::uint32_t close = title.sense != nullptr ? title.end : scan.in_class(at + 1, WordClass::retired) ? at + 2 : at;
  if (close != at && scan.mark(close, '.')) ++close;
  return close != at && scan.mark(close, ')') ? close + 1 : at;
}

// Skips "H.E. Mr.", "Dr.", "The Honourable", "Amb. (Dr.)", "Colonel (Rtd)".
std::uint32_t skip_honorifics(const Scan& scan, std::uint32_t i) {
  std::uint32_t at = past_bracketed_title(scan, i);
  while (scan.has(at)) {
    const Scan::Match match = scan.longest(at, SenseKind::honorific);
    if (match.sense == nullptr) {
      if (scan.is(at, "the") && scan.longest(at + 1, SenseKind::honorific).sense != nullptr && at == i) {
        ++at;
        continue;
      }
      return at == i + 1 && scan.is(i, "the") ? i : at;
    }
    const int kind = scan.tables().honorific_kinds[match.sense->index];
    if (kind == 1 && !scan.token(at).all_caps && !scan.token(at).dotted) return at;
    at = match.end;
    if (scan.mark(at, '.')) ++at;
    at = past_bracketed_title(scan, at);
  }
  return at;
}

// "A MP, met", "A, EGH, CBS, Cabinet Secretary": past the letters behind a name that are none of it.
std::uint32_t past_suffixes(const Scan& scan, std::uint32_t end) {
  const auto letters = [&](std::uint32_t at) { return scan.has(at) && scan.token(at).all_caps && scan.in_class(at, WordClass::name_suffix); };
  while (letters(end) || (scan.mark(end, ',') && letters(end + 1))) end += letters(end) ? 1U : 2U;
  return end;
}

class ActorParser {
 public:
  ActorParser(const Scan& scan, std::uint32_t i) : scan_(scan), i_(i) {
    actor_.begin = i;
    actor_.end = i;
    actor_.definite = i > scan.begin() && (scan.is(i - 1, "the") || scan.is(i - 1, "this") || scan.is(i - 1, "these"));
    const std::uint32_t before = i > scan.begin() + 1 && scan.is(i - 1, "own") ? i - 1 : i;  // "its own ambassador"
    actor_.own_post = before > scan.begin() && scan.in_class(before - 1, WordClass::possessive_pronoun);
  }

  std::optional<ActorMention> run() {
    if (pronoun() || counted() || titled() || party_first() || body() || post_first() || bare_name()) {
      actor_.possessive = scan_.possessive(actor_.end);
      return std::move(actor_);
    }
    return std::nullopt;
  }

 private:
  bool become(ActorKind kind, std::uint32_t end) {
    actor_.kind = kind;
    actor_.end = end;
    return true;
  }

  bool pronoun() {
    // "her counterpart", "her visit": hers, not she.
    const bool owner = scan_.is(i_, "her") && scan_.has(i_ + 1) && scan_.token(i_ + 1).letters && !scan_.in_class(i_ + 1, WordClass::preposition) && !scan_.in_class(i_ + 1, WordClass::conjunction) && !scan_.in_class(i_ + 1, WordClass::adverb);
    if (owner) return false;
    if (actor_.own_post && scan_.in_class(i_, WordClass::counterpart)) {
      // "his counterparts from Dominica, Tonga and Palau"
      if (scan_.is(i_ + 1, "from") || scan_.is(i_ + 1, "of")) {
        const PartyList list = parse_party_list(scan_, skip_the(scan_, i_ + 2), true);
        if (!list.parties.empty()) {
          actor_.parties = list.parties;
          return become(ActorKind::counterpart, list.end);
        }
      }
      if (scan_.tables().traits.adjective_after) {  // son homologue coréen
        const Scan::Match party = scan_.longest_party(i_ + 1);
        if (party.sense != nullptr && party.sense->kind == SenseKind::adjective) {
          actor_.parties = {static_cast<PartyIndex>(party.sense->index)};
          return become(ActorKind::counterpart, party.end);
        }
      }
      // "her counterpart A of B"
      const std::uint32_t named = parse_name(scan_, skip_honorifics(scan_, i_ + 1), true);
      if (named > i_ + 2 && scan_.is(named, "of"))
        if (PartyList list = parse_party_list(scan_, skip_the(scan_, named + 1), false); list.parties.size() == 1) actor_.parties = std::move(list.parties);
      return become(ActorKind::counterpart, scan_.is(i_, "opposite") && scan_.is(i_ + 1, "number") ? i_ + 2 : i_ + 1);
    }
    // "held talks with the guest at the palace": him who was named, and no word of another noun
    if (actor_.definite && scan_.is(i_, "guest") && !scan_.is(i_ - 2, "of") && (!scan_.has(i_ + 1) || !scan_.token(i_ + 1).letters || scan_.in_class(i_ + 1, WordClass::preposition)) && !scan_.is(i_ + 1, "of"))
      return become(ActorKind::counterpart, i_ + 1);
    // "the Foreign Minister of A, X, and that of B, Y,"
    if (scan_.is(i_, "that") && scan_.is(i_ + 1, "of") && i_ > scan_.begin() && scan_.is(i_ - 1, "and")) {
      const PartyList list = parse_party_list(scan_, skip_the(scan_, i_ + 2), false);
      if (list.parties.size() == 1 && (scan_.mark(list.end, ',') || scan_.in_class(list.end, WordClass::adverb) || scan_.tables().verb_form(scan_.has(list.end) ? scan_.token(list.end).word : 0).past)) {
        actor_.parties = list.parties;
        return become(ActorKind::counterpart, list.end);
      }
    }
    // "HE the Minister of State", "HE Nasser bin Ghanim": His Excellency.
    const bool excellency = scan_.is(i_, "he") && scan_.token(i_).all_caps && (scan_.is(i_ + 1, "the") || scan_.capital(i_ + 1));
    if (excellency) return false;
    if (scan_.in_class(i_, WordClass::pronoun_singular)) return become(ActorKind::pronoun, i_ + 1);
    if (scan_.is(i_, "we") || (scan_.is(i_, "us") && !scan_.token(i_).all_caps)) return become(ActorKind::own, i_ + 1);
    if (scan_.is(i_, "i") && scan_.token(i_).capital) return become(ActorKind::own, i_ + 1);
    if (scan_.is(i_, "it")) return become(ActorKind::it, i_ + 1);
    // "with the former he signed", "when the latter was summoned"
    if (actor_.definite && (scan_.is(i_, "latter") || scan_.is(i_, "former")) && !scan_.capital(i_ + 1) && !parse_post(scan_, i_ + 1) && !scan_.in_class(i_ + 1, WordClass::state_noun)) return become(ActorKind::pronoun, i_ + 1);
    if (scan_.in_class(i_, WordClass::pronoun_plural) && !scan_.is(i_, "both")) return become(ActorKind::plural, i_ + 1);
    // "had imposed these on Burundi": what was spoken of, with no noun behind.
    if ((scan_.is(i_, "these") || scan_.is(i_, "those")) && (!scan_.has(i_ + 1) || scan_.in_class(i_ + 1, WordClass::preposition) || (scan_.token(i_ + 1).punct && !scan_.mark(i_ + 1, '"')) || scan_.in_class(i_ + 1, WordClass::be)))
      return become(ActorKind::plural, i_ + 1);
    return false;
  }

  // "the two sides", "both countries", "the two Ministers", "five Central Asian countries".
  bool counted() {
    const bool both = scan_.is(i_, "both");
    const int count = both ? 2 : scan_.token(i_).number;
    const bool number = both || (count >= 2 && count <= kGroupMax && !scan_.token(i_).ordinal && !scan_.token(i_).joined && !(scan_.has(i_ + 1) && scan_.token(i_ + 1).joined));
    if (!number) {
      // "the presidents of the two countries"
      if (const auto post = actor_.definite ? parse_post(scan_, i_) : std::nullopt; post && post->plural && post->of.empty() && scan_.is(post->full_end, "of")) {
        std::uint32_t of = post->full_end + 1;
        const bool whose = scan_.is(of, "both") || (scan_.is(of, "the") && scan_.is(of + 1, "two"));
        of += scan_.is(of, "the") ? 2U : 1U;
        if (whose && (scan_.in_class(of, WordClass::state_noun) || scan_.in_class(of, WordClass::side))) {
          actor_.level = post->level;
          actor_.count = 2;
          return become(ActorKind::both, of + 1);
        }
      }
      // "the sides", "the parties", "the ministers"
      if (actor_.definite && (scan_.is(i_, "sides") || scan_.is(i_, "parties") || scan_.is(i_, "ministers") || scan_.is(i_, "leaders") || scan_.is(i_, "interlocutors") || scan_.is(i_, "participants"))) {
        if (scan_.is(i_ + 1, "of")) return false;
        set_plural_level(i_);
        return become(ActorKind::both, i_ + 1);
      }
      // "the co-chairs signed"
      const std::uint32_t chairs = scan_.is(i_, "co") ? i_ + 1 : i_;
      if (actor_.definite && scan_.is(chairs, "chairs") && scan_.has(chairs + 1) && scan_.token(chairs + 1).letters && !scan_.is(chairs + 1, "of")) return become(ActorKind::both, chairs + 1);
      return false;
    }
    std::uint32_t at = i_ + 1;
    // "the two of them signed"
    if (count == 2 && scan_.is(at, "of") && scan_.is(at + 1, "them")) {
      actor_.count = count;
      return become(ActorKind::both, at + 2);
    }
    if (scan_.is(at, "the") || scan_.is(at, "our") || scan_.is(at, "their") || scan_.is(at, "of")) ++at;
    if (scan_.is(at, "the")) ++at;
    const Scan::Match group = scan_.longest_party(at);
    if (group.sense != nullptr && (group.sense->kind == SenseKind::name || group.sense->kind == SenseKind::adjective)) {
      std::uint32_t end = group.end;
      const bool noun = scan_.in_class(end, WordClass::state_noun);
      if (group.sense->kind == SenseKind::adjective && !noun) return false;
      if (noun) ++end;
      return group_of(static_cast<PartyIndex>(group.sense->index), count, end);
    }
    // "the two foreign ministers", "both delegations", "the two sides"
    const bool known = both || actor_.definite || actor_.own_post || at > i_ + 1;  // "two members" are nobody who was named
    if (const auto post = parse_post(scan_, at); post && post->plural && post->of.empty() && known) {
      actor_.level = post->level;
      actor_.count = count;
      return become(ActorKind::both, post->full_end);
    }
    if (known && scan_.is(at, "co") && scan_.has(at + 1) && scan_.token(at + 1).joined) ++at;  // "the two co-chairs"
    const bool some = !known && scan_.is(at + 1, "of") && (scan_.longest_party(at + 2).sense != nullptr || (scan_.is(at + 2, "the") && scan_.longest_party(at + 3).sense != nullptr));  // "sanctions on sixteen members of the regime": nobody who was named
    if (scan_.in_class(at, WordClass::side) || (scan_.in_class(at, WordClass::state_noun) && !some) || (known && scan_.in_class(at, WordClass::minister_plural))) {
      set_plural_level(at);
      actor_.count = count;
      return become(ActorKind::both, at + 1);
    }
    // "There the two signed an agreement"
    if (count == 2 && actor_.definite && at == i_ + 1 && scan_.has(at)) {
      const VerbForm& next = scan_.tables().verb_form(scan_.token(at).word);
      const bool verb = next.past || scan_.in_class(at, WordClass::will) || scan_.in_class(at, WordClass::have) || scan_.in_class(at, WordClass::be) || (scan_.in_class(at, WordClass::adverb) && scan_.tables().verb_form(scan_.token(at + 1).word).past);
      if (verb) {
        actor_.count = count;
        return become(ActorKind::both, i_ + 1);
      }
    }
    if (scan_.is(at, "foreign") && scan_.is(at + 1, "ministries")) ++at;
    if (scan_.is(at, "heads") && scan_.is(at + 1, "of") && (scan_.is(at + 2, "delegation") || scan_.is(at + 2, "delegations"))) {
      actor_.count = count;
      return become(ActorKind::both, at + 3);
    }
    if ((scan_.is(at, "ministries") || scan_.is(at, "heads") || scan_.is(at, "governments") || scan_.is(at, "capitals") || scan_.is(at, "peoples")) && !scan_.is(at + 1, "of")) {
      actor_.count = count;
      return become(ActorKind::both, at + 1);
    }
    // "A meeting of the two in Jakarta"
    if (actor_.definite && count == 2 && at == i_ + 1 && scan_.has(at) && (scan_.in_class(at, WordClass::preposition) || scan_.token(at).punct) && !scan_.is(at, "of") && !scan_.mark(at, '-') && !scan_.token(at).joined) {
      actor_.count = 2;
      return become(ActorKind::both, at);
    }
    return false;
  }

  void set_plural_level(std::uint32_t at) {
    if (scan_.is(at, "ministers") || scan_.is(at, "secretaries")) actor_.level = graph::Level::minister;
    if (scan_.is(at, "leaders") || scan_.is(at, "presidents") || scan_.is(at, "premiers")) actor_.level = graph::Level::leader;
  }

  bool group_of(PartyIndex party, int count, std::uint32_t end) {
    const Party& known = scan_.tables().parties[party];
    if (known.expand && static_cast<int>(known.members.size()) == count) {
      actor_.parties = known.members;
      actor_.expanded = true;
    } else {
      actor_.parties = {party};
      actor_.count = count;
    }
    return become(ActorKind::party, end);
  }

  // H.E. Dr. Tony Tan Keng Yam, President of the Republic of Singapore
  bool titled() {
    const std::uint32_t after = skip_honorifics(scan_, i_);
    if (after == i_) return false;
    if (scan_.mark(after, ',')) return false;
    if (const auto post = parse_post(scan_, i_); post && post->head_end > after) return false;  // General Secretary Brezhnev
    // "the Rt. Hon. Prime Minister X", "H.E. Ambassador Y": a post behind the honorific.
    if (const auto post = parse_post(scan_, after); post && !post->plural && scan_.capital(after)) {
      const std::uint32_t name = skip_honorifics(scan_, post->full_end);
      // "HE Deputy Prime Minister and Minister of Finance A": nor is a post of several words a name
      if (parse_name(scan_, name, true) != name || post->head_end - after > 1) {
        actor_.definite = actor_.definite || scan_.is(i_, "the");
        i_ = after;
        return false;
      }
    }
    const std::uint32_t name_end = parse_name(scan_, after, true);
    if (name_end == after) {
      // "His Excellency the President", "His Highness" alone
      const std::uint32_t at = skip_the(scan_, after);
      const Scan::Match whose = scan_.longest_party(at);  // "HE the US Secretary of Defense"
      if (parse_post(scan_, at) || (whose.sense != nullptr && parse_post(scan_, scan_.possessive(whose.end) ? whose.end + 1 : whose.end))) {
        actor_.definite = actor_.definite || at != after || scan_.is(i_, "the");  // "the Honourable Minister"
        i_ = at;
        return false;
      }
      if (after > i_ && (scan_.is(i_, "his") || scan_.is(i_, "her"))) return become(ActorKind::pronoun, after);
      return false;
    }
    actor_.honorific = true;
    set_name(after, name_end);
    take_apposition();
    // "His Excellency A of the United Arab Emirates presented"
    if (!actor_.post) take_country_of();
    return become(ActorKind::person, actor_.end);
  }

  // The state behind the name of somebody without a post; false where none is said.
  bool take_country_of() {
    if (!scan_.is(actor_.end, "of")) return false;
    const PartyList list = parse_party_list(scan_, skip_the(scan_, actor_.end + 1), false);
    if (list.parties.size() != 1 || scan_.tables().parties[list.parties[0]].kind != graph::EntityKind::country) return false;
    actor_.honorific = true;
    actor_.parties = list.parties;
    actor_.end = list.end;
    return true;
  }

  void set_name(std::uint32_t begin, std::uint32_t end) {
    actor_.name_begin = begin;
    actor_.name_end = end;
    actor_.end = end;
    actor_.end = past_suffixes(scan_, actor_.end);
  }

  // ", the Deputy Foreign Minister of Turkmenistan," after a name; "(…)" is not read.
  void take_apposition() {
    if (actor_.post || !scan_.mark(actor_.end, ',')) return;
    std::uint32_t at = actor_.end + 1;
    if (scan_.is(at, "the") || scan_.is(at, "a") || scan_.is(at, "an")) ++at;
    take_apposition_at(at);
  }

  // "the Minister of Foreign Affairs, Datuk Harris, the Premier of Sarawak and": a name whose post stands before it has no second.
  bool has_post_before() const {
    constexpr std::uint32_t kWordsMax = 8;  // of the post
    if (i_ <= scan_.begin() + 1 || !scan_.mark(i_ - 1, ',')) return false;
    for (std::uint32_t at = i_ - 2;; --at) {
      if (const auto post = parse_post(scan_, at); post && post->full_end == i_ - 1) return !post->plural && at > scan_.begin() && scan_.is(at - 1, "the");
      if (at == scan_.begin() || at + kWordsMax < i_) return false;
    }
  }

  void take_apposition_at(std::uint32_t at) {
    if (scan_.is(at - 1, "the") && has_post_before()) return;
    std::vector<PartyIndex> of;
    while (scan_.in_class(at, WordClass::post_modifier) && !parse_post(scan_, at) && scan_.longest_party(at).sense == nullptr) ++at;  // "the new Polish Ambassador to Cuba"
    const bool ours = scan_.in_class(at, WordClass::self_side) && scan_.possessive(at + 1);  // "A, the Embassy's First Secretary"
    if (ours && !parse_post(scan_, at + 2)) return;
    if (ours) at += 2;
    const Scan::Match party = scan_.longest_party(at);
    if (party.sense != nullptr && party.sense->kind != SenseKind::city && party.sense->kind != SenseKind::people) {
      std::uint32_t next = party.end;
      if (scan_.possessive(next)) ++next;
      if (parse_post(scan_, next)) {
        of = {static_cast<PartyIndex>(party.sense->index)};
        at = next;
      }
    }
    auto post = parse_post(scan_, at);
    if (!post || post->plural) return;
    // A name right behind makes it the post of the next person in a list.
    const std::uint32_t next = skip_honorifics(scan_, post->full_end);
    if (parse_name(scan_, next, true) != next && scan_.token(next).capital) return;
    if (scan_.is(at - 1, "the") && of.empty() && post->of.empty() && is_of_another(post->full_end)) return;
    if (post->of.empty()) post->of = of;
    post->ours = post->ours || ours;
    actor_.end = post->full_end;
    actor_.parties = post->of;
    actor_.post = std::move(post);
  }

  // "At the invitation of his counterpart, A, the Minister will", "... A, the Foreign Minister, B, will": the post behind the name opens
  // what is told next. `end` is where the post ends.
  bool is_of_another(std::uint32_t end) const {
    if (scan_.in_class(end, WordClass::be) || scan_.in_class(end, WordClass::will)) return true;
    if (i_ < scan_.begin() + 2 || !scan_.mark(i_ - 1, ',') || !scan_.in_class(i_ - 2, WordClass::counterpart) || !scan_.mark(end, ',')) return false;
    const std::uint32_t name = skip_honorifics(scan_, end + 1);
    const std::uint32_t name_end = parse_name(scan_, name, true);
    return name_end - name >= 2 && scan_.mark(name_end, ',');
  }

  // "European Commissioner": an officer of the organisation that has the adjective, no one's of the region.
  PartyIndex organisation_called(const Scan::Match& adjective) const {
    const auto& parties = scan_.tables().parties;
    if (adjective.sense->kind == SenseKind::adjective && parties[adjective.sense->index].kind == graph::EntityKind::region)
      for (const Scan::Match& other : scan_.matches(i_))
        if (other.end == adjective.end && other.sense->kind == SenseKind::adjective && parties[other.sense->index].kind == graph::EntityKind::organisation) return static_cast<PartyIndex>(other.sense->index);
    return static_cast<PartyIndex>(adjective.sense->index);
  }

  bool party_first() {
    const Scan::Match match = scan_.longest_party(i_);
    if (match.sense == nullptr) return false;
    const auto party = static_cast<PartyIndex>(match.sense->index);
    // "Riyadh, October 04, SPA --": the letters of an agency
    if (match.sense->kind == SenseKind::city && match.end == i_ + 1 && scan_.token(i_).all_caps && scan_.token(i_).end - scan_.token(i_).begin == 3 && !scan_.heading()) return false;
    if (match.sense->kind == SenseKind::city) {
      if (scan_.capital(match.end) && !scan_.token(match.end).all_caps && scan_.in_class(match.end, WordClass::any_paper) && !scan_.heading()) return false;  // "the Paris Agreement"
      // "Serdar Berdimuhamedov": a town's name before another name is a person's.
      const bool capital_city = scan_.tables().cities[match.sense->index].capital;
      const bool titled_next = scan_.longest(match.end, SenseKind::honorific).sense != nullptr;  // "in Rabat Mr. A"
      if (!scan_.mark(match.end, ',') && !titled_next && parse_name(scan_, match.end, false) != match.end && (!capital_city || is_behind_state() || (named_with_post(match.end) && !is_where(i_)))) return false;
      actor_.city = match.sense->index;
      actor_.parties = {scan_.tables().cities[match.sense->index].country};
      return become(ActorKind::city, match.end);
    }
    std::uint32_t next = match.end;
    const bool possessive = scan_.possessive(next);
    if (possessive) ++next;
    if (match.sense->kind == SenseKind::people && !possessive && !post_after(match.end)) return false;
    if (possessive || match.sense->kind != SenseKind::ministry) {
      // "the Kremlin's own former Foreign Minister": nothing but the post's own words may stand between.
      const bool whole = match.sense->kind == SenseKind::adjective && scan_.longest(i_, SenseKind::post).end > match.end;  // the adjective is a word of the post
      if (const auto post = parse_post(scan_, whole ? i_ : next); post && take_post(*post, post->kind == PostKind::organisation ? organisation_called(match) : party)) return true;
    }
    // "the Kingdom's Ministry of Foreign Affairs": the state by its body
    if (possessive && (scan_.is(next, "ministry") || scan_.is(next, "department")) && scan_.is(next + 1, "of")) {
      const Scan::Match portfolio = scan_.longest(skip_the(scan_, next + 2), SenseKind::portfolio);
      if (portfolio.sense != nullptr && match.sense->kind != SenseKind::city) {
        append_party(scan_.tables(), party, actor_.parties);
        actor_.ministry = true;
        return become(ActorKind::party, portfolio.end);
      }
    }
    if (match.sense->kind == SenseKind::adjective && is_accented_name(match)) return false;
    if (match.sense->kind == SenseKind::adjective) return adjective(match, party);
    if (match.sense->kind == SenseKind::people) return false;
    if (const auto post = head_of_body(match); post) {
      const ActorMention before = actor_;
      if (take_post(*post, party) && actor_.kind == ActorKind::person) return true;
      actor_ = before;
    }
    // "her New Zealand counterpart": a state that has no adjective
    if (!possessive && actor_.own_post && scan_.in_class(match.end, WordClass::counterpart)) {
      actor_.parties = {party};
      return become(ActorKind::counterpart, match.end + 1);
    }
    append_party(scan_.tables(), party, actor_.parties);
    actor_.expanded = actor_.parties.size() > 1;
    actor_.ministry = match.sense->kind == SenseKind::ministry;
    // "Singapore": a town as well
    if (const Scan::Match town = scan_.longest(i_, SenseKind::city); town.sense != nullptr && town.end == match.end && scan_.tables().cities[town.sense->index].country == party) actor_.city = town.sense->index;
    std::uint32_t end = match.end;
    // "(ROK)" behind the name it shortens.
    if (scan_.mark(end, '(')) {
      const Scan::Match again = scan_.longest_party(end + 1);
      if (again.sense != nullptr && again.sense->kind == SenseKind::abbreviation && again.sense->index == party && scan_.mark(again.end, ')')) end = again.end + 1;
    }
    if (scan_.in_class(end, WordClass::side) && (scan_.is(end, "side"))) ++end;
    return become(ActorKind::party, end);
  }

  // "the United Nations High Commissioner for Refugees, A": the name of the office is the post of who heads it.
  std::optional<PostMention> head_of_body(const Scan::Match& match) const {
    constexpr std::uint32_t kWordsMin = 4;
    if (match.end - i_ < kWordsMin || !(scan_.mark(match.end, ',') || scan_.capital(match.end))) return std::nullopt;
    for (std::uint32_t at = i_ + 1; at + 1 < match.end; ++at)
      if (auto post = parse_post(scan_, at); post && !post->plural && post->full_end == match.end) return post;
    return std::nullopt;
  }

  // "Germán Londoño": with an accent and a name behind it a given name, though without one it would be an adjective.
  bool is_accented_name(const Scan::Match& match) const {
    if (match.end != i_ + 1 || !scan_.capital(match.end) || parse_post(scan_, match.end)) return false;
    return scan_.accented(i_) && parse_name(scan_, match.end, false) != match.end;
  }

  // "received in Abu Dhabi A, Prime Minister of B": behind "in" a town is one.
  bool is_where(std::uint32_t at) const { return at > scan_.begin() && scan_.is(at - 1, "in"); }

  // "her colleagues of Brazil, João Prado, and Uruguay, Washington Larrañaga": behind a state and a comma a name is a person's.
  bool is_behind_state() const {
    constexpr std::uint32_t kWordsMax = 4;  // of the state's name
    if (i_ <= scan_.begin() + 1 || !scan_.mark(i_ - 1, ',')) return false;
    for (std::uint32_t at = i_ - 2;; --at) {
      const Scan::Match state = scan_.longest_party(at);
      if (state.sense != nullptr && state.end == i_ - 1) return state.sense->kind == SenseKind::name;
      if (at == scan_.begin() || at + kWordsMax < i_) return false;
    }
  }

  // "Baghdad Amreyev, Secretary General of ...": a capital's name as a given name.
  bool named_with_post(std::uint32_t surname) const {
    const std::uint32_t end = parse_name(scan_, surname, false);
    return scan_.mark(end, ',') && parse_post(scan_, skip_the(scan_, end + 1)).has_value();
  }

  bool post_after(std::uint32_t at) const { return parse_post(scan_, at).has_value(); }

  // "his Mexican and Ecuadorian counterparts", "the Nordic and Baltic countries", "the Thai and Lao Foreign Ministers".
  bool adjectives(const Scan::Match& match, PartyIndex party) {
    std::vector<PartyIndex> parties;
    append_party(scan_.tables(), party, parties);
    std::uint32_t end = match.end;
    int listed = 1;
    while (scan_.is(end, "and") || scan_.mark(end, ',')) {
      const std::uint32_t next = scan_.mark(end, ',') && scan_.is(end + 1, "and") ? end + 2 : end + 1;
      const Scan::Match more = scan_.longest_party(next);
      if (more.sense == nullptr || more.sense->kind != SenseKind::adjective) break;
      append_party(scan_.tables(), static_cast<PartyIndex>(more.sense->index), parties);
      end = more.end;
      ++listed;
    }
    if (listed < 2) return false;
    actor_.parties = parties;
    if (scan_.in_class(end, WordClass::counterpart)) return become(ActorKind::counterpart, end + 1);
    if (const auto post = parse_post(scan_, end); post && post->plural && post->of.empty()) {
      actor_.post = *post;
      actor_.post->of = parties;
      actor_.level = post->level;
      return become(ActorKind::post, post->full_end);
    }
    actor_.expanded = parties.size() > static_cast<std::size_t>(listed);
    if (scan_.in_class(end, WordClass::side) || scan_.in_class(end, WordClass::state_noun) || scan_.in_class(end, WordClass::government_noun)) return become(ActorKind::party, end + 1);
    actor_.parties.clear();
    return false;
  }

  bool adjective(const Scan::Match& match, PartyIndex party) {
    if (adjectives(match, party)) return true;
    std::uint32_t end = match.end;
    if (scan_.is(end, "presidential") || scan_.is(end, "new") || scan_.is(end, "late") || scan_.is(end, "outgoing")) {
      if (const auto post = parse_post(scan_, end); post && take_post(*post, party)) return true;
    }
    // "his Omani, Qatari and Kuwaiti counterparts"
    std::vector<PartyIndex> parties{party};
    std::uint32_t past = end;
    while (scan_.mark(past, ',') || scan_.is(past, "and")) {
      std::uint32_t next = past + 1;
      if (scan_.is(next, "and")) ++next;
      const Scan::Match other = scan_.longest_party(next);
      if (other.sense == nullptr || other.sense->kind != SenseKind::adjective) break;
      parties.push_back(static_cast<PartyIndex>(other.sense->index));
      past = other.end;
    }
    if (scan_.in_class(past, WordClass::counterpart)) {
      actor_.parties = std::move(parties);
      return become(ActorKind::counterpart, scan_.is(past, "opposite") && scan_.is(past + 1, "number") ? past + 2 : past + 1);
    }
    if (scan_.is(end, "capital") && !scan_.is(end + 1, "of") && !scan_.is(end + 1, "city")) {
      // "in the Chinese capital"
      const auto& cities = scan_.tables().cities;
      const auto town = std::find_if(cities.begin(), cities.end(), [&](const City& city) { return city.capital && city.country == party; });
      if (town != cities.end()) {
        actor_.city = static_cast<std::uint32_t>(town - cities.begin());
        actor_.parties = {party};
        actor_.by_country = true;
        return become(ActorKind::city, end + 1);
      }
    }
    // "Bosnian political leaders", "Saudi military officials"
    if (scan_.in_class(end, WordClass::official_quality) && (scan_.in_class(end + 1, WordClass::minister_plural) || scan_.in_class(end + 1, WordClass::government_noun))) ++end;
    const bool side = scan_.in_class(end, WordClass::side) || scan_.in_class(end, WordClass::government_noun) || (end > match.end && scan_.in_class(end, WordClass::minister_plural));
    const bool states = scan_.in_class(end, WordClass::state_noun) && scan_.tables().parties[party].kind != graph::EntityKind::country;
    if (side || states) {
      append_party(scan_.tables(), party, actor_.parties);
      actor_.expanded = actor_.parties.size() > 1;
      return become(ActorKind::party, end + 1);
    }
    actor_.parties = {party};
    return become(ActorKind::adjective, end);
  }

  // "Government of the Republic of Korea", "the Ministry of Foreign Affairs", "the Embassy's ..." stays a noun.
  bool body() {
    // "is making a visit to our country"
    const bool ours = i_ > scan_.begin() && scan_.is(i_ - 1, "our") && (scan_.in_class(i_, WordClass::self_side) || scan_.is(i_, "homeland") || scan_.is(i_, "capital"));
    if (ours && (scan_.is(i_, "country") || scan_.is(i_, "nation") || scan_.is(i_, "republic") || scan_.is(i_, "kingdom") || scan_.is(i_, "homeland") || scan_.is(i_, "capital")) && !scan_.is(i_ + 1, "of"))
      return become(ActorKind::own, i_ + 1);
    // "The Authority welcomes", in the words of an organisation: itself
    if (scan_.view().of_organisation && actor_.definite && scan_.capital(i_) && scan_.in_class(i_, WordClass::own_organ) && !scan_.is(i_ + 1, "of") && !scan_.capital(i_ + 1)) return become(ActorKind::side, i_ + 1);
    const bool ministry = scan_.is(i_, "ministry") || scan_.is(i_, "department") || scan_.is(i_, "secretariat");
    const bool governments = scan_.is(i_, "governments") || scan_.is(i_, "ministries");  // "the Governments of A and B"
    if (!ministry && !governments && !scan_.in_class(i_, WordClass::government_noun) && !scan_.in_class(i_, WordClass::self_side)) return false;
    if (scan_.is(i_, "embassy")) return false;
    std::uint32_t at = i_ + 1;
    if (ministry && scan_.is(at, "of")) {
      std::uint32_t next = skip_the(scan_, at + 1);
      while (scan_.has(next)) {
        const Scan::Match portfolio = scan_.longest(next, SenseKind::portfolio);
        if (portfolio.sense == nullptr) break;
        next = portfolio.end;
        const bool more = (scan_.is(next, "and") || scan_.mark(next, ',')) && scan_.longest(next + 1, SenseKind::portfolio).sense != nullptr;
        if (!more) break;
        ++next;
      }
      if (next > skip_the(scan_, at + 1)) at = next;
    }
    if (scan_.is(at, "and") && scan_.in_class(at + 1, WordClass::government_noun) && scan_.is(at + 2, "of")) at += 2;
    if (scan_.is(at, "of")) {
      const PartyList list = parse_party_list(scan_, skip_the(scan_, at + 1), governments);
      if (!list.parties.empty()) {
        actor_.parties = list.parties;
        actor_.ministry = true;
        return become(ActorKind::party, list.end);
      }
    }
    const bool known = ministry || scan_.in_class(i_, WordClass::self_side);
    if (!known || !actor_.definite || !(ministry || scan_.capital(i_) || scan_.is(i_, "government"))) return false;
    if (scan_.is(at, "of") && !ministry) return false;
    actor_.ministry = true;
    return become(ActorKind::side, at);
  }

  bool take_post(const PostMention& post, PartyIndex of) {
    actor_.post = post;
    // "the Visegrad Group foreign ministers": those of its members
    if (actor_.post->of.empty() && of != kNoParty && post.plural) append_party(scan_.tables(), of, actor_.post->of);
    if (actor_.post->of.empty() && of != kNoParty) actor_.post->of = {of};
    actor_.parties = actor_.post->of;
    actor_.level = post.level;
    actor_.end = post.full_end;
    if (post.plural) return become(ActorKind::post, post.full_end);
    // "the Afghan President's national security adviser": of the same state
    if (scan_.possessive(post.full_end) && !actor_.post->of.empty())
      if (auto held = parse_post(scan_, post.full_end + 1); held && !held->plural && held->of.empty()) {
        held->of = actor_.post->of;
        actor_.post = std::move(held);
        actor_.level = actor_.post->level;
        actor_.end = actor_.post->full_end;
      }
    take_name_after_post();
    return true;
  }

  // "Deputy Minister Kim Gunn"; "the Minister of Foreign Affairs, Dr. Mohamed Asim,".
  void take_name_after_post() {
    std::uint32_t end = actor_.end;
    become(ActorKind::post, end);
    if (const std::uint32_t past = past_second_title(end); past != end && (parse_name(scan_, skip_honorifics(scan_, past), true) != past || (scan_.mark(past, ',') && parse_name(scan_, skip_honorifics(scan_, past + 1), true) != past + 1))) end = past;
    const bool comma = scan_.mark(end, ',');
    const std::uint32_t from = comma ? end + 1 : end;
    std::uint32_t name = skip_honorifics(scan_, from);
    // "the Permanent Representative of B, Ambassador X": a rank before the name.
    // "Foreign Secretary Ambassador X"
    // but "on behalf of the President, Foreign Minister X": a minister is no rank of a head of state
    const bool of_state = actor_.post->kind == PostKind::state || actor_.post->kind == PostKind::monarch || actor_.post->kind == PostKind::government;
    if (const auto rank = parse_post(scan_, name); rank && !(of_state && rank->end - rank->begin > 1) && (comma || rank->kind == PostKind::ambassador) && rank->full_end == rank->head_end && !rank->plural && rank->of.empty() && parse_name(scan_, rank->end, true) != rank->end) name = rank->end;
    const std::uint32_t name_end = parse_name(scan_, name, true);
    if (name_end == name) return;
    std::optional<PostMention> beside;
    if (comma) {
      const bool long_enough = name > from || name_end - name >= 2;
      const std::uint32_t after = past_suffixes(scan_, name_end);  // "the Hon Grant Wallis MP, and"
      const bool closes = !scan_.has(after) || scan_.token(after).punct || !scan_.capital(after);
      // "the Prime Minister of A, Hon. X, Chair of the Conference,": an office of no state beside that of a state
      const bool own_post = has_own_post(after);
      if (!actor_.post->of.empty() && own_post && !scan_.is(after + 1, "the"))
        if (beside = parse_post(scan_, after + 1); beside && (!beside->of.empty() || !scan_.has(beside->full_end) || !scan_.token(beside->full_end).punct)) beside.reset();
      if (!long_enough || !closes || (own_post && !beside)) return;
    }
    actor_.honorific = name > from;
    set_name(name, name_end);
    become(ActorKind::person, actor_.end);
    if (beside) {
      actor_.end = beside->full_end;
      actor_.other_post = std::move(beside);
      return;
    }
    take_country_after_name();
    take_second_post();
  }

  // "Foreign Secretary (Senior Secretary) A": another post in brackets before the name.
  std::uint32_t past_second_title(std::uint32_t at) const {
    if (!scan_.mark(at, '(')) return at;
    if (const auto post = parse_post(scan_, at + 1); post && scan_.mark(post->full_end, ')')) return post->full_end + 1;
    // "Additional Secretary (Europe) A": what it deals with
    constexpr std::uint32_t kWordsMax = 5;
    std::uint32_t end = at + 1;
    while (end < at + kWordsMax && scan_.capital(end)) ++end;
    return end > at + 1 && scan_.mark(end, ')') && scan_.capital(end + 1) ? end + 1 : at;
  }

  PostKind post_kind() const { return actor_.post ? actor_.post->kind : PostKind::general; }

  // "Ambassador A, Permanent Representative of B to C,": what the rank before the name leaves unsaid.
  void take_second_post() {
    if (!actor_.post->of.empty() || !scan_.mark(actor_.end, ',')) return;
    const bool the = scan_.is(actor_.end + 1, "the");
    auto post = parse_post(scan_, actor_.end + (the ? 2U : 1U));
    if (!post || post->plural || (the && post->of.empty()) || !has_own_post(actor_.end)) return;
    const bool closes = !scan_.has(post->full_end) || scan_.token(post->full_end).punct;
    if (!closes && !scan_.in_class(post->full_end, WordClass::be) && !scan_.in_class(post->full_end, WordClass::will)) return;
    actor_.end = post->full_end;
    if (actor_.parties.empty()) actor_.parties = post->of;
    actor_.other_post = std::move(post);
  }

  // "A, the President of B,": the post behind a name is that of the name, unless its own holder follows:
  // "the Foreign Minister of A, X, the Foreign Minister of B, Y, and".
  bool has_own_post(std::uint32_t name_end) const {
    if (!scan_.mark(name_end, ',')) return false;
    const auto post = parse_post(scan_, skip_the(scan_, name_end + 1));
    if (!post || post->plural) return false;  // "A, co-chairs in B with C": a verb, if anything of one person
    if (!scan_.mark(post->full_end, ',')) {
      // "With the Minister of A, X, the Foreign Minister discussed": whose clause it is
      // "the Foreign Minister of A, X, External Affairs Minister Dr. Y will": that of whom it names itself
      const std::uint32_t next = skip_honorifics(scan_, post->full_end);
      if (next > post->full_end && parse_name(scan_, next, true) != next) return false;
      const bool subject = scan_.is(name_end + 1, "the") && post->of.empty() && scan_.has(post->full_end) && scan_.token(post->full_end).letters && !scan_.capital(post->full_end) && !scan_.is(post->full_end, "and") && !scan_.in_class(post->full_end, WordClass::preposition);
      return !subject;
    }
    const std::uint32_t name = skip_honorifics(scan_, post->full_end + 1);
    const std::uint32_t end = parse_name(scan_, name, true);
    return !(end - name >= 2 || (end > name && name > post->full_end + 1));
  }

  // "Prime Minister Netanyahu of Israel"
  void take_country_after_name() {
    if (!actor_.post->of.empty() || !scan_.is(actor_.end, "of")) return;
    const PartyList list = parse_party_list(scan_, skip_the(scan_, actor_.end + 1), false);
    if (list.parties.size() != 1) return;
    actor_.post->of = list.parties;
    actor_.parties = list.parties;
    actor_.end = list.end;
  }

  bool post_first() {
    const auto post = parse_post(scan_, i_);
    if (!post) return false;
    const bool shown = scan_.capital(i_) || actor_.definite || actor_.own_post || post->plural || !post->of.empty() || post->kind != PostKind::general;
    if (!shown) return false;
    // "head of", "chair" as verbs or plain words
    if (post->kind == PostKind::general && !scan_.capital(post->head_begin) && post->of.empty() && post->end == post->head_end && !actor_.definite) return false;
    return take_post(*post, kNoParty);
  }

  bool bare_name() {
    const std::uint32_t end = parse_name(scan_, i_, false);
    if (end == i_) return false;
    set_name(i_, end);
    if (end - i_ >= 2) {
      // "Shavkat Mirziyoyev, the President of Uzbekistan,"; "Sergey Lavrov, Russian Foreign Minister"
      take_apposition();
      if (actor_.post) return become(ActorKind::person, actor_.end);
    }
    return become(ActorKind::name, end);
  }

  const Scan& scan_;
  std::uint32_t i_;
  ActorMention actor_;
};

}  // namespace

void append_party(const LexiconTables& tables, PartyIndex party, std::vector<PartyIndex>& parties) {
  const Party& known = tables.parties[party];
  const auto add = [&](PartyIndex one) {
    if (std::find(parties.begin(), parties.end(), one) == parties.end()) parties.push_back(one);
  };
  if (!known.expand) {
    add(party);
    return;
  }
  for (const PartyIndex member : known.members) add(member);
}

PartyList parse_party_list(const Scan& scan, std::uint32_t i, bool many) {
  PartyList list{i, {}};
  std::uint32_t at = i;
  while (scan.has(at)) {
    std::uint32_t from = skip_the(scan, at);
    if (scan.is(from, "of") && !list.parties.empty()) from = skip_the(scan, from + 1);
    // "of the Government of X", "of the State of Palestine" are names already; "of the Five" are not parties.
    const Scan::Match match = scan.longest_party(from);
    if (!is_party_sense(match)) {
      // "the five Central Asian countries"
      const Token* number = scan.has(from) ? &scan.token(from) : nullptr;
      if (number != nullptr && number->number > 1 && !number->ordinal) {
        const Scan::Match group = scan.longest_party(from + 1);
        if (is_party_sense(group) && scan.tables().parties[group.sense->index].expand) {
          append_party(scan.tables(), static_cast<PartyIndex>(group.sense->index), list.parties);
          list.end = group.end;
        }
      }
      break;
    }
    append_party(scan.tables(), static_cast<PartyIndex>(match.sense->index), list.parties);
    at = match.end;
    if (scan.mark(at, '(') && scan.has(at + 1) && scan.token(at + 1).letters && scan.capital(at + 1) && scan.mark(at + 2, ')')) at += 3;  // "the Organization of Turkic States (OTS)"
    list.end = at;
    if (!many) break;
    if (scan.mark(at, ',')) {
      ++at;
      if (scan.is(at, "and")) ++at;
    } else if (scan.is(at, "and") || scan.mark(at, '&')) {
      ++at;
    } else {
      break;
    }
  }
  return list;
}

namespace {

// What every kind of actor asks of its first word: most words of a text are none of it, and the attempts are saved.
bool may_open_actor(const Scan& scan, std::uint32_t i) {
  constexpr std::uint16_t kKinds = Scan::kPartyKinds | bit_of(SenseKind::honorific) | bit_of(SenseKind::post) | bit_of(SenseKind::portfolio);
  const Token& first = scan.token(i);
  return first.capital || first.number >= 0 || scan.is(i, "co") || scan.may_begin(i, kKinds) || scan.tables().vocabulary.may_open_actor(first.word) || (scan.in_class(i, WordClass::relative) && scan.is(i + 1, "of"));
}

}  // namespace

std::optional<ActorMention> parse_actor(const Scan& scan, std::uint32_t i) {
  if (!scan.has(i) || (scan.token(i).punct) || !may_open_actor(scan, i)) return std::nullopt;
  return ActorParser(scan, i).run();
}

}  // namespace entente::importers
