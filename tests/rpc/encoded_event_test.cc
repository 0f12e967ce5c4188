// Events that were encoded once, copied into messages.
#include "rpc/server/encoded_event.h"

#include <capnp/serialize.h>

#include <catch2/catch.hpp>

#include "rpc/convert/convert.h"
#include "rpc/schema/reader.capnp.h"
#include "tests/rpc/served.h"

using namespace entente;
using test::must;
namespace wire = rpc::wire;

namespace {

std::vector<graph::Event> some_events() {
  test::OpenStore store(test::Kind::memory);
  test::record(*store, test::random_readings(51, 120));
  std::vector<graph::Event> out;
  for (const auto& id : test::random_entities()) {
    graph::TimelineQuery query;
    query.left = {id};
    for (auto& event : test::events_of(*store.now(), query)) out.push_back(std::move(event));
  }
  return out;
}

}  // namespace

TEST_CASE(
    "events that are copied into a message come out of it as they went in, in room for all of them or in many pieces") {
  const auto events = some_events();
  REQUIRE(events.size() > 100);
  rpc::EventEncoder encoder(events.size());
  rpc::SomeEvents some;
  for (const auto& event : events) {
    some.events.push_back(encoder.add(event));
    some.keep(encoder.piece());
  }
  const auto size = rpc::message_size(some.events.data(), some.events.size());
  const auto count = static_cast<unsigned>(events.size());
  const auto first_words = GENERATE(0U, 1U);
  capnp::MallocMessageBuilder message(
      first_words == 0 ? static_cast<unsigned>(size.wordCount) : 64U,
      first_words == 0 ? capnp::AllocationStrategy::GROW_HEURISTICALLY : capnp::AllocationStrategy::FIXED_SIZE);
  rpc::write(some.events.data(), some.events.size(), message.initRoot<wire::Reader::OpenResults>().initEvents(count));
  CHECK((message.getSegmentsForOutput().size() == 1) == (first_words == 0));
  // As a client reads it, checks and all.
  const auto words = capnp::messageToFlatArray(message);
  capnp::ReaderOptions options;
  options.traversalLimitInWords = 2 * words.size();
  capnp::FlatArrayMessageReader reader(words, options);
  const auto list = reader.getRoot<wire::Reader::OpenResults>().getEvents();
  REQUIRE(list.size() == count);
  for (unsigned i = 0; i < count; ++i) CHECK(must(rpc::read(list[i])) == events[i]);
}

TEST_CASE("a list of no events takes nothing") {
  capnp::MallocMessageBuilder message;
  rpc::write(nullptr, 0, message.initRoot<wire::Reader::OpenResults>().initEvents(0));
  CHECK(message.getRoot<wire::Reader::OpenResults>().asReader().getEvents().size() == 0);
}
