# shellcheck shell=sh
# Finding a JDK that the services can be built and run with.

OLDEST_JDK=25
readonly OLDEST_JDK

# find_jdk: sets and exports JAVA_HOME, or ends with EX_UNAVAILABLE. What the user chose (JAVA_HOME, PATH) goes first.
find_jdk() {
  found=$(first_jdk) || {
    obtain_jdk
    found=$(first_jdk) || fail "$EX_UNAVAILABLE" "the package was installed, but there is still no JDK $OLDEST_JDK to be found."
  }
  JAVA_HOME=$found
  export JAVA_HOME
}

# It hears them all: who stopped listening would end jdk_places with a signal, and under `pipefail` that is a failure.
first_jdk() (
  found=
  jdk_places | while IFS= read -r place; do
    [ -z "$found" ] || continue
    version=$(jdk_version "$place") || continue
    [ "$version" -ge "$OLDEST_JDK" ] || continue
    found=$place
    readlink -f -- "$place"
  done | grep .
)

# jdk_places: every folder that may be a JDK's home, one per line.
jdk_places() (
  [ -z "${JAVA_HOME:-}" ] || printf '%s\n' "$JAVA_HOME"
  java=$(command -v java) && dirname -- "$(dirname -- "$(readlink -f -- "$java")")"
  for place in /usr/lib/jvm/* /opt/* /opt/*/* /usr/java/* /usr/local/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/*; do
    [ ! -x "$place/bin/javac" ] || printf '%s\n' "$place"
  done
)

# jdk_version HOME: its major version; fails where there is no whole JDK.
jdk_version() (
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || exit 1
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || :
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
  [ -n "$version" ] && printf '%s\n' "$version"
)

obtain_jdk() {
  advice="needs a JDK $OLDEST_JDK or newer; $(jdks_there). Unpack one from https://adoptium.net below /opt, or point JAVA_HOME at one, then run this again."
  manager=$(package_manager) || fail "$EX_UNAVAILABLE" "$advice"
  package=$(jdk_package "$manager")
  if [ "$MAY_INSTALL" = yes ] && may_install; then
    say "there is no JDK $OLDEST_JDK here ($(jdks_there)); asking $manager for $package"
    refresh "$manager" || fail "$EX_UNAVAILABLE" "$manager could not refresh its package lists. $advice"
    offers "$manager" "$package" || fail "$EX_UNAVAILABLE" "$manager has no $package here. $advice"
    obtain "$package" "the JDK"
  elif offers "$manager" "$package"; then
    MAY_INSTALL=no
    obtain "$package" "the JDK"
  else
    fail "$EX_UNAVAILABLE" "$advice"
  fi
}

jdks_there() (
  old=$(jdk_places | sort -u | while IFS= read -r place; do
    version=$(jdk_version "$place") && printf '%s is %s, ' "$place" "$version"
  done) || :
  [ -n "$old" ] || old='found none, '
  printf '%s\n' "${old%, }"
)

jdk_package() {
  case $1 in
    apt-get) printf 'openjdk-%s-jdk-headless\n' "$OLDEST_JDK" ;;
    dnf | zypper) printf 'java-%s-openjdk-devel\n' "$OLDEST_JDK" ;;
    pacman) printf 'jdk%s-openjdk\n' "$OLDEST_JDK" ;;
    apk) printf 'openjdk%s\n' "$OLDEST_JDK" ;;
  esac
}
