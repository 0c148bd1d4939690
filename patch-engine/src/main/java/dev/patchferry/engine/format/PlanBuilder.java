package dev.patchferry.engine.format;

import dev.patchferry.engine.plan.PathReading;
import dev.patchferry.engine.plan.Plan;
import dev.patchferry.engine.plan.Step;
import dev.patchferry.engine.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A plan in the making: what the readers of a document's parts found so far, the impossible included. */
final class PlanBuilder {
    /** What senders write where a field wants a path and they have none. */
    private static final String NO_FILE = "-";

    /** What senders put around a path in a text, and no file is called. */
    private static final Pattern DECORATED = Pattern.compile(
            "\\s.*|.*\\s|([`\"']).*\\1|.*\\.\\w+:\\d+(?:[-:]\\d+)?|.*\\s\\((?i:new|new file|updated|modified|changed|created|deleted)\\)");

    private static final int MOST_REASONS = 50;
    private static final int MOST_IGNORED = 100;

    private final FormatContext context;
    private final Set<String> base;
    private final Map<Phase, List<Step>> steps = new EnumMap<>(Phase.class);
    private final List<String> reasons = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private ParseResult.@Nullable Malformed malformed;
    private @Nullable Form form;

    /** The form that the document as a whole is said to have, and why. */
    private record Form(String name, String detectedBy) {}

    /** @param base the file names under which the document says what it saw */
    PlanBuilder(FormatContext context, Set<String> base) {
        this.context = context;
        this.base = Set.copyOf(base);
    }

    FormatContext context() {
        return context;
    }

    /** Adds a step; the form that the first step came in is the document's. */
    void add(Phase phase, Step step, String formName, String detectedBy) {
        if (form == null) {
            form = new Form(formName, detectedBy);
        }
        steps.computeIfAbsent(phase, ignoredPhase -> new ArrayList<>()).add(step);
    }

    /** Something here cannot be done, and so nothing will be. */
    void reject(JsonField at, String reason) {
        reasons.add(at.pointer().isEmpty() ? reason : at.pointer() + ": " + reason);
    }

    /** What stands here should have held steps and does not; the first such place is the one that counts. */
    void malformed(JsonField at, String reason) {
        if (malformed == null) {
            malformed = new ParseResult.Malformed(at.pointer(), reason);
        }
    }

    /** What stands here is nobody's to act on. */
    void ignore(JsonField field) {
        ignore(IgnoredField.inWords(field));
    }

    /** This is nobody's to act on. */
    void ignore(String phrase) {
        ignored.add(phrase);
    }

    /** The path that stands here, if it is a usable one; else the draft is rejected. */
    Optional<WorkspacePath> path(JsonField at) {
        Optional<String> text = at.text();
        if (text.isEmpty()) {
            reject(at, at.isPresent() ? "must be a path, as a string" : "is missing: the path of the file");
            return Optional.empty();
        }
        if (text.get().strip().equals(NO_FILE)) {
            reject(at, "names no file; send its path");
            return Optional.empty();
        }
        if (DECORATED.matcher(text.get()).matches()) {
            reject(at, "must be the path alone, without quotes, spaces, a remark or a line's number around it");
            return Optional.empty();
        }
        return switch (WorkspacePath.of(text.get(), context.workspaceRoot())) {
            case PathReading.Valid(WorkspacePath path) -> Optional.of(path);
            case PathReading.Invalid(String reason) -> {
                reject(at, reason);
                yield Optional.empty();
            }
        };
    }

    /** Whether there is neither anything to do nor anything wrong so far. */
    boolean isEmpty() {
        return steps.isEmpty() && reasons.isEmpty() && malformed == null;
    }

    /** Whether a file, at this point of the plan, is known to be what the sender saw. */
    boolean isAsInBase(WorkspacePath path) {
        boolean seen = base.stream()
                .anyMatch(
                        name -> WorkspacePath.of(name, context.workspaceRoot()).equals(new PathReading.Valid(path)));
        return seen
                && steps.values().stream()
                        .flatMap(List::stream)
                        .noneMatch(step -> step instanceof Step.Run
                                || PlanBounds.paths(step).anyMatch(path::equals));
    }

    ParseResult result() {
        if (malformed != null && reasons.isEmpty()) {
            return malformed;
        }
        if (malformed != null) {
            reasons.add(malformed.position() + ": " + malformed.reason());
        }
        if (!reasons.isEmpty()) {
            return new ParseResult.Unsupported(atMost(MOST_REASONS, reasons));
        }
        List<Step> all = steps.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty() || form == null) {
            return new ParseResult.Unsupported(List.of(nothingToDo()));
        }
        Optional<String> excess = PlanBounds.exceededBy(all).or(() -> Twins.among(all));
        return excess.isPresent()
                ? new ParseResult.Unsupported(List.of(excess.get()))
                : new ParseResult.Planned(new Plan(form.name, form.detectedBy, all, atMost(MOST_IGNORED, ignored)));
    }

    private String nothingToDo() {
        String found = ignored.isEmpty() ? "no field with a change in it" : String.join(", ", atMost(20, ignored));
        return "nothing here that can be executed: found " + found + "; missing is a change, as `patch` (with `role`"
                + " and `target_file`), `mutations`, `postMutationBuild` or `validate.shell`";
    }

    private static List<String> atMost(int most, List<String> phrases) {
        if (phrases.size() <= most) {
            return phrases;
        }
        List<String> cut = new ArrayList<>(phrases.subList(0, most));
        cut.add("and " + (phrases.size() - most) + " more");
        return cut;
    }
}
