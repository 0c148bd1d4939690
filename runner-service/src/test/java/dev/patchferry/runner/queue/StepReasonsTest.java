package dev.patchferry.runner.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.patchferry.contract.PatchDocument;
import dev.patchferry.contract.PatchDocument.Reading;
import dev.patchferry.contract.PatchStatus;
import dev.patchferry.contract.Receipt;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reason of a step that failed names what stood in its way: a limit with its value and setting, or what a patch cannot do. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StepReasonsTest {
    private static final String LIMIT = "`ferry.workspaces.default.limits.";
    private static final Duration SECONDS = Duration.ofSeconds(15);

    private RunnerBench bench;
    private int last;

    @BeforeAll
    void setUp(@TempDir Path folder) throws IOException {
        bench = new RunnerBench(folder).start();
    }

    @AfterAll
    void tearDown() {
        bench.close();
    }

    /** The bench gives 8 MiB to a file, 4 MiB to /tmp, 1 GiB of memory and 256 processes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sh     | file      | 8 MiB | head -c 9M /dev/zero > big",
                "python | file      | 8 MiB | open('big', 'wb').write(bytes(9 << 20))",
                "python | file      | 8 MiB | open('big', 'wb').truncate(9 << 20)",
                "node   | file      | 8 MiB | require('fs').writeFileSync('big', Buffer.alloc(9 << 20))",
                "java   | file      | 8 MiB | java.nio.file.Files.write(java.nio.file.Path.of(\"big\"), new byte[9 << 20]);",
                "c      | file      | 8 MiB | signal(SIGXFSZ, SIG_IGN); if (ftruncate(creat(\"big\", 0600), 9 << 20))"
                        + " { perror(\"ftruncate\"); return 1; }",
                "sh     | tmp       | 4 MiB | head -c 5M /dev/zero > /tmp/big",
                "python | tmp       | 4 MiB | open('/tmp/big', 'wb').write(bytes(5 << 20))",
                "python | tmp       | 4 MiB | import tempfile; tempfile.TemporaryFile().write(bytes(5 << 20))",
                "node   | tmp       | 4 MiB | require('fs').writeFileSync('/tmp/big', Buffer.alloc(5 << 20))",
                "java   | tmp       | 4 MiB | java.nio.file.Files.write(java.nio.file.Path.of(\"/tmp/big\"), new byte[5 << 20]);",
                "c      | tmp       | 4 MiB | FILE *f = fopen(\"/tmp/big\", \"w\"); char *b = calloc(1, 5 << 20);"
                        + " if (fwrite(b, 5 << 20, 1, f) != 1) { perror(\"fwrite\"); return 1; }",
                "python | memory    | 1 GiB | x = b'x' * (2 << 30)",
                "node   | memory    | 1 GiB | const all = []; for (;;) all.push(Buffer.alloc(64 << 20, 1))",
                "c      | memory    | 1 GiB | for (;;) { char *b = malloc(64 << 20); if (!b) { perror(\"malloc\"); return 1; }"
                        + " memset(b, 1, 64 << 20); }",
                "java   | memory    | 1 GiB | var all = new java.util.ArrayList<java.nio.ByteBuffer>(); for (;;) { var b ="
                        + " java.nio.ByteBuffer.allocateDirect(64 << 20); while (b.hasRemaining()) b.putLong(1L); all.add(b); }",
                "python | processes | 256   | import threading, time; [threading.Thread(target=time.sleep, args=(9,)).start() for _ in range(400)]",
                "java   | processes | 256   | for (int i = 0; i < 400; i++) new Thread(() -> { try { Thread.sleep(9000); }"
                        + " catch (InterruptedException e) { } }).start();",
                "c      | processes | 256   | for (int i = 0; i < 400; i++) { pid_t p = fork(); if (p < 0) { perror(\"fork\"); return 1; }"
                        + " if (!p) { sleep(9); return 0; } }",
                "node   | processes | 256   | const { spawnSync, spawn } = require('child_process'); for (let i = 0; i < 400; i++)"
                        + " spawn('sleep', ['9'], { stdio: 'ignore' }).on('error', e => { console.error(e); process.exit(1) })"
            })
    void aLimitIsNamedWithItsValueAndItsSetting(String language, String limit, String value, String program)
            throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot() || !limit.equals("memory") || !language.equals("java"));

        Receipt receipt = bench.run(shell(source(language, program)));

        assertThat(receipt.outcome()).as(receipt.logTail()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).as(receipt.logTail()).contains(LIMIT + limit + "` is " + value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "exit 1",
                "echo 'error: No space left on device' >&2; exit 1",
                "echo 'MulterError: File too large' >&2; exit 1",
                "echo 'fork: Resource temporarily unavailable'; exit 1",
                "echo \"Error: ENOSPC: System limit for number of file watchers reached, watch '/tmp'\"; exit 1",
                "head -c 2M /dev/zero > /tmp/some; echo 'write: No space left on device'; exit 1",
                "/usr/bin/python3 -c 'raise MemoryError()'"
            })
    void aLimitThatWasNotHitIsNotNamed(String command) throws IOException {
        assumeTrue(Owner.ofThisProcess().isRoot(), "without a control group only the words tell");

        Receipt receipt = bench.run(shell(command));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).doesNotContain(LIMIT);
    }

    @Test
    void aHeapThatAProgramBoundsItselfIsNoLimitOfTheWorkspace() throws IOException {
        Receipt receipt = bench.run(shell(
                source("java", "var all = new java.util.ArrayList<byte[]>(); for (;;) all.add(new byte[1 << 20]);")
                        .replace("java -Xshare", "java -Xmx32m -Xshare")));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).doesNotContain(LIMIT).contains("its own heap", "-Xmx");
    }

    @Test
    void aTimeLimitIsNamedWithItsSettingOrAsTheDocuments() throws IOException {
        Receipt own = bench.run(read("""
                {"id": "a", "role": "command_patch", "target_file": "-", "patch": "sleep 1000", "timeout_s": 1}
                """));

        assertThat(own.outcome()).isEqualTo(PatchStatus.TIMED_OUT);
        assertThat(own.reason()).endsWith("was ended after 1 s; `timeout_s` of the document is 1");
    }

    @Test
    void aDocumentMayAskForMoreThanAStepGets() throws IOException {
        Receipt build = bench.run(read("""
                {"id": "b", "mutations": [{"path": "a", "contents": "x"}], "postMutationBuild": "sleep 4", "timeout_s": 8}
                """));

        assertThat(build.outcome()).as(build.reason()).isEqualTo(PatchStatus.SUCCEEDED);
    }

    @Test
    void aChangeAndAnOutputThatAreTooLargeNameTheirSettings() throws IOException {
        Receipt change = bench.run(shell("for i in 1 2 3 4 5 6 7 8 9; do head -c 8M /dev/zero > f$i; done"));
        Receipt output = bench.run(shell("head -c 2M /dev/zero"));

        assertThat(change.reason()).startsWith("change_limit: ").contains(LIMIT + "change` is 64 MiB");
        assertThat(output.ignored()).anyMatch(note -> note.contains(LIMIT + "output` is 1 MiB"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -sS http://example.com/",
                "git clone -q https://example.com/a.git",
                "wget -q -O - http://example.com/ || wget http://example.com/",
                "npm install left-pad",
                "pip3 install --break-system-packages left-pad || pip3 install left-pad",
                "node -e 'fetch(\"http://example.com/\").catch(e => { console.error(e.cause); process.exit(1) })'",
                "/usr/bin/python3 -c 'import urllib.request; urllib.request.urlopen(\"http://example.com/\")'"
            })
    void aToolThatWantsANetworkFailsInSecondsAndIsToldOfTheSetting(String command) throws IOException {
        assumeTrue(has(command.split(" ", -1)[0]), "there is no such tool here");
        Instant begun = Instant.now();

        Receipt receipt = bench.run(shell(command));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(SECONDS);
        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason())
                .as(receipt.logTail())
                .contains("commands of this workspace have no network", "`ferry.workspaces.default.network=host`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "node -e 'require(\"fs\").renameSync(\"src\", \"lib\")'",
                "/usr/bin/python3 -c 'import os; os.rename(\"src\", \"lib\")'",
                "git init -q . && git add -A && git mv src lib"
            })
    void aFolderThatCannotBeRenamedIsExplainedInTheReason(String command) throws IOException {
        assumeTrue(has(command.split(" ", -1)[0]), "there is no such tool here");
        bench.workspace.file("src/a.txt", "a");

        Receipt receipt = bench.run(shell(command));

        assertThat(receipt.outcome()).isEqualTo(PatchStatus.FAILED);
        assertThat(receipt.reason()).startsWith("exit_code: ").contains("`mv OLD NEW`", "git add -A OLD NEW");
        assertThat(receipt.ignored()).noneMatch(note -> note.contains("EXDEV"));
    }

    @Test
    void whatTheReasonSaysInsteadOfARenameWorks() throws IOException {
        assumeTrue(has("git"), "there is no git");
        bench.workspace.file("old/a.txt", "a");

        Receipt receipt = bench.run(shell("cp -a old copy && rm -rf old && mv copy old && mv old new"));

        assertThat(receipt.outcome()).as(receipt.reason()).isEqualTo(PatchStatus.SUCCEEDED);
        assertThat(bench.workspace.root().resolve("new/a.txt")).hasContent("a");
        assertThat(bench.workspace.root().resolve("old")).doesNotExist();
    }

    private static boolean has(String program) {
        return Files.isExecutable(Path.of(program))
                || Files.isExecutable(Path.of("/usr/bin").resolve(program));
    }

    /** A command that runs a program in this language. */
    private static String source(String language, String program) {
        return switch (language) {
            case "sh" -> program;
            case "python" -> "exec /usr/bin/python3 - <<'END'\n" + program + "\nEND";
            case "node" -> {
                assumeTrue(has("node"), "there is no node");
                yield "node - <<'END'\n" + program + "\nEND";
            }
            case "java" -> {
                assumeTrue(has("java"), "there is no java");
                yield "cat > Main.java <<'END'\npublic class Main { public static void main(String[] a) throws Exception { "
                        + program + " } }\nEND\njava -Xshare:auto -XX:TieredStopAtLevel=1 Main.java";
            }
            default -> {
                assumeTrue(has("gcc"), "there is no gcc");
                yield """
                        cat > main.c <<'END'
                        #define _GNU_SOURCE
                        #include <fcntl.h>
                        #include <signal.h>
                        #include <stdio.h>
                        #include <stdlib.h>
                        #include <string.h>
                        #include <unistd.h>
                        int main(void) { %s return 0; }
                        END
                        gcc -w -o main main.c && ./main
                        """.formatted(program);
            }
        };
    }

    private PatchDocument shell(String command) {
        return read(JsonNodeFactory.instance
                .objectNode()
                .put("id", "p" + ++last)
                .put("role", "command_patch")
                .put("target_file", "-")
                .put("patch", command)
                .toString());
    }

    private static PatchDocument read(String json) {
        return ((Reading.Valid) PatchDocument.read(json.getBytes(StandardCharsets.UTF_8))).document();
    }
}
