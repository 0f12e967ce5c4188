// Ids that a person can type, each kind its own type: an entity's id cannot be passed where an event's is meant.
#pragma once

#include <compare>
#include <functional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace entente {

template <class Tag>
class StrongId {
 public:
  StrongId() = default;
  explicit StrongId(std::string text) : text_(std::move(text)) {}

  const std::string& str() const { return text_; }
  bool empty() const { return text_.empty(); }

  friend auto operator<=>(const StrongId&, const StrongId&) = default;
  friend std::ostream& operator<<(std::ostream& out, const StrongId& id) { return out << id.text_; }

 private:
  std::string text_;
};

}  // namespace entente

template <class Tag>
struct std::hash<entente::StrongId<Tag>> {
  std::size_t operator()(const entente::StrongId<Tag>& id) const noexcept { return std::hash<std::string>{}(id.str()); }
};
