package dev.patchferry.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes in every JSON form, damaged as senders damage them. The right file is known from how the change was made; what
 * comes out is that file or a refusal, and for most damages only a refusal will do. No other file ever changes.
 */
class HostileJsonTest {
    private static final String OTHER = "not = of(this);\nfile, at = all;\n";
    private static final List<String> WORDS =
            List.of("get", "set", "put", "if", "x.y", "a[i]", "(b)", "c*", "d?", "$1");
    private final Map<JsonDamage, Integer> applied = new EnumMap<>(JsonDamage.class);

    @ParameterizedTest
    @EnumSource(JsonForm.class)
    void makesEveryChangeOrRefusesItAndNeverAnythingElse(JsonForm form) {
        long undamaged = Seeds.all()
                .boxed()
                .flatMap(seed -> Stream.of(JsonDamage.values()).map(damage -> tryOne(form, damage, seed)))
                .filter(JsonDamage.NONE::equals)
                .count();
        assertThat((long) applied.getOrDefault(JsonDamage.NONE, 0))
                .isEqualTo(undamaged)
                .isPositive();
        assertThat(applied.getOrDefault(JsonDamage.PROSE, 0)).isPositive();
    }

    private JsonDamage tryOne(JsonForm form, JsonDamage asked, int seed) {
        Random random = new Random(seed * 31L + asked.name().hashCode());
        List<String> before = lines(random);
        int at = random.nextInt(before.size());
        ObjectNode document = JsonForm.document();
        List<String> after = form.change(before, at, document, random);
        JsonDamage damage = asked.damage(document, before, at, random) ? asked : JsonDamage.NONE;
        List<String> file = damage == JsonDamage.SENT_AGAIN ? after : before;
        Optional<String> result = send(document, text(file));
        if (result.isPresent()) {
            applied.merge(damage, 1, Integer::sum);
        }
        if (result.isPresent() && !(damage.mayApply() && result.get().equals(text(after)))) {
            String about = "%s, seed %d, %s: %s%n%s".formatted(form, seed, damage, document, text(file));
            assertThat(damage.mayApply()).as("applied: %s", about).isTrue();
            if (damage == JsonDamage.DOUBLED_LINE && form != JsonForm.WHOLE_FILE) {
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

    /** The file afterwards; empty if the document is refused or is to have no effect. */
    private static Optional<String> send(ObjectNode json, String before) {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (!(PatchDocument.read(bytes) instanceof Reading.Valid(PatchDocument document)) || document.dryRun()) {
            return Optional.empty();
        }
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        if (!(DocumentParser.parse(document.json(), context) instanceof ParseResult.Planned(Plan plan))) {
            return Optional.empty();
        }
        Map<String, String> files = new HashMap<>(Map.of("f", before, "g", OTHER));
        for (Step step : plan.steps()) {
            if (!carryOut(step, files)) {
                return Optional.empty();
            }
        }
        assertThat(files).as("%s", json).hasSize(2).containsEntry("g", OTHER);
        return Optional.of(String.valueOf(files.get("f")));
    }

    private static boolean carryOut(Step step, Map<String, String> files) {
        return switch (step) {
            case Step.Write write ->
                !(write.mustBeNew() && files.containsKey(write.path().value()))
                        && put(files, write.path().value(), write.content().toArray());
            case Step.Edit edit -> {
                String content = files.get(edit.path().value());
                yield content != null
                        && new EditEngine(() -> 0L).edit(content.getBytes(StandardCharsets.UTF_8), edit.hunks())
                                instanceof EditResult.Edited edited
                        && put(files, edit.path().value(), edited.bytes().toArray());
            }
            case Step other -> throw new AssertionError("planned " + other.summary());
        };
    }

    private static boolean put(Map<String, String> files, String path, byte[] content) {
        files.put(path, new String(content, StandardCharsets.UTF_8));
        return true;
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
