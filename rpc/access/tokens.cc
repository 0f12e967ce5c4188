#include "rpc/access/tokens.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/check.h"

namespace entente::rpc {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::string_view kStart = "ent_";
constexpr std::size_t kIdBytes = 6;
constexpr std::size_t kSecretBytes = 32;
using Hash = std::array<unsigned char, 32>;

void need_sodium() { ENTENTE_CHECK(::sodium_init() >= 0, "libsodium does not start"); }

std::string hex(const unsigned char* bytes, std::size_t count) {
  std::string out(count * 2 + 1, '\0');
  ::sodium_bin2hex(out.data(), out.size(), bytes, count);
  out.resize(count * 2);
  return out;
}

Hash hash_of(std::string_view id, std::string_view secret) {
  Hash out{};
  ::crypto_generichash(out.data(), out.size(), reinterpret_cast<const unsigned char*>(secret.data()), secret.size(),
                       reinterpret_cast<const unsigned char*>(id.data()), id.size());
  return out;
}

Error file_error(const fs::path& file, const char* what) {
  const int number = errno;
  const auto code = number == EACCES || number == EPERM ? ErrorCode::permission : ErrorCode::io;
  return Error{code, fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(number)), {}};
}

// Held while the list is read, changed and written, so that two changes at once both stay.
class FileLock {
 public:
  explicit FileLock(const fs::path& file)
      : descriptor_(::open((file.string() + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (descriptor_ >= 0) ::flock(descriptor_, LOCK_EX);
  }
  ~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  bool held() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

Result<void> write_tokens(const fs::path& file, const TokenList& list) {
  json rows = json::array();
  for (const TokenRow& row : list.rows) {
    json one{{"id", row.id}, {"role", to_string(row.role)}, {"name", row.name}, {"created", row.created.micros}, {"hash", row.hash}};
    if (!row.publisher.empty()) one["publisher"] = row.publisher;
    if (row.expires) one["expires"] = row.expires->micros;
    rows.push_back(std::move(one));
  }
  const std::string text = json{{"tokens", rows}}.dump(1) + "\n";
  const std::string next = file.string() + ".new";
  const int descriptor = ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) return file_error(file, "write");
  const bool written = ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written || ::rename(next.c_str(), file.c_str()) != 0) return file_error(file, "write");
  return {};
}

std::optional<TokenRow> row_of(const json& one) {
  const auto text = [&](const char* key) { return one.contains(key) && one[key].is_string() ? one[key].get<std::string>() : std::string(); };
  const auto role = parse_role(text("role"));
  TokenRow row{text("id"), role.value_or(Role::none), text("name"), text("publisher"), {}, {}, text("hash")};
  if (row.id.empty() || row.hash.size() != sizeof(Hash) * 2 || row.role == Role::none) return std::nullopt;
  if (one.contains("created") && one["created"].is_number_integer()) row.created.micros = one["created"].get<std::int64_t>();
  if (one.contains("expires")) {
    if (!one["expires"].is_number_integer()) return std::nullopt;
    row.expires = RecordedTime{one["expires"].get<std::int64_t>()};
  }
  return row;
}

}  // namespace

const TokenRow* TokenList::find_id(std::string_view id) const {
  for (const TokenRow& row : rows)
    if (row.id == id) return &row;
  return nullptr;
}

const TokenRow* TokenList::find(std::string_view token) const {
  if (!token.starts_with(kStart)) return nullptr;
  token.remove_prefix(kStart.size());
  const std::size_t end = token.find('_');
  if (end == std::string_view::npos) return nullptr;
  const std::string_view id = token.substr(0, end);
  const Hash given = hash_of(id, token.substr(end + 1));
  const TokenRow* const row = find_id(id);
  const std::string wanted = row != nullptr ? row->hash : std::string(sizeof(Hash) * 2, '0');
  Hash kept{};
  ::sodium_hex2bin(kept.data(), kept.size(), wanted.data(), wanted.size(), nullptr, nullptr, nullptr);
  return ::sodium_memcmp(given.data(), kept.data(), given.size()) == 0 ? row : nullptr;
}

Result<TokenList> read_tokens(const fs::path& file) {
  need_sodium();
  std::error_code code;
  if (!fs::exists(file, code) && !code) return TokenList{};
  std::ifstream in(file, std::ios::binary);
  if (!in) return file_error(file, "read");
  std::stringstream text;
  text << in.rdbuf();
  const json whole = json::parse(text.str(), nullptr, false);
  const auto broken = [&]() { return Error{ErrorCode::corrupt, file.string() + " is no list of tokens; restore it, or move it away and make new ones with `entente token create`", {}}; };
  if (!whole.is_object() || !whole.contains("tokens") || !whole["tokens"].is_array()) return broken();
  TokenList list;
  for (const json& one : whole["tokens"]) {
    auto row = row_of(one);
    if (!row) return broken();
    list.rows.push_back(std::move(*row));
  }
  return list;
}

Result<NewToken> create_token(const fs::path& file, TokenRow row) {
  need_sodium();
  const FileLock lock(file);
  if (!lock.held()) return file_error(file, "write");
  auto list = read_tokens(file);
  if (!list) return list.error();
  std::array<unsigned char, kIdBytes> id{};
  std::array<unsigned char, kSecretBytes> secret{};
  ::randombytes_buf(id.data(), id.size());
  ::randombytes_buf(secret.data(), secret.size());
  row.id = hex(id.data(), id.size());
  const std::string secret_text = hex(secret.data(), secret.size());
  const Hash hash = hash_of(row.id, secret_text);
  row.hash = hex(hash.data(), hash.size());
  list->rows.push_back(row);
  if (auto written = write_tokens(file, *list); !written) return written.error();
  return NewToken{row, fmt::format("{}{}_{}", kStart, row.id, secret_text)};
}

Result<void> revoke_token(const fs::path& file, std::string_view id) {
  const FileLock lock(file);
  if (!lock.held()) return file_error(file, "write");
  auto list = read_tokens(file);
  if (!list) return list.error();
  const auto gone = std::erase_if(list->rows, [&](const TokenRow& row) { return row.id == id; });
  if (gone == 0) return Error{ErrorCode::not_found, fmt::format("there is no token '{}'; `entente token list` prints them", id), {}};
  return write_tokens(file, *list);
}

}  // namespace entente::rpc
