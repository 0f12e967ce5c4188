// What the writers read of rows. Inside graph/exchange only.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "graph/exchange/writer.h"

namespace entente::graph::exchange {

using Json = nlohmann::ordered_json;

// A field as text: lists joined by blanks; empty when it is not there or says nothing.
std::string text_of(const Json& row, const char* field);
std::vector<std::string> list_of(const Json& row, const char* field);
// The role of one of the participants; empty: a plain one.
std::string role_of(const Json& edge, const std::string& id);
// The event's id among those of other things: a loaded table counts its events and its entities alike, so that its x:5
// becomes event:x:5. The same for the releases that claims come from.
std::string event_name(const std::string& id);
std::string release_name(const std::string& id);
// "Seoul, KR"
std::string place_of(const Json& edge);

// The attributes that tables of nodes and of edges have, in their order.
inline constexpr const char* kNodeFields[] = {"kind", "label", "of", "names", "posts", "member_of"};
inline constexpr const char* kEventFields[] = {"type",  "date",    "first",      "last",       "status",  "level",
                                               "mode",  "stage",   "stance",     "forum",      "edition", "place",
                                               "count", "sources", "publishers", "confidence", "code"};
// The value of one of kEventFields.
std::string event_field(const Json& edge, const char* field);

// Each two participants, the earlier named first.
template <class Visit>
void each_pair(const Json& edge, Visit visit) {
  const auto ids = list_of(edge, "between");
  for (std::size_t i = 0; i < ids.size(); ++i)
    for (std::size_t j = i + 1; j < ids.size(); ++j) visit(ids[i], ids[j]);
}

// Only what XML allows: other control characters become U+FFFD.
std::string xml_text(std::string_view text);

std::unique_ptr<Writer> make_graphml(Shape shape, Put put);
std::unique_ptr<Writer> make_gexf(Shape shape, Put put);
std::unique_ptr<Writer> make_dot(Shape shape, Put put);
std::unique_ptr<Writer> make_csv(bool nodes, Shape shape, Put put);
std::unique_ptr<Writer> make_rdf(bool turtle, std::string base, Put put);
std::unique_ptr<Writer> make_icalendar(std::string as_of, Put put);

}  // namespace entente::graph::exchange
