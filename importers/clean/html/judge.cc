#include <algorithm>
#include <string>

#include "importers/clean/html/body.h"
#include "importers/clean/html/chrome.h"
#include "importers/clean/html/leaf_ranges.h"

namespace entente::importers::html {
namespace {

constexpr std::uint32_t kCardLinkLettersMin = 12;
constexpr std::uint32_t kCardLettersMax = 1200;
constexpr std::uint32_t kOwnLettersMin = 25;
constexpr std::size_t kCardLeavesMax = 6;
constexpr std::size_t kCardsMin = 3;

bool may_be_card(Tag tag) {
  switch (tag) {
    case Tag::div:
    case Tag::li:
    case Tag::article:
    case Tag::section:
    case Tag::tr:
    case Tag::td:
    case Tag::dl:
    case Tag::dt:
    case Tag::dd:
    case Tag::a:
      return true;
    default:
      return false;
  }
}

enum class CardForm : std::uint8_t { none, link, led };

// Mostly a link; or led by one, a few lines long, as the pieces of a list of news are that tell how each begins.
CardForm card_form(const Flow& flow, std::size_t begin, std::size_t end) {
  std::uint32_t letters = 0;
  std::uint32_t links = 0;
  std::size_t prose = 0;
  bool led = false;
  for (std::size_t i = begin; i < end && letters <= kCardLettersMax; ++i) {
    const Leaf& leaf = flow.leaves[i];
    letters += leaf.letters;
    links += leaf.link_letters;
    prose += is_prose(leaf) ? 1U : 0U;
    const bool is_link = leaf.link_letters * 5 >= leaf.letters * 4 && leaf.link_letters >= kCardLinkLettersMin;
    led |= is_link && i < begin + 3;
  }
  if (links < kCardLinkLettersMin || letters > kCardLettersMax) return CardForm::none;
  if (links * 2 >= letters) return CardForm::link;
  // A row of a list in one piece: the link, with a date before it or a line or two behind it.
  if (end - begin == 1 && links * 5 >= letters &&
      (flow.leaves[begin].kind == BlockKind::table_row || flow.leaves[begin].link_leads))
    return CardForm::led;
  return led && prose <= 2 && end - begin >= 2 && end - begin <= kCardLeavesMax ? CardForm::led : CardForm::none;
}

std::string first_class(const Tree& tree, const Node& node) {
  const std::string classes = tree.attribute(node, "class");
  return classes.substr(0, classes.find(' '));
}

struct Judge {
  const Tree& tree;
  const Flow& flow;
  LeafRanges ranges;
  std::vector<std::uint32_t> prose;  // letters of prose before each leaf
  std::vector<Judgement> judgements;

  std::uint32_t prose_under(std::uint32_t node) const { return prose[ranges.end(node)] - prose[ranges.begin(node)]; }
  void mark(std::uint32_t node, Judgement judgement) {
    for (std::size_t i = ranges.begin(node); i < ranges.end(node); ++i)
      if (judgements[i] == Judgement::text) judgements[i] = judgement;
  }
};

void mark_chrome(Judge& judge, std::optional<std::size_t> title) {
  const std::uint32_t whole = judge.prose.back();
  for (std::uint32_t i = 1; i < judge.tree.nodes.size();) {
    const Node& node = judge.tree.nodes[i];
    const std::size_t begin = judge.ranges.begin(i);
    const std::size_t end = judge.ranges.end(i);
    const bool holds_title = title && *title >= begin && *title < end;
    // A name like "sidebar" on what holds the text says how the page is laid out, not what this is.
    if (begin < end && !holds_title && looks_like_chrome(judge.tree, node) && judge.prose_under(i) * 5 <= whole * 4) {
      judge.mark(i, Judgement::chrome);
      i = node.after;
      continue;
    }
    ++i;
  }
}

// Three or more pieces of one make under one parent, each leading elsewhere.
void mark_cards_under(Judge& judge, std::uint32_t parent, std::vector<std::uint32_t>& cards) {
  cards.clear();
  std::size_t pieces = 0;
  std::optional<std::string> make;
  const Node& node = judge.tree.nodes[parent];
  for (std::uint32_t child = parent + 1; child < node.after; child = judge.tree.nodes[child].after) {
    const std::size_t begin = judge.ranges.begin(child);
    const std::size_t end = judge.ranges.end(child);
    if (begin == end) continue;
    ++pieces;
    if (!may_be_card(judge.tree.nodes[child].tag)) continue;
    const CardForm form = card_form(judge.flow, begin, end);
    if (form == CardForm::none) continue;
    // Parts of a page, too, may begin with a link; pieces of a list are also alike.
    if (form == CardForm::led) {
      const std::string named = first_class(judge.tree, judge.tree.nodes[child]);
      if (!make) make = named;
      if (named != *make) continue;
    }
    cards.push_back(child);
  }
  if (cards.size() < kCardsMin || cards.size() * 5 < pieces * 3) return;
  for (const std::uint32_t card : cards) judge.mark(card, Judgement::card);
}

}  // namespace

bool is_prose(const Leaf& leaf) {
  if (leaf.kind == BlockKind::heading) return false;
  const std::uint32_t own = leaf.letters - leaf.link_letters;
  // A sentence may be a link for the larger part, and still a sentence.
  if (own < leaf.link_letters) return own >= kOwnLettersMin && leaf.stops > 0;
  return leaf.letters >= 80 || (leaf.stops > 0 && leaf.letters >= 30);
}

std::vector<Judgement> judge(const Tree& tree, const Flow& flow, std::optional<std::size_t> title) {
  Judge state{tree, flow, LeafRanges(tree, flow), {0}, std::vector<Judgement>(flow.leaves.size(), Judgement::text)};
  for (const Leaf& leaf : flow.leaves) state.prose.push_back(state.prose.back() + (is_prose(leaf) ? leaf.letters : 0));
  mark_chrome(state, title);
  std::vector<std::uint32_t> cards;
  for (std::uint32_t i = 1; i < tree.nodes.size(); ++i)
    if (tree.nodes[i].tag != Tag::text && tree.nodes[i].after - i > 6) mark_cards_under(state, i, cards);
  return std::move(state.judgements);
}

}  // namespace entente::importers::html
