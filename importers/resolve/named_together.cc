// Several persons named together with their states or posts: which name is whose.
#include "base/contains.h"
#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

constexpr std::size_t kNamesMax = 16;  // in one list of persons

// "Foreign Ministers" -> "Foreign Minister"
std::string one_of(std::string posts) {
  if (posts.ends_with('s') && !posts.ends_with("Affairs")) posts.pop_back();
  return posts;
}

// A whole name that no post stands beside.
bool is_bare_name(const ActorMention& actor) {
  return (actor.kind == ActorKind::name || (actor.kind == ActorKind::person && !actor.post)) && actor.name_end - actor.name_begin >= 2;
}

}  // namespace

// Whom a name means, of a side: with the post where the text has given none.
Person& Cast::holder_named(ActorMention& named, PartyIndex side, const std::string& post, std::optional<graph::Level> level) {
  Person& person = person_named(named, side, post, level);
  if (!person.has_post && !post.empty()) {
    person.post = post;
    person.level = level;
    person.has_post = true;
  }
  return person;
}

// "the OSCE Chairperson-in-Office, Minister of Foreign Affairs of Finland A": the office that goes round is told with its holder; its
// items are taken out.
void Cast::link_chair_of_turn(Sentence& sentence) {
  for (std::size_t i = 0; i + 2 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor || sentence.items[i + 1].kind != ItemKind::comma || sentence.items[i + 2].kind != ItemKind::actor) continue;
    const ActorMention& office = sentence.actors[sentence.items[i].index];
    const ActorMention& holder = sentence.actors[sentence.items[i + 2].index];
    const bool chairs = office.kind == ActorKind::post && office.post && !office.post->plural && office.post->kind == PostKind::organisation && !office.post->of.empty();
    const bool of_state = holder.kind == ActorKind::person && holder.persons.size() == 1 && holder.post && holder.post->begin < holder.name_begin && holder.post->kind == PostKind::minister && holder.post->of.size() == 1;
    if (!chairs || !of_state) continue;
    sentence.items.erase(sentence.items.begin() + static_cast<std::ptrdiff_t>(i), sentence.items.begin() + static_cast<std::ptrdiff_t>(i) + 2);
  }
}

// "the Foreign Ministers of Poland and Lithuania, A and B,", "at the level of Deputy Ministers, headed by A and B": each of the
// state in the same place.
void Cast::link_listed(Sentence& sentence) {
  for (std::size_t i = 0; i + 3 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    ActorMention& posts = sentence.actors[sentence.items[i].index];
    if (posts.kind != ActorKind::post || !posts.post || !posts.post->plural) continue;
    if (link_states_behind_names(sentence, i) || link_names_behind(sentence, i)) continue;
    const std::vector<PartyIndex> of = posts.post->of.empty() ? states_before(sentence, i) : posts.post->of;
    if (of.size() < 2 || sentence.items[i + 1].kind != ItemKind::comma) continue;
    std::vector<std::uint32_t> names;  // actors
    std::size_t from = i + 2;
    if (from + 1 < sentence.items.size() && sentence.items[from].kind == ItemKind::verb && view_.word(sentence.items[from + 1].begin) == "by") from += 2;
    for (std::size_t at = from; at < sentence.items.size() && names.size() <= of.size(); ++at) {
      const ItemKind kind = sentence.items[at].kind;
      if (kind == ItemKind::comma || kind == ItemKind::conjunction) continue;
      if (kind != ItemKind::actor) break;
      const ActorMention& named = sentence.actors[sentence.items[at].index];
      if (!is_bare_name(named)) break;
      names.push_back(sentence.items[at].index);
    }
    if (names.size() != of.size()) continue;
    posts.post->of = of;
    const std::string title = one_of(post_text(*posts.post));
    for (std::size_t k = 0; k < names.size(); ++k) {
      ActorMention& named = sentence.actors[names[k]];
      holder_named(named, posts.post->of[k], title, posts.post->level);
      posts.persons.push_back(named.persons[0]);
    }
  }
}

