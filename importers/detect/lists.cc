#include "importers/detect/lists.h"

#include <algorithm>

#include "base/contains.h"
#include "importers/detect/posts_given.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kListItemsMax = 200;
constexpr std::size_t kTheyAreItemsMax = 8;
constexpr std::uint32_t kHeadMax = 2;   // sentences from what is told to "They are:"
constexpr std::size_t kBesideItemsMax = 3;  // from a name to its state
constexpr std::uint32_t kPresentersReach = 24;  // sentences in which those are named who presented credentials
constexpr std::uint32_t kNotesMax = 3;  // blocks of notes under an item

// What the list says of each of its items: who comes to the one that receives, or takes part.
std::optional<Part> part_of_item(const Draft& draft) {
  using graph::EventType;
  if (draft.type == EventType::accreditation || draft.type == EventType::courtesy_call) return Part::guest;
  if (draft.type == EventType::meeting || draft.type == EventType::call) return Part::participant;
  return std::nullopt;
}

bool starts_with_number(const Sentence& line) {
  if (line.items.empty()) return false;
  return line.items[0].kind == ItemKind::number || (line.items[0].kind == ItemKind::open && line.items.size() > 1 && line.items[1].kind == ItemKind::number);
}

enum class Mark : std::uint8_t { none, number, bullet };

Mark mark_of(const TextView& view, const Sentence& line) {
  if (starts_with_number(line)) return Mark::number;
  const Token& first = view.tokens[line.begin];
  return first.letters || first.digits ? Mark::none : Mark::bullet;
}

// "Meeting with A and the following Ambassadors:": a line that tells of something and ends in a colon heads a list of its own, so that
// the list above it is over. "1. A, Minister of B:" over a note of what was said is a point of the list.
bool heads_another(const TextView& view, const Sentence& line) { return !line.nouns.empty() && ends_with_colon(view, line) && !starts_with_number(line); }

bool names_nobody(const Draft& draft) {
  return std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.who.persons.empty() && t.who.parties.empty(); });
}

class List {
 public:
  List(TextView& view, Cast& cast, const Draft& pattern, Part part) : view_(view), cast_(cast), pattern_(pattern), part_(part) {}

  std::vector<Draft> under(std::uint32_t head) {
    std::vector<Draft> items;
    Mark marked = Mark::none;
    for (std::uint32_t i = head + 1; i < view_.sentences.size() && i <= head + kListItemsMax; ++i) {
      if (is_day(view_.sentences[i])) {  // "Wednesday 21 February" over the items of that day
        day_ = view_.sentences[i].dates[0];
        continue;
      }
      if (marked != Mark::number && heads_another(view_, view_.sentences[i])) break;  // in a numbered list it is a note under an item
      const Mark mark = mark_of(view_, view_.sentences[i]);
      auto item = marked != Mark::none && mark != marked ? std::nullopt : read_item(i);
      if (item && items.empty()) marked = mark;
      if (item && !items.empty() && is_post_of_last(items.back(), *item)) continue;
      const std::uint32_t notes = marked == Mark::number ? kNotesMax : 0;
      if (!item && marked != Mark::none && mark != marked && view_.sentences[i].block <= view_.sentences[items.back().sentence].block + notes) continue;  // a note under an item
      if (!item) break;
      items.push_back(std::move(*item));
    }
    return items;
  }

  // Those whom the sentences behind name: at once, or one by one.
  std::vector<Draft> in_next(std::uint32_t head) {
    if (head + 1 >= view_.sentences.size()) return {};
    if (std::vector<Draft> items = named_as_many(view_.sentences[head], head + 1, 1); !items.empty()) return items;
    if (std::vector<Draft> items = they_are(head + 1); !items.empty()) return items;
    for (std::uint32_t i = head + 1; i < view_.sentences.size() && i <= head + kHeadMax; ++i)
      if (ends_with_colon(view_, view_.sentences[i])) return {};  // "They are:" over a list
    return named_as_many(view_.sentences[head], head + 1, kPresentersReach);
  }

