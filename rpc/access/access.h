// Who may: from a user id or a token to a role. May be used from any thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rpc/access/tokens.h"

namespace entente::rpc {

// Where a connection comes from, as the operating system says.
struct Origin {
  bool unix_socket = false;
  uid_t uid = 0;        // of the other end of a unix socket
  std::string address;  // of the other end otherwise
  std::string text() const;
};

// What a client has been found to be.
struct Holder {
  Role role = Role::none;
  std::string name;       // of the user or the token
  std::string publisher;  // the only one whose releases it may submit; empty: any
  std::string token;      // id of its token; empty: it has none
};

struct AccessRules {
  std::map<uid_t, Role> users;        // over a unix socket
  Role other_users = Role::none;      // whom `users` does not name
  std::filesystem::path token_file;   // empty: no tokens
};

class Access {
 public:
  // The user of this process and root are admins unless `rules` says otherwise.
  Access(AccessRules rules, Clock& clock);

  // Reads the tokens again. A file that is not there has none. On an error those known stay.
  Result<void> reload();

  // Fails with permission: wrong, expired or revoked token, or no token and no rule for this origin.
  Result<Holder> enter(const Origin& origin, std::string_view token);
  // Whether a holder may go on.
  Result<void> still(const Holder& holder);

  // How long the answer to a wrong token from there has to wait; longer each time. A right one makes it forget.
  std::chrono::milliseconds wait_after_failure(const Origin& origin);

  const std::filesystem::path& token_file() const { return rules_.token_file; }

 private:
  struct Failures {
    unsigned count = 0;
    std::int64_t last_micros = 0;
  };

  AccessRules rules_;
  Clock& clock_;
  std::mutex mutex_;
  TokenList tokens_;
  std::map<std::string, Failures> failures_;
};

}  // namespace entente::rpc
