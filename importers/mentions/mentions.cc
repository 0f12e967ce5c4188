#include "importers/mentions/mentions.h"

#include "base/contains.h"
#include "base/enumerator.h"
#include "importers/mentions/particles.h"
#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::ptrdiff_t kLabelItemsMax = 3;
constexpr int kChronicleFrom = 1600;
constexpr int kChronicleTo = 2100;
constexpr std::size_t kAliasesMax = 64;

class SentenceReader {
 public:
  SentenceReader(TextView& view, Sentence& sentence) : view_(view), sentence_(sentence), scan_(view, sentence) {}

  void run() {
    sentence_.items.reserve(sentence_.end - sentence_.begin);
    std::uint32_t i = sentence_.begin;
    while (i < sentence_.end) i = next(i);
    settle_openings();
    settle_split_verbs();
    settle_refusals();
    settle_requests();
    settle_participles();
    settle_behind_relatives();
    settle_shared_auxiliaries();
    settle_verb_lists();
  }

 private:
  std::uint32_t add(ItemKind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t index = kNone) {
    sentence_.items.push_back({kind, begin, end, index, view_.tokens[begin].word});
    return end;
  }

  template <class List, class Value>
  std::uint32_t add_to(List& list, Value value, ItemKind kind, std::uint32_t begin, std::uint32_t end) {
    constexpr std::size_t kUsual = 4;  // of a kind in a sentence
    if (list.empty()) list.reserve(kUsual);
    list.push_back(std::move(value));
    return add(kind, begin, end, static_cast<std::uint32_t>(list.size() - 1));
  }

  // "Jan Kowalik", "April Brown": a month alone before a name, with nothing before it that times have.
  bool is_given_name(const DateExpr& date, std::uint32_t i) const {
    if (date.end != i + 1 || date.kind != DateExpr::Kind::calendar || date.first.day || date.first.year || view_.info(i).date != DateWord::month) return false;
    if (view_.tokens[i].dotted || !scan_.capital(i) || !(scan_.capital(i + 1) || scan_.in_class(i + 1, WordClass::name_particle)) || view_.info(i + 1).date != DateWord::none || scan_.in_class(i + 1, WordClass::sentence_opener)) return false;
    if (i == sentence_.begin) return parse_name(scan_, i + 1, false) != i + 1;
    const bool timed = scan_.in_class(i - 1, WordClass::preposition) || scan_.in_class(i - 1, WordClass::determiner) || view_.info(i - 1).date != DateWord::none || view_.tokens[i - 1].digits ||
                       (view_.tokens[i - 1].punct && !scan_.mark(i - 1, ','));
    return !timed && parse_name(scan_, i + 1, true) != i + 1;
  }

  // "the newly elected President", "the planned visit": before its noun a participle is an adjective.
  bool is_premodifier(const VerbGroup& verb, std::uint32_t i) const {
    if (!verb.bare_participle || verb.passive || verb.perfect || verb.end > i + 2) return false;
    std::uint32_t before = i;
    while (before > sentence_.begin && (scan_.in_class(before - 1, WordClass::adverb) || scan_.is(before - 1, "newly"))) --before;
    if (before == sentence_.begin) return false;
    if ((scan_.is(i, "newly") || scan_.is(before, "newly")) && !scan_.in_class(before - 1, WordClass::be) && !scan_.in_class(before - 1, WordClass::have)) return true;  // "three newly appointed ambassadors"
    const bool article = scan_.is(before - 1, "the") || scan_.is(before - 1, "a") || scan_.is(before - 1, "an") || scan_.in_class(before - 1, WordClass::possessive_pronoun);
    return article || scan_.possessive(before - 1);
  }

  // "is today pledging": a day within the verb is a time as any other.
  std::uint32_t add_verb(VerbGroup verb, std::uint32_t i) {
    const bool listed = verb.finite && verb.tense == Tense::present && joins_planned() && sentence_.verbs.back().planned && sentence_.verbs.back().finite;
    if (verb.finite && verb.tense == Tense::present && (listed || behind_will())) {
      verb.tense = Tense::future;
      verb.planned = true;
    }
    add_to(sentence_.verbs, verb, ItemKind::verb, i, verb.end);
    for (std::uint32_t at = i; at < verb.end; ++at) {
      if (view_.info(at).date != DateWord::day) continue;
      if (const auto date = parse_date({view_.tokens.data(), verb.end}, at, view_.tables->vocabulary, view_.text)) add_to(sentence_.dates, *date, ItemKind::date, at, at + 1);
      break;
    }
    return verb.end;
  }

