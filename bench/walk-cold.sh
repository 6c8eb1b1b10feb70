#!/bin/bash
# walk-cold.sh TREE [RUNS=5] [RESET]
# Times `syslet walk` beside C programs on a tree of which nothing is cached, whole processes, taking turns.
# RESET is a command that makes it so, such as one that mounts the file system afresh;
# without it the system's caches are dropped, for which it takes root.
# The ratio is that of the medians, to the trivial serial program.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6p' "$0"; exit 64; }
tree=$1 runs=${2:-5} reset=${3:-}
. "${BASH_SOURCE[0]%/*}/walk-common.sh"

make_cold() {
	if [ -n "$reset" ]; then
		eval "$reset" >"$work/reset" 2>&1 || { cat "$work/reset" >&2; exit 1; }
		return
	fi
	sync
	echo 3 >/proc/sys/vm/drop_caches
	# The programs themselves are to stay warm, as they are with a RESET of the tree alone.
	"$root/syslet" walk "$work" >"$work/out"
	"$work/walk_serial" "$work" >"$work/out"
}

if [ -z "$reset" ] && ! [ -w /proc/sys/vm/drop_caches ]; then
	echo "skipped: cannot drop the caches; give a RESET command or be root" >&2
	exit 77
fi
build_c
contender 'C serial, full paths' "$work/walk_serial '$tree'"
contender 'C pool, 128 threads' "$work/walk_pool '$tree' 128"
contender 'syslet walk' "'$root/syslet' walk '$tree'"
contender 'syslet walk --tasks 1' "'$root/syslet' walk --tasks 1 '$tree'"
contender 'syslet walk --lstat-only' "'$root/syslet' walk --lstat-only '$tree'"

"$root/syslet" walk "$work" >"$work/out"
for ((run = 0; run < runs; run++)); do
	for i in "${!names[@]}"; do
		make_cold
		time_one "$i"
	done
done
report "cold, $runs runs each"
