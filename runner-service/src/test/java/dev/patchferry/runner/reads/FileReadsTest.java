package dev.patchferry.runner.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.patchferry.contract.FileListing;
import dev.patchferry.contract.FileText;
import dev.patchferry.contract.Json;
import dev.patchferry.contract.ProblemType;
import dev.patchferry.contract.SearchResult;
import dev.patchferry.contract.WorkspaceName;
import dev.patchferry.runner.redaction.Redactions;
import dev.patchferry.runner.workspace.Workspace;
import dev.patchferry.runner.workspace.Workspaces;
import dev.patchferry.runner.workspace.commit.UndoBounds;
import dev.patchferry.runner.workspace.commit.UndoSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileReadsTest {
    private static final WorkspaceName SITE = new WorkspaceName("site");
    private static final String SECRET = "correct-horse-battery";

    @TempDir
    private Path folder;

    private Path root;
    private FileReads reads;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectory(folder.toRealPath().resolve("site"));
        reads = reads(System::nanoTime);
    }

    private FileReads reads(LongSupplier clock) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Workspace site = new Workspace(SITE, root, home, Optional.empty());
        Workspaces workspaces = new Workspaces(
                List.of(site),
                home,
                home,
                new UndoSpace(home, UndoBounds.DEFAULT, Clock.systemUTC()),
                /* overlay= */ false);
        return new FileReads(workspaces, Redactions.of(Map.of(SITE, List.of(SECRET)), List.of()), clock);
    }

    @Test
    void listsAFolderBeforeWhatIsInItInOrder() throws Exception {
        write("b.txt", "1");
        write("a/z", "22");
        write("a/b/c", "333");
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/z"));
        assertThat(root.resolve("b.txt").toFile().setExecutable(true)).isTrue();

        FileListing all = reads.files(SITE, all());

        assertThat(all.entries())
                .extracting(FileListing.Entry::path)
                .containsExactly("a", "a/b", "a/b/c", "a/z", "b.txt", "link");
        assertThat(all.entries().get(2).size()).contains(3L);
        assertThat(all.entries().get(4).executable()).contains(true);
        assertThat(all.entries().getLast().kind()).isEqualTo("link");
        assertThat(all.entries().getLast().target()).contains("a/z");
        assertThat(all.complete()).isTrue();
        assertThat(all.next()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void pagesAreTheWholeListWhateverTheirSize(int limit) throws Exception {
        for (int i = 0; i < 12; i++) {
            write("d" + i % 3 + "/e" + i % 2 + "/f" + i, "x");
            write("d" + i % 3 + "-" + i, "x");
        }
        List<String> whole = paths(reads.files(SITE, all()));

        List<String> paged = new ArrayList<>();
        @Nullable String after = null;
        do {
            FileListing page = reads.files(SITE, new FilesQuery("", null, 100, false, limit, after));
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(limit);
            paged.addAll(paths(page));
            after = page.next().orElse(null);
        } while (after != null);

        assertThat(paged).isEqualTo(whole).hasSize(12 + 12 + 3 + 6);
    }

    @Test
    void aPageGoesOnThoughWhatItEndedAtIsGone() throws Exception {
        write("a", "x");
        write("b/c", "x");
        write("d", "x");
        FileListing first = reads.files(SITE, new FilesQuery("", null, 100, false, 3, null));
        Files.delete(root.resolve("b/c"));
        Files.delete(root.resolve("b"));

        assertThat(paths(reads.files(
                        SITE,
                        new FilesQuery("", null, 100, false, 3, first.next().orElseThrow()))))
                .containsExactly("d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "*.java           | src/A.java,src/deep/B.java",
                "src/*.java       | src/A.java",
                "src/**/*.java    | src/A.java,src/deep/B.java",
                "**/*.{java,md}   | README.md,src/A.java,src/deep/B.java",
                "deep             | src/deep",
                "nothing          | "
            })
    void aGlobNamesPathsAsGitWould(String glob, @Nullable String found) throws Exception {
        write("src/A.java", "");
        write("src/deep/B.java", "");
        write("README.md", "");

        assertThat(paths(reads.files(SITE, new FilesQuery("", glob, 100, false, 100, null))))
                .containsExactlyElementsOf(found == null ? List.of() : List.of(found.split(",")));
    }

    @Test
    void whatGitIgnoresIsLeftOutUnlessAskedFor() throws Exception {
        write(".gitignore", "target/\n*.log\n!keep.log\n");
        write("sub/.gitignore", "/local\n");
        write(".git/info/exclude", "private\n");
        write("target/x", "");
        write("a.log", "");
        write("keep.log", "");
        write("sub/local", "");
        write("sub/deep/local", "");
        write("private", "");

        assertThat(paths(reads.files(SITE, all())))
                .containsExactly(".gitignore", "keep.log", "sub", "sub/.gitignore", "sub/deep", "sub/deep/local");
        assertThat(paths(reads.files(SITE, new FilesQuery("sub", null, 1, false, 100, null))))
                .containsExactly("sub/.gitignore", "sub/deep");
        assertThat(paths(reads.files(SITE, new FilesQuery("", null, 100, true, 100, null))))
                .contains("target/x", "a.log", "sub/local", "private")
                .noneMatch(path -> path.startsWith(".git/"));
    }

    @Test
    void whatIsClosedToTheRunnerIsPassedOver() throws Exception {
        write(".gitignore", "a\n");
        write(".git/info/exclude", "a\n");
        write(".git/index", "x");
        write("a", "x");
        write("b/c", "x");
        write(".env", "x");
        for (String closed : List.of(".gitignore", ".git/info/exclude", ".git/index", "b")) {
            Files.setPosixFilePermissions(root.resolve(closed), Set.of());
        }
        assumeFalse(Files.isReadable(root.resolve("b")), "root may read everything");

        FileListing listing = reads.files(SITE, all());

        assertThat(paths(listing)).containsExactly(".gitignore", "a", "b");
        assertThat(listing.reason()).contains("1 folders cannot be read by the runner.");
        assertThat(reads.search(SITE, search("x")).skipped().unreadable()).isEqualTo(2);
        assertThatThrownBy(() -> reads.file(SITE, "b/c", 1, 1)).hasMessageContaining("permission denied");
        Files.setPosixFilePermissions(root.resolve("b"), PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void onlySoManyReadAtOnce() throws Exception {
        write("a", "x");
        CountDownLatch reading = new CountDownLatch(2);
        CountDownLatch go = new CountDownLatch(1);
        FileReads slow = reads(() -> {
            reading.countDown();
            awaited(go);
            return 0;
        });
        try (ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<SearchResult> first = others.submit(() -> slow.search(SITE, search("x")));
            Future<SearchResult> second = others.submit(() -> slow.search(SITE, search("x")));
            awaited(reading);

            ReadRefused refused = catchThrowableOfType(ReadRefused.class, () -> slow.file(SITE, "a", 1, 1));

            go.countDown();
            assertThat(refused.type()).isEqualTo(ProblemType.OVERLOADED);
            assertThat(first.get().matches()).hasSize(1);
            assertThat(second.get().matches()).hasSize(1);
        }
        assertThat(slow.file(SITE, "a", 1, 1).content()).isEqualTo("x");
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void readsLinesWithTheHashThatBaseWants() throws Exception {
        write("f.txt", "one\ntwo\nthree\nfour");

        FileText text = reads.file(SITE, "f.txt", 2, 3);

        assertThat(text.content()).isEqualTo("two\nthree\n");
        assertThat(text.startLine()).isEqualTo(2);
        assertThat(text.endLine()).isEqualTo(3);
        assertThat(text.totalLines()).isEqualTo(4);
        assertThat(text.nextLine()).contains(4);
        assertThat(text.sha256()).isEqualTo(sha256("one\ntwo\nthree\nfour"));
        assertThat(text.encoding()).isEqualTo("utf-8");
        assertThat(text.lineEndings()).isEqualTo("lf");
        assertThat(reads.file(SITE, root + "/./f.txt", 1, 99).content()).isEqualTo("one\ntwo\nthree\nfour");
    }

    @ParameterizedTest
    @CsvSource({"a\\r\\nb\\r\\n,crlf,2", "a\\rb\\r,cr,2", "a\\nb\\r\\n,mixed,2", "a,none,1", "'',none,0"})
    void saysHowLinesEndAndKeepsThem(String escaped, String endings, int lines) throws Exception {
        String content = escaped.replace("\\r", "\r").replace("\\n", "\n");
        write("f", content);

        FileText text = reads.file(SITE, "f", 1, 99);

        assertThat(text.lineEndings()).isEqualTo(endings);
        assertThat(text.totalLines()).isEqualTo(lines);
        assertThat(text.content()).isEqualTo(content);
    }

    @Test
    void aLongFileIsReadInPartsThatAreTheWhole() throws Exception {
        StringBuilder content = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            content.append("line ").append(i).append(" \"quoted\"\t\u00fc\n");
        }
        write("long", content.toString());

        StringBuilder read = new StringBuilder();
        Optional<Integer> next = Optional.of(1);
        while (next.isPresent()) {
            FileText part = reads.file(SITE, "long", next.get(), Integer.MAX_VALUE);
            assertThat(Json.MAPPER.writeValueAsString(part)).hasSizeLessThan(90_000);
            read.append(part.content());
            next = part.nextLine();
        }

        assertThat(read.toString()).isEqualTo(content.toString());
    }

    @Test
    void aLineThatFitsNoAnswerIsCut() throws Exception {
        write("min.js", "\u0001".repeat(1 << 20) + "\nend\n");

        FileText text = reads.file(SITE, "min.js", 1, 2);

        assertThat(text.cut()).isTrue();
        assertThat(text.endLine()).isEqualTo(1);
        assertThat(text.nextLine()).contains(2);
        assertThat(Json.MAPPER.writeValueAsString(text)).hasSizeLessThan(90_000);
    }

    @Test
    void whatIsNoTextIsRefusedBySizeAndHash() throws Exception {
        Files.write(root.resolve("image"), new byte[] {'P', 'N', 'G', 0, 1});

        assertThatThrownBy(() -> reads.file(SITE, "image", 1, 1))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("`image` is binary: 5 bytes, SHA-256 " + sha256("PNG\0\1"));
        Files.write(root.resolve("latin"), new byte[] {'a', (byte) 0xE4, '\n'});
        assertThat(reads.file(SITE, "latin", 1, 1).encoding()).isEqualTo("not utf-8");
        assertThat(reads.file(SITE, "latin", 1, 1).content()).isEqualTo("a\uFFFD\n");
    }

    @ParameterizedTest
    @CsvSource({
        "../site/f,`..`", "/etc/passwd,outside of the workspace", "out/secret,symbolic link", "out,symbolic link",
        "gone,There is no `gone` here", "d,is a folder", "f/x,is a file", "'',names a file"
    })
    void leadsNowhereElse(String path, String message) throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(root.resolve("out"), outside);
        write("f", "x");
        write("d/e", "x");

        assertThatThrownBy(() -> reads.file(SITE, path, 1, 1))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining(message);
    }

    @Test
    void noLinkIsFollowedByListsAndSearches() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "needle");
        Files.createSymbolicLink(root.resolve("out"), outside);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));

        assertThat(paths(reads.files(SITE, all()))).containsExactly("file", "out");
        assertThat(reads.search(SITE, search("needle")).matches()).isEmpty();
        assertThatThrownBy(() -> reads.files(SITE, new FilesQuery("out", null, 1, false, 9, null)))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {".env", ".env.local", "a/b/server.pem", "tls.key", "id_rsa", "id_ed25519.pub", ".netrc"})
    void aFileThatUsuallyHoldsCredentialsIsNowhere(String path) throws Exception {
        write(path, "needle\n");
        write(".env.example", "needle\n");

        assertThat(paths(reads.files(SITE, new FilesQuery("", null, 100, true, 100, null))))
                .contains(".env.example")
                .doesNotContain(path);
        assertThat(reads.search(SITE, search("needle")).matches())
                .extracting(SearchResult.Match::path)
                .containsExactly(".env.example");
        ReadRefused hidden = catchThrowableOfType(ReadRefused.class, () -> reads.file(SITE, path, 1, 1));
        ReadRefused absent = catchThrowableOfType(ReadRefused.class, () -> reads.file(SITE, path + "x", 1, 1));
        assertThat(hidden.type()).isEqualTo(ProblemType.NOT_FOUND);
        assertThat(hidden.getMessage())
                .isEqualTo(String.valueOf(absent.getMessage()).replace(path + "x", path));
        assertThatThrownBy(() ->
                        reads.search(SITE, new SearchQuery("needle", false, false, path, null, false, 0, 9, null)))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("There is no `" + path + "` here");
    }

    @Test
    void aFileThatGitTracksIsNotHidden() throws Exception {
        write(".env", "PORT=1\n");
        git("init", "-q");
        assertThat(paths(reads.files(SITE, all()))).isEmpty();

        git("add", ".env");

        assertThat(paths(reads.files(SITE, all()))).containsExactly(".env");
        assertThat(reads.file(SITE, ".env", 1, 1).content()).isEqualTo("PORT=1\n");
    }

    @Test
    void secretsAreCoveredAndCannotBeFoundByGuessing() throws Exception {
        write("config", "password = " + SECRET + "\n");

        FileText text = reads.file(SITE, "config", 1, 1);

        assertThat(text.content()).startsWith("password = *").doesNotContain(SECRET.substring(0, 6));
        assertThat(text.redacted()).isTrue();
        assertThat(reads.search(SITE, search("password")).matches().getFirst().text())
                .doesNotContain("horse");
        assertThat(reads.search(SITE, search("horse")).matches()).isEmpty();
        assertThat(reads.search(SITE, regex("c[o]rrect")).matches()).isEmpty();
    }

    @Test
    void findsEachLineOnceWithItsNumberAndWhatIsAround() throws Exception {
        write("a", "1\n2\nfoo foo\r\n4\n5\nfoo");

        SearchResult found = reads.search(SITE, new SearchQuery("foo", false, false, "", null, false, 2, 9, null));

        assertThat(found.matches())
                .containsExactly(
                        new SearchResult.Match("a", 3, "foo foo", List.of("1", "2"), List.of("4", "5")),
                        new SearchResult.Match("a", 6, "foo", List.of("4", "5"), List.of()));
        assertThat(found.complete()).isTrue();
        assertThat(found.filesSearched()).isEqualTo(1);
    }

    @Test
    void textIsTextAndAnExpressionIsOne() throws Exception {
        write("a", "f.o(\nfoo(\nFOO(\r\nf\u00fcr\n");

        assertThat(lines(reads.search(SITE, search("f.o(")))).containsExactly(1);
        assertThat(lines(reads.search(SITE, regex("^f.o\\($")))).containsExactly(1, 2);
        assertThat(lines(reads.search(SITE, regex("(?i)^f.o\\($")))).containsExactly(1, 2, 3);
        assertThat(lines(reads.search(SITE, new SearchQuery("foo(", false, true, "", null, false, 0, 9, null))))
                .containsExactly(2, 3);
        assertThat(lines(reads.search(SITE, regex("f.r$")))).containsExactly(4);
        assertThat(lines(reads.search(SITE, search("f\u00fcr")))).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1000})
    void pagesOfASearchAreAllThatIsFound(int limit) throws Exception {
        write("a", "x\n".repeat(3));
        write("b/c", "y\nx\ny\n");
        write("d", "x");

        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        do {
            SearchResult page =
                    reads.search(SITE, new SearchQuery("x", false, false, "", null, false, 0, limit, after));
            page.matches().forEach(match -> found.add(match.path() + ":" + match.line()));
            after = page.next().orElse(null);
        } while (after != null);

        assertThat(found).containsExactly("a:1", "a:2", "a:3", "b/c:2", "d:1");
    }

    @Test
    void passesOverWhatIsNoText() throws Exception {
        Files.write(root.resolve("binary"), new byte[] {0, 'x'});
        Files.write(root.resolve("large"), new byte[(8 << 20) + 1]);
        write("text", "x");

        SearchResult found = reads.search(SITE, search("x"));

        assertThat(found.matches()).hasSize(1);
        assertThat(found.skipped()).isEqualTo(new SearchResult.Skipped(1, 1, 0));
    }

    @Test
    void whenItsTimeIsUpItSaysWhereToGoOn() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("f" + (char) ('a' + i), "x\n");
        }
        AtomicLong now = new AtomicLong();
        FileReads slow = reads(() -> now.addAndGet(TimeUnit.SECONDS.toNanos(1)));

        List<String> found = new ArrayList<>();
        @Nullable String after = null;
        int pages = 0;
        do {
            SearchResult page = slow.search(SITE, new SearchQuery("x", false, false, "", null, false, 0, 99, after));
            page.matches().forEach(match -> found.add(match.path()));
            after = page.next().orElse(null);
            assertThat(page.complete()).isEqualTo(after == null);
            assertThat(page.reason().isPresent()).isEqualTo(after != null);
            pages++;
        } while (after != null);

        assertThat(found).hasSize(20).doesNotHaveDuplicates();
        assertThat(pages).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({"(,is no expression", "a(?=b),is no expression", "'',1 to 1000"})
    void anExpressionThatMeansNothingIsRefused(String regex, String message) {
        assertThatThrownBy(() -> reads.search(SITE, regex(regex)))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(a{1000}){1000}",
                "(?:(?:x{9}){99}){999}",
                "((a{2,1000}){3,}){1000}",
                "[a-z]{1000}[a-z]{1000}",
                "(\\w\\{(b{99}){99})",
                "(((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9})"
            })
    void anExpressionThatGrowsBeyondMeasureIsRefused(String regex) throws Exception {
        write("a", "a".repeat(100_000));

        assertThatThrownBy(() -> reads.search(SITE, regex(regex)))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("`regex` repeats too much");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
                "\\x{41}\\p{Greek}{3}|\\d{4}-\\d{2}-\\d{2}",
                "(\\w{1,20}\\.){3}\\w+",
                "[{]1000[}]",
                "\\{1000\\}{3}"
            })
    void anOrdinaryExpressionIsNot(String regex) throws Exception {
        assertThat(reads.search(SITE, regex(regex)).matches()).isEmpty();
    }

    @Test
    void aCursorOfSomethingElseIsRefused() {
        assertThatThrownBy(() -> reads.files(SITE, new FilesQuery("", null, 1, false, 1, "???")))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("`after` is no cursor");
        assertThatThrownBy(() -> reads.files(new WorkspaceName("other"), all()))
                .isInstanceOf(ReadRefused.class)
                .hasMessageContaining("There is no workspace `other`");
    }

    private static FilesQuery all() {
        return new FilesQuery("", null, 100, false, 1_000, null);
    }

    private static SearchQuery search(String text) {
        return new SearchQuery(text, false, false, "", null, false, 0, 100, null);
    }

    private static SearchQuery regex(String regex) {
        return new SearchQuery(regex, true, false, "", null, false, 0, 100, null);
    }

    private static List<String> paths(FileListing listing) {
        return listing.entries().stream().map(FileListing.Entry::path).toList();
    }

    private static List<Integer> lines(SearchResult found) {
        return found.matches().stream().map(SearchResult.Match::line).toList();
    }

    private void write(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private static String sha256(String content) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8)));
    }
}
