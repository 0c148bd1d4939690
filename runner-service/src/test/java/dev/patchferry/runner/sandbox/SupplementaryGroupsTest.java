package dev.patchferry.runner.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.patchferry.runner.process.Exit;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands work with files of another group of the runner's, as root and, where that can be had, as anybody else. */
@Timeout(60)
class SupplementaryGroupsTest {
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
    void filesKeepTheirGroupAndAFolderHandsItsGroupDown() throws IOException {
        OptionalInt another = anotherGroup();
        assumeTrue(another.isPresent(), "this user has one group alone");
        int group = another.getAsInt();
        Path root = Files.createDirectory(folder.toRealPath().resolve("workspace-default"));
        Path file = Files.writeString(root.resolve("a.txt"), "a");
        Path shared = Files.createDirectory(root.resolve("shared"));
        Files.setAttribute(file, "unix:gid", group);
        Files.setAttribute(shared, "unix:gid", group);
        Files.setAttribute(shared, "unix:mode", 02775);
        bench = new SandboxBench(folder);
        assumeTrue(
                bench.workspace
                        .workspaces()
                        .unusable(bench.workspace.workspace())
                        .isEmpty(),
                "this machine lets this user map no other group");

        CommandResult.Ran ran =
                bench.run("echo more >> a.txt && touch shared/new plain && mkdir shared/deep && chmod g+w a.txt");

        assertThat(ran.exit()).as(bench.output()).isEqualTo(new Exit.Ended(0));
        bench.transaction.commit(bench.transaction.prepare(bench.transaction.changes()));
        bench.transaction.settled();
        assertThat(Owner.of(file).gid()).isEqualTo(group);
        assertThat(Owner.of(shared.resolve("new")).gid()).isEqualTo(group);
        assertThat(Owner.of(shared.resolve("deep")).gid()).isEqualTo(group);
        assertThat(Owner.of(root.resolve("plain"))).isEqualTo(Owner.ofThisProcess());
    }

    /** Root can give any, anybody else one of theirs. */
    private static OptionalInt anotherGroup() {
        return Owner.ofThisProcess().isRoot()
                ? OptionalInt.of(12_321)
                : Arrays.stream(new UnixSystem().getGroups())
                        .mapToInt(gid -> (int) gid)
                        .filter(gid -> gid != Owner.ofThisProcess().gid())
                        .findFirst();
    }
}
