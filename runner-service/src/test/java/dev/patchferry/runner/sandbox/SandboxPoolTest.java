package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is started ahead makes no difference to a command but that it begins sooner. */
@Timeout(60)
class SandboxPoolTest {
    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws IOException {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void aCommandRunsThoughWhatWaitedForItWasKilled() throws Exception {
        bench.run("echo first");
        await().until(() -> !waiting().isEmpty());
        for (ProcessHandle waiting : waiting()) {
            waiting.destroyForcibly();
            waiting.onExit().get(10, TimeUnit.SECONDS);
        }

        assertThat(bench.run("echo second").exit()).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("first\nsecond\n");
    }

    @Test
    void aFolderThatTookTheNameOfAnotherMeanwhileIsTheOneThatIsSeen() throws IOException {
        Path given = Files.createDirectory(folder.resolve("given"));
        Files.createFile(given.resolve("old"));
        CommandGrants commandGrants = new CommandGrants(List.of(given), Map.of(), false);
        bench.run("ls " + given, commandGrants);
        await().until(() -> !waiting().isEmpty());
        Files.move(given, given.resolveSibling("moved"));
        Files.createFile(Files.createDirectory(given).resolve("new"));

        bench.run("ls " + given, commandGrants);

        assertThat(bench.output()).isEqualTo("old\nnew\n");
    }

    @Test
    void whatWaitsWithOneSecretIsNotUsedForACommandWithAnother() throws IOException {
        for (String secret : List.of("one", "one", "two", "one")) {
            await().until(() -> bench.output().isEmpty() || !waiting().isEmpty());
            bench.run("echo $SECRET", new CommandGrants(List.of(), Map.of("SECRET", secret), false));
        }

        assertThat(bench.output()).isEqualTo("one\none\ntwo\none\n");
    }

    @Test
    void noMoreThanFourSetsWait() throws IOException {
        for (int i = 0; i < 6; i++) {
            bench.run("true", new CommandGrants(List.of(), Map.of("NUMBER", String.valueOf(i)), false));
        }

        await().ignoreException(NoSuchFileException.class).until(() -> numbers().equals(Set.of("2", "3", "4", "5")));
        assertThat(bench.run("true").exit()).isEqualTo(new Exit.Ended(0));
    }

    @Test
    void nothingWaitsOnceTheSandboxIsClosed() throws IOException {
        bench.run("true");
        await().until(() -> !waiting().isEmpty());

        bench.sandbox().close();

        assertThat(waiting()).isEmpty();
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).noneMatch(path -> path.getFileName().toString().startsWith("run"));
        }
    }

    @Test
    void aCommandLongerThanAPipeIsRunWhole() throws IOException {
        String comment = "#" + "é'\"$x ".repeat(10_000) + "\n";

        assertThat(bench.run(comment + "echo 'it''s done' ünïcødé").exit()).isEqualTo(new Exit.Ended(0));

        assertThat(bench.output()).isEqualTo("its done ünïcødé\n");
    }

    @Test
    void theCommandIsNotInItsOwnEnvironment() throws IOException {
        bench.run("env | grep PATCH_ || echo none");

        assertThat(bench.output()).isEqualTo("none\n");
    }

    /** The value of the variable NUMBER in each set of processes. */
    private Set<String> numbers() throws IOException {
        Set<String> numbers = new HashSet<>();
        try (Stream<Path> all = Files.list(folder.resolve("scratch"))) {
            for (Path options : all.map(path -> path.resolve("options"))
                    .filter(Files::exists)
                    .toList()) {
                List<String> words = List.of(Files.readString(options).split("\0"));
                // a folder that waits for its next command is empty
                if (words.contains("NUMBER")) {
                    numbers.add(words.get(words.indexOf("NUMBER") + 1));
                }
            }
        }
        return numbers;
    }

    /** In this test's own scratch folder. */
    private List<ProcessHandle> waiting() {
        String scratch = folder.resolve("scratch").toString();
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(scratch))
                .toList();
    }
}
