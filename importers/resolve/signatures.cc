// Persons whom the lay-out of a text names: who signs at its end, and who answers in a transcript.
#include <algorithm>
#include <map>

#include "base/utf8.h"
#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kAnswersMin = 2;
constexpr std::size_t kHeadLinesMax = 8;

// A line that is nothing but one mention, with at most a mark behind it; null when it is more.
ActorMention* sole_mention(Sentence& line) {
  if (line.items.empty() || line.items.size() > 2 || line.items[0].kind != ItemKind::actor) return nullptr;
  if (line.items.size() == 2 && line.items[1].kind != ItemKind::comma && line.items[1].kind != ItemKind::stop) return nullptr;
  return &line.actors[line.items[0].index];
}

// "From the desk of Hon A": a heading that ends with the only one it names; null for any other line.
ActorMention* headed_by(Sentence& line) {
  if (!line.heading || !line.verbs.empty() || line.actors.size() != 1 || line.items.empty() || line.items.back().kind != ItemKind::actor || line.items[0].kind != ItemKind::preposition) return nullptr;
  return &line.actors[0];
}

// "Name:" at the head of an answer.
bool is_label(const TextView& view, const Sentence& line) {
  return line.items.size() > 2 && line.items[0].kind == ItemKind::actor && line.actors[line.items[0].index].kind == ActorKind::name && line.items[1].kind == ItemKind::stop &&
         view.raw(line.items[1].begin, line.items[1].end) == ":";
}

}  // namespace

// "Minister for Foreign Affairs" over "Senator the Hon A", at the head of a release.
void Cast::link_head(std::vector<Sentence>& sentences) {
  if (own_ == kNoParty) return;
  for (std::size_t i = 0; i + 1 < sentences.size() && i < kHeadLinesMax && sentences[i].verbs.empty(); ++i) {
    const ActorMention* const post = sole_mention(sentences[i]);
    const ActorMention* const name = sole_mention(sentences[i + 1]);
    if (post == nullptr || name == nullptr || post->kind != ActorKind::post || !post->post || post->post->plural) continue;
    if (name->kind != ActorKind::person || name->post || name->persons.size() != 1 || persons_[name->persons[0]].has_post) continue;
    const PartyIndex of = post->post->of.empty() ? own_ : post->post->of[0];
    if (persons_[name->persons[0]].of == kNoParty) persons_[name->persons[0]].of = of;
    take_post(persons_[name->persons[0]], *post->post);
  }
}

// A name on a line of its own over a post: a signature.
void Cast::link_signatures(std::vector<Sentence>& sentences) {
  for (std::size_t i = 0; i + 1 < sentences.size(); ++i) {
    ActorMention* name = sole_mention(sentences[i]);
    if (name == nullptr && i < kHeadLinesMax) name = headed_by(sentences[i]);
    const ActorMention* const post = sole_mention(sentences[i + 1]);
    if (name == nullptr || post == nullptr || name->name_end - name->name_begin < 2) continue;
    const bool titled = name->kind == ActorKind::person && !name->post && name->persons.size() == 1;  // "Senator the Hon A"
    if (name->kind != ActorKind::name && !titled) continue;
    if (post->kind != ActorKind::post || !post->post || post->post->plural) continue;
    const PartyIndex of = post->post->of.empty() ? own_ : post->post->of[0];
    if (of == kNoParty) continue;
    if (!titled) add_person(*name, of, "", std::nullopt);
    else if (persons_[name->persons[0]].of == kNoParty) persons_[name->persons[0]].of = of;
    take_post(persons_[name->persons[0]], *post->post);
  }
}

// In questions and answers the label that returns most often is that of the one who answers for the publisher.
void Cast::link_answers(std::vector<Sentence>& sentences) {
  if (own_ == kNoParty) return;
  std::map<std::string, std::size_t> count;
  for (const Sentence& line : sentences)
    if (is_label(view_, line)) ++count[fold(view_.raw(line.items[0].begin, line.items[0].end))];
  if (count.size() < 2) return;
  const auto most = std::max_element(count.begin(), count.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  const bool alone = std::none_of(count.begin(), count.end(), [&](const auto& other) { return other.first != most->first && other.second == most->second; });
  if (most->second < kAnswersMin || !alone || most->first.find(' ') == std::string::npos) return;
  std::optional<std::uint32_t> speaker;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    Sentence& line = sentences[i];
    if (!is_label(view_, line)) continue;
    if (fold(view_.raw(line.items[0].begin, line.items[0].end)) != most->first) {
      questions_.push_back(static_cast<std::uint32_t>(i));
      continue;
    }
    ActorMention& actor = line.actors[line.items[0].index];
    if (speaker) {
      actor.kind = ActorKind::person;
      actor.persons = {*speaker};
    } else {
      speaker = add_person(actor, own_, "Spokesperson", graph::Level::working);
      persons_[*speaker].kind = PostKind::spokesperson;
    }
  }
}

}  // namespace entente::importers
