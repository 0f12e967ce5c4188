#include "bench/inputs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace entente::bench {
namespace {

namespace fs = std::filesystem;

bool is_release_file(const fs::path& path) {
  constexpr std::array<std::string_view, 4> kEndings{".html", ".htm", ".txt", ".json"};
  return std::find(kEndings.begin(), kEndings.end(), path.extension().string()) != kEndings.end();
}

void append_escaped(std::string& out, char c) {
  if (c == '<')
    out += "&lt;";
  else if (c == '&')
    out += "&amp;";
  else
    out += c;
}

// The text again and again until there are enough bytes of it, each time as a paragraph of its own.
std::string repeated(const std::string& text, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + text.size() + 2);
  while (out.size() < bytes) out += text + "\n\n";
  return out;
}

template <class Piece>
std::string pieces(std::size_t bytes, Piece piece) {
  std::string out;
  out.reserve(bytes + 64);
  for (std::size_t i = 0; out.size() < bytes; ++i) out += piece(i);
  return out;
}

// A name of its own for each number: "Kabado Temilu".
std::string name_of(std::size_t number) {
  constexpr std::string_view kConsonants = "bdfgklmnprstvz";
  constexpr std::string_view kVowels = "aeiou";
  std::string out;
  for (int i = 0; i < 6; ++i) {
    if (i == 3) out += ' ';
    char c = kConsonants[number % kConsonants.size()];
    number /= kConsonants.size();
    if (i % 3 == 0) c = static_cast<char>(c - ('a' - 'A'));
    out += c;
    out += kVowels[(number + static_cast<std::size_t>(i)) % kVowels.size()];
  }
  return out;
}

std::string plain(const std::string& text, std::size_t bytes) { return repeated(text, bytes); }

std::string page(const std::string& text, std::size_t bytes) {
  return page_around("Press release", repeated(text, bytes));
}

