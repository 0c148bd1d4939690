# shellcheck shell=bash
# shellcheck disable=SC2034 # settings that the benchmarks use
# What every benchmark needs: the packaged services on free ports with a state of their own, wrk as the driver, a few
# figures out of many. Everything that is started ends, and everything that is written is gone, when the script ends.

ROOT=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
for part in speech packages jdk build supervise; do
  # shellcheck source=/dev/null
  . "$ROOT/launcher/$part.sh"
done
# Figures and percentages are read by awk and by sort.
export LC_ALL=C.UTF-8 LC_NUMERIC=C

STARTED=()
declare -A PID URL

# need PROGRAM PACKAGE
need() {
  command -v "$1" >/dev/null || fail "$EX_UNAVAILABLE" "$1 is missing; install the package $2 (apt-get install $2)"
}

# prepare: a folder on the checkout's disk (a benchmark in a tmpfs would not pay for fsync) or in BENCH_FOLDER, tokens, a current
# build.
prepare() {
  need curl curl
  need wrk wrk
  mkdir -p -- "$ROOT/target"
  WORK=$(mktemp -d -- "${BENCH_FOLDER:-$ROOT/target}/bench.XXXXXX")
  trap clean_up EXIT
  trap 'exit 130' INT TERM HUP
  MAY_INSTALL=no
  WANTED='runner webhook'
  find_jdk
  build_if_stale
  for setting in $(env | sed -n 's/^\(\(FERRY\|QUARKUS\)_[A-Z0-9_]*\)=.*/\1/p'); do
    unset "$setting"
  done
  export FERRY_SUBMIT_TOKEN=bench-submit-token FERRY_OPERATOR_TOKEN=bench-operator-token
  export FERRY_RUNNER_TOKEN=bench-runner-token FERRY_RATE_LIMIT=off
  printf '%s, %s, %s CPUs, %s, JDK %s, build of %s\n\n' "$(date -u +%F)" "$(uname -sr)" "$(nproc)" \
    "$(stat -f -c %T -- "$WORK")" "$(jdk_version "$JAVA_HOME")" "$(git -C "$ROOT" describe --always --dirty 2>/dev/null || printf '?')"
}

clean_up() {
  for name in "${STARTED[@]}"; do
    halt_service "$name"
  done
  rm -rf -- "$WORK"
}

# free_port: below the range that the kernel takes outgoing connections' ports from.
free_port() {
  local port
  for ((;;)); do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
  done
  printf '%s\n' "$port"
}

# launch NAME SERVICE [VARIABLE=VALUE…]: starts it and remembers PID[NAME] and URL[NAME]; it may not be ready yet. CHECKOUT:
# whose build it is, of this one otherwise.
launch() {
  local name=$1 service=$2 checkout=${CHECKOUT:-$ROOT} port options
  shift 2
  port=$(free_port)
  URL[$name]=http://127.0.0.1:$port
  mkdir -p -- "$WORK/$name"
  # shellcheck disable=SC2016 # it is that shell that expands them
  read -ra options < <(bash -c '. "$1" && java_options' bash "$checkout/launcher/supervise.sh")
  env FERRY_HOME="$WORK/$name" FERRY_WEBHOOK_PORT="$port" FERRY_RUNNER_PORT="$port" "$@" \
    "$JAVA_HOME/bin/java" "${options[@]}" -jar "$checkout/$service-service/target/quarkus-app/quarkus-run.jar" \
    >"$WORK/$name.log" 2>&1 </dev/null &
  PID[$name]=$!
  STARTED+=("$name")
}

# await_ready NAME
await_ready() {
  local patience=$((SECONDS + 60))
  until curl -s -f -o /dev/null -m 2 --noproxy '*' "${URL[$1]}/q/health/ready"; do
    kill -0 "${PID[$1]}" 2>/dev/null || { tail -n 20 -- "$WORK/$1.log" >&2; fail 1 "$1 has died"; }
    [ "$SECONDS" -lt "$patience" ] || { tail -n 20 -- "$WORK/$1.log" >&2; fail 1 "$1 is not ready after 60 s"; }
    sleep 0.01
  done
}

# start NAME SERVICE [VARIABLE=VALUE…]: ready when this returns.
start() {
  launch "$@"
  await_ready "$1"
}

halt_service() {
  [ -n "${PID[$1]:-}" ] || return 0
  kill "${PID[$1]}" 2>/dev/null || :
  wait "${PID[$1]}" 2>/dev/null || :
  PID[$1]=
}

# drive NAME PATH KIND PREFIX OPTION…: lets wrk send requests and prints its figures as NAME=VALUE words: requests, errors
# (answers above 399), broken (no answer), rate (per second), p50 p90 p99 (milliseconds). PAUSE: so many milliseconds
# between an answer and the next request.
drive() {
  local name=$1 path=$2 kind=$3 prefix=$4
  shift 4
  wrk --script "$ROOT/bench/requests.lua" "$@" "${URL[$name]}$path" -- "$kind" "$prefix" ${PAUSE:+"$PAUSE"} \
    2>"$WORK/wrk.err" | sed -n 's/^figures //p' | grep . || { cat -- "$WORK/wrk.err" >&2; fail 1 "wrk told nothing about $name$path"; }
}

# figure NAME WORDS: one value out of what drive printed.
figure() {
  [[ " $2 " =~ \ $1=([^ ]*)\  ]] && printf '%s\n' "${BASH_REMATCH[1]}"
}

# require_all_well WORDS: as drive printed them.
require_all_well() {
  case " $1 " in
    *' errors=0 broken=0 '*) ;;
    *) fail 1 "not all requests went well: $1" ;;
  esac
}

# median: of the numbers on stdin.
median() {
  percentile 50
}

# percentile P: of the numbers on stdin, one per line.
percentile() {
  sort -n | awk -v p="$1" '{ v[NR] = $1 } END { i = int((NR * p + 99) / 100); print v[i < 1 ? 1 : i] }'
}

# ratio A B [DECIMALS]
ratio() {
  awk -v a="$1" -v b="$2" -v d="${3:-2}" 'BEGIN { printf "%.*f\n", d, a / b }'
}

# memory_of NAME: what of it is in memory, in MiB.
memory_of() {
  awk '$1 == "VmRSS:" { printf "%d\n", $2 / 1024 }' "/proc/${PID[$1]}/status"
}

# bare TIMES: the cost of one empty sandbox over an overlay, in milliseconds, a number of times: the command line that
# every command needs anyway, with nothing around it.
bare() {
  local times=$1 spaces='--mount --propagation private' writable='' i begin end
  mkdir -p -- "$WORK/lower" "$WORK/upper" "$WORK/work" "$WORK/merged"
  if [ "$(id -u)" -ne 0 ]; then
    spaces='--user --map-root-user --mount'
    writable=,userxattr
  fi
  for ((i = 0; i < times; i++)); do
    begin=$EPOCHREALTIME
    # shellcheck disable=SC2016,SC2086
    unshare $spaces sh -c 'mount -t overlay overlay -o "lowerdir=$1,upperdir=$2,workdir=$3$5" "$4" \
        && exec bwrap --ro-bind / / --dev /dev --proc /proc --tmpfs /tmp --bind "$4" "$1" --unshare-pid --unshare-net \
        --unshare-ipc --new-session --die-with-parent --chdir "$1" sh -c true' \
      sh "$WORK/lower" "$WORK/upper" "$WORK/work" "$WORK/merged" "$writable"
    end=$EPOCHREALTIME
    printf '%s\n' $((${end/./} - ${begin/./}))
  done | awk '{ print $1 / 1000 }'
}
