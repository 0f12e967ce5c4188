// Which leaves of a page are the release: weighed by text against links, container by container.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "importers/clean/boilerplate.h"
#include "importers/clean/html/flow.h"
#include "importers/clean/html/metadata.h"

namespace entente::importers::html {

// What a leaf was taken for.
enum class Judgement : std::uint8_t {
  text,    // may be of the release
  chrome,  // menu, banner, footer, share bar
  card,    // one of several like pieces that lead to other pages
};

// The heading that is the release's title, by what the metadata say and by its level. Absent when the page shows none.
std::optional<std::size_t> find_title(const Flow& flow, const Metadata& metadata, const Boilerplate& boilerplate);

// The words of the title in that leaf: without the label before it, where it is the row of a table.
std::string_view title_text(const Flow& flow, std::size_t leaf, const Boilerplate& boilerplate);

std::vector<Judgement> judge(const Tree& tree, const Flow& flow, std::optional<std::size_t> title);

struct Body {
  std::vector<std::size_t> leaves;  // in order, without the title
  std::size_t begin = 0;            // where the chosen part of the page begins and ends
  std::size_t end = 0;
  std::uint32_t letters = 0;  // of sentences outside links
  std::size_t cards = 0;      // pieces in that part that lead to other pages
};

Body find_body(const Tree& tree, const Flow& flow, const std::vector<Judgement>& judgements,
               std::optional<std::size_t> title, const Boilerplate& boilerplate);

// A leaf that reads like prose: with a sentence's end, or long, and not made of links.
bool is_prose(const Leaf& leaf);

}  // namespace entente::importers::html
