package dev.patchferry.runner.workspace.commit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the last commits in one workspace replaced, each in a folder under its number. A commit comes here by one rename,
 * so that it is here whole or not at all. Used by the workspace's own lane.
 */
public final class KeptCommits {
    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final UndoBounds bounds;
    private final Clock clock;
    private final Map<Long, KeptMark> marks = new HashMap<>();

    /**
     * Keeps commits in a folder, which need not exist, on the file system of the transactions.
     *
     * @param clock tells how old a commit is
     */
    KeptCommits(Path folder, UndoBounds bounds, Clock clock) {
        this.folder = folder;
        this.bounds = bounds;
        this.clock = clock;
    }

    /** One that is kept. */
    private record Kept(long number, CommitFolder commit, KeptMark mark) {}

    public Optional<CommitFolder> find(String key) {
        CommitFolder commit = new CommitFolder(folder.resolve(key));
        return CommitManifest.isIn(commit.folder()) ? Optional.of(commit) : Optional.empty();
    }

    /**
     * Brings a prepared commit into the workspace, all or none, and takes its folder over.
     *
     * @throws CommitFailure if it is impossible; it says whether the workspace is as it was
     */
    public Committed land(Path workspace, CommitFolder commit, List<Change> changes) throws IOException {
        Committed committed = commit.finish(workspace, changes, Direction.FORWARD);
        return committed.lost().isPresent()
                ? committed
                : keep(commit).map(committed::lost).orElse(committed);
    }

    private Optional<String> keep(CommitFolder commit) throws IOException {
        KeptMark mark = new KeptMark(clock.instant(), commit.bytes());
        if (mark.bytes() > bounds.bytes()) {
            return Optional.of("what it replaced has " + mark.bytes() + " bytes, more than the " + bounds.bytes()
                    + " that are kept");
        }
        mark.save(commit.folder());
        Files.createDirectories(folder, PRIVATE);
        Path place = folder.resolve(commit.folder().getFileName());
        new CommitFolder(place).drop();
        Files.move(commit.folder(), place);
        marks.put(Long.parseLong(place.getFileName().toString()), mark);
        prune(Set.of());
        return Optional.empty();
    }

    /** The keys of commits later than this one that touched a path, latest first. */
    public List<String> laterTouching(String key, String path) throws IOException {
        List<String> keys = new ArrayList<>();
        for (Kept kept : newestFirst()) {
            if (kept.number() > Long.parseLong(key)
                    && CommitManifest.in(kept.commit().folder()).touches(path)) {
                keys.add(String.valueOf(kept.number()));
            }
        }
        return keys;
    }

    /**
     * Removes what a crash left half staged, and what is kept no longer.
     *
     * @param underWay keys to leave alone: the journal has not seen their end
     */
    public void tidy(Set<String> underWay) throws IOException {
        for (Kept kept : newestFirst()) {
            if (!underWay.contains(String.valueOf(kept.number()))) {
                Staging.leave(kept.commit().folder());
            }
        }
        prune(underWay);
    }

    private void prune(Set<String> underWay) throws IOException {
        long bytes = 0;
        int count = 0;
        for (Kept kept : newestFirst()) {
            bytes += kept.mark().bytes();
            count++;
            boolean expired = count > bounds.patches()
                    || bytes > bounds.bytes()
                    || kept.mark().at().plus(bounds.age()).isBefore(clock.instant());
            if (expired && !underWay.contains(String.valueOf(kept.number()))) {
                kept.commit().drop();
                marks.remove(kept.number());
            }
        }
    }

    private List<Kept> newestFirst() throws IOException {
        List<Kept> all = new ArrayList<>();
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    long number = Long.parseLong(entry.getFileName().toString());
                    if (!marks.containsKey(number)) {
                        marks.put(number, KeptMark.in(entry));
                    }
                    all.add(new Kept(number, new CommitFolder(entry), Objects.requireNonNull(marks.get(number))));
                }
            }
        }
        all.sort(Comparator.comparingLong(Kept::number).reversed());
        return all;
    }
}
