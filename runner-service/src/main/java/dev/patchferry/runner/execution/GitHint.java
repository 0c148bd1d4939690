package dev.patchferry.runner.execution;

import java.util.Optional;

/** Explains what git says where the sandbox differs from a shell. */
final class GitHint {
    private static final String LINKS = "hardlink different from source";

    private GitHint() {}

    /** What to do about the end of an output, if this knows it. */
    static Optional<String> in(String output) {
        return output.contains(LINKS)
                ? Optional.of("git found that links of files with several names become files of their own here (the"
                        + " workspace is an overlay while a patch runs); clone a folder with `git clone --no-hardlinks`"
                        + " or by a file:// address")
                : Optional.empty();
    }
}
