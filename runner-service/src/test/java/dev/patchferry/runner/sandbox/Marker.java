package dev.patchferry.runner.sandbox;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A length of sleep that no other process on the machine has: by it the processes of one test are found from outside of
 * the sandbox.
 */
record Marker(String seconds) {
    private static final AtomicLong LAST = new AtomicLong(System.nanoTime());

    static Marker unique() {
        return new Marker("1000." + LAST.incrementAndGet());
    }

    /** The command lines of processes that are alive and sleep this long. */
    List<String> alive() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(seconds))
                .toList();
    }

    @Override
    public String toString() {
        return seconds;
    }
}
