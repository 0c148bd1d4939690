package dev.patchferry.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Changes that are made, written down in every form, disturbed and applied: what comes out is the change or a refusal
 * that names the hunk, never anything else.
 */
class RoundTripTest {
    private static final List<Disturbance> DISTURBANCES = List.of(Disturbance.values());

    private final Map<Disturbance, Integer> tried = new EnumMap<>(Disturbance.class);
    private final Map<Disturbance, Integer> applied = new EnumMap<>(Disturbance.class);

    @ParameterizedTest
    @EnumSource(Writer.class)
    void appliesEveryChangeOrRefusesItAndNeverAnythingElse(Writer form) {
        Seeds.all().forEach(seed -> tryOne(form, seed));
        assertThat(applied.get(Disturbance.NONE))
                .as("undisturbed changes of %s that were applied", tried.get(Disturbance.NONE))
                .isGreaterThan(tried.get(Disturbance.NONE) * 9 / 10);
        for (Disturbance disturbance : DISTURBANCES) {
            assertThat(applied.getOrDefault(disturbance, 0))
                    .as(disturbance.name())
                    .isPositive();
        }
    }

    @Test
    void comesToTheSameWithTheSameSeed() {
        assertThat(Change.random(new Random(7))).isEqualTo(Change.random(new Random(7)));
    }

    private void tryOne(Writer form, int seed) {
        Random random = new Random(seed);
        Change change = Change.random(random);
        if (change.hunks().isEmpty()) {
            return;
        }
        Disturbance disturbance =
                change.isPlain() ? DISTURBANCES.get(random.nextInt(DISTURBANCES.size())) : Disturbance.NONE;
        if (disturbance == Disturbance.NO_CONTEXT) {
            Change bare = change.withoutContext();
            disturbance = bare.isPlain() ? disturbance : Disturbance.NONE;
            change = bare.isPlain() ? bare : change;
        }
        String ending = random.nextInt(4) == 0 ? "\r\n" : "\n";
        boolean ended = random.nextInt(4) > 0
                || disturbance == Disturbance.LINES_BELOW
                || (disturbance == Disturbance.NO_CONTEXT && change.reachesTheEnd())
                || change.before().getLast().isEmpty()
                || change.after().getLast().isEmpty();
        String mark = random.nextInt(8) == 0 ? "\uFEFF" : "";
        ObjectNode document = form.document(change, ended, disturbance, random);
        String before = mark + file(disturbance.file(change.before()), ending, ended);
        String expected = mark + file(disturbance.file(change.after()), ending, ended);
        tried.merge(disturbance, 1, Integer::sum);
        switch (apply(document, before)) {
            case EditResult.Edited(Bytes content, String _) -> {
                applied.merge(disturbance, 1, Integer::sum);
                assertThat(new String(content.toArray(), StandardCharsets.UTF_8))
                        .as("%s, seed %d, %s:%n%s%n%s", form, seed, disturbance, document.toPrettyString(), before)
                        .isEqualTo(expected);
            }
            case EditResult.Refused(String reason) ->
                assertThat(reason)
                        .as("%s, seed %d, %s:%n%s%n%s", form, seed, disturbance, document.toPrettyString(), before)
                        .containsPattern("hunk|chunk|block|replacement|`")
                        .hasSizeLessThan(2_000);
        }
    }

    private static EditResult apply(ObjectNode document, String before) {
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        return switch (DocumentParser.parse(document, context)) {
            case ParseResult.Planned(Plan plan) -> {
                Step.Edit edit = (Step.Edit) plan.steps().getFirst();
                // A clock that stands still: no slow machine turns a change into a refusal.
                yield new EditEngine(() -> 0L).edit(before.getBytes(StandardCharsets.UTF_8), edit.hunks());
            }
            case ParseResult.Unsupported(List<String> reasons) -> new EditResult.Refused(String.join("; ", reasons));
            case ParseResult.Malformed(String _, String reason) -> new EditResult.Refused(reason);
        };
    }

    private static String file(List<String> lines, String ending, boolean ended) {
        return String.join(ending, lines) + (ended && !lines.isEmpty() ? ending : "");
    }
}
