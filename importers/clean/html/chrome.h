// What of a page is furniture: by the element, its role, its class and id. Names are in the habit of web designers, so
// they are code, not lexicon: they do not change with the language of the text.
#pragma once

#include "importers/clean/html/tree.h"

namespace entente::importers::html {

// Never shown to a reader, or not text: scripts, forms' fields, hidden elements. Their subtrees are skipped.
bool is_invisible(const Tree& tree, const Node& node);

// Likely a menu, a banner, a footer, a share bar, a list of other pages. A guess: the caller checks that it does not
// hold most of the text.
bool looks_like_chrome(const Tree& tree, const Node& node);

}  // namespace entente::importers::html
