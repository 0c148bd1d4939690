package dev.patchferry.runner.intake;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads the runner's settings as the runner does, for commands that start no service. */
final class SettingsFile {
    /** As Quarkus ranks its {@code config/application.properties} and the environment. */
    private static final int RANK_OF_FILE = 260;

    private static final int RANK_OF_ENVIRONMENT = 300;
    private static final String FILE = "config/application.properties";

    private SettingsFile() {}

    /**
     * The settings of the runner in this home.
     *
     * @throws IllegalArgumentException if one of them is of the wrong kind
     */
    static RunnerConfig read(Path home, Map<String, String> environment) throws IOException {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withMapping(RunnerConfig.class)
                .withMappingIgnore("ferry.**")
                .withSources(new EnvConfigSource(environment, RANK_OF_ENVIRONMENT))
                .withDefaultValue("ferry.home", home.toString());
        Path file = home.resolve(FILE);
        if (Files.exists(file)) {
            builder.withSources(new PropertiesConfigSource(file.toUri().toURL(), RANK_OF_FILE));
        }
        return builder.build().getConfigMapping(RunnerConfig.class);
    }
}
