// Lines that pages put around a release, in any language: menus, share bars, "unofficial translation", "related news".
// Data, not code: data/lexicon/<language>/boilerplate.tsv.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "base/result.h"

namespace entente::importers {

struct PhraseHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};
using PhraseSet = std::unordered_set<std::string, PhraseHash, std::equal_to<>>;

// Phrases as boilerplate_key() makes them.
struct Boilerplate {
  PhraseSet lines;    // kind `line`: the whole line is nothing else
  PhraseSet starts;   // kind `start`: a line that begins so is no text of the release
  PhraseSet labels;   // kind `label`: the same, where a colon or a bar follows ("Tags: ...")
  PhraseSet ends;     // kind `end`: here the release is over on a page ("Related news")
  PhraseSet changes;  // kind `change`: the date after it is not the publication's ("Last updated", "Today")
  PhraseSet published;  // kind `published`: the date after it is ("Posted on", "Date")
  PhraseSet titles;     // kind `title`: what follows in the row of a table is the title ("Subject")
  PhraseSet imprints;   // kind `imprint`: the line says whose page it is ("Ministry of Foreign Affairs", "Embassy of")
  // The first words of what a line may begin with, and of what makes an imprint: most lines have none, and are settled by that.
  PhraseSet openers;
  PhraseSet imprint_openers;
};

// Adds the rows of a table: '#' comments, a header naming `phrase` and `kind`, cells between tabs, phrases between '|'.
// Fails with not_found, io, or invalid_argument naming file:line and what is wrong.
Result<void> load_boilerplate(const std::filesystem::path& table, Boilerplate& into);

// A line as it is compared: folded, without marks around it ("# Unofficial translation #" -> "unofficial translation").
std::string boilerplate_key(std::string_view line);

// A line that holds nothing of the release. Lines longer than kBoilerplateBytesMax never are.
bool is_boilerplate(std::string_view line, const Boilerplate& boilerplate);
bool ends_release(std::string_view line, const Boilerplate& boilerplate);
bool tells_of_change(std::string_view line, const Boilerplate& boilerplate);

// What the words right before a date say of it: "Posted on", "Last updated:".
enum class DateLabel : std::uint8_t { none, published, changed };
DateLabel label_before_date(std::string_view before, const Boilerplate& boilerplate);

// What follows a label of titles ("Subject | ...", "Subject: ..."): where it begins. Absent where there is no such label.
std::optional<std::size_t> begin_of_labelled_title(std::string_view row, const Boilerplate& boilerplate);

// A line that names the body whose page it is, by one of the words of the table anywhere in it.
bool is_imprint(std::string_view line, const Boilerplate& boilerplate);

inline constexpr std::size_t kBoilerplateBytesMax = 300;

}  // namespace entente::importers
