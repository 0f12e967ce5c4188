#include "rpc/access/access.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace entente::rpc {
namespace {

constexpr std::size_t kFailuresKept = 10'000;  // addresses
constexpr std::int64_t kForgetMicros = 600'000'000;
constexpr std::int64_t kFirstWaitMs = 250;
constexpr std::int64_t kWaitMsMax = 8'000;

std::string user_name(uid_t uid) {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(uid, &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) return found->pw_name;
  return fmt::format("uid {}", uid);
}

}  // namespace

std::string Origin::text() const { return unix_socket ? fmt::format("uid {}", uid) : address; }

Access::Access(AccessRules rules, Clock& clock) : rules_(std::move(rules)), clock_(clock) {
  rules_.users.emplace(::geteuid(), Role::admin);
  rules_.users.emplace(0, Role::admin);
}

Result<void> Access::reload() {
  if (rules_.token_file.empty()) return {};
  auto list = read_tokens(rules_.token_file);
  if (!list) return list.error();
  const std::lock_guard lock(mutex_);
  tokens_ = std::move(*list);
  return {};
}

Result<Holder> Access::enter(const Origin& origin, std::string_view token) {
  const std::lock_guard lock(mutex_);
  if (token.empty()) {
    if (!origin.unix_socket) return Error{ErrorCode::permission, "the server wants a token; ask its keeper for one (`entente token create`) and give it with --token-file or ENTENTE_TOKEN", {}};
    const auto rule = rules_.users.find(origin.uid);
    const Role role = rule == rules_.users.end() ? rules_.other_users : rule->second;
    if (role == Role::none) return Error{ErrorCode::permission, fmt::format("the server gives user {} no role; its keeper can name one in the configuration, or give out a token", user_name(origin.uid)), {}};
    return Holder{role, user_name(origin.uid), {}, {}};
  }
  const TokenRow* const row = tokens_.find(token);
  if (row == nullptr) return Error{ErrorCode::permission, "the server does not know this token, or it was revoked", {}};
  if (row->expires && *row->expires <= clock_.now()) return Error{ErrorCode::permission, "this token expired at " + row->expires->to_text(), {}};
  failures_.erase(origin.text());
  return Holder{row->role, row->name.empty() ? "token " + row->id : row->name, row->publisher, row->id};
}

Result<void> Access::still(const Holder& holder) {
  if (holder.token.empty()) return {};
  const std::lock_guard lock(mutex_);
  const TokenRow* const row = tokens_.find_id(holder.token);
  if (row == nullptr) return Error{ErrorCode::permission, "the token was revoked", {}};
  if (row->expires && *row->expires <= clock_.now()) return Error{ErrorCode::permission, "the token expired at " + row->expires->to_text(), {}};
  return {};
}

std::chrono::milliseconds Access::wait_after_failure(const Origin& origin) {
  const std::lock_guard lock(mutex_);
  const std::int64_t now = clock_.now().micros;
  if (failures_.size() >= kFailuresKept)
    std::erase_if(failures_, [&](const auto& entry) { return now - entry.second.last_micros > kForgetMicros; });
  if (failures_.size() >= kFailuresKept) failures_.clear();
  Failures& failures = failures_[origin.text()];
  if (now - failures.last_micros > kForgetMicros) failures.count = 0;
  failures.last_micros = now;
  const std::int64_t wait = std::min(kFirstWaitMs << std::min(failures.count, 10U), kWaitMsMax);
  ++failures.count;
  return std::chrono::milliseconds(wait);
}

}  // namespace entente::rpc
