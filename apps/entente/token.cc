#include <fmt/format.h>

#include "apps/entente/commands.h"
#include "apps/entente/common.h"
#include "rpc/access/tokens.h"
#include "rpc/client/admin.h"

namespace entente::app {
namespace {

struct Options {
  std::string file;
  std::string role;
  std::string name;
  std::string publisher;
  std::string expires;
  std::string id;
  Place place;
};

std::filesystem::path file_of(const Options& options) {
  return options.file.empty() ? store_folder(options.place).string() + ".tokens" : options.file;
}

// With a server named its own file is meant: its admins may keep it from afar.
Result<rpc::NewTokenView> create_on_server(const Options& options, const rpc::TokenRow& row) {
  const auto source = Source::open(options.place, false, "entente token");
  if (!source) return source.error();
  return (*source)->client()->admin()->create_token({{}, static_cast<unsigned>(row.role), row.name, row.publisher, {}, row.expires});
}

Result<rpc::NewTokenView> create_here(const Options& options, const rpc::TokenRow& row) {
  // The usual place of a store need not be there yet.
  std::error_code code;
  std::filesystem::create_directories(file_of(options).parent_path(), code);
  auto made = rpc::create_token(file_of(options), row);
  if (!made) return made.error();
  return rpc::NewTokenView{made->row.id, std::move(made->token)};
}

Result<rpc::TokenList> tokens_of(const Options& options) {
  if (!names_server(options.place)) return rpc::read_tokens(file_of(options));
  const auto source = Source::open(options.place, false, "entente token");
  if (!source) return source.error();
  const auto seen = (*source)->client()->admin()->tokens();
  if (!seen) return seen.error();
  rpc::TokenList list;
  for (const auto& one : *seen) list.rows.push_back({one.id, static_cast<rpc::Role>(one.role), one.name, one.publisher, one.created, one.expires, {}});
  return list;
}

int create(const Options& options) {
  const auto role = rpc::parse_role(options.role);
  if (!role || *role == rpc::Role::none)
    return fail(Error{ErrorCode::invalid_argument, "'" + options.role + "' is no role; there are reader, importer, writer and admin", {}});
  rpc::TokenRow row{{}, *role, options.name, options.publisher, SystemClock().now(), {}, {}};
  if (!options.expires.empty() && !(row.expires = RecordedTime::parse(options.expires)))
    return fail(Error{ErrorCode::invalid_argument, "'" + options.expires + "' is no time; write 2027-01-31 or 2027-01-31T12:00:00Z", {}});
  if (row.expires && *row.expires <= row.created)
    return fail(Error{ErrorCode::invalid_argument, "'" + options.expires + "' has passed: the token would open nothing; give a later --expires", {}});
  const auto made = names_server(options.place) ? create_on_server(options, row) : create_here(options, row);
  if (!made) return fail(made.error());
  if (options.place.json)
    fmt::print("{}\n", nlohmann::json{{"id", made->id}, {"token", made->token}}.dump());
  else
    fmt::print("{}\n", made->token);
  if (is_terminal()) fmt::print(stderr, "This is token {}. It is shown this once; only its hash is kept.\n", made->id);
  return kOk;
}

int list(const Options& options) {
  const auto tokens = tokens_of(options);
  if (!tokens) return fail(tokens.error());
  nlohmann::json out = nlohmann::json::array();
  for (const rpc::TokenRow& row : tokens->rows) {
    const std::string expires = row.expires ? row.expires->to_text() : "";
    if (options.place.json)
      out.push_back({{"id", row.id}, {"role", to_string(row.role)}, {"name", row.name}, {"publisher", row.publisher}, {"created", row.created.to_text()}, {"expires", row.expires ? nlohmann::json(expires) : nlohmann::json()}});
    else
      fmt::print("{}  {:<8}  {}  {}{}{}\n", row.id, to_string(row.role), row.created.to_text(), row.name.empty() ? "-" : row.name, row.publisher.empty() ? "" : ", only " + row.publisher, expires.empty() ? "" : ", until " + expires);
  }
  if (options.place.json) fmt::print("{}\n", out.dump());
  return kOk;
}

int revoke(const Options& options) {
  if (names_server(options.place)) {
    const auto source = Source::open(options.place, false, "entente token");
    if (!source) return fail(source.error());
    if (const auto revoked = (*source)->client()->admin()->revoke_token(options.id); !revoked) return fail(revoked.error());
    return kOk;
  }
  const auto revoked = rpc::revoke_token(file_of(options), options.id);
  if (!revoked) return fail(revoked.error());
  return kOk;
}

}  // namespace

void add_token(CLI::App& program, int& code) {
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("token", "Make, list and revoke the tokens that let programs in over a network");
  command->require_subcommand(1);
  const auto place = [&](CLI::App* const part) {
    part->add_option("--db", options->place.db, "The store's folder (also ENTENTE_DB)");
    part->add_option("--tokens", options->file, "File of the tokens (DIR.tokens beside the store)");
    add_server_options(*part, options->place);
  };
  CLI::App* const make = command->add_subcommand("create", "Make one and print it, this once");
  make->add_option("--role", options->role, "reader, importer, writer or admin")->required();
  make->add_option("--name", options->name, "Whose it is, for the log");
  make->add_option("--publisher", options->publisher, "The only publisher whose releases it may submit: KR-MOFA");
  make->add_option("--expires", options->expires, "2027-01-31 or 2027-01-31T12:00:00Z");
  add_json_option(*make, options->place);
  make->callback([options, &code] { code = create(*options); });
  CLI::App* const show = command->add_subcommand("list", "Show them, without what is secret");
  add_json_option(*show, options->place);
  show->callback([options, &code] { code = list(*options); });
  CLI::App* const end = command->add_subcommand("revoke", "End one; a running server drops its holder at once");
  end->add_option("id", options->id, "As `entente token list` shows it")->required();
  end->callback([options, &code] { code = revoke(*options); });
  for (CLI::App* const part : {make, show, end}) place(part);
  command->footer("Example: entente token create --role importer --publisher KR-MOFA --db relations.db");
}

}  // namespace entente::app
