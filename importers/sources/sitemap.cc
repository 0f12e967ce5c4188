#include "importers/sources/sitemap.h"

#include <fmt/format.h>
#include <libxml/xmlreader.h>

#include <limits>
#include <memory>

#include "base/ascii.h"
#include "importers/clean/dates.h"

namespace entente::importers {
namespace {

using Reader = std::unique_ptr<xmlTextReader, decltype(&xmlFreeTextReader)>;

std::string_view chars(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// One after the other, so that the memory needed is that of the list and not of a tree.
class Walk {
 public:
  explicit Walk(const Url& base) : base_(base) {}

  Result<Sitemap> run(xmlTextReader* reader) {
    bool known = false;
    while (xmlTextReaderRead(reader) == 1) {
      const int kind = xmlTextReaderNodeType(reader);
      const auto name = chars(xmlTextReaderConstLocalName(reader));
      if (kind == XML_READER_TYPE_ELEMENT) {
        if (xmlTextReaderDepth(reader) == 0) {
          if (name != "urlset" && name != "sitemapindex")
            return Error{ErrorCode::invalid_argument,
                         fmt::format("it is no sitemap: it begins with <{:.40}>, and a sitemap with <urlset> or "
                                     "<sitemapindex>",
                                     name),
                         {}};
          known = true;
        }
        open(name);
      } else if (kind == XML_READER_TYPE_END_ELEMENT) {
        close(name);
      } else if (kind == XML_READER_TYPE_TEXT || kind == XML_READER_TYPE_CDATA) {
        if (text_.size() < kUrlBytesMax) text_ += chars(xmlTextReaderConstValue(reader));
      }
    }
    if (!known) return Error{ErrorCode::invalid_argument, "it is no sitemap: there is no element in it", {}};
    // What was read before a break is as good as without it.
    return std::move(out_);
  }

 private:
  void open(std::string_view name) {
    text_.clear();
    if (name == "url" || name == "sitemap") item_ = {};
    if (name == "image" || name == "video") ++aside_;
  }
  void close(std::string_view name) {
    if (name == "image" || name == "video") {
      if (aside_ > 0) --aside_;
    } else if (aside_ == 0) {
      take(name);
    }
    text_.clear();
  }
  void take(std::string_view name) {
    const std::string_view text = ascii_trimmed(text_);
    if (name == "loc") {
      if (const auto url = resolve_url(base_, text)) item_.url = url->to_text();
    } else if (name == "lastmod") {
      item_.changed = text;
    } else if (name == "publication_date") {
      if (const auto found = find_date(text, "en")) item_.date = found->date;
    } else if (name == "title") {
      item_.title = text;
    } else if ((name == "url" || name == "sitemap") && !item_.url.empty()) {
      auto& list = name == "url" ? out_.pages : out_.maps;
      if (list.size() < kItemsMax) list.push_back(std::move(item_));
      item_ = {};
    }
  }

  const Url& base_;
  Sitemap out_;
  ListedPage item_;
  std::string text_;
  int aside_ = 0;
};

Result<Sitemap> read_lines(std::string_view text, const Url& base) {
  Sitemap out;
  while (!text.empty() && out.pages.size() < kItemsMax) {
    const auto end = text.find('\n');
    const std::string_view line = ascii_trimmed(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.starts_with("http")) continue;
    if (const auto url = resolve_url(base, line)) out.pages.push_back({url->to_text(), {}, {}, {}, {}});
  }
  if (out.pages.empty())
    return Error{ErrorCode::invalid_argument, "it is no sitemap: neither XML nor a list of addresses", {}};
  return out;
}

}  // namespace

Result<Sitemap> read_sitemap(std::string_view text, const Url& base) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Error{ErrorCode::invalid_argument, "there is nothing in it", {}};
  text.remove_prefix(first);
  if (text.front() != '<') return read_lines(text, base);
  if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max()))
    return Error{ErrorCode::too_large, "it has more than 2 GiB", {}};
  const Reader reader(xmlReaderForMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                         XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NONET),
                      &xmlFreeTextReader);
  if (!reader) return Error{ErrorCode::io, "libxml2 has no memory", {}};
  return Walk(base).run(reader.get());
}

}  // namespace entente::importers
