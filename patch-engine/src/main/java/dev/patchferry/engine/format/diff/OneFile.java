package dev.patchferry.engine.format.diff;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides which one file is meant where a diff names it twice and differently: by what tools put behind a name or in front
 * of it, by the document's target file, or not at all.
 */
final class OneFile {
    private static final Pattern NOTE = Pattern.compile("\\s+\\([^()]*\\)$|\\s{2,}\\S.*$");
    private static final Pattern VARIANT = Pattern.compile(
            "(?i)^(.*?)(?:~|[.\\-_ ](?:orig|original|old|new|bak|backup|prev|previous|mod|modified|updated|fixed|patched"
                    + "|before|after|tmp|v?\\d+(?:\\.\\d+)*))+(\\.\\w+)?$");
    private static final Pattern SUFFIX = Pattern.compile(
            "(?i)~|\\.(?:orig|original|old|new|bak|backup|prev|save|mod|modified|updated|fixed|patched|tmp)");
    private static final List<Set<String>> FOLDERS = List.of(
            Set.of("old", "new"),
            Set.of("orig", "new"),
            Set.of("original", "new"),
            Set.of("original", "modified"),
            Set.of("before", "after"),
            Set.of("left", "right"),
            Set.of("from", "to"),
            Set.of("source", "target"),
            Set.of("base", "head"),
            Set.of("a", "b"));
    private static final Set<String> LABELS = Set.of(
            "",
            "-",
            "a",
            "b",
            "old",
            "new",
            "orig",
            "original",
            "updated",
            "modified",
            "before",
            "after",
            "current",
            "previous",
            "proposed",
            "expected",
            "actual",
            "left",
            "right",
            "file",
            "file1",
            "file2",
            "from",
            "to",
            "source",
            "target",
            "fixed",
            "patched",
            "changed",
            "head",
            "base",
            "ours",
            "theirs",
            "v1",
            "v2",
            "unpatched",
            "remote",
            "local",
            "fromfile",
            "tofile",
            "input",
            "output");

    /** No path is longer, and the patterns take the square of it. */
    private static final int LONGEST_NAME = 1_000;

    private final String old;
    private final String fresh;
    private final boolean sided;

    /** @param sided whether the names had the letters of their sides in front, as git puts them there */
    OneFile(Names names, boolean sided) {
        boolean same = names.old().equals(names.fresh());
        this.old = same ? names.old() : withoutNote(names.old());
        this.fresh = same ? names.fresh() : withoutNote(names.fresh());
        this.sided = sided;
    }

    private static String withoutNote(String name) {
        return name.length() > LONGEST_NAME ? name : NOTE.matcher(name).replaceFirst("");
    }

    /** The file's name, if the two differ in no more than what tools add to it. */
    Optional<String> byConvention() {
        if (old.equals(fresh) || old.equals(Names.NOTHING)) {
            return Optional.of(fresh);
        }
        if (fresh.equals(Names.NOTHING) || isVariant(fresh, old)) {
            return Optional.of(old);
        }
        if (isVariant(old, fresh)) {
            return Optional.of(fresh);
        }
        return insideFolders()
                .or(() -> isLabel(old) && !isLabel(fresh) ? Optional.of(fresh) : Optional.empty())
                .or(() -> isLabel(fresh) && !isLabel(old) ? Optional.of(old) : Optional.empty());
    }

    /** The target file, if it is one of the two or what they are versions of. */
    Optional<String> byTarget(Optional<String> targetFile) {
        boolean versions = stem(old).equals(stem(fresh));
        return targetFile.filter(
                target -> isSame(target, old) || isSame(target, fresh) || (versions && isSame(target, stem(old))));
    }

    private static boolean isSame(String target, String name) {
        return target.equals(name) || target.endsWith("/" + name) || name.endsWith("/" + target);
    }

    /** Whether neither name is a path: a tool that was told no names writes a word, or nothing. */
    boolean isUnnamed() {
        return (isLabel(old) || old.equals(Names.NOTHING)) && (isLabel(fresh) || fresh.equals(Names.NOTHING));
    }

    private static boolean isLabel(String name) {
        String word = name.toLowerCase(Locale.ROOT);
        boolean phrase = word.contains(" ") && !word.contains(".") && !word.contains("/");
        return LABELS.contains(word) || phrase;
    }

    /** {@code pkg-1.0.orig/x} and {@code pkg-1.0/x} are both {@code x}, and so are {@code old/x} and {@code new/x}. */
    private Optional<String> insideFolders() {
        int oldEnd = old.indexOf('/');
        int freshEnd = fresh.indexOf('/');
        if (oldEnd < 1 || freshEnd < 1 || !old.substring(oldEnd).equals(fresh.substring(freshEnd))) {
            return Optional.empty();
        }
        String one = old.substring(0, oldEnd);
        String other = fresh.substring(0, freshEnd);
        boolean variants = stem(one).equals(stem(other)) && !stem(one).isEmpty();
        boolean pair = !sided && FOLDERS.contains(Set.of(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT)));
        return variants || pair ? Optional.of(fresh.substring(freshEnd + 1)) : Optional.empty();
    }

    private static boolean isVariant(String longer, String name) {
        return longer.startsWith(name)
                && SUFFIX.matcher(longer.substring(name.length())).matches();
    }

    /** A name without what tells its versions apart. */
    private static String stem(String name) {
        return name.length() > LONGEST_NAME ? name : VARIANT.matcher(name).replaceFirst("$1$2");
    }
}
