#include "importers/clean/html/chrome.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "importers/clean/html/tokens.h"

namespace entente::importers::html {
namespace {

constexpr std::array kWords{
    "a2a",        "accessibility", "addthis",     "addtoany",   "adv",         "advert",       "advertisement",
    "backtotop",  "banner",        "banners",     "breadcrumb", "breadcrumbs", "comments",     "commentlist",
    "cookie",     "cookies",       "consent",     "copyright",  "crumb",       "crumbs",       "dialog",
    "disqus",     "dropdown",      "footer",      "footers",    "gdpr",        "hotlinks",     "langs",
    "languages",  "login",         "megamenu",    "menu",       "menubar",     "menus",        "modal",
    "nav",        "navbar",        "navi",        "navigation", "newsletter",  "offcanvas",    "othernews",
    "pager",      "pagination",    "paging",      "paginator",  "popular",     "popup",        "promo",
    "quicklinks", "recommend",     "recommended", "related",    "relatednews", "respond",      "search",
    "searchbox",  "sharedaddy",    "share",       "sharebar",   "sharer",      "sharethis",    "sharing",
    "sidebar",    "sidemenu",      "sitemap",     "skip",       "skiplink",    "skiplinks",    "slogan",
    "sns",        "social",        "socials",     "submenu",    "subscribe",   "subscription", "tagcloud",
    "ticker",     "toolbar",       "tooltip",     "topbar",     "tops",        "userbar",      "widget",
    "widgets"};
static_assert(kWords.size() > 50);

constexpr std::array kEndings{"menu",       "navbar", "footer", "sidebar", "breadcrumb", "breadcrumbs",
                              "navigation", "topnav", "subnav", "sidenav", "share"};

constexpr std::array kRoles{"navigation", "contentinfo", "search",      "complementary", "menu",   "menubar",
                            "toolbar",    "dialog",      "alertdialog", "tooltip",       "banner", "tablist"};

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'z'); }

bool is_chrome_word(const std::string& word) {
  static constexpr std::array kParts{"visually", "sr", "only", "accessible", "readers"};
  if (std::any_of(kWords.begin(), kWords.end(), [&](const char* known) { return word == known; })) return true;
  if (std::any_of(kParts.begin(), kParts.end(), [&](const char* known) { return word == known; })) return false;
  return std::any_of(kEndings.begin(), kEndings.end(), [&](const char* ending) { return word.ends_with(ending); });
}

// "has-sidebar" tells how the page is laid out, not what this is.
bool is_modifier(const std::string& word) {
  static constexpr std::array kModifiers{"has", "no", "with", "without", "not", "is", "hide", "wrap"};
  return std::any_of(kModifiers.begin(), kModifiers.end(), [&](const char* known) { return word == known; });
}

// "mainNav-left bread_crumbs" -> main, nav, left; bread, crumbs. A widget is a piece of furniture where the name begins
// so; page builders call every paragraph some-widget.
bool any_chrome_word(std::string_view names) {
  std::string word;
  std::string before;  // in the same name
  const auto ends_word = [&word, &before] {
    const bool widget = word.starts_with("widget");
    const bool chrome = !word.empty() && is_chrome_word(word) && !is_modifier(before) && !(widget && !before.empty());
    if (!word.empty()) before = word;
    word.clear();
    return chrome;
  };
  for (std::size_t i = 0; i < names.size(); ++i) {
    const char c = names[i];
    const bool hump = c >= 'A' && c <= 'Z' && i > 0 && names[i - 1] >= 'a' && names[i - 1] <= 'z';
    if ((hump || !is_alnum(c)) && ends_word()) return true;
    if (is_alnum(c)) word.push_back(ascii_lower(c));
    if (c == ' ' || c == '\t' || c == '\n') before.clear();
  }
  return ends_word();
}

// Text for those who hear the page ("Skip to content"), moved out of sight.
bool is_for_screen_readers(std::string_view names) {
  for (const std::string_view mark :
       {"visually-hidden", "visuallyhidden", "sr-only", "screen-reader", "hide-accessible", "helper-hidden",
        "element-invisible", "blind-text", "offscreen"})
    if (names.find(mark) != std::string_view::npos) return true;
  return false;
}

bool hides(std::string style) {
  style.erase(std::remove_if(style.begin(), style.end(), [](char c) { return c == ' ' || c == '\t' || c == '\n'; }),
              style.end());
  std::transform(style.begin(), style.end(), style.begin(), ascii_lower);
  return style.find("display:none") != std::string::npos || style.find("visibility:hidden") != std::string::npos;
}

struct Looks {
  std::string classes;
  std::string id;
  std::string style;
  std::string role;
  bool hidden = false;
};

// All that is looked at, in one pass over the attributes.
Looks looks_of(const Tree& tree, const Node& node) {
  Looks looks;
  std::string_view name;
  std::string_view value;
  const std::string_view attributes = tree.bytes(node);
  for (std::size_t at = 0; next_attribute(attributes, at, name, value);) {
    if (equals_lowered(name, "class")) looks.classes = value;
    if (equals_lowered(name, "id")) looks.id = value;
    if (equals_lowered(name, "style")) looks.style = value;
    if (equals_lowered(name, "role")) looks.role = value;
    if (equals_lowered(name, "hidden")) looks.hidden = true;
    if (equals_lowered(name, "aria-hidden") && value == "true") looks.hidden = true;
  }
  return looks;
}

}  // namespace

bool is_invisible(const Tree& tree, const Node& node) {
  switch (node.tag) {
    case Tag::head:
    case Tag::script:
    case Tag::style:
    case Tag::noscript:
    case Tag::template_:
    case Tag::iframe:
    case Tag::svg:
    case Tag::math:
    case Tag::object:
    case Tag::select:
    case Tag::option:
    case Tag::button:
    case Tag::input:
    case Tag::textarea:
    case Tag::audio:
    case Tag::video:
    case Tag::canvas:
    case Tag::title:
      return true;
    case Tag::text:
    case Tag::html:
    case Tag::body:
      return false;
    default:
      break;
  }
  if (node.end == node.begin) return false;
  const Looks looks = looks_of(tree, node);
  return looks.hidden || (!looks.style.empty() && hides(looks.style)) || is_for_screen_readers(looks.classes);
}

bool looks_like_chrome(const Tree& tree, const Node& node) {
  switch (node.tag) {
    case Tag::nav:
    case Tag::footer:
    case Tag::aside:
    case Tag::dialog:
      return true;
    case Tag::text:
    case Tag::html:
    case Tag::body:
    case Tag::main:
      return false;
    default:
      break;
  }
  if (node.end == node.begin) return false;
  const Looks looks = looks_of(tree, node);
  if (std::any_of(kRoles.begin(), kRoles.end(), [&](const char* role) { return looks.role == role; })) return true;
  return any_chrome_word(looks.classes) || any_chrome_word(looks.id);
}

}  // namespace entente::importers::html
