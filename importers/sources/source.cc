#include "importers/sources/source.h"

#include <algorithm>
#include <array>
#include <utility>

namespace entente::importers {
namespace {

constexpr std::array kKinds{
    std::pair{SourceKind::feed, "feed"},       std::pair{SourceKind::sitemap, "sitemap"},
    std::pair{SourceKind::listing, "listing"}, std::pair{SourceKind::json, "json"},
    std::pair{SourceKind::folder, "folder"},   std::pair{SourceKind::maildir, "maildir"},
    std::pair{SourceKind::warc, "warc"},       std::pair{SourceKind::table, "table"},
};

}  // namespace

std::string_view to_string(SourceKind kind) {
  for (const auto& [known, text] : kKinds)
    if (known == kind) return text;
  return "?";
}

std::optional<SourceKind> source_kind_from(std::string_view text) {
  for (const auto& [kind, known] : kKinds)
    if (text == known) return kind;
  return std::nullopt;
}

bool takes_path(const SourceConfig& source, std::string_view path_and_query) {
  const auto fits = [&](const std::string& pattern) { return matches_path(pattern, path_and_query); };
  if (std::any_of(source.exclude.begin(), source.exclude.end(), fits)) return false;
  return source.include.empty() || std::any_of(source.include.begin(), source.include.end(), fits);
}

}  // namespace entente::importers
