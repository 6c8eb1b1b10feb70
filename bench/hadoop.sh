#!/bin/bash
# hadoop.sh [--quick]
# Lists 100,000 files in 5,000 directories, of which nothing is cached, on a disk of which a read takes 1 ms, through
# Hadoop: one listStatus after the other, by file: and by syslet:, and as listFiles(recursive) does it by syslet:. By
# file: that starts a process for each file where Hadoop has no native library, and is left out.
# Makes an aged tree of its own, which it keeps in bench/target/trees. Takes root and what disk.sh needs; exits with 77
# where that is missing. --quick: a tenth of the files, once.
set -euo pipefail
here=$(cd "${BASH_SOURCE[0]%/*}" && pwd -P)
root=${here%/*}
files=100000 runs=3
case ${1-} in
--quick) files=10000 runs=1 ;;
'') ;;
*)
	sed -n '2,7p' "$0"
	exit 64
	;;
esac
. "$here/jdk.sh"
java=$(find_jdk)/bin/java
trees=$here/target/trees
image=$trees/$files.img
mount=$trees/mounted-$$

echo "bench: building" >&2
(cd "$root" && mvn -B -q -Dexec.skip=true -DskipTests -pl syslet-hadoop -am process-test-classes >&2)

mkdir -p "$trees"
[ -f "$image" ] || "$here/disk.sh" tree "$image" "$files"
trap '"$here/disk.sh" down "$mount"' EXIT
trap 'exit 1' TERM INT
"$here/disk.sh" up "$image" "$mount" 1000 128

target=$root/syslet-hadoop/target
"$java" -XX:+UseSerialGC -Xmx1g --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
	--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED \
	--add-exports=java.base/sun.nio.ch=ALL-UNNAMED --add-opens=java.base/java.lang=ALL-UNNAMED \
	--add-opens=java.base/java.lang.reflect=ALL-UNNAMED \
	-cp "$target/test-classes:$target/classes:$(cat "$target/test-classpath")" \
	io.syslet.hadoop.ListingReport "$mount/mnt/tree" "'$here/disk.sh' reset '$mount'" "$runs"
