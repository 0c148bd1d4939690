package dev.patchferry.runner.format;

import dev.patchferry.runner.plan.PathReading;
import dev.patchferry.runner.plan.Plan;
import dev.patchferry.runner.plan.Step;
import dev.patchferry.runner.plan.WorkspacePath;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A plan in the making: what the readers of a document's parts found so far, the impossible included. */
final class Draft {
    private static final int MOST_REASONS = 50;
    private static final int MOST_IGNORED = 100;

    private final FormatContext context;
    private final Map<Phase, List<Step>> steps = new EnumMap<>(Phase.class);
    private final List<String> reasons = new ArrayList<>();
    private final List<String> ignored = new ArrayList<>();
    private ParseResult.@Nullable Malformed malformed;
    private @Nullable Form form;

    /** The form that the document as a whole is said to have, and why. */
    private record Form(String name, String detectedBy) {}

    Draft(FormatContext context) {
        this.context = context;
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
    void reject(Place at, String reason) {
        reasons.add(at.pointer().isEmpty() ? reason : at.pointer() + ": " + reason);
    }

    /** What stands here should have held steps and does not; the first such place is the one that counts. */
    void malformed(Place at, String reason) {
        if (malformed == null) {
            malformed = new ParseResult.Malformed(at.pointer(), reason);
        }
    }

    /** What stands here is nobody's to act on. */
    void ignore(Place field) {
        ignore(IgnoredField.inWords(field));
    }

    /** This is nobody's to act on. */
    void ignore(String phrase) {
        ignored.add(phrase);
    }

    /** The path that stands here, if it is a usable one; else the draft is rejected. */
    Optional<WorkspacePath> path(Place at) {
        Optional<String> text = at.text();
        if (text.isEmpty()) {
            reject(at, at.isPresent() ? "must be a path, as a string" : "is missing: the path of the file");
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

    ParseResult result() {
        if (malformed != null) {
            return malformed;
        }
        if (!reasons.isEmpty()) {
            return new ParseResult.Unsupported(atMost(MOST_REASONS, reasons));
        }
        List<Step> all = steps.values().stream().flatMap(List::stream).toList();
        if (all.isEmpty() || form == null) {
            return new ParseResult.Unsupported(List.of(nothingToDo()));
        }
        boolean insists = form.detectedBy.equals("format is content");
        Optional<String> excess =
                Bounds.exceededBy(all).or(() -> Twins.among(all)).or(() -> LeftOutCode.in(all, !insists));
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
