package dev.patchferry.runner.bootstrap;

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
class RunnerHealthResource {
    private final RunnerHealth runnerHealth;

    RunnerHealthResource(RunnerHealth runnerHealth) {
        this.runnerHealth = runnerHealth;
    }

    /** {@code ok}, or {@code degraded} with each reason. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Object> health() {
        List<String> reasons = Stream.concat(
                        runnerHealth.reasonsAgainst().stream(), runnerHealth.unusableWorkspaces().stream())
                .toList();
        return Map.of(
                "status",
                reasons.isEmpty() ? "ok" : "degraded",
                "service",
                "runner",
                "sandbox",
                runnerHealth.sandboxLevel(),
                "reasons",
                reasons);
    }
}
