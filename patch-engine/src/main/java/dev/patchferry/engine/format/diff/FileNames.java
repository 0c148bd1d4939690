package dev.patchferry.engine.format.diff;

import dev.patchferry.engine.format.text.Fault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a name as it is written in a diff: quoted where it holds anything unusual, with a time stamp behind it. */
final class FileNames {
    private static final Pattern TIME_STAMP =
            Pattern.compile("\\t.*|(?<!\\s)\\s++\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d.*");
    /** As diff writes it behind the last tab; a name may hold others. */
    private static final Pattern LAST_TIME_STAMP = Pattern.compile("\\t\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d[^\\t]*$");

    private static final Pattern EPOCH =
            Pattern.compile(".*\\s(?:1970-01-01|1969-12-31) \\d\\d:\\d\\d:00(?:\\.0+)?(?: [+-]\\d\\d:?\\d\\d)?");
    private static final Pattern OCTAL = Pattern.compile("[0-3][0-7]{2}");
    private static final Map<Character, Character> ESCAPES =
            Map.of('a', '\u0007', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t', 'v', '\u000B');

    private FileNames() {}

    /** Whether the file of a line such as {@code --- a/x} is of the epoch, and so none, as diff has it. */
    static boolean isOfTheEpoch(String line) {
        return EPOCH.matcher(line.stripTrailing()).matches();
    }

    /** The name in a line such as {@code --- a/x}; may be empty. */
    static String inLine(String line, int number) {
        String rest = line.substring(Math.min(4, line.length())).stripTrailing();
        if (rest.startsWith("\"")) {
            int end = endOfQuotes(rest, number) + 1;
            if (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
                throw new Fault(number, "a file's name goes on behind its closing quote");
            }
            return unquoted(rest.substring(0, end), number);
        }
        Matcher last = LAST_TIME_STAMP.matcher(rest);
        if (last.find()) {
            return rest.substring(0, last.start());
        }
        Matcher stamp = TIME_STAMP.matcher(rest);
        return stamp.find() ? rest.substring(0, stamp.start()).stripTrailing() : rest;
    }

    /** A name without its quotes, if it has any. */
    static String unquoted(String name, int number) {
        if (!name.startsWith("\"")) {
            return name;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = endOfQuotes(name, number);
        int at = 1;
        while (at < end) {
            at += unquote(name, at, bytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Fault(number, "a file's name is not UTF-8");
        }
    }

    /** Adds the bytes of the character that begins here; how long it is as it is written. */
    private static int unquote(String name, int at, ByteArrayOutputStream bytes) {
        if (name.charAt(at) != '\\') {
            String character = Character.toString(name.codePointAt(at));
            bytes.writeBytes(character.getBytes(StandardCharsets.UTF_8));
            return character.length();
        }
        String octal = name.substring(at + 1, Math.min(at + 4, name.length()));
        if (OCTAL.matcher(octal).matches()) {
            bytes.write(Integer.parseInt(octal, 8));
            return 4;
        }
        char escaped = name.charAt(at + 1);
        bytes.writeBytes(String.valueOf(ESCAPES.getOrDefault(escaped, escaped)).getBytes(StandardCharsets.UTF_8));
        return 2;
    }

    static int endOfQuotes(String text, int number) {
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        throw new Fault(number, "a quoted name has no closing quote");
    }
}
