# Shared by walk-hot.sh, walk-cold.sh and copy.sh: builds the programs, times commands, prints a table. For bash.

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
root=${here%/*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/jdk.sh"

declare -a names=() commands=()

# contender NAME COMMAND: the first one is what the others are compared with.
contender() {
	names+=("$1")
	commands+=("$2")
}

# rival PROGRAM NAME COMMAND: one that may not be installed.
rival() {
	if command -v "$1" >/dev/null; then
		contender "$2" "$3"
	else
		echo "without $1, which is not installed" >&2
	fi
}

build_c() {
	command -v gcc >/dev/null || { echo "skipped: needs gcc" >&2; exit 77; }
	for program in walk_serial walk_serial_at walk_pool walk_uring; do
		gcc -O2 -o "$work/$program" "$here/src/main/c/$program.c" -lpthread
	done
	mkdir "$work/empty"
	"$work/walk_uring" "$work/empty" 1 >"$work/out" 2>&1 || { rm "$work/walk_uring" && cat "$work/out" >&2; }
}

build_java() {
	java=$(find_jdk)/bin/java
	"${java}c" -d "$work/classes" "$here/src/main/java/io/syslet/bench/walk/PlainWalk.java"
	plain_walk="$java -XX:+UseSerialGC -cp $work/classes io.syslet.bench.walk.PlainWalk"
}

# uring DEPTH: nothing where io_uring is refused.
uring() {
	[ ! -x "$work/walk_uring" ] || contender "io_uring statx, depth $1" "$work/walk_uring '$tree' $1"
}

# fd by its name here; a size makes it look at each file.
fd=$(command -v fdfind || command -v fd || echo fd)
fd_by() {
	rival "$fd" "fd, depth $1" "$fd -uu -j $1 --size +1000000g . '$tree'"
}

# time_one INDEX: appends the microseconds of one run.
time_one() {
	local start=${EPOCHREALTIME/[.,]/} end
	eval "${commands[$1]}" >"$work/out" 2>"$work/err" || {
		echo "failed: ${commands[$1]}" >&2
		cat "$work/err" >&2
		exit 1
	}
	end=${EPOCHREALTIME/[.,]/}
	echo $((end - start)) >>"$work/times.$1"
}

# median, least, most of a file of numbers
spread() {
	sort -n "$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)], v[1], v[NR]}'
}

# report TITLE: a table in Markdown.
report() {
	local base median least most i
	read -r base _ <<<"$(spread "$work/times.0")"
	printf '%s\n\n' "$1"
	printf '| %-34s | median s | %-15s | ratio |\n' program 'min..max'
	printf '| %s | -------- | %s | ----- |\n' "$(printf -- '-%.0s' {1..34})" "$(printf -- '-%.0s' {1..15})"
	for i in "${!names[@]}"; do
		read -r median least most <<<"$(spread "$work/times.$i")"
		awk -v n="${names[$i]}" -v m="$median" -v l="$least" -v h="$most" -v b="$base" \
			'BEGIN {printf "| %-34s | %8.3f | %-15s | %5.2f |\n", n, m / 1e6, sprintf("%.3f..%.3f", l / 1e6, h / 1e6), m / b}'
	done
	echo
}
