package dev.patchferry.engine.plan;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a relative path must keep to name nothing but an ordinary place inside a workspace, each rule in words. */
final class PathRules {
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_SEGMENT = 255;
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:.*", Pattern.DOTALL);

    private PathRules() {}

    /** The first rule that this path breaks. */
    static Optional<String> firstBrokenBy(String path) {
        String wrong = wrongAsAWhole(path);
        if (wrong != null) {
            return Optional.of(wrong);
        }
        return Stream.of(path.split("/", -1))
                .flatMap(PathRules::wrongWithSegment)
                .findFirst();
    }

    private static @Nullable String wrongAsAWhole(String path) {
        if (path.isBlank()) {
            return "a path must name a file; this one is blank";
        }
        if (path.codePoints().anyMatch(PathRules::breaksLinesOrTerminals)) {
            return "a path must not hold a control character, a line break or half a surrogate pair";
        }
        if (path.startsWith("/")) {
            return "a path must be relative to the workspace";
        }
        if (path.indexOf('\\') >= 0 || DRIVE.matcher(path).matches()) {
            return "a path is written with / and without a drive letter, also for Windows";
        }
        if (path.equals("-")) {
            return "- names no file; name the one that is meant";
        }
        if (path.equals("~") || path.startsWith("~/")) {
            return "a path must be relative to the workspace; ~ is not replaced by a home directory";
        }
        if (path.endsWith("/")) {
            return "a path must name a file; this one ends with /, like a directory's";
        }
        return utf8Length(path) > LONGEST_PATH ? "a path is at most " + LONGEST_PATH + " bytes long" : null;
    }

    private static Stream<String> wrongWithSegment(String segment) {
        String wrong = switch (segment) {
            case "" -> "a path must not hold an empty segment (//)";
            case "." -> "a path must not hold the segment .";
            case ".." -> "a path must not hold the segment ..; it must stay in the workspace";
            default -> wrongWithName(segment);
        };
        return Stream.ofNullable(wrong);
    }

    private static @Nullable String wrongWithName(String name) {
        if (utf8Length(name) > LONGEST_SEGMENT) {
            return "a file's or directory's name is at most " + LONGEST_SEGMENT + " bytes long";
        }
        if (GitDirectoryName.isOne(name)) {
            return "a path must not lie in a .git directory, however it is spelled; use git commands instead";
        }
        return null;
    }

    private static boolean breaksLinesOrTerminals(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            default -> false;
        };
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
