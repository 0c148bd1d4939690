package dev.patchferry.runner.sandbox;

/** The texts of the shell programs around a command. No value is ever part of them; all are arguments. */
final class ShellPrograms {
    /**
     * Both ends of the pipe are opened here, by one process that can wait for neither: whatever is killed when, nobody is
     * left behind waiting for the other side. The copier writes what it reads at once, so that the log can be followed.
     */
    static final String OUTER = """
            pipe=$1 log=$2 dropped=$3 most=$4 begun=$5 left=$6; shift 6
            %s
            exec 9<>"$pipe" 7<"$pipe" 8>"$pipe" 9>&-
            at_once=; if command -v stdbuf >/dev/null; then at_once='stdbuf -o0'; fi
            { $at_once head -c "$most"; wc -c >"$dropped"; } <&7 7<&- 8>&- >>"$log" &
            %s
            exec 7<&- 8>&-
            wait
            exit "$code"
            """;

    static final String MOUNT = """
            lower=$1 upper=$2 work=$3; shift 3
            mount -t overlay overlay -o "lowerdir=$lower,upperdir=$upper,workdir=$work,userxattr" "$lower" || exit 125
            """;

    /** Bubblewrap ends everything with the command. */
    static final String CONFINED = """
            "$@" 3>"$begun" 4>"$left" >&8 2>&1 7<&- 8>&-
            code=$?
            """;

    /** Whoever the command left holds the pipe, and would keep the copier waiting; only its own session is found. */
    static final String ALONE = """
            setsid "$@" 3>"$begun" 4>"$left" >&8 2>&1 7<&- 8>&- &
            session=$!
            wait "$session"
            code=$?
            kill -KILL "-$session" 2>/dev/null
            """;

    /** What the inner shell itself has to say of the command, as "Terminated", is none of the command's output. */
    static final String INNER = """
            echo begun >&3; exec 3>&-
            ulimit -c 0
            ulimit -f "$3"
            ulimit -d "$4"
            ulimit -u "$5" 2>/dev/null || ulimit -p "$5"
            trap : TERM
            exec 5>&2 2>/dev/null
            "$2" -c "$1" 2>&5 4>&- 5>&-
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

    /** Has whatever follows live in control groups; given as how many, then their doors, then the rest. */
    static final String JOIN = """
            groups=$1; shift
            while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
            exec "$@"
            """;

    /** Opens a file for whatever follows. */
    static final String OPEN = """
            exec 9<"$1"; shift
            exec "$@"
            """;

    private ShellPrograms() {}
}
