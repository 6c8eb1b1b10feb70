#!/bin/sh
# stub.sh OUTPUT [CROSS]: builds the stub with ${CROSS}gcc into OUTPUT, a flat binary.
# StubCode.java has the bytes that gcc 12.2 (Debian 12) makes, as `base64 -w 88` prints them: those of
# stub.sh OUTPUT, and for aarch64 those of stub.sh OUTPUT aarch64-linux-gnu-
set -eu
here=$(dirname "$(readlink -f "$0")") out=$1 cross=${2:-}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
case $("${cross}gcc" -dumpmachine) in aarch64*) arch='-march=armv8-a -mno-outline-atomics' ;; *) arch='-fcf-protection=none' ;; esac
# shellcheck disable=SC2086
"${cross}gcc" -O2 $arch -ffreestanding -fPIC -fno-stack-protector -fno-jump-tables -fno-tree-loop-distribute-patterns \
  -fno-asynchronous-unwind-tables -Wall -Wextra -Werror -c -o "$work/stub.o" "$here/stub.c"
"${cross}ld" -T "$here/stub.ld" -o "$work/stub.elf" "$work/stub.o" --build-id=none -e stub
"${cross}objcopy" -O binary -j .text "$work/stub.elf" "$out"
