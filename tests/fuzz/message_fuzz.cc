// What a stranger can send over the wire: bytes to frames, frames to messages, and what stands in them to values of ours.
// Nothing may crash, and no frame may be taken that is past the bounds.
#include <capnp/rpc.capnp.h>
#include <kj/async-io.h>

#include <cstddef>
#include <cstdint>

#include "rpc/convert/convert.h"
#include "rpc/frames/frame_stream.h"
#include "rpc/schema/importer.capnp.h"
#include "rpc/schema/reader.capnp.h"

namespace {

namespace wire = entente::rpc::wire;

// Reads what a handler of a call would.
void read_call(capnp::AnyPointer::Reader content) {
  entente::ignore(entente::rpc::read(content.getAs<wire::Reader::OpenParams>().getQuery()), "any answer is right");
  entente::ignore(entente::rpc::read(content.getAs<wire::Importer::SubmitParams>().getRelease()), "any answer is right");
  for (const auto claim : content.getAs<wire::Importer::SubmitParams>().getClaims()) entente::ignore(entente::rpc::read(claim), "any answer is right");
}

void read_all(capnp::MessageStream& stream, kj::WaitScope& scope) {
  while (true) {
    auto message = stream.tryReadMessage(nullptr, {}, nullptr).wait(scope);
    KJ_IF_MAYBE (found, message) {
      const auto root = found->reader->getRoot<capnp::rpc::Message>();
      if (root.which() == capnp::rpc::Message::CALL) read_call(root.getCall().getParams().getContent());
    } else {
      return;
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static auto io = kj::setupAsyncIo();
  auto pipe = kj::newTwoWayPipe();
  const entente::rpc::FrameBounds bounds{std::uint64_t{1} << 20U, 64, 1'000};
  entente::rpc::FrameStream stream(*pipe.ends[1], io.provider->getTimer(), bounds, nullptr);
  auto sent = pipe.ends[0]->write(data, size).then([&pipe]() { pipe.ends[0]->shutdownWrite(); }).eagerlyEvaluate([](kj::Exception&&) {});
  try {
    read_all(stream, io.waitScope);
  } catch (const kj::Exception&) {  // the connection's end, with a reason
  }
  return 0;
}
