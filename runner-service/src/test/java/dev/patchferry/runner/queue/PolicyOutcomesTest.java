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
import dev.patchferry.runner.journal.Decision.Verdict;
import dev.patchferry.runner.journal.Offers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What rules make of patches that run, by what they do. */
@Timeout(60)
class PolicyOutcomesTest {
    @TempDir
    Path folder;

    private Optional<RunnerBench> bench = Optional.empty();

    @AfterEach
    void tearDown() {
        bench.ifPresent(RunnerBench::close);
    }

    @Test
    void P8_aPatchThatTouchesAPathUnderARuleIsProposedByWhatItDid() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "propose group=editor-tasks because an editor runs it");

        PatchId patch = runner.offer(shell("sly", "mkdir -p app/.vscode; echo '{}' > app/.vscode/tasks.json"));
        runner.await(patch, PatchStatus.PROPOSED);

        Receipt receipt = runner.events.receipt(runner.entry(patch)).orElseThrow();
        assertThat(receipt.reason()).startsWith("proposed: an editor runs it (policy rule 1); waits for an operator's");
        assertThat(receipt.enforced().policy()).contains("propose: an editor runs it (policy rule 1)");
        assertThat(runner.workspace.content()).isEmpty();

        runner.decide(patch, Verdict.APPROVED, "");
        assertThat(runner.receipt(patch).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(runner.workspace.root().resolve("app/.vscode/tasks.json")).exists();
    }

    @Test
    void P8_aLinkInPlaceOfAFolderDoesNotGetAroundARule() throws IOException {
        RunnerBench runner =
                under(NamedPolicy.ALLOW, "deny path=.github/workflows/** because the build server runs it");

        Receipt receipt = runner.run(
                shell("sly", "mkdir -p hidden/workflows; touch hidden/workflows/x.yml; ln -s hidden .github"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(runner.workspace.content()).isEmpty();
    }

    @Test
    void aPatchThatDidWhatIsDeniedIsRejectedAndRolledBack() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "deny path=prod/** because prod is changed by hand");

        Receipt receipt = runner.run(shell("a", "mkdir prod; echo x > prod/x; echo y > y"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.reason()).isEqualTo("policy_denied: prod is changed by hand (policy rule 1)");
        assertThat(receipt.summary()).contains("Everything was rolled back");
        assertThat(receipt.files()).isEmpty();
        assertThat(runner.workspace.content()).isEmpty();
        runner.awaitNoTransaction();
    }

    @Test
    void aPatchThatIsDeniedBeforeItRunsDoesNotRun() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "deny command=*curl* because nothing is fetched here");

        Receipt receipt = runner.run(shell("a", "touch ran; curl http://example.org"));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.REJECTED);
        assertThat(receipt.steps()).isEmpty();
        assertThat(receipt.reason()).isEqualTo("policy_denied: nothing is fetched here (policy rule 1)");
    }

    @Test
    void aHoldOnPathsProposesSinceThePatchHasRun() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "hold group=lockfiles because somebody looks at packages");

        PatchId patch = runner.offer(shell("a", "echo x > Cargo.lock"));
        runner.await(patch, PatchStatus.PROPOSED);

        assertThat(runner.workspace.content()).isEmpty();
    }

    @Test
    void cautiousLetsLookAndProposesEveryChange() throws IOException {
        RunnerBench runner = under(NamedPolicy.CAUTIOUS);

        Receipt looks = runner.run(shell("looks", "ls"));
        PatchId changes = runner.offer(shell("changes", "touch a.txt"));
        runner.await(changes, PatchStatus.PROPOSED);

        assertThat(looks.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(looks.enforced().policy()).contains("allow: it changed nothing");
        assertThat(looks.enforced().network()).isEqualTo("none");
    }

    @Test
    void whatARuleAllowsTakesEffectInACautiousWorkspace() throws IOException {
        RunnerBench runner = under(NamedPolicy.CAUTIOUS, "allow path=docs/**");

        Receipt docs = runner.run(shell("docs", "mkdir docs; echo d > docs/a.md"));
        PatchId more = runner.offer(shell("more", "echo d > docs/b.md; echo s > s.c"));
        runner.await(more, PatchStatus.PROPOSED);

        assertThat(docs.outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(docs.enforced().policy()).contains("allow: (policy rule 1)");
    }

    @Test
    void aDryRunSaysWhatThePolicyWouldDo() throws IOException {
        RunnerBench runner = under(NamedPolicy.CAUTIOUS);

        Receipt receipt = runner.run(shell("dry", "touch a.txt", document -> document.put("dry_run", true)));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.PREVIEWED);
        assertThat(receipt.reason()).contains("the policy would propose it: in this workspace somebody looks");
    }

    @Test
    void whatWasHeldAndApprovedRunsAndTakesEffect() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "hold principal=me because they are new");
        runner.journal.accept(Offers.held(shell("fix", "touch a.txt")), 100);

        runner.decide(new PatchId("fix"), Verdict.APPROVED, "");

        assertThat(runner.receipt(new PatchId("fix")).outcome()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(runner.workspace.root().resolve("a.txt")).exists();
    }

    @Test
    void whatWaitedWhenTheHoldWasMadeIsProposed() throws IOException {
        RunnerBench runner = under(NamedPolicy.ALLOW, "hold principal=me because they are new");

        PatchId patch = runner.offer(shell("earlier", "touch a.txt"));
        runner.await(patch, PatchStatus.PROPOSED);

        assertThat(runner.workspace.content()).isEmpty();
    }

    private RunnerBench under(NamedPolicy otherwise, String... rules) throws IOException {
        RuleReader reader = new RuleReader();
        Stream.of(rules).forEach(reader::read);
        Policies policies = new Policies(Map.of(WorkspaceName.DEFAULT, reader.policy(otherwise)));
        RunnerBench runner = new RunnerBench(folder, policies).start();
        bench = Optional.of(runner);
        return runner;
    }
}
