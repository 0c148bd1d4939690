package dev.patchferry.runner.sandbox;

/**
 * The texts of the shell programs around a command. No value is ever part of them: values are arguments, variables of the
 * environment, or words of the task, each of which {@link ShellWords} quotes whole.
 */
final class ShellPrograms {
    /**
     * Sets up ahead what any command needs, waits for a line, and does the task in the run's folder. Arguments: that folder,
     * the number of control groups, their doors, the confining program with its arguments; its options come when the
     * workspace is mounted, through {@code options}, so that the program waits there, too.
     *
     * <p>Both ends of each pipe are opened here, by one process that can wait for neither: whatever is killed when, nobody
     * is left behind waiting for the other side.
     */
    static final String CONFINED = """
            run=$1 groups=$2; shift 2
            exec 9<>"$run/pipe" 7<"$run/pipe" 8>"$run/pipe" 9>&-
            exec 9<>"$run/options" 5<"$run/options" 6>"$run/options" 9>&-
            (
              while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
              exec "$@" 3>"$run/begun" 4>"$run/left" >&8 2>&1 6>&- 7<&- 8>&-
            ) </dev/null &
            confined=$!
            exec 5<&-
            trap '' PIPE
            read -r go || exit 125
            . "$run/task"
            exec </dev/null
            mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work,userxattr" "$lower" || exit 125
            %s
            printf '%%s\\0' "$@" 2>/dev/null >&6
            exec 6>&-
            wait "$confined"
            code=$?
            exec 7<&- 8>&-
            wait
            exit "$code"
            """.formatted(copier("6>&-"));

    /** Whoever the command left holds the pipe, and would keep the copier waiting; only its own session is found. */
    static final String ALONE = """
            run=$1; shift
            . "$run/task"
            exec 9<>"$run/pipe" 7<"$run/pipe" 8>"$run/pipe" 9>&-
            %s
            setsid "$@" 3>"$run/begun" 4>"$run/left" >&8 2>&1 7<&- 8>&- &
            session=$!
            wait "$session"
            code=$?
            kill -KILL "-$session" 2>/dev/null
            exec 7<&- 8>&-
            wait
            exit "$code"
            """.formatted(copier(""));

    /**
     * What the inner shell itself has to say of the command, as "Terminated", is none of the command's output. The mark comes
     * last of all options: without it they were cut short, and so may be the command.
     */
    static final String INNER = """
            [ "$PATCH_COMPLETE" = yes ] || exit 125
            command=$PATCH_COMMAND
            unset PATCH_COMMAND PATCH_COMPLETE
            echo begun >&3; exec 3>&-
            ulimit -c 0
            ulimit -f "$2"
            ulimit -d "$3"
            ulimit -u "$4" 2>/dev/null || ulimit -p "$4"
            trap : TERM
            exec 5>&2 2>/dev/null
            "$1" -c "$command" 2>&5 4>&- 5>&-
            code=$?
            if [ "$PPID" = 1 ]; then
              left=0
              for process in /proc/[0-9]*; do
                case ${process#/proc/} in
                  1 | "$$") ;;
                  *) if [ -e "$process/exe" ]; then left=$((left + 1)); fi ;;
                esac
              done
              echo "$left" >&4
            fi
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
                { ulimit -f "$blocks"; cat || wc -c >"$run/dropped"; } <&7 7<&- 8>&- %s >>"$log" &""".formatted(closed);
    }
}
