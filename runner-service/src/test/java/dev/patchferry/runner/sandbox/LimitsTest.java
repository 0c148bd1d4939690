package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.process.Cancellation;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.CommandGrants;
import dev.patchferry.runner.workspace.HomeLayer;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Commands that use up whatever they get are ended or refused, and the next command runs as usual. */
@Timeout(120)
class LimitsTest {
    private static final Duration TIME = Duration.ofSeconds(20);
    private static final Limits TIGHT =
            new Limits(TIME, TIME, TIME, 1 << 20, 64 << 20, 128, 256 << 20, 16 << 20, 48 << 20, 3_000, 32 << 20);

    private static final Limits LITTLE_MEMORY =
            new Limits(TIME, TIME, TIME, 1 << 20, 64 << 20, 128, 64 << 20, 16 << 20, 48 << 20, 3_000, 32 << 20);

    private static final Limits FEW_FILES_IN_HOME = new Limits(
            TIME,
            TIME,
            TIME,
            1 << 20,
            64 << 20,
            128,
            256 << 20,
            16 << 20,
            48 << 20,
            3_000,
            32 << 20,
            1_000,
            WorkspaceName.DEFAULT);

    private static final String PYTHON = "/usr/bin/python3";

    private static final String SYSTEM_V = """
            import errno
            libc = ctypes.CDLL(None, use_errno=True)
            def get(call, size=None, flags=0):
                arguments = [] if size is None else [ctypes.c_size_t(size)]
                result = call(0, *arguments, 0o1600 | flags)
                return errno.errorcode[ctypes.get_errno()] if result == -1 else "done"
            """;

    /** Who sees to memory and processes. */
    enum By {
        CONTROL_GROUP,
        WATCH
    }

    @TempDir
    Path folder;

    private SandboxBench bench;

    @AfterEach
    void tearDown() {
        if (bench != null) {
            bench.close();
        }
    }

    @Test
    void X8_aForkBombEndsWithItsCommand() throws IOException {
        limitedBy(Owner.ofThisProcess().isRoot() ? By.CONTROL_GROUP : By.WATCH);

        CommandResult.Ran ran = run(":(){ :|:& };: ; sleep 3");

        assertThat(ran.exit()).isNotInstanceOf(Exit.TimedOut.class);
        nextRunsAsUsual();
    }

    /** No real bomb: as root nothing but the watch would stand between it and the machine. */
    @Test
    void X8_whoStartsTooManyProcessesIsEndedWhereTheKernelDoesNotCount() throws IOException {
        limitedBy(By.WATCH);
        Marker marker = Marker.unique();

        run("for i in $(seq 400); do sleep " + marker + " & done; sleep 10");

        assertThat(marker.alive()).isEmpty();
        nextRunsAsUsual();
    }

