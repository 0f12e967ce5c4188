#include "importers/mapping/xml_rows.h"

#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <system_error>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"

namespace entente::importers {
namespace {

constexpr int kDepthMax = 8;
constexpr std::size_t kCellsMax = 1000;

struct FreeReader {
  void operator()(xmlTextReader* reader) const { xmlFreeTextReader(reader); }
};

std::string_view text_of(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// What libxml2 would say on standard error.
struct Complaint {
  std::string text;
  int line = 0;
};
void note(void* complaint, const char* message, xmlParserSeverities /*severity*/, xmlTextReaderLocatorPtr where) {
  auto& into = *static_cast<Complaint*>(complaint);
  if (!into.text.empty()) return;
  into.text = std::string(ascii_trimmed(message));
  into.line = xmlTextReaderLocatorLineNumber(where);
}

void add_cells(const xmlNode& element, const std::string& name, int depth, TableRow& row) {
  if (row.cells.size() > kCellsMax || depth > kDepthMax) return;
  for (const xmlAttr* attribute = element.properties; attribute != nullptr; attribute = attribute->next) {
    std::string value;
    for (const xmlNode* part = attribute->children; part != nullptr; part = part->next) value += text_of(part->content);
    row.cells.emplace_back(name + "@" + std::string(text_of(attribute->name)), std::move(value));
  }
  std::string text;
  for (const xmlNode* child = element.children; child != nullptr; child = child->next) {
    if (child->type == XML_ELEMENT_NODE) add_cells(*child, name.empty() ? std::string(text_of(child->name)) : name + "/" + std::string(text_of(child->name)), depth + 1, row);
    if (child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) text += text_of(child->content);
  }
  text = collapse_blanks(text);
  if (text.empty()) return;
  for (auto& [known, value] : row.cells)
    if (known == name) {
      value += "; " + text;  // an element that is there twice
      return;
    }
  row.cells.emplace_back(name, std::move(text));
}

class XmlRows final : public RowReader {
 public:
  XmlRows(std::filesystem::path path, std::string element, std::unique_ptr<xmlTextReader, FreeReader> reader, std::uint64_t bytes)
      : path_(std::move(path)), element_(std::move(element)), reader_(std::move(reader)), bytes_(bytes) {
    xmlTextReaderSetErrorHandler(reader_.get(), &note, &complaint_);
  }

  Result<bool> next(TableRow& row) override {
    int more = inside_ ? xmlTextReaderNext(reader_.get()) : xmlTextReaderRead(reader_.get());
    inside_ = false;
    for (; more == 1; more = xmlTextReaderRead(reader_.get())) {
      if (xmlTextReaderNodeType(reader_.get()) != XML_READER_TYPE_ELEMENT || text_of(xmlTextReaderConstLocalName(reader_.get())) != element_) continue;
      inside_ = true;
      const xmlNode* const node = xmlTextReaderExpand(reader_.get());
      if (node == nullptr) break;
      row.line = static_cast<std::uint64_t>(xmlTextReaderGetParserLineNumber(reader_.get()));
      row.cells.clear();
      add_cells(*node, "", 0, row);
      return true;
    }
    if (more == 0) return false;
    return Error{ErrorCode::corrupt, fmt::format("{}:{}: {}", path_.string(), complaint_.line, complaint_.text.empty() ? "no XML" : complaint_.text), {}};
  }
  double part() const override {
    const long at = xmlTextReaderByteConsumed(reader_.get());
    return bytes_ == 0 || at < 0 ? 0 : static_cast<double>(at) / static_cast<double>(bytes_);
  }

 private:
  std::filesystem::path path_;
  std::string element_;
  std::unique_ptr<xmlTextReader, FreeReader> reader_;
  std::uint64_t bytes_;
  Complaint complaint_;
  bool inside_ = false;
};

}  // namespace

Result<std::unique_ptr<RowReader>> open_xml_rows(const std::filesystem::path& path, const std::string& element) {
  std::error_code code;
  if (!std::filesystem::is_regular_file(path, code)) return Error{ErrorCode::not_found, fmt::format("{}: there is no such file", path.string()), {}};
  std::unique_ptr<xmlTextReader, FreeReader> reader(
      xmlReaderForFile(path.c_str(), nullptr, XML_PARSE_NONET | XML_PARSE_NOWARNING | XML_PARSE_NOERROR | XML_PARSE_COMPACT));
  if (!reader) return Error{ErrorCode::io, fmt::format("{} cannot be read", path.string()), {}};
  const auto bytes = std::filesystem::file_size(path, code);
  return std::unique_ptr<RowReader>(std::make_unique<XmlRows>(path, element, std::move(reader), code ? 0 : bytes));
}

}  // namespace entente::importers
