#include "rpc/address.h"

#include <charconv>
#include <cstdint>

namespace entente::rpc {

Result<Address> parse_address(std::string_view text) {
  const auto wrong = [&] {
    return Error{ErrorCode::invalid_argument, "'" + std::string(text) + "' is no address; write unix:/path/to/socket 127.0.0.1:7410 or tls:host:7410", {}};
  };
  if (text.starts_with("unix:")) {
    const std::string path(text.substr(5));
    constexpr std::size_t kUnixPathMax = 107;  // sun_path of unix(7), less its end
    if (path.empty() || path.size() > kUnixPathMax) return wrong();
    return Address{std::string(text), path, true, false};
  }
  const bool tls = text.starts_with("tls:");
  if (tls) text.remove_prefix(4);
  const std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size()) return wrong();
  std::uint16_t port = 0;
  const auto [end, code] = std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  if (code != std::errc() || end != text.data() + text.size()) return wrong();
  const std::string_view host = text.substr(0, colon);
  const bool loopback = host.starts_with("127.") || host == "localhost" || host == "[::1]";
  return Address{std::string(text), {}, loopback, tls};
}

std::string Address::host() const {
  if (!unix_path.empty()) return {};
  const std::string name = text.substr(0, text.rfind(':'));
  return name.starts_with('[') && name.ends_with(']') ? name.substr(1, name.size() - 2) : name;
}

}  // namespace entente::rpc