  // "They were A, Ambassador of B, and C, Ambassador of D."
  std::vector<Draft> they_are(std::uint32_t index) {
    const Sentence& line = view_.sentences[index];
    // "They were", "The new envoys are"
    std::size_t verb = 0;
    while (verb < line.items.size() && verb < kTheyAreItemsMax && line.items[verb].kind != ItemKind::verb) ++verb;
    // "Those who presented their letters were"
    const bool those = view_.word(line.begin) == "those" && verb > 0 && line.items[verb - 1].kind == ItemKind::relative;
    if (those)
      for (++verb; verb < line.items.size() && verb < kTheyAreItemsMax && line.items[verb].kind != ItemKind::verb;) ++verb;
    if (verb == 0 || verb + 1 >= line.items.size() || line.items[verb].kind != ItemKind::verb || !line.verbs[line.items[verb].index].copula) return {};
    const auto opens_with = [&](ActorKind kind) { return std::any_of(line.items.begin(), line.items.begin() + static_cast<std::ptrdiff_t>(verb), [&](const Item& item) { return item.kind == ItemKind::actor && line.actors[item.index].kind == kind; }); };
    const bool they = opens_with(ActorKind::plural) || opens_with(ActorKind::both);  // "They are", "The two are"
    const bool envoys = view_.info(line.items[verb].begin - 1).is(WordClass::minister_plural);
    if (!they && !envoys && !those) return {};
    return named_behind(index, verb + 1);
  }

  // "received the letters of credence of two Heads of Mission. The High Commissioner of A, X, and the one of B, Y, were welcomed", "The
  // first to present was the Ambassador of A, X. Y, Ambassador of B, came next": envoys, as many as were said.
  std::vector<Draft> named_as_many(const Sentence& head, std::uint32_t next, std::uint32_t reach) {
    if (pattern_.type != graph::EventType::accreditation) return {};
    const auto number = std::find_if(head.items.begin(), head.items.end(), [&](const Item& item) { return item.kind == ItemKind::number && view_.tokens[item.begin].number > 1 && !view_.tokens[item.begin].ordinal; });
    if (number == head.items.end()) return {};
    const auto said = static_cast<std::size_t>(view_.tokens[number->begin].number);
    std::vector<std::uint32_t> named;
    std::vector<Draft> items;
    for (std::uint32_t i = next; i < view_.sentences.size() && i < next + reach && items.size() < said; ++i)
      for (const ActorMention& actor : view_.sentences[i].actors) {
        if (actor.kind != ActorKind::person || actor.persons.size() != 1 || contains(named, actor.persons[0]) || items.size() == said) continue;
        const Person& person = cast_.persons()[actor.persons[0]];
        if (person.kind != PostKind::ambassador || person.former || person.of == kNoParty || person.of == cast_.own()) continue;
        named.push_back(actor.persons[0]);
        items.push_back(item_of(i, cast_.meant(actor)));
      }
    if (items.size() != said) items.clear();
    return items;
  }

  // "received credentials from five new envoys: the Ambassador of A, X; the Ambassador of B, Y"
  std::vector<Draft> in_same(std::uint32_t head) {
    const Sentence& line = view_.sentences[head];
    for (std::size_t i = 0; i < line.items.size(); ++i)
      if (line.items[i].kind == ItemKind::stop && view_.word(line.items[i].begin) == ":") return named_behind(head, i + 1);
    return {};
  }

 private:
  // "– Ms. A, Ambassador of B, who ...;" or "– B, Ms. A;": no verb of its own.
  std::optional<Draft> read_item(std::uint32_t index) {
    Sentence& line = view_.sentences[index];
    // "1) H.E. Mr. X, Minister of A": over a note of what was said the line reads like a heading, but it is a point of the list.
    const bool name_alone = line.items.size() == 1 && line.items[0].kind == ItemKind::actor && (line.actors[line.items[0].index].kind == ActorKind::person || line.actors[line.items[0].index].kind == ActorKind::post);
    if ((line.heading && !starts_with_number(line) && !name_alone) || line.items.empty() || has_own_verb(line)) return std::nullopt;
    for (std::size_t i = 0; i < line.items.size(); ++i) {
      if (line.items[i].kind != ItemKind::actor) continue;
      Meant who = guest_at(line, i);
      if (who.parties.empty()) who = of_country_behind(line, line.actors[line.items[i].index]);
      if (!who.parties.empty()) return dated(item_of(index, std::move(who)), line);
    }
    return std::nullopt;
  }

  // "Her Excellency A" over "Ambassador of B": the post of the one above.
  static bool is_post_of_last(const Draft& last, const Draft& item) {
    const Meant& who = item.takings.back().who;
    return item.sentence == last.sentence + 1 && who.persons.empty() && who.parties == last.takings.back().who.parties;
  }

