#include "importers/detect/detect.h"

#include <algorithm>

#include "base/contains.h"
#include "importers/detect/decisions.h"
#include "importers/detect/headings.h"
#include "importers/detect/lists.h"
#include "importers/detect/sentence_events.h"
#include "importers/detect/verb_final.h"

namespace entente::importers {
namespace {

// The journey that the heading of an entry tells, unless the traveller was at home.
std::optional<Draft> journey(const Cast& cast, const Entry& entry) {
  const PartyIndex home = cast.persons()[*entry.traveller].of == kNoParty ? cast.own() : cast.persons()[*entry.traveller].of;
  if (std::find(entry.countries.begin(), entry.countries.end(), home) != entry.countries.end()) return std::nullopt;
  Draft draft;
  draft.type = graph::EventType::visit;
  draft.rule = "visit.entry";
  draft.home = entry.countries[0];
  draft.entry_date = true;
  draft.sentence = entry.first;
  draft.begin = entry.heading_begin;
  draft.end = entry.heading_end;
  draft.date = entry.date;
  draft.city = entry.city;
  draft.place_country = entry.countries[0];
  Meant traveller;
  traveller.persons = {*entry.traveller};
  if (home != kNoParty) traveller.parties = {home};
  traveller.level = cast.persons()[*entry.traveller].level;
  Meant host;
  host.parties = entry.countries;
  draft.takings.push_back({Part::guest, Slot::subject, std::move(traveller)});
  draft.takings.push_back({Part::host, Slot::to, std::move(host)});
  return draft;
}

// "Switzerland – Viet Nam", or a country alone in a bulletin by countries: whom the lines under the heading are about.
std::vector<PartyIndex> named_pair(const TextView& view, const Sentence& sentence, const Cast& cast) {
  std::vector<PartyIndex> named;
  for (const Item& item : sentence.items) {
    if (item.kind == ItemKind::actor) {
      const ActorMention& actor = sentence.actors[item.index];
      if (actor.kind != ActorKind::party || actor.ministry || actor.parties.size() != 1 || view.tables->parties[actor.parties[0]].kind == graph::EntityKind::region) return {};
      named.push_back(actor.parties[0]);
    } else if (item.kind != ItemKind::stop && item.kind != ItemKind::conjunction && item.kind != ItemKind::comma && item.kind != ItemKind::number && item.kind != ItemKind::determiner &&
               !(item.kind == ItemKind::word && item.end == item.begin + 1 && !view.tokens[item.begin].letters)) {
      return {};
    }
  }
  if (named.size() == 1 && cast.own() != kNoParty && named[0] != cast.own()) named.push_back(cast.own());
  if (named.size() != 2 || named[0] == named[1]) named.clear();
  return named;
}

// "Warsaw, al. Szucha 23", over the hours of a day: where what stands under it will be.
bool is_place_line(const Sentence& line) {
  if (!line.heading || line.items.empty() || line.items[0].kind != ItemKind::actor || !line.dates.empty() || !line.verbs.empty() || !line.nouns.empty() || !line.forums.empty()) return false;
  if (line.actors[line.items[0].index].kind != ActorKind::city) return false;
  return std::none_of(line.actors.begin(), line.actors.end(), [](const ActorMention& actor) { return actor.kind == ActorKind::person || actor.kind == ActorKind::post; });
}

// "9.30 a.m. Meeting with the Minister of A": a line of a schedule has no stop at its end, and is no heading for that.
bool is_schedule_line(const Sentence& line) { return !line.nouns.empty() && line.verbs.empty(); }

// "Will the President travel to China?" asserts nothing, but for what it dates in passing.
bool is_question(const TextView& view, const Sentence& sentence) { return sentence.end > sentence.begin && view.raw(sentence.end - 1, sentence.end) == "?"; }

// A short text of which no sentence names both sides: "The Minister was on the phone. At the other end was Minister B."
std::optional<Draft> told_by_all(TextView& view, Cast& cast, const Cue* cue) {
  constexpr std::size_t kSentencesMax = 6;
  if (view.sentences.size() > kSentencesMax) return std::nullopt;
  std::optional<Draft> whole;
  for (std::uint32_t i = 1; i < view.sentences.size(); ++i) {
    Sentence& sentence = view.sentences[i];
    if (sentence.items.empty() || sentence.heading || is_question(view, sentence)) continue;
    SentenceEvents events(view, sentence, i, cast, nullptr);
    if (cue == nullptr) cue = events.cue_told();
    if (cue == nullptr) continue;
    if (whole) {
      events.add_to(*whole, *cue);
      continue;
    }
    Draft draft = events.draft_by(*cue);
    if (draft.gleaned) whole = std::move(draft);
  }
  if (!whole || !SentenceEvents(view, view.sentences[whole->sentence], whole->sentence, cast, nullptr).stands_gleaned(*cue, *whole)) return std::nullopt;
  whole->of_title = true;
  return whole;
}

// Of which act the title speaks, and the first sentence that names both sides: two officials of two sides met where it says nothing.
std::optional<Draft> told_as_titled(TextView& view, Cast& cast, const Cue* cue) {
  const std::vector<Cue>& cues = view.tables->cues;
  const auto meeting = std::find_if(cues.begin(), cues.end(), [](const Cue& one) { return one.type == graph::EventType::meeting; });
  for (const Cue* as : {cue, meeting == cues.end() ? nullptr : &*meeting}) {
    if (as == nullptr) continue;
    for (std::uint32_t i = 1; i < view.sentences.size(); ++i) {
      Sentence& sentence = view.sentences[i];
      if (sentence.items.empty() || sentence.heading || is_question(view, sentence)) continue;
      if (auto draft = SentenceEvents(view, sentence, i, cast, nullptr).glean_as(*as)) return draft;
    }
  }
  return told_by_all(view, cast, cue);
}

// The title is read last: what it tells stands where the text itself is not understood.
std::vector<Draft> told_by_title(TextView& view, Cast& cast) {
  std::vector<Draft> told;
  if (view.sentences.size() < 2 || !view.sentences[0].heading || view.sentences[0].items.empty() || view.tables->traits.particles) return told;
  SentenceEvents events(view, view.sentences[0], 0, cast, nullptr);
  told = events.run();
  for (Draft& draft : events.glean(told)) told.push_back(std::move(draft));
  std::erase_if(told, [](const Draft& draft) { return draft.joins_last || draft.type == graph::EventType::statement; });
  for (Draft& draft : told) {
    draft.gleaned = true;
    draft.of_title = true;
    draft.background = false;
    draft.anaphoric = false;
  }
  if (auto draft = told_as_titled(view, cast, events.cue_told())) told.insert(told.begin(), std::move(*draft));
  return told;
}

// The title that stands beside the text, read as one heading.
TextView title_of(const TextView& view) {
  TextView title;
  title.text = view.title;
  title.tables = view.tables;
  title.year = view.year;
  tokenise(title.text, 0, static_cast<std::uint32_t>(title.text.size()), title.tables->vocabulary, title.tokens);
  Sentence line;
  line.end = static_cast<std::uint32_t>(title.tokens.size());
  line.heading = true;
  if (line.end > 0) title.sentences.push_back(std::move(line));
  find_mentions(title);
  return title;
}

// "Statement by the Spokesperson on ...": positions that the text takes in nobody's name are hers.
void speak_by_title(const TextView& view, const Cast& cast, std::vector<Draft>& drafts) {
  const auto is_unnamed = [&](const Draft& draft) {
    return draft.type == graph::EventType::statement && !draft.level_hint && std::any_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& t) { return t.slot == Slot::subject && contains(t.who.parties, cast.own()); }) &&
           std::all_of(draft.takings.begin(), draft.takings.end(), [](const Taking& t) { return t.who.persons.empty(); });
  };
  if (view.title.empty() || std::none_of(drafts.begin(), drafts.end(), is_unnamed)) return;
  const TextView title = title_of(view);
  const bool spokesperson = !title.sentences.empty() && std::any_of(title.sentences[0].actors.begin(), title.sentences[0].actors.end(), [](const ActorMention& actor) { return actor.post && actor.post->kind == PostKind::spokesperson; });
  if (!spokesperson) return;
  for (Draft& draft : drafts)
    if (is_unnamed(draft)) draft.level_hint = graph::Level::working;
}

