package dev.patchferry.engine.edit;

import java.util.EnumSet;
import java.util.Set;

/** Where a hunk belongs in a file. */
sealed interface Location {
    /**
     * Here.
     *
     * @param start the line, from 0, that the first of its old lines is
     * @param pass how they were found
     * @param byAnchor whether only a line above told the place from others
     */
    record At(int start, MatchLevel pass, boolean byAnchor) implements Location {
        Set<Grade> grades() {
            return byAnchor ? EnumSet.of(pass.grade(), Grade.ANCHOR) : EnumSet.of(pass.grade());
        }
    }

    /** The file reads already as the hunk would leave it. */
    record Already() implements Location {}

    /** In no place, or it cannot be told in which. */
    record Unknown(String reason) implements Location {}
}
