package dev.patchferry.webhook.health;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
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

    /** With a full disk it stays up: what is stored can be read, and a new patch gets a 503 that says when to come back. */
    @Produces
    @Readiness
    HealthCheck ready() {
        return () -> {
            StoreHealth.Condition condition = store.condition();
            HealthCheckResponseBuilder answer = HealthCheckResponse.named("store usable")
                    .status(condition.obstacle().isEmpty());
            condition.obstacle().or(condition::shortage).ifPresent(reason -> answer.withData("reason", reason));
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
