package dev.patchferry.webhook.health;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
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
        return () -> HealthCheckResponse.named("store writable")
                .status(store.isWritable())
                .build();
    }

    /** A process that can answer this can work; what else may be wrong, a restart would not mend. */
    @Produces
    @Liveness
    HealthCheck alive() {
        return () -> HealthCheckResponse.up("process answers");
    }
}
