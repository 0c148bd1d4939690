package dev.patchferry.engine.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class ApplyPatchFuzzTest {
    @FuzzTest(maxDuration = FuzzTime.BRIEF)
    void briefly(FuzzedDataProvider data) {
        applyPatch(data);
    }

    @FuzzTest(maxDuration = FuzzTime.LONG)
    void atLength(FuzzedDataProvider data) {
        applyPatch(data);
    }

    private static void applyPatch(FuzzedDataProvider data) {
        FuzzTargets.applyPatch(data.consumeRemainingAsString());
    }
}
