// admin: what the keeper of a running server asks it.
#include "rpc/client/admin.h"

#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "rpc/access/roles.h"

namespace entente::app {
namespace {

using nlohmann::json;

struct Options {
  std::uint64_t session = 0;
  std::string because;
  Place place;
};

std::string role_of(unsigned number) { return number > 4 ? "?" : std::string(to_string(static_cast<rpc::Role>(number))); }

int stats(rpc::Admin& admin, const Options& options) {
  const auto seen = admin.stats();
  if (!seen) return fail(seen.error());
  if (options.place.json) {
    json out;
    for (const auto& [name, value] : seen->figures) out["figures"][name] = value;
    for (const auto& [name, value] : seen->limits) out["limits"][name] = value;
    fmt::print("{}\n", out.dump());
    return kOk;
  }
  for (const auto& [name, value] : seen->figures) fmt::print("{:<36} {}\n", name, value);
  for (const auto& [name, value] : seen->limits) fmt::print("limit {:<30} {}\n", name, value);
  return kOk;
}

json to_json(const rpc::SessionView& session) {
  json snapshots = json::array();
  for (const auto& one : session.snapshots) snapshots.push_back({{"recorded", one.recorded.to_text()}, {"taken", one.taken.to_text()}});
  return {{"session", session.number}, {"origin", session.origin}, {"role", role_of(session.role)}, {"name", session.name}, {"since", session.since.to_text()}, {"calls", session.calls},
          {"rows", session.rows},      {"unread_bytes", session.unread_bytes}, {"watches", session.watches}, {"snapshots", std::move(snapshots)}};
}

int sessions(rpc::Admin& admin, const Options& options) {
  const auto seen = admin.sessions();
  if (!seen) return fail(seen.error());
  json out = json::array();
  for (const auto& one : *seen) {
    if (options.place.json) {
      out.push_back(to_json(one));
      continue;
    }
    fmt::print("{:<6} {:<20} {:<8} {:<16} since {}  {} calls, {} rows, {} bytes unread, {} watches, {} snapshots\n", one.number, one.origin, role_of(one.role), one.name.empty() ? "-" : one.name, one.since.to_text(), one.calls, one.rows,
               one.unread_bytes, one.watches, one.snapshots.size());
  }
  if (options.place.json) fmt::print("{}\n", out.dump());
  return kOk;
}

int snapshots(rpc::Admin& admin, const Options& options) {
  const auto seen = admin.sessions();
  if (!seen) return fail(seen.error());
  json out = json::array();
  for (const auto& session : *seen)
    for (const auto& one : session.snapshots) {
      if (options.place.json) out.push_back({{"session", session.number}, {"recorded", one.recorded.to_text()}, {"taken", one.taken.to_text()}});
      else fmt::print("{:<6} {:<16} holds {}, taken {}\n", session.number, session.name, one.recorded.to_text(), one.taken.to_text());
    }
  if (options.place.json) fmt::print("{}\n", out.dump());
  return kOk;
}

int close(rpc::Admin& admin, const Options& options) {
  const auto found = admin.close(options.session, options.because);
  if (!found) return fail(found.error());
  if (!*found) return fail(Error{ErrorCode::not_found, fmt::format("there is no session {}; `entente admin sessions` lists them", options.session), {}});
  return kOk;
}

int run(const Options& options, int (*ask)(rpc::Admin&, const Options&)) {
  if (!names_server(options.place)) return fail(Error{ErrorCode::invalid_argument, "admin asks a running server: name it with --server", {}});
  auto source = Source::open(options.place, false, "entente admin");
  if (!source) return fail(source.error());
  const auto admin = (*source)->client()->admin();
  return ask(*admin, options);
}

}  // namespace

void add_admin(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("admin", "How a running server does, who is there, and ending a session");
  command->require_subcommand(1);
  const auto part = [&](const char* name, const char* help, int (*ask)(rpc::Admin&, const Options&)) {
    CLI::App* const one = command->add_subcommand(name, help);
    add_server_options(*one, options->place);
    add_json_option(*one, options->place);
    one->callback([options, &code, ask] { code = run(*options, ask); });
    return one;
  };
  part("stats", "Figures of the server and its store, and its bounds", stats);
  part("sessions", "Who is connected", sessions);
  part("snapshots", "Which views of the record are held, and by whom", snapshots);
  CLI::App* const end = part("close", "End a session; its client is told why", close);
  end->add_option("session", options->session, "Its number in `entente admin sessions`")->required();
  end->add_option("--because", options->because, "Why");
  command->footer("Example: entente admin sessions --server unix:/tmp/entente.sock");
}

}  // namespace entente::app
