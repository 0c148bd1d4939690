package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.DirectoryHandle;
import dev.patchferry.runner.workspace.fs.FileStat;
import dev.patchferry.runner.workspace.fs.Owner;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * What the commands of one patch do to HOME: an overlay of its own over what earlier patches of the same principal left
 * there. Dropped unless it is kept. Used by one thread.
 */
public final class HomeLayer {
    /** Caches of package managers, which hold nothing that is run by itself. */
    public static final List<String> DEFAULT_CACHES =
            List.of(".npm/_cacache", ".m2/repository", ".cache/pip", ".cargo/registry");

    private static final Logger LOG = Logger.getLogger(HomeLayer.class);
    private final Path folder;
    private final Path lower;
    private final List<String> caches;
    private final Owner owner;
    private boolean trusted = true;
    private boolean isWorkUsed;

    /** What becomes of it. */
    public enum Keep {
        /** Of a patch that took effect. */
        EVERYTHING,
        /** Of one that failed or took too long: what it downloaded need not be downloaded again. */
        CACHES,
        /** Of one whose effect nobody wanted, or nobody has agreed to. */
        NOTHING
    }

    private HomeLayer(Path folder, Workspace workspace, Owner owner) {
        this.folder = folder;
        this.lower = workspace.home();
        this.caches = workspace.caches();
        this.owner = owner;
    }

    /**
     * Begins.
     *
     * @param folder does not exist yet, on the file system of the HOME
     */
    static HomeLayer begin(Workspace workspace, Path folder, Owner owner) throws IOException {
        HomeLayer layer = new HomeLayer(folder, workspace, owner);
        for (Path made : List.of(layer.lower, folder, layer.upper(), layer.work())) {
            Files.createDirectories(made);
            owner.claim(made);
        }
        Files.setAttribute(layer.upper(), "unix:mode", FileStat.of(layer.lower).mode());
        return layer;
    }

    /** What earlier patches left. */
    public Path lower() {
        return lower;
    }

    /** What this patch changes. */
    public Path upper() {
        return folder.resolve("upper");
    }

    /** Makes scratch space for one mount. */
    public Path newWork() throws IOException {
        if (!isWorkUsed) {
            isWorkUsed = true;
            return work();
        }
        Path work = Files.createTempDirectory(work(), "mount");
        owner.claim(work);
        return work;
    }

    /** Somebody may still write to it: nothing of it is kept. */
    public void distrust() {
        trusted = false;
    }

    /** Whether it is distrusted and nothing was written to it yet: a new one in its place loses nothing. */
    boolean isSpoiled() throws IOException {
        if (trusted) {
            return false;
        }
        try (DirectoryHandle layer = DirectoryHandle.root(upper())) {
            return layer.list().isEmpty();
        }
    }

    /** Keeps what is to be kept. Trouble with that is no trouble of the patch: HOME is a cache. */
    void settle(Keep keep) {
        if (!trusted) {
            return;
        }
        try {
            switch (keep) {
                case EVERYTHING -> HomeMerge.everything(upper(), lower);
                case CACHES -> HomeMerge.only(caches, upper(), lower, owner);
                case NOTHING -> {}
            }
        } catch (IOException e) {
            LOG.warnf(e, "what a patch left in HOME is not kept, or not all of it home=%s", lower);
        }
    }

    void drop() throws IOException {
        Trees.delete(folder);
    }

    private Path work() {
        return folder.resolve("work");
    }
}
