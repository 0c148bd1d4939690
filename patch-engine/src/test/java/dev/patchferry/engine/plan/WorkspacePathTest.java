package dev.patchferry.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that must not pass, by their numbers in the list of hostile cases, and those that must. */
class WorkspacePathTest {
    private static final String ROOT = "/srv/ws";

    @ParameterizedTest
    @ValueSource(strings = {"../x", "..", "./../x", "/srv/ws/../x"})
    void P1_refusesThePathToAParent(String path) {
        assertRefused(path, "..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/../../x", "a/..", "a/../b", "/srv/ws/a/../../../etc/x"})
    void P2_refusesAParentOnTheWay(String path) {
        assertRefused(path, "..");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/x", "/", "//srv/ws/x", "/srv/ws", "/srv/wsx/a", "/srv", "/SRV/ws/a"})
    void P3_refusesAbsolutePathsOutsideOfTheWorkspace(String path) {
        assertRefused(path, "must lie in the workspace /srv/ws");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~/x", "~"})
    void P3_refusesThePathToAHome(String path) {
        assertRefused(path, "home directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C:\\x", "C:x", "c:/x", "\\\\srv\\x", "a\\..\\x", "a\\b"})
    void P4_refusesPathsOfWindows(String path) {
        assertRefused(path, "written with /");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a\0b", "a\nb", "a\rb", "a\tb", "a\u001b[2Jb", "a\u007fb", "a\u0085b", "a\u2028b", "a\ud800b"})
    void P5_refusesControlCharactersAndLineBreaks(String path) {
        assertRefused(path, "control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "./", "a/", "a//b", "a/./b", "a/.", "/srv/ws/", "/srv/ws//etc/x"})
    void P6_refusesEmptyAndDotSegments(String path) {
        assertRefused(path, "a path must");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".git",
                ".git/config",
                ".git/hooks/pre-commit",
                "a/.git/config",
                "./.git/config",
                "/srv/ws/.git/config",
                ".GIT/config",
                ".Git",
                "git~1/config",
                "GIT~1",
                ".git.",
                ".git /config",
                ".git . ./config",
                ".git::$INDEX_ALLOCATION/config",
                ".g\u200cit/config",
                ".\ufeffgit",
                ".git\u00ad",
                "\u200b.git",
                ".g\u2060it",
                ".gi\ufe0ft",
                ".g\udb40\udc41it",
                "g\u200dit~1"
            })
    void P7_refusesEverySpellingOfAGitDirectory(String path) {
        assertRefused(path, ".git directory");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".gitignore", ".github/workflows/ci.yml", ".gitmodules", "git/config", "a.git/config", "git~10"})
    void P8_letsFilesPassThatOnlyBeginLikeAGitDirectory(String path) {
        assertAccepted(path, path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a b/c d.txt", "\"quoted\"", "$(date)", "-rf", "ä/Ö.txt", "docs/✅.md", "ab:c", "🏳️‍🌈.txt"})
    void P9_takesUnusualNamesAsTheyAre(String path) {
        assertAccepted(path, path);
    }

    @Test
    void P10_refusesSegmentsOver255Bytes() {
        assertAccepted("a/" + "x".repeat(255), "a/" + "x".repeat(255));
        assertRefused("a/" + "x".repeat(256), "255 bytes");
        assertRefused("ä".repeat(128), "255 bytes");
    }

    @Test
    void P10_refusesPathsOver4096Bytes() {
        String longest = "d/".repeat(2047) + "ff";
        assertThat(longest).hasSize(4096);
        assertAccepted(longest, longest);
        assertRefused("d/".repeat(2047) + "fff", "4096 bytes");
    }

    @Test
    void dropsADotInFrontAndTheWorkspaceItself() {
        assertAccepted("./a/b.txt", "a/b.txt");
        assertAccepted("././a", "a");
        assertAccepted("/srv/ws/a/b.txt", "a/b.txt");
        assertThat(WorkspacePath.of("/srv/ws/a", "/srv/ws/")).isEqualTo(valid("a"));
        assertThat(WorkspacePath.of("/a", "/")).isEqualTo(valid("a"));
    }

    @Test
    void namesItsParts() {
        assertThat(new WorkspacePath("a/b/c.txt").parents()).containsExactly("a", "b");
        assertThat(new WorkspacePath("a/b/c.txt").name()).isEqualTo("c.txt");
        assertThat(new WorkspacePath("c.txt").parents()).isEmpty();
    }

    @Test
    void cannotBeMadeOfWhatTheFactoryRefuses() {
        for (String path : List.of("/etc/x", "../x", "./a", "a/", ".git/x", "")) {
            assertThatIllegalArgumentException().isThrownBy(() -> new WorkspacePath(path));
        }
    }

    /** Puts together 200,000 paths of all that is dangerous about paths; those that pass must lie inside. */
    @Test
    void neverLetsAnythingOut() {
        List<String> parts = List.of(
                "/",
                "/",
                "/",
                ".",
                "..",
                "...",
                "a",
                ".git",
                "git~1",
                ".GiT",
                " ",
                "\\",
                "~",
                "\u200d",
                "\0",
                "\n",
                "C:",
                "srv",
                "ws",
                "/srv/ws/",
                "./",
                "../",
                "é",
                "\ud83d",
                "\ude00",
                "x".repeat(200),
                ":",
                "$");
        Random random = new Random(20_261_122);
        for (int i = 0; i < 200_000; i++) {
            String raw = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToObj(_ -> parts.get(random.nextInt(parts.size())))
                    .collect(Collectors.joining());
            if (WorkspacePath.of(raw, ROOT) instanceof PathReading.Valid(WorkspacePath path)) {
                assertStaysInside(path, raw);
            }
        }
    }

    /** Whatever was read, a walk along it goes down with every step, through no git directory. */
    private static void assertStaysInside(WorkspacePath path, String raw) {
        assertThat(path.value().split("/", -1))
                .as(raw)
                .isNotEmpty()
                .allSatisfy(segment -> assertThat(segment)
                        .isNotEmpty()
                        .isNotIn(".", "..")
                        .isNotEqualToIgnoringCase(".git")
                        .isNotEqualToIgnoringCase("git~1")
                        .doesNotContain("\\", "\0", "\n"));
        assertThat(path.value().getBytes(StandardCharsets.UTF_8).length).as(raw).isLessThanOrEqualTo(4096);
    }

    private static void assertAccepted(String raw, String value) {
        assertThat(WorkspacePath.of(raw, ROOT)).isEqualTo(valid(value));
    }

    private static void assertRefused(String raw, String words) {
        assertThat(WorkspacePath.of(raw, ROOT))
                .isInstanceOfSatisfying(
                        PathReading.Invalid.class,
                        invalid -> assertThat(invalid.reason()).contains(words));
    }

    private static PathReading valid(String value) {
        return new PathReading.Valid(new WorkspacePath(value));
    }
}
