#include "importers/resolve/entries.h"

#include <algorithm>

#include "importers/resolve/cast.h"

namespace entente::importers {
namespace {

// What a short line is, when it is nothing else.
constexpr std::size_t kLabelItemsMax = 4;
constexpr std::uint32_t kOwnerLinesMax = 6;

enum class Line : std::uint8_t { other, traveller, place, date, place_and_date };

class EntryFinder {
 public:
  EntryFinder(const TextView& view, const Cast& cast) : view_(view), cast_(cast) {}

  std::vector<Entry> run() {
    const std::uint32_t count = static_cast<std::uint32_t>(view_.sentences.size());
    bool placed = false;
    std::uint32_t last_date = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
      const Line line = kind_of(i);
      // A date that stands at the head of a release and again at its foot is one.
      if (line == Line::date && (date_lines_ == 0 || !same_day(sentence(i).dates[0], sentence(last_date).dates[0]))) {
        ++date_lines_;
        last_date = i;
      }
      const std::uint32_t past = heading_from(i, line);
      placed = placed || past != i;
      if (past == i + 2) ++pairs_;
      if (line == Line::place_and_date && sentence(i).heading) ++placed_days_;
    }
    std::uint32_t i = 0;
    while (i < count) {
      if (const std::uint32_t past_row = row_from(i); past_row != i) {
        close(i);
        entries_.push_back(row(i, past_row));
        i = past_row;
        continue;
      }
      const Line line = kind_of(i);
      if (line == Line::traveller) {
        close(i);
        traveller_ = i;
        whence_ = country_above(i);
        ++i;
        continue;
      }
      const std::uint32_t past = heading_from(i, line);
      // The date of the release itself has its year.
      const bool of_schedule = date_lines_ > 1 || (line == Line::date && !sentence(i).dates[0].first.year && sentence(i).dates[0].first.day);
      if (past == i && line == Line::date && of_schedule && (!traveller_ || !placed)) {
        // A diary or schedule: what stands under a day happened on it.
        close(i);
        open_ = undated_place(i);
        open_->owner = traveller_ ? std::optional(traveller_of(sentence(*traveller_))) : owner_of_schedule();
        ++i;
        continue;
      }
      if (past == i) {
        ++i;
        continue;
      }
      close(i);
      // "TUESDAY, APRIL 9 – MONTEVIDEO", one of several: what stands under it was then and there.
      const bool day = line == Line::place_and_date && sentence(i).heading && placed_days_ > 1;
      if (traveller_) open(i, past);
      else if (day) open_day(i);
      else if (past == i + 2 && (pairs_ > 1 || !is_of_letterhead(i, past))) open_place(i, past);
      else close_block(i, past);
      i = past;
    }
    close(count);
    return std::move(entries_);
  }

 private:
  static bool same_day(const DateExpr& a, const DateExpr& b) { return a.first.day && a.first.day == b.first.day && a.first.month == b.first.month && a.first.year == b.first.year; }

  const Sentence& sentence(std::uint32_t i) const { return view_.sentences[i]; }

  // Where the line starts behind "Destination:" or "2.": the item.
  std::size_t past_label(const Sentence& line) const {
    if (line.items.size() > 3 && line.items[0].kind == ItemKind::open && line.items[1].kind == ItemKind::number && line.items[2].kind == ItemKind::close) return 3;  // "[1]"
    for (std::size_t i = 0; i < line.items.size() && i < kLabelItemsMax; ++i) {
      const Item& item = line.items[i];
      if (item.kind == ItemKind::date || (item.kind == ItemKind::actor && line.actors[item.index].kind != ActorKind::name)) return 0;
      if (item.kind != ItemKind::stop) continue;
      const std::string_view mark = view_.raw(item.begin, item.end);
      if (mark == ":" || (mark == "." && i == 1 && line.items[0].kind == ItemKind::number)) return i + 1;
    }
    return 0;
  }

  // A person with a post and nothing else; the place and time are in the lines below.
  bool is_traveller(const Sentence& line) const {
    const std::size_t first = past_label(line);
    if (first + 1 != line.items.size() || line.items[first].kind != ItemKind::actor) return false;
    const ActorMention& actor = line.actors[line.items[first].index];
    return actor.kind == ActorKind::person && actor.persons.size() == 1 && cast_.persons()[actor.persons[0]].has_post;
  }

  std::uint32_t traveller_of(const Sentence& line) const { return line.actors[line.items[past_label(line)].index].persons[0]; }

