#include "importers/resolve/cast.h"

#include <algorithm>
#include <functional>

#include "base/contains.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr std::size_t kDatelineItemsMax = 4;
constexpr std::size_t kAsideItemsMax = 16;  // between two commas
// How far back a short mention is looked up. No release names so many persons between a name and its short form; a bound
// keeps a text of ten thousand names linear.
constexpr std::size_t kLookBackMax = 256;

// Every word, or for an initial a word that begins so: "T. Jumabekov" is Talant Jumabekov. One word at least is the same.
bool all_in(const std::vector<std::string>& words, const std::vector<std::string>& of) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return contains(of, word); }) && std::all_of(words.begin(), words.end(), [&](const std::string& word) {
           const bool initial = words.size() > 1 && decode_utf8(word, 0).bytes == word.size() && static_cast<std::uint8_t>(word[0]) < 0x80U;
           return contains(of, word) || (initial && std::any_of(of.begin(), of.end(), [&](const std::string& other) { return other.starts_with(word); }));
         });
}

// "T. Jumabekov" is Talant Jumabekov: letters with a stop stand for given names, the rest is the same.
bool all_but_initials_in(const std::vector<std::string>& words, const std::vector<std::string>& of) {
  bool full = false;
  bool initial = false;
  for (const std::string& word : words) {
    const bool letter = word.size() > 1 && word.back() == '.' ? decode_utf8(word, 0).bytes + 1 == word.size() : decode_utf8(word, 0).bytes == word.size();
    if (contains(of, word)) {
      full = full || !letter;
      continue;
    }
    if (!letter) return false;
    const std::string_view first = std::string_view(word).substr(0, decode_utf8(word, 0).bytes);
    if (std::none_of(of.begin(), of.end(), [&](const std::string& name) { return name.starts_with(first); })) return false;
    initial = true;
  }
  return full && initial;
}

// "조" of "조태열": a family name alone, in a script that writes names as one word.
bool is_family_of(const std::vector<std::string>& words, const std::vector<std::string>& of) {
  const bool wide = !words.empty() && static_cast<std::uint8_t>(words[0][0]) >= 0x80U;
  return wide && words.size() == 1 && of.size() == 1 && of[0].size() > words[0].size() && of[0].starts_with(words[0]) && decode_utf8(words[0], 0).bytes == words[0].size();
}

bool is_higher(std::optional<graph::Level> a, std::optional<graph::Level> b) { return a && (!b || *a < *b); }

// Past "(Heinz Alfred)", which is no part of the name.
std::uint32_t past_aside(const TextView& view, std::uint32_t i, std::uint32_t end) {
  if (view.raw(i, i + 1) != "(") return i;
  while (i < end && view.raw(i, i + 1) != ")") ++i;
  return std::min(i + 1, end);
}

}  // namespace

std::vector<std::string> Cast::name_words(const ActorMention& actor) const {
  std::vector<std::string> words;
  for (std::uint32_t i = actor.name_begin; i < actor.name_end; ++i) {
    i = past_aside(view_, i, actor.name_end);
    if (i >= actor.name_end || !view_.tokens[i].letters) continue;
    // "Ts.Batsukh": an initial written together with its name
    std::string_view word = view_.raw(i, i + 1);
    for (std::size_t stop = word.find('.'); stop != std::string_view::npos && stop + 1 < word.size(); stop = word.find('.')) {
      words.push_back(fold(word.substr(0, stop)));
      word.remove_prefix(stop + 1);
    }
    words.push_back(fold(word));
  }
  return words;
}

std::string Cast::name_text(const ActorMention& actor) const {
  for (std::uint32_t i = actor.name_begin; i < actor.name_end; ++i) {
    const std::uint32_t past = past_aside(view_, i, actor.name_end);
    if (past != i && past < actor.name_end && i > actor.name_begin) return std::string(view_.raw(actor.name_begin, i)) + " " + std::string(view_.raw(past, actor.name_end));
  }
  return std::string(view_.raw(actor.name_begin, actor.name_end));
}

void Cast::find_topic(const std::vector<Sentence>& sentences) {
  if (sentences.empty() || !sentences[0].heading) return;
  std::vector<PartyIndex> named;
  for (const ActorMention& actor : sentences[0].actors)
    for (const PartyIndex party : actor.parties)
      if (view_.tables->parties[party].kind == graph::EntityKind::country) add_once(named, party);
  if (named.size() == 1 && own_ != kNoParty) add_once(named, own_);
  // "Serbia/Yugoslavia": a state and one that took its place are one side; the last named stands for both.
  if (named.size() == 3)
    for (std::size_t i = 0; i + 1 < named.size(); ++i)
      if (view_.tables->kin(named[i], named[i + 1])) {
        named.erase(named.begin() + static_cast<std::ptrdiff_t>(i));
        break;
      }
  if (named.size() == 2) topic_ = std::move(named);
}

// "SEOUL, 19 November –", "(MFA, Addis Ababa)", "Da Nang (VNA) –": the town at the head of the first paragraph.
void Cast::find_dateline(const std::vector<Sentence>& sentences) {
  const auto first = std::find_if(sentences.begin(), sentences.end(), [](const Sentence& s) { return !s.heading && !s.items.empty(); });
  if (first == sentences.end()) return;
  for (std::size_t i = 0; i + 1 < first->items.size() && i < kDatelineItemsMax; ++i) {
    const Item& item = first->items[i];
    if (item.kind == ItemKind::verb) return;
    if (item.kind != ItemKind::actor || first->actors[item.index].kind != ActorKind::city) continue;
    if (first->items[i + 1].kind == ItemKind::verb || first->items[i + 1].kind == ItemKind::possessive) return;
    dateline_in_brackets_ = i > 0 && std::any_of(first->items.begin(), first->items.begin() + static_cast<std::ptrdiff_t>(i), [](const Item& before) { return before.kind == ItemKind::open; });
    dateline_city_ = first->actors[item.index].city;
    last_city_ = dateline_city_;
    return;
  }
}