  std::uint32_t next(std::uint32_t i) {
    const Token& token = view_.tokens[i];
    if (token.possessive) return add(ItemKind::possessive, i, i + 1);
    if (token.punct) return mark(i);
    // In small letters and in no table: nothing that is looked for begins so, but a verb with its adverb ("specially accredited").
    if (token.word == 0 && !token.capital && !token.digits && token.number < 0 && !view_.raw(i, i + 1).ends_with("ly")) return word(i);
    // "The President will:" over "hold talks with A": the base form goes with the auxiliary in the line above
    if (sentence_.under_will && view_.tables->verb_form(token.word).base && opens())
      if (auto verb = parse_verb(scan_, i, VerbPosition::after_subject); verb && verb->finite) {
        verb->tense = Tense::future;
        verb->planned = true;
        verb->elided = true;
        return add_verb(*verb, i);
      }
    if (scan_.in_class(i, WordClass::emphatic) && !sentence_.items.empty() && sentence_.items.back().kind == ItemKind::actor && sentence_.items.back().end == i) return add(ItemKind::adverb, i, i + 1);
    if (is_sum_behind(i)) return money(i);
    if (scan_.has(i + 1) && view_.tokens[i + 1].touches && view_.raw(i + 1, i + 2) == "$" && scan_.has(i + 2) && view_.tokens[i + 2].digits) return money(i + 1);
    if (const auto year = year_of_line(i)) return add_to(sentence_.dates, *year, ItemKind::date, i, i + 1);
    if (const auto date = parse_date({view_.tokens.data(), sentence_.end}, i, view_.tables->vocabulary, view_.text); date && !is_given_name(*date, i))
      return add_to(sentence_.dates, *date, ItemKind::date, i, date->end);
    const bool may_be_verb = may_open_verb(scan_, i);
    if (scan_.capital(i) && may_be_verb && opens() && verb_first(i))
      if (const auto verb = parse_verb(scan_, i, VerbPosition::opening); verb && verb->elided && (!scan_.capital(verb->end) || names_something(*verb))) return add_verb(*verb, i);
    if (const auto forum = parse_forum(scan_, i); forum && !(sentence_.heading && !forum->edition) && !named_otherwise(i, *forum) && !is_common_noun(i, *forum)) {
      // A forum's name that a person or verb would read otherwise wins only by being longer.
      if (shortens(i, forum->end)) {
        if (!sentence_.forums.back().edition) sentence_.forums.back().edition = forum->edition;
        return add(ItemKind::word, i, forum->end);
      }
      view_.series_named = view_.series_named || !forum->generic;
      for (std::uint32_t t = forum->begin; t < forum->end && !forum->generic; ++t)
        if (scan_.in_class(t, WordClass::series_noun)) add_once(view_.series_nouns, view_.tokens[t].word);
      note_alias(*forum);
      return add_to(sentence_.forums, *forum, ItemKind::forum, i, forum->end);
    }
    const bool verb_leads = may_be_verb && verb_first(i);
    if (verb_leads)
      if (const auto verb = parse_verb(scan_, i, verb_position(i))) return is_premodifier(*verb, i) ? word(i) : add_verb(*verb, i);
    // "Establishment of ...", "the Severing of ...": an act as a noun, in capitals in a heading.
    if (const VerbForm& form = view_.tables->verb_form(token.word); (form.noun || form.gerund) && scan_.is(i + 1, "of") && !parse_noun(scan_, i)) return add(ItemKind::word, i, i + 1);
    const auto noun = parse_noun(scan_, i);
    auto actor = parse_actor(scan_, i);
    // "the meeting of EU foreign ministers (Gymnich) in Zagreb": a name it goes by, for where it was stands behind
    if (actor && actor->kind == ActorKind::city && shortens(i, actor->end) && scan_.is(actor->end + 1, "in")) return word(i);
    if (actor && is_word_of_title(*actor, i)) actor.reset();
    if (actor && (!noun || actor->end > noun->end || actor->kind == ActorKind::person)) {
      const std::uint32_t end = actor->end;
      return add_to(sentence_.actors, std::move(*actor), ItemKind::actor, i, end);
    }
    if (noun) return add_to(sentence_.nouns, *noun, ItemKind::noun, i, noun->end);
    const bool theirs = !sentence_.items.empty() && sentence_.items.back().kind == ItemKind::determiner && scan_.in_class(i - 1, WordClass::possessive_pronoun);  // "its co-chairs"
    // "of recent remarks by A": a noun, for a word that is no actor stands between it and the preposition
    const auto& items = sentence_.items;
    const bool of_quality = items.size() > 1 && items.back().kind == ItemKind::word && items.back().end == i && items.back().end - items.back().begin == 1 && items[items.size() - 2].kind == ItemKind::preposition && !view_.tokens[i - 1].capital;
    if ((theirs || of_quality) && view_.tables->verb_form(token.word).third && !view_.tables->verb_form(token.word).past) return word(i);
    if (may_be_verb && !verb_leads)
      if (const auto verb = parse_verb(scan_, i, verb_position(i))) return is_premodifier(*verb, i) ? word(i) : add_verb(*verb, i);
    return word(i);
  }


  // "Foreign Ministers' Meeting (AMM)", "Session of the General Assembly (UNGA 79)": brackets right behind a forum shorten its name.
  bool shortens(std::uint32_t i, std::uint32_t end) const {
    const auto& items = sentence_.items;
    return items.size() > 1 && items.back().kind == ItemKind::open && items[items.size() - 2].kind == ItemKind::forum && items.back().end == i && scan_.mark(end, ')');
  }

  // "Attended NATO Ministerial Meeting": what the verb acts on begins with a capital, and is not the verb's own name.
  bool names_something(const VerbGroup& verb) const {
    if (verb.tense != Tense::past || verb.infinitive || verb.end != verb.begin + 1) return false;
    return parse_forum(scan_, verb.end) || parse_noun(scan_, verb.end) || parse_post(scan_, verb.end) || scan_.longest_party(verb.end).sense != nullptr;
  }

  // "European Council President", "Vice-Chair of the Executive Council": an organisation's or a post's words, no meeting's.
  bool named_otherwise(std::uint32_t i, const ForumMention& forum) const {
    if (forum.edition) return false;
    const auto end_of_paper = [&](std::uint32_t at) {  // 0 where none is named
      const auto noun = parse_noun(scan_, at);
      return noun && view_.tables->noun_classes[view_.tables->nouns[noun->noun].noun_class] == "agreement" ? noun->end : 0;
    };
    if (forum.end > i + 3 && scan_.is(forum.end - 2, "on") && end_of_paper(forum.end - 3) != 0) return true;  // "the Agreement on Visas and the Memorandum on Consultations"
    // "a Plan of Consultations for 2013": a paper.
    if (end_of_paper(i) > i + 1) return true;
    const std::uint32_t at = scan_.is(i, "the") ? i + 1 : i;
    const Scan::Match party = scan_.longest_party(at);
    if (party.sense != nullptr && party.end >= forum.end) return true;
    const auto post = parse_post(scan_, at);
    return post && !post->plural;
  }

  // "(PASD)" behind the full name of a forum.
  void note_alias(const ForumMention& forum) {
    if (forum.generic || view_.aliases.size() >= kAliasesMax) return;
    for (std::uint32_t at = forum.begin; at <= forum.end; ++at) {  // behind the name or inside it
      if (!scan_.mark(at, '(') || !scan_.mark(at + 2, ')')) continue;
      if (!view_.tokens[at + 1].all_caps || scan_.longest_party(at + 1).sense != nullptr) return;
      view_.aliases.push_back({std::string(view_.raw(at + 1, at + 2)), forum});
      return;
    }
  }

  // "Summit meeting with the President.": its capital is that of the sentence.
  bool is_common_noun(std::uint32_t i, const ForumMention& forum) const {
    if (!sentence_.items.empty() || forum.edition || sentence_.heading) return false;
    const auto noun = parse_noun(scan_, i);
    if (!noun || noun->end < forum.end) return false;
    for (std::uint32_t at = i + 1; at < noun->end; ++at)
      if (scan_.capital(at) && !scan_.token(at).joined) return false;
    return true;
  }

  // "discussed regional issues": a noun in what a verb acts on, though it has the form of a verb.
  bool ends_object(std::uint32_t i) const {
    if (!view_.tables->verb_form(scan_.token(i).word).third || scan_.capital(i)) return false;
    bool described = false;
    for (auto item = sentence_.items.rbegin(); item != sentence_.items.rend(); ++item) {
      if (item->kind == ItemKind::verb) return described && sentence_.verbs[item->index].finite && !sentence_.verbs[item->index].copula && !sentence_.verbs[item->index].passive;
      const bool plain = item->kind == ItemKind::word || (described && item->kind == ItemKind::conjunction);
      if (!plain && item->kind != ItemKind::determiner) return false;
      described = described || item->kind == ItemKind::word;
    }
    return false;
  }

