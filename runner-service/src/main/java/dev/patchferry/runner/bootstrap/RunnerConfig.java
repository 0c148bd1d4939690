package dev.patchferry.runner.bootstrap;

import dev.patchferry.contract.PatchFormat;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** The runner's settings; every name is also an environment variable ({@code ferry.home}: {@code FERRY_HOME}). */
@ConfigMapping(prefix = "ferry")
public interface RunnerConfig {
    /** Where state is kept. */
    @WithDefault(".ferry")
    Path home();

    /** The directory of the workspace {@code default}; created if missing. */
    @WithDefault("workspace")
    Path workspace();

    /** Further workspaces by name; {@code default} may be there, too, for its settings but its path. */
    Map<String, WorkspaceSettings> workspaces();

    /** {@code full}, or explicitly {@code none}. */
    @WithDefault("full")
    SandboxLevel sandbox();

    /** The runner token itself. */
    Optional<String> runnerToken();

    /** A file that holds the runner token. */
    Optional<Path> runnerTokenFile();

    /** How many patches may wait in one workspace. */
    @WithDefault("100")
    int waitingPerWorkspace();

    /** {@code ferry.store.*}, as the webhook has it. */
    Store store();

    /** {@code ferry.approval.*}. */
    Approval approval();

    /** How commands are confined. */
    enum SandboxLevel {
        FULL,
        NONE
    }

    /** What is kept. */
    interface Store {
        /** How long documents, receipts, logs and diffs are kept after a patch's end; its id and events, for ever. */
        @WithDefault("30d")
        Duration keep();

        /** With less than this left on the disk of {@code FERRY_HOME}, no patch begins. */
        @WithDefault("256M")
        MemorySize diskFloor();
    }

    /** Decisions that patches wait for. */
    interface Approval {
        /** How long a patch waits for somebody to approve or deny it. */
        @WithDefault("24h")
        Duration expires();
    }

    /** What commands of a workspace reach. */
    enum Network {
        NONE,
        HOST
    }

    /** Whether processes of a command may trace one another and read one another's memory. */
    enum Debuggers {
        ON,
        OFF
    }

    /** What a patch may use up; what is not given is as {@code Limits.DEFAULT} has it. */
    interface LimitGroup {
        /** How long a command of the patch itself, or of its validation, may take. */
        Optional<Duration> step();

        /** How long a build command may take. */
        Optional<Duration> build();

        /** How long all commands of a patch together may take. */
        Optional<Duration> patch();

        /** Memory of all processes of a command together. */
        Optional<MemorySize> memory();

        /** Processes and threads of a command at once. */
        OptionalInt processes();

        /** The largest file that a command can write. */
        Optional<MemorySize> file();

        /** What a patch may write into its workspace. */
        Optional<MemorySize> change();

        /** How many files and folders it may touch there. */
        OptionalInt changeFiles();

        /** Output kept of all commands of a patch. */
        Optional<MemorySize> output();

        /** What HOME may hold. */
        Optional<MemorySize> home();

        /** What fits into {@code /tmp}, and as much into {@code /dev/shm}. */
        Optional<MemorySize> tmp();
    }

    /** One workspace. */
    interface WorkspaceSettings {
        /** Its directory; created if missing. Of every workspace but {@code default}. */
        Optional<Path> path();

        /** Further paths that its commands may read, for example a toolchain below a home. */
        Optional<List<Path>> read();

        /** Further variables in its commands' environment; their values are secrets. */
        Map<String, String> env();

        /** The same from files that hold the value: name to path. */
        Map<String, Path> envFiles();

        /** Those of these variables whose values may be shown in logs, receipts and diffs. */
        Optional<Set<String>> notSecret();

        /** Folders of HOME that are kept of patches that fail: caches of package managers, relative to HOME. */
        Optional<List<String>> cache();

        /** The machine's network, or none. A dry run has none in any case. */
        @WithDefault("none")
        Network network();

        /** {@code on}, or {@code off}: no ptrace, no gdb, no strace, no LeakSanitizer. */
        @WithDefault("on")
        Debuggers debuggers();

        /** {@code limits.*}. */
        LimitGroup limits();

        /** What is said about a patch that no rule is about: {@code allow} or {@code cautious}. */
        @WithDefault("allow")
        String policy();

        /** The rules of its policy, in order: {@code rules[0]}, {@code rules[1]} and so on. */
        Optional<List<String>> rules();

        /** The same from a file, one rule a line; relative to {@code FERRY_HOME}. */
        Optional<Path> rulesFile();

        /** How a text is read that nothing else says anything about. */
        Optional<String> defaultFormat();

        /** The format as a value. */
        default Optional<PatchFormat> format() {
            return defaultFormat()
                    .map(name -> PatchFormat.named(name)
                            .orElseThrow(() -> new IllegalArgumentException(
                                    "default-format is one of " + PatchFormat.names() + ", not " + name)));
        }
    }
}
