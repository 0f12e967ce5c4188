// Every value that is on disk, and its bytes. Each starts with a version byte of its own; any bytes decode to a value
// or to nothing. The bytes are described in docs/storage-format.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "graph/model/claim.h"
#include "graph/model/entity.h"
#include "graph/model/event.h"
#include "graph/model/release.h"
#include "graph/view/claim_sink.h"
#include "graph/view/reader.h"
#include "storage/codec/keys.h"

namespace entente::storage {

// From when to when the store held something to be so, by recorded time.
struct Lifetime {
  RecordedTime since;
  std::optional<RecordedTime> until;  // absent: it stands

  bool holds_at(RecordedTime time) const { return since <= time && (!until || time < *until); }
  friend bool operator==(const Lifetime&, const Lifetime&) = default;
};

// The rows named ...Record are versions of one thing: `since` says when the version was recorded.

struct ReleaseRecord {
  RecordedTime since;
  std::uint32_t revision = 0;       // counts the readings of the release, from 1
  std::uint32_t text_revision = 0;  // the reading whose text this one has
  std::uint32_t claims = 0;         // how many claims it made, numbered from 0
  graph::Release release;           // without its text and id, which stand elsewhere

  friend bool operator==(const ReleaseRecord&, const ReleaseRecord&) = default;
};

// A claim without what its key says, and without when it was superseded, which the next version of its release says.
struct ClaimRecord {
  graph::ClaimBody body;
  std::vector<graph::Span> evidence;
  std::string rule;
  double confidence = 0;
  RecordedTime recorded;
  std::optional<graph::ClaimBody> said = std::nullopt;  // by the release, where the body is told with other ids

  friend bool operator==(const ClaimRecord&, const ClaimRecord&) = default;
};

struct JoinRecord {
  RecordedTime since;
  EventNumber event = 0;
  std::string reason;

  friend bool operator==(const JoinRecord&, const JoinRecord&) = default;
};

struct EventRecord {
  RecordedTime since;
  std::optional<graph::Event> event;  // absent: no claim tells of it any more
  // Where there is no event: the one that what named this id tells of. REQUIRES: absent with an event.
  std::optional<EventNumber> moved_to = std::nullopt;

  friend bool operator==(const EventRecord&, const EventRecord&) = default;
};

// What made the entity known.
enum class Origin : std::uint8_t {
  none = 0,       // nothing does any more
  gazetteer = 1,  // stays as the gazetteer has it, whatever claims say
  claims = 2,     // an official or a forum, as the claims about it add up
  mention = 3,    // it takes part in an event, and nothing says what it is
  table = 4,      // stays as a loaded table has it
};

struct EntityRecord {
  RecordedTime since;
  Origin origin = Origin::none;
  graph::Entity entity;
  std::vector<std::optional<Day>> post_days;  // of each of entity.posts: the first publication that gives it

  friend bool operator==(const EntityRecord&, const EntityRecord&) = default;
};

// What a timeline needs to know of an event before it reads it. When it began to be so stands in the key.
struct EventRow {
  std::optional<RecordedTime> until;
  graph::EventType type = graph::EventType::meeting;
  graph::Status status = graph::Status::occurred;
  std::optional<graph::Level> level;
  std::optional<Day> earliest;
  std::optional<Day> latest;

  friend bool operator==(const EventRow&, const EventRow&) = default;
};

struct TripleRecord {
  Lifetime lifetime;
  std::optional<Edtf> valid;

  friend bool operator==(const TripleRecord&, const TripleRecord&) = default;
};

// What a person said of a claim or an event.
struct CorrectionRecord {
  RecordedTime since;
  bool stands = true;      // false: taken back
  EventNumber target = 0;  // the event that the claim, or what told of the event, tells of; the entity that it goes by
  std::string author;
  std::string reason;

  friend bool operator==(const CorrectionRecord&, const CorrectionRecord&) = default;
};

enum class CommitKind : std::uint8_t { release = 1, gazetteer = 2, load = 3 };

// One acknowledged write, and how much there was after it.
struct Commit {
  CommitKind kind = CommitKind::release;
  std::optional<graph::Outcome> outcome;  // of a release
  ReleaseNumber release = 0;              // or the number of a load
  std::uint32_t revision = 0;
  graph::StoreCounts counts;

  friend bool operator==(const Commit& a, const Commit& b);
};

// The longest clean text that can be kept.
inline constexpr std::size_t kTextBytesMax = 64U << 20U;

// For each of the values above, and for what has a value of its own: a text (compressed with zstd), a plain text, a
// number, a Lifetime.
struct CompressedText {
  std::string text;
  friend bool operator==(const CompressedText&, const CompressedText&) = default;
};
struct PlainText {
  std::string text;
  friend bool operator==(const PlainText&, const PlainText&) = default;
};
struct Number {
  std::uint64_t value = 0;
  friend bool operator==(const Number&, const Number&) = default;
};
// Where pulling stands; the hashes of the names are the key.
struct StateRecord {
  std::string source;
  std::string item;
  std::string bytes;
  friend bool operator==(const StateRecord&, const StateRecord&) = default;
};
// A row whose key says everything.
struct Present {
  friend bool operator==(const Present&, const Present&) = default;
};

std::string encode_value(const ReleaseRecord& value);
std::string encode_value(const ClaimRecord& value);
std::string encode_value(const JoinRecord& value);
std::string encode_value(const EventRecord& value);
std::string encode_value(const EntityRecord& value);
std::string encode_value(const CorrectionRecord& value);
std::string encode_value(const EventRow& value);
std::string encode_value(const TripleRecord& value);
std::string encode_value(const Commit& value);
std::string encode_value(const Lifetime& value);
std::string encode_value(const CompressedText& value);  // REQUIRES: at most kTextBytesMax
std::string encode_value(const PlainText& value);
std::string encode_value(const Number& value);
std::string encode_value(const StateRecord& value);
std::string encode_value(const Present& value);

// Nothing for bytes that encode_value does not give for a value of this kind.
template <class Value>
std::optional<Value> decode_value(std::string_view bytes);

}  // namespace entente::storage