std::string one_paragraph(const std::string& text, std::size_t bytes) {
  std::string out = repeated(text, bytes);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

// No full stop anywhere.
std::string one_sentence(const std::string& text, std::size_t bytes) {
  std::string out = one_paragraph(text, bytes);
  std::erase_if(out, [](char c) { return c == '.' || c == ';' || c == ':' || c == '?' || c == '!'; });
  return out + ".";
}

std::string officials(const std::string&, std::size_t bytes) {
  return "The meeting was attended by " +
         pieces(bytes, [](std::size_t i) { return "Foreign Minister " + name_of(i) + " of Kazakhstan, "; }) +
         "and others.";
}

std::string meetings(const std::string&, std::size_t bytes) {
  return pieces(bytes, [](std::size_t i) {
    return "Foreign Minister " + name_of(2 * i) + " of Kazakhstan met with Foreign Minister " + name_of(2 * i + 1) +
           " of Japan on March 3, 2021.\n";
  });
}

// All of one family: whoever looks a short name up finds ever more who could be meant.
std::string one_family(const std::string&, std::size_t bytes) {
  return pieces(bytes, [](std::size_t i) {
    return "Foreign Minister " + name_of(i) + " Temilu of Kazakhstan met with Ambassador Temilu of Japan.\n";
  });
}

std::string signings(const std::string&, std::size_t bytes) {
  return pieces(bytes, [](std::size_t i) {
    return "The Foreign Minister of Kazakhstan met with Foreign Minister " + name_of(i) +
           " of Japan, and the two Ministers signed an agreement. They will hold the next Forum in Tokyo. ";
  });
}

std::string headings(const std::string&, std::size_t bytes) {
  return pieces(bytes, [](std::size_t i) { return "Tokyo, Japan, March " + std::to_string(i % 28 + 1) + ", 2021. "; });
}

std::string lists(const std::string&, std::size_t bytes) {
  return pieces(bytes, [](std::size_t i) {
    return "Meeting with Mr. " + name_of(i) + ", Ambassador of Japan, and the following Ambassadors:\n\n";
  });
}

std::string alike_meetings(const std::string&, std::size_t bytes) {
  return pieces(
      bytes, [](std::size_t) { return "The Foreign Minister of Kazakhstan met with the Foreign Minister of Japan. "; });
}

std::string countries(const std::string&, std::size_t bytes) {
  return "The talks were held between " +
         pieces(bytes, [](std::size_t i) { return i % 2 == 0 ? "Kazakhstan, " : "Japan and "; }) + "Mongolia.";
}

std::string verbs(const std::string&, std::size_t bytes) {
  return "Japan " + pieces(bytes, [](std::size_t) { return "met with Kazakhstan and "; }) + "left.";
}

std::string dates(const std::string&, std::size_t bytes) {
  return "Japan and Kazakhstan held talks on " +
         pieces(bytes, [](std::size_t i) { return "March " + std::to_string(i % 28 + 1) + ", 2021, and "; }) + "later.";
}

std::string posts(const std::string&, std::size_t bytes) {
  return "The " + pieces(bytes, [](std::size_t) { return "Deputy Minister for Foreign Affairs and "; }) +
         "Trade met with Japan.";
}

std::string forum_name(const std::string&, std::size_t bytes) {
  return "The 5th " + pieces(bytes, [](std::size_t) { return "Korea-Central Asia Cooperation "; }) +
         "Forum was held in Seoul.";
}

std::string one_word(const std::string&, std::size_t bytes) {
  return "Japan met with Kazakhstan. " + std::string(bytes, 'a');
}
std::string blanks(const std::string&, std::size_t bytes) {
  return "Japan met with Kazakhstan." + std::string(bytes, ' ') + "End.";
}
std::string line_ends(const std::string&, std::size_t bytes) {
  return "Japan met with Kazakhstan." + std::string(bytes, '\n') + "End.";
}
std::string brackets(const std::string&, std::size_t bytes) {
  return "Japan met with Kazakhstan " + std::string(bytes, '(');
}
std::string quotation_marks(const std::string&, std::size_t bytes) {
  return "Japan said " + pieces(bytes, [](std::size_t) { return std::string("\"a "); });
}
std::string bad_bytes(const std::string&, std::size_t bytes) {
  return "Japan met with Kazakhstan. " + pieces(bytes, [](std::size_t) { return std::string("a\xff\xfe "); });
}

std::string nested_tags(const std::string& text, std::size_t bytes) {
  const std::string open = pieces(bytes / 2, [](std::size_t) { return std::string("<div>"); });
  const std::string close = pieces(bytes / 2, [](std::size_t) { return std::string("</div>"); });
  return "<html><body>" + open + "<p>" + text + "</p>" + close + "</body></html>";
}

std::string unclosed_tags(const std::string&, std::size_t bytes) {
  return "<html><body>" +
         pieces(bytes, [](std::size_t i) { return std::string(i % 2 == 0 ? "<b><p>Japan " : "<i><a href=x>met "); }) +
         "</body></html>";
}

std::string table_cells(const std::string&, std::size_t bytes) {
  return "<html><body>" +
         pieces(bytes, [](std::size_t) { return std::string("<table><tr><td>Japan met Kazakhstan"); }) +
         "</body></html>";
}

std::string links(const std::string&, std::size_t bytes) {
  return "<html><body><ul>" +
         pieces(bytes,
                [](std::size_t i) {
                  return "<li><a href=\"/" + std::to_string(i) + "\">Japan meets Kazakhstan</a></li>";
                }) +
         "</ul></body></html>";
}

std::string open_angles(const std::string&, std::size_t bytes) {
  return "<html><body><p>Japan met with Kazakhstan." + std::string(bytes, '<') + "</body></html>";
}
std::string open_comments(const std::string&, std::size_t bytes) {
  return "<html><body><p>Japan met with Kazakhstan.</p>" +
         pieces(bytes, [](std::size_t) { return std::string("<!-- "); }) + "</body></html>";
}
std::string entities(const std::string&, std::size_t bytes) {
  return "<html><body><p>Japan met with Kazakhstan. " +
         pieces(bytes, [](std::size_t) { return std::string("&amp;&#x41;&lt "); }) + "</p></body></html>";
}
std::string attributes(const std::string&, std::size_t bytes) {
  return "<html><body><p " + pieces(bytes, [](std::size_t i) { return "a" + std::to_string(i) + "=b "; }) +
         ">Japan met with Kazakhstan.</p></body></html>";
}

std::string record(const std::string& text, std::size_t bytes) {
  std::string out =
      R"({"id": "bench", "publisher": "KR-MOFA", "published": "2024-09-03", "title": "Press release", "text": ")";
  for (const char c : repeated(text, bytes)) {
    if (c == '\n')
      out += "\\n";
    else if (c == '"' || c == '\\')
      out += std::string("\\") + c;
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out + "\"}";
}

}  // namespace