void Cast::collect(std::vector<Sentence>& sentences) {
  find_dateline(sentences);
  find_topic(sentences);
  for (Sentence& sentence : sentences) {
    const std::size_t known = persons_.size();
    for (ActorMention& actor : sentence.actors)
      if (actor.kind == ActorKind::person) collect_one(actor);
    link_of_each(sentence);
    link_counterparts(sentence);
    link_appointed(sentence);
    link_successors(sentence);
    link_possessed(sentence);
    link_listed(sentence);
    link_inviters(sentence);
    link_labelled(sentence, known);
    link_post_again(sentence);
    link_chair_of_turn(sentence);
    link_heads(sentence);
    link_pair(sentence);
    link_candidates(sentence);
    link_sides(sentence);
    link_two(sentence);
    link_signer_there(sentence);
    link_elected(sentence);
    link_companions(sentence);
    for (const ActorMention& actor : sentence.actors)
      if (actor.kind == ActorKind::party && actor.parties.size() == 1 && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) saw_party(actor.parties[0]);
    for (const ForumMention& forum : sentence.forums)
      if (forum.parties.size() == 2) forum_pair_ = forum.parties;
    for (const ActorMention& actor : sentence.actors)
      if (actor.kind == ActorKind::city && actor.parties.size() == 1 && actor.parties[0] != own_) town_told_ = actor.parties[0];
  }
  counterpart_ = kNoParty;
  for (Sentence& sentence : sentences)
    for (ActorMention& actor : sentence.actors)
      if (actor.kind == ActorKind::name) link_name(actor);
  link_presenters(sentences);
  link_signatures(sentences);
  link_head(sentences);
  link_answers(sentences);
  find_speaker(sentences);
  note_cities(sentences);
  note_addressed(sentences);
  find_teller(sentences);
}

// "met with Minister A", "was received by Minister A": "the Minister" in a sentence before that is not he.
void Cast::note_addressed(const std::vector<Sentence>& sentences) {
  std::vector<bool> seen(persons_.size(), false);
  for (const Sentence& sentence : sentences)
    for (std::size_t i = 0; i < sentence.items.size(); ++i) {
      if (sentence.items[i].kind != ItemKind::actor) continue;
      const ActorMention& actor = sentence.actors[sentence.items[i].index];
      std::size_t before = i;
      while (before > 0 && (sentence.items[before - 1].kind == ItemKind::determiner || sentence.items[before - 1].kind == ItemKind::adverb)) --before;
      bool addressed = false;
      if (before > 0 && sentence.items[before - 1].kind == ItemKind::preposition) {
        const Word word = view_.word(sentence.items[before - 1].begin);
        addressed = word == "with" || word == "on" || word == "by" || word == "to" || word == "from";
      } else if (before > 0 && sentence.items[before - 1].kind == ItemKind::verb) {
        const VerbId main = sentence.verbs[sentence.items[before - 1].index].main;
        addressed = main != kNoVerb && view_.tables->verbs[main].kind != VerbKind::report;
      }
      for (const std::uint32_t person : actor.persons) {
        if (!seen[person]) persons_[person].addressed = addressed;
        seen[person] = true;
      }
    }
}

void Cast::collect_one(ActorMention& actor) {
  const std::vector<std::string> words = name_words(actor);
  if (words.empty()) return;
  if (is_historic(actor)) historic_end_ = actor.end;
  if (const auto known = find_person(words, actor)) {
    enrich(*known, actor, words);
    actor.persons = {*known};
    return;
  }
  // "To the Ghanaian envoy, H.E. Girma spoke": a known name behind a comma is not the one whose post stands before it.
  if (words.size() == 1 && actor.post && actor.post->full_end < actor.name_begin && view_.raw(actor.post->full_end, actor.post->full_end + 1) == ",")
    if (const auto alike = named_alike(words); !alike.empty()) {
      actor.persons = {alike.front()};
      return;
    }
  Person person;
  person.name = name_text(actor);
  person.words = words;
  person.historic = is_historic(actor);
  actor.persons = {add(std::move(person))};
  if (actor.own_post && actor.begin > 0 && view_.word(actor.begin - 1) == "our" && persons_[actor.persons[0]].of == kNoParty) persons_[actor.persons[0]].of = own_;
  enrich(actor.persons[0], actor, words);
}

std::uint32_t Cast::add(Person person) {
  persons_.push_back(std::move(person));
  older_.push_back(kNone);
  newer_.push_back(kNone);
  const auto index = static_cast<std::uint32_t>(persons_.size() - 1);
  index_name(index);
  return index;
}

void Cast::index_name(std::uint32_t person) {
  std::vector<std::string> words = persons_[person].words;
  if (words.size() == 1 && static_cast<std::uint8_t>(words[0][0]) >= 0x80U) words.push_back(words[0].substr(0, decode_utf8(words[0], 0).bytes));
  for (const std::string& word : words) {
    std::vector<std::uint32_t>& list = by_word_[word];
    const auto at = std::lower_bound(list.begin(), list.end(), person);
    if (at == list.end() || *at != person) list.insert(at, person);
  }
}