  VerbPosition verb_position(std::uint32_t i) const {
    if (ends_object(i)) return VerbPosition::other;
    return opens() ? VerbPosition::opening : after_actor() || joins_planned() || joins_present(i) || behind_will() || behind_apposition() || behind_aside(i) ? VerbPosition::after_subject : VerbPosition::other;
  }

  // "we condemn the attack and convey our condolences": in the present as the verb before, with an object of its own.
  bool joins_present(std::uint32_t i) const {
    if (sentence_.items.empty() || sentence_.items.back().kind != ItemKind::conjunction || sentence_.verbs.empty()) return false;
    if (!scan_.in_class(sentence_.items.back().end + 1, WordClass::determiner) && !scan_.in_class(sentence_.items.back().end + 1, WordClass::possessive_pronoun)) return false;
    // "learned of the earthquake that struck A and expresses its solidarity": a form that only the present has
    if (const VerbForm& here = view_.tables->verb_form(scan_.token(i).word); here.third && !parse_noun(scan_, i) && has_finite_verb()) return true;
    return std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [&](const VerbGroup& before) {
      const VerbForm& form = view_.tables->verb_form(before.main_word);
      return before.finite && before.tense == Tense::present && before.main != kNoVerb && (form.base || form.third);
    });
  }

  // "The State Secretary, A, travels to B": the subject with its name between commas.
  bool behind_apposition() const {
    const std::size_t count = sentence_.items.size();
    if (count < 2 || sentence_.items[count - 1].kind != ItemKind::comma || sentence_.items[count - 2].kind != ItemKind::actor) return false;
    if (std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [](const VerbGroup& verb) { return verb.finite; })) return false;
    const ActorMention& actor = sentence_.actors[sentence_.items[count - 2].index];
    return actor.kind == ActorKind::person && actor.post;
  }

  // "the treaty between A and B, signed in C on 5 May, enters into force": behind an aside the verb in the present of what stands
  // before it, where the sentence has none yet.
  bool behind_aside(std::uint32_t i) const {
    const std::size_t count = sentence_.items.size();
    if (count < 5 || sentence_.items[count - 1].kind != ItemKind::comma || !view_.tables->verb_form(scan_.token(i).word).third || scan_.capital(i)) return false;
    if (!scan_.in_class(i + 1, WordClass::preposition) && !scan_.in_class(i + 1, WordClass::determiner)) return false;
    if (std::any_of(sentence_.verbs.begin(), sentence_.verbs.end(), [](const VerbGroup& verb) { return verb.finite && !verb.bare_participle; })) return false;
    for (std::size_t at = count - 2; at > 1; --at) {
      if (sentence_.items[at].kind != ItemKind::comma) continue;
      const ItemKind before = sentence_.items[at - 1].kind;
      const ItemKind first = sentence_.items[at + 1].kind;
      return (before == ItemKind::actor || before == ItemKind::noun || before == ItemKind::forum) && (first == ItemKind::verb || first == ItemKind::preposition);
    }
    return false;
  }

  // "will on Thursday travel": nothing but a time between the auxiliary and its verb.
  bool behind_will() const {
    if (behind_will_and_aside()) return true;
    std::size_t at = sentence_.items.size();
    bool time = false;
    while (at > 0 && is_aside(sentence_.items[at - 1].kind)) time = sentence_.items[--at].kind == ItemKind::date || time;
    if (!time || at == 0) return false;
    const Item& before = sentence_.items[at - 1];
    return before.kind == ItemKind::word && before.end == before.begin + 1 && scan_.in_class(before.begin, WordClass::will);
  }

  // "will, at the invitation of A, travel to B": past what two commas set off
  bool behind_will_and_aside() const {
    constexpr std::size_t kAsideItemsMax = 12;
    const auto& items = sentence_.items;
    if (items.empty() || items.back().kind != ItemKind::comma) return false;
    for (std::size_t at = items.size() - 1; at-- > 1 && at + kAsideItemsMax > items.size();) {
      if (items[at].kind == ItemKind::verb || items[at].kind == ItemKind::stop || items[at].kind == ItemKind::relative) return false;
      if (items[at].kind != ItemKind::comma) continue;
      const Item& before = items[at - 1];
      if (before.kind == ItemKind::word && before.end == before.begin + 1 && scan_.in_class(before.begin, WordClass::will)) return true;
    }
    return false;
  }

  // "will pay a call on A and hold talks", "and, on the same day, call on B": the base form behind "and" goes with the auxiliary before.
  bool joins_planned() const {
    auto item = sentence_.items.rbegin();
    while (item != sentence_.items.rend() && is_aside(item->kind)) ++item;
    if (item == sentence_.items.rend()) return false;
    // "will travel to A on 5 May, meet B and": and so does the one behind a comma alone
    const bool listed = sentence_.items.back().kind == ItemKind::comma && item->kind != ItemKind::conjunction && !sentence_.verbs.empty() && sentence_.verbs.back().finite && sentence_.verbs.back().planned;
    if (item->kind != ItemKind::conjunction && !listed) return false;
    return !sentence_.verbs.empty() && (sentence_.verbs.back().planned || sentence_.verbs.back().modal || sentence_.verbs.back().infinitive);
  }

  // At the start of a sentence, a list item or a clause behind ";": nothing but marks, numbers and "also" before it.
  bool opens() const {
    for (auto item = sentence_.items.rbegin(); item != sentence_.items.rend(); ++item) {
      if (item->kind == ItemKind::adverb) continue;
      if (item->kind == ItemKind::stop && scan_.mark(item->begin, ';')) return true;
      if (item->kind == ItemKind::stop && scan_.mark(item->begin, ':') && sentence_.items.rend() - item <= kLabelItemsMax) return true;  // "Remarks: Attended"
      if (item->kind != ItemKind::stop && item->kind != ItemKind::quote && item->kind != ItemKind::number) return false;
    }
    return true;
  }

  // "Asked about the visit, the Minister said": a participle after all, for the clause has a subject and a verb of its own.
  void settle_openings() {
    for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
      if (sentence_.items[i].kind != ItemKind::verb || !sentence_.verbs[sentence_.items[i].index].elided) continue;
      VerbGroup& group = sentence_.verbs[sentence_.items[i].index];
      if (group.tense == Tense::past && other_clause_behind(i)) {
        group.finite = false;
        group.elided = false;
        group.bare_participle = true;
      }
    }
  }

  // "has today (9 July) announced", "was on Monday received": the auxiliary and its verb with a time between.
  void settle_split_verbs() {
    for (std::size_t i = 0; i + 2 < sentence_.items.size(); ++i) {
      const Item& here = sentence_.items[i];
      // "She had, the day before, sent": before a comma the auxiliary is read as a word
      const bool alone = here.kind == ItemKind::word && here.end == here.begin + 1 && scan_.in_class(here.begin, WordClass::have) && sentence_.items[i + 1].kind == ItemKind::comma;
      if (here.kind != ItemKind::verb && !alone) continue;
      const VerbGroup first = alone ? VerbGroup{} : sentence_.verbs[here.index];
      const bool have = alone || (first.end == first.begin + 1 && scan_.in_class(first.begin, WordClass::have));
      if (!have && !first.copula) continue;
      std::size_t next = i + 1;
      bool time = false;
      while (next < sentence_.items.size() && is_aside(sentence_.items[next].kind)) time = sentence_.items[next++].kind == ItemKind::date || time;
      if (!time || next >= sentence_.items.size() || sentence_.items[next].kind != ItemKind::verb) continue;
      VerbGroup& second = sentence_.verbs[sentence_.items[next].index];
      if (second.finite || second.infinitive || second.gerund) continue;
      second.finite = true;
      second.bare_participle = false;
      second.passive = !have;
      second.planned = first.planned;
      second.modal = first.modal;
      second.negated = first.negated;
      second.tense = first.tense == Tense::future ? Tense::future : Tense::past;
      sentence_.items[i].kind = ItemKind::adverb;
    }
  }

  // "requested Oman to ease the restrictions", "asked the Government of A to sign B and to open C": asked for, not done.
  void settle_requests() {
    constexpr std::size_t kAskedMax = 6;  // items of whom is asked
    for (std::size_t i = 2; i < sentence_.items.size(); ++i) {
      if (sentence_.items[i].kind != ItemKind::verb) continue;
      VerbGroup& group = sentence_.verbs[sentence_.items[i].index];
      if (!group.infinitive || group.wished || !scan_.is(group.begin, "to")) continue;
      const bool goes_on = sentence_.items[i - 1].kind == ItemKind::conjunction;
      bool asked = false;
      for (std::size_t j = i - 1; j-- > 0 && (goes_on || i - j <= kAskedMax + 1);) {
        const Item& before = sentence_.items[j + 1];
        if (before.kind == ItemKind::actor) asked = true;
        if (before.kind == ItemKind::stop || before.kind == ItemKind::relative || before.kind == ItemKind::subordinator || (before.kind == ItemKind::comma && !goes_on)) break;
        if (sentence_.items[j].kind != ItemKind::verb) continue;
        const VerbGroup& asks = sentence_.verbs[sentence_.items[j].index];
        if (goes_on && asks.infinitive) group.wished = asks.wished;
        if (!goes_on && asked && !asks.passive && asks.main != kNoVerb && view_.tables->verbs[asks.main].kind == VerbKind::wish) group.wished = true;
        break;
      }
    }
  }

  // "No ambassador of B was summoned": what is said of none did not happen.
  bool said_of_none(std::size_t verb) const {
    for (std::size_t i = verb; i-- > 0;) {
      const Item& here = sentence_.items[i];
      if (here.kind == ItemKind::verb || here.kind == ItemKind::comma || here.kind == ItemKind::relative || here.kind == ItemKind::subordinator || here.kind == ItemKind::stop) return false;
      if (!scan_.is(here.begin, "no") || !scan_.has(here.begin + 1) || !scan_.token(here.begin + 1).letters) continue;  // not "No. 5", "No 5"
      const ItemKind before = i == 0 ? ItemKind::stop : sentence_.items[i - 1].kind;
      return before == ItemKind::stop || before == ItemKind::comma || before == ItemKind::conjunction || before == ItemKind::subordinator;
    }
    return false;
  }

  // "refrained from entering relations", "prevented the state from joining", "without recognising": did not happen.
  void settle_refusals() {
    for (std::size_t i = 1; i < sentence_.items.size(); ++i) {
      if (sentence_.items[i].kind == ItemKind::verb && sentence_.verbs[sentence_.items[i].index].finite && said_of_none(i)) sentence_.verbs[sentence_.items[i].index].negated = true;
      if (sentence_.items[i].kind != ItemKind::verb || !sentence_.verbs[sentence_.items[i].index].gerund) continue;
      const Item& before = sentence_.items[i - 1];
      if (before.kind == ItemKind::verb) {  // "considered opening a legation", "avoided recognising"
        const VerbId main = sentence_.verbs[before.index].main;
        const VerbKind kind = main == kNoVerb ? VerbKind::plain : view_.tables->verbs[main].kind;
        if (kind == VerbKind::refuse || kind == VerbKind::wish) sentence_.verbs[sentence_.items[i].index].wished = true;
      }
      if (before.kind != ItemKind::preposition) continue;
      if (scan_.is(before.begin, "without")) sentence_.verbs[sentence_.items[i].index].negated = true;
      if (!scan_.is(before.begin, "from")) continue;
      for (std::size_t j = i - 1; j-- > 0;) {
        if (sentence_.items[j].kind == ItemKind::stop || sentence_.items[j].kind == ItemKind::comma) break;
        if (sentence_.items[j].kind != ItemKind::verb) continue;
        const VerbId main = sentence_.verbs[sentence_.items[j].index].main;
        if (main != kNoVerb && view_.tables->verbs[main].kind == VerbKind::refuse) sentence_.verbs[sentence_.items[i].index].negated = true;
        break;
      }
    }
  }

  bool finite_before(std::size_t to) const {
    for (std::size_t i = to; i-- > 0;) {
      const ItemKind kind = sentence_.items[i].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return false;
      if (kind == ItemKind::verb && sentence_.verbs[sentence_.items[i].index].finite) return true;
    }
    return false;
  }

  bool finite_in_clause(std::size_t from) const {
    for (std::size_t i = from + 1; i < sentence_.items.size(); ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::conjunction) return false;
      if (kind == ItemKind::verb && sentence_.verbs[sentence_.items[i].index].finite) return true;
    }
    return false;
  }

  // Behind "by", "in", "under"; what "of" governs may stand for the whole: members of the delegation visited.
  bool is_governed(std::size_t noun) const {
    std::size_t before = noun;
    while (before > 0 && (sentence_.items[before - 1].kind == ItemKind::determiner || sentence_.items[before - 1].kind == ItemKind::word || sentence_.items[before - 1].kind == ItemKind::number)) --before;
    return before > 0 && sentence_.items[before - 1].kind == ItemKind::preposition && !scan_.is(sentence_.items[before - 1].begin, "of");
  }

  // Where a verb behind an item stands.
  std::size_t item_of(const VerbGroup& verb, std::size_t from) const {
    std::size_t i = from + 1;
    while (i + 1 < sentence_.items.size() && sentence_.items[i].begin < verb.begin) ++i;
    return i;
  }

  // The verb of the clause that goes on behind what commas set off; null when none does.
  VerbGroup* verb_behind_comma(std::size_t from) {
    const bool agents = from + 1 < sentence_.items.size() && scan_.is(sentence_.items[from + 1].begin, "by");  // "accompanied by A and B,"
    for (std::size_t i = from + 1; i < sentence_.items.size(); ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (agents && kind == ItemKind::conjunction && sentence_.items[i - 1].kind == ItemKind::actor && i + 2 < sentence_.items.size() && (sentence_.items[i + 1].kind == ItemKind::actor || (sentence_.items[i + 1].kind == ItemKind::determiner && sentence_.items[i + 2].kind == ItemKind::actor))) continue;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::conjunction || kind == ItemKind::subordinator) return nullptr;
      if (kind != ItemKind::verb) continue;
      VerbGroup& verb = sentence_.verbs[sentence_.items[i].index];
      const bool past = verb.bare_participle && verb.tense == Tense::past && !verb.passive && !(i + 1 < sentence_.items.size() && scan_.is(sentence_.items[i + 1].begin, "by"));
      return sentence_.items[i - 1].kind == ItemKind::comma && (verb.finite || past) ? &verb : nullptr;
    }
    return nullptr;
  }

  // "A, to whom the letter was given, paid a call", "A and B, with which C had spoken, recognised D": behind a clause that commas set off a
  // form that is a participle, too, is the verb of whoever stands before it.
  void settle_behind_relatives() {
    for (std::size_t relative = 2; relative + 3 < sentence_.items.size(); ++relative) {
      if (sentence_.items[relative].kind != ItemKind::relative || finite_before(relative)) continue;
      const std::size_t comma = sentence_.items[relative - 1].kind == ItemKind::preposition ? relative - 2 : relative - 1;
      if (sentence_.items[comma].kind != ItemKind::comma || comma == 0 || sentence_.items[comma - 1].kind != ItemKind::actor) continue;
      bool told = false;  // the clause has its verb
      for (std::size_t i = relative + 1; i + 1 < sentence_.items.size(); ++i) {
        const ItemKind kind = sentence_.items[i].kind;
        if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) break;
        if (kind != ItemKind::verb) continue;
        VerbGroup& verb = sentence_.verbs[sentence_.items[i].index];
        std::size_t before = i - 1;
        while (before > relative && sentence_.items[before].kind == ItemKind::adverb) --before;
        if (told && sentence_.items[before].kind == ItemKind::comma && verb.bare_participle && !verb.finite && verb.tense == Tense::past && !verb.passive && !scan_.is(sentence_.items[i + 1].begin, "by")) {
          verb.finite = true;
          verb.bare_participle = false;
        }
        if (told) break;
        told = verb.finite;
      }
    }
  }

  // "the message sent by the President describes": right behind a noun and before its agent, a participle.
  void settle_participles() {
    for (std::size_t i = 1; i + 1 < sentence_.items.size(); ++i) {
      if (sentence_.items[i].kind != ItemKind::verb) continue;
      VerbGroup& verb = sentence_.verbs[sentence_.items[i].index];
      const ItemKind before = sentence_.items[i - 1].kind;
      const bool behind_noun = before == ItemKind::noun || before == ItemKind::forum;
      const bool behind_word = before == ItemKind::word && i < 6 && is_governed(i - 1) && sentence_.items[0].kind == ItemKind::preposition;  // "In a ceremony conducted by video link"
      if (verb.finite && verb.bare_participle && (behind_noun || behind_word) && scan_.is(sentence_.items[i + 1].begin, "by")) {
        verb.finite = false;
        // "a delegation headed by A, Minister of B, left for C"
        if (VerbGroup* const main = verb_behind_comma(i); main != nullptr && !main->finite) {
          main->finite = true;
          main->bare_participle = false;
        }
      }
      // "concluded by an exchange of notes signed in A": nor is what a preposition governs a subject.
      if (verb.finite && verb.bare_participle && behind_noun && finite_before(i) && is_governed(i - 1)) verb.finite = false;
      // "a delegation of the Ministry led by A departed": with its agent behind it, and the clause has another verb.
      if (verb.finite && verb.bare_participle && !verb.passive && before == ItemKind::actor && scan_.is(sentence_.items[i + 1].begin, "by") && finite_in_clause(i)) verb.finite = false;
      // "A meeting between the Ministers of A and B scheduled for 3 March was cancelled"
      const bool plans = verb.main != kNoVerb && view_.tables->verbs[verb.main].kind == VerbKind::plan;
      if (verb.finite && verb.bare_participle && plans && !verb.passive && sentence_.items[i + 1].kind == ItemKind::preposition && goes_on_with_verb(sentence_, i)) verb.finite = false;
      // "his trip to A, planned for November, had to be cancelled"
      // but "A, visiting B, co-chaired with C the session, held in D"
      if (verb.finite && verb.bare_participle && before == ItemKind::comma)
        if (VerbGroup* const main = verb_behind_comma(i); main != nullptr && !(has_object(i) && main->bare_participle && !has_object(item_of(*main, i)))) {
          verb.finite = false;
          main->finite = true;
          main->bare_participle = false;
        }
    }
  }

  // "was received by A, met B and opened the consulate": verbs in a row with objects of their own have one subject.
  void settle_verb_lists() {
    bool finite = false;  // a finite verb came before in the clause
    for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) finite = false;
      if (kind != ItemKind::verb) continue;
      VerbGroup& verb = sentence_.verbs[sentence_.items[i].index];
      const bool past = verb.bare_participle && !verb.finite && !verb.passive && verb.tense == Tense::past;
      if (finite && past && i > 0 && has_object(i)) {
        std::size_t before = i;
        while (before > 0 && sentence_.items[before - 1].kind == ItemKind::adverb) --before;
        // "and on the same day signed"
        if (before > 0 && sentence_.items[before - 1].kind == ItemKind::date)
          for (std::size_t at = before - 1; at > 0 && before - at < 4; --at) {
            if (sentence_.items[at - 1].kind == ItemKind::conjunction) before = at;
            else if (sentence_.items[at - 1].kind != ItemKind::preposition && sentence_.items[at - 1].kind != ItemKind::comma && sentence_.items[at - 1].kind != ItemKind::determiner) break;
            if (before == at) break;
          }
        const ItemKind link = before > 0 ? sentence_.items[before - 1].kind : ItemKind::word;
        if (link == ItemKind::conjunction || (link == ItemKind::comma && joined_verb_behind(i))) {
          verb.finite = true;
          verb.bare_participle = false;
        }
      }
      finite = finite || verb.finite;
    }
  }

  bool has_object(std::size_t verb) const {
    std::size_t next = verb + 1;
    while (next < sentence_.items.size() && sentence_.items[next].kind == ItemKind::adverb) ++next;
    if (next >= sentence_.items.size()) return false;
    const ItemKind kind = sentence_.items[next].kind;
    if (kind == ItemKind::preposition) return scan_.is(sentence_.items[next].begin, "with") || scan_.is(sentence_.items[next].begin, "upon") || has_object_behind_phrase(next);
    return kind == ItemKind::determiner || kind == ItemKind::actor || kind == ItemKind::noun || kind == ItemKind::forum || kind == ItemKind::word || kind == ItemKind::number;
  }

  // "handed to him a note", "prolonged until 31 May the measures", "presented on behalf of the Government ten ambulances": a new phrase right behind what the preposition governs
  bool has_object_behind_phrase(std::size_t preposition) const {
    constexpr std::size_t kReach = 8;  // items
    bool governed = false;
    for (std::size_t i = preposition + 1; i < sentence_.items.size() && i < preposition + kReach; ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (governed && (kind == ItemKind::determiner || kind == ItemKind::number || kind == ItemKind::money || kind == ItemKind::noun)) return true;
      if (kind == ItemKind::preposition) {
        governed = false;
        continue;
      }
      governed = kind == ItemKind::actor || kind == ItemKind::date;
      if (!governed && kind != ItemKind::determiner && kind != ItemKind::word && kind != ItemKind::adverb) return false;
    }
    return false;
  }

  bool joined_verb_behind(std::size_t from) const {
    for (std::size_t i = from + 1; i < sentence_.items.size(); ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) return false;
      if (kind == ItemKind::verb && sentence_.items[i - 1].kind == ItemKind::conjunction) return true;
    }
    return false;
  }

  // "will pay a call on A and hold talks with B": the second verb has the auxiliary of the first.
  void settle_shared_auxiliaries() {
    const VerbGroup* first = nullptr;
    for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
      const ItemKind kind = sentence_.items[i].kind;
      if (kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator) first = nullptr;
      if (kind != ItemKind::verb) continue;
      VerbGroup& verb = sentence_.verbs[sentence_.items[i].index];
      const bool base = verb.finite && verb.tense == Tense::present && !verb.passive && !verb.copula && view_.tables->verb_form(view_.tokens[verb.begin].word).base;
      std::size_t before = i;
      while (before > 0 && sentence_.items[before - 1].kind == ItemKind::adverb) --before;
      const bool joined = before > 0 && sentence_.items[before - 1].kind == ItemKind::conjunction;
      if (first != nullptr && base && joined) {
        verb.planned = first->planned;
        verb.modal = first->modal;
        verb.wished = first->wished;
        verb.tense = first->tense;
      }
      const bool governs = verb.planned || verb.modal || verb.wished || verb.infinitive;
      if (verb.finite || verb.infinitive) first = governs ? &verb : nullptr;
    }
  }

  static bool is_aside(ItemKind kind) {
    return kind == ItemKind::date || kind == ItemKind::adverb || kind == ItemKind::open || kind == ItemKind::close || kind == ItemKind::comma || kind == ItemKind::preposition;
  }

  bool other_clause_behind(std::size_t from) const {
    for (std::size_t i = from + 1; i < sentence_.items.size(); ++i) {
      const Item& item = sentence_.items[i];
      if (item.kind == ItemKind::stop && scan_.mark(item.begin, ';')) return false;
      if (item.kind != ItemKind::verb || !sentence_.verbs[item.index].finite) continue;
      std::size_t before = i;
      while (before > from && sentence_.items[before - 1].kind != ItemKind::comma && sentence_.items[before - 1].kind != ItemKind::relative) --before;
      if (before > from && before < i && sentence_.items[before - 1].kind == ItemKind::comma) return true;
    }
    return false;
  }

  // "1942 Bolivia severed ...": a chronicle puts the year first.
  std::optional<DateExpr> year_of_line(std::uint32_t i) const {
    const Token& token = view_.tokens[i];
    const bool year = token.digits && token.end - token.begin == 4 && token.number >= kChronicleFrom && token.number < kChronicleTo;
    if (!year || !sentence_.items.empty() || !scan_.capital(i + 1) || view_.info(i + 1).date != DateWord::none) return std::nullopt;
    DateExpr date;
    date.first.year = token.number;
    date.begin = i;
    date.end = i + 1;
    return date;
  }

  bool after_actor() const {
    bool dated = false;  // "Nigeria in June ratified": a time may stand between
    for (auto item = sentence_.items.rbegin(); item != sentence_.items.rend(); ++item) {
      if (item->kind == ItemKind::adverb || item->kind == ItemKind::close || item->kind == ItemKind::date || (dated && item->kind == ItemKind::preposition)) {
        dated = item->kind == ItemKind::date;
        continue;
      }
      dated = false;
      if (item->kind == ItemKind::comma) {
        if (item == sentence_.items.rbegin() && closes_aside()) return true;
        // ", met": finite when the sentence has had no verb of its own yet.
        if (item == sentence_.items.rbegin() && has_finite_verb() && !only_aside_verbs()) return false;
        continue;
      }
      if (item->kind == ItemKind::relative || item->kind == ItemKind::noun || item->kind == ItemKind::forum || item->kind == ItemKind::word) return true;
      if (item->kind != ItemKind::actor) return false;
      const ActorMention& actor = sentence_.actors[item->index];
      return !actor.possessive && actor.kind != ActorKind::adjective;
    }
    return false;
  }

  // "The Ministry, in a statement issued this evening, denounces": the comma closes an aside that opened behind the subject.
  bool closes_aside() const {
    constexpr std::size_t kAsideItemsMax = 10;
    const std::size_t count = sentence_.items.size();
    for (std::size_t i = count - 1; i-- > 1 && i + kAsideItemsMax >= count;) {
      const Item& item = sentence_.items[i];
      if (item.kind == ItemKind::stop || item.kind == ItemKind::relative || (item.kind == ItemKind::verb && sentence_.verbs[item.index].finite)) return false;
      if (item.kind != ItemKind::comma) continue;
      if (sentence_.items[i + 1].kind != ItemKind::preposition || sentence_.items[i - 1].kind != ItemKind::actor) return false;
      const ActorMention& actor = sentence_.actors[sentence_.items[i - 1].index];
      const bool subject = !actor.possessive && actor.kind != ActorKind::adjective && actor.kind != ActorKind::city;
      return subject && !has_finite_verb();
    }
    return false;
  }

  // "X, who is visiting Japan, met": the one finite verb so far is that of an aside that this comma closes.
  bool only_aside_verbs() const {
    bool aside = false;
    for (std::size_t i = 0; i < sentence_.items.size(); ++i) {
      const Item& item = sentence_.items[i];
      if (item.kind == ItemKind::relative && i > 1) aside = aside || (sentence_.items[i - 1].kind == ItemKind::comma && sentence_.items[i - 2].kind == ItemKind::actor);
      if (item.kind == ItemKind::verb && sentence_.verbs[item.index].finite && !aside) return false;
    }
    return aside;
  }

  bool has_finite_verb() const {
    for (auto item = sentence_.items.rbegin(); item != sentence_.items.rend(); ++item) {
      if (item->kind == ItemKind::relative && (scan_.is(item->begin, "when") || scan_.is(item->begin, "where"))) return false;  // a clause of its own
      // "the talks which the Minister, A, held": so is one whose relative word is its object.
      if (item->kind == ItemKind::relative && item != sentence_.items.rbegin() && std::prev(item)->kind != ItemKind::verb && std::prev(item)->kind != ItemKind::adverb) return false;
      if (item->kind == ItemKind::verb && sentence_.verbs[item->index].finite) return true;
    }
    return false;
  }

  // Whether a verb is tried before a noun of the same letters: "visited" is no noun; "visits" is a verb after its
  // subject, a noun after an article.
  bool verb_first(std::uint32_t i) const {
    const VerbForm& form = view_.tables->verb_form(view_.tokens[i].word);
    if (scan_.is(i, "to")) return view_.tables->verb_form(scan_.has(i + 1) ? view_.tokens[i + 1].word : 0).base || scan_.in_class(i + 1, WordClass::be);
    if (form.verb == kNoVerb) return true;
    if (scan_.capital(i) && scan_.longest_party(i).end > i + 1) return false;
    if (opens()) return form.past || (form.third && (!parse_noun(scan_, i) || scan_.in_class(i + 1, WordClass::determiner))) || (form.gerund && !form.noun && !parse_noun(scan_, i));  // "Welcomes the decision", "Representing Ankara"
    const Item& last = sentence_.items.back();
    if (last.kind == ItemKind::determiner || last.kind == ItemKind::possessive || last.kind == ItemKind::number) return false;
    if (last.kind == ItemKind::actor) {
      const ActorMention& actor = sentence_.actors[last.index];
      if (actor.kind == ActorKind::adjective) return form.past;
      if (form.third && scan_.in_class(i + 1, WordClass::be) && parse_noun(scan_, i)) return false;  // "European Union sanctions are"
      if (actor.kind == ActorKind::city || actor.kind == ActorKind::person || actor.kind == ActorKind::party || actor.kind == ActorKind::post) {
        if (form.gerund && parse_noun(scan_, i)) return false;
      }
      return true;
    }
    // "had the pleasure of meeting his counterpart", "after receiving Minister A": it acts on somebody.
    const bool acts = form.gerund && last.kind == ItemKind::preposition && !scan_.capital(i) && (scan_.in_class(i + 1, WordClass::possessive_pronoun) || (scan_.capital(i + 1) && !scan_.in_class(i + 1, WordClass::sentence_opener)));
    if (acts) return true;
    const bool goes_on = scan_.in_class(i + 1, WordClass::preposition) || scan_.in_class(i + 1, WordClass::determiner) || scan_.capital(i + 1);
    // "to include deterrence, support for A": behind a comma alone it has an object
    const bool joins = goes_on && joins_planned() && !(last.kind == ItemKind::comma && scan_.in_class(i + 1, WordClass::preposition) && sentence_.items[sentence_.items.size() - 2].kind != ItemKind::conjunction && sentence_.items[sentence_.items.size() - 2].kind != ItemKind::date);
    return form.past || form.participle || (form.base && (behind_will() || joins)) || (form.third && goes_on && (behind_apposition() || behind_dated_actor()));
  }

  // "an Agreement on Technical Cooperation", "on International Road Transport": a word of a paper's title, nobody's name.
  bool is_word_of_title(const ActorMention& actor, std::uint32_t i) const {
    if (sentence_.heading || actor.kind != ActorKind::name || actor.end != i + 1) return false;
    if (scan_.capital(i + 1) && parse_noun(scan_, i + 1)) return true;
    return sentence_.items.size() > 1 && sentence_.items.back().kind == ItemKind::word && sentence_.items.back().end == i && scan_.capital(i - 1) && sentence_.items.back().begin > sentence_.begin;
  }

  // "Foreign Minister A today welcomes the Ambassador"
  bool behind_dated_actor() const {
    const std::size_t count = sentence_.items.size();
    if (count < 2 || (sentence_.items[count - 1].kind != ItemKind::date && sentence_.items[count - 1].kind != ItemKind::adverb) || sentence_.items[count - 2].kind != ItemKind::actor) return false;
    const ActorMention& actor = sentence_.actors[sentence_.items[count - 2].index];
    return !actor.possessive && (actor.kind == ActorKind::person || actor.kind == ActorKind::party || actor.kind == ActorKind::post || actor.kind == ActorKind::pronoun);
  }

  std::uint32_t mark(std::uint32_t i) {
    const char c = view_.text[view_.tokens[i].begin];
    const std::string_view raw = view_.raw(i, i + 1);
    if (raw == "“" || raw == "”" || c == '"' || raw == "«" || raw == "»") {
      // A name in quotation marks: "Central Asia plus Japan" Dialogue Summit.
      if (const auto forum = parse_forum(scan_, i); forum && forum->end > i + 3) return add_to(sentence_.forums, *forum, ItemKind::forum, i, forum->end);
      return add(ItemKind::quote, i, i + 1);
    }
    if (c == ',') return add(ItemKind::comma, i, i + 1);
    if (c == '(' || c == '[') return add(ItemKind::open, i, i + 1);
    if (c == ')' || c == ']') return add(ItemKind::close, i, i + 1);
    if (c == '&') return add(ItemKind::conjunction, i, i + 1);
    if (c == '$' || raw == "£" || raw == "€" || raw == "¥") return money(i);
    if (c == ':' && in_brackets()) return add(ItemKind::word, i, i + 1);  // "(IFS: 1997)"
    return add(ItemKind::stop, i, i + 1);
  }

  bool in_brackets() const {
    for (auto item = sentence_.items.rbegin(); item != sentence_.items.rend(); ++item) {
      if (item->kind == ItemKind::open) return true;
      if (item->kind == ItemKind::close || item->kind == ItemKind::verb || item->kind == ItemKind::stop) return false;
    }
    return false;
  }

  // "USD 50", "USD two million": a currency before a number.
  bool is_sum_behind(std::uint32_t i) const {
    if (!view_.info(i).is(WordClass::currency) || !scan_.has(i + 1)) return false;
    return view_.tokens[i + 1].digits || (view_.tokens[i + 1].number > 0 && scan_.in_class(i + 2, WordClass::money_scale));
  }

  // "£15.5 million", "USD 50 million", "45 million Euros"
  std::uint32_t money(std::uint32_t i) {
    std::uint32_t at = i + 1;
    if (!scan_.has(at) || view_.tokens[at].number < 0) {
      if (!(scan_.has(at) && view_.tokens[at].digits)) return add(ItemKind::word, i, i + 1);
    }
    ++at;
    while (scan_.in_class(at, WordClass::money_scale)) ++at;
    return add(ItemKind::money, i, at);
  }

  std::uint32_t word(std::uint32_t i) {
    const WordInfo& info = view_.info(i);
    const Token& token = view_.tokens[i];
    if (is_sum_behind(i)) return money(i);
    if (token.digits || (token.number >= 0 && !token.ordinal)) {
      std::uint32_t at = i + 1;
      while (scan_.in_class(at, WordClass::money_scale)) ++at;
      if (scan_.is(at, "us") || scan_.is(at, "u.s")) ++at;
      if (at < sentence_.end && scan_.capital(at) && !scan_.in_class(at, WordClass::currency))  // "United States dollars", "Norwegian kroner"
        if (const Scan::Match whose = scan_.longest_party(at); whose.sense != nullptr && whose.sense->kind != SenseKind::city && scan_.in_class(whose.end, WordClass::currency)) at = whose.end;
      if (scan_.in_class(at, WordClass::currency)) return add(ItemKind::money, i, at + 1);
      return add(ItemKind::number, i, i + 1);
    }
    if (token.ordinal) return add(ItemKind::number, i, i + 1);
    const bool points = scan_.is(i, "that") && !sentence_.items.empty() && sentence_.items.back().kind == ItemKind::preposition && sentence_.items.back().end == i;  // "in that city"
    if (info.is(WordClass::relative) && !points) return add(ItemKind::relative, i, i + 1);
    const bool list_word = scan_.is(i, "following") && !sentence_.items.empty() && sentence_.items.back().kind == ItemKind::determiner;
    if (list_word) return add(ItemKind::word, i, i + 1);  // "held the following meetings"
    if (scan_.is(i, "as") && scan_.is(i + 1, "well") && scan_.is(i + 2, "as")) return add(ItemKind::conjunction, i, i + 3);
    if (info.is(WordClass::preposition)) {
      std::uint32_t past = i + 1;
      while (scan_.has(past) && view_.tokens[past].joined && view_.tokens[past].letters) ++past;
      return add(past > i + 1 ? ItemKind::word : ItemKind::preposition, i, past);  // "an in-depth session"
    }
    // "the President and his wife A": nothing but her name
    if (info.is(WordClass::family) && scan_.capital(i + 1) && !sentence_.items.empty() && sentence_.items.back().end == i && scan_.in_class(i - 1, WordClass::possessive_pronoun)) {
      sentence_.items.pop_back();
      return i + 1;
    }
    if (info.is(WordClass::conjunction)) return add(ItemKind::conjunction, i, i + 1);
    if (info.is(WordClass::subordinator)) return add(ItemKind::subordinator, i, i + 1);
    if (info.is(WordClass::determiner)) return add(ItemKind::determiner, i, i + 1);
    if (info.is(WordClass::adverb)) return add(ItemKind::adverb, i, i + 1);
    return add(ItemKind::word, i, i + 1);
  }

  TextView& view_;
  Sentence& sentence_;
  Scan scan_;
};

}  // namespace

