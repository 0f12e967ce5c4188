// Values as JSON objects, named field by named field, written and read back by one description of each (`describe`). For
// storage/care only; docs/dump.md has the names.
//   Left out where they hold nothing: texts, lists, optional values, false. Everything else must be there.
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/civil.h"
#include "base/clock.h"
#include "base/edtf.h"
#include "base/id.h"
#include "graph/model/claim.h"
#include "graph/model/entity.h"
#include "storage/codec/load_io.h"
#include "storage/codec/values.h"

namespace entente::storage {

// A text as JSON: as it is, or {"hex": ...} where it is no UTF-8.
nlohmann::json text_json(const std::string& text);
std::optional<std::string> text_of_json(const nlohmann::json& json);

// The names of closed sets.
template <class Enum>
std::string name_of(Enum value);
template <class Enum>
std::optional<Enum> value_of(std::string_view name);

class JsonOut {
 public:
  nlohmann::json object = nlohmann::json::object();

  template <class T>
  void operator()(const char* name, const T& value) {
    if (auto json = of(value); !json.is_null()) object[name] = std::move(json);
  }

 private:
  // Null for what is left out.
  static nlohmann::json of(const std::string& value) { return value.empty() ? nlohmann::json() : text_json(value); }
  static nlohmann::json of(bool value) { return value ? nlohmann::json(true) : nlohmann::json(); }
  static nlohmann::json of(double value) { return value; }
  static nlohmann::json of(RecordedTime value) { return value.to_text(); }
  static nlohmann::json of(const Edtf& value) { return value.text(); }
  static nlohmann::json of(const CivilDate& value) { return to_iso(value); }
  static nlohmann::json of(const graph::Span& value) { return {value.begin, value.end}; }
  template <class Tag>
  static nlohmann::json of(const StrongId<Tag>& value) {
    return of(value.str());
  }
  template <class T>
  static nlohmann::json of(const std::optional<T>& value) {
    return value ? of(*value) : nlohmann::json();
  }
  // What stands in a list stands there even where it holds nothing.
  template <class T>
  static nlohmann::json of(const std::vector<T>& values) {
    if (values.empty()) return {};
    auto out = nlohmann::json::array();
    for (const T& value : values) out.push_back(of(value));
    return out;
  }
  template <class Key, class T>
  static nlohmann::json of(const std::map<Key, T>& values) {
    if (values.empty()) return {};
    auto out = nlohmann::json::array();
    for (const auto& [key, value] : values) out.push_back(nlohmann::json::array({of(key), of(value)}));
    return out;
  }
  template <class T>
  static nlohmann::json of(const T& value) {
    if constexpr (std::is_enum_v<T>) {
      return name_of(value);
    } else if constexpr (std::integral<T>) {
      return value;
    } else {
      JsonOut inner;
      T copy = value;
      describe(inner, copy);
      return std::move(inner.object);
    }
  }
};

class JsonIn {
 public:
  explicit JsonIn(const nlohmann::json& object) : object_(object) {
    if (!object.is_object()) wrong("is no object");
  }

  template <class T>
  void operator()(const char* name, T& value) {
    if (!good()) return;
    read_.insert(name);
    const auto found = object_.find(name);
    if (found == object_.end()) {
      if (!may_be_absent(value)) wrong(std::string("lacks '") + name + "'");
      return;
    }
    if (!take(*found, value) && good()) wrong(std::string("'") + name + "' is not what it should be");
  }

  bool good() const { return fault_.empty(); }
  // Empty when every field was there, right, and known.
  std::string fault() {
    if (good())
      for (const auto& [name, value] : object_.items())
        if (!read_.contains(name)) wrong("'" + name + "' is no field of it");
    return fault_;
  }

