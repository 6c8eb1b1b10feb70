# Finds a JDK of 25 or later without starting one. For sh.

version() { sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null; }

find_jdk() {
  on_path=$(dirname "$(dirname "$(readlink -f "$(command -v java || echo /none/none)")")")
  for jdk in "${SYSLET_JAVA_HOME-}" "${JAVA_HOME-}" "$on_path" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/*; do
    found=$(version "$jdk") || continue
    if [ -n "$jdk" ] && [ "${found:-0}" -ge 25 ]; then
      echo "$jdk"
      return
    fi
  done
  echo "bench: no JDK 25 or later; set JAVA_HOME to one" >&2
  return 78
}
