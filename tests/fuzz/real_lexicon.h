// The project's own tables, for targets whose rooms look words up.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "importers/lexicon/lexicon.h"

inline const entente::importers::Lexicon& real_lexicon() {
  static const entente::importers::Lexicon loaded = [] {
    auto lexicon = entente::importers::Lexicon::load(ENTENTE_SOURCE "/data");
    if (!lexicon) {
      std::fprintf(stderr, "%s\n", lexicon.error().to_text().c_str());
      std::exit(1);
    }
    return *std::move(lexicon);
  }();
  return loaded;
}
