// Which parts of a page: CSS selectors (also with ::text and ::attr(name), as scrapers write them) or XPath 1.0.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "importers/sources/xml.h"

namespace entente::importers {

class Selector {
 public:
  // XPath when it begins with '/', './', '(' or 'xpath:'; CSS otherwise. XPath may call has-class("a").
  // Fails with invalid_argument, saying at which character.
  static Result<Selector> parse(std::string_view text);

  // The parts under `node` that it names, in the order of the page: elements, or attributes and texts where it asks for
  // those. Bounded in work: a selector that needs more on a page finds nothing there.
  std::vector<const xmlNode*> all(const xmlNode& node) const;
  const xmlNode* first(const xmlNode& node) const;
  // What the first one says: the attribute's value, or the text. Empty when there is none.
  std::string text(const xmlNode& node) const;

  const std::string& xpath() const { return xpath_; }

 private:
  struct Compiled;
  std::string xpath_;  // relative to the node
  std::shared_ptr<const Compiled> compiled_;
};

// "div.news > h3 a" -> "descendant::div[...]/h3/descendant::a". Fails with invalid_argument.
Result<std::string> xpath_of_css(std::string_view css);

// What a part says: the value of an attribute, the text of anything else.
std::string said_by(const xmlNode& part);

}  // namespace entente::importers
