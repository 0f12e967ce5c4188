#!/usr/bin/env bash
# Fails on a word that the importers compare with a text but no table of the English lexicon has: the vocabulary knows no
# other words, so that the comparison could never hold.
#   words.sh ROOT     ROOT holds importers/ and data/
set -euo pipefail
cd "${1:?usage: words.sh ROOT}"

# word(i) == "presence", word_is(i, "of"), scan_.is(i, "the")
compared=$(grep -rhoP '\b(word|word_is|is)\([^;{}"]*(\)\s*[=!]=\s*|,\s*)"\K[a-z]+(?=")' importers --include='*.cc' --include='*.h' | sort -u)
known=$(cat data/lexicon/en/*.tsv data/gazetteer/*.tsv | grep -v '^#' | tr '[:upper:]' '[:lower:]' | grep -oE '[a-z]+' | sort -u)
if [[ $(wc -l <<<"$compared") -lt 100 ]]; then
  echo "words.sh: hardly any comparison was found; the pattern above no longer fits the code" >&2
  exit 1
fi
missing=$(comm -23 <(echo "$compared") <(echo "$known"))
if [[ -n $missing ]]; then
  echo "words.sh: no table of data/lexicon/en has what importers/ compare with: put it into the class \`grammar\` of words.tsv, or compare with another" >&2
  while read -r word; do
    grep -rn "\"$word\"" importers --include='*.cc' --include='*.h' >&2
  done <<<"$missing"
  exit 1
fi
