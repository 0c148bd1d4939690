package dev.patchferry.runner.diff;

import java.util.Arrays;
import java.util.Optional;

/**
 * A file or link before or after a change.
 *
 * @param mode as git has it: {@code 100644}, {@code 100755} or {@code 120000}
 * @param content of a file its bytes, of a link its target
 */
public record FileSide(String mode, Content content) {
    public static final String FILE = "100644";
    public static final String EXECUTABLE = "100755";
    public static final String LINK = "120000";

    /** What is known of the content. */
    public sealed interface Content permits Known, Unknown {}

    /** All of it. */
    public static final class Known implements Content {
        private final byte[] bytes;

        /** Takes the array over; nobody changes it any more. */
        public Known(byte[] bytes) {
            this.bytes = bytes;
        }

        boolean isBinary() {
            for (byte b : bytes) {
                if (b == 0) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Known known && Arrays.equals(bytes, known.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /**
     * Nothing but why.
     *
     * @param why a word: {@code too_large}, {@code unreadable}, {@code time}, {@code cut}
     */
    public record Unknown(String why) implements Content {}

    /** Whether both contents are known, and equal. */
    public boolean hasSameContent(FileSide other) {
        return content instanceof Known && content.equals(other.content);
    }

    boolean isLink() {
        return mode.equals(LINK);
    }

    Optional<byte[]> bytes() {
        return content instanceof Known known ? Optional.of(known.bytes) : Optional.empty();
    }

    Optional<String> whyUnknown() {
        return content instanceof Unknown unknown ? Optional.of(unknown.why()) : Optional.empty();
    }
}
