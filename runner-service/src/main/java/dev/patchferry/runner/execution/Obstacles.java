package dev.patchferry.runner.execution;

import dev.patchferry.runner.workspace.commit.Obstacle;
import dev.patchferry.runner.workspace.fs.PathText;

/** Says why what a patch changed cannot be brought into the workspace. */
public final class Obstacles {
    private Obstacles() {}

    /**
     * In words.
     *
     * @param meanwhile since when somebody else's changes are in the way, for example {@code while the patch ran}
     */
    public static String words(Obstacle obstacle, String meanwhile) {
        return switch (obstacle.reason()) {
            case "protected_path" ->
                "protected_path: a patch may not change " + PathText.shown(obstacle.path()) + ": " + obstacle.why();
            default ->
                obstacle.reason() + ": " + PathText.shown(obstacle.path()) + " was changed by somebody else "
                        + meanwhile + "; send it again under a new id";
        };
    }
}
