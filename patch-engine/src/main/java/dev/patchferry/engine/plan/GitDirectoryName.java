package dev.patchferry.engine.plan;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Tells whether some file system takes a name for {@code .git}: HFS+ and case-folding ext4 ignore case and invisible
 * characters; NTFS ignores case and trailing dots and spaces, opens {@code .git::$INDEX_ALLOCATION} as the directory
 * itself, and gives it the short name {@code git~1}. The rules are those of git's own {@code verify_path}, taken a
 * little wider.
 */
final class GitDirectoryName {
    /** {@code Default_Ignorable_Code_Point} of the Unicode Character Database; Java's regex has no name for it. */
    private static final Pattern IGNORABLE =
            Pattern.compile("[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F"
                    + "\\u2065\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFF8\\x{E0000}-\\x{E0FFF}]");

    private static final Pattern DIRECTORY = Pattern.compile("(\\.git|git~1)[. ]*(:.*)?");

    private GitDirectoryName() {}

    static boolean isOne(String name) {
        return DIRECTORY.matcher(folded(name)).matches();
    }

    private static String folded(String name) {
        String visible = IGNORABLE.matcher(name).replaceAll("");
        String compatible = Normalizer.normalize(visible, Normalizer.Form.NFKC);
        return compatible.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }
}
