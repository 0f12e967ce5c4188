// The days on which the parts of a text were written: "Riyadh, October 04, 2025, SPA --" before a paragraph, "No: 272, 3 December
// 2024, Regarding ..." over one. What stands under them says "today" of that day, though the whole is put online later.
#include <algorithm>
#include <iterator>

#include "importers/emit/composer.h"

namespace entente::importers {
namespace {

constexpr std::size_t kItemsBeforeDayMax = 6;
constexpr Day kDaysBackMax = 31;  // from the publication to the oldest of its parts

bool is_mark(ItemKind kind) { return kind == ItemKind::comma || kind == ItemKind::stop || kind == ItemKind::open || kind == ItemKind::close; }

// "Doha, October 24": a town, and nothing but marks and its country before the day.
bool is_dateline(const Sentence& sentence, std::size_t day) {
  if (day == 0 || sentence.items[0].kind != ItemKind::actor || sentence.actors[sentence.items[0].index].kind != ActorKind::city) return false;
  return std::all_of(sentence.items.begin() + 1, sentence.items.begin() + static_cast<std::ptrdiff_t>(day), [](const Item& item) { return is_mark(item.kind) || item.kind == ItemKind::actor; });
}

// "No: 272, 3 December 2024": a number at most, and no meeting that the line names with its day.
bool is_numbered(const Sentence& sentence, std::size_t day) {
  return std::all_of(sentence.items.begin(), sentence.items.begin() + static_cast<std::ptrdiff_t>(day), [](const Item& item) { return item.kind == ItemKind::comma || item.kind == ItemKind::stop || item.kind == ItemKind::number || item.kind == ItemKind::word; });
}

}  // namespace

void Composer::find_written_days() {
  if (!published_) return;
  const std::vector<Sentence>& sentences = view_.sentences;
  for (std::uint32_t i = 0; i < sentences.size(); ++i) {
    const Sentence& sentence = sentences[i];
    if (i > 0 && sentences[i - 1].block == sentence.block) continue;
    std::size_t at = 0;
    while (at < sentence.items.size() && at <= kItemsBeforeDayMax && sentence.items[at].kind != ItemKind::date && sentence.items[at].kind != ItemKind::verb) ++at;
    if (at >= sentence.items.size() || sentence.items[at].kind != ItemKind::date) continue;
    const DateExpr& date = sentence.dates[sentence.items[at].index];
    if (date.kind != DateExpr::Kind::calendar || !date.first.day || !date.first.month || date.last) continue;
    const bool alone = i + 1 < sentences.size() && sentences[i + 1].block != sentence.block;
    const bool over_text = alone && date.first.year && is_numbered(sentence, at) && std::none_of(sentence.verbs.begin(), sentence.verbs.end(), [](const VerbGroup& verb) { return verb.finite; });
    if (!over_text && !is_dateline(sentence, at)) continue;
    DateContext context;
    context.published = published_;
    context.tense = Tense::past;
    const auto day = resolve_date(date, context);
    if (!day || !day->is_day() || !day->earliest() || *day->earliest() > to_day(*published_) || *day->earliest() + kDaysBackMax < to_day(*published_)) continue;
    written_.emplace_back(i, to_civil(*day->earliest()));
  }
}

std::optional<CivilDate> Composer::written_on(std::uint32_t sentence) const {
  const auto next = std::upper_bound(written_.begin(), written_.end(), sentence, [](std::uint32_t at, const auto& part) { return at < part.first; });
  return next == written_.begin() ? published_ : std::prev(next)->second;
}

}  // namespace entente::importers
