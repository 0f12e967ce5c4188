#!/usr/bin/env bash
# usage: together.sh ROOT ENTENTE    Server, pull and import as their units start them, on one store, by a systemd of their own.
# Boots systemd in namespaces over a copy-on-write view of this machine's files, which it leaves as they are. Needs root and
# the right to make namespaces; leaves with 77 (skipped) where it has neither.
set -euo pipefail
root=$1 binary=$2
skip() { echo "together.sh: NOT CHECKED: $1" >&2; exit 77; }
[[ $(id -u) == 0 ]] || skip "only root can boot a systemd"
[[ -x /lib/systemd/systemd ]] || skip "there is no systemd on this machine"
unshare --mount --pid --fork --uts --ipc --net --cgroup true 2> /dev/null || skip "no namespaces can be made here"

folder=$(mktemp -d)
kind=$(stat -f -c %T /sys/fs/cgroup)
group=/sys/fs/cgroup/entente-test-$$
[[ $kind == cgroup2fs ]] || group=/sys/fs/cgroup/systemd/entente-test-$$
mkdir "$group" 2> /dev/null || skip "no control group can be made here"
trap 'find "$group" -depth -type d -exec rmdir {} + || true; rm -rf "$folder"' EXIT

# Within the namespaces, before systemd: its root, the program and the units as they are installed.
cat > "$folder/boot" <<'BOOT'
set -euo pipefail
root=$1 binary=$2 folder=$3 kind=$4
hostname entente-test
ip link set lo up
mkdir "$folder/layers"
mount -t tmpfs -o mode=755 tmpfs "$folder/layers"
cd "$folder/layers"
mkdir upper work all
mount -t overlay overlay -o lowerdir=/,upperdir=upper,workdir=work all
cd all
install -D "$binary" usr/bin/entente
mkdir -p usr/share/entente etc/entente etc/sysusers.d var/spool/entente srv/releases verdict
cp -r "$root/data" usr/share/entente/
cp "$root"/packaging/systemd/* etc/systemd/system/
cp "$root/packaging/sysusers/entente.conf" etc/sysusers.d/
cp "$root/packaging/entente.toml" etc/entente/
cp "$root"/samples/*.json srv/releases/
rm -rf etc/systemd/system/*.wants var/lib/entente
echo 0123456789abcdef0123456789abcdef > etc/machine-id
cp "$folder/steps" etc/entente/steps
cat > etc/systemd/system/steps.service <<'UNIT'
[Unit]
DefaultDependencies=no
Wants=dbus.socket systemd-journald.socket
After=dbus.socket systemd-journald.socket
[Service]
Type=oneshot
TimeoutStartSec=200
ExecStart=/bin/bash /etc/entente/steps
ExecStopPost=/bin/systemctl exit 0 --force --no-block
StandardOutput=append:/verdict/said
StandardError=append:/verdict/said
UNIT
cat > etc/systemd/system/steps.target <<'UNIT'
[Unit]
Requires=steps.service
UNIT
mount --bind "$folder/verdict" verdict
mount -t proc proc proc
mount -t sysfs -o ro sysfs sys
if [[ $kind == cgroup2fs ]]; then
  mount -t cgroup2 cgroup sys/fs/cgroup
else
  mount -t tmpfs -o mode=755 tmpfs sys/fs/cgroup
  mkdir sys/fs/cgroup/systemd
  mount -t cgroup -o none,name=systemd,xattr cgroup sys/fs/cgroup/systemd
fi
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do touch dev/$device; mount --bind /dev/$device dev/$device; done
mkdir dev/shm dev/pts
mount -t devpts -o newinstance,ptmxmode=0666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
mount -t tmpfs tmpfs dev/shm
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mkdir run/before
mount --rbind . .
cd "$PWD"
pivot_root . run/before
umount --lazy run/before
exec chroot . /usr/bin/env -i container=entente-test PATH=/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=steps.target --log-target=console --log-level=warning --show-status=no < /dev/null
BOOT

# What is done there.
cat > "$folder/steps" <<'STEPS'
fail() { echo "FAILED: $1"; systemctl status --no-pager --lines 5 'entente*'; journalctl --no-pager --output cat | tail -n 30; exit 1; }
releases() { entente stats --server unix:/run/entente/socket --json | grep -o '"releases":[0-9]*' | grep -o '[0-9]*$'; }
writable() {
  [[ $(stat -c '%F %U %a' /var/lib/entente) == 'directory entente 750' ]] || fail "the store's folder after $1: $(stat -c '%F %U %a' /var/lib/entente)"
}
said_wrong() { journalctl --output cat --unit entente.service | grep -E 'denied|cannot' && fail "the server had no way to its store after $1"; }

systemd-sysusers || fail "systemd-sysusers"
cat > /etc/entente/sources.yaml <<'SOURCES'
contact: you@example.org
sources:
  - {id: ministry, kind: folder, path: /srv/releases, publisher: KR-MOFA}
SOURCES
whole=$(ls /srv/releases | wc -l)
mv /srv/releases/kr-kz-call.json /var/spool/entente/
mv /srv/releases/kz-kr-visit.json /tmp/

# Without a server pull opens the store; the server then takes it over.
systemctl start entente-pull.service || fail "pull without a server"
writable "pull without a server"
systemctl start entente.service || fail "the server on the store that pull made"
[[ $(releases) == $((whole - 2)) ]] || fail "$(releases) releases came by pull"

# With it pull and import go through the server.
mv /tmp/kz-kr-visit.json /srv/releases/
systemctl start entente-pull.service || fail "pull beside the server"
writable "pull beside the server"
[[ $(releases) == $((whole - 1)) ]] || fail "$(releases) releases after pull beside the server"
systemctl start entente-import.service || fail "import"
[[ $(releases) == "$whole" ]] || fail "$(releases) releases after import"
[[ -s /var/lib/entente/pull.prom ]] || fail "pull wrote no figures"

systemctl reload entente.service || fail "reload"
systemctl restart entente.service || fail "restart"
[[ $(releases) == "$whole" ]] || fail "$(releases) releases after a restart"
said_wrong "all of it"
systemctl start entente-pull.timer entente-import.timer || fail "timers"

# A configuration that is off is said once, and not tried for ever.
echo 'nothing_of_this_name = 1' >> /etc/entente/entente.toml
systemctl restart entente.service && fail "a configuration that is off was taken"
[[ $(systemctl show --property=ActiveState,NRestarts --value entente.service | tr '\n' ' ') == *failed* ]] || fail "not left as failed"
journalctl --output cat --unit entente.service | grep -q "there is no setting 'nothing_of_this_name'" || fail "what is off was not said"
echo "all well"
STEPS

mkdir "$folder/verdict"
( echo "$BASHPID" > "$group/cgroup.procs"
  exec timeout 240 unshare --mount --pid --fork --kill-child --uts --ipc --net --cgroup --propagation private \
    bash "$folder/boot" "$root" "$binary" "$folder" "$kind" ) > "$folder/log" 2>&1 || true
if [[ ! -s $folder/verdict/said ]]; then
  cat "$folder/log" >&2
  skip "systemd did not come up in its namespaces"
fi
cat "$folder/verdict/said"
[[ $(tail -n 1 "$folder/verdict/said") == "all well" ]]