bool is_led_by(const TextView& view, const Sentence& sentence, std::size_t item) {
  if (item + 1 >= sentence.items.size() || sentence.items[item].kind != ItemKind::verb || view.word(sentence.items[item + 1].begin) != "by") return false;
  const VerbGroup& group = sentence.verbs[sentence.items[item].index];
  return (group.passive || group.bare_participle) && group.main != kNoVerb && view.tables->verbs[group.main].kind == VerbKind::attend;
}

bool goes_on_with_verb(const Sentence& sentence, std::size_t item) {
  for (std::size_t i = item + 1; i < sentence.items.size(); ++i) {
    const ItemKind kind = sentence.items[i].kind;
    if (kind == ItemKind::verb) return sentence.verbs[sentence.items[i].index].finite;
    if (kind == ItemKind::comma || kind == ItemKind::stop || kind == ItemKind::relative || kind == ItemKind::subordinator || kind == ItemKind::conjunction) return false;
  }
  return false;
}

bool names_class(const TextView& view, const Sentence& sentence, std::string_view noun_class) {
  return std::any_of(sentence.nouns.begin(), sentence.nouns.end(), [&](const NounMention& noun) { return view.tables->noun_classes[view.tables->nouns[noun.noun].noun_class] == noun_class; });
}

bool ends_with_colon(const TextView& view, const Sentence& sentence) { return sentence.end > sentence.begin && view.raw(sentence.end - 1, sentence.end) == ":"; }

