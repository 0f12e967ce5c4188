#include "rpc/server/asker_server.h"

#include <algorithm>
#include <limits>

#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

using graph::query::LinePart;

std::uint32_t rows_of(std::uint32_t asked) { return std::clamp<std::uint32_t>(asked, 1, wire::ANSWER_ROWS_MAX); }

void write(const LinePart& part, wire::AnswerPart::Builder out) {
  out.setHead(part.head);
  auto rows = out.initRows(static_cast<unsigned>(part.rows.size()));
  for (unsigned i = 0; i < part.rows.size(); ++i) rows.set(i, part.rows[i]);
  out.setDone(part.done);
  out.setTail(part.tail);
  out.setProblem(part.problem);
}

// The rest of an answer, for the asking.
class AnswerServer final : public wire::Answer::Server {
 public:
  AnswerServer(std::shared_ptr<Peer> peer, Peer::Strand strand, std::shared_ptr<Peer::HeldReader> held,
               std::shared_ptr<Asking> asking, std::uint64_t number)
      : peer_(std::move(peer)),
        strand_(std::move(strand)),
        held_(std::move(held)),
        asking_(std::move(asking)),
        number_(number) {}

  kj::Promise<void> next(NextContext context) override {
    const std::uint32_t rows = rows_of(context.getParams().getMax());
    return peer_->answer(
        "next", strand_, context,
        [asking = asking_, number = number_, rows](const Stop& stop) { return asking->go_on(number, rows, stop); },
        [peer = peer_, context](LinePart& part) mutable {
          peer->shared().counters.rows.fetch_add(part.rows.size(), std::memory_order_relaxed);
          write(part, context.getResults().initPart());
        });
  }

 private:
  std::shared_ptr<Peer> peer_;
  Peer::Strand strand_;
  std::shared_ptr<Peer::HeldReader> held_;
  std::shared_ptr<Asking> asking_;
  std::uint64_t number_;
};

}  // namespace

std::unique_ptr<graph::query::Engine> make_engine(Shared& shared, std::optional<RecordedTime> at) {
  graph::query::EngineOptions options;
  options.rows_max = shared.limits.rows_max;
  options.deadline_ms_max = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(shared.limits.ask_ms_max, std::numeric_limits<std::uint32_t>::max()));
  storage::Store& store = shared.store;
  return std::make_unique<graph::query::Engine>(
      [&store, at](std::optional<RecordedTime> time) { return store.snapshot(time ? time : at); }, shared.graphs,
      options);
}

Result<LinePart> Asking::begin(std::string question, std::uint64_t line, std::uint32_t rows, std::uint64_t number,
                               const Stop& stop) {
  answer_.reset();
  number_ = number;
  if (!engine_) {
    // The reader's own snapshot is its own; one as of its time is the same view.
    const auto recorded = reader_->recorded();
    if (!recorded) return recorded.error();
    engine_ = make_engine(shared_, *recorded);
    reader_.reset();
  }
  answer_ = std::make_unique<graph::query::LineStream>(*engine_, std::move(question), line);
  return go_on(number, rows, stop);
}

Result<LinePart> Asking::go_on(std::uint64_t number, std::uint32_t rows, const Stop& stop) {
  if (!answer_ || number != number_)
    return Error{
        ErrorCode::cancelled, "this answer is over: it was read to its end, or another question was asked", {}};
  LinePart part = answer_->next(rows, wire::ANSWER_BYTES_MAX, &stop.flag());
  if (part.done) answer_.reset();
  return part;
}

kj::Promise<void> AskerServer::ask(AskContext context) {
  auto params = context.getParams();
  if (params.getQuestion().size() > wire::QUESTION_BYTES_MAX)
    peer_->fail("ask", Error{ErrorCode::too_large, "a question of more than 1 MiB; ask for less at once", {}});
  const std::uint64_t number = ++asked_;
  return peer_->answer(
      "ask", strand_, context,
      [asking = asking_, question = text_of(params.getQuestion()), line = params.getLine(),
       rows = rows_of(params.getFirst()),
       number](const Stop& stop) mutable { return asking->begin(std::move(question), line, rows, number, stop); },
      [this, context, number](LinePart& part) mutable {
        peer_->shared().counters.rows.fetch_add(part.rows.size(), std::memory_order_relaxed);
        auto results = context.getResults();
        write(part, results.initPart());
        if (!part.done) results.setRest(kj::heap<AnswerServer>(peer_, strand_, held_, asking_, number));
      });
}

}  // namespace entente::rpc
