#include "graph/join/group.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace entente::graph {
namespace {

struct Edge {
  std::size_t a = 0;  // a's id is the smaller one
  std::size_t b = 0;
  Likeness likeness;
};

class Grouper {
 public:
  Grouper(std::vector<Account> accounts, const Candidates& candidates, const std::vector<HandLink>& links)
      : accounts_(std::move(accounts)), candidates_(candidates) {
    std::sort(accounts_.begin(), accounts_.end(), [](const Account& a, const Account& b) { return a.id < b.id; });
    group_of_.resize(accounts_.size());
    for (std::size_t i = 0; i < accounts_.size(); ++i) group_of_[i] = i, members_.push_back({i});
    by_hand_.resize(accounts_.size());
    for (const HandLink& link : links) links_[link.from] = &link;
  }

  std::map<std::uint64_t, Grouped> run() {
    join_by_hand();
    find_edges();
    for (const Edge& edge : unrivalled()) {
      const std::size_t into = group_of_[edge.a];
      const std::size_t from = group_of_[edge.b];
      if (into != from && may_meet(into, from)) merge(into, from);
    }
    return result();
  }

 private:
  void merge(std::size_t into, std::size_t from) {
    if (into > from) std::swap(into, from);
    for (const std::size_t member : members_[from]) group_of_[member] = into;
    members_[into].insert(members_[into].end(), members_[from].begin(), members_[from].end());
    members_[from].clear();
    by_hand_[into] = by_hand_[into] || by_hand_[from];
  }

  // Where hands lead from an id; a circle ends at the smallest in it.
  std::uint64_t root_of(std::uint64_t id) const {
    std::vector<std::uint64_t> path{id};
    for (auto link = links_.find(id); link != links_.end(); link = links_.find(path.back())) {
      const auto before = std::find(path.begin(), path.end(), link->second->to);
      if (before != path.end()) return *std::min_element(before, path.end());
      path.push_back(link->second->to);
    }
    return path.back();
  }

  void join_by_hand() {
    std::map<std::uint64_t, std::size_t> first;
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      const auto [at, fresh] = first.emplace(root_of(accounts_[i].id), i);
      if (root_of(accounts_[i].id) != accounts_[i].id) by_hand_[group_of_[at->second]] = true;
      if (!fresh) merge(group_of_[at->second], i);
    }
  }

  void find_edges() {
    for (const auto& [x, y] : candidates_) {
      const auto a = find(std::min(x, y));
      const auto b = find(std::max(x, y));
      if (!a || !b || *a == *b) continue;
      if (auto found = likeness(accounts_[*a], accounts_[*b])) edges_.push_back({*a, *b, std::move(*found)});
    }
    std::sort(edges_.begin(), edges_.end(), [](const Edge& a, const Edge& b) {
      return std::tuple(-a.likeness.points, a.a, a.b) < std::tuple(-b.likeness.points, b.a, b.b);
    });
    const auto same = [](const Edge& a, const Edge& b) { return a.a == b.a && a.b == b.b; };
    edges_.erase(std::unique(edges_.begin(), edges_.end(), same), edges_.end());
    at_.resize(accounts_.size());
    for (std::size_t i = 0; i < edges_.size(); ++i) {
      at_[edges_[i].a].push_back(i);
      at_[edges_[i].b].push_back(i);
    }
  }

  std::optional<std::size_t> find(std::uint64_t id) const {
    const auto at = std::lower_bound(accounts_.begin(), accounts_.end(), id,
                                     [](const Account& account, std::uint64_t wanted) { return account.id < wanted; });
    if (at == accounts_.end() || at->id != id) return std::nullopt;
    return static_cast<std::size_t>(at - accounts_.begin());
  }

  // Asked often for the same two.
  bool contradicting(std::size_t a, std::size_t b) {
    const auto [at, fresh] = contradicting_.emplace(std::minmax(a, b), false);
    if (fresh) at->second = contradict(accounts_[a], accounts_[b]);
    return at->second;
  }

  // Without those of an account that is no less like to another, which contradicts the one.
  std::vector<Edge> unrivalled() {
    const auto rivalled = [&](const Edge& edge, std::size_t end, std::size_t other) {
      return std::any_of(at_[end].begin(), at_[end].end(), [&](std::size_t i) {
        const Edge& rival = edges_[i];
        const std::size_t third = rival.a == end ? rival.b : rival.a;
        return third != other && rival.likeness.points >= edge.likeness.points && contradicting(third, other);
      });
    };
    std::vector<Edge> out;
    for (const Edge& edge : edges_)
      if (!rivalled(edge, edge.a, edge.b) && !rivalled(edge, edge.b, edge.a)) out.push_back(edge);
    return out;
  }

  bool may_meet(std::size_t a, std::size_t b) {
    // What a hand has put together may differ among itself; the pair that brought them here agrees.
    if (by_hand_[a] || by_hand_[b]) return true;
    for (const std::size_t x : members_[a])
      for (const std::size_t y : members_[b])
        if (contradicting(x, y)) return false;
    return true;
  }

  std::uint64_t id_of(const std::vector<std::size_t>& members) const {
    std::optional<std::uint64_t> kept;
    for (const std::size_t member : members) {
      const std::uint64_t root = root_of(accounts_[member].id);
      if (root != accounts_[member].id && (!kept || root < *kept)) kept = root;
    }
    if (kept) return *kept;
    std::uint64_t smallest = accounts_[members.front()].id;
    for (const std::size_t member : members) smallest = std::min(smallest, accounts_[member].id);
    return smallest;
  }

  std::string reason_of(std::size_t member) const {
    if (const auto link = links_.find(accounts_[member].id); link != links_.end()) return link->second->reason;
    for (const std::size_t i : at_[member]) {  // the most alike first
      const std::size_t other = edges_[i].a == member ? edges_[i].b : edges_[i].a;
      if (group_of_[other] == group_of_[member]) return edges_[i].likeness.reason;
    }
    return {};
  }

  std::map<std::uint64_t, Grouped> result() const {
    std::map<std::uint64_t, Grouped> out;
    for (const auto& members : members_) {
      if (members.empty()) continue;
      const std::uint64_t id = id_of(members);
      for (const std::size_t member : members)
        out[accounts_[member].id] = {id, members.size() > 1 || id != accounts_[member].id ? reason_of(member) : std::string()};
    }
    return out;
  }

  std::vector<Account> accounts_;  // by id
  const Candidates& candidates_;
  std::map<std::pair<std::size_t, std::size_t>, bool> contradicting_;
  std::map<std::uint64_t, const HandLink*> links_;
  std::vector<std::size_t> group_of_;
  std::vector<std::vector<std::size_t>> members_;
  std::vector<bool> by_hand_;
  std::vector<Edge> edges_;                    // the most alike first, then by the ids of its ends
  std::vector<std::vector<std::size_t>> at_;  // the edges of each account
};

}  // namespace

Candidates all_pairs(const std::vector<Account>& accounts) {
  Candidates out;
  for (std::size_t a = 0; a < accounts.size(); ++a)
    for (std::size_t b = a + 1; b < accounts.size(); ++b) out.emplace(accounts[a].id, accounts[b].id);
  return out;
}

std::map<std::uint64_t, Grouped> group(const std::vector<Account>& accounts, const Candidates& candidates,
                                       const std::vector<HandLink>& links) {
  return Grouper(accounts, candidates, links).run();
}

}  // namespace entente::graph
