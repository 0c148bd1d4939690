package dev.patchferry.engine.format;

import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a file's permissions as senders write them: octal digits, in a string or spelt as a number. */
final class FileMode {
    private static final Pattern OCTAL = Pattern.compile("(?:0|0o|100)?([0-7]{3})");

    private FileMode() {}

    /** The mode that stands here; empty when none does, or when it is none, and then the draft is rejected. */
    static OptionalInt read(JsonField at, PlanBuilder planBuilder) {
        if (!at.isPresent()) {
            return OptionalInt.empty();
        }
        Matcher octal = OCTAL.matcher(at.value().asText());
        if (!octal.matches() || (at.value().isNumber() && !looksOctal(octal.group(1)))) {
            planBuilder.reject(
                    at, "must be octal digits in a string, such as \"0644\", without set-user-id or sticky bits");
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(octal.group(1), 8));
    }

    /**
     * 644 is meant as it reads, but 420 is what 0644 becomes in a sender that has octal literals. Nobody gives a group
     * what its owner may not do, so digits that rise were not meant as octal.
     */
    private static boolean looksOctal(String digits) {
        return covers(digits.charAt(0), digits.charAt(1)) && covers(digits.charAt(1), digits.charAt(2));
    }

    private static boolean covers(char wider, char narrower) {
        return (narrower & ~wider & 7) == 0;
    }
}
