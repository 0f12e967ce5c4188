// Tokens: what a client shows that comes over a network. The file keeps hashes; a token itself is shown once, when it is
// made. It is "ent_<id>_<secret>": the id finds the row, the secret has 256 bits of chance, so a plain hash is enough.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rpc/access/roles.h"

namespace entente::rpc {

struct TokenRow {
  std::string id;
  Role role = Role::none;
  std::string name;       // whose it is, for people and the log
  std::string publisher;  // the only one whose releases it may submit; empty: any
  RecordedTime created;
  std::optional<RecordedTime> expires;
  std::string hash;  // hexadecimal
};

struct TokenList {
  std::vector<TokenRow> rows;

  // The row whose token this is, expired or not. Takes as long for a wrong secret as for a right one.
  const TokenRow* find(std::string_view token) const;
  const TokenRow* find_id(std::string_view id) const;
};

// A file that is not there is an empty list. Fails with corrupt, naming the file, permission or io.
Result<TokenList> read_tokens(const std::filesystem::path& file);

struct NewToken {
  TokenRow row;
  std::string token;  // to be given to its holder; kept nowhere
};

// Adds one and writes the file anew (mode 0600, all or nothing).
Result<NewToken> create_token(const std::filesystem::path& file, TokenRow row);
// Fails with not_found.
Result<void> revoke_token(const std::filesystem::path& file, std::string_view id);

}  // namespace entente::rpc
