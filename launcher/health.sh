# shellcheck shell=sh
# Asking the services how they are.

# ask SECONDS URL [HEADER]: the body of whatever they answer; fails if they do not, or with an error status. Never
# through a proxy: they are on this machine.
ask() {
  curl -sS -f -m "$1" --noproxy '*' ${3:+-H "$3"} "$2" 2>/dev/null
}

is_ready() {
  ask 3 "$1/q/health/ready" >/dev/null
}

# complaints URL: why a service is not ready, in its own words, on one line; nothing if it is.
complaints() (
  if answer=$(curl -sS -m 3 --noproxy '*' "$1/q/health/ready" 2>/dev/null); then
    printf '%s\n' "$answer" | awk -f "$ROOT/launcher/complaints.awk"
  else
    printf 'does not answer yet\n'
  fi
)

# bearer_of ROLE: the header that proves a role, from wherever the token was given or made.
bearer_of() (
  role=$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]')
  eval "given=\${FERRY_${role}_TOKEN:-} provided=\${FERRY_${role}_TOKEN_FILE:-}"
  # shellcheck disable=SC2154
  [ -n "$given" ] || given=$(cat -- "${provided:-$FERRY_HOME/tokens/$1}" 2>/dev/null)
  printf 'Authorization: Bearer %s\n' "$given"
)
