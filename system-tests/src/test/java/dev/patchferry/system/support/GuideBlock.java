package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a guide.
 *
 * @param file relative to the checkout
 * @param line of its opening fence, from 1
 * @param info what stands behind the opening fence
 * @param notRun why the tests do not run it, as the comment above it says
 * @param text without the fences and their indentation
 */
public record GuideBlock(String file, int line, String info, Optional<String> notRun, String text) {
    private static final Pattern FENCE = Pattern.compile("^( *)```(.*)$");
    private static final Pattern NOT_RUN = Pattern.compile("^ *<!-- not run: (.+) -->$");

    /** The blocks of a guide, from the top down. */
    public static List<GuideBlock> of(Path root, String file) throws IOException {
        List<GuideBlock> blocks = new ArrayList<>();
        List<String> lines = Files.readAllLines(root.resolve(file));
        for (int i = 0; i < lines.size(); i++) {
            Matcher fence = FENCE.matcher(lines.get(i));
            if (fence.matches()) {
                int opening = i;
                StringBuilder text = new StringBuilder();
                String closing = fence.group(1) + "```";
                for (i++; !lines.get(i).equals(closing); i++) {
                    text.append(unindented(lines.get(i), fence.group(1))).append('\n');
                }
                blocks.add(new GuideBlock(file, opening + 1, fence.group(2), reason(lines, opening), text.toString()));
            }
        }
        return blocks;
    }

    private static String unindented(String line, String indentation) {
        return line.startsWith(indentation) ? line.substring(indentation.length()) : line;
    }

    private static Optional<String> reason(List<String> lines, int opening) {
        Matcher marker = NOT_RUN.matcher(opening == 0 ? "" : lines.get(opening - 1));
        return marker.matches() ? Optional.of(marker.group(1)) : Optional.empty();
    }

    /** Commands to be pasted into a shell. */
    public boolean isCommands() {
        return info.equals("sh");
    }

    /** A command behind a prompt, and what it prints. */
    public boolean isSession() {
        return info.isEmpty() && text.startsWith("$ ");
    }

    /** What the commands above it print. */
    public boolean isOutput() {
        return info.endsWith(" output");
    }

    /** Whether its last command stays in the foreground until somebody stops the services. */
    public boolean stays() {
        return text.lines().reduce((first, last) -> last).orElse("").matches(".*\\./ferry (up|restart)\\b.*");
    }

    @Override
    public String toString() {
        return file + ":" + line;
    }
}
