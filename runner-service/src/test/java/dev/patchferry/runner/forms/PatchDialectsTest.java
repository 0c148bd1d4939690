package dev.patchferry.runner.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What senders write beside what the forms ask for: it is done as it is meant, or refused, and never done by half. */
class PatchDialectsTest {
    private static final String HEAD = "--- a/f\n+++ b/f\n";

    @TempDir
    Path folder;

    static Stream<Arguments> meant() {
        String two = "import os\nx\n";
        return Stream.of(
                arguments(
                        "words in lower case",
                        "a\nc\n",
                        "f\n" + block("c", "C") + "\nf\n"
                                + block("a", "A").replace("SEARCH", "search").replace("REPLACE", "replace"),
                        "A\nC\n"),
                arguments(
                        "eleven signs",
                        "a\n",
                        "f\n" + block("a", "A").replaceAll("([<=>])\\1{6}", "$1$1$1$1$1$1$1$1$1$1$1"),
                        "A\n"),
                arguments(
                        "a blank line inside a hunk",
                        "a\nb\nc\n\nd\ne\n",
                        HEAD + "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n\n-d\n+D\n e\n",
                        "a\nB\nc\n\nD\ne\n"),
                arguments(
                        "lines behind a complete hunk",
                        "a\nb\nc\nd\n",
                        HEAD + "@@ -1,2 +1,3 @@\n a\n+new\n b\n c\n X\n",
                        "a\nnew\nb\nc\nd\n"),
                arguments(
                        "a hunk that changes nothing",
                        "a\nb\n",
                        HEAD + "@@ -1 +1 @@\n-zzz\n+zzz\n@@ -2 +2 @@\n-b\n+B\n",
                        "a\nB\n"),
                arguments(
                        "here-document through cat",
                        "a\n",
                        "cat <<'EOF' | git apply\n" + HEAD + "@@ -1 +1 @@\n-a\n+b\nEOF\n",
                        "b\n"),
                arguments(
                        "a tag for a fence",
                        two,
                        "f\n<source>python\n" + block("x", "y") + "</source>\n",
                        "import os\ny\n"),
                arguments(
                        "tags of a tool",
                        two,
                        "<replace_in_file>\n<path>f</path>\n<diff>\n" + block("x", "y")
                                + "</diff>\n</replace_in_file>\n",
                        "import os\ny\n"),
                arguments("numbers in front of lines", two, "f\n" + block("2 | x", "2 | y"), "import os\ny\n"),
                arguments("a label in bold", two, "**File:** `f`\n" + block("x", "y"), "import os\ny\n"),
                arguments(
                        "the end of a mail",
                        "a\n",
                        "From: A <a@b>\nSubject: [PATCH] x\n\n---\n f | 2 +-\n\ndiff --git a/f b/f\n" + HEAD
                                + "@@ -1 +1 @@\n-a\n+b\n-- \nSent from my desk\n",
                        "b\n"),
                arguments(
                        "carriage returns alone", "a\rb\rc\r", HEAD + "@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n", "a\rB\rc\r"),
                arguments(
                        "a patch with CRLF and no end",
                        "a\n",
                        (HEAD + "@@ -1 +1 @@\n-a\n+b").replace("\n", "\r\n"),
                        "b\n"),
                arguments(
                        "a number for an anchor",
                        "x\na\nx\na\n",
                        "*** Begin Patch\n*** Update File: f\n@@ line 4\n-a\n+b\n*** End Patch",
                        "x\na\nx\nb\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("meant")
    void doesWhatAPersonReadsAtOnce(String what, String before, String patch, String after) throws IOException {
        assertThat(send(Map.of("f", before), patch)).as(what).containsEntry("f", after);
    }

    static Stream<Arguments> unclear() {
        return Stream.of(
                arguments(
                        "a new file that lost marks",
                        "--- /dev/null\n+++ b/n\n@@ -0,0 +1,4 @@\n+line1\nline2\nline3\n"),
                arguments("an added line that lost its mark", HEAD + "@@ -1,2 +1,3 @@\n a\n-old\n+new1\nnew2\n"),
                arguments("the same in a chunk", "*** Begin Patch\n*** Update File: f\n@@\n-old\nnew\n*** End Patch"),
                arguments(
                        "conflict markers behind a block",
                        "f\n" + block("a", "A") + "<<<<<<< HEAD\nold\n=======\nx\n>>>>>>> y\n"),
                arguments(
                        "another file in a sentence",
                        "f\n" + block("a", "A") + "Since `g.py` has it, too:\n" + block("old", "x")),
                arguments("a deletion without lines", "--- a/f\n+++ /dev/null\n"),
                arguments("a deletion by a merge", "diff --cc f\nindex 1,2..0\ndeleted file mode 100644,100644\n"),
                arguments(
                        "a patch behind a patch",
                        "*** Begin Patch\n*** Update File: f\n@@\n-a\n+A\n*** End Patch\n" + HEAD
                                + "@@ -2 +2 @@\n-old\n+x\n"),
                arguments("a diff behind blocks", "f\n" + block("a", "A") + HEAD + "@@ -2 +2 @@\n-old\n+x\n"),
                arguments("a block behind a diff", HEAD + "@@ -1 +1 @@\n-a\n+A\n\nf\n" + block("old", "x")),
                arguments("a tool's mark in the new text", "f\n" + block("a", ":start_line:3\nA")),
                arguments("left-out code", "f\n" + block("a", "A\n// ... rest of the code unchanged")),
                arguments("left-out code in words", "f\n" + block("a", "A\n# existing code")),
                arguments(
                        "a commit log",
                        "commit " + "1".repeat(40) + "\nAuthor: a\n\n    x\n\ndiff --git a/f b/f\n" + HEAD
                                + "@@ -1 +1 @@\n-a\n+A\n\ncommit " + "2".repeat(40)
                                + "\nAuthor: a\n\ndiff --git a/f b/f\n" + HEAD
                                + "@@ -2 +2 @@\n-old\n+x\n"),
                arguments("two files under one name", HEAD + "@@ -1 +1 @@\n-a\n+A\n### g.py\n@@ -2 +2 @@\n-old\n+x\n"),
                arguments("a chunk twice", "*** Begin Patch\n*** Update File: f\n@@ a\n+b\n@@ a\n+b\n*** End Patch"),
                arguments("a name that is none", "--- -\n+++ -\n@@ -1 +1 @@\n-a\n+A\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unclear")
    void refusesWhatCannotBeTold(String what, String patch) throws IOException {
        Map<String, String> before = Map.of("f", "a\nold\n", "g.py", "a\nold\n");

        assertThat(send(before, patch)).as(what).isEqualTo(new TreeMap<>(before));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                        "b.py",
                        "File: b.py",
                        "In b.py:",
                        "// b.py",
                        "1. b.py:",
                        "b.py (new)",
                        "### `b.py`",
                        "Update b.py:")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("names")
    void findsTheNameOfABlockHoweverItIsWritten(String name) throws IOException {
        Map<String, String> files = Map.of("a.py", "import os\nx\n", "b.py", "import os\nz\n");

        assertThat(send(files, "a.py\n" + block("x", "X") + "\n" + name + "\n" + block("import os", "import re")))
                .containsEntry("a.py", "import os\nX\n")
                .containsEntry("b.py", "import re\nz\n");
    }

    private static String block(String search, String replace) {
        return "<<<<<<< SEARCH\n" + search + "\n=======\n" + replace + "\n>>>>>>> REPLACE\n";
    }

    private Map<String, String> send(Map<String, String> files, String patch) throws IOException {
        PatchBench bench = new PatchBench(folder);
        for (Map.Entry<String, String> file : files.entrySet()) {
            bench.workspace().file(file.getKey(), file.getValue(), StandardCharsets.UTF_8);
        }
        bench.send(patch);
        Map<String, String> after = new TreeMap<>();
        try (Stream<Path> found = Files.walk(bench.workspace().root())) {
            for (Path file : found.filter(Files::isRegularFile).toList()) {
                after.put(bench.workspace().root().relativize(file).toString(), Files.readString(file));
            }
        }
        return after;
    }
}
