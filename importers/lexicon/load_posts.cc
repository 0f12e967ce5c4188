#include <array>

#include "base/utf8.h"
#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

std::optional<PostKind> parse_post_kind(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, PostKind>, 17> kNames{{
      {"general", PostKind::general}, {"state", PostKind::state}, {"government", PostKind::government},
      {"minister", PostKind::minister}, {"deputy", PostKind::deputy}, {"secretary", PostKind::secretary},
      {"ambassador", PostKind::ambassador}, {"envoy", PostKind::envoy}, {"director", PostKind::director},
      {"spokesperson", PostKind::spokesperson}, {"parliament", PostKind::parliament}, {"military", PostKind::military},
      {"monarch", PostKind::monarch}, {"organisation", PostKind::organisation}, {"religious", PostKind::religious},
      {"legal", PostKind::legal}, {"adviser", PostKind::adviser},
  }};
  for (const auto& [text, value] : kNames)
    if (text == name) return value;
  return std::nullopt;
}

// "minister of foreign affairs" -> "ministers of foreign affairs": the plural stands before the complement.
std::string plural_of(const std::string& phrase) {
  static constexpr std::array<std::string_view, 6> kComplements{" of ", " for ", " to ", " in ", " at ", "-in-"};
  std::size_t cut = phrase.size();
  for (const std::string_view complement : kComplements) cut = std::min(cut, phrase.find(complement));
  std::string head = phrase.substr(0, cut);
  if (head.ends_with("y") && !head.ends_with("ey")) {
    head.pop_back();
    head += "ies";
  } else if (head.ends_with("s") || head.ends_with("ch")) {
    head += "es";
  } else {
    head += "s";
  }
  return head + phrase.substr(cut);
}

Result<void> take_post(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  Post post;
  post.canonical = table.cell(row, 3);
  const std::string& level = table.cell(row, 1);
  if (!level.empty() && level != "-") {
    post.level = graph::parse_level(level);
    if (!post.level) return table.error_at(row, "'" + level + "' is no level");
  }
  const auto kind = parse_post_kind(table.cell(row, 2));
  if (!kind) return table.error_at(row, "'" + table.cell(row, 2) + "' is no kind of post");
  post.kind = *kind;
  for (const std::string& value : table.values(row, 4)) {
    const std::size_t colon = value.rfind(':');
    const std::string whose = value.substr(0, colon);
    const auto organisation = tables.party_by_id.find(whose);  // org:au
    const PartyIndex party = organisation == tables.party_by_id.end() ? tables.country_by_code(whose) : organisation->second;
    const auto theirs = colon == std::string::npos ? std::nullopt : graph::parse_level(value.substr(colon + 1));
    if (party == kNoParty || !theirs) return table.error_at(row, "'" + value + "': written GB:minister or org:au:leader");
    post.by_country.emplace_back(party, *theirs);
  }
  const auto single = static_cast<std::uint32_t>(tables.posts.size());
  tables.posts.push_back(post);
  post.plural = true;
  tables.posts.push_back(post);
  for (const std::string& phrase : table.values(row, 0)) {
    Sense sense;
    sense.kind = SenseKind::post;
    const bool plural_itself = phrase.ends_with("=");
    sense.index = plural_itself ? single + 1 : single;
    tables.phrases.add(plural_itself ? std::string_view(phrase).substr(0, phrase.size() - 1) : std::string_view(phrase), sense, tables.vocabulary);
    if (plural_itself) continue;
    if (tables.traits.listed_forms) continue;
    sense.index = single + 1;
    tables.phrases.add(plural_of(fold(phrase)), sense, tables.vocabulary);
  }
  return {};
}

Result<void> take_honorific(const TableFile& table, const TableFile::Row& row, LexiconTables& tables) {
  const std::string& kind = table.cell(row, 1);
  int number = 0;
  if (kind == "courtesy") number = 0;
  else if (kind == "courtesy_capital") number = 1;
  else if (kind == "rank") number = 2;
  else if (kind == "title_post" || kind == "none") return {};
  else return table.error_at(row, "'" + kind + "' is no kind of honorific");
  Sense sense;
  sense.kind = SenseKind::honorific;
  sense.index = static_cast<std::uint32_t>(tables.honorific_kinds.size());
  sense.capital = true;
  tables.honorific_kinds.push_back(number);
  tables.phrases.add(table.cell(row, 0), sense, tables.vocabulary);
  return {};
}

}  // namespace

Result<void> load_posts(const LoadContext& context) {
  LexiconTables& tables = *context.tables;
  if (auto done = each_row(context, "posts.tsv", {"phrase", "level", "kind", "canonical", "by_country"},
                           [&](const TableFile& t, const TableFile::Row& r) { return take_post(t, r, tables); }); !done)
    return done;
  if (auto done = each_row(context, "portfolios.tsv", {"phrase"}, [&](const TableFile& t, const TableFile::Row& r) -> Result<void> {
        Sense sense;
        sense.kind = SenseKind::portfolio;
        sense.capital = true;
        for (const std::string& phrase : t.values(r, 0)) tables.phrases.add(phrase, sense, tables.vocabulary);
        return {};
      }); !done)
    return done;
  return each_row(context, "honorifics.tsv", {"word", "kind"},
                  [&](const TableFile& t, const TableFile::Row& r) { return take_honorific(t, r, tables); });
}

}  // namespace entente::importers
