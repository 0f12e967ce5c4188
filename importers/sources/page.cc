#include "importers/sources/page.h"

#include <fmt/format.h>

#include <variant>

#include "base/bytes.h"
#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/read/sniff.h"
#include "importers/sources/xml.h"

namespace entente::importers {
namespace {

// A day of grace: where the site stands it may be tomorrow already.
constexpr Day kGraceDays = 1;

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '<')
      out += "&lt;";
    else if (c == '&')
      out += "&amp;";
    else
      out += c;
  }
  return out;
}

// The parts of the page that the source's selectors name, as a page of their own.
struct Selected {
  std::string html;
  std::string title;
  std::optional<CivilDate> date;
};

Selected select_parts(const SourceConfig& source, const std::string& text) {
  Selected out;
  const XmlDocument document = html_tree(text);
  const xmlNode* const root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (root == nullptr) return out;
  if (source.page_title) out.title = source.page_title->text(*root);
  if (source.page_date)
    if (const auto found = find_date(source.page_date->text(*root), source.language)) out.date = found->date;
  if (source.body) {
    std::string body;
    for (const xmlNode* const part : source.body->all(*root)) body += html_of(*part);
    if (!body.empty())
      out.html = fmt::format(
          "<!DOCTYPE html><html lang=\"{}\"><head><title>{}</title></head><body><article>{}</article></body></html>",
          source.language, escaped(out.title), body);
  }
  return out;
}

std::uint64_t hash_of_words(std::string_view text) {
  std::uint64_t hash = fnv1a64({});
  bool blank = true;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!is_blank) hash = fnv1a64(std::string_view(&c, 1), hash);
    if (is_blank && !blank) hash = fnv1a64(" ", hash);
    blank = is_blank;
  }
  return hash;
}

bool is_after(const std::optional<CivilDate>& date, CivilDate today) {
  return date && to_day(*date) > to_day(today) + kGraceDays;
}

}  // namespace

std::uint64_t events_in(const graph::Reading& reading) {
  std::uint64_t count = 0;
  for (const graph::Claim& claim : reading.claims)
    if (std::holds_alternative<graph::EventFacts>(claim.body)) ++count;
  return count;
}

Result<PageReading> read_page(const TextLine& line, const SourceConfig& source, Page page, CivilDate today) {
  Document document;
  document.name = std::move(page.name);
  document.publisher = source.publisher;
  document.bytes = std::move(page.bytes);
  PageReading out;
  std::string title = page.title;
  const bool binary = !binary_format_of(document.bytes).empty();
  const bool selects = source.body || source.page_title || source.page_date;
  // Bytes that are UTF-8 are read as such by the line itself; where they are not, the header may know.
  if (!binary && (selects || (!page.content_type.empty() && find_invalid_utf8(document.bytes))))
    document.bytes = "\xEF\xBB\xBF" + as_utf8(document.bytes, page.content_type);
  if (selects && !binary) {
    Selected selected = select_parts(source, document.bytes.substr(3));
    if (!selected.title.empty()) title = selected.title;
    if (selected.date && !is_after(selected.date, today)) document.published = selected.date;
    if (!selected.html.empty())
      document.bytes = std::move(selected.html);
    else if (source.body)
      return Error{
          ErrorCode::invalid_argument, document.name + ": the selector for the body finds nothing on the page", {}};
  }
  if (is_after(page.dated, today)) {
    out.trouble = "the list dates it in the future, on " + to_iso(*page.dated) + "; that is not believed";
    page.dated.reset();
  }
  auto read = line.read(document);
  if (!read) return read.error();
  const auto published = read->reading.release.published;
  const bool in_future = is_after(published, today);
  if (in_future) out.trouble = "it dates itself in the future, on " + to_iso(*published) + "; that is not believed";
  if (in_future || (!published && page.dated)) {
    // Once more, for what "yesterday" means depends on it.
    document.published = page.dated ? *page.dated : today;
    read = line.read(document);
    if (!read) return read.error();
  }
  graph::Release& release = read->reading.release;
  if ((release.title.empty() || (source.page_title && !title.empty())) && !title.empty()) release.title = title;
  if (release.language.empty()) release.language = source.language;
  out.has_title = !release.title.empty();
  out.has_date = release.published.has_value() && !(in_future && !page.dated);
  out.events = events_in(read->reading);
  out.text_hash = hash_of_words(release.text);
  out.line = std::move(*read);
  return out;
}

}  // namespace entente::importers
