#!/bin/sh
# Becomes the confining program, in its control groups and with all that it reads and writes; its standard input is the
# command's place from then on. Arguments: the run's folder, the filter of system calls or nothing, the number of control
# groups, their doors, the program with its arguments.
enter() {
  run=$1 filter=$2 groups=$3; shift 3
  while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
  # Where memory runs out the kernel ends a command before anything else, the services least of all.
  echo 1000 2>/dev/null >/proc/self/oom_score_adj
  [ -z "$filter" ] || exec 9<"$filter"
  # The runner holds the other end of the pipe, so that nobody is left behind waiting.
  exec "$@" 3>&1 4>"$run/report" 5<&0 6<"$run/options" >"$run/pipe" 2>&1 </dev/null
}
