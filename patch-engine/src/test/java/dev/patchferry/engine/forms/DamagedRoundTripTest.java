package dev.patchferry.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Hunk;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Patches of two files that are damaged on their way, each in every way: both files become what they were to become, or
 * nothing changes, whatever the document says beside the patch. What they were to become is known from how the patch was
 * made.
 */
class DamagedRoundTripTest {
    private static final List<String> ROLES = List.of("model", "model", "command_patch", "content_patch");
    private static final List<String> TARGETS = List.of("", "f.py", "g.py", "h.py");
    private static final Pattern BLOCK =
            Pattern.compile("<<<<<<< SEARCH\\n(.*?)=======\\n(.*?)>>>>>>> REPLACE\\n", Pattern.DOTALL);

    /** What carries out a document. Returns whether it says that it did. */
    private interface Engine {
        boolean apply(ObjectNode document, Map<String, String> files);
    }

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
        Seeds.all().forEach(seed -> tryAll(form, seed, DamagedRoundTripTest::apply));
        assertThat(applied.get(Damage.NONE)).isGreaterThan(tried.get(Damage.NONE) * 9 / 10);
        for (Damage damage : List.of(Damage.LOST_MARK, Damage.LOST_HEADER, Damage.WRONG_NAME)) {
            assertThat(applied.get(damage)).as("%s is noticed", damage).isLessThan(tried.get(damage));
        }
        // What was just done is recognised, so a block that comes twice need not be refused.
        assertThat(applied.get(Damage.DOUBLED_BLOCK)).isPositive();
    }

    @Test
    void findsOutAnEngineThatGuesses() {
        assertThatThrownBy(() ->
                        Seeds.all().forEach(seed -> tryAll(Form.SEARCH_REPLACE, seed, DamagedRoundTripTest::guess)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("SEARCH_REPLACE");
    }

    private void tryAll(Form form, int seed, Engine engine) {
        for (Damage damage : Damage.values()) {
            tryOne(form, damage, seed, engine);
        }
    }

    private void tryOne(Form form, Damage damage, int seed, Engine engine) {
        Random random = new Random(seed * 31L + damage.name().hashCode());
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
        ObjectNode document = document(text(damage.damage(form.write(patch), random)), random);

        Map<String, String> now = new TreeMap<>(before);
        boolean done = engine.apply(document, now);

        tried.merge(damage, 1, Integer::sum);
        applied.merge(damage, done ? 1 : 0, Integer::sum);
        if (done && !now.equals(after)) {
            assertThat(now)
                    .as(
                            "%s, %s, seed %d:%n%s",
                            form, damage, seed, document.toPrettyString().replace("\\n", "\n"))
                    .isEqualTo(after);
        }
    }

    private static ObjectNode document(String patch, Random random) {
        ObjectNode document = Sent.text(patch, "auto");
        document.put("role", ROLES.get(random.nextInt(ROLES.size())));
        String target = TARGETS.get(random.nextInt(TARGETS.size()));
        return target.isEmpty() ? document : document.put("target_file", target);
    }

    /** Does every block in the first file that holds its old text, and none that stands nowhere. */
    private static boolean guess(ObjectNode document, Map<String, String> files) {
        Matcher block = BLOCK.matcher(document.path("patch").textValue());
        while (block.find()) {
            String old = block.group(1);
            String fresh = block.group(2);
            files.entrySet().stream()
                    .filter(file -> file.getValue().contains(old))
                    .findFirst()
                    .ifPresent(file -> file.setValue(file.getValue().replace(old, fresh)));
        }
        return true;
    }

    /** Whether the patch took effect. */
    private static boolean apply(ObjectNode document, Map<String, String> files) {
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        if (!(DocumentParser.parse(document, context) instanceof ParseResult.Planned(Plan plan))) {
            return false;
        }
        return plan.steps().stream().allMatch(step -> switch (step) {
            case Step.Edit edit -> edit(edit.path().value(), edit.hunks(), files);
            case Step.EditOneOf edit -> oneOf(edit, files);
            default -> throw new AssertionError("no patch of this test says so: " + step.summary() + " by " + document);
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
