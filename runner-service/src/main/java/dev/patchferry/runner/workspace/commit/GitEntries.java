package dev.patchferry.runner.workspace.commit;

import dev.patchferry.contract.Receipt.ChangedFile;
import dev.patchferry.runner.git.GitEntry;
import dev.patchferry.runner.git.RefText;
import dev.patchferry.runner.git.Versions;
import dev.patchferry.runner.workspace.commit.GitDirectories.Inside;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Tells what the files of git directories are to git, those of submodules and worktrees included. */
final class GitEntries {
    private static final Set<String> HOLD_DIRECTORIES = Set.of("modules", "worktrees");
    private static final int EXECUTABLE = 0111;
    private static final int OCTAL = 8;

    private final Path workspace;
    private final Versions versions;

    /**
     * For one change.
     *
     * @param workspace its root, still without the change
     * @param versions the content of what changes
     */
    GitEntries(Path workspace, Versions versions) {
        this.workspace = workspace;
        this.versions = versions;
    }

    /**
     * What a path in a git directory is. In those of submodules and worktrees, whose names may have slashes, what is below the
     * refs and objects of one with a head is nothing else, though it may be called as something else is.
     */
    GitEntry of(Inside inside) throws IOException {
        List<String> names = inside.names();
        GitEntry guess = GitEntry.of(names);
        List<Integer> roots = guess.isProtected() ? roots(inside) : List.of();
        if (roots.isEmpty() || !GitEntry.isStored(names.subList(roots.getFirst(), names.size()))) {
            return guess;
        }
        return roots.stream()
                .map(root -> GitEntry.below(names.subList(root, names.size())))
                .filter(GitEntry::isProtected)
                .findFirst()
                .orElse(GitEntry.HISTORY);
    }

    /**
     * Whether something among the refs, logs and objects of a submodule or worktree is none of these, by its permissions or
     * its content: its folder could be used as a repository later.
     */
    boolean isDisguised(ChangedFile file, Inside inside) throws IOException {
        List<Integer> roots = roots(inside);
        boolean isFile = !file.change().equals("deleted") && !file.path().endsWith("/");
        if (!isFile
                || roots.isEmpty()
                || !GitEntry.mayBePartOfAnother(
                        inside.names().subList(roots.getFirst(), inside.names().size()))) {
            return false;
        }
        boolean isExecutable = file.mode()
                .filter(mode -> (Integer.parseInt(mode, OCTAL) & EXECUTABLE) != 0)
                .isPresent();
        return isExecutable
                || versions.after(file.path()).filter(RefText::isOne).isEmpty();
    }

    /** Where the names within a submodule's or worktree's git directory begin: behind what has a head, or comes with one. */
    private List<Integer> roots(Inside inside) throws IOException {
        List<String> names = inside.names();
        List<Integer> roots = new ArrayList<>();
        for (int root = 2; HOLD_DIRECTORIES.contains(names.getFirst()) && root < names.size(); root++) {
            String head = inside.directory() + "/" + String.join("/", names.subList(0, root)) + "/HEAD";
            if (exists(head) || versions.after(head).isPresent()) {
                roots.add(root);
            }
        }
        return roots;
    }

    private boolean exists(String path) {
        return Files.exists(workspace.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }
}
