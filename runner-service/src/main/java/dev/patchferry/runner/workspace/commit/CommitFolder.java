package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.foundation.crash.CrashPoint;
import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.EntryLocation;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.NativeFiles;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The folder of a transaction from its preparation on: it has what the commit brings in, and afterwards what taking it
 * back brings in again. Every step may be cut short by a crash and is then gone on with.
 */
public record CommitFolder(Path folder) {
    private static final Logger LOG = Logger.getLogger(CommitFolder.class);
    /** Marks a folder that holds files of the workspace that could not be put back. */
    private static final String KEEP = "keep";
    /** When the work began, by the clock that also stamps the workspace's files. */
    private static final String BEGAN = "began";

    /**
     * From now on, what somebody else changes in the workspace is a conflict.
     *
     * <p>Stamps a file until its time moves. A kernel that stamps finely from the second look on (Linux 6.13) moves it at
     * once; with an older one this waits for the next tick of its clock, at most 10 ms. Either way, what is changed later
     * has this time or a later one, and what was changed before has an earlier one.
     */
    public FileTime begin() throws IOException {
        Path mark = folder.resolve(BEGAN);
        Files.deleteIfExists(mark);
        FileTime first = FileStat.of(Files.createFile(mark)).changed();
        FileTime began = first;
        while (began.equals(first)) {
            Files.setLastModifiedTime(mark, first);
            began = FileStat.of(mark).changed();
        }
        // As text: a home that is restored from a copy has other times.
        Files.writeString(mark, String.valueOf(began.toInstant()));
        return began;
    }

    /** Stages the upper layer and writes down what the commit will leave; on disk when this returns. */
    public List<Change> prepare(Path workspace, DirectoryHandle root, ChangeSet changes) throws IOException {
        FolderTimes before = FolderTimes.now(root, changes.changes());
        List<Change> staged = Staging.prepare(workspace, root, folder, changes.changes(), Direction.FORWARD);
        TreeSnapshot after = TreeSnapshot.after(Staging.of(folder), staged, hashes(changes.files()));
        new CommitManifest(
                        Change.toJson(staged),
                        changes.files(),
                        new CommitManifest.Side(TreeSnapshot.UNKNOWN, before),
                        new CommitManifest.Side(after, FolderTimes.NONE),
                        changes.base())
                .save(folder);
        sync();
        return staged;
    }

    /** Stages for going through an ended commit once more, in this direction; on disk when this returns. */
    List<Change> prepare(Path workspace, DirectoryHandle root, Direction direction, CommitManifest commitManifest)
            throws IOException {
        List<Change> staged = Staging.prepare(workspace, root, folder, commitManifest.changeList(), direction);
        CommitManifest.Side goal = commitManifest.goal(direction);
        TreeSnapshot treeSnapshot =
                direction == Direction.BACK ? TreeSnapshot.before(Staging.of(folder), staged) : goal.inventory();
        FolderTimes untouched = goal.folders()
                .where(commitManifest.start(direction).folders(), FolderTimes.now(root, commitManifest.changeList()));
        commitManifest
                .withChanges(staged)
                .withGoal(direction, new CommitManifest.Side(treeSnapshot, untouched))
                .save(folder);
        sync();
        return staged;
    }

    /**
     * Brings prepared changes into the workspace, all or none; also after a crash.
     *
     * @throws CommitFailure if it is impossible; it says whether the workspace is as it was
     */
    public Committed finish(Path workspace, List<Change> changes, Direction direction) throws IOException {
        boolean elsewhere = Staging.of(folder).isElsewhere(folder);
        Committed committed;
        CommitManifest commitManifest = CommitManifest.in(folder);
        CommitManifest.Side goal = commitManifest.goal(direction);
        try (DirectoryHandle root = open(workspace, commitManifest.base(), changes, direction)) {
            List<String> unchecked = move(root, commitManifest.base(), changes, direction, goal.inventory());
            CrashPoint.RUNNER_CHANGES_APPLIED.reached();
            TreeSnapshot left = goal.inventory();
            Map<String, String> refreshed = Map.of();
            if (direction == Direction.FORWARD) {
                IndexRefresh indexes = new IndexRefresh(folder, root, commitManifest);
                indexes.run();
                left = indexes.inventory();
                refreshed = indexes.refreshed();
            }
            committed = new Committed(pack(changes), unchecked, refreshed);
            goal.folders().restore(root);
            Identities folders = commitManifest.base().ofFolders(changes);
            commitManifest
                    .withGoal(direction, new CommitManifest.Side(left, FolderTimes.now(root, changes)))
                    .withBase(elsewhere ? folders.ofRoot() : folders)
                    .save(folder);
            NativeFiles.syncFileSystem(root, workspace);
        }
        if (elsewhere) {
            NativeFiles.syncFileSystem(folder);
        }
        CrashPoint.RUNNER_SYNCED.reached();
        return committed;
    }

