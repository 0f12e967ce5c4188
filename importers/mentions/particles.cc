#include "importers/mentions/particles.h"

#include <utility>

#include "importers/mentions/scanner.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kNameWordsMax = 4;
constexpr std::uint32_t kAsideWordsMax = 8;
// A full name of two letters and a third that would be a mark, right before a title: the three are the name.
constexpr std::size_t kShortStemLetters = 2;

class ParticleReader {
 public:
  ParticleReader(TextView& view, Sentence& sentence) : view_(view), sentence_(sentence), scan_(view, sentence) {}

  void run() {
    std::uint32_t i = sentence_.begin;
    while (i < sentence_.end) i = next(i);
  }

 private:
  std::uint32_t add(ItemKind kind, std::uint32_t begin, std::uint32_t end, std::uint32_t index = kNone) {
    sentence_.items.push_back({kind, begin, end, index, view_.tokens[begin].word});
    return end;
  }

  template <class List, class Value>
  std::uint32_t add_to(List& list, Value value, ItemKind kind, std::uint32_t begin, std::uint32_t end) {
    list.push_back(std::move(value));
    return add(kind, begin, end, static_cast<std::uint32_t>(list.size() - 1));
  }

  std::uint32_t next(std::uint32_t i) {
    const Token& token = view_.tokens[i];
    if (token.punct) return mark(i);
    if (const auto date = parse_date({view_.tokens.data(), sentence_.end}, i, view_.tables->vocabulary, view_.text))
      return add_to(sentence_.dates, *date, ItemKind::date, i, date->end);
    if (auto actor = read_actor(i)) {
      const std::uint32_t end = actor->end;
      return add_to(sentence_.actors, std::move(*actor), ItemKind::actor, i, end);
    }
    // A mark touches the word before it; the same letters alone are a word.
    if (token.touches && scan_.in_class(i, WordClass::particle)) return add(ItemKind::preposition, i, i + 1);
    if (const auto noun = parse_noun(scan_, i)) return add_to(sentence_.nouns, *noun, ItemKind::noun, i, noun->end);
    if (const auto verb = read_verb(i)) return add_to(sentence_.verbs, *verb, ItemKind::verb, i, verb->end);
    if (scan_.in_class(i, WordClass::conjunction)) return add(ItemKind::conjunction, i, i + 1);
    if (token.number >= 0) return add(ItemKind::number, i, i + 1);
    return add(ItemKind::word, i, i + 1);
  }

  std::uint32_t mark(std::uint32_t i) {
    const char c = view_.text[view_.tokens[i].begin];
    if (c == ',') return add(ItemKind::comma, i, i + 1);
    if (c == '(' || c == '[') return add(ItemKind::open, i, i + 1);
    if (c == ')' || c == ']') return add(ItemKind::close, i, i + 1);
    return add(ItemKind::stop, i, i + 1);
  }

  // A verb of the tables, then what its endings say; or an ending behind a noun that is an act: "방문|했다".
  std::optional<VerbGroup> read_verb(std::uint32_t i) const {
    VerbGroup group;
    group.begin = i;
    group.end = i;
    const VerbForm& form = view_.tables->verb_form(scan_.token(i).word);
    if (form.verb != kNoVerb) {
      group.main = form.verb;
      group.main_word = scan_.token(i).word;
      if (form.past || form.participle) group.tense = Tense::past;
      if (form.third) group.tense = Tense::present;
      if (form.future) set_future(group);
      group.finite = form.past || form.participle || form.third || form.future;
      group.end = i + 1;
    }
    while (scan_.has(group.end) && scan_.in_class(group.end, WordClass::ending)) take_ending(group);
    if (group.end == i) return std::nullopt;
    return group;
  }

  static void set_future(VerbGroup& group) {
    group.tense = Tense::future;
    group.planned = true;
  }

  void take_ending(VerbGroup& group) const {
    const auto found = view_.tables->endings.find(scan_.token(group.end).word);
    ++group.end;
    if (found == view_.tables->endings.end()) return;
    const VerbEnding& ending = found->second;
    group.finite = true;
    if (ending.time == EndingTime::past && !group.planned) group.tense = Tense::past;
    if (ending.time == EndingTime::present && group.tense == Tense::unknown) group.tense = Tense::present;
    if (ending.time == EndingTime::future) set_future(group);
    group.negated = group.negated || ending.negated;
    group.wished = group.wished || ending.wished;
  }

  // A word that no table knows, in letters: what a name is made of.
  bool is_name_word(std::uint32_t i) const {
    if (!scan_.capital(i) || scan_.token(i).digits || scan_.in_class(i, WordClass::particle) || scan_.in_class(i, WordClass::ending)) return false;
    if (scan_.in_class(i, WordClass::stop_name) || view_.tables->verb_form(scan_.token(i).word).verb != kNoVerb) return false;
    return scan_.matches(i).empty();
  }

