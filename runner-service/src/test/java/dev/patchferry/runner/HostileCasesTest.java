package dev.patchferry.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of cases in {@code docs/security-model.md} names every case, and only tests that there are. */
class HostileCasesTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "patch-contract",
            "patch-engine",
            "service-foundation",
            "runner-service",
            "webhook-service",
            "system-tests");
    private static final Pattern ROW = Pattern.compile("^\\| ([PXSY]\\d+) \\| (.*) \\|$");
    private static final Pattern CLASS = Pattern.compile("`(\\w+Test)`");
    /** A class, and a case of it in brackets. */
    private static final Pattern TEST_OF_LINE = Pattern.compile("`(\\w+Test)`(?: \\(([^)]+)\\))?");

    private static final Pattern METHOD = Pattern.compile("void ((?:[PXSY]\\d+_)+)");

    @Test
    void everyCaseIsInTheTableOnce() throws IOException {
        List<String> expected = Stream.of(range("P", 1, 60), range("X", 1, 49), range("S", 1, 12), range("Y", 1, 25))
                .flatMap(cases -> cases)
                .toList();

        assertThat(rows().map(row -> row.group(1))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void everyTestThatTheTableNamesCoversItsCase() throws IOException {
        Map<String, List<String>> covered = covered();

        List<String> missing = rows().flatMap(row -> CLASS.matcher(row.group(2))
                        .results()
                        .map(match -> match.group(1))
                        .filter(test -> !covered.getOrDefault(test, List.of()).contains(row.group(1)))
                        .map(test -> row.group(1) + " in " + test))
                .toList();

        assertThat(missing).isEmpty();
    }

    @Test
    void everyLineOfTheTableAboutGitNamesATestAndACaseOfIt() throws IOException {
        String text = Files.readString(ROOT.resolve("docs/security-model.md"));
        String table = text.substring(
                text.indexOf("<!-- the git table begins -->"), text.indexOf("<!-- the git table ends -->"));
        List<String> rows =
                table.lines().filter(line -> line.startsWith("| ")).skip(1).toList();
        List<String> wrong = new ArrayList<>();
        for (String row : rows) {
            List<MatchResult> tests = TEST_OF_LINE.matcher(row).results().toList();
            if (tests.isEmpty()) {
                wrong.add(row);
            }
            for (MatchResult test : tests) {
                String named = test.group(2) == null ? "class " + test.group(1) : test.group(2);
                if (!source(test.group(1)).contains(named)) {
                    wrong.add(test.group());
                }
            }
        }

        assertThat(rows).hasSizeGreaterThan(20);
        assertThat(wrong).isEmpty();
    }

    private static String source(String test) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("runner-service/src/test/java"))) {
            StringBuilder source = new StringBuilder();
            for (Path file : files.filter(path -> path.endsWith(test + ".java")).toList()) {
                source.append(Files.readString(file));
            }
            return source.toString();
        }
    }

    private static Stream<String> range(String letter, int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(number -> letter + number);
    }

    private static Stream<Matcher> rows() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs/security-model.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches);
    }

    /** The cases in the names of each class's tests; classes of one name in several packages count as one. */
    private static Map<String, List<String>> covered() throws IOException {
        Map<String, List<String>> covered = new TreeMap<>();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    covered.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(cases(Files.readString(file)));
                }
            }
        }
        return covered;
    }

    private static List<String> cases(String source) {
        return METHOD.matcher(source)
                .results()
                .flatMap(match -> Stream.of(match.group(1).split("_", -1)))
                .filter(number -> !number.isEmpty())
                .toList();
    }
}
