package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.PatchLines;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The line above a hunk.
 *
 * @param text as it stands there
 * @param line the first old line; empty if it does not say
 * @param oldCount how many old lines there are; empty if it does not say
 * @param newCount how many new lines there are; empty if it does not say
 * @param heading what follows the numbers; may be empty
 */
record HunkHeader(String text, OptionalInt line, OptionalInt oldCount, OptionalInt newCount, String heading) {
    /** Of a hunk that has none. */
    static final HunkHeader MISSING =
            new HunkHeader("without a header", OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), "");

    private static final Pattern NUMBERS =
            Pattern.compile("@@+\\s*-(\\d{1,9})(?:,(\\d{1,9}))?\\s+\\+\\d{1,9}(?:,(\\d{1,9}))?\\s*(?:@@+(.*))?");
    private static final Pattern MERGE = Pattern.compile("@@@+ -\\d+(?:,\\d+)? -\\d+.*");
    private static final Pattern WORDS = Pattern.compile("@@+(.*?)(?:@@+(.*))?");

    static HunkHeader read(PatchLines lines) {
        String text = lines.peek();
        if (MERGE.matcher(text).matches()) {
            throw lines.fault(
                    "this is a combined diff of a merge, which cannot be applied; send a diff against one" + " parent");
        }
        lines.skip(1);
        Matcher numbers = NUMBERS.matcher(text.stripTrailing());
        if (numbers.matches()) {
            return new HunkHeader(
                    text,
                    number(numbers.group(1)),
                    OptionalInt.of(numbers.group(2) == null ? 1 : Integer.parseInt(numbers.group(2))),
                    OptionalInt.of(numbers.group(3) == null ? 1 : Integer.parseInt(numbers.group(3))),
                    heading(numbers.group(4)));
        }
        Matcher words = WORDS.matcher(text.stripTrailing());
        String heading = words.matches() ? heading(words.group(2)) + heading(words.group(1)) : "";
        return new HunkHeader(text, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), heading);
    }

    private static OptionalInt number(String digits) {
        return OptionalInt.of(Integer.parseInt(digits));
    }

    /** What may be a line of the file: not the dots that senders write for numbers. */
    private static String heading(@Nullable String text) {
        String heading = text == null ? "" : text.strip();
        return heading.codePoints().anyMatch(Character::isLetter) ? heading : "";
    }
}
