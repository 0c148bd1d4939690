package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.read;
import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.journal.Offers;
import dev.patchferry.runner.workspace.ExactListing;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole patches that reach for what is not theirs, and workspaces in states of all kinds. */
@Timeout(120)
class HostilePatchesTest {
    @TempDir
    Path folder;

    private RunnerBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void P15_aLinkThatThePatchMadeIsNotWrittenThrough() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("outside"));

        Receipt receipt = bench.run(read("""
                {"id": "a", "mutations": [
                   {"shell": "ln -s %s link"},
                   {"path": "link/x.txt", "contents": "through"}]}
                """.formatted(outside)));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(outside).isEmptyDirectory();
        assertThat(bench.workspace.content()).isEmpty();
    }

    @Test
    void P20_theFileThatLeadsFromAWorktreeToItsRepositoryIsProtected() throws IOException {
        bench.workspace.file(".git", "gitdir: /somewhere/else\n").file("a.txt", "a");

        Receipt edit = bench.run(shell("edit", "echo b > a.txt"));
        Receipt hijack = bench.run(shell("hijack", "echo 'gitdir: ./evil' > .git"));

        assertThat(edit.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(hijack.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(hijack.reason()).startsWith("protected_path: ");
    }

    @Test
    void P53_aFileSystemThatIsFullAtTheCommitLeavesTheWorkspaceAsItWas() throws Exception {
        try (SmallDisk disk = SmallDisk.in(folder);
                RunnerBench onIt = new RunnerBench(disk.path(), folder.resolve("kept"), true).start()) {
            onIt.workspace.file("a.txt", "before").file("b/c.txt", "c");
            List<String> before = ExactListing.of(onIt.workspace.root());

            Receipt receipt = onIt.run(shell("big", "echo after > a.txt; rm b/c.txt; head -c 1M /dev/zero > big"));

            assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
            assertThat(receipt.reason()).startsWith("disk_full: ");
            Awaiting.until(() -> isAgain(onIt.workspace.root(), before));
        }
    }

    private static boolean isAgain(Path workspace, List<String> before) throws IOException {
        try {
            return ExactListing.of(workspace).equals(before);
        } catch (NoSuchFileException e) {
            // what was staged is just being removed
            return false;
        }
    }

    /** Closed for the patch while it runs: by its permissions, which do not bind root, or by being immutable. */
    @Test
    void P54_aFolderThatMayNotBeChangedAtTheCommitLeavesTheWorkspaceAsItWas() throws Exception {
        bench.workspace.file("a.txt", "before").file("fixed/b.txt", "b");
        Path fixed = bench.workspace.root().resolve("fixed");
        boolean root = Owner.ofThisProcess().isRoot();
        PatchId patch = bench.offer(shell("patch", RunnerBench.waiting("echo after > a.txt; echo new > fixed/c.txt")));
        bench.awaitBegun();
        assumeTrue(shellOutside((root ? "chattr +i " : "chmod a-w ") + fixed), "no folder can be made immutable here");
        try {
            List<String> before = ExactListing.of(bench.workspace.root());
            bench.letGo();

            Receipt receipt = bench.receipt(patch);

            assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
            assertThat(receipt.summary()).endsWith("the workspace is as it was.");
            assertThat(withoutTimes(ExactListing.of(bench.workspace.root()))).isEqualTo(withoutTimes(before));
        } finally {
            shellOutside((root ? "chattr -i " : "chmod u+w ") + fixed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git config core.fsmonitor ./evil.sh",
                "git config core.hooksPath .",
                "git config core.sshCommand ./evil.sh",
                "git config filter.x.clean ./evil.sh",
                "git config diff.external ./evil.sh",
                "git config alias.status '!./evil.sh'"
            })
    void X40_noSettingOfTheOwnersGitIsChanged(String command) throws Exception {
        assertThat(shellOutside("git init -q " + bench.workspace.root())).isTrue();

        Receipt receipt =
                bench.run(shell("a", "printf '#!/bin/sh\\ntouch ran' > evil.sh; chmod +x evil.sh; " + command));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("protected_path: ");
        assertThat(shellOutside("cd " + bench.workspace.root() + " && git status >/dev/null"))
                .isTrue();
        assertThat(bench.workspace.root().resolve("ran")).doesNotExist();
    }

    @Test
    void X49_aBareRenameOfAFolderIsExplained() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/perl")), "there is no perl to rename with");
        bench.workspace.file("dir/a.txt", "a");

        Receipt bare = bench.run(shell("bare", "perl -e 'rename(\"dir\", \"renamed\") or die \"$!\\n\"'"));
        Receipt mv = bench.run(shell("mv", "mv dir renamed"));

        assertThat(bare.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(bare.reason())
                .startsWith("exit_code: ")
                .contains("`Invalid cross-device link` in its output: renaming a folder", "`mv OLD NEW`");
        assertThat(bare.ignored()).noneMatch(note -> note.contains("renaming"));
        assertThat(mv.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- renamed/a.txt \"a\"", "rwxr-xr-x renamed/");
    }

    @Test
    void Y1_aRefusedSystemCallIsExplainedWhereItFailedAStep() throws IOException {
        Receipt failed = bench.run(shell("failed", "unshare --user true"));
        Receipt succeeded = bench.run(shell("succeeded", "unshare --user true || true"));

        assertThat(failed.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(failed.ignored())
                .anyMatch(note -> note.startsWith("hint: `unshare failed: Operation not permitted`"));
        assertThat(failed.enforced().limits()).contains("system_calls=filtered", "debuggers=on");
        assertThat(succeeded.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(succeeded.ignored()).noneMatch(note -> note.startsWith("hint:"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not a repository           | true",
                "index.lock                 | git init -q . && touch .git/index.lock",
                "empty                      | git init -q .",
                "detached                   | git init -q . && git commit -q --allow-empty -m a && git checkout -q --detach",
                "rebase in progress         | git init -q . && mkdir .git/rebase-merge",
                "bare beside                | git init -q --bare repo.git",
                "shallow                    | git init -q . && git commit -q --allow-empty -m a && git rev-parse HEAD > .git/shallow",
                "submodule                  | git init -q . && mkdir sub && git init -q sub",
                "sparse                     | git init -q . && git sparse-checkout init"
            })
    void S7_aPatchWorksWhateverStateTheRepositoryIsIn(String state, String command) throws Exception {
        bench.workspace.file("a.txt", "a");
        assertThat(shellOutside("cd " + bench.workspace.root()
                        + " && export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b"
                        + " && " + command))
                .as(state)
                .isTrue();
        List<String> before = ExactListing.of(bench.workspace.root());

        assertThat(bench.run(shell("fails", "echo x > a.txt; rm -rf .git/index.lock; exit 1"))
                        .outcome())
                .isEqualTo(PatchStatus.FAILED);
        assertThat(ExactListing.of(bench.workspace.root())).isEqualTo(before);
        assertThat(bench.run(shell("works", "echo b > a.txt")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("a.txt")).hasContent("b");
    }

    @Test
    void S11_aThousandQueuedPatchesCanAllBeCancelled() throws IOException {
        PatchId first = bench.offer(shell("first", RunnerBench.waiting("true")));
        bench.awaitBegun();
        List<PatchId> waiting = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            waiting.add(offer("waiting-" + i));
        }

        waiting.forEach(bench::cancel);
        bench.letGo();

        assertThat(bench.receipt(first).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(waiting).allMatch(patch -> bench.entry(patch).status() == PatchStatus.CANCELLED);
        assertThat(bench.workspace.content()).isEmpty();
        assertThat(bench.run(shell("next", "echo n > n.txt")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    private PatchId offer(String id) {
        bench.journal.accept(Offers.waiting(shell(id, "echo x > " + id)), 2_000);
        return new PatchId(id);
    }

    private static List<String> withoutTimes(List<String> listing) {
        return listing.stream()
                .map(line -> line.replaceAll("lastModifiedTime=[^,}]*", ""))
                .toList();
    }

    /** What the owner of the machine does, not a patch. */
    private static boolean shellOutside(String command) throws Exception {
        return new ProcessBuilder("sh", "-c", command + " 2>/dev/null")
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0;
    }
}
