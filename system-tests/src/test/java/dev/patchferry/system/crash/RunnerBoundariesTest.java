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

/** The runner dies at each of its boundaries in turn, while the webhook stays up. */
@Tag("crash")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class RunnerBoundariesTest {
    static final List<Boundary> BOUNDARIES = Boundary.OF_RUNNER;

    @AutoClose
    private final BoundaryWalk walk = new BoundaryWalk("runner", BOUNDARIES);

    RunnerBoundariesTest() throws IOException {}

    @Execution(ExecutionMode.SAME_THREAD)
    @ParameterizedTest(name = "{0}")
    @FieldSource("BOUNDARIES")
    void P55_S3_aKillAtThisBoundaryEndsAsItHasTo(Boundary boundary) throws Exception {
        walk.pass(boundary);
    }
}
