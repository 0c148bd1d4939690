package dev.patchferry.runner.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/**
 * The shell programs around a command, from {@code META-INF/patch-ferry/sandbox}. No value is ever part of their text:
 * values are arguments, variables of the environment, or words of the task, each of which {@link ShellWords} quotes whole.
 */
final class ShellPrograms {
    /** Prepares a sandbox and waits for its command. */
    static final String CONFINED = read("enter") + read("confined");
    /** Prepares a sandbox where the thread that starts it mounts for it. */
    static final String STARTED = read("enter") + read("started");
    /** Runs a command without a sandbox. */
    static final String ALONE = read("alone");
    /** The first process of a sandbox. */
    static final String FIRST = read("first");
    /** Waits for the command and becomes the program that runs it. */
    static final String INNER = read("take") + read("become");
    /** The same where no first process is around it. */
    static final String INNER_ALONE = read("take") + read("run");

    private ShellPrograms() {}

    /** A program without its comments: it becomes an argument, of which every shell keeps a copy. */
    private static String read(String name) {
        try (InputStream in =
                ShellPrograms.class.getResourceAsStream("/META-INF/patch-ferry/sandbox/" + name + ".sh")) {
            if (in == null) {
                throw new IllegalStateException("the shell program " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.stripLeading().startsWith("#"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
