#!/bin/sh
# Makes this machine able to run the container tests: a Docker daemon, Compose v2 and the base image of our Dockerfiles.
# What is already there is left alone, so a second run takes a second. Needs Debian and root only for what is missing.
# Ends with 0, or with another code and one line on stderr that says what this machine lacks.
#
#   FERRY_DOCKER_LOG   where a daemon started here writes its log (default /var/log/patch-ferry-dockerd.log)
set -eu

# The base image of both Dockerfiles, and the Debian suite it is made from where no image registry answers.
base_image=debian:13-slim
base_suite=trixie
daemon_log=${FERRY_DOCKER_LOG:-/var/log/patch-ferry-dockerd.log}
plugin_dir=/usr/local/lib/docker/cli-plugins

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

say() { printf 'docker.sh: %s\n' "$*" >&2; }
die() {
  say "$*"
  exit 1
}

# Runs a noisy step; its output matters only when it fails.
quietly() {
  if ! "$@" >"$scratch/step.log" 2>&1; then
    tail -n 20 "$scratch/step.log" >&2
    die "failed: $*"
  fi
}

need_debian_root() {
  [ "$(id -u)" = 0 ] || die "$1 is missing and only root can install it"
  command -v apt-get >/dev/null 2>&1 || die "$1 is missing and this is no Debian, whose packages could bring it"
}

install_packages() {
  DEBIAN_FRONTEND=noninteractive
  export DEBIAN_FRONTEND
  quietly apt-get update
  quietly apt-get install -y --no-install-recommends "$@"
}

# The archive this machine installs from, whichever mirror that is.
debian_mirror() {
  # shellcheck disable=SC2016 # apt's own placeholder
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Origin: Debian' 'Component: main' | head -n 1
}

daemon_answers() { timeout 10 docker info >/dev/null 2>&1; }

start_daemon() {
  daemon_answers && return
  if ! command -v dockerd >/dev/null 2>&1; then
    need_debian_root 'the Docker daemon'
    say 'installing docker.io'
    install_packages docker.io iptables
  fi
  daemon_answers && return # the package's own start script may have done it
  [ "$(id -u)" = 0 ] || die 'no Docker daemon answers and only root can start one'
  say "starting dockerd, log in $daemon_log"
  setsid dockerd >"$daemon_log" 2>&1 </dev/null &
  daemon=$!
  waited=0
  until daemon_answers; do
    kill -0 "$daemon" 2>/dev/null || die "dockerd ended: $(tail -n 1 "$daemon_log")"
    [ "$waited" -lt 60 ] || die "dockerd did not answer within 60 s: $(tail -n 1 "$daemon_log")"
    sleep 1
    waited=$((waited + 1))
  done
}

# Debian 12 packages only Compose v1, which refuses `systempaths=unconfined`. The v2 of Debian 13 is one static binary:
# it is taken out of its package, from lists and a cache of its own, so that this machine's packages stay as they are.
install_compose() {
  docker compose version >/dev/null 2>&1 && return
  need_debian_root 'Compose v2'
  say "installing Compose v2 from Debian $base_suite"
  mirror=$(debian_mirror)
  [ -n "$mirror" ] || die 'no Debian archive is configured to take Compose v2 from'
  mkdir -p "$scratch/apt/lists/partial" "$scratch/apt/cache/archives/partial" "$scratch/compose"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' \
    "$mirror" "$base_suite" >"$scratch/apt/sources.list"
  quietly suite_apt update
  (cd "$scratch" && quietly suite_apt download docker-compose)
  quietly dpkg -x "$scratch"/docker-compose_*.deb "$scratch/compose"
  quietly install -D -m 0755 "$scratch/compose/usr/libexec/docker/cli-plugins/docker-compose" \
    "$plugin_dir/docker-compose"
  docker compose version >/dev/null 2>&1 || die "Compose v2 is in $plugin_dir but the docker client does not find it"
}

suite_apt() {
  apt-get \
    -o "Dir::State::Lists=$scratch/apt/lists" -o "Dir::Cache=$scratch/apt/cache" \
    -o "Dir::Etc::SourceList=$scratch/apt/sources.list" -o Dir::Etc::SourceParts=/dev/null \
    -o APT::Sandbox::User=root "$@"
}

# Where no registry answers, the same userland comes from the Debian archive, imported under the name that the
# Dockerfiles use. The machine's own certificate authorities go along, since a machine without a registry often sits
# behind a proxy that re-signs TLS; the image is made here and for here.
provide_base_image() {
  docker image inspect "$base_image" >/dev/null 2>&1 && return
  if timeout 20 docker manifest inspect "$base_image" >/dev/null 2>&1 &&
    timeout 300 docker pull -q "$base_image" >/dev/null 2>&1; then
    return
  fi
  need_debian_root "$base_image cannot be pulled; debootstrap, which can make it,"
  say "$base_image cannot be pulled: making it with debootstrap"
  command -v debootstrap >/dev/null 2>&1 || install_packages debootstrap
  quietly debootstrap --variant=minbase "$base_suite" "$scratch/root" "$(debian_mirror)"
  rm -rf "$scratch/root/var/cache/apt/archives" "$scratch/root/var/lib/apt/lists"
  mkdir -p "$scratch/root/var/cache/apt/archives/partial" "$scratch/root/var/lib/apt/lists/partial"
  if [ -d /usr/local/share/ca-certificates ]; then
    mkdir -p "$scratch/root/usr/local/share/ca-certificates"
    cp -R /usr/local/share/ca-certificates/. "$scratch/root/usr/local/share/ca-certificates/"
  fi
  tar -C "$scratch/root" -cf "$scratch/root.tar" .
  quietly docker import --change 'CMD ["bash"]' "$scratch/root.tar" "$base_image"
}

command -v docker >/dev/null 2>&1 || {
  need_debian_root 'Docker'
  say 'installing docker.io'
  install_packages docker.io iptables
}
start_daemon
install_compose
provide_base_image
say "ready: engine $(docker version --format '{{.Server.Version}}'), Compose $(docker compose version --short), $base_image"