  // A country alone above a traveller is whence he came: a list of visits received.
  PartyIndex country_above(std::uint32_t i) const {
    if (i == 0) return kNoParty;
    const Sentence& line = sentence(i - 1);
    if (line.items.size() != 1 || line.items[0].kind != ItemKind::actor) return kNoParty;
    const ActorMention& actor = line.actors[line.items[0].index];
    return actor.kind == ActorKind::party && actor.parties.size() == 1 ? actor.parties[0] : kNoParty;
  }

  // "Riyadh, Prince Sultan Air Base, Saudi Arabia" under a traveller: behind the comma a state, before it whatever it is called by.
  bool is_place_of_journey(const Sentence& line) const {
    if (!traveller_ || !line.heading || !line.dates.empty() || !line.verbs.empty() || line.items.size() < 3) return false;
    const Item& last = line.items.back();
    if (last.kind != ItemKind::actor || line.items[line.items.size() - 2].kind != ItemKind::comma) return false;
    const ActorMention& state = line.actors[last.index];
    if (state.kind != ActorKind::party || state.ministry || state.parties.size() != 1) return false;
    return std::all_of(line.items.begin(), line.items.end() - 1, [&](const Item& item) {
      if (item.kind != ItemKind::word) return item.kind == ItemKind::actor || item.kind == ItemKind::comma || item.kind == ItemKind::open || item.kind == ItemKind::close;
      return view_.tokens[item.begin].capital || view_.info(item.begin).is(WordClass::name_particle);
    });
  }

  // "WEDNESDAY–THURSDAY": two days of the week and nothing else.
  static bool are_weekdays(const Sentence& line) {
    return line.heading && line.dates.size() == 2 && std::all_of(line.dates.begin(), line.dates.end(), [](const DateExpr& d) { return d.weekday && !d.first.month && !d.last; });
  }

  // "October 1 (Tuesday)": the day and its name.
  static bool names_weekday(const Sentence& line) {
    bool open = false;
    for (const Item& item : line.items) {
      open = (open || item.kind == ItemKind::open) && item.kind != ItemKind::close;
      if (item.kind != ItemKind::date || !open) continue;
      const DateExpr& date = line.dates[item.index];
      if (!date.weekday || date.first.month) return false;
    }
    return line.heading && line.dates[0].first.day && std::count_if(line.dates.begin(), line.dates.end(), [](const DateExpr& d) { return d.first.day.has_value(); }) == 1;
  }

  // The time of a heading; of two days of the week, from the one to the other.
  static DateExpr time_of(const Sentence& line) {
    DateExpr date = line.dates[0];
    if (are_weekdays(line)) date.last = DateExpr::Point{std::nullopt, std::nullopt, *line.dates[1].weekday};
    return date;
  }

  Line kind_of(std::uint32_t index) const {
    const Sentence& line = sentence(index);
    if (line.items.empty()) return Line::other;
    if (is_traveller(line)) return Line::traveller;
    if (is_place_of_journey(line)) return Line::place;
    bool country = false;
    bool named = false;  // behind the label
    for (std::size_t i = past_label(line); i < line.items.size(); ++i) {
      const Item& item = line.items[i];
      if (item.kind == ItemKind::actor) {
        const ActorMention& actor = line.actors[item.index];
        named = true;
        if (actor.kind != ActorKind::city && actor.kind != ActorKind::party && actor.kind != ActorKind::name) return Line::other;
        country = country || actor.kind == ActorKind::city || (actor.kind == ActorKind::party && !actor.ministry);
        continue;
      }
      const bool dash = item.kind == ItemKind::word && view_.tokens[item.begin].punct;
      const bool mark = dash || item.kind == ItemKind::comma || item.kind == ItemKind::open || item.kind == ItemKind::close || item.kind == ItemKind::stop ||
                        item.kind == ItemKind::conjunction || item.kind == ItemKind::determiner;
      if (!mark && item.kind != ItemKind::date) return Line::other;
    }
    if (line.dates.size() > 1 && !are_weekdays(line) && !names_weekday(line)) return Line::other;
    // "Mondorf-les-Bains, 4 February 2025.": a town that is not known, before a whole date.
    const std::size_t first = past_label(line);
    const bool unknown_town = !country && line.dates.size() == 1 && line.dates[0].first.day && line.dates[0].first.year && first + 4 == line.items.size() &&
                              line.items[first].kind == ItemKind::actor && line.items[first + 1].kind == ItemKind::comma && line.items[first + 2].kind == ItemKind::date &&
                              line.items[first + 3].kind == ItemKind::stop;
    if (unknown_town) return Line::place_and_date;
    if (country) return line.dates.empty() ? Line::place : Line::place_and_date;
    return line.dates.empty() || named ? Line::other : Line::date;
  }

