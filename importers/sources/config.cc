#include "importers/sources/config.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <system_error>

#include "importers/sources/addresses.h"

namespace entente::importers {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileBytesMax = 8U << 20U;

const std::vector<std::int64_t>& usual_rechecks() {
  constexpr std::int64_t kDay = 24LL * 3600 * 1000;
  static const std::vector<std::int64_t> days{1 * kDay, 3 * kDay, 7 * kDay, 30 * kDay};
  return days;
}

// What an entry says, and where: selectors are made when the kind is known.
struct Written {
  SourceConfig config;
  std::map<std::string, std::pair<std::string, int>> selectors;  // key to text and line
  bool has_kind = false;
  bool off = false;  // something in it is wrong
};

std::size_t distance_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 100 && text.front() != '-' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_.") == std::string_view::npos;
}

class Loader {
 public:
  LoadedSources finish() {
    for (auto& [id, written] : entries_) {
      complete(written);
      if (!written.off) out_.config.sources.push_back(std::move(written.config));
    }
    const auto by_place = [](const ConfigProblem& a, const ConfigProblem& b) {
      return std::tie(a.file, a.line) < std::tie(b.file, b.line);
    };
    std::stable_sort(out_.problems.begin(), out_.problems.end(), by_place);
    return std::move(out_);
  }

  void read_file(const fs::path& path, bool builtin) {
    std::ifstream in(path, std::ios::binary);
    if (!in)
      return problem_at(path.string(), 0, "the file cannot be opened; check that it is there and that you may read it");
    std::string text(kFileBytesMax + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    read_text(text, path.string(), builtin);
  }

  void read_text(const std::string& text, const std::string& name, bool builtin) {
    file_ = name;
    if (text.size() > kFileBytesMax)
      return problem_at(name, 0, fmt::format("the file has more than {} bytes", kFileBytesMax));
    // yaml-cpp tells of faults by throwing: this is the one place that catches.
    try {
      const YAML::Node root = YAML::Load(text);
      if (root.IsNull()) return;
      if (!root.IsMap()) return problem(root, "here must be keys: contact, defaults, sources");
      read_root(root, builtin);
    } catch (const YAML::Exception& error) {
      problem_at(name, error.mark.is_null() ? 0 : error.mark.line + 1, "this is no YAML: " + error.msg);
    }
  }

 private:
  using Field = std::function<void(const YAML::Node&)>;
  using Fields = std::map<std::string, Field>;

  void problem_at(const std::string& file, int line, const std::string& what) {
    out_.problems.push_back({file, line, what});
    if (current_ != nullptr) current_->off = true;
  }
  void problem(const YAML::Node& node, const std::string& what) {
    problem_at(file_, node.Mark().is_null() ? 0 : node.Mark().line + 1, what);
  }

  void read_fields(const YAML::Node& map, const Fields& fields, const std::string& where) {
    for (const auto& pair : map) {
      const std::string key = pair.first.IsScalar() ? pair.first.Scalar() : std::string();
      if (const auto known = fields.find(key); known != fields.end()) {
        known->second(pair.second);
        continue;
      }
      std::string nearest;
      for (const auto& [name, field] : fields)
        if (distance_between(name, key) <= 2 && nearest.empty()) nearest = name;
      std::string names;
      for (const auto& [name, field] : fields) names += (names.empty() ? "" : ", ") + name;
      problem(pair.first, fmt::format("{} has no key '{:.60}'; {}", where, key,
                                      nearest.empty() ? "it has " + names : "did you mean '" + nearest + "'?"));
    }
  }

  std::string text_in(const YAML::Node& node) {
    if (node.IsScalar()) return node.Scalar();
    if (!node.IsNull()) problem(node, "here must be one text");
    return {};
  }
  bool flag_in(const YAML::Node& node, bool before) {
    const std::string text = text_in(node);
    if (text == "true" || text == "yes" || text == "on") return true;
    if (text == "false" || text == "no" || text == "off") return false;
    problem(node, fmt::format("'{:.60}' is neither true nor false", text));
    return before;
  }
  int number_in(const YAML::Node& node, int least, int most, int before) {
    const std::string text = text_in(node);
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most) return value;
    problem(node, fmt::format("'{:.60}' is no whole number from {} to {}", text, least, most));
    return before;
  }
  std::int64_t duration_in(const YAML::Node& node, std::int64_t before) {
    const std::string text = text_in(node);
    if (const auto ms = parse_duration_ms(text)) return *ms;
    problem(node, fmt::format("'{:.60}' is no length of time; write 500ms, 2s, 10m, 1h or 7d", text));
    return before;
  }
  std::vector<std::string> texts_in(const YAML::Node& node) {
    std::vector<std::string> out;
    if (node.IsScalar()) return {node.Scalar()};
    if (!node.IsSequence()) {
      problem(node, "here must be a text, or a list of texts");
      return out;
    }
    for (const YAML::Node& one : node) out.push_back(text_in(one));
    return out;
  }