  // One for each whom the sentence names from an item on, else for each state ("the ambassadors of: A, B"); none where there are fewer than two.
  std::vector<Draft> named_behind(std::uint32_t index, std::size_t from) {
    std::vector<Draft> items;
    Sentence& line = view_.sentences[index];
    for (std::size_t i = from; i < line.items.size(); ++i) {
      if (line.items[i].kind != ItemKind::actor) continue;
      Meant who = guest_at(line, i);
      if (!who.parties.empty()) items.push_back(item_of(index, std::move(who)));
    }
    if (items.empty() && pattern_.type == graph::EventType::accreditation)
      for (std::size_t i = from; i < line.items.size(); ++i)
        if (line.items[i].kind == ItemKind::actor && is_state(line.actors[line.items[i].index])) items.push_back(item_of(index, cast_.meant(line.actors[line.items[i].index])));
    if (items.size() < 2) items.clear();
    return items;
  }

  static bool is_state(const ActorMention& actor) { return actor.kind == ActorKind::party && actor.parties.size() == 1; }
  static bool is_name(const ActorMention& actor) { return actor.kind == ActorKind::name || (actor.kind == ActorKind::person && !actor.post && actor.persons.size() == 1); }

  // Who is named at an item, which is moved on to the last that tells it: "A, Ambassador of B", "A (B)", "A of B", "B: A", "B, A".
  Meant guest_at(Sentence& line, std::size_t& item) {
    ActorMention& actor = line.actors[line.items[item].index];
    if (actor.kind == ActorKind::person || actor.kind == ActorKind::post) {
      Meant who = cast_.meant(actor);
      if (!who.parties.empty()) return who;
    }
    const std::size_t other = actor_beside(line, item);
    if (other == line.items.size()) return {};
    ActorMention& second = line.actors[line.items[other].index];
    const bool state_first = is_state(actor);
    if (!(state_first ? is_name(second) : is_name(actor) && is_state(second))) return {};
    const std::optional<PostOfList> post = post_of_list();
    if (!post) return {};
    ActorMention& named = state_first ? second : actor;
    cast_.holder_named(named, (state_first ? actor : second).parties[0], post->title, post->level);
    item = other;
    return cast_.meant(named);
  }

  // The actor behind nothing but a comma, a dash, a bracket or "of"; the number of items where there is none.
  std::size_t actor_beside(const Sentence& line, std::size_t item) const {
    for (std::size_t i = item + 1; i < line.items.size() && i <= item + kBesideItemsMax; ++i) {
      const Item& here = line.items[i];
      if (here.kind == ItemKind::actor) return i;
      const bool dash = here.kind == ItemKind::word && !view_.tokens[here.begin].letters && !view_.tokens[here.begin].digits;
      const bool of = here.kind == ItemKind::preposition && (view_.word(here.begin) == "of" || view_.word(here.begin) == "from" || view_.word(here.begin) == "for");
      if (!dash && !of && here.kind != ItemKind::comma && here.kind != ItemKind::open && here.kind != ItemKind::determiner && here.kind != ItemKind::stop) break;
    }
    return line.items.size();
  }

  // "Ms. Ingrid Sandahl, who served in B before – Sweden": the country behind the name is the person's.
  Meant of_country_behind(const Sentence& line, ActorMention& actor) {
    if (actor.persons.size() != 1 || (actor.kind != ActorKind::person && actor.kind != ActorKind::post)) return {};
    const std::optional<PostOfList> post = post_of_list();
    for (const ActorMention& country : line.actors) {
      if (country.begin < actor.end || !is_state(country)) continue;
      Person& person = cast_.person(actor.persons[0]);
      person.of = country.parties[0];
      if (!person.has_post && post) {
        person.post = post->title;
        person.level = post->level;
        person.has_post = true;
      }
      return cast_.meant(actor);
    }
    return {};
  }

  static bool is_day(const Sentence& line) {
    return line.heading && line.dates.size() == 1 && (line.dates[0].first.day || line.dates[0].weekday) &&
           std::all_of(line.items.begin(), line.items.end(), [](const Item& item) { return item.kind == ItemKind::date || item.kind == ItemKind::comma || item.kind == ItemKind::stop; });
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

  struct PostOfList {
    std::string title;
    std::optional<graph::Level> level;
  };

  // What the head of the list calls them; who brings credentials is an ambassador.
  std::optional<PostOfList> post_of_list() const {
    const PostMention* post = nullptr;
    for (const ActorMention& actor : view_.sentences[pattern_.sentence].actors)
      if (actor.post && actor.post->plural) post = &*actor.post;
    if (post != nullptr) return PostOfList{title_of(*post), post->level};
    if (pattern_.type == graph::EventType::accreditation) return PostOfList{"Ambassador", graph::Level::working};
    return std::nullopt;
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
    item.listed = item.listed || pattern_.type == graph::EventType::accreditation;
    if (day_) item.date = day_;
    item.sentence = index;
    item.begin = view_.sentences[index].begin;
    item.end = view_.sentences[index].end;
    return item;
  }

  TextView& view_;
  Cast& cast_;
  const Draft pattern_;
  std::optional<DateExpr> day_;  // of the heading inside the list that was passed last
  Part part_;
};

}  // namespace

