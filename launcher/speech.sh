# shellcheck shell=sh
# shellcheck disable=SC2034 # exit codes that other files use
# How the launcher speaks: progress and complaints on stderr, results on stdout. Saying something never ends the
# program: the terminal may be gone while there is still a service to drain.

# Exit codes, from sysexits.h where it has one.
EX_USAGE=64
EX_UNAVAILABLE=69
EX_CANNOT_CREATE=73
EX_TEMPORARY=75
EX_NOT_PERMITTED=77
EX_CONFIG=78
readonly EX_USAGE EX_UNAVAILABLE EX_CANNOT_CREATE EX_TEMPORARY EX_NOT_PERMITTED EX_CONFIG

say() {
  printf 'ferry: %s\n' "$*" >&2 || :
}

# fail EXIT_CODE TEXT…
fail() {
  exit_code=$1
  shift
  say "$*"
  exit "$exit_code"
}

# misuse TEXT: what is wrong with the command line.
misuse() {
  fail "$EX_USAGE" "$1. Commands: up, status, stop, restart, plan, token, test; './ferry --help' explains them."
}

# quoted TEXT: as one word of a shell's command line.
quoted() {
  printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"
}

# indented FILE LINES: the end of a log, set off from the launcher's own words; without stack frames, so that what went
# wrong is among the last lines.
indented() {
  grep -Ev '^[[:space:]]+(at |\.\.\. [0-9]+ (common frames|more))' -- "$1" 2>/dev/null | tail -n "$2" | sed 's/^/  | /' >&2 || :
}