// The post, with its rank, of whoever is named last before an item and has one; empty for none.
std::pair<std::string, std::optional<graph::Level>> Cast::post_before(const Sentence& sentence, std::size_t item) const {
  for (std::size_t before = item; before-- > 0;) {
    if (sentence.items[before].kind != ItemKind::actor) continue;
    const ActorMention& holder = sentence.actors[sentence.items[before].index];
    if (!holder.persons.empty() && persons_[holder.persons[0]].has_post) return {persons_[holder.persons[0]].post, persons_[holder.persons[0]].level};
  }
  return {};
}

// "the Ambassadors of Ghana, A, and Togo, B", "his counterparts of Egypt, A, and Jordan, B": each name behind its state.
void Cast::link_of_each(Sentence& sentence) {
  for (std::size_t i = 0; i + 6 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& posts = sentence.actors[sentence.items[i].index];
    const bool plural = posts.kind == ActorKind::post && posts.post && posts.post->plural && posts.post->of.size() == 1;
    const bool counterparts = posts.kind == ActorKind::counterpart && posts.parties.size() == 1;
    if (!plural && !counterparts) continue;
    std::vector<std::pair<std::uint32_t, PartyIndex>> named;  // actors
    PartyIndex state = plural ? posts.post->of[0] : posts.parties[0];
    std::size_t at = i + 1;
    std::size_t past = at;     // behind the last name
    bool as_one = false;  // "Ambassadors of Ghana (A) and Togo (B)", "of Norway, A; of Qatar, B"
    while (at + 1 < sentence.items.size() && named.size() < kNamesMax) {
      const bool bracket = sentence.items[at].kind == ItemKind::open && at + 2 < sentence.items.size() && sentence.items[at + 2].kind == ItemKind::close;
      if ((sentence.items[at].kind != ItemKind::comma && !bracket) || sentence.items[at + 1].kind != ItemKind::actor) break;
      const ActorMention& name = sentence.actors[sentence.items[at + 1].index];
      if (!is_bare_name(name)) break;
      named.emplace_back(sentence.items[at + 1].index, state);
      as_one = as_one || bracket;
      past = at += bracket ? 3 : 2;
      while (at < sentence.items.size() && (sentence.items[at].kind == ItemKind::comma || sentence.items[at].kind == ItemKind::conjunction || sentence.items[at].kind == ItemKind::determiner || view_.word(sentence.items[at].begin) == ";" ||
                                            (sentence.items[at].kind == ItemKind::preposition && view_.word(sentence.items[at].begin) == "of")))
        if (view_.word(sentence.items[at++].begin) == ";") as_one = true;
      if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::actor) break;
      const ActorMention& next = sentence.actors[sentence.items[at].index];
      if (next.kind != ActorKind::party || next.parties.size() != 1) break;
      state = next.parties[0];
      ++at;
    }
    if (named.size() < 2) continue;
    const auto [title, level] = plural ? std::pair(one_of(post_text(*posts.post)), posts.post->level) : post_before(sentence, i);
    for (const auto& [index, party] : named) holder_named(sentence.actors[index], party, title, level);
    if (plural && as_one) join_holders(sentence, i, past, named);
  }
}

// Those whom a list names become holders of the posts in front of it: one mention, with the items of the list.
void Cast::join_holders(Sentence& sentence, std::size_t item, std::size_t past, const std::vector<std::pair<std::uint32_t, PartyIndex>>& named) {
  ActorMention& posts = sentence.actors[sentence.items[item].index];
  posts.post->of.clear();
  posts.parties.clear();
  for (const auto& [index, party] : named) {
    posts.persons.push_back(sentence.actors[index].persons[0]);
    posts.post->of.push_back(party);
    posts.parties.push_back(party);
  }
  sentence.items[item].end = sentence.items[past - 1].end;
  posts.end = sentence.items[past - 1].end;
  sentence.items.erase(sentence.items.begin() + static_cast<std::ptrdiff_t>(item) + 1, sentence.items.begin() + static_cast<std::ptrdiff_t>(past));
}

