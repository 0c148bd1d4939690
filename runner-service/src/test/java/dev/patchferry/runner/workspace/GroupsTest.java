package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.security.auth.module.UnixSystem;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there keeps its group, and what is new gets the one that the kernel gives by hand. */
class GroupsTest {
    private static final int SET_GROUP_ID = 02000;

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private int group;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder);
        OptionalInt another = anotherGroup();
        assumeTrue(another.isPresent(), "this user has one group alone");
        group = another.getAsInt();
    }

    @Test
    void anEditedFileKeepsItsGroup() throws IOException {
        workspace.file("a.txt", "one");
        give("a.txt");

        workspace.commit(Steps.write("a.txt", "two"));

        assertThat(groupOf("a.txt")).isEqualTo(group);
    }

    @Test
    void whatIsMadeInAFolderThatHandsItsGroupDownGetsThatGroup() throws IOException {
        workspace.folder("shared").folder("plain");
        give("shared");
        Files.setAttribute(workspace.root().resolve("shared"), "unix:mode", 02775);

        workspace.commit(
                Steps.write("shared/new.txt", "x"),
                Steps.write("shared/deep/er.txt", "x"),
                Steps.write("plain/p", "x"));

        assertThat(groupOf("shared/new.txt")).isEqualTo(group);
        assertThat(groupOf("shared/deep")).isEqualTo(group);
        assertThat(groupOf("shared/deep/er.txt")).isEqualTo(group);
        assertThat(FileStat.of(workspace.root().resolve("shared/deep")).mode() & SET_GROUP_ID)
                .isEqualTo(SET_GROUP_ID);
        assertThat(groupOf("plain/p")).isEqualTo(Owner.ofThisProcess().gid());
    }

    @Test
    void theWorkspacesOwnFolderHandsItsGroupDown() throws IOException {
        give("");
        Files.setAttribute(workspace.root(), "unix:mode", 02775);

        workspace.commit(Steps.write("new.txt", "x"), Steps.write("dir/new.txt", "x"));

        assertThat(groupOf("new.txt")).isEqualTo(group);
        assertThat(groupOf("dir/new.txt")).isEqualTo(group);
    }

    @Test
    void anUnprivilegedRunnerSaysBeforehandWhatItsSandboxCannotKnow() throws IOException {
        assumeFalse(Owner.ofThisProcess().isRoot(), "root's sandbox knows every group");
        workspace.file("a.txt", "one");
        assertThat(workspace.workspaces().unusable(workspace.workspace())).isEmpty();

        give("a.txt");

        assertThat(workspace.workspaces().unusable(workspace.workspace()))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("a.txt belongs to group " + group, "chgrp -R"));
    }

    private void give(String path) throws IOException {
        Files.setAttribute(workspace.root().resolve(path), "unix:gid", group);
    }

    private int groupOf(String path) throws IOException {
        return Owner.of(workspace.root().resolve(path)).gid();
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
