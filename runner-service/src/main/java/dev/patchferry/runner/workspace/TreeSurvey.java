package dev.patchferry.runner.workspace;

import dev.patchferry.runner.workspace.fs.Owner;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a workspace have in common, as far as a look through the first of them shows.
 *
 * @param examples of each owner that a file or folder belongs to which the runner's user could change by hand, one path
 * @param largestFile the length of the largest file
 */
public record TreeSurvey(Map<Owner, Path> examples, long largestFile) {
    /** Of no file at all. */
    static final TreeSurvey NOTHING = new TreeSurvey(Map.of(), 0);

    private static final int MAX_ENTRIES = 100_000;

    public TreeSurvey {
        examples = Map.copyOf(examples);
    }

    /** The groups that those belong to. */
    public Set<Integer> groups() {
        return examples.keySet().stream().map(Owner::gid).collect(Collectors.toUnmodifiableSet());
    }

    /** A look through a workspace; what cannot be read is passed over, links are not followed. */
    static TreeSurvey of(Path root) throws IOException {
        Visitor visitor = new Visitor();
        Files.walkFileTree(root, visitor);
        return new TreeSurvey(visitor.examples, visitor.largest);
    }

    private static final class Visitor extends SimpleFileVisitor<Path> {
        private final Owner process = Owner.ofThisProcess();
        private final Map<Owner, Path> examples = new HashMap<>();
        private long largest;
        private int entries;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return visit(folder);
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) {
                largest = Math.max(largest, attributes.size());
            }
            return visit(file);
        }

        /** It went away, or is closed to the runner and so to its commands. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            return FileVisitResult.CONTINUE;
        }

        /** The same of a folder half-way through. */
        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
            return FileVisitResult.CONTINUE;
        }

        private FileVisitResult visit(Path path) {
            try {
                Map<String, Object> owner = Files.readAttributes(path, "unix:uid,gid", LinkOption.NOFOLLOW_LINKS);
                note(path, new Owner(number(owner, "uid"), number(owner, "gid")));
            } catch (IOException e) {
                // it went away since it was listed
                return FileVisitResult.CONTINUE;
            }
            entries++;
            return entries < MAX_ENTRIES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        private static int number(Map<String, Object> attributes, String name) {
            return (int) Objects.requireNonNull(attributes.get(name));
        }

        private void note(Path path, Owner owner) {
            boolean changeable = process.isRoot()
                    || owner.uid() == process.uid()
                    || (!Files.isSymbolicLink(path) && Files.isWritable(path));
            if (!examples.containsKey(owner) && changeable) {
                examples.put(owner, path);
            }
        }
    }
}
