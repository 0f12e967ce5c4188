// The parts of the client besides questions: each is a capability of the server behind an interface without Cap'n Proto.
// What they throw, guarded() catches.
#pragma once

#include <kj/async.h>

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "rpc/client/admin.h"
#include "rpc/client/client.h"
#include "rpc/schema/importer.capnp.h"
#include "rpc/schema/session.capnp.h"

namespace entente::rpc {

std::unique_ptr<ImportJob> start_import(kj::WaitScope& scope, wire::Importer::Client importer, const std::string& key, std::function<void(const ImportReport&)> told);
Result<graph::StepsReport> send_steps(kj::WaitScope& scope, wire::Writer::Client writer, const std::string& author, std::span<const graph::WriteStep> steps);
std::unique_ptr<Watch> start_watch(kj::WaitScope& scope, wire::Session::Client session, const graph::TimelineQuery& filter, std::optional<RecordedTime> since);
std::unique_ptr<Admin> make_admin(kj::WaitScope& scope, wire::Admin::Client admin);

}  // namespace entente::rpc
