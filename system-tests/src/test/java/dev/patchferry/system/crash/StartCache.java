package dev.patchferry.system.crash;

import dev.patchferry.system.support.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the JVM learnt from one start of each service (its ahead-of-time cache, JEP 514), so that the many starts after it
 * take about half the time. A cache that is missing or does not fit is passed over by the JVM.
 */
final class StartCache {
    private static final Path FOLDER = Checkout.underTest().root().resolve("system-tests/target/start-cache");

    private static boolean learnt;

    private StartCache() {}

    /** The options with which a service starts quickly; the first call takes as long as a start and a stop of both. */
    static synchronized List<String> options(String service) throws IOException {
        if (!learnt) {
            learnt = true;
            Files.createDirectories(FOLDER);
            try (Pair pair = Pair.create(name -> List.of("-XX:AOTCacheOutput=" + cache(name)))) {
                pair.startBoth();
            }
        }
        return List.of("-XX:AOTCache=" + cache(service));
    }

    private static Path cache(String service) {
        return FOLDER.resolve(service + ".aot");
    }
}
