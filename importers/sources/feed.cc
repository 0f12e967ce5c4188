#include "importers/sources/feed.h"

#include <fmt/format.h>

#include "importers/clean/dates.h"
#include "importers/sources/xml.h"

namespace entente::importers {
namespace {

constexpr std::string_view kAtom = "http://www.w3.org/2005/Atom";

std::optional<CivilDate> day_of(const std::string& text) {
  const auto found = find_date(text, "en");
  return found ? std::optional(found->date) : std::nullopt;
}

// "Tue, 14 Mar 2023": the weekday says nothing that the date does not.
void take_link(ListedPage& item, const Url& base, const std::string& reference) {
  if (const auto url = resolve_url(base, reference)) item.url = url->to_text();
}

ListedPage atom_entry(const xmlNode& entry, const Url& base) {
  ListedPage item;
  std::string identity;
  std::string updated;
  for (const xmlNode* child = entry.children; child != nullptr; child = child->next) {
    const auto name = local_name(*child);
    if (name == "link") {
      const std::string relation = attribute_of(*child, "rel");
      if (item.url.empty() && (relation.empty() || relation == "alternate"))
        take_link(item, base, attribute_of(*child, "href"));
    } else if (name == "title") {
      item.title = text_under(*child);
    } else if (name == "published" || name == "issued") {
      item.date = day_of(text_under(*child));
    } else if (name == "updated" || name == "modified") {
      updated = text_under(*child);
    } else if (name == "id") {
      identity = text_under(*child);
    } else if (name == "content") {
      item.content = raw_text_under(*child);
      if (attribute_of(*child, "type") == "xhtml") item.content = html_of(*child);
    }
  }
  if (item.url.empty() && identity.starts_with("http")) take_link(item, base, identity);
  if (!item.date) item.date = day_of(updated);
  item.changed = updated;
  return item;
}

ListedPage rss_item(const xmlNode& node, const Url& base) {
  ListedPage item;
  std::string identity;
  for (const xmlNode* child = node.children; child != nullptr; child = child->next) {
    const auto name = local_name(*child);
    if (name == "link") {
      // <atom:link> stands in RSS as well.
      const std::string text = namespace_of(*child) == kAtom ? attribute_of(*child, "href") : text_under(*child);
      if (item.url.empty()) take_link(item, base, text);
    } else if (name == "title" && item.title.empty()) {
      item.title = text_under(*child);
    } else if (name == "pubDate" || (name == "date" && !item.date)) {
      item.date = day_of(text_under(*child));
    } else if (name == "updated" || name == "modified") {
      item.changed = text_under(*child);
    } else if (name == "guid") {
      if (attribute_of(*child, "isPermaLink") != "false") identity = text_under(*child);
    } else if (name == "encoded") {
      item.content = raw_text_under(*child);
    }
  }
  if (item.url.empty() && identity.starts_with("http")) take_link(item, base, identity);
  return item;
}

}  // namespace

Result<Feed> read_feed(std::string_view text, const Url& base) {
  auto document = xml_tree(text);
  if (!document) return document.error();
  const xmlNode* const root = xmlDocGetRootElement(document->get());
  const auto kind = local_name(*root);
  if (kind != "rss" && kind != "RDF" && kind != "feed")
    return Error{
        ErrorCode::invalid_argument,
        fmt::format("it is no feed: it begins with <{:.40}>, and a feed with <rss>, <rdf:RDF> or <feed>", kind),
        {}};
  Feed feed;
  Url at = base;
  if (const auto own = resolve_url(base, attribute_of(*root, "base"))) at = *own;
  for (const xmlNode* node = root->children; node != nullptr && feed.listing.items.size() < kItemsMax;
       node = next_under(node, root)) {
    const auto name = local_name(*node);
    // Items have titles, too.
    const auto above = node->parent != nullptr ? local_name(*node->parent) : std::string_view();
    if (name == "title" && feed.title.empty() && (above == "channel" || above == "feed"))
      feed.title = text_under(*node);
    if (name == "link" && attribute_of(*node, "rel") == "next" && !feed.listing.next)
      if (const auto next = resolve_url(at, attribute_of(*node, "href"))) feed.listing.next = next->to_text();
    if (name != "item" && name != "entry") continue;
    ListedPage item = name == "entry" ? atom_entry(*node, at) : rss_item(*node, at);
    if (!item.url.empty()) feed.listing.items.push_back(std::move(item));
  }
  return feed;
}

}  // namespace entente::importers
