# shellcheck shell=sh
# shellcheck disable=SC2034 # settings that other files read
# Building the services, if and only if what is there was not built from what is there. The stamp holds the digest of
# everything that decides the result (poms, main sources, Maven's settings) and of the result itself; a fresh build
# calls no Maven, an unfinished or foreign one is not taken for fresh.

STAMP=$ROOT/target/ferry-build.stamp
BUILD_LOG=$ROOT/target/ferry-build.log
readonly STAMP BUILD_LOG

build_if_stale() {
  ! is_fresh || return 0
  { mkdir -p -- "$ROOT/target" && [ -w "$ROOT/target" ]; } 2>/dev/null \
    || fail "$EX_CANNOT_CREATE" "a build is needed and $ROOT/target is not writable for $(id -un 2>/dev/null || id -u)."
  exec 7>>"$ROOT/target/ferry-build.lock"
  if ! flock -n 7; then
    say 'another build runs in this checkout; waiting for it'
    flock 7
  fi
  is_fresh || build
  exec 7>&-
}

is_fresh() {
  [ -f "$STAMP" ] && [ "$(digests)" = "$(cat -- "$STAMP")" ]
}

# digests: one of what goes in, one of what came out.
digests() (
  cd -- "$ROOT" || exit 1
  modules=$(sed -n 's:.*<module>\(.*\)</module>.*:\1:p' pom.xml)
  for module in $modules; do
    set -- "$@" "$module/pom.xml" "$module/src/main"
  done
  digest pom.xml .mvn "$@"
  app=target/quarkus-app
  digest "webhook-service/$app/quarkus-run.jar" "webhook-service/$app/app" "webhook-service/$app/lib/main" \
    "runner-service/$app/quarkus-run.jar" "runner-service/$app/app" "runner-service/$app/lib/main"
)

digest() {
  find "$@" -type f -exec sha256sum {} + 2>/dev/null | LC_ALL=C sort | sha256sum
}

build() {
  say 'building the services (the first time this fetches some 200 MB of libraries)'
  rm -f -- "$STAMP"
  maven build_progress "$BUILD_LOG" -pl webhook-service,runner-service -am package \
    -Dferry.quick -Dmaven.test.skip=true || explain_failure "$BUILD_LOG"
  stamp
}

stamp() {
  digests >"$STAMP.new" && mv -f -- "$STAMP.new" "$STAMP"
}

# maven SHOW LOG ARGUMENT…: runs the wrapper, up to three times while only the network is to blame. SHOW is a filter
# for the terminal.
maven() {
  show=$1
  log=$2
  shift 2
  for pause in 2 5 none; do
    run_maven "$@" && return 0
    is_network_failure "$log" && [ "$pause" != none ] || return 1
    say "could not reach $(unreachable_host "$log"); trying again in $pause s"
    sleep "$pause"
    # Maven remembers what it failed to fetch; ask again all the same.
    [ "$pause" != 2 ] || set -- -U "$@"
  done
}

run_maven() {
  {
    (cd -- "$ROOT" && exec ./mvnw -B "$@") </dev/null 2>&1 7>&- 8>&- 9>&- || printf 'ferry: exit %s\n' "$?"
  } | tee -- "$log" | "$show"
  ! tail -n 1 -- "$log" | grep -q '^ferry: exit '
}

# build_progress: a line per module and per hundred fetched files, out of everything that Maven says.
build_progress() (
  fetched=0
  while IFS= read -r line; do
    case $line in
      *'Downloaded from '*)
        fetched=$((fetched + 1))
        [ $((fetched % 100)) -ne 0 ] || say "  fetched $fetched files"
        ;;
      *'Building Patch Ferry: '*) say "  ${line#*Building Patch Ferry: }" ;;
    esac
  done
)

# As Maven and its wrapper report it; a test's own ConnectException is none of ours.
NETWORK_FAILURE='^\[(ERROR|FATAL)\].*(Could not transfer|transfer failed|Unknown host)'
NETWORK_FAILURE="$NETWORK_FAILURE|^(curl|wget): Failed to fetch|^Exception in thread \"main\" java\.net\."
readonly NETWORK_FAILURE

is_network_failure() {
  grep -Eq "$NETWORK_FAILURE" -- "$1"
}

# unreachable_host LOG: as Maven or its wrapper names it.
unreachable_host() {
  grep -E "$NETWORK_FAILURE" -- "$1" | grep -Eo 'https?://[^]/ )"]+' | sed 's:.*//::; s:.*@::; q' | grep . \
    || printf 'the package registry\n'
}

# explain_failure LOG: what went wrong, in Maven's own words, and the end of the launcher.
explain_failure() {
  if is_network_failure "$1"; then
    say "$(grep -E "$NETWORK_FAILURE" -- "$1" | sed 's/^\[[A-Z]*\] *//; q' | cut -c 1-400)"
    fail "$EX_UNAVAILABLE" "could not reach $(unreachable_host "$1"), tried three times. Check the network and its name service, and the proxy and mirror in ~/.m2/settings.xml, MAVEN_OPTS and MVNW_REPOURL. Maven's whole output: $1"
  fi
  grep -E '^\[ERROR\]|^Error|^[A-Z_]+ .*not ' -- "$1" | grep -Ev '^\[ERROR\] *$|Help 1|re-run Maven|full stack trace' \
    | head -n 40 >&2 || tail -n 20 -- "$1" >&2
  fail 1 "the build failed. Maven's whole output: $1"
}

# plan FILE…: one line of JSON each; relative paths are the caller's.
plan() {
  [ $# -gt 0 ] || misuse 'plan needs at least one FILE'
  answer PlanCommand "$@"
}

# policy check FILE…: the same about the rule that decides.
policy() {
  [ "${1:-}" = check ] || misuse "policy can only 'check'"
  shift
  [ $# -gt 0 ] || misuse 'policy check needs at least one FILE'
  answer PolicyCommand "$@"
}

# answer CLASS ARGUMENT…: a command of the runner's that starts no service, instead of this one. How its settings are read
# is generated when it is built, and uses what Quarkus keeps in lib/boot, whose log manager wants to be named.
answer() {
  MAY_INSTALL=yes
  WANTED=
  refuse_unknown_settings
  load_settings
  require_tools
  find_jdk
  build_if_stale
  app=$ROOT/runner-service/target/quarkus-app
  class=dev.patchferry.runner.cli.$1
  shift
  exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -Djava.util.logging.manager=org.jboss.logmanager.LogManager \
    -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*:$app/quarkus/generated-bytecode.jar" "$class" "$@"
}

# token ACTION…: who may use the webhook, in a file of FERRY_HOME. The running webhook notices.
token() {
  MAY_INSTALL=yes
  WANTED=
  refuse_unknown_settings
  load_settings
  require_tools
  find_jdk
  build_if_stale
  app=$ROOT/webhook-service/target/quarkus-app
  exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
    -cp "$app/app/*:$app/lib/main/*" dev.patchferry.webhook.auth.TokenCommand "$@"
}
