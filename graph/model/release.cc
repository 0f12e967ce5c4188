#include "graph/model/release.h"

#include <fmt/format.h>

#include "base/bytes.h"

namespace entente::graph {

ReleaseId release_id(std::string_view url, std::string_view text) {
  return ReleaseId(fmt::format("release:{}", hex_digits(fnv1a64(url.empty() ? text : url))));
}

std::uint64_t content_hash(const Release& release) {
  std::uint64_t hash = fnv1a64(release.text);
  hash = fnv1a64(release.title, hash);
  hash = fnv1a64(release.publisher, hash);
  return fnv1a64(release.published ? to_iso(*release.published) : std::string("undated"), hash);
}

}  // namespace entente::graph
