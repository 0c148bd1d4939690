package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What happened to a patch: what ran, what changed, what was skipped and what was enforced. Lists and texts are
 * bounded; what was left out is counted. Longer than other classes, since each of its many fields is carried along by each
 * way to make another receipt of it.
 *
 * @param summary one or two sentences for a person or a model
 * @param outcome the terminal (or waiting) state this receipt belongs to
 * @param reason why it ended so; a stable word first where a program may want it
 * @param format the form the patch was read as
 * @param detectedBy why it was read as that form
 * @param steps what was done, in order; a step that was not reached is not listed
 * @param stepsOmitted steps beyond the bound
 * @param files what took effect in the workspace; empty when everything was rolled back
 * @param filesOmitted files beyond the bound
 * @param diff unified diff of {@code files}, cut at the bound; whole at {@code /patches/{id}/diff}
 * @param diffOmitted characters of the diff beyond the bound
 * @param logTail the end of the output; whole at {@code /patches/{id}/log}
 * @param logOmitted bytes of output before the tail
 * @param ignored fields of the document that were not acted on, and effects that were not committed
 * @param review what somebody who decides about the change was shown of it; empty unless somebody has to, or had to
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Receipt(
        String summary,
        PatchStatus outcome,
        String reason,
        Optional<String> format,
        Optional<String> detectedBy,
        Optional<Instant> startedAt,
        Instant finishedAt,
        List<Step> steps,
        long stepsOmitted,
        List<ChangedFile> files,
        long filesOmitted,
        String diff,
        long diffOmitted,
        String logTail,
        long logOmitted,
        List<String> ignored,
        Enforced enforced,
        Undo undo,
        Optional<Review> review) {

    public Receipt {
        steps = List.copyOf(steps);
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
        review = review == null ? Optional.empty() : review;
    }

    /** Of a change that nobody was shown before it took effect. */
    public Receipt(
            String summary,
            PatchStatus outcome,
            String reason,
            Optional<String> format,
            Optional<String> detectedBy,
            Optional<Instant> startedAt,
            Instant finishedAt,
            List<Step> steps,
            long stepsOmitted,
            List<ChangedFile> files,
            long filesOmitted,
            String diff,
            long diffOmitted,
            String logTail,
            long logOmitted,
            List<String> ignored,
            Enforced enforced,
            Undo undo) {
        this(
                summary,
                outcome,
                reason,
                format,
                detectedBy,
                startedAt,
                finishedAt,
                steps,
                stepsOmitted,
                files,
                filesOmitted,
                diff,
                diffOmitted,
                logTail,
                logOmitted,
                ignored,
                enforced,
                undo,
                Optional.empty());
    }

    /**
     * The receipt of a patch that nothing ran of.
     *
     * @param format the form it was read as, if it got that far
     */
    public static Receipt nothingRan(
            PatchStatus outcome, String reason, Optional<String> format, Optional<String> detectedBy, Instant at) {
        String name = outcome.wireName();
        String summary = Character.toUpperCase(name.charAt(0))
                + name.substring(1).replace('_', ' ') + "; nothing of it ran. Reason: " + reason;
        return withoutSteps(
                summary,
                outcome,
                reason,
                new Reading(format, detectedBy),
                at,
                Enforced.nothingRan(),
                new Undo(false, "nothing took effect"));
    }

    /**
     * The receipt of a patch that may have run, partly or whole, and nobody is left who knows.
     *
     * @param reason for {@code interrupted}
     */
    public static Receipt outcomeUnknown(String reason, Instant at) {
        return withoutSteps(
                "Interrupted; whether it took effect is not known. Reason: " + reason,
                PatchStatus.INTERRUPTED,
                reason,
                new Reading(Optional.empty(), Optional.empty()),
                at,
                new Enforced("unknown", "unknown", "unknown", List.of(), Optional.empty()),
                new Undo(false, "what took effect is not known"));
    }

    private record Reading(Optional<String> format, Optional<String> detectedBy) {}

    private static Receipt withoutSteps(
            String summary,
            PatchStatus outcome,
            String reason,
            Reading reading,
            Instant at,
            Enforced enforced,
            Undo undo) {
        return new Receipt(
                summary,
                outcome,
                reason,
                reading.format(),
                reading.detectedBy(),
                Optional.empty(),
                at,
                List.of(),
                0,
                List.of(),
                0,
                "",
                0,
                "",
                0,
                List.of(),
                enforced,
                undo);
    }

    /**
     * The same run with another end, which has the same effect.
     *
     * @param summaryOfIt one or two sentences
     * @param at when it ended so
     */
    public Receipt ended(PatchStatus asThis, String summaryOfIt, String why, Instant at, Undo undoing) {
        return ended(asThis, summaryOfIt, why, at, files, filesOmitted, diff, diffOmitted, undoing);
    }

    private Receipt ended(
            PatchStatus asThis,
            String summaryOfIt,
            String why,
            Instant at,
            List<ChangedFile> effect,
            long effectOmitted,
            String effectDiff,
            long effectDiffOmitted,
            Undo undoing) {
        return new Receipt(
                summaryOfIt,
                asThis,
                why,
                format,
                detectedBy,
                startedAt,
                at,
                steps,
                stepsOmitted,
                effect,
                effectOmitted,
                effectDiff,
                effectDiffOmitted,
                logTail,
                logOmitted,
                ignored,
                enforced,
                undoing,
                review);
    }

    /** The same of a change that somebody has to decide about. */
    public Receipt with(Review shown) {
        return new Receipt(
                summary,
                outcome,
                reason,
                format,
                detectedBy,
                startedAt,
                finishedAt,
                steps,
                stepsOmitted,
                files,
                filesOmitted,
                diff,
                diffOmitted,
                logTail,
                logOmitted,
                ignored,
                enforced,
                undo,
                Optional.of(shown));
    }

    /** The same, with one more remark on what was not done. */
    public Receipt withNote(String note) {
        List<String> notes = new ArrayList<>(ignored);
        notes.add(note);
        return new Receipt(
                summary,
                outcome,
                reason,
                format,
                detectedBy,
                startedAt,
                finishedAt,
                steps,
                stepsOmitted,
                files,
                filesOmitted,
                diff,
                diffOmitted,
                logTail,
                logOmitted,
                notes,
                enforced,
                undo,
                review);
    }

    /**
     * The same, with the hashes that some files have since.
     *
     * @param hashes SHA-256 by path
     */
    public Receipt withHashes(Map<String, String> hashes) {
        List<ChangedFile> since =
                files.stream().map(file -> file.withHash(hashes)).toList();
        return new Receipt(
                summary,
                outcome,
                reason,
                format,
                detectedBy,
                startedAt,
                finishedAt,
                steps,
                stepsOmitted,
                since,
                filesOmitted,
                diff,
                diffOmitted,
                logTail,
                logOmitted,
                ignored,
                enforced,
                undo,
                review);
    }

    /** The same run without effect. */
    public Receipt withoutEffect() {
        Undo nothing = new Undo(false, "nothing took effect");
        return ended(outcome, summary, reason, finishedAt, List.of(), 0, "", 0, nothing);
    }

    /** The same, with another word on undoing it. */
    public Receipt with(Undo other) {
        return ended(outcome, summary, reason, finishedAt, other);
    }

    /** The same with each text in it that a patch can decide, as this makes it. */
    public Receipt withTexts(UnaryOperator<String> text) {
        return withTexts(text, text);
    }

    /**
     * The same with each text in it that a patch can decide, as this makes it.
     *
     * @param shown makes what somebody decides about: the diff, and the names of files that it does not show
     */
    public Receipt withTexts(UnaryOperator<String> text, UnaryOperator<String> shown) {
        return new Receipt(
                text.apply(summary),
                outcome,
                text.apply(reason),
                format,
                detectedBy,
                startedAt,
                finishedAt,
                steps.stream().map(step -> step.withSummary(text)).toList(),
                stepsOmitted,
                files.stream().map(file -> file.withPath(text)).toList(),
                filesOmitted,
                shown.apply(diff),
                diffOmitted,
                text.apply(logTail),
                logOmitted,
                ignored.stream().map(text).toList(),
                enforced.withPolicy(text),
                new Undo(undo.possible(), text.apply(undo.reason())),
                review.map(whole -> whole.withPaths(shown)));
    }

    /**
     * One step of the plan as it went.
     *
     * @param kind {@code write, delete, move, copy, chmod, edit, patch, build, validate}
     * @param summary what it did, for a person
     * @param exitCode of a command: 124 after a timeout, 128+n after signal n
     * @param signal the signal that ended a command, for example {@code KILL}
     * @param durationMs wall time
     * @param matchGrade how exactly an edit matched
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Step(
            String kind,
            String summary,
            Optional<Integer> exitCode,
            Optional<String> signal,
            long durationMs,
            Optional<String> matchGrade) {
        private Step withSummary(UnaryOperator<String> text) {
            return new Step(kind, text.apply(summary), exitCode, signal, durationMs, matchGrade);
        }
    }

    /**
     * One path that the patch left different.
     *
     * @param path relative to the workspace
     * @param change {@code created, modified, deleted, mode}
     * @param beforeSha256 of a regular file's bytes before
     * @param afterSha256 of a regular file's bytes after
     * @param mode permission bits after, in octal, for example {@code 0644}
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record ChangedFile(
            String path,
            String change,
            Optional<String> beforeSha256,
            Optional<String> afterSha256,
            Optional<String> mode) {
        private ChangedFile withHash(Map<String, String> hashes) {
            return hashes.containsKey(path)
                    ? new ChangedFile(path, change, beforeSha256, Optional.ofNullable(hashes.get(path)), mode)
                    : this;
        }

        private ChangedFile withPath(UnaryOperator<String> text) {
            return new ChangedFile(text.apply(path), change, beforeSha256, afterSha256, mode);
        }
    }

    /**
     * What somebody who decides about a change was shown of it.
     *
     * @param changeSet SHA-256 of what an approval lets take effect; an approval names it
     * @param covered whether secret values in the diff are covered with stars
     * @param hidden files of which the diff does not show everything; an approval says that it includes them
     * @param hiddenOmitted files beyond the bound
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Review(String changeSet, boolean covered, List<HiddenFile> hidden, long hiddenOmitted) {
        public Review {
            hidden = hidden == null ? List.of() : List.copyOf(hidden);
        }

        public boolean hidesSomething() {
            return !hidden.isEmpty() || hiddenOmitted > 0;
        }

        private Review withPaths(UnaryOperator<String> text) {
            return new Review(
                    changeSet,
                    covered,
                    hidden.stream()
                            .map(file -> new HiddenFile(
                                    text.apply(file.path()),
                                    file.why(),
                                    file.beforeBytes(),
                                    file.beforeSha256(),
                                    file.afterBytes(),
                                    file.afterSha256()))
                            .toList(),
                    hiddenOmitted);
        }
    }

    /**
     * A file of which a diff does not show everything.
     *
     * @param path quoted as git quotes names
     * @param why {@code binary, secret, too_large, cut, time, unreadable}
     * @param beforeBytes its size, if it was there
     * @param beforeSha256 of its content, if that can be read
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record HiddenFile(
            String path,
            String why,
            Optional<Long> beforeBytes,
            Optional<String> beforeSha256,
            Optional<Long> afterBytes,
            Optional<String> afterSha256) {
        /** For a person: sizes and hashes on both sides. */
        public String sizes() {
            return side(beforeBytes, beforeSha256) + " -> " + side(afterBytes, afterSha256);
        }

        private static String side(Optional<Long> bytes, Optional<String> sha256) {
            return bytes.map(size -> size + " bytes, SHA-256 " + sha256.orElse("unknown"))
                    .orElse("nothing");
        }
    }

    /**
     * Whether the effect can be taken back.
     *
     * @param reason why not, or what an undo would do
     */
    public record Undo(boolean possible, String reason) {}
}
