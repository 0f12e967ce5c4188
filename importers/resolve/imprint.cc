#include "importers/resolve/imprint.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "importers/split/sentences.h"

namespace entente::importers {
namespace {

constexpr int kHostWeight = 4;

std::string host_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  rest = rest.substr(0, rest.find_first_of("/?#:"));
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest = rest.substr(at + 1);
  return ascii_lowered(rest);
}

// "gov.br", "go.kr", "gob.mx", "gouv.fr": second labels under which states give names to their own bodies.
bool is_governmental(std::string_view host) {
  static constexpr std::array kLabels{"gov", "gob", "gouv", "go", "gub", "gc", "govt", "gv", "gouvernement", "mil", "mfa", "mofa"};
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos) return false;
  const std::string_view head = host.substr(0, last);
  const std::string_view second = head.substr(head.rfind('.') == std::string_view::npos ? 0 : head.rfind('.') + 1);
  return std::any_of(kLabels.begin(), kLabels.end(), [second](const char* label) { return second == label; });
}

bool is_under(std::string_view host, std::string_view suffix) {
  return host == suffix || (host.size() > suffix.size() && host.ends_with(suffix) && host[host.size() - suffix.size() - 1] == '.');
}

// `by_name`: not by an adjective, as the languages of a page are named.
OwnSide first_party(const LexiconTables& tables, const std::string& line, bool by_name) {
  CleanText clean;
  clean.text = line;
  clean.blocks.push_back({{0, static_cast<std::uint32_t>(line.size())}, BlockKind::heading, 1});
  TextView view;
  view.text = clean.text;
  view.tables = &tables;
  split_sentences(clean, view);
  find_mentions(view);
  for (const Sentence& sentence : view.sentences)
    for (const ActorMention& actor : sentence.actors) {
      if (!by_name && actor.post && actor.post->of.size() == 1) return {actor.post->of.front(), nullptr};
      if (by_name && (actor.kind != ActorKind::party || actor.expanded)) continue;
      if (actor.parties.size() == 1 && actor.kind != ActorKind::person) return {actor.parties.front(), nullptr};
    }
  return {};
}

}  // namespace

OwnSide side_of_publisher(const LexiconTables& tables, const std::string& publisher) {
  if (publisher.empty()) return {};
  const OwnSide side = first_party(tables, publisher, false);
  return side.party == kNoParty || tables.parties[side.party].kind == graph::EntityKind::region ? OwnSide{} : side;
}

OwnSide side_of_host(const LexiconTables& tables, std::string_view url) {
  const std::string host = host_of(url);
  const Publisher* best = nullptr;
  std::size_t length = 0;
  for (const Publisher& known : tables.publishers)
    for (const std::string& suffix : known.hosts)
      if (suffix.size() > length && is_under(host, suffix)) {
        best = &known;
        length = suffix.size();
      }
  if (best != nullptr && (best->party != kNoParty || !is_governmental(host))) return {best->party, &best->side_posts};
  const std::size_t dot = host.rfind('.');
  if (dot == std::string::npos || host.size() - dot != 3) return {};  // no two letters: an address of numbers, or a generic name
  std::string code = host.substr(dot + 1);
  std::transform(code.begin(), code.end(), code.begin(), [](char c) { return static_cast<char>(c - 'a' + 'A'); });
  return {tables.country_by_code(code), nullptr};
}

OwnSide side_of_imprint(const LexiconTables& tables, const std::vector<Imprint>& lines, std::string_view url) {
  struct Vote {
    OwnSide side;
    int weight = 0;
  };
  std::vector<Vote> votes;
  const auto vote = [&votes](const OwnSide& side, int weight) {
    if (side.party == kNoParty) return;
    const auto known = std::find_if(votes.begin(), votes.end(), [&](const Vote& one) { return one.side.party == side.party; });
    if (known == votes.end())
      votes.push_back({side, weight});
    else
      known->weight += weight;
  };
  vote(side_of_host(tables, url), kHostWeight);
  for (const Imprint& line : lines)
    if (line.weight > 0) vote(first_party(tables, line.text, false), line.weight);
  if (votes.empty())
    for (const Imprint& line : lines)
      if (line.weight == 0) vote(first_party(tables, line.text, true), 1);
  const auto best = std::max_element(votes.begin(), votes.end(), [](const Vote& a, const Vote& b) { return a.weight < b.weight; });
  return best == votes.end() ? OwnSide{} : best->side;
}

}  // namespace entente::importers
