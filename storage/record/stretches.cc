#include "storage/record/stretches.h"

#include <algorithm>

namespace entente::storage {

using graph::Order;

std::string in_section(const std::string& start, Section section) {
  std::string out = start;
  out.push_back(static_cast<char>(section));
  return out;
}

Range days(Family family, const std::string& start, Section section, Day first, Day last) {
  Range range = starting_with(family, in_section(start, section));
  put_big_endian(range.lower, order_preserving(first));
  if (last == kAfterAllDays) return range;
  range.upper = in_section(start, section);
  put_big_endian(range.upper, order_preserving(last + 1));
  return range;
}

std::vector<Stretch> stretches_of(const RowFilter& filter, Day lookback, bool lasting, bool undated) {
  if (filter.undated) return undated ? std::vector<Stretch>{{Section::undated}} : std::vector<Stretch>();
  if (!filter.from && !filter.to)
    return undated ? std::vector<Stretch>{{Section::dated}, {Section::undated}}
                   : std::vector<Stretch>{{Section::dated}};
  const Day last = filter.to.value_or(kAfterAllDays);
  if (!filter.from || *filter.from < kBeforeAllDays + lookback + 1) return {{Section::dated, kBeforeAllDays, last}};
  const Day first = *filter.from - lookback;
  std::vector<Stretch> out{{Section::dated, first, last}};
  if (lasting)
    out.insert(filter.order == Order::newest_first ? out.end() : out.begin(),
               {Section::lasting, kBeforeAllDays, first - 1});
  return out;
}

std::string start_of(Whose whose) {
  std::string start;
  if (whose.with == 0) {
    put_big_endian(start, whose.entity);
  } else {
    put_big_endian(start, std::min(whose.entity, whose.with));
    put_big_endian(start, std::max(whose.entity, whose.with));
  }
  return start;
}

}  // namespace entente::storage
