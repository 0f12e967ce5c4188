#include "importers/detect/posts_given.h"

#include <algorithm>
#include <utility>

#include "base/contains.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kLinesMax = 200;
constexpr std::uint32_t kLineItemsMax = 5;  // from a name to the post behind it

// The first appointment that the verbs or nouns of a sentence tell of; null where they tell of none.
const Frame* appointment_told(const TextView& view, const Sentence& head) {
  for (std::uint32_t t = head.begin; t < head.end; ++t) {
    const VerbForm& form = view.tables->verb_form(view.tokens[t].word);
    if (form.verb == kNoVerb) continue;
    if (const Frame* const frame = appointment_by(*view.tables, form.verb)) return frame;
  }
  return nullptr;
}

// "Ms A – Ambassador to B", "A, as Consul General in C": who is named in a line, and the post behind the name.
struct Named {
  ActorMention* who = nullptr;
  const PostMention* post = nullptr;
};

Named named_in(const TextView& view, Sentence& line) {
  Named found;
  for (std::uint32_t i = 0; i < line.items.size(); ++i) {
    const ItemKind kind = line.items[i].kind;
    if (found.who != nullptr && i > kLineItemsMax) break;
    if (kind == ItemKind::verb || kind == ItemKind::relative || kind == ItemKind::noun) break;
    if (kind != ItemKind::actor) continue;
    ActorMention& actor = line.actors[line.items[i].index];
    const bool name = actor.kind == ActorKind::person || (actor.kind == ActorKind::name && actor.name_end - actor.name_begin > 1);
    if (found.who == nullptr) {
      if (!name) break;
      found.who = &actor;
      if (!actor.post) continue;
      found.post = &*actor.post;
      break;
    }
    if (actor.kind == ActorKind::post && actor.post && !actor.post->plural) found.post = &*actor.post;
    break;
  }
  const bool former = found.post != nullptr && found.post->former;
  return found.post == nullptr || former || ends_with_colon(view, line) ? Named{} : found;
}

}  // namespace

const Frame* appointment_by(const LexiconTables& tables, VerbId verb) {
  const std::vector<Frame>& frames = tables.frames[verb];
  const auto frame = std::find_if(frames.begin(), frames.end(), [](const Frame& f) { return f.type == graph::EventType::appointment && f.object == ObjectNeed::person && f.particle.empty(); });
  return frame == frames.end() ? nullptr : &*frame;
}

std::optional<graph::Level> level_given(const LexiconTables& tables, const PostMention& post) {
  if (!post.of.empty() && tables.parties[post.of[0]].kind == graph::EntityKind::organisation) return std::nullopt;
  if (post.kind == PostKind::ambassador) return graph::Level::working;
  return post.kind == PostKind::envoy ? std::nullopt : post.level;
}

// "as Fiji's Ambassador to Indonesia", "sworn in as Minister of Defence of Fiji"
PartyIndex side_given(const LexiconTables& tables, const PostMention& post, PartyIndex side) {
  if (post.of.size() != 1) return side;
  const bool of_state = tables.parties[post.of[0]].kind == graph::EntityKind::country;
  return of_state || !post.to.empty() ? post.of[0] : side;
}

void give_post(Cast& cast, const LexiconTables& tables, ActorMention& appointee, const PostMention& post, PartyIndex side) {
  if (appointee.kind == ActorKind::name) {
    cast.add_person(appointee, side, cast.post_text(post), level_given(tables, post));
    return;
  }
  Person& person = cast.person(appointee.persons[0]);
  person.former = false;
  person.kind = post.kind;
  person.post = cast.post_text(post);
  person.has_post = true;
  person.of = side;
  person.level = level_given(tables, post);
}

void add_sides_of_post(Draft& draft, const PostMention& post, const std::vector<PartyIndex>& besides, PartyIndex side) {
  Meant to;
  to.parties = post.to.empty() ? post.of : post.to;
  for (const PartyIndex party : besides)
    if (!contains(to.parties, party)) to.parties.push_back(party);
  if (!to.parties.empty()) draft.takings.push_back({Part::participant, Slot::to, std::move(to), false});
  if (side != kNoParty) draft.takings.push_back({Part::participant, Slot::subject, Meant{{side}, {}, {}, {}}, false});
}

bool expand_appointments(TextView& view, Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts) {
  const Frame* frame = appointment_told(view, view.sentences[sentence]);
  if (frame == nullptr) return false;
  Draft pattern;
  pattern.type = graph::EventType::appointment;
  pattern.rule = frame->rule + ".listed";
  pattern.confidence = frame->confidence;
  pattern.listed = true;
  if (view.sentences[sentence].dates.size() == 1) pattern.date = view.sentences[sentence].dates[0];
  std::vector<Draft> items;
  for (std::uint32_t i = sentence + 1; i < view.sentences.size() && i <= sentence + kLinesMax; ++i) {
    Sentence& line = view.sentences[i];
    if (line.heading || line.end == line.begin) break;
    // behind points with a mark, a paragraph without one is no point
    if (!items.empty() && !view.tokens[view.sentences[items[0].sentence].begin].letters && view.tokens[line.begin].letters) break;
    const Named named = named_in(view, line);
    if (named.post == nullptr || (named.who->kind == ActorKind::person && named.who->persons.size() != 1)) break;
    const PostMention post = *named.post;
    const PartyIndex side = side_given(*view.tables, post, cast.own());
    give_post(cast, *view.tables, *named.who, post, side);
    Draft item = pattern;
    item.sentence = i;
    item.begin = line.begin;
    item.end = line.end;
    item.takings.push_back({Part::appointee, Slot::object, cast.meant(*named.who), false});
    add_sides_of_post(item, post, {}, side);
    items.push_back(std::move(item));
  }
  if (items.size() < 2) return false;
  std::erase_if(drafts, [&](const Draft& draft) { return draft.sentence == sentence && draft.type == graph::EventType::appointment; });
  drafts.insert(drafts.end(), std::make_move_iterator(items.begin()), std::make_move_iterator(items.end()));
  return true;
}

}  // namespace entente::importers