Result<std::vector<importers::Document>> read_documents(const std::vector<std::string>& paths) {
  std::vector<fs::path> files;
  for (const std::string& path : paths) {
    std::error_code code;
    if (!fs::is_directory(path, code))
      files.emplace_back(path);
    else
      for (const auto& entry : fs::recursive_directory_iterator(path, code))
        if (entry.is_regular_file() && is_release_file(entry.path())) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<importers::Document> documents;
  for (const fs::path& file : files) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Error{ErrorCode::not_found, file.string() + " cannot be opened; check the path", {}};
    importers::Document document;
    document.name = file.string();
    document.bytes.assign(std::istreambuf_iterator<char>(in), {});
    documents.push_back(std::move(document));
  }
  if (documents.empty())
    return Error{ErrorCode::not_found, "no release (.html .htm .txt .json) is there to measure with", {}};
  return documents;
}

std::string page_around(const std::string& title, const std::string& text) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>" + title +
                    "</title><style>body { margin: 0 } .menu { float: left }</style>\n<script>var menu = [1, 2, 3]; if "
                    "(menu < 4) menu = null;</script></head>\n<body><div class=\"menu\"><ul>";
  for (const char* item : {"Home", "Ministry", "Policies", "Countries", "News", "Press releases", "Visa", "Contact"})
    out += std::string("<li><a href=\"/") + item + "\">" + item + "</a></li>";
  out += "</ul></div>\n<div id=\"content\"><h1>" + title + "</h1>\n<p>";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n' && i + 1 < text.size() && text[i + 1] == '\n') {
      out += "</p>\n<p>";
      ++i;
    } else {
      append_escaped(out, text[i]);
    }
  }
  out += "</p></div>\n<div class=\"related\"><ul>";
  for (const char* item : {"Earlier release", "Later release", "All releases"})
    out += std::string("<li><a href=\"#\">") + item + "</a></li>";
  return out + "</ul></div>\n<footer><p>Ministry of Foreign Affairs</p></footer></body></html>\n";
}

const std::vector<Form>& forms() {
  static const std::vector<Form> kForms{
      {"plain text", ".txt", plain},
      {"page", ".html", page},
      {"record", ".json", record},
      {"one paragraph", ".txt", one_paragraph},
      {"one sentence", ".txt", one_sentence},
      {"officials in one sentence", ".txt", officials},
      {"meetings of ever new officials", ".txt", meetings},
      {"officials of one family", ".txt", one_family},
      {"meetings and signings", ".txt", signings},
      {"dated headings in a paragraph", ".txt", headings},
      {"lists under lists", ".txt", lists},
      {"the same meeting again", ".txt", alike_meetings},
      {"countries in one sentence", ".txt", countries},
      {"verbs in one sentence", ".txt", verbs},
      {"dates in one sentence", ".txt", dates},
      {"one long post", ".txt", posts},
      {"one long forum", ".txt", forum_name},
      {"one long word", ".txt", one_word},
      {"blanks", ".txt", blanks},
      {"line ends", ".txt", line_ends},
      {"open brackets", ".txt", brackets},
      {"quotation marks", ".txt", quotation_marks},
      {"bytes that are no UTF-8", ".txt", bad_bytes},
      {"nested tags", ".html", nested_tags},
      {"unclosed tags", ".html", unclosed_tags},
      {"nested tables", ".html", table_cells},
      {"links", ".html", links},
      {"open angles", ".html", open_angles},
      {"open comments", ".html", open_comments},
      {"character references", ".html", entities},
      {"attributes", ".html", attributes},
  };
  return kForms;
}

}  // namespace entente::bench
