package dev.patchferry.runner.workspace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that opens a file for appending, keeps it open, and writes a line once it is told to. */
public final class WritingProgram implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private WritingProgram(Path file) throws IOException {
        process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "exec 3>>\"$1\"; echo open; read line && echo \"$line\" >&3; echo done",
                        "sh",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts one; the file is open when this returns. */
    public static WritingProgram of(Path file) throws IOException {
        WritingProgram program = starting(file);
        program.awaitOpen();
        return program;
    }

    /** Starts one whose opening of the file may have to wait. */
    public static WritingProgram starting(Path file) throws IOException {
        return new WritingProgram(file);
    }

    public void awaitOpen() throws IOException {
        expect("open");
    }

    /** Has it write a line and end. */
    public void write(String line) throws IOException {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(line + "\n");
        }
        expect("done");
    }

    public long pid() {
        return process.pid();
    }

    private void expect(String line) throws IOException {
        String said = output.readLine();
        if (!line.equals(said)) {
            throw new IOException("expected " + line + ", not " + said);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
