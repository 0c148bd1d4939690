#!/bin/sh
# Sets up ahead everything around a command, down to the shell that will run it, waits for a line, and does the task in
# the run's folder. Arguments: as for `enter`.
#
# In place of the workspace, and of HOME, the inside has an empty folder whose mounts it shares: what is mounted on it
# here, when the command comes, is mounted there, too, by the kernel, and hides the empty folder for good.
#
# No end of a pipe is opened by a process that would have to wait for the other end: the runner holds the output's
# before, and both ends of the command's are opened here. Whatever is killed when, nobody is left behind waiting.
# shellcheck disable=SC2154 # the task sets command and home
# shellcheck disable=SC2094 # it is a pipe
exec 9<>"$1/command" 5<"$1/command" 6>"$1/command" 9>&-
mount --bind --make-shared "$1/views" "$1/views" || exit 125
(exec <&5 5<&- 6>&-; enter "$@") &
run=$1
confined=$!
exec 5<&- >&2
trap '' PIPE
# shellcheck disable=SC2034 # that a line comes is all
read -r go || exit 125
# shellcheck source=/dev/null
. "$run/task"
exec </dev/null
mounted=
if LC_ALL=C mount -n -i -a -T "$run/mounts"; then
  printf '%s\n' "$command" 2>/dev/null >&6
  mounted=yes
fi
exec 6>&-
wait "$confined"
code=$?

# When the last process inside has ended, an overlay is made read-only for whoever still holds something of it. The
# kernel refuses that while any file of it is open for writing: then somebody outside was given a descriptor. A while is
# allowed, since descriptors that were on their way through a socket are closed a little later. The overlay is `volatile`
# since the commit itself sees to what is on disk; else making it read-only would wait for the disk.
seal() {
  tries=40
  until LC_ALL=C mount -n -i -t overlay -o remount,ro overlay "$run/views/$1" 2>/dev/null; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return 1
    sleep 0.025
  done
  echo "$1" >>"$run/sealed"
}
is_empty() {
  for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
    if [ -e "$entry" ] || [ -L "$entry" ]; then return 1; fi
  done
}
if [ "$mounted" ]; then
  # Where the command changed nothing in HOME, and so nothing of it is kept, that overlay is left as it is.
  is_empty "$home" || seal home &
  seal workspace
  wait
fi
exit "$code"
