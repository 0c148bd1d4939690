package dev.patchferry.runner.sandbox;

import dev.patchferry.runner.workspace.CommandGrants;
import java.util.Map;
import java.util.TreeMap;

/** Variables that make tools fit the sandbox, each only where the owner of the workspace gives it no other value. */
final class ToolDefaults {
    /** Nothing comes back without a network: tools are to say so at once, not after a minute of trying again. */
    private static final Map<String, String> WITHOUT_NETWORK = Map.of(
            "npm_config_fetch_retries", "0",
            "PNPM_CONFIG_FETCH_RETRIES", "0",
            "PIP_RETRIES", "0",
            "UV_HTTP_RETRIES", "0",
            "YARN_HTTP_RETRY", "0",
            "CARGO_NET_RETRY", "0",
            "RUSTUP_MAX_RETRIES", "0",
            "BUNDLE_RETRY", "0");

    /** A command of root's in a namespace with no other user can give a file to nobody else. */
    private static final Map<String, String> AS_ROOT = Map.of("TAR_OPTIONS", "--no-same-owner");

    private ToolDefaults() {}

    /**
     * The variables for a command.
     *
     * @param root whether the command runs as root
     */
    static Map<String, String> of(CommandGrants commandGrants, boolean root) {
        Map<String, String> defaults = new TreeMap<>();
        if (!commandGrants.hostNetwork()) {
            defaults.putAll(WITHOUT_NETWORK);
        }
        if (root) {
            defaults.putAll(AS_ROOT);
        }
        // npm and pip take their variables in any case of letters.
        defaults.keySet()
                .removeIf(name -> commandGrants.environment().keySet().stream().anyMatch(name::equalsIgnoreCase));
        return defaults;
    }
}