bool tells_call(const TextView& view, const Sentence& heading) {
  return std::any_of(heading.nouns.begin(), heading.nouns.end(), [&](const NounMention& noun) { return view.tables->nouns[noun.noun].type == graph::EventType::call; });
}

// Whether a heading names every side of a draft but our own.
bool names_others(const Sentence& heading, const Cast& cast, const Draft& draft) {
  const auto named = [&](PartyIndex party) {
    return party == cast.own() || std::any_of(heading.actors.begin(), heading.actors.end(), [&](const ActorMention& actor) { return contains(actor.parties, party) || (actor.post && contains(actor.post->of, party)); });
  };
  return std::all_of(draft.takings.begin(), draft.takings.end(), [&](const Taking& taking) { return std::all_of(taking.who.parties.begin(), taking.who.parties.end(), named); });
}

// "Secretary A's Call with Foreign Minister B" over "A spoke yesterday with B": they spoke by telephone.
void call_by_headings(const TextView& view, const Cast& cast, std::vector<Draft>& drafts) {
  using graph::EventType;
  const auto meets = [&](const Draft& draft) {
    for (std::uint32_t t = draft.begin; t < draft.end; ++t)
      if (const VerbForm& form = view.tables->verb_form(view.tokens[t].word); form.verb != kNoVerb && !form.noun && view.tables->verbs[form.verb].is(VerbTrait::meets)) return true;
    return false;
  };
  std::optional<TextView> title;
  std::vector<std::uint32_t> headings;  // of each sentence the nearest that is one, or the first sentence; found where it is asked for
  for (Draft& draft : drafts) {
    if (draft.type != EventType::meeting || draft.background || draft.sets.mode || !draft.city.empty() || draft.takings.size() < 2 || draft.rule != "meeting.met-with" || meets(draft)) continue;
    for (auto i = static_cast<std::uint32_t>(headings.size()); i < view.sentences.size(); ++i) headings.push_back(view.sentences[i].heading || i == 0 ? i : headings[i - 1]);
    const Sentence& above = view.sentences[headings[draft.sentence]];
    bool call = above.heading && tells_call(view, above) && names_others(above, cast, draft);
    const bool tells_nothing = above.nouns.empty() && above.verbs.empty() && above.actors.empty();  // "14 February 2025"
    if (!call && (!above.heading || tells_nothing) && !view.title.empty()) {
      if (!title) title = title_of(view);
      call = !title->sentences.empty() && tells_call(*title, title->sentences[0]) && names_others(title->sentences[0], cast, draft);
    }
    if (!call) continue;
    draft.type = EventType::call;
    draft.sets.mode = graph::Mode::phone;
    draft.rule = "call.headed";
  }
}

