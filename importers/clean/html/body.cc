#include "importers/clean/html/body.h"

#include <algorithm>

#include "importers/clean/html/leaf_ranges.h"

namespace entente::importers::html {
namespace {

// Too short to be told from a scrap by its length, yet a sentence.
bool is_sentence(const Leaf& leaf) {
  return leaf.kind != BlockKind::heading && leaf.stops > 0 && leaf.letters >= 10 && leaf.link_letters == 0;
}

// What a leaf adds to the container it is in: prose for it, links and scraps against it.
int value_of(const Leaf& leaf, Judgement judgement) {
  const int letters = static_cast<int>(leaf.letters);
  const int links = static_cast<int>(leaf.link_letters);
  if (judgement == Judgement::chrome) return -3;
  if (judgement == Judgement::card) return -8;
  if (is_prose(leaf)) return letters - links;
  if (links * 2 > letters) return -5 - std::min(links, 60);
  if (is_sentence(leaf)) return letters / 2;
  switch (leaf.kind) {
    case BlockKind::heading:
      return 1;
    case BlockKind::table_row:
      return letters / 4;
    case BlockKind::list_item:
      return letters >= 20 ? letters / 2 : -2;
    default:
      return -2;
  }
}

bool may_hold_body(Tag tag) {
  switch (tag) {
    case Tag::p:
    case Tag::pre:
    case Tag::ul:
    case Tag::ol:
    case Tag::li:
    case Tag::blockquote:
    case Tag::text:
    case Tag::a:
    case Tag::span:
      return false;
    default:
      return true;
  }
}

class Finder {
 public:
  Finder(const Tree& tree, const Flow& flow, const std::vector<Judgement>& judgements)
      : tree_(tree), flow_(flow), judgements_(judgements), ranges_(tree, flow), sums_{0} {
    for (std::size_t i = 0; i < flow.leaves.size(); ++i)
      sums_.push_back(sums_.back() + value_of(flow.leaves[i], judgements[i]));
  }

  // The container with the largest sum, the innermost of equals; then as far into it as nearly all of the sum goes,
  // losing what stands behind it and looks like other pages.
  void choose(std::size_t& begin, std::size_t& end) const {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < tree_.nodes.size(); ++i) {
      if (!may_hold_body(tree_.nodes[i].tag)) continue;
      const bool inside = tree_.nodes[best].after > i;
      if (sum(i) > sum(best) || (inside && sum(i) == sum(best))) best = i;
    }
    begin = ranges_.begin(best);
    end = ranges_.end(best);
    while (const std::uint32_t inner = dominant_under(best)) {
      for (std::uint32_t child = inner; child != best; child = tree_.nodes[child].parent)
        end = std::min(end, end_after(tree_.nodes[child].parent, child));
      best = inner;
    }
  }

 private:
  std::int64_t sum(std::uint32_t node) const { return sums_[ranges_.end(node)] - sums_[ranges_.begin(node)]; }

  // What under it has the largest sum, if that is three quarters of its own; 0 when nothing has.
  std::uint32_t dominant_under(std::uint32_t node) const {
    std::uint32_t best = 0;
    for (std::uint32_t i = node + 1; i < tree_.nodes[node].after; ++i)
      if (may_hold_body(tree_.nodes[i].tag) && sum(i) > 0 && (best == 0 || sum(i) > sum(best))) best = i;
    return best != 0 && sum(best) * 4 >= sum(node) * 3 ? best : 0;
  }

  bool leads_elsewhere(std::uint32_t node) const {
    for (std::size_t i = ranges_.begin(node); i < ranges_.end(node); ++i) {
      const Leaf& leaf = flow_.leaves[i];
      if (judgements_[i] != Judgement::text || leaf.link_letters * 2 > leaf.letters) return true;
      if (leaf.kind == BlockKind::heading && may_hold_body(tree_.nodes[node].tag) && !is_heading(tree_.nodes[node].tag))
        return true;
    }
    return false;
  }

  // The first leaf after `child` that is no more of the release.
  std::size_t end_after(std::uint32_t parent, std::uint32_t child) const {
    std::uint32_t next = tree_.nodes[child].after;
    for (; next < tree_.nodes[parent].after; next = tree_.nodes[next].after)
      if (leads_elsewhere(next)) return ranges_.begin(next);
    return ranges_.end(parent);
  }

