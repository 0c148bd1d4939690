package dev.patchferry.runner.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.ThreadIsolation.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each isolation is of a thread that ends with the test: a thread of JUnit's would keep it. */
@Timeout(60)
class ThreadIsolationTest {
    private static final String PYTHON = "/usr/bin/python3";
    private static final String SESSION_KEYRING = """
            import ctypes, platform
            libc = ctypes.CDLL(None, use_errno=True)
            keyctl = {"x86_64": 250, "aarch64": 219}[platform.machine()]
            print(libc.syscall(keyctl, 0, -3, 0), ctypes.get_errno())
            """;
    private static final String LISTENER = """
            import socket, sys
            listener = socket.socket(socket.AF_UNIX)
            listener.bind("\\0" + sys.argv[1])
            listener.listen()
            print("listening", flush=True)
            sys.stdin.read()
            """;
    private static final String CONNECTION = """
            import errno, socket, sys
            try:
                socket.socket(socket.AF_UNIX).connect("\\0" + sys.argv[1])
                print("connected")
            except OSError as e:
                print(errno.errorcode[e.errno])
            """;

    @BeforeAll
    static void python() {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no python3 to make system calls with");
    }

    @Test
    void y4WhatAnIsolatedThreadStartsHasASessionKeyringOfItsOwn() throws Exception {
        String before = run(PYTHON, "-c", SESSION_KEYRING);

        String one = isolated(ThreadIsolation::joinFreshSessionKeyring, PYTHON, "-c", SESSION_KEYRING);
        String other = isolated(ThreadIsolation::joinFreshSessionKeyring, PYTHON, "-c", SESSION_KEYRING);

        assertThat(run(PYTHON, "-c", SESSION_KEYRING))
                .as("that of other threads")
                .isEqualTo(before);
        assertThat(one).endsWith(" 0\n").isNotEqualTo(before);
        assertThat(other).endsWith(" 0\n").isNotEqualTo(before).isNotEqualTo(one);
    }

    @Test
    void y3WhatAnIsolatedThreadStartsReachesNoAbstractSocketOutside() throws Exception {
        String name = "ferry-test-" + ProcessHandle.current().pid();
        Process listener = new ProcessBuilder(PYTHON, "-c", LISTENER, name).start();
        try {
            assertThat(listener.inputReader().readLine()).isEqualTo("listening");

            assertThat(isolated(ThreadIsolation::scopeSocketsAndSignals, PYTHON, "-c", CONNECTION, name))
                    .isEqualTo("EPERM\n");
            assertThat(run(PYTHON, "-c", CONNECTION, name)).isEqualTo("connected\n");
        } finally {
            listener.destroyForcibly();
        }
    }

    @Test
    void y3WhatAnIsolatedThreadStartsSignalsNothingOutside() throws Exception {
        Process outside = new ProcessBuilder("sleep", "1000").start();
        try {
            String pid = String.valueOf(outside.pid());

            assertThat(isolated(ThreadIsolation::scopeSocketsAndSignals, "sh", "-c", "kill -0 " + pid + " || echo no"))
                    .endsWith("no\n");
            assertThat(run("sh", "-c", "kill -0 " + pid + " || echo no")).isEmpty();
        } finally {
            outside.destroyForcibly();
        }
    }

    /** A sandbox is built by such a thread: what Landlock restricts must not be mounting. */
    @Test
    void y3AnIsolatedThreadCanStillMountInANamespaceOfItsOwn() throws Exception {
        String[] mount = {
            "unshare", "--user", "--map-root-user", "--mount", "sh", "-c", "mount -t tmpfs none /tmp && echo mounted"
        };
        assumeTrue(run(mount).equals("mounted\n"), "nothing can be mounted here at all");

        assertThat(isolated(ThreadIsolation::scopeSocketsAndSignals, mount)).isEqualTo("mounted\n");
    }

    @Test
    void y4ARefusalIsToldWithTheCallAndTheError() {
        assertThat(ThreadIsolation.failure("keyctl(KEYCTL_JOIN_SESSION_KEYRING)", 122))
                .isEqualTo(new Result.NotInForce("keyctl(KEYCTL_JOIN_SESSION_KEYRING) failed:"
                        + " EDQUOT: this user's quota of keys is used up, see /proc/key-users"));
        assertThat(ThreadIsolation.failure("landlock_restrict_self", 7))
                .isEqualTo(new Result.NotInForce("landlock_restrict_self failed: errno 7"));
    }

    @Test
    void y4AVirtualThreadIsRefusedSinceItsCarrierServesOthers() {
        FutureTask<Result> task = new FutureTask<>(ThreadIsolation::joinFreshSessionKeyring);
        Thread.ofVirtual().start(task);

        assertThatThrownBy(task::get).hasCauseInstanceOf(IllegalStateException.class);
    }

    /** What a program says that a thread of its own starts, after it isolated itself. */
    private static String isolated(Supplier<Result> isolation, String... program) throws Exception {
        FutureTask<String> task = new FutureTask<>(() -> switch (isolation.get()) {
            case Result.InForce() -> run(program);
            case Result.NotInForce(String reason) -> "not in force: " + reason;
        });
        Thread.ofPlatform().start(task);
        String said = task.get();
        assumeTrue(!said.startsWith("not in force"), said);
        return said;
    }

    private static String run(String... program) throws IOException {
        Process process = new ProcessBuilder(program).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
