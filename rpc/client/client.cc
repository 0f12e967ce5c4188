#include "rpc/client/client.h"

#include <algorithm>
#include <deque>

#include "rpc/client/connection.h"
#include "rpc/client/guarded.h"
#include "rpc/client/remote.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

constexpr std::uint32_t kRowsAtOnce = 256;  // of a timeline, in one answer

// Rows come some at a time; the next are asked for as soon as the last have come.
class RemoteCursor final : public graph::EventCursor {
 public:
  RemoteCursor(kj::WaitScope& scope, capnp::Response<wire::Reader::OpenResults> first) : scope_(scope) {
    if (first.hasRest()) rest_ = first.getRest();
    take(first.getEvents());
    ask();
  }

  ~RemoteCursor() noexcept override = default;  // kj's destructors may throw; a Reader's may not

  Result<std::optional<graph::Event>> next() override {
    while (rows_.empty() && !error_ && asked_) {
      auto more = guarded([&] { return wait(); });
      if (!more) error_ = more.error();
    }
    if (!rows_.empty()) {
      graph::Event event = std::move(rows_.front());
      rows_.pop_front();
      return std::optional(std::move(event));
    }
    if (error_) return *error_;
    return std::optional<graph::Event>();
  }

 private:
  void ask() {
    asked_.reset();
    KJ_IF_MAYBE (rest, rest_) {
      auto request = rest->nextRequest();
      request.setMax(kRowsAtOnce);
      asked_.emplace(request.send());
    }
  }
  bool wait() {
    auto response = asked_->wait(scope_);
    if (response.getDone()) rest_ = nullptr;
    ask();
    take(response.getEvents());
    return true;
  }
  void take(capnp::List<wire::Event>::Reader list) {
    for (const auto wire_event : list) {
      auto event = read(wire_event);
      if (!event) {
        error_ = event.error();
        return;
      }
      rows_.push_back(std::move(*event));
    }
  }

  kj::WaitScope& scope_;
  kj::Maybe<wire::Rows::Client> rest_;
  std::optional<capnp::RemotePromise<wire::Rows::NextResults>> asked_;
  std::deque<graph::Event> rows_;
  std::optional<Error> error_;
};

class RemoteReader final : public graph::Reader {
 public:
  RemoteReader(kj::WaitScope& scope, wire::Reader::Client reader) : scope_(scope), reader_(kj::mv(reader)) {}

  ~RemoteReader() noexcept override = default;

