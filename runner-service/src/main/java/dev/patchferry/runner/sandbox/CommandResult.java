package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.process.Exit;
import java.util.Optional;

/** What came of a command. */
public sealed interface CommandResult {
    /**
     * It ran.
     *
     * @param exit how it ended
     * @param leftRunning processes it had started and left, which were ended with it
     * @param droppedBytes output beyond the limit
     * @param hint what the receipt should say besides
     */
    record Ran(Exit exit, int leftRunning, long droppedBytes, Optional<String> hint) implements CommandResult {}

    /** It never began, since the sandbox could not be made. */
    record NoSandbox(String reason) implements CommandResult {}

    /**
     * It ended, but something outside of the sandbox still holds a file of the transaction open for writing: a descriptor
     * was passed out. Nothing of the transaction can be trusted to stay as it is.
     */
    record Escaped() implements CommandResult {}
}