  void read_root(const YAML::Node& root, bool builtin) {
    // What holds for all comes first, wherever it stands.
    if (const YAML::Node defaults = root["defaults"]; defaults && !builtin) {
      if (defaults.IsMap())
        read_fields(defaults, manner_fields(defaults_), "defaults");
      else
        problem(defaults, "here must be keys: delay, connections, ...");
      for (auto& [id, written] : entries_) take_manners(written.config);
    }
    Fields fields;
    fields["contact"] = [this](const YAML::Node& node) { read_contact(node); };
    fields["ca_file"] = [this](const YAML::Node& node) { out_.config.ca_file = beside(text_in(node)).string(); };
    fields["defaults"] = [](const YAML::Node&) {};
    fields["enable"] = [this](const YAML::Node& node) { read_enable(node); };
    fields["sources"] = [this](const YAML::Node& node) { read_sources(node); };
    read_fields(root, fields, "the file");
  }

  void read_contact(const YAML::Node& node) {
    const std::string text = text_in(node);
    const bool speaks = text.find('@') != std::string::npos || text.starts_with("http");
    const bool plain = text.size() <= 200 && std::all_of(text.begin(), text.end(), [](char c) {
                         return c > ' ' && c < '\x7F' && c != '(' && c != ')';
                       });
    if (speaks && plain)
      out_.config.contact = text;
    else
      problem(
          node,
          "contact must be an address of mail or of a page, for those whose sites are read: contact: desk@example.org");
  }

  void read_enable(const YAML::Node& node) {
    for (const std::string& id : texts_in(node)) {
      const auto found = entries_.find(id);
      if (found == entries_.end())
        problem(node, fmt::format("there is no source '{:.100}' to enable; `entente sources --all` lists them", id));
      else
        found->second.config.enabled = true;
    }
  }

  void read_sources(const YAML::Node& node) {
    if (node.IsNull()) return;
    if (!node.IsSequence()) return problem(node, "sources must be a list: lines that begin with '-'");
    std::map<std::string, int> met;  // in this file
    for (const YAML::Node& one : node) {
      if (!one.IsMap()) {
        problem(one, "a source must have keys: id, kind, url ...");
        continue;
      }
      const YAML::Node id = one["id"];
      if (!id || !id.IsScalar() || !is_id(id.Scalar())) {
        problem(id ? id : one, "a source needs an id of small letters, digits, '-', '_' and '.': id: kr-mofa");
        continue;
      }
      const int line = one.Mark().line + 1;
      if (const auto [first, fresh] = met.emplace(id.Scalar(), line); !fresh) {
        problem(one, fmt::format("the id '{}' is there already, in line {}", id.Scalar(), first->second));
        continue;
      }
      read_source(one, id.Scalar(), line);
    }
  }

