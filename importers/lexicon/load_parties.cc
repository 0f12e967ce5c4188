#include <algorithm>

#include "base/utf8.h"
#include "importers/lexicon/each_row.h"

namespace entente::importers {
namespace {

using graph::EntityKind;
using graph::NameKind;

class PartyLoader {
 public:
  explicit PartyLoader(const LoadContext& context) : context_(context), tables_(*context.tables) {}

  Result<void> run() {
    const auto state = [&](const TableFile& t, const TableFile::Row& r) { return take_state(t, r); };
    if (auto done = each_row(context_, "gazetteer/states.tsv", {"id", "label", "alpha3", "numeric", "from", "to"}, state); !done) return done;
    const auto heirs = [&](const TableFile& t, const TableFile::Row& r) { return take_heirs(t, r); };
    if (auto done = each_row(context_, "gazetteer/states.tsv", {"id", "successor"}, heirs); !done) return done;
    // Members may stand further down in the same file, so the parties come first.
    for (const char* file : {"gazetteer/organisations.tsv", "gazetteer/regions.tsv"}) {
      const auto group = [&](const TableFile& t, const TableFile::Row& r) { return take_group(t, r, file[10] == 'r'); };
      if (auto done = each_row(context_, file, {"id", "label"}, group); !done) return done;
    }
    for (const char* file : {"gazetteer/organisations.tsv", "gazetteer/regions.tsv"}) {
      const auto members = [&](const TableFile& t, const TableFile::Row& r) { return take_members(t, r); };
      if (auto done = each_row(context_, file, {"id", "members", "expand"}, members); !done) return done;
    }
    const auto seat = [&](const TableFile& t, const TableFile::Row& r) { return take_seat(t, r); };
    if (auto done = each_row(context_, "gazetteer/organisations.tsv", {"id", "seat_city"}, seat); !done) return done;
    if (auto done = names("states.tsv", true); !done) return done;
    if (auto done = names("organisations.tsv", false); !done) return done;
    if (auto done = region_names(); !done) return done;
    if (auto done = ministries(); !done) return done;
    if (auto done = cities(); !done) return done;
    if (auto done = city_names(); !done) return done;
    return publishers();
  }

 private:
  Result<PartyIndex> party(const TableFile& table, const TableFile::Row& row, const std::string& id) const {
    const PartyIndex found = tables_.find_party(id);
    if (found == kNoParty) return table.error_at(row, "'" + id + "' is in none of the gazetteer's tables");
    return found;
  }

  PartyIndex add(const std::string& id, EntityKind kind, const std::string& label) {
    const auto [at, fresh] = tables_.party_by_id.try_emplace(id, static_cast<PartyIndex>(tables_.parties.size()));
    if (!fresh) return at->second;
    Party party;
    party.id = graph::EntityId(id);
    party.kind = kind;
    party.label = label;
    tables_.parties.push_back(party);
    graph::Entity entity;
    entity.id = party.id;
    entity.label = label;
    entity.names.push_back({label, NameKind::label, "en", {}, {}});
    tables_.entities.push_back(std::move(entity));
    return at->second;
  }

  Result<void> room_for_one(const TableFile& table, const TableFile::Row& row) const {
    if (tables_.parties.size() + 1 < kNoParty) return {};
    return table.error_at(row, "there are more than " + std::to_string(kNoParty - 1) + " states, organisations and regions");
  }

  Result<void> take_state(const TableFile& table, const TableFile::Row& row) {
    if (auto room = room_for_one(table, row); !room) return room;
    const std::string& id = table.cell(row, 0);
    if (!id.starts_with("country:")) return table.error_at(row, "'" + id + "': a state's id starts with country:");
    const PartyIndex index = add(id, EntityKind::country, table.cell(row, 1));
    tables_.parties[index].former = !table.cell(row, 5).empty();
    graph::Entity& entity = tables_.entities[index];
    if (!table.cell(row, 2).empty()) entity.outside_ids["iso3166-1-alpha-3"] = table.cell(row, 2);
    if (!table.cell(row, 3).empty()) entity.outside_ids["iso3166-1-numeric"] = table.cell(row, 3);
    return {};
  }

