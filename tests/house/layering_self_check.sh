#!/usr/bin/env bash
# Does layering.sh find what it is there to find? Writes a small tree with one wrong include for each rule and demands
# exactly those lines, then takes them out and demands silence.
set -euo pipefail
check=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)/layering.sh
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{base,graph/{ontology,model,view,query},storage/{codec,layout,record,rocks,care},importers/{read,sources},rpc/{client,server,access},apps/entente}

# good FILE INCLUDE: a second line that is allowed. bad FILE INCLUDE: a third line that is not.
expected=()
good() { printf '#pragma once\n#include %s\n' "$2" >"$root/$1"; }
bad() {
  [[ -e $root/$1 ]] || printf '#pragma once\n\n' >"$root/$1"
  expected+=("$1:$(($(wc -l <"$root/$1") + 1)):")
  printf '#include %s\n' "$2" >>"$root/$1"
}

good base/a.h '<string>'
good graph/model/a.h '"graph/ontology/a.h"'
good graph/view/a.cc '<boost/graph/graph_traits.hpp>'
good storage/rocks/a.cc '<rocksdb/db.h>'
good storage/care/a.h '"storage/record/a.h"'
good importers/a.cc '"graph/view/reader.h"'
good importers/read/a.cc '<unicode/ucnv.h>'
good importers/sources/a.cc '<curl/curl.h>'
good rpc/server/a.h '<kj/async.h>'
good apps/entente/a.cc '"rpc/client/client.h"'
if ! "$check" "$root"; then
  echo "self-check: a tree without a wrong include was refused" >&2
  exit 1
fi

bad base/a.h '"graph/model/a.h"'
bad base/b.cc '<storage/store.h>'
bad graph/ontology/a.h '"graph/model/a.h"'
bad graph/model/a.h '"storage/store.h"'
bad graph/model/b.cc '<boost/graph/graph_traits.hpp>'
bad graph/query/a.h '"importers/line.h"'
bad graph/view/a.cc '"graph/walk/paths.h"'
bad graph/query/b.cc '<boost/graph/graph_traits.hpp>'
bad graph/query/c.h '"graph/exchange/writer.h"'
bad storage/store.h '"storage/layout/a.h"'
bad storage/codec/a.h '"storage/layout/a.h"'
bad storage/layout/a.h '"storage/record/a.h"'
bad storage/record/a.cc '<rocksdb/db.h>'
bad storage/rocks/a.cc '"rpc/client/client.h"'
bad importers/a.cc '"storage/store.h"'
bad importers/read/a.cc '  "rpc/client/client.h"  // why not'
bad importers/read/b.h '"document.h"'
bad importers/read/c.cc '<libxml/tree.h>'
bad importers/sources/a.cc '"rpc/client/client.h"'
bad rpc/server/a.h '"apps/entente/a.h"'
bad rpc/client/a.h '"rpc/server/server.h"'
bad rpc/client/b.cc '"storage/store.h"'
bad rpc/access/a.h '"rpc/server/peer.h"'
bad rpc/server/b.cc '<rocksdb/db.h>'
bad apps/entente/a.cc '<capnp/ez-rpc.h>'
bad apps/entente/c.cc '<yaml-cpp/yaml.h>'
bad apps/entente/b.cc '"rpc/schema/reader.capnp.h"'

if found=$("$check" "$root"); then
  echo "self-check: a tree of wrong includes was let through" >&2
  exit 1
fi
places=$(cut -d: -f1,2 <<<"$found" | sed 's/$/:/' | LC_ALL=C sort)
wanted=$(printf '%s\n' "${expected[@]}" | LC_ALL=C sort)
if [[ $places != "$wanted" ]]; then
  echo "self-check: what was found (<) is not what is wrong (>)" >&2
  diff <(echo "$places") <(echo "$wanted") >&2 || true
  exit 1
fi

rm -r "$root"/*
mkdir -p "$root"/{base,graph,storage,importers,rpc,apps}
if "$check" "$root" 2>/dev/null; then
  echo "self-check: a tree without sources was let through" >&2
  exit 1
fi
