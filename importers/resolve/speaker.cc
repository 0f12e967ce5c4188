// Who speaks in a release, and how it writes its towns.
#include <algorithm>

#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kSpeakerSentencesMax = 12;
constexpr std::size_t kQuotedSentencesMax = 5;  // of a short statement; a longer text tells of more than what one says
constexpr std::size_t kCityTextsMax = 512;

// "issued the following statement", "made this statement", "said:"
bool introduces_speech(const TextView& view, const Sentence& sentence) {
  bool statement = false;
  bool following = false;
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const Word word = view.word(i);
    statement = statement || word == "statement" || word == "remarks" || word == "comment";
    following = following || word == "following" || word == "below" || word == "this";
  }
  const std::string_view last = sentence.end > sentence.begin ? view.raw(sentence.end - 1, sentence.end) : std::string_view();
  return (statement && following) || (last == ":" && std::any_of(sentence.verbs.begin(), sentence.verbs.end(), [&](const VerbGroup& verb) {
           return verb.finite && verb.main != kNoVerb && view.tables->verbs[verb.main].kind == VerbKind::report;
         }));
}

// "...," said the Minister, A: a person beside a verb of saying, in a sentence with quotation marks.
bool is_quoted_as_saying(const TextView& view, const Sentence& sentence, std::size_t item) {
  if (std::none_of(sentence.items.begin(), sentence.items.end(), [](const Item& other) { return other.kind == ItemKind::quote; })) return false;
  const auto says = [&](std::size_t at) {
    if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::verb) return false;
    const VerbGroup& verb = sentence.verbs[sentence.items[at].index];
    return verb.main != kNoVerb && !verb.passive && !verb.negated && view.tables->verbs[verb.main].kind == VerbKind::report;
  };
  std::size_t next = item + 1;
  while (next < sentence.items.size() && (sentence.items[next].kind == ItemKind::comma || sentence.items[next].kind == ItemKind::adverb)) ++next;
  if (says(next)) return true;
  std::size_t before = item;
  while (before > 0 && sentence.items[before - 1].kind == ItemKind::determiner) --before;
  return before > 0 && says(before - 1);
}

// "– A, Spokesperson for Foreign Affairs": a last line that is nothing but a person signs the text.
bool is_signature(const Sentence& line, std::size_t item) {
  for (std::size_t i = 0; i < line.items.size(); ++i)
    if (i != item && line.items[i].kind != ItemKind::stop) return false;
  return true;
}

// TBILISI -> Tbilisi
std::string in_small_letters(std::string text) {
  const bool shouted = text.size() > 3 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= 'A' && c <= 'Z') || c == ' ' || c == '-'; });
  if (!shouted) return text;
  bool first = true;
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z' && !first) c = static_cast<char>(c - 'A' + 'a');
    first = c == ' ' || c == '-';
  }
  return text;
}

}  // namespace

void Cast::find_speaker(const std::vector<Sentence>& sentences) {
  for (std::uint32_t i = 0; i < sentences.size() && i < kSpeakerSentencesMax; ++i) {
    const bool speech = introduces_speech(view_, sentences[i]);
    for (const ActorMention& actor : sentences[i].actors) {
      if (actor.kind != ActorKind::person || actor.persons.empty()) continue;
      const Person& person = persons_[actor.persons[0]];
      if (person.of != kNoParty && person.of != own_) continue;
      if (person.kind != PostKind::spokesperson && !(speech && person.has_post)) continue;
      speaker_ = actor.persons[0];
      speaker_from_ = i;
      return;
    }
  }
  find_quoted_speaker(sentences);
}

// Who is quoted, or signs, speaks for the whole text, where it is one person only.
void Cast::find_quoted_speaker(const std::vector<Sentence>& sentences) {
  if (sentences.size() > kQuotedSentencesMax) return;
  std::optional<std::uint32_t> found;
  for (std::size_t s = 0; s < sentences.size(); ++s)
    for (std::size_t i = 0; i < sentences[s].items.size(); ++i) {
      if (sentences[s].items[i].kind != ItemKind::actor) continue;
      const ActorMention& actor = sentences[s].actors[sentences[s].items[i].index];
      if (actor.kind != ActorKind::person || actor.persons.size() != 1) continue;
      const Person& person = persons_[actor.persons[0]];
      if (!person.has_post || (person.of != kNoParty && person.of != own_)) continue;
      const bool signs = s + 1 == sentences.size() && is_signature(sentences[s], i);
      if (!signs && !is_quoted_as_saying(view_, sentences[s], i)) continue;
      if (found && *found != actor.persons[0]) return;
      found = actor.persons[0];
    }
  speaker_ = found;
  speaker_from_ = 0;
}

