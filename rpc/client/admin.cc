#include "rpc/client/admin.h"

#include "rpc/client/guarded.h"
#include "rpc/client/remote.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

std::vector<std::pair<std::string, std::uint64_t>> read_figures(capnp::List<wire::Figure>::Reader in) {
  std::vector<std::pair<std::string, std::uint64_t>> out;
  for (const auto one : in) out.emplace_back(text_of(one.getName()), one.getValue());
  return out;
}

SessionView read_session(wire::SessionInfo::Reader in) {
  SessionView out{in.getNumber(), text_of(in.getOrigin()), in.getRole(), text_of(in.getName()), {in.getSinceMicros()}, in.getCalls(), in.getRows(), in.getUnreadBytes(), in.getWatches(), {}};
  for (const auto one : in.getSnapshots()) out.snapshots.push_back({{one.getRecordedMicros()}, {one.getTakenMicros()}});
  return out;
}

TokenView read_token(wire::TokenInfo::Reader in) {
  TokenView out{text_of(in.getId()), in.getRole(), text_of(in.getName()), text_of(in.getPublisher()), {in.getCreatedMicros()}, {}};
  if (in.getExpiresMicros() != 0) out.expires = RecordedTime{in.getExpiresMicros()};
  return out;
}

class RemoteAdmin final : public Admin {
 public:
  RemoteAdmin(kj::WaitScope& scope, wire::Admin::Client admin) : scope_(scope), admin_(kj::mv(admin)) {}
  ~RemoteAdmin() noexcept override = default;

  Result<ServerStats> stats() override {
    return guarded([&] {
      auto response = admin_.statsRequest().send().wait(scope_);
      return ServerStats{read_figures(response.getFigures()), read_figures(response.getLimits())};
    });
  }
  Result<CheckView> check() override {
    return guarded([&] {
      auto response = admin_.checkRequest().send().wait(scope_);
      CheckView out{response.getRows(), response.getDisagreements(), {}};
      for (const auto one : response.getShown()) out.shown.push_back({text_of(one.getFamily()), text_of(one.getRow()), text_of(one.getWhat())});
      return out;
    });
  }
  Result<void> back_up(const std::string& folder) override {
    return done([&] {
      auto request = admin_.backupRequest();
      request.setFolder(folder);
      request.send().wait(scope_);
    });
  }
  Result<std::vector<SessionView>> sessions() override {
    return guarded([&] {
      auto response = admin_.sessionsRequest().send().wait(scope_);
      std::vector<SessionView> out;
      for (const auto one : response.getSessions()) out.push_back(read_session(one));
      return out;
    });
  }
  Result<bool> close(std::uint64_t session, const std::string& reason) override {
    return guarded([&] {
      auto request = admin_.closeRequest();
      request.setSession(session);
      request.setReason(reason);
      return request.send().wait(scope_).getFound();
    });
  }
  Result<std::vector<TokenView>> tokens() override {
    return guarded([&] {
      auto response = admin_.tokensRequest().send().wait(scope_);
      std::vector<TokenView> out;
      for (const auto one : response.getTokens()) out.push_back(read_token(one));
      return out;
    });
  }
  Result<NewTokenView> create_token(const TokenView& token) override {
    return guarded([&] {
      auto request = admin_.createTokenRequest();
      auto asked = request.initToken();
      asked.setRole(static_cast<std::uint8_t>(token.role));
      asked.setName(token.name);
      asked.setPublisher(token.publisher);
      asked.setExpiresMicros(token.expires ? token.expires->micros : 0);
      auto response = request.send().wait(scope_);
      return NewTokenView{text_of(response.getId()), text_of(response.getToken())};
    });
  }
  Result<void> revoke_token(const std::string& id) override {
    return done([&] {
      auto request = admin_.revokeTokenRequest();
      request.setId(id);
      request.send().wait(scope_);
    });
  }

 private:
  template <class Call>
  static Result<void> done(Call call) {
    const auto made = guarded([&] {
      call();
      return true;
    });
    if (!made) return made.error();
    return {};
  }

  kj::WaitScope& scope_;
  wire::Admin::Client admin_;
};

}  // namespace

std::unique_ptr<Admin> make_admin(kj::WaitScope& scope, wire::Admin::Client admin) { return std::make_unique<RemoteAdmin>(scope, kj::mv(admin)); }

}  // namespace entente::rpc
