package dev.patchferry.runner.api;

import dev.patchferry.runner.workspace.fs.Trees;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the runner with state and two workspaces of its own in a temporary folder. */
public class OwnHome implements QuarkusTestResourceLifecycleManager {
    static final String TOKEN = "runner-token-for-tests";
    static final int WAITING = 3;

    private @Nullable Path folder;

    /** The folders of the running application. */
    record Folders(Path home, Path workspace, Path other) {
        Path transactions() {
            return home.resolve("runner/tx");
        }
    }

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("ferry-runner").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Folders folders = folders();
        return Map.of(
                "ferry.home",
                folders.home().toString(),
                "ferry.workspace",
                folders.workspace().toString(),
                "ferry.workspaces.other.path",
                folders.other().toString(),
                "ferry.workspaces.other.default-format",
                "shell",
                "ferry.workspaces.other.rules[0]",
                "hold command=\"*hold me*\",\"*and me*\" because somebody looks first",
                "ferry.workspaces.other.rules[1]",
                "deny command=\"*deny me*\" because it is not wanted",
                "ferry.waiting-per-workspace",
                String.valueOf(WAITING),
                "ferry.runner-token",
                TOKEN);
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(folders(), new TestInjector.MatchesType(Folders.class));
    }

    @Override
    public void stop() {
        if (folder != null) {
            try {
                Trees.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Folders folders() {
        return new Folders(folder.resolve("home"), folder.resolve("workspace"), folder.resolve("other"));
    }
}
