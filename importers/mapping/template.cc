#include "importers/mapping/template.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "base/ascii.h"

namespace entente::importers {

Result<RowTemplate> RowTemplate::parse(std::string_view text) {
  RowTemplate out;
  std::string plain;
  int group = 0;
  int groups = 0;
  const auto flush = [&] {
    if (!plain.empty()) out.parts_.push_back({std::exchange(plain, {}), {}, Cut::none, group});
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool mark = c == '{' || c == '}' || c == '[' || c == ']';
    if (mark && at + 1 < text.size() && text[at + 1] == c) {
      plain.push_back(c);
      ++at;
    } else if (c == '[' && group == 0) {
      flush();
      group = ++groups;
    } else if (c == ']' && group != 0) {
      flush();
      group = 0;
    } else if (c == '{') {
      const std::size_t end = text.find('}', at);
      if (end == std::string_view::npos) return Error{ErrorCode::invalid_argument, fmt::format("'{}': a {{ without its }}", text), {}};
      flush();
      Part part;
      part.group = group;
      std::string_view names = text.substr(at + 1, end - at - 1);
      if (names.ends_with(":first")) part.cut = Cut::first;
      if (names.ends_with(":last")) part.cut = Cut::last;
      if (part.cut != Cut::none) names = names.substr(0, names.rfind(':'));
      while (true) {
        const std::size_t bar = names.find('|');
        part.columns.emplace_back(names.substr(0, bar));
        if (part.columns.back().empty()) return Error{ErrorCode::invalid_argument, fmt::format("'{}': {{}} names no column", text), {}};
        if (bar == std::string_view::npos) break;
        names.remove_prefix(bar + 1);
      }
      out.parts_.push_back(std::move(part));
      at = end;
    } else if (mark) {
      return Error{ErrorCode::invalid_argument, fmt::format("'{}': a {} too many", text, c), {}};
    } else {
      plain.push_back(c);
    }
  }
  if (group != 0) return Error{ErrorCode::invalid_argument, fmt::format("'{}': a [ without its ]", text), {}};
  flush();
  return out;
}

std::string RowTemplate::cell(const Part& part, const TableRow& row) const {
  std::string_view value;
  for (const std::string& column : part.columns)
    if (value = row.find(column); !value.empty()) break;
  if (part.cut == Cut::first) value = value.substr(0, value.find(','));
  if (part.cut == Cut::last && value.rfind(',') != std::string_view::npos) value.remove_prefix(value.rfind(',') + 1);
  return std::string(ascii_trimmed(value));
}

std::string RowTemplate::render(const TableRow& row) const {
  std::set<int> left_out;
  for (const Part& part : parts_)
    if (part.group != 0 && !part.columns.empty() && cell(part, row).empty()) left_out.insert(part.group);
  std::string out;
  for (const Part& part : parts_)
    if (!left_out.contains(part.group)) out += part.columns.empty() ? part.text : cell(part, row);
  return out;
}

}  // namespace entente::importers
