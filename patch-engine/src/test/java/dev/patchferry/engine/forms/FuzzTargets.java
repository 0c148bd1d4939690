package dev.patchferry.engine.forms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.engine.edit.EditEngine;
import dev.patchferry.engine.edit.EditResult;
import dev.patchferry.engine.format.DocumentParser;
import dev.patchferry.engine.format.FormatContext;
import dev.patchferry.engine.format.ParseResult;
import dev.patchferry.engine.format.applypatch.ApplyPatch;
import dev.patchferry.engine.format.diff.UnifiedDiff;
import dev.patchferry.engine.format.searchreplace.SearchReplace;
import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.PatchReading;
import dev.patchferry.engine.plan.Step;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What must hold of any text whatever. */
final class FuzzTargets {
    private static final String ROOT = "/srv/ws";
    private static final long LONGEST_NANOS = 10_000_000_000L;

    private FuzzTargets() {}

    static void unifiedDiff(String text) {
        check(UnifiedDiff.read(text, ROOT, Optional.of("f"), OptionalInt.empty()));
        check(UnifiedDiff.read(text, ROOT, Optional.empty(), OptionalInt.of(1)));
    }

    static void applyPatch(String text) {
        check(ApplyPatch.read("*** Begin Patch\n" + text + "\n*** End Patch", ROOT));
        check(ApplyPatch.read(text, ROOT));
    }

    static void searchReplace(String text) {
        check(SearchReplace.read(text, ROOT, Optional.of("f")));
    }

    /** Told by its text: a patch never becomes a command, since no role says that it is one. */
    static void detection(String text) {
        switch (DocumentParser.parse(Sent.text(text, "auto"), new FormatContext(ROOT, Optional.empty()))) {
            case ParseResult.Planned planned ->
                assertThat(planned.plan().steps()).noneMatch(Step.Run.class::isInstance);
            case ParseResult.Unsupported refused ->
                assertThat(refused.reasons()).noneMatch(String::isBlank);
            case ParseResult.Malformed refused -> assertThat(refused.reason()).isNotBlank();
        }
    }

    /** Whatever a patch says of a file, it ends in time, with all bytes of the file accounted for or a short reason. */
    static void engine(byte[] file, String patch) {
        for (PatchReading reading : List.of(
                UnifiedDiff.read(patch, ROOT, Optional.of("f"), OptionalInt.empty()),
                ApplyPatch.read("*** Begin Patch\n*** Update File: f\n" + patch + "\n*** End Patch", ROOT),
                SearchReplace.read(patch, ROOT, Optional.of("f")))) {
            if (reading instanceof PatchReading.Steps(List<Step> steps, List<String> _)) {
                steps.stream().filter(Step.Edit.class::isInstance).forEach(step -> edit(file, (Step.Edit) step));
            }
        }
    }

    private static void edit(byte[] file, Step.Edit edit) {
        long begun = System.nanoTime();
        byte[] copy = file.clone();
        EditResult result = new EditEngine(System::nanoTime).edit(file, edit.hunks());
        assertThat(file).isEqualTo(copy);
        assertThat(System.nanoTime() - begun).isLessThan(LONGEST_NANOS);
        switch (result) {
            case EditResult.Edited(Bytes content, String grade) -> {
                assertThat(grade).isNotBlank();
                assertThat(content.size()).isLessThanOrEqualTo(EditEngine.MAX_BYTES);
            }
            case EditResult.Refused(String reason) ->
                assertThat(reason).isNotBlank().hasSizeLessThan(2_000);
        }
    }

    private static void check(PatchReading reading) {
        switch (reading) {
            case PatchReading.Steps(List<Step> steps, List<String> _) -> {
                assertThat(steps).isNotEmpty();
                assertThat(steps).extracting(Step::summary).noneMatch(String::isBlank);
            }
            case PatchReading.Unusable unusable ->
                assertThat(unusable.inWords()).isNotBlank().hasSizeLessThan(2_000);
        }
    }
}
