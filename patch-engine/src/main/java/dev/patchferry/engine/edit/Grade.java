package dev.patchferry.engine.edit;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a text was found; see {@link EditResult.Edited}. */
enum Grade {
    EXACT,
    REGEX,
    LITERAL_NOT_REGEX,
    LINE_ENDINGS,
    TRAILING_SPACE,
    INDENTATION,
    UNICODE,
    BLANK_LINES,
    ANCHOR,
    PART_OF_LINE,
    ALREADY_APPLIED;

    static String names(Collection<Grade> grades) {
        return grades.stream()
                .map(grade -> grade.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }
}
