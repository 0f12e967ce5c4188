// What the tests of cleaning share: reading files, the table of boilerplate, and the whole way from bytes to clean
// text.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "importers/clean/clean.h"

namespace entente::importers::test {

std::string bytes_of(const std::filesystem::path& file);
std::filesystem::path source_folder();
// Real pages that are no part of the repository; absent where they are not at hand.
std::optional<std::filesystem::path> shared_folder();

// data/lexicon's tables for any language and for English.
const Boilerplate& boilerplate();

Result<CleanText> clean_bytes(const std::string& name, const std::string& bytes);
Result<CleanText> clean_file(const std::filesystem::path& file);

std::string text_of(const CleanText& clean, const Block& block);
// The text after the first block.
std::string body_of(const CleanText& clean);
std::vector<std::string> split(const std::string& text, char separator);

}  // namespace entente::importers::test
