package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A folder a case: {@code input} is the workspace before, {@code patch.txt} what is sent, {@code expected} the workspace
 * after, byte for byte. A case with {@code refusal.txt} must be refused with the words in its lines. A format other than {@code auto} stands in {@code
 * format.txt}. {@code
 * -Dferry.cases=FOLDER} runs the cases of another folder instead.
 */
class PatchCasesTest {
    @TempDir
    Path folder;

    static Stream<Path> cases() throws IOException, URISyntaxException {
        String other = System.getProperty("ferry.cases");
        Path root = other != null
                ? Path.of(other)
                : Path.of(Objects.requireNonNull(PatchCasesTest.class.getResource("/cases/patches"))
                        .toURI());
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(file -> file.endsWith("patch.txt")).map(Path::getParent).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesWhatTheCaseSays(Path each) throws IOException {
        PatchBench bench = new PatchBench(folder);
        for (var file : files(each.resolve("input")).entrySet()) {
            bench.workspace().file(file.getKey(), file.getValue(), StandardCharsets.ISO_8859_1);
        }

        PatchBench.Result result = bench.send(text(each.resolve("patch.txt")), format(each));

        if (Files.exists(each.resolve("refusal.txt"))) {
            List<String> words = Files.readAllLines(each.resolve("refusal.txt"));
            assertThat(PatchBench.refusal(result)).contains(words).hasSizeLessThan(2_000);
        }
        assertThat(files(bench.workspace().root()))
                .as(result.toString())
                .isEqualTo(files(each.resolve(Files.exists(each.resolve("refusal.txt")) ? "input" : "expected")));
    }

    private static String format(Path each) throws IOException {
        Path file = each.resolve("format.txt");
        return Files.exists(file) ? text(file).strip() : "auto";
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file);
    }

    /** Every file by its path; contents as text in which every byte is a character, so that any two that differ do. */
    private static SortedMap<String, String> files(Path root) throws IOException {
        SortedMap<String, String> contents = new TreeMap<>();
        if (Files.exists(root)) {
            try (Stream<Path> found = Files.walk(root)) {
                for (Path file : found.filter(Files::isRegularFile).toList()) {
                    contents.put(root.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}
