package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that patches make where nobody looks, to lead the owner's git to them by a patch of later. */
@Timeout(60)
class HiddenRepositoriesTest {
    private static final String MODULE = "mkdir -p .git/modules/a/objects .git/modules/a/refs;"
            + " echo 'ref: refs/heads/main' > .git/modules/a/HEAD; ";
    private static final String PARTS =
            "d=.git/modules/a/%s/x; mkdir -p $d/objects $d/refs; printf '[core]\\n\\trepositoryformatversion"
                    + " = 0\\n\\tworktree = ../../../../../../s\\n\\tfsmonitor = \"touch %s\"\\n' > $d/config";
    private static final String POINTER = "mkdir s; echo 'gitdir: ../.git/modules/a/%1$s/x' > s/.git;"
            + " echo 'ref: refs/heads/main' > .git/modules/a/%1$s/x/HEAD";

    @TempDir
    Path folder;

    private RunnerBench bench;
    private OwnersShell owner;
    private Path ran;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder.resolve("bench")).start();
        owner = OwnersShell.in(bench.workspace.root(), folder).repository();
        ran = folder.resolve("ran");
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"refs/heads", "objects/aa", "logs/refs"})
    void Y13_noneIsMadeAmongTheRefsAndObjectsOfASubmodule(String place) throws IOException {
        assertThat(outcome("module", MODULE)).isEqualTo(PatchStatus.SUCCEEDED);

        Receipt parts = bench.run(shell("parts", PARTS.formatted(place, ran)));

        assertThat(parts.reason())
                .startsWith(
                        "protected_path: a patch may not change .git/modules/a/" + place + "/x/config: it lies among");
        outcome("pointer", POINTER.formatted(place));
        owner.run("cd s && git status || true");
        assertThat(ran).doesNotExist();
    }

    @Test
    void Y13_nothingThereBecomesAProgram() {
        String id = "0123456789012345678901234567890123456789";
        String hook = ".git/modules/a/logs/refs/x/hooks/post-checkout";
        String log = "mkdir -p $(dirname %1$s); echo '%2$s %2$s a <b> 1 +0;touch x' > %1$s".formatted(hook, id);
        assertThat(outcome("log", MODULE + log)).isEqualTo(PatchStatus.SUCCEEDED);

        assertThat(bench.run(shell("mode", "chmod +x " + hook)).reason())
                .startsWith("protected_path: a patch may not change " + hook + ": it lies among");
    }

    @Test
    void Y13_noPointerLeadsToOneThatIsThere() {
        owner.run(MODULE + PARTS.formatted("refs/heads", ran));

        assertThat(bench.run(shell("pointer", POINTER.formatted("refs/heads"))).reason())
                .startsWith("protected_path: a patch may not change s/.git: ");
    }

    /** In HOME, and in a change that nobody agreed to, patches put what they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s STATE/home-default/n-me/evil docs",
                "ln -s ../home/home-default/n-me/evil docs",
                "ln -s STATE/tx/77/upper docs",
                "ln -s STATE docs",
                "ln -s /./../STATE/../home docs",
                "ln -s ..//home/ docs",
                "mkdir -p a/b; ln -s ../../../home a/b/docs",
                "ln -s src/../../home docs",
                "ln -s out/home docs",
                "ln -s mine/home docs; ln -s .. mine",
                "ln -s .. docs",
                "ln -s / docs",
                "ln -s /proc/self/cwd/../home docs",
                "ln -s /proc/self/root docs"
            })
    void Y13_noLinkLeadsToOneThatTheRunnerKeeps(String link) {
        owner.run("ln -s .. out");
        assertThat(outcome("home", "git init -q ~/evil && git -C ~/evil config core.fsmonitor 'touch " + ran + "'"))
                .isEqualTo(PatchStatus.SUCCEEDED);

        Receipt receipt = bench.run(
                shell("link", link.replace("STATE", folder.resolve("bench/home").toString())));

        assertThat(receipt.reason())
                .startsWith("protected_path: a patch may not change ")
                .contains(": it would lead into the folder where Patch Ferry keeps its state");
        owner.run("cd docs && git status || true");
        assertThat(ran).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ln -s src docs; ln -s docs/a.txt b",
                "ln -s nowhere docs",
                "ln -s docs docs",
                "ln -s a docs; ln -s docs a",
                "ln -s /usr/share/doc docs; ln -s /proc/self/mounts mtab; ln -s /home/patch/.cache/x y",
                "mkdir -p a/b; ln -s ../.. a/b/top; ln -s $PWD whole",
                "rm src/a.txt; ln -s ../tools/t.txt src/a.txt",
                "ln -s /proc/self/fd/0 stdin"
            })
    void Y13_otherLinksAreMade(String link) {
        assertThat(outcome("link", link)).isEqualTo(PatchStatus.SUCCEEDED);
    }

    private PatchStatus outcome(String id, String command) {
        return bench.run(shell(id, command)).outcome();
    }
}
