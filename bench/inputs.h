// What the text line is measured on: releases from a folder, web pages made around the same text, and texts that
// somebody might write to make a program slow.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/result.h"
#include "importers/line.h"

namespace entente::bench {

// The releases (.html .htm .txt .json) among `paths` and in the folders among them, sorted by path.
// Fails with not_found when there is none.
Result<std::vector<importers::Document>> read_documents(const std::vector<std::string>& paths);

// The text as a small web page, with a head, a menu, a script and a footer around it: 1 KB more.
std::string page_around(const std::string& title, const std::string& text);

struct Form {
  const char* name;
  const char* ending;  // of the document's name: decides how it is read
  // A document of about so many bytes, made of `text` or for its own sake.
  std::string (*make)(const std::string& text, std::size_t bytes);
};

// Plain text, a page, a record, and the texts meant to be slow.
const std::vector<Form>& forms();

}  // namespace entente::bench
