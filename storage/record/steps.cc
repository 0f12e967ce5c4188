#include "storage/record/steps.h"

#include <fmt/format.h>

#include "storage/layout/batch.h"
#include "storage/layout/rows.h"
#include "storage/record/corrections.h"
#include "storage/record/recorder.h"

namespace entente::storage {

Result<RecordedSteps> record_steps(const TableView& view, Clock& clock, std::span<const graph::WriteStep> steps) {
  RecordedSteps out;
  Batch all(view);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto at_fault = [&](const Error& error) { return error.during(fmt::format("step {} of {}", i + 1, steps.size())); };
    std::vector<Write> writes;
    if (const auto* const reading = std::get_if<graph::Reading>(&steps[i])) {
      auto recorded = record_reading(all, clock.now(), *reading);
      if (!recorded) return at_fault(recorded.error());
      out.report.reports.push_back(recorded->report);
      writes = std::move(recorded->writes);
    } else {
      auto corrected = record_correction(all, clock.now(), std::get<graph::Correction>(steps[i]));
      if (!corrected) return at_fault(corrected.error());
      writes = std::move(*corrected);
    }
    for (Write& write : writes) all.put(write.family, std::move(write.key), std::move(write.value));
  }
  const auto last = get_row<Number>(all, Family::meta, encode_key(MetaKey{MetaName::last_recorded}));
  if (!last) return last.error();
  if (last->has_value()) out.report.recorded = {static_cast<std::int64_t>((*last)->value)};
  out.writes = std::move(all).take_writes();
  return out;
}

}  // namespace entente::storage
