#!/usr/bin/env bash
# usage: crontab.sh ROOT ENTENTE    Each line of the crontab that is no setting names a user, the program and what it has.
set -euo pipefail
root=$1 binary=$2
while read -r _ _ _ _ _ user program subcommand _; do
  [[ $user == entente && $program == /usr/bin/entente ]] || { echo "crontab: $user $program"; exit 1; }
  "$binary" "$subcommand" --help > /dev/null || exit 1
done < <(grep -E '^[0-9*]' "$root/packaging/cron/entente")
