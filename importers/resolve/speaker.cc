// Who speaks in a release, and how it writes its towns.
#include <algorithm>

#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kSpeakerSentencesMax = 12;
constexpr std::size_t kCityTextsMax = 512;

// "issued the following statement", "made this statement", "said:"
bool introduces_speech(const TextView& view, const Sentence& sentence) {
  bool statement = false;
  bool following = false;
  for (std::uint32_t i = sentence.begin; i < sentence.end; ++i) {
    const std::string_view word = view.word(i);
    statement = statement || word == "statement" || word == "remarks" || word == "comment";
    following = following || word == "following" || word == "below" || word == "this";
  }
  const std::string_view last = sentence.end > sentence.begin ? view.raw(sentence.end - 1, sentence.end) : std::string_view();
  return (statement && following) || (last == ":" && std::any_of(sentence.verbs.begin(), sentence.verbs.end(), [&](const VerbGroup& verb) {
           return verb.finite && verb.main != kNoVerb && view.tables->verbs[verb.main].kind == VerbKind::report;
         }));
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
