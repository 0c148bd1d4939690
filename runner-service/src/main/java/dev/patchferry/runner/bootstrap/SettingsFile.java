package dev.patchferry.runner.bootstrap;

import dev.patchferry.foundation.settings.SettingsCheck;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads the runner's settings as the runner does, for commands that start no service. */
public final class SettingsFile {
    /** As Quarkus ranks its {@code config/application.properties} and the environment. */
    private static final int RANK_OF_FILE = 260;

    private static final int RANK_OF_ENVIRONMENT = 300;
    private static final String FILE = "config/application.properties";

    private SettingsFile() {}

    /**
     * The settings of the runner in this home.
     *
     * @throws dev.patchferry.foundation.settings.SettingException if one of them is none, or means nothing
     */
    public static RunnerConfig read(Path home, Map<String, String> environment) throws IOException {
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
        SmallRyeConfig config = builder.build();
        new SettingsCheck().check(config, "runner");
        return config.getConfigMapping(RunnerConfig.class);
    }
}
