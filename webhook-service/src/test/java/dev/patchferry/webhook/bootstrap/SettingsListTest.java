package dev.patchferry.webhook.bootstrap;

import dev.patchferry.testing.SettingsListContract;
import java.util.List;

class SettingsListTest extends SettingsListContract {
    SettingsListTest() {
        super(
                "webhook",
                List.of(
                        "webhook.auth.AuthConfig",
                        "webhook.delivery.DeliveryConfig",
                        "webhook.application.IntakeConfig",
                        "webhook.outcome.OutcomeConfig",
                        "webhook.runner.RunnerClientConfig",
                        "webhook.store.StoreConfig",
                        "foundation.http.HttpConfig"));
    }
}
