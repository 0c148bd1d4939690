#!/bin/sh
# Prepares what both containers find: their volumes, the shared tokens and the workspace. Runs as root, offline and once
# per `docker compose up`, before the services; changes nothing that is already right; shows no secret.
#
#   ids         checks FERRY_UID and FERRY_GID: who the services run as, and so who owns everything here
#   volumes     gives the volumes to that user and makes the tokens that are missing
#   workspace   checks the workspace's owner
#
# Each is a service of its own in docker-compose.yml: of one that fails, `up --wait` shows the name and the exit code alone
# (docs/containers.md).
#
# Every token is in the webhook's volume. The runner's volume holds the runner's alone: what runs beside patches cannot
# submit any.
set -eu
umask 077

uid=${FERRY_UID:-1000}
gid=${FERRY_GID:-1000}
webhook_tokens=/run/ferry/webhook-tokens
runner_tokens=/run/ferry/runner-tokens

# die CODE WORD…
die() {
  code=$1
  shift
  printf 'init: %s\n' "$*" >&2
  exit "$code"
}

require_number() {
  case $2 in
    '' | *[!0-9]*) die 64 "$1 is '$2', which is no number" ;;
    0) die 64 "$1 is 0; the services do not run as root. Give the owner of the workspace, for example $1=1000" ;;
  esac
}

owned() { [ "$(stat -c '%u:%g' "$1")" = "$uid:$gid" ]; }

# A volume that other uids used before changes hands whole.
adopt() {
  owned "$1" || chown -hR "$uid:$gid" "$1"
  chmod 0700 "$1"
}

# Puts the token read from stdin under its final name at once, so that a kill leaves a whole token or none.
place() {
  fresh=$(mktemp "$1.XXXXXX")
  cat >"$fresh"
  chmod 0400 "$fresh"
  chown "$uid:$gid" "$fresh"
  mv "$fresh" "$1"
}

create_token() {
  [ -s "$webhook_tokens/$1" ] && return
  { printf 'ferry_' && head -c 32 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=\n' && echo; } |
    place "$webhook_tokens/$1"
  echo "init: created the $1 token"
}

share_runner_token() {
  cmp -s "$webhook_tokens/runner" "$runner_tokens/runner" || place "$runner_tokens/runner" <"$webhook_tokens/runner"
}

# The engine makes a missing bind mount as root. Patches keep the owner's identity, so the workspace has to be the
# owner's; somebody's files are never given away.
adopt_workspace() {
  owner=$(stat -c '%u' /workspace)
  [ "$owner" = "$uid" ] && return
  if [ "$owner" = 0 ] && [ -z "$(ls -A /workspace)" ]; then
    chown "$uid:$gid" /workspace
    return
  fi
  die 77 "the workspace belongs to uid $owner and the runner is uid $uid: set FERRY_UID and FERRY_GID to the owner's" \
    '(id -u, id -g), or give the directory to that uid with chown'
}

prepare_volumes() {
  for volume in /var/lib/ferry/webhook /var/lib/ferry/runner "$webhook_tokens" "$runner_tokens"; do
    adopt "$volume"
  done
  for name in submit operator runner; do
    create_token "$name"
  done
  share_runner_token
  echo 'init: ready. The submit token: docker compose exec webhook cat /run/ferry/tokens/submit'
}

case ${1:-} in
  ids)
    require_number FERRY_UID "$uid"
    require_number FERRY_GID "$gid"
    ;;
  volumes) prepare_volumes ;;
  workspace) adopt_workspace ;;
  *) die 64 "'${1:-}' is none of ids, volumes, workspace" ;;
esac
