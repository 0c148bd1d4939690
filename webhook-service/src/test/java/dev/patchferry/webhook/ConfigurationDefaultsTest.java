package dev.patchferry.webhook;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Nobody changes a default without noticing. */
class ConfigurationDefaultsTest {
    private static final String[] MAPPINGS = {
        "auth.AuthConfig",
        "delivery.DeliveryConfig",
        "application.IntakeConfig",
        "outcome.OutcomeConfig",
        "runner.RunnerClientConfig",
        "store.StoreConfig"
    };

    @Test
    void pinsWhatTheServiceDoesWhenNothingIsSaid() throws ClassNotFoundException {
        Map<String, String> defaults = new HashMap<>();
        for (String mapping : MAPPINGS) {
            ConfigMappings.getProperties(ConfigClass.configClass(Class.forName("dev.patchferry.webhook." + mapping)))
                    .forEach((name, property) -> {
                        if (property.hasDefaultValue() && !name.endsWith("[*]")) {
                            defaults.put(name, property.getDefaultValue());
                        }
                    });
        }

        assertThat(defaults)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        entry("ferry.home", ".ferry"),
                        entry("ferry.rate-limit", "60"),
                        entry("ferry.store.largest-batch", "256"),
                        entry("ferry.store.keep", "30d"),
                        entry("ferry.store.disk-floor", "256M"),
                        entry("ferry.intake.memory", "32M"),
                        entry("ferry.runner.url", "http://127.0.0.1:${ferry.runner.port:5053}"),
                        entry("ferry.runner.answer-within", "10s"),
                        entry("ferry.delivery.backoff", "1s,2s,5s,10s,30s,60s,120s,300s"),
                        entry("ferry.delivery.jitter", "0.2"),
                        entry("ferry.delivery.give-up-after", "24h"),
                        entry("ferry.delivery.furthest", "360s"),
                        entry("ferry.delivery.rest", "5s"),
                        entry("ferry.outcome.silence", "45s"),
                        entry("ferry.outcome.first-pause", "250ms"),
                        entry("ferry.outcome.longest-pause", "5s")));
    }

    @Test
    void pinsWhereTheServiceListens() throws IOException {
        Properties properties = new Properties();
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/application.properties"))) {
            properties.load(file);
        }

        assertThat(properties)
                .containsEntry("quarkus.http.host", "${ferry.webhook.host:127.0.0.1}")
                .containsEntry("quarkus.http.port", "${ferry.webhook.port:5555}")
                .containsEntry("quarkus.http.limits.max-connections", "2000")
                .containsEntry("quarkus.http.idle-timeout", "120s")
                .containsEntry("quarkus.http.read-timeout", "20s")
                .containsEntry("quarkus.shutdown.timeout", "30s");
    }
}
