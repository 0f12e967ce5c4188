#include "importers/sources/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>
#include <libxml/parser.h>

#include <limits>

#include "base/ascii.h"
#include "base/utf8.h"
#include "importers/read/charset.h"
#include "importers/read/decode.h"

namespace entente::importers {
namespace {

const char* chars(const xmlChar* text) { return reinterpret_cast<const char*>(text); }
const xmlChar* xml_chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

// "text/html; charset=windows-1251" -> "windows-1251"
std::string charset_of(std::string_view content_type) {
  const std::string text = ascii_lowered(content_type);
  auto at = text.find("charset=");
  if (at == std::string::npos) return {};
  at += 8;
  if (at < text.size() && (text[at] == '"' || text[at] == '\'')) ++at;
  return text.substr(at, text.find_first_of("\"'; ,", at) - at);
}

bool is_ascii(std::string_view bytes) {
  for (const char c : bytes)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// An entity that the document declares itself is a way to make little into much.
bool declares_entities(const xmlDoc& document) {
  return document.intSubset != nullptr && document.intSubset->entities != nullptr;
}

}  // namespace

XmlDocument html_tree(std::string_view text) {
  if (text.empty() || text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) return nullptr;
  return XmlDocument(htmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                    HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
                                        HTML_PARSE_COMPACT | HTML_PARSE_NODEFDTD));
}

Result<XmlDocument> xml_tree(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos || text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return Error{ErrorCode::invalid_argument, "there is nothing in it", {}};
  text.remove_prefix(first);
  XmlDocument document(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                     XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET |
                                         XML_PARSE_NOCDATA | XML_PARSE_COMPACT));
  if (document && declares_entities(*document))
    return Error{ErrorCode::invalid_argument, "it declares entities of its own, as feeds do not; it is not read", {}};
  if (!document || xmlDocGetRootElement(document.get()) == nullptr)
    return Error{ErrorCode::invalid_argument, "it is no XML: there is no element in it", {}};
  return document;
}

std::string_view local_name(const xmlNode& node) {
  return node.type == XML_ELEMENT_NODE && node.name != nullptr ? std::string_view(chars(node.name))
                                                               : std::string_view();
}

std::string_view namespace_of(const xmlNode& node) {
  return node.type == XML_ELEMENT_NODE && node.ns != nullptr && node.ns->href != nullptr
             ? std::string_view(chars(node.ns->href))
             : std::string_view();
}

const xmlNode* next_under(const xmlNode* node, const xmlNode* top) {
  // The children of a reference to an entity are not ours to enter.
  if (node->type != XML_ENTITY_REF_NODE && node->children != nullptr) return node->children;
  while (node != top && node->next == nullptr) node = node->parent;
  return node == top ? nullptr : node->next;
}

std::string raw_text_under(const xmlNode& node) {
  std::string out;
  if (node.type == XML_TEXT_NODE || node.type == XML_CDATA_SECTION_NODE)
    return node.content == nullptr ? out : std::string(chars(node.content)).substr(0, kNodeTextBytesMax);
  for (const xmlNode* at = node.children; at != nullptr && out.size() < kNodeTextBytesMax; at = next_under(at, &node)) {
    if ((at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) && at->content != nullptr)
      out += chars(at->content);
    else if (const auto name = local_name(*at);
             name == "br" || name == "p" || name == "div" || name == "li" || name == "td")
      out += ' ';
  }
  if (out.size() > kNodeTextBytesMax) out.resize(kNodeTextBytesMax);
  return out;
}

std::string text_under(const xmlNode& node) {
  std::string out;
  for (const char c : raw_text_under(node)) {
    if (!is_blank(c))
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string attribute_of(const xmlNode& node, const char* name) {
  if (node.type != XML_ELEMENT_NODE) return {};
  for (const xmlAttr* attribute = node.properties; attribute != nullptr; attribute = attribute->next) {
    if (xmlStrcmp(attribute->name, xml_chars(name)) != 0) continue;
    std::string out;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next)
      if (part->type == XML_TEXT_NODE && part->content != nullptr) out += chars(part->content);
    return out;
  }
  return {};
}

std::string html_of(const xmlNode& node) {
  const std::unique_ptr<xmlBuffer, decltype(&xmlBufferFree)> buffer(xmlBufferCreate(), &xmlBufferFree);
  // libxml2 takes what it does not change as if it would.
  if (!buffer || htmlNodeDump(buffer.get(), node.doc, const_cast<xmlNode*>(&node)) < 0) return {};
  return {chars(xmlBufferContent(buffer.get())), static_cast<std::size_t>(xmlBufferLength(buffer.get()))};
}

std::string as_utf8(std::string_view bytes, std::string_view content_type) {
  const Charset found = find_charset(bytes);
  const bool marked = found.skip > 0;
  const bool plainly_utf8 = !find_invalid_utf8(bytes) && !is_ascii(bytes);
  if (!marked && !plainly_utf8) {
    const std::string header = converter_for(charset_of(content_type));
    if (!header.empty()) return decode(bytes, header, 0).text;
  }
  return decode(bytes, found.name, found.skip).text;
}

}  // namespace entente::importers
