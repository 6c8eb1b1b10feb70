# Shared by walk-hot.sh, walk-cold.sh and copy.sh: builds the C programs, times commands, prints a table. For bash.

here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
root=${here%/*}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

declare -a names=() commands=()

# contender NAME COMMAND: the first one is what the others are compared with.
contender() {
	names+=("$1")
	commands+=("$2")
}

build_c() {
	command -v gcc >/dev/null || { echo "skipped: needs gcc" >&2; exit 77; }
	for program in walk_serial walk_serial_at walk_pool; do
		gcc -O2 -o "$work/$program" "$here/src/main/c/$program.c" -lpthread
	done
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

report() {
	local base median least most i
	read -r base _ <<<"$(spread "$work/times.0")"
	printf '%-34s %9s %17s %7s\n' "$1" 'median s' 'min - max' 'ratio'
	for i in "${!names[@]}"; do
		read -r median least most <<<"$(spread "$work/times.$i")"
		awk -v n="${names[$i]}" -v m="$median" -v l="$least" -v h="$most" -v b="$base" \
			'BEGIN {printf "%-34s %9.3f %8.3f - %6.3f %7.2f\n", n, m / 1e6, l / 1e6, h / 1e6, m / b}'
	done
}
