package dev.patchferry.webhook.health;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/** The checks behind {@code /q/health/*}. */
@Singleton
class Probes {
    private final StoreHealth store;

    Probes(StoreHealth store) {
        this.store = store;
    }

    /** Down while the schema is migrated. */
    @Produces
    @Startup
    HealthCheck started() {
        return () -> HealthCheckResponse.named("store migrated")
                .status(store.isOpen())
                .build();
    }

    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            Optional<String> obstacle = store.obstacle();
            HealthCheckResponseBuilder answer =
                    HealthCheckResponse.named("store writable").status(obstacle.isEmpty());
            obstacle.ifPresent(reason -> answer.withData("reason", reason));
            return answer.build();
        };
    }

    /** A process that can answer this can work; what else may be wrong, a restart would not mend. */
    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("process answers");
    }
}
