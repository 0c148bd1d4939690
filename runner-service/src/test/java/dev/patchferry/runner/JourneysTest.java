package dev.patchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The journeys in {@code docs/architecture.md} are short and stop only at classes that there are. */
class JourneysTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w+)`");
    private static final Pattern JOURNEY = Pattern.compile("(?m)^\\*\\*.+\\*\\*$");
    private static final Pattern STOP = Pattern.compile("(?m)^\\d+\\. .*$");
    private static final int MAX_STOPS = 15;
    /** Nested in others. */
    private static final Set<String> EVENTS = Set.of("Enqueued");

    @Test
    void eachJourneyHasAFewStopsAndEachStopAClass() throws IOException {
        List<String> journeys =
                JOURNEY.splitAsStream(section()).skip(1).map(String::strip).toList();

        assertThat(journeys).hasSize(4).allSatisfy(journey -> {
            List<String> stops =
                    STOP.matcher(journey).results().map(stop -> stop.group()).toList();
            assertThat(stops)
                    .hasSizeBetween(1, MAX_STOPS)
                    .allMatch(stop -> CLASS.matcher(stop).find());
        });
    }

    @Test
    void everyClassOnTheWayExists() throws IOException {
        Set<String> sources = sources();

        List<String> named = CLASS.matcher(section())
                .results()
                .map(match -> match.group(1))
                .filter(name -> !EVENTS.contains(name))
                .toList();

        assertThat(named).isNotEmpty().allMatch(sources::contains);
    }

    private static String section() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/architecture.md"));
        return text.substring(text.indexOf("## Four journeys"), text.indexOf("## States"));
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(JourneysTest::below)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.lastIndexOf('.')))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> below(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