  // Where the heading that starts at line i ends; i when none does.
  std::uint32_t heading_from(std::uint32_t i, Line line) const {
    if (line == Line::place_and_date) return i + 1;
    if (i + 1 >= view_.sentences.size()) return i;
    const Line next = kind_of(i + 1);
    const bool pair = (line == Line::place && next == Line::date) || (line == Line::date && next == Line::place);
    return pair ? i + 2 : i;
  }

  // "Agenda of the Minister of Foreign Affairs A, 10 to 16 November": whose days they are.
  std::optional<std::uint32_t> owner_of_schedule() const {
    bool schedule = false;
    for (std::uint32_t i = 0; i < view_.sentences.size() && i < kOwnerLinesMax; ++i) {
      const Sentence& line = sentence(i);
      for (std::uint32_t t = line.begin; t < line.end && !schedule; ++t) schedule = view_.info(t).is(WordClass::schedule);
      if (!schedule) continue;
      if (kind_of(i) == Line::date) return std::nullopt;
      for (const ActorMention& actor : line.actors)
        if (actor.kind == ActorKind::person && actor.persons.size() == 1 && cast_.persons()[actor.persons[0]].has_post) return actor.persons[0];
    }
    return std::nullopt;
  }

  bool is_bar(const Item& item) const { return item.kind == ItemKind::stop && view_.raw(item.begin, item.end) == "|"; }

  // "29 August – courtesy call by the President of A": a dash between the time and a noun, in a line without a verb.
  bool is_dash(const Sentence& line, std::size_t at) const {
    const std::string_view mark = view_.raw(line.items[at].begin, line.items[at].end);
    if ((mark != "–" && mark != "—" && mark != "-") || at + 1 >= line.items.size() || line.items[at + 1].kind != ItemKind::noun) return false;
    return std::none_of(line.verbs.begin(), line.verbs.end(), [](const VerbGroup& verb) { return verb.finite; });
  }

  // "Mon., Nov. 4 | Courtesy call on the Minister by Ambassador A | Kingston": a line of a table that starts with its time; where it
  // ends, i when none starts here.
  std::uint32_t row_from(std::uint32_t i) const {
    const Sentence& line = sentence(i);
    if (line.items.size() < 3 || line.items[0].kind != ItemKind::date || (i > 0 && sentence(i - 1).block == line.block)) return i;
    std::size_t at = 0;
    while (at < line.items.size() && !is_bar(line.items[at]) && !is_dash(line, at)) {
      const ItemKind kind = line.items[at].kind;
      // "Fri., Nov. 8 – Sat., Nov. 9": what stands between the two is no more than a mark or a day of the week
      const bool short_word = line.items[at].end - line.items[at].begin <= 2 && kind != ItemKind::actor;
      if (kind != ItemKind::date && kind != ItemKind::comma && kind != ItemKind::stop && kind != ItemKind::number && !short_word) return i;
      ++at;
    }
    if (at + 1 >= line.items.size()) return i;
    std::uint32_t past = i + 1;
    while (past < view_.sentences.size() && sentence(past).block == line.block) ++past;
    return past;
  }

  Entry row(std::uint32_t from, std::uint32_t past) const {
    Entry entry;
    entry.first = from;
    entry.last = past;
    entry.row = true;
    const Sentence& line = sentence(from);
    entry.date = line.dates[line.items[0].index];
    for (std::size_t at = 1; at < line.items.size() && !is_bar(line.items[at]); ++at)
      if (line.items[at].kind == ItemKind::date && !entry.date.last && line.dates[line.items[at].index].first.day) {
        entry.date.last = line.dates[line.items[at].index].first;
        entry.date.weekday.reset();
      }
    if (entry.date.last && !entry.date.last->month) entry.date.last->month = entry.date.first.month;
    // The last cell is where, if it names nothing but towns and states.
    const Sentence& end = sentence(past - 1);
    std::size_t cell = end.items.size();
    while (cell > 0 && !is_bar(end.items[cell - 1])) --cell;
    if (cell == 0) return entry;
    for (std::size_t at = cell; at < end.items.size(); ++at) {
      const bool place = end.items[at].kind == ItemKind::actor && (end.actors[end.items[at].index].kind == ActorKind::city || end.actors[end.items[at].index].kind == ActorKind::party || end.actors[end.items[at].index].kind == ActorKind::name);
      if (!place && end.items[at].kind != ItemKind::comma && end.items[at].kind != ItemKind::stop && end.items[at].kind != ItemKind::open && end.items[at].kind != ItemKind::close) return entry;
    }
    for (std::size_t at = cell; at < end.items.size(); ++at)
      if (end.items[at].kind == ItemKind::actor) take_place(entry, end.actors[end.items[at].index]);
    if (entry.countries.empty()) entry.city.clear();
    return entry;
  }

