#!/bin/bash
# disk.sh tree IMAGE FILES            makes an aged ext4 with so many files, in one directory to twenty: its folder tree
# disk.sh up IMAGE DIR [MICROS DEPTH] mounts it read-only on DIR/mnt, through a disk of which a read takes MICROS
#                                     and DEPTH are served at a time, if that is asked for
# disk.sh reset DIR                   mounts it afresh, so that nothing of it is cached
# disk.sh down DIR                    unmounts it
# Takes root, gcc, mkfs.ext4, loop devices and FUSE; exits with 77 where that is missing.
set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
options=ro,noload,noatime

# A mount that hangs is given up.
soon() { timeout -k 5 60 "$@"; }

skip() {
	echo "skipped: $1" >&2
	exit 77
}

need() {
	[ "$(id -u)" = 0 ] || skip "only root may mount"
	for tool in gcc mkfs.ext4 losetup; do
		command -v $tool >/dev/null || skip "needs $tool"
	done
}

tree() {
	local image=$1 files=$2 dir
	dir=$(mktemp -d)
	gcc -O2 -o "$dir/aged_tree" "$here/src/main/c/aged_tree.c"
	truncate -s "$((files * 16 / 1024 + 200))M" "$dir/image"
	mkfs.ext4 -q -F -N "$((files * 2))" -E lazy_itable_init=0,lazy_journal_init=0 "$dir/image"
	mkdir "$dir/mnt"
	soon mount -o loop,noatime "$dir/image" "$dir/mnt"
	timeout 1800 "$dir/aged_tree" "$dir/mnt/tree" "$files" "$((files / 20))" || { soon umount "$dir/mnt"; exit 1; }
	soon umount "$dir/mnt"
	mkdir -p "${image%/*}"
	mv "$dir/image" "$image"
	rm -r "$dir"
}

# The first loop device that is free may be another's when it is taken.
attach() {
	local file=$1
	shift
	soon losetup -r --show -f "$@" "$file"
}

up() {
	local image=$1 dir=$2 micros=${3:-} depth=${4:-128}
	mkdir -p "$dir/mnt"
	if [ -z "$micros" ]; then
		attach "$image" >"$dir/loop"
	else
		[ -c /dev/fuse ] || skip "needs FUSE"
		mkdir -p "$dir/disk"
		gcc -O2 -o "$dir/slow_disk" "$here/src/main/c/slow_disk.c" -lpthread
		"$dir/slow_disk" "$image" "$dir/disk" "$micros" "$depth" >"$dir/log" 2>&1 &
		for _ in $(seq 200); do
			mountpoint -q "$dir/disk" && break
			sleep 0.05
		done
		attach "$dir/disk/disk" --direct-io=on >"$dir/loop"
	fi
	soon mount -o $options "$(cat "$dir/loop")" "$dir/mnt"
}

# What was just used may be in use for a moment.
unmount() {
	for _ in 1 2 3 4 5; do
		mountpoint -q "$1" || return 0
		soon umount "$1" 2>/dev/null || sleep 0.3
	done
}

down() {
	local dir=$1
	unmount "$dir/mnt"
	[ ! -s "$dir/loop" ] || soon losetup -d "$(cat "$dir/loop")"
	unmount "$dir/disk"
	rm -f "$dir/loop" "$dir/log" "$dir/slow_disk"
	[ ! -d "$dir" ] || find "$dir" -xdev -depth -type d -empty -delete
}

case ${1-} in
tree) need; tree "$2" "$3" ;;
up) need; up "${@:2}" ;;
reset) soon umount "$2/mnt"; soon mount -o $options "$(cat "$2/loop")" "$2/mnt" ;;
down) down "$2" ;;
*) sed -n '2,7p' "$0"; exit 64 ;;
esac
