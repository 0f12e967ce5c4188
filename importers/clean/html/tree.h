// A page as a flat tree: nodes in the order of the text, each with the end of its subtree, so that every pass over it
// is a loop. Tolerant as browsers are where pages of ministries need it: missing end tags, crossed ones, stray ones.
//
// Hostile pages: time is linear in the bytes and there is no recursion; nesting deeper than kDepthMax is flattened into
// the element at that depth, and the tree ends after kNodesMax nodes (32 bytes each, 128 MiB in all).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::importers::html {

// clang-format off
enum class Tag : std::uint8_t {
  other, text,
  html, head, body, title, meta, link, base, script, style, noscript, template_, iframe, svg, math, object,
  div, section, article, main, header, footer, nav, aside, p, pre, blockquote, address, center, figure, figcaption, details,
  summary, dialog, fieldset, h1, h2, h3, h4, h5, h6, ul, ol, li, dl, dt, dd, table, caption, thead, tbody, tfoot, tr, td, th,
  a, b, strong, i, em, u, font, span, time, br, hr, img, input, button, select, option, textarea, label, form, audio, video,
  canvas, wbr, sup, sub, small, q,
};
// clang-format on

struct Node {
  std::uint32_t begin = 0;  // of a text: its bytes in the page; of an element: what stands between its name and '>'
  std::uint32_t end = 0;
  std::uint32_t parent = 0;  // the root is its own parent
  std::uint32_t after = 0;   // the first node that is not under this one
  Tag tag = Tag::other;
};

inline constexpr std::size_t kDepthMax = 256;
inline constexpr std::size_t kNodesMax = 4U << 20U;

struct Tree {
  std::string_view page;    // borrowed; outlives the tree
  std::vector<Node> nodes;  // nodes[0] is the root, an `other` without attributes
  bool cut = false;         // the page had more than kNodesMax nodes

  std::string_view bytes(const Node& node) const { return page.substr(node.begin, node.end - node.begin); }
  // The attribute's value with its references replaced; empty when there is none. `name` is lower case.
  std::string attribute(const Node& node, std::string_view name) const;
  bool has_attribute(const Node& node, std::string_view name) const;
};

// REQUIRES: page.size() < 4 GiB.
Tree parse(std::string_view page);

// Whether browsers start a new line for it.
bool is_block(Tag tag);
inline bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

}  // namespace entente::importers::html
