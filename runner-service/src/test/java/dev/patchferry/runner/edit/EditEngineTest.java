package dev.patchferry.runner.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.runner.plan.Bytes;
import dev.patchferry.runner.plan.Replacement;
import dev.patchferry.runner.plan.Replacement.Matches;
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
                edit("<h1>\nTitle\n</h1>\n", text("<h1>(.*?)</h1>", "<h2>$1</h2>")), "<h2>\nTitle\n</h2>\n", "regex");
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
                "${nobody} ${1} | ${nobody} ${1}",
                "$HOME $(pwd) $ | $HOME $(pwd) $",
                "\\1\\n         | \\1\\n"
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
        assertEdited(edit("B\nc\n", text("b", "B"), text("c", "C")), "B\nC\n", "exact, already-applied");
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
        assertEdited(edit("a(\r\nb\r\n", text("a\\(\\r?\\nb", "x\n")), "x\r\n\r\n", "regex");
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
