// A program of somebody else's: how many events does the server hold?
#include <cstdio>

#include "rpc/client/client.h"

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto address = entente::rpc::parse_address(argv[1]);
  if (!address) return 2;
  const auto client = entente::rpc::Client::connect(*address);
  if (!client) return 4;
  const auto reader = (*client)->reader();
  const auto counts = reader ? (*reader)->counts() : reader.error();
  if (!counts) return 1;
  std::printf("%llu events\n", static_cast<unsigned long long>(counts->events));
  return 0;
}
