package dev.patchferry.webhook;

import dev.patchferry.contract.ContentHash;
import dev.patchferry.contract.Enforced;
import dev.patchferry.contract.EventCursor;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchEvent;
import dev.patchferry.contract.PatchId;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.contract.RunnerPatch;
import dev.patchferry.contract.StatusChange;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.webhook.store.NewPatch;
import dev.patchferry.webhook.store.RawDocument;
import dev.patchferry.webhook.store.Sender;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Documents, and what a runner says about them. */
public final class Samples {
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Sender SUBMIT = new Sender("submit", List.of("submit"));

    private Samples() {}

    public static String document(String id, String command) {
        return document(id, command, "default");
    }

    public static String document(String id, String command, String workspace) {
        return """
                {"id": "%s", "role": "command_patch", "target_file": "a.txt", "patch": "%s", "workspace": "%s"}
                """.formatted(id, command, workspace);
    }

    public static PatchDocument read(String document) {
        return switch (PatchDocument.read(document.getBytes(StandardCharsets.UTF_8))) {
            case PatchDocument.Reading.Valid valid -> valid.document();
            case PatchDocument.Reading.Invalid invalid -> throw new AssertionError(invalid);
            case PatchDocument.Reading.NotJson not -> throw new AssertionError(not);
        };
    }

    public static NewPatch patch(String id) {
        return patch(id, "echo hi", "default");
    }

    public static NewPatch patch(String id, String command, String workspace) {
        String text = document(id, command, workspace);
        PatchDocument document = read(text);
        return new NewPatch(
                document.id(),
                document.workspace(),
                document.hash(),
                SUBMIT,
                RawDocument.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    public static NewPatch patch(PatchDocument document) {
        return new NewPatch(
                document.id(),
                document.workspace(),
                document.hash(),
                SUBMIT,
                RawDocument.of(document.json().toString().getBytes(StandardCharsets.UTF_8)));
    }

    public static PatchEvent event(long number, NewPatch patch, PatchStatus status, Optional<Receipt> receipt) {
        return event(number, patch.id(), patch.hash(), status, receipt);
    }

    public static PatchEvent event(
            long number, PatchId id, ContentHash hash, PatchStatus status, Optional<Receipt> receipt) {
        return new PatchEvent(
                cursor(number), id, hash, 1, status, "because of " + status, NOON.plusSeconds(number), receipt);
    }

    public static EventCursor cursor(long number) {
        return EventCursor.parse(number + "-00000000000000ab").orElseThrow();
    }

    public static RunnerPatch runnerPatch(NewPatch patch, PatchStatus... history) {
        return runnerPatch(patch.id(), patch.hash(), history);
    }

    public static RunnerPatch runnerPatch(PatchId id, ContentHash hash, PatchStatus... history) {
        PatchStatus last = history[history.length - 1];
        List<StatusChange> changes = IntStream.range(0, history.length)
                .mapToObj(i -> new StatusChange(history[i], NOON.plusSeconds(i + 1), "because of " + history[i]))
                .toList();
        return new RunnerPatch(
                id,
                hash,
                WorkspaceName.DEFAULT,
                last,
                last.isTerminal(),
                "because of " + last,
                1,
                false,
                NOON,
                changes,
                last.isTerminal() ? Optional.of(receipt(last)) : Optional.empty());
    }

    /** The patch that these events, at least one, are about. */
    public static RunnerPatch runnerPatch(List<PatchEvent> events) {
        PatchEvent last = events.getLast();
        return new RunnerPatch(
                last.patchId(),
                last.contentHash(),
                WorkspaceName.DEFAULT,
                last.status(),
                last.status().isTerminal(),
                last.reason(),
                last.attempt(),
                false,
                NOON,
                events.stream()
                        .map(event -> new StatusChange(event.status(), event.at(), event.reason()))
                        .toList(),
                last.receipt(),
                Optional.empty(),
                Optional.of(last.cursor()));
    }

    public static Receipt receipt(PatchStatus outcome) {
        return receipt(outcome, "");
    }

    public static Receipt receipt(PatchStatus outcome, String logTail) {
        return new Receipt(
                "One command ran.",
                outcome,
                "exit code 0",
                Optional.of("shell"),
                Optional.of("role command_patch"),
                Optional.of(NOON),
                NOON.plusSeconds(1),
                List.of(new Receipt.Step("patch", "echo hi", Optional.of(0), Optional.empty(), 12, Optional.empty())),
                0,
                List.of(),
                0,
                "",
                0,
                logTail,
                0,
                List.of(),
                Enforced.nothingRan(),
                new Receipt.Undo(false, "nothing changed"));
    }
}
