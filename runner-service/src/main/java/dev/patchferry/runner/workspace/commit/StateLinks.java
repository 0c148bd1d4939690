package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.workspace.fs.PathText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds links of a patch that lead into what the runner keeps, or to a folder around that. What commands leave in HOME, or in
 * a change that nobody has agreed to, is looked at by nobody; through a link, a tool of the owner's would find it in the
 * workspace: a repository whose settings run something, for example.
 */
public final class StateLinks {
    private static final String REASON = "protected_path";
    private static final String WHY =
            "it would lead into the folder where Patch Ferry keeps its state, or to one around that; link to a place in the"
                    + " workspace, or to the folder below that is meant";
    /** As the kernel: path_resolution(7). */
    private static final int MAX_LINKS = 40;

    private static final Path PROCESSES = Path.of("/proc");
    /** Where these lead depends on who follows them. */
    private static final Set<String> OF_A_PROCESS = Set.of("cwd", "root");

    private final Path workspace;
    private final Path state;
    /** The target of each link that the patch leaves; empty for what else it changed. */
    private final Map<Path, Optional<Path>> changed = new HashMap<>();
    /** As the change set names them. */
    private final List<String> links = new ArrayList<>();

    /**
     * For one change.
     *
     * @param workspace its root, links resolved, still without the change
     * @param state everything the runner keeps, links resolved
     * @param upper the layer with the change, which no command uses any more
     */
    public StateLinks(Path workspace, Path state, Path upper, Collection<ChangedFile> files) throws IOException {
        this.workspace = workspace;
        this.state = state;
        for (ChangedFile file : files) {
            Path path = PathText.path(file.path());
            boolean isLink = mayBeLink(file) && Files.isSymbolicLink(upper.resolve(path));
            changed.put(
                    workspace.resolve(path),
                    isLink ? Optional.of(Files.readSymbolicLink(upper.resolve(path))) : Optional.empty());
            if (isLink) {
                links.add(file.path());
            }
        }
    }

    private static boolean mayBeLink(ChangedFile file) {
        return !file.change().equals("deleted")
                && !file.path().endsWith("/")
                && file.afterSha256().isEmpty();
    }

    /** The first link that leads there. */
    public Optional<Obstacle> obstacle() throws IOException {
        for (String link : links) {
            if (leadsToState(workspace.resolve(PathText.path(link)))) {
                return Optional.of(new Obstacle(REASON, link, WHY));
            }
        }
        return Optional.empty();
    }

    private boolean leadsToState(Path link) throws IOException {
        Deque<Path> names = new ArrayDeque<>();
        Path at = Path.of("/");
        link.forEach(names::addLast);
        int followed = 0;
        while (!names.isEmpty()) {
            Path next = at.resolve(names.removeFirst()).normalize();
            Optional<Path> target = target(next);
            if (target.isEmpty()) {
                at = next;
            } else if (++followed > MAX_LINKS) {
                return false;
            } else if (isUnreadable(target.get())) {
                return true;
            } else {
                at = target.get().isAbsolute() ? target.get().getRoot() : at;
                prepend(plain(target.get()), names);
            }
            if (at.startsWith(state) || isOfAProcess(at)) {
                return true;
            }
        }
        return state.startsWith(at);
    }

    /** Where a link leads, as things will be after the change. */
    private Optional<Path> target(Path path) throws IOException {
        if (changed.containsKey(path)) {
            return changed.get(path);
        }
        return Files.isSymbolicLink(path) && !isOfAProcess(path)
                ? Optional.of(Files.readSymbolicLink(path))
                : Optional.empty();
    }

    private static boolean isOfAProcess(Path path) {
        return path.startsWith(PROCESSES)
                && OF_A_PROCESS.contains(path.getFileName().toString());
    }

    /** The JDK gives a target as it is, and takes the nothing between two slashes for a name, or loses its place. */
    private static boolean isPlain(Path target) {
        String text = target.toString();
        return text.equals("/") || !(text.contains("//") || text.endsWith("/"));
    }

    private static Path plain(Path target) {
        return isPlain(target) ? target : Path.of(target.toString());
    }

    /** Whether its bytes would be lost on the way through text. */
    private static boolean isUnreadable(Path target) {
        return !isPlain(target) && target.toString().indexOf('\uFFFD') >= 0;
    }

    private static void prepend(Path target, Deque<Path> names) {
        for (int i = target.getNameCount() - 1; i >= 0; i--) {
            names.addFirst(target.getName(i));
        }
    }
}
