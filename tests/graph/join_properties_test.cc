// What holds of joining and adding up for any claims; a failure prints the seed, which RC_PARAMS="seed=..." gives back.
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "graph/join/group.h"
#include "graph/join/join.h"

using namespace entente::graph;  // NOLINT(google-build-using-namespace)

namespace {

// Few values each, so that claims often agree.
rc::Gen<std::vector<EntityId>> some_states() {
  return rc::gen::map(rc::gen::inRange(0, 16), [](int chosen) {
    std::vector<EntityId> ids;
    int bit = 1;
    for (const char* code : {"JP", "KR", "KZ", "SG"}) {
      if ((chosen & bit) != 0) ids.push_back(country_id(code));
      bit *= 2;
    }
    return ids;
  });
}

rc::Gen<std::optional<entente::Edtf>> any_date() {
  return rc::gen::map(rc::gen::element<std::string>("", "2021-03-16", "2021-03-17", "2021-03", "XXXX-03-16"),
                      [](const std::string& text) {
                        return text.empty() ? std::nullopt : std::optional(entente::Edtf::parse(text).value());
                      });
}

rc::Gen<EventFacts> any_facts() {
  return rc::gen::exec([] {
    EventFacts facts;
    facts.type = *rc::gen::element(EventType::meeting, EventType::conference);
    facts.date = *any_date();
    facts.parties = *some_states();
    if (*rc::gen::inRange(0, 3) == 0) facts.officials = {EntityId("official:KR/kim")};
    facts.level =
        *rc::gen::element(std::optional<Level>(), std::optional(Level::minister), std::optional(Level::working));
    if (facts.type == EventType::conference) {
      facts.forum = EntityId("forum:x");
      facts.edition = *rc::gen::element(std::optional<int>(), std::optional(1), std::optional(2));
    }
    for (const EntityId& party : facts.parties)
      if (*rc::gen::inRange(0, 3) == 0) facts.roles.emplace(party, *rc::gen::element(Role::host, Role::guest));
    return facts;
  });
}

rc::Gen<std::vector<SourcedClaim>> some_claims() {
  return rc::gen::exec([] {
    std::vector<SourcedClaim> claims;
    const int count = *rc::gen::inRange(1, 8);
    for (int i = 0; i < count; ++i) {
      SourcedClaim sourced;
      sourced.claim.id = ClaimId("claim:" + std::to_string(i));
      sourced.claim.release = ReleaseId("release:" + std::to_string(*rc::gen::inRange(0, 3)));
      sourced.claim.confidence = *rc::gen::inRange(0, 11) / 10.0;
      sourced.claim.body = *any_facts();
      sourced.publisher = *rc::gen::element<std::string>("", "KR-MOFA", "KZ-MFA");
      claims.push_back(sourced);
    }
    return claims;
  });
}

rc::Gen<std::vector<SourcedClaim>> shuffled(std::vector<SourcedClaim> claims) {
  return rc::gen::map(
      rc::gen::container<std::vector<std::uint32_t>>(claims.size(), rc::gen::arbitrary<std::uint32_t>()),
      [claims](const std::vector<std::uint32_t>& order) {
        std::vector<std::size_t> places(claims.size());
        for (std::size_t i = 0; i < places.size(); ++i) places[i] = i;
        std::stable_sort(places.begin(), places.end(),
                         [&](std::size_t a, std::size_t b) { return order[a] < order[b]; });
        std::vector<SourcedClaim> out;
        for (const std::size_t place : places) out.push_back(claims[place]);
        return out;
      });
}

const EventFacts& facts_of(const SourcedClaim& sourced) { return std::get<EventFacts>(sourced.claim.body); }

}  // namespace

TEST_CASE("an event is the same in whatever order its claims come") {
  CHECK(rc::check([] {
    const auto claims = *some_claims();
    const auto others = *shuffled(claims);
    RC_ASSERT(add_up(EventId("event:1"), claims) == add_up(EventId("event:1"), others));
  }));
}

TEST_CASE("a release's claims tell of the same events in whatever order they come") {
  CHECK(rc::check([] {
    const auto ids = [](const std::vector<SourcedClaim>& claims) {
      std::vector<Claim> of_one;
      for (const auto& sourced : claims) {
        of_one.push_back(sourced.claim);
        of_one.back().release = ReleaseId("release:1");
      }
      const auto found = event_ids(of_one);
      return std::multiset<EventId>(found.begin(), found.end());
    };
    const auto claims = *some_claims();
    RC_ASSERT(ids(claims) == ids(*shuffled(claims)));
  }));
}

