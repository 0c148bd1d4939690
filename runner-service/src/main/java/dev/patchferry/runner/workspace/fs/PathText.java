package dev.patchferry.runner.workspace.fs;

import dev.patchferry.runner.diff.GitName;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Paths as text from which the file system's own bytes can be had again: a byte that is not part of UTF-8 stands as NUL, which
 * no name holds, and two hexadecimal digits. Two paths have the same text only if they are the same bytes. This is how change
 * sets, the journal and footprints name paths; people are shown {@link #shown}.
 */
public final class PathText {
    private static final char ESCAPE = '\0';
    private static final int LENGTH = 3;
    private static final char UNKNOWN = '\uFFFD';
    private static final Pattern ESCAPED = Pattern.compile("\0([0-9a-f]{2})");
    private static final HexFormat HEX = HexFormat.of();

    private PathText() {}

    /** The text of a name or a relative path. */
    public static String of(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(UNKNOWN) < 0 ? text : escaped(bytes);
    }

    private static String escaped(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length * LENGTH);
        for (CoderResult result = decoder.decode(in, out, true);
                !result.isUnderflow();
                result = decoder.decode(in, out, true)) {
            for (int i = 0; i < result.length(); i++) {
                out.put(ESCAPE).put(HEX.toHexDigits(in.get()));
            }
        }
        return out.flip().toString();
    }

    /** The bytes that {@link #of} was given. */
    public static byte[] bytes(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher escape = ESCAPED.matcher(text);
        int end = 0;
        while (escape.find()) {
            bytes.writeBytes(text.substring(end, escape.start()).getBytes(StandardCharsets.UTF_8));
            bytes.write(HexFormat.fromHexDigits(escape.group(1)));
            end = escape.end();
        }
        bytes.writeBytes(text.substring(end).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** The relative path that a text names. */
    public static Path path(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return Path.of(text);
        }
        // the JDK takes the bytes of a path in one place alone
        StringBuilder uri = new StringBuilder("file:///");
        for (byte b : bytes(text)) {
            uri.append(b == '/' ? "/" : "%" + HEX.toHexDigits(b));
        }
        Path root = Path.of("/");
        return root.relativize(Path.of(URI.create(uri.toString())));
    }

    /**
     * A path for people: in the quotes of git if it is not UTF-8, or if it begins with such a quote itself; no other path is
     * printed alike.
     */
    public static String shown(String text) {
        return text.indexOf(ESCAPE) < 0 && !text.startsWith("\"") ? text : GitName.quoted("", bytes(text));
    }

    /** A message that may hold paths, without their escapes: the bytes as git writes them. */
    public static String shownIn(String message) {
        return message.indexOf(ESCAPE) < 0
                ? message
                : ESCAPED.matcher(message)
                        .replaceAll(escape -> "\\\\%03o".formatted(HexFormat.fromHexDigits(escape.group(1))));
    }

    /** A path as rules are asked about it: as any program shows it, with a sign for what is not text. */
    public static String lossy(String text) {
        return text.indexOf(ESCAPE) < 0 ? text : new String(bytes(text), StandardCharsets.UTF_8);
    }
}
