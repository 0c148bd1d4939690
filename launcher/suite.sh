# shellcheck shell=sh
# shellcheck disable=SC2034 # settings that other files read
# `test`: the whole suite, group by group, and the truth about what ran. `unit` is every module but system-tests; the
# other groups are JUnit tags in system-tests, each run against the packaged services, save three: `unprivileged`, which has
# the runner's tests of execution once more as another user than root; and of the engine `fuzz`, and `roundtrip`, which
# `unit` runs with few seeds and which runs by itself only if named.

GROUPS_THERE='unit unprivileged fuzz access hostile-http system launcher crash containers'
GROUPS_TO_NAME='roundtrip'
OF_EXECUTION='process sandbox workspace workspace/commit workspace/fs queue git reads'
OF_OTHERS='runner/api runner/bootstrap runner/journal runner/logs engine/format'
ROUND_TRIPS=RoundTripTest,DamagedRoundTripTest,HostileJsonTest,CommandFormsTest
readonly GROUPS_THERE GROUPS_TO_NAME OF_EXECUTION OF_OTHERS ROUND_TRIPS

# suite [GROUP] [--long] [--without GROUP]… [--kills N] [--list-points] [--seeds N]
suite() {
  take_suite_arguments "$@"
  # The suite must not find the settings, and with them the state, of a system that is in use.
  for variable in $(env | sed -n 's/^\(\(FERRY\|QUARKUS\)_[A-Z0-9_]*\)=.*/\1/p'); do
    unset "$variable"
  done
  FERRY_SANDBOX=full
  MAY_INSTALL=yes
  WANTED='runner webhook'
  require_tools
  find_jdk
  [ "$LIST_POINTS" = no ] || list_points
  mkdir -p -- "$ROOT/target"
  passed=0 failed=0 skipped=0 complete=yes
  SUMMARY=
  for group in $CHOSEN; do
    run_if_possible "$group"
  done
  conclude
}

take_suite_arguments() {
  CHOSEN=
  LEFT_OUT=
  LONG=no
  KILLS=
  SEEDS=
  LIST_POINTS=no
  while [ $# -gt 0 ]; do
    case $1 in
      --long) LONG=yes ;;
      --list-points) LIST_POINTS=yes ;;
      --kills)
        [ $# -gt 1 ] || misuse '--kills needs a number'
        shift
        require_number "$1" kills
        KILLS=$1
        ;;
      --seeds)
        [ $# -gt 1 ] || misuse '--seeds needs a number'
        shift
        require_number "$1" seeds
        SEEDS=$1
        ;;
      --without)
        [ $# -gt 1 ] || misuse '--without needs a GROUP'
        shift
        require_group "$1"
        LEFT_OUT="$LEFT_OUT $1"
        ;;
      *)
        require_group "$1"
        CHOSEN="$CHOSEN $1"
        ;;
    esac
    shift
  done
  # A group that is named runs with its long tests; after all groups, the long ones of all of them are a group.
  EXCLUDED=long
  if [ -n "$CHOSEN" ]; then
    [ "$LONG" = no ] || EXCLUDED=none
  else
    CHOSEN=$GROUPS_THERE
    [ "$LONG" = no ] || CHOSEN="$CHOSEN long"
  fi
}

# require_number TEXT WHAT
require_number() {
  case $1 in
    '' | *[!0-9]* | ???????*) misuse "'$1' is no number of $2" ;;
  esac
}

# list_points: the boundaries at which the group crash kills, one line each; the end of the launcher.
list_points() {
  (build_if_stale) || exit 1
  exec "$JAVA_HOME/bin/java" -cp "$ROOT/runner-service/target/quarkus-app/lib/main/*" \
    dev.patchferry.foundation.crash.PointList
}

require_group() {
  case " $GROUPS_THERE $GROUPS_TO_NAME " in
    *" $1 "*) ;;
    *) misuse "there is no test group '$1'; there are: $GROUPS_THERE $GROUPS_TO_NAME" ;;
  esac
}

