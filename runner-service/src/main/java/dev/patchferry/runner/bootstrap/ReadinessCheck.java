package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.RunnerApi;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready means: a patch could be journalled and run now, if its own workspace can be used. */
@Readiness
class ReadinessCheck implements HealthCheck {
    private final RunnerHealth runnerHealth;

    ReadinessCheck(RunnerHealth runnerHealth) {
        this.runnerHealth = runnerHealth;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> reasons = runnerHealth.reasonsAgainst();
        HealthCheckResponseBuilder response = HealthCheckResponse.named(RunnerApi.READINESS_CHECK)
                .status(reasons.isEmpty())
                .withData("sandbox", runnerHealth.sandboxLevel());
        for (int i = 0; i < reasons.size(); i++) {
            response.withData("reason " + (i + 1), reasons.get(i));
        }
        List<String> unusable = runnerHealth.unusableWorkspaces();
        for (int i = 0; i < unusable.size(); i++) {
            response.withData("unusable " + (i + 1), unusable.get(i));
        }
        return response.build();
    }
}
