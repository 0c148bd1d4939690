package dev.patchferry.runner.execution;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.Workspace;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Recognises, in what a failed step wrote, what a patch cannot have here, and says what to write instead. */
final class StepAdvice {
    /** How programs say EXDEV: node, Go, Rust, Python, Java and whatever prints the C library's text. */
    private static final Pattern RENAME = Pattern.compile("EXDEV: cross-device link not permitted|EXDEV\\b"
            + "|[Ii]nvalid cross-device link|[Cc]ross-device link|\\[Errno 18\\]|\\(os error 18\\)"
            + "|AtomicMoveNotSupportedException|CrossesDevices"
            // Files.move of Java, which then copies a file or an empty folder, and looks into any other to refuse it
            + "|\\bUnix(?:CopyFile|FileSystem)\\.ensureEmptyDir\\b");

    private static final Pattern LINK = Pattern.compile("hardlink different from source");
    /** pnpm wants to install anew where its store is not the one that was installed from. */
    private static final Pattern STORE =
            Pattern.compile("ERR_PNPM_UNEXPECTED_STORE|ERR_PNPM_ABORTED_REMOVE_MODULES_DIR(?:_NO_TTY)?");

    private static final Pattern CURL = Pattern.compile("\\bcurl\\s");
    private static final Pattern WGET = Pattern.compile("\\bwget\\s");
    /** What curl and wget end with where a name cannot be resolved, or the network fails. */
    private static final int CURL_NO_HOST = 6;

    private static final int WGET_NO_NETWORK = 4;

    private static final String NAME = "[^\\s'\":,;()<>]{1,253}";
    private static final String ELSEWHERE = "(?!['\"\\[]?(?:localhost|127\\.|::1|0\\.0\\.0\\.0))";

    /**
     * How programs say that no name can be resolved, or no address be reached: curl, git, ssh, wget, apt, npm, yarn, pnpm, pip,
     * cargo, go, Maven, Gradle, node, Python, Java, Ruby, Rust. A refused connection to this machine itself is none of these.
     */
    private static final Pattern NETWORK = Pattern.compile("[Cc]ould ?n[o']t resolve (?:host(?:name)?|proxy)(?:: | )?"
            + NAME
            + "|(?:Failed to fetch|Err:\\d|W: )[^\\n]{0,300}Could not resolve '" + NAME + "'"
            + "|[Tt]emporary failure (?:in name resolution|resolving)|Name or service not known"
            + "|[Nn]ame does not resolve|No address associated with hostname|nodename nor servname provided"
            + "|getaddrinfo (?:EAI_AGAIN|ENOTFOUND)(?: " + NAME + ")?|\\b(?:EAI_AGAIN|ENOTFOUND)\\b"
            + "|unable to resolve host address|bad address '" + NAME + "'"
            + "|UnknownHostException(?:: " + NAME + ")?|Unknown host " + NAME
            + "|dial \\w+: lookup " + ELSEWHERE + NAME + "|: no such host\\b"
            + "|failed to lookup address information|dns error\\b|failed to resolve address"
            + "|\\[Errno -[235]\\]"
            + "|[Nn]etwork is unreachable|\\bENETUNREACH\\b|[Nn]o route to host|\\bEHOSTUNREACH\\b"
            + "|NoRouteToHostException|Failed to connect to " + ELSEWHERE + NAME + " port"
            // All that pip says of it without retries.
            + "|satisfies the requirement [^\\n]{1,200}\\(from versions: none\\)"
            + "|trouble with your network connection|(?:FailedToOpenSocket|ConnectionRefused) downloading");

    private static final String INSTEAD =
            ": renaming a folder that was there before the patch, or anything from one file"
                    + " system to another, answers EXDEV in a patch's transaction. Use `mv OLD NEW`, or"
                    + " `cp -a OLD NEW && rm -rf OLD`; in place of `git mv OLD NEW`, `mv OLD NEW && git add -A OLD NEW`; in a"
                    + " program, copy and delete, or rename file by file";

    private static final String CLONE =
            ": while a patch runs, a file with several names becomes a file of its own when it is linked once more."
                    + " Clone a folder with `git clone --no-hardlinks`, or by a file:// address, as in"
                    + " `git -c protocol.file.allow=always submodule add file://$PWD/FOLDER`";

    private static final String STORE_ELSEWHERE =
            ": node_modules was installed from a store that commands do not see, as it lies in the home of whoever"
                    + " installed. Run scripts without installing (`pnpm run`), install anew with `CI=true pnpm install`"
                    + " where there is a network, or let the owner install with `store-dir` in .npmrc set to a folder of"
                    + " the workspace";

    private StepAdvice() {}

    /**
     * What to add to the reason of a failed step, to follow it in the sentence.
     *
     * @param output the end of what the step wrote
     * @param commandGrants what its command got
     */
    static Optional<String> about(String output, CommandGrants commandGrants, Workspace workspace) {
        Optional<String> known = explained(RENAME, output, INSTEAD)
                .or(() -> explained(LINK, output, CLONE))
                .or(() -> explained(STORE, output, STORE_ELSEWHERE));
        return known.isPresent() || commandGrants.hostNetwork()
                ? known
                : explained(NETWORK, output, ": " + noNetwork(workspace));
    }

    /**
     * The same for a command that was told to be quiet, as {@code curl -s} and {@code wget -q} are: by its exit code alone.
     */
    static Optional<String> aboutQuiet(String command, Exit exit, CommandGrants commandGrants, Workspace workspace) {
        boolean isCurl = exit.equals(new Exit.Ended(CURL_NO_HOST))
                && CURL.matcher(command).find();
        boolean isWget = exit.equals(new Exit.Ended(WGET_NO_NETWORK))
                && WGET.matcher(command).find();
        return commandGrants.hostNetwork() || !(isCurl || isWget)
                ? Optional.empty()
                : Optional.of((isCurl
                                ? "with this code curl says that it cannot resolve a name"
                                : "with this code wget says" + " that the network failed")
                        + ": " + noNetwork(workspace));
    }

    private static String noNetwork(Workspace workspace) {
        return workspace.surroundings().hostNetwork()
                ? "a dry run and a proposal have no network, though commands of this workspace otherwise do"
                : "commands of this workspace have no network; `ferry.workspaces." + workspace.name()
                        + ".network=host`, which its owner may set, gives them the machine's";
    }

    private static Optional<String> explained(Pattern pattern, String output, String advice) {
        return pattern.matcher(output)
                .results()
                .findFirst()
                .map(MatchResult::group)
                .map(words -> "`" + words + "` in its output" + advice);
    }
}