is_left_out() {
  case " $LEFT_OUT " in
    *" $1 "*) return 0 ;;
  esac
  return 1
}

run_if_possible() {
  if is_left_out "$1"; then
    summarise "$1" "did not run: left out by --without $1"
    return
  fi
  if obstacle=$(obstacle_to "$1"); then
    summarise "$1" "did not run: $obstacle"
    [ "${CI:-}" != true ] || ! is_needed "$1" || complete=no
    return
  fi
  say "test group $1"
  SUITE_LOG=$ROOT/target/ferry-test-$1.log
  SUITE_BEGAN=$ROOT/target/ferry-test-$1.began
  began=$(monotonic)
  : >"$SUITE_BEGAN"
  broken=no
  run_group "$1" || broken=yes
  count "$1" $(($(monotonic) - began))
}

# obstacle_to GROUP: why it cannot run here; fails if it can.
obstacle_to() {
  case $1 in
    containers)
      if ! command -v docker >/dev/null 2>&1; then
        printf 'there is no docker command\n'
      elif ! docker info >/dev/null 2>&1; then
        printf 'no Docker daemon answers (docker info)\n'
      elif ! docker compose version >/dev/null 2>&1; then
        printf 'Docker has no Compose v2 (docker compose version)\n'
      else
        return 1
      fi
      ;;
    unprivileged)
      if [ "$(id -u)" -ne 0 ]; then
        printf 'not needed, for the whole suite runs without privilege\n'
      elif ! unshare --mount true 2>/dev/null; then
        printf 'nothing can be mounted here to show another user the checkout (unshare --mount)\n'
      else
        return 1
      fi
      ;;
    *) return 1 ;;
  esac
}

# is_needed GROUP: fails for one that would show nothing new here.
is_needed() {
  [ "$1" != unprivileged ] || [ "$(id -u)" -eq 0 ]
}

# run_group GROUP: fails if the build broke; failing tests are read from the reports.
run_group() {
  case $1 in
    unit) run_unit ;;
    unprivileged) run_unprivileged ;;
    fuzz) run_fuzz ;;
    roundtrip)
      [ "$EXCLUDED" = long ] && seeds=1000 || seeds=100000
      run_tests_of patch-engine "$ROUND_TRIPS" "-Dferry.roundtrip.seeds=${SEEDS:-$seeds}"
      ;;
    *)
      (build_if_stale) || return 1
      [ "$1" = long ] && excluded=none || excluded=$EXCLUDED
      maven cat "$SUITE_LOG" -pl system-tests test -Dmaven.test.failure.ignore=true \
        "-Dsystem.groups=$1" "-Dsystem.excluded=$excluded" ${KILLS:+"-Dferry.crash.kills=$KILLS"}
      ;;
  esac
}

# long_attacks: what makes the attacks on the sandbox and on a patch's layers long ones: rounds instead of 20, and how deep
# the folders are that a patch leaves behind.
long_attacks() {
  [ "$LONG" = no ] || printf '%s\n' -Dferry.attack.rounds=200 -Dferry.tree.depth=20000
}

run_unit() {
  exec 7>>"$ROOT/target/ferry-build.lock"
  flock 7
  rm -f -- "$STAMP"
  built=yes
  # shellcheck disable=SC2046
  maven cat "$SUITE_LOG" verify -T 2 -Dmaven.test.failure.ignore=true $(long_attacks) && stamp || built=no
  exec 7>&-
  [ "$built" = yes ]
}

# run_tests_of MODULE TESTS [OPTION…]
run_tests_of() {
  module=$1
  tests=$2
  shift 2
  maven cat "$SUITE_LOG" -pl "$module" -am test -Dferry.quick -Dmaven.test.failure.ignore=true \
    -Dsurefire.failIfNoSpecifiedTests=false "-Dtest=$tests" "$@"
}

