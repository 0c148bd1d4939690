package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real programs under the filter of system calls, in a workspace of this user's and, as root, of somebody else's. */
@Timeout(300)
class FilteredCommandsTest {
    private static final Owner SOMEBODY = new Owner(12_345, 12_345);
    private static final Limits ROOMY = new Limits(
            Duration.ofSeconds(60),
            Duration.ofSeconds(60),
            Duration.ofSeconds(120),
            1 << 20,
            256 << 20,
            512,
            2L << 30,
            64 << 20,
            256 << 20,
            50_000,
            256 << 20);

    /** Makes calls by their numbers on x86-64 and ARM64, and says what became of each. */
    private static final String CALLS = """
            import ctypes, errno, platform
            libc = ctypes.CDLL(None, use_errno=True)
            arm = platform.machine() == "aarch64"
            def call(name, number, on_arm, *arguments):
                ctypes.set_errno(0)
                result = libc.syscall(on_arm if arm else number, *(ctypes.c_long(a) for a in arguments))
                print(name, errno.errorcode[ctypes.get_errno()] if result == -1 else "done")
            """;

    private static final String REFUSED = CALLS + """
            call("keyctl", 250, 219, 0, -3, 0)
            call("add_key", 248, 217, 0, 0, 0, 0, -3)
            call("request_key", 249, 218, 0, 0, 0, 0)
            call("userfaultfd", 323, 282, 1)
            call("bpf", 321, 280, 0, 0, 0)
            call("perf_event_open", 298, 241, 0, 0, -1, -1, 0)
            call("io_uring_setup", 425, 425, 1, 0)
            call("io_uring_enter", 426, 426, 0, 0, 0, 0, 0, 0)
            call("io_uring_register", 427, 427, 0, 0, 0, 0)
            call("kexec_load", 246, 104, 0, 0, 0, 0)
            call("kexec_file_load", 320, 294, 0, 0, 0, 0, 0)
            call("mount", 165, 40, 0, 0, 0, 0, 0)
            call("umount2", 166, 39, 0, 0)
            call("pivot_root", 155, 41, 0, 0)
            call("open_tree", 428, 428, -100, 0, 0)
            call("move_mount", 429, 429, -1, 0, -1, 0, 0)
            call("fsopen", 430, 430, 0, 0)
            call("fsconfig", 431, 431, -1, 0, 0, 0, 0)
            call("fsmount", 432, 432, -1, 0, 0)
            call("fspick", 433, 433, -1, 0, 0)
            call("mount_setattr", 442, 442, -1, 0, 0, 0, 0)
            call("open_tree_attr", 467, 467, -100, 0, 0, 0, 0)
            call("setns", 308, 268, -1, 0)
            call("open_by_handle_at", 304, 265, -1, 0, 0)
            call("syslog", 103, 116, 10, 0, 0)
            call("clone3", 435, 435, 0, 0)
            for flag in 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000:
                call("clone " + hex(flag), 56, 220, flag | 17, 0, 0, 0, 0)
                call("unshare " + hex(flag), 272, 97, flag)
            call("unshare 0x80", 272, 97, 0x80)
            for name, number, on_arm in ("socket", 41, 198), ("socketpair", 53, 199):
                call(name + " AF_PACKET", number, on_arm, 17, 3, 0, 0)
                call(name + " AF_VSOCK", number, on_arm, 40, 1, 0, 0)
                call(name + " AF_ALG", number, on_arm, 38, 5, 0, 0)
            if not arm:
                call("x32 getpid", 0x40000000 | 39, 0)
            """;

    private static final String ALLOWED = CALLS + """
            import socket, threading
            call("getpid", 39, 172)
            call("unshare files and folders", 272, 97, 0x400 | 0x200)
            call("no call at all", -1, -1)
            for family in socket.AF_UNIX, socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK:
                socket.socket(family, socket.SOCK_DGRAM).close()
            one, other = socket.socketpair()
            thread = threading.Thread(target=lambda: print("thread"))
            thread.start()
            thread.join()
            """;

    /** Runs {@code mov eax, 20 (getpid of i386); int 0x80; ret}, and says what it returns. */
    private static final String INT_80 = """
            import ctypes, mmap
            code = mmap.mmap(-1, 4096, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
            code.write(bytes.fromhex("b814000000cd80c3"))
            address = ctypes.addressof(ctypes.c_char.from_buffer(code))
            print(ctypes.CFUNCTYPE(ctypes.c_int)(address)())
            """;