namespace {

// "The following instruments were signed: 1. an Agreement on ...; 2. ...": each is signed by itself.
// "(a) a Memorandum on Defence, signed by X and Y;": who signed this one.
void take_signers(const TextView& view, const Cast& cast, const Sentence& line, Draft& paper) {
  for (std::size_t i = 0; i + 1 < line.items.size(); ++i) {
    // "signed by A and B", "Agreement on C, by the Minister of A, X, and the Minister of B, Y"
    const bool behind_paper = line.items[i].kind == ItemKind::comma && line.items[i + 1].kind == ItemKind::preposition;
    if ((line.items[i].kind != ItemKind::verb && !behind_paper) || view.word(line.items[i + 1].begin) != "by") continue;
    for (std::size_t at = i + 2; at < line.items.size(); ++at) {
      const ItemKind kind = line.items[at].kind;
      if (kind == ItemKind::actor) {
        Meant signer = cast.meant(line.actors[line.items[at].index]);
        if (!signer.empty()) paper.takings.push_back({Part::signatory, Slot::by, std::move(signer), false});
      } else if (kind != ItemKind::comma && kind != ItemKind::conjunction && kind != ItemKind::determiner && kind != ItemKind::preposition) {
        break;
      }
    }
    return;
  }
}

// "(i) MoU between A and B on C; (ii) Agreement on D.": as many as there are points.
std::size_t papers_in(const TextView& view, const Sentence& line) {
  std::size_t papers = 0;
  for (std::size_t i = 0; i < line.items.size(); ++i) {
    if (line.items[i].kind != ItemKind::noun) continue;
    if (view.tables->noun_classes[view.tables->nouns[line.nouns[line.items[i].index].noun].noun_class] != "agreement") continue;
    std::size_t before = i;
    while (before > 0 && (line.items[before - 1].kind == ItemKind::determiner || line.items[before - 1].kind == ItemKind::word || line.items[before - 1].kind == ItemKind::adverb)) --before;
    const bool point = before == 0 || line.items[before - 1].kind == ItemKind::close || line.items[before - 1].kind == ItemKind::stop || line.items[before - 1].kind == ItemKind::number;
    if (point) ++papers;
  }
  return std::max<std::size_t>(papers, 1);
}

bool expand_papers(const TextView& view, const Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts) {
  const auto told = std::find_if(drafts.rbegin(), drafts.rend(), [&](const Draft& d) { return d.sentence != sentence || d.type == graph::EventType::agreement; });
  if (told == drafts.rend() || told->sentence != sentence) return false;
  std::vector<Draft> items;
  for (std::uint32_t i = sentence + 1; i < view.sentences.size() && i <= sentence + kListItemsMax; ++i) {
    const Sentence& line = view.sentences[i];
    const bool told_by_verb = !line.verbs.empty() && line.verbs[0].finite && !line.verbs[0].bare_participle;
    const bool by_somebody = !line.items.empty() && line.items[0].kind == ItemKind::actor && !line.actors[line.items[0].index].persons.empty();  // "President A himself signed the declaration"
    if (line.heading || told_by_verb || by_somebody || line.nouns.empty() || heads_another(view, line)) break;
    if (view.tables->noun_classes[view.tables->nouns[line.nouns[0].noun].noun_class] != "agreement") break;
    const std::size_t papers = papers_in(view, line);
    for (std::size_t paper = 0; paper < papers; ++paper) {
      Draft item = *told;
      item.count.reset();
      item.sentence = i;
      item.begin = line.begin;
      item.end = line.end;
      item.listed = true;
      if (papers == 1) take_signers(view, cast, line, item);
      items.push_back(std::move(item));
    }
  }
  if (items.size() < 2) return false;
  drafts.erase(std::next(told).base());
  drafts.insert(drafts.end(), items.begin(), items.end());
  return true;
}

}  // namespace

