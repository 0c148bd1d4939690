package dev.patchferry.runner.sandbox;

/**
 * The texts of the shell programs around a command. No value is ever part of them: values are arguments, variables of the
 * environment, or words of the task, each of which {@link ShellWords} quotes whole.
 */
final class ShellPrograms {
    /** Where memory runs out the kernel ends a command before anything else, the services least of all. */
    private static final String FIRST_TO_GO = "echo 1000 2>/dev/null >/proc/self/oom_score_adj";

    /** Hands the command in the variable of that name to the inner shell. */
    private static final String HAND_IN = "printf '%s\\n' \"$command\" 2>/dev/null >&6";

    /**
     * Sets up ahead everything around a command, down to the shell that will run it, waits for a line, and does the task in
     * the run's folder. Arguments: that folder, the number of control groups, their doors, the confining program with its
     * arguments.
     *
     * <p>In place of the workspace, and of HOME, the inside has an empty folder whose mounts it shares: what is mounted on it
     * here, when the command comes, is mounted there, too, by the kernel, and hides the empty folder for good.
     *
     * <p>When the last process inside has ended, the overlay is made read-only for whoever still holds something of it. The kernel
     * refuses that while any file of it is open for writing: then somebody outside was given a descriptor. A while is
     * allowed, since descriptors that were on their way through a socket are closed a little later. The overlay is
     * {@code volatile} since the commit itself sees to what is on disk; else making it read-only would wait for the disk.
     *
     * <p>Both ends of each pipe are opened here, by one process that can wait for neither: whatever is killed when, nobody
     * is left behind waiting for the other side.
     */
    static final String CONFINED = """
            run=$1 groups=$2; shift 2
            exec 9<>"$run/pipe" 7<"$run/pipe" 8>"$run/pipe" 9>&-
            exec 9<>"$run/command" 5<"$run/command" 6>"$run/command" 9>&-
            mount --bind --make-shared "$run/views" "$run/views" || exit 125
            (
              while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
              %s
              exec "$@" 3>&1 4>"$run/report" 6<"$run/options" >&8 2>&1 7<&- 8>&-
            ) </dev/null &
            confined=$!
            exec 5<&- >&2
            trap '' PIPE
            read -r go || exit 125
            . "$run/task"
            exec </dev/null
            %s
            tries=0
            if LC_ALL=C mount -n -i -a -T "$run/mounts"; then
              %s
              tries=40
            fi
            exec 6>&-
            wait "$confined"
            code=$?
            exec 7<&- 8>&-
            read_only() {
              LC_ALL=C mount -n -i -t overlay -o remount,ro overlay "$run/views/workspace" 2>/dev/null &
              workspace=$!
              LC_ALL=C mount -n -i -t overlay -o remount,ro overlay "$run/views/home" 2>/dev/null
              home=$?
              wait "$workspace" && [ "$home" = 0 ]
            }
            while [ "$tries" -gt 0 ]; do
              if read_only; then
                echo sealed >"$run/sealed"
                break
              fi
              tries=$((tries - 1))
              sleep 0.025
            done
            wait
            exit "$code"
            """.formatted(FIRST_TO_GO, copier("6>&-"), HAND_IN);

    /** Whoever the command left holds the pipe, and would keep the copier waiting; only its own session is found. */
    static final String ALONE = """
            run=$1; shift
            . "$run/task"
            exec 9<>"$run/pipe" 7<"$run/pipe" 8>"$run/pipe" 9>&-
            exec 9<>"$run/command" 5<"$run/command" 6>"$run/command" 9>&-
            %s
            (
              %s
              exec setsid "$@" 4>"$run/report" >&8 2>&1 6>&- 7<&- 8>&-
            ) &
            session=$!
            exec 5<&-
            trap '' PIPE
            %s
            exec 6>&-
            wait "$session"
            code=$?
            kill -KILL "-$session" 2>/dev/null
            exec 7<&- 8>&-
            wait
            exit "$code"
            """.formatted(copier("5<&- 6>&-"), FIRST_TO_GO, HAND_IN);

    /**
     * Takes the command, as one line in which {@link ShellWords#line} hid the line ends: without its end it was cut short. One
     * that begins with {@code #!} is a script for the program that it names there. Leaves as arguments what is to run.
     */
    private static final String TAKE = """
            unset command
            IFS= read -r command <&5 || exit 125
            exec 5<&-
            cd -- "$5" && unset OLDPWD || exit 125
            case $command in
              *\\\\*) command=$(printf '%b.' "$command"); command=${command%.} ;;
            esac
            echo begun >&4
            umask 022
            ulimit -c 0
            ulimit -f "$2"
            ulimit -d "$3"
            ulimit -u "$4" 2>/dev/null || ulimit -p "$4"
            script=
            case $command in
              '#!'*)
                script=$(mktemp /tmp/patch-command.XXXXXX) &&
                  printf '%s\\n' "$command" >"$script" && chmod 700 "$script" || exit 125
                set -- "$script" ;;
              *) set -- "$1" -c "$command" ;;
            esac
            """;

    /** Waits for the command and becomes the program that runs it. */
    static final String INNER = TAKE + """
            exec "$@" 4>&-
            """;

    /**
     * The first process of the namespace, around the inner program, which is its first argument. It keeps one capability, to be
     * able to take it from the command: who has fewer than another process can neither trace it nor write its memory. It takes it
     * before there is a command, so that no command waits for that.
     */
    static final String FIRST = """
            trap : TERM
            exec 7>&2 2>/dev/null
            setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all /bin/sh -c "$@" 2>&7 7>&-
            code=$?
            left=0
            for process in /proc/[0-9]*; do
              case ${process#/proc/} in
                1) ;;
                *) if [ -e "$process/exe" ]; then left=$((left + 1)); fi ;;
              esac
            done
            echo "$left" >&4
            [ "$code" = 0 ] || stat -f -c '%a %b' /tmp /dev/shm >&4
            exit "$code"
            """;

    /** The inner program where no first process is around it. What the shell itself has to say of the command is no output. */
    static final String INNER_ALONE = TAKE + """
            trap : TERM
            exec 5>&2 2>/dev/null
            "$@" 2>&5 4>&- 5>&-
            code=$?
            if [ -n "$script" ]; then rm -f "$script"; fi
            exit "$code"
            """;

    /** Opens a file for whatever follows. */
    static final String OPEN = """
            exec 9<"$1"; shift
            exec "$@"
            """;

    private ShellPrograms() {}

    /**
     * Writes what it reads at once, so that the log can be followed, and no further than the log may grow; the rest is
     * counted, but for what {@code cat} had read when it came to the end.
     */
    private static String copier(String closed) {
        return """
                { ulimit -f "$blocks"; LC_ALL=C cat || wc -c >"$run/dropped"; } <&7 7<&- 8>&- %s >>"$log" &""".formatted(closed);
    }
}
