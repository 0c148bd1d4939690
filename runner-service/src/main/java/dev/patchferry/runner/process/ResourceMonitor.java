package dev.patchferry.runner.process;

import java.util.Optional;

/** Looks at what a process uses up while it runs. Asked several times a second, by the thread that waits for it. */
public interface ResourceMonitor {
    /** For what the kernel sees to. */
    ResourceMonitor NONE = _ -> Optional.empty();

    /**
     * The limit that is passed, a stable word first; empty while none is.
     *
     * @param process the outermost one that was started
     */
    Optional<String> overLimit(ProcessHandle process);
}
