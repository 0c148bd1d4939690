package dev.patchferry.engine.format.diff;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What one file is called on the two sides of a diff.
 *
 * @param old before; may be {@link #NOTHING} if there was none
 * @param fresh after; may be {@link #NOTHING} if there is none any more
 * @param isNew whether there was none before
 * @param isGone whether there is none any more
 */
record Names(String old, String fresh, boolean isNew, boolean isGone) {
    static final String NOTHING = "/dev/null";

    /** What git puts in front of the names of the two sides, by default and by {@code diff.mnemonicPrefix}. */
    private static final Pattern SIDE = Pattern.compile("[abiwco12]/.+", Pattern.DOTALL);

    Names {
        isNew |= old.equals(NOTHING);
        isGone |= fresh.equals(NOTHING);
    }

    /** Of a file that is there before and after, unless a name says otherwise. */
    Names(String old, String fresh) {
        this(old, fresh, false, false);
    }

    /** The two names behind {@code diff --git}; empty where it cannot be told where one ends. */
    static Optional<Names> inGitLine(String line, int number) {
        String rest = line.substring("diff --git ".length()).stripTrailing();
        if (rest.startsWith("\"")) {
            int end = FileNames.endOfQuotes(rest, number) + 1;
            return Optional.of(
                    unquoted(rest.substring(0, end), rest.substring(end).strip(), number));
        }
        if (rest.endsWith("\"") && rest.contains(" \"")) {
            int start = rest.indexOf(" \"");
            return Optional.of(unquoted(rest.substring(0, start), rest.substring(start + 1), number));
        }
        // The same name twice, each with a side or one of them: the space between is in the middle or nearly so.
        for (int space = Math.max(0, (rest.length() - 3) / 2); space <= (rest.length() + 1) / 2; space++) {
            if (space < rest.length() && rest.charAt(space) == ' ') {
                Names names = new Names(rest.substring(0, space), rest.substring(space + 1));
                if (withoutSide(names.old).equals(withoutSide(names.fresh))) {
                    return Optional.of(names);
                }
            }
        }
        int only = rest.indexOf(' ');
        return only > 0 && only == rest.lastIndexOf(' ')
                ? Optional.of(new Names(rest.substring(0, only), rest.substring(only + 1)))
                : Optional.empty();
    }

    private static Names unquoted(String old, String fresh, int number) {
        return new Names(FileNames.unquoted(old, number), FileNames.unquoted(fresh, number));
    }

    /**
     * The names without what is not of the path: so many parts, else the sides' letters where each has its own, or where
     * the other name shows that it is one. An absolute name loses nothing.
     */
    Names stripped(OptionalInt parts) {
        if (parts.isPresent()) {
            return called(without(parts.getAsInt(), old), without(parts.getAsInt(), fresh));
        }
        boolean ownSides = (old.equals(NOTHING) || SIDE.matcher(old).matches())
                && (fresh.equals(NOTHING) || SIDE.matcher(fresh).matches())
                && old.charAt(0) != fresh.charAt(0);
        if (ownSides) {
            return called(withoutSide(old), withoutSide(fresh));
        }
        if (withoutSide(old).equals(fresh)) {
            return called(fresh, fresh);
        }
        return withoutSide(fresh).equals(old) ? called(old, old) : this;
    }

    private Names called(String otherOld, String otherFresh) {
        return new Names(otherOld, otherFresh, isNew, isGone);
    }

    private static String withoutSide(String name) {
        return SIDE.matcher(name).matches() ? name.substring(2) : name;
    }

    private static String without(int parts, String name) {
        String rest = name;
        for (int i = 0; i < parts && rest.indexOf('/') > 0; i++) {
            rest = rest.substring(rest.indexOf('/') + 1);
        }
        return rest;
    }

    /** Whether both sides have no name, or one that a tool writes which knows none. */
    boolean bothMissing() {
        return isNew && isGone;
    }
}
