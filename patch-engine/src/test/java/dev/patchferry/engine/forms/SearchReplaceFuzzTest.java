package dev.patchferry.engine.forms;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;

class SearchReplaceFuzzTest {
    @FuzzTest(maxDuration = FuzzTime.BRIEF)
    void briefly(FuzzedDataProvider data) {
        searchReplace(data);
    }

    @FuzzTest(maxDuration = FuzzTime.LONG)
    void atLength(FuzzedDataProvider data) {
        searchReplace(data);
    }

    private static void searchReplace(FuzzedDataProvider data) {
        FuzzTargets.searchReplace(data.consumeRemainingAsString());
    }
}
