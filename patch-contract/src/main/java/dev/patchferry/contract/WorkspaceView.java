package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Optional;

/**
 * A workspace as anybody who may submit sees it.
 *
 * @param name what to send as {@code workspace}
 * @param path the absolute path that commands see, too
 * @param usable whether a patch could run in it now
 * @param reason why not
 * @param running the patch that runs in it
 * @param waiting how many wait for their turn
 * @param sandbox {@code full} or {@code none}
 */
@JsonNaming(SnakeCaseStrategy.class)
public record WorkspaceView(
        WorkspaceName name,
        String path,
        boolean usable,
        Optional<String> reason,
        Optional<PatchId> running,
        int waiting,
        String sandbox) {}
