# shellcheck shell=sh
# `up`: from a fresh checkout to two services that are ready, and then staying with them.

READY_SECONDS=120
# A service that dies this often before it was ever ready will not do better by itself.
HOPELESS_DEATHS=3
readonly READY_SECONDS HOPELESS_DEATHS

up() {
  take_services "$@"
  refuse_unknown_settings
  load_settings
  require_tools
  # What is written into FERRY_HOME is for its owner alone; the checkout and the workspace are as the caller has it.
  CALLERS_UMASK=$(umask)
  prepare_folders
  umask 077
  leave_out_running
  umask "$CALLERS_UMASK"
  find_jdk
  build_if_stale
  umask 077
  for service in $WANTED; do
    stop_left_over "$service"
    refuse_taken_port "$service"
  done
  [ -z "$OLD_HOST_SETTING" ] || say "QUARKUS_HTTP_HOST is the webhook's address only, as FERRY_WEBHOOK_HOST; the runner listens on FERRY_RUNNER_HOST ($FERRY_RUNNER_HOST)"
  ENDING=no
  SUPERVISORS=
  for service in $WANTED; do
    launch "$service"
  done
  hand_over_claims
  await_ready
  # Nobody may be reading what is printed; the services are there all the same.
  greet 2>/dev/null || :
  stay
}

prepare_folders() {
  secure_home
  (umask 077 && mkdir -p -- "$RUN") || fail "$EX_CANNOT_CREATE" "FERRY_HOME ($FERRY_HOME) cannot be created."
  [ -w "$RUN" ] || fail "$EX_CANNOT_CREATE" "FERRY_HOME ($FERRY_HOME) belongs to somebody else: $RUN is not writable."
  ! wants runner || mkdir -p -- "$FERRY_WORKSPACE" \
    || fail "$EX_CANNOT_CREATE" "FERRY_WORKSPACE ($FERRY_WORKSPACE) cannot be created."
}

# secure_home: takes from others what they could read in a FERRY_HOME that is there; refuses one of somebody else.
secure_home() {
  [ -d "$FERRY_HOME" ] || return 0
  # shellcheck disable=SC2012,SC2046
  set -- $(LC_ALL=C ls -ldn -- "$FERRY_HOME")
  if [ "$3" != "$(id -u)" ]; then
    # A volume that the system mounted is root's, and root can read it anyway.
    [ "$3" = 0 ] || fail "$EX_CANNOT_CREATE" "FERRY_HOME ($FERRY_HOME) belongs to somebody else, the user with id $3. Run ./ferry as that user, or choose another FERRY_HOME."
    return 0
  fi
  case $1 in
    d???--[-S]---*) ;;
    *)
      chmod go= -- "$FERRY_HOME"
      say "FERRY_HOME ($FERRY_HOME) was open to others ($1); only you can read it now"
      ;;
  esac
  for private in "$FERRY_HOME/tokens" "$FERRY_HOME/config" "$RUN"; do
    [ ! -d "$private" ] || chmod -R go= -- "$private"
  done
}

# leave_out_running: takes from WANTED what another launcher of this FERRY_HOME looks after. If that was all, ends well,
# unless one of them is not there yet.
leave_out_running() {
  absent=
  for service in $WANTED; do
    claim "$service" && continue
    without "$service"
    if pid=$(recorded "$RUN/$service.pid"); then
      say "$service is already running: PID $pid, $(noted "$RUN/$service.pid" 1)"
    else
      say "$service is already being started: PID $(recorded "$RUN/$service.supervisor" || printf 'unknown')"
      absent="$absent $service"
    fi
  done
  [ -n "$WANTED" ] || [ -n "$absent" ] || exit 0
  [ -n "$WANTED" ] || fail "$EX_TEMPORARY" "not running yet:$absent; './ferry status' says when it does."
}

# stop_left_over SERVICE: a service whose launcher was killed still runs and holds its port and its files.
stop_left_over() {
  pid=$(recorded "$RUN/$1.pid") || return 0
  say "$1 (PID $pid) was left over by a launcher that was killed; stopping it first"
  end_process "$pid" || refuse_foreign "$1" "$pid"
}

refuse_taken_port() {
  owner=$(port_owner "$1") || return 0
  variable=FERRY_$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]')_PORT
  fail "$EX_TEMPORARY" "port $(port_of "$1") for the $1 is taken by $owner. Stop it, or choose another: $variable=$(($(port_of "$1") + 1)) ./ferry up"
}

# launch SERVICE: from a copy, so that a build can replace what is in target/ while the service runs.
launch() {
  rm -rf -- "$RUN/$1-app" "$RUN/$1.deaths" "$RUN/$1.refused"
  cp -Rp -- "$ROOT/$1-service/target/quarkus-app" "$RUN/$1-app" || fail "$EX_CANNOT_CREATE" "$(unwritable)."
  chmod -R go= -- "$RUN/$1-app"
  for generation in 2 1; do
    [ ! -f "$RUN/$1.log.$generation" ] || mv -f -- "$RUN/$1.log.$generation" "$RUN/$1.log.$((generation + 1))"
  done
  [ ! -f "$RUN/$1.log" ] || mv -f -- "$RUN/$1.log" "$RUN/$1.log.1"
  trap 'leave' TERM HUP
  trap 'leave impatiently' INT
  trap ':' PIPE
  # Whatever else ends the launcher must not leave supervisors behind that nobody knows of.
  trap 'signal_supervisors TERM' EXIT
  supervise "$1" &
  SUPERVISORS="$SUPERVISORS $!"
}

