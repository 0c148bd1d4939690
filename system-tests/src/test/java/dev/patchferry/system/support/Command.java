package dev.patchferry.system.support;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A program with its arguments, environment and folder, not yet started. Immutable.
 *
 * @param line program and arguments
 */
public record Command(List<String> line, Environment environment, Path folder) {
    private static final Duration LONGEST = Duration.ofMinutes(4);

    public Command {
        line = List.copyOf(line);
    }

    public static Command of(Environment environment, Path folder, String... line) {
        return new Command(List.of(line), environment, folder);
    }

    /**
     * What came of it.
     *
     * @param exitCode 128+n after signal n
     */
    public record Result(int exitCode, String out, String err) {}

    /** Runs it to its end, with an empty stdin. */
    public Result run() throws IOException {
        try (RunningCommand running = start()) {
            return running.awaitEnd(LONGEST);
        }
    }

    /** Starts it, with an empty stdin. */
    public RunningCommand start() throws IOException {
        Folder output = Folder.create();
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.path().resolve("out").toFile())
                .redirectError(output.path().resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment.variables());
        return new RunningCommand(builder.start(), output);
    }
}
