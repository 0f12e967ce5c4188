// Which leaves stand under a node, in constant time for each: leaves are in the order of their first texts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "importers/clean/html/flow.h"

namespace entente::importers::html {

class LeafRanges {
 public:
  LeafRanges(const Tree& tree, const Flow& flow) : tree_(tree), before_(tree.nodes.size() + 1) {
    std::size_t leaf = 0;
    for (std::size_t node = 0; node < before_.size(); ++node) {
      while (leaf < flow.leaves.size() && flow.leaves[leaf].node < node) ++leaf;
      before_[node] = static_cast<std::uint32_t>(leaf);
    }
  }
  std::size_t begin(std::uint32_t node) const { return before_[node]; }
  std::size_t end(std::uint32_t node) const { return before_[tree_.nodes[node].after]; }

 private:
  const Tree& tree_;  // outlives this
  std::vector<std::uint32_t> before_;
};

}  // namespace entente::importers::html