  Result<void> take_heirs(const TableFile& table, const TableFile::Row& row) {
    const auto state = party(table, row, table.cell(row, 0));
    if (!state) return state.error();
    auto heirs = table.period_values(row, 1);
    if (!heirs) return heirs.error();
    for (const PeriodValue& value : *heirs) {
      const auto heir = party(table, row, value.text);
      if (!heir) return heir.error();
      tables_.parties[*state].heirs.push_back(*heir);
    }
    return {};
  }

  Result<void> take_group(const TableFile& table, const TableFile::Row& row, bool is_region) {
    if (auto room = room_for_one(table, row); !room) return room;
    const std::string& id = table.cell(row, 0);
    if (!id.starts_with(is_region ? "region:" : "org:"))
      return table.error_at(row, "'" + id + "': the id starts with " + (is_region ? "region:" : "org:"));
    add(id, is_region ? EntityKind::region : EntityKind::organisation, table.cell(row, 1));
    return {};
  }

  Result<void> take_members(const TableFile& table, const TableFile::Row& row) {
    const auto group = party(table, row, table.cell(row, 0));
    if (!group) return group.error();
    tables_.parties[*group].expand = table.cell(row, 2) == "yes";
    auto members = table.period_values(row, 1);
    if (!members) return members.error();
    for (const PeriodValue& value : *members) {
      const auto member = party(table, row, value.text);
      if (!member) return member.error();
      if (value.until_year) continue;
      tables_.parties[*group].members.push_back(*member);
      tables_.entities[*member].member_of.push_back(tables_.parties[*group].id);
    }
    return {};
  }

  Result<void> take_seat(const TableFile& table, const TableFile::Row& row) {
    const auto group = party(table, row, table.cell(row, 0));
    if (!group) return group.error();
    tables_.parties[*group].seat_city = table.cell(row, 1);
    return {};
  }

  void add_name(PartyIndex index, const PeriodValue& value, NameKind kind, SenseKind sense_kind) {
    Sense sense;
    sense.kind = sense_kind;
    sense.index = index;
    sense.from_year = value.from_year.value_or(-9999);
    sense.until_year = value.until_year.value_or(9999);
    const char first = value.text.empty() ? ' ' : value.text.front();
    sense.capital = !(first >= 'a' && first <= 'z') && !(first >= '0' && first <= '9');
    if (sense_kind == SenseKind::abbreviation) sense.exact = value.text;
    if (value.text.ends_with('-')) {  // "Franco-": no name that is asked for
      sense.combining = true;
      tables_.phrases.add(std::string_view(value.text).substr(0, value.text.size() - 1), sense, tables_.vocabulary);
      return;
    }
    tables_.phrases.add(value.text, sense, tables_.vocabulary);
    graph::Entity& entity = tables_.entities[index];
    if (value.text == entity.label) return;
    entity.names.push_back({value.text, kind, context_.language, value.from_year, value.until_year});
  }

  Result<void> add_names(const TableFile& table, const TableFile::Row& row, std::size_t column, PartyIndex index,
                         NameKind kind, SenseKind sense_kind) {
    auto values = table.period_values(row, column);
    if (!values) return values.error();
    for (const PeriodValue& value : *values) add_name(index, value, kind, sense_kind);
    return {};
  }

  Result<void> names(const char* file, bool of_states) {
    const std::vector<std::string> columns = of_states ? std::vector<std::string>{"id", "names", "abbreviations", "adjectives", "people", "seats"}
                                                       : std::vector<std::string>{"id", "names", "abbreviations", "adjectives"};
    return each_row(context_, file, columns, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      const auto index = party(table, row, table.cell(row, 0));
      if (!index) return index.error();
      if (auto done = add_names(table, row, 1, *index, NameKind::name, SenseKind::name); !done) return done;
      if (auto done = add_names(table, row, 2, *index, NameKind::abbreviation, SenseKind::abbreviation); !done) return done;
      if (auto done = add_names(table, row, 3, *index, NameKind::adjective, SenseKind::adjective); !done) return done;
      if (!of_states) return {};
      if (auto done = add_names(table, row, 4, *index, NameKind::adjective, SenseKind::people); !done) return done;
      return add_names(table, row, 5, *index, NameKind::seat, SenseKind::seat);
    });
  }

