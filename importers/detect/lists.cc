#include "importers/detect/lists.h"

#include <algorithm>

namespace entente::importers {
namespace {

constexpr std::uint32_t kListItemsMax = 200;

// What the list says of each of its items: who comes to the one that receives, or takes part.
std::optional<Part> part_of_item(const Draft& draft) {
  using graph::EventType;
  if (draft.type == EventType::accreditation || draft.type == EventType::courtesy_call) return Part::guest;
  if (draft.type == EventType::meeting || draft.type == EventType::call) return Part::participant;
  return std::nullopt;
}

class List {
 public:
  List(TextView& view, Cast& cast, const Draft& pattern, Part part) : view_(view), cast_(cast), pattern_(pattern), part_(part) {}

  std::vector<Draft> under(std::uint32_t head) {
    std::vector<Draft> items;
    for (std::uint32_t i = head + 1; i < view_.sentences.size() && i <= head + kListItemsMax; ++i) {
      auto item = read_item(i);
      if (!item) break;
      items.push_back(std::move(*item));
    }
    return items;
  }

  // "They were A, Ambassador of B, and C, Ambassador of D."
  std::vector<Draft> in_next(std::uint32_t head) {
    std::vector<Draft> items;
    if (head + 1 >= view_.sentences.size()) return items;
    const Sentence& line = view_.sentences[head + 1];
    if (line.items.size() < 3 || line.items[0].kind != ItemKind::actor || line.items[1].kind != ItemKind::verb) return items;
    if (line.actors[line.items[0].index].kind != ActorKind::plural || !line.verbs[line.items[1].index].copula) return items;
    for (const ActorMention& actor : line.actors) {
      if (actor.kind != ActorKind::person) continue;
      Meant who = cast_.meant(actor);
      if (who.parties.empty()) continue;
      items.push_back(item_of(head + 1, std::move(who)));
    }
    if (items.size() < 2) items.clear();
    return items;
  }

 private:
  // "– Ms. A, Ambassador of B, who ...;" or "– B, Ms. A;": no verb of its own.
  std::optional<Draft> read_item(std::uint32_t index) {
    Sentence& line = view_.sentences[index];
    if (line.heading || line.items.empty() || has_own_verb(line)) return std::nullopt;
    for (std::size_t i = 0; i < line.items.size(); ++i) {
      if (line.items[i].kind != ItemKind::actor) continue;
      ActorMention& actor = line.actors[line.items[i].index];
      if (actor.kind == ActorKind::party) {
        auto who = holder_behind(index, i);
        if (who) return dated(item_of(index, std::move(*who)), line);
        continue;
      }
      if (actor.kind != ActorKind::person && actor.kind != ActorKind::post) continue;
      Meant who = cast_.meant(actor);
      if (who.parties.empty()) continue;
      return dated(item_of(index, std::move(who)), line);
    }
    return std::nullopt;
  }

  static bool has_own_verb(const Sentence& line) {
    for (const Item& item : line.items) {
      if (item.kind == ItemKind::relative) return false;
      if (item.kind == ItemKind::verb && line.verbs[item.index].finite) return true;
    }
    return false;
  }

  static Draft dated(Draft draft, const Sentence& line) {
    if (!line.dates.empty()) {
      const auto relative = std::find_if(line.items.begin(), line.items.end(), [](const Item& item) { return item.kind == ItemKind::relative; });
      if (relative == line.items.end()) draft.date = line.dates[0];
    }
    return draft;
  }

  // "Croatia, Jelena Marković": the one whom the head of the list calls an ambassador.
  std::optional<Meant> holder_behind(std::uint32_t index, std::size_t party) {
    Sentence& line = view_.sentences[index];
    if (party + 2 >= line.items.size() || line.items[party + 1].kind != ItemKind::comma || line.items[party + 2].kind != ItemKind::actor) return std::nullopt;
    const ActorMention state = line.actors[line.items[party].index];
    ActorMention& named = line.actors[line.items[party + 2].index];
    if (state.parties.size() != 1 || (named.kind != ActorKind::name && !(named.kind == ActorKind::person && !named.post))) return std::nullopt;
    const PostMention* const post = plural_post(view_.sentences[pattern_.sentence]);
    if (post == nullptr) return std::nullopt;
    std::string title = title_of(*post);
    if (named.kind == ActorKind::name) {
      cast_.add_person(named, state.parties[0], std::move(title), post->level);
    } else {
      Person& person = cast_.person(named.persons[0]);
      if (person.of == kNoParty) person.of = state.parties[0];
      if (!person.has_post) {
        person.post = std::move(title);
        person.level = post->level;
        person.has_post = true;
      }
    }
    return cast_.meant(named);
  }

  static const PostMention* plural_post(const Sentence& head) {
    const PostMention* found = nullptr;
    for (const ActorMention& actor : head.actors)
      if (actor.post && actor.post->plural) found = &*actor.post;
    return found;
  }

  // "new ambassadors" -> "Ambassador"
  std::string title_of(const PostMention& post) const {
    std::string title(view_.raw(post.head_begin, post.head_end));
    if (title.ends_with('s')) title.pop_back();
    if (!title.empty() && title[0] >= 'a' && title[0] <= 'z') title[0] = static_cast<char>(title[0] - 'a' + 'A');
    return title;
  }

  Draft item_of(std::uint32_t index, Meant who) const {
    Draft item = pattern_;
    item.takings.clear();
    for (const Taking& taking : pattern_.takings)
      if (taking.part != part_ || !taking.who.persons.empty()) item.takings.push_back(taking);
    item.takings.push_back({part_, Slot::object, std::move(who), false});
    item.count.reset();
    item.sentence = index;
    item.begin = view_.sentences[index].begin;
    item.end = view_.sentences[index].end;
    return item;
  }

  TextView& view_;
  Cast& cast_;
  const Draft pattern_;
  Part part_;
};

}  // namespace

void expand_list(TextView& view, Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts) {
  const Sentence& head = view.sentences[sentence];
  if (drafts.empty() || head.end == head.begin || drafts.back().sentence != sentence) return;
  const auto part = part_of_item(drafts.back());
  if (!part) return;
  const bool named = std::any_of(drafts.back().takings.begin(), drafts.back().takings.end(), [&](const Taking& t) { return t.part == *part && !t.who.persons.empty(); });
  if (!drafts.back().date && head.dates.size() == 1) drafts.back().date = head.dates[0];
  List list(view, cast, drafts.back(), *part);
  std::vector<Draft> items;
  if (view.raw(head.end - 1, head.end) == ":") items = list.under(sentence);
  else if (*part == Part::guest && !named) items = list.in_next(sentence);
  if (items.empty()) return;
  drafts.pop_back();
  drafts.insert(drafts.end(), items.begin(), items.end());
}

}  // namespace entente::importers
