// N-Triples and Turtle: entities and events with their roles, dates as EDTF literals, and with PROV-O where each
// statement comes from: an event is derived from claims, a claim from a release that a publisher is answerable for.
#include <fmt/format.h>

#include "base/utf8.h"
#include "graph/exchange/rows.h"
#include "graph/query/value.h"

namespace entente::graph::exchange {
namespace {

struct Prefix {
  std::string_view name;
  std::string_view iri;
};
constexpr Prefix kPrefixes[] = {{"e", "urn:entente:ontology:"},
                                {"rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"},
                                {"rdfs", "http://www.w3.org/2000/01/rdf-schema#"},
                                {"xsd", "http://www.w3.org/2001/XMLSchema#"},
                                {"prov", "http://www.w3.org/ns/prov#"},
                                {"dcterms", "http://purl.org/dc/terms/"},
                                {"skos", "http://www.w3.org/2004/02/skos/core#"},
                                {"edtf", "http://id.loc.gov/datatypes/edtf/"}};

// What an IRI may not hold, as percent and two digits.
std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : repair_utf8(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || std::string_view("<>\"{}|^`\\%").find(c) != std::string_view::npos)
      out += fmt::format("%{:02X}", byte);
    else
      out += c;
  }
  return out;
}

// What Turtle escapes in a literal is what JSON escapes in a text.
std::string literal(std::string_view text) {
  std::string out;
  query::append_json_text(out, repair_utf8(text));
  return out;
}

// An address with a scheme: "https://…", not the name of a file.
bool is_absolute(std::string_view url) {
  const auto colon = url.find(':');
  return colon != std::string_view::npos && colon > 1 &&
         url.substr(0, colon).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789+.-") == std::string_view::npos;
}

class Rdf final : public Writer {
 public:
  Rdf(bool turtle, std::string base, Put put) : turtle_(turtle), base_(std::move(base)), put_(std::move(put)) {
    if (!turtle_) return;
    for (const Prefix& one : kPrefixes) put_(fmt::format("@prefix {}: <{}> .\n", one.name, one.iri));
  }

  void node(const Row& row) override {
    const std::string id = iri(text_of(row, "node"));
    say(id, "rdf:type", term("e:" + text_of(row, "kind")));
    say_text(id, "rdfs:label", text_of(row, "label"));
    for (const std::string& name : list_of(row, "names")) say_text(id, "skos:altLabel", name);
    for (const std::string& post : list_of(row, "posts")) say_text(id, "e:holds", post);
    for (const std::string& group : list_of(row, "member_of")) say(id, "e:member_of", iri(group));
    if (const std::string of = text_of(row, "of"); !of.empty()) say(id, "e:acts_for", iri(of));
    end_subject();
  }

  void edge(const Row& row) override {
    const std::string id = iri(event_name(text_of(row, "edge")));
    say(id, "rdf:type", term("e:" + text_of(row, "type")));
    say(id, "rdf:type", term("prov:Activity"));
    for (const std::string& one : list_of(row, "between")) {
      const std::string role = role_of(row, one);
      if (one == text_of(row, "forum"))
        say(id, "e:edition_of", iri(one));
      else
        say(id, role.empty() ? "e:participant" : "e:" + escaped(role), iri(one));
    }
    if (const std::string date = text_of(row, "date"); !date.empty())
      say(id, "e:date", literal(date) + "^^" + term("edtf:EDTF"));
    say_day(id, "prov:startedAtTime", text_of(row, "first"), "T00:00:00Z");
    say_day(id, "prov:endedAtTime", text_of(row, "last"), "T23:59:59Z");
    for (const char* field : {"status", "level", "mode", "stage", "stance", "code"})
      say_text(id, std::string("e:") + field, text_of(row, field));
    say_text(id, "e:place", place_of(row));
    for (const char* field : {"edition", "count", "sources"})
      say_number(id, std::string("e:") + field, text_of(row, field), "xsd:integer");
    say_number(id, "e:confidence", text_of(row, "confidence"), "xsd:double");
    const auto claims = row.find("claims");
    const bool told = claims != row.end() && claims->is_array();
    if (told)
      for (const Json& claim : *claims) say(id, "prov:wasInfluencedBy", iri(text_of(claim, "claim")));
    end_subject();
    if (told)
      for (const Json& claim : *claims) put_claim(claim);
  }

  void end() override {}

 private:
  void put_claim(const Json& claim) {
    const std::string id = iri(text_of(claim, "claim"));
    const std::string release = text_of(claim, "release");
    say(id, "rdf:type", term("prov:Entity"));
    if (!release.empty()) say(id, "prov:wasQuotedFrom", iri(release_name(release)));
    for (const std::string& words : list_of(claim, "words")) say_text(id, "e:words", words);
    say_text(id, "e:rule", text_of(claim, "rule"));
    say_number(id, "e:confidence", text_of(claim, "confidence"), "xsd:double");
    if (const std::string recorded = text_of(claim, "recorded"); !recorded.empty())
      say(id, "prov:generatedAtTime", literal(recorded) + "^^" + term("xsd:dateTime"));
    say_text(id, "e:joined", text_of(claim, "joined"));
    end_subject();
    if (release.empty()) return;
    const std::string source = iri(release_name(release));
    say(source, "rdf:type", term("prov:Entity"));
    say_text(source, "dcterms:title", text_of(claim, "title"));
    say_text(source, "dcterms:publisher", text_of(claim, "publisher"));
    if (const std::string published = text_of(claim, "published"); !published.empty())
      say(source, "dcterms:issued", literal(published) + "^^" + term("xsd:date"));
    if (const std::string url = text_of(claim, "url"); is_absolute(url))
      say(source, "prov:atLocation", "<" + escaped(url) + ">");
    else
      say_text(source, "dcterms:source", url);
    end_subject();
  }

  std::string iri(const std::string& id) const { return "<" + base_ + escaped(id) + ">"; }
  // "rdf:type", in full where there are no prefixes.
  std::string term(const std::string& name) const {
    if (turtle_) return name;
    const auto colon = name.find(':');
    for (const Prefix& one : kPrefixes)
      if (one.name == std::string_view(name).substr(0, colon))
        return fmt::format("<{}{}>", one.iri, name.substr(colon + 1));
    return name;
  }
  void say(const std::string& subject, const std::string& predicate, const std::string& object) {
    if (!turtle_) {
      put_(fmt::format("{} {} {} .\n", subject, term(predicate), object));
      return;
    }
    if (subject_.empty())
      put_(subject + " ");
    else
      put_(" ;\n  ");
    subject_ = subject;
    put_(predicate + " " + object);
  }
  void say_text(const std::string& subject, const std::string& predicate, const std::string& text) {
    if (!text.empty()) say(subject, predicate, literal(text));
  }
  void say_number(const std::string& subject, const std::string& predicate, const std::string& text, const char* type) {
    if (!text.empty()) say(subject, predicate, literal(text) + "^^" + term(type));
  }
  void say_day(const std::string& subject, const std::string& predicate, const std::string& day, const char* time) {
    if (!day.empty()) say(subject, predicate, literal(day + time) + "^^" + term("xsd:dateTime"));
  }
  void end_subject() {
    if (turtle_ && !subject_.empty()) put_(" .\n");
    subject_.clear();
  }

  bool turtle_;
  std::string base_;
  Put put_;
  std::string subject_;
};

}  // namespace

std::unique_ptr<Writer> make_rdf(bool turtle, std::string base, Put put) {
  return std::make_unique<Rdf>(turtle, std::move(base), std::move(put));
}

}  // namespace entente::graph::exchange
