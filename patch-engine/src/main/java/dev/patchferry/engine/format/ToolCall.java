package dev.patchferry.engine.format;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command around a patch that does no more than hand it to a tool: {@code cd DIR &&} in front of it, {@code bash -lc}
 * around it, the patch as the tool's one argument in quotes. What the shell would change in the text leaves the command to
 * it.
 *
 * @param text what is within
 * @param folder where the paths begin; empty if not said
 * @param around what was taken off, as a phrase
 */
record ToolCall(String text, String folder, String around) {
    private static final Pattern SHELL =
            Pattern.compile("(?:/(?:usr/)?bin/)?(?:ba|z|da)?sh -l?c (['\"])(.*)\\1", Pattern.DOTALL);
    private static final Pattern FOLDER = Pattern.compile(
            "cd (?:([\\w./@+-]+)|\"([^\"$`\\\\\\n]+)\"|'([^'\\n]+)') *(?:&&|;|\\n)\\s*(?=apply_?patch|git apply|patch )");
    private static final Pattern ARGUMENT =
            Pattern.compile("apply_?patch (['\"])(\\s*\\*\\*\\* Begin Patch.*)\\1", Pattern.DOTALL);

    /** The outermost such command that a text consists of. */
    static Optional<ToolCall> around(String text) {
        String command = text.strip();
        Matcher shell = SHELL.matcher(command);
        if (shell.matches() && isPlain(shell.group(2), shell.group(1).charAt(0))) {
            return Optional.of(new ToolCall(shell.group(2), "", ", in `bash -c`"));
        }
        Matcher folder = FOLDER.matcher(command);
        if (folder.lookingAt()) {
            String named = Stream.of(folder.group(1), folder.group(2), folder.group(3))
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return Optional.of(new ToolCall(command.substring(folder.end()), named, ", behind `cd`"));
        }
        Matcher argument = ARGUMENT.matcher(command);
        return argument.matches()
                        && isPlain(argument.group(2), argument.group(1).charAt(0))
                ? Optional.of(new ToolCall(argument.group(2) + "\n", "", ", as an argument of `apply_patch`"))
                : Optional.empty();
    }

    /** Whether the shell hands on the text as it is. */
    private static boolean isPlain(String text, char quote) {
        String special = quote == '"' ? "\"$`\\" : "'";
        return text.chars().noneMatch(c -> special.indexOf(c) >= 0);
    }
}
