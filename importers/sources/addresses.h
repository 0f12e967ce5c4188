// Which addresses of the network are somebody's own: loopback, link-local, private, reserved. A page elsewhere must not
// be able to send the program there.
#pragma once

#include <sys/socket.h>

#include <string>

namespace entente::importers {

// For AF_INET and AF_INET6, also where an IPv4 address is wrapped in an IPv6 one. Anything else is private.
bool is_private_address(const sockaddr& address);
// As written: "10.0.0.1", "[::1]", "fe80::1". False for what is no address (a name).
bool is_private_address(const std::string& text);
std::string address_text(const sockaddr& address);

}  // namespace entente::importers
