package dev.patchferry.webhook.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.Samples;
import dev.patchferry.webhook.application.RunnerAbsence;
import dev.patchferry.webhook.store.StoredPatch;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model is told, state by state. */
class McpWordsTest {
    private static final Pattern REST = Pattern.compile("\\b(GET|POST|DELETE) /|/patches|/webhook|curl");
    private static final String TOOLS =
            "get_patch|get_patch_log|list_workspaces|undo_patch|call the (same )?tool again";

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(PatchStatus.ACCEPTED, "stored", "accepted", "Stored safely", "Do not send it again"),
                Arguments.of(PatchStatus.QUEUED, "waits", "queued", "waits for its turn", "wait 45"),
                Arguments.of(
                        PatchStatus.QUEUED,
                        "disk_full: 10 MB are free",
                        "blocked",
                        "owner of the machine has to do something",
                        "Tell the person"),
                Arguments.of(PatchStatus.RUNNING, "runs", "running", "running for 30 s", "wait 45"),
                Arguments.of(
                        PatchStatus.HELD,
                        "held: touches the build (policy rule 2)",
                        "held",
                        "Nothing of it has run",
                        "do not poll, do not send it again"),
                Arguments.of(
                        PatchStatus.PROPOSED,
                        "proposed: as asked",
                        "proposed",
                        "nothing has changed yet",
                        "do not poll, do not send it again"),
                Arguments.of(
                        PatchStatus.REJECTED,
                        "denied: alice denied it: use the staging branch",
                        "denied_by_person",
                        "alice said no: use the staging branch",
                        "Do not try the same another way"),
                Arguments.of(
                        PatchStatus.REJECTED,
                        "policy_denied: no deletions here (policy rule 3)",
                        "denied_by_rule",
                        "no deletions here (policy rule 3)",
                        "Do only what the rule allows"),
                Arguments.of(
                        PatchStatus.REJECTED,
                        "approval_expired: nobody approved it in time. Send it again under a new id",
                        "approval_expired",
                        "Nobody decided",
                        "Ask the person whether it is still wanted"),
                Arguments.of(
                        PatchStatus.REJECTED,
                        "unknown field `recurse`",
                        "rejected",
                        "unknown field `recurse`",
                        "Correct what the reason names"),
                Arguments.of(
                        PatchStatus.FAILED,
                        "conflict: src/a.txt",
                        "conflict",
                        "src/a.txt changed since you read it",
                        "redo the change"),
                Arguments.of(
                        PatchStatus.FAILED,
                        "base_mismatch: a.txt is not what `base` says; read it again",
                        "conflict",
                        "a.txt is not what `base` says",
                        "Read the file again"),
                Arguments.of(
                        PatchStatus.FAILED,
                        "edit_refused: a.txt: `x` was not found",
                        "failed",
                        "`x` was not found",
                        "read_file"),
                Arguments.of(
                        PatchStatus.REJECTED,
                        "/workspace: is not one that GET /workspaces lists",
                        "rejected",
                        "is not one that list_workspaces lists",
                        "Correct what"),
                Arguments.of(PatchStatus.FAILED, "exit code 2", "failed", "exit code 2", "get_patch_log"),
                Arguments.of(
                        PatchStatus.TIMED_OUT,
                        "timeout: run `make` was ended after 120 s; the default",
                        "timed_out",
                        "after 120 s",
                        "timeout_s"),
                Arguments.of(
                        PatchStatus.INTERRUPTED,
                        "the runner was killed",
                        "interrupted",
                        "killed",
                        "without an id is safe"),
                Arguments.of(
                        PatchStatus.UNDONE,
                        "undone: bob asked for it",
                        "undone",
                        "taken back on 2026-03-01T12:00:00Z. Reason: bob asked for it",
                        "unless the person asks"),
                Arguments.of(
                        PatchStatus.CANCELLED, "cancelled: bob asked for it", "cancelled", "bob", "Ask the person"),
                Arguments.of(
                        PatchStatus.UNDELIVERABLE, "24 h", "undeliverable", "could not be reached", "Tell the person"),
                Arguments.of(PatchStatus.SUCCEEDED, "all good", "succeeded", "One command ran", "changed no file"),
                Arguments.of(PatchStatus.PREVIEWED, "all good", "previewed", "One command ran", "without dry_run"));
    }

    @ParameterizedTest
    @MethodSource("states")
    void saysWhatHappenedAndWhatToDo(PatchStatus status, String reason, String code, String summary, String next) {
        StoredPatch patch = patch(status, reason);
        PatchCode told = PatchCode.of(patch, Optional.empty());

        assertThat(told).hasToString(code);
        assertThat(PatchWords.summary(told, patch, Optional.empty(), Samples.NOON.plusSeconds(30)))
                .contains(summary);
        assertThat(PatchWords.next(told, patch)).contains(next);
    }

    @Test
    void everyCodeIsToldOf() {
        Stream<String> told = Stream.concat(states().map(state -> (String) state.get()[2]), Stream.of("runner_away"));

        assertThat(told)
                .containsAll(Arrays.stream(PatchCode.values())
                        .map(PatchCode::toString)
                        .toList());
    }

    @Test
    void saysThatTheRunnerIsAwayAndSinceWhen() {
        Optional<RunnerAbsence> absence = Optional.of(new RunnerAbsence(Samples.NOON, Optional.empty()));
        StoredPatch patch = patch(PatchStatus.ACCEPTED, "stored");
        PatchCode told = PatchCode.of(patch, absence);

        assertThat(told).isEqualTo(PatchCode.RUNNER_AWAY);
        assertThat(PatchWords.summary(told, patch, absence, Samples.NOON))
                .contains("no answer since 2026-03-01T12:00:00Z");
        assertThat(PatchWords.next(told, patch)).contains("Tell the person", "Do not send it again");
    }

    @ParameterizedTest
    @EnumSource(PatchCode.class)
    void neverNamesACallOfTheRestInterface(PatchCode code) {
        for (PatchStatus status : PatchStatus.values()) {
            assertThat(PatchWords.next(code, patch(status, "because"))).doesNotContainPattern(REST);
        }
    }

    @Test
    void saysInToolsWhatOtherTextsSayInCalls() {
        Map<String, String> words = Map.of(
                "must be a name (GET /workspaces lists them)", "must be a name (list_workspaces lists them)",
                "Look at GET /patches/a-1?wait=25 and", "Look at get_patch and",
                "GET /patches lists those", "list_patches lists those",
                "see GET /patches/a/log", "see get_patch_log",
                "POST /patches/a/undo", "undo_patch");

        assertThat(words)
                .allSatisfy((rest, tools) -> assertThat(ToolWords.of(rest)).isEqualTo(tools));
    }

    @Test
    void advisesOnlyToolsAndPeople() {
        assertThat(Arrays.stream(PatchCode.values()).map(code -> PatchWords.next(code, patch(PatchStatus.QUEUED, "x"))))
                .allMatch(next -> Pattern.compile(TOOLS + "|person|without an id|again without")
                        .matcher(next)
                        .find());
    }

    private static StoredPatch patch(PatchStatus status, String reason) {
        return new StoredPatch(
                new PatchId("fix-1"),
                1,
                "submit",
                WorkspaceName.DEFAULT,
                new ContentHash("0".repeat(64)),
                status,
                reason,
                1,
                Samples.NOON,
                Samples.NOON,
                true,
                status.isTerminal() ? Optional.of(Samples.receipt(status)) : Optional.empty(),
                Optional.empty());
    }
}
