package dev.patchferry.runner.workspace.fs;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of a name or a link's target. A path's text shows them only if they are UTF-8; two names that are not may show
 * the same text.
 */
public final class RawName {
    private static final int ESCAPE = 3;

    private RawName() {}

    /** The bytes of a relative path, or of any path that a link holds. */
    public static byte[] of(Path path) {
        String text = path.toString();
        return isText(path) ? text.getBytes(StandardCharsets.UTF_8) : fromUri(path);
    }

    /** Whether the text of the path says all. */
    static boolean isText(Path path) {
        String text = path.toString();
        return text.indexOf('\uFFFD') < 0 || Path.of(text).equals(path);
    }

    /** The JDK offers a path's bytes in one place alone: escaped, behind the folder that relative paths are relative to. */
    private static byte[] fromUri(Path path) {
        byte[] whole = unescaped(path.toUri());
        int end = whole.length > 1
                        && whole[whole.length - 1] == '/'
                        && !path.toString().endsWith("/")
                ? whole.length - 1
                : whole.length;
        int start = path.isAbsolute()
                ? 0
                : unescaped(path.getFileSystem().getPath("").toAbsolutePath().toUri()).length;
        return Arrays.copyOfRange(whole, start, end);
    }

    private static byte[] unescaped(URI uri) {
        String raw = uri.getRawPath();
        byte[] bytes = new byte[raw.length()];
        int size = 0;
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) == '%') {
                bytes[size++] = (byte) HexFormat.fromHexDigits(raw, i + 1, i + ESCAPE);
                i += ESCAPE - 1;
            } else {
                bytes[size++] = (byte) raw.charAt(i);
            }
        }
        return Arrays.copyOf(bytes, size);
    }
}
