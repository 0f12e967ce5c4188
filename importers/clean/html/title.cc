#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/clean/html/body.h"

namespace entente::importers::html {
namespace {

constexpr std::uint32_t kTitleLettersMax = 500;
constexpr std::uint32_t kTitleLettersMin = 4;
constexpr std::uint32_t kTellingLettersMin = 12;
constexpr int kLabelledWeight = 40;
constexpr std::uint64_t kShareMax = 24;

std::string key_of(std::string_view text) {
  std::string key = collapse_blanks(fold(text));
  // A title that the metadata cut short ends in dots.
  while (!key.empty() && key.back() == '.') key.pop_back();
  while (key.ends_with("\xE2\x80\xA6")) key.resize(key.size() - 3);
  if (key.ends_with(' ')) key.pop_back();
  return key;
}

// The letters of ASCII that a text begins with, as key_of() has them; some of them, and none where it begins otherwise.
std::string opening_of(std::string_view text) {
  constexpr std::size_t kBytes = 8;
  std::string opening;
  for (const char c : text.substr(0, kBytes)) {
    const char low = ascii_lower(c);
    if (low < 'a' || low > 'z') break;
    opening.push_back(low);
  }
  // A mark behind may be one with the last of them.
  if (opening.size() < text.size() && static_cast<unsigned char>(text[opening.size()]) >= 0x80 && !opening.empty()) opening.pop_back();
  return opening;
}

bool begin_alike(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  return a.substr(0, common) == b.substr(0, common);
}

struct Known {
  std::string head;                 // <title>
  std::vector<std::string> pieces;  // of it, between its separators
  std::vector<std::string> titles;  // of the release
  std::string publisher;
};

Known known_of(const Metadata& metadata) {
  Known known{key_of(metadata.head_title), {}, {}, key_of(metadata.publisher)};
  for (const std::string_view piece : pieces_of_title(metadata.head_title)) known.pieces.push_back(key_of(piece));
  for (const std::string& title : metadata.titles) known.titles.push_back(key_of(title));
  return known;
}

// Whether the metadata may have a title that begins as the text does.
bool may_agree(std::string_view text, const Known& known) {
  const std::string opening = opening_of(text);
  return begin_alike(opening, known.head) || std::any_of(known.titles.begin(), known.titles.end(), [&](const std::string& title) { return begin_alike(opening, title); });
}

// How far the metadata say that this is the title.
int agreement(const std::string& key, std::uint32_t letters, const Known& known) {
  const int length = static_cast<int>(std::min<std::uint32_t>(letters, 60)) / 2;
  if (!known.publisher.empty() && key == known.publisher) return -40;
  for (const std::string& title : known.titles) {
    if (title == key) return 70 + length;
    if (title.size() >= 12 && (key.starts_with(title) || title.starts_with(key))) return 55 + length;
  }
  if (known.head.empty() || letters < 8) return 0;
  if (known.head == key) return 50 + length;
  if (known.head.starts_with(key)) return 55 + length;
  if (known.head.size() >= 12 && key.starts_with(known.head) && key.size() < known.head.size() * 2) return 45 + length;
  if (letters >= kTellingLettersMin && std::find(known.pieces.begin(), known.pieces.end(), key) != known.pieces.end())
    return 45 + length;
  // After the site's name, or the site's name itself.
  if (known.head.find(key) != std::string::npos) return 25 + length;
  return 0;
}

int weight_of_form(const Leaf& leaf) {
  if (leaf.kind == BlockKind::heading) return 36 - 4 * leaf.level;
  if (leaf.kind == BlockKind::paragraph && leaf.titled) return 18;
  if (leaf.kind == BlockKind::paragraph && leaf.bold && leaf.letters >= 12) return 14;
  return -4;
}

// What leads a list of links is the name of a menu.
bool leads_links(const Flow& flow, std::size_t index) {
  std::size_t links = 0;
  for (std::size_t i = index + 1; i < std::min(flow.leaves.size(), index + 3); ++i)
    links += flow.leaves[i].letters > 0 && flow.leaves[i].link_letters == flow.leaves[i].letters ? 1U : 0U;
  return links == 2;
}

bool may_be_title(const Leaf& leaf) {
  // Running text that begins with the title, or with the site's name, is none.
  if (leaf.kind == BlockKind::paragraph && !leaf.bold && !leaf.titled && leaf.stops > 0) return false;
  return leaf.kind == BlockKind::heading || leaf.kind == BlockKind::paragraph;
}

// For each leaf, how many leaves on the next prose stands.
std::vector<std::size_t> distance_to_prose(const Flow& flow) {
  std::vector<std::size_t> distance(flow.leaves.size() + 1, 1000);
  for (std::size_t i = flow.leaves.size(); i-- > 0;)
    distance[i] = i + 1 < flow.leaves.size() && is_prose(flow.leaves[i + 1]) ? 1 : distance[i + 1] + 1;
  return distance;
}

// "23 September 2023 Readout of ...": a line of a list that became a title.
std::string_view without_leading_date(std::string_view text) {
  const auto date = find_date_at_start(text, {});
  if (!date) return text;
  const std::size_t begin = std::min(text.find_first_not_of(" \n:-|,", date->end), text.size());
  return text.size() - begin >= kTellingLettersMin ? text.substr(begin) : text;
}

// What part of the page's running text stands between this leaf and the next heading: 0 to kShareMax.
std::vector<int> share_of_prose(const Flow& flow) {
  std::vector<std::uint64_t> after(flow.leaves.size() + 1, 0);
  std::uint64_t whole = 1;
  for (std::size_t i = flow.leaves.size(); i-- > 0;) {
    const std::uint64_t own = is_prose(flow.leaves[i]) ? flow.leaves[i].letters : 0;
    whole += own;
    const bool ends = i + 1 < flow.leaves.size() && flow.leaves[i + 1].kind == BlockKind::heading && flow.leaves[i + 1].level <= 2;
    const std::uint64_t next = i + 1 < flow.leaves.size() && is_prose(flow.leaves[i + 1]) ? flow.leaves[i + 1].letters : 0;
    after[i] = ends ? 0 : after[i + 1] + next;
  }
  std::vector<int> shares;
  for (std::size_t i = 0; i < flow.leaves.size(); ++i) shares.push_back(static_cast<int>(after[i] * kShareMax / whole));
  return shares;
}

}  // namespace

std::string_view title_text(const Flow& flow, std::size_t leaf, const Boilerplate& boilerplate) {
  const auto text = flow.text_of(flow.leaves[leaf]);
  const auto begin = begin_of_labelled_title(text, boilerplate);
  if (!begin) return without_leading_date(text);
  const auto title = text.substr(*begin);
  return title.substr(0, std::min(title.find('\n'), title.size()));
}

std::optional<std::size_t> find_title(const Flow& flow, const Metadata& metadata, const Boilerplate& boilerplate) {
  const Known known = known_of(metadata);
  const auto distance = distance_to_prose(flow);
  const auto shares = share_of_prose(flow);
  std::optional<std::size_t> best;
  int best_score = 20;
  for (std::size_t i = 0; i < flow.leaves.size(); ++i) {
    const Leaf& leaf = flow.leaves[i];
    if (leaf.letters < kTitleLettersMin || leaf.letters > kTitleLettersMax) continue;
    const bool labelled = begin_of_labelled_title(flow.text_of(leaf), boilerplate).has_value();
    // Running text is not, whatever the metadata say: most of a page needs no closer look.
    if (!labelled && leaf.stops > 1 && !may_be_title(leaf)) continue;
    const auto text = title_text(flow, i, boilerplate);
    if (!labelled && !may_be_title(leaf) && !may_agree(text, known)) continue;
    const std::string key = key_of(text);
    const int agreed = agreement(key, leaf.letters, known);
    if (!labelled && !(agreed >= 55 && leaf.stops <= 1) && !may_be_title(leaf)) continue;
    if (is_boilerplate(text, boilerplate)) continue;
    const bool heading = labelled || leaf.kind == BlockKind::heading;
    if (!heading && agreed < 45 && !((leaf.bold || leaf.titled) && distance[i] <= (leaf.titled ? 5U : 3U))) continue;
    const bool is_link = leaf.link_letters * 2 > leaf.letters;
    const int near = distance[i] <= 1 ? 22 : distance[i] <= 3 ? 18 : distance[i] <= 8 ? 12 : 0;
    const bool rubric = agreed == 0 && leaf.letters < kTellingLettersMin;  // "News"
    const int form = labelled ? kLabelledWeight : weight_of_form(leaf);
    const int score = agreed + form + near + shares[i] - (is_link ? 20 : 0) - (rubric ? 10 : 0) - (agreed < 45 && leads_links(flow, i) ? 25 : 0);
    if (score <= best_score) continue;
    best_score = score;
    best = i;
  }
  return best;
}

}  // namespace entente::importers::html
