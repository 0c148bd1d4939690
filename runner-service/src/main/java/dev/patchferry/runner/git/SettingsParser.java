package dev.patchferry.runner.git;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a configuration file of git. Where git gives up on a file, this goes on with the next line: it is asked which
 * paths may be named, and one too many does no harm.
 *
 * @see <a href="https://git-scm.com/docs/git-config#_syntax">git-config(1), syntax</a>
 */
final class SettingsParser {
    private static final char END = '\0';

    private final String text;
    private int at;
    private String section = "";
    private String subsection = "";
    private final List<Setting> settings = new ArrayList<>();

    private SettingsParser(String text) {
        this.text = text;
    }

    static List<Setting> parse(String text) {
        String lines = text.replace("\r\n", "\n").replace(END, ' ');
        SettingsParser parser = new SettingsParser(lines.startsWith("\uFEFF") ? lines.substring(1) : lines);
        parser.read();
        return parser.settings;
    }

    private void read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '[') {
                header();
            } else if (isKey(c)) {
                setting();
            } else {
                skipLine();
            }
        }
    }

    /** {@code [section]}, {@code [section "Sub\"section"]} or, of old, {@code [section.subsection]}. */
    private void header() {
        at++;
        int start = at;
        while (at < text.length() && (isKey(peek()) || peek() == '.')) {
            at++;
        }
        String name = text.substring(start, at).toLowerCase(Locale.ROOT);
        int dot = name.indexOf('.');
        section = dot < 0 ? name : name.substring(0, dot);
        subsection = dot < 0 ? "" : name.substring(dot + 1);
        skipBlanks();
        if (peek() == '"') {
            at++;
            subsection = quotedSubsection();
            skipBlanks();
        }
        if (peek() == ']') {
            at++;
        } else {
            skipLine();
        }
    }

    private String quotedSubsection() {
        StringBuilder name = new StringBuilder();
        while (at < text.length() && peek() != '"' && peek() != '\n') {
            if (peek() == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (peek() == '"') {
            at++;
        }
        return name.toString();
    }

    private void setting() {
        int start = at;
        while (at < text.length() && isKey(peek())) {
            at++;
        }
        String key = text.substring(start, at).toLowerCase(Locale.ROOT);
        skipBlanks();
        String value = "true";
        if (peek() == '=') {
            at++;
            value = value();
        } else {
            skipLine();
        }
        settings.add(new Setting(section, subsection, key, value));
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        int kept = 0;
        skipBlanks();
        while (at < text.length() && peek() != '\n') {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                escaped(value);
                kept = value.length();
            } else if (c == '"') {
                quoted = !quoted;
                kept = value.length();
            } else if (!quoted && (c == '#' || c == ';')) {
                skipLine();
                break;
            } else {
                value.append(c);
                kept = quoted || !Character.isWhitespace(c) ? value.length() : kept;
            }
        }
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
            default -> value.append(c);
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    private void skipLine() {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    private static boolean isKey(char c) {
        return Character.isLetterOrDigit(c) || c == '-';
    }
}
