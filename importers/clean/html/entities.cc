#include "importers/clean/html/entities.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>

#include "base/utf8.h"

namespace entente::importers::html {
namespace {

struct Named {
  std::string_view name;
  char32_t value;
  bool without_semicolon;  // old pages write it so, and browsers read it
};

// By name, in the order of bytes: the names of HTML 4, and those of HTML 5 for letters and marks that releases use.
// clang 14 deduces no std::array of so many.
constexpr Named kNamed[] = {{"AElig", 0xC6, true},     {"Aacute", 0xC1, true},     {"Abreve", 0x102, false},
                            {"Acirc", 0xC2, true},     {"Acy", 0x410, false},      {"Agrave", 0xC0, true},
                            {"Alpha", 0x391, false},   {"Amacr", 0x100, false},    {"Aogon", 0x104, false},
                            {"Aring", 0xC5, true},     {"Atilde", 0xC3, true},     {"Auml", 0xC4, true},
                            {"Bcy", 0x411, false},     {"Beta", 0x392, false},     {"CHcy", 0x427, false},
                            {"Cacute", 0x106, false},  {"Ccaron", 0x10C, false},   {"Ccedil", 0xC7, true},
                            {"Ccirc", 0x108, false},   {"Cdot", 0x10A, false},     {"Chi", 0x3A7, false},
                            {"DJcy", 0x402, false},    {"DScy", 0x405, false},     {"DZcy", 0x40F, false},
                            {"Dagger", 0x2021, false}, {"Dcaron", 0x10E, false},   {"Dcy", 0x414, false},
                            {"Delta", 0x394, false},   {"Dstrok", 0x110, false},   {"ETH", 0xD0, true},
                            {"Eacute", 0xC9, true},    {"Ecaron", 0x11A, false},   {"Ecirc", 0xCA, true},
                            {"Ecy", 0x42D, false},     {"Edot", 0x116, false},     {"Egrave", 0xC8, true},
                            {"Emacr", 0x112, false},   {"Eogon", 0x118, false},    {"Epsilon", 0x395, false},
                            {"Eta", 0x397, false},     {"Euml", 0xCB, true},       {"Fcy", 0x424, false},
                            {"GJcy", 0x403, false},    {"Gamma", 0x393, false},    {"Gbreve", 0x11E, false},
                            {"Gcedil", 0x122, false},  {"Gcirc", 0x11C, false},    {"Gcy", 0x413, false},
                            {"Gdot", 0x120, false},    {"HARDcy", 0x42A, false},   {"Hat", 0x5E, false},
                            {"Hstrok", 0x126, false},  {"IEcy", 0x415, false},     {"IOcy", 0x401, false},
                            {"Iacute", 0xCD, true},    {"Icirc", 0xCE, true},      {"Icy", 0x418, false},
                            {"Idot", 0x130, false},    {"Igrave", 0xCC, true},     {"Imacr", 0x12A, false},
                            {"Iogon", 0x12E, false},   {"Iota", 0x399, false},     {"Itilde", 0x128, false},
                            {"Iukcy", 0x406, false},   {"Iuml", 0xCF, true},       {"Jcy", 0x419, false},
                            {"Jsercy", 0x408, false},  {"Jukcy", 0x404, false},    {"KHcy", 0x425, false},
                            {"KJcy", 0x40C, false},    {"Kappa", 0x39A, false},    {"Kcedil", 0x136, false},
                            {"Kcy", 0x41A, false},     {"LJcy", 0x409, false},     {"Lacute", 0x139, false},
                            {"Lambda", 0x39B, false},  {"Lcaron", 0x13D, false},   {"Lcedil", 0x13B, false},
                            {"Lcy", 0x41B, false},     {"Lstrok", 0x141, false},   {"Mcy", 0x41C, false},
                            {"Mu", 0x39C, false},      {"NJcy", 0x40A, false},     {"Nacute", 0x143, false},
                            {"Ncaron", 0x147, false},  {"Ncedil", 0x145, false},   {"Ncy", 0x41D, false},
                            {"NewLine", 0xA, false},   {"NoBreak", 0x2060, false}, {"NonBreakingSpace", 0xA0, false},
                            {"Ntilde", 0xD1, true},    {"Nu", 0x39D, false},       {"OElig", 0x152, false},
                            {"Oacute", 0xD3, true},    {"Ocirc", 0xD4, true},      {"Ocy", 0x41E, false},
                            {"Odblac", 0x150, false},  {"Ograve", 0xD2, true},     {"Omacr", 0x14C, false},
                            {"Omega", 0x3A9, false},   {"Omicron", 0x39F, false},  {"Oslash", 0xD8, true},
                            {"Otilde", 0xD5, true},    {"Ouml", 0xD6, true},       {"Pcy", 0x41F, false},
                            {"Phi", 0x3A6, false},     {"Pi", 0x3A0, false},       {"Prime", 0x2033, false},
                            {"Psi", 0x3A8, false},     {"Racute", 0x154, false},   {"Rcaron", 0x158, false},
                            {"Rcedil", 0x156, false},  {"Rcy", 0x420, false},      {"Rho", 0x3A1, false},
                            {"SHCHcy", 0x429, false},  {"SHcy", 0x428, false},     {"SOFTcy", 0x42C, false},
                            {"Sacute", 0x15A, false},  {"Scaron", 0x160, false},   {"Scedil", 0x15E, false},
                            {"Scirc", 0x15C, false},   {"Scy", 0x421, false},      {"Sigma", 0x3A3, false},
                            {"THORN", 0xDE, true},     {"TSHcy", 0x40B, false},    {"TScy", 0x426, false},
                            {"Tab", 0x9, false},       {"Tau", 0x3A4, false},      {"Tcaron", 0x164, false},
                            {"Tcedil", 0x162, false},  {"Tcy", 0x422, false},      {"Theta", 0x398, false},
                            {"Uacute", 0xDA, true},    {"Ubrcy", 0x40E, false},    {"Ubreve", 0x16C, false},
                            {"Ucirc", 0xDB, true},     {"Ucy", 0x423, false},      {"Udblac", 0x170, false},
                            {"Ugrave", 0xD9, true},    {"Umacr", 0x16A, false},    {"Uogon", 0x172, false},
                            {"Upsilon", 0x3A5, false}, {"Uring", 0x16E, false},    {"Utilde", 0x168, false},
                            {"Uuml", 0xDC, true},      {"Vcy", 0x412, false},      {"Xi", 0x39E, false},
                            {"YAcy", 0x42F, false},    {"YIcy", 0x407, false},     {"YUcy", 0x42E, false},
                            {"Yacute", 0xDD, true},    {"Ycy", 0x42B, false},      {"Yuml", 0x178, false},
                            {"ZHcy", 0x416, false},    {"Zacute", 0x179, false},   {"Zcaron", 0x17D, false},
                            {"Zcy", 0x417, false},     {"Zdot", 0x17B, false},     {"ZeroWidthSpace", 0x200B, false},
                            {"Zeta", 0x396, false},    {"aacute", 0xE1, true},     {"abreve", 0x103, false},
                            {"acirc", 0xE2, true},     {"acute", 0xB4, true},      {"acy", 0x430, false},
                            {"aelig", 0xE6, true},     {"agrave", 0xE0, true},     {"alefsym", 0x2135, false},
                            {"alpha", 0x3B1, false},   {"amacr", 0x101, false},    {"amp", 0x26, true},
                            {"and", 0x2227, false},    {"ang", 0x2220, false},     {"aogon", 0x105, false},
                            {"apos", 0x27, false},     {"aring", 0xE5, true},      {"ast", 0x2A, false},
                            {"asymp", 0x2248, false},  {"atilde", 0xE3, true},     {"auml", 0xE4, true},
                            {"bcy", 0x431, false},     {"bdquo", 0x201E, false},   {"beta", 0x3B2, false},
                            {"boxh", 0x2500, false},   {"brvbar", 0xA6, true},     {"bsol", 0x5C, false},
                            {"bull", 0x2022, false},   {"bullet", 0x2022, false},  {"cacute", 0x107, false},
                            {"cap", 0x2229, false},    {"caret", 0x2041, false},   {"ccaron", 0x10D, false},
                            {"ccedil", 0xE7, true},    {"ccirc", 0x109, false},    {"cdot", 0x10B, false},
                            {"cedil", 0xB8, true},     {"cent", 0xA2, true},       {"centerdot", 0xB7, false},
                            {"chcy", 0x447, false},    {"check", 0x2713, false},   {"checkmark", 0x2713, false},
                            {"chi", 0x3C7, false},     {"circ", 0x2C6, false},     {"clubs", 0x2663, false},
                            {"colon", 0x3A, false},    {"comma", 0x2C, false},     {"commat", 0x40, false},
                            {"cong", 0x2245, false},   {"copy", 0xA9, true},       {"copysr", 0x2117, false},
                            {"crarr", 0x21B5, false},  {"cross", 0x2717, false},   {"cup", 0x222A, false},
                            {"curren", 0xA4, true},    {"dArr", 0x21D3, false},    {"dagger", 0x2020, false},
                            {"darr", 0x2193, false},   {"dash", 0x2010, false},    {"dcaron", 0x10F, false},
                            {"dcy", 0x434, false},     {"deg", 0xB0, true},        {"delta", 0x3B4, false},
                            {"diams", 0x2666, false},  {"divide", 0xF7, true},     {"djcy", 0x452, false},
                            {"dollar", 0x24, false},   {"dscy", 0x455, false},     {"dstrok", 0x111, false},
                            {"dzcy", 0x45F, false},    {"eacute", 0xE9, true},     {"ecaron", 0x11B, false},
                            {"ecirc", 0xEA, true},     {"ecy", 0x44D, false},      {"edot", 0x117, false},
                            {"egrave", 0xE8, true},    {"emacr", 0x113, false},    {"empty", 0x2205, false},
                            {"emsp", 0x2003, false},   {"emsp13", 0x2004, false},  {"emsp14", 0x2005, false},
                            {"ensp", 0x2002, false},   {"eogon", 0x119, false},    {"epsilon", 0x3B5, false},
                            {"equals", 0x3D, false},   {"equiv", 0x2261, false},   {"eta", 0x3B7, false},
                            {"eth", 0xF0, true},       {"euml", 0xEB, true},       {"euro", 0x20AC, false},
                            {"excl", 0x21, false},     {"exist", 0x2203, false},   {"fcy", 0x444, false},
                            {"fnof", 0x192, false},    {"forall", 0x2200, false},  {"frac12", 0xBD, true},
                            {"frac13", 0x2153, false}, {"frac14", 0xBC, true},     {"frac15", 0x2155, false},
                            {"frac18", 0x215B, false}, {"frac23", 0x2154, false},  {"frac34", 0xBE, true},
                            {"frasl", 0x2044, false},  {"gacute", 0x1F5, false},   {"gamma", 0x3B3, false},
                            {"gbreve", 0x11F, false},  {"gcirc", 0x11D, false},    {"gcy", 0x433, false},
                            {"gdot", 0x121, false},    {"ge", 0x2265, false},      {"gjcy", 0x453, false},
                            {"grave", 0x60, false},    {"gt", 0x3E, true},         {"hArr", 0x21D4, false},
                            {"hairsp", 0x200A, false}, {"half", 0xBD, false},      {"hardcy", 0x44A, false},
                            {"harr", 0x2194, false},   {"hearts", 0x2665, false},  {"hellip", 0x2026, false},
                            {"horbar", 0x2015, false}, {"hstrok", 0x127, false},   {"hyphen", 0x2010, false},
                            {"iacute", 0xED, true},    {"icirc", 0xEE, true},      {"icy", 0x438, false},
                            {"iecy", 0x435, false},    {"iexcl", 0xA1, true},      {"igrave", 0xEC, true},
                            {"imacr", 0x12B, false},   {"image", 0x2111, false},   {"imath", 0x131, false},
                            {"infin", 0x221E, false},  {"int", 0x222B, false},     {"iocy", 0x451, false},
                            {"iogon", 0x12F, false},   {"iota", 0x3B9, false},     {"iquest", 0xBF, true},
                            {"isin", 0x2208, false},   {"itilde", 0x129, false},   {"iukcy", 0x456, false},
                            {"iuml", 0xEF, true},      {"jcy", 0x439, false},      {"jsercy", 0x458, false},
                            {"jukcy", 0x454, false},   {"kappa", 0x3BA, false},    {"kcedil", 0x137, false},
                            {"kcy", 0x43A, false},     {"khcy", 0x445, false},     {"kjcy", 0x45C, false},
                            {"lArr", 0x21D0, false},   {"lacute", 0x13A, false},   {"lambda", 0x3BB, false},
                            {"lang", 0x2329, false},   {"laquo", 0xAB, true},      {"larr", 0x2190, false},
                            {"lbrace", 0x7B, false},   {"lbrack", 0x5B, false},    {"lcaron", 0x13E, false},
                            {"lcedil", 0x13C, false},  {"lceil", 0x2308, false},   {"lcub", 0x7B, false},
                            {"lcy", 0x43B, false},     {"ldquo", 0x201C, false},   {"ldquor", 0x201E, false},
                            {"le", 0x2264, false},     {"lfloor", 0x230A, false},  {"ljcy", 0x459, false},
                            {"lowast", 0x2217, false}, {"lowbar", 0x5F, false},    {"loz", 0x25CA, false},
                            {"lpar", 0x28, false},     {"lrm", 0x200E, false},     {"lsaquo", 0x2039, false},
                            {"lsqb", 0x5B, false},     {"lsquo", 0x2018, false},   {"lsquor", 0x201A, false},
                            {"lstrok", 0x142, false},  {"lt", 0x3C, true},         {"macr", 0xAF, true},
                            {"mcy", 0x43C, false},     {"mdash", 0x2014, false},   {"micro", 0xB5, true},
                            {"middot", 0xB7, true},    {"minus", 0x2212, false},   {"mldr", 0x2026, false},
                            {"mu", 0x3BC, false},      {"nabla", 0x2207, false},   {"nacute", 0x144, false},
                            {"nbsp", 0xA0, true},      {"ncaron", 0x148, false},   {"ncedil", 0x146, false},
                            {"ncy", 0x43D, false},     {"ndash", 0x2013, false},   {"ne", 0x2260, false},
                            {"ni", 0x220B, false},     {"njcy", 0x45A, false},     {"nldr", 0x2025, false},
                            {"not", 0xAC, true},       {"notin", 0x2209, false},   {"nsub", 0x2284, false},
                            {"ntilde", 0xF1, true},    {"nu", 0x3BD, false},       {"num", 0x23, false},
                            {"numero", 0x2116, false}, {"numsp", 0x2007, false},   {"oacute", 0xF3, true},
                            {"ocirc", 0xF4, true},     {"ocy", 0x43E, false},      {"odblac", 0x151, false},
                            {"oelig", 0x153, false},   {"ograve", 0xF2, true},     {"oline", 0x203E, false},
                            {"omacr", 0x14D, false},   {"omega", 0x3C9, false},    {"omicron", 0x3BF, false},
                            {"oplus", 0x2295, false},  {"or", 0x2228, false},      {"ordf", 0xAA, true},
                            {"ordm", 0xBA, true},      {"oslash", 0xF8, true},     {"otilde", 0xF5, true},
                            {"otimes", 0x2297, false}, {"ouml", 0xF6, true},       {"para", 0xB6, true},
                            {"part", 0x2202, false},   {"pcy", 0x43F, false},      {"percnt", 0x25, false},
                            {"period", 0x2E, false},   {"permil", 0x2030, false},  {"perp", 0x22A5, false},
                            {"phi", 0x3C6, false},     {"phone", 0x260E, false},   {"pi", 0x3C0, false},
                            {"piv", 0x3D6, false},     {"plus", 0x2B, false},      {"plusmn", 0xB1, true},
                            {"pound", 0xA3, true},     {"prime", 0x2032, false},   {"prod", 0x220F, false},
                            {"prop", 0x221D, false},   {"psi", 0x3C8, false},      {"puncsp", 0x2008, false},
                            {"quest", 0x3F, false},    {"quot", 0x22, true},       {"rArr", 0x21D2, false},
                            {"racute", 0x155, false},  {"radic", 0x221A, false},   {"rang", 0x232A, false},
                            {"raquo", 0xBB, true},     {"rarr", 0x2192, false},    {"rbrace", 0x7D, false},
                            {"rbrack", 0x5D, false},   {"rcaron", 0x159, false},   {"rcedil", 0x157, false},
                            {"rceil", 0x2309, false},  {"rcub", 0x7D, false},      {"rcy", 0x440, false},
                            {"rdquo", 0x201D, false},  {"rdquor", 0x201D, false},  {"real", 0x211C, false},
                            {"reg", 0xAE, true},       {"rfloor", 0x230B, false},  {"rho", 0x3C1, false},
                            {"rlm", 0x200F, false},    {"rpar", 0x29, false},      {"rsaquo", 0x203A, false},
                            {"rsqb", 0x5D, false},     {"rsquo", 0x2019, false},   {"rsquor", 0x2019, false},
                            {"sacute", 0x15B, false},  {"sbquo", 0x201A, false},   {"scaron", 0x161, false},
                            {"scedil", 0x15F, false},  {"scirc", 0x15D, false},    {"scy", 0x441, false},
                            {"sdot", 0x22C5, false},   {"sect", 0xA7, true},       {"semi", 0x3B, false},
                            {"shchcy", 0x449, false},  {"shcy", 0x448, false},     {"shy", 0xAD, true},
                            {"sigma", 0x3C3, false},   {"sigmaf", 0x3C2, false},   {"sim", 0x223C, false},
                            {"softcy", 0x44C, false},  {"sol", 0x2F, false},       {"spades", 0x2660, false},
                            {"star", 0x2606, false},   {"starf", 0x2605, false},   {"sub", 0x2282, false},
                            {"sube", 0x2286, false},   {"sum", 0x2211, false},     {"sup", 0x2283, false},
                            {"sup1", 0xB9, true},      {"sup2", 0xB2, true},       {"sup3", 0xB3, true},
                            {"supe", 0x2287, false},   {"szlig", 0xDF, true},      {"tau", 0x3C4, false},
                            {"tcaron", 0x165, false},  {"tcedil", 0x163, false},   {"tcy", 0x442, false},
                            {"there4", 0x2234, false}, {"theta", 0x3B8, false},    {"thetasym", 0x3D1, false},
                            {"thinsp", 0x2009, false}, {"thorn", 0xFE, true},      {"tilde", 0x2DC, false},
                            {"times", 0xD7, true},     {"trade", 0x2122, false},   {"tscy", 0x446, false},
                            {"tshcy", 0x45B, false},   {"uArr", 0x21D1, false},    {"uacute", 0xFA, true},
                            {"uarr", 0x2191, false},   {"ubrcy", 0x45E, false},    {"ubreve", 0x16D, false},
                            {"ucirc", 0xFB, true},     {"ucy", 0x443, false},      {"udblac", 0x171, false},
                            {"ugrave", 0xF9, true},    {"umacr", 0x16B, false},    {"uml", 0xA8, true},
                            {"uogon", 0x173, false},   {"upsih", 0x3D2, false},    {"upsilon", 0x3C5, false},
                            {"uring", 0x16F, false},   {"utilde", 0x169, false},   {"uuml", 0xFC, true},
                            {"vcy", 0x432, false},     {"verbar", 0x7C, false},    {"vert", 0x7C, false},
                            {"weierp", 0x2118, false}, {"xi", 0x3BE, false},       {"yacute", 0xFD, true},
                            {"yacy", 0x44F, false},    {"ycy", 0x44B, false},      {"yen", 0xA5, true},
                            {"yicy", 0x457, false},    {"yucy", 0x44E, false},     {"yuml", 0xFF, true},
                            {"zacute", 0x17A, false},  {"zcaron", 0x17E, false},   {"zcy", 0x437, false},
                            {"zdot", 0x17C, false},    {"zeta", 0x3B6, false},     {"zhcy", 0x436, false},
                            {"zwj", 0x200D, false},    {"zwnj", 0x200C, false}};
static_assert(std::is_sorted(std::begin(kNamed), std::end(kNamed),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

// What pages mean that write the numbers of windows-1252 as if they were Unicode's: 0x80 to 0x9F.
constexpr std::array<char32_t, 32> kWindows1252{0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                                0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

int digit_of(char c, unsigned base) {
  if (c >= '0' && c <= '9') return c - '0';
  const char low = static_cast<char>(c | 0x20);
  return base == 16 && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

char32_t as_character(char32_t value) {
  if (value >= 0x80 && value <= 0x9F) return kWindows1252[value - 0x80];
  const bool none = value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF);
  return none ? 0xFFFD : value;
}

Entity numeric(std::string_view text, std::size_t at) {
  std::size_t i = at + 2;
  const unsigned base = i < text.size() && (text[i] | 0x20) == 'x' ? 16 : 10;
  if (base == 16) ++i;
  const std::size_t begin = i;
  char32_t value = 0;
  for (; i < text.size() && digit_of(text[i], base) >= 0 && i - begin < 64; ++i)
    value = std::min<char32_t>(value * base + static_cast<char32_t>(digit_of(text[i], base)), 0x110000);
  if (i == begin) return {};
  if (i < text.size() && text[i] == ';') ++i;
  return {as_character(value), i - at};
}

}  // namespace

Entity entity_at(std::string_view text, std::size_t at) {
  if (at + 1 < text.size() && text[at + 1] == '#') return numeric(text, at);
  std::size_t end = at + 1;
  while (end < text.size() && end - at <= 24 && is_alnum(text[end])) ++end;
  const std::string_view name = text.substr(at + 1, end - at - 1);
  const auto found = std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                                      [](const Named& named, std::string_view wanted) { return named.name < wanted; });
  if (found == std::end(kNamed) || found->name != name) return {};
  const bool closed = end < text.size() && text[end] == ';';
  if (!closed && (!found->without_semicolon || (end < text.size() && text[end] == '='))) return {};
  return {found->value, end - at + (closed ? 1 : 0)};
}

std::string unescape(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, plain - at));
    at = plain;
    if (at >= text.size()) break;
    const Entity entity = entity_at(text, at);
    if (entity.bytes == 0) {
      out.push_back(text[at++]);
      continue;
    }
    append_utf8(out, entity.value);
    at += entity.bytes;
  }
  return out;
}

}  // namespace entente::importers::html
