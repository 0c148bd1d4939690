package dev.patchferry.runner.reads;

import dev.patchferry.contract.FileListing;
import dev.patchferry.contract.FileText;
import dev.patchferry.contract.SearchResult;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.redaction.Redactions;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.fs.FileErrors;
import dev.patchferry.runner.workspace.fs.PathText;
import dev.patchferry.runner.workspace.fs.ReadableFolder;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Answers what somebody wants to read of a workspace. Each answer takes at most about 6 s, and only so many are made at once as
 * there is memory and processor for; others wait 3 s for their turn. Thread-safe.
 */
public final class FileReads {
    /** The most that a query may ask for. */
    public static final int MAX_ENTRIES = ReadBounds.MAX_ENTRIES;

    public static final int MAX_MATCHES = ReadBounds.MAX_MATCHES;
    public static final int MAX_DEPTH = ReadBounds.MAX_DEPTH;
    public static final int MAX_CONTEXT = ReadBounds.MAX_CONTEXT;

    private static final int SHARES = 4;
    /** Of a read that holds files in memory. */
    private static final int SHARES_OF_CONTENT = 2;

    private static final long PATIENCE_S = 3;

    private final Workspaces workspaces;
    private final Redactions redactions;
    private final LongSupplier nanoTime;
    private final Semaphore shares = new Semaphore(SHARES, /* fair= */ true);

    /**
     * Reads in these workspaces.
     *
     * @param redactions what no answer may show
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    public FileReads(Workspaces workspaces, Redactions redactions, LongSupplier nanoTime) {
        this.workspaces = workspaces;
        this.redactions = redactions;
        this.nanoTime = nanoTime;
    }

    /**
     * A page of what is in a folder.
     *
     * @throws ReadRefused if there is no such workspace or folder, or the query means nothing
     */
    public FileListing files(WorkspaceName name, FilesQuery query) throws ReadRefused, IOException {
        Workspace workspace = named(name);
        String path = ReadPath.of(query.path(), workspace.root());
        Lister lister = new Lister(query);
        return read(1, workspace, path, root -> lister.list(name, root, path, budget()));
    }

    /**
     * Lines of a file.
     *
     * @param startLine the first, from 1
     * @param endLine the last; behind the end of the file for all
     * @throws ReadRefused if there is no such file, it is hidden, or no text
     */
    public FileText file(WorkspaceName name, String sentPath, int startLine, int endLine)
            throws ReadRefused, IOException {
        Workspace workspace = named(name);
        String path = ReadPath.of(sentPath, workspace.root());
        if (path.isEmpty()) {
            throw ReadRefused.badRequest("`path` names a file, relative to the workspace.");
        }
        return read(SHARES_OF_CONTENT, workspace, path, root -> {
            if (HiddenFiles.in(root).isHidden(path)) {
                throw ReadRefused.notFound(FileReader.absent(path));
            }
            return new FileReader(name, redactions.of(name)).read(root, path, startLine, endLine);
        });
    }

    /**
     * A page of the lines in which something is found.
     *
     * @throws ReadRefused if there is no such workspace or folder, or the query means nothing
     */
    public SearchResult search(WorkspaceName name, SearchQuery query) throws ReadRefused, IOException {
        Workspace workspace = named(name);
        String path = ReadPath.of(query.path(), workspace.root());
        return read(
                SHARES_OF_CONTENT,
                workspace,
                path,
                root -> new Searcher(query, redactions.of(name), budget()).search(name, root, path));
    }

    private ReadBudget budget() {
        return new ReadBudget(nanoTime, ReadBounds.TIME);
    }

    private Workspace named(WorkspaceName name) throws ReadRefused {
        return workspaces
                .named(name)
                .orElseThrow(() -> ReadRefused.notFound(
                        "There is no workspace `" + name + "`. GET /workspaces lists those that there are."));
    }

    /** What is done with a workspace's root. */
    @FunctionalInterface
    private interface Reading<T> {
        T in(ReadableFolder root) throws IOException, ReadRefused;
    }

    private <T> T read(int taken, Workspace workspace, String path, Reading<T> reading)
            throws ReadRefused, IOException {
        if (!acquired(taken)) {
            throw ReadRefused.busy();
        }
        try {
            return read(workspace, path, reading);
        } finally {
            shares.release(taken);
        }
    }

    private boolean acquired(int taken) {
        try {
            return shares.tryAcquire(taken, PATIENCE_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static <T> T read(Workspace workspace, String path, Reading<T> reading) throws ReadRefused, IOException {
        try (ReadableFolder root = ReadableFolder.root(workspace.root())) {
            return reading.in(root);
        } catch (NoSuchFileException e) {
            throw ReadRefused.notFound(FileReader.absent(PathText.shown(path)));
        } catch (NotDirectoryException e) {
            throw ReadRefused.notFound("`" + PathText.shown(path) + "`: a folder above it is a file.");
        } catch (FileSystemException e) {
            throw ReadRefused.badRequest("This cannot be read: " + FileErrors.inWords(e) + ".");
        }
    }
}
