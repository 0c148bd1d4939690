# shellcheck shell=sh
# Which process is which. A PID alone may since belong to somebody else, so a record holds the process's start time and
# the machine's boot id beside it and is believed only as long as all three fit. The locks are the kernel's: they end
# with their holder, however it ends.

# identity PID: what tells this process from every other that had or will have its number; fails once it has ended.
identity() (
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || exit 1
  # After the name in parentheses, which may hold anything, come the state and, as 20th, the start time.
  set -f
  # shellcheck disable=SC2086
  set -- ${stat##*) }
  case $1 in
    Z | X) exit 1 ;;
  esac
  printf '%s@%s\n' "${20}" "$(cat /proc/sys/kernel/random/boot_id)"
)

# record FILE PID LINE…: remembers a process under a file, whole or not at all.
record() (
  file=$1
  pid=$2
  shift 2
  mark=$(identity "$pid") || exit 0
  printf '%s\n' "$pid" "$mark" "$@" 2>/dev/null >"$file.new" && mv -f -- "$file.new" "$file"
)

# recorded FILE: the PID that a file remembers, if that very process is still there.
recorded() (
  [ -r "$1" ] || exit 1
  { read -r pid && read -r mark; } <"$1" || exit 1
  [ "$(identity "$pid")" = "$mark" ] || exit 1
  printf '%s\n' "$pid"
)

# noted FILE N: the Nth line beyond PID and identity.
noted() {
  sed -n "$(($2 + 2))p" "$1"
}

# claim SERVICE: becomes the one launcher of this service in this FERRY_HOME; fails if another is. The claim is an open
# file (8 webhook, 9 runner), which child processes other than its own supervisor are started without.
claim() {
  # Tried before `exec`, which would end the shell.
  (: >>"$RUN/$1.lock") 2>/dev/null \
    || fail "$EX_CANNOT_CREATE" "$RUN/$1.lock cannot be written: is the disk full, or is it somebody else's?"
  case $1 in
    webhook)
      exec 8>>"$RUN/webhook.lock"
      flock -n 8 || { exec 8>&-; return 1; }
      ;;
    runner)
      exec 9>>"$RUN/runner.lock"
      flock -n 9 || { exec 9>&-; return 1; }
      ;;
  esac
  record "$RUN/$1.supervisor" "$$" || fail "$EX_CANNOT_CREATE" "$(unwritable)."
}

# drop_other_claims SERVICE: a supervisor holds the claim on its own service alone, or the other one, stopped or killed,
# could not be started again while this one lives.
drop_other_claims() {
  case $1 in
    webhook) exec 9>&- ;;
    runner) exec 8>&- ;;
  esac
}

# unwritable: what there is to say when a record could not be written.
unwritable() {
  printf '%s\n' "FERRY_HOME ($FERRY_HOME) cannot be written to; make room there"
}

# hand_over_claims: leaves them to the supervisors, which have them open too.
hand_over_claims() {
  exec 8>&- 9>&-
}

# port_owner SERVICE: says whose process listens on its port; fails if nobody does. Read from /proc, because ss and lsof
# are often missing. Only addresses count that the service's own address would collide with.
port_owner() (
  any=
  [ "$(host_of "$1")" = 127.0.0.1 ] || any=yes
  # shellcheck disable=SC2046
  set -- $(awk -v port="$(printf ':%04X' "$(port_of "$1")")" -v any="$any" '
    $4 == "0A" && substr($2, length($2) - 4) == port \
      && (any || $2 ~ /^0+:/ || $2 ~ /0100007F:/) { print $8, $10; exit }
    ' /proc/net/tcp /proc/net/tcp6 2>/dev/null)
  [ $# -eq 2 ] || exit 1
  # shellcheck disable=SC2012
  pid=$(ls -l /proc/[0-9]*/fd 2>/dev/null | awk -v socket="socket:[$2]" '
    /^\/proc\// { split($0, part, "/"); pid = part[3] }
    $NF == socket { print pid; exit }')
  if [ -n "$pid" ]; then
    printf 'process %s (%s)\n' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" | cut -c 1-120 | sed 's/ *$//')"
  else
    printf 'a process of the user with id %s\n' "$1"
  fi
)

# monotonic: seconds, by a clock that nobody sets.
monotonic() (
  read -r uptime rest </proc/uptime
  : "$rest"
  printf '%s\n' "${uptime%.*}"
)
