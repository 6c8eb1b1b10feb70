#!/bin/bash
# walk-hot.sh TREE [RUNS=9]
# Times `syslet walk` beside other programs on a tree that is cached, whole processes, taking turns.
# The ratio is that of the medians, to the trivial serial program.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,4p' "$0"; exit 64; }
tree=$1 runs=${2:-9}
. "${BASH_SOURCE[0]%/*}/walk-common.sh"

build_c
build_java
contender 'C serial, full paths' "$work/walk_serial '$tree'"
contender 'C serial, fstatat' "$work/walk_serial_at '$tree'"
contender 'C pool, 2 threads' "$work/walk_pool '$tree' 2"
contender 'syslet walk --tasks 1' "'$root/syslet' walk --tasks 1 '$tree'"
contender 'syslet walk --tasks 2' "'$root/syslet' walk --tasks 2 '$tree'"
contender 'syslet walk' "'$root/syslet' walk '$tree'"
contender 'syslet walk --lstat-only' "'$root/syslet' walk --lstat-only --tasks 1 '$tree'"
contender 'syslet walk --sync --tasks 1' "'$root/syslet' walk --sync --tasks 1 '$tree'"
contender 'syslet walk of nothing (start-up)' "'$root/syslet' walk '$work/empty'"
uring 64
contender 'Files.walkFileTree' "$plain_walk tree '$tree'"
contender 'virtual threads' "$plain_walk threads '$tree'"
rival find 'find' "find '$tree' -links 0"
rival du 'du' "du -s '$tree'"
rival gdu 'gdu' "gdu -n -p '$tree'"
rival bfs 'bfs' "bfs '$tree' -links 0"
fd_by 2

for i in "${!names[@]}"; do time_one "$i"; done
rm "$work"/times.*
for ((run = 0; run < runs; run++)); do
	for i in "${!names[@]}"; do time_one "$i"; done
done
report "$("$work/walk_serial" "$tree" | cut -d' ' -f1) entries, hot, $runs runs each"
