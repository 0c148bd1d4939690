# shellcheck shell=sh
# `status`: 0 both services, or the one that was asked about, are ready and watched, 3 nothing runs, 1 anything else.

status() {
  for argument; do
    case $argument in
      webhook | runner) ;;
      *) misuse "status takes webhook, runner or nothing, not '$argument'" ;;
    esac
  done
  take_services "$@"
  load_settings
  running=0
  verdict=0
  down=
  unwatched=
  for service in webhook runner; do
    ! wants "$service" || describe "$service"
  done
  printf '%-9s %s\n' workspace "$FERRY_WORKSPACE" state "$FERRY_HOME"
  [ "$running" -gt 0 ] || exit 3
  for service in $down; do
    say "the $service is down; './ferry up $service' starts it"
  done
  for service in $unwatched; do
    say "nobody would start the $service again if it died: its supervisor was killed; './ferry up $service' restarts it under a new one"
  done
  [ -z "$down$unwatched" ] || verdict=1
  exit "$verdict"
}

describe() {
  if pid=$(recorded "$RUN/$1.pid"); then
    running=$((running + 1))
    url=$(noted "$RUN/$1.pid" 1)
    printf '%-9s PID %s, %s, since %s: ' "$1" "$pid" "$url" "$(noted "$RUN/$1.pid" 2)"
    if is_ready "$url"; then
      printf 'ready\n'
      [ "$1" != runner ] || printf '%-9s %s\n' '' "$(runner_status "$url")"
      [ "$1" != runner ] || workspace_lines "$url"
    else
      printf 'not ready: %s\n' "$(complaints "$url")"
      verdict=1
    fi
    recorded "$RUN/$1.supervisor" >/dev/null || unwatched="$unwatched $1"
  elif pid=$(recorded "$RUN/$1.supervisor"); then
    running=$((running + 1))
    verdict=1
    printf '%-9s being started by PID %s\n' "$1" "$pid"
  elif owner=$(port_owner "$1"); then
    down="$down $1"
    printf '%-9s not running; port %s is taken by %s\n' "$1" "$(port_of "$1")" "$owner"
  else
    down="$down $1"
    printf '%-9s not running; port %s is free\n' "$1" "$(port_of "$1")"
  fi
}

# runner_status URL: what the runner says of its sandbox, its queue and its patches.
runner_status() (
  if ! answer=$(ask_as runner 3 "$1/status"); then
    printf 'does not tell its status (is its token another one now?)\n'
    exit
  fi
  level=$(member "$answer" '"level" *: *"\([a-z]*\)"')
  waiting=$(member "$answer" '"queue_depth" *: *\([0-9]*\)')
  counts=$(member "$answer" '"patches" *: *{\([^}]*\)}' | tr -d '"' | sed 's/:/ /g; s/,/, /g')
  printf 'sandbox %s; %s waiting; patches so far: %s\n' "$level" "$waiting" "${counts:-none}"
)

# workspace_lines URL: what decides about patches in each workspace, so that a policy that was not meant is seen.
workspace_lines() (
  answer=$(ask_as runner 3 "$1/status") || exit 0
  printf '%s' "$answer" | { tr '\n' ' '; echo; } | sed 's/{ *"name"/\
&/g' | sed -n 's/^{ *"name" *: *"\([^"]*\)".*"network" *: *"\([a-z]*\)".*"policy" *: *"\([a-z]*\)" *, *"rules" *: *\([0-9]*\).*/          workspace \1: policy \3, rules \4, network \2/p'
)

# member JSON PATTERN
member() {
  printf '%s' "$1" | tr '\n' ' ' | sed -n "s/.*$2.*/\\1/p"
}
