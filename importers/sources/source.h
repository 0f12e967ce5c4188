// One place that releases come from, as sources.yaml describes it: docs/sources.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "importers/sources/fetcher.h"
#include "importers/sources/json_listing.h"
#include "importers/sources/listing.h"

namespace entente::importers {

enum class SourceKind : std::uint8_t { feed, sitemap, listing, json, folder, maildir, warc, table };

std::string_view to_string(SourceKind kind);
std::optional<SourceKind> source_kind_from(std::string_view text);
inline bool is_on_the_network(SourceKind kind) { return kind <= SourceKind::json; }

struct SourceConfig {
  std::string id;
  std::string name;
  std::string publisher;  // "KR-MOFA"
  std::string country;    // ISO 3166-1 alpha-2; empty for an organisation
  std::string language;   // BCP 47; empty when it is not known
  SourceKind kind = SourceKind::feed;
  std::string url;             // of those on the network
  std::filesystem::path path;  // of the others
  std::string mapping;         // kind: table; the name of one of data/mappings, or a file
  bool enabled = false;
  std::string origin;     // where what is said of it was found
  bool verified = false;  // whether somebody has looked at the live site

  ListingSelectors selectors;    // kind: listing
  JsonPlaces json;               // kind: json
  std::optional<Selector> body;  // of a page: what holds the release's text
  std::optional<Selector> page_title;
  std::optional<Selector> page_date;
  std::vector<std::string> include;  // paths of pages that are taken, with '*'; none: all
  std::vector<std::string> exclude;
  bool content_from_list = false;  // the list brings the texts: pages are not fetched

  Manners manners;
  int pages_max = 10;                    // of the list, in one run
  int items_max = 1000;                  // pages fetched in one run
  std::vector<std::int64_t> recheck_ms;  // how long after a page was first read it is looked at again

  std::string file;  // where it is described
  int line = 0;
};

// Whether a page at this path is one of the source's, by include and exclude.
bool takes_path(const SourceConfig& source, std::string_view path_and_query);

}  // namespace entente::importers
