#!/bin/bash
# walk-cold.sh TREE [RUNS=5] [RESET] [TITLE] [few]
# Times `syslet walk` beside other programs on a tree of which nothing is cached, whole processes, taking turns.
# RESET is a command that makes it so, such as one that mounts the file system afresh;
# without it the system's caches are dropped, for which it takes root. TITLE goes before the table's.
# The ratio is that of the medians, to the trivial serial program; few: without those that have one call at a time,
# and then the ratio is to the first C pool.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,7p' "$0"; exit 64; }
tree=$1 runs=${2:-5} reset=${3:-} title=${4:-} few=${5:-}
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
build_java
if [ -z "$few" ]; then
	contender 'C serial, full paths' "$work/walk_serial '$tree'"
	contender 'Files.walkFileTree' "$plain_walk tree '$tree'"
	rival find 'find' "find '$tree' -links 0"
	rival du 'du' "du -s '$tree'"
fi
for depth in 16 32 64 128; do
	contender "C pool, depth $depth" "$work/walk_pool '$tree' $depth"
done
contender 'syslet walk' "'$root/syslet' walk '$tree'"
for depth in 16 64 128; do
	contender "syslet walk, depth $depth" "'$root/syslet' walk --in-flight $depth '$tree'"
done
contender 'syslet walk --tasks 1' "'$root/syslet' walk --tasks 1 '$tree'"
[ -n "$few" ] || contender 'syslet walk --lstat-only' "'$root/syslet' walk --lstat-only '$tree'"
uring 16
uring 64
uring 128
fd_by 16
fd_by 64
fd_by 128
rival bfs 'bfs' "bfs '$tree' -links 0"
rival gdu 'gdu' "gdu -n -p '$tree'"
contender 'virtual threads' "$plain_walk threads '$tree'"
contender 'virtual threads, parallelism 64' "${plain_walk/-cp/-Djdk.virtualThreadScheduler.parallelism=64 -Djdk.virtualThreadScheduler.maxPoolSize=64 -cp} threads '$tree'"

"$root/syslet" walk "$work" >"$work/out"
for ((run = 0; run < runs; run++)); do
	for i in "${!names[@]}"; do
		make_cold
		time_one "$i"
	done
done
report "${title:+$title: }cold, $runs runs each"
