package dev.patchferry.runner.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A repository as git finds it.
 *
 * @param top where its files are; of one without files, its own folder
 * @param directory its git directory
 */
record Repository(Path top, Path directory) {
    private static final int LONGEST_POINTER = 4096;
    private static final String GITDIR = "gitdir:";

    /** The one that a folder is in. */
    static Optional<Repository> around(Path folder) throws IOException {
        for (Path top = folder; top != null; top = top.getParent()) {
            Optional<Repository> repository = at(top);
            if (repository.isPresent()) {
                return repository;
            }
        }
        return Optional.empty();
    }

    /** The one whose files are in a folder, or that the folder itself is. */
    static Optional<Repository> at(Path folder) throws IOException {
        Path git = folder.resolve(".git");
        if (Files.isDirectory(git)) {
            return Optional.of(new Repository(folder, git));
        }
        if (Files.isRegularFile(git)) {
            return pointer(git)
                    .filter(text -> text.startsWith(GITDIR))
                    .flatMap(text -> resolve(folder, text.substring(GITDIR.length())))
                    .map(directory -> new Repository(folder, directory));
        }
        return Files.exists(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"))
                ? Optional.of(new Repository(folder, folder))
                : Optional.empty();
    }

    /** Where its settings are: for a linked worktree those of the repository it belongs to. */
    Path commonDirectory() throws IOException {
        Path pointer = directory.resolve("commondir");
        return Files.isRegularFile(pointer)
                ? pointer(pointer).flatMap(text -> resolve(directory, text)).orElse(directory)
                : directory;
    }

    private static Optional<String> pointer(Path file) throws IOException {
        return Files.isReadable(file) && Files.size(file) <= LONGEST_POINTER
                ? Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip())
                : Optional.empty();
    }

    private static Optional<Path> resolve(Path from, String path) {
        try {
            return Optional.of(from.resolve(path.strip()).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
