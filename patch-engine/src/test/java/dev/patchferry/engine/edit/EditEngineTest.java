package dev.patchferry.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.engine.plan.Bytes;
import dev.patchferry.engine.plan.Replacement;
import dev.patchferry.engine.plan.Replacement.Matches;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EditEngineTest {
    /** Stands still, so that no slow machine turns an edit into a refusal. */
    private final EditEngine engine = new EditEngine(() -> 0L);

    @Test
    void replacesTheFirstMatchUnlessAllAreMeant() {
        assertEdited(edit("a b a b", text("a", "x")), "x b a b", "exact");
        assertEdited(edit("a b a b", new Replacement("a", "x", true, Matches.ALL)), "x b x b", "exact");
    }

    @Test
    void readsThePatternAsARegularExpressionThatCrossesLines() {
        assertEdited(
                edit("<h1>\nTitle\n</h1>\n<p>\n", text("<h1>(.*?)</h1>", "<h2>$1</h2>")),
                "<h2>\nTitle\n</h2>\n<p>\n",
                "regex");
    }

    @Test
    void takesAPatternThatDoesNotCompileLiterally() {
        assertEdited(edit("f(x[0] = 1;", text("f(x[0", "g(y[1")), "g(y[1] = 1;", "exact");
    }

    @Test
    void takesAPatternLiterallyThatMustNotBeAnExpression() {
        assertEdited(edit("axb a.b", new Replacement("a.b", "$&", false, Matches.FIRST)), "axb $&", "exact");
    }

    @Test
    void takesAnExpressionLiterallyThatOnlyOccursAsText() {
        assertEdited(edit("log(\"x\");\n", text("log(\"x\")", "warn(\"$1\")")), "warn(\"$1\");\n", "literal-not-regex");
    }

    @Test
    void makesReplacementsInOrderEachInWhatTheOneBeforeLeft() {
        assertEdited(edit("one", text("one", "two"), text("t(w)o", "$1")), "w", "exact, regex");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1-$2          | b-c",
                "$&$&           | abcabc",
                "${tail}        | c",
                "$$1            | $1",
                "$3             | $3",
                "$12            | b2",
                "${nobody} \"$0\" | ${nobody} \"$0\"",
                "\\g<1>\\g<tail> | bc",
                "$HOME $(pwd) $ | $HOME $(pwd) $",
                "\\\\n \\d.       | \\\\n \\d.",
                "f(\"\\n\")        | f(\"\\n\")"
            })
    void understandsADollarOnlyWhereThatGroupExists(String replacement, String expected) {
        assertEdited(edit("-abc-", text("a(b)(?<tail>c)", replacement)), "-" + expected + "-", "regex");
    }

    @Test
    void leavesOutAGroupThatTookNoPart() {
        assertEdited(edit("b", text("(a)?b", "[$1]")), "[]", "regex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".*",
                "^.*$",
                ".+",
                "^.+?$",
                "[\\s\\S]*",
                "[\\s\\S]+",
                "(.|\\n)+",
                ".{3,}",
                "\\S[\\s\\S]*",
                "x*",
                "^",
                "$",
                "()",
                "(?!x)",
                "|"
            })
    void refusesAPatternThatSaysNothing(String pattern) {
        assertRefused(edit("some text\n", text(pattern, "gone")), "matches any file, or nothing in particular");
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "\\S+", "\\S", "(?-s).+"})
    void refusesAPatternThatAllTogetherLeavesNothing(String pattern) {
        assertRefused(edit("some text\n", new Replacement(pattern, "gone", true, Matches.ALL)), "matches any file");
    }

    @Test
    void takesACatchAllAsTextWhenItIsSaidToBeText() {
        assertEdited(edit("a = .*;\n", new Replacement(".*", "b", false, Matches.FIRST)), "a = b;\n", "exact");
    }

    @Test
    void insertsAtAPlaceThatAnExpressionDescribes() {
        assertEdited(edit("a();\nb();\n", text("(?=b\\(\\))", "x();\n")), "a();\nx();\nb();\n", "regex");
    }

    @Test
    void refusesAMissWithTheNearestLines() {
        String file = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> i == 17 ? "\t  return compute(total, tax);" : "line number " + i + " of it")
                .collect(Collectors.joining("\n"));
        assertThat(refusal(edit(file, text("return compute(total);", "x"))))
                .contains("line 17 `\t  return compute(total, tax);`", "was not found", "exactly as it stands")
                .hasSizeLessThan(2_000);
    }

    @Test
    void keepsARefusalShortForLongLinesAndLongPatterns() {
        String line = "word ".repeat(2_000);
        assertThat(refusal(edit((line + "x\n").repeat(10), text(line + "y", "z"))))
                .hasSizeLessThan(2_000);
    }

    @Test
    void saysWhatTheEndsOfAnExpressionMean() {
        assertRefused(edit("a\nb\nc\n", text("^b+$", "x")), "(?m)");
    }

    @Test
    void saysThatAFileIsEmpty() {
        assertRefused(edit("", text("a", "b")), "The file is empty");
    }

    @Test
    void P46_seesThatAnEditIsAlreadyApplied() {
        assertEdited(edit("let b = 1;\n", text("let a = 1;", "let b = 1;")), "let b = 1;\n", "already-applied");
    }

    @Test
    void P46_doesNotTakeAPartOfAWordForTheReplacement() {
        assertRefused(edit("extra\n", text("y", "x")), "was not found");
    }

    @Test
    void P47_finishesAHalfAppliedEdit() {
        assertEdited(
                edit("b = 2\nc\n", text("b = 1", "b = 2"), text("c", "C")), "b = 2\nC\n", "exact, already-applied");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "debug = Flase      | debug = True | [a];debug = False;[b];debug = True",
                "color: gren        | color: red   | .x { color: red; };.y { color: blue; }",
                "zzz                | ;            | x = 1;",
                "false              | true         | debug = true;verbose = true",
                "x = 1              | x = 2        | def f():;  x = 2;def g():;  x = 3",
                "return load_it()   | }            | function f() {;  go();}"
            })
    void P46_doesNotTakeATextThatStandsSomewhereForTheReplacement(String old, String fresh, String lines) {
        String file = lines.replace(';', '\n') + "\n";
        assertRefused(edit(file, new Replacement(old, fresh, false, Matches.ONLY)), "was not found");
        assertRefused(edit(file, text(old, fresh)), "was not found");
    }

    @Test
    void P46_insertsNothingTwice() {
        Replacement insertion = new Replacement("import os\n", "import os\nimport sys\n", false, Matches.ONLY);
        assertEdited(edit("import os\nx\n", insertion), "import os\nimport sys\nx\n", "exact");
        assertEdited(edit("import os\nimport sys\nx\n", insertion), "import os\nimport sys\nx\n", "already-applied");
        assertEdited(edit("a = foo(bar)\n", text("foo", "foo(bar)")), "a = foo(bar)\n", "already-applied");
        assertEdited(edit("a = food\n", text("foo", "food_")), "a = food_d\n", "exact");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "init() # init(cfg) # def init_db():;init() # def init_db():;init(cfg)",
                "1.0 # 2.0 # port 180;version 1.0 # port 180;version 2.0",
                "arr[i] # arr[j] # arrive;x = arr[i] # arrive;x = arr[j]",
                "yes | no # ja | nein # yes sir;yes | no # yes sir;ja | nein",
                "obj.name # obj['$&$$'] # obj_name;obj.name # obj_name;obj['$&$$']"
            })
    void takesAPatternThatStandsInTheFileForText(String pattern, String fresh, String before, String after) {
        assertEdited(
                edit(before.replace(';', '\n'), text(pattern, fresh)), after.replace(';', '\n'), "literal-not-regex");
    }

    @Test
    void refusesAPatternThatIsTextInOneLineAndAnExpressionInAnother() {
        String file = "re = \"a.*b\"\nx = aXXb\n";
        assertRefused(edit(file, text("a.*b", "c")), "matches line 2; send \"regex\": false for the text");
        assertEdited(edit(file, new Replacement("a.*b", "c", false, Matches.FIRST)), "re = \"c\"\nx = aXXb\n", "exact");
        assertEdited(edit(file, expression("X+", "c")), "re = \"a.*b\"\nx = acb\n", "regex");
    }

    @Test
    void keepsADotInItsLineWhereTheExpressionMatchesSo() {
        assertEdited(
                edit("{\n \"v\": \"1\",\n \"n\": \"x\"\n}\n", text("\"v\": \".*\"", "\"v\": \"2\"")),
                "{\n \"v\": \"2\",\n \"n\": \"x\"\n}\n",
                "regex");
        assertEdited(
                edit("import x from 'x';\nimport R from 'r';\n", text("import .* from 'r'", "import Q from 'r'")),
                "import x from 'x';\nimport Q from 'r';\n",
                "regex");
    }

    @Test
    void refusesALazyDotThatMayCrossLinesOrNot() {
        String file = "<div>\n a\n</div>\n<div>b</div>\n";
        assertRefused(
                edit(file, text("<div>.*?</div>", "x")), "matches from line 1 on if its dot crosses lines, and line 4");
        assertEdited(edit(file, text("(?s)<div>.*?</div>", "x")), "x\n<div>b</div>\n", "regex");
        assertEdited(edit(file, text("(?-s)<div>.*?</div>", "x")), "<div>\n a\n</div>\nx\n", "regex");
    }

    @ParameterizedTest
    @ValueSource(strings = {".*<b[^>]*>.*?</b>.*", "(?s)import.*y;", "import[\\s\\S]*y;\\n", "^i.*;$"})
    void refusesAMatchOfTheWholeFile(String pattern) {
        assertRefused(edit("import x;\n<b style>Hi</b>\nexport y;\n", text(pattern, "z")), "covers the whole file");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\1", "${1}", "$<v>", "\\g<2>", "\\g<w>", "x\\n", "\\tx", "\\U$1\\E", "\\0", "$0", "\\k<v>"})
    void refusesAReplacementThatIsATemplateOfAnotherTool(String replacement) {
        assertRefused(edit("v = 12\n", text("v = (?<v>\\d+)", replacement)), "in the replacement");
    }

    @ParameterizedTest
    @ValueSource(strings = {"y\\nz", "\\1y", "y\\tz"})
    void refusesAnEscapeBesideAPatternThatIsText(String replacement) {
        assertRefused(edit("x = 1\n", text("x = 1", replacement)), "in the replacement may be text");
        assertEdited(
                edit("x = 1\n", new Replacement("x = 1", replacement, false, Matches.FIRST)),
                replacement + "\n",
                "exact");
    }

    @Test
    void breaksLinesWhereThePatternSpellsLineBreaks() {
        assertEdited(edit("os\n\nx\n", text("os\\n", "os\\n\\tsys\\n")), "os\n\tsys\n\nx\n", "regex");
    }

    @Test
    void replacesThePlaceWithTheNumberAndAsManyAsThereAre() {
        assertEdited(edit("a\na\na\n", counted("a", "b", Matches.NTH, 2)), "a\nb\na\n", "exact");
        assertRefused(edit("a\na\n", counted("a", "b", Matches.NTH, 3)), "stands in 2 places, in lines 1, 2, not in 3");
        assertEdited(edit("a\na\n", counted("a", "b", Matches.EXACTLY, 2)), "b\nb\n", "exact");
        assertRefused(edit("a\na\n", counted("a", "b", Matches.EXACTLY, 1)), "not in 1");
    }

    @Test
    void namesWhatHappenedToATextOnItsWay() {
        assertRefused(edit("a\nb\n", counted("a\\nb", "c", Matches.ONLY, 0)), "escaped twice");
        assertRefused(edit("a < b && c\n", counted("a &lt; b &amp;&amp; c", "c", Matches.ONLY, 0)), "escaped for HTML");
        assertRefused(edit("a\n", text("f(x[0", "g")), "does not compile (Unclosed");
        assertRefused(edit("a\n", expression("(a", "g")), "does not compile (Unclosed group");
    }

    @Test
    void P26_keepsTheLastLineFeedThatTheNewTextLeavesOut() {
        assertEdited(edit("a\nb\n", text("b\n", "B")), "a\nB\n", "exact");
        assertEdited(edit("a\nb\n", text("b\n", "")), "a\n", "exact");
    }

    @Test
    void refusesAnEditThatChangesNothing() {
        assertRefused(edit("a test\n", text("test", "test")), "leaves the file as it is");
        assertRefused(edit("a b\n", text("a", "x"), text("x", "a")), "undo each other");
    }

    @Test
    void makesAllReplacementsOrNone() {
        assertRefused(edit("a\n", text("a", "b"), text("zebra", "c")), "replacement 2 of 2: `zebra` was not found");
    }

    @Test
    void P23_keepsCrlfUnderAPatchWithLineFeeds() {
        assertEdited(edit("a\r\nb\r\nc\r\n", text("a\nb", "x\ny\nz")), "x\r\ny\r\nz\r\nc\r\n", "line-endings");
        assertEdited(edit("a(\r\nb\r\nc\r\n", text("a\\(\\r?\\nb", "x\n")), "x\r\n\r\nc\r\n", "regex");
        assertEdited(edit("a\r\nb", text("b", "c")), "a\r\nc", "exact");
    }

    @Test
    void P24_keepsLineFeedsUnderAPatchWithCrlf() {
        assertEdited(edit("a\nb\nc\n", text("a\r\nb", "x\r\ny")), "x\ny\nc\n", "line-endings");
        assertEdited(edit("a\nb\n", text("(a)\r\n", "$1\r\nx\r\n")), "a\nx\nb\n", "regex");
    }

    @Test
    void P25_keepsMixedLineEndingsAndLoneReturns() {
        assertEdited(edit("a\r\nb\nc\rd\n", text("c\rd", "C\rD")), "a\r\nb\nC\rD\n", "exact");
        assertEdited(edit("a\r\nb\nc\n", text("a\nb", "x\ny")), "x\r\ny\nc\n", "line-endings");
        assertEdited(edit("a\r\r\nb\r\n", text("b", "c")), "a\r\r\nc\r\n", "exact");
    }

    @Test
    void P26_keepsTheEndOfTheFileAsItIs() {
        assertEdited(edit("a\nb", text("b", "c")), "a\nc", "exact");
        assertEdited(edit("a\nb\n", text("b", "c")), "a\nc\n", "exact");
        assertEdited(edit("one", text("one", "two\n")), "two\n", "exact");
    }

    @Test
    void P27_keepsTheByteOrderMarkAndMatchesBehindIt() {
        assertEdited(edit("\uFEFFname: a\n", text("^name: (\\w)", "title: $1")), "\uFEFFtitle: a\n", "regex");
    }

    @Test
    void P28_refusesWhatIsNotUtf8() {
        EditResult latin1 = engine.edit("caf\u00e9".getBytes(StandardCharsets.ISO_8859_1), List.of(text("caf", "x")));
        EditResult utf16 = engine.edit("cafe".getBytes(StandardCharsets.UTF_16LE), List.of(text("caf", "x")));
        assertRefused(latin1, "not UTF-8");
        assertRefused(utf16, "not text");
    }

    @Test
    void P30_refusesToTakeACharacterApart() {
        assertRefused(edit("✅🎉", text("(?=\\x{DF89})", "x")), "was not found");
    }

    @Test
    void P33_P34_worksOnFilesOfNothingButLineBreaks() {
        assertEdited(edit("\n\n\n", text("\n\n\n", "x\n")), "x\n", "exact");
    }

    @Test
    void P35_refusesFilesOver10MiBBeforeAndAfter() {
        byte[] large = new byte[EditEngine.MAX_BYTES + 1];
        Arrays.fill(large, (byte) 'a');
        assertRefused(engine.edit(large, List.of(text("a", "b"))), "longer than 10 MiB");
        assertRefused(
                edit("a".repeat(5_000_000), new Replacement("a", "bcd", false, Matches.ALL)), "longer than 10 MiB");
        assertRefused(edit("a".repeat(4_000_000), new Replacement("a", "✅", false, Matches.ALL)), "longer than 10 MiB");
        assertRefused(edit("ab".repeat(2_000_000), text("(ab)+", "$&".repeat(300_000))), "longer than 10 MiB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+\\1b", "([ab]+)*\\1c", "(.*a){20}b"})
    void P50_stopsAPatternThatRunsAway(String pattern) {
        AtomicLong now = new AtomicLong();
        EditEngine hurried = new EditEngine(() -> now.addAndGet(10_000_000));
        byte[] file = ("a".repeat(40) + "!").getBytes(StandardCharsets.UTF_8);
        assertRefused(hurried.edit(file, List.of(text(pattern, "x"))), "took longer than 2 s");
    }

    @Test
    void P50_makesASmallEditHoweverLongItHadToWait() {
        AtomicLong now = new AtomicLong();
        EditEngine starved = new EditEngine(() -> now.addAndGet(60_000_000_000L));
        assertEdited(starved.edit(bytes("a b\nc\n"), List.of(text("b", "B"))), "a B\nc\n", "exact");
        assertEdited(starved.edit(bytes("a b\nc\n"), List.of(text("c", "C"))), "a b\nC\n", "exact");
    }

    @Test
    void P50_stopsALiteralSearchThatRunsAway() {
        AtomicLong now = new AtomicLong();
        EditEngine hurried = new EditEngine(() -> now.addAndGet(10_000_000));
        byte[] file = "a".repeat(8_000_000).getBytes(StandardCharsets.UTF_8);
        Replacement bomb = new Replacement("b" + "a".repeat(500_000), "x", false, Matches.FIRST);
        assertRefused(hurried.edit(file, List.of(bomb)), "took longer than 2 s");
    }

    @Test
    void P50_stopsThousandsOfReplacementsInALargeFile() {
        AtomicLong now = new AtomicLong();
        EditEngine hurried = new EditEngine(() -> now.addAndGet(10_000_000));
        byte[] file = "ab\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        assertRefused(hurried.edit(file, Collections.nCopies(5_000, text("a", "a1"))), "took longer than 2 s");
    }

    @Test
    void P50_stopsAReplacementThatIsMuchWorkForNothing() {
        AtomicLong now = new AtomicLong();
        EditEngine hurried = new EditEngine(() -> now.addAndGet(10_000_000));
        byte[] file = "ab".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        Replacement bomb = new Replacement("(x?)b", "$1".repeat(10_000), true, Matches.ALL);
        assertRefused(hurried.edit(file, List.of(bomb)), "took longer than 2 s");
    }

    @Test
    void P50_survivesAPatternThatWouldFillTheStack() {
        assertRefused(edit("ab".repeat(1_000_000) + "c", text("x?(a|b)*d", "y")), "");
        assertRefused(edit("a", text("(".repeat(9_000) + "a" + ")".repeat(9_000), "y")), "");
    }

    private EditResult edit(String content, Replacement... hunks) {
        return engine.edit(content.getBytes(StandardCharsets.UTF_8), List.of(hunks));
    }

    private static byte[] bytes(String content) {
        return content.getBytes(StandardCharsets.UTF_8);
    }

    private static Replacement text(String pattern, String replacement) {
        return new Replacement(pattern, replacement, true, Matches.FIRST);
    }

    private static Replacement expression(String pattern, String replacement) {
        return new Replacement(pattern, replacement, Replacement.Reading.EXPRESSION, Matches.FIRST, 0);
    }

    private static Replacement counted(String pattern, String replacement, Matches matches, int count) {
        return new Replacement(pattern, replacement, Replacement.Reading.TEXT, matches, count);
    }

    private static void assertEdited(EditResult result, String content, String grade) {
        assertThat(result).isEqualTo(new EditResult.Edited(Bytes.utf8(content), grade));
    }

    private static void assertRefused(EditResult result, String words) {
        assertThat(refusal(result)).contains(words);
    }

    private static String refusal(EditResult result) {
        assertThat(result).isInstanceOf(EditResult.Refused.class);
        return ((EditResult.Refused) result).reason();
    }
}
