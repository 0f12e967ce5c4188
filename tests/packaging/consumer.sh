#!/usr/bin/env bash
# usage: consumer.sh ROOT BUILD ENTENTE    Installs the client library, builds a program on it elsewhere, asks a server with it.
set -euo pipefail
root=$1 build=$2 binary=$3
folder=$(mktemp -d)
server=
trap '[[ -z $server ]] || kill "$server"; wait; rm -rf "$folder"' EXIT

cmake --install "$build" --component client --prefix "$folder/installed" > /dev/null
cmake -S "$root/tests/packaging/consumer" -B "$folder/build" -G Ninja -DCMAKE_PREFIX_PATH="$folder/installed" > "$folder/log" || { cat "$folder/log"; exit 1; }
cmake --build "$folder/build" > "$folder/log" || { cat "$folder/log"; exit 1; }

"$binary" import "$root/samples" --db "$folder/db" > /dev/null
mkfifo "$folder/said"
"$binary" serve --db "$folder/db" --listen "unix:$folder/s" --log warn > "$folder/said" &
server=$!
read -r _ < "$folder/said"
said=$("$folder/build/consumer" "unix:$folder/s")
[[ $said =~ ^[1-9][0-9]*\ events$ ]] || { echo "the consumer said: $said"; exit 1; }
