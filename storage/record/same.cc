#include "storage/record/same.h"

#include <algorithm>
#include <map>

#include "storage/layout/rows.h"
#include "storage/record/dictionary.h"

namespace entente::storage {
namespace {

using graph::Claim;
using graph::ClaimBody;
using graph::EntityId;

// Ids that go by ids that go by ids: more than this go in a circle.
constexpr int kStepsMax = 64;

// Looks ids up in one view, each once.
class Names {
 public:
  Names(const TableView& view, RecordedTime at) : view_(view), at_(at) {}

  Result<EntityId> of(const EntityId& id) {
    if (const auto known = known_.find(id); known != known_.end()) return known->second;
    auto found = look_up(id);
    if (found) known_.emplace(id, *found);
    return found;
  }

  Result<void> rename(EntityId& id) {
    if (id.empty()) return {};
    auto name = of(id);
    if (!name) return name.error();
    id = std::move(*name);
    return {};
  }

  // Each once: two that are one now are named once.
  Result<void> rename(std::vector<EntityId>& ids) {
    std::vector<EntityId> out;
    for (EntityId& id : ids) {
      if (auto renamed = rename(id); !renamed) return renamed;
      if (std::find(out.begin(), out.end(), id) == out.end()) out.push_back(std::move(id));
    }
    ids = std::move(out);
    return {};
  }

  Result<void> rename(graph::EventFacts& facts) {
    if (auto renamed = rename(facts.parties); !renamed) return renamed;
    if (auto renamed = rename(facts.officials); !renamed) return renamed;
    std::map<EntityId, graph::Role> roles;
    for (const auto& [id, role] : facts.roles) {
      auto name = of(id);
      if (!name) return name.error();
      roles.emplace(std::move(*name), role);
    }
    facts.roles = std::move(roles);
    return facts.forum ? rename(*facts.forum) : Result<void>();
  }
  Result<void> rename(graph::OfficialFacts& facts) {
    if (auto renamed = rename(facts.id); !renamed) return renamed;
    return rename(facts.of);
  }
  Result<void> rename(graph::ForumFacts& facts) { return rename(facts.id); }

 private:
  Result<EntityId> look_up(const EntityId& id) const {
    const auto first = find_number(view_, id.str());
    if (!first) return first.error();
    if (!first->has_value()) return id;
    EntityNumber number = **first;
    for (int steps = 0; steps < kStepsMax; ++steps) {
      const auto said = find_version<CorrectionRecord>(
          view_, Family::corrections, encode_stem(CorrectionKey{CorrectionKind::same, number, {}}), at_);
      if (!said) return said.error();
      if (!said->has_value() || !(*said)->stands) break;
      number = static_cast<EntityNumber>((*said)->target);
    }
    if (number == **first) return id;
    auto name = id_of(view_, number);
    if (!name) return name.error();
    return EntityId(std::move(*name));
  }

  const TableView& view_;
  RecordedTime at_;
  std::map<EntityId, EntityId> known_;
};

}  // namespace

Result<bool> any_same(const TableView& view) {
  std::string start;
  fields::put(start, CorrectionKind::same);
  const auto scan = view.scan(starting_with(Family::corrections, start), Direction::forward);
  if (scan->valid()) return true;
  if (auto status = scan->status(); !status) return status.error();
  return false;
}

Result<EntityId> goes_by(const TableView& view, const EntityId& id, RecordedTime at) {
  const auto any = any_same(view);
  if (!any) return any.error();
  return *any ? Names(view, at).of(id) : Result<EntityId>(id);
}

Claim as_said(Claim claim) {
  if (claim.said) claim.body = std::move(*claim.said);
  claim.said.reset();
  return claim;
}

Result<Claim> tell(const TableView& view, Claim claim, RecordedTime at) {
  claim = as_said(std::move(claim));
  const auto any = any_same(view);
  if (!any) return any.error();
  if (!*any) return claim;
  Names names(view, at);
  ClaimBody body = claim.body;
  if (auto renamed = std::visit([&](auto& facts) { return names.rename(facts); }, body); !renamed) return renamed.error();
  if (body == claim.body) return claim;
  claim.said = std::move(claim.body);
  claim.body = std::move(body);
  return claim;
}

}  // namespace entente::storage
