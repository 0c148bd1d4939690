# shellcheck shell=sh
# One supervisor per service: starts it, starts it again when it dies, drains it when told to. A supervisor outlives a
# killed launcher, and the service a killed supervisor; both leave records by which `stop` and the next `up` find them.

DRAIN_SECONDS=35
LONGEST_PAUSE=30
STEADY_SECONDS=60
readonly DRAIN_SECONDS LONGEST_PAUSE STEADY_SECONDS

# supervise SERVICE: runs until TERM or HUP drains it; USR1 is for who will not wait. Fails if the service was killed.
supervise() {
  drop_other_claims "$1"
  stopping=no
  service_pid=
  trap 'halt TERM' TERM HUP
  trap 'halt KILL' USR1
  # A reader of our output may have gone; that is no reason to leave a service alone.
  trap ':' PIPE
  read -r own_pid rest </proc/self/stat
  : "$rest"
  record "$RUN/$1.supervisor" "$own_pid" || say "$(unwritable); 'status' and 'stop' may not find what watches the $1"
  pause=1
  while [ "$stopping" = no ]; do
    started=$(monotonic)
    run_service "$1"
    [ "$stopping" = no ] || break
    note_death "$1" "$service_status"
    [ $(($(monotonic) - started)) -lt "$STEADY_SECONDS" ] || pause=1
    [ "$service_status" -ne "$EX_CONFIG" ] || refused "$1"
    say "$1 $(how_it_ended "$service_status"); starting it again in $pause s (log: $RUN/$1.log)"
    doze "$pause"
    pause=$((pause * 2))
    [ "$pause" -le "$LONGEST_PAUSE" ] || pause=$LONGEST_PAUSE
  done
  drain "$1"
}

halt() {
  stopping=yes
  [ -z "$service_pid" ] || kill "-$1" "$service_pid" 2>/dev/null || :
}

# run_service SERVICE: until it has ended (service_status) or a signal came. It gets a session of its own, so that
# Ctrl-C reaches the launcher alone and the order of leaving is ours; and its signals as a login shell has them, because
# what a patch runs inherits them, and a shell starts background jobs deaf to INT. Its folder is FERRY_HOME, where Quarkus
# looks for further settings: not whichever folder the launcher was called from. Java reads file names as the locale has
# them, and a service's usual C locale would have no letters beyond ASCII.
run_service() {
  service_status=0
  cd -- "$FERRY_HOME" || exit "$EX_CANNOT_CREATE"
  : >>"$RUN/$1.log" || exit "$EX_CANNOT_CREATE"
  # What a patch makes in the workspace gets the umask of the runner, so that has to be the caller's.
  [ "$1" != runner ] || umask "$CALLERS_UMASK"
  # Quarkus' own setting, so that one in a file that both services read binds neither to the other's address.
  # shellcheck disable=SC2046,SC2086
  QUARKUS_HTTP_HOST=$(host_of "$1") LC_ALL=C.UTF-8 setsid $(undeaf) "$JAVA_HOME/bin/java" $(java_options) \
    $(log_options) "-Dquarkus.log.file.path=$RUN/$1.log" \
    -jar "$RUN/$1-app/quarkus-run.jar" $RESTORED </dev/null >>"$RUN/$1.log" 2>&1 8>&- 9>&- &
  service_pid=$!
  umask 077
  # Said once: what the service accepts from now on is its own.
  RESTORED=
  record "$RUN/$1.pid" "$service_pid" "$(url_of "$1")" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
    || say "$(unwritable); 'status' cannot show the $1 (PID $service_pid)"
  [ "$stopping" = no ] || return 0
  await_service
}

# java_options: what each JVM is told, on one line. The images say the same (webhook-service/Dockerfile,
# runner-service/Dockerfile), and bench/ measures with it.
java_options() {
  # The serial collector: half the memory of the default one on few processors.
  # Without memory a service hangs; ended, it is started again.
  printf '%s\n' '--enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError'
}

# log_options: the service writes its log itself and begins a new file after 10 MiB (quarkus.log.file.rotation), since what
# runs for months is not started anew. Whatever else is printed is appended to the same file.
log_options() {
  printf '%s\n' '-Dquarkus.log.console.enabled=false -Dquarkus.log.file.enabled=true'
}

# await_service: its exit code, without the shell's own word on how it died.
await_service() {
  { wait "$service_pid" || service_status=$?; } 2>/dev/null
}

undeaf() {
  ! env --default-signal=INT,QUIT true 2>/dev/null || printf 'env --default-signal=INT,QUIT'
}

# doze SECONDS: or until a signal comes.
doze() {
  sleep "$1" 8>&- 9>&- &
  wait "$!" || :
}

# deaths SERVICE: how often it died since it was started.
deaths() {
  cat -- "$RUN/$1.deaths" 2>/dev/null || printf '0\n'
}

# note_death SERVICE: for whoever waits for it to be ready. Without room for that it is started again all the same.
note_death() {
  printf '%s\n' $(($(deaths "$1") + 1)) 2>/dev/null >"$RUN/$1.deaths" || say "$(unwritable)"
}

# refused SERVICE: it says that starting it again will not help. It is tried now and then all the same: what it objects to
# may be gone by then.
refused() {
  pause=$LONGEST_PAUSE
  : >"$RUN/$1.refused"
}

how_it_ended() {
  if [ "$1" -gt 128 ]; then
    printf 'was ended by signal %s\n' "$(kill -l "$1" 2>/dev/null || printf '%s' $(($1 - 128)))"
  else
    printf 'ended with exit code %s\n' "$1"
  fi
}

# drain SERVICE: waits for it to finish what it does, not for ever.
drain() {
  patience=$(($(monotonic) + DRAIN_SECONDS))
  # Once more: a signal that came while the service was being started did not know it yet.
  kill -TERM "$service_pid" 2>/dev/null || :
  while identity "$service_pid" >/dev/null; do
    if [ "$(monotonic)" -ge "$patience" ]; then
      say "$1 did not stop within $DRAIN_SECONDS s and is killed; what it was doing will show as interrupted"
      kill -KILL "$service_pid" 2>/dev/null || :
      patience=$((patience + DRAIN_SECONDS))
    fi
    sleep 0.2 8>&- 9>&-
  done
  await_service
  rm -f -- "$RUN/$1.pid" "$RUN/$1.deaths"
  [ "$service_status" -ne 137 ] || exit 1
}
