package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What git writes must be read as git reads it: diffs of random trees, and the same diffs on trees that moved on. */
class GitAgreementTest {
    private static final List<String> LINES = List.of(
            "",
            " ",
            "}",
            "{",
            "\tif (x) {",
            "    return x;",
            "    return y;",
            "-- a dash",
            "++ a plus",
            "@@ -1 +1 @@",
            "café ✅",
            "diff --git a/x b/x",
            "\\ No newline at end of file",
            "--- a/x",
            "+++ b/x",
            "windows\r",
            "a\rb");

    @TempDir
    Path folder;

    private PatchBench bench;
    private final Random random = new Random(20_261_122);

    @BeforeEach
    void setUp() throws IOException {
        bench = new PatchBench(Files.createDirectory(folder.resolve("bench")));
    }

    @ParameterizedTest
    @CsvSource({"3,''", "1,''", "8,''", "3,--no-prefix", "3,--binary --full-index", "3,-C --find-copies-harder"})
    void makesOfATreeWhatGitDiffSaysItBecame(int context, String options) throws Exception {
        SortedMap<String, String> before = new TreeMap<>();
        SortedMap<String, String> after = new TreeMap<>();
        for (int i = 0; i < 120; i++) {
            change(i, before, after);
        }
        String diff = diff(before, after, context, options);

        assertThat(bench.send(diff)).as(diff).isInstanceOf(PatchBench.Result.Done.class);
        assertThat(read(bench.workspace().root())).isEqualTo(after);
    }

    @Test
    void agreesWithGitApplyOnFilesThatMovedOn() throws Exception {
        SortedMap<String, String> before = new TreeMap<>();
        SortedMap<String, String> after = new TreeMap<>();
        for (int i = 0; i < 150; i++) {
            String text = text(8 + random.nextInt(30));
            before.put("f" + i, text);
            after.put("f" + i, edited(text));
        }
        int applied = 0;
        for (String diff : diff(before, after, 3, "").split("(?dm)^(?=diff --git )", -1)) {
            String name = diff.substring("diff --git a/".length(), diff.indexOf(" b/"));
            String old = before.get(name);
            String moved = random.nextInt(3) == 0 ? old : text(random.nextInt(4)) + old + text(random.nextInt(4));
            String byGit = applyWithGit(diff, name, moved);
            bench.workspace().file(name, moved);
            PatchBench.Result result = bench.send(diff);
            if (result instanceof PatchBench.Result.Done && !byGit.isEmpty()) {
                applied++;
                assertThat(Files.readString(bench.workspace().root().resolve(name)))
                        .as("%s%non %s", diff, moved)
                        .isEqualTo(byGit.substring(1));
            }
        }
        assertThat(applied).isGreaterThan(60);
    }

    private void change(int i, Map<String, String> before, Map<String, String> after) {
        String name = switch (random.nextInt(5)) {
            case 0 -> "with space " + i;
            case 1 -> "dir/é" + i;
            case 2 -> "a/b/" + i;
            case 3 -> "quote\"" + i;
            default -> "f" + i;
        };
        String text = text(random.nextInt(40));
        switch (random.nextInt(8)) {
            case 0 -> after.put(name, text);
            case 1 -> before.put(name, text);
            case 2 -> {
                before.put(name, text + "unmistakably " + i + "\n".repeat(9));
                after.put("moved/" + i, edited(text) + "unmistakably " + i + "\n".repeat(9));
            }
            default -> {
                before.put(name, text);
                after.put(name, edited(text));
            }
        }
    }

    private String text(int lines) {
        String text = IntStream.range(0, lines).mapToObj(_ -> line()).collect(Collectors.joining("\n"));
        return text + (random.nextInt(4) == 0 || lines == 0 ? "" : "\n");
    }

    private String line() {
        return random.nextInt(3) > 0 ? "line " + random.nextInt(1_000) : LINES.get(random.nextInt(LINES.size()));
    }

    private String edited(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(lines.size());
            switch (random.nextInt(3)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.add(at, line());
                default -> lines.set(at, line());
            }
            if (lines.isEmpty()) {
                lines.add("");
            }
        }
        return String.join("\n", lines);
    }

    private String diff(Map<String, String> before, Map<String, String> after, int context, String options)
            throws Exception {
        Path repository = fresh("repository");
        git(repository, "init", "-q");
        write(repository, before);
        git(repository, "add", "-A");
        git(repository, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x", "--allow-empty");
        for (String name : before.keySet()) {
            Files.delete(repository.resolve(name));
            bench.workspace().file(name, before.get(name));
        }
        write(repository, after);
        git(repository, "add", "-A");
        List<String> command = new ArrayList<>(List.of("diff", "--cached", "-M", "-U" + context));
        Stream.of(options.split(" ", -1)).filter(option -> !option.isEmpty()).forEach(command::add);
        return git(repository, command.toArray(String[]::new));
    }

    /** The file after {@code git apply}, behind a space; empty if git refuses. */
    private String applyWithGit(String diff, String name, String content) throws Exception {
        Path place = fresh("apply");
        Files.writeString(place.resolve(name), content);
        Files.writeString(folder.resolve("patch"), diff);
        try {
            git(place, "apply", "--whitespace=nowarn", folder.resolve("patch").toString());
            return " " + Files.readString(place.resolve(name));
        } catch (AssertionError refused) {
            return "";
        }
    }

    private Path fresh(String name) throws IOException {
        return Files.createTempDirectory(folder, name);
    }

    private static void write(Path root, Map<String, String> files) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    private static SortedMap<String, String> read(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    private static String git(Path folder, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile("git", ".out");
        try {
            ProcessBuilder git = new ProcessBuilder(Stream.concat(
                            Stream.of("git", "-c", "core.autocrlf=false", "-c", "core.quotePath=true"),
                            Stream.of(arguments))
                    .toList());
            git.environment().put("GIT_CONFIG_NOSYSTEM", "1");
            git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
            git.environment().put("GIT_CEILING_DIRECTORIES", folder.getParent().toString());
            Process process = git.directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            String said = Files.readString(output, StandardCharsets.UTF_8);
            assertThat(process.exitValue()).as(said).isZero();
            return said;
        } finally {
            Files.delete(output);
        }
    }
}
