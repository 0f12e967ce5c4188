#include "importers/clean/html/metadata.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/utf8.h"
#include "importers/clean/dates.h"
#include "importers/clean/html/entities.h"

namespace entente::importers::html {
namespace {

using nlohmann::json;

constexpr std::size_t kJsonLdNodesMax = 20000;
constexpr std::size_t kDataTextBytesMin = 200;

// Names of <meta>, best first. A date of change ("modified") is none of publication.
constexpr std::array kDateNames{"article:published_time",
                                "article:published",
                                "og:article:published_time",
                                "og:published_time",
                                "dc.date.issued",
                                "dcterms.issued",
                                "datepublished",
                                "dc.date.created",
                                "dcterms.created",
                                "parsely-pub-date",
                                "sailthru.date",
                                "publication_date",
                                "publish-date",
                                "publish_date",
                                "publishdate",
                                "pubdate",
                                "article.published",
                                "cxenseparse:recs:publishtime",
                                "dc.date",
                                "dcterms.date",
                                "dcterms.available",
                                "citation_date",
                                "date"};
constexpr std::array kTitleNames{"og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title"};
constexpr std::array kPublisherNames{"og:site_name", "dc.publisher",     "dcterms.publisher",
                                     "publisher",    "application-name", "dc.creator"};

template <std::size_t N>
std::size_t rank_in(const std::array<const char*, N>& names, std::string_view name) {
  const auto found = std::find_if(names.begin(), names.end(), [name](const char* known) { return name == known; });
  return static_cast<std::size_t>(found - names.begin());
}

// Keeps the value of the best name seen so far.
struct Best {
  std::size_t rank = static_cast<std::size_t>(-1);
  std::string value;

  void offer(std::size_t new_rank, std::size_t none, const std::string& text) {
    if (new_rank >= none || new_rank >= rank || text.empty()) return;
    rank = new_rank;
    value = text;
  }
};

bool is_article_type(const json& type) {
  static constexpr std::array kTypes{"NewsArticle", "Article", "PressRelease", "BlogPosting",
                                     "Report",      "WebPage", "NewsPage"};
  if (type.is_array())
    return std::any_of(type.begin(), type.end(), [](const json& one) { return is_article_type(one); });
  if (!type.is_string()) return false;
  const auto& name = type.get_ref<const std::string&>();
  return std::any_of(kTypes.begin(), kTypes.end(), [&name](const char* known) { return name == known; });
}

std::string string_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

struct JsonLd {
  std::string headline;
  std::string published;
  std::string publisher;
  std::string article;
};

void take_article(const json& object, JsonLd& into) {
  const auto type = object.find("@type");
  if (type == object.end() || !is_article_type(*type)) return;
  if (into.headline.empty()) into.headline = string_at(object, "headline");
  if (into.published.empty()) into.published = string_at(object, "datePublished");
  if (into.article.empty()) into.article = string_at(object, "articleBody");
  const auto publisher = object.find("publisher");
  if (into.publisher.empty() && publisher != object.end() && publisher->is_object())
    into.publisher = string_at(*publisher, "name");
}

// Objects and lists, or with `leaves` everything in them; breadth first: the page's own article stands above the others that
// it names.
template <class Take>
void each_node(const json& root, bool leaves, Take take) {
  std::vector<const json*> open{&root};
  for (std::size_t i = 0; i < open.size() && i < kJsonLdNodesMax; ++i) {
    take(*open[i]);
    if (open[i]->is_structured())
      for (const json& part : *open[i])
        if (leaves || part.is_structured()) open.push_back(&part);
  }
}

// Of nothing, where the script is too long or no JSON.
json data_of(std::string_view script) {
  return script.size() > kJsonLdBytesMax ? json() : json::parse(script.begin(), script.end(), nullptr, false);
}

void take_json_ld(std::string_view script, JsonLd& into) {
  each_node(data_of(script), false, [&](const json& node) {
    if (node.is_object()) take_article(node, into);
  });
}

// What reads most like running text among the strings of a script's data.
std::string longest_text(std::string_view script) {
  const json data = data_of(script);
  const std::string* longest = nullptr;
  each_node(data, true, [&](const json& node) {
    if (!node.is_string()) return;
    const auto& text = node.get_ref<const std::string&>();
    if (text.find(". ") != std::string::npos && (longest == nullptr || text.size() > longest->size())) longest = &text;
  });
  return longest == nullptr ? std::string() : *longest;
}

std::string text_under(const Tree& tree, std::uint32_t index) {
  std::string out;
  const std::uint32_t end = tree.nodes[index].after;
  for (std::uint32_t i = index + 1; i < end && out.size() < kDateTextBytesMax; ++i)
    if (tree.nodes[i].tag == Tag::text) out += unescape(tree.bytes(tree.nodes[i]).substr(0, 2000));
  return collapse_blanks(out);
}

class Collector {
 public:
  explicit Collector(const Tree& tree) : tree_(tree) {}

  Metadata collect() {
    for (std::uint32_t i = 1; i < tree_.nodes.size(); ++i) look_at(i);
    return result();
  }

