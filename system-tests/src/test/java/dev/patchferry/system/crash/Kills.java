package dev.patchferry.system.crash;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Kills the webhook, the runner or both at random moments, and starts what was killed: mostly once both were ready. */
final class Kills implements AutoCloseable {
    private static final int LONGEST_PAUSE_MS = 1_200;
    private static final int REPORT_EACH = 25;

    private final Pair pair;
    private final RandomGenerator random;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Integer> byVictim = new TreeMap<>();

    Kills(Pair pair, RandomGenerator random) {
        this.pair = pair;
        this.random = random;
    }

    void make(int kills) throws InterruptedException, ExecutionException {
        for (int i = 1; i <= kills; i++) {
            List<Service> victims = victims();
            clock.schedule(() -> killAndStart(victims), random.nextInt(LONGEST_PAUSE_MS), TimeUnit.MILLISECONDS)
                    .get();
            // Else the next kill comes while what was killed starts and settles.
            if (random.nextInt(4) > 0 || i == kills) {
                pair.webhook().awaitReady();
                pair.runner().awaitReady();
            }
            if (i % REPORT_EACH == 0) {
                System.out.println("crash: " + i + " of " + kills + " kills");
            }
        }
    }

    /** How often each service died: {@code webhook}, {@code runner} or {@code both}. */
    Map<String, Integer> byVictim() {
        return Map.copyOf(byVictim);
    }

    /** How often the runner died, alone or with the webhook. */
    int ofRunner() {
        return byVictim.getOrDefault("runner", 0) + byVictim.getOrDefault("both", 0);
    }

    private List<Service> victims() {
        return switch (random.nextInt(5)) {
            case 0, 1 -> chosen("webhook", pair.webhook());
            case 2, 3 -> chosen("runner", pair.runner());
            default -> chosen("both", pair.webhook(), pair.runner());
        };
    }

    private List<Service> chosen(String name, Service... victims) {
        byVictim.merge(name, 1, Integer::sum);
        return List.of(victims);
    }

    private static boolean killAndStart(List<Service> victims) throws IOException {
        for (Service victim : victims) {
            victim.kill();
        }
        for (Service victim : victims) {
            victim.start();
        }
        return true;
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
