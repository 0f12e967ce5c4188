#include "storage/record/entities.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/check.h"
#include "storage/record/claims.h"
#include "storage/record/dictionary.h"
#include "storage/record/names.h"

namespace entente::storage {
namespace {

using graph::Entity;
using graph::EntityId;
using graph::EntityName;
using graph::ForumFacts;
using graph::NameKind;
using graph::OfficialFacts;

constexpr RecordedTime kNow{std::numeric_limits<std::int64_t>::max()};

// What was said most often; the smaller text among equals.
class Votes {
 public:
  void add(const std::string& text) { ++votes_[text]; }
  std::string winner() const {
    const auto best = std::max_element(votes_.begin(), votes_.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == votes_.end() ? std::string() : best->first;
  }

 private:
  std::map<std::string, int> votes_;
};

void set_names(Entity& entity, const std::set<std::string>& names) {
  entity.label =
      *std::max_element(names.begin(), names.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  entity.names.push_back({entity.label, NameKind::label, {}, std::nullopt, std::nullopt});
  for (const std::string& name : names)
    if (name != entity.label) entity.names.push_back({name, NameKind::name, {}, std::nullopt, std::nullopt});
}

// A release without a date comes after all that have one.
bool published_before(const std::optional<Day>& a, const std::optional<Day>& b) {
  return a.has_value() && (!b.has_value() || *a < *b);
}

void set_posts(EntityRecord& record, const std::map<std::string, std::optional<Day>>& first_days) {
  std::vector<std::pair<std::string, std::optional<Day>>> posts(first_days.begin(), first_days.end());
  std::stable_sort(posts.begin(), posts.end(),
                   [](const auto& a, const auto& b) { return published_before(a.second, b.second); });
  for (auto& [post, day] : posts) {
    record.entity.posts.push_back(post);
    record.post_days.push_back(day);
  }
}

bool has_name(const Entity& entity, const std::string& name) {
  return std::any_of(entity.names.begin(), entity.names.end(), [&](const auto& known) { return known.text == name; });
}

bool has_post(const EntityRecord& record, const std::string& post, const std::optional<Day>& published) {
  const auto& posts = record.entity.posts;
  const auto found = std::find(posts.begin(), posts.end(), post);
  if (found == posts.end()) return false;
  return !published_before(published, record.post_days[static_cast<std::size_t>(found - posts.begin())]);
}

Result<std::vector<AboutEntity>> standing_claims(const TableView& view, EntityNumber number) {
  std::vector<AboutEntity> out;
  std::string start;
  put_big_endian(start, number);
  const auto walked = for_each_row<EntityClaimKey, Lifetime>(
      view, starting_with(Family::entity_claims, start),
      [&](const EntityClaimKey& key, const Lifetime& lifetime) -> Result<bool> {
        if (lifetime.until) return true;
        auto claim = load_claim(view, {key.release, key.revision, key.number});
        if (!claim) return claim.error();
        const auto release = find_version<ReleaseRecord>(view, Family::releases, release_stem(key.release), kNow);
        if (!release) return release.error();
        if (!release->has_value()) return corrupt_row(Family::releases, release_stem(key.release));
        const auto& published = (*release)->release.published;
        out.push_back({std::move(claim->body), published ? std::optional(to_day(*published)) : std::nullopt});
        return true;
      });
  if (!walked) return walked.error();
  return out;
}

Result<bool> takes_part(const TableView& view, EntityNumber number) {
  bool found = false;
  std::string start;
  put_big_endian(start, number);
  const auto walked =
      for_each_row<EntityEventKey, EventRow>(view, starting_with(Family::entity_events, start),
                                             [&](const EntityEventKey&, const EventRow& row) -> Result<bool> {
                                               found = !row.until.has_value();
                                               return !found;
                                             });
  if (!walked) return walked.error();
  return found;
}

}  // namespace

std::string entity_stem(EntityNumber number) { return encode_stem(EntityKey{number, {}}); }

std::optional<EntityId> subject_of(const graph::ClaimBody& body) {
  if (const auto* official = std::get_if<OfficialFacts>(&body)) return official->id;
  if (const auto* forum = std::get_if<ForumFacts>(&body)) return forum->id;
  return std::nullopt;
}

EntityRecord add_up_entity(const EntityId& id, const std::vector<AboutEntity>& claims) {
  ENTENTE_CHECK(!claims.empty(), "{} without claims", id.str());
  std::set<std::string> names;
  Votes of;
  Votes inception;
  std::map<std::string, std::optional<Day>> posts;
  for (const AboutEntity& claim : claims) {
    if (const auto* official = std::get_if<OfficialFacts>(&claim.body)) {
      names.insert(official->name);
      of.add(official->of.str());
      if (official->post.empty()) continue;
      const auto [post, fresh] = posts.emplace(official->post, claim.published);
      if (!fresh && published_before(claim.published, post->second)) post->second = claim.published;
    } else if (const auto* forum = std::get_if<ForumFacts>(&claim.body)) {
      names.insert(forum->name);
      if (forum->inception) inception.add(*forum->inception);
    }
  }
  EntityRecord record;
  record.origin = Origin::claims;
  record.entity.id = id;
  set_names(record.entity, names);
  set_posts(record, posts);
  if (const std::string winner = of.winner(); !winner.empty()) record.entity.of = EntityId(winner);
  if (const auto since = Edtf::parse(inception.winner()); since && since->earliest())
    record.entity.names.front().from_year = to_civil(*since->earliest()).year;
  return record;
}

bool says_nothing_new(const EntityRecord& record, const AboutEntity& claim) {
  if (record.origin == Origin::gazetteer) return true;
  if (record.origin != Origin::claims) return false;
  if (const auto* official = std::get_if<OfficialFacts>(&claim.body))
    return has_name(record.entity, official->name) && record.entity.of == official->of &&
           (official->post.empty() || has_post(record, official->post, claim.published));
  const auto* forum = std::get_if<ForumFacts>(&claim.body);
  return forum != nullptr && has_name(record.entity, forum->name) && !forum->inception;
}

Result<void> put_entity(Batch& batch, EntityNumber number, const EntityRecord& record, graph::StoreCounts& counts) {
  const std::string stem = entity_stem(number);
  const auto current = find_version<EntityRecord>(batch, Family::entities, stem, kNow);
  if (!current) return current.error();
  const bool was_there = current->has_value() && (*current)->origin != Origin::none;
  const bool is_there = record.origin != Origin::none;
  if (!was_there && !is_there) return {};
  if (current->has_value()) {
    EntityRecord same = **current;
    same.since = record.since;
    if (same == record) return {};
  }
  if (is_there && !was_there) ++counts.entities;
  if (was_there && !is_there) --counts.entities;
  put_version_after(batch, Family::entities, stem, *current, record);
  if (!is_there) return {};
  put_names(batch, number, record.entity);
  for (const EntityId& group : record.entity.member_of) {
    const auto group_number = number_for(batch, group.str());
    if (!group_number) return group_number.error();
    put_row(batch, Family::members, encode_key(MemberKey{*group_number, number}), Present{});
  }
  return {};
}

Result<void> refresh_entity(Batch& batch, const EntityId& id, RecordedTime now, graph::StoreCounts& counts) {
  const auto number = number_for(batch, id.str());
  if (!number) return number.error();
  const auto current = find_version<EntityRecord>(batch, Family::entities, entity_stem(*number), kNow);
  if (!current) return current.error();
  if (current->has_value() && (*current)->origin == Origin::gazetteer) return {};
  const auto claims = standing_claims(batch, *number);
  if (!claims) return claims.error();
  EntityRecord record;
  if (!claims->empty()) {
    record = add_up_entity(id, *claims);
  } else {
    const auto mentioned = takes_part(batch, *number);
    if (!mentioned) return mentioned.error();
    record.entity.id = id;
    if (*mentioned) record.origin = Origin::mention, record.entity.label = id.str();
  }
  record.since = now;
  return put_entity(batch, *number, record, counts);
}

}  // namespace entente::storage
