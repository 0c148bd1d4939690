package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import dev.patchferry.engine.format.text.PatchLines;
import dev.patchferry.engine.plan.BinaryChange;
import dev.patchferry.engine.plan.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads what stands under {@code GIT binary patch}: new content whole or as a delta, compressed and in base 85. */
final class BinaryPatch {
    private static final Pattern HEADER = Pattern.compile("(literal|delta) (\\d{1,9})");
    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";
    private static final int MOST_BYTES = 10 << 20;
    private static final int DIGITS_PER_GROUP = 5;
    private static final int BYTES_PER_GROUP = 4;

    private final PatchLines lines;

    private BinaryPatch(PatchLines lines) {
        this.lines = lines;
    }

    /** Reads the new content, and past the old content that follows it for whoever reverts the patch. */
    static BinaryChange read(PatchLines lines) {
        lines.skip(1);
        BinaryPatch patch = new BinaryPatch(lines);
        BinaryChange change = patch.readChange();
        if (HEADER.matcher(lines.peek().stripTrailing()).matches()) {
            lines.skip(1);
            patch.readData();
        }
        return change;
    }

    private BinaryChange readChange() {
        Matcher header = HEADER.matcher(lines.peek().stripTrailing());
        int number = lines.number();
        if (!header.matches()) {
            throw lines.fault("a binary patch begins with `literal` or `delta` and a length");
        }
        lines.skip(1);
        int length = Integer.parseInt(header.group(2));
        if (length > MOST_BYTES) {
            throw new Fault(number, "the file would be longer than 10 MiB, the most that is edited");
        }
        Bytes data = Bytes.of(inflated(readData(), length, number));
        return header.group(1).equals("delta") ? new BinaryChange.Delta(data) : new BinaryChange.Whole(data);
    }

    private byte[] readData() {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        while (!lines.atEnd() && !lines.peek().isBlank()) {
            readLine(data);
        }
        lines.skipBlank();
        return data.toByteArray();
    }

    /** A letter for how many bytes the line has, then five digits for each four of them. */
    private void readLine(ByteArrayOutputStream data) {
        String line = lines.peek().stripTrailing();
        int length = length(line.charAt(0));
        int groups = (length + BYTES_PER_GROUP - 1) / BYTES_PER_GROUP;
        if (length == 0 || line.length() != 1 + groups * DIGITS_PER_GROUP) {
            throw lines.fault("this line of a binary patch is damaged: its length is not the one it names");
        }
        byte[] bytes = new byte[groups * BYTES_PER_GROUP];
        for (int group = 0; group < groups; group++) {
            long value = 0;
            for (int i = 0; i < DIGITS_PER_GROUP; i++) {
                int digit = DIGITS.indexOf(line.charAt(1 + group * DIGITS_PER_GROUP + i));
                if (digit < 0) {
                    throw lines.fault("this line of a binary patch is damaged: it holds a character of no meaning");
                }
                value = value * DIGITS.length() + digit;
            }
            for (int i = 0; i < BYTES_PER_GROUP; i++) {
                bytes[group * BYTES_PER_GROUP + i] = (byte) (value >> (8 * (BYTES_PER_GROUP - 1 - i)));
            }
        }
        data.write(bytes, 0, length);
        lines.skip(1);
    }

    private static int length(char letter) {
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A' + 1;
        }
        return letter >= 'a' && letter <= 'z' ? letter - 'a' + 27 : 0;
    }

    private static byte[] inflated(byte[] data, int length, int number) {
        byte[] content = new byte[length + 1];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(data);
            int inflated = 0;
            int step = 1;
            while (step > 0 && inflated < content.length) {
                step = inflater.inflate(content, inflated, content.length - inflated);
                inflated += step;
            }
            if (inflated != length || !inflater.finished()) {
                throw new Fault(number, "the binary patch does not hold the " + length + " bytes that it names");
            }
        } catch (DataFormatException e) {
            throw new Fault(number, "the binary patch is damaged: it cannot be decompressed");
        }
        return Arrays.copyOf(content, length);
    }
}
