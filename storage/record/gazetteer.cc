#include <fmt/format.h>

#include <set>

#include "storage/record/commit.h"
#include "storage/record/dictionary.h"
#include "storage/record/entities.h"
#include "storage/record/recorder.h"

namespace entente::storage {
namespace {

using graph::Entity;
using graph::EntityId;

Result<std::set<EntityId>> ids_of(std::span<const Entity> entities) {
  std::set<EntityId> ids;
  for (const Entity& entity : entities) {
    if (!graph::kind_of(entity.id))
      return Error{
          ErrorCode::invalid_argument, fmt::format("'{}' in the gazetteer is no entity's id", entity.id.str()), {}};
    if (!ids.insert(entity.id).second)
      return Error{ErrorCode::invalid_argument, fmt::format("{} is in the gazetteer twice", entity.id.str()), {}};
  }
  return ids;
}

// What an earlier version had and this one has not: from now on it is what claims and events make it.
Result<void> let_go(Step& step, const TableView& view, const std::set<EntityId>& kept) {
  std::vector<std::pair<EntityNumber, EntityId>> gone;
  const auto walked = for_each_row<EntityKey, EntityRecord>(
      view, whole(Family::entities), [&](const EntityKey& key, const EntityRecord& record) -> Result<bool> {
        const bool stands = key.version == Version::current() && record.origin == Origin::gazetteer;
        if (stands && !kept.contains(record.entity.id)) gone.emplace_back(key.entity, record.entity.id);
        return true;
      });
  if (!walked) return walked;
  for (const auto& [number, id] : gone) {
    EntityRecord record;
    record.since = step.now;
    record.entity.id = id;
    if (auto put = put_entity(step.batch, number, record, step.counts); !put) return put;
    if (auto refreshed = refresh_entity(step.batch, id, step.now, step.counts); !refreshed) return refreshed;
  }
  return {};
}

}  // namespace

Result<std::vector<Write>> record_gazetteer(const TableView& view, RecordedTime clock, std::span<const Entity> entities,
                                            const std::string& version) {
  const std::string version_key = encode_key(MetaKey{MetaName::gazetteer_version});
  const auto present = get_row<PlainText>(view, Family::meta, version_key);
  if (!present) return present.error();
  if (present->has_value() && (*present)->text == version) return std::vector<Write>();
  const auto ids = ids_of(entities);
  if (!ids) return ids.error();
  Step step(view);
  if (auto begun = step.begin(view, clock); !begun) return begun.error();
  for (const Entity& entity : entities) {
    const auto number = number_for(step.batch, entity.id.str());
    if (!number) return number.error();
    EntityRecord record;
    record.since = step.now;
    record.origin = Origin::gazetteer;
    record.entity = entity;
    record.post_days.resize(entity.posts.size());
    if (auto put = put_entity(step.batch, *number, record, step.counts); !put) return put.error();
  }
  if (auto gone = let_go(step, view, *ids); !gone) return gone.error();
  put_row(step.batch, Family::meta, version_key, PlainText{version});
  return std::move(step).finish({CommitKind::gazetteer, std::nullopt, 0, 0, {}});
}

}  // namespace entente::storage
