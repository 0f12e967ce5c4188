#include <array>
#include <charconv>
#include <utility>

#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

constexpr std::array<std::pair<std::string_view, Sign>, static_cast<std::size_t>(Sign::count_)> kSigns{{
    {"told_by_noun", Sign::told_by_noun}, {"told_by_forum", Sign::told_by_forum}, {"told_by_act", Sign::told_by_act},
    {"background", Sign::background}, {"known_before", Sign::known_before}, {"undated", Sign::undated},
    {"date_of_release", Sign::date_of_release}, {"year_inferred", Sign::year_inferred}, {"not_occurred", Sign::not_occurred},
    {"subject_left_out", Sign::subject_left_out}, {"own_side_added", Sign::own_side_added}, {"no_person", Sign::no_person},
    {"many_parties", Sign::many_parties}, {"told_again", Sign::told_again}, {"far_apart", Sign::far_apart},
}};

}  // namespace

std::optional<Sign> parse_sign(std::string_view name) {
  for (const auto& [text, sign] : kSigns)
    if (text == name) return sign;
  return std::nullopt;
}

std::string_view to_string(Sign sign) {
  for (const auto& [text, value] : kSigns)
    if (value == sign) return text;
  return "?";
}

Result<void> load_confidence(const LoadContext& context) {
  ConfidenceWeights& weights = context.tables->confidence;
  return each_row(context, "any/confidence.tsv", {"sign", "weight"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
    const std::string& name = table.cell(row, 0);
    const std::string& text = table.cell(row, 1);
    double weight = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), weight);
    if (code != std::errc{} || end != text.data() + text.size() || !(weight > -20 && weight < 20))
      return table.error_at(row, "'" + text + "': a weight is a number between -20 and 20");
    if (name == "base") weights.base = weight;
    else if (name == "rule") weights.rule = weight;
    else if (const auto sign = parse_sign(name)) weights.of[static_cast<std::size_t>(*sign)] = weight;
    else return table.error_at(row, "'" + name + "' is no sign of trust");
    return {};
  });
}

}  // namespace entente::importers
