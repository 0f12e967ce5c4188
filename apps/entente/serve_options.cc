#include "apps/entente/serve_options.h"

#include <fmt/format.h>
#include <pwd.h>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>
#include <string_view>

namespace entente::app {
namespace {

std::optional<uid_t> uid_of(const std::string& name) {
  unsigned number = 0;
  const auto [end, failed] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (failed == std::errc{} && end == name.data() + name.size()) return number;
  const passwd* const entry = ::getpwnam(name.c_str());
  if (entry == nullptr) return std::nullopt;
  return entry->pw_uid;
}

class ConfigFile {
 public:
  ConfigFile(std::string file, ServeOptions& options) : file_(std::move(file)), options_(options) {}

  Result<void> read() {
    const toml::parse_result parsed = toml::parse_file(file_);
    if (!parsed) {
      const auto& error = parsed.error();
      return Error{ErrorCode::invalid_argument, fmt::format("{}:{}: {}", file_, error.source().begin.line, error.description()), {}};
    }
    for (const auto& [key, node] : parsed.table()) take(std::string(key.str()), node);
    if (wrong_.empty()) return {};
    std::string all;
    for (const auto& [line, what] : wrong_) all += fmt::format("{}{}:{}: {}", all.empty() ? "" : "\n", file_, line, what);
    return Error{ErrorCode::invalid_argument, all, {}};
  }

 private:
  void complain(const toml::node& node, const std::string& what) {
    wrong_.emplace(node.source().begin.line, what);
  }
  void text(const std::string& key, const toml::node& node, std::string& into) {
    const auto value = node.value<std::string>();
    if (!value) complain(node, key + " is to be a text in quotes");
    else if (into.empty()) into = *value;
  }
  void flag(const std::string& key, const toml::node& node, bool& into) {
    const auto value = node.value_exact<bool>();
    if (!value) complain(node, key + " is to be true or false");
    else into = into || *value;
  }
  template <class Number>
  void number(const std::string& key, const toml::node& node, Number& into) {
    const auto value = node.value<std::int64_t>();
    if (!value || *value < 0) complain(node, key + " is to be a number, 0 or more");
    else into = static_cast<Number>(*value);
  }
  void role(const std::string& key, const toml::node& node, rpc::Role& into) {
    const auto role = rpc::parse_role(node.value<std::string>().value_or(""));
    if (!role) complain(node, key + " is to be one of none, reader, importer, writer, admin");
    else into = *role;
  }
  // A text or a list of them.
  void texts(const std::string& key, const toml::node& node, std::vector<std::string>& into) {
    std::vector<std::string> found;
    if (const auto one = node.value<std::string>()) found.push_back(*one);
    bool good = true;
    if (const auto* const array = node.as_array())
      for (const auto& entry : *array) {
        const auto one = entry.value<std::string>();
        good = good && one.has_value();
        if (one) found.push_back(*one);
      }
    if (found.empty() || !good) complain(node, key + " is to be a text in quotes or a list of them");
    if (into.empty()) into = found;
  }
  void take(const std::string& key, const toml::node& node) {
    if (key == "db") text(key, node, options_.db);
    else if (key == "data") text(key, node, options_.data);
    else if (key == "listen") texts(key, node, options_.listen);
    else if (key == "http") texts(key, node, options_.http);
    else if (key == "http_origins") texts(key, node, options_.server.http_origins);
    else if (key == "http_open") flag(key, node, options_.server.http_open);
    else if (key == "log") text(key, node, options_.log);
    else if (key == "log_format") text(key, node, options_.log_format);
    else if (key == "durability") text(key, node, options_.durability);
    else if (key == "tokens") text(key, node, options_.tokens);
    else if (key == "tls_cert") text(key, node, options_.server.tls_certificate);
    else if (key == "tls_key") text(key, node, options_.server.tls_key);
    else if (key == "insecure_plain_tcp") flag(key, node, options_.server.plain_tcp);
    else if (key == "loops") number(key, node, options_.server.loops);
    else if (key == "workers") number(key, node, options_.server.workers);
    else if (key == "other_users") role(key, node, options_.server.access.other_users);
    else if (key == "users" && node.is_table()) users(*node.as_table());
    else if (key == "limits" && node.is_table()) limits(*node.as_table());
    else complain(node, fmt::format("there is no setting '{}'", key));
  }
  void users(const toml::table& table) {
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const auto uid = uid_of(name);
      if (!uid) complain(node, fmt::format("there is no user '{}' on this machine", name));
      else role(name, node, options_.server.access.users[*uid]);
    }
  }
  void limits(const toml::table& table) {
    for (const auto& [key, node] : table) {
      std::uint64_t value = 0;
      number(std::string(key.str()), node, value);
      if (!rpc::set_limit(options_.server.limits, key.str(), value))
        complain(node, fmt::format("there is no bound '{}'; docs/rpc.md lists them", key.str()));
    }
  }

  std::string file_;
  ServeOptions& options_;
  std::multimap<unsigned, std::string> wrong_;  // by the line
};

}  // namespace

Result<void> read_config(const std::string& file, ServeOptions& options) { return ConfigFile(file, options).read(); }

Result<void> check_options(ServeOptions& options) {
  const auto wrong = [](const std::string& what) { return Error{ErrorCode::invalid_argument, what, {}}; };
  if (options.db.empty()) return wrong("serve needs the store's folder: --db DIR, or db in the configuration");
  if (options.listen.empty()) return wrong("serve needs an address to listen at: --listen unix:PATH, or listen in the configuration");
  options.server.listen.clear();
  for (const std::string& text : options.listen) {
    const auto address = rpc::parse_address(text);
    if (!address) return address.error();
    options.server.listen.push_back(*address);
  }
  options.server.http.clear();
  for (const std::string& text : options.http) {
    const auto address = rpc::parse_address(text);
    if (!address) return address.error();
    options.server.http.push_back(*address);
  }
  if (options.log_format != "text" && options.log_format != "json" && !options.log_format.empty())
    return wrong("'" + options.log_format + "' is no form of a log; there are text and json");
  if (options.durability != "durable" && options.durability != "relaxed" && !options.durability.empty())
    return wrong("'" + options.durability + "' is no durability; there are durable and relaxed");
  constexpr std::array<std::string_view, 7> kLevels = {"trace", "debug", "info", "warn", "error", "off", ""};
  if (std::find(kLevels.begin(), kLevels.end(), options.log) == kLevels.end())
    return wrong("'" + options.log + "' is no level of the log; there are trace, debug, info, warn, error and off");
  constexpr std::size_t kThreadsMax = 256;
  if (options.server.loops == 0 || options.server.workers == 0 || options.server.loops > kThreadsMax || options.server.workers > kThreadsMax)
    return wrong(fmt::format("loops and workers are 1 to {}", kThreadsMax));
  options.server.access.token_file = options.tokens.empty() ? options.db + ".tokens" : options.tokens;
  if (const auto tokens = rpc::read_tokens(options.server.access.token_file); !tokens) return tokens.error();
  return rpc::check_listening(options.server);
}

}  // namespace entente::app
