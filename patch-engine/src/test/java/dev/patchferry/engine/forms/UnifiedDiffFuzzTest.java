package dev.patchferry.engine.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class UnifiedDiffFuzzTest {
    @FuzzTest(maxDuration = FuzzTime.BRIEF)
    void briefly(FuzzedDataProvider data) {
        unifiedDiff(data);
    }

    @FuzzTest(maxDuration = FuzzTime.LONG)
    void atLength(FuzzedDataProvider data) {
        unifiedDiff(data);
    }

    private static void unifiedDiff(FuzzedDataProvider data) {
        FuzzTargets.unifiedDiff(data.consumeRemainingAsString());
    }
}