  void read_source(const YAML::Node& node, const std::string& id, int line) {
    const auto [at, fresh] = entries_.try_emplace(id);
    Written& written = at->second;
    SourceConfig& config = written.config;
    if (fresh) {
      config.id = id;
      config.enabled = true;
      take_manners(config);
    }
    config.file = file_;
    config.line = line;
    current_ = &written;
    Fields fields = manner_fields(config);
    fields["id"] = [](const YAML::Node&) {};
    const auto text = [&](const char* key, std::string& into) {
      fields[key] = [this, &into](const YAML::Node& value) { into = text_in(value); };
    };
    text("name", config.name);
    text("publisher", config.publisher);
    text("language", config.language);
    text("origin", config.origin);
    text("url", config.url);
    fields["country"] = [&](const YAML::Node& value) {
      config.country = text_in(value);
      const bool good = config.country.size() == 2 && std::all_of(config.country.begin(), config.country.end(),
                                                                  [](char c) { return c >= 'A' && c <= 'Z'; });
      if (!good && !config.country.empty())
        problem(value, fmt::format("'{:.60}' is no country; write two capital letters (ISO 3166-1): country: KR",
                                   config.country));
    };
    fields["path"] = [&](const YAML::Node& value) { config.path = beside(text_in(value)); };
    fields["mapping"] = [&](const YAML::Node& value) {
      const std::string named = text_in(value);
      config.mapping = named.find('/') == std::string::npos && !named.ends_with(".yaml") ? named : beside(named).string();
    };
    fields["kind"] = [&](const YAML::Node& value) { read_kind(value, written); };
    fields["enabled"] = [&](const YAML::Node& value) { config.enabled = flag_in(value, config.enabled); };
    fields["verified"] = [&](const YAML::Node& value) { config.verified = flag_in(value, config.verified); };
    fields["include"] = [&](const YAML::Node& value) { config.include = texts_in(value); };
    fields["exclude"] = [&](const YAML::Node& value) { config.exclude = texts_in(value); };
    fields["content"] = [&](const YAML::Node& value) {
      const std::string where = text_in(value);
      if (where != "list" && where != "page")
        problem(value, "content is 'page' (each page is fetched) or 'list' (the list brings the texts)");
      config.content_from_list = where == "list";
    };
    for (const char* const key : {"items", "item", "link", "title", "date", "next", "body", "page_title", "page_date"})
      fields[key] = [this, key, &written](const YAML::Node& value) {
        written.selectors[key] = {text_in(value), value.Mark().line + 1};
      };
    read_fields(node, fields, "a source");
    current_ = nullptr;
  }

  void read_kind(const YAML::Node& node, Written& written) {
    const std::string text = text_in(node);
    if (const auto kind = source_kind_from(text)) {
      written.config.kind = *kind;
      written.has_kind = true;
    } else {
      problem(node,
              fmt::format("'{:.60}' is no kind of source; it is feed, sitemap, listing, json, folder, maildir, warc or table",
                          text));
    }
  }

