#!/usr/bin/env bash
# Fails, with file and line, on an include in the wrong direction.
#   layering.sh ROOT     ROOT holds base/ graph/ storage/ importers/ rpc/ apps/
# The tests themselves may include anything and are not looked at.
set -euo pipefail
cd "${1:?usage: layering.sh ROOT}"

# Our own headers: the longest folder that a file lies in, and the starts of the paths that it may include.
# A folder that is not named here may include what the one above it may. storage/store.h is the border of its folder, made
# of nothing below it, so every room behind it may know it.
ours='
base              base/
graph             base/ graph/
graph/ontology    base/ graph/ontology/
graph/model       base/ graph/ontology/ graph/model/
graph/join        base/ graph/ontology/ graph/model/ graph/join/
graph/view        base/ graph/ontology/ graph/model/ graph/join/ graph/view/
graph/walk        base/ graph/ontology/ graph/model/ graph/join/ graph/view/ graph/walk/
graph/query       base/ graph/ontology/ graph/model/ graph/join/ graph/view/ graph/walk/ graph/query/
graph/exchange    base/ graph/query/ graph/exchange/
storage           base/ graph/ storage/
storage/codec     base/ graph/ storage/codec/
storage/store.h   base/ graph/
storage/layout    base/ graph/ storage/codec/ storage/layout/ storage/store.h
storage/record    base/ graph/ storage/codec/ storage/layout/ storage/record/ storage/store.h
storage/rocks     base/ graph/ storage/codec/ storage/layout/ storage/record/ storage/store.h storage/rocks/
storage/memory    base/ graph/ storage/codec/ storage/layout/ storage/record/ storage/store.h storage/memory/
importers         base/ graph/ importers/
rpc               base/ graph/ storage/ importers/ rpc/
rpc/access        base/ rpc/access/
rpc/frames        base/ rpc/frames/
rpc/convert       base/ graph/ rpc/schema/ rpc/convert/
rpc/client        base/ graph/ rpc/schema/ rpc/address.h rpc/frames/ rpc/convert/ rpc/client/
rpc/http          base/ graph/ rpc/schema/ rpc/convert/ rpc/http/
rpc/server        base/ graph/ storage/ rpc/schema/ rpc/address.h rpc/frames/ rpc/convert/ rpc/access/ rpc/http/ rpc/server/
apps              base/ graph/ storage/ importers/ rpc/ apps/
'
# Headers of others that are kept to one place: how they start, and the folders that may include them.
theirs='
rocksdb/   storage/rocks/
capnp/     rpc/
kj/        rpc/
boost/     graph/view/ graph/walk/
curl/      importers/sources/
libxml/    importers/sources/ importers/mapping/
yaml-cpp/  importers/sources/ importers/mapping/
'

files=$(find base graph storage importers rpc apps -type f \( -name '*.h' -o -name '*.cc' \) | LC_ALL=C sort)
if [[ -z $files ]]; then
  echo "layering: no sources under $PWD" >&2
  exit 1
fi

# shellcheck disable=SC2086  # our file names have no blanks
OURS=$ours THEIRS=$theirs awk '
  function starts(text, start) { return substr(text, 1, length(start)) == start }
  function rule_of(file,    folder) {
    folder = file
    while (!(folder in may)) sub(/\/[^\/]*$/, "", folder)
    return folder
  }
  function wrong(what) { printf "%s:%d: %s\n", FILENAME, FNR, what; bad = 1 }
  BEGIN {
    n = split(ENVIRON["OURS"], lines, "\n")
    for (i = 1; i <= n; ++i) if (split(lines[i], words, " ") > 1) {
      may[words[1]] = lines[i]; sub(/^[^ ]+ +/, "", may[words[1]])
      split(words[1], parts, "/"); top[parts[1]] = 1
    }
    n = split(ENVIRON["THEIRS"], lines, "\n")
    for (i = 1; i <= n; ++i) if (split(lines[i], words, " ") > 1) {
      kept[words[1]] = lines[i]; sub(/^[^ ]+ +/, "", kept[words[1]])
    }
  }
  !/^[ \t]*#[ \t]*include[ \t]*["<]/ { next }
  {
    quoted = ($0 ~ /include[ \t]*"/)
    path = $0; sub(/^[^"<]*["<]/, "", path); sub(/[">].*$/, "", path)
    split(path, parts, "/")
    if (parts[1] in top) {
      folder = rule_of(FILENAME); good = 0
      n = split(may[folder], allowed, " ")
      for (i = 1; i <= n; ++i) if (starts(path, allowed[i])) good = 1
      if (!good) wrong("in " folder ": must not include " path " (it may use " may[folder] ")")
      # The code made of a schema brings in what it is made with.
      if (path ~ /\.capnp\.h$/ && !starts(FILENAME, "rpc/")) wrong(path " may be included in rpc/ only")
    } else if (quoted) {
      wrong("\"" path "\": quoted includes start at the root of the repository, with a folder of ours")
    }
    for (start in kept) if (starts(path, start)) {
      good = 0
      n = split(kept[start], allowed, " ")
      for (i = 1; i <= n; ++i) if (starts(FILENAME, allowed[i])) good = 1
      if (!good) wrong(path " may be included in " kept[start] " only")
    }
  }
  END { exit bad }
' $files
