package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.patchferry.contract.PatchStatus;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.Steps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How commands end and what becomes of their output and of what they leave running, in the real sandbox. */
@Timeout(60)
class SandboxTest {
    private static final Duration PROMPT = Duration.ofSeconds(10);

    /** What the copier may have read when the log was full; it is dropped without being counted. */
    private static final long COPIER_BUFFER = 128 << 10;

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
    void changesGoIntoTheTransactionAndNotIntoTheWorkspace() throws IOException {
        bench.workspace.file("a.txt", "one");
        bench.transaction.apply(Steps.write("b.txt", "by the engine"));

        bench.run("cat a.txt b.txt; echo two > a.txt; mkdir dir; mv b.txt dir/; rm -f gone");

        assertThat(bench.output()).isEqualTo("oneby the engine");
        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- a.txt \"one\"");
        assertThat(bench.transaction.changes().files())
                .extracting(file -> file.change() + " " + file.path())
                .containsExactly("modified a.txt", "created dir/b.txt");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 124, 126, 127, 137, 255})
    void X16_theExitCodeIsTheCommands(int code) throws IOException {
        assertThat(bench.run("exit " + code).exit()).isEqualTo(new Exit.Ended(code));
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 9, 11, 15, 31})
    void X16_aSignalIsReportedAs128AndItsNumber(int signal) throws IOException {
        assertThat(bench.run("kill -" + signal + " $$").exit()).isEqualTo(new Exit.Ended(128 + signal));
        assertThat(bench.transaction.changes().files()).as("no core was dumped").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"exit 3001, 185", "no-such-command-here, 127", "/etc/passwd, 126", "./missing.sh, 127"})
    void X17_endsLikeAShellWould(String command, int code) throws IOException {
        assertThat(bench.run(command).exit()).isEqualTo(new Exit.Ended(code));
    }

    @Test
    void eachCommandIsAShellOfItsOwn() throws IOException {
        bench.run("export SET=1; cd /tmp");
        bench.run("echo \"[$SET] $PWD\"");

        assertThat(bench.output()).isEqualTo("[] " + bench.workspace.root() + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sleep %s & exit 0",
                "setsid sleep %s & exit 0",
                "(setsid sh -c 'sleep %s & exec sleep 500' &) ; exit 0",
                "nohup sleep %s > /dev/null 2>&1 & exit 0",
                "(sleep %s 3>&1 4>&2 9<&0 &) ; exit 0",
                "(sleep %s || exit 101) >/dev/null 2>&1 & disown; exit 0"
            })
    void X1_X2_X3_X4_X5_whatIsLeftRunningIsCountedAndEnded(String command) throws IOException {
        Marker marker = Marker.unique();

        CommandResult.Ran ran = bench.run(command.formatted(marker), PROMPT, new Cancellation());

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(ran.leftRunning()).isPositive();
        assertThat(marker.alive()).isEmpty();
    }

    @Test
    void nothingIsLeftRunningByAnOrdinaryCommand() throws IOException {
        assertThat(bench.run("true & wait; ls | cat > /dev/null").leftRunning()).isZero();
    }

    @Test
    void X6_whoIgnoresTermIsKilled() throws IOException {
        Marker marker = Marker.unique();

        CommandResult.Ran ran = bench.run(
                "trap '' TERM; echo up; while :; do sleep " + marker + "; done",
                Duration.ofSeconds(1),
                new Cancellation());

        assertThat(ran.exit()).isEqualTo(new Exit.TimedOut());
        assertThat(bench.output()).startsWith("up\n");
        assertThat(marker.alive()).isEmpty();
    }

    @Test
    void X7_whoHandlesTermCanCleanUp() throws IOException {
        CommandResult.Ran ran = bench.run(
                "trap 'echo cleaned; exit 1' TERM; (trap '' TERM; sleep 1000) & wait",
                Duration.ofSeconds(1),
                new Cancellation());

        assertThat(ran.exit()).isEqualTo(new Exit.TimedOut());
        assertThat(bench.output()).isEqualTo("cleaned\n");
    }

    @Test
    void X32_outputIsKeptAfterATimeout() throws IOException {
        bench.run("echo before; sleep 1000; echo after", Duration.ofSeconds(1), new Cancellation());

        assertThat(bench.output()).startsWith("before\n").doesNotContain("after");
    }

    @Test
    void aCancelledCommandEndsAtOnceWithItsReason() throws IOException {
        Marker marker = Marker.unique();
        Cancellation cancellation = new Cancellation();
        Thread.ofVirtual().start(() -> {
            await().until(() -> !marker.alive().isEmpty());
            cancellation.request(PatchStatus.INTERRUPTED, "stopped by a test");
        });

        CommandResult.Ran ran = bench.run("sleep " + marker + " & sleep " + marker, PROMPT, cancellation);

        assertThat(ran.exit())
                .isEqualTo(new Exit.Cancelled(new Cancellation.Request(PatchStatus.INTERRUPTED, "stopped by a test")));
        assertThat(marker.alive()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat", "read line || echo eof", "sh", "git commit 2>&1 | head -1"})
    void X11_standardInputIsEmpty(String command) throws IOException {
        assertThat(bench.run(command, PROMPT, new Cancellation()).exit()).isInstanceOf(Exit.Ended.class);
    }

    @Test
    void X12_thereIsNoTerminalToAskOn() throws IOException {
        assertThat(bench.run("read answer < /dev/tty").exit()).isEqualTo(new Exit.Ended(1));
    }

    @Test
    void X13_whoStopsItselfIsEndedByTheTimeout() throws IOException {
        assertThat(bench.run("kill -STOP $$", Duration.ofSeconds(1), new Cancellation())
                        .exit())
                .isEqualTo(new Exit.TimedOut());
    }

    @ParameterizedTest
    @CsvSource({"kill -9 -1; exit 3, 3", "kill -9 0, 137", "kill -9 $PPID; exit 4, 4", "kill -9 $$, 137"})
    void X15_whoKillsEverythingEndsOnlyItself(String command, int code) throws IOException {
        assertThat(bench.run(command, PROMPT, new Cancellation()).exit()).isEqualTo(new Exit.Ended(code));
        assertThat(bench.run("echo next").exit()).isEqualTo(new Exit.Ended(0));
    }

    @Test
    void X18_whoDeletesItsFolderOnlyHurtsItself() throws IOException {
        bench.workspace.file("dir/a.txt", "a");

        bench.run("cd dir && rm -rf ../dir && pwd && echo x > y");

        assertThat(bench.workspace.content()).containsExactly("rw-r--r-- dir/a.txt \"a\"", "rwxr-xr-x dir/");
    }

    @Test
    void X22_outputBeyondTheLimitIsCountedAndDropped() throws IOException {
        CommandResult.Ran ran = bench.run("head -c 30000000 /dev/zero; echo end");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        assertThat(ran.droppedBytes())
                .isBetween(
                        30_000_004 - SandboxBench.SMALL.outputBytes() - COPIER_BUFFER,
                        30_000_004 - SandboxBench.SMALL.outputBytes());
        assertThat(Files.size(bench.log)).isEqualTo(SandboxBench.SMALL.outputBytes());
    }

    @Test
    void X22_outputThatFitsJustSoIsNotCalledTooMuch() throws IOException {
        CommandResult.Ran ran = bench.run("head -c " + SandboxBench.SMALL.outputBytes() + " /dev/zero");

        assertThat(ran.droppedBytes()).isZero();
        assertThat(Files.size(bench.log)).isEqualTo(SandboxBench.SMALL.outputBytes());
    }

    @Test
    void X22_oneByteTooMuchIsTold() throws IOException {
        CommandResult.Ran ran = bench.run("head -c " + (SandboxBench.SMALL.outputBytes() + 1) + " /dev/zero");

        assertThat(ran.droppedBytes()).isPositive();
        assertThat(Files.size(bench.log)).isEqualTo(SandboxBench.SMALL.outputBytes());
    }

    @Test
    void X24_X25_X26_outputIsKeptByteForByte() throws IOException {
        bench.run("printf 'no newline \\377\\000 \\033[31mred\\r50%%\\303'");

        assertThat(Files.readAllBytes(bench.log))
                .isEqualTo("no newline \u00ff\0 \u001b[31mred\r50%\u00c3".getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void X27_bothStreamsAtOnceKeepTheirOrder() throws IOException {
        bench.run("for i in 1 2 3; do echo out$i; echo err$i >&2; done");

        assertThat(bench.output()).isEqualTo("out1\nerr1\nout2\nerr2\nout3\nerr3\n");
    }

    @Test
    void aHundredThousandLinesTakeNoTime() throws IOException {
        long start = System.nanoTime();

        bench.run("i=0; while [ $i -lt 100000 ]; do echo $i; i=$((i + 1)); done");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PROMPT);
        assertThat(bench.output()).endsWith("\n99999\n");
    }

    @Test
    void whoClosesItsOutputStillRunsToItsEnd() throws IOException {
        assertThat(bench.run("exec >&- 2>&-; echo lost; echo kept > file; exit 4")
                        .exit())
                .isEqualTo(new Exit.Ended(4));
        assertThat(bench.transaction.upper().resolve("file")).hasContent("kept");
    }

    @Test
    void X47_theLogCannotBeTruncatedOrForged() throws IOException {
        bench.run("echo first; echo x > /dev/stderr; : > /dev/stdout; for f in /proc/[0-9]*/fd/*; do"
                + " : > $f; done 2>/dev/null; echo last");

        assertThat(bench.output()).startsWith("first\n").endsWith("last\n");
    }

    @Test
    void theCountOfWhatIsLeftCannotMakeTheRunnerStumble() throws IOException {
        CommandResult.Ran ran = bench.run(
                "for f in /proc/$PPID/fd/*; do case $f in */[012]) ;; *) echo nonsense > $f ;; esac; done 2>/dev/null;"
                        + " exit 7");

        assertThat(ran.exit()).isEqualTo(new Exit.Ended(7));
        assertThat(ran.leftRunning()).isZero();
    }
}
