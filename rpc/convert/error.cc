#include "rpc/convert/error.h"

#include <kj/string.h>

#include <charconv>
#include <string>

namespace entente::rpc {
namespace {

constexpr std::string_view kMark = "entente:";

kj::Exception::Type kind_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
    case ErrorCode::locked:
    case ErrorCode::cancelled:
      return kj::Exception::Type::OVERLOADED;
    default:
      return kj::Exception::Type::FAILED;
  }
}

}  // namespace

// The description is "entente:<code>:<message>"; kj puts words of its own in front of it on the way.
kj::Exception to_exception(const Error& error, std::string_view request) {
  std::string text(kMark);
  text += std::to_string(static_cast<unsigned>(error.code)) + ':' + error.to_text();
  if (!request.empty()) text += " (request " + std::string(request) + ')';
  return kj::Exception(kind_of(error.code), __FILE__, __LINE__, kj::heapString(text.data(), text.size()));
}

Error from_exception(const kj::Exception& exception) {
  const std::string text(exception.getDescription().cStr());
  const std::size_t at = text.find(kMark);
  if (at != std::string::npos) {
    unsigned code = 0;
    const char* const begin = text.data() + at + kMark.size();
    const auto [end, failed] = std::from_chars(begin, text.data() + text.size(), code);
    if (failed == std::errc{} && *end == ':' && code <= static_cast<unsigned>(ErrorCode::internal))
      return Error{static_cast<ErrorCode>(code), std::string(end + 1), {}};
  }
  switch (exception.getType()) {
    case kj::Exception::Type::DISCONNECTED:
      return Error{ErrorCode::unavailable, "the server went away (" + text + "); is `entente serve` running, and the address written tls:HOST:PORT where it wants TLS?", {}};
    case kj::Exception::Type::OVERLOADED:
      return Error{ErrorCode::unavailable, "the server has too much to do (" + text + "); try again later", {}};
    case kj::Exception::Type::UNIMPLEMENTED:
      return Error{ErrorCode::unsupported_format, "the server does not know this call (" + text + "); it is older than this program", {}};
    default:
      return Error{ErrorCode::internal, text, {}};
  }
}

}  // namespace entente::rpc
