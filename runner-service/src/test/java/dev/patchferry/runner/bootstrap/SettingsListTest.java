package dev.patchferry.runner.bootstrap;

import dev.patchferry.testing.SettingsListContract;
import java.util.List;

class SettingsListTest extends SettingsListContract {
    SettingsListTest() {
        super("runner", List.of("runner.bootstrap.RunnerConfig", "foundation.http.HttpConfig"));
    }
}
