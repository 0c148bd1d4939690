package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.workspace.commit.UpperLayer.Found;
import dev.patchferry.runner.workspace.fs.AccessLists;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryHandle;
import dev.patchferry.runner.workspace.fs.EntryName;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.OverlayXattrs;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Sha256;
import dev.patchferry.runner.workspace.fs.SpecialBits;
import dev.patchferry.runner.workspace.fs.TemporaryPermissions;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HexFormat;
import java.util.Optional;

/** Makes what an upper layer brings fit to be moved into the workspace, and lists it. */
final class NewEntries {
    private final Owner owner;
    private final ChangeSetDraft draft;

    NewEntries(Owner owner, ChangeSetDraft draft) {
        this.owner = owner;
        this.draft = draft;
    }

    /**
     * A folder that the lower layer does not show, with everything in it.
     *
     * @param handedDown the access control list that the folder it is in hands down
     * @return the mode that it is to have
     */
    int folder(Found upper, Optional<byte[]> handedDown) throws IOException {
        String path = upper.path();
        EntryHandle entry = upper.entry();
        int files = draft.fileCount();
        takeOffLists(path + "/", entry, handedDown);
        int mode = entry.now().mode();
        SpecialBits.requireFolder(path, mode);
        claim(upper, owner.inGroupOf(upper.kind().owner()));
        try (TemporaryPermissions _ = TemporaryPermissions.of(entry)) {
            OverlayXattrs.strip(entry);
            content(path, entry.asDirectory());
        }
        if (draft.fileCount() == files || SpecialBits.areIn(mode)) {
            draft.created(path + "/", Optional.empty(), mode);
        }
        draft.remade().comes(path, new Remade.Version(FileStat.Type.DIRECTORY, mode, Optional.empty()));
        return mode;
    }

    private void content(String path, DirectoryHandle folder) throws IOException {
        folder.requireReachable();
        Optional<byte[]> handedDown = AccessLists.handedDown(folder);
        for (EntryName name : folder.sortedList()) {
            String childPath = path + "/" + name;
            UpperLayer.requireShort(childPath);
            try (EntryHandle entry = folder.entry(name)) {
                Found child = new Found(childPath, folder, name, entry);
                switch (child.kind().type()) {
                    case DIRECTORY -> finish(entry, folder(child, handedDown));
                    case FILE, SYMLINK -> file(child, handedDown);
                    case WHITEOUT -> folder.unlink(name);
                    case SPECIAL -> {
                        draft.dropped(childPath + " is " + child.kind().words() + " and was not kept");
                        folder.unlink(name);
                    }
                    case ABSENT -> throw new NoSuchFileException(childPath);
                }
            }
        }
    }

    /** Where a folder hands its group down, what is made in it by hand has that bit as well. */
    private static void finish(EntryHandle folder, int mode) throws IOException {
        if (folder.now().mode() != mode) {
            folder.setMode(mode);
        }
    }

    /** A file or link that is new. */
    void file(Found upper, Optional<byte[]> handedDown) throws IOException {
        if (upper.kind().isFile()) {
            takeOffLists(upper.path(), upper.entry(), handedDown);
        }
        FileStat fit = fitToMove(upper, owner.inGroupOf(upper.kind().owner()));
        Optional<String> hash = hash(upper.entry());
        draft.created(upper.path(), hash, fit.mode());
        draft.remade().comes(upper.path(), version(upper.entry(), fit.mode(), hash));
    }

    /** What a file or link is, to be compared with another under its name. */
    static Remade.Version version(EntryHandle entry, int mode, Optional<String> hash) throws IOException {
        FileStat.Type type = entry.kind().type();
        return new Remade.Version(
                type,
                mode,
                type == FileStat.Type.SYMLINK ? Optional.of(HexFormat.of().formatHex(entry.linkTarget())) : hash);
    }

    /** Without marks, and in the right hands; what it is then. */
    FileStat fitToMove(Found upper, Owner whose) throws IOException {
        EntryHandle entry = upper.entry();
        if (!upper.kind().isFile()) {
            claim(upper, whose);
            return entry.now();
        }
        SpecialBits.requireFile(upper.path(), entry.now().mode());
        claim(upper, whose);
        try (TemporaryPermissions _ = TemporaryPermissions.of(entry)) {
            OverlayXattrs.strip(entry);
        }
        return entry.now();
    }

    /** Of a regular file; empty for anything else. */
    Optional<String> hash(EntryHandle file) throws IOException {
        if (!file.kind().isFile()) {
            return Optional.empty();
        }
        try (TemporaryPermissions _ = TemporaryPermissions.of(file)) {
            return Sha256.ifReadable(file);
        }
    }

    /** What has the group that its folder hands down keeps it. */
    private static void claim(Found upper, Owner whose) throws IOException {
        int group = upper.kind().owner().gid();
        if (upper.kind().owner().equals(whose)) {
            return;
        }
        FileStat folder = upper.folder().now();
        boolean handedDown =
                SpecialBits.handsDownGroup(folder.mode()) && folder.owner().gid() == group;
        upper.entry().claim(handedDown ? new Owner(whose.uid(), group) : whose);
    }

    private void takeOffLists(String path, EntryHandle entry, Optional<byte[]> handedDown) throws IOException {
        if (AccessLists.takeOff(entry, handedDown)) {
            draft.dropped("the access control list of " + path + " was not kept");
        }
    }
}