// "the 22nd Ordinary Meeting of the Summit": of the forum whose 22nd a heading names in full.
void name_by_headings(const TextView& view, std::vector<Draft>& drafts) {
  constexpr std::size_t kNamedMax = 32;
  std::vector<const ForumMention*> named;
  for (const Sentence& sentence : view.sentences)
    if (sentence.heading)
      for (const ForumMention& forum : sentence.forums)
        if (!forum.generic && forum.edition && named.size() < kNamedMax) named.push_back(&forum);
  if (named.empty()) return;
  for (Draft& draft : drafts) {
    if (!draft.forum || !draft.forum->generic || !draft.forum->edition) continue;
    for (const ForumMention* forum : named) {
      if (forum->edition != draft.forum->edition) continue;
      const auto is_said = [&](std::uint32_t token) {
        for (std::uint32_t t = forum->begin; t < forum->end; ++t)
          if (view.tokens[t].word != 0 && view.tokens[t].word == view.tokens[token].word) return true;
        return false;
      };
      if (!is_said(draft.forum->end - 1)) continue;  // "Summit"
      draft.type = forum->type;
      draft.forum->name = forum->name;
      draft.forum->parties = forum->parties;
      draft.forum->generic = false;
      draft.anaphoric = false;
      if (!forum->parties.empty()) draft.takings.push_back({Part::participant, Slot::modifier, Meant{forum->parties, {}, {}, {}}});
      break;
    }
  }
}