// Who shares a word of the name, the last named first.
std::vector<std::uint32_t> Cast::named_alike(const std::vector<std::string>& words) const {
  std::vector<std::uint32_t> found;
  for (const std::string& word : words) {
    const auto list = by_word_.find(word);
    if (list == by_word_.end()) continue;
    const std::size_t count = std::min(list->second.size(), kLookBackMax);
    found.insert(found.end(), list->second.end() - static_cast<std::ptrdiff_t>(count), list->second.end());
  }
  std::sort(found.begin(), found.end(), std::greater<>());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

// Persons by their last mention, the latest first; `take` says true when it has found whom it seeks.
template <class Take>
void Cast::each_recent(Take take) const {
  std::size_t seen = 0;
  for (std::uint32_t person = latest_; person != kNone && seen < kLookBackMax; person = older_[person], ++seen)
    if (take(person)) return;
}

// "the late Kofi Annan", "the legacy of Kwame Nkrumah and Emperor Haile Selassie", "since the days of President K.".
bool Cast::is_historic(const ActorMention& actor) const {
  bool late = false;
  for (std::uint32_t i = actor.begin; i < actor.name_begin; ++i) late = late || view_.word(i) == "late";
  const auto before = [&](std::uint32_t steps) { return actor.begin >= steps ? view_.word(actor.begin - steps) : Word(); };
  const std::uint32_t of = before(1) == "the" ? 2 : 1;
  const bool named = before(of) == "of" && actor.begin > of && view_.info(actor.begin - of - 1).is(WordClass::historic);
  bool joined = historic_end_ != 0 && before(1) == "and" && actor.begin - 1 == historic_end_;
  if (before(1) == "and" && actor.begin > 3) {  // "the legacy of Kwame Nkrumah and Emperor H."
    std::uint32_t first = actor.begin - 1;
    while (first > 1 && actor.begin - first < 6 && view_.tokens[first - 1].capital) --first;
    joined = joined || (first > 1 && first < actor.begin - 1 && view_.word(first - 1) == "of" && view_.info(first - 2).is(WordClass::historic));
  }
  return late || before(1) == "late" || named || joined;
}

// "his Omani counterpart, Salim bin Harith Al Ruqaishi": the same post on the other side.
void Cast::link_counterparts(Sentence& sentence) {
  for (std::size_t i = 0; i + 1 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& counterpart = sentence.actors[sentence.items[i].index];
    if (counterpart.kind == ActorKind::counterpart && counterpart.parties.size() > 1) link_counterparts_of(sentence, i, counterpart);
    if (counterpart.kind != ActorKind::counterpart || counterpart.parties.size() > 1) continue;
    std::size_t next = i + 1;
    PartyIndex there = kNoParty;  // "my opposite number in Pristina, Foreign Minister A"
    if (counterpart.parties.empty() && next + 2 < sentence.items.size() && sentence.items[next].kind == ItemKind::preposition && sentence.items[next + 1].kind == ItemKind::actor &&
        sentence.items[next + 2].kind == ItemKind::comma && (view_.word(sentence.items[next].begin) == "in" || view_.word(sentence.items[next].begin) == "from")) {
      const ActorMention& place = sentence.actors[sentence.items[next + 1].index];
      if ((place.kind == ActorKind::city || place.kind == ActorKind::party) && place.parties.size() == 1 && place.parties[0] != own_) there = place.parties[0];
      if (there != kNoParty) next += 2;
    }
    if (sentence.items[next].kind == ItemKind::comma) ++next;
    if (next >= sentence.items.size() || sentence.items[next].kind != ItemKind::actor) continue;
    ActorMention& named = sentence.actors[sentence.items[next].index];
    if (named.kind != ActorKind::name && named.kind != ActorKind::person) continue;
    if (there == kNoParty && counterpart.parties.empty() && view_.word(sentence.begin) == "there") there = town_told_;
    PartyIndex other = there != kNoParty ? there : !counterpart.parties.empty() ? counterpart.parties[0] : partner_in_forum(sentence, i);
    if (other == kNoParty) other = state_before(sentence, i);
    if (other == kNoParty && own_ != kNoParty && counterpart_ != own_ && view_.word(counterpart.end - 1) != "colleague") other = counterpart_;  // not "my colleague"
    link_more_counterparts(sentence, next, other);
    std::string post;
    std::optional<graph::Level> level;
    std::optional<graph::Level> said;  // "the Minister ... with his counterpart"
    for (std::size_t before = i; before-- > 0;) {
      if (sentence.items[before].kind != ItemKind::actor) continue;
      const ActorMention& holder = sentence.actors[sentence.items[before].index];
      if (!said && holder.kind == ActorKind::post && holder.post && !holder.post->plural) said = holder.post->level;
      if (holder.persons.empty() || !persons_[holder.persons[0]].has_post) continue;
      post = persons_[holder.persons[0]].post;
      level = persons_[holder.persons[0]].level;
      break;
    }
    // "he opened, together with his Gabonese counterpart, Ms. A,": he was named before, and is ours where both may be meant
    for (std::size_t holder = 0; post.empty() && holder < persons_.size() && holder < kLookBackMax; ++holder) {
      if (said && persons_[holder].level != said) continue;
      if (!persons_[holder].has_post || persons_[holder].historic || (persons_[holder].of != own_ && persons_[holder].of != kNoParty)) continue;
      post = persons_[holder].post;
      level = persons_[holder].level;
    }
    // a full name that is known already is that person
    const bool full = named.name_end - named.name_begin > 1;
    if (named.kind == ActorKind::name && !(full && link_name(named))) {
      add_person(named, other, post, level);
    } else if (other != kNoParty && !named.persons.empty() && persons_[named.persons[0]].of == kNoParty) {
      Person& person = persons_[named.persons[0]];
      person.of = other;
      if (!person.has_post && !post.empty()) {
        person.post = post;
        person.level = level;
        person.has_post = true;
      }
    }
  }
}

// "attended the A-B Dialogue with her counterpart": with whom we hold what stands before; kNoParty for none.
PartyIndex Cast::partner_in_forum(const Sentence& sentence, std::size_t item) const {
  for (std::size_t i = item; i-- > 0;) {
    if (sentence.items[i].kind != ItemKind::forum) continue;
    const std::vector<PartyIndex>& parties = sentence.forums[sentence.items[i].index].parties;
    if (parties.size() == 2 && own_ != kNoParty && (parties[0] == own_) != (parties[1] == own_)) return parties[0] == own_ ? parties[1] : parties[0];
  }
  return kNoParty;
}

// "In Ulaanbaatar she will hold talks with her counterpart": the foreign state named last before; kNoParty for none.
PartyIndex Cast::state_before(const Sentence& sentence, std::size_t item) const {
  for (std::size_t i = item; i-- > 0;) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind != ActorKind::party && actor.kind != ActorKind::city) continue;
    if (actor.parties.size() == 1 && actor.parties[0] != own_ && view_.tables->parties[actor.parties[0]].kind == graph::EntityKind::country) return actor.parties[0];
  }
  return kNoParty;
}

