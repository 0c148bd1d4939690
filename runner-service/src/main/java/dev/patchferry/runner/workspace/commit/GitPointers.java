package dev.patchferry.runner.workspace.commit;

import dev.patchferry.runner.git.SettingsChange;
import dev.patchferry.runner.git.Versions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files by which git finds a repository that is elsewhere: {@code .git} as a file, and what leads back to it. They are
 * harmless if both ends lie in the workspace, fit together and are as {@code git worktree add} and {@code git submodule
 * add} leave them.
 */
final class GitPointers {
    private static final int MAX_BYTES = 4_096 + 20;
    private static final Pattern POINTER = Pattern.compile("gitdir: ([^\\p{Cntrl}]+)\n?");
    private static final Pattern LINE = Pattern.compile("([^\\p{Cntrl}]+)\n?");
    /** A git directory in the workspace, and what is in it. */
    private static final Pattern LINKED =
            Pattern.compile("(?<git>(.*/)?\\.git)/(?<kind>worktrees|modules)/(?<name>.+)");

    private static final Pattern GIT = Pattern.compile("^$|(^|/)\\.git(/|$)", Pattern.CASE_INSENSITIVE);

    private final Path workspace;
    private final Versions versions;

    GitPointers(Path workspace, Versions versions) {
        this.workspace = workspace;
        this.versions = versions;
    }

    /** Whether a new {@code .git} file leads to a worktree or a submodule of a repository here that leads back to it. */
    boolean isHarmless(String file) throws IOException {
        Optional<String> target = target(versions.after(file), file);
        if (target.isEmpty()) {
            return false;
        }
        Matcher linked = LINKED.matcher(target.get());
        if (!linked.matches() || !isPlainFolder(linked.group("git"))) {
            return false;
        }
        return linked.group("kind").equals("worktrees")
                ? isWorktree(target.get()) && leadsBack(target.get()).equals(Optional.of(file))
                : isSubmodule(target.get(), parent(file));
    }

    /**
     * Whether a {@code .git} file that goes was one of a worktree or a submodule of a repository here, and nothing makes git
     * write into its folder any more: another patch could put a link there.
     */
    boolean mayGo(String file) throws IOException {
        Optional<String> target = target(versions.before(file), file);
        if (target.isEmpty() || !LINKED.matcher(target.get()).matches()) {
            return false;
        }
        Optional<byte[]> settings = versions.after(target.get() + "/config");
        return settings.isEmpty() || !SettingsChange.namesWorktree(settings.get());
    }

    /** Whether a new folder of {@code .git/worktrees} has what git puts there, for a worktree in the workspace. */
    boolean isWorktree(String folder) throws IOException {
        Optional<String> back = leadsBack(folder);
        return line(versions.after(folder + "/commondir")).equals(Optional.of("../.."))
                && back.isPresent()
                && target(versions.after(back.get()), back.get()).equals(Optional.of(folder));
    }

    /** Whether nothing is left of a folder of {@code .git/worktrees} that git would follow. */
    boolean isGone(String folder) throws IOException {
        return versions.after(folder + "/HEAD").isEmpty()
                && versions.after(folder + "/commondir").isEmpty()
                && versions.after(folder + "/gitdir").isEmpty();
    }

    /**
     * What the configuration of a submodule may say of where its files are: a folder of the workspace, in no git directory,
     * whose {@code .git} file leads back to the submodule.
     */
    Optional<String> worktreeOf(String module) throws IOException {
        Optional<byte[]> settings = versions.after(module + "/config");
        Optional<String> value = settings.flatMap(SettingsChange::worktree);
        Optional<String> top = value.flatMap(path -> inside(path, module))
                .filter(path -> !GIT.matcher(path).find());
        return top.isPresent()
                        && target(versions.after(top.get() + "/.git"), top.get() + "/.git")
                                .equals(Optional.of(module))
                ? value
                : Optional.empty();
    }

    private boolean isSubmodule(String module, String top) throws IOException {
        return isAmongSubmodules(module)
                && versions.after(module + "/HEAD").isPresent()
                && versions.after(module + "/commondir").isEmpty()
                && worktreeOf(module).flatMap(value -> inside(value, module)).equals(Optional.of(top));
    }

    /** Whether each repository around it, up to the workspace's, has it among its own submodules, and not elsewhere in it. */
    private boolean isAmongSubmodules(String module) throws IOException {
        List<String> names = List.of(module.split("/"));
        for (int depth = names.lastIndexOf(".git") + 2; depth < names.size(); depth++) {
            String head = String.join("/", names.subList(0, depth)) + "/HEAD";
            boolean isRepository = Files.exists(workspace.resolve(head), LinkOption.NOFOLLOW_LINKS)
                    || versions.after(head).isPresent();
            if (isRepository && !names.get(depth).equals("modules")) {
                return false;
            }
        }
        return true;
    }

    private Optional<String> leadsBack(String worktree) throws IOException {
        return line(versions.after(worktree + "/gitdir"))
                .flatMap(path -> inside(path, worktree))
                .filter(path -> path.endsWith("/.git"));
    }

    private Optional<String> target(Optional<byte[]> pointer, String file) {
        return text(pointer)
                .map(POINTER::matcher)
                .filter(Matcher::matches)
                .flatMap(match -> inside(match.group(1), parent(file)));
    }

    private static Optional<String> line(Optional<byte[]> file) {
        return text(file).map(LINE::matcher).filter(Matcher::matches).map(match -> match.group(1));
    }

    private static Optional<String> text(Optional<byte[]> file) {
        return file.filter(bytes -> bytes.length <= MAX_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** A path relative to the workspace; empty if it leads out of it. */
    private Optional<String> inside(String path, String from) {
        try {
            Path whole = workspace.resolve(from).resolve(path).normalize();
            return whole.startsWith(workspace)
                    ? Optional.of(workspace.relativize(whole).toString())
                    : Optional.empty();
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** New, or reached without a link. */
    private boolean isPlainFolder(String folder) throws IOException {
        Path path = workspace.resolve(folder);
        return !Files.exists(path, LinkOption.NOFOLLOW_LINKS)
                || path.toRealPath().equals(path);
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }
}
