package dev.patchferry.runner.workspace.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.patchferry.runner.workspace.OverlayTransaction;
import dev.patchferry.runner.workspace.Steps;
import dev.patchferry.runner.workspace.TemporaryWorkspace;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An access control list says more than a mode, and no diff shows it: a patch brings none into the workspace. */
class AccessListsTest {
    private static final String OWN = "system.posix_acl_access";
    private static final String FOR_CONTENT = "system.posix_acl_default";
    private static final int NOBODY = 65_534;

    @TempDir
    Path folder;

    private TemporaryWorkspace workspace;
    private OverlayTransaction transaction;

    @BeforeEach
    void setUp() throws IOException {
        workspace = TemporaryWorkspace.in(folder).file("file.txt", "before").file("shared/file.txt", "before");
        assumeTrue(set(folder, FOR_CONTENT, list(7)), "this file system has no access control lists");
        try (DirectoryHandle temporary = DirectoryHandle.root(folder)) {
            temporary.removeAttribute(FOR_CONTENT);
        }
    }

    @AfterEach
    void drop() {
        if (transaction != null) {
            transaction.close();
        }
    }

    @Test
    void Y20_theListsOfANewFolderAreTakenOffAndTheReceiptSaysSo() throws IOException {
        transaction = workspace.begin();
        Path made = Files.createDirectories(transaction.upper().resolve("new/inner"));
        set(made.getParent(), FOR_CONTENT, list(7));
        set(made, OWN, list(7));
        Files.writeString(made.resolve("file.txt"), "new");

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped())
                .containsExactly(
                        "the access control list of new/ was not kept",
                        "the access control list of new/inner/ was not kept");
        assertThat(get("new", FOR_CONTENT)).isEmpty();
        assertThat(get("new/inner", OWN)).isEmpty();
        assertThat(workspace.content()).contains("rwxr-xr-x new/inner/", "rw-r--r-- new/inner/file.txt \"new\"");
    }

    @Test
    void Y20_theListOfAFileThatIsReplacedStaysAsItWas() throws IOException {
        set(workspace.root().resolve("file.txt"), OWN, list(4));
        byte[] before = get("file.txt", OWN).orElseThrow();
        transaction = workspace.begin();
        Path upper = Files.writeString(transaction.upper().resolve("file.txt"), "after");
        set(upper, OWN, list(7));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped()).containsExactly("the access control list of file.txt stays as it was");
        assertThat(get("file.txt", OWN)).contains(before);
    }

    @Test
    void Y20_theListOfAFolderThatStaysDoesNotChange() throws IOException {
        transaction = workspace.begin();
        Path upper = Files.createDirectories(transaction.upper().resolve("shared"));
        set(upper, FOR_CONTENT, list(7));
        Files.writeString(upper.resolve("file.txt"), "after");

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped()).contains("the access control list of shared/ stays as it was");
        assertThat(get("shared", FOR_CONTENT)).isEmpty();
    }

    @Test
    void Y20_whatTheOwnersFolderHandsDownIsKept() throws IOException {
        set(workspace.root().resolve("shared"), FOR_CONTENT, list(6));
        byte[] handedDown = get("shared", FOR_CONTENT).orElseThrow();
        transaction = workspace.begin();
        transaction.apply(Steps.writeNew("shared/new/file.txt", "new"));

        ChangeSet changes = workspace.commit(transaction);

        assertThat(changes.dropped()).isEmpty();
        assertThat(get("shared/new", FOR_CONTENT)).contains(handedDown);
        assertThat(get("shared/new/file.txt", OWN)).isPresent();
    }

    /** For a user that no mode names, in the kernel's own form. */
    private static byte[] list(int permissions) {
        ByteBuffer list =
                ByteBuffer.allocate(4 + 5 * 8).order(ByteOrder.LITTLE_ENDIAN).putInt(2);
        int[][] entries = {{0x01, 7, -1}, {0x02, permissions, NOBODY}, {0x04, 5, -1}, {0x10, 7, -1}, {0x20, 5, -1}};
        for (int[] entry : entries) {
            list.putShort((short) entry[0]).putShort((short) entry[1]).putInt(entry[2]);
        }
        return list.array();
    }

    private static boolean set(Path path, String name, byte[] value) throws IOException {
        try (DirectoryHandle parent = DirectoryHandle.root(path.getParent());
                EntryHandle entry = parent.entry(path.getFileName().toString())) {
            return entry.setAttribute(name, value);
        }
    }

    private Optional<byte[]> get(String path, String name) throws IOException {
        try (DirectoryHandle root = DirectoryHandle.root(workspace.root());
                EntryLocation place = EntryLocation.of(root, path);
                EntryHandle entry = place.open()) {
            return entry.attribute(name);
        }
    }
}
