package dev.patchferry.runner.workspace.commit;

import java.time.Duration;

/**
 * How long what a patch replaced is kept in its workspace, so that the patch can be undone: whichever bound is met first.
 *
 * @param patches the most recent ones
 * @param age since the patch took effect
 * @param bytes of all that is kept of one workspace
 */
public record UndoBounds(int patches, Duration age, long bytes) {
    public static final UndoBounds DEFAULT = new UndoBounds(50, Duration.ofDays(14), 5L << 30);
}
