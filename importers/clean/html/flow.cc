#include "importers/clean/html/flow.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"
#include "importers/clean/html/chrome.h"
#include "importers/clean/html/entities.h"

namespace entente::importers::html {
namespace {

constexpr std::size_t kCellBytesMax = 300;
constexpr int kCellLineEndsMax = 2;

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7A3);
}

bool ends_sentence(char32_t c) {
  switch (c) {
    case U'.':
    case U'!':
    case U'?':
    case U'…':
    case U'。':
    case U'！':
    case U'？':
    case U'؟':
    case U'۔':
    case U'।':
    case U'։':
    case U'።':
    case U'។':
    case U';':
      return true;
    default:
      return false;
  }
}

constexpr std::uint8_t kLetter = 1;  // or digit
constexpr std::uint8_t kStop = 2;    // ends a sentence

constexpr std::array<std::uint8_t, 0x80> kAsciiKinds = [] {
  std::array<std::uint8_t, 0x80> kinds{};
  for (std::size_t c = 'a'; c <= 'z'; ++c) kinds[c] = kLetter;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) kinds[c] = kLetter;
  for (std::size_t c = '0'; c <= '9'; ++c) kinds[c] = kLetter;
  for (const char c : {'.', '!', '?', ';'}) kinds[static_cast<std::size_t>(c)] = kStop;
  return kinds;
}();

bool is_dropped(char32_t c) { return c == 0xAD || c == 0x200B || c == 0xFEFF || c == 0x2060; }
bool is_blank(char32_t c) {
  return c <= U' ' || c == 0xA0 || c == 0x3000 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x85;
}

// Whether a cell of a table holds a value rather than a part of the page: short, on a few lines.
bool is_value(const Tree& tree, std::uint32_t cell, std::uint32_t& bytes) {
  int blocks = 0;
  int line_ends = 0;
  for (std::uint32_t i = cell; i < tree.nodes[cell].after; ++i) {
    const Node& node = tree.nodes[i];
    if (node.tag == Tag::table || is_heading(node.tag) || node.tag == Tag::article) return false;
    if (node.tag == Tag::p || node.tag == Tag::div || node.tag == Tag::li) ++blocks;
    if (node.tag == Tag::br) ++line_ends;
    if (node.tag == Tag::text && tree.bytes(node).find_first_not_of(" \t\r\n") != std::string_view::npos)
      bytes += node.end - node.begin;
    if (bytes > kCellBytesMax || blocks > 1 || line_ends > kCellLineEndsMax) return false;
  }
  return true;
}

// A row of data, not of a table that lays the page out.
bool is_data_row(const Tree& tree, std::uint32_t row) {
  int cells = 0;
  for (std::uint32_t cell = row + 1; cell < tree.nodes[row].after; cell = tree.nodes[cell].after) {
    std::uint32_t bytes = 0;
    if (!is_value(tree, cell, bytes)) return false;
    if (bytes > 0) ++cells;
  }
  return cells >= 2;
}

// The name that a designer gave it: "news-title", "artTitle", "headline", "subject". Not a subtitle, nor the site's.
bool speaks_of_title(const Tree& tree, const Node& node) {
  if (node.end - node.begin < 8) return false;
  const std::string_view bytes = tree.bytes(node).substr(0, 400);
  const bool may = bytes.find("itle") != std::string_view::npos || bytes.find("eadline") != std::string_view::npos ||
                   bytes.find("ubject") != std::string_view::npos;
  if (!may) return false;
  const std::string names = tree.attribute(node, "class") + " " + tree.attribute(node, "id");
  for (const std::string_view other :
       {"ubtitle", "ub-title", "ub_title", "site-title", "siteTitle", "titlebar", "widget"})
    if (names.find(other) != std::string::npos) return false;
  return names.find("itle") != std::string::npos || names.find("eadline") != std::string::npos ||
         names.find("ubject") != std::string::npos;
}