// "By Foreign Minister A" over a speech; else the one leader or minister of our side whom a text names that says "I" of itself.
void Cast::find_teller(const std::vector<Sentence>& sentences) {
  const auto says_i = [&](const Sentence& line) {
    if (line.quoted || std::any_of(line.items.begin(), line.items.end(), [](const Item& item) { return item.kind == ItemKind::quote; })) return false;
    return std::any_of(line.actors.begin(), line.actors.end(), [&](const ActorMention& actor) { return actor.kind == ActorKind::own && view_.word(actor.begin) == "i"; });
  };
  if (std::none_of(sentences.begin(), sentences.end(), says_i)) return;
  for (std::uint32_t i = 0; i < sentences.size() && i < kSpeakerSentencesMax; ++i) {
    const Sentence& line = sentences[i];
    const bool by = line.heading && line.items.size() >= 2 && line.items[0].kind == ItemKind::preposition && view_.word(line.items[0].begin) == "by";
    if (!by) continue;
    for (const ActorMention& actor : line.actors)
      if (actor.kind == ActorKind::person && actor.persons.size() == 1) {
        teller_ = actor.persons[0];
        return;
      }
  }
  // "Senator the Hon. A" alone in a line at the head, before anything is told
  for (std::uint32_t i = 0; i < sentences.size() && i < kSpeakerSentencesMax && sentences[i].verbs.empty(); ++i)
    for (std::size_t k = 0; k < sentences[i].items.size(); ++k) {
      const Item& item = sentences[i].items[k];
      if (item.kind != ItemKind::actor || !is_signature(sentences[i], k) || sentences[i].actors[item.index].persons.size() != 1) continue;
      const Person& person = persons_[sentences[i].actors[item.index].persons[0]];
      if (!person.has_post || person.kind == PostKind::spokesperson || (person.of != own_ && person.of != kNoParty)) continue;
      teller_ = sentences[i].actors[item.index].persons[0];
      return;
    }
  if (speaker_ && persons_[*speaker_].kind == PostKind::spokesperson) return;
  std::uint32_t found = kNone;
  const auto beside_i = [&](std::uint32_t i) {  // "the Minister for Defence, A, and I"
    return std::any_of(sentences.begin(), sentences.end(), [&](const Sentence& line) {
      for (std::size_t at = 2; at < line.items.size(); ++at) {
        if (line.items[at].kind != ItemKind::actor || line.items[at - 1].kind != ItemKind::conjunction) continue;
        const ActorMention& own = line.actors[line.items[at].index];
        std::size_t before = at - 2;
        if (line.items[before].kind == ItemKind::comma && before > 0) --before;
        if (own.kind != ActorKind::own || view_.word(own.begin) != "i" || line.items[before].kind != ItemKind::actor) continue;
        const ActorMention& other = line.actors[line.items[before].index];
        if (std::find(other.persons.begin(), other.persons.end(), i) != other.persons.end()) return true;
      }
      return false;
    });
  };
  const auto is_mine = [&](std::uint32_t i) {  // "my colleague Minister of State A"
    return std::any_of(sentences.begin(), sentences.end(), [&](const Sentence& line) {
      return std::any_of(line.actors.begin(), line.actors.end(), [&](const ActorMention& actor) {
        if (std::find(actor.persons.begin(), actor.persons.end(), i) == actor.persons.end()) return false;
        return (actor.begin > line.begin && view_.word(actor.begin - 1) == "my") || (actor.begin > line.begin + 1 && view_.word(actor.begin - 2) == "my");
      });
    });
  };
  for (std::uint32_t i = 0; i < persons_.size(); ++i) {
    const Person& person = persons_[i];
    if (!person.has_post || person.former || person.historic || (person.of != own_ && !(person.of == kNoParty && !person.addressed))) continue;
    if (beside_i(i) || is_mine(i) || person.level == graph::Level::working) continue;
    if (person.kind == PostKind::spokesperson || found != kNone) return;
    found = i;
  }
  teller_ = found;
}

void Cast::note_cities(const std::vector<Sentence>& sentences) {
  for (const Sentence& sentence : sentences)
    for (const ActorMention& actor : sentence.actors) {
      if (actor.kind != ActorKind::city || actor.by_country || city_texts_.size() >= kCityTextsMax) continue;
      const bool known = std::any_of(city_texts_.begin(), city_texts_.end(), [&](const auto& entry) { return entry.first == actor.city; });
      if (!known) city_texts_.emplace_back(actor.city, in_small_letters(std::string(view_.raw(actor.begin, actor.end))));
    }
}

std::string Cast::city_text(std::uint32_t city) const {
  for (const auto& [known, text] : city_texts_)
    if (known == city) return text;
  return view_.tables->cities[city].name;
}

}  // namespace entente::importers