  Fields manner_fields(SourceConfig& config) {
    Fields fields;
    Manners& manners = config.manners;
    const auto duration = [&](const char* key, std::int64_t& into) {
      fields[key] = [this, &into](const YAML::Node& node) { into = duration_in(node, into); };
    };
    const auto number = [&](const char* key, int least, int most, int& into) {
      fields[key] = [this, least, most, &into](const YAML::Node& node) { into = number_in(node, least, most, into); };
    };
    duration("delay", manners.delay_ms);
    duration("time", manners.time_ms);
    duration("retry_wait", manners.retry_wait_ms);
    duration("retry_after", manners.retry_after_ms_max);
    number("connections", 1, 64, manners.connections);
    number("redirects", 0, 20, manners.redirects_max);
    number("retries", 0, 20, manners.retries_max);
    number("pages", 1, 10'000, config.pages_max);
    number("items", 1, 1'000'000, config.items_max);
    fields["items_max"] = fields["items"];
    fields.erase("items");
    fields["pages_max"] = fields["pages"];
    fields.erase("pages");
    fields["private_addresses"] = [this, &manners](const YAML::Node& node) {
      manners.private_addresses = flag_in(node, manners.private_addresses);
    };
    fields["robots"] = [this, &manners](const YAML::Node& node) {
      const std::string text = text_in(node);
      if (text != "follow" && text != "ignore") problem(node, "robots is 'follow', or 'ignore' for a site of your own");
      manners.robots = text != "ignore";
    };
    fields["size"] = [this, &manners](const YAML::Node& node) {
      const auto size = parse_size(text_in(node));
      constexpr std::size_t kMost = 1U << 30U;
      if (!size || *size == 0 || *size > kMost) return problem(node, "size is a number of bytes up to 1GB: size: 16MB");
      manners.bytes_max = *size;
    };
    fields["recheck"] = [this, &config](const YAML::Node& node) { read_rechecks(node, config); };
    return fields;
  }

  void read_rechecks(const YAML::Node& node, SourceConfig& config) {
    config.recheck_ms.clear();
    const auto texts = texts_in(node);
    if (texts.size() == 1 && texts.front() == "never") return;
    for (const std::string& text : texts) {
      const auto ms = parse_duration_ms(text);
      if (!ms)
        return problem(
            node, "recheck is 'never' or lengths of time after which a page is looked at again: recheck: [1d, 7d]");
      config.recheck_ms.push_back(*ms);
    }
    std::sort(config.recheck_ms.begin(), config.recheck_ms.end());
  }

  void take_manners(SourceConfig& config) const {
    config.manners = defaults_.manners;
    config.pages_max = defaults_.pages_max;
    config.items_max = defaults_.items_max;
    config.recheck_ms = defaults_.recheck_ms;
  }

  // Paths in a file are meant from where the file lies.
  fs::path beside(const std::string& text) const {
    if (text.starts_with("~/"))
      if (const char* const home = std::getenv("HOME"); home != nullptr) return fs::path(home) / text.substr(2);
    return fs::path(file_).parent_path() / text;
  }

  // What can be said only when all of it was read.
  void complete(Written& written) {
    SourceConfig& config = written.config;
    current_ = &written;
    file_ = config.file;
    const auto wrong = [&](const std::string& what) { problem_at(config.file, config.line, what); };
    if (!written.has_kind && !written.off)
      wrong(
          fmt::format("the source '{}' has no kind: feed, sitemap, listing, json, folder, maildir, warc or table", config.id));
    if (config.kind == SourceKind::table && config.mapping.empty())
      wrong(fmt::format("the source '{}' has no mapping: the name of one of data/mappings, or a file (docs/mappings.md)", config.id));
    if (is_on_the_network(config.kind)) {
      const auto url = parse_url(config.url);
      if (config.url.empty())
        wrong(fmt::format("the source '{}' has no url", config.id));
      else if (!url)
        wrong(fmt::format("'{:.200}' is no http or https address", config.url));
      else if (!config.manners.private_addresses && (is_private_address(url->host) || url->host == "localhost"))
        wrong(
            fmt::format("{} is an address inside a network; write private_addresses: true if it is yours", url->host));
    } else if (config.path.empty()) {
      wrong(fmt::format("the source '{}' has no path", config.id));
    }
    if (config.name.empty()) config.name = config.id;
    take_selectors(written);
    current_ = nullptr;
  }

  void take_selectors(Written& written) {
    SourceConfig& config = written.config;
    for (const auto& [key, value] : written.selectors) {
      const auto& [text, line] = value;
      const bool of_list = key != "body" && key != "page_title" && key != "page_date";
      if (config.kind == SourceKind::json && (of_list || key == "body")) {
        take_place(config.json, key, text, line);
        continue;
      }
      if (of_list && (config.kind != SourceKind::listing || key == "items")) {
        problem_at(config.file, line, fmt::format("a source of kind {} has no '{}'", to_string(config.kind), key));
        continue;
      }
      auto selector = Selector::parse(text);
      if (!selector) {
        problem_at(config.file, line, fmt::format("{}: {}", key, selector.error().message));
        continue;
      }
      *place_of(config, key) = std::move(*selector);
    }
  }

  static std::optional<Selector>* place_of(SourceConfig& config, const std::string& key) {
    ListingSelectors& list = config.selectors;
    const std::map<std::string_view, std::optional<Selector>*> places{{"item", &list.item},
                                                                      {"link", &list.link},
                                                                      {"title", &list.title},
                                                                      {"date", &list.date},
                                                                      {"next", &list.next},
                                                                      {"body", &config.body},
                                                                      {"page_title", &config.page_title},
                                                                      {"page_date", &config.page_date}};
    return places.at(key);
  }

  void take_place(JsonPlaces& places, const std::string& key, const std::string& text, int line) {
    const std::map<std::string_view, std::string*> known{{"items", &places.items}, {"link", &places.link},
                                                         {"title", &places.title}, {"date", &places.date},
                                                         {"next", &places.next},   {"body", &places.body}};
    const auto place = known.find(key);
    if (place == known.end()) return problem_at(file_, line, fmt::format("a source of kind json has no '{}'", key));
    const bool pattern = key == "link" && text.find("{/") != std::string::npos;
    if (!text.starts_with('/') && !pattern)
      return problem_at(file_, line,
                        fmt::format("'{:.100}' is no JSON pointer; write the way to it: /data/items", text));
    *place->second = text;
  }

  LoadedSources out_;
  std::map<std::string, Written> entries_;
  SourceConfig defaults_ = [] {
    SourceConfig config;
    config.recheck_ms = usual_rechecks();
    return config;
  }();
  std::string file_;
  Written* current_ = nullptr;
};

}  // namespace

