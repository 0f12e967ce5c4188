#include "importers/tables/event_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <future>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>

#include "base/edtf.h"
#include "base/utf8.h"
#include "importers/tables/csv.h"

namespace entente::importers {
namespace {

using Cells = std::vector<std::string_view>;

constexpr std::uint64_t kProgressEvery = 1U << 15U;

template <class... Args>
Error bad(fmt::format_string<Args...> format, Args&&... args) {
  return {ErrorCode::invalid_argument, fmt::format(format, std::forward<Args>(args)...), {}};
}

Result<std::uint64_t> number(std::string_view text, std::string_view what) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return bad("'{}' is no number for {}", text, what);
  return value;
}

Result<std::uint64_t> number_or_none(std::string_view text, std::string_view what) {
  return text.empty() ? Result<std::uint64_t>(std::uint64_t{0}) : number(text, what);
}

struct Days {
  Day first = 0;
  Day last = 0;
};

// A day as ISO 8601 writes it, mostly; else any date that EDTF knows with both ends.
Result<Days> days_of(std::string_view text) {
  if (const auto civil = parse_iso_date(text)) {
    const Day day = to_day(*civil);
    return Days{day, day};
  }
  const auto date = Edtf::parse(text);
  if (!date || !date->earliest() || !date->latest()) return bad("'{}' is no date: write 2020-11-19", text);
  return Days{*date->earliest(), *date->latest()};
}

class Loader {
 public:
  Loader(const TypeCodes& codes, const LoadTables& options, graph::TableLoad& load)
      : codes_(codes), options_(options), load_(load) {}

  Result<LoadedTables> run(const EventTables& files) {
    const auto tell = [&](const std::filesystem::path& file) {
      return [this, &file](std::uint64_t line, const std::string& what) { return bad_row(file, line, what); };
    };
    if (!files.types.empty())
      if (auto read = each_row(files.types, {"code", "label"}, Shown::yes,
                               [&](const Cells& c, std::uint64_t) { return type(c); }, tell(files.types));
          !read)
        return read.error();
    if (auto read = each_row(files.entities, {"id", "kind", "name", "country", "date"}, Shown::yes,
                             [&](const Cells& c, std::uint64_t) { return entity(c); }, tell(files.entities));
        !read)
      return read.error();
    if (auto sealed = load_.seal_entities(); !sealed) return sealed.error().during("loading " + files.entities.string());
    if (auto read = read_events(files); !read) return read.error();
    const auto file_of = [&](graph::TableFile file) -> const std::filesystem::path& {
      if (file == graph::TableFile::entities) return files.entities;
      return file == graph::TableFile::events ? files.events : files.participations;
    };
    auto report = load_.commit([&](const graph::BadRow& row) { return bad_row(file_of(row.file), row.line, row.what); },
                               [&](std::string_view step, std::uint64_t done, std::uint64_t of) {
                                 if (options_.progress)
                                   options_.progress({std::string(step),
                                                      static_cast<double>(done) / static_cast<double>(std::max<std::uint64_t>(of, 1)),
                                                      done});
                               });
    if (!report) return report.error();
    return LoadedTables{*report, bad_rows_};
  }

 private:
  enum class Shown : std::uint8_t { no, yes };  // whether progress is

  // Bad rows of a file that is read beside another, to be told when both are read: events first, however the two ran.
  struct Kept {
    std::vector<std::pair<std::uint64_t, std::string>> rows;
    bool too_many = false;
  };

  // Events on one core, who took part in them on another.
  Result<void> read_events(const EventTables& files) {
    Kept of_events;
    Kept of_parts;
    const auto keep = [this](Kept& kept) {
      return [this, &kept](std::uint64_t line, const std::string& what) -> Result<void> {
        kept.rows.emplace_back(line, what);
        kept.too_many = kept.rows.size() > options_.errors_max;
        return kept.too_many ? Result<void>(bad("{}", what)) : Result<void>();
      };
    };
    auto reading = std::async(std::launch::async, [&] {
      return each_row(files.events, {"id", "type", "date", "release", "place"}, Shown::no,
                      [&](const Cells& c, std::uint64_t line) { return event(c, line); }, keep(of_events));
    });
    const auto parts = each_row(files.participations, {"event", "entity", "role"}, Shown::yes,
                                [&](const Cells& c, std::uint64_t line) { return participation(c, line); }, keep(of_parts));
    const auto events = reading.get();
    const std::array done{std::tuple(&files.events, &of_events, &events), std::tuple(&files.participations, &of_parts, &parts)};
    for (const auto& [file, kept, read] : done) {
      for (const auto& [line, what] : kept->rows)
        if (auto told = bad_row(*file, line, what); !told) return told;
      if (!*read && !kept->too_many) return *read;
    }
    return {};
  }

  // Rows that cannot be used are told and left out, up to as many as the options say.
  Result<void> bad_row(const std::filesystem::path& file, std::uint64_t line, const std::string& what) {
    ++bad_rows_;
    const std::string text = fmt::format("{}:{}: {}", file.string(), line, what);
    if (bad_rows_ > options_.errors_max)
      return bad("{}; {} bad rows, at most {} are left out: mend the file, or say --max-errors; nothing was stored", text,
                 bad_rows_, options_.errors_max);
    if (options_.bad_row) options_.bad_row(text);
    return {};
  }

