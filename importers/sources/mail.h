// One message (RFC 5322 with MIME), as a folder or maildir of releases sent by mail holds it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/civil.h"
#include "base/result.h"

namespace entente::importers {

struct Mail {
  std::string subject;  // UTF-8
  std::string id;       // Message-ID, without its brackets
  std::optional<CivilDate> date;
  std::string body;  // UTF-8
  bool is_html = false;
};

// The HTML part where there is one, else the first of plain text. Fails with invalid_argument when no part is text.
Result<Mail> read_mail(std::string_view bytes);

inline constexpr int kMailDepthMax = 8;    // parts within parts
inline constexpr int kMailPartsMax = 256;  // of one message

}  // namespace entente::importers
