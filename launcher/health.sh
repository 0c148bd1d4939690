# shellcheck shell=sh
# Asking the services how they are.

# ask SECONDS URL: the body of whatever they answer; fails if they do not, or with an error status. Never through a proxy:
# they are on this machine.
ask() {
  curl -sS -f -m "$1" --noproxy '*' "$2" 2>/dev/null
}

# ask_as ROLE SECONDS URL: the same with a token, wherever it was given or made. curl reads the header from its input and
# the shell writes it there by itself: what is an argument of any program is seen by every user of the machine.
ask_as() (
  role=$(printf '%s' "$1" | tr '[:lower:]' '[:upper:]')
  eval "given=\${FERRY_${role}_TOKEN:-} provided=\${FERRY_${role}_TOKEN_FILE:-}"
  # shellcheck disable=SC2154
  [ -n "$given" ] || given=$(cat -- "${provided:-$FERRY_HOME/tokens/$1}" 2>/dev/null)
  curl -sS -f -m "$2" --noproxy '*' -H @- "$3" 2>/dev/null <<HEADER
Authorization: Bearer $given
HEADER
)

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
