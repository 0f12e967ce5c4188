#include "importers/read/document.h"

#include <fmt/format.h>

#include <utility>

#include "base/utf8.h"
#include "importers/read/charset.h"
#include "importers/read/decode.h"
#include "importers/read/record.h"

namespace entente::importers {
namespace {

Error bad_document(const Document& document, std::string_view what) {
  return {ErrorCode::invalid_argument, fmt::format("{}: {}", document.name, what), ""};
}

bool is_all_blank(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const char32_t c = point.value;
    const bool blank = c <= ' ' || c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200F) || c == 0xFEFF;
    if (!blank) return false;
    at += point.bytes;
  }
  return true;
}

std::optional<Error> refuse_bytes(const Document& document) {
  if (document.bytes.size() > kDocumentBytesMax)
    return Error{ErrorCode::too_large,
                 fmt::format("{}: the document has {} bytes, more than the {} that are read at most; split it, or save "
                             "the release alone",
                             document.name, document.bytes.size(), kDocumentBytesMax),
                 ""};
  if (document.bytes.empty()) return bad_document(document, "the file is empty; fetch the release again");
  if (const auto format = binary_format_of(document.bytes); !format.empty())
    return bad_document(document, fmt::format("this is {}, no text; save the release as HTML, plain text or a JSON "
                                              "record",
                                              format));
  return std::nullopt;
}

void note_decoding(ReadDocument& read, const Charset& charset, std::size_t replaced) {
  if (charset.name != "UTF-8")
    read.notes.push_back({"read", fmt::format("decoded from {} ({})", charset.name, charset.because), std::nullopt});
  if (replaced > 0)
    read.notes.push_back(
        {"read", fmt::format("{} of its bytes were no {} and became U+FFFD", replaced, charset.name), std::nullopt});
}

// The record's text was made from JSON, and the JSON from bytes.
OffsetMap joined(const OffsetMap& outer, const OffsetMap& inner) {
  if (inner.segments() <= 1 && inner.from(0) == 0) return outer;
  OffsetMap out;
  for (std::size_t at = 0; at < outer.size(); ++at) {
    const std::size_t from = inner.from(outer.from(at));
    out.append(1, from, inner.from_end(outer.from_end(at + 1)) - from);
  }
  return out;
}

Result<void> take_record(ReadDocument& read, const std::string& name) {
  auto record = read_record(read.text, name);
  if (!record) return record.error();
  if (is_all_blank(record->text))
    return Error{ErrorCode::invalid_argument,
                 fmt::format("{}: the record has no text; put the words of the release into \"text\"", name), ""};
  if (record->text.find('\0') != std::string::npos)
    return Error{ErrorCode::invalid_argument,
                 fmt::format("{}: the record's text holds a NUL character, so it is no text; take it out", name), ""};
  read.to_bytes = joined(record->to_json, read.to_bytes);
  read.text = std::move(record->text);
  read.id = std::move(record->id);
  read.title = std::move(record->title);
  read.url = std::move(record->url);
  read.language = std::move(record->language);
  read.publisher = std::move(record->publisher);
  read.published = record->published;
  read.published_is_known = record->says_published;
  return {};
}

}  // namespace

Result<ReadDocument> read_document(const Document& document) {
  if (auto error = refuse_bytes(document)) return *error;
  const Charset charset = find_charset(document.bytes);
  Decoded decoded = decode(document.bytes, charset.name, charset.skip);

  if (const auto nul = decoded.text.find('\0'); nul != std::string::npos)
    return bad_document(document,
                        fmt::format("byte {} is NUL, so this is no text; save the release as HTML, plain text "
                                    "or a JSON record",
                                    decoded.to_bytes.from(nul)));
  if (is_all_blank(decoded.text))
    return bad_document(document, "the file holds nothing but blanks; fetch the release again");

  ReadDocument read;
  read.name = document.name;
  read.kind = kind_of(document.name, decoded.text);
  read.text = std::move(decoded.text);
  read.to_bytes = std::move(decoded.to_bytes);
  read.charset = charset.name;
  note_decoding(read, charset, decoded.replaced);
  if (read.kind == DocumentKind::record)
    if (const auto taken = take_record(read, document.name); !taken) return taken.error();

  if (!document.publisher.empty()) read.publisher = document.publisher;
  if (document.published) {
    read.published = document.published;
    read.published_is_known = true;
  }
  return read;
}

}  // namespace entente::importers
