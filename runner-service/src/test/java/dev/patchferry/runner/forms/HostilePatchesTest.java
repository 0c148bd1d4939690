package dev.patchferry.runner.forms;

import static dev.patchferry.runner.forms.PatchBench.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patches that are wrong, unlucky or meant to do harm, in every form that can say them. */
class HostilePatchesTest {
    private static final String TWICE = "def f():\n    x = 1\n    return x\n\ndef g():\n    x = 1\n    return x\n";

    @TempDir
    Path folder;

    private PatchBench bench;

    /** One change of the lines of one file, as each form says it. */
    enum Form {
        UNIFIED_DIFF {
            @Override
            String change(String path, String context, String old, String fresh) {
                return "--- a/" + path + "\n+++ b/" + path + "\n@@ @@\n" + lines(" ", context) + lines("-", old)
                        + lines("+", fresh);
            }
        },
        APPLY_PATCH {
            @Override
            String change(String path, String context, String old, String fresh) {
                return "*** Begin Patch\n*** Update File: " + path + "\n@@\n" + lines(" ", context) + lines("-", old)
                        + lines("+", fresh) + "*** End Patch\n";
            }
        },
        SEARCH_REPLACE {
            @Override
            String change(String path, String context, String old, String fresh) {
                return path + "\n<<<<<<< SEARCH\n" + context + old + "=======\n" + context + fresh
                        + ">>>>>>> REPLACE\n";
            }
        };

        abstract String change(String path, String context, String old, String fresh);

        static String lines(String sign, String text) {
            return text.lines().map(line -> sign + line + "\n").collect(Collectors.joining());
        }
    }

