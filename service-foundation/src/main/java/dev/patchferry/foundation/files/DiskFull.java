package dev.patchferry.foundation.files;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;

/** Tells a full disk from other trouble. */
public final class DiskFull {
    /** SQLITE_FULL of SQLite's result codes. */
    private static final int SQLITE_FULL = 13;

    private static final int BASE_CODE = 0xff;
    /** ENOSPC and EDQUOT, as the C library words them and as the runner does. */
    private static final Set<String> WORDS = Set.of("no space left on", "disk quota exceeded");

    private DiskFull() {}

    /** Whether a full disk, or a quota that is used up, is what something failed of. */
    public static boolean isCauseOf(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && (sql.getErrorCode() & BASE_CODE) == SQLITE_FULL) {
                return true;
            }
            if (cause instanceof IOException && isSaidIn(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a message, or the output of a program, tells of a full disk. */
    public static boolean isSaidIn(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }
}