namespace {

// "They are:", "The new envoys are:": says no more than that the list of what was told before follows.
bool is_they_are(const Sentence& head) {
  const bool nouns = !head.nouns.empty() || !head.forums.empty();
  return !nouns && head.verbs.size() == 1 && head.verbs[0].copula && head.items.size() < kTheyAreItemsMax;
}

}  // namespace

namespace {

// "The following Heads of State were also present:", "Also taking part were:"
bool says_present(const TextView& view, const Sentence& head) {
  return std::any_of(head.items.begin(), head.items.end(), [&](const Item& item) {
    if (item.kind != ItemKind::verb) return view.word(item.end - 1) == "present" || view.word(item.end - 1) == "attendance";
    const VerbId main = head.verbs[item.index].main;
    return main != kNoVerb && view.tables->verbs[main].kind == VerbKind::attend && !head.verbs[item.index].negated;
  });
}

// Who stands under it was at what was told last.
bool list_present(TextView& view, const Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts) {
  if (!says_present(view, view.sentences[sentence])) return false;
  bool any = false;
  for (std::uint32_t i = sentence + 1; i < view.sentences.size() && i <= sentence + kListItemsMax; ++i) {
    const Sentence& line = view.sentences[i];
    const bool told = std::any_of(line.verbs.begin(), line.verbs.end(), [](const VerbGroup& verb) { return verb.finite; });
    const auto named = std::find_if(line.actors.begin(), line.actors.end(), [](const ActorMention& actor) { return actor.kind == ActorKind::person; });
    if (told || named == line.actors.end() || line.items.size() > kTheyAreItemsMax || (ends_with_colon(view, line) && says_present(view, line))) break;
    Draft draft;
    draft.rule = "talk.present";
    draft.joins_last = true;
    draft.sentence = i;
    draft.begin = line.begin;
    draft.end = line.end;
    draft.takings.push_back({Part::participant, Slot::subject, cast.meant(*named), false});
    drafts.push_back(std::move(draft));
    any = true;
  }
  return any;
}

}  // namespace

void expand_list(TextView& view, Cast& cast, std::uint32_t sentence, std::vector<Draft>& drafts) {
  const Sentence& head = view.sentences[sentence];
  if (head.end == head.begin) return;
  if (ends_with_colon(view, head) && expand_appointments(view, cast, sentence, drafts)) return;
  if (drafts.empty()) return;
  if (ends_with_colon(view, head) && list_present(view, cast, sentence, drafts)) return;
  if (ends_with_colon(view, head) && expand_papers(view, cast, sentence, drafts)) return;
  const bool names_only = is_they_are(head);
  auto told = std::find_if(drafts.rbegin(), drafts.rend(), [&](const Draft& d) { return (d.sentence != sentence && !names_only) || part_of_item(d); });
  // "On the sidelines of the meeting the Minister will hold the following meetings:": those, not that
  // "held a series of calls today to continue the consultations on C:": what was held, which stands first
  for (auto held = drafts.rbegin(); held != drafts.rend() && held->sentence == sentence; ++held)
    if (part_of_item(*held) && !held->background) told = held;
  if (told == drafts.rend() || (told->sentence != sentence && !(names_only && told->sentence + kHeadMax >= sentence))) return;
  const bool opens_list = ends_with_colon(view, head);
  const Part part = *part_of_item(*told);
  if (!opens_list && part != Part::guest) return;
  Draft pattern = *told;
  // "The Minister received five envoys. The envoys who presented credentials are:": the list is of what was told before.
  const auto whole = std::next(told);
  const bool again = whole != drafts.rend() && whole->type == pattern.type && whole->sentence != sentence && whole->sentence + kHeadMax >= sentence && names_nobody(pattern);
  if (again) pattern = *whole;
  if (!pattern.date && head.dates.size() == 1) pattern.date = head.dates[0];
  const bool named = std::any_of(pattern.takings.begin(), pattern.takings.end(), [&](const Taking& t) { return t.part == part && !t.who.persons.empty(); });
  List list(view, cast, pattern, part);
  std::vector<Draft> items;
  if (opens_list) items = list.under(sentence);
  else if (!named) items = list.in_same(sentence);
  if (items.empty() && !opens_list && !named) items = list.in_next(sentence);
  if (items.empty()) return;
  drafts.erase(std::next(told).base());
  if (again) drafts.pop_back();
  drafts.insert(drafts.end(), items.begin(), items.end());
}

}  // namespace entente::importers
