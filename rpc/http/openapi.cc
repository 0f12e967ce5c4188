#include <capnp/schema.h>
#include <fmt/format.h>

#include <map>

#include "rpc/http/api.h"
#include "rpc/schema/reader.capnp.h"

namespace entente::rpc {
namespace {

std::string text_of(kj::StringPtr text) { return std::string(text.cStr(), text.size()); }

// The structs of the wire's schema, as JSON's codec writes them; each with those that it is made of.
class Schemas {
 public:
  void add(const std::string& name, capnp::StructSchema schema) {
    if (!known_.emplace(name, std::string()).second) return;
    known_[name] = object(schema);
  }
  void add_text(const std::string& name, std::string text) { known_[name] = std::move(text); }

  std::string text() const {
    std::string out;
    for (const auto& [name, schema] : known_) out += fmt::format("{}\"{}\":{}", out.empty() ? "" : ",", name, schema);
    return out;
  }

 private:
  static std::string name_of(capnp::StructSchema schema) { return text_of(schema.getShortDisplayName()); }

  std::string object(capnp::StructSchema schema) {
    std::string out = R"({"type":"object","properties":{)";
    bool first = true;
    for (const auto field : schema.getFields()) {
      if (!first) out += ',';
      first = false;
      out += fmt::format("\"{}\":{}", text_of(field.getProto().getName()), of(field.getType()));
    }
    return out + "}}";
  }

  // Numbers of 64 bits are texts in JSON: half of its readers would round them.
  std::string of(capnp::Type type) {
    using capnp::schema::Type;
    switch (type.which()) {
      case Type::VOID: return R"({"type":"null"})";
      case Type::BOOL: return R"({"type":"boolean"})";
      case Type::INT64:
      case Type::UINT64: return R"({"type":"string","pattern":"^-?[0-9]+$"})";
      case Type::FLOAT32:
      case Type::FLOAT64: return R"({"type":"number"})";
      case Type::TEXT: return R"({"type":"string"})";
      case Type::DATA: return R"({"type":"array","items":{"type":"integer"}})";
      case Type::LIST: return fmt::format(R"({{"type":"array","items":{}}})", of(type.asList().getElementType()));
      case Type::STRUCT: {
        const auto schema = type.asStruct();
        if (schema.getProto().getStruct().getIsGroup()) return object(schema);
        add(name_of(schema), schema);
        return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name_of(schema));
      }
      case Type::ENUM: return R"({"type":"string"})";
      case Type::INTERFACE:
      case Type::ANY_POINTER: return "{}";
      default: return R"({"type":"integer"})";
    }
  }

  std::map<std::string, std::string> known_;
};

std::string parameters(const std::vector<Parameter>& all) {
  std::string out;
  for (const Parameter& one : all)
    out += fmt::format(R"({}{{"name":"{}","in":"{}","required":{},"description":"{}","schema":{{"type":"string"}}}})", out.empty() ? "" : ",", one.name, one.in_path ? "path" : "query", one.in_path, one.what);
  return out;
}

std::string path_item(const Route& route) {
  const std::string body = route.post ? R"("requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object"}}}},)" : "";
  return fmt::format(
      R"("{}":{{"{}":{{"summary":"{}","parameters":[{}],{}"responses":{{"200":{{"description":"The answer","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/{}"}}}}}}}},"default":{{"description":"What is wrong","content":{{"application/json":{{"schema":{{"$ref":"#/components/schemas/Problem"}}}}}}}}}}}}}})",
      route.path, route.post ? "post" : "get", route.what, parameters(route.parameters), body, route.answer);
}

std::string watch_item() {
  return fmt::format(R"("/api/watch":{{"get":{{"summary":"Changes as they are recorded, as server-sent events; `Last-Event-ID` goes on after a break","parameters":[{}],"responses":{{"200":{{"description":"A stream without end","content":{{"text/event-stream":{{"schema":{{"$ref":"#/components/schemas/Change"}}}}}}}}}}}}}})", parameters(watch_parameters()));
}

}  // namespace

std::string openapi_page() {
  Schemas schemas;
  schemas.add("EntityReport", capnp::Schema::from<wire::EntityReport>());
  schemas.add("Event", capnp::Schema::from<wire::Event>());
  schemas.add("Release", capnp::Schema::from<wire::Release>());
  schemas.add("Change", capnp::Schema::from<wire::Change>());
  schemas.add("ResolveResults", capnp::Schema::from<wire::Reader::ResolveResults>());
  schemas.add("MembersResults", capnp::Schema::from<wire::Reader::MembersResults>());
  schemas.add("WhyResults", capnp::Schema::from<wire::Reader::WhyResults>());
  schemas.add_text("Timeline", R"({"type":"object","properties":{"events":{"type":"array","items":{"$ref":"#/components/schemas/Event"}},"done":{"type":"boolean"},"recordedMicros":{"type":"string"},"next":{"type":"string","nullable":true}}})");
  schemas.add_text("Changes", R"({"type":"object","properties":{"changes":{"type":"array","items":{"$ref":"#/components/schemas/Change"}},"throughMicros":{"type":"string"},"more":{"type":"boolean"}}})");
  schemas.add_text("Status", R"({"type":"object","properties":{"recorded":{"type":"string"},"recordedMicros":{"type":"string"},"releases":{"type":"string"},"claims":{"type":"string"},"events":{"type":"string"},"entities":{"type":"string"}}})");
  schemas.add_text("Problem", R"({"type":"object","properties":{"error":{"type":"string"},"code":{"type":"string"}}})");
  schemas.add_text("Answer", R"({"type":"object"})");
  schemas.add_text("OpenApi", R"({"type":"object"})");
  std::string paths = watch_item();
  for (const Route& route : routes()) paths += "," + path_item(route);
  return fmt::format(R"({{"openapi":"3.0.3","info":{{"title":"Entente","version":"1","description":"The record of relations between states, to be read. Numbers of types, levels, stages and the like are those of docs/ontology.md; fields that are not there have their zero."}},"paths":{{{}}},"components":{{"securitySchemes":{{"token":{{"type":"http","scheme":"bearer"}}}},"schemas":{{{}}}}}}})", paths, schemas.text());
}

}  // namespace entente::rpc