    private List<String> move(
            DirectoryHandle root, Identities base, List<Change> changes, Direction direction, TreeSnapshot goal)
            throws IOException {
        try (StagedFiles staged = Staging.of(folder).open()) {
            return new Commit(root, staged, began(), goal, base).run(changes, direction);
        } catch (CommitFailure e) {
            throw kept(e);
        }
    }

    private CommitFailure kept(CommitFailure failure) throws IOException {
        if (!failure.left().isEmpty() && !Files.exists(folder.resolve(KEEP))) {
            Files.createFile(folder.resolve(KEEP));
        }
        return failure;
    }

    /** Opens the workspace if it is the folder that the commit is for; in another one nothing is done. */
    private DirectoryHandle open(Path workspace, Identities base, List<Change> changes, Direction direction)
            throws IOException {
        try {
            return base.root(workspace);
        } catch (ConcurrentChange e) {
            throw kept(new CommitFailure(e.getFile(), e, brought(changes, direction)));
        }
    }

    /** What of a commit that a crash cut short is in the folder that was the workspace. */
    private List<String> brought(List<Change> changes, Direction direction) throws IOException {
        List<String> brought = new ArrayList<>();
        try (StagedFiles staged = Staging.of(folder).open()) {
            for (int i = 0; i < changes.size(); i++) {
                if (staged.isBrought(changes.get(i), i, direction)) {
                    brought.add(PathText.shown(changes.get(i).path()) + " (in the folder that was the workspace)");
                }
            }
        }
        return brought;
    }

    private Optional<String> pack(List<Change> changes) throws IOException {
        try {
            Staging.pack(folder, changes);
            return Optional.empty();
        } catch (IOException e) {
            LOG.warnf(e, "what a commit replaced cannot be kept folder=%s", folder);
            return Optional.of("what the patch replaced could not be kept: " + FileErrors.problem(e));
        }
    }

    /** How much is kept of what was replaced or removed. */
    long bytes() throws IOException {
        List<Change> changes = CommitManifest.in(folder).changeList();
        long bytes = 0;
        try (StagedFiles kept = Staging.of(folder).open()) {
            for (int i = 0; i < changes.size(); i++) {
                bytes += switch (changes.get(i)) {
                    case Change.Remove _ -> bytes(kept.removed(i));
                    case Change.Replace replace -> bytes(kept.fresh(replace));
                    case Change.Create _, Change.SetMode _ -> 0;
                };
            }
        }
        return bytes;
    }

    private static long bytes(EntryLocation place) throws IOException {
        try (place) {
            return Trees.size(place, Long.MAX_VALUE, Long.MAX_VALUE).bytes();
        }
    }

    /** Removes everything, unless only a person can settle it. */
    public void drop() throws IOException {
        if (!Files.exists(folder.resolve(KEEP))) {
            Staging.leave(folder);
            Trees.delete(folder);
        }
    }

    public FileTime began() throws IOException {
        return FileTime.from(Instant.parse(Files.readString(folder.resolve(BEGAN))));
    }

    private void sync() throws IOException {
        Staging staging = Staging.of(folder);
        NativeFiles.syncFileSystem(folder);
        if (staging.isElsewhere(folder)) {
            NativeFiles.syncFileSystem(staging.place());
        }
    }

    private static Map<String, String> hashes(List<ChangedFile> files) {
        Map<String, String> hashes = new HashMap<>();
        files.forEach(file -> file.afterSha256().ifPresent(hash -> hashes.put(file.path(), hash)));
        return hashes;
    }
}
