package dev.patchferry.runner.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.Optional;

/**
 * Kernel restrictions of the calling thread alone, inherited by every process that this thread starts from then on. None
 * can be lifted again, so call these only on a platform thread that exists to start processes, never on a pooled one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/keyctl_join_session_keyring.3.html">keyctl_join_session_keyring(3)</a>
 * @see <a href="https://docs.kernel.org/userspace-api/landlock.html">Landlock</a>
 */
public final class ThreadIsolation {
    private static final long KEYCTL_JOIN_SESSION_KEYRING = 1;
    private static final long LANDLOCK_CREATE_RULESET = 444;
    private static final long LANDLOCK_RESTRICT_SELF = 446;
    private static final long LANDLOCK_CREATE_RULESET_VERSION = 1;
    private static final long LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET = 1;
    private static final long LANDLOCK_SCOPE_SIGNAL = 2;
    /** The first version that knows scopes. */
    private static final long ABI_WITH_SCOPES = 6;

    private static final long PR_SET_NO_NEW_PRIVS = 38;
    private static final int EPERM = 1;

    /** Those system calls whose numbers differ by machine, named as {@code os.arch} names it. */
    private static final Map<String, Numbers> BY_MACHINE =
            Map.of("amd64", new Numbers(250, 157, 3), "aarch64", new Numbers(219, 167, 57));

    private static final Map<Integer, String> ERRORS = Map.of(
            EPERM,
            "EPERM: not permitted, for example by a container's seccomp profile",
            12,
            "ENOMEM: out of memory",
            13,
            "EACCES: not permitted",
            38,
            "ENOSYS: the kernel is built without it",
            95,
            "EOPNOTSUPP: it is disabled at boot",
            122,
            "EDQUOT: this user's quota of keys is used up, see /proc/key-users");

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SYSCALL = systemCall();

    /** Whether a restriction holds. */
    public sealed interface Result {
        /** It holds for this thread and all that it starts. */
        record InForce() implements Result {}

        /**
         * It does not; nothing else has changed, save that {@code no_new_privs} may be set.
         *
         * @param reason for people: the call that failed and what its error means
         */
        record NotInForce(String reason) implements Result {}
    }

    private record Numbers(long keyctl, long prctl, long close) {}

    private ThreadIsolation() {}

    /**
     * Replaces the session keyring, which everything in the runner's own session shares, by a fresh one without a name:
     * keys of neither side are found from the other.
     *
     * @throws IllegalStateException on a virtual thread
     */
    public static Result joinFreshSessionKeyring() {
        return numbers().map(ThreadIsolation::joinFreshSessionKeyring).orElseGet(ThreadIsolation::unknownMachine);
    }

    /**
     * Forbids connecting to abstract Unix sockets of processes outside of what this thread starts, and signalling them, by
     * a Landlock ruleset that handles no file access and so leaves mounting alone. A thread without CAP_SYS_ADMIN gets
     * {@code no_new_privs} as well, as the kernel demands: a set-user-ID program started by it gains nothing.
     *
     * @throws IllegalStateException on a virtual thread
     */
    public static Result scopeSocketsAndSignals() {
        return numbers().map(ThreadIsolation::scopeSocketsAndSignals).orElseGet(ThreadIsolation::unknownMachine);
    }

    private static Result joinFreshSessionKeyring(Numbers numbers) {
        Answer answer = call(numbers.keyctl(), KEYCTL_JOIN_SESSION_KEYRING, 0, 0);
        return answer.failed() ? failure("keyctl(KEYCTL_JOIN_SESSION_KEYRING)", answer.errno()) : new Result.InForce();
    }

    private static Result scopeSocketsAndSignals(Numbers numbers) {
        Answer version = call(LANDLOCK_CREATE_RULESET, 0, 0, LANDLOCK_CREATE_RULESET_VERSION);
        if (version.failed()) {
            return failure("landlock_create_ruleset", version.errno());
        }
        if (version.value() < ABI_WITH_SCOPES) {
            return new Result.NotInForce("Landlock of this kernel has version " + version.value() + "; scopes need "
                    + ABI_WITH_SCOPES + " (Linux 6.12)");
        }
        Answer ruleset = rulesetOfScopes();
        if (ruleset.failed()) {
            return failure("landlock_create_ruleset", ruleset.errno());
        }
        try {
            return restrict(numbers, ruleset.value());
        } finally {
            call(numbers.close(), ruleset.value(), 0, 0);
        }
    }

    /** The {@code struct landlock_ruleset_attr} has three words: file access, network access, scopes. */
    private static Answer rulesetOfScopes() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(MemoryLayout.sequenceLayout(3, JAVA_LONG));
            attributes.setAtIndex(JAVA_LONG, 2, LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL);
            return call(LANDLOCK_CREATE_RULESET, attributes.address(), attributes.byteSize(), 0);
        }
    }

    private static Result restrict(Numbers numbers, long ruleset) {
        Answer answer = call(LANDLOCK_RESTRICT_SELF, ruleset, 0, 0);
        if (answer.failed() && answer.errno() == EPERM) {
            Answer noNewPrivileges = call(numbers.prctl(), PR_SET_NO_NEW_PRIVS, 1, 0);
            if (noNewPrivileges.failed()) {
                return failure("prctl(PR_SET_NO_NEW_PRIVS)", noNewPrivileges.errno());
            }
            answer = call(LANDLOCK_RESTRICT_SELF, ruleset, 0, 0);
        }
        return answer.failed() ? failure("landlock_restrict_self", answer.errno()) : new Result.InForce();
    }

    static Result failure(String call, int errno) {
        return new Result.NotInForce(call + " failed: " + ERRORS.getOrDefault(errno, "errno " + errno));
    }

    private static Optional<Numbers> numbers() {
        if (Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("a virtual thread would restrict whichever thread carries it");
        }
        return Optional.ofNullable(BY_MACHINE.get(System.getProperty("os.arch")));
    }

    private static Result unknownMachine() {
        return new Result.NotInForce(
                "the system calls of this kind of machine are not known: " + System.getProperty("os.arch"));
    }

    private record Answer(long value, int errno) {
        boolean failed() {
            return value < 0;
        }
    }

    private static Answer call(long number, long first, long second, long third) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(STATE);
            long value = (long) SYSCALL.invokeExact(state, number, first, second, third, 0L, 0L);
            return new Answer(value, value < 0 ? (int) ERRNO.get(state, 0L) : 0);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a system call throws nothing", e);
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle systemCall() {
        Linker linker = Linker.nativeLinker();
        ValueLayout word = JAVA_LONG;
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("syscall"),
                FunctionDescriptor.of(word, word, word, word, word, word, word),
                Linker.Option.firstVariadicArg(1),
                Linker.Option.captureCallState("errno"));
    }
}