class Flower {
 public:
  explicit Flower(const Tree& tree) : tree_(tree) {}

  Flow build() {
    for (std::uint32_t i = 1; i < tree_.nodes.size();) {
      leave_until(i);
      const Node& node = tree_.nodes[i];
      if (is_invisible(tree_, node)) {
        i = node.after;
        continue;
      }
      if (node.tag == Tag::text)
        take_text(i);
      else
        enter(i);
      ++i;
    }
    leave_until(static_cast<std::uint32_t>(tree_.nodes.size()));
    finish_leaf();
    return std::move(flow_);
  }

 private:
  struct Open {
    std::uint32_t after;
    Tag tag;
    bool link;
    bool bold;
    bool row;  // begins a row of data
    bool time;
    bool titled;
  };

  void enter(std::uint32_t index) {
    const Node& node = tree_.nodes[index];
    if (node.tag == Tag::br) {
      ++line_ends_;
      if (rows_ == 0 && (line_ends_ >= 2 || is_line_of_its_own())) finish_leaf();
      return;
    }
    if (is_block(node.tag)) boundary(node.tag);
    if (node.tag == Tag::a && line_ends_ > 0 && rows_ == 0) finish_leaf();
    Open open{node.after, node.tag, false, false, false, node.tag == Tag::time, speaks_of_title(tree_, node)};
    open.link = node.tag == Tag::a && tree_.has_attribute(node, "href");
    open.bold = node.tag == Tag::b || node.tag == Tag::strong || node.tag == Tag::th;
    open.row = node.tag == Tag::tr && rows_ == 0 && is_data_row(tree_, index);
    links_ += open.link ? 1 : 0;
    bolds_ += open.bold ? 1 : 0;
    times_ += open.time ? 1 : 0;
    titles_ += open.titled ? 1 : 0;
    if (open.row) ++rows_;
    if (node.after > index + 1)
      open_.push_back(open);
    else
      leave(open);
  }

  // What stands before a line end and is bold or a link throughout is a title or an item of a menu, not a line of
  // prose; so is what a designer called a title.
  bool is_line_of_its_own() const {
    const bool named = leaf_.titled && titles_ == 0;
    return in_leaf_ && leaf_.letters > 0 && (named || leaf_.bold || leaf_.link_letters == leaf_.letters);
  }

  void leave(const Open& open) {
    links_ -= open.link ? 1 : 0;
    bolds_ -= open.bold ? 1 : 0;
    times_ -= open.time ? 1 : 0;
    titles_ -= open.titled ? 1 : 0;
    if (open.row) {
      --rows_;
      finish_leaf();
    }
    if (is_block(open.tag)) boundary(open.tag);
  }

  void leave_until(std::uint32_t index) {
    while (!open_.empty() && open_.back().after <= index) {
      const Open open = open_.back();
      open_.pop_back();
      leave(open);
    }
  }

  // Inside a row of data only the cells tell; everywhere else a block ends the leaf.
  void boundary(Tag tag) {
    if (rows_ == 0) return finish_leaf();
    if (tag == Tag::td || tag == Tag::th)
      cell_ends_ = true;
    else
      blank_here();
  }

  // A blank that no character of the page stands for.
  void blank_here() {
    if (!blank_) blank_at_ = std::string::npos;
    blank_ = true;
  }

  void kind_of_leaf() {
    leaf_.kind = rows_ > 0 ? BlockKind::table_row : BlockKind::paragraph;
    for (std::size_t i = open_.size(); i-- > 0 && rows_ == 0;) {
      const Tag tag = open_[i].tag;
      if (is_heading(tag)) {
        leaf_.kind = BlockKind::heading;
        leaf_.level = static_cast<int>(tag) - static_cast<int>(Tag::h1) + 1;
        return;
      }
      if (tag == Tag::li) leaf_.kind = BlockKind::list_item;
      if (tag == Tag::figcaption || tag == Tag::caption) leaf_.kind = BlockKind::caption;
      if (leaf_.kind != BlockKind::paragraph || tag == Tag::td || tag == Tag::table) return;
    }
  }

