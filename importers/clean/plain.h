// Plain text, and the text of a record: kept byte for byte, its blocks marked.
#pragma once

#include "importers/clean/clean.h"

namespace entente::importers {

Result<CleanText> clean_plain(ReadDocument document, const Boilerplate& boilerplate, Notes& notes);

}  // namespace entente::importers
