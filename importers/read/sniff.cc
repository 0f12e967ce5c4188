#include "importers/read/sniff.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/ascii.h"

namespace entente::importers {
namespace {

// "https://a.b/c/x.HTML?id=1#top" -> "html"
std::string ending_of(std::string_view name) {
  if (name.find("://") != std::string_view::npos) name = name.substr(0, name.find_first_of("?#"));
  const auto slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name = name.substr(slash + 1);
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lowered(name.substr(dot + 1));
}

std::optional<DocumentKind> kind_of_ending(std::string_view ending) {
  constexpr std::array kHtml{"html", "htm", "xhtml", "shtml", "mht", "aspx", "asp", "php", "jsp", "cfm", "do"};
  constexpr std::array kText{"txt", "text", "md", "asc"};
  const auto is = [ending](const char* known) { return ending == known; };
  if (std::any_of(kHtml.begin(), kHtml.end(), is)) return DocumentKind::html;
  if (std::any_of(kText.begin(), kText.end(), is)) return DocumentKind::text;
  if (ending == "json") return DocumentKind::record;
  return std::nullopt;
}

}  // namespace

std::string_view to_string(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::html:
      return "html";
    case DocumentKind::text:
      return "text";
    case DocumentKind::record:
      return "record";
  }
  return "text";
}

DocumentKind kind_of(std::string_view name, std::string_view text) {
  if (const auto known = kind_of_ending(ending_of(name))) return *known;
  const auto first = text.find_first_not_of(" \t\r\n\f");
  if (first == std::string_view::npos) return DocumentKind::text;
  if (text[first] == '{') return DocumentKind::record;
  if (text[first] != '<') return DocumentKind::text;
  const std::string head = ascii_lowered(text.substr(first, 2048));
  for (const std::string_view mark : {"<!doctype html", "<html", "<head", "<body", "<title", "<meta", "<table", "<div",
                                      "<article", "<p>", "<p ", "<h1"})
    if (head.find(mark) != std::string::npos) return DocumentKind::html;
  return DocumentKind::text;
}

std::string_view binary_format_of(std::string_view bytes) {
  using Pair = std::pair<std::string_view, std::string_view>;
  constexpr std::array kMarks{Pair{"%PDF-", "a PDF document"},
                              Pair{"PK\x03\x04", "a ZIP archive (a Word or Excel document, perhaps)"},
                              Pair{"\xD0\xCF\x11\xE0", "an old Word or Excel document"},
                              Pair{"\x1F\x8B", "compressed with gzip"},
                              Pair{"\x28\xB5\x2F\xFD", "compressed with zstd"},
                              Pair{"\x89PNG", "a PNG image"},
                              Pair{"\xFF\xD8\xFF", "a JPEG image"},
                              Pair{"GIF8", "a GIF image"},
                              Pair{"\x7F"
                                   "ELF",
                                   "a program"},
                              Pair{"{\\rtf", "an RTF document"}};
  for (const auto& [mark, format] : kMarks)
    if (bytes.substr(0, mark.size()) == mark) return format;
  return {};
}

}  // namespace entente::importers
