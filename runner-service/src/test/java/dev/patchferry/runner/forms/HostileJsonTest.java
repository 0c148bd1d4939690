package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.runner.edit.EditEngine;
import dev.patchferry.runner.edit.EditResult;
import dev.patchferry.runner.format.DocumentParser;
import dev.patchferry.runner.format.FormatContext;
import dev.patchferry.runner.format.ParseResult;
import dev.patchferry.runner.plan.Plan;
import dev.patchferry.runner.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes in every JSON form, damaged as senders damage them. The right file is known from how the change was made; what
 * comes out is that file or a refusal, and for most damages only a refusal will do. {@code -Dferry.roundtrip.seeds=N}
 * tries N seeds instead of 1,000.
 */
class HostileJsonTest {
    private static final int SEEDS = Integer.getInteger("ferry.roundtrip.seeds", 1_000);
    private static final List<String> WORDS =
            List.of("get", "set", "put", "if", "x.y", "a[i]", "(b)", "c*", "d?", "$1");
    private static final List<String> UNKNOWN = List.of(
            "context_before",
            "backup",
            "cwd",
            "flags_",
            "if_exists",
            "after_line",
            "create_dirs",
            "Contents",
            "dryrun",
            "preview",
            "occurence",
            "regx",
            "all_",
            "recursive",
            "new_path",
            "diff",
            "where",
            "at",
            "index");

    /** What is wrong, and whether the change may still be made as it was meant. */
    private enum Damage {
        NONE(true),
        PROSE(true),
        UNKNOWN_FIELD(false),
        ANOTHER_PATH(false),
        STALE_TEXT(false),
        DOUBLED_LINE(true),
        WRONG_NUMBER(false),
        NO_BASE(false),
        SENT_AGAIN(true),
        PART_TO_DELETE(false),
        DRY_RUN(false);

        private final boolean mayApply;

        Damage(boolean mayApply) {
            this.mayApply = mayApply;
        }
    }

    private final Map<Damage, Integer> applied = new EnumMap<>(Damage.class);

    @ParameterizedTest
    @EnumSource(JsonForm.class)
    void makesEveryChangeOrRefusesItAndNeverAnythingElse(JsonForm form) {
        int undamaged = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            undamaged += tryOne(form, seed) == Damage.NONE ? 1 : 0;
        }
        assertThat(applied.getOrDefault(Damage.NONE, 0)).isEqualTo(undamaged).isPositive();
        assertThat(applied.getOrDefault(Damage.PROSE, 0)).isPositive();
    }

    private Damage tryOne(JsonForm form, int seed) {
        Random random = new Random(seed * 31L + form.name().hashCode());
        List<String> before = lines(random);
        int at = random.nextInt(before.size());
        ObjectNode document = JsonForm.document();
        List<String> after = form.change(before, at, document, random);
        Damage damage = Damage.values()[random.nextInt(Damage.values().length)];
        boolean damaged = damage(damage, document, before, at, random);
        if (!damaged) {
            damage = Damage.NONE;
        }
        List<String> file = damage == Damage.SENT_AGAIN ? after : before;
        Optional<String> result = send(document, text(file));
        String about = "%s, seed %d, %s: %s%n%s".formatted(form, seed, damage, document, text(file));
        if (result.isPresent()) {
            applied.merge(damage, 1, Integer::sum);
            assertThat(damage.mayApply).as("applied: %s", about).isTrue();
            if (damage == Damage.DOUBLED_LINE && form != JsonForm.WHOLE_FILE) {
                assertOneLineIsNew(result.get(), before, about);
            } else {
                assertThat(result.get()).as(about).isEqualTo(text(after));
            }
        }
        return damage;
    }

    /** Where a line stands twice, a form may name one of its places by other means; nothing else may change. */
    private static void assertOneLineIsNew(String result, List<String> before, String about) {
        List<String> lines = new ArrayList<>(result.lines().toList());
        assertThat(lines.remove(JsonForm.NEW)).as(about).isTrue();
        assertThat(before.size() - lines.size()).as(about).isBetween(0, 1);
        assertThat(before).as(about).containsSubsequence(lines);
    }

    /** Damages the document or the file; false where the form has nothing to be damaged in this way. */
    private static boolean damage(Damage damage, ObjectNode document, List<String> before, int at, Random random) {
        ObjectNode target = JsonForm.target(document);
        String unknown = UNKNOWN.get(random.nextInt(UNKNOWN.size()));
        return switch (damage) {
            case NONE, SENT_AGAIN -> true;
            case PROSE -> target.put("comment", "because").has("comment");
            case UNKNOWN_FIELD ->
                target.put(unknown, random.nextBoolean() ? "x" : "1").has(unknown);
            case ANOTHER_PATH -> target.has("path") && target.put("file", "g").has("file");
            case STALE_TEXT -> staleText(target, before.get(at));
            case DOUBLED_LINE -> doubled(before, at, random);
            case WRONG_NUMBER -> wrongNumber(target, before.size());
            case NO_BASE -> target.path("insert_line").asInt(1) > 0 && document.remove("base") != null;
            case PART_TO_DELETE ->
                !target.has("op")
                        && target.has("path")
                        && target.put("op", "delete").has("op");
            case DRY_RUN ->
                document.put(random.nextBoolean() ? "dry_run" : "dryRun", true).size() > 0;
        };
    }

    private static boolean doubled(List<String> before, int at, Random random) {
        before.add(random.nextInt(before.size()), before.get(at));
        return true;
    }

    private static boolean staleText(ObjectNode target, String line) {
        for (String field :
                List.of("old", "search", "find", "old_str", "oldText", "old_string", "before", "original")) {
            if (target.path(field).asText().equals(line)) {
                target.put(field, line + "_");
                return true;
            }
        }
        return false;
    }

    private static boolean wrongNumber(ObjectNode target, int lines) {
        for (String field : List.of("start_line", "insert_line")) {
            if (target.has(field)) {
                target.put(field, lines + 1 + (field.equals("insert_line") ? 1 : 0));
                return true;
            }
        }
        return false;
    }

    /** The file afterwards; empty if the document is refused or is to have no effect. */
    private static Optional<String> send(ObjectNode json, String before) {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (!(PatchDocument.read(bytes) instanceof Reading.Valid(PatchDocument document)) || document.dryRun()) {
            return Optional.empty();
        }
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        return DocumentParser.parse(document.json(), context) instanceof ParseResult.Planned(Plan plan)
                ? carryOut(plan, before)
                : Optional.empty();
    }

    private static Optional<String> carryOut(Plan plan, String before) {
        assertThat(plan.steps()).hasSize(1);
        return switch (plan.steps().getFirst()) {
            case Step.Write write -> Optional.of(new String(write.content().toArray(), StandardCharsets.UTF_8));
            case Step.Edit edit ->
                new EditEngine(() -> 0L).edit(before.getBytes(StandardCharsets.UTF_8), edit.hunks())
                                instanceof EditResult.Edited edited
                        ? Optional.of(new String(edited.bytes().toArray(), StandardCharsets.UTF_8))
                        : Optional.empty();
            case Step other -> throw new AssertionError("planned " + other.summary());
        };
    }

    private static List<String> lines(Random random) {
        List<String> lines = new ArrayList<>(IntStream.range(0, 2 + random.nextInt(12))
                .mapToObj(i ->
                        " ".repeat(random.nextInt(3) * 2) + WORDS.get(random.nextInt(WORDS.size())) + " = n" + i + ";")
                .toList());
        Collections.shuffle(lines, random);
        return lines;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