// "granted agrément to X as Ambassador of A to B", "the appointment of Y as Special Envoy": the post that a name is given.
void Cast::link_appointed(Sentence& sentence) {
  for (std::size_t i = 0; i + 2 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    ActorMention& named = sentence.actors[sentence.items[i].index];
    const bool name = named.kind == ActorKind::name && named.name_end - named.name_begin >= 2;
    const bool bare = named.kind == ActorKind::person && named.honorific && !named.post;
    if (!name && !bare) continue;
    std::size_t next = i + 1;
    // "the appointment of X of Portugal as": where somebody is from.
    if (sentence.items[next].kind == ItemKind::preposition && view_.word(sentence.items[next].begin) == "of" && next + 3 < sentence.items.size()) {
      std::size_t home = next + 1;
      if (sentence.items[home].kind == ItemKind::determiner) ++home;
      if (sentence.items[home].kind == ItemKind::actor && sentence.actors[sentence.items[home].index].kind == ActorKind::party && home + 2 < sentence.items.size()) next = home + 1;
    }
    // "named X, a diplomat of long service, as Ambassador of A": past what is said of somebody
    if (sentence.items[next].kind == ItemKind::comma)
      for (std::size_t past = next + 1; past + 2 < sentence.items.size() && past < next + kAsideItemsMax && sentence.items[past].kind != ItemKind::verb && sentence.items[past].kind != ItemKind::stop; ++past)
        if (sentence.items[past].kind == ItemKind::comma && view_.word(sentence.items[past + 1].begin) == "as") {
          next = past + 1;
          break;
        }
    const std::size_t link = next;
    // "X will be the next envoy of A", "X, who was Ambassador to B"
    if (sentence.items[next].kind == ItemKind::comma && sentence.items[next + 1].kind == ItemKind::relative) next += 2;
    const bool as = next == link && sentence.items[next].kind == ItemKind::preposition && view_.word(sentence.items[next].begin) == "as";
    const bool is = next < sentence.items.size() && sentence.items[next].kind == ItemKind::verb && sentence.verbs[sentence.items[next].index].copula && !sentence.verbs[sentence.items[next].index].negated;
    if (!as && !is) continue;
    ++next;
    while (next < sentence.items.size() && (sentence.items[next].kind == ItemKind::determiner || sentence.items[next].kind == ItemKind::word || sentence.items[next].kind == ItemKind::number)) ++next;
    if (next >= sentence.items.size() || sentence.items[next].kind != ItemKind::actor) continue;
    const ActorMention& holder = sentence.actors[sentence.items[next].index];
    if (holder.kind != ActorKind::post || !holder.post || holder.post->plural) continue;
    if (named.kind == ActorKind::name && !link_name(named)) add_person(named, kNoParty, "", std::nullopt);
    Person& person = persons_[named.persons[0]];
    if (person.has_post) continue;
    if (person.of == kNoParty && !holder.post->of.empty()) person.of = holder.post->of[0];
    take_post(person, *holder.post);
  }
}

// "Egypt was represented by its Foreign Minister, X", "was hosted by A and chaired by that country's Prime Minister, Y": of the state that is meant.
void Cast::link_possessed(Sentence& sentence) {
  for (std::size_t i = 1; i < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const bool signs = i > 2 && sentence.items[i - 1].kind == ItemKind::preposition && view_.word(sentence.items[i - 1].begin) == "by" && sentence.items[i - 2].kind == ItemKind::actor &&
                       sentence.actors[sentence.items[i - 2].index].kind == ActorKind::party && sentence.actors[sentence.items[i - 2].index].parties.size() == 1 &&
                       (view_.word(sentence.items[i - 3].begin) == "for" || view_.word(sentence.items[i - 3].begin) == "of");
    const bool its = sentence.items[i - 1].kind == ItemKind::determiner && view_.word(sentence.items[i - 1].begin) == "its";
    const bool countrys = i > 2 && sentence.items[i - 1].kind == ItemKind::possessive && sentence.items[i - 2].kind == ItemKind::word && view_.info(sentence.items[i - 2].end - 1).is(WordClass::state_noun);
    if (!signs && !its && !countrys) continue;
    const ActorMention& holder = sentence.actors[sentence.items[i].index];
    if (holder.kind != ActorKind::person || holder.persons.empty() || persons_[holder.persons[0]].of != kNoParty) continue;
    // "signed for Finland by A and for Namibia by B"
    if (signs) {
      persons_[holder.persons[0]].of = sentence.actors[sentence.items[i - 2].index].parties[0];
      continue;
    }
    for (std::size_t before = i - 1; before-- > 0;) {
      if (sentence.items[before].kind != ItemKind::actor) continue;
      const ActorMention& owner = sentence.actors[sentence.items[before].index];
      if (owner.kind != ActorKind::party && owner.kind != ActorKind::adjective) continue;
      if (owner.parties.size() == 1) persons_[holder.persons[0]].of = owner.parties[0];
      break;
    }
  }
}

std::optional<std::uint32_t> Cast::find_person(const std::vector<std::string>& words, const ActorMention& actor) const {
  std::optional<std::uint32_t> without_post;
  for (const std::uint32_t i : named_alike(words)) {
    const Person& person = persons_[i];
    const bool same = all_in(words, person.words) || all_in(person.words, words) || is_family_of(words, person.words) || all_but_initials_in(words, person.words) || all_but_initials_in(person.words, words);
    if (!same || !agrees(person, actor)) continue;
    if (!actor.post || person.has_post) return i;
    if (!without_post) without_post = i;  // "President A and Mrs B A": "President A" is the one whose post was told
  }
  if (without_post) return without_post;
  // "Director Guo", "Chancellor Ugarteche": another word for the office of the only one who has the name, when he has a full
  // name and nothing speaks for another country.
  if (const auto alike = named_alike(words); words.size() == 1 && alike.size() == 1) {
    const Person& person = persons_[alike[0]];
    const bool other_country = actor.post && !actor.post->of.empty() && person.of != kNoParty && actor.post->of[0] != person.of;
    const bool by_office = actor.post && (actor.post->kind == PostKind::director || actor.post->kind == PostKind::ambassador || actor.post->kind == PostKind::government || actor.post->kind == PostKind::secretary);
    if (person.words.size() > 1 && !other_country && by_office && person.has_post && person.kind != PostKind::monarch) return alike[0];
  }
  return std::nullopt;
}

// Whether what the mention says of the person can be so: the same country, a post that shares its head.
bool Cast::agrees(const Person& person, const ActorMention& actor) const {
  if (!actor.post) return true;
  if (!actor.post->of.empty() && person.of != kNoParty && actor.post->of[0] != person.of) return false;
  if (!person.has_post) return true;
  for (std::uint32_t i = actor.post->head_begin; i < actor.post->head_end && i < actor.post->end; ++i)
    if (contains(person.post_words, view_.tokens[i].word)) return true;
  return actor.post->level == person.level;
}

void Cast::enrich(std::uint32_t index, const ActorMention& actor, const std::vector<std::string>& words) {
  Person& person = persons_[index];
  if (words.size() > person.words.size() || all_but_initials_in(person.words, words)) {
    person.name = name_text(actor);
    person.words = words;
    index_name(index);
  }
  if (!actor.post && actor.honorific && actor.parties.size() == 1 && person.of == kNoParty) person.of = actor.parties[0];  // "Ms. A of Botswana"
  if (!actor.post) return;
  if (person.of == kNoParty && !actor.post->of.empty()) person.of = actor.post->of[0];
  if (person.of == kNoParty && actor.post->ours) person.ours = true;
  if (person.of == kNoParty && actor.other_post && !actor.other_post->of.empty()) person.of = actor.other_post->of[0];
  take_post(person, *actor.post);
  if (actor.other_post) take_post(person, *actor.other_post);
}

