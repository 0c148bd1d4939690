# shellcheck shell=sh
# shellcheck disable=SC2034 # settings that other files read
# The environment, made absolute, checked and exported, so that both services see one and the same.

SETTINGS=$ROOT/service-foundation/src/main/resources/META-INF/patch-ferry/settings.txt
readonly SETTINGS

# refuse_closed_system: without /etc the shell finds few of its tools (/etc/alternatives), and commands of patches none.
refuse_closed_system() {
  [ ! -e /etc ] || { [ -r /etc ] && [ -x /etc ]; } || fail "$EX_UNAVAILABLE" \
    "$(id -un 2>/dev/null || id -u) may not look into /etc, which nearly every program does; chmod a+rx /etc."
}

# refuse_unknown_settings: before anything is built, stopped or started. A policy that is spelt wrong would be no policy. What
# stands in FERRY_HOME/config the services refuse themselves.
refuse_unknown_settings() {
  refuse_closed_system
  unknown=$(awk -f "$ROOT/launcher/known.awk" "$SETTINGS") || fail 1 "$SETTINGS cannot be read."
  [ -z "$unknown" ] || fail "$EX_CONFIG" "$unknown"
  # Of a Service of Kubernetes, and no port to listen on.
  case ${FERRY_WEBHOOK_PORT:-} in tcp://*) unset FERRY_WEBHOOK_PORT ;; esac
  case ${FERRY_RUNNER_PORT:-} in tcp://*) unset FERRY_RUNNER_PORT ;; esac
}

load_settings() {
  FERRY_HOME=$(absolute FERRY_HOME "${FERRY_HOME:-.ferry}")
  FERRY_WORKSPACE=$(absolute FERRY_WORKSPACE "${FERRY_WORKSPACE:-workspace}")
  FERRY_WEBHOOK_PORT=${FERRY_WEBHOOK_PORT:-5555}
  FERRY_RUNNER_PORT=${FERRY_RUNNER_PORT:-5053}
  FERRY_SANDBOX=${FERRY_SANDBOX:-full}
  export FERRY_HOME FERRY_WORKSPACE FERRY_WEBHOOK_PORT FERRY_RUNNER_PORT FERRY_SANDBOX
  RUN=$FERRY_HOME/run
  load_hosts
  anchor_secret_files

  refuse_nested_folders
  check_port FERRY_WEBHOOK_PORT "$FERRY_WEBHOOK_PORT"
  check_port FERRY_RUNNER_PORT "$FERRY_RUNNER_PORT"
  [ "$FERRY_WEBHOOK_PORT" != "$FERRY_RUNNER_PORT" ] \
    || fail "$EX_CONFIG" "FERRY_WEBHOOK_PORT and FERRY_RUNNER_PORT are both $FERRY_RUNNER_PORT; each service needs its own."
  case $FERRY_SANDBOX in
    full | none) ;;
    *) fail "$EX_CONFIG" "FERRY_SANDBOX is '$FERRY_SANDBOX'; it can be 'full' or, without any protection, 'none'." ;;
  esac
}

# load_hosts: what each service listens on. QUARKUS_HTTP_HOST, which was one setting for both, is the webhook's alone: the
# runner is private.
load_hosts() {
  OLD_HOST_SETTING=${QUARKUS_HTTP_HOST:-}
  FERRY_WEBHOOK_HOST=${FERRY_WEBHOOK_HOST:-${QUARKUS_HTTP_HOST:-127.0.0.1}}
  FERRY_RUNNER_HOST=${FERRY_RUNNER_HOST:-127.0.0.1}
  unset QUARKUS_HTTP_HOST
  export FERRY_WEBHOOK_HOST FERRY_RUNNER_HOST
  check_host FERRY_WEBHOOK_HOST "$FERRY_WEBHOOK_HOST"
  check_host FERRY_RUNNER_HOST "$FERRY_RUNNER_HOST"
  if [ -z "${FERRY_RUNNER_URL:-}" ] && [ "$FERRY_RUNNER_HOST" != 127.0.0.1 ]; then
    FERRY_RUNNER_URL=$(url_of runner)
    export FERRY_RUNNER_URL
  fi
}

check_host() {
  case $2 in
    *[!A-Za-z0-9.:_-]* | -*)
      fail "$EX_CONFIG" "$1 is '$2'; it is an address or a name of this machine, without port and brackets: 127.0.0.1, ::1."
      ;;
  esac
}

