#include "importers/sources/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstdint>
#include <cstring>

namespace entente::importers {
namespace {

struct Network {
  std::uint32_t address;
  unsigned bits;
};

// IANA's registry of addresses for special use, and multicast.
constexpr std::array kPrivate4{
    Network{0x00000000, 8},   // this network
    Network{0x0A000000, 8},   // private
    Network{0x64400000, 10},  // shared by carriers
    Network{0x7F000000, 8},   // loopback
    Network{0xA9FE0000, 16},  // link-local
    Network{0xAC100000, 12},  // private
    Network{0xC0000000, 24},  // protocol assignments
    Network{0xC0000200, 24},  // documentation
    Network{0xC0A80000, 16},  // private
    Network{0xC6120000, 15},  // benchmarks
    Network{0xC6336400, 24},  // documentation
    Network{0xCB007100, 24},  // documentation
    Network{0xE0000000, 4},   // multicast
    Network{0xF0000000, 4},   // reserved, broadcast
};

bool is_private4(std::uint32_t address) {
  for (const Network& network : kPrivate4)
    if ((address ^ network.address) >> (32 - network.bits) == 0) return true;
  return false;
}

std::uint32_t four_bytes(const std::uint8_t* bytes) {
  return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U | bytes[3];
}

bool is_private6(const in6_addr& address) {
  const std::uint8_t* const b = address.s6_addr;
  static constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
  static constexpr std::array<std::uint8_t, 12> kZero{};
  static constexpr std::array<std::uint8_t, 12> kNat64{0, 0x64, 0xFF, 0x9B};
  if (std::memcmp(b, kMapped.data(), 12) == 0 || std::memcmp(b, kNat64.data(), 12) == 0)
    return is_private4(four_bytes(b + 12));
  if (std::memcmp(b, kZero.data(), 12) == 0) return true;                   // ::, ::1 and what was IPv4-compatible
  if (b[0] == 0x20 && b[1] == 0x02) return is_private4(four_bytes(b + 2));  // 6to4
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return true;  // documentation
  if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0 && b[3] == 0) return true;        // Teredo
  return (b[0] & 0xFEU) == 0xFC || (b[0] == 0xFE && (b[1] & 0xC0U) >= 0x80) || b[0] == 0xFF || b[0] == 0;
}

}  // namespace

bool is_private_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return is_private4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    return is_private6(six.sin6_addr);
  }
  return true;
}

bool is_private_address(const std::string& text) {
  std::string plain = text;
  if (plain.size() > 2 && plain.front() == '[' && plain.back() == ']') plain = plain.substr(1, plain.size() - 2);
  if (const auto zone = plain.find('%'); zone != std::string::npos) plain.resize(zone);
  in_addr four{};
  if (::inet_pton(AF_INET, plain.c_str(), &four) == 1) return is_private4(ntohl(four.s_addr));
  in6_addr six{};
  return ::inet_pton(AF_INET6, plain.c_str(), &six) == 1 && is_private6(six);
}

std::string address_text(const sockaddr& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    ::inet_ntop(AF_INET, &four.sin_addr, text.data(), text.size());
  } else if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    ::inet_ntop(AF_INET6, &six.sin6_addr, text.data(), text.size());
  }
  return text.data();
}

}  // namespace entente::importers
