package dev.patchferry.engine.edit;

import dev.patchferry.engine.plan.HunkPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the indentation in a hunk becomes that of the file, learnt from the lines that both have. One offset for all lines
 * is the rule; a file that indents by tabs under a patch that indents by spaces (or the other way round) and lines of
 * which each has an offset of its own are the exceptions.
 */
final class Indentation {
    private final List<Pair> pairs = new ArrayList<>();
    private boolean unspaced;

    /** The same line's indentation. */
    private record Pair(String inHunk, String inFile) {
        /** Whether one is of tabs and the other of spaces, or there is none. */
        boolean converts() {
            boolean tabs = consistsOf(inFile, '\t') && consistsOf(inHunk, ' ');
            boolean spaces = consistsOf(inFile, ' ') && consistsOf(inHunk, '\t');
            return inHunk.isEmpty() == inFile.isEmpty() && (tabs || spaces);
        }

        private static boolean consistsOf(String text, char each) {
            return text.chars().allMatch(c -> c == each);
        }
    }

    /** Learns from a hunk that stands here; blank lines teach nothing. */
    static Indentation of(HunkPattern hunkPattern, int start, FileLines file) {
        Indentation indentation = new Indentation();
        int at = start;
        for (PatternLine line : hunkPattern.before()) {
            if (!line.bytes().isBlank()) {
                indentation.pairs.add(new Pair(
                        line.bytes().indentation().toString(),
                        file.line(at).indentation().toString()));
            }
            at++;
        }
        indentation.unspaced = !(hunkPattern.hunk().where() instanceof HunkPosition.Anywhere)
                && LostMark.explainsIndentation(hunkPattern, start, file);
        return indentation;
    }

    /**
     * Whether every line is moved by the same white space, or indented by tabs for spaces; a first line may have been cut
     * out behind its own.
     */
    boolean isUniform() {
        return pairs.isEmpty()
                || deeper().isPresent()
                || shallower().isPresent()
                || onlyFirstMoves()
                || convertsEveryLine();
    }

    private boolean onlyFirstMoves() {
        return pairs.size() > 1
                && pairs.getFirst().inHunk.isEmpty()
                && pairs.subList(1, pairs.size()).stream().allMatch(pair -> pair.inHunk.equals(pair.inFile));
    }

    private boolean convertsEveryLine() {
        return pairs.stream().allMatch(Pair::converts)
                && pairs.stream().allMatch(pair -> converted(pair.inHunk).equals(Optional.of(pair.inFile)));
    }

    /** Whether one line that says something stands there at another depth; so little may stand anywhere. */
    boolean isOneLineElsewhere() {
        return pairs.size() == 1
                && !pairs.getFirst().inHunk.equals(pairs.getFirst().inFile)
                && !pairs.getFirst().converts();
    }

    /** The indentation that a new line gets which has this one in the hunk. */
    String inFile(String inHunk) {
        if (pairs.isEmpty()) {
            return inHunk;
        }
        // Lines that stay lost the space in front of them; those that come have their plus.
        if (unspaced || (onlyFirstMoves() && !inHunk.isEmpty())) {
            return inHunk;
        }
        Optional<String> moved = deeper().map(more -> more + inHunk)
                .or(() -> shallower().map(less -> inHunk.startsWith(less) ? inHunk.substring(less.length()) : ""));
        return moved.or(() -> known(inHunk)).or(() -> converted(inHunk)).orElseGet(() -> relative(inHunk));
    }

    /** What the file has in front of every line, beyond what the hunk has. */
    private Optional<String> deeper() {
        return offset(pairs.getFirst().inFile, pairs.getFirst().inHunk)
                .filter(more -> pairs.stream().allMatch(pair -> pair.inFile.equals(more + pair.inHunk)));
    }

    private Optional<String> shallower() {
        return offset(pairs.getFirst().inHunk, pairs.getFirst().inFile)
                .filter(less -> pairs.stream().allMatch(pair -> pair.inHunk.equals(less + pair.inFile)));
    }

    private static Optional<String> offset(String longer, String shorter) {
        return longer.endsWith(shorter)
                ? Optional.of(longer.substring(0, longer.length() - shorter.length()))
                : Optional.empty();
    }

    private Optional<String> known(String inHunk) {
        List<String> seen = pairs.stream()
                .filter(pair -> pair.inHunk.equals(inHunk))
                .map(Pair::inFile)
                .distinct()
                .toList();
        return seen.size() == 1 ? Optional.of(seen.getFirst()) : Optional.empty();
    }

    /** So many tabs for so many spaces, or the other way round, if that holds for every line. */
    private Optional<String> converted(String inHunk) {
        Optional<Pair> unit =
                pairs.stream().filter(pair -> !pair.inFile.isEmpty()).findFirst();
        if (unit.isEmpty() || unit.get().inHunk.isEmpty()) {
            return Optional.empty();
        }
        int hunkUnit = unit.get().inHunk.length();
        int fileUnit = unit.get().inFile.length();
        char fill = unit.get().inFile.charAt(0);
        boolean holds = pairs.stream()
                .allMatch(pair -> pair.inHunk.length() * fileUnit == pair.inFile.length() * hunkUnit
                        && pair.inFile.chars().allMatch(c -> c == fill));
        return holds && inHunk.length() * fileUnit % hunkUnit == 0
                ? Optional.of(String.valueOf(fill).repeat(inHunk.length() * fileUnit / hunkUnit))
                : Optional.empty();
    }

    /** As far from the first line that is less indented as it is in the hunk. */
    private String relative(String inHunk) {
        return pairs.stream()
                .filter(pair -> inHunk.startsWith(pair.inHunk))
                .reduce((one, other) -> other.inHunk.length() >= one.inHunk.length() ? other : one)
                .map(pair -> pair.inFile + inHunk.substring(pair.inHunk.length()))
                .orElse(pairs.getFirst().inFile);
    }
}
