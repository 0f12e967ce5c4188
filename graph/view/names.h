// Names of entities for lookups by their start and by likeness, as written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graph/view/happening.h"
#include "graph/view/texts.h"

namespace entente::graph {

struct NamedEntity {
  EntityIx entity = kNoIndex;
  std::string_view name;  // borrowed from the index
};

struct NearName {
  EntityIx entity = kNoIndex;
  std::string_view name;
  std::uint32_t edits = 0;
};

class NameIndex {
 public:
  // Names that are longer are found by their start only.
  static constexpr std::size_t kFuzzyBytesMax = 64;

  void add(EntityIx entity, std::string_view name);
  // `renumbered[old]` is the number that an entity has from now on.
  void finish(const std::vector<EntityIx>& renumbered);

  // The first `limit` entities, by name and then by number, with a name that starts with these bytes. `skip` says how
  // many to leave out before them. An entity stands once, with the first of its names.
  void starting_with(std::string_view start, std::size_t limit, std::size_t skip, std::vector<NamedEntity>& out) const;
  // The `limit` nearest by the fewest single-character edits (insert, delete, change), then by number. An entity
  // stands once, with its nearest name.
  void near(std::string_view name, std::uint32_t edits_max, std::size_t limit, std::vector<NearName>& out) const;

  std::size_t size() const { return entities_.size(); }
  std::size_t memory_bytes() const;

 private:
  struct Group {  // the names of one length in bytes, with or without bytes outside ASCII
    std::uint32_t length = 0;
    bool ascii = false;
    std::vector<std::uint64_t> letters;  // which letters it has, once and twice
    std::vector<std::uint32_t> names;    // positions in names_
  };

  TextBlock names_;  // sorted
  std::vector<EntityIx> entities_;
  std::vector<Group> groups_;  // by length
};

// Which letters stand in a text at least once (low half) and at least twice (high half), folded to 32 classes: one
// edit changes at most two bits.
std::uint64_t letter_bits(std::string_view text);
// Edits between two texts counted in characters, at most `most` + 1.
std::uint32_t edits_between(std::string_view a, std::string_view b, std::uint32_t most);

}  // namespace entente::graph