std::string Cast::post_text(const PostMention& whole) const {
  PostMention post = whole;
  const auto passing = [&](std::uint32_t i) { return view_.word(i) == "new" || view_.word(i) == "next" || view_.word(i) == "newly" || view_.word(i) == "appointed" || view_.word(i) == "outgoing" || view_.word(i) == "incoming"; };
  while (post.begin < post.head_begin && passing(post.begin)) ++post.begin;
  // "Ambassador of Japan to the Republic of Maldives": the country between is left out.
  if (!post.to.empty() && post.head_end > post.begin && post.head_end < post.end) {
    for (std::uint32_t i = post.begin; i < post.head_end; ++i)
      if (view_.word(i) == "of") return collapse_blanks(view_.raw(post.begin, i)) + " " + collapse_blanks(view_.raw(post.head_end, post.end));
  }
  return collapse_blanks(view_.raw(post.begin, post.end));
}

std::optional<graph::Level> Cast::level_of(const PostMention& post, PartyIndex of) const {
  if (post.deputy || post.post == kNone) return post.level;
  for (const auto& [country, level] : view_.tables->posts[post.post].by_country)
    if (country == of) return level;
  return post.level;
}

void Cast::take_post(Person& person, const PostMention& post) {
  const std::string text = post_text(post);
  if (!person.has_post || text.size() > person.post.size()) {
    person.post = text;
    person.kind = post.kind;
  }
  const auto level = level_of(post, person.of == kNoParty ? own_ : person.of);
  // "Minister Considine" is how a Minister of State is called further on: a short form of the post gives no rank.
  const bool short_form = person.has_post && post.end - post.begin == 1;
  if (!person.has_post || (is_higher(level, person.level) && !short_form)) person.level = level;
  if (!post.to.empty()) person.sent_to = post.to[0];
  if (post.former) person.former = true;
  person.has_post = true;
  for (std::uint32_t i = post.begin; i < post.end; ++i)
    if (view_.tokens[i].word != 0 && !view_.info(i).is(WordClass::preposition)) add_once(person.post_words, view_.tokens[i].word);
}

std::uint32_t Cast::add_person(ActorMention& actor, PartyIndex of, std::string post, std::optional<graph::Level> level) {
  Person person;
  person.name = name_text(actor);
  person.words = name_words(actor);
  person.of = of;
  person.post = std::move(post);
  person.level = level;
  person.has_post = !person.post.empty();
  actor.kind = ActorKind::person;
  actor.persons = {add(std::move(person))};
  return actor.persons[0];
}

bool Cast::link_name(ActorMention& actor) {
  const std::vector<std::string> words = name_words(actor);
  if (words.empty()) return false;
  for (const std::uint32_t i : named_alike(words)) {
    const bool family = words.size() == 1 && words[0].size() > 2 && contains(persons_[i].words, words[0]);
    const bool full = words.size() > 1 && (all_in(words, persons_[i].words) || all_in(persons_[i].words, words) || all_but_initials_in(words, persons_[i].words));
    if (!family && !full) continue;
    if (full) enrich(i, actor, words);
    actor.kind = ActorKind::person;
    actor.persons = {i};
    return true;
  }
  return false;
}

bool Cast::is_ours(const Meant& who) const {
  return !who.persons.empty() && (persons_[who.persons[0]].of == own_ || persons_[who.persons[0]].of == kNoParty);
}

// "His Highness", "Her Majesty", not "His Excellency".
bool Cast::styles_ruler(const ActorMention& actor) const { return view_.info(actor.end - 1).is(WordClass::ruler_style); }

Meant Cast::meant(const ActorMention& actor) const {
  Meant meant;
  switch (actor.kind) {
    case ActorKind::party:
    case ActorKind::city:
    case ActorKind::adjective:
      meant.parties = actor.parties;
      meant.count = actor.count;
      if (actor.kind == ActorKind::city && actor.parties.size() == 1 && !contains(topic_, actor.parties[0]))
        for (const PartyIndex state : topic_)  // a town in a text about the former state that it lay in
          if (view_.tables->parties[state].former && view_.tables->kin(state, actor.parties[0])) meant.parties = {state};
      return meant;
    case ActorKind::person:
      for (const std::uint32_t person : actor.persons) {
        meant.persons.push_back(person);
        if (persons_[person].of != kNoParty) add_once(meant.parties, persons_[person].of);
        if (is_higher(persons_[person].level, meant.level)) meant.level = persons_[person].level;
      }
      return meant;
    case ActorKind::post: return of_post(actor);
    case ActorKind::own:
      // "I met A", where the text says who speaks
      if (teller_ != kNone && view_.word(actor.begin) == "i") {
        meant.persons = {teller_};
        if (persons_[teller_].of != kNoParty) meant.parties = {persons_[teller_].of};
        else if (own_ != kNoParty) meant.parties = {own_};
        meant.level = persons_[teller_].level;
        return meant;
      }
      [[fallthrough]];
    case ActorKind::side:
      if (own_ != kNoParty) meant.parties = {own_};
      return meant;
    case ActorKind::counterpart:
      meant.parties = actor.parties;
      if (meant.parties.empty() && counterpart_ != kNoParty) meant.parties = {counterpart_};
      meant.level = last_subject_.level;
      // "The Mauritanian guest arrived on Thursday": who was named of that state
      if (actor.definite && !actor.own_post && actor.parties.size() == 1 && actor.parties[0] != own_)
        each_recent([&](std::uint32_t index) {
          const Person& person = persons_[index];
          if (person.of != actor.parties[0] || person.former || person.historic) return false;
          meant.persons = {index};
          meant.level = person.level;
          return true;
        });
      return meant;
    case ActorKind::pronoun:
      // "His Highness had sent": of the ruler whose gazette it is
      if (actor.end - actor.begin > 1 && own_ != kNoParty && styles_ruler(actor) && !is_ours(last_subject_)) {
        each_recent([&](std::uint32_t index) {
          const Person& person = persons_[index];
          if (person.level != graph::Level::leader || person.historic || person.former || (person.of != own_ && person.of != kNoParty)) return false;
          meant.persons = {index};
          return true;
        });
        meant.parties = {own_};
        meant.level = graph::Level::leader;
        return meant;
      }
      if (!last_subject_.persons.empty()) {
        meant.persons = {last_subject_.persons[0]};
      } else if (!last_acting_.persons.empty()) {
        meant.persons = {last_acting_.persons[0]};
      } else if (latest_ != kNone) {
        meant.persons = {latest_};
      } else {
        return last_subject_;
      }
      if (persons_[meant.persons[0]].of != kNoParty) meant.parties = {persons_[meant.persons[0]].of};
      meant.level = persons_[meant.persons[0]].level;
      return meant;
    case ActorKind::it:
      if (!last_subject_.parties.empty()) meant.parties = {last_subject_.parties[0]};
      return meant;
    case ActorKind::plural:
      return last_subject_.persons.size() + last_subject_.parties.size() > 2 ? last_subject_ : last_event_;
    case ActorKind::both: return both(actor);
    case ActorKind::name: return meant;
  }
  return meant;
}

