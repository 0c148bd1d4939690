package dev.patchferry.engine.plan;

import java.text.Normalizer;
import java.util.Locale;

/** What is left of a name on file systems that see no case and no difference in how a letter is composed. */
public final class FoldedName {
    private FoldedName() {}

    /** Whether some file system takes these for the same name. */
    public static boolean same(String one, String other) {
        return isAscii(one + other) ? one.equalsIgnoreCase(other) : of(one).equals(of(other));
    }

    /** The same for all names that some file system takes for one. */
    public static String of(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
