package dev.patchferry.runner.intake;

import dev.patchferry.contract.PatchFormat;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The runner's settings; every name is also an environment variable ({@code ferry.home}: {@code FERRY_HOME}). */
@ConfigMapping(prefix = "ferry")
public interface RunnerConfig {
    /** Where state is kept. */
    @WithDefault(".ferry")
    Path home();

    /** The directory of the workspace {@code default}; created if missing. */
    @WithDefault("workspace")
    Path workspace();

    /** Further workspaces by name. */
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
    }

    /** One further workspace. */
    interface WorkspaceSettings {
        /** Its directory; created if missing. */
        Path path();

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
