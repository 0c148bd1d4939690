package dev.patchferry.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of settings, by which unknown ones are refused, is that of a service's interfaces. */
public abstract class SettingsListContract {
    private static final Set<String> OF_THE_LAUNCHER =
            Set.of("ferry.webhook.host", "ferry.webhook.port", "ferry.runner.host", "ferry.runner.port");

    private final String service;
    private final List<String> mappings;

    /**
     * Of one service.
     *
     * @param service as the list names it
     * @param mappings each of its interfaces, by name below {@code dev.patchferry}
     */
    protected SettingsListContract(String service, List<String> mappings) {
        this.service = service;
        this.mappings = List.copyOf(mappings);
    }

    @Test
    public final void holdsEverySettingOfTheInterfacesAndNoOther() throws Exception {
        Set<String> mapped = new TreeSet<>(OF_THE_LAUNCHER);
        for (String mapping : mappings) {
            ConfigMappings.getProperties(ConfigClass.configClass(Class.forName("dev.patchferry." + mapping)))
                    .keySet()
                    .forEach(name -> mapped.add(name.replaceAll("\\[\\*\\]$", "")));
        }
        mapped.removeIf(name -> name.endsWith(".*") && mapped.stream().anyMatch(other -> other.startsWith(name + ".")));

        assertThat(listed()).isEqualTo(mapped);
    }

    @Test
    public final void everyInterfaceIsAskedAbout() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            assertThat(sources.filter(file -> file.toString().endsWith(".java"))
                            .filter(SettingsListContract::isMapping)
                            .map(file -> file.getFileName().toString().replace(".java", "")))
                    .allMatch(name -> mappings.stream().anyMatch(mapping -> mapping.endsWith("." + name)));
        }
    }

    private static boolean isMapping(Path source) {
        try {
            return Files.readString(source).contains("@" + ConfigMapping.class.getSimpleName() + "(");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Set<String> listed() throws IOException {
        try (InputStream file = Objects.requireNonNull(
                SettingsListContract.class.getResourceAsStream("/META-INF/patch-ferry/settings.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("ferry."))
                    .filter(line -> line.endsWith(" both") || line.endsWith(" " + service))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