// "Presidents A of Cyprus and B of Egypt": one mention of all of them; the items of their names are taken into that of the posts.
bool Cast::link_states_behind_names(Sentence& sentence, std::size_t item) {
  ActorMention& posts = sentence.actors[sentence.items[item].index];
  if (!posts.post->of.empty()) return false;
  std::vector<std::pair<std::uint32_t, PartyIndex>> named;  // actors
  std::size_t at = item + 1;
  if (at < sentence.items.size() && sentence.items[at].kind == ItemKind::stop && view_.word(sentence.items[at].begin) == ":") ++at;  // "four ambassadors: A (Portugal), B"
  else if (at < sentence.items.size() && sentence.items[at].kind == ItemKind::comma) ++at;  // "the Prime Ministers, A of Australia and B of Tuvalu,"
  std::size_t past = at;
  while (at + 2 < sentence.items.size() && named.size() < kNamesMax) {
    const bool of = sentence.items[at + 1].kind == ItemKind::preposition && view_.word(sentence.items[at + 1].begin) == "of";
    const bool bracket = sentence.items[at + 1].kind == ItemKind::open && at + 3 < sentence.items.size() && sentence.items[at + 3].kind == ItemKind::close;  // "A (Costa Rica), B (Panama)"
    if (sentence.items[at].kind != ItemKind::actor || (!of && !bracket)) break;
    const ActorMention& name = sentence.actors[sentence.items[at].index];
    std::size_t state = at + 2;
    if (sentence.items[state].kind == ItemKind::determiner && state + 1 < sentence.items.size()) ++state;
    if ((name.kind != ActorKind::name && !(name.kind == ActorKind::person && !name.post)) || sentence.items[state].kind != ItemKind::actor) break;
    const ActorMention& party = sentence.actors[sentence.items[state].index];
    if (party.kind != ActorKind::party || party.parties.size() != 1) break;
    named.emplace_back(sentence.items[at].index, party.parties[0]);
    past = bracket ? state + 2 : state + 1;
    at = past;
    while (at < sentence.items.size() && (sentence.items[at].kind == ItemKind::comma || sentence.items[at].kind == ItemKind::conjunction)) ++at;
  }
  if (named.size() < 2) return false;
  const std::string title = one_of(post_text(*posts.post));
  for (const auto& [index, party] : named) holder_named(sentence.actors[index], party, title, posts.post->level).kind = posts.post->kind;
  join_holders(sentence, item, past, named);
  return true;
}

// "Cyprus and Egypt were represented by their Presidents, A and B", "the Foreign Ministers, A and B,": of the two that stand
// before them in the sentence; where none do, of the release's own state and the one that the text is about.
std::vector<PartyIndex> Cast::states_before(const Sentence& sentence, std::size_t item) const {
  std::vector<PartyIndex> states;
  for (std::size_t i = 0; i < item; ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& actor = sentence.actors[sentence.items[i].index];
    if (actor.kind == ActorKind::party && !actor.ministry)
      for (const PartyIndex party : actor.parties)
        if (!contains(states, party)) states.push_back(party);
  }
  if (states.empty() && own_ != kNoParty && counterpart_ != kNoParty && counterpart_ != own_) states = {own_, counterpart_};
  return states;
}

