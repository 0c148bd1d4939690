package dev.patchferry.runner.workspace.commit;

/**
 * Why a change set cannot be committed.
 *
 * @param reason {@code conflict} or {@code protected_path}
 * @param why nobody may change that path; empty for a conflict
 */
public record Obstacle(String reason, String path, String why) {}
