package dev.patchferry.engine.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class EngineFuzzTest {
    @FuzzTest(maxDuration = FuzzTime.BRIEF)
    void briefly(FuzzedDataProvider data) {
        engine(data);
    }

    @FuzzTest(maxDuration = FuzzTime.LONG)
    void atLength(FuzzedDataProvider data) {
        engine(data);
    }

    private static void engine(FuzzedDataProvider data) {
        byte[] file = data.consumeBytes(200);
        FuzzTargets.engine(file, data.consumeRemainingAsString());
    }
}