    @BeforeEach
    void setUp() throws IOException {
        bench = new PatchBench(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/x", "C:\\x", "a\\..\\x", ".git/config", "sub/.GIT/x", "git~1/x"})
    void P1_to_P7_everyFormRefusesAPathOutsideOrInGit(String path) throws IOException {
        for (Form form : Form.values()) {
            assertThat(bench.refusal(form.change(path, "", "a\n", "b\n"))).contains("path");
        }
    }

    @Test
    void P11_refusesTwoPathsThatDifferInCaseAlone() throws IOException {
        assertThat(bench.refusal(
                        "*** Begin Patch\n*** Add File: Read.me\n+a\n*** Add File: read.ME\n+b\n*** End Patch"))
                .contains("`Read.me` and `read.ME` are one file where case");
    }

    @Test
    void P12_refusesTwoPathsThatDifferInCompositionAlone() throws IOException {
        assertThat(bench.refusal("*** Begin Patch\n*** Add File: \u00E4\n+a\n*** Add File: a\u0308\n+b\n*** End Patch"))
                .contains("are one file where case or the composition of letters");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P23_P24_keepsTheLineEndingsOfTheFile(Form form) throws IOException {
        bench.workspace().file("crlf", "a\r\nb\r\n").file("lf", "a\nb\n");

        bench.apply(form.change("crlf", "a\n", "b\n", "B\nC\n"));
        bench.apply(form.change("lf", "a\n", "b\n", "B\nC\n").replace("\n", "\r\n"));

        assertContent("crlf", "a\r\nB\r\nC\r\n");
        assertContent("lf", "a\nB\nC\n");
    }

    /** The file with and without a final newline, under each of the four diffs, at its end and above it. */
    @ParameterizedTest
    @CsvSource({
        "true,  true,  true,  true",
        "true,  true,  false, false",
        "true,  false, true,  true",
        "true,  false, false, true",
        "false, true,  true,  false",
        "false, true,  false, false",
        "false, false, true,  true",
        "false, false, false, false"
    })
    void P26_endsTheFileAsTheDiffSaysOrAsItWas(boolean file, boolean old, boolean fresh, boolean expected)
            throws IOException {
        String none = "\\ No newline at end of file\n";
        bench.workspace().file("f", "a\nb" + (file ? "\n" : ""));

        bench.apply("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n" + (old ? "" : none) + "+B\n" + (fresh ? "" : none));

        assertContent("f", "a\nB" + (expected ? "\n" : ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb\nc\nd", "a\nb\nc\nd\n"})
    void P26_leavesTheEndAloneWhereTheChangeIsAbove(String content) throws IOException {
        for (Form form : Form.values()) {
            bench.workspace().file("f", content);
            bench.apply(form.change("f", "a\n", "b\n", "B\n"));
            assertContent("f", content.replace("b", "B"));
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P28_keepsEveryByteThatIsNoUtf8(Form form) throws IOException {
        bench.workspace().file("f", "\u00FF\u00FE\na\nb\n\u00E9\n", StandardCharsets.ISO_8859_1);

        bench.apply(form.change("f", "a\n", "b\n", "\u00E4\n"));

        assertThat(Files.readAllBytes(bench.workspace().root().resolve("f")))
                .isEqualTo("\u00FF\u00FE\na\n\u00C3\u00A4\n\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P29_readsTypographyAndCompositionAsTheSame(Form form) throws IOException {
        bench.workspace().file("f", "\u201Ccaf\u00E9\u201D \u2013\u00A0x\nold\n");

        assertThat(bench.apply(form.change("f", "\"cafe\u0301\" - x\n", "old\n", "new\n")))
                .containsExactly("unicode");
        assertContent("f", "\u201Ccaf\u00E9\u201D \u2013\u00A0x\nnew\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P31_refusesABinaryFile(Form form) throws IOException {
        bench.workspace().file("f", "\0a\n");

        assertThat(bench.refusal(form.change("f", "", "a\n", "b\n"))).contains("the file is not text");
    }

    @Test
    void P32_verifiesBinaryContentByItsHash() throws IOException {
        bench.workspace().file("f", "\0a\n");
        String ids = "0".repeat(40) + ".." + "1".repeat(40);

        assertThat(bench.refusal("diff --git a/f b/f\nindex " + ids
                        + " 100644\nGIT binary patch\nliteral 4\nLc$_OqttbHi1ZM%p\n\n"))
                .contains("the binary content of `f` is not what its `index` line promises");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P33_P34_worksOnFilesOfNextToNothing(Form form) throws IOException {
        bench.workspace().file("empty", "").file("feeds", "\n\n");

        assertThat(bench.refusal(form.change("empty", "", "a\n", "b\n"))).contains("The file is empty");
        assertThat(bench.refusal(form.change("feeds", "", "a\n", "b\n"))).contains("does not fit");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P36_editsBesideALineOf5MiB(Form form) throws IOException {
        String line = "x".repeat(5 << 20);
        bench.workspace().file("f", line + "\na\nb\n");

        bench.apply(form.change("f", "a\n", "b\n", "B\n"));

        assertContent("f", line + "\na\nB\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P37_givesNewLinesTheIndentationOfTheFile(Form form) throws IOException {
        bench.workspace().file("f", "\t\tif a:\n\t\tb()\n");

        assertThat(bench.apply(form.change("f", "\tif a:\n", "\tb()\n", "\tc()\n")))
                .containsExactly("indentation");
        assertContent("f", "\t\tif a:\n\t\tc()\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P38_takesMarkersInALineForText(Form form) throws IOException {
        bench.workspace().file("f", "*** End Patch\n@@ -1 +1 @@\n");

        bench.apply(form.change("f", "*** End Patch\n", "@@ -1 +1 @@\n", "--- a/f\n"));

        assertContent("f", "*** End Patch\n--- a/f\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P39_refusesWhatFitsInTwoPlacesAndNamesBoth(Form form) throws IOException {
        bench.workspace().file("m.py", TWICE);

        assertThat(bench.refusal(form.change("m.py", "    x = 1\n", "    return x\n", "    return 2\n")))
                .contains("fits in 2 places", "line 2 (after `def f():`)", "line 6 (after `def g():`)")
                .contains("more lines of context");
    }

    @Test
    void P39_refusesAnOldTextThatStandsInTwoPlaces() throws IOException {
        bench.workspace().file("m.py", TWICE);
        var document = JsonNodeFactory.instance.objectNode().put("id", "x");
        document.putArray("mutations")
                .addObject()
                .put("path", "m.py")
                .put("old", "return x")
                .put("new", "return 2");

        assertThat(refusal(bench.send(document))).contains("stands in 2 places, in lines 3, 7");
    }

    @Test
    void P40_P41_takesThePlaceThatTheAnchorsName() throws IOException {
        bench.workspace().file("m.py", "class A:\n" + TWICE.indent(2) + "class B:\n" + TWICE.indent(2));

        assertThat(bench.apply("*** Begin Patch\n*** Update File: m.py\n@@ class B:\n@@ def f():\n-    return x\n"
                        + "+    return 2\n*** End Patch"))
                .containsExactlyInAnyOrder("indentation", "anchor");
        assertThat(Files.readString(bench.workspace().root().resolve("m.py")))
                .containsOnlyOnce("return 2")
                .contains("class B:\n  def f():\n      x = 1\n      return 2\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"@@ @@", "@@", "@@ -7,1 +70,9 @@", "@@ -1 +1 @@", "@@ ... @@", "@@ -a,b +c,d @@ x"})
    void P42_findsTheLinesWhateverTheNumbersSay(String header) throws IOException {
        bench.workspace().file("f", "one\ntwo\nthree\nfour\n");

        bench.apply("--- a/f\n+++ b/f\n" + header + "\n two\n-three\n+THREE\n four\n");

        assertContent("f", "one\ntwo\nTHREE\nfour\n");
    }

    @Test
    void P43_P44_appliesHunksOutOfOrderAndAFileTwice() throws IOException {
        bench.workspace().file("f", "one\ntwo\nthree\n");
        String names = "--- a/f\n+++ b/f\n";

        bench.apply(names + "@@ -3 +3 @@\n-three\n+3\n@@ -1 +1 @@\n-one\n+1\n" + names + "@@ -1 +1 @@\n-1\n+I\n");

        assertContent("f", "I\ntwo\n3\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P46_P47_recognisesWhatIsAppliedAlreadyAndFinishesTheRest(Form form) throws IOException {
        bench.workspace().file("f", "one\nTWO\nthree\nfour\n");
        String both = form == Form.SEARCH_REPLACE
                ? form.change("f", "one\n", "two\n", "TWO\n") + form.change("f", "three\n", "four\n", "FOUR\n")
                : form.change("f", "one\n", "two\n", "TWO\n").replace("+TWO\n", "+TWO\n@@\n three\n-four\n+FOUR\n");

        assertThat(bench.apply(both)).contains("exact", "already-applied");
        assertContent("f", "one\nTWO\nthree\nFOUR\n");
        assertThat(bench.apply(both)).containsExactly("already-applied");
        assertContent("f", "one\nTWO\nthree\nFOUR\n");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P48_findsLinesThatMoved2000Lines(Form form) throws IOException {
        String above = numbered(2_000);
        bench.workspace().file("f", above + "one\ntwo\n");

        bench.apply(form.change("f", "one\n", "two\n", "TWO\n"));

        assertContent("f", above + "one\nTWO\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"```\n%s\n```", "~~~~text\n%s\n~~~~", "\n\n  %s", "\uFEFF%s"})
    void P49_readsAPatchInAFence(String around) throws IOException {
        bench.workspace().file("f", "one\n");

        bench.apply(around.formatted(
                Form.APPLY_PATCH.change("f", "", "one\n", "1\n").strip()));

        assertContent("f", "1\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*** Begin Patch\n*** End Patch",
                "*** Begin Patch\n",
                "diff --git a/f b/f\n",
                "--- a/f\n+++ b/f\n",
                "<<<<<<< SEARCH\n",
                "*** Begin Patch\n*** Update File: f\n*** End Patch",
                "f\n<<<<<<< SEARCH\n=======\n>>>>>>> REPLACE"
            })
    void P49_refusesAPatchOfNothingAndSaysWhatIsMissing(String patch) throws IOException {
        bench.workspace().file("f", "one\n");

        assertThat(bench.refusal(patch)).hasSizeBetween(30, 2_000);
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void P50_endsInTimeOnLinesThatAreAllTheSame(Form form) throws IOException {
        bench.workspace().file("f", "x\n".repeat(1_000_000));
        String patch = form.change("f", "x\n".repeat(150_000), "x\n", "y\n");

        Assertions.assertTimeout(
                Duration.ofSeconds(20), () -> assertThat(bench.refusal(patch)).isNotBlank());
    }

    @Test
    void P50_endsInTimeOnThousandsOfHunksThatFitNowhere() throws IOException {
        bench.workspace().file("f", numbered(100_000));
        String hunks = IntStream.range(0, 4_900)
                .mapToObj(i -> "@@ @@\n line " + i + "\n-not there\n+new\n")
                .collect(Collectors.joining());

        Assertions.assertTimeout(
                Duration.ofSeconds(20),
                () -> assertThat(bench.refusal("--- a/f\n+++ b/f\n" + hunks)).contains("4899 more did not fit"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*** Begin Patch\n*** Add File: f\n%1$s\n*** End Patch|\n",
                "*** Begin Patch\n*** Update File: f\n@@\n-a\n%1$s\n*** End Patch| *** End Patch\n",
                "*** Begin Patch\n*** Update File: f\n%1$s\n*** End Patch|@@ x\n",
                "f\n%1$s|<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>>> REPLACE\n",
                "f\n<<<<<<< SEARCH\n%1$s\n>>>>>>> REPLACE|=======\n",
                "%1$s\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE|:",
                "diff --git a/%1$s b/f\n| x",
                "--- a/f%1$sx\n+++ b/f\n@@ @@\n-a\n+b\n| ",
                "%1$s|diff --git a/x b/x\nnew file mode 100644\n",
                "--- a/f\n+++ b/f\n%1$s|@@ -1,9 +1,9 @@\n\n",
                "--- a/f\n+++ b/f\n@@ -1 +1 @@\n-a\n+b\n%1$s|\n",
                "```%1$s`\nx\n```|a",
                "git apply%1$sx <<EOF\nEOF| -p1"
            })
    void P50_readsAMegabyteOfAnythingInTime(String pattern) {
        String part = pattern.substring(pattern.lastIndexOf('|') + 1);
        String patch = pattern.substring(0, pattern.lastIndexOf('|')).formatted(part.repeat((1 << 20) / part.length()));

        Assertions.assertTimeout(
                Duration.ofSeconds(20), () -> assertThat(bench.send(patch)).isNotNull());
    }

    @Test
    void P50_refusesMoreHunksThanOnePatchMayHave() throws IOException {
        String hunks = "@@ @@\n-a\n+b\n".repeat(10_000);

        assertThat(bench.refusal("--- a/f\n+++ b/f\n" + hunks)).contains("10000 edits are too many");
    }

    @Test
    void P51_changesTheExecutableBitAlone() throws IOException {
        bench.workspace().file("run", "a\n").mode("run", "rw-r-----");

        bench.apply("diff --git a/run b/run\nold mode 100644\nnew mode 100755\n");
        assertThat(bench.workspace().content()).containsExactly("rwxr-x--- run \"a\n\"");

        bench.apply(
                "diff --git a/run b/run\nold mode 100755\nnew mode 100644\n--- a/run\n+++ b/run\n@@ -1 +1 @@\n-a\n+b\n");
        assertThat(bench.workspace().content()).containsExactly("rw-r----- run \"b\n\"");
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void tellsAModelWhatIsThereInsteadInUnder2000Characters(Form form) throws IOException {
        bench.workspace().file("f", numbered(50) + "total = sum(prices) * 1.2\nreturn total\n" + "long ".repeat(900));

        assertThat(bench.refusal(form.change(
                        "f", "total = sum(prices)\n", "return total\n" + "long ".repeat(900) + "!\n", "x\n")))
                .contains("does not fit", "total = sum(prices) * 1.2", "52: return total", "exactly as they stand")
                .hasSizeLessThan(2_000);
    }

    private static String numbered(int lines) {
        return IntStream.range(0, lines).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining());
    }

    private void assertContent(String path, String content) throws IOException {
        assertThat(List.of(Files.readString(bench.workspace().root().resolve(path))))
                .containsExactly(content);
    }
}
