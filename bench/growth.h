// How the time of the text line grows with the length of what it reads.
#pragma once

#include <cstddef>
#include <string>

#include "importers/line.h"

namespace entente::bench {

struct GrowthOptions {
  std::size_t bytes_max = 10'000'000;
  double patience_s = 60;  // a size that would take longer is left out, and the line says so
  std::string only;        // forms whose name holds this; empty: all
};

// Prints a line a form: MB/s at 1 KB, 10 KB and so on, and by how much time grew for the last tenfold length.
void measure_growth(const importers::TextLine& line, const std::string& text, const GrowthOptions& options);

}  // namespace entente::bench