  Entry undated_place(std::uint32_t i) const {
    Entry entry;
    entry.first = i;
    entry.date = time_of(sentence(i));
    return entry;
  }

  // "Brussels, 5 February 2025. The Prime Minister meets ...": holds for the rest of its paragraph.
  void close_block(std::uint32_t from, std::uint32_t past) {
    if (past != from + 1 || sentence(from).dates.empty()) return;
    Entry entry = undated_place(from);
    for (const ActorMention& actor : sentence(from).actors) take_place(entry, actor);
    if (block_end_ <= past) {
      block_end_ = past;
      while (block_end_ < view_.sentences.size() && sentence(block_end_).block == sentence(from).block) ++block_end_;
    }
    entry.last = block_end_;
    if (entry.last > past) entries_.push_back(std::move(entry));
  }

  void open_day(std::uint32_t i) {
    Entry entry = undated_place(i);
    for (const ActorMention& actor : sentence(i).actors) take_place(entry, actor);
    entry.owner = owner_of_schedule();
    open_ = std::move(entry);
  }

  // "Dhaka" over "14 September 2023", at the head of a release: where and when it was written.
  bool is_of_letterhead(std::uint32_t from, std::uint32_t past) const {
    for (std::uint32_t i = from; i < past; ++i)
      if (!sentence(i).heading) return false;
    for (std::uint32_t i = from; i < past; ++i)
      if (!sentence(i).dates.empty()) return sentence(i).dates[0].first.year && !sentence(i).dates[0].last;
    return false;
  }

  // "Kigali, Rwanda" over "13-15 March": a programme of several travellers, by the place.
  void open_place(std::uint32_t from, std::uint32_t past) {
    std::uint32_t dated = from;
    while (dated < past && sentence(dated).dates.empty()) ++dated;
    if (dated == past) return;
    Entry entry = undated_place(dated);
    entry.first = from;
    for (std::uint32_t i = from; i < past; ++i)
      for (const ActorMention& actor : sentence(i).actors) take_place(entry, actor);
    open_ = std::move(entry);
  }

  void open(std::uint32_t from, std::uint32_t past) {
    if (!traveller_) return;
    Entry entry;
    entry.first = from;
    const Sentence& head = sentence(*traveller_);
    entry.traveller = traveller_of(head);
    entry.whence = whence_;
    entry.heading_begin = entries_.empty() || entries_.back().first < *traveller_ ? head.begin : sentence(from).begin;
    entry.heading_end = sentence(past - 1).end;
    for (std::uint32_t i = from; i < past; ++i) {
      if (!sentence(i).dates.empty()) entry.date = sentence(i).dates[0];
      for (const ActorMention& actor : sentence(i).actors) take_place(entry, actor);
    }
    if (!entry.countries.empty()) open_ = std::move(entry);
  }

  // The last country of the line is where it was: "Rome, Aviano, Italy"; a city that is not known is one all the same.
  void take_place(Entry& entry, const ActorMention& actor) const {
    if (actor.kind == ActorKind::party) {
      entry.countries = actor.parties;
      return;
    }
    if (entry.city.empty() && actor.kind == ActorKind::name) entry.city = std::string(view_.raw(actor.begin, actor.end));
    if (actor.kind != ActorKind::city) return;
    if (entry.city.empty()) entry.city = std::string(view_.raw(actor.begin, actor.end));
    if (entry.countries.empty()) entry.countries = actor.parties;
  }

  void close(std::uint32_t past) {
    if (!open_) return;
    open_->last = past;
    entries_.push_back(std::move(*open_));
    open_.reset();
  }

  const TextView& view_;
  const Cast& cast_;
  std::optional<std::uint32_t> traveller_;
  PartyIndex whence_ = kNoParty;
  std::uint32_t block_end_ = 0;  // where the paragraph looked at last ends
  int date_lines_ = 0;
  int pairs_ = 0;        // headings of two lines, a place and a time
  int placed_days_ = 0;  // headings with a day and a place
  std::optional<Entry> open_;
  std::vector<Entry> entries_;
};

}  // namespace

std::vector<Entry> find_entries(const TextView& view, const Cast& cast) { return EntryFinder(view, cast).run(); }

}  // namespace entente::importers
