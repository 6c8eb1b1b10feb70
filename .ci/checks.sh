#!/bin/sh
# checks.sh CHECKS: at the beginning of each build, in the checkout. What was compiled without the checks,
# as ./syslet does, is compiled anew by a build with them.
set -eu
case $1 in
*=off) mkdir -p target && : >target/unchecked ;;
*) [ ! -f target/unchecked ] || rm -rf */target/classes */target/maven-status target/unchecked ;;
esac
