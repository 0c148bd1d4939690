package dev.patchferry.runner.intake;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The short form of health, for people and simple monitors; the probes are under {@code /q/health}. */
@Path("health")
@RunOnVirtualThread
class HealthResource {
    private final Condition condition;

    HealthResource(Condition condition) {
        this.condition = condition;
    }

    /** {@code ok}, or {@code degraded} with each reason. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> health() {
        List<String> reasons = Stream.concat(
                        condition.reasonsAgainst().stream(), condition.unusableWorkspaces().stream())
                .toList();
        return Map.of(
                "status",
                reasons.isEmpty() ? "ok" : "degraded",
                "service",
                "runner",
                "sandbox",
                condition.sandboxLevel(),
                "reasons",
                reasons);
    }
}