 private:
  void look_at(std::uint32_t index) {
    const Node& node = tree_.nodes[index];
    switch (node.tag) {
      case Tag::html:
        found_.language = tree_.attribute(node, "lang");
        break;
      case Tag::title:
        if (found_.head_title.empty()) found_.head_title = text_under(tree_, index);
        break;
      case Tag::meta:
        look_at_meta(node);
        break;
      case Tag::link:
        if (ascii_lowered(tree_.attribute(node, "rel")) == "canonical") canonical_ = tree_.attribute(node, "href");
        break;
      case Tag::script:
        look_at_script(index);
        break;
      case Tag::img:
        if (found_.image_texts.size() < kImageTextsMax)
          if (std::string text = collapse_blanks(tree_.attribute(node, "alt")); !text.empty())
            found_.image_texts.emplace_back(index, std::move(text));
        break;
      case Tag::time:
      case Tag::span:
      case Tag::div:
      case Tag::p:
        look_at_microdata(index);
        break;
      default:
        break;
    }
  }

  void look_at_meta(const Node& node) {
    const std::string content = collapse_blanks(tree_.attribute(node, "content"));
    if (content.empty()) return;
    for (const std::string_view key : {"property", "name", "itemprop", "http-equiv"}) {
      const std::string name = ascii_lowered(tree_.attribute(node, key));
      if (name.empty()) continue;
      date_.offer(rank_in(kDateNames, name), kDateNames.size(), content);
      publisher_.offer(rank_in(kPublisherNames, name), kPublisherNames.size(), content);
      const std::size_t title = rank_in(kTitleNames, name);
      if (title < kTitleNames.size() && titles_[title].empty()) titles_[title] = content;
      if (name == "og:url") og_url_ = content;
      if ((name == "content-language" || name == "dc.language" || name == "og:locale") && language_.empty())
        language_ = content;
    }
  }

  void look_at_microdata(std::uint32_t index) {
    const Node& node = tree_.nodes[index];
    if (node.end - node.begin < 9 || tree_.bytes(node).find("atePublished") == std::string_view::npos) return;
    if (tree_.attribute(node, "itemprop") != "datePublished" || !microdata_.empty()) return;
    microdata_ = tree_.attribute(node, "datetime");
    if (microdata_.empty()) microdata_ = tree_.attribute(node, "content");
    if (microdata_.empty()) microdata_ = text_under(tree_, index);
  }

  void look_at_script(std::uint32_t index) {
    const Node& node = tree_.nodes[index];
    if (node.after == index + 1) return;
    const std::string type = ascii_lowered(tree_.attribute(node, "type"));
    if (type.starts_with("application/ld+json")) look_at_json_ld(tree_.nodes[index + 1]);
    if (type.starts_with("application/json")) look_at_data(tree_.nodes[index + 1]);
  }

  void look_at_json_ld(const Node& script) {
    const bool had = !json_ld_.article.empty();
    take_json_ld(tree_.bytes(script), json_ld_);
    if (had || json_ld_.article.empty()) return;
    take_article_text(unescape(json_ld_.article), script);
    found_.article_is_declared = true;
  }

  void look_at_data(const Node& script) {
    if (found_.article_is_declared) return;
    std::string text = longest_text(tree_.bytes(script));
    if (text.size() > std::max(found_.article.size(), kDataTextBytesMin)) take_article_text(std::move(text), script);
  }

  void take_article_text(std::string text, const Node& script) {
    found_.article = std::move(text);
    found_.article_begin = script.begin;
    found_.article_end = script.end;
  }

  Metadata result() {
    if (found_.language.empty()) found_.language = language_;
    std::replace(found_.language.begin(), found_.language.end(), '_', '-');
    if (!json_ld_.headline.empty()) found_.titles.push_back(collapse_blanks(unescape(json_ld_.headline)));
    for (const std::string& title : titles_)
      if (!title.empty()) found_.titles.push_back(title);
    for (const std::string* date : {&json_ld_.published, &date_.value, &microdata_}) {
      if (found_.published || date->empty()) continue;
      if (const auto day = find_date(*date, found_.language)) found_.published = day->date;
    }
    found_.publisher = publisher_.value.empty() ? json_ld_.publisher : publisher_.value;
    found_.url = canonical_.empty() ? og_url_ : canonical_;
    return std::move(found_);
  }

  const Tree& tree_;
  Metadata found_;
  JsonLd json_ld_;
  Best date_;
  Best publisher_;
  std::array<std::string, kTitleNames.size()> titles_;
  std::string microdata_;
  std::string language_;
  std::string canonical_;
  std::string og_url_;
};

}  // namespace

std::vector<std::string_view> pieces_of_title(std::string_view head_title) {
  std::vector<std::string_view> pieces;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= head_title.size();) {
    std::size_t width = at == head_title.size() ? 1 : 0;
    if (width == 0 && head_title[at] != ' ' && head_title[at] != '|') {  // no separator begins otherwise
      ++at;
      continue;
    }
    for (const std::string_view separator : {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", "|"})
      if (width == 0 && head_title.substr(at, separator.size()) == separator) width = separator.size();
    if (width == 0) {
      ++at;
      continue;
    }
    if (at > begin) pieces.push_back(head_title.substr(begin, at - begin));
    at += width;
    begin = at;
  }
  return pieces;
}

Metadata metadata_of(const Tree& tree) { return Collector(tree).collect(); }

}  // namespace entente::importers::html
