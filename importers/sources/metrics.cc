#include "importers/sources/metrics.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <functional>
#include <system_error>

namespace entente::importers {
namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

class Text {
 public:
  explicit Text(const std::vector<SourceMetrics>& sources) : sources_(sources) {}

  void family(const char* name, const char* kind, const char* help) {
    out_ += fmt::format("# HELP {0} {2}\n# TYPE {0} {1}\n", name, kind, help);
  }
  void each(const char* name, const char* kind, const char* help,
            const std::function<double(const SourceMetrics&)>& value) {
    family(name, kind, help);
    for (const SourceMetrics& one : sources_)
      out_ += fmt::format("{}{{source=\"{}\"}} {}\n", name, escaped(one.report.id), value(one));
  }
  void one(const char* name, const char* kind, const char* help, double value) {
    family(name, kind, help);
    out_ += fmt::format("{} {}\n", name, value);
  }
  std::string take() { return std::move(out_); }

 private:
  const std::vector<SourceMetrics>& sources_;
  std::string out_;
};

double seconds_of(const std::optional<RecordedTime>& time) {
  return time ? static_cast<double>(time->micros / 1'000'000) : 0;
}
double number(std::uint64_t value) { return static_cast<double>(value); }

Error system_error(const std::string& what, const std::filesystem::path& file) {
  return {errno == EACCES || errno == EPERM ? ErrorCode::permission : ErrorCode::io,
          fmt::format("cannot {} {}: {}", what, file.string(), std::generic_category().message(errno)),
          {}};
}

}  // namespace

std::string metrics_text(const std::vector<SourceMetrics>& sources, const Traffic& traffic, RecordedTime ended,
                         double seconds) {
  Text text(sources);
  text.each("entente_source_up", "gauge", "1 when the last pull of the source worked.", [](const SourceMetrics& s) {
    return s.report.status == PullStatus::well || s.report.status == PullStatus::partly ? 1.0 : 0.0;
  });
  text.each("entente_source_broken", "gauge",
            "1 when the source has gone quiet or its pages no longer give what they gave.",
            [](const SourceMetrics& s) { return s.health.broken() ? 1.0 : 0.0; });
  text.each("entente_source_last_success_seconds", "gauge", "When the source last worked, since 1970.",
            [](const SourceMetrics& s) { return seconds_of(s.health.last_success); });
  text.each("entente_source_last_new_seconds", "gauge", "When the source last had a new release, since 1970.",
            [](const SourceMetrics& s) { return seconds_of(s.health.last_new); });
  text.each("entente_source_releases", "gauge", "Releases of the source in the store.",
            [](const SourceMetrics& s) { return number(s.health.releases); });
  text.each("entente_source_releases_per_week", "gauge", "Releases a week, lately.",
            [](const SourceMetrics& s) { return s.health.per_week; });
  text.each("entente_source_share_with_events", "gauge", "Share of its releases that gave events.",
            [](const SourceMetrics& s) { return s.health.with_events; });
  text.each("entente_pull_new", "gauge", "New releases of the last pull.",
            [](const SourceMetrics& s) { return number(s.report.fresh); });
  text.each("entente_pull_revised", "gauge", "Releases whose text or claims changed in the last pull.",
            [](const SourceMetrics& s) { return number(s.report.revised); });
  text.each("entente_pull_failed", "gauge", "Pages that could not be had in the last pull.",
            [](const SourceMetrics& s) { return number(s.report.failed); });
  text.each("entente_pull_claims", "gauge", "Claims recorded by the last pull.",
            [](const SourceMetrics& s) { return number(s.report.claims); });
  text.each("entente_pull_seconds", "gauge", "How long the last pull of the source took.",
            [](const SourceMetrics& s) { return s.report.seconds; });
  text.one("entente_pull_requests", "gauge", "Requests of the last pull.", number(traffic.requests));
  text.one("entente_pull_not_modified", "gauge", "Requests of the last pull that were answered with 304.",
           number(traffic.not_modified));
  text.one("entente_pull_retries", "gauge", "Second and further tries of the last pull.", number(traffic.retries));
  text.one("entente_pull_bytes", "gauge", "Bytes of bodies that came over the network.", number(traffic.bytes));
  text.one("entente_pull_last_run_seconds", "gauge", "When the last pull ended, since 1970.",
           static_cast<double>(ended.micros / 1'000'000));
  text.one("entente_pull_duration_seconds", "gauge", "How long the last pull took.", seconds);
  return text.take();
}

Result<void> write_whole(const std::filesystem::path& file, const std::string& text) {
  std::filesystem::path unfinished = file;
  unfinished += fmt::format(".{}", ::getpid());
  const int descriptor = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return system_error("write", unfinished);
  std::string_view left = text;
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor, left.data(), left.size());
    if (written < 0) {
      const Error error = system_error("write", unfinished);
      ::close(descriptor);
      ::unlink(unfinished.c_str());
      return error;
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!synced || std::rename(unfinished.c_str(), file.c_str()) != 0) {
    const Error error = system_error("write", file);
    ::unlink(unfinished.c_str());
    return error;
  }
  return {};
}

}  // namespace entente::importers
