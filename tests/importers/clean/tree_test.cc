#include "importers/clean/html/tree.h"

#include <catch2/catch.hpp>
#include <string>

#include "importers/clean/html/entities.h"

using namespace entente::importers::html;

namespace {

// The tree as nested letters: "p(b('x'))".
std::string drawn(const std::string& page) {
  static const std::vector<std::pair<Tag, const char*>> kNames{
      {Tag::p, "p"},         {Tag::b, "b"},         {Tag::div, "div"},       {Tag::a, "a"},
      {Tag::li, "li"},       {Tag::ul, "ul"},       {Tag::td, "td"},         {Tag::tr, "tr"},
      {Tag::table, "table"}, {Tag::br, "br"},       {Tag::script, "script"}, {Tag::span, "span"},
      {Tag::head, "head"},   {Tag::title, "title"}, {Tag::body, "body"},     {Tag::other, "?"}};
  const Tree tree = parse(page);
  std::string out;
  std::vector<std::uint32_t> open;
  for (std::uint32_t i = 1; i < tree.nodes.size(); ++i) {
    while (!open.empty() && open.back() <= i) {
      out += ')';
      open.pop_back();
    }
    const Node& node = tree.nodes[i];
    if (node.tag == Tag::text) {
      out += "'" + std::string(tree.bytes(node)) + "'";
      continue;
    }
    for (const auto& [tag, name] : kNames)
      if (tag == node.tag) out += name;
    if (node.after > i + 1) {
      out += '(';
      open.push_back(node.after);
    }
  }
  return out + std::string(open.size(), ')');
}

}  // namespace

TEST_CASE("trees are built as browsers build them where pages are careless") {
  struct Case {
    const char* page;
    const char* tree;
  };
  const auto one = GENERATE(values<Case>({
      {"<p>a<p>b", "p('a')p('b')"},
      {"<p>a<div>b</div>c", "p('a')div('b')'c'"},
      {"<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li('a')li('b'ul(li('c')))li('d'))"},
      {"<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td('a')td('b'))tr(td('c')))'d'"},
      {"<div><b>a</div>b", "div(b('a'))'b'"},
      {"<b><p>a</b>b</p>c", "b(p('a''b'))'c'"},
      {"<a href=1>x<a href=2>y</a>", "a('x')a('y')"},
      {"a</p></div></x>b", "'a''b'"},
      {"<td><div>a</td></div>b", "td(div('a'))'b'"},
      {"a<br>b<br/>c</br>d", "'a'br'b'br'c''d'"},
      {"<script>if (a<b) '</p>'</script>c", "script('if (a<b) '</p>'')'c'"},
      {"<SCRIPT>x</sCript >y", "script('x')'y'"},
      {"<!-- <p>a</p> -->b<![CDATA[c]]>d<?pi?>e", "'b''d''e'"},
      {"1 < 2 <3 & <", "'1 < 2 <3 & <'"},
      {"<head><title>t<b></title><p>x", "head(title('t<b>'))p('x')"},
      {"<span title='a>b' x=\"c>d\">y</span>", "span('y')"},
      {"<form><p>a</form>b", "p('a''b')"},
      {"<my-thing>a</my-thing>b", "?('a')'b'"},
      {"<p", ""},
      {"<!--", ""},
  }));
  INFO(one.page);
  CHECK(drawn(one.page) == one.tree);
}

TEST_CASE("attributes are read in every way of writing them") {
  const Tree tree = parse("<a HREF = 'x&amp;y' data-b=c/d checked title=\"\" class=\"k\">t</a>");
  const Node& a = tree.nodes[1];
  CHECK(tree.attribute(a, "href") == "x&y");
  CHECK(tree.attribute(a, "data-b") == "c/d");
  CHECK(tree.attribute(a, "class") == "k");
  CHECK(tree.attribute(a, "absent").empty());
  CHECK(tree.has_attribute(a, "checked"));
  CHECK(tree.has_attribute(a, "title"));
  CHECK_FALSE(tree.has_attribute(a, "k"));
}

TEST_CASE("character references are read as browsers read them") {
  struct Case {
    const char* text;
    const char* means;
  };
  const auto one = GENERATE(values<Case>({
      {"&amp;&lt;&gt;&quot;&apos;", "&<>\"'"},
      {"caf&eacute;", "café"},
      {"caf&eacute latte", "café latte"},
      {"&#233;&#xE9;&#XE9;&#233", "éééé"},
      {"&#147;x&#148;", "“x”"},
      {"&Scaron;&scaron;&Gcaron;", "Šš&Gcaron;"},
      {"&nosuch; & &; &#; &#x;", "&nosuch; & &; &#; &#x;"},
      {"&#0;&#xD800;&#x110000;&#99999999999999;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"?a=1&copy=2", "?a=1&copy=2"},
      {"&nbsp;", "\xC2\xA0"},
  }));
  INFO(one.text);
  CHECK(unescape(one.text) == one.means);
}
