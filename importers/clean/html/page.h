// A page to the clean text of its release.
#pragma once

#include "importers/clean/clean.h"

namespace entente::importers::html {

// `document` is a page: its text is HTML.
Result<CleanText> clean_page(ReadDocument document, const Boilerplate& boilerplate, Notes& notes);

}  // namespace entente::importers::html
