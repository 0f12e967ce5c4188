// libxml2 behind values of ours: pages and feeds as trees. Takes any bytes; fetches nothing, expands no entities that a
// document declares itself, and says nothing on standard error.
#pragma once

#include <libxml/tree.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace entente::importers {

struct FreeXml {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using XmlDocument = std::unique_ptr<xmlDoc, FreeXml>;

// A page, however broken; null when there is nothing in it. `text` is UTF-8.
XmlDocument html_tree(std::string_view text);
// XML, mended where that can be. Fails with invalid_argument when it declares entities of its own, or when there is no
// element in it. `text` is UTF-8, whatever its declaration says.
Result<XmlDocument> xml_tree(std::string_view text);

// The name of an element without its prefix; empty for what is no element.
std::string_view local_name(const xmlNode& node);
std::string_view namespace_of(const xmlNode& node);
// All text under it, blanks in a row made one, none at the ends. Bounded in depth and by kNodeTextBytesMax.
std::string text_under(const xmlNode& node);
// Without a change to its blanks.
std::string raw_text_under(const xmlNode& node);
// Empty when there is none. `name` without a prefix.
std::string attribute_of(const xmlNode& node, const char* name);
// As HTML.
std::string html_of(const xmlNode& node);
// The next node in the order of the text, children first, that is still under `top`; null at the end.
const xmlNode* next_under(const xmlNode* node, const xmlNode* top);

inline constexpr std::size_t kNodeTextBytesMax = 4U << 20U;

// The bytes of an answer as UTF-8: by byte order mark, then bytes that are valid UTF-8 and not ASCII alone, then the
// charset of the Content-Type header, then what the text declares, then its bytes.
std::string as_utf8(std::string_view bytes, std::string_view content_type);

}  // namespace entente::importers
