#include "importers/sources/listing.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "importers/clean/dates.h"
#include "importers/sources/guess.h"

namespace entente::importers {
namespace {

std::optional<CivilDate> day_in(const std::string& text, std::string_view language) {
  const auto found = find_date(text, language);
  return found ? std::optional(found->date) : std::nullopt;
}

// The address that a part gives: its own href, that of the first link in it, or what it says.
std::string reference_in(const xmlNode& part) {
  if (part.type == XML_ATTRIBUTE_NODE || part.type == XML_TEXT_NODE) return said_by(part);
  if (std::string own = attribute_of(part, "href"); !own.empty()) return own;
  for (const xmlNode* at = part.children; at != nullptr; at = next_under(at, &part))
    if (local_name(*at) == "a")
      if (std::string href = attribute_of(*at, "href"); !href.empty()) return href;
  return {};
}

std::string title_of_link(const xmlNode& part) {
  const xmlNode& element = part.type == XML_ATTRIBUTE_NODE && part.parent != nullptr ? *part.parent : part;
  std::string title = text_under(element);
  return title.empty() ? attribute_of(element, "title") : title;
}

using Seen = std::map<std::string, std::size_t>;  // canonical address to its place in the list

void add(Listing& out, Seen& seen, const Url& base, ListedPage item, const std::string& reference) {
  const auto url = resolve_url(base, reference);
  if (!url || out.items.size() >= kItemsMax) return;
  item.url = url->to_text();
  const auto [known, fresh] = seen.emplace(canonical_url(*url), out.items.size());
  if (fresh) return out.items.push_back(std::move(item));
  // A picture, a title and a "more" often lead to one page; the one with words gives the title.
  ListedPage& same = out.items[known->second];
  if (same.title.size() < item.title.size()) same.title = std::move(item.title);
  if (!same.date) same.date = item.date;
}

void take_items(Listing& out, const xmlNode& root, const Url& base, const ListingSelectors& selectors,
                std::string_view language) {
  Seen seen;
  for (const xmlNode* const part : selectors.item->all(root)) {
    ListedPage item;
    const xmlNode* const link = selectors.link ? selectors.link->first(*part) : part;
    if (link == nullptr) continue;
    item.title = selectors.title ? selectors.title->text(*part) : std::string();
    if (item.title.empty()) item.title = title_of_link(*link);
    const std::string dated = selectors.date ? selectors.date->text(*part) : text_under(*part);
    item.date = day_in(dated, language);
    add(out, seen, base, std::move(item), reference_in(*link));
  }
}

void take_links(Listing& out, const xmlNode& root, const Url& base, const ListingSelectors& selectors,
                std::string_view language) {
  Seen seen;
  const auto links = selectors.link->all(root);
  const auto titles = selectors.title ? selectors.title->all(root) : std::vector<const xmlNode*>();
  const auto dates = selectors.date ? selectors.date->all(root) : std::vector<const xmlNode*>();
  for (std::size_t i = 0; i < links.size(); ++i) {
    ListedPage item;
    // Lists of equal length belong together, one by one.
    if (titles.size() == links.size()) item.title = said_by(*titles[i]);
    if (item.title.empty()) item.title = title_of_link(*links[i]);
    if (dates.size() == links.size()) item.date = day_in(said_by(*dates[i]), language);
    add(out, seen, base, std::move(item), reference_in(*links[i]));
  }
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const bool starts = at == 0 || words[at - 1] == ' ' || words[at - 1] == '-' || words[at - 1] == '_';
    const std::size_t end = at + word.size();
    const bool ends = end == words.size() || words[end] == ' ' || words[end] == '-' || words[end] == '_';
    if (starts && ends) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> find_next(const xmlNode& root, const Url& base) {
  // How sites' software writes it, whatever language the page is in.
  constexpr std::array kWords{"next", "»", "›", "→", ">", ">>", "next page", "older", "older posts"};
  std::string best;
  for (const xmlNode* at = root.children; at != nullptr; at = next_under(at, &root)) {
    const auto name = local_name(*at);
    if (name != "a" && name != "link") continue;
    const std::string reference = attribute_of(*at, "href");
    const auto url = resolve_url(base, reference);
    if (!url || canonical_url(*url) == canonical_url(base) || url->host != base.host) continue;
    if (has_word(ascii_lowered(attribute_of(*at, "rel")), "next")) return url->to_text();
    if (name != "a" || !best.empty()) continue;
    const std::string words = ascii_lowered(text_under(*at));
    const bool called = std::find(kWords.begin(), kWords.end(), words) != kWords.end();
    const std::string marks = ascii_lowered(attribute_of(*at, "class") + " " + attribute_of(*at, "aria-label"));
    const std::string around = at->parent != nullptr ? ascii_lowered(attribute_of(*at->parent, "class")) : std::string();
    if (called || has_word(marks, "next") || has_word(around, "next") || has_word(around, "pager-next"))
      best = url->to_text();
  }
  return best.empty() ? std::nullopt : std::optional(best);
}

Listing read_listing(std::string_view text, const Url& base, const ListingSelectors& selectors,
                     std::string_view language) {
  Listing out;
  const XmlDocument document = html_tree(text);
  const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return out;
  Url at = base;
  for (const xmlNode* node = root->children; node != nullptr; node = next_under(node, root))
    if (local_name(*node) == "base") {
      if (const auto own = resolve_url(base, attribute_of(*node, "href"))) at = *own;
      break;
    }
  if (selectors.item)
    take_items(out, *root, at, selectors, language);
  else if (selectors.link)
    take_links(out, *root, at, selectors, language);
  else
    out.items = guess_items(*root, at, language);
  if (selectors.next) {
    if (const xmlNode* const next = selectors.next->first(*root))
      if (const auto url = resolve_url(at, reference_in(*next))) out.next = url->to_text();
  } else {
    out.next = find_next(*root, at);
  }
  return out;
}

}  // namespace entente::importers
