// The events, officials and forums as claims have them.
#include <unordered_set>

#include "base/utf8.h"
#include "graph/ontology/signatures.h"
#include "importers/emit/confidence.h"
#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

using graph::EventType;
using graph::Role;

std::optional<Role> role_of(Part part) {
  switch (part) {
    case Part::host: return Role::host;
    case Part::guest: return Role::guest;
    case Part::sender: return Role::sender;
    case Part::recipient: return Role::recipient;
    case Part::donor: return Role::donor;
    case Part::target: return Role::target;
    case Part::appointee: return Role::appointee;
    case Part::signatory: return Role::signatory;
    case Part::chair: return Role::chair;
    default: return std::nullopt;
  }
}

// Types in which the parts of officials stand, not those of their countries.
bool roles_of_officials(EventType type) {
  return type == EventType::courtesy_call || type == EventType::meeting || type == EventType::consultation || type == EventType::appointment;
}

bool roles_of_parties_only(EventType type) {
  return type == EventType::aid || type == EventType::summon || type == EventType::accreditation || type == EventType::sanction || type == EventType::expulsion;
}

}  // namespace

// Three and more who come together are a conference, though it has no name.
EventType Composer::type_of(const Story& story) const {
  if (story.type != EventType::meeting || story.parties.size() < 3 || story.count) return story.type;
  return story.rule == "meeting.met-together" || story.gathering ? EventType::conference : story.type;
}

void Composer::finish(const Story& story) {
  Composed event;
  graph::EventFacts& facts = event.facts;
  facts.type = type_of(story);
  facts.date = over_days(story);
  facts.status = story.status;
  for (const PartyIndex party : story.parties) facts.parties.push_back(view_.tables->parties[party].id);
  for (const std::uint32_t person : story.persons) facts.officials.push_back(id_of(person));
  set_roles(story, facts);
  if (graph::allows_forum(story.type) && !story.forum_slug.empty()) {
    facts.forum = graph::forum_id(story.forum);
    facts.edition = story.edition;
  }
  if (!story.city.empty() || story.place_country != kNoParty) {
    graph::Place place;
    place.city = story.city;
    if (story.place_country != kNoParty) place.country = std::string(graph::country_code(view_.tables->parties[story.place_country].id));
    const bool said = story.type != EventType::visit || !place.city.empty();
    if (said && (!place.city.empty() || !place.country.empty())) facts.place = place;
  }
  if (story.type == EventType::call) facts.mode = graph::Mode::phone;
  else if (story.sets.mode) facts.mode = story.sets.mode;
  if (story.type != EventType::aid || !story.persons.empty()) facts.level = story.level;
  if (story.sets.stage && graph::allows_stage(story.type, *story.sets.stage)) facts.stage = story.sets.stage;
  if (story.sets.stance && graph::allows_stance(story.type)) facts.stance = story.sets.stance;
  if (story.count && *story.count > 1) facts.count = story.count;
  event.rule = story.rule;
  event.signs = signs_of(story);
  event.rule_confidence = story.confidence;
  event.confidence = confidence_of(story, event.signs, view_.tables->confidence);
  event.evidence = story.evidence;
  std::sort(event.evidence.begin(), event.evidence.end());
  event.evidence.erase(std::unique(event.evidence.begin(), event.evidence.end()), event.evidence.end());
  composition_.events.push_back(std::move(event));
}

void Composer::set_roles(const Story& story, graph::EventFacts& facts) {
  const bool officials_only = roles_of_officials(story.type);
  std::vector<PartyIndex> covered;
  if (!roles_of_parties_only(story.type))
    for (const auto& [person, part] : story.person_parts) {
      const auto role = role_of(part);
      if (!role || !graph::allows_role(story.type, *role)) continue;
      facts.roles[id_of(person)] = *role;
      covered.push_back(cast_.persons()[person].of);
    }
  for (const auto& [party, part] : story.party_parts) {
    const auto role = role_of(part);
    if (!role || !graph::allows_role(story.type, *role)) continue;
    if (officials_only && contains(covered, party)) continue;
    if (*role == Role::chair && contains(covered, party)) continue;
    facts.roles[view_.tables->parties[party].id] = *role;
  }
}

// Once every side is settled: each is asked for once for every event and once more.
const graph::EntityId& Composer::id_of(std::uint32_t person) {
  if (ids_.size() < cast_.persons().size()) ids_.resize(cast_.persons().size());
  if (!ids_[person]) {
    const Person& known = cast_.persons()[person];
    const graph::EntityId of = known.of == kNoParty ? graph::EntityId() : view_.tables->parties[known.of].id;
    ids_[person] = graph::official_id(of, known.name);
  }
  return *ids_[person];
}

void Composer::add_officials() {
  std::unordered_set<std::string> acting;
  for (const Composed& event : composition_.events)
    for (const graph::EntityId& official : event.facts.officials) acting.insert(official.str());
  const std::unordered_map<std::uint32_t, graph::Span> spans = spans_of_persons();
  for (std::uint32_t i = 0; i < cast_.persons().size(); ++i) {
    const Person& person = cast_.persons()[i];
    const graph::EntityId id = id_of(i);
    if (person.of == kNoParty || ((!person.has_post || person.historic) && !acting.contains(id.str()))) continue;
    graph::OfficialFacts facts;
    facts.id = id;
    facts.name = collapse_blanks(person.name);
    facts.of = view_.tables->parties[person.of].id;
    facts.post = person.post;
    composition_.officials.push_back(std::move(facts));
    const auto span = spans.find(i);
    composition_.official_spans.push_back(span == spans.end() ? graph::Span{} : span->second);
  }
}

// Where each person is named first.
std::unordered_map<std::uint32_t, graph::Span> Composer::spans_of_persons() const {
  std::unordered_map<std::uint32_t, graph::Span> spans;
  for (const Sentence& sentence : view_.sentences)
    for (const ActorMention& actor : sentence.actors)
      if (actor.begin < actor.end)
        for (const std::uint32_t person : actor.persons) spans.try_emplace(person, graph::Span{view_.tokens[actor.begin].begin, view_.tokens[actor.end - 1].end});
  return spans;
}

void Composer::add_forums() {
  std::unordered_set<std::string> seen;
  for (const Sentence& sentence : view_.sentences)
    for (const ForumMention& forum : sentence.forums) {
      if (forum.generic) continue;
      const graph::EntityId id = graph::forum_id(forum.name);
      if (!seen.insert(id.str()).second) continue;
      composition_.forums.push_back({id, forum.name, {}});
      composition_.forum_spans.push_back({view_.tokens[forum.begin].begin, view_.tokens[forum.end - 1].end});
    }
}

}  // namespace entente::importers
