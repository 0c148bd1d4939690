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
     * <p>Where the command changed nothing in HOME, and so nothing of it is kept, that overlay is left as it is.
     *
     * <p>No end of a pipe is opened by a process that would have to wait for the other end: the runner holds the output's before,
     * and both ends of the command's are opened here. Whatever is killed when, nobody is left behind waiting.
     */
    static final String CONFINED = """
            run=$1 groups=$2; shift 2
            exec 8>"$run/pipe"
            exec 9<>"$run/command" 5<"$run/command" 6>"$run/command" 9>&-
            mount --bind --make-shared "$run/views" "$run/views" || exit 125
            (
              while [ "$groups" -gt 0 ]; do echo 0 >"$1" || exit 125; shift; groups=$((groups - 1)); done
              %s
              exec "$@" 3>&1 4>"$run/report" 6<"$run/options" >&8 2>&1 8>&-
            ) </dev/null &
            confined=$!
            exec 5<&- 8>&- >&2
            trap '' PIPE
            read -r go || exit 125
            . "$run/task"
            exec </dev/null
            mounted=
            if LC_ALL=C mount -n -i -a -T "$run/mounts"; then
              %s
              mounted=yes
            fi
            exec 6>&-
            wait "$confined"
            code=$?
            seal() {
              tries=40
              until LC_ALL=C mount -n -i -t overlay -o remount,ro overlay "$run/views/$1" 2>/dev/null; do
                tries=$((tries - 1))
                [ "$tries" -gt 0 ] || return 1
                sleep 0.025
              done
              echo "$1" >>"$run/sealed"
            }
            is_empty() {
              for entry in "$1"/* "$1"/.[!.]* "$1"/..?*; do
                if [ -e "$entry" ] || [ -L "$entry" ]; then return 1; fi
              done
            }
            if [ "$mounted" ]; then
              is_empty "$home" || seal home &
              seal workspace
              wait
            fi
            exit "$code"
            """.formatted(FIRST_TO_GO, HAND_IN);

    /** What the command left running in a session of its own is not found. */
    static final String ALONE = """
            run=$1; shift
            . "$run/task"
            exec 8>"$run/pipe"
            exec 9<>"$run/command" 5<"$run/command" 6>"$run/command" 9>&-
            (
              %s
              exec setsid "$@" 4>"$run/report" >&8 2>&1 6>&- 8>&-
            ) &
            session=$!
            exec 5<&- 8>&-
            trap '' PIPE
            %s
            exec 6>&-
            wait "$session"
            code=$?
            kill -KILL "-$session" 2>/dev/null
            exit "$code"
            """.formatted(FIRST_TO_GO, HAND_IN);

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
     * before there is a command, so that no command waits for that. Its programs are the system's, whatever PATH the owner gives:
     * a folder of the workspace may be in it.
     */
    static final String FIRST = """
            trap : TERM
            exec 7>&2 2>/dev/null
            command -p setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all /bin/sh -c "$@" 2>&7 7>&-
            code=$?
            left=0
            for process in /proc/[0-9]*; do
              case ${process#/proc/} in
                1) ;;
                *) if [ -e "$process/exe" ]; then left=$((left + 1)); fi ;;
              esac
            done
            echo "$left" >&4
            [ "$code" = 0 ] || command -p stat -f -c '%a %b' /tmp /dev/shm >&4
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

    /**
     * Makes the machine's devices read-only for whatever follows, which then cannot change their permissions or times as
     * their owner, root; what is written to them is not concerned.
     */
    static final String GUARD_DEVICES = """
            mount -n -o rbind,ro /dev /dev && exec "$@"
            """;

    /** Opens a file for whatever follows. */
    static final String OPEN = """
            exec 9<"$1"; shift
            exec "$@"
            """;

    private ShellPrograms() {}
}
