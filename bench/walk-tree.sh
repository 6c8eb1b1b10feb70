#!/bin/bash
# walk-tree.sh [--quick] hot|cold|busy|copy
# Makes an aged tree of its own, which it keeps in bench/target/trees, and runs walk-hot.sh, walk-cold.sh or copy.sh on it;
# cold on disks of several speeds; busy is cold with a program on each processor that never rests. Takes root and what disk.sh needs; exits with 77 where that is missing.
set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
files=300000 runs=9 cold_runs=5
if [ "${1-}" = --quick ]; then
	files=30000 runs=3 cold_runs=1
	shift
fi
[ "${1-}" != copy ] || files=$((files / 10))
trees=$here/target/trees
image=$trees/$files.img
mount=$trees/mounted-$$

mkdir -p "$trees"
[ -f "$image" ] || "$here/disk.sh" tree "$image" "$files"
hogs=()
trap '[ ${#hogs[@]} = 0 ] || kill "${hogs[@]}"; "$here/disk.sh" down "$mount"' EXIT
trap 'exit 1' TERM INT

# What a launcher does once is not to be timed.
"$here/../syslet" walk "$here/src" >/dev/null

cold() {
	"$here/disk.sh" up "$image" "$mount" "$1" 128
	"$here/walk-cold.sh" "$mount/mnt/tree" "$cold_runs" "'$here/disk.sh' reset '$mount'" "$2 a read, 128 at once" ${3:-}
	"$here/disk.sh" down "$mount"
}

case ${1-} in
hot)
	"$here/disk.sh" up "$image" "$mount"
	"$here/walk-hot.sh" "$mount/mnt/tree" "$runs"
	;;
cold)
	cold 200 '200 µs'
	cold 1000 '1 ms' few
	cold 5000 '5 ms' few
	;;
busy)
	for _ in $(seq "$(nproc)"); do
		timeout 1800 sh -c 'while :; do :; done' &
		hogs+=($!)
	done
	cold 200 '200 µs, busy' few
	cold 1000 '1 ms, busy' few
	;;
copy)
	"$here/disk.sh" up "$image" "$mount"
	"$here/copy.sh" "$mount/mnt/tree" "$cold_runs" hot "$trees"
	"$here/copy.sh" "$mount/mnt/tree" "$cold_runs" cold "$trees"
	;;
*)
	sed -n '2,5p' "$0"
	exit 64
	;;
esac
