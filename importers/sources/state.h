// What is remembered of a source and of each of its pages, and the bytes of it: JSON, so that a person can read it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/clock.h"

namespace entente::importers {

enum class PageStatus : std::uint8_t {
  pending,  // listed, not read yet (or not since it changed)
  read,     // its release is in the store
  same,     // its text is that of another page, named in same_as
  gone,     // the server says that it is no more; what was read of it is kept
  refused,  // no release can be read from it: a PDF, a list, forbidden by robots.txt
  old,      // published before the day asked for with --since
};

std::string_view to_string(PageStatus status);

// Of one page, by its canonical address; of a file, by its path. A table is one file of many releases.
struct PageState {
  PageStatus status = PageStatus::pending;
  std::string url;                  // as it is fetched
  std::string title;                // as the list has it
  std::optional<CivilDate> listed;  // the day that the list gives
  std::string changed;              // what the list says of its last change; of a file its size and time
  std::string etag;
  std::string last_modified;
  std::uint64_t text_hash = 0;  // of the text read last
  std::string release;          // its id in the store
  std::string same_as;
  std::string trouble;  // why it was refused, or failed the last time
  std::optional<CivilDate> published;
  RecordedTime first_seen;
  RecordedTime read_at;      // when its text last was new
  RecordedTime checked;      // when it was last asked for
  int checks = 0;            // how often it was looked at again
  int tries = 0;             // that failed, in a row
  std::uint64_t offset = 0;  // of an archive: how far it is read
  std::uint64_t events = 0;  // claims of events in it
  std::uint64_t rows = 0;    // of a table: its rows that are releases in the store
  std::uint64_t rows_with_events = 0;
  RecordedTime fresh_at;  // of a table: when a row of it last was new
  bool has_title = false;
  bool has_date = false;

  friend bool operator==(const PageState&, const PageState&) = default;
};

std::string encode(const PageState& state);
// Absent for bytes that encode does not give.
std::optional<PageState> decode_page_state(std::string_view bytes);

// Of the source itself.
struct SourceState {
  struct Copy {  // of a page of its list, or of a sitemap
    std::string etag;
    std::string last_modified;
    std::uint64_t hash = 0;
    std::string changed;  // what an index of sitemaps said of it
    friend bool operator==(const Copy&, const Copy&) = default;
  };
  std::map<std::string, Copy> lists;  // by address
  RecordedTime first_success;
  RecordedTime last_success;
  RecordedTime last_attempt;
  std::optional<RecordedTime> failing_since;
  std::string last_error;
  std::uint64_t listed = 0;       // how many links the list had when it was last read
  std::uint64_t listed_most = 0;  // ... and when it had most
  RecordedTime listed_most_at;

  friend bool operator==(const SourceState&, const SourceState&) = default;
};

std::string encode(const SourceState& state);
std::optional<SourceState> decode_source_state(std::string_view bytes);

}  // namespace entente::importers
