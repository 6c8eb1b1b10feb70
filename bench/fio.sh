#!/bin/bash
# fio.sh DIR [SECONDS=5] [hot|cold|both] [MEBIBYTES=256]
# IOPS and latency of fio's engine on syslets, and of POSIX AIO on them, beside fio's own engines, in one run, on a file
# in DIR; and first that each reads back what it wrote. hot: the file is cached; cold: each read goes to the disk
# (O_DIRECT). 32 at a time, handed in by 16. The ratio is that of the IOPS, to psync. The engine is built against the
# sources of this fio, which Debian serves: SYSLET_FIO_SOURCE=DIR has them. Skips with 77 without fio, gcc, or those.
set -euo pipefail
[ $# -ge 1 ] || { sed -n '2,6p' "$0"; exit 64; }
dir=$(realpath "$1") seconds=${2:-5} caches=${3:-both} size=${4:-256}
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
root=${here%/*}
work=$(mktemp -d)
file=$dir/fio-$$.dat
server=
trap 'kill $server 2>/dev/null || true; rm -rf "$work" "$file"' EXIT

skip() {
	echo "skipped: $1" >&2
	exit 77
}

for tool in fio gcc make; do
	command -v $tool >/dev/null || skip "needs $tool"
done

# The sources of the fio that is installed, configured; where they are.
sources() {
	local version options
	version=$(dpkg-query -W -f '${Version}' fio 2>/dev/null) || return 1
	mkdir -p "$work/source/lists/partial" && cd "$work/source" || return 1
	echo "deb-src http://deb.debian.org/debian $(. /etc/os-release && echo "$VERSION_CODENAME") main" >list
	options=(-o "Dir::Etc::sourcelist=$PWD/list" -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/lists"
		-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o "APT::Sandbox::User=$(id -un)")
	{
		apt-get -q "${options[@]}" update &&
			apt-get -q "${options[@]}" source --download-only "fio=$version" &&
			tar xf fio_*.orig.tar.?z && cd fio-*/ && ./configure
	} >"$work/source.log" 2>&1 || return 1
	pwd
}

source=${SYSLET_FIO_SOURCE:-$(sources)} || skip "no sources of this fio: $(tail -n 1 "$work/source.log" 2>/dev/null)"
make -s -C "$root/syslet-client/src/main/c" "O=$work/c" all fio "FIO_SOURCE=$source"

read -ra serve <<<"${SYSLET_SERVE:-$root/syslet serve}"
mkdir "$work/root"
"${serve[@]}" --listen "unix:$work/socket" --root "$work/root" --grant write --grant descriptors --journal off \
	>"$work/ready" 2>"$work/log" &
server=$!
for _ in {1..300}; do
	grep -q '^ready' "$work/ready" && break
	kill -0 $server 2>/dev/null || { cat "$work/log" >&2; exit 1; }
	sleep 0.2
done

# fio by one of the ways.
run() {
	local way=$1 engine=$1
	shift
	local -a front=()
	case $way in
	syslet) engine=external:$work/c/syslet-fio.so front=("SYSLET_SOCKET=$work/socket") ;;
	posixaio+syslet) engine=posixaio front=("SYSLET_SOCKET=$work/socket" "LD_PRELOAD=$work/c/libsyslet-aio.so") ;;
	esac
	env "${front[@]}" fio --name=fio --filename="$file" --ioengine="$engine" --size="${size}m" "$@" --output-format=terse
}

ways=(psync libaio io_uring posixaio posixaio+syslet syslet)
for way in "${ways[@]}"; do
	for pattern in write randwrite randrw; do
		run "$way" --rw=$pattern --bsrange=512-64k --size=16m --iodepth=32 --verify=crc32c --verify_fatal=1 --verify_state_save=0 \
			--fsync=64 >"$work/out" || { echo "$way, $pattern: not what was written" >&2; exit 1; }
	done
	rm -f "$file"
done
echo "verified: ${ways[*]}"

# measure hot|cold
measure() {
	local direct=0 batches=(--iodepth_batch_submit=16 --iodepth_batch_complete_max=16) psync
	[ "$1" = cold ] && direct=1
	run psync --rw=write --bs=1m >"$work/out"
	printf '\n%s, 4 KiB, %s s each\n\n' "$1" "$seconds"
	printf '| %-16s | %-10s | %-8s | %-8s | %-8s | %-5s |\n' engine pattern IOPS 'mean µs' '99 % µs' ratio
	printf '| %s | %s | %s | %s | %s | %s |\n' ---------------- ---------- -------- -------- -------- -----
	for pattern in randread read randwrite write; do
		psync=
		for way in "${ways[@]}"; do
			run "$way" --rw=$pattern --bs=4k --iodepth=32 "${batches[@]}" --direct=$direct --invalidate=$direct --time_based \
				--runtime="$seconds" >"$work/out"
			psync=${psync:-$(figures $pattern | cut -d ' ' -f 1)}
			figures $pattern | while read -r iops mean last; do
				printf '| %-16s | %-10s | %8d | %8.1f | %8.1f | %5s |\n' "$way" $pattern "$iops" "$mean" "$last" \
					"$(awk "BEGIN { printf \"%.2f\", $iops / $psync }")"
			done
		done
	done
}

# IOPS, mean latency and its 99th percentile, µs, of the run that was last.
figures() {
	awk -F ';' -v pattern="$1" '/^3;/ {
		w = pattern ~ /write/; p = $(w ? 71 : 30); sub(/.*=/, "", p)
		print $(w ? 49 : 8), $(w ? 81 : 40), p }' "$work/out"
}

if [ "$caches" = both ]; then
	measure hot
	measure cold
else
	measure "$caches"
fi
