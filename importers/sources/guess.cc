#include "importers/sources/guess.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <unordered_map>

#include "base/ascii.h"
#include "base/utf8.h"
#include "importers/clean/dates.h"

namespace entente::importers {
namespace {

constexpr std::size_t kLinksMax = 5000;
constexpr std::size_t kStepsInSignature = 6;  // how many elements around a link must be alike
constexpr std::size_t kCardTextMax = 1200;    // what stands around one release in a list is not longer

struct Link {
  const xmlNode* node = nullptr;
  Url url;
  std::string title;
  std::size_t letters = 0;
};

struct Group {
  std::vector<Link> links;
  double score = 0;
  std::vector<std::optional<CivilDate>> dates;
};

std::size_t letters_in(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    // A character of Han, Kana or Hangul says as much as two or three letters.
    if (point.value >= 0x1100)
      count += 3;
    else if (point.value > 0x7F || (point.value >= 'a' && point.value <= 'z') ||
             (point.value >= 'A' && point.value <= 'Z') || (point.value >= '0' && point.value <= '9'))
      ++count;
    at += point.bytes;
  }
  return count;
}

bool contains_any(const std::string& text, std::initializer_list<const char*> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return text.find(word) != std::string::npos; });
}

// Menus, banners and footers, by the names that designers give them.
bool is_furniture(const xmlNode& element) {
  const auto name = local_name(element);
  if (name == "nav" || name == "footer" || name == "aside") return true;
  const std::string role = attribute_of(element, "role");
  if (role == "navigation" || role == "contentinfo" || role == "banner") return true;
  if (name == "body" || name == "main" || name == "article") return false;
  const std::string marks = ascii_lowered(attribute_of(element, "class") + " " + attribute_of(element, "id"));
  return contains_any(marks, {"menu", "navbar", "breadcrumb", "footer", "sidebar", "social", "share", "pagination",
                              "pager", "cookie", "lang-switch", "toolbar"});
}

// The elements around a link with their classes; numbers in classes ("post-1234") tell nothing of the kind.
std::string signature_of(const xmlNode& link) {
  std::string out;
  std::size_t steps = 0;
  for (const xmlNode* at = &link; at != nullptr && at->type == XML_ELEMENT_NODE && steps < kStepsInSignature;
       at = at->parent, ++steps) {
    out += local_name(*at);
    std::vector<std::string> classes;
    std::string word;
    for (const char c : attribute_of(*at, "class") + " ") {
      if (c != ' ' && c != '\t' && c != '\n') {
        if (c < '0' || c > '9') word += c;
        continue;
      }
      // Every other row and the first of a list are dressed differently and are the same.
      const bool dress =
          contains_any(word, {"odd", "even", "first", "last", "active", "sticky", "tag-", "category-", "post-"});
      if (!word.empty() && !dress) classes.push_back(word);
      word.clear();
    }
    std::sort(classes.begin(), classes.end());
    for (const std::string& one : classes) (out += '.') += one;
    out += '<';
  }
  return out;
}

bool leads_to_a_page(const Url& url, const Url& base) {
  const auto dot = url.path.rfind('.');
  const std::string ending = dot == std::string::npos ? "" : ascii_lowered(url.path.substr(dot));
  constexpr std::array kOthers{".pdf", ".jpg",  ".jpeg", ".png", ".gif", ".zip", ".doc", ".docx",
                               ".xls", ".xlsx", ".mp4",  ".mp3", ".css", ".js",  ".xml"};
  if (std::find(kOthers.begin(), kOthers.end(), ending) != kOthers.end()) return false;
  // The same site, also when it has a name less or more in front.
  const bool same = url.host == base.host || url.host.ends_with("." + base.host) || base.host.ends_with("." + url.host);
  return same && url.path.size() > 1 && canonical_url(url) != canonical_url(base);
}

