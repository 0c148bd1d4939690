package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.foundation.settings.SettingException;
import dev.patchferry.runner.sandbox.Limit;
import dev.patchferry.runner.sandbox.Limits;
import dev.patchferry.runner.sandbox.WorkspaceLimits;
import io.quarkus.runtime.configuration.MemorySize;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Reads {@code ferry.workspaces.NAME.limits.*}. A limit that nothing could run under, or that another one makes meaningless, is
 * refused by name.
 */
final class LimitSettings {
    private static final Logger LOG = Logger.getLogger(LimitSettings.class);
    private static final long KIB = 1L << 10;
    private static final long MIB = 1L << 20;
    private static final int FEWEST_PROCESSES = 16;
    private static final int MOST_PROCESSES = 100_000;
    private static final int MOST_FILES = 10_000_000;
    private static final long MOST_BYTES = 1L << 50;
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final WorkspaceName workspace;

    private LimitSettings(WorkspaceName workspace) {
        this.workspace = workspace;
    }

    /** The limits of all workspaces, with no more memory than this machine has to give. */
    static WorkspaceLimits read(RunnerConfig config) {
        Map<WorkspaceName, Limits> all = new HashMap<>();
        config.workspaces().forEach((name, settings) -> {
            WorkspaceName workspace = SettingException.unlessWrong(() -> new WorkspaceName(name));
            all.put(workspace, new LimitSettings(workspace).read(settings.limits()));
        });
        WorkspaceLimits limits = new WorkspaceLimits(all, Limits.ofThisMachine());
        Stream.concat(all.keySet().stream(), Stream.of(WorkspaceName.DEFAULT))
                .distinct()
                .forEach(name -> logIfCapped(limits.of(name)));
        return limits;
    }

    private static void logIfCapped(Limits limits) {
        if (limits.isMemoryCapped()) {
            LOG.infof(
                    "memory of commands is limited by what the machine has workspace=%s bytes=%d",
                    limits.workspace(), limits.memoryBytes());
        }
    }

    private Limits read(RunnerConfig.LimitGroup given) {
        Limits usual = Limits.DEFAULT;
        Duration step = time(Limit.STEP, given.step(), usual.step());
        Duration build = time(Limit.BUILD, given.build(), usual.build());
        Duration patch = time(Limit.PATCH, given.patch(), usual.patch());
        long memory = size(Limit.MEMORY, given.memory(), 32 * MIB, usual.memoryBytes());
        Limits limits = new Limits(
                        step,
                        build,
                        patch,
                        size(Limit.OUTPUT, given.output(), KIB, usual.outputBytes()),
                        size(Limit.FILE, given.file(), MIB, usual.fileBytes()),
                        count(Limit.PROCESSES, given.processes(), FEWEST_PROCESSES, MOST_PROCESSES, usual.processes()),
                        memory,
                        size(Limit.TMP, given.tmp(), MIB, Math.min(memory, usual.temporaryBytes())),
                        size(Limit.CHANGE, given.change(), MIB, usual.changeBytes()),
                        count(Limit.CHANGE_FILES, given.changeFiles(), 1, MOST_FILES, usual.changeFiles()),
                        size(Limit.HOME, given.home(), MIB, usual.homeBytes()))
                .in(workspace);
        requireInOrder(limits);
        return limits.onThisMachine();
    }

    private void requireInOrder(Limits limits) {
        for (Limit limit : new Limit[] {Limit.STEP, Limit.BUILD}) {
            Duration time = limit == Limit.STEP ? limits.step() : limits.build();
            if (time.compareTo(limits.patch()) > 0) {
                throw refused(limit, limits, "is longer than " + limits.inForce(Limit.PATCH) + "; raise that, too");
            }
        }
        if (limits.temporaryBytes() > limits.memoryBytes()) {
            throw refused(
                    Limit.TMP,
                    limits,
                    "is more than " + limits.inForce(Limit.MEMORY) + ", which it is a part of; raise that, too");
        }
    }

    private static SettingException refused(Limit limit, Limits limits, String why) {
        return new SettingException(limits.inForce(limit) + " and " + why);
    }

    private Duration time(Limit limit, Optional<Duration> given, Duration usual) {
        Duration time = given.orElse(usual);
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(LONGEST) > 0) {
            throw outside(limit, given.map(length -> length.toSeconds() + "s").orElse(""), "1s", "24h");
        }
        return time;
    }

    private long size(Limit limit, Optional<MemorySize> given, long least, long usual) {
        if (given.isEmpty()) {
            return usual;
        }
        if (given.get().asBigInteger().bitLength() > Long.SIZE - 1
                || given.get().asLongValue() < least
                || given.get().asLongValue() > MOST_BYTES) {
            throw outside(
                    limit,
                    given.get().asBigInteger() + " bytes",
                    least >= MIB ? least / MIB + "M" : least / KIB + "K",
                    "1024T");
        }
        return given.get().asLongValue();
    }

    private int count(Limit limit, OptionalInt given, int least, int most, int usual) {
        if (given.isPresent() && (given.getAsInt() < least || given.getAsInt() > most)) {
            throw outside(limit, String.valueOf(given.getAsInt()), String.valueOf(least), String.valueOf(most));
        }
        return given.orElse(usual);
    }

    private SettingException outside(Limit limit, String value, String least, String most) {
        return new SettingException(
                limit.setting(workspace) + ": `" + value + "` is no such limit; give it from " + least + " to " + most);
    }
}
