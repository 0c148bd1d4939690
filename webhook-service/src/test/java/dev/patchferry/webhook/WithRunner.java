package dev.patchferry.webhook;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Starts the application with a home of its own and a {@link RunnerDouble}, and injects that into the test. */
public class WithRunner implements QuarkusTestResourceLifecycleManager {
    public static final String SUBMIT = "submit-token-for-tests";
    public static final String OPERATOR = "operator-token-for-tests";
    public static final String RUNNER = "runner-token-for-tests";

    private @Nullable RunnerDouble runner;
    private @Nullable Path home;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("ferry-home");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        runner = new RunnerDouble();
        return Map.ofEntries(
                Map.entry("quarkus.http.host", "127.0.0.1"),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("ferry.home", home.toString()),
                Map.entry("ferry.submit-token", SUBMIT),
                Map.entry("ferry.operator-token", OPERATOR),
                Map.entry("ferry.runner.token", RUNNER),
                Map.entry("ferry.rate-limit", "off"),
                Map.entry("ferry.runner.url", runner.url()),
                // A test of a runner that does not answer need not wait for the patience of a real outage.
                Map.entry("ferry.runner.answer-within", "3s"),
                Map.entry("dev.patchferry.webhook.delivery.GuardedRunner/submit/Timeout/value", "3500"),
                Map.entry("ferry.delivery.backoff", "20ms,40ms,60ms"),
                Map.entry("ferry.delivery.rest", "50ms"),
                Map.entry("ferry.outcome.first-pause", "20ms"),
                Map.entry("ferry.outcome.longest-pause", "50ms"));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(runner, new TestInjector.MatchesType(RunnerDouble.class));
        injector.injectIntoFields(home, new TestInjector.AnnotatedAndMatchesType(FerryHome.class, Path.class));
    }

    @Override
    public void stop() {
        if (runner != null) {
            runner.stop();
        }
        if (home != null) {
            delete(home);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
