#include "importers/detect/lists.h"

#include <algorithm>

#include "importers/detect/posts_given.h"

namespace entente::importers {
namespace {

constexpr std::uint32_t kListItemsMax = 200;
constexpr std::size_t kTheyAreItemsMax = 8;
constexpr std::uint32_t kHeadMax = 2;   // sentences from what is told to "They are:"
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

bool ends_with_colon(const TextView& view, const Sentence& line) { return line.end > line.begin && view.raw(line.end - 1, line.end) == ":"; }

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
      const std::uint32_t notes = marked == Mark::number ? kNotesMax : 0;
      if (!item && marked != Mark::none && mark != marked && view_.sentences[i].block <= view_.sentences[items.back().sentence].block + notes) continue;  // a note under an item
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
    // "They were", "The new envoys are"
    std::size_t verb = 0;
    while (verb < line.items.size() && verb < kTheyAreItemsMax && line.items[verb].kind != ItemKind::verb) ++verb;
    // "Those who presented their letters were"
    const bool those = view_.word(line.begin) == "those" && verb > 0 && line.items[verb - 1].kind == ItemKind::relative;
    if (those)
      for (++verb; verb < line.items.size() && verb < kTheyAreItemsMax && line.items[verb].kind != ItemKind::verb;) ++verb;
    if (verb == 0 || verb + 1 >= line.items.size() || line.items[verb].kind != ItemKind::verb || !line.verbs[line.items[verb].index].copula) return items;
    const auto opens_with = [&](ActorKind kind) { return std::any_of(line.items.begin(), line.items.begin() + static_cast<std::ptrdiff_t>(verb), [&](const Item& item) { return item.kind == ItemKind::actor && line.actors[item.index].kind == kind; }); };
    const bool they = opens_with(ActorKind::plural) || opens_with(ActorKind::both);  // "They are", "The two are"
    const bool envoys = view_.info(line.items[verb].begin - 1).is(WordClass::minister_plural);
    if (!they && !envoys && !those) return items;
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
    // "1) H.E. Mr. X, Minister of A": over a note of what was said the line reads like a heading, but it is a point of the list.
    if ((line.heading && !starts_with_number(line)) || line.items.empty() || has_own_verb(line)) return std::nullopt;
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
      if (who.parties.empty()) who = of_country_behind(line, actor);
      if (who.parties.empty()) continue;
      return dated(item_of(index, std::move(who)), line);
    }
    return std::nullopt;
  }

  // "Ms. Ingrid Sandahl – Sweden": the country behind the name is the person's; who brings credentials is an ambassador.
  Meant of_country_behind(const Sentence& line, const ActorMention& actor) {
    if (actor.persons.size() != 1) return {};
    for (const ActorMention& country : line.actors) {
      if (country.begin < actor.end || country.kind != ActorKind::party || country.parties.size() != 1) continue;
      Person& person = cast_.person(actor.persons[0]);
      person.of = country.parties[0];
      if (!person.has_post && pattern_.type == graph::EventType::accreditation) {
        person.post = "Ambassador";
        person.level = graph::Level::working;
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
    if (line.items[i].kind != ItemKind::verb || view.word(line.items[i + 1].begin) != "by") continue;
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
    if (line.heading || told_by_verb || line.nouns.empty() || heads_another(view, line)) break;
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
  else if (part == Part::guest && !named) items = list.in_next(sentence);
  if (items.empty()) return;
  drafts.erase(std::next(told).base());
  if (again) drafts.pop_back();
  drafts.insert(drafts.end(), items.begin(), items.end());
}

}  // namespace entente::importers
