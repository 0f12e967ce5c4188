#include "storage/record/whole.h"

#include "storage/layout/rows.h"
#include "storage/record/claims.h"
#include "storage/record/same.h"

namespace entente::storage {
namespace {

// The version of each thing that stood at a time. Versions of one thing lie side by side.
template <class Key, class Record, class NumberOf, class Visit>
Result<void> each_standing(const TableView& view, RecordedTime at, Family family, NumberOf number_of_key, Visit visit) {
  std::optional<decltype(number_of_key(Key{}))> number;
  std::optional<Record> standing;
  const auto give = [&]() -> Result<bool> {
    if (!standing) return true;
    const auto more = visit(*standing);
    standing.reset();
    return more;
  };
  bool ended = false;
  const auto walked =
      for_each_row<Key, Record>(view, starting_with(family, {}), [&](const Key& key, Record& record) -> Result<bool> {
        if (number != number_of_key(key)) {
          const auto more = give();
          if (!more) return more.error();
          ended = !*more;
          if (ended) return false;
          number = number_of_key(key);
        }
        if (record.since <= at && (!standing || standing->since < record.since)) standing = std::move(record);
        return true;
      });
  if (!walked || ended) return walked;
  const auto last = give();
  return last ? Result<void>() : Result<void>(last.error());
}

}  // namespace

Result<void> each_standing_entity(const TableView& view, RecordedTime at,
                                  const std::function<Result<bool>(const graph::Entity&)>& visit) {
  return each_standing<EntityKey, EntityRecord>(
      view, at, Family::entities, [](const EntityKey& key) { return key.entity; },
      [&](const EntityRecord& record) -> Result<bool> {
        return record.origin == Origin::none ? Result<bool>(true) : visit(record.entity);
      });
}

Result<void> each_standing_event(const TableView& view, RecordedTime at,
                                 const std::function<Result<bool>(const graph::Event&)>& visit) {
  return each_standing<EventKey, EventRecord>(
      view, at, Family::events, [](const EventKey& key) { return key.event; },
      [&](const EventRecord& record) -> Result<bool> {
        return record.event ? visit(*record.event) : Result<bool>(true);
      });
}

Result<void> each_standing_reading(const TableView& view, RecordedTime at,
                                   const std::function<Result<bool>(const graph::Reading&)>& visit) {
  std::optional<ReleaseNumber> last;
  return for_each_row<ReleaseKey, ReleaseRecord>(
      view, whole(Family::releases), [&](const ReleaseKey& key, const ReleaseRecord&) -> Result<bool> {
        if (last == key.release) return true;
        last = key.release;
        const auto record = find_version<ReleaseRecord>(view, Family::releases, release_stem(key.release), at);
        if (!record) return record.error();
        if (!record->has_value()) return true;
        auto release = load_release(view, key.release, at);
        if (!release) return release.error();
        auto claims = load_claims(view, key.release, (*record)->revision);
        if (!claims) return claims.error();
        graph::Reading reading{std::move(release->value()), {}};
        for (graph::Claim& claim : *claims) reading.claims.push_back(as_said(std::move(claim)));
        return visit(reading);
      });
}

}  // namespace entente::storage
