package dev.patchferry.engine.edit;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** How much two lines may differ and still count as the same; each pass forgives more than the one before it. */
enum MatchLevel {
    EXACT(Grade.EXACT),
    LINE_ENDINGS(Grade.LINE_ENDINGS),
    TRAILING_SPACE(Grade.TRAILING_SPACE),
    INDENTATION(Grade.INDENTATION),
    UNICODE(Grade.UNICODE);

    private static final Pattern DASHES = Pattern.compile("[\u2010-\u2015\u2212]");
    private static final Pattern SINGLE_QUOTES = Pattern.compile("[\u2018-\u201B]");
    private static final Pattern DOUBLE_QUOTES = Pattern.compile("[\u201C-\u201F]");
    private static final Pattern SPACES = Pattern.compile("[\u00A0\u2000-\u200A\u202F\u205F\u3000]");

    private final Grade grade;

    MatchLevel(Grade grade) {
        this.grade = grade;
    }

    Grade grade() {
        return grade;
    }

    /** What of a line must be the same. */
    Slice key(Slice line) {
        return switch (this) {
            case EXACT -> line;
            case LINE_ENDINGS -> line.withoutReturn();
            case TRAILING_SPACE -> line.stripTrailing();
            case INDENTATION -> line.stripLeading().stripTrailing();
            case UNICODE -> line.isAscii() ? INDENTATION.key(line) : folded(line.toString());
        };
    }

    /** Whether white space at the beginning of lines is forgiven, so that added lines may need another. */
    boolean forgivesIndentation() {
        return compareTo(INDENTATION) >= 0;
    }

    private static Slice folded(String line) {
        String text = Normalizer.normalize(line, Normalizer.Form.NFC);
        text = DASHES.matcher(text).replaceAll("-");
        text = SINGLE_QUOTES.matcher(text).replaceAll("'");
        text = DOUBLE_QUOTES.matcher(text).replaceAll("\"");
        return Slice.of(SPACES.matcher(text).replaceAll(" ").strip());
    }
}
