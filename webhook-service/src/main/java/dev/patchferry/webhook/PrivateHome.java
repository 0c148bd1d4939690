package dev.patchferry.webhook;

import dev.patchferry.foundation.files.PrivateFolder;
import dev.patchferry.foundation.files.SecretFiles;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Closes {@code FERRY_HOME} to others before anything is read from it, and refuses secrets that patches could read. */
@Singleton
final class PrivateHome {
    private static final int BEFORE_EVERYTHING = 1;

    void prepare(@Observes @Priority(BEFORE_EVERYTHING) StartupEvent start, Config config) throws IOException {
        Path home = PrivateFolder.home(
                config.getOptionalValue("ferry.home", Path.class).orElse(Path.of(".ferry")));
        new SecretFiles(home, List.of()).requireAll(config);
        if (Files.isDirectory(home.resolve("tokens"))) {
            PrivateFolder.tightenFiles(home.resolve("tokens"));
        }
    }
}