 private:
  void wrong(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  static bool may_be_absent(const std::string&) { return true; }
  static bool may_be_absent(bool) { return true; }
  template <class T>
  static bool may_be_absent(const std::optional<T>&) {
    return true;
  }
  template <class T>
  static bool may_be_absent(const std::vector<T>&) {
    return true;
  }
  template <class Key, class T>
  static bool may_be_absent(const std::map<Key, T>&) {
    return true;
  }
  template <class Tag>
  static bool may_be_absent(const StrongId<Tag>&) {
    return true;
  }
  template <class T>
  static bool may_be_absent(const T&) {
    return false;
  }

  bool take(const nlohmann::json& json, std::string& value) {
    auto text = text_of_json(json);
    if (!text) return json.is_null();
    value = std::move(*text);
    return true;
  }
  bool take(const nlohmann::json& json, bool& value) {
    if (!json.is_boolean()) return false;
    value = json.get<bool>();
    return true;
  }
  bool take(const nlohmann::json& json, double& value) {
    if (!json.is_number()) return false;
    value = json.get<double>();
    return true;
  }
  bool take(const nlohmann::json& json, RecordedTime& value) {
    const auto time = json.is_string() ? RecordedTime::parse(json.get<std::string>()) : std::nullopt;
    if (time) value = *time;
    return time.has_value();
  }
  bool take(const nlohmann::json& json, CivilDate& value) {
    const auto date = json.is_string() ? parse_iso_date(json.get<std::string>()) : std::nullopt;
    if (date) value = *date;
    return date.has_value();
  }
  bool take(const nlohmann::json& json, graph::Span& value) {
    if (!json.is_array() || json.size() != 2) return false;
    return take(json[0], value.begin) && take(json[1], value.end);
  }
  template <class Tag>
  bool take(const nlohmann::json& json, StrongId<Tag>& value) {
    std::string text;
    if (!take(json, text)) return false;
    value = StrongId<Tag>(std::move(text));
    return true;
  }
  bool take(const nlohmann::json& json, std::optional<Edtf>& value) {
    if (!json.is_string()) return false;
    auto date = Edtf::parse(json.get<std::string>());
    if (!date) return false;
    value = std::move(*date);
    return true;
  }
  template <class T>
  bool take(const nlohmann::json& json, std::optional<T>& value) {
    return take(json, value.emplace());
  }
  template <class T>
  bool take(const nlohmann::json& json, std::vector<T>& values) {
    if (!json.is_array()) return false;
    for (const auto& one : json)
      if (!take(one, values.emplace_back())) return false;
    return true;
  }
  // Days that may be unknown, in a list.
  bool take(const nlohmann::json& json, std::vector<std::optional<Day>>& values) {
    if (!json.is_array()) return false;
    for (const auto& one : json) {
      values.emplace_back();
      if (!one.is_null() && !take(one, values.back().emplace())) return false;
    }
    return true;
  }
  template <class Key, class T>
  bool take(const nlohmann::json& json, std::map<Key, T>& values) {
    if (!json.is_array()) return false;
    for (const auto& pair : json) {
      Key key;
      T value{};
      if (!pair.is_array() || pair.size() != 2 || !take(pair[0], key) || !take(pair[1], value)) return false;
      values.emplace(std::move(key), std::move(value));
    }
    return true;
  }
  template <class T>
  bool take(const nlohmann::json& json, T& value) {
    if constexpr (std::is_enum_v<T>) {
      const auto known = json.is_string() ? value_of<T>(json.get<std::string>()) : std::nullopt;
      if (known) value = *known;
      return known.has_value();
    } else if constexpr (std::integral<T>) {
      if (!json.is_number_integer()) return false;
      if constexpr (std::is_unsigned_v<T>) {
        if (!json.is_number_unsigned() || !std::in_range<T>(json.get<std::uint64_t>())) return false;
      } else {
        if (json.is_number_unsigned() ? !std::in_range<T>(json.get<std::uint64_t>()) : !std::in_range<T>(json.get<std::int64_t>()))
          return false;
      }
      value = json.get<T>();
      return true;
    } else {
      JsonIn inner(json);
      describe(inner, value);
      if (std::string fault = inner.fault(); !fault.empty()) wrong(std::move(fault));
      return good();
    }
  }

  const nlohmann::json& object_;
  std::set<std::string> read_;
  std::string fault_;
};

template <class Io>
void describe(Io& io, graph::Place& v) {
  io("city", v.city);
  io("country", v.country);
}
template <class Io>
void describe(Io& io, graph::EventFacts& v) {
  io("type", v.type);
  io("date", v.date);
  io("status", v.status);
  io("parties", v.parties);
  io("officials", v.officials);
  io("roles", v.roles);
  io("forum", v.forum);
  io("edition", v.edition);
  io("place", v.place);
  io("mode", v.mode);
  io("level", v.level);
  io("stage", v.stage);
  io("stance", v.stance);
  io("count", v.count);
}
template <class Io>
void describe(Io& io, graph::OfficialFacts& v) {
  io("id", v.id);
  io("name", v.name);
  io("of", v.of);
  io("post", v.post);
}
template <class Io>
void describe(Io& io, graph::ForumFacts& v) {
  io("id", v.id);
  io("name", v.name);
  io("inception", v.inception);
}
// A claim's body is one of three: exactly one of the names is there.
struct BodyFields {
  std::optional<graph::EventFacts> event;
  std::optional<graph::OfficialFacts> official;
  std::optional<graph::ForumFacts> forum;
};
template <class Io>
void describe(Io& io, BodyFields& v) {
  io("event", v.event);
  io("official", v.official);
  io("forum", v.forum);
}
BodyFields body_fields(const graph::ClaimBody& body);
void take_body(BodyFields& from, graph::ClaimBody& body);
template <class Io>
void describe(Io& io, graph::Difference& v) {
  io("field", v.field);
  io("values", v.values);
}
template <class Io>
void describe(Io& io, graph::Event& v) {
  io("facts", v.facts);
  io("claims", v.claims);
  io("sources", v.sources);
  io("publishers", v.publishers);
  io("confidence", v.confidence);
  io("differences", v.differences);
}
template <class Io>
void describe(Io& io, graph::EntityName& v) {
  io("text", v.text);
  io("kind", v.kind);
  io("language", v.language);
  io("from_year", v.from_year);
  io("until_year", v.until_year);
}
template <class Io>
void describe(Io& io, graph::Entity& v) {
  io("id", v.id);
  io("label", v.label);
  io("names", v.names);
  io("member_of", v.member_of);
  io("of", v.of);
  io("posts", v.posts);
  io("outside_ids", v.outside_ids);
}
template <class Io>
void describe(Io& io, graph::StoreCounts& v) {
  io("releases", v.releases);
  io("claims", v.claims);
  io("events", v.events);
  io("entities", v.entities);
}
template <class Io>
void describe(Io& io, graph::TableCode& v) {
  io("code", v.code);
  io("label", v.label);
  io("type", v.type);
  io("status", v.status);
  io("mode", v.mode);
  io("stage", v.stage);
  io("stance", v.stance);
}
template <class Io>
void describe(Io& io, graph::TableInfo& v) {
  io("prefix", v.prefix);
  io("name", v.name);
  io("publisher", v.publisher);
  io("confidence", v.confidence);
  io("codes", v.codes);
  io("roles", v.roles);
}
template <class Io>
void describe(Io& io, KindEnd& v) {
  io("kind", v.kind);
  io("end", v.end);
}
template <class Io>
void describe(Io& io, EntityRun& v) {
  io("first_id", v.first_id);
  io("first_number", v.first_number);
  io("count", v.count);
}
template <class Io>
void describe(Io& io, LoadRecord& v) {
  io("recorded", v.recorded);
  io("table", v.info);
  io("entities", v.entities);
  io("sources", v.sources);
  io("events", v.events);
  io("participations", v.participations);
  io("entity_rows", v.entity_rows);
  io("pair_rows", v.pair_rows);
  io("days_more_max", v.days_more_max);
  io("first_number", v.first_number);
  io("kinds", v.kinds);
  io("runs", v.runs);
}
template <class Io>
void describe(Io& io, PackedPart& v) {
  io("entity", v.entity);
  io("role", v.role);
}
template <class Io>
void describe(Io& io, PackedEvent& v) {
  io("event", v.event);
  io("first", v.first);
  io("days_more", v.days_more);
  io("code", v.code);
  io("place", v.place);
  io("source", v.source);
  io("parts", v.parts);
}
template <class Io>
void describe(Io& io, PackedSource& v) {
  io("id", v.id);
  io("published", v.published);
  io("title", v.title);
}

}  // namespace entente::storage
