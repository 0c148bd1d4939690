package dev.patchferry.runner.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.diff.Pace;
import dev.patchferry.runner.workspace.commit.ChangeSet;
import dev.patchferry.runner.workspace.commit.RenderedDiff;
import dev.patchferry.runner.workspace.fs.RawName;
import dev.patchferry.runner.workspace.fs.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a patch changed: git makes the same of the state before, from the diff that was shown. {@code
 * -Dferry.diff.seeds=N} tries N random changes instead of 300, {@code -Dferry.diff.first=N} begins with another seed.
 */
class DiffRoundTripTest {
    private static final int CASES = Integer.getInteger("ferry.diff.seeds", 300);
    /** For every kind of change. */
    private static final int ENOUGH = 300;

    private static final int FIRST = Integer.getInteger("ferry.diff.first", 0);
    /** Of each kind of change something, as diffs show it. */
    private static final List<String> KINDS = List.of(
            "new file mode 100644",
            "new file mode 100755",
            "new file mode 120000",
            "deleted file mode 100644",
            "deleted file mode 120000",
            "old mode 100644",
            "GIT binary patch",
            "literal ",
            "\\ No newline at end of file",
            "a/d[0-9]/not\\\\377text\" \"b/",
            "renamed\\\\376[0-9]+\"",
            "tab\\\\tand\\\\nline");
    /** A hunk far down in a file of 20,000 lines, which few of the seeds make. */
    private static final String FAR_DOWN = "@@ -1[0-9]{4},";

    private static final int ENOUGH_FOR_RARE = 1_000;

    @TempDir
    Path folder;

    private final Set<String> seen = new ConcurrentSkipListSet<>();

    @Test
    void Y8_everyCompleteDiffIsAppliedByGitAndGivesTheSameTree() {
        IntStream.range(FIRST, FIRST + CASES).parallel().forEach(seed -> {
            try {
                Path place = Files.createDirectory(folder.resolve(String.valueOf(seed)));
                check(seed, place);
                note(Files.readString(place.resolve("diff"), StandardCharsets.ISO_8859_1));
                Trees.delete(place);
            } catch (Exception e) {
                throw new AssertionError("seed " + seed, e);
            }
        });
        if (CASES >= ENOUGH) {
            assertThat(seen).containsAll(KINDS).contains("rebuilt", "renamed");
        }
        if (CASES >= ENOUGH_FOR_RARE) {
            assertThat(seen).contains(FAR_DOWN);
        }
    }

    private void note(String diff) {
        Stream.concat(KINDS.stream(), Stream.of(FAR_DOWN))
                .filter(kind -> !seen.contains(kind))
                .filter(kind -> Pattern.compile(kind).matcher(diff).find())
                .forEach(seen::add);
    }

    /** Secrets, a file that is too large and time that is over: what is shown then either applies or says that it does not. */
    @Test
    void Y8_aDiffThatDoesNotGiveTheSameTreeSaysSo() throws Exception {
        int incomplete = 0;
        for (int seed = 0; seed < CASES / 3; seed++) {
            Random chance = new Random(seed);
            int rarity = 1 + chance.nextInt(3);
            Pace pace = Pace.within(Duration.ofNanos(chance.nextInt(1 + chance.nextInt(20_000_000))));
            Path place = Files.createDirectory(folder.resolve("cut-" + seed));
            incomplete += check(seed, place, pace, content -> content.length % rarity == 0) ? 0 : 1;
        }
        assertThat(incomplete).isPositive();
    }

    private void check(int seed, Path place) throws Exception {
        assertThat(check(seed, place, Pace.start(() -> false), _ -> false))
                .as("seed %d is complete", seed)
                .isTrue();
    }

    /** Whether the diff says that it is complete; then it is tried. */
    private boolean check(int seed, Path place, Pace pace, Predicate<byte[]> holdsSecret) throws Exception {
        TemporaryWorkspace workspace = TemporaryWorkspace.in(place);
        RandomLayers layers = new RandomLayers(new Random(seed));
        layers.fill(workspace.root());
        Path before = place.resolve("before");
        copy(workspace.root(), before);
        try (OverlayTransaction transaction = workspace.begin()) {
            layers.change(workspace.root(), transaction.upper());
            seen.addAll(layers.did());
            ChangeSet changes = transaction.changes();
            RenderedDiff diff = transaction.diff(changes, pace, holdsSecret);
            if (!diff.incomplete().isEmpty()) {
                return false;
            }
            Files.write(place.resolve("diff"), diff.text().toArray());
            assertThat(transaction.obstacle(changes)).isEmpty();
            transaction.commit(transaction.prepare(changes));
            transaction.settled();
        }
        // Git takes a diff of nothing, or of folders alone, for a mistake.
        if (Files.readString(place.resolve("diff"), StandardCharsets.ISO_8859_1).contains("diff --git ")) {
            git(seed, before, "apply", "--check", place.resolve("diff").toString());
            git(seed, before, "apply", place.resolve("diff").toString());
        }
        assertThat(files(before)).as("seed %d", seed).isEqualTo(files(workspace.root()));
        return true;
    }

    private static void git(int seed, Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        ProcessBuilder git =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        git.environment().put("GIT_CEILING_DIRECTORIES", folder.getParent().toString());
        git.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        Process process = git.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor()).as("seed %d: %s", seed, output).isZero();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path entry, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(entry)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
                Files.copy(
                        entry,
                        to.resolve(from.relativize(entry)),
                        LinkOption.NOFOLLOW_LINKS,
                        StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** As git sees a tree: names in hex, since not all are text, kind and content. */
    private static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path entry, BasicFileAttributes attributes) throws IOException {
                String name = HexFormat.of().formatHex(RawName.of(root.relativize(entry)));
                if (attributes.isSymbolicLink()) {
                    byte[] target = RawName.of(Files.readSymbolicLink(entry));
                    files.put(name, "link " + HexFormat.of().formatHex(target));
                } else {
                    boolean runs = Files.getPosixFilePermissions(entry).contains(PosixFilePermission.OWNER_EXECUTE);
                    files.put(name, runs + " " + HexFormat.of().formatHex(Files.readAllBytes(entry)));
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files;
    }
}