// "In Victoria, Prime Minister will meet": a title that stands for a name, without an article.
bool Cast::is_called_by_post(const ActorMention& actor) const {
  if (!view_.tokens[actor.begin].capital || actor.begin == 0 || actor.post->plural) return false;
  const std::string_view before = view_.raw(actor.begin - 1, actor.begin);
  return before == "," || before == "." || before == ":" || before == ";";
}

// "The Minister", no country said, is the release's own one where both sides have one: the last of ours, or the first that
// was named without a country.
std::optional<std::uint32_t> Cast::own_holder(const ActorMention& actor, const std::function<bool(const Person&)>& holds) const {
  if (own_ == kNoParty || !actor.post->of.empty() || !(actor.definite || is_called_by_post(actor))) return std::nullopt;
  std::optional<std::uint32_t> unsaid;
  std::optional<std::uint32_t> ours;
  each_recent([&](std::uint32_t index) {
    const Person& person = persons_[index];
    if (!holds(person)) return false;
    if (person.of == own_) ours = index;
    if (person.of == kNoParty && (!unsaid || index < *unsaid)) unsaid = index;
    return ours.has_value();
  });
  return ours ? ours : unsaid;
}

// "The Foreign Minister": the person last named who holds such a post, of the country that is said.
Meant Cast::of_post(const ActorMention& actor) const {
  Meant meant;
  const PostMention& post = *actor.post;
  if (post.plural && post.of.empty() && actor.definite) {
    // "The Foreign Ministers agreed to meet": those of the talk that is told.
    ActorMention ministers = actor;
    ministers.level = post.level;
    return both(ministers);
  }
  if (post.plural || post.of.size() > 1) {
    meant.parties = post.of;
    meant.persons = actor.persons;  // whom the text names behind it, one for each
    meant.level = post.level;
    return meant;
  }
  // "named A Ambassador to B": the post of him whose name stands before it, nobody's who was told of before.
  const WordInfo* before = actor.begin > 0 ? &view_.info(actor.begin - 1) : nullptr;
  const bool behind_name = before != nullptr && !post.to.empty() && view_.tokens[actor.begin - 1].letters && view_.tokens[actor.begin - 1].capital && before->date == DateWord::none && !before->is(WordClass::determiner) && !before->is(WordClass::preposition);
  if (behind_name) {
    meant.parties = post.of;
    meant.level = post.level;
    return meant;
  }
  // "The State Secretary" is not the Permanent Secretary, "the Minister" not his deputy, where one is named who is just that.
  const auto level = level_of(post, post.of.empty() ? own_ : post.of[0]);
  const auto holds_exactly = [&](const Person& person) {
    if (person.level != level && person.level != post.level) return false;
    for (std::uint32_t i = post.begin; i < std::min(post.head_end, post.end); ++i)
      if (view_.tokens[i].letters && !view_.info(i).is(WordClass::preposition) && !contains(person.post_words, view_.tokens[i].word)) return false;
    return true;
  };
  const WordId head = view_.tokens[post.head_end > post.begin && post.head_end <= post.end ? post.head_end - 1 : post.end - 1].word;
  const auto may_hold = [&](const Person& person) {
    const bool leaving = person.former && person.kind == PostKind::ambassador && person.acted;  // "the outgoing Ambassador"
    if (!person.has_post || person.historic || (person.former != post.former && !leaving)) return false;
    // "The President sent a message", in an answer to another question than that about the President of A: ours
    if (asked_ > 0 && actor.definite && post.of.empty() && person.of != own_) {
      const auto index = static_cast<std::size_t>(&person - persons_.data());
      if (index >= seen_in_.size() || seen_in_[index] != asked_) return false;
    }
    if (!post.of.empty() && person.of != kNoParty && person.of != post.of[0]) return false;
    if (!post.of.empty() && person.of == kNoParty && !(post.of[0] == own_ && post.full_end <= post.end)) return false;  // "the Estonian Foreign Minister", in a text of Estonia
    // "the Minister of Trade" is not the Foreign Minister, though both are ministers.
    if (post.end > post.head_end && post.head_end > post.begin && post.to.empty()) {
      bool shared = false;
      bool words = false;
      for (std::uint32_t i = post.head_end; i < post.end; ++i) {
        if (!view_.tokens[i].letters || view_.info(i).is(WordClass::preposition) || view_.info(i).is(WordClass::determiner) || view_.info(i).is(WordClass::conjunction)) continue;
        words = true;
        shared = shared || contains(person.post_words, view_.tokens[i].word);
      }
      if (words && !shared && !post.ours) return false;
    }
    if (post.end - post.begin == 1 && view_.tokens[post.begin].all_caps && person.kind == post.kind && person.level == post.level && person.kind != PostKind::general) return true;  // "EAM"
    for (std::uint32_t i = post.head_begin; i < std::min(post.head_end, post.end); ++i)
      if (!contains(person.post_words, view_.tokens[i].word) && !view_.info(i).is(WordClass::preposition)) {
        // Minister of Foreign Affairs and Foreign Minister are one post.
        return person.kind == post.kind && person.level == post.level && person.kind != PostKind::general && post.end - post.begin > 1;
      }
    return contains(person.post_words, head);
  };
  bool exactly = false;
  each_recent([&](std::uint32_t index) {
    exactly = may_hold(persons_[index]) && holds_exactly(persons_[index]);
    return exactly;
  });
  const auto holds = [&](const Person& person) { return may_hold(person) && (!exactly || holds_exactly(person)); };
  const auto take = [&](std::uint32_t index) {
    meant = Meant{};
    meant.persons = {index};
    if (persons_[index].of != kNoParty) meant.parties = {persons_[index].of};
    meant.level = persons_[index].level;
  };
  // "The Minister" in a release of a ministry is its own, where it has named one, unless the other was its subject last.
  if (actor.definite && post.of.empty() && post.end - post.begin == 1) {
    const auto end = persons_.begin() + static_cast<std::ptrdiff_t>(std::min(persons_.size(), kLookBackMax));
    const auto lead = std::find_if(persons_.begin(), end, [&](const Person& p) { return p.has_post && (p.of == own_ || p.of == kNoParty); });
    const bool subject_holds = !last_subject_.persons.empty() && holds(persons_[last_subject_.persons[0]]);
    const auto index = static_cast<std::uint32_t>(lead - persons_.begin());
    const bool theirs = subject_holds && turned_ && persons_[last_subject_.persons[0]].of != own_ && persons_[last_subject_.persons[0]].of != kNoParty && lead != end && holds(*lead);
    if (subject_holds && !theirs) {
      take(last_subject_.persons[0]);
      return meant;
    }
    if (lead != end && holds(*lead) && (theirs || latest_ == index || newer_[index] != kNone)) {
      take(index);
      return meant;
    }
  } else if (const auto ours = own_holder(actor, holds)) {
    take(*ours);
    return meant;
  }
  bool found = false;
  each_recent([&](std::uint32_t person) {
    found = holds(persons_[person]);
    if (found) take(person);
    return found;
  });
  // "The Deputy Minister", behind a Vice Minister of another state: ours who was named before by just that, in the line over a diary
  if (found && !exactly && actor.definite && post.of.empty() && persons_[meant.persons[0]].of != own_ && persons_[meant.persons[0]].of != kNoParty)
    for (std::uint32_t i = 0; i < std::min<std::size_t>(meant.persons[0], kLookBackMax); ++i)
      if ((persons_[i].of == own_ || persons_[i].of == kNoParty) && !persons_[i].addressed && may_hold(persons_[i]) && holds_exactly(persons_[i])) {
        take(i);
        return meant;
      }
  if (found) return meant;
  if (actor.definite || (post.of.empty() && actor.own_post))
    for (std::uint32_t i = 0; i < std::min(persons_.size(), kLookBackMax); ++i)
      if (holds(persons_[i]) && (!post.of.empty() || persons_[i].of == own_ || (persons_[i].of == kNoParty && !persons_[i].addressed))) {
        take(i);
        return meant;
      }
  meant.level = level_of(post, post.of.empty() ? own_ : post.of[0]);
  meant.parties = post.of;
  if (meant.parties.empty() && actor.definite && !actor.own_post && !post.plural)
    if (const PartyIndex of = said_before_of(actor); of != kNoParty) meant.parties = {of};
  if (meant.parties.empty() && own_ != kNoParty && !post.plural) meant.parties = {own_};
  return meant;
}