  const Tree& tree_;
  const Flow& flow_;
  const std::vector<Judgement>& judgements_;
  LeafRanges ranges_;
  std::vector<std::int64_t> sums_;
};

// Scraps before the first sentence ("Print", a rubric) and lines of the table of boilerplate are no text.
bool is_left_out(const Flow& flow, std::size_t index, Judgement judgement, bool prose_seen,
                 const Boilerplate& boilerplate) {
  const Leaf& leaf = flow.leaves[index];
  if (judgement != Judgement::text || leaf.letters == 0) return true;
  if (!is_prose(leaf) && leaf.link_letters * 5 > leaf.letters * 3 && leaf.letters < 200 &&
      leaf.kind != BlockKind::table_row)
    return true;
  if (leaf.kind == BlockKind::table_row && leaf.link_letters * 5 > leaf.letters * 4) return true;
  if (is_boilerplate(flow.text_of(leaf), boilerplate)) return true;
  const bool scrap = leaf.letters < 25 && leaf.kind == BlockKind::paragraph && !leaf.bold && leaf.stops == 0;
  return scrap && !prose_seen && flow.text_of(leaf).find_first_of("0123456789") == std::string_view::npos;
}

// A title that leads to another page, alone in its leaf.
bool is_link_alone(const Leaf& leaf) { return leaf.link_letters >= 12 && leaf.link_letters * 10 >= leaf.letters * 9; }

// Where a list of other pages follows the release, and less running text comes behind the list than stood before it, the
// release ends there. Such a list is made of cards, or of links with a line or two behind each.
void end_before_list(const Flow& flow, const std::vector<Judgement>& judgements, Body& body) {
  constexpr std::size_t kListed = 3;
  constexpr std::size_t kApart = 3;
  const auto running = [&](std::size_t from, std::size_t to) {
    std::uint64_t letters = 0;
    for (std::size_t i = from; i < to; ++i)
      if (judgements[i] == Judgement::text && is_prose(flow.leaves[i])) letters += flow.leaves[i].letters;
    return letters;
  };
  std::uint64_t before = 0;
  std::size_t counted = body.begin;
  const auto leads_elsewhere = [&](std::size_t i) {
    return judgements[i] == Judgement::card || is_link_alone(flow.leaves[i]);
  };
  for (std::size_t i = body.begin; i < body.end;) {
    if (!leads_elsewhere(i)) {
      ++i;
      continue;
    }
    std::size_t listed = 0;
    std::size_t last = i;
    for (std::size_t k = i; k < body.end && k - last <= kApart; ++k)
      if (leads_elsewhere(k)) {
        ++listed;
        last = k;
      }
    if (listed >= kListed) {
      before += running(counted, i);
      counted = i;
      if (before > running(std::min(last + 2, body.end), body.end)) {
        body.end = i;
        return;
      }
    }
    i = last + 1;
  }
}

}  // namespace

Body find_body(const Tree& tree, const Flow& flow, const std::vector<Judgement>& judgements,
               std::optional<std::size_t> title, const Boilerplate& boilerplate) {
  Body body;
  Finder(tree, flow, judgements).choose(body.begin, body.end);
  // The release begins after its title; what stands between the title and the container is its lead.
  if (title && *title < body.end) body.begin = *title + 1;
  end_before_list(flow, judgements, body);
  bool prose_seen = false;
  for (std::size_t i = body.begin; i < body.end; ++i) {
    const Leaf& leaf = flow.leaves[i];
    if (judgements[i] == Judgement::card) ++body.cards;
    // The heading of the next article, which leads to its page.
    const bool next_article = leaf.kind == BlockKind::heading && is_link_alone(leaf) && leaf.level <= 2;
    if (prose_seen && next_article) {
      body.end = i;
      break;
    }
    if (prose_seen && leaf.letters < 80 && ends_release(flow.text_of(leaf), boilerplate)) {
      body.end = i;
      break;
    }
    if (is_left_out(flow, i, judgements[i], prose_seen, boilerplate)) continue;
    body.leaves.push_back(i);
    prose_seen |= is_prose(leaf);
    if (is_prose(leaf) || is_sentence(leaf) || leaf.kind == BlockKind::table_row || leaf.kind == BlockKind::list_item)
      body.letters += leaf.letters - leaf.link_letters;
  }
  return body;
}

}  // namespace entente::importers::html