TEST_CASE("the claims of one release are not joined with each other, but for those of one edition of a forum") {
  CHECK(rc::check([] {
    std::vector<Claim> claims;
    for (const auto& sourced : *some_claims()) {
      claims.push_back(sourced.claim);
      claims.back().release = ReleaseId("release:1");
    }
    const auto found = event_ids(claims);
    for (std::size_t i = 0; i < claims.size(); ++i)
      for (std::size_t j = i + 1; j < claims.size(); ++j) {
        const auto& a = std::get<EventFacts>(claims[i].body);
        const auto& b = std::get<EventFacts>(claims[j].body);
        const bool one_edition = a.type == b.type && a.forum && a.edition && a.forum == b.forum && a.edition == b.edition;
        RC_ASSERT((found[i] == found[j]) == one_edition);
      }
  }));
}

namespace {

// Each claim of a release of its own as an account of its own; their ids tell them apart.
std::vector<Account> accounts_of(const std::vector<SourcedClaim>& claims) {
  std::vector<Account> out;
  for (const auto& sourced : claims) {
    Account account;
    account.id = std::stoull(sourced.claim.id.str().substr(6)) * 977 % 31;
    account.facts = facts_of(sourced);
    account.releases = {sourced.claim.id.str()};
    account.publishers = {sourced.publisher};
    out.push_back(account);
  }
  return out;
}

}  // namespace

TEST_CASE("accounts are grouped the same in whatever order they are given, and each is in one group") {
  CHECK(rc::check([] {
    const auto claims = *some_claims();
    const auto accounts = accounts_of(claims);
    const auto others = accounts_of(*shuffled(claims));
    const auto groups = group(accounts, all_pairs(accounts), {});
    RC_ASSERT(groups == group(others, all_pairs(others), {}));
    RC_ASSERT(groups.size() == accounts.size());
  }));
}

TEST_CASE("without a hand nothing is grouped that contradicts another of its group") {
  CHECK(rc::check([] {
    const auto accounts = accounts_of(*some_claims());
    const auto groups = group(accounts, all_pairs(accounts), {});
    for (const auto& a : accounts)
      for (const auto& b : accounts)
        if (a.id != b.id && groups.at(a.id).event == groups.at(b.id).event) RC_ASSERT(!contradict(a, b));
  }));
}

TEST_CASE("how alike two accounts are does not depend on which is named first") {
  CHECK(rc::check([] {
    const auto accounts = accounts_of(*some_claims());
    const auto points = [](const Account& x, const Account& y) {
      const auto found = likeness(x, y);
      return found ? found->points : 0;
    };
    for (const auto& a : accounts)
      for (const auto& b : accounts) {
        if (a.id == b.id) continue;
        RC_ASSERT(points(a, b) == points(b, a));
        RC_ASSERT(contradict(a, b) == contradict(b, a));
      }
  }));
}

TEST_CASE("the order in which parties and officials are named does not matter for joining") {
  CHECK(rc::check([] {
    EventFacts facts = *any_facts();
    facts.officials = {EntityId("official:KR/kim"), EntityId("official:SG/lee")};
    EventFacts other = facts;
    std::reverse(other.parties.begin(), other.parties.end());
    std::reverse(other.officials.begin(), other.officials.end());
    RC_ASSERT(join_key(facts, ReleaseId("release:1")).text == join_key(other, ReleaseId("release:1")).text);
  }));
}

TEST_CASE("whatever is added up was said, and nobody who was named is lost") {
  CHECK(rc::check([] {
    const auto claims = *some_claims();
    const Event event = add_up(EventId("event:1"), claims);
    const auto said = [&](auto field) {
      return std::any_of(claims.begin(), claims.end(),
                         [&](const auto& sourced) { return field(facts_of(sourced)) == field(event.facts); });
    };
    RC_ASSERT(said([](const EventFacts& f) { return f.date; }));
    RC_ASSERT(said([](const EventFacts& f) { return f.level; }));
    RC_ASSERT(said([](const EventFacts& f) { return f.type; }));
    for (const auto& sourced : claims)
      for (const EntityId& party : facts_of(sourced).parties)
        RC_ASSERT(std::find(event.facts.parties.begin(), event.facts.parties.end(), party) !=
                  event.facts.parties.end());
    RC_ASSERT(event.confidence >= 0 && event.confidence <= 1);
    RC_ASSERT(event.claims.size() == claims.size());
  }));
}

TEST_CASE("a claim more never makes an event less sure") {
  CHECK(rc::check([] {
    auto claims = *some_claims();
    const auto last = claims.back();
    if (claims.size() == 1) return;
    claims.pop_back();
    // From a release of its own, so that it counts.
    auto more = claims;
    more.push_back(last);
    more.back().claim.release = ReleaseId("release:new");
    RC_ASSERT(add_up(EventId("event:1"), more).confidence >= add_up(EventId("event:1"), claims).confidence - 1e-12);
  }));
}
