// How likely the facts of an event are right, from how it was told. The weights are data (lexicon/any/confidence.tsv),
// fitted on the development releases by bench/calibration; this only adds them up.
#pragma once

#include <string>

#include "importers/emit/story.h"
#include "importers/lexicon/tables.h"

namespace entente::importers {

// What of the signs is so of a story that is whole: parties completed, dated, joined.
Signs signs_of(const Story& story);

// Above 0 and below 1.
double confidence_of(const Story& story, const Signs& signs, const ConfidenceWeights& weights);

// "told_by_noun year_inferred": the names of the signs that are so, for people and for the fitting.
std::string to_string(const Signs& signs);

}  // namespace entente::importers