// "Outlook (9–15 December)", "Schedule of the Deputy Minister": a heading over what is to come. A line with no more than a day leaves it so.
bool is_ahead(const TextView& view, const Sentence& heading, bool ahead) {
  if (heading.items.size() == 1 && heading.items[0].kind == ItemKind::date) return ahead;
  for (std::uint32_t t = heading.begin; t < heading.end; ++t)
    if (view.info(t).is(WordClass::ahead)) return true;
  return false;
}

// "Tuesday: sixth meeting of the Committee" under such a heading: the Tuesday that comes.
void look_ahead(std::vector<Draft>& told) {
  for (Draft& draft : told)
    if (draft.date && draft.date->weekday && !draft.date->first.month && !draft.cancelled && draft.tense != Tense::past) draft.upcoming = true;
}

}  // namespace

std::vector<Draft> detect_events(TextView& view, Cast& cast, const std::vector<Entry>& entries, std::vector<SetAside>* set_aside) {
  std::vector<Draft> drafts;
  constexpr std::size_t kUsualDrafts = 32;
  drafts.reserve(std::min(view.sentences.size(), kUsualDrafts));
  std::vector<Draft> gleaned;
  auto entry = entries.begin();
  std::optional<Entry> placed;  // the entry that is read, with the place that a line in it gives
  bool ahead = false;           // the heading above is over what is to come
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    while (entry != entries.end() && i >= entry->last) ++entry;
    const bool inside = entry != entries.end() && i >= entry->first;
    if (inside && i == entry->first && entry->traveller && entry->whence != kNoParty && cast.persons()[*entry->traveller].of == kNoParty)
      cast.person(*entry->traveller).of = entry->whence;
    if (inside && i == entry->first && entry->traveller) cast.saw_person(*entry->traveller);
    if (inside && i == entry->first && entry->traveller)
      if (auto visit = journey(cast, *entry)) drafts.push_back(std::move(*visit));
    cast.turn_page(i, view.sentences[i].block);
    Sentence& sentence = view.sentences[i];
    if (sentence.items.empty()) continue;
    if (sentence.heading && i > 0) ahead = is_ahead(view, sentence, ahead);
    if (view.tables->traits.particles) {
      if (sentence.heading) continue;
      for (Draft& draft : verb_final_events(view, sentence, i, cast)) drafts.push_back(std::move(draft));
      continue;
    }
    if (sentence.heading && !(inside && (entry->row || (i > entry->first && is_schedule_line(sentence))))) {
      if (inside && i > entry->first && !entry->traveller && entry->countries.empty() && is_place_line(sentence)) {
        const ActorMention& town = sentence.actors[sentence.items[0].index];
        placed = *entry;
        placed->countries = town.parties;
        placed->city = std::string(view.raw(town.begin, town.end));
      }
      if (const auto pair = named_pair(view, sentence, cast); i > 0 && !pair.empty()) cast.turn_to(pair);
      if (i > 0 && !inside)
        for (Draft& draft : read_heading(view, sentence, i, cast)) drafts.push_back(std::move(draft));
      continue;
    }
    const bool asked = is_question(view, sentence);
    SentenceEvents events(view, sentence, i, cast, !inside ? nullptr : placed && i < placed->last ? &*placed : &*entry, set_aside);
    std::vector<Draft> told = events.run();
    if (ahead) look_ahead(told);
    if (!asked) {
      for (Draft& draft : events.glean(told)) gleaned.push_back(std::move(draft));
      if (ends_with_colon(view, sentence)) expand_list(view, cast, i, gleaned);
    }
    for (Draft& draft : told)
      if (!asked || draft.date) drafts.push_back(std::move(draft));
    expand_list(view, cast, i, drafts);
  }
  name_by_headings(view, drafts);
  date_by_decisions(view, drafts);
  call_by_headings(view, cast, drafts);
  speak_by_title(view, cast, drafts);
  for (Draft& draft : told_by_title(view, cast)) gleaned.push_back(std::move(draft));
  for (Draft& draft : gleaned) drafts.push_back(std::move(draft));
  return drafts;
}

}  // namespace entente::importers
