package dev.patchferry.runner.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which lines change between two texts: as few as can be, or all of them when there is no time to find out. */
class LineDiffTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void findsTheFewestChangesBetweenRandomTexts() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            TextLines before = lines(random);
            TextLines after = lines(random);

            LineDiff diff = LineDiff.of(before, after, Pace.within(LONG));

            assertThat(common(before, diff.gone)).as("seed %d", seed).isEqualTo(common(after, diff.fresh));
            assertThat(common(before, diff.gone).lines()).as("seed %d", seed).hasSize(longestCommon(before, after));
        }
    }

    @Test
    void Y16_withoutTimeEverythingBetweenTheCommonEndsIsReplaced() {
        byte[] before = utf8("a\nb\nc\nb\nd\n");
        byte[] after = utf8("a\nc\nb\nc\nd\n");
        ByteArrayOutputStream hunks = new ByteArrayOutputStream();

        Hunks.write(before, after, Pace.within(Duration.ZERO), hunks);

        assertThat(hunks.toString(StandardCharsets.UTF_8))
                .isEqualTo("@@ -1,5 +1,5 @@\n a\n-b\n-c\n-b\n+c\n+b\n+c\n d\n");
    }

    @Test
    void Y16_aHardPairOfTextsTakesNoLongerThanItMay() {
        Random random = new Random(1);
        byte[] before = shuffled(random);
        byte[] after = shuffled(random);
        long begun = System.nanoTime();

        Hunks.write(before, after, Pace.within(Duration.ofMillis(200)), new ByteArrayOutputStream());

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
    }

    private static byte[] shuffled(Random random) {
        return utf8(IntStream.range(0, 200_000)
                .map(_ -> random.nextInt(100_000))
                .mapToObj(line -> line + "\n")
                .collect(Collectors.joining()));
    }

    private static TextLines lines(Random random) {
        return TextLines.of(utf8(IntStream.range(0, random.nextInt(25))
                .mapToObj(_ -> random.nextInt(1 + random.nextInt(12)) + "\n")
                .collect(Collectors.joining())));
    }

    private static String common(TextLines lines, boolean[] changed) {
        return IntStream.range(0, lines.count())
                .filter(i -> !changed[i])
                .mapToObj(i -> text(lines, i))
                .collect(Collectors.joining());
    }

    private static String text(TextLines lines, int i) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        lines.writeLine(i, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static int longestCommon(TextLines a, TextLines b) {
        int[][] longest = new int[a.count() + 1][b.count() + 1];
        for (int i = 1; i <= a.count(); i++) {
            for (int j = 1; j <= b.count(); j++) {
                longest[i][j] = text(a, i - 1).equals(text(b, j - 1))
                        ? longest[i - 1][j - 1] + 1
                        : Math.max(longest[i - 1][j], longest[i][j - 1]);
            }
        }
        return longest[a.count()][b.count()];
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
