// The pace of a series of counts and where it breaks.
//
// Method: binary segmentation. The statistic of a segment is the largest Poisson log likelihood ratio of one change of
// rate over all places in it; the segment is split there when fewer than `alarm` of `shuffles` random orders of its
// counts have one as large. The shuffles, not a table, say what is large, so that bursts, which every record of
// diplomacy has, raise no more false alarms than `alarm` says. The generator and seed are fixed: same series, same
// breaks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/walk/stop.h"

namespace entente::graph {

struct RhythmTerms {
  std::uint32_t shuffles = 999;
  double alarm = 0.01;
  std::uint32_t shortest = 6;  // no segment is shorter
  std::uint32_t seed = 1;
};

struct Break {
  std::size_t at = 0;      // the first of the counts after it
  double before_mean = 0;  // of the segments on both sides
  double after_mean = 0;
  double chance = 0;  // how many of the shuffles had one as large
};

// In order of place.
std::vector<Break> find_breaks(std::span<const std::uint32_t> counts, const RhythmTerms& terms, Stop& stop);

}  // namespace entente::graph
