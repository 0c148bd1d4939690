package dev.patchferry.engine.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class DetectionFuzzTest {
    @FuzzTest(maxDuration = FuzzTime.BRIEF)
    void briefly(FuzzedDataProvider data) {
        detection(data);
    }

    @FuzzTest(maxDuration = FuzzTime.LONG)
    void atLength(FuzzedDataProvider data) {
        detection(data);
    }

    private static void detection(FuzzedDataProvider data) {
        FuzzTargets.detection(data.consumeRemainingAsString());
    }
}
