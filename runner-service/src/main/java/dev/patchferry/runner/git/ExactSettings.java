package dev.patchferry.runner.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads a configuration file exactly as every version of git does, or not at all: what git refuses, what its versions read
 * in different ways, and what no tool writes (byte order marks, carriage returns, other control characters, empty
 * subsections) makes the whole file unreadable here. For files that a patch may have written.
 *
 * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config(1), syntax</a>
 * @see <a href="https://github.com/git/git/blob/v2.39.5/config.c">git_parse_source in config.c</a>
 */
final class ExactSettings {
    /** The value of a key without {@code =}; no file that is read here can hold it. */
    static final String NO_VALUE = "\0";

    private static final int MAX_BYTES = 1 << 20;
    private static final char END = '\0';

    private final String text;
    private int at;
    private String section = "";
    private String subsection = "";
    private final List<Setting> settings = new ArrayList<>();

    private ExactSettings(String text) {
        this.text = text;
    }

    private static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable() {
            super("not a configuration file in a form that is understood", null, false, false);
        }
    }

    /** The settings in their order; empty if the file cannot be read exactly. */
    static Optional<List<Setting>> parse(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        if (file.length > MAX_BYTES
                || text.startsWith("\u00ef\u00bb\u00bf")
                || text.chars().anyMatch(c -> isOdd(c))) {
            return Optional.empty();
        }
        try {
            ExactSettings parser = new ExactSettings(text);
            parser.read();
            return Optional.of(parser.settings);
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    private static boolean isOdd(int c) {
        return (c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
    }

    private void read() throws Unreadable {
        while (at < text.length()) {
            char c = peek();
            if (isBlank(c) || c == '\n') {
                at++;
            } else if (c == '#' || c == ';') {
                skipLine();
            } else if (c == '[') {
                header();
            } else if (isLetter(c) && !section.isEmpty()) {
                setting();
            } else {
                throw new Unreadable();
            }
        }
    }

    /** {@code [section]}, {@code [section "Sub\"section"]} or, of old, {@code [section.subsection]}. */
    private void header() throws Unreadable {
        at++;
        int start = at;
        while (isKey(peek()) || peek() == '.') {
            at++;
        }
        String name = text.substring(start, at).toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        section = dot < 0 ? name : name.substring(0, dot);
        subsection = dot < 0 ? "" : name.substring(dot + 1);
        require(!section.isEmpty() && (dot < 0 || !subsection.isEmpty()));
        if (isBlank(peek())) {
            skipBlanks();
            require(dot < 0 && peek() == '"');
            subsection = quotedSubsection();
        }
        require(peek() == ']');
        at++;
    }

    private String quotedSubsection() throws Unreadable {
        at++;
        StringBuilder name = new StringBuilder();
        while (peek() != '"') {
            if (peek() == '\\') {
                at++;
            }
            require(at < text.length() && peek() != '\n');
            name.append(text.charAt(at++));
        }
        at++;
        require(!name.isEmpty());
        return name.toString();
    }

    private void setting() throws Unreadable {
        int start = at;
        while (isKey(peek())) {
            at++;
        }
        String key = text.substring(start, at).toLowerCase(Locale.ROOT);
        skipBlanks();
        String value = NO_VALUE;
        if (peek() == '=') {
            at++;
            value = value();
        } else {
            require(at == text.length() || peek() == '\n');
        }
        settings.add(new Setting(section, subsection, key, value));
    }

    private String value() throws Unreadable {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        boolean tab = false;
        int kept = 0;
        skipBlanks();
        while (at < text.length() && peek() != '\n') {
            char c = text.charAt(at++);
            boolean blank = isBlank(c) && !quoted;
            // up to version 2.44 a space, then a tab
            require(!tab || blank || c == '#' || c == ';');
            tab |= c == '\t' && blank && !value.isEmpty();
            if (c == '\\') {
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
                value.append(c);
                kept = blank ? kept : value.length();
            }
        }
        require(!quoted);
        return value.substring(0, kept);
    }

    private void escaped(StringBuilder value) throws Unreadable {
        require(at < text.length());
        char c = text.charAt(at++);
        switch (c) {
            case '\n' -> {
                // the value goes on
            }
            case 'n' -> value.append('\n');
            case 't' -> value.append('\t');
            case 'b' -> value.append('\b');
            case '\\', '"' -> value.append(c);
            default -> throw new Unreadable();
        }
    }

    private static void require(boolean isSo) throws Unreadable {
        if (!isSo) {
            throw new Unreadable();
        }
    }

    private void skipBlanks() {
        while (isBlank(peek())) {
            at++;
        }
    }

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
