package dev.patchferry.runner.intake;

import dev.patchferry.testing.SettingsListContract;
import java.util.List;

class SettingsListTest extends SettingsListContract {
    SettingsListTest() {
        super("runner", List.of("runner.intake.RunnerConfig", "foundation.http.HttpConfig"));
    }
}