    @Test
    void X9_aThousandProcessesAreNotToBeHad() throws IOException {
        limitedBy(Owner.ofThisProcess().isRoot() ? By.CONTROL_GROUP : By.WATCH);

        run("for i in $(seq 1000); do sleep 5 & done 2>/dev/null; ls -d /proc/[0-9]* | wc -l; sleep 1");

        assertThat(bench.output().lines().mapToInt(Integer::parseInt)).allMatch(processes -> processes <= 160);
        nextRunsAsUsual();
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void X9_thousandsOfThreadsAreNotToBeHad(By by) throws IOException {
        limitedBy(by);
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "there is no python3 to make threads with");

        CommandResult.Ran ran = run("""
                python3 -c '
                import threading, time
                for i in range(2000): threading.Thread(target=time.sleep, args=(5,), daemon=True).start()
                print("all of them")
                time.sleep(1)'
                """);

        assertThat(ran.exit()).isNotEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).doesNotContain("all of them\n");
        nextRunsAsUsual();
    }

    /** Each holds what nobody reads: busy ones that wait for one another get every processor of some kernels, and no watch comes. */
    @ParameterizedTest
    @EnumSource(By.class)
    void X10_memoryOfAllProcessesTogetherIsBounded(By by) throws IOException {
        limitedBy(by, LITTLE_MEMORY);

        CommandResult.Ran ran = run("mkfifo /tmp/full && exec 3<>/tmp/full\n"
                + "for i in 1 2 3 4 5 6; do dd if=/dev/zero bs=15M count=1 status=none >&3 & done\n"
                + "wait -n; exit $?");

        assertThat(ran.exit())
                .as(bench.output())
                .isEqualTo(new Exit.OverLimit("memory_limit: more than 67108864 bytes of memory;"
                        + " `ferry.workspaces.default.limits.memory` is 64 MiB"));
        nextRunsAsUsual();
    }

    @Test
    void X10_aProcessThatTakesTooMuchMemoryIsRefusedIt() throws IOException {
        limitedBy(By.WATCH, LITTLE_MEMORY);

        assertThat(run("tail /dev/zero").exit()).isNotEqualTo(new Exit.Ended(0));
        nextRunsAsUsual();
    }

    @Test
    void X10_temporaryFilesAreBounded() throws IOException {
        limitedBy(By.WATCH);

        assertThat(run("cat /dev/zero > /tmp/bomb").exit()).isNotEqualTo(new Exit.Ended(0));
        assertThat(run("cat /dev/zero > /dev/shm/bomb").exit()).isNotEqualTo(new Exit.Ended(0));
        nextRunsAsUsual();
    }

    @Test
    void X10_outputWithoutEndIsBounded() throws IOException {
        limitedBy(By.WATCH);

        assertThat(run("timeout 2 yes").exit()).isEqualTo(new Exit.Ended(124));
        assertThat(Files.size(bench.log)).isEqualTo(TIGHT.outputBytes());
        nextRunsAsUsual();
    }

    @Test
    void X10_aTenGigabyteFileIsRefusedAlsoAsASparseOne() throws IOException {
        limitedBy(By.WATCH);

        assertThat(run("head -c 10G /dev/zero > big; code=$?; rm big; exit $code")
                        .exit())
                .isEqualTo(new Exit.Ended(153));
        assertThat(run("truncate -s 10G sparse").exit()).isNotEqualTo(new Exit.Ended(0));
        nextRunsAsUsual();
    }

    @Test
    void X10_manyFilesTogetherAreBounded() throws IOException {
        limitedBy(By.WATCH);

        CommandResult.Ran ran = run("for i in 1 2 3 4; do head -c 30M /dev/urandom > f$i; done; sleep 15");

        assertThat(ran.exit())
                .isInstanceOfSatisfying(
                        Exit.OverLimit.class,
                        over -> assertThat(over.limit()).startsWith("change_limit: the patch writes more than"));
        nextRunsAsUsual();
    }

    @Test
    void X10_aMillionSmallFilesAreBounded() throws IOException {
        limitedBy(By.WATCH);

        CommandResult.Ran ran = run("seq 20000 | while read i; do : > f$i; done; sleep 15");

        assertThat(ran.exit())
                .isInstanceOfSatisfying(
                        Exit.OverLimit.class,
                        over -> assertThat(over.limit()).startsWith("change_limit: the patch touches more than"));
        nextRunsAsUsual();
    }

    @Test
    void X10_whatIsKeptInHomeIsBounded() throws IOException {
        limitedBy(By.WATCH);

        CommandResult.Ran ran = run("head -c 40M /dev/zero > ~/cache; sleep 15");
        bench.transaction.keepHome(HomeLayer.Keep.CACHES);

        assertThat(ran.exit())
                .isInstanceOfSatisfying(
                        Exit.OverLimit.class, over -> assertThat(over.limit()).startsWith("home_limit: "));
        assertThat(bench.workspace.workspace().home()).isEmptyDirectory();
    }

    @Test
    void Y10_homeIsBoundedByTheNumberOfItsFiles() throws IOException {
        limitedBy(By.WATCH, FEW_FILES_IN_HOME);

        CommandResult.Ran ran = run("mkdir ~/many && cd ~/many && seq 3000 | xargs touch; sleep 15");
        bench.transaction.keepHome(HomeLayer.Keep.CACHES);

        assertThat(ran.exit())
                .isEqualTo(
                        new Exit.OverLimit("home_limit: HOME holds more than 1000 files and folders; it is dropped"));
        assertThat(bench.workspace.workspace().home()).isEmptyDirectory();
    }

    /** The watch has not looked by then. */
    @ParameterizedTest
    @CsvSource({
        "head -c 40M /dev/zero > ~/cache, home_limit: HOME holds more than 33554432 bytes and is dropped;"
                + " `ferry.workspaces.default.limits.home` is 32 MiB",
        "for i in 1 2 3 4; do head -c 15M /dev/zero > f$i; done,"
                + " change_limit: the patch writes more than 50331648 bytes; `ferry.workspaces.default.limits.change` is 48 MiB"
    })
    void Y10_aCommandThatIsOverSoonIsLookedAtAfterIt(String command, String limit) throws IOException {
        limitedBy(By.WATCH);

        assertThat(run(command).exit()).isEqualTo(new Exit.OverLimit(limit));
    }

    @Test
    void Y10_outputIsBoundedForAllCommandsOfAPatchTogether() throws IOException {
        limitedBy(By.WATCH);

        assertThat(run("head -c 700K /dev/zero").droppedBytes()).isZero();
        assertThat(run("head -c 700K /dev/zero").droppedBytes()).isPositive();
        assertThat(run("echo more").droppedBytes()).isPositive();

        assertThat(Files.size(bench.log)).isEqualTo(TIGHT.outputBytes());
        nextRunsAsUsual();
    }

    /** Nobody has mapped it, so it is in no process' own numbers. */
    @ParameterizedTest
    @EnumSource(By.class)
    void Y10_memoryFilesAreMemory(By by) throws IOException {
        assertThat(python(by, """
                files = [os.memfd_create("hidden") for _ in range(5)]
                for file in files: fill(file)
                time.sleep(15)
                """)).isInstanceOf(Exit.OverLimit.class);
    }

    @Test
    void Y10_memoryFilesOfAProcessThatHidesThemAreMemory() throws IOException {
        assertThat(python(By.WATCH, """
                ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
                files = [os.memfd_create("hidden") for _ in range(5)]
                for file in files: fill(file)
                time.sleep(15)
                """)).isInstanceOf(Exit.OverLimit.class);
    }

    @ParameterizedTest
    @EnumSource(By.class)
    void Y10_sharedMemoryThatItsProcessGaveBackIsMemory(By by) throws IOException {
        assertThat(python(by, """
                shared = [mmap.mmap(-1, 30 << 20) for _ in range(5)]
                for each in shared:
                    each.write(b"x" * (30 << 20))
                    each.madvise(4)
                time.sleep(15)
                """)).isInstanceOf(Exit.OverLimit.class);
    }

    /** 6 GB of it were once to be had under a limit of 2 GiB: a segment that nobody has mapped is no process' memory. */
    @Test
    void Y10_segmentsOfSystemVThatNobodyHasMappedAreBounded() throws IOException {
        assertThat(python(By.WATCH, SYSTEM_V + """
                for name, call, *rest in (
                        ("segment", libc.shmget, 65537), ("segment", libc.shmget, 1 << 32), ("huge", libc.shmget, 4096, 0x800),
                        ("semaphores", libc.semget, 33), ("queue", libc.msgget)):
                    print(name, get(call, *rest))
                held = 0
                while get(libc.shmget, 65536) == "done": held += 1
                print("bounded", held * 65536 <= 256 << 20)
                print(get(libc.semget, 32))
                """)).isEqualTo(new Exit.Ended(0));
        assertThat(bench.output()).isEqualTo("""
                segment EINVAL
                segment EINVAL
                huge EINVAL
                semaphores EINVAL
                queue ENOSPC
                bounded True
                done
                """);
    }

    @Test
    void Y10_aControlGroupCountsSegmentsOfSystemV() throws IOException {
        assertThat(python(By.CONTROL_GROUP, SYSTEM_V + """
                libc.shmat.restype = ctypes.c_void_p
                for _ in range(5):
                    at = libc.shmat(libc.shmget(0, ctypes.c_size_t(30 << 20), 0o1600), None, 0)
                    ctypes.memset(at, 1, 30 << 20)
                    libc.shmdt(ctypes.c_void_p(at))
                time.sleep(15)
                """)).isInstanceOf(Exit.OverLimit.class);
    }

    @Test
    void Y10_aMemoryFileThatManyHoldIsCountedOnce() throws IOException {
        assertThat(python(By.WATCH, """
                file = os.memfd_create("shared")
                fill(file)
                view = mmap.mmap(file, 30 << 20)
                os.fork()
                sum(view[page] for page in range(0, 30 << 20, 4096))
                time.sleep(1.5)
                """)).isEqualTo(new Exit.Ended(0));
    }

    @Test
    void Y10_whatAMemoryFileCouldHoldIsNotMemory() throws IOException {
        assertThat(python(By.WATCH, """
                files = [os.memfd_create("sparse") for _ in range(5)]
                for file in files: os.ftruncate(file, 60 << 20)
                time.sleep(1.5)
                """)).isEqualTo(new Exit.Ended(0));
    }

    @Test
    void X14_aBusyLoopEndsWithItsTime() throws IOException {
        limitedBy(By.WATCH);

        assertThat(bench.run("while :; do :; done", Duration.ofSeconds(1), new Cancellation())
                        .exit())
                .isEqualTo(new Exit.TimedOut());
        nextRunsAsUsual();
    }

    @Test
    void theReceiptSaysByWhatALimitIsEnforced() throws IOException {
        limitedBy(By.WATCH);
        assertThat(bench.sandbox().enforced("overlay", CommandGrants.NONE).limits())
                .contains(
                        "memory_bytes=268435456 (RLIMIT_DATA of each process; watched over all, with shared memory and memory"
                                + " files)",
                        "home_files=200000")
                .anyMatch(limit -> limit.startsWith("processes=128 (") && limit.endsWith("watched)"));
    }

    @Test
    void theReceiptSaysThatTheKernelLimitsMemoryAndProcesses() throws IOException {
        limitedBy(By.CONTROL_GROUP);

        assertThat(bench.sandbox().enforced("overlay", CommandGrants.NONE).limits())
                .contains("memory_bytes=268435456 (control group)", "processes=128 (control group)");
    }

    /** How a program in Python ended under little memory; the next runs as usual. */
    private Exit python(By by, String program) throws IOException {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no python3 to make system calls with");
        limitedBy(by, LITTLE_MEMORY);

        Exit exit = run(PYTHON + " - <<'end'\n" + """
                import ctypes, mmap, os, time
                def fill(file):
                    for _ in range(30): os.write(file, b"x" * (1 << 20))
                """ + program + "end\n").exit();

        nextRunsAsUsual();
        return exit;
    }

    private void limitedBy(By by) throws IOException {
        limitedBy(by, TIGHT);
    }

    private void limitedBy(By by, Limits limits) throws IOException {
        Optional<ControlGroups> groups = by == By.CONTROL_GROUP ? ControlGroups.find() : Optional.empty();
        assumeTrue(by == By.WATCH || groups.isPresent(), "there are no control groups to be had");
        bench = new SandboxBench(folder, limits, groups);
    }

    private CommandResult.Ran run(String command) throws IOException {
        return bench.run(command, TIME, new Cancellation());
    }

    private void nextRunsAsUsual() throws IOException {
        CommandResult.Ran next = run("rm -rf -- *; echo as usual > ~/said && cat ~/said > /tmp/said");

        assertThat(next.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
    }
}
