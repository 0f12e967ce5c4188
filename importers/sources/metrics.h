// What a pull did, for Prometheus's collector of text files.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "importers/sources/fetcher.h"
#include "importers/sources/health.h"
#include "importers/sources/pull.h"

namespace entente::importers {

struct SourceMetrics {
  PullReport report;
  Health health;
};

std::string metrics_text(const std::vector<SourceMetrics>& sources, const Traffic& traffic, RecordedTime ended,
                         double seconds);
// Whole or not at all: a collector never meets half a file. Fails with permission or io.
Result<void> write_whole(const std::filesystem::path& file, const std::string& text);

}  // namespace entente::importers
