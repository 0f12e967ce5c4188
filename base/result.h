// How a function says that the world failed: Result<T> holds a value or an Error.
// Not for "nothing there" (std::optional) and not for our own mistakes (base/check.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/check.h"

namespace entente {

enum class ErrorCode : std::uint8_t {
  invalid_argument,    // the caller's words are off: a date that is none, an unknown type
  not_found,           // an id, a file or a name that does not exist
  ambiguous,           // a name that means several things
  too_large,           // past a stated bound
  locked,              // somebody else holds the store or the socket
  permission,          // the operating system said no
  io,                  // reading, writing or the network failed
  corrupt,             // bytes on disk or on the wire that cannot be what we wrote
  unsupported_format,  // a store of another format number
  cancelled,           // stopped on request or past its deadline
  unavailable,         // the server is not there, or not now
  internal,            // a mistake of ours, caught at a door
};

std::string_view to_string(ErrorCode code);

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;      // what is wrong, where, and what to do
  std::string while_doing;  // the larger step, outermost first: "importing a.html"

  // The same error with a larger step put before the steps it already names.
  Error during(std::string_view step) const;
  // One line for a person: "importing a.html: the file is empty".
  std::string to_text() const;

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return Error{...};` both read well.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}    // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // REQUIRES: ok().
  T& value() & {
    require_ok();
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    require_ok();
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    require_ok();
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // REQUIRES: !ok().
  const Error& error() const {
    ENTENTE_CHECK(!ok(), "error() of a Result that holds a value");
    return *std::get_if<1>(&state_);
  }

 private:
  void require_ok() const {
    if (!ok()) check_failed("Result::value", __FILE__, __LINE__, error().to_text());
  }

  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  // REQUIRES: !ok().
  const Error& error() const {
    ENTENTE_CHECK(!ok(), "error() of a Result that succeeded");
    return *error_;
  }

 private:
  std::optional<Error> error_;
};

// Drops a result in so many words.
template <class T>
void ignore(const Result<T>& /*result*/, std::string_view /*why*/) {}

}  // namespace entente
