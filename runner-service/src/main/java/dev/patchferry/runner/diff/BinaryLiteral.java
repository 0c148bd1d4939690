package dev.patchferry.runner.diff;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;

/** New content as git writes it under {@code GIT binary patch}: whole, compressed, in base 85. */
final class BinaryLiteral {
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    private static final int BYTES_PER_LINE = 52;
    private static final int BYTES_PER_GROUP = 4;
    private static final int DIGITS_PER_GROUP = 5;
    private static final int LETTERS = 26;

    private BinaryLiteral() {}

    static void write(byte[] content, ByteArrayOutputStream out) {
        StringBuilder text = new StringBuilder("GIT binary patch\nliteral " + content.length + "\n");
        byte[] data = deflated(content);
        for (int at = 0; at < data.length; at += BYTES_PER_LINE) {
            line(data, at, Math.min(BYTES_PER_LINE, data.length - at), text);
        }
        out.writeBytes(text.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void line(byte[] data, int from, int length, StringBuilder text) {
        text.append((char) (length <= LETTERS ? 'A' + length - 1 : 'a' + length - LETTERS - 1));
        for (int group = 0; group < length; group += BYTES_PER_GROUP) {
            long value = 0;
            for (int i = group; i < group + BYTES_PER_GROUP; i++) {
                value = value << Byte.SIZE | (i < length ? data[from + i] & 0xFF : 0);
            }
            char[] digits = new char[DIGITS_PER_GROUP];
            for (int i = DIGITS_PER_GROUP - 1; i >= 0; i--) {
                digits[i] = DIGITS.charAt((int) (value % DIGITS.length()));
                value /= DIGITS.length();
            }
            text.append(digits);
        }
        text.append('\n');
    }

    private static byte[] deflated(byte[] content) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (Deflater deflater = new Deflater()) {
            deflater.setInput(content);
            deflater.finish();
            byte[] buffer = new byte[8 << 10];
            while (!deflater.finished()) {
                data.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return data.toByteArray();
    }
}
