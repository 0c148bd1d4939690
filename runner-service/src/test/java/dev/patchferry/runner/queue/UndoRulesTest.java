package dev.patchferry.runner.queue;

import static dev.patchferry.runner.journal.Documents.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.engine.policy.NamedPolicy;
import dev.patchferry.engine.policy.Policies;
import dev.patchferry.engine.policy.RuleReader;
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.undo.Undos;
import dev.patchferry.runner.workspace.ExactListing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An undo and a redo are asked what every change is asked: for whoever asks, and by what they would change. */
@Timeout(120)
class UndoRulesTest {
    private static final PatchId FIX = new PatchId("fix");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private Optional<RunnerBench> bench = Optional.empty();

    @AfterEach
    void tearDown() {
        bench.ifPresent(RunnerBench::close);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "propose path=prod/** because somebody looks    | policy_held: somebody looks (policy rule 1); that rule would propose this undo as any change, and an operator may undo it. Nothing was changed",
                "propose command=*prod* because somebody looks  | policy_held: somebody looks (policy rule 1); that rule would propose this undo as any change, and an operator may undo it. Nothing was changed",
                "propose principal=me because they are new      | policy_held: they are new (policy rule 1); that rule would propose this undo as any change, and an operator may undo it. Nothing was changed",
                "propose role=submit because somebody looks     | policy_held: somebody looks (policy rule 1); that rule would propose this undo as any change, and an operator may undo it. Nothing was changed"
            })
    void Y6_whatHadToBeApprovedIsNotTakenBackOrBroughtBackWithoutAnOperator(String rule, String reason)
            throws IOException {
        RunnerBench runner = under(rule);
        runner.offer(shell("fix", "mkdir prod; echo x > prod/x"));
        runner.await(FIX, PatchStatus.PROPOSED);
        runner.decide(FIX, Verdict.APPROVED, "");
        runner.await(FIX, PatchStatus.SUCCEEDED);
        List<String> applied = ExactListing.of(runner.workspace.root());

        Undos.Answer undo = runner.undo(FIX, PatchStatus.UNDONE);
        assertThat(ExactListing.of(runner.workspace.root())).isEqualTo(applied);
        Undos.Answer byOperator = runner.undo(FIX, PatchStatus.UNDONE, RunnerBench.OPERATOR, PATIENCE);
        Undos.Answer redo = runner.undo(FIX, PatchStatus.SUCCEEDED);

        assertThat(reason(undo)).isEqualTo(reason);
        assertThat(byOperator).isInstanceOf(Undos.Answer.Done.class);
        assertThat(reason(redo)).isEqualTo(reason.replace("undo", "redo"));
        assertThat(runner.workspace.content()).isEmpty();
        assertThat(runner.undo(FIX, PatchStatus.SUCCEEDED, RunnerBench.OPERATOR, PATIENCE))
                .isInstanceOf(Undos.Answer.Done.class);
    }

    @Test
    void Y6_whatIsDeniedNowIsNotDoneByAnUndoEither() throws IOException {
        RunnerBench first = under("allow principal=me");
        first.run(shell("fix", "mkdir prod; echo x > prod/x"));
        first.close();
        RunnerBench later = under("deny path=prod/** because prod is changed by hand");

        assertThat(reason(later.undo(FIX, PatchStatus.UNDONE)))
                .startsWith("policy_denied: prod is changed by hand (policy rule 1); that rule would deny this undo");
        assertThat(later.workspace.root().resolve("prod/x")).exists();
    }

    @Test
    void Y6_whatTheOwnersGitRunsIsNotBroughtBackWithoutAnOperator() throws IOException {
        RunnerBench runner = under();
        runner.offer(shell("fix", "mkdir .husky; echo x > .husky/pre-commit"));
        runner.await(FIX, PatchStatus.PROPOSED);
        runner.decide(FIX, Verdict.APPROVED, "");
        runner.await(FIX, PatchStatus.SUCCEEDED);

        assertThat(reason(runner.undo(FIX, PatchStatus.UNDONE))).startsWith("policy_held: the owner's git runs");
    }

    @Test
    void Y6_whatNoRuleIsAboutIsTakenBackByItsSender() throws IOException {
        RunnerBench runner = under("propose path=prod/** because somebody looks");
        runner.run(shell("fix", "echo x > x"));

        assertThat(runner.undo(FIX, PatchStatus.UNDONE)).isInstanceOf(Undos.Answer.Done.class);
        assertThat(runner.undo(FIX, PatchStatus.SUCCEEDED)).isInstanceOf(Undos.Answer.Done.class);
    }

    /** What a first patch takes away, and a second puts other parts beside, would come together by an undo of the first. */
    @ParameterizedTest
    @CsvSource({"HEAD", "objects", "refs"})
    void Y6_noUndoCompletesABareRepository(String last) throws IOException {
        RunnerBench runner = under();
        OwnersShell owner = OwnersShell.in(runner.workspace.root(), folder);
        Path marker = folder.resolve("ran");
        runner.workspace
                .file("lib/keep", "")
                .file("lib/" + last + (last.equals("HEAD") ? "" : "/x"), "ref: refs/heads/x");
        runner.run(shell("fix", "rm -r lib/" + last));
        for (String part : List.of("HEAD", "objects", "refs")) {
            if (!part.equals(last)) {
                String make = part.equals("HEAD") ? "echo ref: refs/heads/x > HEAD" : "mkdir " + part;
                runner.run(shell("add-" + part, "cd lib; " + make));
            }
        }
        runner.run(shell(
                "settings", "printf '[core]\\nbare=false\\nfsmonitor=touch %s\\n' > lib/config".formatted(marker)));

        Undos.Answer undo = runner.undo(FIX, PatchStatus.UNDONE, RunnerBench.OPERATOR, PATIENCE);

        assertThat(reason(undo)).startsWith("protected_path: a patch may not change lib/" + last);
        owner.run("cd lib && git status; true");
        assertThat(marker).doesNotExist();
        assertThat(runner.workspace.root().resolve("lib/" + last)).doesNotExist();
    }

    @Test
    void Y6_anOperatorWhoAsksWhileASubmitterWaitsIsAnOperator() throws IOException {
        RunnerBench runner = under("propose path=prod/** because somebody looks");
        runner.offer(shell("fix", "mkdir prod; echo x > prod/x"));
        runner.await(FIX, PatchStatus.PROPOSED);
        runner.decide(FIX, Verdict.APPROVED, "");
        runner.await(FIX, PatchStatus.SUCCEEDED);
        runner.offer(shell("running", RunnerBench.waiting("true")));
        runner.awaitBegun();
        runner.undo(FIX, PatchStatus.UNDONE, RunnerBench.SUBMITTER, Duration.ofMillis(1));
        runner.undo(FIX, PatchStatus.UNDONE, RunnerBench.OPERATOR, Duration.ofMillis(1));

        runner.letGo();

        runner.await(FIX, PatchStatus.UNDONE);
        assertThat(runner.workspace.content()).isEmpty();
    }

    private static String reason(Undos.Answer answer) {
        assertThat(answer).isInstanceOf(Undos.Answer.Refused.class);
        return ((Undos.Answer.Refused) answer).reason();
    }

    private RunnerBench under(String... rules) throws IOException {
        RuleReader reader = new RuleReader();
        Stream.of(rules).forEach(reader::read);
        Policies policies = new Policies(Map.of(WorkspaceName.DEFAULT, reader.policy(NamedPolicy.ALLOW)));
        RunnerBench runner = new RunnerBench(folder, policies).start();
        bench = Optional.of(runner);
        return runner;
    }
}
