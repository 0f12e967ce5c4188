#include "rpc/convert/event_view.h"

#include <algorithm>

#include "rpc/convert/numbers.h"

namespace entente::rpc {
namespace {

void copy(std::string_view text, capnp::Text::Builder out) { std::copy(text.begin(), text.end(), out.begin()); }

void write_texts(const std::vector<std::string_view>& texts, capnp::List<capnp::Text>::Builder list) {
  for (unsigned i = 0; i < texts.size(); ++i) copy(texts[i], list.init(i, size_of(texts[i].size())));
}

void write_facts(const graph::FactsView& facts, wire::EventFacts::Builder out) {
  out.setType(static_cast<std::uint8_t>(facts.type));
  if (!facts.date.empty()) copy(facts.date, out.initDate(size_of(facts.date.size())));
  out.setStatus(static_cast<std::uint8_t>(facts.status));
  write_texts(facts.parties, out.initParties(size_of(facts.parties.size())));
  write_texts(facts.officials, out.initOfficials(size_of(facts.officials.size())));
  auto roles = out.initRoles(size_of(facts.roles.size()));
  for (unsigned i = 0; i < facts.roles.size(); ++i) {
    auto role = roles[i];
    copy(facts.roles[i].first, role.initId(size_of(facts.roles[i].first.size())));
    role.setValue(static_cast<std::uint8_t>(facts.roles[i].second));
  }
  if (!facts.forum.empty()) copy(facts.forum, out.initForum(size_of(facts.forum.size())));
  out.setEdition(facts.edition.value_or(0));
  if (!facts.city.empty()) copy(facts.city, out.initCity(size_of(facts.city.size())));
  if (!facts.country.empty()) copy(facts.country, out.initCountry(size_of(facts.country.size())));
  out.setMode(number(facts.mode));
  out.setLevel(number(facts.level));
  out.setStage(number(facts.stage));
  out.setStance(number(facts.stance));
  out.setCount(facts.count.value_or(0));
}

}  // namespace

void write(const graph::EventView& event, wire::Event::Builder out) {
  copy(event.id, out.initId(size_of(event.id.size())));
  write_facts(event.facts, out.initFacts());
  write_texts(event.claims, out.initClaims(size_of(event.claims.size())));
  out.setSources(event.sources);
  write_texts(event.publishers, out.initPublishers(size_of(event.publishers.size())));
  out.setConfidence(event.confidence);
  auto differences = out.initDifferences(size_of(event.differences.size()));
  for (unsigned i = 0; i < event.differences.size(); ++i) {
    auto difference = differences[i];
    copy(event.differences[i].field, difference.initField(size_of(event.differences[i].field.size())));
    write_texts(event.differences[i].values, difference.initValues(size_of(event.differences[i].values.size())));
  }
  out.initEvidence(0);
}

}  // namespace entente::rpc
