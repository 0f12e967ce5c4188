#include "graph/model/ids.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace entente::graph {

std::optional<EntityKind> kind_of(const EntityId& id) {
  const auto colon = id.str().find(':');
  if (colon == std::string::npos || colon + 1 == id.str().size()) return std::nullopt;
  return kind_of_prefix(std::string_view(id.str()).substr(0, colon));
}

EntityId country_id(std::string_view code) { return EntityId(fmt::format("country:{}", code)); }

std::string_view country_code(const EntityId& id) {
  constexpr std::string_view kPrefix = "country:";
  return id.str().starts_with(kPrefix) ? std::string_view(id.str()).substr(kPrefix.size()) : std::string_view();
}

EntityId official_id(const EntityId& of, std::string_view name) {
  const auto colon = of.str().find(':');
  const auto owner = colon == std::string::npos ? std::string_view(of.str()) : std::string_view(of.str()).substr(colon + 1);
  return EntityId(fmt::format("official:{}/{}", owner, slug(name)));
}

EntityId forum_id(std::string_view name) {
  constexpr std::string_view kArticle = "-the-";
  std::string words = fmt::format("-{}", slug(name));
  for (std::size_t at = words.find(kArticle); at != std::string::npos; at = words.find(kArticle, at)) words.erase(at, kArticle.size() - 1);
  return EntityId(fmt::format("forum:{}", std::string_view(words).substr(1)));
}

std::string hex_digits(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

}  // namespace entente::graph
