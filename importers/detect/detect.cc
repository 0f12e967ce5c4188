#include "importers/detect/detect.h"

#include "importers/detect/sentence_events.h"

namespace entente::importers {

std::vector<Draft> detect_events(TextView& view, Cast& cast, Notes& notes) {
  std::vector<Draft> drafts;
  for (std::uint32_t i = 0; i < view.sentences.size(); ++i) {
    Sentence& sentence = view.sentences[i];
    if (sentence.heading || sentence.items.empty()) continue;
    for (Draft& draft : SentenceEvents(view, sentence, i, cast).run()) drafts.push_back(std::move(draft));
  }
  (void)notes;
  return drafts;
}

}  // namespace entente::importers
