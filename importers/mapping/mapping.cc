#include "importers/mapping/mapping.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <array>
#include <fstream>
#include <iterator>
#include <system_error>

#include "graph/ontology/signatures.h"

namespace entente::importers {
namespace {

class MappingFile {
 public:
  explicit MappingFile(const std::filesystem::path& path) : path_(path) {}

  Result<TableMapping> read() {
    std::error_code code;
    if (!std::filesystem::is_regular_file(path_, code)) return Error{ErrorCode::not_found, fmt::format("{}: there is no such mapping", path_.string()), {}};
    std::ifstream file(path_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    if (!file) return Error{ErrorCode::io, fmt::format("{}: cannot be read", path_.string()), {}};
    try {
      const YAML::Node root = YAML::Load(text);
      if (!root.IsMap()) return at(root, "the file is no list of keys and values");
      out_.name = path_.stem().string();
      for (const auto& entry : root) {
        const auto key = entry.first.as<std::string>();
        if (!take(key, entry.second)) at(entry.first, fmt::format("'{}' is no key of a mapping", key));
        if (error_) return *error_;
      }
    } catch (const YAML::Exception& bad) {
      return Error{ErrorCode::invalid_argument, fmt::format("{}:{}: {}", path_.string(), bad.mark.line + 1, bad.msg), {}};
    }
    return whole();
  }

 private:
  Error at(const YAML::Node& node, const std::string& what) {
    Error error{ErrorCode::invalid_argument, fmt::format("{}:{}: {}", path_.string(), node.Mark().line + 1, what), {}};
    if (!error_) error_ = error;
    return error;
  }

  RowTemplate template_of(const YAML::Node& node) {
    auto parsed = RowTemplate::parse(node.as<std::string>());
    if (parsed) return std::move(*parsed);
    at(node, parsed.error().message);
    return {};
  }

  template <class Value>
  std::optional<Value> word(const YAML::Node& node, std::optional<Value> (*parse)(std::string_view), const char* what) {
    const auto text = node.as<std::string>();
    auto value = parse(text);
    if (!value) at(node, fmt::format("'{}' is no {}", text, what));
    return value;
  }

  bool take(const std::string& key, const YAML::Node& node) {
    const std::array<std::pair<const char*, RowTemplate*>, 10> templates{{{"id", &out_.id},
                                                                          {"title", &out_.title},
                                                                          {"published", &out_.published},
                                                                          {"sentence", &out_.sentence},
                                                                          {"prose", &out_.prose},
                                                                          {"code", &out_.code},
                                                                          {"from", &out_.first},
                                                                          {"to", &out_.last},
                                                                          {"city", &out_.city},
                                                                          {"place", &out_.country}}};
    for (const auto& [name, into] : templates)
      if (key == name) {
        *into = template_of(node);
        return true;
      }
    if (key == "about") out_.about = node.as<std::string>();
    else if (key == "publisher") out_.publisher = node.as<std::string>();
    else if (key == "language") out_.language = node.as<std::string>();
    else if (key == "row") out_.layout.row = node.as<std::string>();
    else if (key == "columns") out_.layout.columns = node.as<std::vector<std::string>>();
    else if (key == "confidence") out_.confidence = node.as<double>();
    else if (key == "unknown_parties") out_.unknown_parties = node.as<std::string>() == "skip";
    else if (key == "format") take_format(node);
    else if (key == "type") out_.type = word(node, graph::parse_event_type, "type of event");
    else if (key == "status") out_.status = word(node, graph::parse_status, "status");
    else if (key == "level") out_.level = word(node, graph::parse_level, "level");
    else if (key == "codes") take_codes(node);
    else if (key == "parties") take_parties(node);
    else if (key == "only") take_only(node);
    else if (key == "values") out_.values = node.as<std::map<std::string, std::map<std::string, std::string>>>();
    else return false;
    return true;
  }

  void take_format(const YAML::Node& node) {
    if (const auto format = word(node, parse_table_format, "format: csv, tsv, jsonl or xml")) out_.layout.format = *format;
  }

  void take_codes(const YAML::Node& node) {
    auto codes = TypeCodes::load(path_.parent_path() / node.as<std::string>());
    if (codes) out_.codes = std::move(*codes);
    else if (!error_) error_ = codes.error();
  }

  void take_parties(const YAML::Node& node) {
    for (const YAML::Node& entry : node) {
      MappedParty party;
      for (const auto& field : entry) {
        const auto key = field.first.as<std::string>();
        if (key == "name") party.name = template_of(field.second);
        else if (key == "officials") party.officials = field.second.as<bool>();
        else if (key == "role" && field.second.IsScalar()) party.role = word(field.second, graph::parse_role, "role");
        else if (key == "role") take_roles(field.second, party);
        else at(field.first, fmt::format("'{}' is no key of a party: name, role, officials", key));
      }
      if (party.name.empty()) at(entry, "a party without a name");
      out_.parties.push_back(std::move(party));
    }
  }

  void take_roles(const YAML::Node& node, MappedParty& party) {
    for (const auto& entry : node) {
      const auto type = word(entry.first, graph::parse_event_type, "type of event");
      const auto role = word(entry.second, graph::parse_role, "role");
      if (!type || !role) return;
      if (!graph::allows_role(*type, *role)) at(entry.first, fmt::format("a {} has no {}", graph::to_string(*type), graph::to_string(*role)));
      party.role_of[*type] = *role;
    }
  }

  void take_only(const YAML::Node& node) {
    for (const auto& entry : node) {
      std::vector<std::string> values;
      if (entry.second.IsSequence()) values = entry.second.as<std::vector<std::string>>();
      else values.push_back(entry.second.as<std::string>());
      out_.only.emplace_back(entry.first.as<std::string>(), std::move(values));
    }
  }

  Result<TableMapping> whole() {
    const auto missing = [&](const std::string& what) { return Error{ErrorCode::invalid_argument, fmt::format("{}: {}", path_.string(), what), {}}; };
    if (out_.id.empty()) return missing("'id' is missing: what tells one row from the next");
    if (out_.sentence.empty()) return missing("'sentence' is missing: the row in words, which proves its event");
    if (out_.parties.empty()) return missing("'parties' is missing: who takes part");
    if (!out_.type && (out_.code.empty() || !out_.codes)) return missing("'type' is missing, or 'code' with 'codes': what happened");
    if (out_.layout.format == TableFormat::xml && out_.layout.row.empty()) return missing("'row' is missing: the element that is a row");
    if (out_.confidence <= 0 || out_.confidence > 1) return missing("'confidence' is more than 0 and at most 1");
    return std::move(out_);
  }

  std::filesystem::path path_;
  TableMapping out_;
  std::optional<Error> error_;
};

}  // namespace

Result<TableMapping> load_mapping(const std::filesystem::path& path) { return MappingFile(path).read(); }

}  // namespace entente::importers
