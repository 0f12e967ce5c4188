#include "importers/clean/html/entities.h"

#include <algorithm>
#include <array>
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
constexpr std::array kNamed{
    Named{"AElig", 0xC6, true},     Named{"Aacute", 0xC1, true},     Named{"Abreve", 0x102, false},
    Named{"Acirc", 0xC2, true},     Named{"Acy", 0x410, false},      Named{"Agrave", 0xC0, true},
    Named{"Alpha", 0x391, false},   Named{"Amacr", 0x100, false},    Named{"Aogon", 0x104, false},
    Named{"Aring", 0xC5, true},     Named{"Atilde", 0xC3, true},     Named{"Auml", 0xC4, true},
    Named{"Bcy", 0x411, false},     Named{"Beta", 0x392, false},     Named{"CHcy", 0x427, false},
    Named{"Cacute", 0x106, false},  Named{"Ccaron", 0x10C, false},   Named{"Ccedil", 0xC7, true},
    Named{"Ccirc", 0x108, false},   Named{"Cdot", 0x10A, false},     Named{"Chi", 0x3A7, false},
    Named{"DJcy", 0x402, false},    Named{"DScy", 0x405, false},     Named{"DZcy", 0x40F, false},
    Named{"Dagger", 0x2021, false}, Named{"Dcaron", 0x10E, false},   Named{"Dcy", 0x414, false},
    Named{"Delta", 0x394, false},   Named{"Dstrok", 0x110, false},   Named{"ETH", 0xD0, true},
    Named{"Eacute", 0xC9, true},    Named{"Ecaron", 0x11A, false},   Named{"Ecirc", 0xCA, true},
    Named{"Ecy", 0x42D, false},     Named{"Edot", 0x116, false},     Named{"Egrave", 0xC8, true},
    Named{"Emacr", 0x112, false},   Named{"Eogon", 0x118, false},    Named{"Epsilon", 0x395, false},
    Named{"Eta", 0x397, false},     Named{"Euml", 0xCB, true},       Named{"Fcy", 0x424, false},
    Named{"GJcy", 0x403, false},    Named{"Gamma", 0x393, false},    Named{"Gbreve", 0x11E, false},
    Named{"Gcedil", 0x122, false},  Named{"Gcirc", 0x11C, false},    Named{"Gcy", 0x413, false},
    Named{"Gdot", 0x120, false},    Named{"HARDcy", 0x42A, false},   Named{"Hat", 0x5E, false},
    Named{"Hstrok", 0x126, false},  Named{"IEcy", 0x415, false},     Named{"IOcy", 0x401, false},
    Named{"Iacute", 0xCD, true},    Named{"Icirc", 0xCE, true},      Named{"Icy", 0x418, false},
    Named{"Idot", 0x130, false},    Named{"Igrave", 0xCC, true},     Named{"Imacr", 0x12A, false},
    Named{"Iogon", 0x12E, false},   Named{"Iota", 0x399, false},     Named{"Itilde", 0x128, false},
    Named{"Iukcy", 0x406, false},   Named{"Iuml", 0xCF, true},       Named{"Jcy", 0x419, false},
    Named{"Jsercy", 0x408, false},  Named{"Jukcy", 0x404, false},    Named{"KHcy", 0x425, false},
    Named{"KJcy", 0x40C, false},    Named{"Kappa", 0x39A, false},    Named{"Kcedil", 0x136, false},
    Named{"Kcy", 0x41A, false},     Named{"LJcy", 0x409, false},     Named{"Lacute", 0x139, false},
    Named{"Lambda", 0x39B, false},  Named{"Lcaron", 0x13D, false},   Named{"Lcedil", 0x13B, false},
    Named{"Lcy", 0x41B, false},     Named{"Lstrok", 0x141, false},   Named{"Mcy", 0x41C, false},
    Named{"Mu", 0x39C, false},      Named{"NJcy", 0x40A, false},     Named{"Nacute", 0x143, false},
    Named{"Ncaron", 0x147, false},  Named{"Ncedil", 0x145, false},   Named{"Ncy", 0x41D, false},
    Named{"NewLine", 0xA, false},   Named{"NoBreak", 0x2060, false}, Named{"NonBreakingSpace", 0xA0, false},
    Named{"Ntilde", 0xD1, true},    Named{"Nu", 0x39D, false},       Named{"OElig", 0x152, false},
    Named{"Oacute", 0xD3, true},    Named{"Ocirc", 0xD4, true},      Named{"Ocy", 0x41E, false},
    Named{"Odblac", 0x150, false},  Named{"Ograve", 0xD2, true},     Named{"Omacr", 0x14C, false},
    Named{"Omega", 0x3A9, false},   Named{"Omicron", 0x39F, false},  Named{"Oslash", 0xD8, true},
    Named{"Otilde", 0xD5, true},    Named{"Ouml", 0xD6, true},       Named{"Pcy", 0x41F, false},
    Named{"Phi", 0x3A6, false},     Named{"Pi", 0x3A0, false},       Named{"Prime", 0x2033, false},
    Named{"Psi", 0x3A8, false},     Named{"Racute", 0x154, false},   Named{"Rcaron", 0x158, false},
    Named{"Rcedil", 0x156, false},  Named{"Rcy", 0x420, false},      Named{"Rho", 0x3A1, false},
    Named{"SHCHcy", 0x429, false},  Named{"SHcy", 0x428, false},     Named{"SOFTcy", 0x42C, false},
    Named{"Sacute", 0x15A, false},  Named{"Scaron", 0x160, false},   Named{"Scedil", 0x15E, false},
    Named{"Scirc", 0x15C, false},   Named{"Scy", 0x421, false},      Named{"Sigma", 0x3A3, false},
    Named{"THORN", 0xDE, true},     Named{"TSHcy", 0x40B, false},    Named{"TScy", 0x426, false},
    Named{"Tab", 0x9, false},       Named{"Tau", 0x3A4, false},      Named{"Tcaron", 0x164, false},
    Named{"Tcedil", 0x162, false},  Named{"Tcy", 0x422, false},      Named{"Theta", 0x398, false},
    Named{"Uacute", 0xDA, true},    Named{"Ubrcy", 0x40E, false},    Named{"Ubreve", 0x16C, false},
    Named{"Ucirc", 0xDB, true},     Named{"Ucy", 0x423, false},      Named{"Udblac", 0x170, false},
    Named{"Ugrave", 0xD9, true},    Named{"Umacr", 0x16A, false},    Named{"Uogon", 0x172, false},
    Named{"Upsilon", 0x3A5, false}, Named{"Uring", 0x16E, false},    Named{"Utilde", 0x168, false},
    Named{"Uuml", 0xDC, true},      Named{"Vcy", 0x412, false},      Named{"Xi", 0x39E, false},
    Named{"YAcy", 0x42F, false},    Named{"YIcy", 0x407, false},     Named{"YUcy", 0x42E, false},
    Named{"Yacute", 0xDD, true},    Named{"Ycy", 0x42B, false},      Named{"Yuml", 0x178, false},
    Named{"ZHcy", 0x416, false},    Named{"Zacute", 0x179, false},   Named{"Zcaron", 0x17D, false},
    Named{"Zcy", 0x417, false},     Named{"Zdot", 0x17B, false},     Named{"ZeroWidthSpace", 0x200B, false},
    Named{"Zeta", 0x396, false},    Named{"aacute", 0xE1, true},     Named{"abreve", 0x103, false},
    Named{"acirc", 0xE2, true},     Named{"acute", 0xB4, true},      Named{"acy", 0x430, false},
    Named{"aelig", 0xE6, true},     Named{"agrave", 0xE0, true},     Named{"alefsym", 0x2135, false},
    Named{"alpha", 0x3B1, false},   Named{"amacr", 0x101, false},    Named{"amp", 0x26, true},
    Named{"and", 0x2227, false},    Named{"ang", 0x2220, false},     Named{"aogon", 0x105, false},
    Named{"apos", 0x27, false},     Named{"aring", 0xE5, true},      Named{"ast", 0x2A, false},
    Named{"asymp", 0x2248, false},  Named{"atilde", 0xE3, true},     Named{"auml", 0xE4, true},
    Named{"bcy", 0x431, false},     Named{"bdquo", 0x201E, false},   Named{"beta", 0x3B2, false},
    Named{"boxh", 0x2500, false},   Named{"brvbar", 0xA6, true},     Named{"bsol", 0x5C, false},
    Named{"bull", 0x2022, false},   Named{"bullet", 0x2022, false},  Named{"cacute", 0x107, false},
    Named{"cap", 0x2229, false},    Named{"caret", 0x2041, false},   Named{"ccaron", 0x10D, false},
    Named{"ccedil", 0xE7, true},    Named{"ccirc", 0x109, false},    Named{"cdot", 0x10B, false},
    Named{"cedil", 0xB8, true},     Named{"cent", 0xA2, true},       Named{"centerdot", 0xB7, false},
    Named{"chcy", 0x447, false},    Named{"check", 0x2713, false},   Named{"checkmark", 0x2713, false},
    Named{"chi", 0x3C7, false},     Named{"circ", 0x2C6, false},     Named{"clubs", 0x2663, false},
    Named{"colon", 0x3A, false},    Named{"comma", 0x2C, false},     Named{"commat", 0x40, false},
    Named{"cong", 0x2245, false},   Named{"copy", 0xA9, true},       Named{"copysr", 0x2117, false},
    Named{"crarr", 0x21B5, false},  Named{"cross", 0x2717, false},   Named{"cup", 0x222A, false},
    Named{"curren", 0xA4, true},    Named{"dArr", 0x21D3, false},    Named{"dagger", 0x2020, false},
    Named{"darr", 0x2193, false},   Named{"dash", 0x2010, false},    Named{"dcaron", 0x10F, false},
    Named{"dcy", 0x434, false},     Named{"deg", 0xB0, true},        Named{"delta", 0x3B4, false},
    Named{"diams", 0x2666, false},  Named{"divide", 0xF7, true},     Named{"djcy", 0x452, false},
    Named{"dollar", 0x24, false},   Named{"dscy", 0x455, false},     Named{"dstrok", 0x111, false},
    Named{"dzcy", 0x45F, false},    Named{"eacute", 0xE9, true},     Named{"ecaron", 0x11B, false},
    Named{"ecirc", 0xEA, true},     Named{"ecy", 0x44D, false},      Named{"edot", 0x117, false},
    Named{"egrave", 0xE8, true},    Named{"emacr", 0x113, false},    Named{"empty", 0x2205, false},
    Named{"emsp", 0x2003, false},   Named{"emsp13", 0x2004, false},  Named{"emsp14", 0x2005, false},
    Named{"ensp", 0x2002, false},   Named{"eogon", 0x119, false},    Named{"epsilon", 0x3B5, false},
    Named{"equals", 0x3D, false},   Named{"equiv", 0x2261, false},   Named{"eta", 0x3B7, false},
    Named{"eth", 0xF0, true},       Named{"euml", 0xEB, true},       Named{"euro", 0x20AC, false},
    Named{"excl", 0x21, false},     Named{"exist", 0x2203, false},   Named{"fcy", 0x444, false},
    Named{"fnof", 0x192, false},    Named{"forall", 0x2200, false},  Named{"frac12", 0xBD, true},
    Named{"frac13", 0x2153, false}, Named{"frac14", 0xBC, true},     Named{"frac15", 0x2155, false},
    Named{"frac18", 0x215B, false}, Named{"frac23", 0x2154, false},  Named{"frac34", 0xBE, true},
    Named{"frasl", 0x2044, false},  Named{"gacute", 0x1F5, false},   Named{"gamma", 0x3B3, false},
    Named{"gbreve", 0x11F, false},  Named{"gcirc", 0x11D, false},    Named{"gcy", 0x433, false},
    Named{"gdot", 0x121, false},    Named{"ge", 0x2265, false},      Named{"gjcy", 0x453, false},
    Named{"grave", 0x60, false},    Named{"gt", 0x3E, true},         Named{"hArr", 0x21D4, false},
    Named{"hairsp", 0x200A, false}, Named{"half", 0xBD, false},      Named{"hardcy", 0x44A, false},
    Named{"harr", 0x2194, false},   Named{"hearts", 0x2665, false},  Named{"hellip", 0x2026, false},
    Named{"horbar", 0x2015, false}, Named{"hstrok", 0x127, false},   Named{"hyphen", 0x2010, false},
    Named{"iacute", 0xED, true},    Named{"icirc", 0xEE, true},      Named{"icy", 0x438, false},
    Named{"iecy", 0x435, false},    Named{"iexcl", 0xA1, true},      Named{"igrave", 0xEC, true},
    Named{"imacr", 0x12B, false},   Named{"image", 0x2111, false},   Named{"imath", 0x131, false},
    Named{"infin", 0x221E, false},  Named{"int", 0x222B, false},     Named{"iocy", 0x451, false},
    Named{"iogon", 0x12F, false},   Named{"iota", 0x3B9, false},     Named{"iquest", 0xBF, true},
    Named{"isin", 0x2208, false},   Named{"itilde", 0x129, false},   Named{"iukcy", 0x456, false},
    Named{"iuml", 0xEF, true},      Named{"jcy", 0x439, false},      Named{"jsercy", 0x458, false},
    Named{"jukcy", 0x454, false},   Named{"kappa", 0x3BA, false},    Named{"kcedil", 0x137, false},
    Named{"kcy", 0x43A, false},     Named{"khcy", 0x445, false},     Named{"kjcy", 0x45C, false},
    Named{"lArr", 0x21D0, false},   Named{"lacute", 0x13A, false},   Named{"lambda", 0x3BB, false},
    Named{"lang", 0x2329, false},   Named{"laquo", 0xAB, true},      Named{"larr", 0x2190, false},
    Named{"lbrace", 0x7B, false},   Named{"lbrack", 0x5B, false},    Named{"lcaron", 0x13E, false},
    Named{"lcedil", 0x13C, false},  Named{"lceil", 0x2308, false},   Named{"lcub", 0x7B, false},
    Named{"lcy", 0x43B, false},     Named{"ldquo", 0x201C, false},   Named{"ldquor", 0x201E, false},
    Named{"le", 0x2264, false},     Named{"lfloor", 0x230A, false},  Named{"ljcy", 0x459, false},
    Named{"lowast", 0x2217, false}, Named{"lowbar", 0x5F, false},    Named{"loz", 0x25CA, false},
    Named{"lpar", 0x28, false},     Named{"lrm", 0x200E, false},     Named{"lsaquo", 0x2039, false},
    Named{"lsqb", 0x5B, false},     Named{"lsquo", 0x2018, false},   Named{"lsquor", 0x201A, false},
    Named{"lstrok", 0x142, false},  Named{"lt", 0x3C, true},         Named{"macr", 0xAF, true},
    Named{"mcy", 0x43C, false},     Named{"mdash", 0x2014, false},   Named{"micro", 0xB5, true},
    Named{"middot", 0xB7, true},    Named{"minus", 0x2212, false},   Named{"mldr", 0x2026, false},
    Named{"mu", 0x3BC, false},      Named{"nabla", 0x2207, false},   Named{"nacute", 0x144, false},
    Named{"nbsp", 0xA0, true},      Named{"ncaron", 0x148, false},   Named{"ncedil", 0x146, false},
    Named{"ncy", 0x43D, false},     Named{"ndash", 0x2013, false},   Named{"ne", 0x2260, false},
    Named{"ni", 0x220B, false},     Named{"njcy", 0x45A, false},     Named{"nldr", 0x2025, false},
    Named{"not", 0xAC, true},       Named{"notin", 0x2209, false},   Named{"nsub", 0x2284, false},
    Named{"ntilde", 0xF1, true},    Named{"nu", 0x3BD, false},       Named{"num", 0x23, false},
    Named{"numero", 0x2116, false}, Named{"numsp", 0x2007, false},   Named{"oacute", 0xF3, true},
    Named{"ocirc", 0xF4, true},     Named{"ocy", 0x43E, false},      Named{"odblac", 0x151, false},
    Named{"oelig", 0x153, false},   Named{"ograve", 0xF2, true},     Named{"oline", 0x203E, false},
    Named{"omacr", 0x14D, false},   Named{"omega", 0x3C9, false},    Named{"omicron", 0x3BF, false},
    Named{"oplus", 0x2295, false},  Named{"or", 0x2228, false},      Named{"ordf", 0xAA, true},
    Named{"ordm", 0xBA, true},      Named{"oslash", 0xF8, true},     Named{"otilde", 0xF5, true},
    Named{"otimes", 0x2297, false}, Named{"ouml", 0xF6, true},       Named{"para", 0xB6, true},
    Named{"part", 0x2202, false},   Named{"pcy", 0x43F, false},      Named{"percnt", 0x25, false},
    Named{"period", 0x2E, false},   Named{"permil", 0x2030, false},  Named{"perp", 0x22A5, false},
    Named{"phi", 0x3C6, false},     Named{"phone", 0x260E, false},   Named{"pi", 0x3C0, false},
    Named{"piv", 0x3D6, false},     Named{"plus", 0x2B, false},      Named{"plusmn", 0xB1, true},
    Named{"pound", 0xA3, true},     Named{"prime", 0x2032, false},   Named{"prod", 0x220F, false},
    Named{"prop", 0x221D, false},   Named{"psi", 0x3C8, false},      Named{"puncsp", 0x2008, false},
    Named{"quest", 0x3F, false},    Named{"quot", 0x22, true},       Named{"rArr", 0x21D2, false},
    Named{"racute", 0x155, false},  Named{"radic", 0x221A, false},   Named{"rang", 0x232A, false},
    Named{"raquo", 0xBB, true},     Named{"rarr", 0x2192, false},    Named{"rbrace", 0x7D, false},
    Named{"rbrack", 0x5D, false},   Named{"rcaron", 0x159, false},   Named{"rcedil", 0x157, false},
    Named{"rceil", 0x2309, false},  Named{"rcub", 0x7D, false},      Named{"rcy", 0x440, false},
    Named{"rdquo", 0x201D, false},  Named{"rdquor", 0x201D, false},  Named{"real", 0x211C, false},
    Named{"reg", 0xAE, true},       Named{"rfloor", 0x230B, false},  Named{"rho", 0x3C1, false},
    Named{"rlm", 0x200F, false},    Named{"rpar", 0x29, false},      Named{"rsaquo", 0x203A, false},
    Named{"rsqb", 0x5D, false},     Named{"rsquo", 0x2019, false},   Named{"rsquor", 0x2019, false},
    Named{"sacute", 0x15B, false},  Named{"sbquo", 0x201A, false},   Named{"scaron", 0x161, false},
    Named{"scedil", 0x15F, false},  Named{"scirc", 0x15D, false},    Named{"scy", 0x441, false},
    Named{"sdot", 0x22C5, false},   Named{"sect", 0xA7, true},       Named{"semi", 0x3B, false},
    Named{"shchcy", 0x449, false},  Named{"shcy", 0x448, false},     Named{"shy", 0xAD, true},
    Named{"sigma", 0x3C3, false},   Named{"sigmaf", 0x3C2, false},   Named{"sim", 0x223C, false},
    Named{"softcy", 0x44C, false},  Named{"sol", 0x2F, false},       Named{"spades", 0x2660, false},
    Named{"star", 0x2606, false},   Named{"starf", 0x2605, false},   Named{"sub", 0x2282, false},
    Named{"sube", 0x2286, false},   Named{"sum", 0x2211, false},     Named{"sup", 0x2283, false},
    Named{"sup1", 0xB9, true},      Named{"sup2", 0xB2, true},       Named{"sup3", 0xB3, true},
    Named{"supe", 0x2287, false},   Named{"szlig", 0xDF, true},      Named{"tau", 0x3C4, false},
    Named{"tcaron", 0x165, false},  Named{"tcedil", 0x163, false},   Named{"tcy", 0x442, false},
    Named{"there4", 0x2234, false}, Named{"theta", 0x3B8, false},    Named{"thetasym", 0x3D1, false},
    Named{"thinsp", 0x2009, false}, Named{"thorn", 0xFE, true},      Named{"tilde", 0x2DC, false},
    Named{"times", 0xD7, true},     Named{"trade", 0x2122, false},   Named{"tscy", 0x446, false},
    Named{"tshcy", 0x45B, false},   Named{"uArr", 0x21D1, false},    Named{"uacute", 0xFA, true},
    Named{"uarr", 0x2191, false},   Named{"ubrcy", 0x45E, false},    Named{"ubreve", 0x16D, false},
    Named{"ucirc", 0xFB, true},     Named{"ucy", 0x443, false},      Named{"udblac", 0x171, false},
    Named{"ugrave", 0xF9, true},    Named{"umacr", 0x16B, false},    Named{"uml", 0xA8, true},
    Named{"uogon", 0x173, false},   Named{"upsih", 0x3D2, false},    Named{"upsilon", 0x3C5, false},
    Named{"uring", 0x16F, false},   Named{"utilde", 0x169, false},   Named{"uuml", 0xFC, true},
    Named{"vcy", 0x432, false},     Named{"verbar", 0x7C, false},    Named{"vert", 0x7C, false},
    Named{"weierp", 0x2118, false}, Named{"xi", 0x3BE, false},       Named{"yacute", 0xFD, true},
    Named{"yacy", 0x44F, false},    Named{"ycy", 0x44B, false},      Named{"yen", 0xA5, true},
    Named{"yicy", 0x457, false},    Named{"yucy", 0x44E, false},     Named{"yuml", 0xFF, true},
    Named{"zacute", 0x17A, false},  Named{"zcaron", 0x17E, false},   Named{"zcy", 0x437, false},
    Named{"zdot", 0x17C, false},    Named{"zeta", 0x3B6, false},     Named{"zhcy", 0x436, false},
    Named{"zwj", 0x200D, false},    Named{"zwnj", 0x200C, false}};
static_assert(std::is_sorted(kNamed.begin(), kNamed.end(),
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
  const auto found = std::lower_bound(kNamed.begin(), kNamed.end(), name,
                                      [](const Named& named, std::string_view wanted) { return named.name < wanted; });
  if (found == kNamed.end() || found->name != name) return {};
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
