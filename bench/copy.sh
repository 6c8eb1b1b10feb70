#!/bin/bash
# copy.sh TREE [RUNS=5] [hot|cold] [WHERE]
# Times `syslet copy` beside cp -a, rsync -a and tar to tar, whole processes, taking turns; each copy is a new one,
# and the one before is on its device when it begins. Copies are made in a new folder in WHERE (beside TREE), and
# removed at the end: for minutes ext4 passes over each inode that was removed, whoever makes files then.
# cold: nothing of the tree is cached, for which it takes root. The ratio is that of the medians, to cp -a.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6p' "$0"; exit 64; }
tree=$(realpath "$1") runs=${2:-5} caches=${3:-hot} where=${4:-$(dirname "$(realpath "$1")")}
. "${BASH_SOURCE[0]%/*}/walk-common.sh"

if [ "$caches" = cold ] && ! [ -w /proc/sys/vm/drop_caches ]; then
	echo "skipped: cannot drop the caches; be root" >&2
	exit 77
fi
copies=$(mktemp -d "$where/copies-XXXXXX")
trap 'rm -rf "$work" "$copies"' EXIT
to= made=0

contender 'cp -a' "cp -a '$tree' \"\$to\""
contender 'tar to tar' "mkdir \"\$to\" && tar -C '$tree' -cf - . | tar -C \"\$to\" -xpf -"
if command -v rsync >/dev/null; then
	contender 'rsync -a' "rsync -a '$tree/' \"\$to\""
else
	echo "without rsync, which is not installed" >&2
fi
contender 'syslet copy' "'$root/syslet' copy --quiet '$tree' \"\$to\""
contender 'syslet copy --in-flight 1' "'$root/syslet' copy --quiet --in-flight 1 '$tree' \"\$to\""

# What is to be copied is read, or forgotten, and the programs themselves are warm.
prepare() {
	sync
	if [ "$caches" = cold ]; then
		echo 3 >/proc/sys/vm/drop_caches
		mkdir -p "$work/little"
		to=$work/copy-of-little
		eval "${commands[$1]//"'$tree"/"'$work/little"}" >"$work/out"
		rm -r "$to"
	fi
	made=$((made + 1)) to=$copies/$made
}

for i in "${!names[@]}"; do
	prepare "$i"
	time_one "$i"
	diff -rq --no-dereference "$tree" "$to" >"$work/diff" || ! grep -v ' is a .* while file ' "$work/diff" || exit 1
done
rm "$work"/times.*
for ((run = 0; run < runs; run++)); do
	for i in "${!names[@]}"; do
		prepare "$i"
		time_one "$i"
	done
done
report "$caches, $runs runs each"