// The largest part around a link that holds no other link of its group: the card of the release.
const xmlNode* card_of(const Link& link, const std::unordered_map<const xmlNode*, int>& links_under) {
  const xmlNode* card = link.node;
  while (card->parent != nullptr && card->parent->type == XML_ELEMENT_NODE) {
    const auto count = links_under.find(card->parent);
    if (count == links_under.end() || count->second != 1) break;
    card = card->parent;
  }
  return card;
}

void date_and_score(Group& group, std::string_view language) {
  std::unordered_map<const xmlNode*, int> links_under;
  for (const Link& link : group.links)
    for (const xmlNode* at = link.node; at != nullptr && at->type == XML_ELEMENT_NODE; at = at->parent)
      ++links_under[at];
  std::size_t dated = 0;
  double letters = 0;
  for (const Link& link : group.links) {
    const xmlNode* const card = card_of(link, links_under);
    std::optional<CivilDate> date;
    for (const xmlNode* at = card->children; at != nullptr && !date; at = next_under(at, card))
      if (local_name(*at) == "time")
        if (const auto found = find_date(attribute_of(*at, "datetime"), language)) date = found->date;
    if (!date) {
      const std::string text = text_under(*card).substr(0, kCardTextMax);
      if (const auto found = find_date(text, language)) date = found->date;
    }
    // Where nothing but markup parts a date from the words beside it.
    for (const xmlNode* at = card->children; at != nullptr && !date; at = next_under(at, card))
      if (at->type == XML_TEXT_NODE)
        if (const auto found = find_date(text_under(*at), language)) date = found->date;
    if (date) ++dated;
    group.dates.push_back(date);
    letters += static_cast<double>(std::min<std::size_t>(link.letters, 80));
  }
  const auto count = static_cast<double>(group.links.size());
  const double mean = letters / count;
  // Titles are sentences; menus are words. Dates decide where both are long.
  group.score = std::min(count, 40.0) * mean * (1.0 + 2.0 * static_cast<double>(dated) / count);
  if (mean < 18 || (count < 3 && dated == 0)) group.score = 0;
}

}  // namespace

std::vector<ListedPage> guess_items(const xmlNode& root, const Url& base, std::string_view language) {
  std::map<std::string, Group> groups;
  std::size_t links = 0;
  const xmlNode* at = root.children;
  while (at != nullptr && links < kLinksMax) {
    if (at->type == XML_ELEMENT_NODE && is_furniture(*at)) {
      // Past all that stands under it.
      while (at != &root && at->next == nullptr) at = at->parent;
      at = at == &root ? nullptr : at->next;
      continue;
    }
    if (local_name(*at) == "a") {
      ++links;
      if (const auto url = resolve_url(base, attribute_of(*at, "href")); url && leads_to_a_page(*url, base)) {
        Link link{at, *url, text_under(*at), 0};
        if (link.title.empty()) link.title = attribute_of(*at, "title");
        link.letters = letters_in(link.title);
        groups[signature_of(*at)].links.push_back(std::move(link));
      }
    }
    at = next_under(at, &root);
  }
  Group* best = nullptr;
  for (auto& [signature, group] : groups) {
    // One link a page: where several lead to one, the longest words.
    std::map<std::string, std::size_t> first;
    std::vector<Link> unique;
    for (Link& link : group.links) {
      const auto [known, fresh] = first.emplace(canonical_url(link.url), unique.size());
      if (fresh)
        unique.push_back(std::move(link));
      else if (link.letters > unique[known->second].letters)
        unique[known->second] = std::move(link);
    }
    group.links = std::move(unique);
    date_and_score(group, language);
    if (group.score > 0 && (best == nullptr || group.score > best->score)) best = &group;
  }
  std::vector<ListedPage> out;
  if (best == nullptr) return out;
  for (std::size_t i = 0; i < best->links.size(); ++i) {
    ListedPage item;
    item.url = best->links[i].url.to_text();
    item.title = best->links[i].title;
    item.date = best->dates[i];
    out.push_back(std::move(item));
  }
  return out;
}

}  // namespace entente::importers
