#!/bin/sh
# Runs a command without a sandbox. Arguments: the run's folder; the task has the inner program. What the command left
# running in a session of its own is not found.
# shellcheck disable=SC2154 # the task sets command
run=$1; shift
# shellcheck source=/dev/null
. "$run/task"
exec 8>"$run/pipe"
# shellcheck disable=SC2094 # it is a pipe
exec 9<>"$run/command" 5<"$run/command" 6>"$run/command" 9>&-
(
  # Where memory runs out the kernel ends a command before anything else, the services least of all.
  echo 1000 2>/dev/null >/proc/self/oom_score_adj
  exec setsid "$@" 4>"$run/report" >&8 2>&1 6>&- 8>&-
) &
session=$!
exec 5<&- 8>&-
trap '' PIPE
printf '%s\n' "$command" 2>/dev/null >&6
exec 6>&-
wait "$session"
code=$?
kill -KILL "-$session" 2>/dev/null
exit "$code"
