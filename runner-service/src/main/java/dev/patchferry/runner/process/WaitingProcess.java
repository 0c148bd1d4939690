package dev.patchferry.runner.process;

import java.io.IOException;
import java.io.OutputStream;

/** A process that was started and waits for a line on its standard input before it does what it is for. */
public final class WaitingProcess implements AutoCloseable {
    private final Process process;

    WaitingProcess(Process process) {
        this.process = process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    Process process() {
        return process;
    }

    /** Lets it begin. */
    void begin() throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            input.write('\n');
        }
    }

    /** Kills it, if it has not ended. */
    @Override
    public void close() {
        if (process.isAlive()) {
            Processes.killAll(process);
        }
    }
}
