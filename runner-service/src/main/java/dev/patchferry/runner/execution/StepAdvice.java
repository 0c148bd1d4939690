package dev.patchferry.runner.execution;

import dev.patchferry.runner.workspace.Surroundings;
import dev.patchferry.runner.workspace.Workspace;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Recognises, in what a failed step wrote, what a patch cannot have here, and says what to write instead. */
final class StepAdvice {
    /** How programs say EXDEV: node, Go, Rust, Python, Java and whatever prints the C library's text. */
    private static final Pattern RENAME = Pattern.compile("EXDEV: cross-device link not permitted|EXDEV\\b"
            + "|[Ii]nvalid cross-device link|[Cc]ross-device link|\\[Errno 18\\]|\\(os error 18\\)"
            + "|AtomicMoveNotSupportedException|CrossesDevices");

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

    private StepAdvice() {}

    /**
     * What to add to the reason of a failed step, to follow it in the sentence.
     *
     * @param output the end of what the step wrote
     * @param surroundings what its command got
     */
    static Optional<String> about(String output, Surroundings surroundings, Workspace workspace) {
        Optional<String> rename = first(RENAME, output).map(words -> "`" + words + "` in its output" + INSTEAD);
        return rename.isPresent() || surroundings.hostNetwork()
                ? rename
                : first(NETWORK, output).map(words -> "`" + words + "` in its output: " + noNetwork(workspace));
    }

    private static String noNetwork(Workspace workspace) {
        return workspace.surroundings().hostNetwork()
                ? "a dry run and a proposal have no network, though commands of this workspace otherwise do"
                : "commands of this workspace have no network; `ferry.workspaces." + workspace.name()
                        + ".network=host`, which its owner may set, gives them the machine's";
    }

    private static Optional<String> first(Pattern pattern, String output) {
        return pattern.matcher(output).results().findFirst().map(MatchResult::group);
    }
}
