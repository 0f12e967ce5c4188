#include "rpc/server/admin_server.h"

#include <fmt/format.h>

#include "base/log.h"
#include "rpc/access/tokens.h"
#include "rpc/convert/convert.h"
#include "rpc/server/figures.h"
#include "storage/care/check.h"

namespace entente::rpc {
namespace {

void write(const Figures& figures, capnp::List<wire::Figure>::Builder out) {
  for (unsigned i = 0; i < figures.size(); ++i) {
    out[i].setName(figures[i].first);
    out[i].setValue(figures[i].second);
  }
}

void write(const SessionNote& session, wire::SessionInfo::Builder out) {
  const SessionNote::Seen seen = session.seen();
  out.setNumber(session.number);
  out.setOrigin(session.origin);
  out.setRole(static_cast<std::uint8_t>(seen.role));
  out.setName(seen.name);
  out.setSinceMicros(session.since.micros);
  out.setCalls(session.calls);
  out.setRows(session.rows);
  out.setUnreadBytes(session.unread_bytes);
  out.setWatches(session.watches);
  auto snapshots = out.initSnapshots(static_cast<unsigned>(seen.snapshots.size()));
  for (unsigned i = 0; i < seen.snapshots.size(); ++i) {
    snapshots[i].setRecordedMicros(seen.snapshots[i].recorded.micros);
    snapshots[i].setTakenMicros(seen.snapshots[i].taken.micros);
  }
}

void write(const TokenRow& row, wire::TokenInfo::Builder out) {
  out.setId(row.id);
  out.setRole(static_cast<std::uint8_t>(row.role));
  out.setName(row.name);
  out.setPublisher(row.publisher);
  out.setCreatedMicros(row.created.micros);
  out.setExpiresMicros(row.expires ? row.expires->micros : 0);
}

Result<std::filesystem::path> token_file(const Shared& shared) {
  if (shared.access.token_file().empty()) return Error{ErrorCode::invalid_argument, "the server was started without a file of tokens", {}};
  return shared.access.token_file();
}

}  // namespace

kj::Promise<void> AdminServer::stats(StatsContext context) {
  Shared& shared = peer_->shared();
  return at_length(
      "stats", context, [&shared]() { return figures_of(shared); },
      [this, context](Figures& figures) mutable {
        auto results = context.getResults();
        write(figures, results.initFigures(static_cast<unsigned>(figures.size())));
        const Figures limits = figures_of(peer_->shared().limits);
        write(limits, results.initLimits(static_cast<unsigned>(limits.size())));
      });
}

kj::Promise<void> AdminServer::check(CheckContext context) {
  storage::Store& store = peer_->shared().store;
  return at_length(
      "check", context, [&store]() { return storage::check(store); },
      [context](storage::CheckReport& report) mutable {
        auto results = context.getResults();
        results.setRows(report.rows);
        results.setDisagreements(report.disagreements);
        auto shown = results.initShown(static_cast<unsigned>(report.shown.size()));
        for (unsigned i = 0; i < report.shown.size(); ++i) {
          shown[i].setFamily(report.shown[i].family);
          shown[i].setRow(report.shown[i].row);
          shown[i].setWhat(report.shown[i].what);
        }
      });
}

kj::Promise<void> AdminServer::backup(BackupContext context) {
  const std::string folder = text_of(context.getParams().getFolder());
  if (!folder.starts_with('/')) peer_->fail("backup", Error{ErrorCode::invalid_argument, "'" + folder + "' is no whole path: the server has a working folder of its own, so name it from the root on", {}});
  storage::Store& store = peer_->shared().store;
  log::info("{} copies the store to {}", peer_->name(), folder);
  return at_length(
      "backup", context,
      [&store, folder]() -> Result<bool> {
        if (auto done = store.back_up(folder); !done) return done.error();
        return true;
      },
      [](bool& /*done*/) {});
}

kj::Promise<void> AdminServer::sessions(SessionsContext context) {
  peer_->require(Role::admin, "sessions");
  const auto all = peer_->shared().sessions.all();
  auto list = context.getResults().initSessions(static_cast<unsigned>(all.size()));
  for (unsigned i = 0; i < all.size(); ++i) write(*all[i], list[i]);
  return kj::READY_NOW;
}

kj::Promise<void> AdminServer::close(CloseContext context) {
  peer_->require(Role::admin, "close");
  const auto session = peer_->shared().sessions.find(context.getParams().getSession());
  context.getResults().setFound(session != nullptr);
  if (!session) return kj::READY_NOW;
  log::info("{} closes c{}", peer_->name(), session->number);
  std::string reason = text_of(context.getParams().getReason());
  if (reason.empty()) reason = "its keeper says so";
  session->close(std::move(reason));
  return kj::READY_NOW;
}

kj::Promise<void> AdminServer::tokens(TokensContext context) {
  Shared& shared = peer_->shared();
  return at_length(
      "tokens", context,
      [&shared]() -> Result<TokenList> {
        const auto file = token_file(shared);
        if (!file) return file.error();
        return read_tokens(*file);
      },
      [context](TokenList& list) mutable {
        auto out = context.getResults().initTokens(static_cast<unsigned>(list.rows.size()));
        for (unsigned i = 0; i < list.rows.size(); ++i) write(list.rows[i], out[i]);
      });
}

kj::Promise<void> AdminServer::createToken(CreateTokenContext context) {
  const auto asked = context.getParams().getToken();
  TokenRow row;
  if (asked.getRole() < static_cast<std::uint8_t>(Role::reader) || asked.getRole() > static_cast<std::uint8_t>(Role::admin))
    peer_->fail("createToken", Error{ErrorCode::invalid_argument, fmt::format("{} is no role; there are 1 reader, 2 importer, 3 writer, 4 admin", asked.getRole()), {}});
  row.role = static_cast<Role>(asked.getRole());
  row.name = text_of(asked.getName());
  row.publisher = text_of(asked.getPublisher());
  row.created = peer_->shared().clock.now();
  if (asked.getExpiresMicros() != 0) row.expires = RecordedTime{asked.getExpiresMicros()};
  Shared& shared = peer_->shared();
  return at_length(
      "createToken", context,
      [&shared, row = std::move(row)]() -> Result<NewToken> {
        const auto file = token_file(shared);
        if (!file) return file.error();
        auto made = create_token(*file, row);
        if (made)
          if (auto loaded = shared.reload_tokens(); !loaded) return loaded.error();
        return made;
      },
      [this, context](NewToken& made) mutable {
        log::info("{} makes the token {} ({}, {})", peer_->name(), made.row.id, to_string(made.row.role), made.row.name);
        context.getResults().setId(made.row.id);
        context.getResults().setToken(made.token);
      });
}

kj::Promise<void> AdminServer::revokeToken(RevokeTokenContext context) {
  Shared& shared = peer_->shared();
  const std::string id = text_of(context.getParams().getId());
  return at_length(
      "revokeToken", context,
      [&shared, id]() -> Result<bool> {
        const auto file = token_file(shared);
        if (!file) return file.error();
        if (auto revoked = revoke_token(*file, id); !revoked) return revoked.error();
        if (auto loaded = shared.reload_tokens(); !loaded) return loaded.error();
        return true;
      },
      [peer = peer_, id](bool& /*done*/) { log::info("{} revokes the token {}", peer->name(), id); });
}

}  // namespace entente::rpc