// "presented her letters to the Federal President of B. Afterwards the Federal President received her": the state of whoever was called so
// last, and by no name; kNoParty where nobody was, or without one.
PartyIndex Cast::said_before_of(const ActorMention& actor) const {
  constexpr std::ptrdiff_t kSentencesMax = 6;
  const std::string_view called = view_.raw(actor.post->begin, actor.post->end);
  const auto behind = std::partition_point(view_.sentences.begin(), view_.sentences.end(), [&](const Sentence& sentence) { return sentence.begin <= actor.begin; });
  const auto first = behind - std::min(kSentencesMax, behind - view_.sentences.begin());
  for (auto sentence = behind; sentence != first;) {
    --sentence;
    for (auto before = sentence->actors.rbegin(); before != sentence->actors.rend(); ++before)
      if (before->begin < actor.begin && before->kind == ActorKind::post && before->post && !before->post->plural && view_.raw(before->post->begin, before->post->end) == called)
        return before->post->of.size() == 1 ? before->post->of[0] : kNoParty;
  }
  return kNoParty;
}

// For each party the one of that rank who was named last; nobody unless each party has one. Who is of no country yet is on
// the release's own side.
std::vector<std::uint32_t> Cast::holders_of(graph::Level level, const std::vector<PartyIndex>& parties) const {
  std::vector<std::uint32_t> holders(parties.size(), kNone);
  const auto take = [&](std::uint32_t index) {
    const Person& person = persons_[index];
    if (person.level != level || person.historic || person.former) return false;
    const PartyIndex of = person.of == kNoParty ? own_ : person.of;
    for (std::size_t i = 0; i < parties.size(); ++i)
      if (parties[i] == of && holders[i] == kNone) holders[i] = index;
    return false;
  };
  constexpr std::size_t kFewPersons = 16;
  if (last_event_.persons.size() <= kFewPersons)
    for (const std::uint32_t person : last_event_.persons) take(person);  // "A had lunch with B, after which the two Ministers"
  each_recent(take);
  if (contains(holders, kNone)) return {};
  std::sort(holders.begin(), holders.end());
  return holders;
}

bool Cast::are_states(const std::vector<PartyIndex>& parties) const {
  return std::all_of(parties.begin(), parties.end(), [&](PartyIndex party) { return view_.tables->parties[party].kind == graph::EntityKind::country; });
}

// "The two sides", "both Ministers": those of the event told before; of a level, the persons who have it.
Meant Cast::both(const ActorMention& actor) const {
  Meant meant = last_event_;
  // "The two countries", behind a call with an organisation: the two states that were told of before
  const bool states = actor.end > 0 && view_.info(actor.end - 1).is(WordClass::state_noun);
  if (states && meant.parties.size() == 2 && !are_states(meant.parties) && last_states_.size() == 2) {
    meant = {};
    meant.parties = last_states_;
  }
  if (actor.count == 2 && meant.parties.size() > 2) {  // a gathering of many came between
    meant = {};
    if (topic_.size() == 2) meant.parties = topic_;
  }
  if (meant.parties.size() < 2 && own_ != kNoParty && counterpart_ != kNoParty) meant.parties = {own_, counterpart_};
  if (meant.parties.size() < 2) meant.parties = topic_;
  if (actor.level) {
    meant.persons = holders_of(*actor.level, meant.parties);
    if (meant.persons.empty() && actor.count && static_cast<std::size_t>(*actor.count) < meant.parties.size()) {
      // "the three ministers" of four who met: those who have that rank
      std::vector<PartyIndex> with_holder;
      for (const PartyIndex party : meant.parties)
        if (!holders_of(*actor.level, {party}).empty()) with_holder.push_back(party);
      if (with_holder.size() == static_cast<std::size_t>(*actor.count)) {
        meant.parties = with_holder;
        meant.persons = holders_of(*actor.level, meant.parties);
      }
    }
    if (meant.persons.empty() && !actor.count && meant.parties.size() > 2) {
      // "the Presidents signed": of the organisation's summit, those states whose Presidents are named.
      std::vector<PartyIndex> with_holder;
      for (const PartyIndex party : meant.parties)
        if (view_.tables->parties[party].kind == graph::EntityKind::country && !holders_of(*actor.level, {party}).empty()) with_holder.push_back(party);
      const bool organised = std::any_of(meant.parties.begin(), meant.parties.end(), [&](PartyIndex p) { return view_.tables->parties[p].kind == graph::EntityKind::organisation; });
      if (organised && with_holder.size() > 1) {
        meant.parties = with_holder;
        meant.persons = holders_of(*actor.level, meant.parties);
      }
    }
    if (actor.count && *actor.count > 2 && static_cast<int>(meant.persons.size()) != *actor.count) {
      // "the three ministers", of whom two met by themselves last: those of that rank whom the text names, each of another state
      std::vector<PartyIndex> named;
      each_recent([&](std::uint32_t index) {
        const Person& person = persons_[index];
        const PartyIndex of = person.of == kNoParty ? own_ : person.of;
        if (person.level == actor.level && !person.historic && !person.former && of != kNoParty) add_once(named, of);
        return false;
      });
      if (static_cast<int>(named.size()) == *actor.count) {
        meant.parties = named;
        meant.persons = holders_of(*actor.level, named);
      }
    }
    if (actor.count && static_cast<int>(meant.persons.size()) != *actor.count) meant.persons.clear();
    meant.level = actor.level;
  } else if ((actor.end > 0 && view_.info(actor.end - 1).is(WordClass::state_noun)) || (actor.count && static_cast<int>(meant.persons.size()) != *actor.count)) {  // "the two countries"
    meant.persons.clear();
    meant.level.reset();
  }
  return meant;
}

