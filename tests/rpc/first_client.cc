// A client made of the first schema (first.capnp) and Cap'n Proto's own libraries, with nothing of today's: what was built
// then must still work. usage: first_client SOCKET ENTITY; prints the ids of the entity's events, then the counts.
#include <capnp/ez-rpc.h>

#include <cstdio>
#include <string>

#include "tests/rpc/first.capnp.h"

namespace first = entente::rpc::first;

namespace {

class Sink final : public first::EventSink::Server {
 public:
  kj::Promise<void> event(EventContext context) override {
    std::printf("%s\n", context.getParams().getEvent().getId().cStr());
    return kj::READY_NOW;
  }
  kj::Promise<void> done(DoneContext /*context*/) override { return kj::READY_NOW; }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  capnp::EzRpcClient client(argv[1]);
  auto& scope = client.getWaitScope();
  auto session = client.getMain<first::Gate>().enterRequest().send().getSession();
  auto reader = session.readerRequest().send().getReader();
  auto request = reader.timelineRequest();
  auto query = request.initQuery();
  query.initLeft(1).set(0, argv[2]);
  query.setOrder(1);
  request.setSink(kj::heap<Sink>());
  request.send().wait(scope);
  auto counts = reader.countsRequest().send().wait(scope);
  std::printf("%llu releases\n", static_cast<unsigned long long>(counts.getReleases()));

  auto submit = session.importerRequest().send().getImporter().submitRequest();
  auto release = submit.initRelease();
  release.setUrl("https://example.org/first-client");
  release.setText("Nothing happened.");
  release.setPublisher("FR-MEAE");
  auto outcome = submit.send().wait(scope);
  std::printf("outcome %u\n", static_cast<unsigned>(outcome.getOutcome()));
  return 0;
}
