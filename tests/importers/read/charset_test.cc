#include "importers/read/charset.h"

#include <catch2/catch.hpp>
#include <string>

#include "importers/read/decode.h"

using namespace entente::importers;

namespace {

std::string decoded(const std::string& bytes) {
  const Charset charset = find_charset(bytes);
  return decode(bytes, charset.name, charset.skip).text;
}

std::string page(const std::string& head, const std::string& body) {
  return "<html><head>" + head + "</head><body><p>" + body + "</p></body></html>";
}

}  // namespace

TEST_CASE("what a page declares is found wherever pages put it") {
  struct Case {
    const char* head;
    const char* charset;
  };
  const auto one = GENERATE(values<Case>({
      {"<meta charset=\"windows-1251\">", "windows-1251"},
      {"<META HTTP-EQUIV=Content-Type CONTENT='text/html; charset=EUC-KR'>", "euc-kr"},
      {"<?xml version=\"1.0\" encoding=\"ISO-8859-9\"?><html>", "iso-8859-9"},
      {"<meta content=\"text/html;charset=Shift_JIS\" http-equiv=content-type>", "shift_jis"},
      {"<p>charset=koi8-r</p>", ""},
  }));
  CHECK(declared_charset(one.head) == one.charset);
}

TEST_CASE("labels are read as browsers read them") {
  CHECK(converter_for("ISO-8859-1") == "windows-1252");
  CHECK(converter_for("gb2312") == "gb18030");
  CHECK(converter_for("ks_c_5601-1987") == "windows-949");
  CHECK(converter_for("no-such-thing").empty());
}

TEST_CASE("byte order marks go before everything") {
  CHECK(decoded("\xEF\xBB\xBFé") == "é");
  CHECK(decoded(std::string("\xFF\xFE"
                            "A\0B\0\x10\x04",
                            8)) == "ABА");
  CHECK(decoded(std::string("\xFE\xFF\0A\x04\x10", 6)) == "AА");
}

TEST_CASE("UTF-16 without a mark shows by its NUL bytes") {
  std::string wide;
  for (const char c : std::string("The two ministers met.")) {
    wide.push_back(c);
    wide.push_back('\0');
  }
  CHECK(decoded(wide) == "The two ministers met.");
}

TEST_CASE("bytes that are UTF-8 are UTF-8, whatever the page declares") {
  CHECK(decoded(page("<meta charset=windows-1251>", "Ministère des Affaires étrangères")).find("Ministère") !=
        std::string::npos);
}

TEST_CASE("a page that declares UTF-8 and is not is read by its bytes") {
  // "Министр иностранных дел встретился с послом республики" in windows-1251.
  const std::string words =
      "\xCC\xE8\xED\xE8\xF1\xF2\xF0 \xE8\xED\xEE\xF1\xF2\xF0\xE0\xED\xED\xFB\xF5 \xE4\xE5\xEB "
      "\xE2\xF1\xF2\xF0\xE5\xF2\xE8\xEB\xF1\xFF \xF1 \xEF\xEE\xF1\xEB\xEE\xEC "
      "\xF0\xE5\xF1\xEF\xF3\xE1\xEB\xE8\xEA\xE8";
  CHECK(decoded(page("<meta charset=utf-8>", words)).find("Министр иностранных дел") != std::string::npos);
  SECTION("so is one that declares a Western encoding and has words of no Western letters") {
    CHECK(decoded(page("<meta charset=iso-8859-1>", words)).find("Министр иностранных дел") != std::string::npos);
  }
}

TEST_CASE("a page in a Western encoding is read as it declares, short words of accents and all") {
  const std::string french = "\xC0 l'\xE9t\xE9, le ministre \xE9gyptien a re\xE7u l'ambassadeur \xE0 l'\xC9lys\xE9\x65, o\xF9 l'\xEEle a \xE9t\xE9 \xE9voqu\xE9\x65.";
  CHECK(decoded(page("<meta charset=iso-8859-1>", french)).find("À l'été, le ministre égyptien a reçu") != std::string::npos);
}

TEST_CASE("the language helps where a page declares nothing and is short") {
  // "Çarşamba günü" in windows-1254: too little for a guess by letters.
  const std::string turkish =
      "<html lang=\"tr\"><body>\xC7"
      "ar\xFE"
      "amba g\xFCn\xFC</body></html>";
  CHECK(decoded(turkish).find("arşamba") != std::string::npos);
}

TEST_CASE("a bad byte becomes U+FFFD and the bytes around it keep their places") {
  const Decoded out = decode("ab\xFFgh", "UTF-8", 0);
  CHECK(out.text == "ab\xEF\xBF\xBDgh");
  CHECK(out.replaced == 1);
  CHECK(out.to_bytes.from(2) == 2);
  CHECK(out.to_bytes.from(5) == 3);
  CHECK(out.to_bytes.from_end(7) == 5);
}

TEST_CASE("the way back holds over chunks and wide characters") {
  // "한" is two bytes in EUC-KR and three in UTF-8; 20,000 of them go through several chunks.
  std::string bytes = "x";
  for (int i = 0; i < 20000; ++i) bytes += "\xC7\xD1";
  const Decoded out = decode(bytes, "windows-949", 0);
  REQUIRE(out.text.size() == 1 + 3 * 20000);
  CHECK(out.replaced == 0);
  CHECK(out.to_bytes.segments() == 2);
  for (std::size_t i = 0; i < 20000; i += 997) {
    CHECK(out.to_bytes.from(1 + 3 * i) == 1 + 2 * i);
    CHECK(out.to_bytes.from_end(1 + 3 * (i + 1)) == 1 + 2 * (i + 1));
  }
}