  Result<RecordedTime> recorded() override {
    return guarded([&] { return RecordedTime{reader_.recordedRequest().send().wait(scope_).getMicros()}; });
  }
  Result<std::vector<graph::Candidate>> resolve(std::string_view name, std::size_t limit) override {
    return guarded([&] {
      auto request = reader_.resolveRequest();
      request.setName(std::string(name));
      request.setLimit(static_cast<std::uint32_t>(limit));
      auto response = request.send().wait(scope_);
      std::vector<graph::Candidate> candidates;
      for (const auto c : response.getCandidates()) candidates.push_back({graph::EntityId(text_of(c.getId())), text_of(c.getLabel()), text_of(c.getMatched()), c.getScore()});
      return candidates;
    });
  }
  Result<std::optional<graph::Entity>> find_entity(const graph::EntityId& id) override {
    return found<graph::Entity>(reader_.findEntityRequest(), id.str(), [](auto& r) { return read(r.getEntity()); });
  }
  Result<std::optional<graph::EntityReport>> report(const graph::EntityId& id) override {
    return found<graph::EntityReport>(reader_.reportRequest(), id.str(), [](auto& r) { return read(r.getReport()); });
  }
  Result<std::vector<graph::EntityId>> members(const graph::EntityId& group) override {
    return guarded([&] {
      auto request = reader_.membersRequest();
      request.setId(group.str());
      auto response = request.send().wait(scope_);
      std::vector<graph::EntityId> ids;
      for (const auto id : response.getIds()) ids.emplace_back(text_of(id));
      return ids;
    });
  }
  Result<std::unique_ptr<graph::EventCursor>> timeline(const graph::TimelineQuery& query) override {
    return guarded([&]() -> std::unique_ptr<graph::EventCursor> {
      auto request = reader_.openRequest();
      write(query, request.initQuery());
      request.setFirst(kRowsAtOnce);
      return std::make_unique<RemoteCursor>(scope_, request.send().wait(scope_));
    });
  }
  Result<std::optional<graph::Event>> find_event(const graph::EventId& id) override {
    return found<graph::Event>(reader_.findEventRequest(), id.str(), [](auto& r) { return read(r.getEvent()); });
  }
  Result<std::vector<graph::Proof>> why(const graph::EventId& id) override {
    auto call = guarded([&]() -> Result<std::vector<graph::Proof>> {
      auto request = reader_.whyRequest();
      request.setId(id.str());
      auto response = request.send().wait(scope_);
      std::vector<graph::Proof> proofs;
      for (const auto proof : response.getProofs()) {
        auto claim = read(proof.getClaim());
        if (!claim) return claim.error();
        auto release = read(proof.getRelease());
        if (!release) return release.error();
        proofs.push_back({std::move(*claim), std::move(*release), text_of(proof.getJoinReason())});
      }
      return proofs;
    });
    if (!call) return call.error();
    return std::move(*call);
  }
  Result<std::optional<graph::Release>> find_release(const graph::ReleaseId& id) override {
    return found<graph::Release>(reader_.findReleaseRequest(), id.str(), [](auto& r) { return read(r.getRelease()); });
  }
  Result<graph::StoreCounts> counts() override {
    return guarded([&] {
      auto r = reader_.countsRequest().send().wait(scope_);
      return graph::StoreCounts{r.getReleases(), r.getClaims(), r.getEvents(), r.getEntities()};
    });
  }

 private:
  template <class T, class Request, class Take>
  Result<std::optional<T>> found(Request request, const std::string& id, Take take) {
    auto call = guarded([&]() -> Result<std::optional<T>> {
      request.setId(id);
      auto response = request.send().wait(scope_);
      if (!response.getFound()) return std::optional<T>();
      auto value = take(response);
      if (!value) return value.error();
      return std::optional<T>(std::move(*value));
    });
    if (!call) return call.error();
    return std::move(*call);
  }

  kj::WaitScope& scope_;
  wire::Reader::Client reader_;
};

// An answer is put together from its parts; one that breaks off gives nothing but the problem.
class RemoteAsker final : public Asker {
 public:
  RemoteAsker(kj::WaitScope& scope, wire::Asker::Client asker) : scope_(scope), asker_(kj::mv(asker)) {}
  ~RemoteAsker() noexcept override = default;

  Result<Answered> ask(const std::string& question, std::uint64_t line) override {
    std::string rows;
    auto answer = parts(question, line, [&](std::string_view row) {
      if (!rows.empty()) rows += ',';
      rows += row;
    });
    if (answer && answer->answered) answer->text.insert(head_bytes_, rows);
    return answer;
  }
  Result<Answered> stream(const std::string& question, const std::function<void(std::string_view)>& row) override {
    return parts(question, 0, row);
  }

 private:
  // The next part is worked out while this one is put to the others.
  Result<Answered> parts(const std::string& question, std::uint64_t line, const std::function<void(std::string_view)>& row) {
    return guarded([&] {
      auto request = asker_.askRequest();
      request.setQuestion(question);
      request.setLine(line);
      request.setFirst(kRowsAtOnce);
      Answered out;
      auto first = request.send().wait(scope_);
      head_bytes_ = first.getPart().getHead().size();
      if (take(first.getPart(), out, row)) return out;
      wire::Answer::Client rest = first.getRest();
      auto next = ask_next(rest);
      while (true) {
        auto response = next.wait(scope_);
        if (!response.getPart().getDone()) next = ask_next(rest);
        if (take(response.getPart(), out, row)) return out;
      }
    });
  }
  static capnp::RemotePromise<wire::Answer::NextResults> ask_next(wire::Answer::Client& rest) {
    auto request = rest.nextRequest();
    request.setMax(wire::ANSWER_ROWS_MAX);
    return request.send();
  }
  // True when it was the last part.
  static bool take(wire::AnswerPart::Reader part, Answered& out, const std::function<void(std::string_view)>& row) {
    if (part.getProblem().size() != 0) {
      out = {text_of(part.getProblem()), false};
      return true;
    }
    out.text += text_of(part.getHead());
    for (const auto one : part.getRows()) row({one.begin(), one.size()});
    out.text += text_of(part.getTail());
    out.answered = part.getDone();
    return part.getDone();
  }

