#include <kj/debug.h>

#include "rpc/client/guarded.h"
#include "rpc/client/remote.h"
#include "rpc/convert/convert.h"

namespace entente::rpc {
namespace {

using Told = std::function<void(const ImportReport&)>;

class Listener final : public wire::ImportListener::Server {
 public:
  explicit Listener(std::shared_ptr<Told> told) : told_(std::move(told)) {}

  kj::Promise<void> reports(ReportsContext context) override {
    for (const auto one : context.getParams().getReports()) {
      ImportReport report{one.getIndex(), Error{}, one.getRepeated()};
      if (one.getError().size() == 0)
        report.report = read(one.getReport());
      else
        report.report = Error{one.getErrorCode() <= static_cast<unsigned>(ErrorCode::internal) ? static_cast<ErrorCode>(one.getErrorCode()) : ErrorCode::internal, text_of(one.getError()), {}};
      if (*told_) (*told_)(report);
    }
    return kj::READY_NOW;
  }

 private:
  std::shared_ptr<Told> told_;  // emptied when the job is gone
};

ImportTotals read_totals(wire::ImportTotals::Reader in) {
  return {in.getReadings(), in.getFresh(), in.getRevised(), in.getKnown(), in.getFailed(), in.getClaims(), in.getEventsNew()};
}

class RemoteJob final : public ImportJob {
 public:
  RemoteJob(kj::WaitScope& scope, wire::Importer::Client& importer, const std::string& key, Told told) : scope_(scope), told_(std::make_shared<Told>(std::move(told))) {
    auto request = importer.startRequest();
    request.setKey(key);
    request.setListener(kj::heap<Listener>(told_));
    job_ = request.send().getJob();
  }
  ~RemoteJob() noexcept override { *told_ = nullptr; }

  Result<void> put(const graph::Reading& reading) override {
    const auto done = guarded([&] {
      auto request = job().putRequest();
      write(reading, request.initReading());
      request.send().wait(scope_);
      return true;
    });
    if (!done) return done.error();
    return {};
  }
  Result<ImportTotals> totals() override {
    return guarded([&] { return read_totals(job().totalsRequest().send().wait(scope_).getTotals()); });
  }
  Result<ImportTotals> finish() override {
    return guarded([&] { return read_totals(job().finishRequest().send().wait(scope_).getTotals()); });
  }
  Result<ImportTotals> cancel() override {
    return guarded([&] { return read_totals(job().cancelRequest().send().wait(scope_).getTotals()); });
  }

 private:
  wire::ImportJob::Client& job() {
    KJ_IF_MAYBE (known, job_) return *known;
    KJ_UNREACHABLE;
  }

  kj::WaitScope& scope_;
  std::shared_ptr<Told> told_;
  kj::Maybe<wire::ImportJob::Client> job_;
};

}  // namespace

std::unique_ptr<ImportJob> start_import(kj::WaitScope& scope, wire::Importer::Client importer, const std::string& key, Told told) {
  return std::make_unique<RemoteJob>(scope, importer, key, std::move(told));
}

}  // namespace entente::rpc
