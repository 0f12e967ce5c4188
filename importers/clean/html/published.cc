#include "importers/clean/html/published.h"

#include <algorithm>

#include "importers/clean/dates.h"

namespace entente::importers::html {
namespace {

constexpr std::size_t kLeavesAroundTitle = 6;
constexpr std::uint32_t kDateLineLettersMax = 90;
constexpr std::size_t kLabelledLinesMax = 12;
constexpr std::uint32_t kLabelLettersMax = 30;
constexpr std::uint32_t kRunningLettersMin = 80;

}  // namespace

std::optional<CivilDate> PublishedDate::find() const {
  if (const auto date = labelled()) return date;
  if (const auto date = before_title()) return date;
  if (const auto date = near_title()) return date;
  return at_the_end();
}

bool PublishedDate::says_when(std::size_t index, const std::optional<CivilDate>& published) const {
  const Leaf& leaf = flow_.leaves[index];
  if (leaf.kind == BlockKind::heading || leaf.letters > kDateLineLettersMax) return false;
  const auto text = flow_.text_of(leaf);
  if (tells_of_change(text, boilerplate_)) return !is_prose(leaf) && find_date(text, language_).has_value();
  const auto date = bare_in(index);
  return date && (date == published || leaf.in_time || leaf.kind == BlockKind::table_row);
}

// The label that is nearest to the title; those under the body come after those around the title, and what stands in a
// menu or in a list of other pages says nothing of this one.
std::optional<CivilDate> PublishedDate::labelled() const {
  const std::size_t centre = title_.value_or(body_.begin);
  std::optional<CivilDate> best;
  std::size_t best_distance = 0;
  const auto runs = [this](std::size_t leaf) { return is_prose(flow_.leaves[leaf]) && flow_.leaves[leaf].letters >= kRunningLettersMin; };
  std::size_t first_prose = body_.begin;
  while (first_prose < body_.end && !runs(first_prose)) ++first_prose;
  std::size_t body_end = body_.leaves.empty() ? body_.end : body_.leaves.back() + 1;
  while (body_end > first_prose && !runs(body_end - 1)) --body_end;
  for (std::size_t i = 0; i < flow_.leaves.size(); ++i) {
    // Inside the release a labelled date is that of what it tells of ("Date: 5 May, venue: Seoul").
    if (i >= first_prose && i < body_end) continue;
    const bool under = i >= first_prose;
    const std::size_t apart = under ? i - body_end : i > centre ? i - centre : centre - i;
    if (judgements_[i] == Judgement::card || (judgements_[i] == Judgement::chrome && apart > kLeavesAroundTitle)) continue;
    const std::size_t distance = apart + (under ? 1000 : i < centre ? 1 : 0);
    if (best && distance >= best_distance) continue;
    if (const auto date = labelled_in(i)) {
      best = date;
      best_distance = distance;
    }
  }
  return best;
}

std::optional<CivilDate> PublishedDate::labelled_in(std::size_t index) const {
  const Leaf& leaf = flow_.leaves[index];
  if (leaf.letters < 6 || leaf.letters > kDateTextBytesMax) return std::nullopt;
  std::string_view rest = flow_.text_of(leaf);
  for (std::size_t dates = 0; dates < kLabelledLinesMax; ++dates) {
    const auto found = find_date(rest, language_);
    if (!found) return std::nullopt;
    std::string_view before = rest.substr(0, found->begin);
    if (const auto line = before.find_last_of('\n'); line != std::string_view::npos) before.remove_prefix(line + 1);
    // Terms and their definitions, columns of a head: the label is a leaf of its own.
    if (boilerplate_key(before).empty() && index > 0 && flow_.leaves[index - 1].letters <= kLabelLettersMax)
      before = flow_.text_of(flow_.leaves[index - 1]);
    if (label_before_date(without_weekday(before), boilerplate_) == DateLabel::published) return found->date;
    rest.remove_prefix(found->end);
  }
  return std::nullopt;
}

// "23 September 2023 Readout of ...": in the leaf of the title itself.
std::optional<CivilDate> PublishedDate::before_title() const {
  if (!title_) return std::nullopt;
  const auto whole = flow_.text_of(flow_.leaves[*title_]);
  const auto title = title_text(flow_, *title_, boilerplate_);
  const auto found = find_date(whole.substr(0, static_cast<std::size_t>(title.data() - whole.data())), language_);
  return found ? std::optional(found->date) : std::nullopt;
}

// After the title first, then before it; a <time> anywhere there goes before a date in other words.
std::optional<CivilDate> PublishedDate::near_title() const {
  const std::size_t centre = title_.value_or(body_.begin);
  const std::size_t last = std::min(flow_.leaves.size(), centre + kLeavesAroundTitle + 1);
  const std::size_t first = centre - std::min(centre, kLeavesAroundTitle);
  for (const bool in_time : {true, false}) {
    for (std::size_t i = centre + (title_ ? 1U : 0U); i < last; ++i)
      if (flow_.leaves[i].in_time >= in_time)
        if (const auto date = bare_in(i)) return date;
    for (std::size_t i = centre; i-- > first;)
      if (flow_.leaves[i].in_time >= in_time && flow_.leaves[i].link_letters == 0)
        if (const auto date = bare_in(i)) return date;
  }
  return std::nullopt;
}

// A release that is signed and dated below: "Putrajaya, 25 January 2022".
std::optional<CivilDate> PublishedDate::at_the_end() const {
  std::size_t looked_at = 0;
  for (auto leaf = body_.leaves.rbegin(); leaf != body_.leaves.rend() && looked_at < 4; ++leaf, ++looked_at)
    if (flow_.leaves[*leaf].letters <= 50)
      if (const auto date = bare_in(*leaf)) return date;
  // The line under the release, outside of what was taken for it.
  for (std::size_t i = body_.end; i < std::min(flow_.leaves.size(), body_.end + 3); ++i)
    if (is_date_line(flow_.text_of(flow_.leaves[i]), language_))
      if (const auto date = bare_in(i)) return date;
  return std::nullopt;
}

std::optional<CivilDate> PublishedDate::bare_in(std::size_t index) const {
  const Leaf& leaf = flow_.leaves[index];
  if (leaf.letters > kDateLineLettersMax) return std::nullopt;
  const auto text = flow_.text_of(leaf);
  if (tells_of_change(text, boilerplate_)) return std::nullopt;
  // "3 May 2021", a line end, and the title once more.
  const auto line = text.substr(0, std::min(text.find('\n'), text.size()));
  if (line.size() < text.size() && leaf.kind == BlockKind::paragraph && is_date_line(line, language_))
    if (const auto alone = find_date(line, language_)) return alone->date;
  const auto found = find_date(text, language_);
  if (!found || label_before_date(text.substr(0, found->begin), boilerplate_) == DateLabel::changed) return std::nullopt;
  // A sentence with a date in it tells of something else; so do the items of a list and the rows of a table.
  const std::size_t beside = text.size() - (found->end - found->begin);
  const bool sentence = beside > 60 || (beside > 24 && text.ends_with('.'));
  if (sentence && leaf.kind != BlockKind::table_row) return std::nullopt;
  if (leaf.kind == BlockKind::list_item && !is_date_line(text, language_)) return std::nullopt;
  if (leaf.kind == BlockKind::table_row && (is_dated_row(index + 1) || (index > 0 && is_dated_row(index - 1))))
    return std::nullopt;
  return found->date;
}

bool PublishedDate::is_dated_row(std::size_t index) const {
  return index < flow_.leaves.size() && flow_.leaves[index].kind == BlockKind::table_row &&
         find_date(flow_.text_of(flow_.leaves[index]), language_).has_value();
}

}  // namespace entente::importers::html
