#include "importers/clean/html/tree.h"

#include <algorithm>

#include "importers/clean/html/entities.h"
#include "importers/clean/html/tokens.h"

namespace entente::importers::html {
namespace {

bool is_void(Tag tag) {
  switch (tag) {
    case Tag::meta:
    case Tag::link:
    case Tag::base:
    case Tag::br:
    case Tag::hr:
    case Tag::img:
    case Tag::input:
    case Tag::wbr:
      return true;
    default:
      return false;
  }
}

bool belongs_to_head(Tag tag) {
  return tag == Tag::title || tag == Tag::meta || tag == Tag::link || tag == Tag::base || tag == Tag::script ||
         tag == Tag::style || tag == Tag::noscript || tag == Tag::template_;
}

bool is_cell(Tag tag) { return tag == Tag::td || tag == Tag::th || tag == Tag::caption; }
bool is_row_group(Tag tag) { return tag == Tag::thead || tag == Tag::tbody || tag == Tag::tfoot; }

// Whether a start tag ends an open element of this kind; `stop` is what the search does not pass.
bool ends_open(Tag starting, Tag open) {
  switch (starting) {
    case Tag::li:
      return open == Tag::li;
    case Tag::dt:
    case Tag::dd:
      return open == Tag::dt || open == Tag::dd;
    case Tag::option:
      return open == Tag::option;
    case Tag::td:
    case Tag::th:
      return is_cell(open);
    case Tag::tr:
      return open == Tag::tr || is_cell(open);
    case Tag::thead:
    case Tag::tbody:
    case Tag::tfoot:
      return is_row_group(open) || open == Tag::tr || is_cell(open);
    default:
      return false;
  }
}

bool stops_search(Tag starting, Tag open) {
  switch (starting) {
    case Tag::li:
      return open == Tag::ul || open == Tag::ol || is_cell(open) || open == Tag::table;
    case Tag::dt:
    case Tag::dd:
      return open == Tag::dl || is_cell(open) || open == Tag::table;
    case Tag::option:
      return open == Tag::select;
    default:
      return open == Tag::table;
  }
}

class Builder {
 public:
  explicit Builder(std::string_view page) {
    tree_.page = page;
    tree_.nodes.emplace_back();
    open_.push_back({0, Tag::other, 0, false});
  }

  Tree build() {
    Tokens tokens(tree_.page);
    while (const auto token = tokens.next()) {
      if (tree_.nodes.size() >= kNodesMax) {
        tree_.cut = true;
        break;
      }
      switch (token->kind) {
        case Token::Kind::text:
          text(*token);
          break;
        case Token::Kind::start:
          start(*token);
          break;
        case Token::Kind::end:
          end(*token);
          break;
      }
    }
    pop_to(0);
    tree_.nodes[0].after = static_cast<std::uint32_t>(tree_.nodes.size());
    return std::move(tree_);
  }

 private:
  struct Open {
    std::uint32_t node;
    Tag tag;
    std::uint32_t name_hash;
    bool closed_early;  // its end tag came while blocks inside it were open
  };

  std::uint32_t add(Tag tag, std::uint32_t begin, std::uint32_t end) {
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    tree_.nodes.push_back({begin, end, open_.back().node, index + 1, tag});
    return index;
  }

  void pop() {
    tree_.nodes[open_.back().node].after = static_cast<std::uint32_t>(tree_.nodes.size());
    open_.pop_back();
  }
  // Leaves `depth` + 1 elements open.
  void pop_to(std::size_t depth) {
    while (open_.size() > depth + 1) pop();
    while (open_.size() > 1 && open_.back().closed_early) pop();
  }

  void leave_head(Tag tag) {
    if (!head_is_open_ || belongs_to_head(tag)) return;
    head_is_open_ = false;
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (open_[i].tag != Tag::head) continue;
      pop_to(i - 1);
      return;
    }
  }

  void text(const Token& token) {
    const Tag top = open_.back().tag;
    if (top == Tag::head && tree_.page.substr(token.begin, token.end - token.begin).find_first_not_of(" \t\r\n\f") !=
                                std::string_view::npos)
      leave_head(Tag::text);
    add(Tag::text, token.begin, token.end);
  }

