#include "importers/sources/selector.h"

#include <fmt/format.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>

namespace entente::importers {
namespace {

constexpr unsigned long kWorkMax = 20'000'000;  // libxml2's count of operations, for one question to one page
constexpr std::size_t kSelectorBytesMax = 4096;

const xmlChar* xml_chars(const char* text) { return reinterpret_cast<const xmlChar*>(text); }

void say_nothing(void* /*context*/, xmlErrorPtr /*error*/) {}

// has-class("a"): what scrapers add to XPath.
void has_class(xmlXPathParserContextPtr context, int count) {
  if (count != 1) {
    xmlXPathErr(context, XPATH_INVALID_ARITY);
    return;
  }
  xmlChar* const wanted = xmlXPathPopString(context);
  bool found = false;
  if (wanted != nullptr && context->context->node != nullptr) {
    const std::string classes = " " + attribute_of(*context->context->node, "class") + " ";
    std::string spaced;
    for (const char c : classes) spaced += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
    found = spaced.find(fmt::format(" {} ", reinterpret_cast<const char*>(wanted))) != std::string::npos;
  }
  xmlFree(wanted);
  xmlXPathReturnBoolean(context, found ? 1 : 0);
}

struct FreeContext {
  void operator()(xmlXPathContext* context) const { xmlXPathFreeContext(context); }
};
using Context = std::unique_ptr<xmlXPathContext, FreeContext>;

Context new_context(xmlDoc* document) {
  Context context(xmlXPathNewContext(document));
  if (!context) return context;
  context->error = &say_nothing;
  context->opLimit = kWorkMax;
  xmlXPathRegisterFunc(context.get(), xml_chars("has-class"), &has_class);
  return context;
}

bool is_xpath(std::string_view text) {
  return text.starts_with('/') || text.starts_with("./") || text.starts_with('(') || text == "." ||
         text.starts_with("xpath:") || text.starts_with('@');
}

// "//h3/a" means what is under the part at hand, not anywhere on the page.
std::string relative(std::string_view xpath) {
  if (xpath.starts_with("xpath:")) xpath.remove_prefix(6);
  std::string out;
  bool at_start = true;
  char quote = '\0';
  int depth = 0;
  for (const char c : xpath) {
    if (quote != '\0') {
      if (c == quote) quote = '\0';
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '[') {
      ++depth;
    } else if (c == ']') {
      --depth;
    }
    if (at_start && c == '/' && depth == 0) out += '.';
    out += c;
    if (c == '|' && quote == '\0' && depth == 0)
      at_start = true;
    else if (c != ' ' && c != '(')
      at_start = false;
  }
  return out;
}

}  // namespace

struct Selector::Compiled {
  explicit Compiled(xmlXPathCompExprPtr given) : expression(given) {}
  ~Compiled() { xmlXPathFreeCompExpr(expression); }
  Compiled(const Compiled&) = delete;
  Compiled& operator=(const Compiled&) = delete;
  xmlXPathCompExprPtr expression;
};

Result<Selector> Selector::parse(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\n");
  if (first == std::string_view::npos) return Error{ErrorCode::invalid_argument, "the selector is empty", {}};
  text = text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
  if (text.size() > kSelectorBytesMax)
    return Error{
        ErrorCode::invalid_argument, fmt::format("the selector has more than {} bytes", kSelectorBytesMax), {}};
  Selector selector;
  if (is_xpath(text)) {
    selector.xpath_ = relative(text);
  } else {
    auto path = xpath_of_css(text);
    if (!path) return path.error();
    selector.xpath_ = std::move(*path);
  }
  const Context context = new_context(nullptr);
  xmlXPathCompExprPtr compiled =
      context ? xmlXPathCtxtCompile(context.get(), xml_chars(selector.xpath_.c_str())) : nullptr;
  if (compiled == nullptr)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("'{}' is no selector: neither XPath nor CSS can be read from it", text),
                 {}};
  selector.compiled_ = std::make_shared<const Compiled>(compiled);
  return selector;
}

std::vector<const xmlNode*> Selector::all(const xmlNode& node) const {
  std::vector<const xmlNode*> out;
  const Context context = new_context(node.doc);
  if (!context) return out;
  // libxml2 takes what it does not change as if it would.
  context->node = const_cast<xmlNode*>(&node);
  const std::unique_ptr<xmlXPathObject, decltype(&xmlXPathFreeObject)> found(
      xmlXPathCompiledEval(compiled_->expression, context.get()), &xmlXPathFreeObject);
  if (!found || found->type != XPATH_NODESET || found->nodesetval == nullptr) return out;
  xmlXPathNodeSetSort(found->nodesetval);
  for (int i = 0; i < found->nodesetval->nodeNr; ++i)
    if (const xmlNode* const part = found->nodesetval->nodeTab[i]; part->type != XML_NAMESPACE_DECL)
      out.push_back(part);
  return out;
}

const xmlNode* Selector::first(const xmlNode& node) const {
  const auto found = all(node);
  return found.empty() ? nullptr : found.front();
}

std::string Selector::text(const xmlNode& node) const {
  for (const xmlNode* const part : all(node))
    if (std::string said = said_by(*part); !said.empty()) return said;
  return {};
}

std::string said_by(const xmlNode& part) {
  if (part.type != XML_ATTRIBUTE_NODE) return text_under(part);
  std::string out;
  for (const xmlNode* text = part.children; text != nullptr; text = text->next)
    if (text->type == XML_TEXT_NODE && text->content != nullptr) out += reinterpret_cast<const char*>(text->content);
  return out;
}

}  // namespace entente::importers
