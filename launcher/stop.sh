# shellcheck shell=sh
# `stop` and `restart`: whatever `up` started in this FERRY_HOME, from whichever terminal.

stop() {
  take_services "$@"
  load_settings
  stop_wanted
}

# restart [SERVICE] [--no-install] [--restored]: stop, then up, in the foreground of this terminal.
restart() {
  refuse_unknown_settings
  stop "$@"
  up "$@"
}

stop_wanted() {
  stopped=
  for service in $WANTED; do
    if supervisor=$(recorded "$RUN/$service.supervisor"); then
      kill -TERM "$supervisor" 2>/dev/null || refuse_foreign "$service" "$supervisor"
      stopped="$stopped $service"
    elif pid=$(recorded "$RUN/$service.pid"); then
      end_process "$pid" || refuse_foreign "$service" "$pid"
      say "$service, left over by a launcher that was killed, has stopped"
    else
      say "$service is not running"
    fi
  done
  for service in $stopped; do
    await_end "$service"
    say "$service has stopped"
  done
}

refuse_foreign() {
  fail "$EX_NOT_PERMITTED" "$1 (PID $2) cannot be stopped; it belongs to somebody else."
}

# await_end SERVICE: its supervisor, and with it the claim, is gone; the supervisor's own patience bounds this.
await_end() {
  while recorded "$RUN/$1.supervisor" >/dev/null; do
    sleep 0.2
  done
}

# end_process PID: TERM, and KILL when it does not listen.
end_process() {
  mark=$(identity "$1") || return 0
  kill -TERM "$1" 2>/dev/null || return 1
  patience=$(($(monotonic) + DRAIN_SECONDS))
  while [ "$(identity "$1")" = "$mark" ]; do
    [ "$(monotonic)" -lt "$patience" ] || kill -KILL "$1" 2>/dev/null || :
    sleep 0.2
  done
}
