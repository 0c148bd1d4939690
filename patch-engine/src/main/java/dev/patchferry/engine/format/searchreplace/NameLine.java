package dev.patchferry.engine.format.searchreplace;

import dev.patchferry.engine.format.text.PathsInProse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a line above a block that names its file and says nothing else, however it is decorated. */
final class NameLine {
    private static final Pattern FENCE = Pattern.compile("\\s*(?:`{3,}|~{3,})(.*)");
    private static final Pattern PATH_TAG =
            Pattern.compile("\\s*<(?:path|file|file_?path|filename|file_?name)>\\s*([^<>]+?)\\s*</[\\w]+>\\s*");
    private static final Pattern TAG_WITH_PATH =
            Pattern.compile("\\s*<\\w+[^<>]*\\b(?:path|file|name|filename)=[\"']([^\"'<>]+)[\"'][^<>]*>\\s*");
    /** A tag alone, which some senders write in place of a fence, with the language behind it. */
    private static final Pattern TAG = Pattern.compile("\\s*</?[A-Za-z_][\\w:-]*\\s*/?>\\s*\\w*\\s*");

    private static final Pattern DOTS = Pattern.compile("\\s*(?:\\.{3}|…|[-*_=]{3,})\\s*");
    private static final Pattern IN_FRONT = Pattern.compile(
            "^(?:\\s|//(?=\\s)|#|--(?=\\s)|;(?=\\s)|%(?=\\s)|/\\*|<!--|\\*|>|-(?=\\s)|•|\\d+[.)](?=\\s))+");
    private static final Pattern BEHIND = Pattern.compile("(?:\\s|\\*/|-->|\\*|:)+$");
    private static final Pattern LABEL = Pattern.compile(
            "^(?i:(?:the )?(?:new |modified |updated )?(?:file ?path|filename|file name|file|path|in|edit|update|create"
                    + "|modify|change|new file))\\s*[:=]\\s*");
    private static final Pattern NOTE = Pattern.compile("\\s*[(\\[][^()\\[\\]]*[)\\]]\\s*$");
    private static final Pattern WITH_SPACES = Pattern.compile("[\\p{L}\\d_][^`*:\"<>|]*\\.[A-Za-z][A-Za-z0-9]{0,7}");
    private static final Pattern INTRODUCTION =
            Pattern.compile("(?i)(?:[#>*-]+ |\\d+[.)] )*(?:(?:and|then|now|next|also|finally"
                    + "|first|second|lastly|here|is|are|the|let's|please|we|i|i'll|you|should|must|need to|to|changes?|edits?)\\b[,:]? *)*"
                    + "(?:in|into|update|edit|modify|change|for|open|patch|fix|create|add to|rewrite|to|of)\\b.*");
    /** The line ends with the path. */
    private static final Pattern ENDS_WITH_PATH =
            Pattern.compile("(?i).*\\b(?:in|into|to|for|of|at|file|update|edit|modify|open"
                    + "|patch|fix|create)\\b:? *[`*\"']*[\\w@.+~/-]+[`*\"']*:?\\s*");

    private static final Set<String> VERBS =
            Set.of(("update edit change in and now then modify create add for file here the also next finally "
                            + "open fix replace see new from to use remove delete rewrite move rename with first second "
                            + "this that let we i it make apply import since because after before step on at of")
                    .split(" ", -1));
    private static final Set<String> WORDS =
            Set.of(("then next finally also and now first second third last after before here done changes "
                            + "change update updates replace search edit edits diff patch code file files block example "
                            + "output result new old create add ok okay sure note fix python javascript typescript java "
                            + "html css json yaml bash go rust ruby php c cpp text markdown sql summary explanation "
                            + "solution")
                    .split(" ", -1));

    private NameLine() {}

    /**
     * The name.
     *
     * @param makes whether the name is that of a new file, so that a mere word is not taken for one
     */
    static Optional<String> read(String line, boolean makes) {
        Matcher fence = FENCE.matcher(line);
        if (fence.matches()) {
            return inFenceLine(fence.group(1).strip());
        }
        if (line.contains("<")) {
            for (Pattern tag : List.of(PATH_TAG, TAG_WITH_PATH)) {
                Matcher matcher = tag.matcher(line);
                if (matcher.matches()) {
                    return Optional.of(matcher.group(1));
                }
            }
        }
        return isProse(line) ? plain(line, makes) : Optional.empty();
    }

    /** The path after a language, as in {@code python src/a.py} or {@code js:src/a.js}, or alone. */
    private static Optional<String> inFenceLine(String info) {
        String last = info.substring(Math.max(info.lastIndexOf(' '), info.lastIndexOf(':')) + 1);
        String name = last.replaceFirst("^(?:path|file|title|filename)=", "").replaceAll("^[\"'{]+|[\"'}]+$", "");
        boolean isPath =
                name.codePoints().anyMatch(Character::isLetterOrDigit) && (name.contains(".") || name.contains("/"));
        return isPath ? Optional.of(name) : Optional.empty();
    }

    private static Optional<String> plain(String line, boolean makes) {
        String bare = BEHIND.matcher(IN_FRONT.matcher(line).replaceFirst("")).replaceFirst("");
        String label = LABEL.matcher(bare).replaceFirst("");
        boolean labelled = label.length() < bare.length();
        label = labelled ? label.replaceFirst("^[*_\\s]+", "") : label;
        String name = unquoted(NOTE.matcher(unquoted(label)).replaceFirst(""));
        if (name.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return Optional.empty();
        }
        if (name.chars().anyMatch(Character::isWhitespace)) {
            return isNameWithSpaces(name, line) ? Optional.of(name) : Optional.empty();
        }
        if (name.contains(".") || name.contains("/") || labelled || PathsInProse.isPath(name, true)) {
            return name.endsWith(".") || name.contains("://") ? Optional.empty() : Optional.of(name);
        }
        // A word: a name if it stands there as one, not as a heading or the beginning of a sentence.
        boolean asName = line.strip().equals(name)
                || (line.contains("`") && !line.strip().endsWith(":"));
        boolean word = WORDS.contains(name.toLowerCase(Locale.ROOT)) && (makes || !line.contains("`"));
        return asName && !word ? Optional.of(name) : Optional.empty();
    }

    private static boolean isNameWithSpaces(String name, String line) {
        boolean quoted = line.contains("`" + name + "`") || line.contains("\"" + name + "\"");
        String first = name.substring(0, name.indexOf(' ') < 0 ? name.length() : name.indexOf(' '));
        return WITH_SPACES.matcher(name).matches()
                && (quoted || (!line.stripTrailing().endsWith(":") && !VERBS.contains(first.toLowerCase(Locale.ROOT))))
                && (quoted || PathsInProse.in(name).size() <= 1);
    }

    private static String unquoted(String name) {
        String bare = name.strip();
        boolean around = true;
        while (around && bare.length() > 2) {
            char first = bare.charAt(0);
            around = "`\"'*".indexOf(first) >= 0 && bare.charAt(bare.length() - 1) == first;
            bare = around ? bare.substring(1, bare.length() - 1) : bare;
        }
        return BEHIND.matcher(bare).replaceFirst("");
    }

    /** Whether a sentence leads to the block below it. */
    static boolean introduces(String line) {
        return ENDS_WITH_PATH.matcher(line).matches()
                || INTRODUCTION.matcher(line).matches();
    }

    /** Whether a line is neither a fence nor a tag nor a rule. */
    static boolean isProse(String line) {
        return !FENCE.matcher(line).matches()
                && !TAG.matcher(line).matches()
                && !DOTS.matcher(line).matches();
    }
}
