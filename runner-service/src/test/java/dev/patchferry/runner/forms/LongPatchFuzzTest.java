package dev.patchferry.runner.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * The same as {@link PatchFuzzTest}, for an hour in all.
 */
class LongPatchFuzzTest {
    private static final String DURATION = "12m";

    @FuzzTest(maxDuration = DURATION)
    void unifiedDiff(FuzzedDataProvider data) {
        FuzzTargets.unifiedDiff(data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = DURATION)
    void applyPatch(FuzzedDataProvider data) {
        FuzzTargets.applyPatch(data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = DURATION)
    void searchReplace(FuzzedDataProvider data) {
        FuzzTargets.searchReplace(data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = DURATION)
    void detection(FuzzedDataProvider data) {
        FuzzTargets.detection(data.consumeRemainingAsString());
    }

    @FuzzTest(maxDuration = DURATION)
    void engine(FuzzedDataProvider data) {
        byte[] file = data.consumeBytes(200);
        FuzzTargets.engine(file, data.consumeRemainingAsString());
    }
}