  // A paragraph ends where a block begins.
  void close_paragraph() {
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (open_[i].tag == Tag::p) return pop_to(i - 1);
      if (is_block(open_[i].tag) || is_cell(open_[i].tag)) return;
    }
  }

  // The outermost of the open elements that this start tag ends, as far as the search goes.
  void close_ended(Tag tag) {
    std::size_t outermost = 0;
    for (std::size_t i = open_.size(); i-- > 1 && !stops_search(tag, open_[i].tag);)
      if (ends_open(tag, open_[i].tag)) outermost = i;
    if (outermost > 0) pop_to(outermost - 1);
  }

  void close_link() {
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (is_cell(open_[i].tag)) return;
      if (open_[i].tag != Tag::a) continue;
      bool blocks_inside = false;
      for (std::size_t k = i + 1; k < open_.size(); ++k) blocks_inside |= is_block(open_[k].tag);
      if (blocks_inside)
        open_[i].closed_early = true;
      else
        pop_to(i - 1);
      return;
    }
  }

  void start(const Token& token) {
    const Tag tag = token.tag;
    if (tag == Tag::form) return;  // pages open and close forms across everything else
    if ((tag == Tag::html || tag == Tag::body) && seen_[tag == Tag::body ? 1 : 0]) return;
    if (tag != Tag::html && tag != Tag::head) leave_head(tag);
    if (tag == Tag::html || tag == Tag::body) seen_[tag == Tag::body ? 1 : 0] = true;
    if (is_block(tag)) close_paragraph();
    close_ended(tag);
    if (tag == Tag::a) close_link();
    // Too deep: it takes the place of the innermost one, as its neighbour.
    if (!is_void(tag) && open_.size() > kDepthMax) pop();
    const auto node = add(tag, token.begin, token.end);
    if (is_void(tag)) return;
    const bool foreign = tag == Tag::svg || tag == Tag::math || tag == Tag::other;
    if (foreign && token.end > token.begin && tree_.page[token.end - 1] == '/') return;
    open_.push_back({node, tag, token.name_hash, false});
    head_is_open_ |= tag == Tag::head;
  }

  void end(const Token& token) {
    const Tag tag = token.tag;
    if (tag == Tag::html || tag == Tag::body || tag == Tag::form || is_void(tag)) return;
    const bool inline_end = !is_block(tag) && !is_cell(tag);
    const bool table_end = tag == Tag::table || tag == Tag::tr || is_cell(tag) || is_row_group(tag);
    bool blocks_inside = false;
    for (std::size_t i = open_.size(); i-- > 1;) {
      if (open_[i].tag == tag && open_[i].name_hash == token.name_hash) {
        if (inline_end && blocks_inside)
          open_[i].closed_early = true;
        else
          pop_to(i - 1);
        return;
      }
      if (open_[i].tag == Tag::table || (is_cell(open_[i].tag) && !table_end)) return;
      blocks_inside |= is_block(open_[i].tag);
    }
  }

  Tree tree_;
  std::vector<Open> open_;
  bool head_is_open_ = false;
  bool seen_[2] = {false, false};
};

}  // namespace

bool is_block(Tag tag) {
  switch (tag) {
    case Tag::html:
    case Tag::head:
    case Tag::body:
    case Tag::hr:
      return true;
    default:
      return tag >= Tag::div && tag <= Tag::th;
  }
}

std::string Tree::attribute(const Node& node, std::string_view name) const {
  if (node.tag == Tag::text) return {};
  std::string_view key;
  std::string_view value;
  const std::string_view attributes = bytes(node);
  for (std::size_t at = 0; next_attribute(attributes, at, key, value);)
    if (equals_lowered(key, name)) return unescape(value);
  return {};
}

bool Tree::has_attribute(const Node& node, std::string_view name) const {
  if (node.tag == Tag::text) return false;
  std::string_view key;
  std::string_view value;
  const std::string_view attributes = bytes(node);
  for (std::size_t at = 0; next_attribute(attributes, at, key, value);)
    if (equals_lowered(key, name)) return true;
  return false;
}

Tree parse(std::string_view page) { return Builder(page).build(); }

}  // namespace entente::importers::html
