package dev.patchferry.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Commands in every form that a document has for them, damaged as senders damage them: what would run is the command as
 * it was sent, once and alone, or the document is refused.
 */
class CommandFormsTest {
    private static final List<String> WORDS = List.of("make", "npm", "test", "-j2", "'a b'", "$HOME", "\"x\"", "*.py");
    private static final List<String> TAILS =
            List.of("", " && echo ok", "\necho 'line 2'", " | tee log", " # why", " <<'E'\nx\nE");
    private static final List<String> UNKNOWN = List.of(
            "cwd",
            "env",
            "timeout",
            "if",
            "when",
            "unless",
            "ignore_errors",
            "background",
            "stdin",
            "user",
            "retries",
            "sudo",
            "parallel",
            "Shell",
            "dry_run",
            "exist_ok");

    /** Where a command stands. */
    enum Form {
        ROLE,
        MUTATION,
        BUILD,
        BUILD_SHELL,
        VALIDATE;

        ObjectNode holder(ObjectNode document) {
            return switch (this) {
                case ROLE, BUILD -> document;
                case MUTATION -> document.putArray("mutations").addObject();
                case BUILD_SHELL -> document.putObject("postMutationBuild");
                case VALIDATE -> document.putObject("validate");
            };
        }

        String field() {
            return switch (this) {
                case ROLE -> "patch";
                case BUILD -> "postMutationBuild";
                case MUTATION, BUILD_SHELL, VALIDATE -> "shell";
            };
        }
    }

    /** What is wrong, and whether the command may run nevertheless. */
    private enum Damage {
        NONE(true),
        PROSE(true),
        UNKNOWN_FIELD(false),
        LOST_FIELD(false),
        WRONG_NAME(false),
        WRONG_TYPE(false),
        A_FILE_BESIDE(false),
        A_DIFF_INSTEAD(false),
        DRY_RUN(false);

        private final boolean mayRun;

        Damage(boolean mayRun) {
            this.mayRun = mayRun;
        }
    }

    private final Map<Damage, Integer> run = new EnumMap<>(Damage.class);

    @ParameterizedTest
    @EnumSource(Form.class)
    void runsTheCommandAsItWasSentOrRefusesTheDocument(Form form) {
        Seeds.all().forEach(seed -> {
            for (Damage damage : Damage.values()) {
                tryOne(form, damage, seed);
            }
        });
        assertThat((long) run.getOrDefault(Damage.NONE, 0))
                .isGreaterThanOrEqualTo(Seeds.all().count());
        assertThat((long) run.getOrDefault(Damage.PROSE, 0))
                .isEqualTo(Seeds.all().count());
    }

    private void tryOne(Form form, Damage asked, int seed) {
        Random random = new Random(seed * 31L + asked.name().hashCode());
        String command = WORDS.get(random.nextInt(2)) + " " + WORDS.get(random.nextInt(WORDS.size())) + " " + seed
                + TAILS.get(random.nextInt(TAILS.size()));
        ObjectNode document = JsonForm.document();
        ObjectNode holder = form.holder(document);
        holder.put(form.field(), command);
        if (form == Form.ROLE) {
            document.put("role", "command_patch").put("target_file", "f");
        }
        Damage damage = damage(asked, form, holder, document, random) ? asked : Damage.NONE;
        Optional<List<Step>> steps = steps(document);
        if (steps.isPresent()) {
            run.merge(damage, 1, Integer::sum);
            String about = "%s, %s, seed %d: %s".formatted(form, damage, seed, document);
            assertThat(damage.mayRun).as(about).isTrue();
            assertThat(steps.get())
                    .as(about)
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Step.Run.class,
                            step -> assertThat(step.command()).as(about).isEqualTo(command));
        }
    }

    /** Damages the document; false where the form has nothing to be damaged in this way. */
    private static boolean damage(Damage damage, Form form, ObjectNode holder, ObjectNode document, Random random) {
        boolean own = form != Form.ROLE && form != Form.BUILD;
        String unknown = UNKNOWN.get(random.nextInt(own ? UNKNOWN.size() : 3));
        return switch (damage) {
            case NONE -> true;
            case PROSE -> document.put("description", "because").has("description");
            case UNKNOWN_FIELD ->
                (own && random.nextInt(3) == 0)
                        ? holder.put("exist_ok", false).has("exist_ok")
                        : holder.put(unknown, "x").has(unknown);
            case LOST_FIELD -> holder.remove(form == Form.ROLE && random.nextBoolean() ? "role" : form.field()) != null;
            case WRONG_NAME -> own && holder.set("script", holder.remove(form.field())) != null;
            case WRONG_TYPE -> holder.put(form.field(), random.nextInt(9)).has(form.field());
            case A_FILE_BESIDE -> own && holder.put("path", "f").has("path");
            case A_DIFF_INSTEAD ->
                form == Form.ROLE
                        && holder.put(form.field(), "The fix:\n--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n")
                                .has("patch");
            case DRY_RUN -> document.put("mode", "dry_run").has("mode");
        };
    }

    /** What would be done; empty if the document is refused or is to have no effect. */
    private static Optional<List<Step>> steps(ObjectNode json) {
        byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
        if (!(PatchDocument.read(bytes) instanceof Reading.Valid(PatchDocument document)) || document.dryRun()) {
            return Optional.empty();
        }
        FormatContext context = new FormatContext("/srv/ws", Optional.empty());
        return DocumentParser.parse(document.json(), context) instanceof ParseResult.Planned(Plan plan)
                ? Optional.of(plan.steps())
                : Optional.empty();
    }
}
