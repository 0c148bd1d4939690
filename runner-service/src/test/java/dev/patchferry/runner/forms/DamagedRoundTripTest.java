package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.edit.EditEngine;
import dev.patchferry.runner.edit.EditResult;
import dev.patchferry.runner.format.DocumentParser;
import dev.patchferry.runner.format.FormatContext;
import dev.patchferry.runner.format.ParseResult;
import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Hunk;
import dev.patchferry.runner.plan.Plan;
import dev.patchferry.runner.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Patches of two files that are damaged on their way: both files become what they were to become, or nothing changes.
 * What they were to become is known from how the patch was made. {@code -Dferry.roundtrip.seeds=N} tries N seeds instead
 * of 1,000.
 */
class DamagedRoundTripTest {
    private static final int SEEDS = Integer.getInteger("ferry.roundtrip.seeds", 1_000);

    private static final List<Damage> DAMAGES = List.of(Damage.values());

    /** How a patch is written down. */
    enum Form {
        UNIFIED_DIFF,
        APPLY_PATCH,
        SEARCH_REPLACE;

        List<DamagedPatch.Line> write(DamagedPatch patch) {
            return switch (this) {
                case UNIFIED_DIFF -> patch.asDiff();
                case APPLY_PATCH -> patch.asPatch();
                case SEARCH_REPLACE -> patch.asBlocks();
            };
        }
    }

    private final Map<Damage, Integer> tried = new EnumMap<>(Damage.class);
    private final Map<Damage, Integer> applied = new EnumMap<>(Damage.class);

    @ParameterizedTest
    @EnumSource(Form.class)
    void doesWhatWasMeantOrNothing(Form form) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            tryOne(form, DAMAGES.get(seed % DAMAGES.size()), seed, random);
        }
        assertThat(applied.get(Damage.NONE)).isGreaterThan(tried.get(Damage.NONE) * 9 / 10);
        for (Damage damage : List.of(Damage.LOST_MARK, Damage.LOST_HEADER, Damage.WRONG_NAME)) {
            assertThat(applied.get(damage)).as("%s is noticed", damage).isLessThan(tried.get(damage));
        }
        // What was just done is recognised, so a block that comes twice need not be refused.
        assertThat(applied.get(Damage.DOUBLED_BLOCK)).isPositive();
    }

    private void tryOne(Form form, Damage damage, int seed, Random random) {
        DamagedPatch patch = DamagedPatch.random(random);
        Map<String, String> before = new TreeMap<>();
        Map<String, String> after = new TreeMap<>();
        for (DamagedPatch.ChangedFile file : patch.files()) {
            before.put(file.name(), text(file.before()));
            after.put(file.name(), text(file.after()));
        }
        String other = text(DamagedPatch.file(3_000, random));
        before.put("h.py", other);
        after.put("h.py", other);
        String sent = text(damage.damage(form.write(patch), random));

        Map<String, String> now = new TreeMap<>(before);
        boolean done = apply(sent, now);

        tried.merge(damage, 1, Integer::sum);
        applied.merge(damage, done ? 1 : 0, Integer::sum);
        if (done) {
            assertThat(now).as("%s, %s, seed %d:%n%s", form, damage, seed, sent).isEqualTo(after);
        }
    }

    /** Whether the patch took effect. */
    private static boolean apply(String sent, Map<String, String> files) {
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        if (!(DocumentParser.parse(Sent.text(sent, "auto"), context) instanceof ParseResult.Planned(Plan plan))) {
            return false;
        }
        return plan.steps().stream().allMatch(step -> switch (step) {
            case Step.Edit edit -> edit(edit.path().value(), edit.hunks(), files);
            case Step.EditOneOf edit -> oneOf(edit, files);
            default -> throw new AssertionError("no patch of this test says so: " + step.summary());
        });
    }

    private static boolean oneOf(Step.EditOneOf edit, Map<String, String> files) {
        boolean there = files.containsKey(edit.path().value());
        boolean otherThere = files.containsKey(edit.other().value());
        if (there == otherThere || (otherThere && !edit.otherServes())) {
            return false;
        }
        return edit((there ? edit.path() : edit.other()).value(), edit.hunks(), files);
    }

    private static boolean edit(String name, List<Hunk> hunks, Map<String, String> files) {
        String content = files.get(name);
        if (content == null) {
            return false;
        }
        EditResult result = new EditEngine(() -> 0L).edit(content.getBytes(StandardCharsets.UTF_8), hunks);
        if (result instanceof EditResult.Edited(Bytes bytes, String _)) {
            files.put(name, new String(bytes.toArray(), StandardCharsets.UTF_8));
            return true;
        }
        return false;
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