# leave [impatiently]: what a signal asks for. Only Ctrl-C can ask again, and then kills: a terminal that goes away may
# send HUP twice.
leave() {
  if [ "$ENDING" = no ]; then
    ENDING=yes
    say 'stopping; what runs may finish (Ctrl-C again kills it)'
    signal_supervisors TERM
  elif [ $# -gt 0 ]; then
    say 'killing'
    signal_supervisors USR1
  fi
}

# A trap calls it in the middle of other loops, whose variables must stay theirs.
signal_supervisors() {
  for signalled in $SUPERVISORS; do
    kill "-$1" "$signalled" 2>/dev/null || :
  done
}

# await_supervisors: fails if one of them had to kill its service.
await_supervisors() {
  peace=0
  for supervisor in $SUPERVISORS; do
    ended=0
    wait "$supervisor" || ended=$?
    # A signal of our own interrupts the wait.
    while [ "$ended" -gt 128 ] && identity "$supervisor" >/dev/null; do
      ended=0
      wait "$supervisor" || ended=$?
    done
    [ "$ended" -eq 0 ] || peace=1
  done
  return "$peace"
}

# stay: until every service has been stopped, from here or by `stop`.
stay() {
  await_supervisors || exit 1
  say 'stopped'
  exit 0
}

await_ready() {
  began=$(monotonic)
  told=
  last_beat=
  for service in $WANTED; do
    until is_ready "$(url_of "$service")"; do
      # A signal, or `stop` from another terminal.
      [ "$ENDING" = no ] || stay
      recorded "$RUN/$service.supervisor" >/dev/null || stay
      still_hopeful "$service"
      tell_what_is_awaited "$service" $(($(monotonic) - began))
      sleep 0.5
    done
    say "$service is ready"
  done
}

# tell_what_is_awaited SERVICE SECONDS: the whole reason when it is new, a sign of life every five seconds.
tell_what_is_awaited() {
  reason=$(complaints "$(url_of "$1")")
  beat="$1 $(($2 / 5))"
  if [ -n "$reason" ] && [ "$1 $reason" != "$told" ]; then
    say "waiting for $1 ($2 s): $reason"
    told="$1 $reason"
  elif [ "$beat" != "$last_beat" ]; then
    say "waiting for $1 ($2 s)"
  fi
  last_beat=$beat
}

still_hopeful() {
  verdict=1
  if [ -e "$RUN/$1.refused" ]; then
    say "$1 refuses to start. The end of $RUN/$1.log:"
    verdict=$EX_CONFIG
  elif [ "$(deaths "$1")" -ge "$HOPELESS_DEATHS" ]; then
    say "$1 died $HOPELESS_DEATHS times before it was ready. The end of $RUN/$1.log:"
  elif [ $(($(monotonic) - began)) -ge "$READY_SECONDS" ]; then
    say "$1 is not ready after $READY_SECONDS s: $(complaints "$(url_of "$1")"). The end of $RUN/$1.log:"
  else
    return 0
  fi
  indented "$RUN/$1.log" 20
  signal_supervisors TERM
  await_supervisors || :
  exit "$verdict"
}

# greet: what a person needs next, on stdout.
greet() {
  printf '\nPatch Ferry is ready.\n'
  for service in $WANTED; do
    printf '  %-10s %s\n' "$service" "$(url_of "$service")"
  done
  printf '  %-10s %s\n' workspace "$FERRY_WORKSPACE" tokens "$FERRY_HOME/tokens/ (submit: send patches; operator: everything)" \
    logs "$RUN/"
  ! wants webhook || first_patch
  printf '\nCtrl-C stops.\n'
}

first_patch() {
  if recorded "$RUN/runner.pid" >/dev/null; then
    printf '\nA first patch, for any terminal on this machine; it writes hello.txt into the workspace:\n\n'
  else
    printf '\nA first patch; it is stored now and runs once a runner is there (./ferry up runner):\n\n'
  fi
  id=hello-$(date +%Y%m%d-%H%M%S)-$(od -An -N3 -tx1 /dev/urandom | tr -d ' \n')
  printf "  %scurl -sS %s -H %s -H 'Content-Type: application/json' -d %s\n" \
    "$(header_source)" "$(quoted "$(url_of webhook)/webhook?wait=25")" "$(header_file)" \
    "$(quoted "{\"id\":\"$id\",\"role\":\"command_patch\",\"target_file\":\"hello.txt\",\"patch\":\"echo Hello from Patch Ferry > hello.txt\"}")"
}

# header_file: where curl finds the header that proves the submitter. Never as an argument: every user of the machine can
# list those.
header_file() {
  if [ -n "${FERRY_SUBMIT_TOKEN:-}${FERRY_SUBMIT_TOKEN_FILE:-}" ]; then
    printf '@-'
  else
    quoted "@$FERRY_HOME/tokens/submit.header"
  fi
}

# header_source: what writes that header for curl, if there is no file with it.
header_source() {
  if [ -n "${FERRY_SUBMIT_TOKEN:-}" ]; then
    # shellcheck disable=SC2016
    printf '%s' 'printf '\''Authorization: Bearer %s\n'\'' "$FERRY_SUBMIT_TOKEN" | '
  elif [ -n "${FERRY_SUBMIT_TOKEN_FILE:-}" ]; then
    printf "{ printf 'Authorization: Bearer '; cat %s; } | " "$(quoted "$FERRY_SUBMIT_TOKEN_FILE")"
  fi
}
