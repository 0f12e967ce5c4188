#include "importers/emit/confidence.h"

#include <algorithm>
#include <cmath>

namespace entente::importers {
namespace {

constexpr double kLowest = 0.02;
constexpr double kHighest = 0.99;
constexpr std::uint32_t kFarBytes = 300;

}  // namespace

Signs signs_of(const Story& story) {
  Signs signs = story.signs;
  const auto set = [&](Sign sign, bool so) { signs[static_cast<std::size_t>(sign)] = so; };
  set(Sign::told_by_noun, story.rule.ends_with(".noun"));
  set(Sign::told_by_forum, story.rule.ends_with(".forum"));
  set(Sign::told_by_act, story.rule.ends_with(".act"));
  set(Sign::background, story.background);
  set(Sign::known_before, story.anaphoric);
  set(Sign::undated, !story.date.has_value());
  set(Sign::not_occurred, story.status != graph::Status::occurred);
  set(Sign::no_person, story.persons.empty());
  set(Sign::many_parties, story.parties.size() > 2);
  set(Sign::told_again, story.evidence.size() > 1);
  const bool far = std::any_of(story.evidence.begin(), story.evidence.end(), [](const graph::Span& span) { return span.end - span.begin > kFarBytes; });
  set(Sign::far_apart, far);
  return signs;
}

double confidence_of(const Story& story, const Signs& signs, const ConfidenceWeights& weights) {
  const double rule = std::clamp(story.confidence, kLowest, kHighest);
  double sum = weights.base + weights.rule * std::log(rule / (1 - rule));
  for (std::size_t i = 0; i < signs.size(); ++i)
    if (signs[i]) sum += weights.of[i];
  return std::clamp(1 / (1 + std::exp(-sum)), kLowest, kHighest);
}

std::string to_string(const Signs& signs) {
  std::string text;
  for (std::size_t i = 0; i < signs.size(); ++i)
    if (signs[i]) text += std::string(text.empty() ? "" : " ") + std::string(to_string(static_cast<Sign>(i)));
  return text;
}

}  // namespace entente::importers
