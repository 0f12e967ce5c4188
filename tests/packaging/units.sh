#!/usr/bin/env bash
# usage: units.sh ROOT ENTENTE    The units are sound to systemd, and the example of a configuration to the program.
set -euo pipefail
root=$1 binary=$2
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# The example names users and folders of a real installation; only what a check looks at must be there.
sed "s|^tokens = .*|tokens = \"$folder/tokens\"|" "$root/packaging/entente.toml" > "$folder/entente.toml"
"$binary" serve --config "$folder/entente.toml" --check-config

if ! command -v systemd-analyze > /dev/null; then
  echo "units.sh: NOT CHECKED: there is no systemd-analyze on this machine; the units were not looked at" >&2
  exit 77
fi
for unit in "$root"/packaging/systemd/*; do
  sed "s|/usr/bin/entente|$binary|" "$unit" > "$folder/$(basename "$unit")"
done
said=$(systemd-analyze verify --man=no "$folder"/*.service "$folder"/*.timer 2>&1 || echo "verify failed")
# What systemd says of other units of the machine is not about ours.
ours=$(grep -E "entente|verify failed" <<< "$said" || true)
if [[ -n $ours ]]; then
  echo "$said"
  exit 1
fi
