// iCalendar (RFC 5545): each event with a first and a last day as an entry of whole days.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/civil.h"
#include "base/utf8.h"
#include "graph/exchange/rows.h"

namespace entente::graph::exchange {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : repair_utf8(text)) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
  }
  return out;
}

// On one line; an address has nothing to escape.
std::string plain(std::string text) {
  std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
  return text;
}

// A line has at most 75 bytes; the rest goes on behind a blank. No character is cut.
std::string folded(const std::string& line) {
  constexpr std::size_t kBytesMax = 75;
  std::string out;
  std::size_t at = 0;
  while (line.size() - at > kBytesMax - (at == 0 ? 0 : 1)) {
    std::size_t end = at + kBytesMax - (at == 0 ? 0 : 1);
    while ((static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    out += (at == 0 ? "" : " ") + line.substr(at, end - at) + "\r\n";
    at = end;
  }
  return out + (at == 0 ? "" : " ") + line.substr(at) + "\r\n";
}

// "2024-03-14" -> "20240314"
std::string digits(std::string text) {
  std::erase(text, '-');
  return text;
}

class ICalendar final : public Writer {
 public:
  ICalendar(const std::string& as_of, Put put) : put_(std::move(put)) {
    // "2026-11-24T05:00:00.123456Z" -> "20261124T050000Z"
    stamp_ = digits(as_of.substr(0, as_of.find('.')));
    std::erase(stamp_, ':');
    if (!stamp_.ends_with('Z')) stamp_ += 'Z';
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Entente//relations//EN");
  }

  void node(const Row& row) override { labels_[text_of(row, "node")] = text_of(row, "label"); }
  void edge(const Row& row) override {
    const auto first = parse_iso_date(text_of(row, "first"));
    const auto last = parse_iso_date(text_of(row, "last"));
    if (!first || !last) {
      leave_out();
      return;
    }
    std::string who;
    for (const std::string& id : list_of(row, "between")) who += (who.empty() ? "" : ", ") + label_of(id);
    std::string type = text_of(row, "type");
    std::replace(type.begin(), type.end(), '_', ' ');
    const std::string status = text_of(row, "status");
    line("BEGIN", "VEVENT");
    line("UID", escaped(event_name(text_of(row, "edge"))) + "@entente");
    line("DTSTAMP", stamp_);
    line("DTSTART;VALUE=DATE", digits(to_iso(*first)));
    line("DTEND;VALUE=DATE", digits(to_iso(to_civil(to_day(*last) + 1))));
    line("SUMMARY", escaped(type + ": " + who));
    if (const std::string place = place_of(row); !place.empty()) line("LOCATION", escaped(place));
    line("STATUS", status == "planned" ? "TENTATIVE" : status == "cancelled" ? "CANCELLED" : "CONFIRMED");
    line("CATEGORIES", escaped(type));
    const auto claims = row.find("claims");
    if (claims != row.end() && claims->is_array() && !claims->empty())
      if (const std::string url = text_of(claims->front(), "url"); !url.empty()) line("URL", plain(url));
    line("END", "VEVENT");
  }
  void end() override { line("END", "VCALENDAR"); }

 private:
  std::string label_of(const std::string& id) const {
    const auto found = labels_.find(id);
    return found == labels_.end() || found->second.empty() ? id : found->second;
  }
  void line(const std::string& name, const std::string& value) { put_(folded(name + ":" + value)); }

  Put put_;
  std::string stamp_;
  std::map<std::string, std::string> labels_;
};

}  // namespace

std::unique_ptr<Writer> make_icalendar(std::string as_of, Put put) {
  return std::make_unique<ICalendar>(as_of, std::move(put));
}

}  // namespace entente::graph::exchange