std::string ConfigProblem::to_text() const {
  return line > 0 ? fmt::format("{}:{}: {}", file, line, what) : fmt::format("{}: {}", file, what);
}

const SourceConfig* SourcesConfig::find(std::string_view id) const {
  for (const SourceConfig& source : sources)
    if (source.id == id) return &source;
  return nullptr;
}

LoadedSources load_sources(const fs::path& registry, const std::optional<fs::path>& user_file) {
  Loader loader;
  std::error_code code;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(registry, code); !code && it != fs::directory_iterator(); it.increment(code))
    if (it->path().extension() == ".yaml") files.push_back(it->path());
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) loader.read_file(file, true);
  if (user_file) loader.read_file(*user_file, false);
  return loader.finish();
}

LoadedSources parse_sources(const std::string& text, const std::string& name) {
  Loader loader;
  loader.read_text(text, name, false);
  return loader.finish();
}

std::optional<std::int64_t> parse_duration_ms(std::string_view text) {
  const std::string whole(text.substr(0, 40));
  char* end = nullptr;
  const double value = std::strtod(whole.c_str(), &end);
  if (end == whole.c_str() || !(value >= 0) || value > 1e9) return std::nullopt;
  const std::string_view unit(end);
  constexpr std::array<std::pair<std::string_view, double>, 6> kUnits{
      {{"ms", 1}, {"s", 1000}, {"", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};
  for (const auto& [name, ms] : kUnits)
    if (unit == name) return static_cast<std::int64_t>(value * ms);
  return std::nullopt;
}

std::optional<std::size_t> parse_size(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value > (1ULL << 40U)) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  constexpr std::array<std::pair<std::string_view, std::size_t>, 5> kUnits{
      {{"", 1}, {"B", 1}, {"KB", 1U << 10U}, {"MB", 1U << 20U}, {"GB", 1U << 30U}}};
  for (const auto& [name, bytes] : kUnits)
    if (unit == name) return value * bytes;
  return std::nullopt;
}

}  // namespace entente::importers
