// What the keeper of a server asks it. One thread, that of the client.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace entente::rpc {

struct ServerStats {
  std::vector<std::pair<std::string, std::uint64_t>> figures;
  std::vector<std::pair<std::string, std::uint64_t>> limits;
};

struct SessionView {
  struct Snapshot {
    RecordedTime recorded;  // what it holds
    RecordedTime taken;
  };
  std::uint64_t number = 0;
  std::string origin;
  unsigned role = 0;  // 1 reader, 2 importer, 3 writer, 4 admin; 0 none yet
  std::string name;
  RecordedTime since;
  std::uint64_t calls = 0;
  std::uint64_t rows = 0;
  std::uint64_t unread_bytes = 0;
  std::uint64_t watches = 0;
  std::vector<Snapshot> snapshots;
};

struct CheckView {
  struct Disagreement {
    std::string family;
    std::string row;
    std::string what;
  };
  std::uint64_t rows = 0;
  std::uint64_t disagreements = 0;
  std::vector<Disagreement> shown;
};

struct TokenView {
  std::string id;
  unsigned role = 0;
  std::string name;
  std::string publisher;
  RecordedTime created;
  std::optional<RecordedTime> expires;
};

struct NewTokenView {
  std::string id;
  std::string token;  // shown this once
};

// Each fails with permission for who is no admin.
class Admin {
 public:
  virtual ~Admin() = default;
  virtual Result<ServerStats> stats() = 0;
  virtual Result<CheckView> check() = 0;
  // `folder` is on the server's machine, as a whole path.
  virtual Result<void> back_up(const std::string& folder) = 0;
  virtual Result<std::vector<SessionView>> sessions() = 0;
  // False when there is no such session.
  virtual Result<bool> close(std::uint64_t session, const std::string& reason) = 0;
  virtual Result<std::vector<TokenView>> tokens() = 0;
  virtual Result<NewTokenView> create_token(const TokenView& token) = 0;
  virtual Result<void> revoke_token(const std::string& id) = 0;
};

}  // namespace entente::rpc