namespace {

bool starts_like_item(const TextView& view, const Sentence& sentence) {
  if (sentence.end < sentence.begin + 2) return false;
  const Token& first = view.tokens[sentence.begin];
  if (!first.letters && !first.digits) return view.raw(sentence.begin, sentence.begin + 1) != "\"" && !view.tokens[sentence.begin + 1].touches;
  const std::string_view behind = view.raw(sentence.begin + 1, sentence.begin + 2);
  if (behind != "." && behind != ")") return false;
  return first.digits || enumerator_at_start(view.raw(sentence.begin, sentence.begin + 1)) == view.raw(sentence.begin, sentence.begin + 1).size();
}

// Under which line that ends in a colon the points of a list stand.
void find_list_heads(TextView& view) {
  std::uint32_t head = kNone;
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    Sentence& sentence = view.sentences[i];
    if (head != kNone && starts_like_item(view, sentence)) {
      sentence.head = head;
      const Sentence& above = view.sentences[head];
      const std::uint32_t last = above.end - 2;
      sentence.under_will = view.tables->vocabulary.info(view.tokens[last].word).is(WordClass::will) || view.word(last) == "to";
      continue;
    }
    head = sentence.end > sentence.begin + 1 && ends_with_colon(view, sentence) ? i : kNone;
  }
}

}  // namespace

void find_mentions(TextView& view) {
  find_list_heads(view);
  for (Sentence& sentence : view.sentences) {
    if (view.tables->traits.particles) find_mentions_by_particles(view, sentence);
    else SentenceReader(view, sentence).run();
  }
}

}  // namespace entente::importers
