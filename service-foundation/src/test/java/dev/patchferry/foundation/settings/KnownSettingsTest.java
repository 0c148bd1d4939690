package dev.patchferry.foundation.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of settings and what names settings beside it. The services compare it with their own interfaces. */
class KnownSettingsTest {
    private static final Pattern VARIABLE = Pattern.compile("FERRY_[A-Z0-9_]*[A-Z0-9]\\b");
    private static final Pattern PROPERTY =
            Pattern.compile("(?<![\\w./-])ferry\\.[a-z][a-z0-9.-]*[a-z](\\[\\d\\])?(?==)");
    /** What documentation writes for a name that is refused, or for several. */
    private static final Set<String> EXAMPLES = Set.of("FERRY_RATE_LIMT");

    private final KnownSettings known = KnownSettings.load();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker-compose.yml",
                "webhook-service/Dockerfile",
                "runner-service/Dockerfile",
                "docker/init.sh",
                "launcher/settings.sh",
                "launcher/help.txt",
                "launcher/up.sh",
                "docs/operations.md",
                "docs/containers.md",
                "cloudflared/README.md",
                ".ci/run",
            })
    void everySettingThatIsNamedElsewhereIsKnown(String file) throws IOException {
        String text = Files.readString(Path.of("..", file));

        assertThat(Stream.concat(found(VARIABLE, text), found(PROPERTY, text))
                        .filter(name -> !EXAMPLES.contains(name))
                        .filter(name -> known.find(name).isEmpty() && !KnownSettings.isInjected(name, "")))
                .isEmpty();
    }

    @Test
    void everySettingThatAServiceReadsStandsInTheDocumentation() throws IOException {
        String text = Files.readString(Path.of("../docs/operations.md"));

        assertThat(known.all().stream()
                        .filter(setting -> !setting.readers().isEmpty())
                        .filter(setting -> !isIn(text, setting))
                        .map(Setting::name))
                .isEmpty();
    }

    private static boolean isIn(String text, Setting setting) {
        String last = setting.name().replaceAll("\\.\\*$", "").replace("ferry.workspaces.*.", "");
        return text.contains(setting.variable())
                || Stream.of("site", "default").anyMatch(name -> text.contains("ferry.workspaces." + name + "." + last))
                || (setting.name().endsWith("-file")
                        && text.contains(setting.variable().replace("_FILE", "") + "`")
                        && text.contains("_FILE`"));
    }

    @Test
    void noSettingIsNamedTwice() {
        List<String> names = known.all().stream().map(Setting::name).toList();

        assertThat(names).hasSameSizeAs(new TreeSet<>(names));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).distinct();
    }
}
