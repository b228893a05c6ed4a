#!/bin/sh
# Runs the compiler, and writes a file in the folder $BUILD_COST_LOG: two lines of CPU times, the second of which is the compiler's,
# and a line of its arguments.
"$@"
code=$?
{
  times
  printf '%s\n' "$*"
} >"$BUILD_COST_LOG/$$"
exit $code
