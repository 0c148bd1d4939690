package dev.patchferry.runner.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a configuration file of git, in one of two ways that agree wherever the second gives an answer.
 *
 * <ul>
 *   <li>{@link #parse}: where git gives up on a file, this continues with the next line. For the owner's files, which are
 *       searched for the paths they name: one path too many does no harm.
 *   <li>{@link #parseExactly}: exactly as every version of git reads it, or not at all. For files that a patch may have
 *       written.
 * </ul>
 *
 * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config(1), syntax</a>
 * @see <a href="https://github.com/git/git/blob/v2.39.5/config.c">git_parse_source in config.c</a>
 */
final class SettingsParser {
    /** The value that {@link #parseExactly} gives a key without {@code =}; no file that it reads can contain it. */
    static final String NO_VALUE = "\0";

    private static final int MAX_EXACT_BYTES = 1 << 20;
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final char END = '\0';

    private final String text;
    private final String withoutValue;
    private int at;
    private boolean isExact = true;
    private String section = "";
    private String subsection = "";
    private final List<GitSetting> settings = new ArrayList<>();

    private SettingsParser(String text, String withoutValue) {
        this.text = text;
        this.withoutValue = withoutValue;
    }

    /** Every setting that can be made out, in the order of the file; a key without {@code =} is {@code true}. */
    static List<GitSetting> parse(String text) {
        String lines = text.replace("\r\n", "\n").replace(END, ' ');
        SettingsParser parser =
                new SettingsParser(lines.startsWith(BYTE_ORDER_MARK) ? lines.substring(1) : lines, "true");
        parser.read();
        return parser.settings;
    }

    /**
     * The settings in their order, one character for each byte of a name or value. Empty if the file holds anything that git
     * refuses, that its versions read in different ways, or that no tool writes: byte order marks, carriage returns, other
     * control characters, empty subsections.
     */
    static Optional<List<GitSetting>> parseExactly(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (file.length > MAX_EXACT_BYTES
                || text.startsWith("\u00ef\u00bb\u00bf")
                || text.chars().anyMatch(SettingsParser::isOdd)) {
            return Optional.empty();
        }
        SettingsParser parser = new SettingsParser(text, NO_VALUE);
        parser.read();
        return parser.isExact ? Optional.of(parser.settings) : Optional.empty();
    }

    private static boolean isOdd(int c) {
        return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
    }

    /** What every version of git agrees on; where it does not hold, only the tolerant reading goes on. */
    private void expect(boolean isSo) {
        isExact &= isSo;
    }

    private void read() {
        while (at < text.length()) {
            char c = peek();
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#' || c == ';') {
                skipLine();
            } else if (c == '[') {
                header();
            } else if (isKey(c)) {
                expect(isLetter(c) && !section.isEmpty());
                setting();
            } else {
                expect(false);
                skipLine();
            }
        }
    }

    /** {@code [section]}, {@code [section "Sub\"section"]} or, of old, {@code [section.subsection]}. */
    private void header() {
        at++;
        int start = at;
        while (isKey(peek()) || peek() == '.') {
            at++;
        }
        String name = text.substring(start, at).toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        section = dot < 0 ? name : name.substring(0, dot);
        subsection = dot < 0 ? "" : name.substring(dot + 1);
        expect(!section.isEmpty() && (dot < 0 || !subsection.isEmpty()));
        boolean hasBlank = isBlank(peek());
        skipBlanks();
        boolean hasQuote = peek() == '"';
        expect(hasBlank == hasQuote && !(hasQuote && dot >= 0));
        if (hasQuote) {
            subsection = quotedSubsection();
        }
        expect(peek() == ']');
        skipBlanks();
        if (peek() == ']') {
            at++;
        } else {
            skipLine();
        }
    }

    private String quotedSubsection() {
        at++;
        StringBuilder name = new StringBuilder();
        while (at < text.length() && peek() != '"' && peek() != '\n') {
            if (peek() == '\\' && at + 1 < text.length()) {
                at++;
                expect(peek() != '\n');
            }
            name.append(text.charAt(at++));
        }
        expect(peek() == '"' && !name.isEmpty());
        if (peek() == '"') {
            at++;
        }
        return name.toString();
    }

    private void setting() {
        int start = at;
        while (isKey(peek())) {
            at++;
        }
        String key = text.substring(start, at).toLowerCase(Locale.ROOT);
        skipBlanks();
        String value = withoutValue;
        if (peek() == '=') {
            at++;
            value = value();
        } else {
            expect(at == text.length() || peek() == '\n');
            skipLine();
        }
        settings.add(new GitSetting(section, subsection, key, value));
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean tab = false;
        int kept = 0;
        skipBlanks();
        while (at < text.length() && peek() != '\n') {
            char c = text.charAt(at++);
            boolean blank = !quoted && Character.isWhitespace(c);
            // a tab inside a value is a space up to version 2.44, and a tab from then on
            expect(!tab || blank || c == '#' || c == ';');
            tab |= c == '\t' && blank && !value.isEmpty();
            if (c == '\\' && at < text.length()) {
                escaped(value);
                kept = value.length();
            } else if (c == '"') {
                quoted = !quoted;
                kept = value.length();
            } else if (!quoted && (c == '#' || c == ';')) {
                skipLine();
                break;
            } else if (!blank || !value.isEmpty()) {
                // git leaves out blanks before a value, also behind an empty pair of quotes
                expect(c != '\\');
                value.append(c);
                kept = blank ? kept : value.length();
            }
        }
        expect(!quoted);
        return value.substring(0, kept);
    }

    private void escaped(StringBuilder value) {
        char c = text.charAt(at++);
        switch (c) {
            case '\n' -> {
                // the value goes on
            }
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'b' -> value.append('\b');
            default -> {
                expect(c == '\\' || c == '"');
                value.append(c);
            }
        }
    }

    private void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

    /** To the line feed that ends it. */
    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isKey(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-';
    }
}