  kj::WaitScope& scope_;
  wire::Asker::Client asker_;
  std::size_t head_bytes_ = 0;  // of the last answer
};

class RemoteClient final : public Client {
 public:
  explicit RemoteClient(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

  ~RemoteClient() noexcept override = default;

  // Nothing is waited for: the question that the view is wanted for goes out with this.
  Result<std::unique_ptr<graph::Reader>> reader(std::optional<RecordedTime> as_of) override {
    return guarded([&]() -> std::unique_ptr<graph::Reader> {
      auto request = connection_->session().readerRequest();
      request.setAsOfMicros(as_of ? as_of->micros : 0);
      return std::make_unique<RemoteReader>(connection_->scope(), request.send().getReader());
    });
  }

  Result<std::unique_ptr<Asker>> asker(std::optional<RecordedTime> as_of) override {
    return guarded([&]() -> std::unique_ptr<Asker> {
      auto request = connection_->session().readerRequest();
      request.setAsOfMicros(as_of ? as_of->micros : 0);
      auto asker = request.send().getReader().askerRequest().send().getAsker();
      return std::make_unique<RemoteAsker>(connection_->scope(), kj::mv(asker));
    });
  }

  Result<std::size_t> echo(std::size_t bytes) override {
    return guarded([&] {
      auto request = connection_->session().echoRequest();
      request.initBytes(static_cast<unsigned>(bytes));
      return request.send().wait(connection_->scope()).getBytes().size();
    });
  }

  Result<graph::RecordReport> record(const graph::Reading& reading) override {
    auto call = guarded([&]() { return send(importer().submitRequest(), reading); });
    if (!call) return call.error();
    return std::move(*call);
  }

  Result<graph::RecordReport> record_with(const graph::Reading& reading,
                                          std::span<const graph::StateRow> rows) override {
    auto call = guarded([&]() {
      auto request = importer().submitWithRequest();
      write_rows(rows, request.initStates(static_cast<unsigned>(rows.size())));
      return send(kj::mv(request), reading);
    });
    if (!call) return call.error();
    return std::move(*call);
  }

  Result<std::optional<std::string>> find_state(std::string_view source, std::string_view item) override {
    return guarded([&]() -> std::optional<std::string> {
      auto request = importer().findStateRequest();
      request.setSource(std::string(source));
      request.setItem(std::string(item));
      auto response = request.send().wait(connection_->scope());
      if (!response.getFound()) return std::nullopt;
      const auto bytes = response.getBytes().asChars();
      return std::string(bytes.begin(), bytes.size());
    });
  }

  Result<std::vector<graph::StateRow>> states(std::string_view source, const std::optional<std::string>& after,
                                              std::size_t limit) override {
    return guarded([&] {
      std::vector<graph::StateRow> rows;
      std::optional<std::string> behind = after;
      // The server gives at most so many at once.
      while (rows.size() < limit) {
        const auto wanted = static_cast<std::uint32_t>(std::min<std::size_t>(limit - rows.size(), wire::STATE_ROWS_MAX));
        auto request = importer().statesRequest();
        request.setSource(std::string(source));
        request.setHasAfter(behind.has_value());
        request.setAfter(behind.value_or(""));
        request.setLimit(wanted);
        auto response = request.send().wait(connection_->scope());
        for (const auto row : response.getRows()) rows.push_back(read(row));
        if (response.getRows().size() < wanted) break;
        behind = rows.back().item;
      }
      return rows;
    });
  }

  Result<void> put_states(std::span<const graph::StateRow> rows) override {
    const auto put = guarded([&] {
      auto request = importer().putStatesRequest();
      write_rows(rows, request.initRows(static_cast<unsigned>(rows.size())));
      request.send().wait(connection_->scope());
      return true;
    });
    if (!put) return put.error();
    return {};
  }

  Result<std::unique_ptr<graph::SourceHold>> hold(std::string_view source, std::string_view holder) override {
    return guarded([&]() -> std::unique_ptr<graph::SourceHold> {
      auto request = importer().holdRequest();
      request.setSource(std::string(source));
      request.setHolder(std::string(holder));
      return std::make_unique<RemoteHold>(request.send().wait(connection_->scope()).getHold());
    });
  }

  Result<std::unique_ptr<ImportJob>> import_job(const std::string& key, std::function<void(const ImportReport&)> told) override {
    return guarded([&] { return start_import(connection_->scope(), importer(), key, std::move(told)); });
  }

  Result<ImportReport> record_once(const std::string& key, const graph::Reading& reading) override {
    return guarded([&] {
      auto request = importer().submitOnceRequest();
      request.setKey(key);
      write(reading, request.initReading());
      auto response = request.send().wait(connection_->scope());
      return ImportReport{0, read(response.getReport()), response.getRepeated()};
    });
  }

  Result<graph::StepsReport> record_steps(const std::string& author, std::span<const graph::WriteStep> steps) override {
    auto call = guarded([&] { return send_steps(connection_->scope(), connection_->session().writerRequest().send().getWriter(), author, steps); });
    if (!call) return call.error();
    return std::move(*call);
  }

  Result<std::unique_ptr<Watch>> watch(const graph::TimelineQuery& filter, std::optional<RecordedTime> since) override {
    return guarded([&] { return start_watch(connection_->scope(), connection_->session(), filter, since); });
  }

  std::unique_ptr<Admin> admin() override { return make_admin(connection_->scope(), connection_->session().adminRequest().send().getAdmin()); }

 private:
  class RemoteHold final : public graph::SourceHold {
   public:
    explicit RemoteHold(wire::SourceHold::Client hold) : hold_(kj::mv(hold)) {}
    ~RemoteHold() noexcept override = default;

   private:
    wire::SourceHold::Client hold_;
  };

  // One for the whole connection: what it does goes in order.
  wire::Importer::Client& importer() {
    KJ_IF_MAYBE (known, importer_) return *known;
    return importer_.emplace(connection_->session().importerRequest().send().getImporter());
  }

  static void write_rows(std::span<const graph::StateRow> rows, capnp::List<wire::StateRow>::Builder out) {
    for (unsigned i = 0; i < rows.size(); ++i) write(rows[i], out[i]);
  }

  template <class Request>
  Result<graph::RecordReport> send(Request request, const graph::Reading& reading) {
    write(reading.release, request.initRelease());
    auto claims = request.initClaims(static_cast<unsigned>(reading.claims.size()));
    for (unsigned i = 0; i < reading.claims.size(); ++i) write(reading.claims[i], claims[i]);
    auto response = request.send().wait(connection_->scope());
    if (response.getOutcome() < 1 || response.getOutcome() > 3)
      return Error{ErrorCode::corrupt, "the server answered with an unknown outcome", {}};
    return graph::RecordReport{static_cast<graph::Outcome>(response.getOutcome()),
                               graph::ReleaseId(text_of(response.getRelease())), response.getClaims(),
                               response.getEventsNew()};
  }

  std::unique_ptr<Connection> connection_;
  kj::Maybe<wire::Importer::Client> importer_;
};

}  // namespace

Result<std::unique_ptr<Client>> Client::connect(const Address& address, const ConnectOptions& options) {
  auto connection = Connection::open(address, options);
  if (!connection) return connection.error();
  return std::unique_ptr<Client>(std::make_unique<RemoteClient>(std::move(*connection)));
}

}  // namespace entente::rpc
