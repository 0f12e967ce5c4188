#include "rpc/frames/frame_stream.h"

#include <capnp/message.h>
#include <capnp/serialize.h>
#include <kj/debug.h>

#include <algorithm>
#include <cstring>
#include <utility>

namespace entente::rpc {
namespace {

constexpr std::size_t kWordBytes = sizeof(capnp::word);

std::uint32_t little_endian(const kj::byte* at) {
  return static_cast<std::uint32_t>(at[0]) | static_cast<std::uint32_t>(at[1]) << 8U |
         static_cast<std::uint32_t>(at[2]) << 16U | static_cast<std::uint32_t>(at[3]) << 24U;
}

void put_little_endian(kj::Vector<kj::byte>& out, std::uint32_t value) {
  for (unsigned shift = 0; shift < 32; shift += 8) out.add(static_cast<kj::byte>(value >> shift));
}

kj::Exception refusal(kj::String why) {
  return kj::Exception(kj::Exception::Type::FAILED, __FILE__, __LINE__, kj::mv(why));
}

}  // namespace

FrameStream::FrameStream(kj::AsyncIoStream& stream, kj::Timer& timer, const FrameBounds& bounds,
                         FrameObserver* observer)
    : stream_(stream),
      timer_(timer),
      bounds_(bounds),
      observer_(observer),
      in_(kj::heapArray<kj::byte>(kReadBytes)),
      flushed_(kj::Promise<void>(kj::READY_NOW).fork()) {}

std::size_t FrameStream::frame_words() const {
  const std::size_t have = end_ - begin_;
  if (have < 4) return 0;
  const kj::byte* const at = in_.begin() + begin_;
  const std::uint64_t segments = std::uint64_t{little_endian(at)} + 1;
  if (segments > bounds_.segments_max)
    kj::throwFatalException(refusal(kj::str("the message says it has ", segments, " segments; at most ", bounds_.segments_max, " are taken")));
  const std::uint64_t table = (segments / 2 + 1) * kWordBytes;
  if (have < table) return 0;
  std::uint64_t words = table / kWordBytes;
  for (std::uint64_t i = 0; i < segments; ++i) words += little_endian(at + 4 + 4 * i);
  if (words * kWordBytes > bounds_.bytes_max)
    kj::throwFatalException(refusal(kj::str("the message says it has ", words * kWordBytes, " bytes; at most ", bounds_.bytes_max, " are taken now")));
  return words;
}

template <class T>
kj::Promise<T> FrameStream::in_time(kj::Promise<T> promise) {
  return timer_.timeoutAfter(static_cast<std::int64_t>(bounds_.ms_max) * kj::MILLISECONDS, kj::mv(promise));
}

kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> FrameStream::tryReadMessage(kj::ArrayPtr<kj::AutoCloseFd> /*fds*/,
                                                                                capnp::ReaderOptions /*options*/,
                                                                                kj::ArrayPtr<capnp::word> /*scratch*/) {
  return read_on();
}

kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> FrameStream::read_on() {
  const std::size_t words = frame_words();
  if (words > 0) {
    const std::size_t have = std::min(end_ - begin_, words * kWordBytes);
    auto frame = kj::heapArray<capnp::word>(words);
    std::memcpy(frame.begin(), in_.begin() + begin_, have);
    begin_ += have;
    if (begin_ == end_) begin_ = end_ = 0;
    if (have == words * kWordBytes) return finish(kj::mv(frame));
    return reading_.wrap(in_time(read_body(kj::mv(frame), have)));
  }
  // A table of segments_max segments has room: kReadBytes is far more than it.
  if (begin_ > 0) {
    std::memmove(in_.begin(), in_.begin() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
  }
  const bool within = end_ > 0;
  auto some = stream_.tryRead(in_.begin() + end_, 1, in_.size() - end_);
  return reading_.wrap(within ? in_time(kj::mv(some)) : kj::mv(some)).then([this, within](std::size_t n) -> kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> {
    if (n == 0) {
      if (within) kj::throwFatalException(kj::Exception(kj::Exception::Type::DISCONNECTED, __FILE__, __LINE__, kj::str("the connection ended within a message")));
      return kj::Maybe<capnp::MessageReaderAndFds>();
    }
    end_ += n;
    return read_on();
  });
}

kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> FrameStream::read_body(kj::Array<capnp::word> frame,
                                                                           std::size_t have) {
  auto bytes = frame.asBytes();
  const std::size_t missing = bytes.size() - have;
  return stream_.tryRead(bytes.begin() + have, missing, missing)
      .then([this, missing, frame = kj::mv(frame)](std::size_t n) mutable -> kj::Maybe<capnp::MessageReaderAndFds> {
        if (n < missing) kj::throwFatalException(kj::Exception(kj::Exception::Type::DISCONNECTED, __FILE__, __LINE__, kj::str("the connection ended within a message")));
        return finish(kj::mv(frame));
      });
}

kj::Maybe<capnp::MessageReaderAndFds> FrameStream::finish(kj::Array<capnp::word> frame) {
  // What a message can make us read is in proportion to its size: pointers to one place, many times over, run out.
  constexpr std::uint64_t kReadings = 8;
  constexpr std::uint64_t kLeastWords = 4096;
  capnp::ReaderOptions options;
  options.traversalLimitInWords = frame.size() * kReadings + kLeastWords;
  options.nestingLimit = 32;
  const std::size_t bytes = frame.size() * kWordBytes;
  kj::Own<capnp::MessageReader> reader = kj::heap<capnp::FlatArrayMessageReader>(frame.asPtr(), options).attach(kj::mv(frame));
  if (observer_ != nullptr) observer_->read_frame(*reader, bytes);
  return capnp::MessageReaderAndFds{kj::mv(reader), nullptr};
}

void FrameStream::append(kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments) {
  const std::size_t before = out_.size();
  std::size_t bytes = (segments.size() / 2 + 1) * kWordBytes;
  for (const auto segment : segments) bytes += segment.asBytes().size();
  if (before + bytes > out_.capacity()) out_.reserve(std::max(before + bytes, 2 * out_.capacity()));
  put_little_endian(out_, static_cast<std::uint32_t>(segments.size() - 1));
  for (const auto segment : segments) put_little_endian(out_, static_cast<std::uint32_t>(segment.size()));
  if (segments.size() % 2 == 0) put_little_endian(out_, 0);
  for (const auto segment : segments) out_.addAll(segment.asBytes());
  if (observer_ != nullptr) observer_->write_frame(segments, out_.size() - before);
}

kj::Promise<void> FrameStream::after_append() {
  if (!flushing_) {
    flushing_ = true;
    // Later, so that what else is written in this turn goes out with it.
    flushed_ = kj::evalLater([this]() { return flush(); }).fork();
  }
  if (waiting_bytes() < kHoldBytes) return kj::READY_NOW;
  return flushed_.addBranch();
}

kj::Promise<void> FrameStream::flush() {
  // The two change places, and keep their room unless it has grown out of the usual.
  std::swap(writing_, out_);
  return stream_.write(writing_.begin(), writing_.size()).then(
      [this]() -> kj::Promise<void> {
        if (writing_.capacity() > kKeptBytes) writing_ = kj::Vector<kj::byte>();
        writing_.clear();
        if (observer_ != nullptr) observer_->wrote();
        if (out_.size() > 0) return flush();
        flushing_ = false;
        return kj::READY_NOW;
      },
      [this](kj::Exception&& exception) -> kj::Promise<void> {
        failed_ = kj::cp(exception);
        return kj::mv(exception);
      });
}

kj::Promise<void> FrameStream::writeMessage(kj::ArrayPtr<const int> /*fds*/,
                                            kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments) {
  KJ_IF_MAYBE (exception, failed_) return kj::cp(*exception);
  append(segments);
  return after_append();
}

kj::Promise<void> FrameStream::writeMessages(
    kj::ArrayPtr<kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>>> messages) {
  KJ_IF_MAYBE (exception, failed_) return kj::cp(*exception);
  for (const auto segments : messages) append(segments);
  return after_append();
}

kj::Promise<void> FrameStream::end() {
  KJ_IF_MAYBE (exception, failed_) return kj::cp(*exception);
  return flushed_.addBranch().then([this]() { stream_.shutdownWrite(); });
}

}  // namespace entente::rpc