    /** A child that asks to be traced, and whose memory is changed. */
    private static final String TRACING = """
            #define _GNU_SOURCE
            #include <stdio.h>
            #include <stdlib.h>
            #include <signal.h>
            #include <sys/ptrace.h>
            #include <sys/uio.h>
            #include <sys/wait.h>
            #include <unistd.h>
            static int value = 1;
            static int failed(const char *what) { perror(what); return 1; }
            int main(void) {
              pid_t child = fork();
              if (child == 0) {
                if (ptrace(PTRACE_TRACEME, 0, 0, 0)) _exit(failed("ptrace"));
                raise(SIGSTOP);
                _exit(value);
              }
              int status, other = 42;
              waitpid(child, &status, 0);
              if (!WIFSTOPPED(status)) return 1;
              struct iovec here = {&other, sizeof other}, there = {&value, sizeof value};
              if (process_vm_writev(child, &here, 1, &there, 1, 0) < 0) return failed("process_vm_writev");
              if (ptrace(PTRACE_CONT, child, 0, 0)) return failed("ptrace");
              waitpid(child, &status, 0);
              printf("%d\\n", WEXITSTATUS(status));
              return 0;
            }
            """;

    private static final String LEAK = """
            #include <stdlib.h>
            int main(void) { void *volatile lost = malloc(10); lost = 0; return 0; }
            """;

    @TempDir
    Path folder;

    static Stream<Owner> owners() {
        Owner self = Owner.ofThisProcess();
        return self.isRoot() ? Stream.of(self, SOMEBODY) : Stream.of(self);
    }

    private SandboxBench benchOf(Owner owner) throws IOException {
        Path root = Files.createDirectories(folder.toRealPath().resolve("workspace-default"));
        Path home = Files.createDirectories(folder.resolve("home/home-default"));
        owner.claim(root);
        owner.claim(home);
        return new SandboxBench(folder, ROOMY, Optional.empty());
    }

