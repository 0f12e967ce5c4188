// Looks at a page and says how it could be pulled: the feed that it names, the sitemap that robots.txt names, or the
// list that its structure shows.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "importers/sources/fetcher.h"
#include "importers/sources/item.h"
#include "importers/sources/source.h"

namespace entente::importers {

struct Proposal {
  SourceKind kind = SourceKind::listing;
  std::string url;
  std::string why;          // "the page names it: <link rel=alternate>"
  std::string name;         // the page's or the feed's title
  std::string language;     // of the page; empty when it does not say
  std::vector<ListedPage> items;  // what it would take now
};

// The best first. Fails when the page cannot be had; with not_found when nothing on it can be pulled.
Result<std::vector<Proposal>> discover(const std::string& url, const Manners& manners, Fetcher& fetcher);

// An entry for sources.yaml, as lines.
std::string entry_text(const std::string& id, const Proposal& proposal, bool private_addresses);
// "https://www.mfa.example/en/press" -> "mfa.example-en-press"
std::string id_for(const std::string& url);

}  // namespace entente::importers