  Result<void> region_names() {
    return each_row(context_, "regions.tsv", {"id", "names", "adjectives"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      const auto index = party(table, row, table.cell(row, 0));
      if (!index) return index.error();
      if (auto done = add_names(table, row, 1, *index, NameKind::name, SenseKind::name); !done) return done;
      return add_names(table, row, 2, *index, NameKind::adjective, SenseKind::adjective);
    });
  }

  // Bodies of a state stand for it; they are not names that a person looks the state up by.
  Result<void> ministries() {
    return each_row(context_, "ministries.tsv", {"country", "names", "abbreviations"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      const auto index = party(table, row, table.cell(row, 0));
      if (!index) return index.error();
      for (const std::size_t column : {std::size_t{1}, std::size_t{2}}) {
        auto values = table.period_values(row, column);
        if (!values) return values.error();
        for (const PeriodValue& value : *values) {
          Sense sense;
          sense.kind = SenseKind::ministry;
          sense.index = *index;
          sense.capital = true;
          if (column == 2) sense.exact = value.text;
          tables_.phrases.add(value.text, sense, tables_.vocabulary);
        }
      }
      return {};
    });
  }

  Result<void> cities() {
    return each_row(context_, "gazetteer/cities.tsv", {"city", "country", "names", "role"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      const PartyIndex country = tables_.country_by_code(table.cell(row, 1));
      if (country == kNoParty) return table.error_at(row, "'" + table.cell(row, 1) + "' is no state's code");
      City city{table.cell(row, 0), country, table.cell(row, 3) == "capital"};
      const auto index = static_cast<std::uint32_t>(tables_.cities.size());
      tables_.cities.push_back(city);
      auto values = table.period_values(row, 2);
      if (!values) return values.error();
      values->push_back({city.name, {}, {}});
      for (const PeriodValue& value : *values) add_city_name(value.text, index);
      return {};
    });
  }

  void add_city_name(const std::string& name, std::uint32_t city) {
    Sense sense;
    sense.kind = SenseKind::city;
    sense.index = city;
    sense.capital = true;
    tables_.phrases.add(name, sense, tables_.vocabulary);
  }

  // What a language calls the cities of the gazetteer, where it is not the name that they have there.
  Result<void> city_names() {
    LoadContext optional = context_;
    optional.complete = false;
    return each_row(optional, "cities.tsv", {"city", "country", "names"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      const PartyIndex country = tables_.country_by_code(table.cell(row, 1));
      const auto known = std::find_if(tables_.cities.begin(), tables_.cities.end(), [&](const City& c) { return c.name == table.cell(row, 0) && c.country == country; });
      if (known == tables_.cities.end()) return table.error_at(row, "'" + table.cell(row, 0) + "' of '" + table.cell(row, 1) + "' is not in gazetteer/cities.tsv");
      for (const std::string& name : table.values(row, 2)) add_city_name(name, static_cast<std::uint32_t>(known - tables_.cities.begin()));
      return {};
    });
  }

  Result<void> publishers() {
    return each_row(context_, "publishers.tsv", {"code", "country", "side_posts", "hosts?"}, [&](const TableFile& table, const TableFile::Row& row) -> Result<void> {
      Publisher publisher;
      publisher.code = table.cell(row, 0);
      if (const std::string& id = table.cell(row, 1); !id.empty()) {
        const auto index = party(table, row, id);
        if (!index) return index.error();
        publisher.party = *index;
      }
      for (const std::string& post : table.values(row, 2)) publisher.side_posts.push_back(fold(post));
      publisher.hosts = table.values(row, 3);
      tables_.publishers.push_back(std::move(publisher));
      return {};
    });
  }

  const LoadContext& context_;
  LexiconTables& tables_;
};

}  // namespace

Result<void> load_parties(const LoadContext& context) { return PartyLoader(context).run(); }

}  // namespace entente::importers
