// Cap'n Proto messages over a byte stream, for both ends: many small frames to a system call, and every frame measured
// before room is made for it. One thread: that of the stream's loop.
#pragma once

#include <capnp/serialize-async.h>
#include <kj/async-io.h>
#include <kj/timer.h>
#include <kj/vector.h>

#include <cstddef>
#include <cstdint>

namespace entente::rpc {

// What a peer may send. May change while the stream is in use.
struct FrameBounds {
  std::uint64_t bytes_max = 72ULL << 20U;
  std::uint32_t segments_max = 512;
  std::uint64_t ms_max = 30'000;  // from a frame's first byte to its last
};

// Is told of each message; what it throws ends the connection, and the peer is told why.
class FrameObserver {
 public:
  virtual void read_frame(capnp::MessageReader& message, std::size_t bytes) = 0;
  virtual void write_frame(kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments, std::size_t bytes) = 0;
  // Bytes went out; fewer wait now.
  virtual void wrote() = 0;

 protected:
  ~FrameObserver() = default;
};

class FrameStream final : public capnp::MessageStream {
 public:
  // All outlive the stream; `observer` may be null.
  FrameStream(kj::AsyncIoStream& stream, kj::Timer& timer, const FrameBounds& bounds, FrameObserver* observer);

  kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> tryReadMessage(kj::ArrayPtr<kj::AutoCloseFd> fds,
                                                                     capnp::ReaderOptions options,
                                                                     kj::ArrayPtr<capnp::word> scratch) override;
  kj::Promise<void> writeMessage(kj::ArrayPtr<const int> fds,
                                 kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments) override;
  kj::Promise<void> writeMessages(
      kj::ArrayPtr<kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>>> messages) override;
  kj::Maybe<int> getSendBufferSize() override { return kSendWindow; }
  kj::Promise<void> end() override;

  // Ends the connection: reading fails with this, and the peer is told it.
  void break_off(const kj::Exception& why) { reading_.cancel(why); }

  // Taken for writing and not yet in the hands of the operating system.
  std::size_t waiting_bytes() const { return out_.size() + writing_.size(); }

 private:
  static constexpr int kSendWindow = 256 * 1024;              // of one stream of calls, not yet answered
  static constexpr std::size_t kReadBytes = std::size_t{64} << 10U;
  static constexpr std::size_t kKeptBytes = std::size_t{256} << 10U;  // of room for writing, while nothing is written
  static constexpr std::size_t kHoldBytes = std::size_t{64} << 10U;  // written before the next message has to wait

  kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> read_on();
  kj::Promise<kj::Maybe<capnp::MessageReaderAndFds>> read_body(kj::Array<capnp::word> frame, std::size_t have);
  kj::Maybe<capnp::MessageReaderAndFds> finish(kj::Array<capnp::word> frame);
  // Words of the whole frame; 0 when its table is not there yet. Throws when it is past a bound.
  std::size_t frame_words() const;
  template <class T>
  kj::Promise<T> in_time(kj::Promise<T> promise);
  void append(kj::ArrayPtr<const kj::ArrayPtr<const capnp::word>> segments);
  kj::Promise<void> after_append();
  kj::Promise<void> flush();

  kj::AsyncIoStream& stream_;
  kj::Timer& timer_;
  const FrameBounds& bounds_;
  FrameObserver* observer_;

  kj::Array<kj::byte> in_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;

  kj::Vector<kj::byte> out_;
  kj::Vector<kj::byte> writing_;
  bool flushing_ = false;
  kj::Maybe<kj::Exception> failed_;
  kj::ForkedPromise<void> flushed_;
  kj::Canceler reading_;
};

}  // namespace entente::rpc
