package dev.patchferry.runner.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** What the owner of a workspace does in it by hand, with a home of their own and nobody's configuration. */
record OwnersShell(Path workspace, Path home) {
    /** What owners do with git sooner or later; each may fail. */
    private static final String EVERYDAY = """
            git status
            git diff HEAD
            git log -1
            git checkout .
            git add -A
            git commit -m by-hand
            git rebase --continue
            git am --continue
            git cherry-pick --continue
            git bisect visualize
            git fetch origin
            git pull origin main
            git push origin HEAD
            git checkout .
            git stash
            git branch -a
            git gc --auto
            cd sub 2>/dev/null && git status
            cd vendor/lib 2>/dev/null && git status
            """;

    static OwnersShell in(Path workspace, Path folder) throws IOException {
        return new OwnersShell(workspace, Files.createDirectories(folder.resolve("owners-home")));
    }

    /** Runs a command that has to end well. */
    OwnersShell run(String command) {
        assertThat(exitOf(command)).as(command).isZero();
        return this;
    }

    /** A repository with two commits in the workspace. */
    OwnersShell repository() {
        return run("git init -q -b main . && mkdir -p tools src && echo a > src/a.txt && echo t > tools/t.txt"
                + " && git add -A && git commit -qm one && echo b >> src/a.txt && git commit -qam two");
    }

    /** Everyday commands of git, whatever comes of each. */
    void everyday() {
        exitOf(EVERYDAY.lines().map(command -> "(" + command + ")\n").collect(Collectors.joining()));
    }

    private int exitOf(String command) {
        ProcessBuilder shell = new ProcessBuilder("timeout", "60", "sh", "-c", command)
                .directory(workspace.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("output").toFile());
        Map<String, String> environment = shell.environment();
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_EDITOR", "true");
        environment.put("GIT_PAGER", "cat");
        environment.put("GIT_TERMINAL_PROMPT", "0");
        for (String who : new String[] {"AUTHOR", "COMMITTER"}) {
            environment.put("GIT_" + who + "_NAME", "owner");
            environment.put("GIT_" + who + "_EMAIL", "owner@example.org");
        }
        try {
            return shell.start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