# run_unprivileged: in a JVM of a user without any privilege, what starts processes and changes files; of what neither knows
# nor asks who it is (the journal, HTTP, logs) only the cases of the table in docs/security-model.md.
run_unprivileged() {
  tests=
  for package in $OF_EXECUTION; do
    tests="$tests,dev/patchferry/runner/$package/*Test"
  done
  for package in $OF_OTHERS; do
    tests="$tests,dev/patchferry/$package/*Test#P*+S*+X*+Y*"
  done
  # shellcheck disable=SC2046
  FERRY_TEST_JDK=$JAVA_HOME FERRY_TEST_PLACES=$(printf '%s\n' "$ROOT" "$JAVA_HOME" "$(maven_repository)") \
    run_tests_of runner-service "${tests#,}" -Dsurefire.reportNameSuffix=unprivileged \
    "-Djvm=$ROOT/launcher/unprivileged/bin/java" $(long_attacks)
}

# maven_repository: where its libraries are. Java's idea of home is the user's own, whatever HOME says.
maven_repository() {
  for option in ${MAVEN_OPTS:-} ${MAVEN_ARGS:-}; do
    case $option in
      -Dmaven.repo.local=*) printf '%s\n' "${option#*=}" && return ;;
    esac
  done
  home=$(getent passwd "$(id -u)" | cut -d : -f 6)
  printf '%s\n' "${home:-$HOME}/.m2/repository"
}

# run_fuzz: Jazzer fuzzes one method in one process, so each class gets one, two at a time; 30 s in all, or an hour. With
# all of the JVM's compilers, since it calls the same code as often as it can, and on the thread that Jazzer knows.
run_fuzz() {
  [ "$EXCLUDED" = long ] && method=briefly || method=atLength
  JAZZER_FUZZ=1 run_tests_of patch-engine "*FuzzTest#$method" -DforkCount=2 -DreuseForks=false -Dtest.jvm= \
    -Djunit.jupiter.execution.parallel.enabled=false
}

# modules_of GROUP: a pattern for the names of those whose tests it runs.
modules_of() {
  case $1 in
    unit | unprivileged) printf '*\n' ;;
    fuzz | roundtrip) printf 'patch-engine\n' ;;
    *) printf 'system-tests\n' ;;
  esac
}

# count GROUP SECONDS: adds up the reports that were written since the group began.
count() {
  # shellcheck disable=SC2046
  sums=$(find "$ROOT"/$(modules_of "$1")/target/surefire-reports -name 'TEST-*.xml' -newer "$SUITE_BEGAN" \
    -exec awk -f "$ROOT/launcher/reports.awk" /dev/null {} + 2>/dev/null) || :
  # shellcheck disable=SC2046
  set -- "$1" "$2" $(printf '%s\n' "${sums:-0 0 0}" | head -n 1)
  note=
  if [ "$broken" = yes ]; then
    note='; the build broke, see above'
  elif [ $(($3 + $4)) -eq 0 ]; then
    note='; not one test ran'
  fi
  [ -z "$note" ] || [ "$1" = long ] || set -- "$1" "$2" "$3" $(($4 + 1)) "$5"
  passed=$((passed + $3)) failed=$((failed + $4)) skipped=$((skipped + $5))
  summarise "$1" "$3 passed, $4 failed, $5 skipped in $2 s$note"
  SUMMARY=$SUMMARY$(printf '%s\n' "$sums" | sed 1d; printf x)
  SUMMARY=${SUMMARY%x}
}

summarise() {
  SUMMARY="$SUMMARY$(printf '  %-12s %s' "$1" "$2")
"
}

conclude() {
  [ "$LONG" = yes ] || [ "$CHOSEN" != "$GROUPS_THERE" ] || summarise long 'did not run: not asked for (--long)'
  [ "$complete" = yes ] || summarise '' 'CI=true: a group that did not run is a failure unless --without names it'
  printf '\nTest groups:\n%s\n%s passed, %s failed, %s skipped\n' "$SUMMARY" "$passed" "$failed" "$skipped"
  [ "$failed" -eq 0 ] && [ "$complete" = yes ] || exit 1
}
