#!/bin/sh
# Takes the command, as one line in which its line ends are hidden: without its end it was cut short. One that begins
# with `#!` is a script for the program that it names there. Leaves as arguments what is to run. Arguments: the shell,
# the limits on a file, on data and on processes, the workspace.
unset command
IFS= read -r command <&5 || exit 125
exec 5<&-
cd -- "$5" && unset OLDPWD || exit 125
case $command in
  *\\*) command=$(printf '%b.' "$command"); command=${command%.} ;;
esac
echo begun >&4
umask 022
# shellcheck disable=SC3045 # every sh has it
ulimit -c 0
ulimit -f "$2"
# shellcheck disable=SC3045 # every sh has it
ulimit -d "$3"
# shellcheck disable=SC3045 # bash has the one, dash the other
ulimit -u "$4" 2>/dev/null || ulimit -p "$4"
script=
case $command in
  '#!'*)
    script=$(mktemp /tmp/patch-command.XXXXXX) &&
      printf '%s\n' "$command" >"$script" && chmod 700 "$script" || exit 125
    set -- "$script" ;;
  *) set -- "$1" -c "$command" ;;
esac
