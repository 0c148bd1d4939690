# shellcheck shell=sh
# What the machine must have, and getting it from the system's package manager where that is possible and allowed.

# require_tools: everything the wanted services and the launcher itself call. Ends with EX_UNAVAILABLE otherwise.
require_tools() {
  needed='curl:curl flock:util-linux setsid:util-linux'
  if wants runner && [ "$FERRY_SANDBOX" = full ]; then
    needed="$needed bwrap:bubblewrap unshare:util-linux mount:mount setpriv:util-linux"
  fi
  absent=
  for tool in $needed; do
    command -v "${tool%%:*}" >/dev/null 2>&1 && continue
    case " $absent " in
      *" ${tool#*:} "*) ;;
      *) absent="$absent ${tool#*:}" ;;
    esac
  done
  [ -z "$absent" ] || obtain "${absent# }" "$(purpose "$absent")"
}

purpose() {
  case $1 in
    *bubblewrap*) printf 'the sandbox that patches run in\n' ;;
    *) printf 'what the launcher works with\n' ;;
  esac
}

# obtain PACKAGES PURPOSE: installs them, or says in one line what to run, and ends.
obtain() {
  manager=$(package_manager) \
    || fail "$EX_UNAVAILABLE" "missing: $1 ($2). Install it with this system's package manager, then run ./ferry up again."
  names=$(names_for "$manager" "$1")
  line=$(install_line "$manager" "$names")
  [ "$(id -u)" -eq 0 ] && advised=$line || advised="sudo $line"
  advice="missing: $names ($2). Run: $advised"
  { [ "$MAY_INSTALL" = yes ] && may_install; } || fail "$EX_UNAVAILABLE" "$advice"
  say "missing: $names ($2); installing with: ${SUDO:+$SUDO }$line"
  install_now "$manager" "$names" || fail "$EX_UNAVAILABLE" "the installation failed; $advice"
}

package_manager() (
  for manager in apt-get dnf pacman zypper apk; do
    if command -v "$manager" >/dev/null 2>&1; then
      printf '%s\n' "$manager"
      exit 0
    fi
  done
  exit 1
)

# may_install: as root, or through sudo without being asked for a password; sets SUDO.
may_install() {
  SUDO=
  [ "$(id -u)" -ne 0 ] || return 0
  command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1 || return 1
  SUDO='sudo -n'
}

# names_for MANAGER PACKAGES: as this system calls them; only Debian keeps mount in a package of its own.
names_for() (
  names=
  for name in $2; do
    case $1:$name in
      apt-get:mount) ;;
      *:mount) name=util-linux ;;
      apk:util-linux) name='util-linux util-linux-misc flock setpriv' ;;
      *) ;;
    esac
    case " $names " in
      *" $name "*) ;;
      *) names="$names $name" ;;
    esac
  done
  printf '%s\n' "${names# }"
)

install_line() {
  case $1 in
    apt-get) printf 'apt-get install -y %s\n' "$2" ;;
    dnf) printf 'dnf install -y %s\n' "$2" ;;
    pacman) printf 'pacman -S --needed --noconfirm %s\n' "$2" ;;
    zypper) printf 'zypper --non-interactive install %s\n' "$2" ;;
    apk) printf 'apk add %s\n' "$2" ;;
  esac
}

# install_now MANAGER PACKAGES: a fresh machine has no package lists yet, hence the refresh.
install_now() {
  refresh "$1" || return 1
  # shellcheck disable=SC2046,SC2086
  as_root $(install_line "$1" "$2") </dev/null >&2
}

refresh() {
  case $1 in
    apt-get) as_root apt-get update -q </dev/null >&2 ;;
    pacman) as_root pacman -Sy --noconfirm </dev/null >&2 ;;
    apk) as_root apk update </dev/null >&2 ;;
    *) ;;
  esac
}

as_root() {
  # shellcheck disable=SC2086
  ${SUDO:-} env DEBIAN_FRONTEND=noninteractive LC_ALL=C "$@"
}

# offers MANAGER PACKAGE: whether the system's repositories have it.
offers() {
  case $1 in
    apt-get) apt-cache show "$2" ;;
    dnf) dnf -q info "$2" ;;
    pacman) pacman -Si "$2" ;;
    zypper) zypper --non-interactive search --match-exact "$2" ;;
    apk) apk search -e "$2" | grep . ;;
  esac >/dev/null 2>&1
}
