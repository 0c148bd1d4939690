package dev.patchferry.engine.edit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.patchferry.engine.plan.Replacement;
import dev.patchferry.engine.plan.Replacement.Matches;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What must hold for every edit, tried on many. */
class EditEngineRandomTest {
    private static final List<String> TEXTS =
            List.of("a", "b", "foo", "\n", "\n", "\r\n", "\r", " ", "\t", "é", "✅", "$1", "{", "(", ")", "\\", ".");
    private static final List<String> PATTERNS = List.of(
            "a", "b", "foo", "\n", "\r\n", "\\r?\\n", "(a)", "[^b]", "\\w+", "^", "$", "(?m)", "*", "|", "(", ")", "✅",
            ".");

    private final EditEngine engine = new EditEngine(() -> 0L);
    private final Random random = new Random(4_711);
    private int edited;

    @Test
    void answersEveryPatternAndKeepsCrlfFilesInCrlf() {
        for (int i = 0; i < 20_000; i++) {
            String file = some(TEXTS).replace("\r", "").replace("\n", "\r\n");
            Replacement hunk = new Replacement(
                    some(PATTERNS),
                    some(TEXTS).replace("\r", ""),
                    random.nextBoolean(),
                    random.nextBoolean() ? Matches.ALL : Matches.FIRST);
            switch (engine.edit(file.getBytes(StandardCharsets.UTF_8), List.of(hunk))) {
                case EditResult.Edited result -> {
                    String after = new String(result.bytes().toArray(), StandardCharsets.UTF_8);
                    assertEndsLinesAsBefore(file, after, hunk);
                }
                case EditResult.Refused(String reason) ->
                    assertThat(reason).isNotBlank().hasSizeLessThan(2_000);
            }
        }
        assertThat(edited).isGreaterThan(800);
    }

    @Test
    void findsEveryTextThatIsThereAndChangesNothingElse() {
        for (int i = 0; i < 20_000; i++) {
            String before = some(TEXTS);
            String after = some(TEXTS);
            String wanted = "<" + some(TEXTS) + ">";
            String file = before + wanted + after;
            Replacement hunk = new Replacement(wanted, "[here]", false, Matches.FIRST);
            assertThat(engine.edit(file.getBytes(StandardCharsets.UTF_8), List.of(hunk)))
                    .isInstanceOfSatisfying(
                            EditResult.Edited.class,
                            result -> assertThat(new String(result.bytes().toArray(), StandardCharsets.UTF_8))
                                    .isEqualTo(before + "[here]" + after));
        }
    }

    private void assertEndsLinesAsBefore(String file, String after, Replacement hunk) {
        edited++;
        if (file.contains("\n")) {
            assertThat(after.replace("\r\n", "")).as("%s in %s", hunk, file).doesNotContain("\n");
        }
    }

    private String some(List<String> parts) {
        return IntStream.rangeClosed(0, random.nextInt(6))
                .mapToObj(_ -> parts.get(random.nextInt(parts.size())))
                .collect(Collectors.joining());
    }
}
