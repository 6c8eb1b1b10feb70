#!/bin/sh
# Makes what ./syslet runs: an image, complete or not there.
#   image.sh begin ID [CHECKOUT]   before a build: notes the digest of what it will be made of
#   image.sh end ID [CHECKOUT]     after it: makes the image, if the build ID began and nothing changed
#   image.sh adopt [CHECKOUT]      stamps the image of what the sources are now; fails if there is none
# The checkout is the current folder unless said otherwise. Both need GNU find and coreutils.
set -eu

# The hash of all that an image is made of: names and contents.
digest() {
	set -- pom.xml
	for module in */; do
		case $module in bench/ | syslet-hadoop/) continue ;; esac
		[ -d "${module}src/main" ] && set -- "$@" "${module}pom.xml" "${module}src/main"
	done
	find "$@" -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d ' ' -f 1
}

# Writes a file with the digest, as old as the moment before it was taken; $1 names it, $2 comes behind.
note() {
	: >"$1.$$"
	touch -r "$1.$$" "$1.$$.before"
	printf '%s %s\n' "$(digest)" "$2" >"$1.$$"
	touch -r "$1.$$.before" "$1.$$"
	rm "$1.$$.before"
	mv -f "$1.$$" "$1"
}

begin() {
	mkdir -p target
	note target/begun "$1"
}

end() {
	[ -f target/begun ] && read -r digest id <target/begun && [ "$id" = "$1" ] || return 0
	[ "$(digest)" = "$digest" ] || return 0
	image=$examples/images/$digest
	if [ ! -f "$image/syslet.jar" ]; then
		new=$examples/images/new.$$
		rm -rf "$examples"/images/new.*
		mkdir -p "$new"
		cp -r "$examples/lib" userspace-examples/src/main/dist/*.options "$examples/syslet.jar" "$new"
		sync "$new"/syslet.jar "$new"/lib/* 2>/dev/null || :
		rm -rf "$image"
		mv "$new" "$image"
		forget
	fi
	stamp target/begun
}

# Images beyond the two that were made last.
forget() {
	ls -t "$examples/images" | tail -n +3 | while read -r old; do
		rm -rf "$examples/images/$old"
	done
}

adopt() {
	[ -d "$examples/images" ] || return 1
	note "$examples/seen" now
	read -r digest _ <"$examples/seen"
	[ -f "$examples/images/$digest/syslet.jar" ] || return 1
	stamp "$examples/seen"
}

stamp() {
	read -r digest _ <"$1"
	printf '%s\n' "$digest" >"$examples/stamp.$$"
	touch -r "$1" "$examples/stamp.$$"
	mv -f "$examples/stamp.$$" "$examples/stamp"
	rm -f "$1"
}

what=$1
shift
id=
case $what in
begin | end)
	id=$1
	shift
	;;
esac
cd "${1:-.}"
examples=userspace-examples/target
$what "$id"