void Cast::turn_page(std::uint32_t sentence, std::uint32_t block) {
  turned_ = block != block_;
  block_ = block;
  if (asked_ >= questions_.size() || sentence < questions_[asked_]) return;
  while (asked_ < questions_.size() && questions_[asked_] <= sentence) ++asked_;
  last_subject_ = {};
  last_acting_ = {};
}

std::optional<std::uint32_t> Cast::latest_of(PartyIndex party, std::optional<graph::Level> level) const {
  std::optional<std::uint32_t> found;
  each_recent([&](std::uint32_t index) {
    const Person& person = persons_[index];
    if (person.of != party || person.historic || person.former || (level && person.level != level)) return false;
    found = index;
    return true;
  });
  return found;
}

Meant Cast::other_than(const std::vector<std::uint32_t>& apart) const {
  Meant meant;
  const auto may_be = [&](std::uint32_t person) {
    return !contains(apart, person) && std::none_of(apart.begin(), apart.end(), [&](std::uint32_t one) { return persons_[one].of != kNoParty && persons_[one].of == persons_[person].of; });
  };
  std::uint32_t found = kNone;
  for (const std::uint32_t person : last_event_.persons)
    if (found == kNone && may_be(person)) found = person;
  if (found == kNone && latest_ != kNone && may_be(latest_)) found = latest_;
  if (found == kNone) return meant;
  meant.persons = {found};
  if (persons_[found].of != kNoParty) meant.parties = {persons_[found].of};
  meant.level = persons_[found].level;
  return meant;
}

void Cast::saw_subject(const Meant& subject) {
  if (!subject.empty()) last_subject_ = subject;
  if (subject.persons.size() == 1) last_acting_ = subject;
}

void Cast::saw_teller(const Meant& who, std::uint32_t sentence) {
  if (telling_in_ == sentence) return;  // "A said that B had announced": A
  last_telling_ = who;
  telling_in_ = sentence;
}

void Cast::turn_to_teller(std::uint32_t sentence) {
  constexpr std::uint32_t kReach = 2;  // sentences
  if (telling_in_ != kNone && telling_in_ < sentence && telling_in_ + kReach >= sentence) saw_subject(last_telling_);
}

void Cast::saw_more_of_event(const Meant& participants) {
  for (const PartyIndex party : participants.parties) add_once(last_event_.parties, party);
  for (const std::uint32_t person : participants.persons) {
    add_once(last_event_.persons, person);
    if (persons_[person].of != kNoParty) add_once(last_event_.parties, persons_[person].of);
  }
}

void Cast::saw_event(const Meant& participants) {
  std::vector<PartyIndex> states = participants.parties;
  if (states.size() == 1 && own_ != kNoParty && states[0] != own_) states.push_back(own_);
  if (states.size() == 2 && are_states(states)) last_states_ = states;
  if (participants.parties.size() >= 2) {
    last_event_ = participants;
    return;
  }
  // "The Minister met the Foreign Minister of A": who is of no country yet is on the release's own side.
  const bool ours = own_ != kNoParty && participants.parties.size() == 1 && participants.parties[0] != own_ &&
                    std::any_of(participants.persons.begin(), participants.persons.end(), [&](std::uint32_t p) { return persons_[p].of == kNoParty; });
  if (ours) {
    last_event_ = participants;
    last_event_.parties.push_back(own_);
    return;
  }
  // "He had talks there with Minister A": ours, and one of no country yet
  const auto unknown = std::count_if(participants.persons.begin(), participants.persons.end(), [&](std::uint32_t p) { return persons_[p].of == kNoParty; });
  const bool only_ours = std::all_of(participants.parties.begin(), participants.parties.end(), [&](PartyIndex p) { return p == own_; });
  if (own_ == kNoParty || counterpart_ == kNoParty || !only_ours || participants.persons.size() != 2 || unknown == 0) return;
  last_event_ = participants;
  last_event_.parties = {own_, counterpart_};
}

void Cast::turn_to(const std::vector<PartyIndex>& pair) {
  last_event_ = {};
  last_event_.parties = pair;
  for (const PartyIndex party : pair) saw_party(party);
}

void Cast::saw_person(std::uint32_t person) {
  if (!questions_.empty()) {
    if (seen_in_.size() <= person) seen_in_.resize(persons_.size());
    seen_in_[person] = asked_;
  }
  if (person != latest_) {
    if (newer_[person] != kNone) {  // takes it out of its place in the chain
      older_[newer_[person]] = older_[person];
      if (older_[person] != kNone) newer_[older_[person]] = newer_[person];
    }
    older_[person] = latest_;
    newer_[person] = kNone;
    if (latest_ != kNone) newer_[latest_] = person;
    latest_ = person;
  }
  if (persons_[person].of != kNoParty) saw_party(persons_[person].of);
}

void Cast::saw_party(PartyIndex party) {
  if (party != own_ && view_.tables->parties[party].kind != graph::EntityKind::region) counterpart_ = party;
}

}  // namespace entente::importers
