// One published document.
#pragma once

#include <optional>
#include <string>

#include "base/civil.h"
#include "base/clock.h"
#include "graph/model/ids.h"

namespace entente::graph {

struct Release {
  ReleaseId id;
  std::string publisher;  // "KR-MOFA"; empty when unknown
  std::string url;        // or the file it was read from
  std::string title;
  std::string language;  // BCP 47; empty when unknown
  std::optional<CivilDate> published;
  RecordedTime fetched;
  std::string text;  // cleaned; spans of evidence count its bytes
  std::uint64_t content_hash = 0;

  friend bool operator==(const Release&, const Release&) = default;
};

// The id of a release: by its URL or file name, or by its text where it has neither.
ReleaseId release_id(std::string_view url, std::string_view text);
// What tells one reading of a release from the next: its title, publication date, publisher and text.
std::uint64_t content_hash(const Release& release);

}  // namespace entente::graph
