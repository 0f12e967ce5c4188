#include "importers/mentions/scanner.h"

#include <algorithm>

namespace entente::importers {
namespace {

constexpr std::uint32_t kPortfolioTokensMax = 14;

bool is_modifier(const Scan& scan, std::uint32_t i) {
  return scan.in_class(i, WordClass::post_deputy) || scan.in_class(i, WordClass::post_modifier) || scan.in_class(i, WordClass::former);
}

// The words before a post's head that belong to it: "First Vice", "Foreign", "Trade and Industry".
std::uint32_t skip_modifiers(const Scan& scan, std::uint32_t i) {
  std::uint32_t at = i;
  for (int steps = 0; steps < 6 && scan.has(at); ++steps) {
    if (scan.longest(at, SenseKind::post).sense != nullptr) return at;
    if (is_modifier(scan, at)) {
      ++at;
      continue;
    }
    const Scan::Match portfolio = scan.longest(at, SenseKind::portfolio);
    if (portfolio.sense == nullptr) return i;
    at = portfolio.end;
    if (scan.is(at, "and") && scan.longest(at + 1, SenseKind::portfolio).sense != nullptr) ++at;
  }
  return i;
}

void lower_rank(PostMention& post) {
  if (post.kind == PostKind::minister || post.kind == PostKind::secretary) post.level = graph::Level::vice_minister;
  post.deputy = true;
}

// "Regional Integration", "Diaspora Affairs", "Administrative and Financial Affairs": words in capitals that end in what portfolios end
// in; where they end, 0 for none.
std::uint32_t ends_in_tail(const Scan& scan, std::uint32_t at) {
  constexpr std::uint32_t kTailMax = 5;  // words
  bool joined = false;
  for (std::uint32_t i = at; i < at + (joined ? kTailMax : 3); ++i) {
    if (i > at && !joined && scan.is(i, "and") && scan.capital(i + 1)) {
      joined = true;
      continue;
    }
    if (!scan.capital(i)) return 0;
    if (i > at && scan.in_class(i, WordClass::portfolio_tail)) return joined && !scan.is(i, "affairs") ? 0 : i + 1;
    if (scan.longest(i, SenseKind::honorific).sense != nullptr || scan.longest(i, SenseKind::post).sense != nullptr) return 0;
  }
  return 0;
}

// "of the Thai Ministry of Commerce", "of the Slovenian Parliament": where the body ends; `at` when none stands there.
std::uint32_t skip_body(const Scan& scan, std::uint32_t at, std::vector<PartyIndex>& of) {
  const Scan::Match party = scan.longest_party(at);
  if (party.sense == nullptr || party.sense->kind != SenseKind::adjective) return at;
  if (scan.is(party.end, "delegation")) {  // "the head of the Senegalese delegation"
    of = {static_cast<PartyIndex>(party.sense->index)};
    return party.end + 1;
  }
  // "the Bulgarian National Assembly": a house of parliament
  if (const Scan::Match house = scan.longest(party.end, SenseKind::forum_head); house.sense != nullptr && scan.capital(party.end) && scan.tables().forum_heads[house.sense->index].none) {
    of = {static_cast<PartyIndex>(party.sense->index)};
    return house.end;
  }
  if (!scan.capital(party.end) || !(scan.in_class(party.end, WordClass::government_noun) || scan.is(party.end, "department"))) return at;
  of = {static_cast<PartyIndex>(party.sense->index)};
  return party.end + 1;
}

// Words of a portfolio or body from `at`: ends before a party, a name, or what is in small letters.
std::uint32_t skip_portfolio(const Scan& scan, std::uint32_t at, bool after_the) {
  const std::uint32_t from = at;
  bool listed = false;  // a comma stood between two
  bool of_ministry = false;  // what a ministry deals with ends here
  while (scan.has(at) && at - from < kPortfolioTokensMax) {
    const Scan::Match portfolio = scan.longest(at, SenseKind::portfolio);
    if (portfolio.sense != nullptr) {
      at = portfolio.end;
      of_ministry = scan.is(from, "ministry");
      while (scan.capital(at) && scan.in_class(at, WordClass::portfolio_tail)) ++at;  // "Trade Promotion", "Economic Integration"
      continue;
    }
    const bool linking = scan.is(at, "and") || scan.is(at, "of") || scan.is(at, "for") || scan.mark(at, ',') || scan.mark(at, '&') || scan.is(at, "the");
    if (linking && at > from) {
      const std::uint32_t next = scan.is(at + 1, "the") ? at + 2 : at + 1;
      const bool goes_on = scan.longest(next, SenseKind::portfolio).sense != nullptr || ends_in_tail(scan, next) ||
                           (after_the && !scan.mark(at, ',') && scan.capital(next) && scan.longest_party(next).sense == nullptr && scan.longest(next, SenseKind::post).sense == nullptr);
      // "of Foreign Affairs, International Trade and Worship,": the last of several may be a word that no table has.
      const bool last_of_several = !goes_on && scan.is(at, "and") && listed && scan.capital(at + 1) && scan.mark(at + 2, ',') && scan.longest_party(at + 1).sense == nullptr;
      if (last_of_several) return at + 2;
      if (!goes_on) break;
      listed = listed || scan.mark(at, ',');
      at = next;
      if (scan.longest(at, SenseKind::portfolio).sense == nullptr)
        if (const std::uint32_t tail = ends_in_tail(scan, at)) at = tail;
      continue;
    }
    if (!after_the || !scan.capital(at) || scan.longest_party(at).sense != nullptr) break;
    if (scan.longest(at, SenseKind::honorific).sense != nullptr) break;
    // "Director of the Eastern Neighbourhood Department Rasa Kairienė": a name behind the word that ends the body's.
    // "of the Ministry of Foreign and European Affairs A": so it is behind what the ministry deals with.
    const bool body_ends = scan.in_class(at - 1, WordClass::department) || (of_ministry && !scan.in_class(at, WordClass::department));
    const bool behind_body = at > from + 1 && body_ends && !scan.in_class(at, WordClass::portfolio_tail);
    const bool named = behind_body && (scan.capital(at + 1) || scan.in_class(at + 1, WordClass::name_particle) || scan.token(at).word == 0);
    if (named) break;
    of_ministry = false;
    ++at;
  }
  return at;
}

// "for Water Diplomacy of Switzerland", "for the Sahel Dialogue,": words in capitals that no table has, where what follows shows
// that they are no name: "of" and a party, or a comma and a name.
std::uint32_t skip_unknown(const Scan& scan, std::uint32_t at) {
  constexpr std::uint32_t kWordsMax = 5;
  std::uint32_t end = at;
  while (end < at + kWordsMax && scan.capital(end) && scan.longest_party(end).sense == nullptr && scan.longest(end, SenseKind::honorific).sense == nullptr && scan.longest(end, SenseKind::post).sense == nullptr) {
    ++end;
    if ((scan.is(end, "and") || scan.is(end, "of")) && scan.capital(end + 1) && scan.longest_party(end + 1).sense == nullptr) ++end;
  }
  if (end == at) return at;
  const std::uint32_t behind = scan.is(end + 1, "the") ? end + 2 : end + 1;
  const bool of_party = scan.is(end, "of") && scan.longest_party(behind).sense != nullptr;
  const bool name = scan.mark(end, ',') && scan.capital(end + 1) && scan.capital(end + 2) && scan.longest_party(end + 1).sense == nullptr;
  return of_party || name ? end : at;
}

// "Minister for Foreign Affairs and Regional Integration", "Minister of Foreign Affairs, International Trade and Worship,": where
// the phrase that is known ends in a portfolio, others may follow it, the last behind "and".
void take_second_portfolio(const Scan& scan, PostMention& post) {
  const bool minister = post.kind == PostKind::minister || post.kind == PostKind::government || post.kind == PostKind::deputy || post.kind == PostKind::secretary;
  if (!minister || post.end - post.head_begin < 3) return;
  // "Minister for International Development Cooperation A": the word that ends a longer portfolio is no name
  const bool charged = scan.is(post.head_begin + 1, "for") || scan.is(post.head_begin + 1, "of");
  if (charged && scan.capital(post.end) && scan.in_class(post.end, WordClass::portfolio_tail) && scan.capital(post.end + 1)) ++post.end;
  std::uint32_t at = post.end;
  while (scan.mark(at, ',') || scan.is(at, "and")) {
    const bool last = scan.is(at, "and") || scan.is(at + 1, "and");
    std::uint32_t next = scan.mark(at, ',') && last ? at + 2 : at + 1;
    if (scan.is(next, "of") || scan.is(next, "for")) next += scan.is(next + 1, "the") ? 2U : 1U;  // "Foreign Affairs and of Senegalese Abroad"
    const Scan::Match portfolio = scan.longest(next, SenseKind::portfolio);
    std::uint32_t past = portfolio.sense != nullptr && scan.capital(next) ? portfolio.end : ends_in_tail(scan, next);
    // the last of several may be a word that no table has
    const bool unknown = past == 0 && last && at > post.end && scan.capital(next) && scan.mark(next + 1, ',') && scan.longest_party(next).sense == nullptr;
    if (unknown) past = next + 1;
    else if (const std::uint32_t end = past == 0 && last ? skip_unknown(scan, next) : next; end != next) past = end;  // "Industry and New Technologies of Tajikistan"
    if (past == 0) return;
    while (scan.capital(past) && scan.in_class(past, WordClass::portfolio_tail)) ++past;
    at = past;
    bool whole = last;  // "Commerce, Trade and Industry": the second may have the "and" in it
    for (std::uint32_t token = next; token < past; ++token) whole = whole || scan.is(token, "and");
    if (whole) {
      post.end = at;
      return;
    }
  }
}

// "at the Ministry for Foreign Affairs", "in the Finnish Foreign Ministry": the body that somebody serves in, with what it deals with;
// `prep` when none stands there.
std::uint32_t past_ministry(const Scan& scan, std::uint32_t prep, std::vector<PartyIndex>& of) {
  if (!(scan.is(prep, "at") || scan.is(prep, "in")) || !scan.is(prep + 1, "the")) return prep;
  std::uint32_t at = prep + 2;
  const Scan::Match party = scan.longest_party(at);
  if (party.sense != nullptr && party.sense->kind == SenseKind::ministry) {
    of = {static_cast<PartyIndex>(party.sense->index)};  // "at the Federal Foreign Office"
    return party.end;
  }
  const bool adjective = party.sense != nullptr && party.sense->kind == SenseKind::adjective;
  if (adjective) at = party.end;
  const Scan::Match portfolio = scan.longest(at, SenseKind::portfolio);
  if (portfolio.sense != nullptr) at = portfolio.end;
  if (!scan.capital(at) || !(scan.is(at, "ministry") || scan.in_class(at, WordClass::department))) return prep;
  ++at;
  if (scan.is(at, "of") || scan.is(at, "for")) {
    const std::uint32_t from = skip_portfolio(scan, at + 1, false);
    if (from != at + 1) at = from;
  }
  if (adjective) of = {static_cast<PartyIndex>(party.sense->index)};
  return at;
}

// "of the Norwegian Embassy in Havana", "of the European Union Delegation": the mission that somebody serves in and where it is; `at`
// when none stands there.
std::uint32_t past_mission(const Scan& scan, std::uint32_t at) {
  if (scan.capital(at) && scan.is(at, "delegation")) return at + 1;
  const Scan::Match mission = scan.longest(at, SenseKind::noun);
  const LexiconTables& tables = scan.tables();
  if (mission.sense == nullptr || !scan.capital(at) || tables.noun_classes[tables.nouns[mission.sense->index].noun_class] != "mission") return at;
  const std::uint32_t town = mission.end + 1;
  const Scan::Match city = scan.is(mission.end, "in") ? scan.longest(town, SenseKind::city) : Scan::Match{};
  return city.sense != nullptr ? city.end : mission.end;
}

// "for Russia, Eastern Partnership, Central Asia and the OSCE at the External Action Service": the desks that a post is for, up to the body
// that it stands in; `at` where they are no such list.
std::uint32_t past_desks(const Scan& scan, std::uint32_t at) {
  constexpr std::uint32_t kWordsMax = 4;
  constexpr std::uint32_t kDesksMax = 8;
  std::uint32_t end = at;
  for (std::uint32_t desks = 0; desks < kDesksMax; ++desks) {
    const bool last = scan.is(end, "and");
    if (!last && !scan.mark(end, ',')) return at;
    std::uint32_t next = end + 1;
    if (scan.is(next, "and")) ++next;
    if (scan.is(next, "the")) ++next;
    const Scan::Match party = scan.longest_party(next);
    std::uint32_t past = party.sense != nullptr ? party.end : next;
    while (scan.capital(past) && past < next + kWordsMax && scan.longest(past, SenseKind::honorific).sense == nullptr && scan.longest(past, SenseKind::post).sense == nullptr) ++past;
    if (past == next) return at;
    end = past;
    if (last && (scan.is(end, "at") || scan.is(end, "in") || scan.is(end, "of"))) return end;
  }
  return at;
}

bool is_envoy(PostKind kind) { return kind == PostKind::ambassador || kind == PostKind::envoy; }

// "the Ambassador of Kuwait accredited to the Sultanate": the word before the "to" that an envoy's post may have.
bool is_accredited(const Scan& scan, const PostMention& post, std::uint32_t at) {
  return is_envoy(post.kind) && scan.is(at, "accredited") && scan.is(at + 1, "to");
}

// "Joint Secretary (West Africa)", "Director General (Political)": where the bracket that names the desk is closed; `at` where none is.
std::uint32_t past_desk(const Scan& scan, const PostMention& post, std::uint32_t at) {
  constexpr std::uint32_t kWordsMax = 6;
  if (post.plural || (post.kind != PostKind::secretary && post.kind != PostKind::director && post.kind != PostKind::deputy) || !scan.mark(at, '(') || !scan.capital(at + 1)) return at;
  const Scan::Match state = scan.longest_party(at + 1);  // "the Director General (Latvia)": whose he is
  if (state.sense != nullptr && state.sense->kind == SenseKind::name && scan.mark(state.end, ')') && scan.tables().parties[state.sense->index].kind == graph::EntityKind::country) return at;
  for (std::uint32_t close = at + 2; close <= at + kWordsMax && scan.has(close); ++close)
    if (scan.mark(close, ')')) return close + 1;
  return at;
}

// "Special Envoy of the Chinese Government on African Affairs": where what an envoy deals with ends; `at` where nothing is said.
std::uint32_t past_affairs(const Scan& scan, const PostMention& post, std::uint32_t at) {
  if (post.kind != PostKind::envoy || !scan.is(at, "on")) return at;
  const Scan::Match about = scan.longest_party(at + 1);
  return about.sense != nullptr && scan.is(about.end, "affairs") && scan.capital(about.end) ? about.end + 1 : at;
}

// "of Foreign Affairs of Turkmenistan", "to the US", "in Managua", "for Human Rights".
void take_complements(const Scan& scan, PostMention& post) {
  std::uint32_t at = post.end;
  if (scan.tables().traits.adjective_after) {
    // "ministre coréen des Affaires étrangères"
    const Scan::Match party = scan.longest_party(at);
    if (party.sense != nullptr && party.sense->kind == SenseKind::adjective) {
      post.of = {static_cast<PartyIndex>(party.sense->index)};
      at = party.end;
      post.full_end = at;
    }
  }
  if (const std::uint32_t desk = past_desk(scan, post, at); desk != at) at = post.end = post.full_end = desk;
  while (scan.has(at)) {
    std::uint32_t prep = at;
    // "President-elect of", "Minister, of": nothing between.
    if (scan.is(prep, "in") && scan.is(prep + 1, "charge") && scan.is(prep + 2, "of")) prep += 2;  // "Minister of State in charge of Diaspora"
    if (scan.is(prep, "responsible") && scan.is(prep + 1, "for")) ++prep;
    if (is_accredited(scan, post, prep)) ++prep;
    const bool of = scan.is(prep, "of");
    if (const std::uint32_t body = past_ministry(scan, prep, post.of); body != prep) {
      at = body;
      post.end = body;
      if (!post.of.empty()) {
        post.full_end = body;
        return;
      }
      continue;
    }
    // "Managing Director for Russia at the External Action Service"
    const Scan::Match serves = scan.is(prep, "at") && scan.is(prep + 1, "the") && (post.kind == PostKind::director || post.kind == PostKind::deputy) ? scan.longest_party(prep + 2) : Scan::Match{};
    if (serves.sense != nullptr && serves.sense->kind == SenseKind::name && scan.tables().parties[serves.sense->index].kind == graph::EntityKind::organisation) {
      post.of = {static_cast<PartyIndex>(serves.sense->index)};
      post.end = post.full_end = serves.end;
      return;
    }
    const bool envoy = is_envoy(post.kind) || post.kind == PostKind::general;
    const bool other = scan.is(prep, "for") || scan.is(prep, "on") || (envoy && (scan.is(prep, "to") || scan.is(prep, "in") || scan.is(prep, "at")));
    if (!of && !other) return;
    std::uint32_t next = prep + 1;
    const bool the = scan.is(next, "the") || (of && scan.is(next, "its"));  // "Director of its Asia Department"
    if (the) ++next;
    if (the && scan.in_class(next, WordClass::kinship)) ++next;  // "of the sisterly Republic of the Sudan"
    // "Director General for the Americas and Asia", "Director of Europe": what a desk deals with, on nobody's side.
    const Scan::Match part = (other || post.kind == PostKind::director) && !is_envoy(post.kind) ? scan.longest_party(next) : Scan::Match{};
    const bool desk = part.sense != nullptr && part.sense->kind != SenseKind::city && scan.tables().parties[part.sense->index].kind == graph::EntityKind::region;
    const PartyList parties = parse_party_list(scan, next, post.plural || desk || (is_envoy(post.kind) && scan.is(prep, "to")));
    const Scan::Match city = scan.longest(next, SenseKind::city);
    const Scan::Match portfolio = scan.longest(next, SenseKind::portfolio);
    std::uint32_t unit_at = parties.end;  // "Director of the Africa Department", "of the Europe-America Division"
    while (!parties.parties.empty() && scan.has(unit_at) && scan.token(unit_at).joined) ++unit_at;
    const bool affairs = !of && scan.is(unit_at, "affairs");  // "Assistant Minister for Europe Affairs"
    const bool unit = (affairs || scan.in_class(unit_at, WordClass::department)) && scan.capital(unit_at);
    if (!parties.parties.empty() && !unit && (portfolio.sense == nullptr || portfolio.end <= parties.end)) {
      at = parties.end;
      if (of && !post.plural) at = past_mission(scan, at);
      // "Special Representative of the United Nations Secretary-General for A": of the organisation whose head sent him
      if (of && post.kind == PostKind::envoy)
        if (const Scan::Match head = scan.longest(at, SenseKind::post); head.sense != nullptr && scan.tables().posts[head.sense->index].kind == PostKind::organisation) at = head.end;
      // "State Secretary of Latvia's foreign ministry"
      if (of && scan.possessive(at))
        for (std::uint32_t body = at + 1; body < at + 4 && scan.has(body) && scan.token(body).letters; ++body)
          if (scan.in_class(body, WordClass::government_noun) || scan.in_class(body, WordClass::department)) {
            at = body + 1;
            break;
          }
      // "of the Republic" alone, "of Ethiopia to Somalia"
      if ((of && !desk) || (post.kind == PostKind::ambassador && scan.is(prep, "for"))) {  // "High Commissioner for Kenya"
        post.of = parties.parties;
        // "of the State Department for Foreign Affairs of Kenya": the state again, behind its body
        if (scan.is(at, "of") && !post.plural)
          if (const PartyList again = parse_party_list(scan, scan.is(at + 1, "the") ? at + 2 : at + 1, false); again.parties == post.of) at = again.end;
        post.full_end = at;
      } else {
        if (!is_envoy(post.kind)) at = past_desks(scan, at);
        const bool at_desk = post.kind == PostKind::director || post.kind == PostKind::deputy || post.kind == PostKind::secretary;  // "Managing Director for Russia"
        if (!desk && !at_desk) post.to = parties.parties;
        post.end = at;
        continue;
      }
      // "High Representative of the European Union for Foreign Affairs and Security Policy", "Minister of Kenya for Trade"
      if (of && scan.is(at, "for") && scan.longest(at + 1, SenseKind::portfolio).sense != nullptr) {
        post.end = post.full_end = skip_portfolio(scan, at + 1, false);
        return;
      }
      // The country ends the post's own words, unless an envoy's place follows: "Ambassador of Japan to the Maldives".
      const Scan::Match part_of_world = post.kind == PostKind::ambassador && scan.is(at, "for") ? scan.longest_party(scan.is(at + 1, "the") ? at + 2 : at + 1) : Scan::Match{};
      const bool of_region = part_of_world.sense != nullptr && part_of_world.sense->kind == SenseKind::name && scan.tables().parties[part_of_world.sense->index].kind == graph::EntityKind::region;
      // "Special Representative of the President of A for B", "Ambassador of A for the Pacific"
      const bool charged = (post.kind == PostKind::envoy && scan.is(at, "for")) || of_region;
      if (is_accredited(scan, post, at)) ++at;
      if (const std::uint32_t dealt_with = past_affairs(scan, post, at); dealt_with != at) {
        post.end = post.full_end = dealt_with;
        return;
      }
      // "the Ambassador of Kenya to the Kingdom": to ours
      if (envoy && scan.is(at, "to") && scan.is(at + 1, "the") && (scan.in_class(at + 2, WordClass::self_side) || (scan.in_class(at + 2, WordClass::state_noun) && scan.capital(at + 2))) && !scan.is(at + 3, "of")) {
        post.head_end = at;
        post.end = at + 3;
        post.full_end = at + 3;
        return;
      }
      const bool seat = post.kind == PostKind::general && scan.is(at, "in");  // "Vice-Chair of the Organisation in The Hague"
      if (envoy && !seat && (scan.is(at, "to") || scan.is(at, "in") || charged)) {
        std::uint32_t target = scan.is(at + 1, "the") ? at + 2 : at + 1;
        const Scan::Match first = scan.longest_party(target);
        const bool regions = first.sense != nullptr && first.sense->kind != SenseKind::city && scan.tables().parties[first.sense->index].kind == graph::EntityKind::region;
        const PartyList to = parse_party_list(scan, target, regions);  // "for West Africa and the Sahel"
        const Scan::Match town = scan.longest(target, SenseKind::city);
        if (to.parties.empty() && town.sense != nullptr && scan.is(at, "in")) {  // "Consul of Poland in Brest"
          post.to = {scan.tables().cities[town.sense->index].country};
          post.head_end = at;
          post.end = town.end;
        }
        if (!to.parties.empty()) {
          post.to = to.parties;
          post.head_end = at;  // marks that what is sent to stands behind the country
          post.end = to.end;
        }
      }
      return;
    }
    // "the leaders gathered in Istanbul", "two new ambassadors in Reykjavík": several together are at a place, not posted there.
    if (!of && city.sense != nullptr && envoy && post.plural) return;
    if (!of && city.sense != nullptr && envoy) {
      post.to = {scan.tables().cities[city.sense->index].country};
      post.end = city.end;
      at = city.end;
      continue;
    }
    if (of && scan.in_class(next, WordClass::self_side) && the && !scan.is(next + 1, "of")) {
      at = next + 1;  // "President of the Republic": no country said
      post.end = at;
      post.ours = true;
      return;
    }
    const Scan::Match whose = of ? scan.longest_party(next) : Scan::Match{};
    const bool adjective = whose.sense != nullptr && whose.sense->kind == SenseKind::adjective;
    // "the Chargé d'Affaires of the Swedish Embassy in Lima"
    if (const std::uint32_t mission = adjective && !post.plural ? past_mission(scan, whose.end) : whose.end; adjective && mission != whose.end) {
      post.of = {static_cast<PartyIndex>(whose.sense->index)};
      post.full_end = mission;
      return;
    }
    // "the head of the Hungarian diplomacy"
    if (adjective && scan.is(whose.end, "diplomacy")) {
      post.of = {static_cast<PartyIndex>(whose.sense->index)};
      post.kind = PostKind::minister;
      post.level = graph::Level::minister;
      post.full_end = post.end = whose.end + 1;
      return;
    }
    if (std::vector<PartyIndex> body_of; of && the && post.of.empty()) {
      if (const std::uint32_t body = skip_body(scan, next, body_of); body != next) {
        post.of = std::move(body_of);
        at = body;
        post.end = scan.is(body, "of") || scan.is(body, "for") ? skip_portfolio(scan, body + 1, false) : body;
        if (post.end == body + 1) post.end = body;
        post.end = past_affairs(scan, post, post.end);
        post.full_end = post.end;
        return;
      }
    }
    // "leaders of the Afghan Interim Authority": a body of the country that its adjective names.
    if (adjective && post.plural && scan.capital(whose.end)) {
      at = whose.end;
      while (scan.has(at) && scan.capital(at)) ++at;
      post.of = {static_cast<PartyIndex>(whose.sense->index)};
      post.full_end = at;
      return;
    }
    std::uint32_t past = unit ? unit_at + 1 : skip_portfolio(scan, next, the);
    if (const std::uint32_t tail = past == next ? ends_in_tail(scan, next) : 0; tail != 0) past = tail;  // "Undersecretary for Diplomatic Affairs"
    if (const std::uint32_t unknown = skip_unknown(scan, past); unknown != past && (envoy || past == next) && prep + 1 == next) past = unknown;
    // "Minister of Hydrography Anna Lund": nobody is minister of a person, so that the first word is what the office is for.
    const bool names_office = past == next && of && (post.kind == PostKind::minister || post.kind == PostKind::deputy) && !post.plural && scan.longest_party(next).sense == nullptr;
    const std::uint32_t first = scan.is(next + 1, "affairs") ? next + 2 : next + 1;
    if (names_office && scan.capital(next) && scan.capital(first) && scan.capital(first + 1)) past = first;
    if (past == next) return;
    at = past;
    post.end = past;
  }
}

// A post up to the words behind it: its head, its rank and a second portfolio.
std::optional<PostMention> read_head(const Scan& scan, std::uint32_t i) {
  if (!scan.has(i) || !scan.token(i).letters) return std::nullopt;
  const std::uint32_t head = skip_modifiers(scan, i);
  const Scan::Match match = scan.longest(head, SenseKind::post);
  if (match.sense == nullptr) return std::nullopt;
  const Post& known = scan.tables().posts[match.sense->index];
  PostMention post;
  post.begin = i;
  post.head_begin = head;
  post.head_end = match.end;
  post.end = match.end;
  post.post = match.sense->index;
  post.level = known.level;
  post.kind = known.kind;
  post.plural = known.plural;
  for (std::uint32_t at = i; at < head; ++at) {
    if (scan.in_class(at, WordClass::former)) post.former = true;
    if (scan.in_class(at, WordClass::post_deputy)) lower_rank(post);
  }
  take_second_portfolio(scan, post);
  return post;
}

// "Deputy Prime Minister – Minister of Foreign Affairs", "Deputy Prime Minister, Minister of State for Trade": one post of two
// halves, the second of which says of what, with the rank of the first.
std::optional<PostMention> second_half(const Scan& scan, const PostMention& first) {
  if (first.plural || first.kind != PostKind::government || first.level != graph::Level::minister || first.end != first.head_end) return std::nullopt;
  const std::uint32_t link = first.end;
  if (!scan.has(link) || !(scan.is(link, "and") || scan.mark(link, ',') || scan.view().raw(link, link + 1) == "–" || scan.view().raw(link, link + 1) == "-" || scan.view().raw(link, link + 1) == "/")) return std::nullopt;
  if (!scan.has(link + 1) || !scan.capital(link + 1)) return std::nullopt;
  auto second = read_head(scan, link + 1);
  const bool office = second && !second->plural && (second->kind == PostKind::minister || second->kind == PostKind::deputy || second->kind == PostKind::secretary);
  if (!office) return std::nullopt;
  second->begin = first.begin;
  second->level = first.level;
  return second;
}

// "the head of the Czech government": the state between the words of the post.
std::optional<PostMention> head_of_theirs(const Scan& scan, std::uint32_t i) {
  if (!scan.is(i, "head") || !scan.is(i + 1, "of")) return std::nullopt;
  const Scan::Match whose = scan.longest_party(scan.is(i + 2, "the") ? i + 3 : i + 2);
  if (whose.sense == nullptr || whose.sense->kind != SenseKind::adjective || !(scan.is(whose.end, "government") || scan.is(whose.end, "state"))) return std::nullopt;
  PostMention post;
  post.begin = post.head_begin = i;
  post.head_end = post.end = post.full_end = whose.end + 1;
  post.level = graph::Level::leader;
  post.kind = PostKind::government;
  post.of = {static_cast<PartyIndex>(whose.sense->index)};
  return post;
}

}  // namespace

std::optional<PostMention> parse_post(const Scan& scan, std::uint32_t i) {
  if (auto head = head_of_theirs(scan, i)) return head;
  auto post = read_head(scan, i);
  if (!post) return std::nullopt;
  if (auto whole = second_half(scan, *post)) post = std::move(whole);
  take_complements(scan, *post);
  post->full_end = std::max(post->full_end, post->end);
  return post;
}

}  // namespace entente::importers
