#include "storage/record/dictionary.h"

#include <limits>

#include "base/bytes.h"

namespace entente::storage {

Result<std::optional<EntityNumber>> find_number(const TableView& view, const std::string& id) {
  if (const auto remembered = view.remembered_number(id)) return remembered;
  std::string hash;
  put_big_endian(hash, fnv1a64(id));
  std::optional<EntityNumber> found;
  const auto walked = for_each_row<TermNumberKey, Present>(
      view, starting_with(Family::term_numbers, hash), [&](const TermNumberKey& key, const Present&) -> Result<bool> {
        const auto known = id_of(view, key.number);
        if (!known) return known.error();
        if (*known == id) found = key.number;
        return !found.has_value();
      });
  if (!walked) return walked.error();
  if (found) view.remember_number(id, *found);
  return found;
}

Result<EntityNumber> number_for(Batch& batch, const std::string& id) {
  const auto known = find_number(batch, id);
  if (!known) return known.error();
  if (known->has_value()) return **known;
  const std::string counter = encode_key(MetaKey{MetaName::next_number});
  const auto next = get_row<Number>(batch, Family::meta, counter);
  if (!next) return next.error();
  const std::uint64_t value = next->has_value() ? (*next)->value : 1;
  if (value > std::numeric_limits<EntityNumber>::max())
    return Error{ErrorCode::too_large, "the store has given all its numbers for entities; split it into several", {}};
  const auto number = static_cast<EntityNumber>(value);
  put_row(batch, Family::meta, counter, Number{value + 1});
  put_row(batch, Family::terms, encode_key(TermKey{number}), PlainText{id});
  put_row(batch, Family::term_numbers, encode_key(TermNumberKey{fnv1a64(id), number}), Present{});
  batch.remember_number(id, number);
  return number;
}

Result<std::string> id_of(const TableView& view, EntityNumber number) {
  const std::string key = encode_key(TermKey{number});
  auto text = get_row<PlainText>(view, Family::terms, key);
  if (!text) return text.error();
  if (!text->has_value()) return corrupt_row(Family::terms, key);
  return std::move((*text)->text);
}

}  // namespace entente::storage
