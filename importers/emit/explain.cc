#include "importers/emit/explain.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "importers/emit/confidence.h"

namespace entente::importers {
namespace {

std::string_view to_string(ItemKind kind) {
  switch (kind) {
    case ItemKind::actor: return "actor";
    case ItemKind::date: return "date";
    case ItemKind::noun: return "noun";
    case ItemKind::forum: return "forum";
    case ItemKind::verb: return "verb";
    case ItemKind::preposition: return "prep";
    case ItemKind::conjunction: return "and";
    case ItemKind::relative: return "rel";
    case ItemKind::subordinator: return "sub";
    case ItemKind::money: return "money";
    case ItemKind::number: return "number";
    default: return "";
  }
}

std::string parties_text(const TextView& view, const std::vector<PartyIndex>& parties) {
  std::string text;
  for (const PartyIndex party : parties) text += (text.empty() ? "" : " ") + view.tables->parties[party].id.str();
  return text;
}

std::string items_text(const TextView& view, const Sentence& sentence) {
  std::string text;
  for (const Item& item : sentence.items) {
    const std::string_view kind = to_string(item.kind);
    std::string words = collapse_blanks(view.raw(item.begin, item.end));
    if (kind.empty()) {
      text += words + " ";
      continue;
    }
    std::string more;
    if (item.kind == ItemKind::actor) more = parties_text(view, sentence.actors[item.index].parties);
    if (item.kind == ItemKind::verb && sentence.verbs[item.index].main != kNoVerb) more = view.tables->verbs[sentence.verbs[item.index].main].lemma;
    text += fmt::format("[{}{}{} {}] ", kind, more.empty() ? "" : ":", more, words);
  }
  return text;
}

std::string meant_text(const TextView& view, const Cast& cast, const Meant& who) {
  std::string text = parties_text(view, who.parties);
  for (const std::uint32_t person : who.persons) text += (text.empty() ? "" : " ") + cast.persons()[person].name;
  return text;
}

// Every mention that was taken for a person, by sentence: "Minister Kim (2), he (3)".
std::vector<std::string> chains_text(const TextView& view, const Cast& cast) {
  std::vector<std::string> chains(cast.persons().size());
  for (std::size_t i = 0; i < view.sentences.size(); ++i)
    for (const ActorMention& actor : view.sentences[i].actors)
      for (const std::uint32_t person : actor.persons)
        chains[person] += fmt::format("{}{} ({})", chains[person].empty() ? "" : ", ", collapse_blanks(view.raw(actor.begin, actor.end)), i);
  return chains;
}

std::string aside_text(const TextView& view, const SetAside& aside) {
  return fmt::format("  dropped: {} by {}: {} | \"{}\"\n", graph::to_string(aside.type), aside.rule, aside.reason, collapse_blanks(view.raw(aside.begin, aside.end)));
}

}  // namespace

std::string explain_rooms(const TextView& view, const Cast& cast, const std::vector<Draft>& drafts, const std::vector<SetAside>& set_aside) {
  std::string text = fmt::format("language: {}\nresolve: persons\n", view.tables->language);
  const std::vector<std::string> chains = chains_text(view, cast);
  for (std::size_t i = 0; i < cast.persons().size(); ++i) {
    const Person& person = cast.persons()[i];
    text += fmt::format("  {} | {} | {} | {} | {}\n", person.name, person.post, person.of == kNoParty ? "-" : view.tables->parties[person.of].id.str(),
                        person.level ? graph::to_string(*person.level) : "-", chains[i]);
  }
  auto draft = drafts.begin();
  auto aside = set_aside.begin();
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    const Sentence& sentence = view.sentences[i];
    text += fmt::format("sentence {}{}\n  mentions: {}\n", i, sentence.heading ? " (heading)" : "", items_text(view, sentence));
    for (; draft != drafts.end() && draft->sentence <= i; ++draft) {
      text += fmt::format("  detect: {} by {}", graph::to_string(draft->type), draft->rule);
      for (const Taking& taking : draft->takings) text += fmt::format(" | {}: {}", to_string(taking.slot), meant_text(view, cast, taking.who));
      if (!draft->city.empty()) text += " | in " + draft->city;
      if (draft->date) text += fmt::format(" | on {}", collapse_blanks(view.raw(draft->date->begin, draft->date->end)));
      text += fmt::format("{}{}{}{}\n", draft->planned ? " planned" : "", draft->cancelled ? " cancelled" : "", draft->anaphoric ? " known" : "", draft->background ? " background" : "");
    }
    for (; aside != set_aside.end() && aside->sentence <= i; ++aside) text += aside_text(view, *aside);
  }
  return text;
}

std::string explain_events(const TextView& view, const Composition& composition) {
  std::string text = "dropped\n";
  for (const SetAside& aside : composition.set_aside) text += aside_text(view, aside);
  text += "events\n";
  std::vector<std::string> joined(composition.events.size());
  for (const Joined& one : composition.joined) joined[one.event] += fmt::format("    joined by {} in sentence {}\n", one.rule, one.sentence);
  for (std::size_t i = 0; i < composition.events.size(); ++i) {
    const Composed& event = composition.events[i];
    text += fmt::format("  {} {} {} ({} {:.2f})\n", event.facts.date ? event.facts.date->text() : "-", graph::to_string(event.facts.type), graph::to_string(event.facts.status), event.rule, event.confidence);
    text += fmt::format("    trust: rule {:.2f}; {}\n", event.rule_confidence, to_string(event.signs));
    for (const graph::Span& span : event.evidence) text += fmt::format("    \"{}\"\n", collapse_blanks(view.text.substr(span.begin, span.end - span.begin)));
    text += joined[i];
  }
  return text;
}

}  // namespace entente::importers