  std::size_t letters_of(std::uint32_t i) const {
    std::size_t letters = 0;
    for (const char c : view_.raw(i, i + 1)) letters += (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U ? 1 : 0;
    return letters;
  }

  // The post that starts at i, with its ministry in front: 외교부 장관.
  std::optional<PostMention> read_post(std::uint32_t i) const {
    std::uint32_t head = i;
    while (true) {
      const Scan::Match portfolio = scan_.longest(head, SenseKind::portfolio);
      const Scan::Match post = scan_.longest(head, SenseKind::post);
      if (post.sense != nullptr && (portfolio.sense == nullptr || post.end >= portfolio.end)) {
        const Post& known = view_.tables->posts[post.sense->index];
        PostMention mention;
        mention.begin = i;
        mention.end = post.end;
        mention.full_end = post.end;
        mention.head_begin = head;
        mention.head_end = post.end;
        mention.post = post.sense->index;
        mention.level = known.level;
        mention.kind = known.kind;
        mention.plural = known.plural;
        return mention;
      }
      if (portfolio.sense == nullptr) return std::nullopt;
      head = portfolio.end;
    }
  }

  struct Name {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t past = 0;  // behind what stands in brackets
  };

  // Words of a name, with its form in Latin letters in brackets where the text gives one: that is the name then.
  Name read_name(std::uint32_t i) const {
    Name name{i, i, i};
    while (name.end - i < kNameWordsMax && is_name_word(name.end)) ++name.end;
    name.past = name.end;
    if (name.end == i) return name;
    // "김가|은 대사": the mark is a letter of the name when a title stands behind it, apart.
    if (name.end == i + 1 && letters_of(i) == kShortStemLetters && scan_.in_class(name.end, WordClass::particle) && scan_.token(name.end).touches &&
        letters_of(name.end) == 1 && scan_.has(name.end + 1) && !scan_.token(name.end + 1).touches && read_post(name.end + 1)) {
      ++name.end;
      name.past = name.end;
    }
    if (!scan_.mark(name.past, '(')) return name;
    std::uint32_t close = name.past + 1;
    while (scan_.has(close) && close - name.past <= kAsideWordsMax && !scan_.mark(close, ')')) ++close;
    if (!scan_.mark(close, ')')) return name;
    const bool latin = scan_.capital(name.past + 1) && static_cast<std::uint8_t>(view_.raw(name.past + 1, name.past + 2)[0]) < 0x80U;
    if (latin) {
      name.begin = name.past + 1;
      name.end = close;
    }
    name.past = close + 1;
    return name;
  }

  std::optional<Scan::Match> read_party(std::uint32_t i) const {
    const Scan::Match match = scan_.longest_party(i);
    if (match.sense == nullptr || match.sense->kind == SenseKind::city) return std::nullopt;
    return match;
  }

  // [name] [country] post; country [name] post; country; town.
  std::optional<ActorMention> read_actor(std::uint32_t i) const {
    ActorMention actor;
    actor.begin = i;
    Name name = read_name(i);
    std::uint32_t at = name.past;
    std::vector<PartyIndex> of;
    if (const auto party = read_party(at)) {
      append_party(*view_.tables, static_cast<PartyIndex>(party->sense->index), of);
      at = party->end;
      if (name.begin == name.end) {
        const Name behind = read_name(at);
        if (behind.end > behind.begin && read_post(behind.past)) {
          name = behind;
          at = behind.past;
        }
      }
    }
    if (auto post = read_post(at)) {
      // 조태열 외교부 장관; where a name is missing: 일본 외무상.
      if (of.size() == 1) post->of = of;
      actor.parties = of;
      actor.level = post->level;
      actor.end = post->full_end;
      actor.post = std::move(post);
      actor.kind = name.end > name.begin ? ActorKind::person : ActorKind::post;
      actor.definite = true;
      actor.name_begin = name.begin;
      actor.name_end = name.end;
      return actor;
    }
    if (name.end > i) return std::nullopt;  // words that nothing makes a name
    const Scan::Match match = scan_.longest_party(i);
    if (match.sense == nullptr) return std::nullopt;
    actor.end = match.end;
    if (match.sense->kind == SenseKind::city) {
      actor.kind = ActorKind::city;
      actor.city = match.sense->index;
      actor.parties = {view_.tables->cities[match.sense->index].country};
      return actor;
    }
    actor.kind = ActorKind::party;
    actor.parties = of;
    actor.expanded = of.size() > 1;
    return actor;
  }

  TextView& view_;
  Sentence& sentence_;
  Scan scan_;
};

}  // namespace

void find_mentions_by_particles(TextView& view, Sentence& sentence) { ParticleReader(view, sentence).run(); }

std::optional<Slot> slot_of_mark(const TextView& view, const Item& item) {
  if (item.kind != ItemKind::preposition) return std::nullopt;
  const auto found = view.tables->particles.find(item.word);
  if (found == view.tables->particles.end()) return std::nullopt;
  return found->second;
}

}  // namespace entente::importers