    private static void needs(String... programs) {
        for (String program : programs) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin", program)), "there is no " + program);
        }
    }

    private static String python(String program) {
        return "cat > program.py <<'END'\n" + program + "END\n/usr/bin/python3 program.py";
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_whatNoBuildNeedsIsRefused(Owner owner) throws IOException {
        needs("python3");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run(python(REFUSED));

            assertThat(bench.output().lines()).hasSizeGreaterThan(40).allSatisfy(line -> {
                String refusal = line.startsWith("io_uring") || line.startsWith("clone3") || line.startsWith("x32")
                        ? " ENOSYS"
                        : line.contains("AF_ALG") ? " EAFNOSUPPORT" : " EPERM";
                assertThat(line).endsWith(refusal);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_whatProgramsUseIsAllowed(Owner owner) throws IOException {
        needs("python3");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run(python(ALLOWED));

            assertThat(bench.output())
                    .isEqualTo("getpid done\nunshare files and folders done\nno call at all ENOSYS\nthread\n");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_callsInTheMannerOf32BitProgramsAreNotImplemented(Owner owner) throws IOException {
        needs("python3");
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 has int 0x80");
        Process outside = new ProcessBuilder("/usr/bin/python3", "-c", INT_80).start();
        assumeTrue(outside.onExit().join().exitValue() == 0, "this kernel has no 32-bit calls");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run(python(INT_80));

            assertThat(bench.output()).isEqualTo("-38\n");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_noProgramMakesANamespace(Owner owner) throws IOException {
        try (SandboxBench bench = benchOf(owner)) {
            bench.run("for kind in --user --mount --net --uts --ipc --pid --cgroup; do unshare $kind true; done");

            assertThat(bench.output().lines())
                    .hasSize(7)
                    .allMatch(line -> line.equals("unshare: unshare failed: Operation not permitted"));
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_developersToolsWork(Owner owner) throws IOException {
        needs("git", "python3", "gcc", "make");
        try (SandboxBench bench = benchOf(owner)) {
            CommandResult.Ran ran = bench.run("""
                    set -e
                    git init -q repo && cd repo && echo a > a && git add a && git commit -q -m first && git gc -q && git fsck
                    git clone -q . ../copy && cd .. && git -C copy log --format=%s
                    printf 'int main(void) { return 0; }\\n' > one.c && cp one.c two.c && cp one.c three.c
                    printf 'all: one two three\\n' > Makefile && make -s -j 4 && ./one && ./two && ./three && echo made
                    python3 -c 'import multiprocessing as m; print(sum(m.Pool(2).map(abs, [-1, -2])))'
                    python3 -m venv --without-pip environment && ./environment/bin/python -c 'print("venv")'
                    """);

            assertThat(bench.output()).isEqualTo("first\nmade\n3\nvenv\n");
            assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        }
    }

    /** Each of these starts threads, maps a lot of memory, and looks for newer ways into the kernel first. */
    @ParameterizedTest
    @MethodSource("owners")
    void Y1_runtimesWork(Owner owner) throws IOException {
        needs("node", "npm", "java");
        try (SandboxBench bench = benchOf(owner)) {
            CommandResult.Ran ran = bench.run("""
                    set -e
                    echo hello > file
                    UV_USE_IO_URING=1 node -e 'require("fs").promises.readFile("file", "utf8").then(t => console.log(t.trim()))'
                    npm --version > version && npm init -y > /dev/null && test -f package.json && echo npm
                    java -Xmx64m -version 2>&1 | grep -c -i runtime
                    """);

            assertThat(bench.output()).isEqualTo("hello\nnpm\n1\n");
            assertThat(ran.exit()).isEqualTo(new Exit.Ended(0));
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_processesOfACommandDebugOneAnother(Owner owner) throws IOException {
        needs("gcc");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run("cat > tracing.c <<'END'\n" + TRACING + "END\ngcc -o tracing tracing.c && ./tracing");

            assertThat(bench.output()).isEqualTo("42\n");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_withoutDebuggersProcessesOfACommandReachOneAnotherNoMore(Owner owner) throws IOException {
        needs("python3");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run(python(CALLS + """
                    call("ptrace", 101, 117, 0, 0, 0, 0)
                    call("process_vm_readv", 310, 270, 1, 0, 0, 0, 0, 0)
                    call("process_vm_writev", 311, 271, 1, 0, 0, 0, 0, 0)
                    call("pidfd_getfd", 438, 438, -1, 0, 0)
                    call("kcmp", 312, 272, 1, 1, 0, 0, 0)
                    call("bpf", 321, 280, 0, 0, 0)
                    """), CommandGrants.NONE.withoutDebuggers());

            assertThat(bench.output().lines()).hasSize(6).allMatch(line -> line.endsWith(" EPERM"));
        }
    }

    /** A sandbox that was prepared for the other setting is not taken. */
    @ParameterizedTest
    @MethodSource("owners")
    void Y1_theNextCommandHasTheFilterOfItsOwnSettings(Owner owner) throws IOException {
        needs("python3");
        String trace = python(CALLS + "call('ptrace', 101, 117, 0, 0, 0, 0)\n");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run(trace);
            bench.run(trace, CommandGrants.NONE.withoutDebuggers());
            bench.run(trace);

            assertThat(bench.output()).isEqualTo("ptrace done\nptrace EPERM\nptrace done\n");
        }
    }

    @Test
    void Y1_aReceiptSaysWhatIsFiltered() throws IOException {
        try (SandboxBench bench = benchOf(Owner.ofThisProcess())) {
            assertThat(bench.sandbox().enforced("overlay", CommandGrants.NONE).limits())
                    .contains("system_calls=filtered", "debuggers=on");
            assertThat(bench.sandbox()
                            .enforced("overlay", CommandGrants.NONE.withoutDebuggers())
                            .limits())
                    .contains("system_calls=filtered", "debuggers=off");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_debuggersWork(Owner owner) throws IOException {
        needs("gdb", "strace");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run("""
                    gdb --version | grep -c '^GNU gdb'
                    gdb -q -batch -ex 'break main' -ex run -ex 'print 6*7' --args /usr/bin/python3 -c 1 2>&1 | grep '^.1 ='
                    strace -f -e trace=none -e signal=none -o /dev/null sh -c 'sh -c "echo traced"'
                    """);

            assertThat(bench.output()).isEqualTo("1\n$1 = 42\ntraced\n");
        }
    }

    /** Without its own sandbox, which would need namespaces in this one. */
    @ParameterizedTest
    @MethodSource("owners")
    void Y1_aBrowserWithoutAWindowProbesItsFeatures(Owner owner) throws IOException {
        needs("chromium");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run("""
                    cat > probe.html <<'END'
                    <p id="p"></p><script>
                    document.getElementById("p").textContent =
                        [typeof WebAssembly, typeof SharedWorker, "fetch" in window, 6 * 7].join(" ");
                    </script>
                    END
                    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync \\
                      --disable-background-networking --disable-component-update --disable-dev-shm-usage \\
                      --user-data-dir="$PWD/profile" --dump-dom "file://$PWD/probe.html" 2>errors | grep -o 'object.*42'
                    """);

            assertThat(bench.output()).isEqualTo("object function true 42\n");
        }
    }

    @ParameterizedTest
    @MethodSource("owners")
    void Y1_leakSanitizerWorks(Owner owner) throws IOException {
        needs("gcc");
        try (SandboxBench bench = benchOf(owner)) {
            bench.run("cat > leak.c <<'END'\n" + LEAK + "END\ngcc -fsanitize=leak -o leak leak.c"
                    + " || { echo none; exit; }; ./leak");

            assumeTrue(!bench.output().endsWith("none\n"), "gcc has no LeakSanitizer here");
            assertThat(bench.output())
                    .contains("detected memory leaks")
                    .contains("10 byte(s) leaked")
                    .doesNotContain("fatal error");
        }
    }
}