  void begin_leaf(std::uint32_t node) {
    leaf_ = Leaf{};
    leaf_.node = node;
    leaf_.span.begin = static_cast<std::uint32_t>(flow_.text.size());
    leaf_.bold = true;
    ends_with_number_ = false;
    leaf_.titled = titles_ > 0;
    kind_of_leaf();
    in_leaf_ = true;
  }

  void finish_leaf() {
    blank_ = cell_ends_ = false;
    line_ends_ = 0;
    if (!in_leaf_) return;
    in_leaf_ = false;
    if (ends_with_number_) ++leaf_.stops;
    leaf_.span.end = static_cast<std::uint32_t>(flow_.text.size());
    flow_.leaves.push_back(leaf_);
  }

  // The blank, line end or cell border that stands before the next character.
  void put_separator(std::uint32_t node, std::size_t at) {
    const std::size_t from = blank_ ? std::min(blank_at_, at) : at;
    const std::size_t from_bytes = std::min<std::size_t>(at - from, 0xFFFF);
    if (!in_leaf_) {
      begin_leaf(node);
    } else if (cell_ends_) {
      put(" | ", at, 0);
    } else if (line_ends_ > 0) {
      put("\n", from, from_bytes);
    } else if (blank_) {
      put(" ", from, from_bytes);  // with the tags between, where the blanks stand in several texts
    }
    blank_ = cell_ends_ = false;
    line_ends_ = 0;
    previous_ = 0;
  }

  void put(std::string_view made, std::size_t from, std::size_t from_bytes) {
    flow_.text.append(made);
    flow_.to_page.append(made.size(), from, from_bytes);
  }

