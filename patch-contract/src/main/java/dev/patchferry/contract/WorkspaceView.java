package dev.patchferry.contract;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

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
 * @param network what commands reach: {@code none} or {@code host}
 * @param read what they may read beyond the workspace and the system's programs
 * @param env names of the variables that its owner adds to their environment
 * @param policy what is said about a patch that no rule is about: {@code allow} or {@code cautious}
 * @param rules how many rules its owner has written
 * @param limits what a patch may use up, by name and unit; {@code timeout_s} is the most that a document may ask for
 */
@JsonNaming(SnakeCaseStrategy.class)
public record WorkspaceView(
        WorkspaceName name,
        String path,
        boolean usable,
        Optional<String> reason,
        Optional<PatchId> running,
        int waiting,
        String sandbox,
        String network,
        List<String> read,
        List<String> env,
        String policy,
        int rules,
        Map<String, Long> limits) {
    public WorkspaceView {
        network = Objects.requireNonNullElse(network, "none");
        read = List.copyOf(Objects.requireNonNullElse(read, List.of()));
        env = List.copyOf(Objects.requireNonNullElse(env, List.of()));
        policy = Objects.requireNonNullElse(policy, "allow");
        limits = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNullElse(limits, Map.of())));
    }
}
