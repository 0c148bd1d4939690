package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Texts as words of a shell program: within single quotes, where nothing but a single quote means anything. */
final class ShellWords {
    private ShellWords() {}

    /**
     * A program that sets variables and the positional parameters.
     *
     * @param variables names are ours
     * @throws IOException if a value holds a NUL, which no argument of a program can
     */
    static String assignments(Map<String, String> variables, List<String> parameters) throws IOException {
        if (Stream.concat(variables.values().stream(), parameters.stream()).anyMatch(ShellWords::hasNul)) {
            throw noNul();
        }
        String set = variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                .collect(Collectors.joining());
        return set + parameters.stream().map(ShellWords::quoted).collect(Collectors.joining(" ", "set -- ", "\n"));
    }

    /**
     * A text as one line: its line ends and backslashes as {@code printf %b} reads them.
     *
     * @throws IOException if it holds a NUL
     */
    static String line(String text) throws IOException {
        if (hasNul(text)) {
            throw noNul();
        }
        return text.replace("\\", "\\\\").replace("\n", "\\n");
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static IOException noNul() {
        return new IOException("a NUL character cannot be part of a command");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