# anchor_secret_files: the services run in another folder than the one these paths may be relative to. (Workspaces, too.)
anchor_secret_files() {
  # Names only: a value may hold anything.
  for variable in FERRY_SUBMIT_TOKEN_FILE FERRY_OPERATOR_TOKEN_FILE FERRY_RUNNER_TOKEN_FILE FERRY_PRINCIPALS_FILE \
    FERRY_WEBHOOK_SECRET_FILE FERRY_GITHUB_SECRET_FILE \
    $(awk 'BEGIN { for (name in ENVIRON) if (name ~ /^FERRY_WORKSPACES_[A-Za-z0-9_]+$/ && (name ~ /_ENV_FILES_/ || (name ~ /_PATH$/ && name !~ /_ENV_/))) print name }'); do
    provided=
    eval "provided=\${$variable:-}"
    case $provided in
      '' | /*) ;;
      *) eval "$variable=\$ROOT/\$provided && export $variable" ;;
    esac
  done
}

# absolute NAME PATH: without links and dots; relative paths start at the checkout. The path need not exist.
absolute() (
  case $2 in
    /*) path=$2 ;;
    *) path=$ROOT/$2 ;;
  esac
  missing=
  while [ ! -d "$path" ]; do
    [ ! -e "$path" ] || fail "$EX_CONFIG" "$1 is $2, but $path is not a directory."
    name=${path##*/}
    case $name in
      '' | .) ;;
      ..) fail "$EX_CONFIG" "$1 is $2, which goes up from a folder that does not exist; write it without '..'." ;;
      *) missing=/$name$missing ;;
    esac
    path=${path%/*}
    path=${path:-/}
  done
  existing=$(CDPATH='' cd -P -- "$path" && pwd)
  printf '%s\n' "${existing%/}${missing}"
)

# A patch must not be able to reach the state, nor the state turn up in a patch's workspace.
refuse_nested_folders() {
  case ${FERRY_WORKSPACE%/}/ in
    "${FERRY_HOME%/}"/*) nested="FERRY_WORKSPACE ($FERRY_WORKSPACE) lies in FERRY_HOME ($FERRY_HOME)" ;;
    *)
      case ${FERRY_HOME%/}/ in
        "${FERRY_WORKSPACE%/}"/*) nested="FERRY_HOME ($FERRY_HOME) lies in FERRY_WORKSPACE ($FERRY_WORKSPACE)" ;;
        *) return 0 ;;
      esac
      ;;
  esac
  fail "$EX_CONFIG" "$nested. A patch could then change the records about itself; choose two folders side by side."
}

check_port() {
  case $2 in
    '' | *[!0-9]* | ??????*) ;;
    *) [ "$2" -ge 1 ] && [ "$2" -le 65535 ] && return 0 ;;
  esac
  fail "$EX_CONFIG" "$1 is '$2'; a port is a number from 1 to 65535."
}

port_of() {
  case $1 in
    webhook) printf '%s\n' "$FERRY_WEBHOOK_PORT" ;;
    runner) printf '%s\n' "$FERRY_RUNNER_PORT" ;;
  esac
}

host_of() {
  case $1 in
    webhook) printf '%s\n' "$FERRY_WEBHOOK_HOST" ;;
    runner) printf '%s\n' "$FERRY_RUNNER_HOST" ;;
  esac
}

# url_of SERVICE: how this machine reaches it.
url_of() {
  case $(host_of "$1") in
    0.0.0.0 | ::) printf 'http://127.0.0.1:%s\n' "$(port_of "$1")" ;;
    *:*) printf 'http://[%s]:%s\n' "$(host_of "$1")" "$(port_of "$1")" ;;
    *) printf 'http://%s:%s\n' "$(host_of "$1")" "$(port_of "$1")" ;;
  esac
}

# take_services ARGUMENT…: which services a command is about (WANTED; both if none is named), --no-install, --restored.
take_services() {
  WANTED=
  MAY_INSTALL=yes
  RESTORED=
  for argument; do
    case $argument in
      webhook | runner) WANTED="$WANTED $argument" ;;
      --no-install) MAY_INSTALL=no ;;
      --restored) RESTORED=--restored ;;
      *) misuse "'$argument' is neither a service (webhook, runner) nor an option here" ;;
    esac
  done
  WANTED=${WANTED:-runner webhook}
}

# without SERVICE: takes it from WANTED.
without() {
  remaining=
  for other in $WANTED; do
    [ "$other" = "$1" ] || remaining="$remaining $other"
  done
  WANTED=$remaining
}

wants() {
  case " $WANTED " in
    *" $1 "*) return 0 ;;
  esac
  return 1
}
