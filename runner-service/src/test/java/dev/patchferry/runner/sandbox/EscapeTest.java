package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.process.Restriction;
import dev.patchferry.runner.process.ThreadIsolation;
import dev.patchferry.runner.workspace.CommandGrants;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A patch neither outlives its end nor hands out what could change its files after it. */
@Timeout(120)
class EscapeTest {
    private static final int ROUNDS = Integer.getInteger("ferry.attack.rounds", 20);

    private static final CommandGrants HOST = new CommandGrants(List.of(), Map.of(), true);
    private static final ThreadIsolation.Result NOT_HERE = new ThreadIsolation.Result.NotInForce("left out by a test");

    @TempDir
    Path folder;

    private SandboxBench bench;

    @BeforeEach
    void setUp() throws Exception {
        bench = new SandboxBench(folder);
    }

    @AfterEach
    void tearDown() {
        bench.close();
    }

    @Test
    void Y1_nobodyOutlivesTheSandboxByTracingItsFirstProcess() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "the attack is written for x86-64");
        Attack.compiled("outlive", Files.createDirectory(folder.resolve("attack")))
                .putInto(bench.workspace.root());
        for (int round = 0; round < ROUNDS; round++) {
            Marker marker = Marker.unique();

            assertThat(bench.run("./outlive " + marker).exit()).isEqualTo(new Exit.Ended(0));

            assertThat(marker.alive()).as("round %d: %s", round, bench.output()).isEmpty();
        }
        assertThat(bench.output().lines().distinct()).containsExactly("refused: Operation not permitted");
    }

    @Test
    void Y1_theMemoryOfTheFirstProcessIsOutOfReach() throws Exception {
        bench.run("for file in mem maps environ fd/4 root/; do cat /proc/1/$file 2>/dev/null || echo $file; done");

        assertThat(bench.output()).isEqualTo("mem\nmaps\nenviron\nfd/4\nroot/\n");
    }

    @Test
    void Y1_whatATimeoutEndsIsGoneWhenTheNextThingHappens() throws Exception {
        for (int round = 0; round < 3; round++) {
            Marker marker = Marker.unique();

            bench.run(
                    "setsid sh -c 'trap \"\" TERM; while :; do sleep " + marker + "; done' & sleep 1000",
                    Duration.ofMillis(500),
                    new Cancellation());

            assertThat(marker.alive()).isEmpty();
        }
    }

    @Test
    void Y3_aDescriptorThatSomebodyOutsideHoldsIsNoticed() throws Exception {
        try (Receiver receiver = receiver("hold")) {
            assertThat(send(receiver)).isEqualTo(new CommandResult.Escaped());
            assertThat(receiver.finish()).as("it could still write").isZero();
        }
    }

    @Test
    void Y3_aDescriptorThatWasGivenBackDoesNoHarm() throws Exception {
        try (Receiver receiver = receiver("drop")) {
            assertThat(send(receiver)).isInstanceOf(CommandResult.Ran.class);
        }
    }

    @Test
    void Y3_withTheMachinesNetworkNoAbstractSocketOfOthersIsReached() throws Exception {
        assumeTrue(
                Restriction.OWN_SOCKETS.probe() instanceof ThreadIsolation.Result.InForce,
                "Landlock of this kernel has no scopes");
        try (Receiver receiver = receiver("drop")) {
            assertThat(bench.run("./pass send " + receiver.name() + " file", HOST)
                            .exit())
                    .isEqualTo(new Exit.Ended(1));

            assertThat(bench.output()).contains("connect: Operation not permitted");
        }
    }

    @Test
    void Y4_theReceiptSaysWhoseKeyringItIs() {
        boolean own = Restriction.OWN_KEYRING.probe() instanceof ThreadIsolation.Result.InForce;

        assertThat(bench.sandbox().enforced("overlay", CommandGrants.NONE).limits())
                .anyMatch(limit -> limit.equals("session_keyring=own") == own);
    }

    /** With the machine's network, where abstract sockets are, and with nothing that keeps the command from them. */
    private CommandResult send(Receiver receiver) throws Exception {
        Restrictions none = new Restrictions(NOT_HERE, NOT_HERE);
        try (SandboxBench open = new SandboxBench(Files.createDirectory(folder.resolve("open")), none)) {
            new Attack(folder.resolve("attack/pass")).putInto(open.workspace.root());
            return open.result("./pass send " + receiver.name() + " file", HOST);
        }
    }

    private Receiver receiver(String what) throws Exception {
        Attack pass = Attack.compiled("pass", Files.createDirectory(folder.resolve("attack")));
        pass.putInto(bench.workspace.root());
        String name = "ferry-" + UUID.randomUUID();
        Process process = new ProcessBuilder(pass.program().toString(), "receive", name, what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader();
        assertThat(said.readLine()).isEqualTo("listening");
        return new Receiver(process, name);
    }

    /** A process outside of the sandbox that takes a descriptor. */
    private record Receiver(Process process, String name) implements AutoCloseable {
        /** Lets it try to write to what it got; its exit code. */
        int finish() throws Exception {
            process.outputWriter().close();
            return process.waitFor();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