// "the Ambassador of Portugal A, of Vietnam B and of Chile C": the same post again for each state; its items are made one.
void Cast::link_post_again(Sentence& sentence) {
  const auto is_of = [&](std::size_t i) { return sentence.items[i].kind == ItemKind::preposition && view_.word(sentence.items[i].begin) == "of"; };
  for (std::size_t i = 0; i + 4 < sentence.items.size(); ++i) {
    if (sentence.items[i].kind != ItemKind::actor) continue;
    const ActorMention& first = sentence.actors[sentence.items[i].index];
    if (first.kind != ActorKind::person || !first.post || first.post->of.size() != 1 || first.persons.size() != 1) continue;
    const Person holder = persons_[first.persons[0]];
    std::size_t at = i + 1;
    while (at + 3 < sentence.items.size()) {
      const std::size_t link = at;
      while (at < sentence.items.size() && (sentence.items[at].kind == ItemKind::comma || sentence.items[at].kind == ItemKind::conjunction)) ++at;
      if (at == link || at + 2 >= sentence.items.size() || !is_of(at)) break;
      std::size_t state = at + 1;
      if (sentence.items[state].kind == ItemKind::determiner) ++state;
      const std::size_t named = state + 1;
      if (named >= sentence.items.size() || sentence.items[state].kind != ItemKind::actor || sentence.items[named].kind != ItemKind::actor) break;
      const ActorMention& party = sentence.actors[sentence.items[state].index];
      ActorMention& name = sentence.actors[sentence.items[named].index];
      if (party.kind != ActorKind::party || party.parties.size() != 1 || !is_bare_name(name)) break;
      holder_named(name, party.parties[0], holder.post, holder.level).kind = holder.kind;
      sentence.items.erase(sentence.items.begin() + static_cast<std::ptrdiff_t>(at), sentence.items.begin() + static_cast<std::ptrdiff_t>(named));
      ++at;
    }
  }
}

// "A, of Ethiopia, is a career diplomat", "B is the new Ambassador of Estonia": the state of the bare name at an item that three more stand
// behind; kNoParty where none is said.
PartyIndex Cast::state_of_presenter(const Sentence& line, std::size_t name) const {
  constexpr std::size_t kPostReach = 3;  // items behind "is"
  const auto actor_at = [&](std::size_t at) { return line.items[at].kind == ItemKind::actor ? &line.actors[line.items[at].index] : nullptr; };
  const ActorMention* const presenter = actor_at(name);
  if (presenter == nullptr || !is_bare_name(*presenter)) return kNoParty;
  if (line.items[name + 1].kind == ItemKind::comma && view_.word(line.items[name + 2].begin) == "of")
    if (const ActorMention* const state = actor_at(name + 3); state != nullptr && state->kind == ActorKind::party && state->parties.size() == 1) return state->parties[0];
  if (line.items[name + 1].kind != ItemKind::verb || !line.verbs[line.items[name + 1].index].copula) return kNoParty;
  for (std::size_t at = name + 2; at < line.items.size() && at <= name + 1 + kPostReach; ++at)
    if (const ActorMention* const office = actor_at(at); office != nullptr && office->post && office->post->kind == PostKind::ambassador && office->post->of.size() == 1) return office->post->of[0];
  return kNoParty;
}

// "received the letters of credence of three ambassadors. A, of Ethiopia, is a career diplomat. B is the new Ambassador of Estonia": those who are
// named behind, each with a state.
void Cast::link_presenters(std::vector<Sentence>& sentences) {
  constexpr std::size_t kReach = 24;  // sentences
  for (std::size_t head = 0; head < sentences.size(); ++head) {
    const bool credentials = std::any_of(sentences[head].nouns.begin(), sentences[head].nouns.end(), [&](const NounMention& noun) { return view_.tables->noun_classes[view_.tables->nouns[noun.noun].noun_class] == "credentials"; });
    const auto several = std::find_if(sentences[head].items.begin(), sentences[head].items.end(), [&](const Item& item) { return item.kind == ItemKind::number && view_.tokens[item.begin].number > 1 && !view_.tokens[item.begin].ordinal; });
    if (!credentials || several == sentences[head].items.end()) continue;
    for (std::size_t s = head + 1; s < sentences.size() && s < head + kReach; ++s)
      for (std::size_t i = 0; i + 3 < sentences[s].items.size(); ++i)
        if (const PartyIndex of = state_of_presenter(sentences[s], i); of != kNoParty && of != own_)
          holder_named(sentences[s].actors[sentences[s].items[i].index], of, "Ambassador", graph::Level::working).kind = PostKind::ambassador;
    return;
  }
}

}  // namespace entente::importers