  void count(char32_t c) {
    // "25.03.: Reception": the point of a date ends no sentence, unless it is the last of the line.
    const bool after_digit = c == U'.' && previous_ >= U'0' && previous_ <= U'9';
    previous_ = c;
    ends_with_number_ = after_digit;
    if (ends_sentence(c) && !after_digit) ++leaf_.stops;
    if (c < 0x80 ? !((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9')
                 : u_isalnum(static_cast<UChar32>(c)) == 0)
      return;
    const std::uint32_t weight = is_wide(c) ? 2 : 1;
    if (leaf_.letters == 0) leaf_.link_leads = links_ > 0;
    leaf_.letters += weight;
    if (links_ > 0) leaf_.link_letters += weight;
    if (bolds_ == 0) leaf_.bold = false;
    if (times_ > 0) leaf_.in_time = true;
  }

  // "Published<span>22 August": styles hold apart what the bytes do not. A small letter or a digit, an element's border,
  // and a capital are two words.
  void hold_apart(char32_t next) {
    if (!in_leaf_ || blank_ || cell_ends_ || line_ends_ > 0 || flow_.text.empty()) return;
    const auto last = static_cast<unsigned char>(flow_.text.back());
    const bool low = (last >= 'a' && last <= 'z') || (last >= '0' && last <= '9');
    if (low && u_isupper(static_cast<UChar32>(next)) != 0) blank_here();
  }

  void take_text(std::uint32_t index) {
    const Node& node = tree_.nodes[index];
    bool first = true;
    for (std::size_t at = node.begin; at < node.end;) {
      if (const std::size_t past = past_plain(at, node.end); past > at) {
        if (std::exchange(first, false)) hold_apart(static_cast<unsigned char>(tree_.page[at]));
        take_plain(index, at, past);
        at = past;
        continue;
      }
      char32_t c = static_cast<unsigned char>(tree_.page[at]);
      std::size_t bytes = 1;
      bool copied = true;
      if (c == '&') {
        const Entity entity = entity_at(tree_.page.substr(0, node.end), at);
        if (entity.bytes > 0) {
          c = entity.value;
          bytes = entity.bytes;
          copied = false;
        }
      } else if (c >= 0x80) {
        const CodePoint point = decode_utf8(tree_.page, at);
        c = point.value;
        bytes = point.bytes;
      }
      if (std::exchange(first, false)) hold_apart(c);
      take_character(index, at, c, bytes, copied);
      at += bytes;
    }
  }

  // Where the letters and marks of ASCII end that stand for themselves, single blanks between them among them: most of most texts.
  std::size_t past_plain(std::size_t at, std::size_t end) const {
    const std::string_view page = tree_.page;
    const auto plain = [](char c) { return c > ' ' && c != '&'; };
    while (at < end && plain(page[at])) {
      ++at;
      if (at + 1 < end && page[at] == ' ' && plain(page[at + 1])) ++at;
    }
    return at;
  }

  void take_plain(std::uint32_t node, std::size_t begin, std::size_t end) {
    if (!in_leaf_ || blank_ || cell_ends_ || line_ends_ > 0) put_separator(node, begin);
    flow_.text.append(tree_.page.substr(begin, end - begin));
    flow_.to_page.append_copy(end - begin, begin);
    count_plain(tree_.page.substr(begin, end - begin));
  }

  // As count() does for each of them, which are ASCII and no blank at the end: their letters are counted first.
  void count_plain(std::string_view run) {
    std::uint32_t letters = 0;
    for (std::size_t i = 0; i < run.size(); ++i) {
      const std::uint8_t kind = kAsciiKinds[static_cast<unsigned char>(run[i])];
      letters += kind & kLetter;
      if (kind == kStop && !is_point_of_number(run, i)) ++leaf_.stops;
    }
    ends_with_number_ = is_point_of_number(run, run.size() - 1);
    previous_ = static_cast<unsigned char>(run.back());
    if (letters == 0) return;
    if (leaf_.letters == 0) leaf_.link_leads = links_ > 0;
    leaf_.letters += letters;
    if (links_ > 0) leaf_.link_letters += letters;
    if (bolds_ == 0) leaf_.bold = false;
    if (times_ > 0) leaf_.in_time = true;
  }

  bool is_point_of_number(std::string_view run, std::size_t at) const {
    const char32_t before = at > 0 ? static_cast<unsigned char>(run[at - 1]) : previous_;
    return run[at] == '.' && before >= U'0' && before <= U'9';
  }

  void take_character(std::uint32_t node, std::size_t at, char32_t c, std::size_t bytes, bool copied) {
    if (is_dropped(c)) return;
    if (is_blank(c)) {
      if (!blank_) blank_at_ = at;
      blank_ = true;
      return;
    }
    if (!in_leaf_ || blank_ || cell_ends_ || line_ends_ > 0) put_separator(node, at);
    if (copied) {
      flow_.text.append(tree_.page.substr(at, bytes));
      flow_.to_page.append_copy(bytes, at);
    } else {
      const std::size_t before = flow_.text.size();
      append_utf8(flow_.text, c);
      flow_.to_page.append(flow_.text.size() - before, at, bytes);
    }
    count(c);
  }

  const Tree& tree_;
  Flow flow_;
  std::vector<Open> open_;
  Leaf leaf_;
  bool in_leaf_ = false;
  char32_t previous_ = 0;  // the character before, with nothing between; 0: none
  bool ends_with_number_ = false;
  bool blank_ = false;
  bool cell_ends_ = false;
  std::size_t blank_at_ = 0;
  int line_ends_ = 0;
  int links_ = 0;
  int bolds_ = 0;
  int rows_ = 0;
  int times_ = 0;
  int titles_ = 0;
};

}  // namespace

Flow flow_of(const Tree& tree) { return Flower(tree).build(); }

}  // namespace entente::importers::html
