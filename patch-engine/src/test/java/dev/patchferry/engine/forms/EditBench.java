package dev.patchferry.engine.forms;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Prints how long patches of a megabyte take, from the document to the new content: what the design promises, and what
 * is made to take long. Run by {@code bench/edit}.
 */
final class EditBench {
    private static final int HUNKS = 5_000;
    private static final int ROUNDS = 5;

    private EditBench() {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Work(byte[] file, ObjectNode document) {}

    public static void main(String[] arguments) {
        Map<String, Work> works = new LinkedHashMap<>();
        for (Writer form : List.of(Writer.UNIFIED_DIFF, Writer.APPLY_PATCH, Writer.SEARCH_REPLACE)) {
            works.put("5,000 hunks, 10 MiB, " + form.name().toLowerCase(Locale.ROOT), regular(form));
        }
        works.put(
                "one hunk of equal lines in a file of equal lines",
                bomb("x\n".repeat(5_000_000), " x\n".repeat(300_000) + "-y\n"));
        works.put(
                "hunks of one line that stands everywhere",
                bomb("x\n".repeat(5_000_000), "-x\n+y\n@@\n".repeat(4_900)));
        works.put("hunks that are nowhere", bomb(numbered(400_000), "-nowhere\n+y\n@@\n".repeat(4_900)));
        works.put("hunks that nearly fit", bomb(numbered(400_000), nearly()));
        works.put("one line of 10 MiB", bomb("x".repeat(10 << 20), "-" + "x".repeat(900_000) + "\n+y\n"));
        works.forEach(EditBench::measure);
    }

    private static Work regular(Writer form) {
        String file = IntStream.range(0, 380_000)
                .mapToObj(i -> "line " + i + " with some text\n")
                .collect(Collectors.joining());
        List<String> before = file.lines().toList();
        List<Change.Hunk> hunks = IntStream.range(0, HUNKS)
                .map(i -> 10 + i * 75)
                .mapToObj(at -> new Change.Hunk(
                        at + 1,
                        List.of(" " + before.get(at), "-" + before.get(at + 1), "+changed", " " + before.get(at + 2))))
                .toList();
        Change change = new Change(before, before, hunks);
        return new Work(bytes(file), form.document(change, true, Disturbance.NONE, new Random(1)));
    }

    private static Work bomb(String file, String hunks) {
        return new Work(bytes(file), Sent.text("--- a/f\n+++ b/f\n@@ @@\n" + hunks, "auto"));
    }

    private static String nearly() {
        return IntStream.range(0, 4_900)
                .mapToObj(i -> " line " + i * 80 + "\n-line " + (i * 80 + 2) + "\n@@\n")
                .collect(Collectors.joining());
    }

    private static String numbered(int lines) {
        return IntStream.range(0, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void measure(String name, Work work) {
        long[] millis = new long[ROUNDS];
        String outcome = "";
        for (int round = 0; round < ROUNDS; round++) {
            long begun = System.nanoTime();
            outcome = run(work);
            millis[round] = (System.nanoTime() - begun) / 1_000_000;
        }
        long first = millis[0];
        Arrays.sort(millis);
        System.out.printf(
                "%-55s %6d KiB patch %6d KiB file  first %5d ms  median %5d ms  %s%n",
                name,
                work.document().toString().length() >> 10,
                work.file().length >> 10,
                first,
                millis[ROUNDS / 2],
                outcome);
    }

    private static String run(Work work) {
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        if (!(DocumentParser.parse(work.document(), context) instanceof ParseResult.Planned planned)) {
            return "rejected";
        }
        Step.Edit edit = (Step.Edit) planned.plan().steps().getFirst();
        return switch (new EditEngine(System::nanoTime).edit(work.file(), edit.hunks())) {
            case EditResult.Edited edited -> edited.grade();
            case EditResult.Refused refused ->
                "refused: "
                        + refused.reason()
                                .substring(0, Math.min(60, refused.reason().length()))
                                .replace('\n', ' ');
        };
    }
}
