// One assertion that one release makes, with the words that make it. Never edited: a new reading of the release
// supersedes it, a person's correction retracts it, and both keep the old one readable.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "graph/model/event.h"
#include "graph/model/ids.h"

namespace entente::graph {

// Bytes [begin, end) of the release's clean text.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  friend auto operator<=>(const Span&, const Span&) = default;
};

// "Kim Gunn acts for the Republic of Korea as Deputy Minister for Political Affairs."
struct OfficialFacts {
  EntityId id;
  std::string name;  // the fullest form in the release, without title
  EntityId of;       // country or organisation
  std::string post;  // the fullest form in the release, without the country's name

  friend bool operator==(const OfficialFacts&, const OfficialFacts&) = default;
};

struct ForumFacts {
  EntityId id;
  std::string name;                      // without the edition
  std::optional<std::string> inception;  // EDTF, where the text says since when it meets

  friend bool operator==(const ForumFacts&, const ForumFacts&) = default;
};

using ClaimBody = std::variant<EventFacts, OfficialFacts, ForumFacts>;

struct Claim {
  ClaimId id;
  ReleaseId release;
  ClaimBody body;
  std::vector<Span> evidence;
  std::string rule;       // the rule that produced it: "meeting.met-with"
  double confidence = 0;  // 0 to 1
  RecordedTime recorded;
  std::optional<RecordedTime> superseded;  // when a newer reading took its place, or a person retracted it
  // What the release says, where an id in it goes by another since a person said that both are one (body has that one).
  std::optional<ClaimBody> said = std::nullopt;

  friend bool operator==(const Claim&, const Claim&) = default;
};

}  // namespace entente::graph
