package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.policy.NamedPolicy;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.RuleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules about paths hold for what a patch writes into git's own files, too. */
@Timeout(120)
class GitHistoryRulesTest {
    private static final String BLOB = "id=$(echo evil | git hash-object -w --stdin);";
    private static final String STAGE = BLOB + "git update-index --add --cacheinfo 100644,$id,.github/workflows/x.yml;";
    private static final String COMMIT = STAGE + "new=$(git commit-tree -p HEAD -m sly $(git write-tree));";
    private static final String CI = "propose group=ci because the build server runs it";

    @TempDir
    Path folder;

    private Optional<RunnerBench> bench = Optional.empty();

    @AfterEach
    void tearDown() {
        bench.ifPresent(RunnerBench::close);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                STAGE,
                COMMIT + "git update-ref refs/heads/main $new",
                COMMIT + "git update-ref refs/heads/other $new; git reset -q",
                COMMIT + "git tag sly $new; git reset -q; rm -f .git/ORIG_HEAD",
                COMMIT + "git reset -q; echo $new refs/heads/packed >> .git/packed-refs",
                COMMIT + "git reset -q; git gc -q --prune=never",
                COMMIT + "git reset -q; echo ref: refs/heads/elsewhere > .git/HEAD",
                COMMIT + "git reset -q; echo $new > .git/MERGE_HEAD",
                COMMIT + "git reset -q; echo $new > .git/shallow",
                COMMIT + "mkdir -p .git/refs/replace; echo $new > .git/refs/replace/$(git rev-parse HEAD)",
                "o=.git/objects/$(git rev-parse HEAD:src/a.txt | sed 's,..,&/,'); chmod u+w $o; echo x > $o",
                "git init -q --bare /tmp/b; git push -q /tmp/b main; git fetch -q /tmp/b main:refs/heads/copy",
                "git rm -q --cached src/a.txt"
            })
    void Y7_aPathWrittenThroughGitAloneIsUnderTheRule(String command) throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, CI);

        Receipt receipt = outcome(runner, command);

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.PROPOSED);
        assertThat(receipt.reason()).contains("the build server runs it (policy rule 1)");
        assertThat(receipt.ignored()).anyMatch(note -> note.endsWith("counts as a change of every path"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git reflog expire --expire=now --all; git rev-parse HEAD > .git/FETCH_HEAD",
                "echo note > .git/COMMIT_EDITMSG; echo x >> .git/description; echo y > .git/info/exclude",
                "touch src/a.txt; git update-index --refresh",
                "git update-index --index-version 4"
            })
    void Y7_whatGitOnlyNotesChangesNoPath(String command) throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, CI);

        Receipt receipt = outcome(runner, command);

        assertThat(receipt.outcome()).as(receipt.reason() + receipt.logTail()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void Y7_theStrictestRuleAboutPathsDecides() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, CI, "deny path=prod/** because prod is changed by hand");

        Receipt receipt = outcome(runner, STAGE);

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.reason()).isEqualTo("policy_denied: prod is changed by hand (policy rule 2)");
    }

    @Test
    void Y7_whatIsAllowedByItsPathsIsNotWithACommit() throws IOException {
        RunnerBench runner = under(NamedPolicy.CAUTIOUS, "allow path=docs/**,.git/**");

        Receipt plain = outcome(runner, "mkdir docs; touch docs/a.md");
        PatchId commit = runner.offer(shell("commit", "touch docs/b.md; git add -A; git commit -qm docs"));
        runner.await(commit, PatchStatus.PROPOSED);

        assertThat(plain.outcome()).as(plain.reason()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void Y7_whoAllowsEveryPathAllowsCommits() throws IOException {
        RunnerBench runner = under(NamedPolicy.CAUTIOUS, "allow path=**");

        Receipt receipt = outcome(runner, "touch b.txt; git add -A; git commit -qm b");

        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void Y7_theDiffListsChangedRefsAndIndexEntries() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, CI);
        String before = ref(runner);

        Receipt receipt = outcome(runner, COMMIT + "git update-ref refs/heads/main $new; git pack-refs --all");

        assertThat(receipt.diff())
                .startsWith(
                        "# Not complete: git applies nothing in .git\ngit: .git: refs/heads/main " + before + " -> ")
                .contains("git: .git/index: .github/workflows/x.yml none -> 100644 ");
        assertThat(receipt.diff().lines().filter(line -> line.startsWith("git: ")))
                .as("what is only moved is not listed")
                .hasSize(2);
    }

    @Test
    void Y7_namesInTheListCannotPassForLinesOfADiff() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, CI);

        Receipt receipt = outcome(
                runner, BLOB + "printf '100644 %s\\tx\\ndiff --git a/y b/y\\0' $id | git update-index -z --index-info");

        assertThat(receipt.diff()).as(receipt.reason()).contains("\"x\\x{a}diff --git a/y b/y\" none -> 100644 ");
    }

    private static String ref(RunnerBench runner) throws IOException {
        return Files.readString(runner.workspace.root().resolve(".git/refs/heads/main"))
                .strip();
    }

    private static Receipt outcome(RunnerBench runner, String command) {
        PatchId patch = runner.offer(shell("patch", command));
        Awaiting.until(() -> runner.entry(patch).status() == PatchStatus.PROPOSED
                || runner.entry(patch).status().isTerminal());
        return runner.events.receipt(runner.entry(patch)).orElseThrow();
    }

    private RunnerBench under(NamedPolicy otherwise, String... rules) throws IOException {
        RuleReader reader = new RuleReader();
        Stream.of(rules).forEach(reader::read);
        Policies policies = new Policies(Map.of(WorkspaceName.DEFAULT, reader.policy(otherwise)));
        RunnerBench runner = new RunnerBench(folder, policies).start();
        bench = Optional.of(runner);
        OwnersShell.in(runner.workspace.root(), folder).repository();
        return runner;
    }
}
