// Words and marks of a text with their places, and the numbers that stand for words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::importers {

// The place of a word in the vocabulary of the lexicon; 0 for a word that no table knows.
using WordId = std::uint32_t;

struct Token {
  std::uint32_t begin = 0;  // bytes of the text
  std::uint32_t end = 0;
  WordId word = 0;
  std::int32_t number = -1;  // its value, of digits or of a number word; -1 when it is none
  bool capital : 1 = false;      // starts with an upper-case letter, or a letter of a script without case
  bool all_caps : 1 = false;     // two or more letters, all upper case
  bool letters : 1 = false;      // has a letter
  bool digits : 1 = false;       // written in digits
  bool ordinal : 1 = false;      // 13th, third
  bool punct : 1 = false;        // a mark: , . ; ( ...
  bool joined : 1 = false;       // hyphen between the token before and this one
  bool touches : 1 = false;      // no blank before it
  bool dotted : 1 = false;       // its full stop belongs to it: Mr. U.S. Oct. K.
  bool possessive : 1 = false;   // the mark 's or '
};

// Cuts text[begin, end) into tokens. `word_of` gives the id of a folded word. Linear in the length.
// Words that a language writes together ("외교부장관은") are parted where the vocabulary knows the parts, unless told to keep
// them: the tables themselves say what the parts are.
class Vocabulary;
enum class Together : bool { part, keep };
void tokenise(std::string_view text, std::uint32_t begin, std::uint32_t end, const Vocabulary& vocabulary,
              std::vector<Token>& tokens, Together together = Together::part);

}  // namespace entente::importers
