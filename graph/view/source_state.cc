#include "graph/view/source_state.h"

#include <iterator>
#include <utility>

namespace entente::graph {

Result<std::vector<StateRow>> all_states(SourceStates& states, std::string_view source) {
  constexpr std::size_t kPage = 1000;
  std::vector<StateRow> out;
  std::optional<std::string> after;
  while (true) {
    auto page = states.states(source, after, kPage);
    if (!page) return page.error();
    const bool last = page->size() < kPage;
    if (!page->empty()) after = page->back().item;
    std::move(page->begin(), page->end(), std::back_inserter(out));
    if (last) return out;
  }
}

}  // namespace entente::graph
