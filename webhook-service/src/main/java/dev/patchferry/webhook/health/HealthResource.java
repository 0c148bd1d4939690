package dev.patchferry.webhook.health;

import dev.patchferry.contract.Problem;
import dev.patchferry.webhook.runner.RunnerReadiness;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code GET /health}: the short form, for people and simple monitors. */
@Path("health")
@RunOnVirtualThread
@PermitAll
class HealthResource {
    private final StoreHealth store;
    private final RunnerReadiness runner;

    HealthResource(StoreHealth store, RunnerReadiness runner) {
        this.store = store;
        this.runner = runner;
    }

    /** 200 as long as patches are accepted; 503 when they are not. */
    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Response health() {
        Health health = Health.of(store.isWritable(), runner.isReady(), store.depth());
        return Response.status(health.store() ? Response.Status.OK : Response.Status.SERVICE_UNAVAILABLE)
                .entity(health)
                .build();
    }

    /**
     * The short form.
     *
     * @param status {@code ok}, or {@code degraded} if one of the next two is false
     * @param store whether patches can be stored
     * @param runner whether the runner answers and says that it can execute patches
     * @param queue how many patches wait to be delivered to it
     */
    record Health(String status, boolean store, boolean runner, int queue) {
        static Health of(boolean store, boolean runner, int queue) {
            return new Health(store && runner ? "ok" : "degraded", store, runner, queue);
        }
    }
}
