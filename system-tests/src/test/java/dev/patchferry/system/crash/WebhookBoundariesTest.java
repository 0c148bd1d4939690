package dev.patchferry.system.crash;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The webhook dies at each of its boundaries in turn, while the runner stays up. */
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class WebhookBoundariesTest {
    static final List<Boundary> BOUNDARIES = Boundary.OF_WEBHOOK;

    @AutoClose
    private final BoundaryWalk walk = new BoundaryWalk("webhook", BOUNDARIES);

    WebhookBoundariesTest() throws IOException {}

    @Execution(ExecutionMode.SAME_THREAD)
    @ParameterizedTest(name = "{0}")
    @FieldSource("BOUNDARIES")
    void S3_aKillAtThisBoundaryEndsAsItHasTo(Boundary boundary) throws Exception {
        walk.pass(boundary);
    }
}