  // Calls visit(cells in the order of the columns, line) for each row below the heading, and tell(line, what) for each
  // that cannot be used.
  template <class Visit, class Tell>
  Result<void> each_row(const std::filesystem::path& file, const std::vector<std::string_view>& columns, Shown shown,
                        Visit visit, Tell tell) {
    auto reader = CsvReader::open(file);
    if (!reader) return reader.error();
    Cells cells;
    const auto heading = reader->next(cells);
    if (!heading) return heading.error();
    std::vector<std::size_t> places;
    for (const std::string_view column : columns) {
      const auto found = std::find(cells.begin(), cells.end(), column);
      if (found == cells.end())
        return bad("{} has no column '{}' in its first row: it needs {}", file.string(), column, fmt::join(columns, ", "));
      places.push_back(static_cast<std::size_t>(found - cells.begin()));
    }
    const std::size_t width = cells.size();
    Cells row(places.size());
    for (std::uint64_t rows = 0;; ++rows) {
      if (shown == Shown::yes && options_.progress && rows % kProgressEvery == 0)
        options_.progress({"reading " + file.filename().string(),
                           static_cast<double>(reader->bytes_read()) / static_cast<double>(std::max<std::uint64_t>(reader->bytes(), 1)),
                           rows});
      const auto more = reader->next(cells);
      if (!more) return more.error();
      if (!*more) return {};
      Result<void> done;
      if (cells.size() != width) {
        done = bad("{} cells, where the first row has {}", cells.size(), width);
      } else {
        for (std::size_t i = 0; i < places.size(); ++i) row[i] = cells[places[i]];
        done = visit(row, reader->line());
      }
      if (done) continue;
      if (done.error().code != ErrorCode::invalid_argument) return done;
      if (auto told = tell(reader->line(), done.error().message); !told) return told;
    }
  }

  Result<void> type(const Cells& cells) {
    labels_[std::string(cells[0])] = std::string(cells[1]);
    return {};
  }

  Result<void> entity(const Cells& cells) {
    const auto id = number(cells[0], "an id");
    if (!id) return id.error();
    if (find_invalid_utf8(cells[2])) return bad("a name that is no UTF-8");
    if (cells[1] == "release") {
      std::optional<Day> published;
      if (!cells[4].empty()) {
        const auto days = days_of(cells[4]);
        if (!days) return days.error();
        published = days->first;
      }
      return load_.source({*id, cells[2], published});
    }
    auto kind = graph::parse_entity_kind(cells[1]);
    if (!kind) kind = graph::kind_of_prefix(cells[1]);
    if (!kind) return bad("'{}' is no kind of entity", cells[1]);
    const auto of = number_or_none(cells[3], "a country");
    if (!of) return of.error();
    return load_.entity({*id, *kind, cells[2], *of});
  }

  Result<std::uint32_t> code_of(std::string_view text) {
    if (const auto known = code_numbers_.find(text); known != code_numbers_.end()) return known->second;
    auto code = codes_.find(text);
    if (!code) return code.error();
    if (const auto label = labels_.find(code->code); label != labels_.end()) code->label = label->second;
    const auto place = load_.add_code(*code);
    if (!place) return place.error();
    return code_numbers_[std::string(text)] = *place;
  }

  Result<std::uint32_t> role_of(std::string_view text) {
    if (text.empty()) return std::uint32_t{0};
    if (const auto known = role_numbers_.find(text); known != role_numbers_.end()) return known->second;
    const auto place = load_.add_role(text);
    if (!place) return place.error();
    return role_numbers_[std::string(text)] = *place;
  }

  Result<void> event(const Cells& cells, std::uint64_t line) {
    const auto id = number(cells[0], "an id");
    if (!id) return id.error();
    const auto code = code_of(cells[1]);
    if (!code) return code.error();
    const auto days = days_of(cells[2]);
    if (!days) return days.error();
    const auto source = number_or_none(cells[3], "a release");
    if (!source) return source.error();
    const auto place = number_or_none(cells[4], "a place");
    if (!place) return place.error();
    return load_.event({*id, *code, days->first, days->last, *place, *source, line});
  }

  Result<void> participation(const Cells& cells, std::uint64_t line) {
    const auto event = number(cells[0], "an event");
    if (!event) return event.error();
    const auto entity = number(cells[1], "an entity");
    if (!entity) return entity.error();
    const auto role = role_of(cells[2]);
    if (!role) return role.error();
    return load_.participation({*event, *entity, *role, line});
  }

  const TypeCodes& codes_;
  const LoadTables& options_;
  graph::TableLoad& load_;
  std::uint64_t bad_rows_ = 0;
  std::map<std::string, std::string> labels_;
  std::map<std::string, std::uint32_t, std::less<>> code_numbers_;
  std::map<std::string, std::uint32_t, std::less<>> role_numbers_;
};

}  // namespace

Result<LoadedTables> load_tables(const EventTables& files, const TypeCodes& codes, const LoadTables& options,
                                 graph::TableLoad& load) {
  return Loader(codes, options, load).run(files);
}

}  // namespace entente::importers
